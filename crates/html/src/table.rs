//! A table as HTML: numbers keep their value for sorting, drawn cells their words for those who cannot see them.

use super::page::written;
use askama::Template;
use srez_model::finding::Verdict;
use srez_model::provenance::Provenance;
use srez_model::report::{Align, Bar, Cell, Column, Row, RowKind, Table};
use srez_render::{address, look, printed};
use srez_wording::text::unparted;

/// Tables from so many rows on can be filtered.
const FILTERED: usize = 8;

/// Longer words may be broken anywhere.
const LONGEST_WORD: usize = 36;

#[derive(Template)]
#[template(path = "table.html")]
struct TablePage {
    number: usize,
    caption: String,
    note: String,
    tools: bool,
    sortable: bool,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    totals: Vec<RowView>,
    /// Class of a colour and its word.
    key: Vec<(&'static str, &'static str)>,
}

struct ColumnView {
    title: String,
    class: &'static str,
    sortable: bool,
    scale: bool,
    /// Share of the table's width in percent that a text asks for; empty where the content decides.
    width: String,
}

struct RowView {
    kind: &'static str,
    cells: Vec<CellView>,
}

struct CellView {
    /// Columns that it stands over.
    span: usize,
    /// True where it names the row.
    names_row: bool,
    class: String,
    /// Place of its explanation.
    why: Option<usize>,
    /// What the cell is sorted by, where its words will not do.
    sort: String,
    content: Content,
}

enum Content {
    Words(String),
    Link(String, String),
    Verdict(&'static str, &'static str),
    Bar(Vec<Part>, String, &'static str),
}

/// A rectangle of a bar, on a ground of 100 by 10.
struct Part {
    x: String,
    y: &'static str,
    width: String,
    height: &'static str,
    class: &'static str,
}

/// The table, its caption and its note.
pub(super) fn table(table: &Table, number: usize, sortable: bool) -> String {
    explained(table, number, sortable, &Provenance::default())
}

/// The same with numbers that tell where they come from.
pub(super) fn explained(table: &Table, number: usize, sortable: bool, provenance: &Provenance) -> String {
    let has = |wanted: fn(&Cell) -> bool| table.rows.iter().flat_map(|row| &row.cells).any(wanted);
    let mut key = Vec::new();
    if has(|cell| matches!(cell, Cell::Parts(_))) {
        key.extend([
            ("part-1", "полный балл"),
            ("part-2", "частичный"),
            ("part-3", "ноль баллов"),
            ("part-4", "не приступали"),
        ]);
    }
    if has(|cell| matches!(cell, Cell::Marks(_))) {
        key.extend([("mark-2", "отметка «2»"), ("mark-3", "«3»"), ("mark-4", "«4»"), ("mark-5", "«5»")]);
    }
    let (rows, last) = table.rows.split_at(table.rows.len() - look::totals(table));
    let why = |line: usize, place: usize| provenance.cells.get(&(table.name.clone(), line, place)).copied();
    let view = |rows: &[Row], first: usize| {
        let lines = rows.iter().zip(first..).map(|(row, line)| {
            let mut view = row_view(row, &table.columns);
            for (place, cell) in view.cells.iter_mut().enumerate() {
                cell.why = why(line, place);
            }
            view
        });
        lines.collect::<Vec<_>>()
    };
    written(&TablePage {
        number,
        caption: table.caption.clone(),
        note: table.note.clone(),
        tools: rows.len() >= FILTERED,
        sortable: sortable && rows.len() > 2,
        columns: (0..table.columns.len()).map(|index| column_view(table, index)).collect(),
        rows: view(rows, 0),
        totals: view(last, rows.len()),
        key,
    })
}

fn class_of(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Centre => "centre-cell",
        Align::Right => "right number",
    }
}

fn column_view(table: &Table, index: usize) -> ColumnView {
    let column = &table.columns[index];
    let bars = table.rows.iter().filter_map(|row| row.cells.get(index)).any(|cell| matches!(cell, Cell::Bar(_)));
    ColumnView {
        // The scale says what a title such as «0 — 100» says.
        title: if bars && !column.title.chars().any(char::is_alphabetic) {
            String::new()
        } else {
            column.title.clone()
        },
        class: if column.align == Align::Right { "right" } else { class_of(column.align) },
        sortable: column.title.chars().any(char::is_alphanumeric) && !bars,
        scale: bars,
        width: width_of(table, index),
    }
}

/// Texts get their share by weight, or a long name would take the room of its neighbours; numbers take what they need.
fn width_of(table: &Table, index: usize) -> String {
    let column = &table.columns[index];
    let is_text = |row: &Row| matches!(row.cells.get(index), Some(Cell::Text(_) | Cell::Link(..)));
    // Numbers are narrower than their weight says.
    let share = |column: &Column| if column.align == Align::Left { column.weight } else { 0.7 * column.weight };
    let whole: f64 = table.columns.iter().map(share).sum();
    if column.align != Align::Left || column.weight <= 1.0 || !table.rows.iter().any(is_text) || whole <= 0.0 {
        return String::new();
    }
    format!("{:.0}%", 100.0 * column.weight / whole)
}

fn row_view(row: &Row, columns: &[Column]) -> RowView {
    let bar = look::bar_of(row);
    if row.kind == RowKind::Group {
        let head = cell_view(row.cells.first().unwrap_or(&Cell::Missing), Align::Left, true, None);
        return RowView { kind: look::of_row(row.kind), cells: vec![CellView { span: columns.len(), ..head }] };
    }
    let name = columns.iter().position(|column| column.align == Align::Left).unwrap_or(0);
    let cells = columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let cell = row.cells.get(index).unwrap_or(&Cell::Missing);
            cell_view(
                cell,
                column.align,
                index == name && matches!(cell, Cell::Text(text) if !text.trim().is_empty()),
                bar,
            )
        })
        .collect();
    RowView { kind: look::of_row(row.kind), cells }
}

fn cell_view(cell: &Cell, align: Align, names_row: bool, bar: Option<Bar>) -> CellView {
    let tone = match cell {
        Cell::Missing => " faint",
        Cell::Interval { .. } | Cell::Level(..) => " quiet",
        _ => match look::judgement(cell, bar) {
            Some(Verdict::Insufficient) => " judged insufficient",
            Some(_) => " judged",
            None => "",
        },
    };
    let long = |text: &str| text.split_whitespace().any(|word| word.chars().count() > LONGEST_WORD);
    let number = match cell {
        Cell::Interval { .. } | Cell::Level(..) => " number",
        Cell::Text(text) | Cell::Link(text, _) if long(text) => " long",
        _ => "",
    };
    CellView {
        span: 1,
        names_row,
        class: format!("{}{number}{tone}", class_of(align)),
        why: None,
        sort: sort_key(cell),
        content: content(cell),
    }
}

/// What a cell is sorted by; empty where its words will do.
fn sort_key(cell: &Cell) -> String {
    match cell {
        Cell::Count { value, .. } => value.to_string(),
        Cell::Number { value, .. } | Cell::Difference { value, .. } | Cell::Interval { low: value, .. } => {
            value.to_string()
        }
        Cell::Bar(bar) => bar.value.to_string(),
        Cell::Parts([first, ..]) | Cell::Marks([first, ..]) => first.to_string(),
        Cell::Verdict(verdict) => (*verdict as u8).to_string(),
        Cell::Text(_) | Cell::Shaded(..) | Cell::Link(..) | Cell::Missing | Cell::Level(..) => String::new(),
    }
}

fn content(cell: &Cell) -> Content {
    let words = unparted(&printed::cell(cell));
    match cell {
        Cell::Link(_, path) => match address::relative(path) {
            Some(address) => Content::Link(words, address),
            None => Content::Words(words),
        },
        Cell::Verdict(verdict) => Content::Verdict(look::of_verdict(*verdict), verdict.title()),
        Cell::Bar(bar) => Content::Bar(bar_parts(*bar), words, ""),
        Cell::Parts(shares) => {
            Content::Bar(stacked(*shares, ["part-1", "part-2", "part-3", "part-4"]), words, " stack")
        }
        Cell::Marks(shares) => {
            Content::Bar(stacked(*shares, ["mark-2", "mark-3", "mark-4", "mark-5"]), words, " stack")
        }
        _ => Content::Words(words),
    }
}

fn place(value: f64) -> f64 {
    if value.is_finite() { value.clamp(0.0, 100.0) } else { 0.0 }
}

fn bar_parts(bar: Bar) -> Vec<Part> {
    let part = |x: f64, width: f64, y, height, class| Part {
        x: format!("{x:.2}"),
        y,
        width: format!("{width:.2}"),
        height,
        class,
    };
    let mut parts = vec![
        part(0.0, 100.0, "1.5", "7", "ground"),
        part(0.0, place(bar.value), "1.5", "7", look::of_verdict(bar.verdict)),
    ];
    parts.extend(bar.reference.map(|value| part(place(value) - 0.7, 1.4, "1.5", "7", "reference")));
    parts.extend(bar.threshold.map(|value| part(place(value) - 0.4, 0.8, "0", "10", "threshold")));
    parts
}

fn stacked(shares: [f64; 4], classes: [&'static str; 4]) -> Vec<Part> {
    let shares = shares.map(place);
    let whole = shares.iter().sum::<f64>().max(100.0) / 100.0;
    let mut start = 0.0;
    let mut parts = Vec::new();
    for (share, class) in shares.into_iter().zip(classes) {
        let width = share / whole;
        if share > 0.0 {
            parts.push(Part { x: format!("{start:.2}"), y: "0.5", width: format!("{width:.2}"), height: "9", class });
        }
        start += width;
    }
    parts
}
