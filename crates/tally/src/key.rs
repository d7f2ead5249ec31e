//! Keys: a cell of the tally as one integer whose order is the order of the table.
//!
//! Bits from the top: group 23, total 16, result 16, complete 1, outcome 8; other tables use the 41 low bits their way.

use srez_model::block::GREATEST_SCORE;
use srez_model::tally::Stratum;

const GROUP_SHIFT: u32 = 41;
const TOTAL_SHIFT: u32 = 25;
const RESULT_SHIFT: u32 = 9;
const COMPLETE_SHIFT: u32 = 8;
const POINTS_SHIFT: u32 = 20;
const POINTS_MASK: u64 = (1 << POINTS_SHIFT) - 1;

/// Greatest number of groups of one exam.
pub(super) const MOST_GROUPS: usize = 1 << 23;

/// Key of a group, all else empty.
pub(super) fn of_group(group: u32) -> u64 {
    u64::from(group) << GROUP_SHIFT
}

/// Group of any key.
pub(super) fn group(key: u64) -> u32 {
    u32::try_from(key >> GROUP_SHIFT).unwrap_or(u32::MAX)
}

/// Key of a stratum inside a group.
pub(super) fn of_stratum(stratum: Stratum) -> u64 {
    ordered(stratum.total) << TOTAL_SHIFT
        | ordered(stratum.result) << RESULT_SHIFT
        | u64::from(stratum.complete) << COMPLETE_SHIFT
}

/// Stratum of a key.
pub(super) fn stratum(key: u64) -> Stratum {
    Stratum {
        total: score(key >> TOTAL_SHIFT),
        result: score(key >> RESULT_SHIFT),
        complete: key >> COMPLETE_SHIFT & 1 == 1,
    }
}

/// The stratum of groups that keep the result alone.
pub(super) fn result_alone(result: Option<u16>) -> Stratum {
    Stratum { total: None, result, complete: false }
}

/// The lowest eight bits: an outcome or a journal mark.
pub(super) fn low_byte(key: u64) -> u8 {
    u8::try_from(key & 0xff).unwrap_or(0)
}

/// Key of a mark and a journal mark inside a group.
pub(super) fn of_journal(mark: u8, journal: u8) -> u64 {
    u64::from(mark) << 8 | u64::from(journal)
}

/// Mark of a journal key.
pub(super) fn mark(key: u64) -> u8 {
    low_byte(key >> 8)
}

/// Key of points and their maximum inside a group.
pub(super) fn of_points(sum: u32, max_sum: u32) -> u64 {
    (u64::from(sum) & POINTS_MASK) << POINTS_SHIFT | u64::from(max_sum) & POINTS_MASK
}

/// Points and their maximum of a key.
pub(super) fn points(key: u64) -> (u32, u32) {
    let part = |bits: u64| u32::try_from(bits & POINTS_MASK).unwrap_or(0);
    (part(key >> POINTS_SHIFT), part(key))
}

/// None comes before 0.
fn ordered(score: Option<u16>) -> u64 {
    score.map_or(0, |score| u64::from(score.min(GREATEST_SCORE)) + 1)
}

fn score(bits: u64) -> Option<u16> {
    u16::try_from(bits & 0xffff).unwrap_or(0).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_back_what_went_in_and_keeps_the_order() {
        let strata = [
            (None, None, false),
            (None, Some(2), true),
            (Some(0), None, false),
            (Some(0), None, true),
            (Some(27), Some(5), true),
            (Some(300), Some(100), false),
            (Some(GREATEST_SCORE), Some(GREATEST_SCORE), true),
        ]
        .map(|(total, result, complete)| Stratum { total, result, complete });
        let keys = strata.map(|stratum| of_group(8_000_000) | of_stratum(stratum) | 254);
        assert!(keys.is_sorted());
        for (stratum, key) in strata.into_iter().zip(keys) {
            assert_eq!((group(key), super::stratum(key), low_byte(key)), (8_000_000, stratum, 254));
        }
        assert_eq!(points(of_group(7) | of_points(40, 1_000)), (40, 1_000));
        assert_eq!((mark(of_journal(5, 3)), low_byte(of_journal(5, 3))), (5, 3));
    }
}
