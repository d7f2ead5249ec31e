//! Columns and cells of the tables.

use srez_model::assessment::Exam;
use srez_model::data_table::{self, ColumnType, DataColumn, PART, Value};
use srez_model::unit::Percent;
use std::sync::Arc;

/// The exam of which the rows of a table speak.
pub(super) struct OfExam {
    pub(super) id: String,
    pub(super) exam: Arc<Exam>,
}

/// A column of a table of exams: its head and what a row says in it.
pub(super) type Column<R> = data_table::Column<OfExam, R>;

/// The meaning of empty cells of a column that has none.
pub(super) const NEVER: &str = "не бывает пустым";

/// What an empty group means.
const WHOLE: &str = "все участники";

/// Name of the exam's specification.
pub(super) const fn exam<R>() -> Column<R> {
    text("exam", "Работа", NEVER).value(|exam, _| words(&exam.id))
}

/// Part of the work that has a mark of its own, as in the name of the specification: `algebra`.
pub(super) const fn exam_part<R>() -> Column<R> {
    PART.value(|exam, _| words(&exam.exam.key.part))
}

pub(super) const LEVEL: DataColumn = text("level", "Уровень группы", NEVER);
pub(super) const GROUP: DataColumn = text("group", "Группа", WHOLE);
/// Number of the task.
pub(super) const TASK: DataColumn = text("task", "Номер задания", NEVER);
/// Mark or band.
pub(super) const MARK: DataColumn =
    integer("mark", "Отметка от 2 до 5; для ЕГЭ — группа по тестовому баллу от 1 до 4", "", NEVER);
/// Why something is missing.
pub(super) const REASON: DataColumn = text("reason", "Причина пустых значений или оговорка", "оговорок нет");
/// Participants.
pub(super) const N: DataColumn = integer("n", "Число участников", "чел.", NEVER);

/// A column of text.
pub(super) const fn text(name: &'static str, label: &'static str, missing: &'static str) -> DataColumn {
    DataColumn::text(name, label, missing)
}

/// A column of whole numbers.
pub(super) const fn integer(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    missing: &'static str,
) -> DataColumn {
    DataColumn::integer(name, label, unit, missing)
}

/// A column of numbers with a fraction.
pub(super) const fn real(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    decimals: u8,
    missing: &'static str,
) -> DataColumn {
    DataColumn::real(name, label, unit, decimals, missing)
}

/// A column of yes and no.
pub(super) const fn flag(name: &'static str, label: &'static str) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Flag, unit: "", decimals: 0, missing: NEVER }
}

/// A cell of text; empty text is missing.
pub(super) fn words(text: &str) -> Value {
    Value::words(text)
}

/// A cell with a count.
pub(super) fn count(n: u64) -> Value {
    Value::count(n)
}

/// A cell with a count that may be missing.
pub(super) fn count_or_missing(n: Option<u64>) -> Value {
    n.map_or(Value::Missing, count)
}

/// A cell with a number that may be missing.
pub(super) fn number(value: Option<f64>) -> Value {
    Value::number(value)
}

/// A cell with a share that may be missing.
pub(super) fn percent(value: Option<Percent>) -> Value {
    number(value.map(|Percent(value)| value))
}

/// The largest score of a task.
pub(super) fn max_of(exam: &OfExam, task: u16) -> Option<u16> {
    exam.exam.tasks.get(usize::from(task)).and_then(|task| task.max)
}

/// The cell with the number of a task.
pub(super) fn task(exam: &OfExam, task: u16) -> Value {
    words(exam.exam.tasks.get(usize::from(task)).map_or("", |task| task.id.as_str()))
}
