//! Where a number comes from: its value, the formula, the row of counts, the files with their cells, and the cells
//! themselves.

use super::recount::{Recount, SourceRows};
use srez_config::plan::Plan;
use srez_model::data_table::{DataColumn, DataTable, Value};
use srez_model::error::{Error, Result};
use srez_model::finding::{Finding, Matter};
use srez_model::level::Level;
use srez_model::measure_definition::MeasureDefinition;
use srez_model::note::{HIDDEN, column_name, is_quotable};
use srez_model::raw_sheet::RawSheet;
use srez_wording::{number, rule};
use std::collections::BTreeSet;

/// Rows of results that are shown of a sheet, below its header.
const ROWS_SHOWN: u32 = 6;
/// Rows above the results in which a header may stand.
const ROWS_ABOVE: u32 = 8;
/// Columns that are shown left of the points, and in all.
const COLUMNS_BEFORE: u32 = 2;
const COLUMNS_SHOWN: u32 = 14;

/// The address of a number: `exam/level/group/table.column`. A group may contain a slash; the group of all participants
/// is empty.
#[derive(Debug, PartialEq, Eq)]
pub struct Address {
    pub exam: String,
    pub level: Level,
    pub group: String,
    pub table: String,
    pub column: String,
}

impl Address {
    /// Reads an address; none where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let exam = parts.next()?.to_owned();
        let level = parts.next()?;
        let level = Level::ALL.into_iter().find(|one| one.id() == level)?;
        let rest: Vec<&str> = parts.collect();
        let (last, group) = rest.split_last()?;
        let (table, column) = last.split_once('.')?;
        let (table, column) = (table.to_owned(), column.to_owned());
        Some(Self { exam, level, group: group.join("/"), table, column })
    }
}

/// A number explained.
#[derive(Debug)]
pub struct Explained {
    /// Name of the table and the column.
    pub full: String,
    /// What the column is.
    pub label: String,
    pub measure: Option<&'static MeasureDefinition>,
    /// Names and labels of the columns of its table.
    pub columns: Vec<(&'static str, &'static str)>,
    /// Place of the column among them.
    pub column: usize,
    /// Its unit; empty where there is none.
    pub unit: &'static str,
    /// The rows at the address, as printed.
    pub rows: Vec<Vec<String>>,
    pub sources: Vec<SourceRows>,
}

/// Explains the number at an address.
///
/// # Errors
/// Where there is no such table, column or row, or the history cannot be read.
pub fn explain_number(recounted: &Recount, address: &Address) -> Result<Explained> {
    let tables = srez_measure::tables(&recounted.measures);
    let missing = |what: String, hint: String| Error::usage(what).hint(hint);
    let found = tables.iter().find(|table| table.name == address.table).ok_or_else(|| {
        let names: Vec<&str> = tables.iter().map(|table| table.name).collect();
        missing(format!("таблицы «{}» нет", address.table), format!("таблицы: {}", names.join(", ")))
    })?;
    let column = found.columns.iter().position(|column| column.name == address.column).ok_or_else(|| {
        let names: Vec<&str> = found.columns.iter().map(|column| column.name).collect();
        missing(format!("столбца «{}» нет", address.column), format!("столбцы: {}", names.join(", ")))
    })?;
    let rows = rows_of(found, address);
    if rows.is_empty() {
        return Err(missing(
            "такой строки в таблице нет".to_owned(),
            "проверьте работу, уровень и группу: первые столбцы таблицы в папке data".to_owned(),
        ));
    }
    let full = format!("{}.{}", address.table, address.column);
    Ok(Explained {
        label: found.columns.get(column).map_or_else(String::new, |column| column.label.to_owned()),
        measure: srez_measure::MEASURES.iter().find(|one| one.columns.contains(&full.as_str())).copied(),
        columns: found.columns.iter().map(|column| (column.name, column.label)).collect(),
        column,
        rows: rows.into_iter().map(|row| row.iter().zip(&found.columns).map(as_shown).collect()).collect(),
        unit: found.columns.get(column).map_or("", |column| column.unit),
        sources: recounted.sources(&address.exam, address.level, &address.group, None)?,
        full,
    })
}

/// A finding in words: what it says, its numbers, its rule and the thresholds with their sources.
pub fn finding_lines(plan: &Plan, finding: &Finding) -> Vec<String> {
    let mut lines = vec![format!("{} — {}", finding.id, finding.status.title().to_lowercase())];
    if !finding.is_silent() {
        lines.push(finding.text());
    }
    let real = |value: Option<f64>, decimals| {
        value.map_or(number::MISSING.to_owned(), |value| number::decimal(value, decimals))
    };
    let probability = |value: Option<f64>| value.map_or(number::MISSING.to_owned(), number::probability);
    let unit = if finding.unit.is_empty() { String::new() } else { format!("\u{a0}{}", finding.unit) };
    let how_sure = match finding.sure {
        Some(sure) => format!("вероятность отличия не меньше порога: {}", number::decimal(sure, 3)),
        None => format!("p = {}; q = {}", probability(finding.p), probability(finding.q)),
    };
    let n = number::count(finding.n);
    // Works that are alike, and their like, are counted.
    let decimals = if finding.value.is_some_and(|value| value.fract() == 0.0) { 0 } else { 2 };
    lines.push(format!("Значение: {}{unit}; участников: {n}; {how_sure}", real(finding.value, decimals)));
    let sign = finding.sign;
    lines.push(format!("Правило {}: {} — {}", sign.id, sign.title, rule::in_force(sign, &plan.thresholds)));
    lines.push(format!("Источник правила: {}", sign.tag.title()));
    for id in sign.thresholds {
        let entry = plan.thresholds.get(id);
        lines.push(format!("Порог {id}: {} {} — {}", rule::plain(entry.value), entry.unit, entry.source()));
    }
    lines.push(format!("Осторожно: {}", sign.caution));
    if !finding.part_of.is_empty() {
        lines.push(format!("Часть вывода {}", finding.part_of));
    }
    lines
}

/// The task that a finding is about.
pub fn task_of(recounted: &Recount, finding: &Finding) -> Option<String> {
    let measures = recounted.measures.iter().find(|one| one.exam.id() == finding.exam)?;
    match finding.matter {
        Matter::Task(task) => measures.exam.tasks.get(usize::from(task)).map(|task| task.id.clone()),
        _ => None,
    }
}

/// Rows of a table at an address; tables of an exam as a whole have no level.
fn rows_of<'a>(table: &'a DataTable, address: &Address) -> Vec<&'a Vec<Value>> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let is = |row: &[Value], name: &str, wanted: &str| match place(name).and_then(|place| row.get(place)) {
        Some(Value::Text(text)) => text == wanted,
        Some(Value::Missing) => wanted.is_empty(),
        Some(_) => false,
        None => true,
    };
    let wanted = |row: &&Vec<Value>| {
        is(row, "exam", &address.exam) && is(row, "level", address.level.id()) && is(row, "group", &address.group)
    };
    table.rows.iter().filter(wanted).collect()
}

/// A cell with the decimals that its column has in documents; what is more than nothing never reads as nothing.
fn as_shown((value, column): (&Value, &DataColumn)) -> String {
    match value {
        Value::Real(real) if *real == 0.0 || number::rounded(*real, column.decimals) != 0.0 => {
            number::decimal(*real, column.decimals)
        }
        value => printed(value),
    }
}

/// A cell as it is printed; what is more than nothing never reads as 0,000.
pub fn printed(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) if 0.0 < *number && *number < 0.0005 => number::probability(*number),
        Value::Real(number) => number::decimal(*number, 3),
        Value::Flag(true) => "да".to_owned(),
        Value::Flag(false) => "нет".to_owned(),
        Value::Missing => number::MISSING.to_owned(),
    }
}

/// A part of a sheet around the cells of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Letters of the columns, and whether they belong to the number.
    pub columns: Vec<(String, bool)>,
    /// Rows by their numbers, with the texts of the cells; what may name a person is not repeated.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// The first rows behind a number, with the header above them; none where the file is gone or changed.
///
/// # Errors
/// Where no reader can be started.
pub fn neighbourhood(plan: &Plan, recounted: &Recount, source: &SourceRows) -> Result<Option<Neighbourhood>> {
    let wanted = BTreeSet::from([source.file.as_str()]);
    let sheets = recounted.sheets(plan, &wanted)?;
    let sheet = sheets.get(&source.file).and_then(|sheets| sheets.iter().find(|sheet| sheet.name == source.sheet));
    Ok(sheet.filter(|_| source.first_column > 0).map(|sheet| around(sheet, source)))
}

fn around(sheet: &RawSheet, source: &SourceRows) -> Neighbourhood {
    let from = source.first_column.saturating_sub(COLUMNS_BEFORE).max(1);
    let to = source.last_column.min(from + COLUMNS_SHOWN - 1);
    let is_blank = |row: u32| (from..=to).all(|column| sheet.text(row - 1, column - 1).trim().is_empty());
    let above = (source.first_row.saturating_sub(ROWS_ABOVE).max(1)..source.first_row).rev();
    let header = above.filter(|row| !is_blank(*row)).take(1);
    let below = (source.first_row..=sheet.height()).filter(|row| !is_blank(*row)).take(ROWS_SHOWN as usize);
    let shown = |row: u32, column: u32| {
        let text = sheet.text(row - 1, column - 1);
        if is_quotable(&text) { text } else { HIDDEN.to_owned() }
    };
    Neighbourhood {
        columns: (from..=to).map(|column| (column_name(column), column >= source.first_column)).collect(),
        rows: header.chain(below).map(|row| (row, (from..=to).map(|column| shown(row, column)).collect())).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Level, around};
    use crate::recount::SourceRows;
    use srez_model::raw_sheet::{RawCell, RawSheet};

    #[test]
    fn an_address_may_have_a_group_with_a_slash_or_none() {
        let of = |text: &str| Address::parse(text).map(|found| (found.level, found.group, found.table, found.column));
        let cell = |level, group: &str| (level, group.to_owned(), "marks".to_owned(), "pass_pct".to_owned());
        assert_eq!(of("vpr-2026-math-8/class/edu1/8А/marks.pass_pct"), Some(cell(Level::Class, "edu1/8А")));
        assert_eq!(of("vpr-2026-math-8/all//marks.pass_pct"), Some(cell(Level::All, "")));
        assert_eq!((of("vpr-2026-math-8/planet/x/marks.n"), of("S02-vpr"), of("a/all/marks")), (None, None, None));
    }

    #[test]
    fn the_header_and_the_first_rows_are_shown_without_names() {
        let cells = ["Фамилия", "Код", "1", "2", "", "", "", "", "Иванова Анна Петровна", "80001", "1", "0"];
        let sheet = RawSheet {
            name: "8А".to_owned(),
            width: 4,
            cells: (0..).take(cells.len()).map(RawCell::Text).collect(),
            strings: cells.map(str::to_owned).to_vec(),
            ..RawSheet::default()
        };
        let source = SourceRows { first_row: 3, first_column: 3, last_column: 4, ..SourceRows::default() };
        let found = around(&sheet, &source);
        let columns: Vec<(&str, bool)> = found.columns.iter().map(|(name, own)| (name.as_str(), *own)).collect();
        assert_eq!(columns, [("A", false), ("B", false), ("C", true), ("D", true)]);
        assert_eq!(found.rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(found.rows[1].1[1..], ["80001", "1", "0"]);
        assert!(!format!("{found:?}").contains("Иванова"));
    }
}
