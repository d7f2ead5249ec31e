//! Keyed pseudonyms: who a participant is, and which class it is, without the name.

use super::spelling::fold;
use data_encoding::BASE32_NOPAD;

/// Digits of a participant's code. The codes of ФИС ОКО have four or five; a passport has ten, a СНИЛС eleven.
const MOST_DIGITS: usize = 8;
/// Letters of a code, in a row and altogether: «5А-012», «МА501».
const MOST_LETTERS: (usize, usize) = (2, 3);
/// Years of birth of whoever writes school exams, for codes of eight digits that are a date.
const BIRTHS: std::ops::RangeInclusive<u32> = 1900..=2025;

/// Sixteen letters that stand for a person at a school: keyed BLAKE3 of `v1|school|names|document`, base32.
///
/// The same person under the same key has the same pseudonym, also where the code of the school lost its zeros in
/// front; without the key it cannot be found by listing names.
pub(crate) fn of(key: &[u8; 32], school: &str, names: &str, document: &str) -> String {
    let school = school.trim_start_matches('0');
    let matter = format!("v1|{school}|{}|{}", fold(names), fold(document));
    let hash = blake3::keyed_hash(key, matter.as_bytes());
    let mut letters = BASE32_NOPAD.encode(hash.as_bytes()).to_ascii_lowercase();
    letters.truncate(16);
    letters
}

/// What stands for a class whose name may be that of a person: «класс ?48213», the same for the same text under the
/// same key, so that it is one class from month to month.
pub(crate) fn of_class(key: &[u8; 32], text: &str) -> String {
    let hash = blake3::keyed_hash(key, format!("class|{}", fold(text)).as_bytes());
    let [first, second, third, fourth, ..] = *hash.as_bytes();
    format!("класс ?{:05}", u32::from_le_bytes([first, second, third, fourth]) % 100_000)
}

/// True for a code of a participant: up to eight digits and up to three letters beside them, in one to three parts.
/// All else, however short, may be a name, a document, a telephone or a date of birth.
pub(crate) fn is_code(text: &str) -> bool {
    let is_separator = |sign: char| matches!(sign, '-' | '–' | '/' | '_');
    let parts: Vec<&str> = text.split(is_separator).collect();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    let run = text.split(|sign: char| !sign.is_alphabetic()).map(|run| run.chars().count()).max().unwrap_or(0);
    let grouped = match parts.len() {
        1 | 2 => true,
        // Three groups of digits are a date or a telephone.
        3 => letters > 0 || digits <= 4,
        _ => false,
    };
    (1..=MOST_DIGITS).contains(&digits)
        && run <= MOST_LETTERS.0
        && letters <= MOST_LETTERS.1
        && grouped
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.chars().all(|sign| sign.is_ascii_digit() || sign.is_alphabetic()))
        && !is_date(text)
}

/// `14052012` and `20120514`.
fn is_date(text: &str) -> bool {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let fits = |day: u32, month: u32, year: u32| {
        (1..=31).contains(&day) && (1..=12).contains(&month) && BIRTHS.contains(&year)
    };
    text.len() == 8
        && text.bytes().all(|sign| sign.is_ascii_digit())
        && (fits(number(0, 2), number(2, 4), number(4, 8)) || fits(number(6, 8), number(4, 6), number(0, 4)))
}

#[cfg(test)]
mod tests {
    use super::{is_code, of, of_class};

    #[test]
    fn a_pseudonym_is_stable_keyed_and_sixteen_letters_long() {
        let first = of(&[1; 32], "9306", "Канарейкина Анна Сергеевна", "1234 567890");
        assert_eq!(first, of(&[1; 32], "9306", " КАНАРЕЙКИНА  Анна Сергеевна", "1234 567890 "));
        assert_ne!(first, of(&[2; 32], "9306", "Канарейкина Анна Сергеевна", "1234 567890"));
        assert_ne!(first, of(&[1; 32], "9307", "Канарейкина Анна Сергеевна", "1234 567890"));
        assert_eq!(
            first,
            of(&[1; 32], "09306", "Канарейкина Анна Сергеевна", "1234 567890"),
            "zeros get lost on the way"
        );
        assert_eq!(first, "cnqz5pqka3p6yiah", "the pseudonyms of former runs stay");
        assert_eq!(first.len(), 16);
        assert!(first.bytes().all(|letter| letter.is_ascii_alphanumeric()));
    }

    #[test]
    fn a_class_without_a_name_is_the_same_class_next_month() {
        let class = of_class(&[1; 32], "8А (Канарейкина М.И.)");
        assert_eq!(class, of_class(&[1; 32], " 8а (КАНАРЕЙКИНА М.И.)"));
        assert_ne!(class, of_class(&[2; 32], "8А (Канарейкина М.И.)"));
        assert!(class.strip_prefix("класс ?").is_some_and(|number| number.len() == 5));
    }

    #[test]
    fn codes_are_short_and_name_nobody() {
        for code in ["1", "007", "60004", "230004", "23000412", "5А-012", "МА501", "501/12", "8_15", "9-3-12"] {
            assert!(is_code(code), "{code}");
        }
        let others = [
            "Канарейкина Анна",
            "Канарейкин1",
            "Анна",
            "Яна5",
            "КАС",
            "К.А. 5",
            "112-233-445 95",
            "11223344595",
            "4509 718293",
            "4509718293",
            "4509-718293",
            "anna@example.ru",
            "a1@b.ru",
            "+79123456789",
            "12-34-56",
            "14.05.2012",
            "14-05-2012",
            "14-05-12",
            "2012-05-14",
            "14052012",
            "20120514",
            "=1+1",
            "-60004",
            "60 004",
            "",
            "?",
        ];
        for text in others {
            assert!(!is_code(text), "{text}");
        }
    }
}
