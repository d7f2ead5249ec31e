//! Workbooks through calamine: xls, ods, and the xlsx files that the narrow scanner does not know.

use super::biff::SheetFacts;
use super::codes::ENCRYPTED;
use super::dates::{DAYS_TO_1904, days_of_iso};
use super::kind::FileKind;
use super::oddities::as_percent;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::workbook::damaged;
use super::xlsx_parts::{Look, look_of_code};
use calamine::{
    Data, DataRef, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Style, Xls, XlsError, XlsOptions, Xlsx,
    XlsxError,
};
use srez_model::raw_sheet::{MergedRegion, RawCell};
use std::collections::BTreeSet;
use std::io::Cursor;

/// Code page of Windows for Russian, for files that declare none or a wrong one.
const CYRILLIC_CODE_PAGE: u16 = 1251;

/// A workbook that calamine opened.
pub(super) enum OpenWorkbook<'a> {
    /// Excel 2007 and later.
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>),
    /// Excel 97 to 2003.
    Xls(Box<Xls<Cursor<&'a [u8]>>>),
    /// LibreOffice.
    Ods(Box<Ods<Cursor<&'a [u8]>>>),
}

/// Opens a workbook.
pub(super) fn open(kind: FileKind, bytes: &[u8]) -> Result<OpenWorkbook<'_>, Refusal> {
    match kind {
        FileKind::Xls => open_xls(bytes),
        FileKind::Ods => {
            Ods::new(Cursor::new(bytes)).map(Box::new).map(OpenWorkbook::Ods).map_err(|error| match error {
                OdsError::Password => encrypted(),
                _ => damaged(),
            })
        }
        _ => Xlsx::new(Cursor::new(bytes)).map(Box::new).map(OpenWorkbook::Xlsx).map_err(|error| match error {
            XlsxError::Password => encrypted(),
            _ => damaged(),
        }),
    }
}

fn open_xls(bytes: &[u8]) -> Result<OpenWorkbook<'_>, Refusal> {
    let refuse = |error: XlsError| match error {
        XlsError::Password => encrypted(),
        _ => damaged(),
    };
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(refuse)?;
    if looks_misread(&mut workbook) {
        let mut options = XlsOptions::default();
        options.force_codepage = Some(CYRILLIC_CODE_PAGE);
        workbook = Xls::new_with_options(Cursor::new(bytes), options).map_err(refuse)?;
    }
    Ok(OpenWorkbook::Xls(Box::new(workbook)))
}

/// True where the text of an xls has Western accented letters and no Cyrillic: its code page is declared wrongly.
fn looks_misread(workbook: &mut Xls<Cursor<&[u8]>>) -> bool {
    let (mut accented, mut cyrillic) = (0_u32, 0_u32);
    for (_, range) in workbook.worksheets() {
        for (_, _, cell) in range.used_cells() {
            let Data::String(text) = cell else { continue };
            for letter in text.chars() {
                match letter {
                    '\u{c0}'..='\u{ff}' => accented += 1,
                    '\u{400}'..='\u{4ff}' => cyrillic += 1,
                    _ => {}
                }
            }
            if cyrillic > 0 {
                return false;
            }
        }
    }
    accented > 0
}

fn encrypted() -> Refusal {
    Refusal::new(&ENCRYPTED, "книга зашифрована паролем")
}

impl OpenWorkbook<'_> {
    /// Kind of the workbook.
    pub(super) fn kind(&self) -> FileKind {
        match self {
            Self::Xlsx(_) => FileKind::Xlsx,
            Self::Xls(_) => FileKind::Xls,
            Self::Ods(_) => FileKind::Ods,
        }
    }

    /// Names of all sheets in order, and whether they are hidden.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(workbook) => workbook.sheets_metadata(),
            Self::Xls(workbook) => workbook.sheets_metadata(),
            Self::Ods(workbook) => workbook.sheets_metadata(),
        };
        sheets.iter().map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
    }

    /// Puts the cells of a sheet into a builder; a sheet that holds only a chart has none.
    pub(super) fn fill(&mut self, name: &str, facts: &SheetFacts, builder: &mut SheetBuilder) -> Result<(), Refusal> {
        match self {
            Self::Xlsx(workbook) => {
                let metadata = workbook.sheets_metadata();
                if metadata.iter().any(|sheet| sheet.name == name && sheet.typ != SheetType::WorkSheet) {
                    return Ok(());
                }
                let regions = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
                regions.iter().for_each(|region| builder.odd.merge(merged(region)));
                fill_from_cells(workbook, name, builder)
            }
            Self::Xls(workbook) => match workbook.worksheet_range(name) {
                Ok(range) => fill_from_range(&range, facts, workbook.has_1904_epoch(), builder),
                Err(XlsError::WorksheetNotFound(_)) => Ok(()),
                Err(_) => Err(damaged()),
            },
            Self::Ods(workbook) => {
                fill_from_range(&workbook.worksheet_range(name).map_err(|_| damaged())?, facts, false, builder)
            }
        }
    }
}

/// Cells that a style shows as percent; calamine tells styles and formulas in passes of their own.
fn percent_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeSet<(u32, u32)>, Refusal> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| damaged())?;
    let is_percent = |style: &Style| {
        style.number_format.as_ref().is_some_and(|format| {
            matches!(format.format_id, Some(9 | 10)) || look_of_code(&format.format_code) == Look::Percent
        })
    };
    let percents: Vec<bool> = cells.styles().iter().map(is_percent).collect();
    let mut found = BTreeSet::new();
    if percents.contains(&true) {
        while let Some((row, column, style)) = cells.next_style_id().map_err(|_| damaged())? {
            if percents.get(style) == Some(&true) {
                found.insert((row, column));
            }
        }
    }
    Ok(found)
}

fn fill_from_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, builder: &mut SheetBuilder) -> Result<(), Refusal> {
    let from_1904 = workbook.has_1904_epoch();
    let percents = percent_cells(workbook, name)?;
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| damaged())?;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|_| damaged())? {
        let (row, column) = record.pos;
        let cell = match record.value {
            DataRef::Empty if record.formula.is_some() => RawCell::FormulaWithoutValue,
            DataRef::Empty => RawCell::Empty,
            DataRef::SharedString(text) => {
                builder.put_text(row, column, text)?;
                continue;
            }
            DataRef::String(text) => {
                builder.put_text(row, column, &text)?;
                continue;
            }
            other => {
                let value: Data = other.into();
                match number_of(&value).filter(|_| percents.contains(&(row, column))) {
                    Some(number) => builder.put(row, column, RawCell::Percent(as_percent(number)))?,
                    None => put_value(builder, (row, column), &value, from_1904)?,
                }
                continue;
            }
        };
        builder.put(row, column, cell)?;
    }
    Ok(())
}

fn fill_from_range(
    range: &Range<Data>,
    facts: &SheetFacts,
    from_1904: bool,
    builder: &mut SheetBuilder,
) -> Result<(), Refusal> {
    for (row, column) in &facts.unvalued {
        builder.put(*row, *column, RawCell::FormulaWithoutValue)?;
    }
    let Some((first_row, first_column)) = range.start() else { return Ok(()) };
    for (row, column, value) in range.used_cells() {
        let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        let column = first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
        if facts.unvalued.contains(&(row, column)) {
            continue;
        }
        match number_of(value) {
            Some(number) if facts.percents.contains(&(row, column)) => {
                builder.put(row, column, RawCell::Percent(as_percent(number)))?;
            }
            _ => put_value(builder, (row, column), value, from_1904)?,
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "Excel itself keeps every number as a float")]
fn number_of(value: &Data) -> Option<f64> {
    match value {
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number),
        _ => None,
    }
}

fn put_value(
    builder: &mut SheetBuilder,
    (row, column): (u32, u32),
    value: &Data,
    from_1904: bool,
) -> Result<(), Refusal> {
    let cell = match value {
        Data::Int(_) | Data::Float(_) => number_of(value).map_or(RawCell::Error, RawCell::Number),
        Data::Bool(truth) => RawCell::Bool(*truth),
        Data::DateTime(date) => RawCell::Date(date.as_f64() + if from_1904 { DAYS_TO_1904 } else { 0.0 }),
        Data::DateTimeIso(text) => match days_of_iso(text) {
            Some(days) => RawCell::Date(days),
            None => return builder.put_text(row, column, text),
        },
        Data::DurationIso(text) | Data::String(text) => return builder.put_text(row, column, text),
        Data::Error(_) => RawCell::Error,
        Data::Empty => RawCell::Empty,
    };
    builder.put(row, column, cell)
}

fn merged(region: &calamine::Dimensions) -> MergedRegion {
    let ((first_row, first_column), (last_row, last_column)) = (region.start, region.end);
    MergedRegion { first_row, first_column, last_row, last_column }
}
