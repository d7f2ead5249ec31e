//! Cells as printed.

use srez_model::assessment::Difficulty;
use srez_model::report::Cell;
use srez_wording::number::{MISSING, count, decimal, percent_exact, range, signed};

/// Level of a task, with its maximum where that is more than one point.
pub fn level(difficulty: Option<Difficulty>, maximum: Option<u16>) -> String {
    match (difficulty.map(Difficulty::letter), maximum.filter(|points| *points > 1)) {
        (Some(letter), Some(points)) => format!("{letter}, {points}"),
        (Some(letter), None) => letter.to_owned(),
        (None, Some(points)) => points.to_string(),
        (None, None) => MISSING.to_owned(),
    }
}

/// The words of a cell; those of a drawn cell are what a reader who sees no picture gets.
pub fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Link(text, _) | Cell::Shaded(text, _) => text.clone(),
        Cell::Count { value, .. } => count(*value),
        Cell::Number { value, decimals, .. } => decimal(*value, *decimals),
        Cell::Difference { value, decimals, .. } => signed(*value, *decimals),
        Cell::Interval { low, high, decimals, .. } => range(*low, *high, *decimals),
        Cell::Missing => MISSING.to_owned(),
        Cell::Level(difficulty, maximum) => level(*difficulty, *maximum),
        Cell::Verdict(verdict) => verdict.title().to_owned(),
        Cell::Bar(bar) => percent_exact(bar.value, 1),
        Cell::Parts(parts) => {
            let [full, partial, zero, skipped] = parts.map(|part| percent_exact(part, 1));
            format!("полный балл {full}, частичный {partial}, ноль {zero}, не приступали {skipped}")
        }
        Cell::Marks(shares) => {
            let [two, three, four, five] = shares.map(|share| percent_exact(share, 1));
            format!("«2» {two}, «3» {three}, «4» {four}, «5» {five}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_cells_have_words() {
        assert_eq!(
            cell(&Cell::Marks([10.0, 40.0, 30.0, 20.0])),
            "«2» 10,0\u{a0}%, «3» 40,0\u{a0}%, «4» 30,0\u{a0}%, «5» 20,0\u{a0}%"
        );
        assert_eq!(cell(&Cell::difference(-6.64, 1)), "\u{2212}6,6");
        assert_eq!(cell(&Cell::Missing), MISSING);
    }

    #[test]
    fn a_level_names_the_maximum_only_where_it_says_more() {
        assert_eq!(level(Some(Difficulty::Raised), Some(2)), "П, 2");
        assert_eq!(level(Some(Difficulty::Basic), Some(1)), "Б");
        assert_eq!(level(None, None), MISSING);
    }
}
