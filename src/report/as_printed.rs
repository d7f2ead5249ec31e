//! A report whose numbers are no more exact than they are printed.

use crate::model::report::{Bar, Block, Cell, Report};
use crate::wording::number::rounded;

/// Rounds every number of the tables to its printed decimals; what is drawn, to `decimals`.
///
/// A workbook and a page keep numbers behind what they show, for sums and sorting, and a drawing can be measured: a share
/// of 36.3636 % tells of 4 in 11, which «36 %» does not. What leaves the office goes through here.
pub fn as_printed(mut report: Report, decimals: u8) -> Report {
    let blocks = report.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    for cell in tables.flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells) {
        round(cell, decimals);
    }
    report
}

fn round(cell: &mut Cell, decimals: u8) {
    match cell {
        Cell::Number(value, own) | Cell::Difference(value, own) => *value = rounded(*value, *own),
        Cell::Interval(low, high, own) => (*low, *high) = (rounded(*low, *own), rounded(*high, *own)),
        Cell::Bar(Bar { value, reference, .. }) => {
            *value = rounded(*value, decimals);
            *reference = reference.map(|reference| rounded(reference, decimals));
        }
        Cell::Parts(shares) | Cell::Marks(shares) => *shares = shares.map(|share| rounded(share, decimals)),
        Cell::Text(_) | Cell::Count(_) | Cell::Missing | Cell::Level(..) | Cell::Verdict(_) | Cell::Link(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::finding::Verdict;

    #[test]
    fn no_number_is_more_exact_than_it_is_printed() {
        let exact = 400.0 / 11.0;
        let bar = |value, reference| {
            Cell::Bar(Bar { value, threshold: Some(exact), zone: 0.0, reference, verdict: Verdict::Unknown })
        };
        let cases = [
            (Cell::Number(exact, 0), Cell::Number(36.0, 0)),
            (Cell::Difference(-exact, 1), Cell::Difference(-36.4, 1)),
            (Cell::Interval(exact, 2.0 * exact, 0), Cell::Interval(36.0, 73.0, 0)),
            (bar(exact, Some(exact)), bar(36.4, Some(36.4))),
            (Cell::Marks([exact, 0.0, 100.0 - exact, 0.0]), Cell::Marks([36.4, 0.0, 63.6, 0.0])),
        ];
        for (mut cell, expected) in cases {
            round(&mut cell, 1);
            assert_eq!(cell, expected);
        }
    }
}
