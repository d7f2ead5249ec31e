//! Tables of `data/` as CSV: UTF-8, comma, dot as decimal point, full precision, missing is empty.

use srez_model::data_table::{DataTable, Value};
use std::borrow::Cow;

const METADATA_HEADER: [&str; 7] = ["table", "column", "label", "type", "unit", "decimals", "missing"];

/// One table as the bytes of its file.
pub fn render(table: &DataTable) -> Vec<u8> {
    let mut writer = writer();
    write(&mut writer, table.columns.iter().map(|column| Cow::Borrowed(column.name)));
    for row in &table.rows {
        write(&mut writer, row.iter().map(printed));
    }
    bytes(writer)
}

/// `metadata.csv`: one row per column of every table, in the order given.
pub fn metadata(tables: &[DataTable]) -> Vec<u8> {
    let mut writer = writer();
    write(&mut writer, METADATA_HEADER.into_iter().map(Cow::Borrowed));
    for table in tables {
        for column in &table.columns {
            let decimals = column.decimals.to_string();
            let texts =
                [table.name, column.name, column.label, column.kind.id(), column.unit, &decimals, column.missing];
            write(&mut writer, texts.into_iter().map(harmless));
        }
    }
    bytes(writer)
}

/// A value as it stands in the file; a number that is none prints as missing.
fn printed(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) => harmless(text),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Real(number) if !number.is_finite() => Cow::Borrowed(""),
        Value::Real(number) if *number == 0.0 => Cow::Borrowed("0"),
        Value::Real(number) => Cow::Owned(number.to_string()),
        Value::Flag(true) => Cow::Borrowed("true"),
        Value::Flag(false) => Cow::Borrowed("false"),
        Value::Missing => Cow::Borrowed(""),
    }
}

/// Text that no spreadsheet takes for a formula: an apostrophe goes in front of a sign that starts one (OWASP ASVS
/// 1.2.10), and the sign NUL goes altogether.
fn harmless(text: &str) -> Cow<'_, str> {
    let text = if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) };
    let starts_a_formula = |sign| {
        matches!(sign, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}')
    };
    if text.starts_with(starts_a_formula) { Cow::Owned(format!("'{text}")) } else { text }
}

fn writer() -> ::csv::Writer<Vec<u8>> {
    ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new())
}

fn write<'a>(writer: &mut ::csv::Writer<Vec<u8>>, cells: impl Iterator<Item = Cow<'a, str>>) {
    let written = writer.write_record(cells.map(|cell| cell.into_owned().into_bytes()));
    assert!(written.is_ok(), "memory takes every record of a table");
}

fn bytes(writer: ::csv::Writer<Vec<u8>>) -> Vec<u8> {
    let Ok(bytes) = writer.into_inner() else { panic!("memory gives back every record of a table") };
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::data_table::{ColumnType, DataColumn};

    const COLUMNS: &[DataColumn] = &[
        DataColumn {
            name: "group", label: "Группа", kind: ColumnType::Text, unit: "", decimals: 0, missing: "нет"
        },
        DataColumn {
            name: "pct", label: "Доля", kind: ColumnType::Real, unit: "%", decimals: 1, missing: "скрыто"
        },
        DataColumn {
            name: "n", label: "Участников", kind: ColumnType::Integer, unit: "", decimals: 0, missing: "—"
        },
        DataColumn { name: "ok", label: "-да", kind: ColumnType::Flag, unit: "", decimals: 0, missing: "" },
    ];

    fn line(values: Vec<Value>) -> String {
        let table = DataTable { name: "t", columns: COLUMNS.to_vec(), rows: vec![values] };
        let text = String::from_utf8(render(&table)).unwrap();
        text.strip_prefix("group,pct,n,ok\n").unwrap().to_owned()
    }

    #[test]
    fn numbers_keep_their_full_precision_and_missing_is_empty() {
        let values =
            vec![Value::Text("а, \"б\"".into()), Value::Real(100.0 / 3.0), Value::Integer(-5), Value::Flag(true)];
        assert_eq!(line(values), "\"а, \"\"б\"\"\",33.333333333333336,-5,true\n");
        let values = vec![Value::Missing, Value::Real(-0.0), Value::Missing, Value::Flag(false)];
        assert_eq!(line(values), ",0,,false\n");
        let values = vec![Value::Missing, Value::Real(f64::NAN), Value::Missing, Value::Missing];
        assert_eq!(line(values), ",,,\n");
    }

    #[test]
    fn no_text_becomes_a_formula() {
        for text in ["=1+1", "+7 900", "-", "@SUM", "\tтаб", "\rвк", "＝1", "＋1", "－1", "＠1"] {
            let row = line(vec![Value::Text(text.into()), Value::Missing, Value::Missing, Value::Missing]);
            assert!(row.trim_start_matches('"').starts_with('\''), "{row:?}");
        }
        let plain = vec![Value::Text("2=2".into()), Value::Real(-1.5), Value::Missing, Value::Missing];
        assert_eq!(line(plain), "2=2,-1.5,,\n");
    }

    #[test]
    fn metadata_has_one_row_per_column() {
        let text = String::from_utf8(metadata(&[DataTable { name: "t", columns: COLUMNS.to_vec(), rows: Vec::new() }]))
            .unwrap();
        let expected = "table,column,label,type,unit,decimals,missing\nt,group,Группа,text,,0,нет\n\
                        t,pct,Доля,real,%,1,скрыто\nt,n,Участников,integer,,0,—\nt,ok,'-да,flag,,0,\n";
        assert_eq!(text, expected);
    }
}
