//! Completion of the tasks of one level of difficulty together, and whether it allows a judgement about a school.

use super::super::reason;
use super::super::sub_score_gate::{self, Gate};
use srez_model::assessment::{Difficulty, Exam};
use srez_model::level::Level;
use srez_model::measures::{LevelRow, MeasureDefinition, Measures, TaskRow};
use srez_model::row_patterns::SchoolSums;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::distinctness::{GroupSums, TotalSums};
use srez_statistics::wilson;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "level-completion",
    title: "Процент выполнения заданий одного уровня сложности",
    columns: &[
        "levels.pct",
        "levels.low",
        "levels.high",
        "levels.reportable",
        "levels.prmse_level",
        "levels.prmse_total",
    ],
    unit: "%",
    plain: "набранные баллы за все задания одного уровня сложности в процентах от возможных",
    formula: "сумма баллов за задания уровня Б, П или В / сумма максимальных баллов за задания, которые предлагались, \
              · 100; интервал Уилсона 95 %, n — число участников; уровень — из описания работы; суждение о школе — по \
              тем же условиям, что для умения: заданий не меньше 2, баллов не меньше 4, участников с полными работами \
              не меньше 100, школ не меньше 10 и уровень говорит о школе больше, чем работа в целом",
    degenerate: "уровни заданий не указаны — строк нет; максимум неизвестен — не вычисляется; работа прошлых лет — \
                 суждения о школе нет",
    source: "точность подшкалы: Haberman, Sinharay, Puhan 2009; числа порогов — правило программы",
};

/// Groups that have rows.
const LEVELS: [Level; 3] = [Level::All, Level::Municipality, Level::School];

/// One row per group and level of difficulty, from the rows of the tasks; the gate stays closed until [`judge`] has
/// run.
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
        reductions: None,
        reportable: false,
        reason: why.to_owned(),
    })
}

/// Sets the gate, from the sums of the schools collected by the second pass over the rows.
pub(crate) fn judge(measures: &mut Measures) {
    let (exam, schools) = (&measures.exam, &measures.patterns.sums);
    for difficulty in Difficulty::ALL {
        let tasks: Vec<_> = exam.tasks.iter().filter(|task| task.difficulty == Some(difficulty)).collect();
        let max: Option<u32> = tasks.iter().map(|task| task.max.map(u32::from)).sum();
        let gate = match max {
            None => Gate::closed("максимальный балл неизвестен"),
            Some(max) => sub_score_gate::gate(tasks.len(), max, "уровня", || sums(schools, difficulty)),
        };
        for row in measures.levels.iter_mut().filter(|row| row.difficulty == difficulty) {
            row.reductions = gate.reductions;
            row.reportable = gate.open && row.n != 0;
            row.reason = reason::join([row.reason.as_str(), &gate.reason]);
        }
    }
}

fn sums(schools: &[SchoolSums], difficulty: Difficulty) -> (Vec<GroupSums>, TotalSums) {
    let mut total = TotalSums::default();
    let mut groups = Vec::new();
    for school in schools.iter().filter(|school| school.complete != 0) {
        let part = school.by_difficulty.get(difficulty as usize).copied().unwrap_or_default();
        let (n, sum, whole) = (as_f64(school.complete), as_f64(part.sum), as_f64(school.scores.sum));
        groups.push(GroupSums { n, part: sum, whole });
        total.part_squares += as_f64(part.squares);
        total.whole_squares += as_f64(school.scores.squares);
        total.products += as_f64(part.products);
    }
    (groups, total)
}

#[cfg(test)]
mod tests {
    use super::{rows, sums};
    use srez_model::assessment::{Difficulty, Exam, ExamKey, Procedure};
    use srez_model::level::Level;
    use srez_model::measures::TaskRow;
    use srez_model::row_patterns::{PartSums, SchoolSums};
    use srez_model::tally::TaskCounts;
    use srez_statistics::distinctness::reductions;

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
        assert!(!found[0].reportable, "nobody asked the gate");
    }

    #[test]
    fn a_level_that_is_half_of_the_work_tells_less_than_the_work() {
        // Twelve schools that differ; the part is half of the whole plus noise of its own.
        let school = |place: u64| {
            let n = 20;
            let whole: Vec<u64> = (0..n).map(|pupil| 4 + place + pupil % 5).collect();
            let part: Vec<u64> =
                whole.iter().zip(0_u64..).map(|(whole, pupil)| whole / 2 + (7 * pupil + place) % 3).collect();
            let scores = PartSums {
                sum: whole.iter().sum(),
                squares: whole.iter().map(|one| one * one).sum(),
                products: whole.iter().map(|one| one * one).sum(),
            };
            let basic = PartSums {
                sum: part.iter().sum(),
                squares: part.iter().map(|one| one * one).sum(),
                products: part.iter().zip(&whole).map(|(part, whole)| part * whole).sum(),
            };
            SchoolSums {
                complete: n,
                scores,
                by_difficulty: [basic, PartSums::default(), PartSums::default()],
                ..SchoolSums::default()
            }
        };
        let schools: Vec<SchoolSums> = (0..12).map(school).collect();
        let (groups, total) = sums(&schools, Difficulty::Basic);
        let found = reductions(&groups, total).unwrap();
        assert!(0.5 < found.part && found.part < found.whole && found.whole <= 1.0, "{found:?}");
    }
}
