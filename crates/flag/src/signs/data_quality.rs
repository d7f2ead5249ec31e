//! S11: a school whose cells cannot be read, or whose participants have no result, too often for a conclusion.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, as_f64};
use srez_wording::number;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S11"),
    title: "качество данных школы",
    rule: "нечитаемых ячеек с баллами {S11.cells} % и больше или участников без итога {S11.rows} % и больше; \
           участников не меньше {S11.participants}, и затронутых ячеек (участников) не меньше {S11.fewest}",
    thresholds: &["S11.cells", "S11.rows", "S11.participants", "S11.fewest"],
    tag: SourceTag::Own,
    caution: "сначала исправить файл, потом читать результат школы; адреса ячеек — в протоколе качества данных",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let limit = |id: &str| settings.thresholds.value(id);
    for school in settings.schools {
        let (mut cells, mut unreadable) = (0, 0);
        for row in measures.tasks_of(Level::School, school) {
            cells += row.counts.n + row.counts.unreadable;
            unreadable += row.counts.unreadable;
        }
        let rows = measures.marks_of(Level::School, school);
        let (n, without) = rows.map_or((0, 0), |row| (row.n, row.n_without_mark));
        // An exam without marks at all has nobody with a result, which is no fault of the school.
        let without = if rows.is_some_and(|row| row.marked() == 0) { 0 } else { without };
        if as_f64(n) < limit("S11.participants") {
            continue;
        }
        let share = |part: u64, whole: u64, id: &str| {
            let enough = limit("S11.fewest") <= as_f64(part);
            Percent::of(part, whole).filter(|share| enough && limit(id) <= share.0)
        };
        let of_cells = share(unreadable, cells, "S11.cells");
        let of_rows = share(without, n, "S11.rows");
        let mut words = Vec::new();
        if of_cells.is_some() {
            words.push(format!("нечитаемых ячеек {} из {}", number::count(unreadable), number::count(cells)));
        }
        if of_rows.is_some() {
            words.push(format!("участников без итога {} из {}", number::count(without), number::count(n)));
        }
        let Some(share) = of_cells.or(of_rows) else { continue };
        let id = if of_cells.is_some() { "S11.cells" } else { "S11.rows" };
        let mut one = finding(&SIGN, measures, (Level::School, school), Matter::Work);
        one.value = Some(share.0);
        one.threshold = Some(limit(id));
        one.threshold_source = settings.thresholds.get(id).source();
        one.unit.clone_from(&settings.thresholds.get(id).unit);
        one.n = n;
        one.said = Said::of_school(
            settings.name(school),
            &format!(
                "{}: {}. Вывод о школе ненадёжен, пока файл не исправлен.",
                settings.name(school),
                words.join(", ")
            ),
        );
        findings.findings.push(one);
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::level::Level;
    use srez_model::measures::TaskRow;
    use srez_model::tally::TaskCounts;

    fn found(unreadable: u64, without: u64) -> Option<String> {
        let mut scene = Scene::with_tasks(1);
        let counts = TaskCounts { n: 100 - unreadable, unreadable, ..TaskCounts::default() };
        let group = "1".to_owned();
        scene.tasks = vec![TaskRow {
            level: Level::School,
            group,
            task: 0,
            counts,
            pct: None,
            interval: None,
            pct_attempted: None,
        }];
        scene.school_marks("1", [10, 40, 30, 20 - without]);
        scene.without_mark("1", without);
        scene.flagged().findings.into_iter().find(|one| one.sign.id == "S11").map(|one| one.text())
    }

    #[test]
    fn unreadable_cells_and_rows_without_a_result() {
        assert!(found(5, 0).unwrap().contains("5 из 100"));
        assert!(found(0, 10).unwrap().contains("без итога"));
        assert_eq!(found(4, 9), None);
        let few = |n: u64, without: u64| {
            let mut scene = Scene::default();
            scene.school_marks("1", [0, n - without, 0, 0]);
            scene.without_mark("1", without);
            scene.flagged().findings.iter().any(|one| one.sign.id == "S11")
        };
        assert_eq!([few(2, 1), few(12, 2), few(12, 3)], [false, false, true]);
        assert!(Scene::default().flagged().findings.iter().all(|one| one.sign.id != "S11"), "no school");
    }
}
