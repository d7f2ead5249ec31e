//! Which rows of a sheet with several schools go back to one of them: its own, and the head that explains them.

use std::collections::BTreeSet;

/// Rows of a sheet that a school gets, counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnRows {
    kept: BTreeSet<u32>,
    /// Rows of the head: all up to this one.
    head: u32,
}

impl OwnRows {
    /// From the rows of participants of a sheet, ascending and counted from 1; true where a row is the school's own.
    ///
    /// Kept are the head of the sheet, own rows and the group row right above them; totals of the sheet are not.
    pub(super) fn new(rows: impl Iterator<Item = (u32, bool)>) -> Self {
        let mut of_sheet = Self::default();
        let (mut before, mut first_is_own, mut has_group_rows) = (0, false, false);
        for (row, own) in rows {
            let is_first = before == 0;
            if is_first {
                (of_sheet.head, first_is_own) = (row.saturating_sub(1), own);
            } else if before + 1 < row {
                has_group_rows = true;
                if own {
                    of_sheet.kept.insert(row - 1);
                }
            }
            if own {
                of_sheet.kept.insert(row);
            }
            before = row;
        }
        if has_group_rows && !first_is_own {
            of_sheet.head = of_sheet.head.saturating_sub(1);
        }
        of_sheet
    }

    /// Keeps a row that is the school's, though no row of a participant.
    pub(super) fn keep(&mut self, row: u32) {
        self.kept.insert(row);
    }

    /// Rows to copy, counted from 0 and ascending.
    pub(super) fn of(&self, height: u32) -> Vec<u32> {
        let kept = self.kept.iter().copied().filter(|row| self.head < *row && *row <= height);
        (1..=self.head.min(height)).chain(kept).map(|row| row - 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::OwnRows;

    #[test]
    fn a_school_gets_the_head_its_group_row_and_its_rows() {
        // 1 title, 2 header, 3 group, 4–5 first school, 6 group, 7–8 second school, 9 refused row, 10 totals.
        let rows = [(4, false), (5, false), (7, true), (8, true)];
        let mut second = OwnRows::new(rows.into_iter());
        second.keep(9);
        assert_eq!(second.of(10), [0, 1, 5, 6, 7, 8]);
        let first = OwnRows::new(rows.into_iter().map(|(row, own)| (row, !own)));
        assert_eq!(first.of(10), [0, 1, 2, 3, 4]);
        // Without group rows the row above the first participant is the header.
        let export = OwnRows::new([(2, false), (3, true), (4, false)].into_iter());
        assert_eq!(export.of(4), [0, 2]);
    }
}
