//! S09: a school that does hard tasks better, and easy ones worse, than pupils elsewhere with the same scores.
//!
//! The tasks are halved by the completion of the municipality. A row is worth its completion of the harder half less
//! that of the easier one, less the mean of this among the rows of the other schools with the same primary score.

use crate::tested::{self, Checks, Test, Tested};
use crate::{Entry, Found, Settings, standing};
use srez_model::finding::{Family, Matter};
use srez_model::measures::Measures;
use srez_model::row_patterns::{PatternSums, SchoolPatterns};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::{PercentagePoints, as_f64};
use srez_statistics::school_model::Observed;
use srez_wording::{number, rule};
use std::collections::BTreeMap;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S09"),
    title: "лёгкие задания не выполнены, трудные выполнены",
    rule: "выполнение трудной половины заданий минус выполнение лёгкой у школы больше, чем у участников остальных школ \
           с тем же баллом, не меньше чем на {S09.difference} п.п., q не больше {tests.q} % (вместе с другими \
           маркерами); половины — по выполнению в муниципалитете; соседние баллы соединяются, пока работ остальных \
           школ не станет {S09.others}; p — место школы в распределении, которое предсказывают для неё остальные школы \
           с учётом того, насколько они расходятся между собой; школ не меньше {unusual.schools}, участников не меньше \
           {S09.participants}; только полные работы",
    thresholds: &["S09.difference", "S09.participants", "S09.others", "unusual.schools", "tests.q"],
    tag: SourceTag::Literature,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: темы пройдены в другом порядке, \
              тема ещё не пройдена, часть работы пропущена, сдвиг столбцов при вводе, малое число участников",
    works: Works::All,
    group: Some(Membership::Full(SignGroup::Answers)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::NeedsRows,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: GATE,
    family: Family::Markers,
    tests,
    joint: None,
    subject: |_, _| "Выполнение трудных заданий против лёгких",
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Its size gate.
const GATE: &str = "S09.difference";

/// Sums by primary score.
type ByTotal = BTreeMap<u16, PatternSums>;

fn tests(settings: &Settings<'_>, measures: &Measures) -> Checks {
    let patterns = &measures.patterns;
    // A row counts `x_h·m_e − x_e·m_h`: this much of it is all points of one half.
    let unit = as_f64(patterns.half_maxima.0 * patterns.half_maxima.1);
    let mut checks = Checks::default();
    if unit <= 0.0 {
        return checks;
    }
    let found = settings.schools.iter().filter_map(|school| patterns.of_school(school));
    let schools: Vec<&SchoolPatterns> = found.filter(|one| !one.halves.is_empty()).collect();
    let all = by_total(&schools);
    let least = settings.thresholds.value("S09.others");
    let (mut judged, mut groups) = (Vec::new(), Vec::new());
    for one in &schools {
        match beyond_equals(one, &all, least, unit) {
            Some(classes) => {
                judged.push(*one);
                groups.push(standing::by_classes(classes));
            }
            None => checks
                .untested
                .push((one.school.clone(), format!("работ остальных школ меньше {}", rule::plain(least)))),
        }
    }
    for (one, found) in judged.iter().zip(standing::of_schools(settings, &groups, "S09.participants")) {
        match found {
            Ok(found) => checks.tests.push(test(settings, one, &found, unit)),
            Err(why) => checks.untested.push((one.school.clone(), why)),
        }
    }
    checks
}

fn by_total(schools: &[&SchoolPatterns]) -> ByTotal {
    let mut all = ByTotal::new();
    for half in schools.iter().flat_map(|one| &one.halves) {
        let sum = all.entry(half.total).or_default();
        *sum = sum.plus(half.sums);
    }
    all
}

/// The classes of a school: its rows less the mean of the others' rows with the same score; none where the others have
/// too few.
fn beyond_equals(one: &SchoolPatterns, all: &ByTotal, least: f64, unit: f64) -> Option<Vec<(bool, Observed)>> {
    let own = by_total(&[one]);
    let others: Vec<(u16, PatternSums)> =
        all.iter().map(|(total, sums)| (*total, sums.without(own.get(total).copied().unwrap_or_default()))).collect();
    let mut classes: BTreeMap<&str, (u64, f64, f64)> = BTreeMap::new();
    for half in &one.halves {
        let expected = expected(&others, half.total, least)?;
        let (n, sum, squares) = (as_f64(half.sums.n), whole(half.sums.sum), as_f64(half.sums.squares));
        let class = classes.entry(&half.class).or_default();
        class.0 += half.sums.n;
        class.1 += sum - n * expected;
        class.2 += squares - 2.0 * expected * sum + n * expected * expected;
    }
    let of_class = |(class, (n, sum, squares)): (&str, (u64, f64, f64))| {
        Some((!class.is_empty(), Observed::from_sums(n, sum / unit, squares / (unit * unit))?))
    };
    Some(classes.into_iter().filter_map(of_class).collect())
}

/// Mean of the rows of this score; neighbouring scores join on both sides until there are enough.
fn expected(others: &[(u16, PatternSums)], total: u16, least: f64) -> Option<f64> {
    let farthest = others.iter().map(|(other, _)| other.abs_diff(total)).max()?;
    (0..=farthest).find_map(|distance| {
        let near = others.iter().filter(|(other, _)| other.abs_diff(total) <= distance);
        let sums = near.fold(PatternSums::default(), |all, (_, own)| all.plus(*own));
        sums.mean().filter(|_| least <= as_f64(sums.n))
    })
}

fn whole(sum: i64) -> f64 {
    let size = as_f64(sum.unsigned_abs());
    if sum < 0 { -size } else { size }
}

fn test(settings: &Settings<'_>, one: &SchoolPatterns, found: &standing::Standing, unit: f64) -> Test {
    let (value, detectable) = (100.0 * found.value, 100.0 * found.detectable);
    let sums = one.halves.iter().fold(PatternSums::default(), |all, half| all.plus(half.sums));
    let own = 100.0 * sums.mean().unwrap_or(0.0) / unit;
    let points = |value: f64| number::percentage_points(PercentagePoints(value), 0, true);
    Test {
        school: one.school.clone(),
        matter: Matter::Work,
        tasks: Vec::new(),
        n: found.n,
        value,
        p: found.place.up,
        large: settings.thresholds.value(GATE) <= value,
        detectable: Some(detectable),
        is_distinct: tested::is_distinct(settings, GATE, detectable),
        affected: as_f64(found.n) * found.value.max(0.0),
        text: format!(
            "{}: выполнение трудной половины заданий минус выполнение лёгкой\u{a0}— {} (n\u{a0}= {}), у участников \
             остальных школ с такими же баллами\u{a0}— {}; возможный маркер, требует дополнительного анализа.",
            settings.name(&one.school),
            points(own),
            number::count(found.n),
            points(own - value),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{beyond_equals, by_total, expected};
    use crate::tests::{Scene, school};
    use srez_model::check::CheckState;
    use srez_model::finding::Findings;
    use srez_model::level::Level;
    use srez_model::row_patterns::{HalfSums, PatternSums, SchoolPatterns};

    /// Rows of one class of score `total`, in turn one less, one more and as much as `around`.
    fn half(class: &str, total: u16, around: i64, n: u64) -> HalfSums {
        let mut sums = PatternSums::default();
        (0..n).zip([-8, 8, 0].into_iter().cycle()).for_each(|(_, off)| sums.add(around + off));
        HalfSums { class: class.to_owned(), total, sums }
    }

    /// Halves of five points each: 25 is all points of one half. School «1» lies off by `first`.
    fn scene(schools: u32, first: i64) -> Scene {
        let mut scene = Scene::with_schools(schools);
        scene.patterns.half_maxima = (5, 5);
        for place in 1..=schools {
            let off = if place == 1 { first } else { i64::from(place % 3) - 1 };
            let halves = vec![half("а", 4, off - 12, 15), half("а", 6, off - 10, 15), half("б", 6, off - 10, 15)];
            scene.patterns.schools.push(school(&place.to_string(), |one| one.halves = halves));
        }
        scene.patterns.schools.sort_by(|left, right| left.school.cmp(&right.school));
        scene
    }

    fn named(findings: &Findings) -> Vec<&str> {
        let found = findings.findings.iter().filter(|one| one.sign.id == "S09" && one.state == Some(CheckState::Found));
        found.map(|one| one.group.as_str()).collect()
    }

    #[test]
    fn a_row_is_measured_by_rows_of_the_others_with_the_same_score() {
        let one = |halves| SchoolPatterns { halves, ..SchoolPatterns::default() };
        let (own, other) = (one(vec![half("а", 4, 5, 6), half("", 5, 2, 3)]), one(vec![half("в", 4, -10, 120)]));
        let all = by_total(&[&own, &other]);
        let classes = beyond_equals(&own, &all, 100.0, 25.0).unwrap();
        // Score 5 has nobody else: its neighbour joins. (2 + 10)/25 and (5 + 10)/25.
        let means: Vec<(bool, f64)> = classes.iter().map(|(is_named, class)| (*is_named, class.mean)).collect();
        assert!(!means[0].0 && (means[0].1 - 0.48).abs() < 1e-12 && (means[1].1 - 0.60).abs() < 1e-12, "{means:?}");
        // Six rows that lie off by −8, 8 and 0 points.
        assert!((classes[1].1.spread - 4.0 * 64.0 / 625.0).abs() < 1e-9, "{classes:?}");
        assert_eq!(beyond_equals(&own, &all, 121.0, 25.0), None);
        assert_eq!(expected(&[], 4, 1.0), None);
    }

    #[test]
    fn a_school_with_the_tasks_the_other_way_round_is_named() {
        let findings = scene(9, 9).flagged();
        assert_eq!(named(&findings), ["1"]);
        let one = findings.findings.iter().find(|one| one.sign.id == "S09" && one.group == "1").unwrap();
        assert!(30.0 < one.value.unwrap() && one.threshold == Some(8.0) && one.unit == "п.п.", "{one:?}");
        // The easy ones done better is no sign, nor is a little.
        assert!(named(&scene(9, -9).flagged()).is_empty());
        assert!(named(&scene(9, 1).flagged()).is_empty());
    }

    #[test]
    fn few_schools_and_few_rows_are_not_tested_and_say_so() {
        for (schools, why) in [(5, "школ, которые можно сравнить, меньше 6"), (3, "работ остальных школ меньше 100")]
        {
            let findings = scene(schools, 9).flagged();
            let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign.id == "S09").collect();
            assert!(of_sign.len() == 1 && of_sign[0].level != Level::School, "{of_sign:?}");
            assert!(of_sign[0].text().contains(why), "{}", of_sign[0].text());
        }
        // Tasks without an order: nothing to say.
        let mut none = scene(9, 9);
        none.patterns.half_maxima = (0, 0);
        assert!(none.flagged().findings.iter().all(|one| one.sign.id != "S09"));
    }
}
