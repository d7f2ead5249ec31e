//! What stands in a cell: numbers are printed here and nowhere before.

use super::bar;
use super::text::{Look, run_with};
use super::xml::Xml;
use srez_model::finding::Verdict;
use srez_model::report::{Cell, Column, Row, RowKind, Shade};
use srez_render::office::{INK, INK_2, MARKS, PARTS, verdict_ink};
use srez_render::printed;
use srez_wording::number::decimal;

/// Writes the runs of a cell of a row into a cell of so many twentieths of a point.
pub(super) fn write(xml: &mut Xml, cell: &Cell, (row, column): (&Row, &Column), width: i64) {
    match cell {
        Cell::Bar(value) => {
            if !is_printed(row, column.drawn_from.first()) {
                run_with(xml, &format!("{} ", decimal(value.value, 1)), look(cell, row.kind));
            }
            bar::write(xml, value, width);
        }
        Cell::Marks(shares) if are_printed(row, column, shares) => bar::stack(xml, *shares, MARKS, width),
        Cell::Parts(shares) if are_printed(row, column, shares) => bar::stack(xml, *shares, PARTS, width),
        _ => run_with(xml, &printed(cell), look(cell, row.kind)),
    }
}

/// A cell as text: as everywhere, but an interval and a level stay on one line, and drawn cells are short.
pub(super) fn printed(cell: &Cell) -> String {
    match cell {
        Cell::Interval { .. } => printed::cell(cell).replace('–', "\u{2060}–\u{2060}"),
        Cell::Level(..) => printed::cell(cell).replace(' ', "\u{a0}"),
        Cell::Bar(bar) => decimal(bar.value, 1),
        Cell::Parts(shares) | Cell::Marks(shares) => shares.map(|share| decimal(share, 0)).join("\u{a0}/ "),
        _ => printed::cell(cell),
    }
}

/// The own row is bold, but not its interval; a reference is grey; only «недостаточный» is bold in colour.
fn look(cell: &Cell, kind: RowKind) -> Look {
    let plain = Look::default();
    match (cell, kind) {
        (Cell::Verdict(verdict), _) => {
            Look { bold: *verdict == Verdict::Insufficient, colour: Some(verdict_ink(*verdict)), ..plain }
        }
        (Cell::Shaded(_, Shade::Strong), _) => Look { bold: true, ..plain },
        (Cell::Interval { .. } | Cell::Missing, _) | (_, RowKind::Reference) => Look { colour: Some(INK_2), ..plain },
        (_, RowKind::Own | RowKind::Total | RowKind::Group) => Look { bold: true, colour: Some(INK), ..plain },
        (_, RowKind::Plain) => plain,
    }
}

/// True where the row prints every share that is not nothing, so that a bar need not say it again.
fn are_printed(row: &Row, column: &Column, shares: &[f64; 4]) -> bool {
    let said = |(place, share): (usize, &f64)| *share == 0.0 || is_printed(row, column.drawn_from.get(place));
    shares.iter().all(|share| share.is_finite()) && shares.iter().enumerate().all(said)
}

/// True where the row prints a number in the column that a drawing is drawn from.
fn is_printed(row: &Row, drawn_from: Option<&usize>) -> bool {
    drawn_from.and_then(|place| row.cells.get(*place)).is_some_and(|cell| matches!(cell, Cell::Number { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::Difficulty;

    #[test]
    fn cells_print_in_russian() {
        assert_eq!(printed(&Cell::count(14_862)), "14\u{a0}862");
        assert_eq!(printed(&Cell::difference(-6.64, 1)), "−6,6");
        assert_eq!(printed(&Cell::Level(Some(Difficulty::Raised), Some(2))), "П,\u{a0}2");
        assert_eq!(printed(&Cell::Level(Some(Difficulty::Basic), Some(1))), "Б");
        assert_eq!(printed(&Cell::Level(None, Some(3))), "3");
        assert_eq!(printed(&Cell::Level(None, None)), "—");
        assert_eq!(printed(&Cell::Marks([12.4, 49.6, 30.0, 8.0])), "12\u{a0}/ 50\u{a0}/ 30\u{a0}/ 8");
        assert_eq!(printed(&Cell::number(f64::NAN, 1)), "—");
    }
}
