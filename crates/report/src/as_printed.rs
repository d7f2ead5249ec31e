//! A report whose numbers are no more exact than they are printed.

use srez_model::report::{Bar, Block, Cell, Report};
use srez_wording::number::rounded;

/// Rounds every number of the tables to its printed decimals; a bar as the number beside it, other drawings to
/// `decimals`.
///
/// A workbook and a page keep numbers behind what they show, for sums and sorting, and a drawing can be measured: a
/// share of 36.3636 % tells of 4 in 11, which «36 %» does not. What leaves the office goes through here.
pub fn as_printed(mut report: Report, decimals: u8) -> Report {
    let blocks = report.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    for row in tables.flat_map(|table| &mut table.rows) {
        round(&mut row.cells, decimals);
    }
    report
}

fn round(cells: &mut [Cell], decimals: u8) {
    let numbers: Vec<(f64, u8)> = cells
        .iter()
        .filter_map(|cell| if let Cell::Number(value, own) = cell { Some((*value, *own)) } else { None })
        .collect();
    for cell in cells {
        match cell {
            Cell::Number(value, own) | Cell::Difference(value, own) => *value = rounded(*value, *own),
            Cell::Interval(low, high, own) => (*low, *high) = (rounded(*low, *own), rounded(*high, *own)),
            Cell::Bar(Bar { value, reference, .. }) => {
                let beside = numbers.iter().find(|(number, _)| number.total_cmp(value).is_eq());
                let own = beside.map_or(decimals, |(_, own)| *own);
                *value = rounded(*value, own);
                *reference = reference.map(|reference| rounded(reference, own));
            }
            Cell::Parts(shares) | Cell::Marks(shares) => *shares = shares.map(|share| rounded(share, decimals)),
            Cell::Text(_) | Cell::Count(_) | Cell::Missing | Cell::Level(..) | Cell::Verdict(_) | Cell::Link(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::finding::Verdict;

    #[test]
    fn no_number_is_more_exact_than_it_is_printed() {
        let exact = 400.0 / 11.0;
        let bar = |value, reference| {
            Cell::Bar(Bar { value, threshold: Some(exact), zone: 0.0, reference, verdict: Verdict::Unknown })
        };
        let mut cells = [
            Cell::Number(exact, 0),
            bar(exact, Some(exact)),
            Cell::Difference(-exact, 1),
            Cell::Interval(exact, 2.0 * exact, 0),
            bar(2.0 * exact, None),
            Cell::Marks([exact, 0.0, 100.0 - exact, 0.0]),
        ];
        round(&mut cells, 1);
        let expected = [
            Cell::Number(36.0, 0),
            bar(36.0, Some(36.0)),
            Cell::Difference(-36.4, 1),
            Cell::Interval(36.0, 73.0, 0),
            bar(72.7, None),
            Cell::Marks([36.4, 0.0, 63.6, 0.0]),
        ];
        assert_eq!(cells, expected);
    }
}
