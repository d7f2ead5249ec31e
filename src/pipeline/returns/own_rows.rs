//! Which rows of a sheet with several schools go back to one of them: its own, and the head that explains them.

use std::collections::{BTreeMap, BTreeSet};

/// Rows of participants of a sheet, by row counted from 1: true where the row belongs to the school; and further rows
/// that are the school's, though in no block.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnRows {
    pub(super) rows: BTreeMap<u32, bool>,
    pub(super) noted: BTreeSet<u32>,
}

impl OwnRows {
    /// Rows to copy, counted from 0: the head of the sheet, own rows, and the group row right above them. Everything
    /// else stays out, totals of the sheet too.
    pub(super) fn of(&self, height: u32) -> Vec<u32> {
        let Some((first, first_is_own)) = self.rows.first_key_value() else { return Vec::new() };
        let rows: Vec<u32> = self.rows.keys().copied().collect();
        let has_group_rows = rows.windows(2).any(|pair| matches!(pair, [row, next] if 1 < next - row));
        let keeps = |row: u32| {
            if let Some(own) = self.rows.get(&row) {
                return *own;
            }
            if self.noted.contains(&row) {
                return true;
            }
            if row < *first {
                return row + 1 < *first || *first_is_own || !has_group_rows;
            }
            self.rows.get(&(row + 1)) == Some(&true)
        };
        (1..=height).filter(|row| keeps(*row)).map(|row| row - 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::OwnRows;

    #[test]
    fn a_school_gets_the_head_its_group_row_and_its_rows() {
        // 1 title, 2 header, 3 group, 4–5 first school, 6 group, 7–8 second school, 9 refused row, 10 totals.
        let rows = [(4, false), (5, false), (7, true), (8, true)];
        let second = OwnRows { rows: rows.into(), noted: [9].into() };
        assert_eq!(second.of(10), [0, 1, 5, 6, 7, 8]);
        let first = OwnRows { rows: rows.map(|(row, own)| (row, !own)).into(), noted: [].into() };
        assert_eq!(first.of(10), [0, 1, 2, 3, 4]);
        // Without group rows the row above the first participant is the header.
        let export = OwnRows { rows: [(2, false), (3, true), (4, false)].into(), noted: [].into() };
        assert_eq!(export.of(4), [0, 2]);
    }
}
