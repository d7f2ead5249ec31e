//! `findings.csv`.

use srez_model::assessment::part_of;
use srez_model::check::CheckState;
use srez_model::data_table::{ColumnType, DataColumn, DataTable, PART, Value};
use srez_model::finding::{Finding, Findings, Severity};

const fn column(
    name: &'static str,
    label: &'static str,
    kind: ColumnType,
    unit: &'static str,
    missing: &'static str,
) -> DataColumn {
    DataColumn { name, label, kind, unit, decimals: if matches!(kind, ColumnType::Real) { 3 } else { 0 }, missing }
}

const COLUMNS: &[DataColumn] = &[
    column("id", "постоянный код вывода", ColumnType::Text, "", ""),
    column("sign", "код признака", ColumnType::Text, "", ""),
    column("status", "насколько достоверно", ColumnType::Text, "", ""),
    column("severity", "сила: вывод по порогу", ColumnType::Text, "", "нет"),
    column("exam", "работа", ColumnType::Text, "", ""),
    PART,
    column("level", "уровень группы", ColumnType::Text, "", ""),
    column("group", "группа", ColumnType::Text, "", "все участники"),
    column("subject_matter", "о чём: задание или умение", ColumnType::Text, "", ""),
    column("value", "значение; у отличий школ — разность с учётом случайности", ColumnType::Real, "", "не вычисляется"),
    column("threshold", "порог", ColumnType::Real, "", "порога нет"),
    column("threshold_source", "источник порога", ColumnType::Text, "", "порога нет"),
    column("unit", "единица значения и порога", ColumnType::Text, "", "не указана"),
    column("n", "участников", ColumnType::Integer, "чел.", ""),
    column("p", "p критерия", ColumnType::Real, "вероятность", "не проверялось"),
    column("q", "p с поправкой", ColumnType::Real, "вероятность", "не проверялось"),
    column(
        "sure",
        "вероятность отличия не меньше порога",
        ColumnType::Real,
        "вероятность",
        "признак проверяется иначе",
    ),
    column(
        "state",
        "что стало с проверкой; школы, которых признак не назвал, строки здесь могут не иметь: что стало с проверкой \
         каждой школы и почему она не проверялась — в таблицах comparisons и boundaries, столбцы state и reason",
        ColumnType::Text,
        "",
        "не проверка",
    ),
    column("text", "предложение документа", ColumnType::Text, "", "в документах нет"),
    column("part_of", "код вывода, частью которого является", ColumnType::Text, "", "самостоятельный"),
];

/// All findings of a run, sorted by id.
pub fn table(all: &[Findings]) -> DataTable {
    let mut rows: Vec<(&str, Vec<Value>)> =
        all.iter().flat_map(|of_exam| &of_exam.findings).map(|finding| (finding.id.as_str(), row(finding))).collect();
    rows.sort_by_key(|(id, _)| *id);
    DataTable { name: "findings", columns: COLUMNS.to_vec(), rows: rows.into_iter().map(|(_, row)| row).collect() }
}

fn row(finding: &Finding) -> Vec<Value> {
    let text = |words: &str| if words.is_empty() { Value::Missing } else { Value::Text(words.to_owned()) };
    let real = |number: Option<f64>| number.map_or(Value::Missing, Value::Real);
    vec![
        text(&finding.id),
        text(finding.sign.id.as_str()),
        text(finding.status.id()),
        text(finding.severity.map_or("", Severity::title)),
        text(&finding.exam),
        text(&part_of(&finding.exam)),
        text(finding.level.id()),
        text(&finding.group),
        text(&finding.matter_title),
        real(finding.value),
        real(finding.threshold),
        text(&finding.threshold_source),
        text(&finding.unit),
        Value::Integer(i64::try_from(finding.n).unwrap_or(i64::MAX)),
        real(finding.p),
        real(finding.q),
        real(finding.sure),
        text(finding.state.map_or("", CheckState::id)),
        text(&finding.text()),
        text(&finding.part_of),
    ]
}
