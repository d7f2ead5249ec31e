//! What looks like data of a person inside a text: a name, an address, the number of a document or a telephone.
//!
//! Names of files, sheets and municipalities must be shown, so for them the question is turned round: not what may be
//! repeated, but what has to be left out. A surname alone in the name of a file or sheet is left out too, unless it is
//! known as a place, a school or a subject.

mod alone;
mod digits;
mod file_names;
mod given_names;
mod latin;
mod lone;
mod names;

pub use alone::{is_bare_surname, is_name_alone};
pub use digits::year_of_date;
pub use file_names::{FileNames, is_masked, shown_name};
pub use lone::KnownWords;
pub use names::names_in_full;

use std::ops::Range;

/// What stands in the place of a name.
pub const NAME_HIDDEN: &str = "[имя скрыто]";

/// True where something in a text looks like data of a person.
pub fn is_personal(text: &str) -> bool {
    !spans(text).is_empty()
}

/// True for an address or a number that belongs to a person; names may stand beside.
pub fn has_number(text: &str) -> bool {
    !addresses(text).is_empty() || !digits::spans(text).is_empty()
}

/// The text without what looks like data of a person; the rest stands, so that the thing can still be found.
pub fn without_personal(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans(text) {
        rest.push_str(text.get(from..span.start).unwrap_or_default());
        rest.push_str(NAME_HIDDEN);
        from = span.end;
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    rest
}

/// Places of personal data in bytes, ascending and apart.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut found = addresses(text);
    found.extend(digits::spans(text));
    found.extend(names::spans(text));
    apart(found)
}

/// Places in their order, those that meet as one.
fn apart(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|span| span.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for span in found {
        match apart.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

/// E-mail addresses.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let is_part = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-' | '+');
    let around = |place: usize| {
        let (before, after) = (text.get(..place)?, text.get(place + 1..)?);
        let start = place - before.chars().rev().take_while(|sign| is_part(*sign)).map(char::len_utf8).sum::<usize>();
        let end = place + 1 + after.chars().take_while(|sign| is_part(*sign)).map(char::len_utf8).sum::<usize>();
        (start < place && place + 1 < end).then_some(start..end)
    };
    text.match_indices('@').filter_map(|(place, _)| around(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_personal, without_personal};

    #[test]
    fn what_names_a_person_is_left_out_and_the_rest_stands() {
        let texts = [
            ("edu990001_Канарейкин Пётр Сергеевич_Физика 8 класс.xlsx", "edu990001_[имя скрыто]_Физика 8 класс.xlsx"),
            ("КАНАРЕЙКИНА АННА СЕРГЕЕВНА", "[имя скрыто]"),
            ("канарейкина анна сергеевна 8а", "[имя скрыто] 8а"),
            ("Канарейкина Анна", "[имя скрыто]"),
            ("Анна Канарейкина.xlsx", "[имя скрыто].xlsx"),
            ("Протокол Канарейкин П.С..xlsx", "Протокол [имя скрыто].xlsx"),
            ("П. С. Канарейкин", "[имя скрыто]"),
            ("КАНАРЕЙКИН П.", "[имя скрыто]"),
            ("8А учитель Канарейкина", "8А [имя скрыто]"),
            ("СНИЛС 112-233-445 95", "СНИЛС [имя скрыто]"),
            ("паспорт 4509 718293", "паспорт [имя скрыто]"),
            ("45 09 718293", "[имя скрыто]"),
            ("8 (912) 345-67-89", "[имя скрыто]"),
            ("+79123456789 письмо", "[имя скрыто] письмо"),
            ("от anna@example.ru", "от [имя скрыто]"),
            ("14.05.2012 г. р.", "[имя скрыто] г. р."),
            ("Ivanov Ivan", "[имя скрыто]"),
            ("8A Yulia Shchegolkova.xlsx", "8A [имя скрыто].xlsx"),
            ("edu990001_IVANOV PETR SERGEEVICH_Physics", "edu990001_[имя скрыто]_Physics"),
            ("Kanareikin I.I.", "[имя скрыто]"),
            ("Канaрейкинa Анна", "[имя скрыто]"),
        ];
        for (text, rest) in texts {
            assert_eq!(without_personal(text), rest, "{text}");
        }
    }

    #[test]
    fn names_of_files_schools_and_places_stand() {
        let texts = [
            "2026-06/edu990001_Математика 8 класс ВПР 2026.xlsx",
            "Индивидуальные результаты",
            "Ф1_Индивидуальные результаты.xlsx",
            "Проведение работы по французскому языку, 7 класс. ВПР 2021.xlsx",
            "02_Математика_2026.06.05.xlsx",
            "Русский Язык Четвёртый Класс",
            "Реестр школ (2).csv",
            "Школа № 3 им. Гагарина",
            "МБОУ «СОШ № 5»(edu990005)",
            "Северная Долина",
            "Александровский район",
            "г. Новая Каменка",
            "20260520_142305.xlsx",
            "ОГЭ 05.06.2018.xlsx",
            "Копия отчёт 1684567890123.xlsx",
            "Медалисты 2026.xlsx",
            "учитель.xlsx",
            "РУ 5 (1)",
            "Page 1",
            "Sheet1 copy",
            "edu990001_Russian language VPR 2026 class 8A.xlsx",
            "Main Latin version final.xlsx",
        ];
        for text in texts {
            assert_eq!(without_personal(text), text);
            assert!(!is_personal(text));
        }
    }
}
