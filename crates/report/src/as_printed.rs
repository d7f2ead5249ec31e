//! A report whose numbers are no more exact than they are printed.

use srez_model::report::{Bar, Block, Cell, Column, Report};
use srez_wording::number::rounded;

/// Rounds every number of the tables to its printed decimals, a bar to those of the column that prints its value, other
/// drawings to `decimals`. Where a number comes from goes: its counts say it exactly.
///
/// A workbook and a page keep numbers behind what they show, for sums and sorting, and a drawing can be measured: a
/// share of 36.3636 % tells of 4 in 11, which «36 %» does not. What leaves the office goes through here.
pub fn as_printed(mut report: Report, decimals: u8) -> Report {
    let blocks = report.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    for table in tables {
        for row in &mut table.rows {
            round(&mut row.cells, &table.columns, decimals);
        }
    }
    report
}

fn round(cells: &mut [Cell], columns: &[Column], decimals: u8) {
    let printed = |cells: &[Cell], place: usize| {
        let from = *columns.get(place)?.drawn_from.first()?;
        if let Some(Cell::Number { decimals, .. }) = cells.get(from) { Some(*decimals) } else { None }
    };
    let own: Vec<u8> = (0..cells.len()).map(|place| printed(cells, place).unwrap_or(decimals)).collect();
    for (cell, of_drawing) in cells.iter_mut().zip(own) {
        match cell {
            Cell::Number { value, decimals, about } | Cell::Difference { value, decimals, about } => {
                *value = rounded(*value, *decimals);
                *about = None;
            }
            Cell::Interval { low, high, decimals, about } => {
                (*low, *high) = (rounded(*low, *decimals), rounded(*high, *decimals));
                *about = None;
            }
            Cell::Count { about, .. } => *about = None,
            Cell::Bar(Bar { value, reference, .. }) => {
                *value = rounded(*value, of_drawing);
                *reference = reference.map(|reference| rounded(reference, of_drawing));
            }
            Cell::Parts(shares) | Cell::Marks(shares) => *shares = shares.map(|share| rounded(share, decimals)),
            Cell::Text(_) | Cell::Missing | Cell::Level(..) | Cell::Verdict(_) | Cell::Shaded(..) | Cell::Link(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::finding::Verdict;
    use srez_model::report::Align;

    #[test]
    fn no_number_is_more_exact_than_it_is_printed() {
        let exact = 400.0 / 11.0;
        let bar = |value, reference| {
            Cell::Bar(Bar { value, threshold: Some(exact), zone: 0.0, reference, verdict: Verdict::Unknown })
        };
        let mut cells = [
            Cell::number(exact, 0),
            bar(exact, Some(exact)),
            Cell::difference(-exact, 1),
            Cell::interval(exact, 2.0 * exact, 0),
            bar(2.0 * exact, None),
            Cell::Marks([exact, 0.0, 100.0 - exact, 0.0]),
        ];
        let mut columns = vec![Column::new("", Align::Right, 1.0); cells.len()];
        columns[1].drawn_from = vec![0];
        round(&mut cells, &columns, 1);
        let expected = [
            Cell::number(36.0, 0),
            bar(36.0, Some(36.0)),
            Cell::difference(-36.4, 1),
            Cell::interval(36.0, 73.0, 0),
            bar(72.7, None),
            Cell::Marks([36.4, 0.0, 63.6, 0.0]),
        ];
        assert_eq!(cells, expected);
    }
}
