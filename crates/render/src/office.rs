//! What the two office formats share: colours, clean text, numbering of tables, and which tables are computed.

use srez_model::finding::Verdict;
use srez_model::report::{Cell, Table};

/// Text.
pub const INK: u32 = 0x1B_2733;
/// Secondary text.
pub const INK_2: u32 = 0x4A_5763;
/// Notes.
pub const INK_3: u32 = 0x6B_7782;
/// Lines.
pub const RULE: u32 = 0xC3_CBD2;
/// Lines between rows.
pub const HAIR: u32 = 0xE3_E8EC;
/// Ground of headers and empty cells.
pub const WASH: u32 = 0xF4_F6F8;
/// The municipality or school in question.
pub const OWN: u32 = 0x1F_4E79;
/// What it is compared with.
pub const REFERENCE: u32 = 0x7C_8791;
/// Marks 2, 3, 4, 5 as areas.
pub const MARKS: [u32; 4] = [0xB4_472B, 0xEB_C98F, 0x86_B3D1, 0x1F_4E79];
/// Marks 2, 3, 4, 5 as lines.
pub const MARK_LINES: [u32; 4] = [0xB4_472B, 0xC9_973F, 0x5E_97BD, 0x1F_4E79];
/// Full, partial, zero points and not attempted as areas.
pub const PARTS: [u32; 4] = [0x1F_4E79, 0x86_B3D1, 0xDC_E2E7, 0xFF_FFFF];
/// Bars in cells of a workbook.
pub const BAR: u32 = 0x86_B3D1;

/// What is said of a table that a person must not retype.
pub const COMPUTED: &str = "Рассчитано программой.";

/// Colour of a verdict as text.
pub fn verdict_ink(verdict: Verdict) -> u32 {
    match verdict {
        Verdict::Sufficient => 0x1C_5F80,
        Verdict::Zone => 0x7A_5A12,
        Verdict::Insufficient => 0x9A_3A22,
        Verdict::Unknown => INK_3,
    }
}

/// Colour of a verdict as a bar.
pub fn verdict_bar(verdict: Verdict) -> u32 {
    match verdict {
        Verdict::Sufficient => 0x86_B3D1,
        Verdict::Zone => 0xEB_C98F,
        Verdict::Insufficient => 0xD9_8B70,
        Verdict::Unknown => 0xAE_B6BD,
    }
}

/// Text without what XML forbids and without signs that turn the direction of writing; tabs become spaces.
pub fn printable(text: &str) -> String {
    let forbidden = |sign: char| {
        (sign.is_control() && sign != '\n')
            || matches!(sign, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            || matches!(sign, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
    };
    text.chars().map(|sign| if sign == '\t' { ' ' } else { sign }).filter(|sign| !forbidden(*sign)).collect()
}

/// True where a table holds a number that the program worked out.
pub fn is_computed(table: &Table) -> bool {
    table.rows.iter().flat_map(|row| &row.cells).any(|cell| match cell {
        Cell::Text(_) | Cell::Missing | Cell::Link(..) | Cell::Shaded(..) => false,
        Cell::Count { .. }
        | Cell::Number { .. }
        | Cell::Difference { .. }
        | Cell::Interval { .. }
        | Cell::Level(..)
        | Cell::Verdict(_)
        | Cell::Bar(_)
        | Cell::Parts(_)
        | Cell::Marks(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_and_what_turns_writing_round_goes() {
        assert_eq!(printable("а\u{0}\u{1}\u{1b}б\u{202e}в\tг\nд\u{ffff}"), "абв г\nд");
        assert_eq!(printable("=cmd|' /C calc'!A0 <w:t>]]>😀"), "=cmd|' /C calc'!A0 <w:t>]]>😀");
    }
}
