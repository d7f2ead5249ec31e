//! Records of a binary workbook (`.xlsb`), by [MS-XLSB]: a kind of one or two bytes, a length of one to four, then the
//! body; numbers little-endian, texts as a length and UTF-16.

use super::compound::word;
use std::io::{self, Read};

/// Bytes of one record; the longest that programs write is a text of a cell with its fonts, some hundred kilobytes.
const LONGEST_RECORD: usize = 1 << 20;

/// Records of a part, one in memory at a time.
pub(super) struct Records<R> {
    source: R,
    body: Vec<u8>,
}

impl<R: Read> Records<R> {
    /// Records from the start of a part.
    pub(super) fn new(source: R) -> Self {
        Self { source, body: Vec::new() }
    }

    /// The next record; none at the end of the part, an error where it breaks off. A record longer than any that is
    /// ours comes without its body.
    pub(super) fn next(&mut self) -> io::Result<Option<(u16, &[u8])>> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut kind = u16::from(first & 0x7F);
        if first & 0x80 != 0 {
            kind |= u16::from(self.next_byte()? & 0x7F) << 7;
        }
        let mut length = 0;
        for place in 0..4 {
            let byte = self.next_byte()?;
            length |= usize::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        if LONGEST_RECORD < length {
            self.body.clear();
            let passed = io::copy(&mut (&mut self.source).take(length as u64), &mut io::sink())?;
            if passed < length as u64 {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
        } else {
            self.body.resize(length, 0);
            self.source.read_exact(&mut self.body)?;
        }
        Ok(Some((kind, &self.body)))
    }

    fn next_byte(&mut self) -> io::Result<u8> {
        self.byte()?.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let mut byte = [0];
        Ok(if self.source.read(&mut byte)? == 0 { None } else { Some(byte[0]) })
    }
}

/// A text at a place of a record, and the place behind it; none where the record is too short. A text that is absent,
/// not merely empty, is empty too.
pub(super) fn wide_text(body: &[u8], at: usize) -> Option<(String, usize)> {
    const ABSENT: u32 = u32::MAX;
    let count = word(body, at)?;
    let start = at.checked_add(4)?;
    let count = if count == ABSENT { 0 } else { usize::try_from(count).ok()? };
    let end = start.checked_add(count.checked_mul(2)?)?;
    let units = body.get(start..end)?.chunks_exact(2).map(|pair| match pair {
        [low, high] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    });
    let text = char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some((text, end))
}

/// A number at a place of a record: 30 bits of a float or of a whole number, perhaps of hundredths.
pub(super) fn short_number(body: &[u8], at: usize) -> Option<f64> {
    let bits = word(body, at)?;
    let number =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    Some(if bits & 1 == 0 { number } else { number / 100.0 })
}

/// A float of eight bytes at a place of a record.
pub(super) fn real(body: &[u8], at: usize) -> Option<f64> {
    let bytes = body.get(at..at.checked_add(8)?)?.try_into().ok()?;
    Some(f64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_RECORD, Records, real, short_number, wide_text};

    #[test]
    fn records_come_one_by_one_and_broken_ones_are_told() {
        let long = [&[0x91, 0x01, 0x80, 0x01][..], &[7; 128]].concat();
        let bytes = [&[0x00, 0x02, 1, 2][..], &long].concat();
        let mut records = Records::new(bytes.as_slice());
        assert_eq!(records.next().unwrap(), Some((0, &[1, 2][..])));
        assert_eq!(records.next().unwrap().map(|(kind, body)| (kind, body.len())), Some((0x91, 128)));
        assert_eq!(records.next().unwrap(), None);
        let longest = [&[0x05, 0x81, 0x80, 0x40][..], &vec![7; LONGEST_RECORD + 1], &[0x06, 0x01, 9]].concat();
        let mut records = Records::new(longest.as_slice());
        assert_eq!(records.next().unwrap(), Some((5, &[][..])));
        assert_eq!(records.next().unwrap(), Some((6, &[9][..])));
        for broken in [&bytes[..3], &[0x91], &[0x05, 0x80], &[0x05, 0xFF, 0xFF, 0xFF, 0x7F]] {
            assert!(Records::new(broken).next().is_err(), "{broken:?}");
        }
    }

    #[test]
    fn values_stand_where_they_say_and_lying_lengths_are_none() {
        let text: Vec<u8> = [2, 0, 0, 0, 0x10, 0x04, 0x31, 0].to_vec();
        assert_eq!(wide_text(&text, 0), Some(("А1".to_owned(), 8)));
        assert_eq!(wide_text(&[0xFF; 4], 0), Some((String::new(), 4)));
        let lying = [(&[0xFE, 0xFF, 0xFF, 0xFF, 0][..], 0), (&text, 2), (&text, 9), (&text, usize::MAX)];
        assert!(lying.iter().all(|(body, at)| wide_text(body, *at).is_none()));
        let short = |bits: u32| short_number(&bits.to_le_bytes(), 0);
        let whole = |number: i32, flags: u32| (number << 2).cast_unsigned() | flags;
        assert_eq!([short(whole(-5, 2)), short(whole(350, 3)), short(0x4004_0000)], [Some(-5.0), Some(3.5), Some(2.5)]);
        assert_eq!([real(&2.5_f64.to_le_bytes(), 0), real(&[0; 7], 0)], [Some(2.5), None]);
        assert_eq!((short_number(&[0; 3], 0), real(&[0; 8], usize::MAX)), (None, None));
    }
}
