//! Completion of a task by the participants with one mark or band.

use super::super::census::Census;
use srez_model::level::Level;
use srez_model::measures::{MeasureDefinition, MeasuredOf, TaskByMarkRow, ToldIn};
use srez_model::tally::{Tally, TaskCounts};
use srez_model::unit::Percent;
use std::collections::BTreeMap;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "task-completion-by-mark",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Процент выполнения задания группами участников с разными отметками",
    columns: &["tasks_by_mark.pct"],
    unit: "%",
    plain: "процент выполнения задания среди участников с одной отметкой, в ЕГЭ — из одной группы по тестовому баллу",
    formula: "сумма баллов группы / (число участников группы · максимальный балл) · 100; для ЕГЭ группа — диапазон \
              тестового балла от 1 до 4",
    degenerate: "группы с этой отметкой нет — строки нет; максимальный балл неизвестен — не вычисляется",
    source: "практика; знаменатель — участники группы, а не все участники",
};

/// One row per group down to schools, task and mark or band that somebody has.
pub(crate) fn rows(tally: &Tally, census: &Census) -> Vec<TaskByMarkRow> {
    let mut rows = Vec::new();
    for cells in tally.outcomes.chunk_by(|left, right| (left.group, left.task) == (right.group, right.task)) {
        let Some(first) = cells.first() else { continue };
        let Some(group) = tally.groups.get(first.group as usize) else { continue };
        if Level::School < group.level {
            continue;
        }
        let max = tally.exam.tasks.get(usize::from(first.task)).and_then(|task| task.max);
        let mut counts: BTreeMap<u8, TaskCounts> = BTreeMap::new();
        for cell in cells {
            if let Some(mark) = census.kind.category(&cell.stratum) {
                counts.entry(mark).or_default().add(cell.outcome, cell.n, max);
            }
        }
        rows.extend(counts.into_iter().filter(|(_, counts)| counts.n != 0).map(|(mark, counts)| TaskByMarkRow {
            level: group.level,
            group: group.name.clone(),
            task: first.task,
            mark,
            n: counts.n,
            pct: max.and_then(|max| Percent::of(counts.sum, counts.n * u64::from(max))),
        }));
    }
    rows
}
