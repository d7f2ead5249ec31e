//! Text of unknown encoding: BOM, then strict UTF-8, then UTF-16 by its zeros, then Cyrillic code pages.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Text with the name of the encoding in which it stood.
pub(super) struct Decoded<'a> {
    /// Text without BOM.
    pub(super) text: Cow<'a, str>,
    /// Name of the encoding.
    pub(super) encoding: &'static str,
    /// True where signs are left that no Russian text has.
    pub(super) doubtful: bool,
}

/// Decodes a text; never fails, at worst it is doubtful.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let encoding = encoding_of(bytes);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let doubtful = text.chars().any(|letter| matches!(letter, '\u{fffd}' | '\u{80}'..='\u{9f}'));
    Decoded { text, encoding: encoding.name(), doubtful }
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if let Some(encoding) = wide_order(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"ru"), Utf8Detection::Deny)
}

/// Byte order of UTF-16 without BOM: the high bytes of Russian and Latin text are 0 or 4.
pub(super) fn wide_order(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let high = |place: usize| {
        sample.chunks_exact(2).filter(|pair| pair.get(place).is_some_and(|byte| matches!(byte, 0 | 4))).count()
    };
    let has_zeros = sample.contains(&0);
    let pairs = sample.len() / 2;
    let (big, little) = (high(0), high(1));
    if !has_zeros || pairs < 2 || big.max(little) * 10 < pairs * 8 || big == little {
        None
    } else {
        Some(if little < big { UTF_16BE } else { UTF_16LE })
    }
}

/// Decodes a name in an archive: UTF-8 where it is valid, else cp866 as Windows writes it.
pub(super) fn decode_name(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::IBM866.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_name};
    use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251};

    const TEXT: &str = "Код школы;Класс;Первичный балл;Отметка\nedu230001;8А;14;4\nedu230001;8Б;9;3\nМБОУ «СОШ № 1»;;;";

    #[test]
    fn russian_text_is_read_from_every_code_page() {
        for encoding in [WINDOWS_1251, IBM866, KOI8_R] {
            let text = TEXT.replace(['«', '»', '№'], "");
            let (bytes, _, _) = encoding.encode(&text);
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_ref(), decoded.doubtful), (text.as_str(), false), "{}", encoding.name());
        }
        let (bytes, _, _) = WINDOWS_1251.encode(TEXT);
        assert_eq!(decode(&bytes).text, TEXT);
    }

    #[test]
    fn unicode_is_read_with_and_without_a_mark() {
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked: Vec<u8> = b"\xFF\xFE".iter().copied().chain(little.iter().copied()).collect();
        let utf8: Vec<u8> = b"\xEF\xBB\xBF".iter().copied().chain(TEXT.bytes()).collect();
        for bytes in [little, big, marked, utf8, TEXT.as_bytes().to_vec()] {
            assert_eq!(decode(&bytes).text, TEXT);
        }
    }

    #[test]
    fn broken_text_is_doubtful_and_names_of_windows_archives_are_read() {
        assert!(decode(b"\xEF\xBB\xBF\xD0;\xFF").doubtful);
        let (bytes, _, _) = IBM866.encode("Школа 5.xlsx");
        assert_eq!(decode_name(&bytes), "Школа 5.xlsx");
    }
}
