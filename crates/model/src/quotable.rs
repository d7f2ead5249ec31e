//! Which text of a cell may be repeated in a note: what looks like a number, a code or a word of the forms.
//!
//! A cell may hold anything, a name in the wrong column among it, so this is a list of what is allowed. Everything else
//! is spoken of by its cell alone.

use super::personal;
use super::school_words::begins_as_school;

/// What stands where a text is not repeated.
pub const HIDDEN: &str = "[текст скрыт]";

/// Signs of a code: longer ones are numbers of documents or telephones.
const MOST_DIGITS: usize = 8;
/// Letters of a code in a row and altogether.
const LETTERS: (usize, usize) = (3, 4);
/// Signs of a code, those between its parts among them.
const LONGEST_CODE: usize = 20;
/// Signs of the name of a school.
const LONGEST_SCHOOL: usize = 400;
/// Signs of what is too short to name anybody.
const SHORT: usize = 3;
/// Born in this year or later nobody writes exams yet: such dates are dates of works.
const FIRST_YEAR: u16 = 2020;
/// Words that forms hold beside numbers.
const WORDS: &[&str] = &[
    "отсутствовал",
    "отсутствовала",
    "отсутствует",
    "болел",
    "болела",
    "не писал",
    "не писала",
    "не пройд",
    "нет отметки",
    "зачет",
    "незачет",
    "зачтено",
    "не зачтено",
    "освобожден",
    "освобождена",
    "итого",
    "всего",
    "среднее",
    "максимум",
    "класс",
    "мужской",
    "женский",
    "истина",
    "ложь",
    "true",
    "false",
    "null",
    "none",
    "infinity",
    "нет данных",
];
/// True where a text may stand in a note.
pub fn is_quotable(text: &str) -> bool {
    let text = text.trim();
    if text.chars().count() <= SHORT || is_number(text) || is_answers(text) {
        return true;
    }
    if let Some(year) = personal::year_of_date(text) {
        return FIRST_YEAR <= year;
    }
    let folded = text.to_lowercase().replace('ё', "е");
    let word = folded.trim_end_matches('.');
    is_error(text) || is_code(text) || WORDS.contains(&word) || names_school(text) || is_list(text)
}

/// A text in quotation marks; what must not be repeated is only said to be there.
pub fn quoted(text: &str) -> String {
    if is_quotable(text) { format!("«{text}»") } else { HIDDEN.to_owned() }
}

/// True for the name of a school or office, as opposed to that of a person.
pub fn names_school(text: &str) -> bool {
    let folded = text.to_lowercase();
    // Whose name a school bears is no secret.
    let own =
        [" им.", " им ", " имени "].iter().filter_map(|word| folded.split_once(word)).map(|(own, _)| own.len()).min();
    let own = own.and_then(|length| text.get(..length)).unwrap_or(text);
    let named = folded.starts_with('№') || begins_as_school(text);
    named && text.chars().count() <= LONGEST_SCHOOL && !personal::is_personal(own) && !personal::has_number(text)
}

/// Digits with sign, fraction, thousands and percent.
fn is_number(text: &str) -> bool {
    let bare = text.trim_start_matches(['+', '-', '−']).trim_end_matches('%').trim_end();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let fraction = bare.split_once(['.', ',']).map_or("", |(_, fraction)| fraction);
    let whole = digits - fraction.len().min(digits);
    // A fraction of a computed number is long; no document has digits behind a point.
    (1..=MOST_DIGITS).contains(&whole)
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && bare.starts_with(|sign: char| sign.is_ascii_digit())
        && bare.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | ',' | ' ' | '\u{a0}'))
        && groups_are_thousands(bare)
}

/// A blank parts thousands: «1 234», not «45 09».
fn groups_are_thousands(text: &str) -> bool {
    let whole = text.split(['.', ',']).next().unwrap_or(text);
    whole.split([' ', '\u{a0}']).skip(1).all(|group| group.len() == 3)
}

/// Answer strings: `++-2`, `1(2)0(3)`; telephones have longer runs of digits.
fn is_answers(text: &str) -> bool {
    let runs = text.split(|sign: char| !sign.is_ascii_digit());
    text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '+' | '-' | '(' | ')' | '−' | '–' | '—'))
        && runs.map(str::len).all(|run| run <= 1)
}

/// `#N/A`, `#ЗНАЧ!`, `#DIV/0!`.
fn is_error(text: &str) -> bool {
    let Some(name) = text.strip_prefix('#') else { return false };
    let allowed = |sign: char| sign.is_uppercase() || matches!(sign, '/' | '!' | '?' | '0');
    name.chars().count() <= 12 && name.ends_with(['!', '?', 'A', 'Д']) && name.chars().all(allowed)
}

/// A short code of digits, or of digits and a few letters: `edu990001`, `11А`, `ТВ-20`, `reg22_m030`, `1 (2б)`.
fn is_code(text: &str) -> bool {
    let is_letter = |sign: char| sign.is_alphabetic();
    let letters = text.chars().filter(|sign| is_letter(*sign)).count();
    let longest = text.split(|sign: char| !is_letter(sign)).map(|run| run.chars().count()).max().unwrap_or(0);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let between = |sign: char| sign.is_alphanumeric() || " -–—−_/.,:;()[]<>=+*?!%№«»\"'".contains(sign);
    let parts = text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| !run.is_empty()).count();
    // Digits in groups without a letter are parts of a telephone or a document.
    let plain = letters > 0 || digits == 0 || parts == 1 || (parts <= 3 && digits <= 5);
    (digits > 0 || letters == 0)
        && longest <= LETTERS.0
        && letters <= LETTERS.1
        && digits <= MOST_DIGITS
        && plain
        && text.chars().count() <= LONGEST_CODE
        && text.chars().all(between)
}

/// Several codes in one cell.
fn is_list(text: &str) -> bool {
    let parts: Vec<&str> = text.split([';', ',']).map(str::trim).collect();
    parts.len() > 1 && parts.iter().all(|part| is_code(part) || names_school(part))
}

#[cfg(test)]
mod tests {
    use super::{HIDDEN, is_quotable, names_school, quoted};

    #[test]
    fn numbers_codes_and_words_of_forms_are_repeated() {
        let texts = [
            "",
            "-1",
            "52,941176470588",
            "1 234",
            "1,0",
            "++-2+",
            "1(2)0(3)2(2)",
            "#N/A",
            "#ЗНАЧ!",
            "edu990001",
            "еду990003",
            "reg22_m030",
            "11А",
            "ТВ-20",
            "5-1",
            "1 (2б)",
            "н/я",
            "отсутствовал",
            "Не пройд.",
            "ИСТИНА",
            "FALSE",
            "None",
            "nan",
            "н/д",
            "20.04.2026",
            "2026-04-20",
            "2.5",
            "1½",
            "edu990001; edu990002",
            "МБОУ «СОШ № 5»",
            "мбоу сош № 5",
            "Школа №3",
            "СОШ5",
        ];
        for text in texts {
            assert!(is_quotable(text), "{text}");
            assert!(!text.is_empty() || quoted(text) == "«»");
        }
    }

    #[test]
    fn what_may_name_somebody_is_not() {
        let texts = [
            "Канарейкина Анна Сергеевна",
            "Анна",
            "канарейкин",
            "Канарейкин П.С.",
            "Канарейкин1",
            "112-233-445 95",
            "11223344595",
            "4509 718293",
            "4509718293",
            "45 09 718293",
            "anna@example.ru",
            "+7 912 345-67-89",
            "89123456789",
            "12-34-56",
            "14.05.2012",
            "2012-05-14",
            "14.05.2012 г.",
            "Канарейкин П.С., учитель",
            "МБОУ СОШ № 5, Канарейкин П.С.",
            "8А (Канарейкина М.И.)",
            "Омоуева",
        ];
        for text in texts {
            assert!(!is_quotable(text), "{text}");
            assert_eq!(quoted(text), HIDDEN);
        }
    }

    #[test]
    fn a_school_is_told_from_a_person() {
        assert!(names_school("Лицей «Вершина»") && names_school("МБОУ Основная школа № 12"));
        assert!(!names_school("Школина Анна") && !names_school("Школа Канарейкиной Анны Сергеевны"));
    }
}
