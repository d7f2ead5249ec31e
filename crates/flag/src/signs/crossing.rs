//! F10: a task that a weaker group does better than a stronger one.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said};
use srez_model::level::Level;
use srez_model::measures::{Measures, TaskByMarkRow};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::clusters::{Cluster, Mean};
use srez_wording::number;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("F10"),
    title: "слабая группа выполнила задание лучше сильной",
    rule: "группа с меньшей отметкой (группой баллов) выполнила задание лучше соседней группы с большей не меньше \
           чем на {F10.difference} п.п., в обеих группах не меньше {F09.group} участников",
    thresholds: &["F10.difference", "F09.group"],
    tag: SourceTag::Practice,
    caution: "требует изучения задания: ключа, критериев, ввода; само правило — ФИОКО, величина порога в нём не \
              названа и взята из практики",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Never,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::TaskByMark,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

/// Words of the bands of the test score.
const BANDS: [&str; 4] = ["ниже минимального", "до 60", "61–80", "81–100"];

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let limit = |id: &str| settings.thresholds.value(id);
    let rows = measures.tasks_by_mark_of(*level, group);
    let word = |mark: u8| {
        if measures.exam.has_test_scores() {
            let band = usize::from(mark).checked_sub(1).and_then(|place| BANDS.get(place));
            format!("с баллом {}", band.copied().unwrap_or_default())
        } else {
            format!("с отметкой «{mark}»")
        }
    };
    for of_task in rows.chunk_by(|left, right| left.task == right.task) {
        let large: Vec<&TaskByMarkRow> = of_task.iter().filter(|row| limit("F09.group") <= as_f64(row.n)).collect();
        let crossed = large.windows(2).filter_map(|pair| {
            let [weak, strong] = pair else { return None };
            let gap = weak.pct?.minus(strong.pct?).0;
            (limit("F10.difference") <= gap).then_some((weak, strong, gap))
        });
        let Some((weak, strong, gap)) = crossed.max_by(|left, right| left.2.total_cmp(&right.2)) else { continue };
        let Some((low, high)) = weak.pct.zip(strong.pct) else { continue };
        let id = measures.exam.tasks.get(usize::from(weak.task)).map_or("", |task| task.id.as_str());
        let mut one = finding(&SIGN, measures, (*level, group), Matter::Task(weak.task));
        one.value = Some(gap);
        one.threshold = Some(limit("F10.difference"));
        one.threshold_source = settings.thresholds.get("F10.difference").source();
        one.unit.clone_from(&settings.thresholds.get("F10.difference").unit);
        one.n = weak.n + strong.n;
        one.said = Said::sentence(format!(
            "Задание № {id}: участники {} выполнили его лучше ({}, n = {}), чем участники {} ({}, n = {}){}. Требует \
             изучения задания и критериев.",
            word(weak.mark),
            number::percent(low, weak.n),
            weak.n,
            word(strong.mark),
            number::percent(high, strong.n),
            strong.n,
            perhaps_chance(settings, measures, weak, strong, gap),
        ));
        findings.findings.push(one);
    }
}

/// Fewest schools that have both groups.
const FEWEST_SCHOOLS: usize = 4;

/// The rule has no test of its own: where whole schools differ so much that the difference may be nothing, or are too
/// few to tell, the sentence says so.
fn perhaps_chance(
    settings: &Settings<'_>,
    measures: &Measures,
    weak: &TaskByMarkRow,
    strong: &TaskByMarkRow,
    gap: f64,
) -> &'static str {
    let of_school = |school: &String| {
        let rows = measures.tasks_by_mark_of(Level::School, school);
        let row = |mark: u8| rows.iter().find(|row| (row.task, row.mark) == (weak.task, mark));
        let (weak, strong) = (row(weak.mark)?, row(strong.mark)?);
        let (n, other) = (as_f64(weak.n), as_f64(strong.n));
        Some(Cluster { value: weak.pct?.minus(strong.pct?).0, weight: n * other / (n + other) })
    };
    let schools: Vec<Cluster> = settings.schools.iter().filter_map(of_school).collect();
    let mean = Mean::from_clusters(&schools).filter(|_| FEWEST_SCHOOLS <= schools.len());
    let is_sure = mean.is_some_and(|mean| {
        let (low, high) = mean.interval();
        (high - low) / 2.0 < gap
    });
    if is_sure { "" } else { "; разность может быть случайной" }
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::level::Level;
    use srez_model::measures::TaskByMarkRow;
    use srez_model::unit::Percent;

    /// A negative spread: no school has results.
    fn crossed(groups: &[(u8, u64, f64)], spread: f64) -> Option<String> {
        let mut scene = Scene::with_tasks(1);
        let row = |(mark, n, pct): &(u8, u64, f64)| TaskByMarkRow {
            level: Level::Municipality,
            group: "Долина".to_owned(),
            task: 0,
            mark: *mark,
            n: *n,
            pct: Some(Percent(*pct)),
        };
        let city = groups.iter().map(row);
        // Six schools that do it alike but for `spread`.
        let of_schools = (1..=6_u8).flat_map(|school| {
            groups.iter().map(move |(mark, n, pct)| TaskByMarkRow {
                level: Level::School,
                group: school.to_string(),
                task: 0,
                mark: *mark,
                n: n / 6 + 1,
                pct: Some(Percent(pct + if *mark == 3 { spread * (f64::from(school) - 3.5) } else { 0.0 })),
            })
        });
        scene.tasks_by_mark = city.chain(of_schools.filter(|_| spread >= 0.0)).collect();
        scene.flagged().findings.into_iter().find(|one| one.sign.id == "F10").map(|one| one.text())
    }

    #[test]
    fn neighbours_that_cross() {
        let rows = [(2, 12, 20.0), (3, 60, 50.0), (4, 40, 44.0)];
        let found = crossed(&rows, 8.0).unwrap();
        assert!(found.contains("может быть случайной"), "{found}");
        let unknown = crossed(&rows, -1.0).unwrap();
        assert!(unknown.contains("может быть случайной"), "{unknown}");
        let sure = crossed(&rows, 1.0).unwrap();
        assert!(!sure.contains("случайной"), "{sure}");
        assert_eq!(crossed(&[(2, 12, 20.0), (3, 60, 50.0), (4, 40, 46.0)], 1.0), None, "four points");
        assert_eq!(crossed(&[(2, 9, 80.0), (3, 60, 50.0)], 1.0), None, "too few");
        assert_eq!(crossed(&[], 1.0), None);
    }
}
