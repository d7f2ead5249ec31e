//! «Справка по предмету» of every subject: two pages, conclusions with numbers, and nothing that is the program's own.

use crate::lines::{Line, read_docx};
use crate::pdf_text::count_pages;
use crate::trial::demo;
use srez_testkit::sources::files_below;

/// The notes of the demo in a format.
fn notes(extension: &str) -> Vec<String> {
    let name = format!("/note.{extension}");
    let files = files_below(&demo().0.period()).into_iter();
    let found: Vec<String> = files.filter(|path| path.starts_with("subjects/") && path.ends_with(&name)).collect();
    assert!(found.len() >= 8, "{found:?}");
    found
}

/// Words of the paragraphs and of the rows.
fn words(path: &str) -> Vec<String> {
    let of_line = |line: Line| match line {
        Line::Paragraph(words) => words,
        Line::Row(cells) => cells.join(" | "),
    };
    read_docx(path).into_iter().map(of_line).filter(|words| !words.trim().is_empty()).collect()
}

#[test]
fn a_note_has_two_pages_at_most() {
    for path in notes("pdf") {
        let bytes = std::fs::read(demo().0.period().join(&path)).unwrap();
        let pages = count_pages(bytes);
        assert!((1..=2).contains(&pages), "{path}: {pages}");
    }
}

#[test]
fn a_note_concludes_says_what_was_not_measured_and_what_is_done_and_is_signed() {
    for path in notes("docx") {
        let words = words(&path);
        let place = |wanted: &str| words.iter().position(|line| line.contains(wanted));
        let heading = |wanted: &str| words.iter().position(|line| line == wanted);
        let (from, checked) = (heading("Выводы").unwrap(), heading("Что ещё проверено").unwrap());
        let to = heading("Округ и край").unwrap_or(checked);
        let conclusions: Vec<&String> = words[from + 1..to].iter().filter(|line| line.contains(". ")).collect();
        assert!((2..=5).contains(&conclusions.len()), "{path}: {conclusions:?}");
        let numbered = conclusions.iter().filter(|line| line.contains(|sign: char| sign.is_ascii_digit())).count();
        assert!(2 <= numbered, "{path}: {conclusions:?}");
        assert!(place("Что делаем").is_some() && place("Е. С. Луговая").is_some(), "{path}");
        for word in ["сочетан", "маркер", "срез 1:", "q ", "p =", "srez", "S01", "F01", "..", "0 из 0"]
        {
            assert!(!words.iter().any(|line| line.contains(word)), "{path}: {word}: {words:?}");
        }
    }
}

#[test]
fn the_geometry_condition_is_the_finding_of_the_year() {
    let words = words("subjects/oge-2026-math/note.docx");
    let said = words.iter().find(|line| line.contains("из-за одного условия")).unwrap();
    assert!(said.starts_with("Половина отметок «2»") && said.contains("геометрию"), "{said}");
    assert!(words.iter().any(|line| line.contains("Считать баллы по условию")), "{words:?}");
}
