//! Completion of a task.

use srez_model::measures::{MeasureDefinition, MeasuredOf, TaskRow, ToldIn};
use srez_model::tally::{Tally, TaskCounts};
use srez_model::unit::Percent;
use srez_statistics::wilson;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "task-completion",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Процент выполнения задания",
    columns: &["tasks.pct", "tasks.pct_attempted", "tasks.full", "tasks.partial", "tasks.zero", "tasks.not_attempted"],
    unit: "%",
    plain: "набранные баллы за задание в процентах от возможных; не приступившие входят с нулём, отсутствовавшие \
            не входят",
    formula: "сумма баллов / (число участников, которым задание предлагалось, · максимальный балл) · 100; \
              «X» и пустая ячейка считаются за 0, в доле среди приступавших не учитываются; \
              интервал Уилсона 95 %: доля — средняя доля балла участника, n — число участников; у заданий в \
              несколько баллов у школы вместо n — эффективное число участников с учётом разброса баллов и классов, у \
              муниципалитета интервал по школам, как в сравнении муниципалитета с регионом",
    degenerate: "никому не предлагалось или максимальный балл неизвестен — не вычисляется; разброс внутри \
                 классов не вычисляется — интервал школы без учёта классов",
    source: "практика; интервал: Wilson 1927; Korn, Graubard 1998",
};

/// One row per group and task, in the order of the paper.
pub(crate) fn rows(tally: &Tally) -> Vec<TaskRow> {
    let mut rows = Vec::with_capacity(tally.groups.len() * tally.exam.tasks.len());
    for (index, group) in (0_u32..).zip(&tally.groups) {
        for (task, definition) in (0_u16..).zip(&tally.exam.tasks) {
            let counts = tally.task_counts(index, task);
            let pct = definition.max.and_then(|max| completion(&counts, max));
            rows.push(TaskRow {
                level: group.level,
                group: group.name.clone(),
                task,
                pct,
                interval: pct.and_then(|pct| wilson::around(pct, counts.n)),
                pct_attempted: definition
                    .max
                    .and_then(|max| Percent::of(counts.sum, (counts.n - counts.not_attempted) * u64::from(max))),
                counts,
            });
        }
    }
    rows
}

fn completion(counts: &TaskCounts, max: u16) -> Option<Percent> {
    Percent::of(counts.sum, counts.n * u64::from(max))
}

#[cfg(test)]
mod tests {
    use super::completion;
    use srez_model::block::NOT_ATTEMPTED;
    use srez_model::tally::TaskCounts;
    use srez_model::unit::Percent;

    #[test]
    fn not_attempted_counts_as_zero_in_one_reading_only() {
        let mut counts = TaskCounts::default();
        for outcome in [0, 1, 2, 2, NOT_ATTEMPTED] {
            counts.add(outcome, 1, Some(2));
        }
        assert_eq!(completion(&counts, 2), Some(Percent(50.0)));
        assert_eq!(Percent::of(counts.sum, (counts.n - counts.not_attempted) * 2), Some(Percent(62.5)));
        assert_eq!((counts.full, counts.partial, counts.zero, counts.not_attempted), (2, 1, 1, 1));
    }
}
