//! F50a: schools with results below the minimum in both mandatory subjects in each of three years.

use crate::{Entry, Found, Settings, finding};
use srez_model::assessment::Procedure;
use srez_model::compared::LowResult;
use srez_model::finding::{Finding, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::text;
use std::collections::{BTreeMap, BTreeSet};

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F50a"),
    title: "не сдавшие оба обязательных предмета несколько лет подряд",
    rule: "в школе каждый год подряд (лет: {F50a.years}) есть результаты ниже минимума и по русскому языку, и по \
           математике (ЕГЭ: база или профиль; ОГЭ — отдельно); в источнике таких школ около 1 %",
    thresholds: &["F50a.years"],
    tag: SourceTag::Practice,
    caution: "крупная школа чаще имеет не сдавших уже потому, что крупная; состав сдающих меняется",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::LowResultsOfAllExams,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::OverExams(find) };

/// Years with somebody below the minimum, and years with results, of one school and subject.
#[derive(Default)]
struct Years {
    low: BTreeSet<u16>,
    known: BTreeSet<u16>,
}

/// Findings with the place of their exam: schools that fire, or once that there is no base.
fn find(settings: &Settings<'_>, all: &[Measures]) -> Vec<(usize, Finding)> {
    let wanted = settings.thresholds.value("F50a.years");
    let mut found = Vec::new();
    for procedure in [Procedure::Oge, Procedure::Ege] {
        let places = |begins: &'static str| {
            let is = move |(_, measures): &(usize, &Measures)| {
                let key = &measures.exam.key;
                key.procedure == procedure && key.subject.starts_with(begins)
            };
            all.iter().enumerate().filter(is).collect::<Vec<_>>()
        };
        let (russian, math) = (places("russian"), places("math"));
        let Some(&(place, measures)) = russian.iter().max_by_key(|(_, measures)| measures.exam.key.year) else {
            continue;
        };
        let year = measures.exam.key.year;
        let window = |years: &BTreeSet<u16>| {
            (0_u16..)
                .take_while(|ago| f64::from(*ago) < wanted)
                .all(|ago| year.checked_sub(ago).is_some_and(|year| years.contains(&year)))
        };
        let mut has_base = false;
        for school in settings.schools {
            let (of_russian, of_math) = (years(&russian, school), years(&math, school));
            has_base |= window(&of_russian.known) && window(&of_math.known);
            if window(&of_russian.low) && window(&of_math.low) {
                found.push((place, of_school(settings, measures, school, &of_russian.low)));
            }
        }
        if !has_base {
            let Group { level, name: group } = &settings.focus;
            let mut none = finding(&SIGN, measures, (*level, group), Matter::Work);
            none.status = Status::NoData;
            none.said = Said::sentence(format!(
                "Не сдавшие оба обязательных предмета: нет базы, результаты нужны за {wanted} года подряд по русскому \
                 языку и математике."
            ));
            found.push((place, none));
        }
    }
    found
}

/// From the counts of the year and from the rows of dynamics, which hold the years before.
fn years(exams: &[(usize, &Measures)], school: &str) -> Years {
    let mut shares: BTreeMap<u16, f64> = BTreeMap::new();
    let mut add = |year: u16, share: f64| {
        let most = shares.entry(year).or_default();
        *most = most.max(share);
    };
    for (_, measures) in exams {
        let key = &measures.exam.key;
        let now = measures.low_results_of(Level::School, school);
        let measure = LowResult::of_exam(&measures.exam).over_years();
        if let Some((low, _)) = now.filter(|(_, n)| *n > 0) {
            add(key.year, as_f64(low));
        }
        for row in measures.dynamics_of(Level::School, school).iter().filter(|row| row.measure == measure) {
            if let Some(before) = row.before {
                add(row.before_exam.year, before);
            }
        }
    }
    let low = shares.iter().filter(|(_, share)| **share > 0.0).map(|(year, _)| *year).collect();
    Years { low, known: shares.into_keys().collect() }
}

fn of_school(settings: &Settings<'_>, measures: &Measures, school: &str, low: &BTreeSet<u16>) -> Finding {
    let wanted = settings.thresholds.get("F50a.years");
    let mut one = finding(&SIGN, measures, (Level::School, school), Matter::Work);
    one.value = Some(as_f64(low.len() as u64));
    one.threshold = Some(wanted.value);
    one.threshold_source = wanted.source();
    one.unit.clone_from(&wanted.unit);
    one.n = measures.marks_of(Level::School, school).map_or(0, |row| row.n);
    let years: Vec<String> = low.iter().map(u16::to_string).collect();
    one.said = Said::of_school(
        settings.name(school),
        &format!(
            "{}: результаты ниже минимума и по русскому языку, и по математике есть в каждом из {} лет подряд (годы с \
         такими результатами по русскому языку: {}).",
            settings.name(school),
            wanted.value,
            text::list(&years),
        ),
    );
    one
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, change};
    use srez_model::assessment::Procedure;
    use srez_model::compared::MeasureId;
    use srez_model::finding::Status;
    use srez_model::level::Level;
    use srez_model::measures::DynamicsRow;

    fn exam(subject: &str, two: u64, before: [Option<f64>; 2]) -> Scene {
        let mut scene = Scene::default();
        scene.exam(subject, 9);
        scene.procedure(Procedure::Oge);
        scene.school_marks("1", [two, 20, 10, 5]);
        let row = |(year, before): (u16, Option<f64>)| DynamicsRow {
            level: Level::School,
            group: "1".to_owned(),
            before,
            before_exam: format!("oge-{year}-{subject}").parse().unwrap(),
            ..change(MeasureId::ShareOfTwo, true)
        };
        scene.dynamics = [2025, 2024].into_iter().zip(before).map(row).collect();
        scene
    }

    fn found(scenes: &[Scene]) -> Vec<(Level, Status)> {
        let findings = Scene::flagged_together(scenes, &[]);
        let of_sign = findings.iter().flat_map(|one| &one.findings).filter(|one| one.sign.id == "F50a");
        of_sign.map(|one| (one.level, one.status)).collect()
    }

    #[test]
    fn both_subjects_in_each_of_three_years() {
        let russian = || exam("russian", 2, [Some(3.0), Some(1.0)]);
        assert_eq!(found(&[russian(), exam("math", 1, [Some(9.0), Some(4.0)])]), [(Level::School, Status::Fact)]);
        assert!(found(&[russian(), exam("math", 1, [Some(0.0), Some(4.0)])]).is_empty(), "a year without a failure");
        assert_eq!(found(&[russian(), exam("math", 1, [Some(9.0), None])]), [(Level::Municipality, Status::NoData)]);
        assert!(found(&[exam("math", 1, [Some(9.0), Some(4.0)])]).is_empty(), "no exam in Russian");
    }
}
