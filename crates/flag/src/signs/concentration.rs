//! F50: how few schools give most of the low results.

use crate::{Entry, Found, Settings, finding};
use srez_model::compared::LowResult;
use srez_model::finding::{Findings, Matter, Said};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::number;
use srez_wording::sentence::signs as sentence;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F50"),
    title: "на сколько школ приходится большая часть низких результатов",
    rule: "наименьшее число школ, в которых вместе больше {F50.share} % всех отметок «2» (на ЕГЭ — не достигших \
           минимального балла); таких результатов не меньше {F50.results}, школ не меньше {F50.schools}",
    thresholds: &["F50.share", "F50.results", "F50.schools"],
    tag: SourceTag::Practice,
    caution: "крупные школы дают больше низких результатов уже потому, что крупные; школы не называются",
    works: Works::All,
    group: None,
    deficit: Deficit::Never,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::MarksOfSchools,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let low = |school: &String| measures.low_results_of(Level::School, school);
    let mut counts: Vec<(u64, u64)> = settings.schools.iter().filter_map(low).filter(|(_, n)| *n > 0).collect();
    let all: u64 = counts.iter().map(|(low, _)| low).sum();
    let share = settings.thresholds.value("F50.share");
    if as_f64(all) < settings.thresholds.value("F50.results")
        || as_f64(counts.len() as u64) < settings.thresholds.value("F50.schools")
    {
        return;
    }
    counts.sort_unstable_by(|left, right| right.cmp(left));
    let (mut schools, mut sum, mut n) = (0, 0, 0);
    for (low, size) in &counts {
        (schools, sum, n) = (schools + 1, sum + low, n + size);
        if share * as_f64(all) < 100.0 * as_f64(sum) {
            break;
        }
    }
    let pupils: u64 = counts.iter().map(|(_, n)| n).sum();
    let what = match LowResult::of_exam(&measures.exam) {
        LowResult::BelowMinimum => "результатов ниже минимального балла",
        LowResult::Two => "отметок «2»",
    };
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.value = Some(as_f64(schools));
    "школ".clone_into(&mut found.unit);
    found.n = pupils;
    found.said = Said::sentence(format!(
        "Больше {} {what} ({} из {}) — {}; в них учится {} участников. {}",
        number::percent_exact(share, 0),
        number::count(sum),
        number::count(all),
        sentence::concentrated(schools, counts.len() as u64),
        srez_model::unit::Percent::of(n, pupils).map_or_else(String::new, |part| number::percent(part, pupils)),
        sentence::at_equal_shares(fewest_largest(&counts, share)),
    ));
    findings.findings.push(found);
}

/// Largest schools that would hold this share, were it the same everywhere.
fn fewest_largest(counts: &[(u64, u64)], share: f64) -> u64 {
    let mut sizes: Vec<u64> = counts.iter().map(|(_, n)| *n).collect();
    sizes.sort_unstable_by(|left, right| right.cmp(left));
    let all: u64 = sizes.iter().sum();
    let (mut schools, mut sum) = (0, 0);
    for size in sizes {
        (schools, sum) = (schools + 1, sum + size);
        if share * as_f64(all) < 100.0 * as_f64(sum) {
            break;
        }
    }
    schools
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;

    #[test]
    fn few_schools_with_most_of_the_twos() {
        let of = |twos: [u64; 3]| {
            let mut scene = Scene::with_schools(6);
            for (id, two) in ["1", "2", "3", "4", "5", "6"].iter().zip(twos.into_iter().chain([0; 3])) {
                scene.school_marks(id, [two, 20, 10, 5]);
            }
            scene.flagged().findings.into_iter().find(|one| one.sign.id == "F50")
        };
        let one = of([20, 3, 3]).unwrap();
        assert_eq!(one.value, Some(1.0));
        // The sizes are 55, 38, 38, 35, 35 and 35: four of them hold more than 60 % of 236.
        assert!(one.text().contains("набралось бы в\u{a0}4\u{a0}школах"), "{}", one.text());
        assert_eq!(of([10, 10, 10]).and_then(|one| one.value), Some(2.0));
        assert!(of([1, 0, 1]).is_none() && of([0, 0, 0]).is_none(), "too few to speak of");
    }
}
