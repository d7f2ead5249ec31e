//! Text that was read in a wrong encoding and saved so, as it read before.
//!
//! UTF-8 read as cp1251 («РњР°С‚») or as Western («ÐœÐ°Ñ‚»), and cp1251 read as Western («Êëàññ»). The first two prove
//! themselves: sound text is never UTF-8 after it is written back. The third needs words that are Russian throughout.

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

/// Russian letters in a row that make a word and no accident.
pub(super) const SHORTEST_WORD: usize = 3;
/// How often a text may have gone through a wrong encoding.
const MOST_ROUNDS: usize = 3;
/// First bytes of Russian letters in UTF-8: up to «п» with «Ё», and from «р» on.
const LEADS: [u8; 2] = [0xD0, 0xD1];
/// Byte that cp1251 does not use; after the first lead it makes «И», and programs drop or replace it.
const LOST_BYTE: u8 = 0x98;

/// What went wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// UTF-8 was read as a single-byte code page.
    Utf8Misread,
    /// Cp1251 was read as the Western code page.
    CyrillicMisread,
}

/// A text as it read before it was damaged; none where it is sound.
pub(super) fn repaired(text: &str) -> Option<(String, Damage)> {
    if text.is_ascii() {
        return None;
    }
    if !may_be_misread(text) {
        return cyrillic_before(text).map(|text| (text, Damage::CyrillicMisread));
    }
    let mut found: Option<(String, Damage)> = None;
    for _ in 0..MOST_ROUNDS {
        let current = found.as_ref().map_or(text, |(text, _)| text.as_str());
        let earlier = [WINDOWS_1251, WINDOWS_1252].into_iter().find_map(|page| utf8_before(current, page));
        match (earlier, found.is_some()) {
            (Some(earlier), _) => found = Some((earlier, Damage::Utf8Misread)),
            (None, false) => return cyrillic_before(text).map(|text| (text, Damage::CyrillicMisread)),
            (None, true) => break,
        }
    }
    found
}

/// A short name as it read before it was damaged, where its words prove that it was; else none.
pub(super) fn repaired_name(name: &str) -> Option<String> {
    repaired(name).map(|(earlier, _)| earlier).filter(|earlier| has_word(earlier))
}

/// True where a text holds a Russian word, which shows that it was damaged and no accident.
pub(super) fn has_word(text: &str) -> bool {
    text.split(|letter| !is_cyrillic(&letter)).any(|word| SHORTEST_WORD <= word.chars().count())
}

/// True for a letter of the Russian alphabet.
pub(super) fn is_cyrillic(letter: &char) -> bool {
    matches!(letter, 'А'..='я' | 'Ё' | 'ё')
}

/// True for signs that no text has, but one that was read in a wrong encoding.
pub(super) fn is_second_control(sign: char) -> bool {
    matches!(sign, '\u{80}'..='\u{9f}')
}

/// False for nearly every sound Russian text, at its first letters: in a damaged one no letter from «а» on follows, and
/// of the capitals only those that begin the next letter, where a sign between them was lost.
fn may_be_misread(text: &str) -> bool {
    let mut signs = text.chars().skip_while(char::is_ascii);
    let second = signs.nth(1);
    second.is_none_or(|sign| matches!(sign, 'Р' | 'С') || !is_cyrillic(&sign))
}

/// The text whose UTF-8 was read in a code page.
fn utf8_before(text: &str, page: &'static Encoding) -> Option<String> {
    let bytes = bytes_in(text, page)?;
    let earlier = std::str::from_utf8(&bytes).map_or_else(|_| with_lost_bytes(&bytes), |text| Some(text.to_owned()))?;
    let is_ours = earlier.chars().any(|letter| is_cyrillic(&letter));
    // Signs alone, as «№» at the head of a column.
    let is_signs = || earlier.chars().all(|sign| sign.is_ascii() || !(sign.is_alphabetic() || sign.is_control()));
    (is_ours || is_signs()).then_some(earlier)
}

/// The bytes of a text in a code page, where bytes that the page does not use stand for themselves.
fn bytes_in(text: &str, page: &'static Encoding) -> Option<Vec<u8>> {
    let is_unused = |sign: char| sign == '\u{fffd}' || is_second_control(sign);
    let (encoded, _, lost) = page.encode(text);
    if !lost || !text.contains(is_unused) {
        return (!lost).then(|| encoded.into_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    for piece in text.split_inclusive(is_unused) {
        let mut signs = piece.chars();
        let last = signs.next_back().filter(|sign| is_unused(*sign));
        let (encoded, _, lost) = page.encode(if last.is_some() { signs.as_str() } else { piece });
        if lost {
            return None;
        }
        bytes.extend_from_slice(&encoded);
        bytes.extend(last.map(|sign| u8::try_from(u32::from(sign)).unwrap_or(LOST_BYTE)));
    }
    Some(bytes)
}

/// UTF-8 from which a program took what it could not show: the last byte of «И» dropped or shown as `?`, and the hard
/// space that is the last byte of «Р» made a plain one. None where anything else is wrong, or too little is right.
fn with_lost_bytes(bytes: &[u8]) -> Option<String> {
    let mut whole = Vec::with_capacity(bytes.len() + 8);
    let mut rest = bytes;
    let mut pairs = 0;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        whole.push(*first);
        if !LEADS.contains(first) {
            continue;
        }
        match (*first, after) {
            (_, [0x80..=0xBF, ..]) => pairs += 1,
            (0xD0, [b' ', 0xD0 | 0xD1, ..]) => {
                whole.push(0xA0);
                rest = after.get(1..).unwrap_or_default();
            }
            (0xD0, [b'?', ..]) => {
                whole.push(LOST_BYTE);
                rest = after.get(1..).unwrap_or_default();
            }
            (0xD0, [_, ..]) => whole.push(LOST_BYTE),
            _ => return None,
        }
    }
    if pairs < SHORTEST_WORD { None } else { String::from_utf8(whole).ok() }
}

/// The text whose cp1251 was read as Western: each of its words has letters of one alphabet only.
fn cyrillic_before(text: &str) -> Option<String> {
    let is_western = |letter: char| matches!(letter, 'À'..='ÿ');
    if !text.chars().any(is_western) || text.chars().any(|letter| is_cyrillic(&letter)) {
        return None;
    }
    let bytes = bytes_in(text, WINDOWS_1252)?;
    let earlier = WINDOWS_1251.decode_without_bom_handling(&bytes).0.into_owned();
    let is_mixed = |word: &str| {
        word.chars().any(|letter| is_cyrillic(&letter)) && word.chars().any(|letter| letter.is_ascii_alphabetic())
    };
    let mixed = earlier.split(|letter: char| !letter.is_alphabetic()).any(is_mixed);
    (!mixed).then_some(earlier)
}

#[cfg(test)]
mod tests {
    use super::{Damage, has_word, repaired};
    use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

    fn misread(text: &str, page: &'static Encoding) -> String {
        page.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn text_saved_in_a_wrong_encoding_reads_as_before() {
        let texts = ["Математика", "МБОУ «СОШ № 1» — Итого", "Район ИРО, 5И", "5А", "№", "Ёж"];
        for text in texts {
            let expected = Some((text.to_owned(), Damage::Utf8Misread));
            for page in [WINDOWS_1251, WINDOWS_1252] {
                assert_eq!(repaired(&misread(text, page)), expected, "{text} {}", page.name());
            }
            let latin: String = text.bytes().map(char::from).collect();
            assert_eq!(repaired(&latin), expected, "{text} as Latin-1");
            assert_eq!(repaired(&misread(&misread(text, WINDOWS_1251), WINDOWS_1251)), expected, "{text} twice");
        }
        let (bytes, _, _) = WINDOWS_1251.encode("Класс 5А (ВПР)");
        let western = WINDOWS_1252.decode_without_bom_handling(&bytes).0;
        assert_eq!(repaired(&western), Some(("Класс 5А (ВПР)".to_owned(), Damage::CyrillicMisread)));
    }

    #[test]
    fn what_programs_take_from_a_damaged_text_is_put_back() {
        let broken = misread("Итого по Району: Иванов", WINDOWS_1251);
        for lost in ["", "?", "\u{fffd}"] {
            let shown = broken.replace('\u{98}', lost).replace("Р\u{a0}", "Р ");
            let (text, damage) = repaired(&shown).unwrap();
            assert_eq!((text.as_str(), damage), ("Итого по Району: Иванов", Damage::Utf8Misread), "{lost:?}");
        }
    }

    #[test]
    fn sound_text_of_any_language_is_left_alone() {
        let sound = ["Код школы", "СОШ № 1", "Р;С", "РС", "«Ёлка»", "5", "Р°", "С–", "élève", "naïve café", "für Ö"];
        for text in sound {
            assert!(repaired(text).is_none_or(|(text, _)| !has_word(&text)), "{text}: {:?}", repaired(text));
        }
        assert_eq!([repaired("élève"), repaired("МБОУ «СОШ» №\u{a0}5"), repaired("Ответ: à")], [None, None, None]);
    }
}
