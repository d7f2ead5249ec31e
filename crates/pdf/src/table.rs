//! A table as the template gets it: every number a string, every column with its width.

use super::columns::{self, NARROW, TEXT, Width};
use super::fonts::{FONTS, Face, POINT};
use super::glyphs::printable;
use serde::Serialize;
use srez_model::finding::Verdict;
use srez_model::report::{Align, Bar, Cell, Column, Row, RowKind, Table};
use srez_render::{address, look, printed};

/// Tables of so many lines are kept on one page.
const KEPT_TOGETHER: f64 = 12.0;

/// Capitals of the faces, in ems: a line of table text is as high as they are.
const CAPITALS: f64 = 0.7;

/// Height of what is drawn in a cell, in points: bars, parts, marks, the sign of a verdict.
const DRAWN: f64 = 7.0;

/// Space at both sides of a cell, in millimetres.
const SIDES: f64 = 2.0;

/// A table for the template.
#[derive(Debug, Serialize)]
pub(super) struct TableData {
    /// «5».
    number: usize,
    caption: String,
    columns: Vec<ColumnData>,
    rows: Vec<RowData>,
    note: String,
    /// `parts` where the key of the parts stands below.
    legend: &'static str,
    breakable: bool,
    /// False where a table stands under its heading without a number.
    captioned: bool,
    /// True where many rows have to stand on one page.
    dense: bool,
}

#[derive(Debug, Serialize)]
struct ColumnData {
    title: String,
    align: &'static str,
    /// Millimetres.
    width: f64,
    narrow: bool,
    /// `plain`, `scale` (0 to 100), `marks` (four colours), `mark-2` … `mark-5` (one colour).
    head: String,
}

#[derive(Debug, Serialize)]
struct RowData {
    kind: &'static str,
    /// Points of the only line; none where a cell may have several. Rows of known height are set once instead of twice.
    height: Option<f64>,
    cells: Vec<CellData>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum CellData {
    Text { text: String, tone: &'static str, bold: bool, pad: String },
    Link { text: String, address: String },
    Verdict { verdict: &'static str, word: &'static str },
    Bar { value: f64, threshold: Option<f64>, reference: Option<f64>, verdict: &'static str },
    Parts { shares: [f64; 4] },
    Marks { shares: [f64; 4] },
    Shaded { text: String, shade: &'static str },
}

impl TableData {
    /// The table with its number, set to `width` millimetres.
    pub(super) fn new(table: &Table, number: usize, width: f64, [captioned, dense]: [bool; 2]) -> Self {
        let has = |wanted: fn(&Cell) -> bool| table.rows.iter().flat_map(|row| &row.cells).any(wanted);
        let with_marks = has(|cell| matches!(cell, Cell::Marks(_)));
        let counted = with_marks && table.columns.iter().filter(|column| mark_of(column).is_some()).count() == 4;
        let widths = columns::widths(table, width);
        let breakable = columns::lines(table, &widths) > KEPT_TOGETHER;
        let columns = table
            .columns
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(index, (column, set))| ColumnData {
                title: printable(&column.title),
                align: align(column.align),
                width: set.width,
                narrow: set.narrow,
                head: head(table, index, counted),
            })
            .collect();
        let decimals: Vec<u8> = (0..table.columns.len()).map(|index| most_decimals(table, index)).collect();
        Self {
            number,
            caption: printable(&table.caption),
            columns,
            rows: table.rows.iter().map(|row| row_data(row, (&table.columns, &widths), &decimals)).collect(),
            note: printable(&table.note),
            legend: if has(|cell| matches!(cell, Cell::Parts(_))) { "parts" } else { "none" },
            breakable,
            captioned,
            dense,
        }
    }
}

fn align(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Centre => "centre",
        Align::Right => "right",
    }
}

/// The mark that a column counts: its title starts with «2», «3», «4» or «5» in quotes and says no more than a unit.
fn mark_of(column: &Column) -> Option<u8> {
    let rest = column.title.strip_prefix('«')?;
    let (mark, unit) = rest.split_once('»')?;
    let mark: u8 = mark.parse().ok()?;
    ((2..=5).contains(&mark) && unit.is_empty()).then_some(mark)
}

fn head(table: &Table, index: usize, counted: bool) -> String {
    let column = &table.columns[index];
    let has = |wanted: fn(&Cell) -> bool| table.rows.iter().filter_map(|row| row.cells.get(index)).any(wanted);
    match mark_of(column) {
        Some(mark) if counted => format!("mark-{mark}"),
        _ if has(|cell| matches!(cell, Cell::Bar(_))) => "scale".to_owned(),
        _ if !counted && has(|cell| matches!(cell, Cell::Marks(_))) => "marks".to_owned(),
        _ => "plain".to_owned(),
    }
}

/// The most decimals of a column of numbers: the others are padded to it, so that commas stand in one line.
fn most_decimals(table: &Table, index: usize) -> u8 {
    let decimals = |cell: &Cell| match cell {
        Cell::Number { decimals, .. } | Cell::Difference { decimals, .. } => *decimals,
        _ => 0,
    };
    table.rows.iter().filter_map(|row| row.cells.get(index)).map(decimals).max().unwrap_or(0)
}

fn row_data(row: &Row, (columns, widths): (&[Column], &[Width]), decimals: &[u8]) -> RowData {
    if row.kind == RowKind::Group {
        let text = printable(&row.cells.first().map(printed::cell).unwrap_or_default());
        let over_all = CellData::Text { text, tone: "plain", bold: true, pad: String::new() };
        return RowData { kind: look::of_row(row.kind), height: None, cells: vec![over_all] };
    }
    let bar = look::bar_of(row);
    let cells: Vec<CellData> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let cell = row.cells.get(index).unwrap_or(&Cell::Missing);
            cell_data(
                cell,
                row.kind,
                index == 0 && column.align != Align::Left,
                padding(cell, column, decimals[index]),
                bar,
            )
        })
        .collect();
    let heights = cells.iter().zip(widths).map(|(cell, set)| line_height(cell, *set));
    let height = heights.collect::<Option<Vec<f64>>>().map(|heights| heights.into_iter().fold(0.0, f64::max));
    RowData { kind: look::of_row(row.kind), height, cells }
}

/// Height of a cell that is surely on one line, in points.
fn line_height(cell: &CellData, set: Width) -> Option<f64> {
    let room = set.width - SIDES;
    let fits = |text: &str, face: Face, size: f64, beside: f64| {
        // A hair of room for kerning, which is not measured.
        !text.contains('\n') && FONTS.width(text, face, size) * 1.01 + beside + 0.2 <= room
    };
    let of_text = |text: &str, bold: bool, beside: f64| {
        let (face, size) = match (set.narrow, bold) {
            (false, false) => (Face::Sans, TEXT),
            (false, true) => (Face::SansBold, TEXT),
            (true, false) => (Face::Narrow, NARROW),
            (true, true) => (Face::NarrowBold, NARROW),
        };
        fits(text, face, size, beside).then_some(size * CAPITALS)
    };
    match cell {
        CellData::Text { text, bold, pad, .. } => of_text(&format!("{text}{pad}"), *bold, 0.0),
        CellData::Link { text, .. } => of_text(text, false, 0.0),
        CellData::Verdict { word, .. } => fits(word, Face::Narrow, NARROW, (DRAWN + 2.0) * POINT).then_some(DRAWN),
        CellData::Shaded { text, shade } => of_text(text, *shade == "strong", 0.0),
        CellData::Bar { .. } | CellData::Parts { .. } | CellData::Marks { .. } => Some(DRAWN),
    }
}

/// Digits that the cell lacks against the others of its column.
fn padding(cell: &Cell, column: &Column, most: u8) -> String {
    let (Cell::Number { value, decimals: own, .. } | Cell::Difference { value, decimals: own, .. }) = cell else {
        return String::new();
    };
    if column.align != Align::Right || *own >= most || !value.is_finite() {
        return String::new();
    }
    format!("{}{}", if *own == 0 { "," } else { "" }, "0".repeat(usize::from(most - own)))
}

fn cell_data(cell: &Cell, kind: RowKind, first: bool, pad: String, bar: Option<Bar>) -> CellData {
    match cell {
        Cell::Verdict(verdict) => CellData::Verdict { verdict: look::of_verdict(*verdict), word: verdict.title() },
        Cell::Bar(bar) => CellData::Bar {
            value: finite(bar.value),
            threshold: bar.threshold.map(finite),
            reference: bar.reference.map(finite),
            verdict: look::of_verdict(bar.verdict),
        },
        Cell::Parts(shares) => CellData::Parts { shares: shares.map(finite) },
        Cell::Marks(shares) => CellData::Marks { shares: shares.map(finite) },
        Cell::Shaded(text, shade) => CellData::Shaded { text: printable(text), shade: look::of_shade(*shade) },
        Cell::Link(words, path) => match address::relative(path) {
            Some(address) => CellData::Link { text: printable(words), address },
            None => text_data(cell, kind, first, pad, bar),
        },
        _ => text_data(cell, kind, first, pad, bar),
    }
}

/// Text and numbers, with their tone: the judged value is bold, what only explains it is quiet.
fn text_data(cell: &Cell, kind: RowKind, first: bool, pad: String, bar: Option<Bar>) -> CellData {
    let text = printable(&printed::cell(cell));
    let judged = look::judgement(cell, bar);
    let tone = match cell {
        Cell::Missing => "faint",
        Cell::Interval { .. } | Cell::Level(..) => "quiet",
        _ if judged == Some(Verdict::Insufficient) => "low",
        _ if kind == RowKind::Reference => "quiet",
        _ => "plain",
    };
    let strong_row = matches!(kind, RowKind::Own | RowKind::Total) && matches!(tone, "plain" | "low");
    CellData::Text { text, tone, bold: strong_row || judged.is_some() || (first && kind == RowKind::Plain), pad }
}

/// A number that can be drawn.
fn finite(value: f64) -> f64 {
    if value.is_finite() { value.clamp(0.0, 100.0) } else { 0.0 }
}
