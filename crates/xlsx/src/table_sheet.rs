//! One sheet per table: a table object with filter, frozen header, thresholds in cells of their own, note below.

use super::failure::failure;
use super::grid::{self, GridColumn, GridValue, Part};
use super::limits::{self, Judged, Limit};
use super::names::{self, Named};
use super::{formats, letters, sheet, signals};
use rust_xlsxwriter::{TableColumn, TableStyle, Worksheet};
use srez_model::error::Result;
use srez_model::report::{Cell, Report, Row, RowKind, Table};
use srez_render::look;
use srez_render::office::{COMPUTED, is_computed, printable};

/// Where the cells of a table stand, for charts and conditional formats.
pub(super) struct Place<'a> {
    /// The table.
    pub(super) table: &'a Table,
    /// Name of the sheet.
    pub(super) sheet: String,
    /// «8 класс», where the document has several grades.
    pub(super) chapter: String,
    /// Columns of the sheet.
    pub(super) columns: Vec<GridColumn>,
    /// Row of the headers.
    pub(super) header: u32,
    /// First row of numbers.
    pub(super) first: u32,
    /// Last row of numbers, totals left out.
    pub(super) last: u32,
}

/// The sheet of a table and where its cells stand.
///
/// # Errors
/// Where the library refuses the sheet.
pub(super) fn write<'a>(report: &Report, named: &Named<'a>, number: usize) -> Result<(Worksheet, Place<'a>)> {
    let table = named.table;
    let mut sheet = sheet::new(&named.sheet, report)?;
    sheet::text(&mut sheet, 0, 0, &caption(named, number), &formats::heading())?;
    if is_computed(table) {
        sheet::text(&mut sheet, 1, 0, COMPUTED, &formats::note())?;
    }
    let columns = grid::columns(table);
    let limits = limits::of(table);
    let judged = limits::judged(table, &columns);
    let header = 1 + limits::end(&limits, judged.as_ref());
    let plain = table.rows.len() - look::totals(table);
    let place = Place {
        table,
        sheet: named.sheet.clone(),
        chapter: named.chapter.clone(),
        header,
        first: header + 1,
        last: header + rows(plain).max(1),
        columns,
    };
    limits::write(&mut sheet, table, &limits, judged.as_ref(), (place.first, place.last))?;
    table_object(&mut sheet, table, number, &place, plain)?;
    for (line, row) in (place.first..).zip(&table.rows) {
        write_row(&mut sheet, row, line, &place.columns, (&limits, judged.as_ref()))?;
    }
    if plain > 0 {
        signals::add(&mut sheet, &place, table)?;
    }
    let below = place.first + rows(table.rows.len()) + 1;
    let widths = measure(&mut sheet, table, &place)?;
    note(&mut sheet, below, &table.note, &widths)?;
    sheet::height(&mut sheet, 0, 1, 12.0)?;
    sheet.set_freeze_panes(place.first, 0).map_err(|error| failure(&error))?;
    sheet.set_repeat_rows(header, header).map_err(|error| failure(&error))?;
    Ok((sheet, place))
}

fn table_object(sheet: &mut Worksheet, table: &Table, number: usize, place: &Place<'_>, plain: usize) -> Result<()> {
    let Some(last) = place.columns.len().checked_sub(1) else { return Ok(()) };
    if plain == 0 {
        for (column, content) in (0_u16..).zip(&place.columns) {
            sheet::text(sheet, place.header, column, &content.title, &formats::header(content.align))?;
        }
        return Ok(());
    }
    let headers: Vec<_> = place
        .columns
        .iter()
        .map(|column| {
            TableColumn::new().set_header(column.title.as_str()).set_header_format(formats::header(column.align))
        })
        .collect();
    let object = rust_xlsxwriter::Table::new()
        .set_name(names::object(table, number))
        .set_style(TableStyle::None)
        .set_alt_text(table.caption.chars().take(200).collect::<String>())
        .set_columns(&headers);
    let last = u16::try_from(last).unwrap_or(u16::MAX);
    sheet.add_table(place.header, 0, place.last, last, &object).map_err(|error| failure(&error))?;
    Ok(())
}

fn write_row(
    sheet: &mut Worksheet,
    row: &Row,
    line: u32,
    columns: &[GridColumn],
    (limits, judged): (&[Limit], Option<&Judged>),
) -> Result<()> {
    for (place, column) in (0_u16..).zip(columns) {
        let value = row.cells.get(column.source).map_or(GridValue::Missing, |cell| grid::value(cell, column.part));
        let format = formats::cell(&value, column.align, row.kind);
        if row.kind == RowKind::Group && place > 0 {
            sheet::text(sheet, line, place, "", &format)?;
            continue;
        }
        let written = match value {
            GridValue::Text(text) => {
                let verdict = row.cells.get(column.source).and_then(|cell| match cell {
                    Cell::Verdict(verdict) => limits::word(limits, judged, row, line, *verdict),
                    _ => None,
                });
                if let Some(formula) = verdict {
                    let written = sheet.write_formula_with_format(line, place, formula, &format);
                    written.map_err(|error| failure(&error))?;
                    continue;
                }
                sheet::text(sheet, line, place, &text, &format)?;
                continue;
            }
            GridValue::Shaded(text, _) => {
                sheet::text(sheet, line, place, &text, &format)?;
                continue;
            }
            GridValue::Missing => {
                sheet::text(sheet, line, place, "—", &format)?;
                continue;
            }
            GridValue::Number(number, _) if column.part == Part::Threshold => {
                sheet.write_formula_with_format(line, place, limits::threshold(limits, number), &format)
            }
            GridValue::Count(number) | GridValue::Number(number, _) | GridValue::Difference(number, _) => {
                sheet.write_number_with_format(line, place, number, &format)
            }
        };
        written.map_err(|error| failure(&error))?;
    }
    Ok(())
}

/// Characters of a printed page: a wider table would be printed with letters below seven points.
const PAGE: usize = 180;
/// Widest column of a text; longer ones take more lines.
const WIDEST: usize = 48;
/// Narrowest column that a text is brought down to, so that a page holds the table.
const NARROWEST: usize = 18;

/// Widths by content: a number needs its digits, a text up to 48 characters and then more lines. Where that is more
/// than a page, the widest columns give way first.
fn widths(table: &Table, columns: &[GridColumn]) -> Vec<usize> {
    let needed = |column: &GridColumn| {
        let word = column.title.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0) + 4;
        // A head of rows runs on over the empty cells beside it.
        let rows = table.rows.iter().filter(|row| row.kind != RowKind::Group);
        let cells = rows.filter_map(|row| row.cells.get(column.source));
        let content = cells.map(|cell| match grid::value(cell, column.part) {
            GridValue::Text(text) | GridValue::Shaded(text, _) => letters::digits(&text) + 2,
            GridValue::Count(number) => format!("{number:.0}").len() + 3,
            GridValue::Number(number, decimals) | GridValue::Difference(number, decimals) => {
                format!("{number:.*}", usize::from(decimals)).len() + 2
            }
            GridValue::Missing => 3,
        });
        content.max().unwrap_or(0).max(word).clamp(8, WIDEST)
    };
    let wished: Vec<usize> = columns.iter().map(needed).collect();
    let held = |widest: usize| wished.iter().map(|width| (*width).min(widest)).collect::<Vec<_>>();
    let fits = |widest: &usize| held(*widest).iter().sum::<usize>() <= PAGE;
    held((NARROWEST..=WIDEST).rev().find(fits).unwrap_or(NARROWEST))
}

/// Sets widths, and heights where a text takes more than one line.
fn measure(sheet: &mut Worksheet, table: &Table, place: &Place<'_>) -> Result<Vec<usize>> {
    let widths = widths(table, &place.columns);
    for (column, width) in (0_u16..).zip(&widths) {
        sheet::width(sheet, column, f64::from(u32::try_from(*width).unwrap_or(48)))?;
    }
    let headers = place.columns.iter().zip(&widths).map(|(column, width)| sheet::lines(&column.title, width - 2));
    sheet::height(sheet, place.header, headers.max().unwrap_or(1), 0.0)?;
    for (line, row) in (place.first..).zip(&table.rows).filter(|(_, row)| row.kind != RowKind::Group) {
        let texts = place.columns.iter().zip(&widths).map(|(column, width)| {
            match row.cells.get(column.source).map(|cell| grid::value(cell, column.part)) {
                Some(GridValue::Text(text)) => sheet::lines(&text, *width),
                _ => 1,
            }
        });
        let lines = texts.max().unwrap_or(1);
        if lines > 1 {
            sheet::height(sheet, line, lines, 0.0)?;
        }
    }
    Ok(widths)
}

/// The note below a table, as wide as the table: on one line it would make every printed page small.
fn note(sheet: &mut Worksheet, row: u32, text: &str, widths: &[usize]) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let last = u16::try_from(widths.len().saturating_sub(1)).unwrap_or(0);
    let text = printable(text);
    let format = formats::note().set_text_wrap();
    if last == 0 {
        sheet::text(sheet, row, 0, &text, &format)?;
    } else {
        sheet.merge_range(row, 0, row, last, &text, &format).map_err(|error| failure(&error))?;
    }
    sheet::height(sheet, row, sheet::lines(&text, widths.iter().sum()), 0.0)
}

/// «Таблица 3. Выполнение заданий, Северная Долина (n = 462), 8 класс».
pub(super) fn caption(named: &Named<'_>, number: usize) -> String {
    let Named { table, chapter, .. } = named;
    let is_said = chapter.is_empty() || table.caption.contains(chapter.as_str());
    format!("Таблица {number}. {}{}", table.caption, if is_said { String::new() } else { format!(", {chapter}") })
}

fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
