//! How wide a text stands in a cell, in thousandths of the size of its letters. Each letter is as wide as in PT Sans or
//! in Arial, whichever is wider: Arial stands in where PT Sans is not installed, and a height must hold the text in
//! both.

/// From the space to `~`.
const ASCII: [u16; 95] = [
    278, 305, 355, 556, 556, 889, 814, 218, 333, 333, 389, 584, 278, 360, 278, 354, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1064, 667, 667, 722, 722, 667, 611, 778, 722, 291, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 304, 380, 304, 500, 556, 333, 556, 556, 500, 556,
    556, 319, 556, 556, 268, 267, 500, 292, 833, 556, 556, 556, 556, 340, 500, 339, 556, 500, 735, 515, 500, 500, 346,
    278, 346, 584,
];

/// From «А» to «Я», then from «а» to «я».
const CYRILLIC: [u16; 64] = [
    667, 656, 667, 542, 677, 667, 923, 604, 719, 719, 610, 656, 833, 722, 778, 719, 667, 722, 611, 635, 780, 667, 740,
    667, 917, 938, 792, 885, 656, 719, 1010, 722, 556, 573, 531, 369, 583, 556, 669, 458, 559, 559, 478, 583, 687, 552,
    556, 542, 556, 500, 458, 500, 823, 515, 573, 521, 802, 823, 625, 719, 521, 510, 750, 542,
];

/// Width of a letter.
fn width_of(letter: char) -> u32 {
    let at = |table: &[u16], first: char| {
        let place = usize::try_from(u32::from(letter).checked_sub(u32::from(first))?).ok()?;
        table.get(place).copied().map(u32::from)
    };
    let other = || match letter {
        '\u{a0}' | '·' => 278,
        '„' | '“' => 340,
        '–' => 660,
        '—' => 1000,
        '№' => 1073,
        '−' | '×' => 584,
        _ => 600,
    };
    at(&ASCII, ' ').or_else(|| at(&CYRILLIC, 'А')).unwrap_or_else(other)
}

/// Width of a text on one line.
pub(super) fn width(text: &str) -> u32 {
    text.chars().map(width_of).sum()
}

/// What a column of the width of one digit of Calibri 11 holds: seven pixels, of letters that are ten points or 13⅓
/// pixels large.
const OF_A_DIGIT: u32 = 525;

/// What a column of so many digits holds.
pub(super) fn room(digits: usize) -> u32 {
    u32::try_from(digits.max(1)).unwrap_or(u32::MAX).saturating_mul(OF_A_DIGIT)
}

/// Digits that a column needs to hold a text on one line.
pub(super) fn digits(text: &str) -> usize {
    width(text).div_ceil(OF_A_DIGIT) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        assert_eq!(width("Аж —"), 667 + 669 + 278 + 1000);
        assert_eq!((width("ёЁ"), width("~"), width("")), (1200, 584, 0));
        assert_eq!((digits("1111"), digits("ш"), room(4)), (5, 2, 2100));
    }
}
