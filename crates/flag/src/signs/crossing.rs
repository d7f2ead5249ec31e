//! F10: a task that a weaker group does better than a stronger one.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said};
use srez_model::measures::{Measures, TaskByMarkRow};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::newcombe;
use srez_wording::number;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("F10"),
    title: "слабая группа выполнила задание лучше сильной",
    rule: "группа с меньшей отметкой (группой баллов) выполнила задание лучше соседней группы с большей не меньше \
           чем на {F10.difference} п.п., в обеих группах не меньше {F09.group} участников",
    thresholds: &["F10.difference", "F09.group"],
    tag: SourceTag::Practice,
    caution: "требует изучения задания: ключа, критериев, ввода; величина 5 п.п. — практика, правило — ФИОКО",
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
            perhaps_chance((low, weak.n), (high, strong.n)),
        ));
        findings.findings.push(one);
    }
}

/// The rule has no test of its own: where the interval of the difference holds 0, the sentence says so.
fn perhaps_chance(weak: (Percent, u64), strong: (Percent, u64)) -> &'static str {
    let share = |(percent, _): (Percent, u64)| percent.0 / 100.0;
    match newcombe::interval(share(weak), weak.1, share(strong), strong.1) {
        Some((low, high)) if low <= 0.0 && high >= 0.0 => "; при таком числе участников разность может быть случайной",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::level::Level;
    use srez_model::measures::TaskByMarkRow;
    use srez_model::unit::Percent;

    fn crossed(groups: &[(u8, u64, f64)]) -> Option<String> {
        let mut scene = Scene::with_tasks(1);
        let row = |(mark, n, pct): &(u8, u64, f64)| TaskByMarkRow {
            level: Level::Municipality,
            group: "Долина".to_owned(),
            task: 0,
            mark: *mark,
            n: *n,
            pct: Some(Percent(*pct)),
        };
        scene.tasks_by_mark = groups.iter().map(row).collect();
        scene.flagged().findings.into_iter().find(|one| one.sign.id == "F10").map(|one| one.text())
    }

    #[test]
    fn neighbours_that_cross() {
        let found = crossed(&[(2, 12, 20.0), (3, 60, 50.0), (4, 40, 44.0)]).unwrap();
        assert!(found.contains("может быть случайной"), "{found}");
        let sure = crossed(&[(2, 12, 20.0), (3, 600, 50.0), (4, 400, 42.0)]).unwrap();
        assert!(!sure.contains("случайной"), "{sure}");
        assert_eq!(crossed(&[(2, 12, 20.0), (3, 60, 50.0), (4, 40, 46.0)]), None, "four points");
        assert_eq!(crossed(&[(2, 9, 80.0), (3, 60, 50.0)]), None, "too few");
        assert_eq!(crossed(&[]), None);
    }
}
