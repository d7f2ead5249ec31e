//! Numbers and addresses as the XML of a sheet writes them, read without copying.

use crate::codes::TOO_MANY_CELLS;
use crate::refusal::Refusal;
use crate::xlsx_parts::Stop;
use srez_model::raw_sheet::MergedRegion;

/// A whole number of at most nine digits.
#[inline]
pub(super) fn whole(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
}

/// Row and column counted from 0 of an address such as `AB12`.
#[inline]
pub(super) fn address(bytes: &[u8]) -> Option<(u32, u32)> {
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (letters, digits) = bytes.split_at_checked(letters)?;
    if letters.len() > 3 {
        return None;
    }
    let column = letters.iter().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Some((whole(digits)?.checked_sub(1)?, column.checked_sub(1)?))
}

/// What an address that is none means: one with more digits than any sheet has rows would overflow the general reader.
pub(super) fn no_place(address: &[u8]) -> Stop {
    if address.iter().filter(|byte| byte.is_ascii_digit()).count() > 9 {
        let message = "номер строки больше, чем бывает на листе";
        Stop::Refused(Refusal::new(&TOO_MANY_CELLS, message))
    } else {
        Stop::Unusual
    }
}

/// A region such as `A1:B3`.
pub(super) fn region(bytes: &[u8]) -> Option<MergedRegion> {
    let colon = bytes.iter().position(|byte| *byte == b':')?;
    let (first_row, first_column) = address(bytes.get(..colon)?)?;
    let (last_row, last_column) = address(bytes.get(colon + 1..)?)?;
    Some(MergedRegion { first_row, first_column, last_row, last_column })
}

#[inline]
pub(super) fn number(value: &[u8]) -> Option<f64> {
    if let Some(number) = whole(value) {
        return Some(f64::from(number));
    }
    let number: f64 = std::str::from_utf8(value).ok()?.parse().ok()?;
    number.is_finite().then_some(number)
}
