//! `tasks.csv`.

use super::column::{
    Column, GROUP, LEVEL, NEVER, OfExam, TASK, count, count_or_missing, exam, exam_part, integer, max_of, percent,
    real, task, text, words,
};
use super::{Table, of_exams};
use srez_model::measures::TaskRow;

const NO_MAXIMUM: &str = "максимальный балл неизвестен";

const COLUMNS: &[Column<TaskRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    TASK.value(|exam, row| task(exam, row.task)),
    integer("max", "Максимальный балл", "балл", "неизвестен")
        .value(|exam, row| count_or_missing(max_of(exam, row.task).map(u64::from))),
    text("difficulty_level", "Уровень сложности: Б, П, В", "неизвестен")
        .value(|exam, row| words(difficulty(exam, row.task))),
    integer("n", "Участники, которым задание предлагалось и чьи баллы прочитаны", "чел.", NEVER)
        .value(|_, row| count(row.counts.n)),
    integer("sum", "Сумма баллов", "балл", NEVER).value(|_, row| count(row.counts.sum)),
    real("pct", "Процент выполнения, «X» — 0", "%", 1, "никому не предлагалось или максимальный балл неизвестен")
        .value(|_, row| percent(row.pct)),
    real(
        "pct_attempted",
        "Процент выполнения среди приступавших",
        "%",
        1,
        "никто не приступал или максимальный балл неизвестен",
    )
    .value(|_, row| percent(row.pct_attempted)),
    integer("full", "Полный балл", "чел.", NO_MAXIMUM)
        .value(|exam, row| count_or_missing(max_of(exam, row.task).map(|_| row.counts.full))),
    integer("partial", "Частичный балл", "чел.", "максимальный балл равен 1 или неизвестен")
        .value(|exam, row| count_or_missing(max_of(exam, row.task).filter(|max| *max > 1).map(|_| row.counts.partial))),
    integer("zero", "Ноль баллов", "чел.", NEVER).value(|_, row| count(row.counts.zero)),
    integer("not_attempted", "Не приступали", "чел.", NEVER).value(|_, row| count(row.counts.not_attempted)),
    integer("not_offered", "Не предлагалось", "чел.", NEVER).value(|_, row| count(row.counts.not_offered)),
    integer("unreadable", "Не прочитано", "чел.", NEVER).value(|_, row| count(row.counts.unreadable)),
    integer("zeroed", "Ноль по правилу работы: нет баллов за критерий, от которого зависит этот", "чел.", NEVER)
        .value(|_, row| count(row.counts.zeroed)),
];

/// One row per exam, level, group and task.
pub(super) const TABLE: Table =
    Table { name: "tasks", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.tasks) };

fn difficulty(exam: &OfExam, task: u16) -> &'static str {
    let task = exam.exam.tasks.get(usize::from(task));
    task.and_then(|task| task.difficulty).map_or("", |level| level.letter())
}
