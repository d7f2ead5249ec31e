//! Text of unknown encoding: BOM, then strict UTF-8, then UTF-16 by its zeros, then Cyrillic code pages.

use super::mojibake::{self, SHORTEST_WORD, is_cyrillic, is_second_control};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, IBM866, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};
use std::borrow::Cow;

/// Text with the name of the encoding in which it stood.
pub(super) struct Decoded<'a> {
    /// Text without BOM.
    pub(super) text: Cow<'a, str>,
    /// Name of the encoding, of both where lines differ.
    pub(super) encoding: String,
    /// How far the text can be trusted.
    pub(super) trust: Trust,
}

/// How far a decoded text can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// One encoding explains everything.
    Whole,
    /// Lines of two encodings, each read in its own.
    Mixed,
    /// Signs are left that no Russian text has.
    Lost,
}

/// Decodes a text; never fails, at worst signs are lost.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let encoding = encoding_of(bytes);
    if encoding != UTF_8 && !encoding.name().starts_with("UTF-16") && has_russian_line(bytes) {
        return decode_lines(bytes);
    }
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let trust = if is_lost(&text) { Trust::Lost } else { Trust::Whole };
    Decoded { text, encoding: encoding.name().to_owned(), trust }
}

/// True for a text with signs that no text has, unless they tell how a damaged one read before.
fn is_lost(text: &str) -> bool {
    let is_sign = |sign: char| sign != '\u{85}' && is_second_control(sign);
    let fields = || text.split(['\n', '\r', '\t', ';', ',', '|', '"', '<', '>']);
    text.contains('\u{fffd}')
        || fields().filter(|field| field.contains(is_sign)).any(|field| mojibake::repaired(field).is_none())
}

/// True where some line of a text that is not UTF-8 as a whole is UTF-8 with a Russian word: two texts were joined.
fn has_russian_line(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte == b'\n').any(|line| {
        !line.is_ascii()
            && std::str::from_utf8(line).is_ok_and(|line| SHORTEST_WORD <= line.chars().filter(is_cyrillic).count())
    })
}

/// Decodes line by line: UTF-8 where it is valid, else the code page of all the other lines.
fn decode_lines(bytes: &[u8]) -> Decoded<'static> {
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let others: Vec<u8> = lines().filter(|line| std::str::from_utf8(line).is_err()).flatten().copied().collect();
    let other = guess(&others);
    let mut text = String::with_capacity(bytes.len() * 2);
    for line in lines() {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&other.decode_without_bom_handling(line).0),
        }
    }
    let trust = if is_lost(&text) { Trust::Lost } else { Trust::Mixed };
    Decoded { text: Cow::Owned(text), encoding: format!("UTF-8 и {}", other.name()), trust }
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
    guess(bytes)
}

/// The code page of a text that is not Unicode.
fn guess(bytes: &[u8]) -> &'static Encoding {
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

/// In which code page an archive has the names that are not UTF-8: cp866 as Windows writes them, or cp1251.
pub(super) struct NameEncoding(&'static Encoding);

impl NameEncoding {
    /// The code page in which more signs of all names together are such as stand in Russian names; a short name alone
    /// would read in both.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a [u8]>) -> Self {
        let all: Vec<u8> = names.filter(|name| std::str::from_utf8(name).is_err()).flatten().copied().collect();
        let usual = |encoding: &'static Encoding| {
            let decoded = encoding.decode_without_bom_handling(&all).0;
            decoded.chars().filter(|sign| is_cyrillic(sign) || matches!(sign, '№' | '«' | '»' | '–' | '—')).count()
        };
        Self(if usual(IBM866) < usual(WINDOWS_1251) { WINDOWS_1251 } else { IBM866 })
    }

    /// A name: UTF-8 where it is valid.
    pub(super) fn decode(&self, bytes: &[u8]) -> String {
        match std::str::from_utf8(bytes) {
            Ok(name) => name.to_owned(),
            Err(_) => self.0.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NameEncoding, Trust, decode};
    use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251};

    const TEXT: &str = "Код школы;Класс;Первичный балл;Отметка\nedu230001;8А;14;4\nedu230001;8Б;9;3\nМБОУ «СОШ № 1»;;;";

    #[test]
    fn russian_text_is_read_from_every_code_page() {
        for encoding in [WINDOWS_1251, IBM866, KOI8_R] {
            let text = TEXT.replace(['«', '»', '№'], "");
            let (bytes, _, _) = encoding.encode(&text);
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_ref(), decoded.trust), (text.as_str(), Trust::Whole), "{}", encoding.name());
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
    fn lines_of_two_encodings_are_each_read_in_their_own() {
        let (line, _, _) = WINDOWS_1251.encode("edu230002;МБОУ «СОШ № 2»;5\r\n");
        let bytes = [TEXT.as_bytes(), b"\r\n", line.as_ref()].concat();
        let decoded = decode(&bytes);
        assert_eq!((decoded.trust, decoded.encoding.as_str()), (Trust::Mixed, "UTF-8 и windows-1251"));
        assert_eq!(decoded.text, format!("{TEXT}\r\nedu230002;МБОУ «СОШ № 2»;5\r\n"));
    }

    #[test]
    fn signs_that_tell_how_a_damaged_text_read_are_no_loss() {
        let broken = WINDOWS_1251.decode_without_bom_handling("Итого;Класс\n5И;4".as_bytes()).0;
        assert!(broken.contains('\u{98}'));
        assert_eq!(decode(broken.as_bytes()).trust, Trust::Whole);
        assert_eq!(decode("Класс\u{98};Итого".as_bytes()).trust, Trust::Lost);
    }

    #[test]
    fn broken_text_is_doubtful_and_names_in_archives_of_every_program_are_read() {
        assert_eq!(decode(b"\xEF\xBB\xBF\xD0;\xFF").trust, Trust::Lost);
        for encoding in [IBM866, WINDOWS_1251] {
            let names = ["ОО_школа № 5/Обществознание 6 класс.xlsx", "а.csv"].map(|name| encoding.encode(name).0);
            let page = NameEncoding::of(names.iter().map(AsRef::as_ref));
            let decoded = [&names[0], &names[1]].map(|name| page.decode(name));
            assert_eq!(decoded, ["ОО_школа № 5/Обществознание 6 класс.xlsx", "а.csv"], "{}", encoding.name());
        }
        let page = NameEncoding::of(std::iter::empty());
        assert_eq!(page.decode("школа.csv".as_bytes()), "школа.csv", "UTF-8 without the flag");
    }
}
