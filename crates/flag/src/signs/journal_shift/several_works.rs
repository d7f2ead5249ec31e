//! The works of one school together: a school that is behind its journal everywhere, a little in each.

use super::expected::{self, Own, Way};
use super::{FEWEST, GATE, counts};
use crate::tested::{Joint, Test};
use crate::{Settings, standing};
use srez_model::finding::Matter;
use srez_model::measures::Measures;
use srez_model::unit::as_f64;
use srez_statistics::school_model::{Group, Observed};
use srez_wording::number;
use srez_wording::sentence::signs::over_works;
use std::collections::BTreeMap;

/// One test per school and procedure of a year, of the schools with more than one work; the others show how far schools
/// lie off anyway. The same pupils write several works, which is no more chance: how far schools lie off holds it.
pub(super) fn tests(settings: &Settings<'_>, all: &[Measures]) -> Vec<Joint> {
    type Works<'a> = Vec<(usize, Vec<Own<'a>>)>;
    let mut of_procedures: BTreeMap<(&str, u16), Works<'_>> = BTreeMap::new();
    for (place, measures) in all.iter().enumerate() {
        let key = &measures.exam.key;
        let schools = expected::schools(settings, measures);
        if !schools.is_empty() {
            of_procedures.entry((key.procedure.id(), key.year)).or_default().push((place, schools));
        }
    }
    of_procedures.values().filter(|works| works.len() > 1).flat_map(|works| of_procedure(settings, works)).collect()
}

/// A school with its works: the place of the exam, and the school there.
type InWorks<'a, 'b> = Vec<(usize, &'b Own<'a>)>;

fn of_procedure(settings: &Settings<'_>, works: &[(usize, Vec<Own<'_>>)]) -> Vec<Joint> {
    let mut schools: BTreeMap<&str, InWorks<'_, '_>> = BTreeMap::new();
    for (place, own) in works.iter().flat_map(|(place, schools)| schools.iter().map(move |own| (*place, own))) {
        schools.entry(own.school).or_default().push((place, own));
    }
    let together = |works: &InWorks<'_, '_>| -> Group<Observed> {
        standing::by_classes(works.iter().flat_map(|(_, own)| own.parts()).collect())
    };
    let groups: Vec<_> = schools.values().map(together).collect();
    let found = standing::of_schools(settings, &groups, FEWEST);
    let joint = schools.values().zip(found).filter(|(works, _)| works.len() > 1);
    joint.filter_map(|(works, found)| Some(of_school(settings, works, &found.ok()?))).collect()
}

fn of_school(settings: &Settings<'_>, works: &InWorks<'_, '_>, found: &standing::Standing) -> Joint {
    let way = Way::of(found.value);
    let gate = settings.thresholds.value(GATE) / 100.0;
    let sides: Vec<(u64, f64)> = works.iter().map(|(_, own)| own.counts(way)).collect();
    let (count, expected) = sides.iter().fold((0, 0.0), |(n, sum), (own, expected)| (n + own, sum + expected));
    let of_all = over_works(works.len() as u64, way.words(), count, found.n, &number::decimal(expected, 0));
    let of_work = |(place, own): &(usize, &Own<'_>)| {
        let whole = own.group().together()?;
        // Where the school is like the others, nothing is said.
        (gate <= whole.mean.abs() && Way::of(whole.mean) == way).then(|| (*place, said(settings, own, whole, &of_all)))
    };
    Joint {
        exam: works.first().map_or(0, |(place, _)| *place),
        p: found.place.two_sided(),
        large: gate <= found.value.abs(),
        works: works.iter().filter_map(of_work).collect(),
    }
}

fn said(settings: &Settings<'_>, own: &Own<'_>, whole: Observed, of_all: &str) -> Test {
    Test {
        school: own.school.to_owned(),
        matter: Matter::Work,
        tasks: Vec::new(),
        n: whole.n,
        value: 100.0 * whole.mean,
        p: 1.0,
        large: true,
        detectable: None,
        is_distinct: true,
        affected: as_f64(whole.n) * whole.mean.abs(),
        text: format!(
            "{}: {of_all}; в этой работе {}. Возможный маркер, требует дополнительного анализа.",
            settings.name(own.school),
            counts(own, Way::of(whole.mean))
        ),
    }
}
