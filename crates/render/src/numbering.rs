//! Numbers of sections, letters of annexes: the same in every format.

use srez_model::report::Section;

/// Letters of annexes: those of GOST, without Ё, З, Й, О, Ч, Ь, Ы, Ъ.
const LETTERS: &str = "АБВГДЕЖИКЛМНПРСТУФХЦШЩЭЮЯ";

/// A heading as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// «4»; empty for annexes and sub-sections, and where a form gives the sections numbers of its own.
    pub number: String,
    /// «Выполнение заданий»; «Приложение А. Таблица школ» for an annex.
    pub title: String,
}

/// Headings of the sections, in their order: sections get numbers, annexes letters, sub-sections neither. Where a title
/// begins with the number of an official form, «2.2.3. Результаты по школам», that numbering is kept, and none is made.
pub fn headings(sections: &[Section]) -> Vec<Heading> {
    let is_official = sections.iter().any(|section| has_official_number(&section.title));
    let mut sections_so_far = 0_usize;
    let mut letters = LETTERS.chars();
    sections
        .iter()
        .map(|section| {
            if section.depth > 1 || (is_official && !section.annex) {
                Heading { number: String::new(), title: section.title.clone() }
            } else if section.annex {
                let letter = letters.next().map_or_else(String::new, |letter| format!(" {letter}"));
                Heading { number: String::new(), title: format!("Приложение{letter}. {}", section.title) }
            } else {
                sections_so_far += 1;
                Heading { number: sections_so_far.to_string(), title: section.title.clone() }
            }
        })
        .collect()
}

/// True for a title that begins with digits and full stops, or a range of them: «2.2.3. Результаты по школам».
fn has_official_number(title: &str) -> bool {
    let number = title.split(' ').next().unwrap_or_default();
    number.starts_with(|sign: char| sign.is_ascii_digit())
        && number.ends_with('.')
        && number.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '–'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_an_official_form_are_kept() {
        let section = |title: &str, depth| Section {
            id: "",
            title: title.to_owned(),
            depth,
            new_page: false,
            annex: false,
            blocks: Vec::new(),
        };
        let headings = headings(&[section("Выводы", 1), section("2.1. Участники", 1), section("5. План", 1)]);
        assert!(headings.iter().all(|heading| heading.number.is_empty()), "{headings:?}");
        assert!(!has_official_number("8 класс") && !has_official_number(". "));
    }

    #[test]
    fn sections_have_numbers_and_annexes_letters() {
        let section = |title: &str, depth, annex| Section {
            id: "",
            title: title.to_owned(),
            depth,
            new_page: false,
            annex,
            blocks: Vec::new(),
        };
        let headings = headings(&[
            section("Главное", 1, false),
            section("Что нового", 2, false),
            section("Отметки", 1, false),
            section("Школы", 1, true),
        ]);
        let printed: Vec<String> = headings.iter().map(|it| format!("{} {}", it.number, it.title)).collect();
        assert_eq!(printed, ["1 Главное", " Что нового", "2 Отметки", " Приложение А. Школы"]);
    }
}
