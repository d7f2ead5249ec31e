//! `delta.csv`: what changed since the issue before, findings and data.

use srez_model::assessment::part_of;
use srez_model::data_table::{ColumnType, DataColumn, DataTable, PART, Value};
use srez_model::delta::{Basis, DataChange, Delta, DeltaRow};

const fn text(name: &'static str, label: &'static str, missing: &'static str) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Text, unit: "", decimals: 0, missing }
}

const fn number(name: &'static str, label: &'static str, unit: &'static str, missing: &'static str) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Integer, unit, decimals: 0, missing }
}

const fn real(name: &'static str, label: &'static str, missing: &'static str) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Real, unit: "", decimals: 2, missing }
}

const COLUMNS: &[DataColumn] = &[
    text("kind", "что изменилось: finding — вывод, data — данные", "не бывает пустым"),
    text(
        "state",
        "состояние: new, worse, better, open, recovered, not-measured; для данных new или corrected",
        "не бывает пустым",
    ),
    text("id", "номер вывода", "строка о данных"),
    text("exam", "работа", "не бывает пустым"),
    PART,
    text("level", "уровень группы", "строка о данных"),
    text("group", "группа; для данных — школа", "все участники"),
    text("matter", "задание, умение или работа в целом", "строка о данных"),
    real("before", "значение раньше", "вывода не было или значения нет"),
    real("now", "значение сейчас", "вывода больше нет или значения нет"),
    number("n_before", "участников раньше", "чел.", "вывода не было"),
    number("n_now", "участников сейчас", "чел.", "вывода больше нет"),
    number("rows", "строк в данных школы", "строк", "строка о выводе"),
    number("rows_changed", "строк изменено", "строк", "строка о выводе или новые данные"),
    text("cause", "почему", "строка о данных"),
    text(
        "before_period",
        "период прошлого выпуска; 2024/25 — выпуска не было, сравнение с учебным годом",
        "не бывает пустым",
    ),
    text("text", "предложение вывода", "строка о данных"),
];

/// `delta.csv`; without an earlier issue or year it has no rows.
pub fn delta_table(delta: &Delta) -> DataTable {
    let period = match &delta.before {
        Some(Basis::Issue { period, .. }) => period.clone(),
        Some(Basis::Year(year)) => format!("{}/{:02}", year.saturating_sub(1), year % 100),
        None => String::new(),
    };
    let findings = delta.rows.iter().map(|row| finding(row, &period));
    let data = delta.changes.iter().filter(|_| delta.before.is_some()).map(|change| data(change, &period));
    DataTable { name: "delta", columns: COLUMNS.to_vec(), rows: findings.chain(data).collect() }
}

fn words(text: &str) -> Value {
    if text.is_empty() { Value::Missing } else { Value::Text(text.to_owned()) }
}

fn finding(row: &DeltaRow, period: &str) -> Vec<Value> {
    use srez_model::delta::DeltaState::{Gone, NotMeasured};
    let found = &row.finding;
    let is_here = !matches!(row.state, Gone | NotMeasured);
    let count = |n: u64| if n == 0 { Value::Missing } else { Value::Integer(i64::try_from(n).unwrap_or(i64::MAX)) };
    let value = |value: Option<f64>| value.map_or(Value::Missing, Value::Real);
    vec![
        words("finding"),
        words(row.state.id()),
        words(&found.id),
        words(&found.exam),
        words(&part_of(&found.exam)),
        words(found.level.id()),
        words(&found.group),
        words(&found.matter),
        value(row.before),
        value(found.value.filter(|_| is_here)),
        count(row.n_before),
        if is_here { count(found.n) } else { Value::Missing },
        Value::Missing,
        Value::Missing,
        words(row.cause.id()),
        words(period),
        words(&found.text),
    ]
}

fn data(change: &DataChange, period: &str) -> Vec<Value> {
    let state = if change.rows_changed.is_some() { "corrected" } else { "new" };
    let (exam, part) = (words(&change.exam), words(&part_of(&change.exam)));
    let mut cells = vec![words("data"), words(state), Value::Missing, exam, part, Value::Missing];
    cells.push(words(&change.school));
    cells.extend(std::iter::repeat_n(Value::Missing, 5));
    cells.push(Value::Integer(i64::from(change.rows)));
    cells.push(change.rows_changed.map_or(Value::Missing, |rows| Value::Integer(i64::from(rows))));
    cells.extend([Value::Missing, words(period), Value::Missing]);
    cells
}
