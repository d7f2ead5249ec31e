//! S13: the same pupils stand elsewhere among the schools in their next exam.
//!
//! `d` is the change of the pass share on the scale of angles, its variance by chance that of both years.

use crate::standing::{self, Standing};
use crate::tested::{self, Checks, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::compared::MeasureId;
use srez_model::finding::{Family, Matter};
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::{PercentagePoints, as_f64};
use srez_statistics::school_model::shares;
use srez_statistics::unusual::Unit;
use srez_wording::number;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S13"),
    title: "скачок когорты: следующая работа тех же учеников",
    rule: "расстояние успеваемости школы до остальных школ изменилось между двумя работами тех же учеников не меньше \
           чем на {S13.difference} п.п., q не больше {tests.q} % (вместе с другими маркерами), участников в обеих \
           работах не меньше {S13.participants}; p — изменение арксинуса корня из доли, его место в распределении, \
           которое предсказывают для школы остальные школы с учётом того, насколько они расходятся между собой; школ \
           не меньше {unusual.schools}",
    thresholds: &["S13.difference", "S13.participants", "unusual.schools", "tests.q"],
    tag: SourceTag::Own,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: состав класса изменился, работы \
              проверяют разное, часть учеников ушла после 9 класса",
    works: Works::All,
    group: Some(Membership::Full(SignGroup::External)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::ComparesYears,
    cause: Cause::Own,
    evidence: Evidence::Cohort,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: GATE,
    family: Family::Markers,
    tests,
    joint: None,
    subject: |_, _| "Те же ученики в следующей работе",
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Its size gate.
const GATE: &str = "S13.difference";

fn tests(settings: &Settings<'_>, measures: &Measures) -> Checks {
    let measure = MeasureId::Pass.of_cohort();
    let row = |school: &'_ String| {
        let rows = measures.dynamics_of(Level::School, school);
        Some((school.clone(), rows.iter().find(|row| row.measure == measure)?))
    };
    let rows: Vec<(String, &DynamicsRow)> = settings.schools.iter().filter_map(row).collect();
    let units: Vec<Option<(u64, Unit)>> = rows.iter().map(|(_, row)| unit(settings, row)).collect();
    let mut checks = Checks::default();
    for ((school, row), found) in rows.into_iter().zip(standing::among_others(settings, &units)) {
        let found = found.unwrap_or_else(|| Err(standing::few_pupils(settings, "S13.participants")));
        let test = found.map(|found| test(settings, &school, row, &found));
        match test {
            Ok(Some(test)) => checks.tests.push(test),
            Ok(None) => checks.untested.push((school, "остальных школ нет".to_owned())),
            Err(why) => checks.untested.push((school, why)),
        }
    }
    checks
}

/// The change of a school, and its variance by chance; none where a year is missing or small.
fn unit(settings: &Settings<'_>, row: &DynamicsRow) -> Option<(u64, Unit)> {
    let fewest = settings.thresholds.value("S13.participants");
    let (now, before) = (count(row.now?, row.n.0)?, count(row.before?, row.n.1)?);
    let value = shares::angle(now, row.n.0) - shares::angle(before, row.n.1);
    let variance = shares::variance(row.n.0) + shares::variance(row.n.1);
    (fewest <= as_f64(row.n.0.min(row.n.1))).then_some((row.n.0, Unit { value, variance }))
}

/// The whole number of participants behind a percentage.
fn count(percent: f64, n: u64) -> Option<u64> {
    let wanted = percent * as_f64(n) / 100.0;
    (0..=n).find(|k| (as_f64(*k) - wanted).abs() < 0.5 + 1e-9)
}

fn test(settings: &Settings<'_>, school: &str, row: &DynamicsRow, found: &Standing) -> Option<Test> {
    let distance = row.distance.as_ref()?;
    let (now, before) = (row.now?, row.before?);
    let points = |value: f64| number::percentage_points(PercentagePoints(value), 0, true);
    // At the share of the others, where a school would stand that is like them.
    let detectable = 100.0 * found.detectable / shares::slope(distance.reference.0 / 100.0);
    Some(Test {
        school: school.to_owned(),
        matter: Matter::Work,
        tasks: Vec::new(),
        n: row.n.0,
        value: distance.change,
        p: found.place.two_sided(),
        large: settings.thresholds.value(GATE) <= distance.change.abs(),
        detectable: Some(detectable),
        is_distinct: tested::is_distinct(settings, GATE, detectable),
        affected: as_f64(row.n.0) * distance.change.abs() / 100.0,
        text: format!(
            "{}: успеваемость тех же учеников в прошлой работе {} ({} к остальным школам), теперь {} ({}). Возможный \
             маркер, требует дополнительного анализа.",
            settings.name(school),
            number::percent_exact(before, 0),
            points(distance.before),
            number::percent_exact(now, 0),
            points(distance.now),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::count;
    use crate::tests::{Scene, change};
    use srez_model::check::CheckState;
    use srez_model::compared::MeasureId;
    use srez_model::dynamics::Distance;
    use srez_model::level::Level;
    use srez_model::measures::DynamicsRow;

    /// A school that passed with 80 % and then with this, others at 80 % in both years.
    fn row(school: &str, n: u64, now: f64) -> DynamicsRow {
        let distance = Distance {
            kind: "others".to_owned(),
            reference: (80.0, 80.0),
            n: (300, 300),
            now: now - 80.0,
            before: 0.0,
            change: now - 80.0,
            interval: None,
            p: None,
        };
        DynamicsRow {
            level: Level::School,
            group: school.to_owned(),
            n: (n, n),
            now: Some(now),
            before: Some(80.0),
            distance: Some(distance),
            ..change(MeasureId::Cohort(Box::new(MeasureId::Pass)), false)
        }
    }

    fn scene(schools: u32, first: f64) -> Scene {
        let mut scene = Scene::with_schools(schools);
        let now = |place: u32| if place == 1 { first } else { 80.0 + 2.5 * f64::from(place % 3) - 2.5 };
        scene.dynamics =
            (1..=schools).map(|place| row(&place.to_string(), if place == 3 { 8 } else { 40 }, now(place))).collect();
        scene.dynamics.sort_by(|left, right| left.group.cmp(&right.group));
        scene
    }

    fn judged(scene: &Scene) -> (Vec<(String, bool)>, String) {
        let findings = scene.flagged();
        let of_sign = || findings.findings.iter().filter(|one| one.sign.id == "S13");
        let of_school = of_sign().filter(|one| one.level == Level::School);
        let schools = of_school.map(|one| (one.group.clone(), one.state == Some(CheckState::Found))).collect();
        let quiet = of_sign().find(|one| one.level != Level::School);
        (schools, quiet.map_or(String::new(), |one| one.text().replace('\u{a0}', " ")))
    }

    #[test]
    fn a_fall_among_the_schools() {
        let (schools, words) = judged(&scene(10, 35.0));
        let fired: Vec<&str> = schools.iter().filter(|(_, fired)| *fired).map(|(id, _)| id.as_str()).collect();
        assert_eq!((schools.len(), fired), (9, vec!["1"]), "{words}");
        assert!(words.contains("не проверялось — 1 (участников меньше 10)"), "{words}");
        assert!(judged(&scene(10, 72.5)).0.iter().all(|(_, fired)| !fired));
    }

    #[test]
    fn five_schools_are_not_tested_and_no_earlier_exam_says_nothing() {
        let (schools, words) = judged(&scene(6, 35.0));
        assert!(schools.is_empty() && words.contains("школ, которые можно сравнить, меньше 6"), "{words}");
        let (schools, words) = judged(&Scene::with_schools(10));
        assert!(schools.is_empty() && words.is_empty());
        assert_eq!((count(72.5, 40), count(33.333_333, 3), count(0.0, 5)), (Some(29), Some(1), Some(0)));
    }
}
