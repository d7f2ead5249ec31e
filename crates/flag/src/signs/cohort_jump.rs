//! S13: the same pupils stand elsewhere among the schools in their next exam.

use crate::tested::{self, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::compared::COHORT;
use srez_model::finding::Matter;
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::{PercentagePoints, as_f64};
use srez_wording::number;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S13"),
    title: "скачок когорты: следующая работа тех же учеников",
    rule: "расстояние успеваемости школы до остальных школ изменилось между двумя работами тех же учеников не меньше \
           чем на {S13.difference} п.п., q не больше {tests.q} %, участников в обеих работах не меньше \
           {S13.participants}; критерий изменения расстояния — как в динамике",
    thresholds: &["S13.difference", "S13.participants", "tests.q"],
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
    threshold: "S13.difference",
    tests,
    nothing: |_, _| "Те же ученики в следующей работе: скачков относительно остальных школ не выявлено.",
    background: tested::unknown,
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let measure = format!("{COHORT}pass_pct");
    let found = |school: &String| {
        let row = measures.dynamics_of(Level::School, school).iter().find(|row| row.measure == measure)?;
        test(settings, school, row)
    };
    settings.schools.iter().filter_map(found).collect()
}

fn test(settings: &Settings<'_>, school: &str, row: &DynamicsRow) -> Option<Test> {
    let distance = row.distance.as_ref()?;
    let (now, before) = (row.now?, row.before?);
    if as_f64(row.n.0.min(row.n.1)) < settings.thresholds.value("S13.participants") {
        return None;
    }
    let points = |value: f64| number::percentage_points(PercentagePoints(value), 0, true);
    Some(Test {
        school: school.to_owned(),
        matter: Matter::Work,
        n: row.n.0,
        value: distance.change,
        p: distance.p?,
        attainable: 0.0,
        large: settings.thresholds.value("S13.difference") <= distance.change.abs(),
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
    use crate::tests::{Scene, change};
    use srez_model::dynamics::Distance;
    use srez_model::level::Level;
    use srez_model::measures::DynamicsRow;

    fn row(school: &str, n: u64, change_of: f64, p: Option<f64>) -> DynamicsRow {
        let distance = Distance {
            kind: "others".to_owned(),
            reference: (80.0, 80.0),
            n: (300, 300),
            now: -20.0,
            before: -20.0 - change_of,
            change: change_of,
            interval: None,
            p,
        };
        DynamicsRow {
            level: Level::School,
            group: school.to_owned(),
            n: (n, n),
            distance: Some(distance),
            ..change("cohort:pass_pct", false)
        }
    }

    #[test]
    fn a_fall_among_the_schools() {
        let mut scene = Scene::default();
        scene.dynamics = vec![
            row("1", 40, -22.0, Some(0.001)),
            row("2", 40, -9.0, Some(0.001)),
            row("3", 9, -30.0, Some(0.001)),
            row("4", 40, -30.0, None),
        ];
        let findings = scene.flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign.id == "S13").collect();
        assert_eq!(of_sign.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["1", "2"]);
        assert!(!of_sign[0].is_silent() && of_sign[1].is_silent());
    }
}
