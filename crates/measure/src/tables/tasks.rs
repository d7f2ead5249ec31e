//! `tasks.csv`.

use super::Table;
use super::column::{
    EXAM, GROUP, LEVEL, TASK, count, count_or_missing, integer, key, percent, real, task, text, words,
};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{Measures, TaskRow};

const NO_MAXIMUM: &str = "максимальный балл неизвестен";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    TASK,
    integer("max", "Максимальный балл", "балл", "неизвестен"),
    text("difficulty_level", "Уровень сложности: Б, П, В", "неизвестен"),
    integer("n", "Участники, которым задание предлагалось и чьи баллы прочитаны", "чел.", "не бывает пустым"),
    integer("sum", "Сумма баллов", "балл", "не бывает пустым"),
    real("pct", "Процент выполнения, «X» — 0", "%", 1, "никому не предлагалось или максимальный балл неизвестен"),
    real(
        "pct_attempted",
        "Процент выполнения среди приступавших",
        "%",
        1,
        "никто не приступал или максимальный балл неизвестен",
    ),
    integer("full", "Полный балл", "чел.", NO_MAXIMUM),
    integer("partial", "Частичный балл", "чел.", "максимальный балл равен 1 или неизвестен"),
    integer("zero", "Ноль баллов", "чел.", "не бывает пустым"),
    integer("not_attempted", "Не приступали", "чел.", "не бывает пустым"),
    integer("not_offered", "Не предлагалось", "чел.", "не бывает пустым"),
    integer("unreadable", "Не прочитано", "чел.", "не бывает пустым"),
];

/// One row per exam, level, group and task.
pub(super) const TABLE: Table = Table { name: "tasks", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.tasks.iter().map(|row| cells(measures, &exam, row));
    rows.collect()
}

fn cells(measures: &Measures, exam: &str, row: &TaskRow) -> Vec<Value> {
    let max = measures.exam.tasks.get(usize::from(row.task)).and_then(|task| task.max);
    let counts = &row.counts;
    let mut cells = key(COLUMNS, exam, row.level, &row.group);
    cells.extend([
        task(&measures.exam, row.task),
        count_or_missing(max.map(u64::from)),
        words(measures.difficulty(row.task).map_or("", |level| level.letter())),
        count(counts.n),
        count(counts.sum),
        percent(row.pct),
        percent(row.pct_attempted),
        count_or_missing(max.map(|_| counts.full)),
        count_or_missing(max.filter(|max| 1 < *max).map(|_| counts.partial)),
        count(counts.zero),
        count(counts.not_attempted),
        count(counts.not_offered),
        count(counts.unreadable),
    ]);
    cells
}
