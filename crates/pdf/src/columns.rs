//! Widths of the columns of a table: by weight, but never narrower than what must not break.

use super::fonts::{FONTS, Face};
use super::glyphs::printable;
use srez_model::report::{Align, Cell, Row, RowKind, Shade, Table};
use srez_render::printed;

/// Size of table text, in points.
pub(super) const TEXT: f64 = 8.5;
/// Size of header text, in points.
const HEADER: f64 = 8.0;
/// Space at both sides of a cell, with a hair for rounding, in millimetres.
const INSET: f64 = 2.3;
/// Text columns are not kept wider than this for the sake of one long word.
const LONGEST_WORD: f64 = 34.0;
/// Titles up to this width are kept on one line where there is room.
const WIDEST_TITLE: f64 = 24.0;
/// Narrow letters are set a little larger.
pub(super) const NARROW: f64 = TEXT * 1.035;

/// A column as set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Width {
    /// Millimetres.
    pub(super) width: f64,
    /// Set in PT Sans Narrow.
    pub(super) narrow: bool,
}

/// What a column asks for, in millimetres.
#[derive(Clone, Copy, Debug, Default)]
struct Wish {
    /// What must not break.
    least: f64,
    /// All cells on one line.
    whole: f64,
}

/// Widths of the columns; together they are `total` millimetres.
pub(super) fn widths(table: &Table, total: f64) -> Vec<Width> {
    let weights: Vec<f64> = table.columns.iter().map(|column| column.weight.clamp(0.1, 100.0)).collect();
    let wishes =
        |narrow: bool| -> Vec<Wish> { (0..table.columns.len()).map(|index| wish(table, index, narrow)).collect() };
    let (plain, tight) = (wishes(false), wishes(true));
    let all_narrow = plain.iter().map(|wish| wish.least).sum::<f64>() > total;
    let chosen = if all_narrow { &tight } else { &plain };
    let mut widths = shared(&weights, &chosen.iter().map(|wish| wish.least).collect::<Vec<_>>(), total);
    if !all_narrow {
        give_spare_room(&mut widths, table, &plain);
    }
    widths
        .iter()
        .enumerate()
        .map(|(index, &width)| Width { width, narrow: all_narrow || narrow_saves_lines(table, index, width) })
        .collect()
}

/// True for a column of texts of which narrow letters would save one line in six or more.
fn narrow_saves_lines(table: &Table, index: usize, width: f64) -> bool {
    let lines = |narrow: bool| -> f64 {
        let cells = table.rows.iter().filter_map(|row| Some((row, row.cells.get(index)?)));
        cells.map(|(row, cell)| cell_lines(cell, row, table.columns[index].align, Width { width, narrow })).sum()
    };
    has_text(table, index) && lines(true) <= lines(false) * 5.0 / 6.0
}

/// Lines of a cell in a column of that width, about.
fn cell_lines(cell: &Cell, row: &Row, align: Align, set: Width) -> f64 {
    let (_, whole) = cell_wish(cell, row, align, set.narrow);
    let lines = whole / (set.width - INSET).max(1.0);
    if lines <= 1.0 { 1.0 } else { (lines * 1.1).ceil() }
}

/// Lines of all rows together, about: a row is as high as its highest cell.
pub(super) fn lines(table: &Table, widths: &[Width]) -> f64 {
    let row_lines = |row: &Row| {
        row.cells
            .iter()
            .zip(widths)
            .zip(&table.columns)
            .fold(1.0, |most: f64, ((cell, set), column)| most.max(cell_lines(cell, row, column.align, *set)))
    };
    // A line of a row that has several is lower than a row.
    let height = |row: &Row| if row.kind == RowKind::Group { 1.0 } else { 1.0 + (row_lines(row) - 1.0) * 0.65 };
    table.rows.iter().map(height).sum()
}

/// Shares `total` by weight among the columns that are not held at their least.
fn shared(weights: &[f64], least: &[f64], total: f64) -> Vec<f64> {
    let needed: f64 = least.iter().sum();
    if needed >= total {
        return least.iter().map(|width| width * total / needed).collect();
    }
    let mut held = vec![false; weights.len()];
    loop {
        let free: f64 = total - held.iter().zip(least).filter(|(held, _)| **held).map(|(_, width)| width).sum::<f64>();
        let weight: f64 = held.iter().zip(weights).filter(|(held, _)| !**held).map(|(_, weight)| weight).sum();
        let widths: Vec<f64> = (0..weights.len())
            .map(|index| if held[index] { least[index] } else { free * weights[index] / weight })
            .collect();
        let Some(short) = (0..weights.len()).find(|&index| !held[index] && widths[index] < least[index]) else {
            return widths;
        };
        held[short] = true;
    }
}

/// Takes what a column has over its widest cell and gives it to texts that break, first to those that need least.
fn give_spare_room(widths: &mut [f64], table: &Table, wishes: &[Wish]) {
    let drawn = |index: usize| table.rows.iter().any(|row| row.cells.get(index).is_some_and(is_drawn));
    let spare: Vec<f64> = (0..widths.len())
        .map(|index| if drawn(index) { 0.0 } else { (widths[index] - wishes[index].whole * 1.15 - 1.0).max(0.0) })
        .collect();
    let mut wanting: Vec<(usize, f64)> = (0..widths.len())
        .filter(|&index| !drawn(index))
        .map(|index| (index, wishes[index].whole * 1.02 - widths[index]))
        .filter(|(_, wanted)| *wanted > 0.0)
        .collect();
    wanting.sort_by(|left, right| left.1.total_cmp(&right.1));
    let offered: f64 = spare.iter().sum();
    let mut left = offered;
    for (index, wanted) in wanting {
        let given = wanted.min(left);
        widths[index] += given;
        left -= given;
    }
    let share = if offered > 0.0 { (offered - left) / offered } else { 0.0 };
    widths.iter_mut().zip(&spare).for_each(|(width, spare)| *width -= spare * share);
}

fn has_text(table: &Table, index: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.cells.get(index), Some(Cell::Text(_) | Cell::Link(..))))
}

fn is_drawn(cell: &Cell) -> bool {
    matches!(cell, Cell::Bar(_) | Cell::Parts(_) | Cell::Marks(_))
}

fn wish(table: &Table, index: usize, narrow: bool) -> Wish {
    let title = table.columns.get(index).map_or("", |column| column.title.as_str());
    let face = if narrow { Face::Narrow } else { Face::Sans };
    let one_line = FONTS.width(title, face, HEADER).min(WIDEST_TITLE);
    let mut wish = Wish { least: longest_word(title, face, HEADER), whole: one_line };
    let align = table.columns.get(index).map_or(Align::Left, |column| column.align);
    for row in table.rows.iter().filter(|row| row.kind != RowKind::Group) {
        if let Some(cell) = row.cells.get(index) {
            let (least, whole) = cell_wish(cell, row, align, narrow);
            wish = Wish { least: wish.least.max(least), whole: wish.whole.max(whole) };
        }
    }
    Wish { least: wish.least + INSET, whole: wish.whole.max(wish.least) + INSET }
}

/// Least and whole width of a cell.
fn cell_wish(cell: &Cell, row: &Row, align: Align, narrow: bool) -> (f64, f64) {
    let bold = row.kind == RowKind::Own
        || row.kind == RowKind::Total
        || matches!(cell, Cell::Number { .. } | Cell::Shaded(_, Shade::Strong));
    let (face, size) = match (narrow, bold) {
        (false, false) => (Face::Sans, TEXT),
        (false, true) => (Face::SansBold, TEXT),
        (true, false) => (Face::Narrow, NARROW),
        (true, true) => (Face::NarrowBold, NARROW),
    };
    let words = printable(&printed::cell(cell));
    match cell {
        Cell::Bar(_) => (18.0, 23.0),
        Cell::Parts(_) | Cell::Marks(_) => (26.0, 46.0),
        Cell::Verdict(_) => {
            let width = FONTS.width(&words, Face::Narrow, NARROW) + 3.4;
            (width, width)
        }
        Cell::Text(_) | Cell::Link(..) => {
            let whole = words.split('\n').map(|line| FONTS.width(line, face, size)).fold(0.0, f64::max);
            let word = longest_word(&words, face, size);
            (if align == Align::Right { whole.min(LONGEST_WORD) } else { word }, whole)
        }
        _ => {
            let width = FONTS.width(&words, face, size);
            (width, width)
        }
    }
}

fn longest_word(text: &str, face: Face, size: f64) -> f64 {
    text.split([' ', '\n', '\u{200b}']).map(|word| FONTS.width(word, face, size)).fold(0.0, f64::max).min(LONGEST_WORD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_and_keep_what_must_not_break() {
        let widths = shared(&[1.0, 4.0, 1.0], &[20.0, 10.0, 5.0], 60.0);
        assert!((widths.iter().sum::<f64>() - 60.0).abs() < 1e-9);
        assert!((widths[0] - 20.0).abs() < 1e-9);
        assert!((widths[1] - 32.0).abs() < 1e-9);
    }

    #[test]
    fn too_much_for_the_width_is_shrunk_together() {
        let widths = shared(&[1.0, 1.0], &[60.0, 20.0], 40.0);
        assert!((widths[0] - 30.0).abs() < 1e-9);
    }
}
