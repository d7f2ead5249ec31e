//! Completion of the tasks of one level of difficulty together.

use super::super::reason;
use srez_model::assessment::{Difficulty, Exam};
use srez_model::level::Level;
use srez_model::measures::{LevelRow, MeasureDefinition, MeasuredOf, TaskRow, ToldIn};
use srez_model::unit::Percent;
use srez_statistics::wilson;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "level-completion",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Процент выполнения заданий одного уровня сложности",
    columns: &["levels.pct", "levels.low", "levels.high"],
    unit: "%",
    plain: "набранные баллы за все задания одного уровня сложности в процентах от возможных",
    formula: "сумма баллов за задания уровня Б, П или В / сумма максимальных баллов за задания, которые предлагались, \
              · 100; интервал Уилсона 95 %, n — число участников; уровень — из описания работы",
    degenerate: "уровни заданий не указаны — строк нет; максимум неизвестен — не вычисляется",
    source: "практика",
};

/// Groups that have rows.
const LEVELS: [Level; 3] = [Level::All, Level::Municipality, Level::School];

/// One row per group and level of difficulty, from the rows of the tasks.
pub(crate) fn rows(exam: &Exam, tasks: &[TaskRow]) -> Vec<LevelRow> {
    let of_group = |group: &[TaskRow]| -> Vec<LevelRow> {
        Difficulty::ALL.into_iter().filter_map(|difficulty| row(exam, group, difficulty)).collect()
    };
    let groups = tasks.chunk_by(|left, right| (left.level, &left.group) == (right.level, &right.group));
    groups.filter(|group| group.first().is_some_and(|row| LEVELS.contains(&row.level))).flat_map(of_group).collect()
}

fn row(exam: &Exam, group: &[TaskRow], difficulty: Difficulty) -> Option<LevelRow> {
    let of_level =
        |row: &&TaskRow| exam.tasks.get(usize::from(row.task)).is_some_and(|task| task.difficulty == Some(difficulty));
    let tasks: Vec<&TaskRow> = group.iter().filter(of_level).collect();
    let first = tasks.first()?;
    let max_of = |row: &TaskRow| exam.tasks.get(usize::from(row.task)).and_then(|task| task.max).map(u64::from);
    let max_sum: Option<u64> = tasks.iter().map(|row| Some(row.counts.n * max_of(row)?)).sum();
    let sum = tasks.iter().map(|row| row.counts.sum).sum();
    let n = tasks.iter().map(|row| row.counts.n).max().unwrap_or(0);
    let pct = max_sum.and_then(|max| Percent::of(sum, max)).and_then(|value| wilson::around(value, n));
    let why = match (n, max_sum) {
        (0, _) => reason::NO_PARTICIPANTS,
        (_, None) => reason::NO_MAXIMUM,
        _ => "",
    };
    Some(LevelRow {
        level: first.level,
        group: first.group.clone(),
        difficulty,
        tasks: u16::try_from(tasks.len()).unwrap_or(u16::MAX),
        n,
        sum,
        max_sum: max_sum.unwrap_or(0),
        pct,
        reason: why.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::rows;
    use srez_model::assessment::{Difficulty, Exam, ExamKey, Procedure};
    use srez_model::level::Level;
    use srez_model::measures::TaskRow;
    use srez_model::tally::TaskCounts;

    #[test]
    fn a_level_is_all_its_tasks_together() {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        let mut exam = Exam::unspecified(key);
        let task = |(position, max, difficulty): (u16, u16, Option<Difficulty>)| srez_model::assessment::Task {
            id: position.to_string(),
            position,
            max: Some(max),
            difficulty,
            ..srez_model::assessment::Task::default()
        };
        let basic = Some(Difficulty::Basic);
        exam.tasks = [(1, 1, basic), (2, 3, basic), (3, 2, Some(Difficulty::High)), (4, 1, None)].map(task).to_vec();
        let counts = |n, sum| TaskCounts { n, sum, ..TaskCounts::default() };
        let row = |(task, counts): (u16, TaskCounts)| TaskRow {
            level: Level::School,
            group: "1".to_owned(),
            task,
            counts,
            pct: None,
            interval: None,
            pct_attempted: None,
        };
        // 8 of 10 points and 9 of 30: 17 of 40, not the mean of 80 and 30.
        let tasks: Vec<TaskRow> =
            (0..).zip([counts(10, 8), counts(10, 9), counts(9, 9), counts(10, 10)]).map(row).collect();
        let found = rows(&exam, &tasks);
        let seen: Vec<_> = found.iter().map(|row| (row.difficulty, row.tasks, row.n, row.sum, row.max_sum)).collect();
        assert_eq!(seen, [(Difficulty::Basic, 2, 10, 17, 40), (Difficulty::High, 1, 9, 9, 18)]);
        assert_eq!(found[0].pct.unwrap().value.0, 42.5);
    }
}
