//! `reference_facts.csv`: the content of the reference forms in one long table.

use srez_model::data_table::{ColumnType, DataColumn, DataTable, PART, Value};
use srez_model::facts::{FactLevel, FactTable};
use std::collections::BTreeMap;

const fn column(name: &'static str, label: &'static str, kind: ColumnType, missing: &'static str) -> DataColumn {
    let decimals = if matches!(kind, ColumnType::Real) { 2 } else { 0 };
    DataColumn { name, label, kind, unit: "", decimals, missing }
}

const COLUMNS: &[DataColumn] = &[
    column("topic", "о чём таблица", ColumnType::Text, ""),
    column("exam", "работа", ColumnType::Text, "строка не об отдельной работе"),
    PART,
    column("subject", "предмет", ColumnType::Text, "строка не о предмете"),
    column("grade", "класс", ColumnType::Integer, "строка не о параллели"),
    column("year", "год", ColumnType::Integer, "в таблице нет"),
    column("level", "о ком: country, region, municipality, school", ColumnType::Text, ""),
    column("group", "название группы", ColumnType::Text, "в таблице нет"),
    column("school", "логин или код школы", ColumnType::Text, "группа — не школа"),
    column("class", "класс школы", ColumnType::Text, "строка не об отдельном классе"),
    column("item", "показатель", ColumnType::Text, ""),
    column("number", "значение числом", ColumnType::Real, "в ячейке текст"),
    column("text", "значение, как в файле", ColumnType::Text, ""),
    column("file", "файл", ColumnType::Text, ""),
    column("sheet", "лист", ColumnType::Text, "у файла нет листов"),
    column("row", "строка файла", ColumnType::Integer, "сосчитано по строкам участников"),
];

/// One row per cell, sorted by file, sheet and row; rows about participants come as counts by school and value.
pub fn facts_table(tables: &[FactTable]) -> DataTable {
    let words = |text: &str| if text.is_empty() { Value::Missing } else { Value::Text(text.to_owned()) };
    let mut rows = Vec::new();
    let mut counted: BTreeMap<(&str, u16, &str, String, &str, &str), u64> = BTreeMap::new();
    for table in tables {
        for fact in &table.rows {
            let year = if fact.year == 0 { Value::Missing } else { Value::Integer(i64::from(fact.year)) };
            for value in &fact.values {
                if fact.level == FactLevel::Participant {
                    let item = format!("{}: {}", value.item, value.text);
                    let key =
                        (table.topic.as_str(), fact.year, fact.school.as_str(), item, &*table.file, &*table.sheet);
                    *counted.entry(key).or_default() += 1;
                    continue;
                }
                rows.push(vec![
                    words(&table.topic),
                    fact.exam.as_ref().map_or(Value::Missing, |exam| Value::Text(exam.id())),
                    fact.exam.as_ref().map_or(Value::Missing, |exam| words(&exam.part)),
                    words(&fact.subject),
                    if fact.grade == 0 { Value::Missing } else { Value::Integer(i64::from(fact.grade)) },
                    year.clone(),
                    words(fact.level.id()),
                    words(&fact.group),
                    words(&fact.school),
                    words(&fact.class),
                    words(&value.item),
                    value.number.map_or(Value::Missing, Value::Real),
                    words(&value.text),
                    words(&table.file),
                    words(&table.sheet),
                    Value::Integer(i64::from(fact.row)),
                ]);
            }
        }
    }
    for ((topic, year, school, item, file, sheet), n) in counted {
        rows.push(vec![
            words(topic),
            Value::Missing,
            Value::Missing,
            Value::Missing,
            Value::Missing,
            if year == 0 { Value::Missing } else { Value::Integer(i64::from(year)) },
            words("school"),
            Value::Missing,
            words(school),
            Value::Missing,
            words(&item),
            Value::Real(srez_model::unit::as_f64(n)),
            Value::Text(n.to_string()),
            words(file),
            words(sheet),
            Value::Missing,
        ]);
    }
    DataTable { name: "reference_facts", columns: COLUMNS.to_vec(), rows }
}
