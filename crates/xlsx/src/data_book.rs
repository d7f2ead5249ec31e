//! The tables of `data/` as one workbook: a double click opens it with its letters, decimal commas and columns, which a
//! CSV with commas does not do in a Russian Excel.

use super::failure::failure;
use super::formats;
use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};
use srez_model::container::of_no_system;
use srez_model::data_table::{DataColumn, DataTable, Value};
use srez_model::error::Result;
use srez_model::report::Align;
use srez_render::office::printable;
use srez_wording::date;
use std::borrow::Cow;

/// Rows of the largest table that gets a sheet: with more a workbook opens slowly, and CSV and Parquet have them all.
const MOST_ROWS: usize = 5_000;

/// Rows above the first of a table: its labels, and the names of its columns.
const HEAD: u32 = 2;

const WIDTHS: std::ops::RangeInclusive<usize> = 8..=44;

/// A table on its sheet, or that it is too large for one.
pub struct DataSheet {
    name: &'static str,
    rows: usize,
    columns: Vec<DataColumn>,
    sheet: Option<Worksheet>,
}

impl DataSheet {
    /// # Errors
    /// Where the library refuses the sheet.
    pub fn new(table: &DataTable) -> Result<Self> {
        let rows = table.rows.len();
        let sheet = (rows <= MOST_ROWS).then(|| sheet(table)).transpose().map_err(|error| failure(&error))?;
        Ok(Self { name: table.name, rows, columns: table.columns.clone(), sheet })
    }
}

/// The workbook: what is in it, the columns in words, then a sheet per table. `day` is the date of the issue as
/// printed.
///
/// # Errors
/// Where the library refuses the workbook.
pub fn data_book(sheets: Vec<DataSheet>, day: &str) -> Result<Vec<u8>> {
    write(sheets, day).map_err(|error| failure(&error))
}

fn write(sheets: Vec<DataSheet>, day: &str) -> std::result::Result<Vec<u8>, XlsxError> {
    let day = date::from_short(day).map_or_else(|| "1900-01-01".to_owned(), |day| day.to_string());
    let day = rust_xlsxwriter::ExcelDateTime::parse_from_str(&day)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title("Таблицы выпуска").set_creation_datetime(&day));
    workbook.push_worksheet(contents(&sheets)?);
    workbook.push_worksheet(columns(&sheets)?);
    for sheet in sheets.into_iter().filter_map(|one| one.sheet) {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer().map(of_no_system)
}

/// The tables with their rows, and where those are that have no sheet.
fn contents(sheets: &[DataSheet]) -> std::result::Result<Worksheet, XlsxError> {
    let rows = sheets.iter().map(|one| {
        let place = match one.sheet {
            Some(_) => Cow::Borrowed("лист этой книги"),
            None => Cow::Owned(format!("строк слишком много для книги: {0}.csv и {0}.parquet", one.name)),
        };
        vec![Cow::Borrowed(one.name), Cow::Owned(one.rows.to_string()), place]
    });
    list("Таблицы", &[("Таблица", 22.0), ("Строк", 10.0), ("Где", 60.0)], rows)
}

fn columns(sheets: &[DataSheet]) -> std::result::Result<Worksheet, XlsxError> {
    let head =
        [("Таблица", 18.0), ("Столбец", 22.0), ("Что в нём", 60.0), ("Единица", 14.0), ("Пустая ячейка значит", 44.0)];
    let rows = sheets.iter().flat_map(|one| one.columns.iter().map(|column| (one.name, column)));
    let rows = rows.map(|(table, column)| {
        [table, column.name, column.label, column.unit, column.missing].map(Cow::Borrowed).to_vec()
    });
    list("Столбцы", &head, rows)
}

fn list<'a>(
    name: &str,
    head: &[(&str, f64)],
    rows: impl Iterator<Item = Vec<Cow<'a, str>>>,
) -> std::result::Result<Worksheet, XlsxError> {
    let mut made = Worksheet::new();
    made.set_name(name)?;
    let (header, cell) = (formats::header(Align::Left), formats::wrapped());
    for (place, (title, width)) in (0_u16..).zip(head) {
        made.write_with_format(0, place, *title, &header)?;
        made.set_column_width(place, *width)?;
    }
    let mut last = 0;
    for (row, cells) in (1_u32..).zip(rows) {
        for (place, text) in (0_u16..).zip(&cells) {
            made.write_string_with_format(row, place, printable(text), &cell)?;
        }
        last = row;
    }
    made.autofilter(0, 0, last, u16::try_from(head.len().saturating_sub(1)).unwrap_or(u16::MAX))?;
    made.set_freeze_panes(1, 0)?;
    Ok(made)
}

fn sheet(table: &DataTable) -> std::result::Result<Worksheet, XlsxError> {
    let mut made = Worksheet::new();
    made.set_name(table.name)?;
    let cell = formats::body();
    let formats: Vec<Format> = table.columns.iter().map(|column| number_format(&cell, column.decimals)).collect();
    let (header, quiet) = (formats::header(Align::Left), formats::quiet());
    for (place, column) in (0_u16..).zip(&table.columns) {
        let unit = if column.unit.is_empty() { String::new() } else { format!(", {}", column.unit) };
        made.write_string_with_format(0, place, format!("{}{unit}", column.label), &header)?;
        made.write_string_with_format(1, place, column.name, &quiet)?;
        made.set_column_width(place, width(table, usize::from(place)))?;
    }
    for (row, values) in (HEAD..).zip(&table.rows) {
        for ((place, value), format) in (0_u16..).zip(values).zip(&formats) {
            match value {
                Value::Text(text) => made.write_string_with_format(row, place, printable(text), &cell)?,
                // Whole numbers of a table are counts and years, far below the 2⁵³ that a cell holds exactly.
                #[expect(clippy::cast_precision_loss, reason = "counts and years")]
                Value::Integer(number) => made.write_number_with_format(row, place, *number as f64, &cell)?,
                Value::Real(number) if number.is_finite() => {
                    made.write_number_with_format(row, place, *number, format)?
                }
                Value::Flag(flag) => {
                    made.write_string_with_format(row, place, if *flag { "да" } else { "нет" }, &cell)?
                }
                Value::Real(_) | Value::Missing => continue,
            };
        }
    }
    let last = (HEAD - 1).saturating_add(u32::try_from(table.rows.len()).unwrap_or(u32::MAX));
    made.autofilter(1, 0, last, u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX))?;
    made.set_freeze_panes(HEAD, 0)?;
    Ok(made)
}

/// Shown with the decimals that the column usually has; the cell holds all of them.
fn number_format(cell: &Format, decimals: u8) -> Format {
    let pattern = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(usize::from(decimals))) };
    cell.clone().set_num_format(pattern)
}

/// As wide as its first values, in characters.
fn width(table: &DataTable, place: usize) -> f64 {
    let of_value = |row: &Vec<Value>| match row.get(place) {
        Some(Value::Text(text)) => text.chars().count(),
        _ => 0,
    };
    let name = table.columns.get(place).map_or(0, |column| column.name.len());
    let longest = table.rows.iter().take(200).map(of_value).fold(name, usize::max).saturating_add(2);
    #[expect(clippy::cast_precision_loss, reason = "at most some tens")]
    let width = longest.clamp(*WIDTHS.start(), *WIDTHS.end()) as f64;
    width
}

#[cfg(test)]
mod tests {
    use super::{DataSheet, MOST_ROWS, data_book};
    use calamine::{Data, Reader, Xlsx};
    use srez_model::data_table::{DataColumn, DataTable, Value};

    fn table(name: &'static str, rows: Vec<Vec<Value>>) -> DataTable {
        let columns = vec![
            DataColumn::text("group", "Школа", "все"),
            DataColumn::integer("n", "Участников", "чел.", "нет"),
            DataColumn::real("pct", "Доля", "%", 1, "не считалась"),
        ];
        DataTable { name, columns, rows }
    }

    #[test]
    fn numbers_stay_numbers_and_what_is_too_large_is_told() {
        let row = vec![Value::Text("=1+1".to_owned()), Value::Integer(25), Value::Real(33.25)];
        let blank = vec![Value::Missing, Value::Integer(0), Value::Missing];
        let small = table("marks", vec![row.clone(), blank]);
        let large = table("tasks", vec![row; MOST_ROWS + 1]);
        let sheets = [&small, &large].map(|table| DataSheet::new(table).unwrap());
        let bytes = data_book(sheets.into(), "25.06.2026").unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["Таблицы", "Столбцы", "marks"]);
        let marks = book.worksheet_range("marks").unwrap();
        assert_eq!(marks.get((0, 2)), Some(&Data::String("Доля, %".to_owned())));
        assert_eq!(marks.get((2, 0)), Some(&Data::String("=1+1".to_owned())));
        assert_eq!((marks.get((2, 1)), marks.get((2, 2))), (Some(&Data::Float(25.0)), Some(&Data::Float(33.25))));
        assert_eq!((marks.get((3, 1)), marks.get((3, 2))), (Some(&Data::Float(0.0)), Some(&Data::Empty)));
        let list = book.worksheet_range("Таблицы").unwrap();
        let told = list.get((2, 2)).unwrap().to_string();
        assert!(told.contains("tasks.csv"), "{told}");
    }
}
