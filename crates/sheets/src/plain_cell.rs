//! The cell as spreadsheet programs write most of them, in one pass over its bytes.

/// `<c r="B3" s="1" t="s"><v>17</v></c>` or `<c r="B3" s="1"/>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainCell<'a> {
    /// Row counted from 0.
    pub(super) row: u32,
    /// Column counted from 0.
    pub(super) column: u32,
    pub(super) style: u32,
    /// True where the value is the number of a shared string.
    pub(super) shared: bool,
    /// Digits of the value; empty where the cell holds only a style.
    pub(super) value: &'a [u8],
}

/// Takes a plain cell off the front; none, and nothing is taken, where the bytes go on in any other way.
#[inline]
pub(super) fn take_plain_cell<'a>(bytes: &mut &'a [u8]) -> Option<PlainCell<'a>> {
    let (column, rest) = letters(bytes.strip_prefix(b"<c r=\"")?)?;
    let (row, rest) = digits(rest)?;
    let mut rest = rest.strip_prefix(b"\"")?;
    let mut style = 0;
    if let Some(after) = rest.strip_prefix(b" s=\"") {
        let (number, after) = digits(after)?;
        style = number;
        rest = after.strip_prefix(b"\"")?;
    }
    let (shared, rest) = rest.strip_prefix(b" t=\"s\"").map_or((false, rest), |after| (true, after));
    let (value, rest) = match rest.strip_prefix(b"><v>") {
        Some(after) => {
            let end = after.iter().position(|byte| *byte == b'<')?;
            let (value, after) = after.split_at_checked(end)?;
            (value, after.strip_prefix(b"</v></c>")?)
        }
        None => (&b""[..], rest.strip_prefix(b"/>")?),
    };
    let cell = PlainCell { row: row.checked_sub(1)?, column: column.checked_sub(1)?, style, shared, value };
    *bytes = rest;
    Some(cell)
}

/// Number of a column of at most three letters, and what follows it.
#[inline]
fn letters(mut bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut column = 0;
    while let [letter @ b'A'..=b'Z', rest @ ..] = bytes {
        column = column * 26 + u32::from(letter - b'A') + 1;
        bytes = rest;
        if column > 18_278 {
            return None;
        }
    }
    Some((column, bytes))
}

/// A whole number below 100 million, and what follows it.
#[inline]
fn digits(mut bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut number = 0;
    while let [digit @ b'0'..=b'9', rest @ ..] = bytes {
        number = number * 10 + u32::from(digit - b'0');
        bytes = rest;
        if number >= 100_000_000 {
            return None;
        }
    }
    Some((number, bytes))
}

#[cfg(test)]
mod tests {
    use super::{PlainCell, take_plain_cell};

    #[test]
    fn plain_cells_are_taken_and_others_are_left_untouched() {
        let mut bytes =
            &b"<c r=\"AB12\" s=\"3\" t=\"s\"><v>17</v></c><c r=\"B3\"><v>2.5</v></c><c r=\"C3\" s=\"1\"/></row>"[..];
        let cell = |row, column, style, shared, value| Some(PlainCell { row, column, style, shared, value });
        assert_eq!(take_plain_cell(&mut bytes), cell(11, 27, 3, true, b"17"));
        assert_eq!(take_plain_cell(&mut bytes), cell(2, 1, 0, false, b"2.5"));
        assert_eq!(take_plain_cell(&mut bytes), cell(2, 2, 1, false, b""));
        for other in [
            "</row>",
            "<c r=\"A1\"><f>B1</f></c>",
            "<c r=\"A1\" t=\"b\"><v>1</v></c>",
            "<c><v>1</v></c>",
            "<c r=\"A99999999999\"/>",
            "<c r=\"A1\"><v>1",
        ] {
            let mut bytes = other.as_bytes();
            assert_eq!((take_plain_cell(&mut bytes), bytes), (None, other.as_bytes()));
        }
    }
}
