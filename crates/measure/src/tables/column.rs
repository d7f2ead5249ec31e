//! Columns and cells of the tables.

use srez_model::assessment::Exam;
use srez_model::data_table::{ColumnType, DataColumn, Value};
use srez_model::level::Level;
use srez_model::unit::Percent;

/// What an empty group means.
const WHOLE: &str = "все участники";

/// Name of the exam's specification.
pub(super) const EXAM: DataColumn = text("exam", "Работа", "не бывает пустым");
/// Level.
pub(super) const LEVEL: DataColumn = text("level", "Уровень группы", "не бывает пустым");
/// Group.
pub(super) const GROUP: DataColumn = text("group", "Группа", WHOLE);
/// Number of the task.
pub(super) const TASK: DataColumn = text("task", "Номер задания", "не бывает пустым");
/// Mark or band.
pub(super) const MARK: DataColumn =
    integer("mark", "Отметка от 2 до 5; для ЕГЭ — группа по тестовому баллу от 1 до 4", "", "не бывает пустым");
/// Why something is missing.
pub(super) const REASON: DataColumn = text("reason", "Причина пустых значений или оговорка", "оговорок нет");
/// Participants.
pub(super) const N: DataColumn = integer("n", "Число участников", "чел.", "не бывает пустым");

/// A column of text.
pub(super) const fn text(name: &'static str, label: &'static str, missing: &'static str) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Text, unit: "", decimals: 0, missing }
}

/// A column of whole numbers.
pub(super) const fn integer(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    missing: &'static str,
) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Integer, unit, decimals: 0, missing }
}

/// A column of numbers with a fraction.
pub(super) const fn real(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    decimals: u8,
    missing: &'static str,
) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Real, unit, decimals, missing }
}

/// A column of yes and no.
pub(super) const fn flag(name: &'static str, label: &'static str) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Flag, unit: "", decimals: 0, missing: "не бывает пустым" }
}

/// A cell of text; empty text is missing.
pub(super) fn words(text: &str) -> Value {
    if text.is_empty() { Value::Missing } else { Value::Text(text.to_owned()) }
}

/// A cell with a count.
pub(super) fn count(n: u64) -> Value {
    Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A cell with a count that may be missing.
pub(super) fn count_or_missing(n: Option<u64>) -> Value {
    n.map_or(Value::Missing, count)
}

/// A cell with a number that may be missing.
pub(super) fn number(value: Option<f64>) -> Value {
    value.map_or(Value::Missing, Value::Real)
}

/// A cell with a share that may be missing.
pub(super) fn percent(value: Option<Percent>) -> Value {
    number(value.map(|Percent(value)| value))
}

/// The cells of exam, level and group, with room for those of the other columns.
pub(super) fn key(columns: &[DataColumn], exam: &str, level: Level, group: &str) -> Vec<Value> {
    let mut cells = Vec::with_capacity(columns.len());
    cells.extend([words(exam), words(level.id()), words(group)]);
    cells
}

/// The cell with the number of a task.
pub(super) fn task(exam: &Exam, task: u16) -> Value {
    words(exam.tasks.get(usize::from(task)).map_or("", |task| task.id.as_str()))
}
