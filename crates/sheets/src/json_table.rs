//! JSON with a list of records → a sheet: names of the fields in the first row, a record in each row below.

use super::codes::{DAMAGED, UNKNOWN_KIND};
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::workbook::Reading;
use serde_json::{Map, Value};
use srez_model::raw_sheet::RawCell;
use std::collections::BTreeMap;

/// True for the beginning of JSON that holds records, spaces left out: a list of records, or a record itself.
pub(super) fn begins(text: &str) -> bool {
    let mut signs = text.chars().filter(|sign| !sign.is_whitespace());
    matches!((signs.next(), signs.next()), (Some('['), Some('{')) | (Some('{'), Some('"')))
}

/// Reads the list: the root, or the only list of records that the root names.
pub(super) fn read(reading: &mut Reading<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let root: Value = serde_json::from_slice(bytes).map_err(|error| {
        let message = format!("JSON нарушен в строке {}: файл обрезан или испорчен", error.line());
        Refusal::new(&DAMAGED, message)
    })?;
    let records = records(&root).ok_or_else(|| Refusal::new(&UNKNOWN_KIND, "в JSON нет одного списка записей"))?;
    let mut builder = SheetBuilder::new(reading.limits.cells);
    let mut columns: BTreeMap<&str, u32> = BTreeMap::new();
    for (row, record) in (1_u32..).zip(records) {
        for (name, value) in record {
            let next = u32::try_from(columns.len()).unwrap_or(u32::MAX);
            let column = *columns.entry(name).or_insert(next);
            if column == next {
                builder.put_text(0, column, name)?;
            }
            put(&mut builder, row, column, value)?;
        }
    }
    if columns.is_empty() {
        return Err(Refusal::new(&UNKNOWN_KIND, "в записях JSON нет ни одного поля"));
    }
    reading.hand_on(builder, "", false)
}

/// The records of the list; none where there is no list, or more than one.
fn records(root: &Value) -> Option<Vec<&Map<String, Value>>> {
    match root {
        Value::Array(_) => of_list(root),
        Value::Object(fields) => {
            let mut lists = fields.values().filter_map(of_list);
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}

fn of_list(value: &Value) -> Option<Vec<&Map<String, Value>>> {
    value.as_array().filter(|list| !list.is_empty())?.iter().map(Value::as_object).collect()
}

fn put(builder: &mut SheetBuilder, row: u32, column: u32, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::Null => Ok(()),
        Value::Bool(truth) => builder.put(row, column, RawCell::Bool(*truth)),
        Value::Number(number) => match number.as_f64().filter(|number| number.is_finite()) {
            Some(number) => builder.put(row, column, RawCell::Number(number)),
            None => builder.put_text(row, column, &number.to_string()),
        },
        Value::String(text) => builder.put_text(row, column, text),
        Value::Array(parts) if parts.iter().all(|part| !part.is_array() && !part.is_object()) => {
            let words: Vec<String> =
                parts.iter().map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned)).collect();
            builder.put_text(row, column, &words.join("; "))
        }
        // A record within a record is no cell of a table.
        Value::Array(_) | Value::Object(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::begins;
    use crate::{FileKind, Limits, ReadState, read};
    use srez_model::raw_sheet::RawSheet;

    fn sheet(text: &str) -> (Vec<String>, ReadState, Option<RawSheet>) {
        let mut sheets = Vec::new();
        let noted = read(&Limits::default(), "список.json", text.as_bytes(), &mut |sheet| sheets.push(sheet));
        assert_eq!(noted.value.kind, FileKind::Json);
        (noted.notes.into_iter().map(|note| note.code.to_string()).collect(), noted.value.state, sheets.pop())
    }

    #[test]
    fn a_list_of_records_is_a_table() {
        let text = "{\"meta\": {\"year\": 2026}, \"items\": [{\"task\": \"1\", \"max\": 2}, \
                    {\"max\": 1, \"task\": \"5.1\", \"kes\": [\"1.1\", \"2\"], \"note\": null}]}";
        let (codes, state, sheet) = sheet(text);
        let sheet = sheet.unwrap();
        assert_eq!((codes.len(), state), (0, ReadState::Read));
        let rows: Vec<Vec<String>> =
            (0..sheet.height()).map(|row| sheet.row(row).iter().map(|cell| sheet.show(*cell)).collect()).collect();
        assert_eq!(rows, [["max", "task", "kes", "note"], ["2", "1", "", ""], ["1", "5.1", "1.1; 2", ""]]);
    }

    #[test]
    fn what_is_no_list_is_told() {
        assert_eq!(sheet("{\"a\": [{\"b\": 1}], \"c\": [{\"d\": 1}]}").0, ["I04"]);
        assert_eq!(sheet("{\"a\": {\"b\": 1}}").0, ["I04"]);
        assert_eq!(sheet("[{\"a\": 1}, {\"b\"").0, ["I03"]);
        assert_eq!(sheet(&format!("{{\"a\": {}", "[".repeat(100_000))).0, ["I03"]);
        assert!(!begins("[1] Школа;Класс") && !begins("Класс;{") && begins("\n [ {"));
    }
}
