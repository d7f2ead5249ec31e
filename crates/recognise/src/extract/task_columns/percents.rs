//! Points under a format of percent. Who types 2 into such a cell stores 0.02 and sees «2%»; who gave the format to a
//! filled cell keeps 2 and sees «200%». Both are 2 points; «50%» of a task of 2 points is neither.

use super::layout::Layout;
use crate::points::Reading;
use srez_model::block::{GREATEST_POINTS, PointCode};
use srez_model::raw_sheet::{RawCell, RawSheet, settled};
use std::collections::BTreeMap;

/// Columns of tasks with cells under a format of percent.
pub(super) struct PercentColumns {
    /// For each task, true where some cell can only be a share, so that «100%» may be one as well.
    holds_shares: Vec<bool>,
    /// Cells in which the stored number counts and not the one on the screen: how many and the first row, by task.
    pub(super) as_stored: BTreeMap<usize, (u32, u32)>,
}

/// What a cell can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Nothing,
    Shown(PointCode),
    Stored(PointCode),
    Share,
    Unclear,
}

impl PercentColumns {
    /// Looks at the columns of all tasks.
    pub(super) fn of(sheet: &RawSheet, layout: &Layout, first_row: u32) -> Self {
        let mut holds_shares = vec![false; layout.columns.len()];
        for row in first_row..sheet.height() {
            for ((holds, column), max) in holds_shares.iter_mut().zip(&layout.columns).zip(&layout.maxima) {
                if let RawCell::Percent(shown) = sheet.cell(row, *column) {
                    *holds |= meaning(shown, *max) == Meaning::Share;
                }
            }
        }
        Self { holds_shares, as_stored: BTreeMap::new() }
    }

    /// What a cell of a task says.
    pub(super) fn read(&mut self, place: usize, row: u32, shown: f64, max: Option<u16>) -> Reading {
        let shares = self.holds_shares.get(place) == Some(&true);
        match meaning(shown, max) {
            Meaning::Nothing => Reading::Code(0),
            Meaning::Shown(points) if !shares => Reading::Code(points),
            Meaning::Stored(points) if !shares => {
                self.as_stored.entry(place).or_insert((0, row)).0 += 1;
                Reading::Code(points)
            }
            _ => Reading::Unreadable,
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a small whole number")]
fn meaning(shown: f64, max: Option<u16>) -> Meaning {
    let greatest = f64::from(GREATEST_POINTS);
    let (stored, most) = (settled(shown / 100.0), max.map_or(greatest, f64::from));
    let is_whole = |number: f64| number.fract() == 0.0 && number <= greatest;
    if shown == 0.0 {
        Meaning::Nothing
    } else if shown < 0.0 || !shown.is_finite() {
        Meaning::Unclear
    } else if stored < 1.0 {
        if is_whole(shown) && shown <= most { Meaning::Shown(shown as PointCode) } else { Meaning::Share }
    } else if is_whole(stored) && (most < shown || greatest < shown) {
        Meaning::Stored(stored as PointCode)
    } else {
        Meaning::Unclear
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, meaning};

    #[test]
    fn points_are_told_from_shares_by_the_greatest_points() {
        assert!(meaning(0.0, Some(2)) == Meaning::Nothing);
        assert!(meaning(2.0, Some(2)) == Meaning::Shown(2));
        assert!(meaning(200.0, Some(2)) == Meaning::Stored(2));
        assert!(meaning(100.0, Some(1)) == Meaning::Stored(1));
        assert!(meaning(50.0, Some(2)) == Meaning::Share);
        assert!(meaning(7.5, Some(10)) == Meaning::Share);
        assert!(meaning(150.0, Some(2)) == Meaning::Unclear);
        assert!(meaning(100.0, None) == Meaning::Unclear, "100 points or one, where no maximum is known");
        assert!(meaning(300.0, Some(2)) == Meaning::Stored(3), "above the maximum is for others to judge");
        assert!(meaning(f64::NAN, Some(2)) == Meaning::Unclear);
    }
}
