//! «Анализ по предмету»: as long as its grades need, without words of the program, each thing asked once.

use crate::lines::{Line, read_docx};
use crate::pdf_text::count_pages;
use crate::trial::demo;
use srez_testkit::sources::files_below;

/// Pages of a grade at most, and the cover.
const PAGES: usize = 6;

/// The analyses of the office in a format.
fn analyses(extension: &str) -> Vec<String> {
    let name = format!("/analysis.{extension}");
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
    let lines = read_docx(path).into_iter().map(of_line).filter(|words| !words.trim().is_empty());
    lines.map(|words| words.replace('\u{a0}', " ")).collect()
}

/// How many headings «Выводы» it has: one a work.
fn works(path: &str) -> usize {
    let headings = words(path).iter().filter(|line| *line == "Выводы").count();
    // The contents of a document with one work name it as well.
    if headings == 2 && !words(path).iter().any(|line| line.ends_with(" класс")) { 1 } else { headings }
}

/// True where a table of tasks takes more than a page by itself.
fn has_many_tasks(path: &str) -> bool {
    let count = |line: String| line.split_once("состоит из ")?.1.split(' ').next()?.parse::<u32>().ok();
    words(path).into_iter().filter_map(count).any(|tasks| tasks > 30)
}

#[test]
fn an_analysis_is_as_long_as_its_grades_need() {
    for path in analyses("pdf") {
        let pages = count_pages(std::fs::read(demo().0.period().join(&path)).unwrap());
        let document = path.replace(".pdf", ".docx");
        let most = 1 + PAGES * works(&document).max(1) + usize::from(has_many_tasks(&document));
        assert!(pages <= most, "{path}: {pages} pages, at most {most}");
    }
}

/// «S01», «F20»: the code of a rule.
fn has_code(line: &str) -> bool {
    let letters: Vec<char> = line.chars().collect();
    letters
        .windows(3)
        .any(|three| matches!(three, ['F' | 'S', first, second] if first.is_ascii_digit() && second.is_ascii_digit()))
}

#[test]
fn an_analysis_has_no_word_of_the_program() {
    for path in analyses("docx") {
        let words = words(&path);
        for wrong in [
            "сочетан",
            "маркер",
            "срез ",
            "Срез",
            "q ",
            "p =",
            "srez",
            "ВЕРОЯТНО",
            "ГИПОТЕЗА",
            "ПРОВЕРЕНО",
            "пересказ",
            "п.п..",
            "Приложение ",
        ] {
            let found = words.iter().find(|line| line.contains(wrong));
            assert!(found.is_none(), "{path}: «{wrong}»: {found:?}");
        }
        let coded = words.iter().find(|line| has_code(line));
        assert!(coded.is_none(), "{path}: {coded:?}");
    }
}

#[test]
fn typical_errors_are_asked_on_the_cards_of_tasks_alone() {
    let mut cards = 0;
    for path in analyses("docx") {
        let words = words(&path);
        let asked = words.iter().filter(|line| *line == "Типичные ошибки").count();
        let of_tasks = words.iter().filter(|line| line.starts_with("Задание № ") && !line.contains(' ')).count();
        let shown = words.iter().filter(|line| line.starts_with("Без полного балла — ")).count();
        assert_eq!(asked, shown, "{path}: {of_tasks}");
        cards += shown;
    }
    assert!(cards > 20, "{cards}");
}

#[test]
fn the_report_on_an_exam_has_the_numbers_of_its_form() {
    for (path, wanted) in [
        ("subjects/oge-2026-math/analysis.docx", &["2.1. ", "2.2.3. ", "2.3.2. ", "2.3.5. ", "2.4. ", "5. "][..]),
        ("subjects/ege-2026-russian/analysis.docx", &["1. ", "2.3. ", "2.4. ", "3.2.1. ", "3.2.4. ", "5. "][..]),
    ] {
        let words = words(path);
        let places: Vec<Option<usize>> =
            wanted.iter().map(|number| words.iter().rposition(|line| line.starts_with(number))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{path}: {places:?}");
        let has = |start: &str| words.iter().any(|line| line.starts_with(start));
        assert!(has("Можно считать достаточным") && has("Нельзя считать достаточным"), "{path}");
        assert!(words.iter().any(|line| line.contains("взятому для разбора; официального нет")), "{path}");
    }
    let words = words("subjects/oge-2026-math/analysis.docx");
    assert!(words.iter().any(|line| line.contains("Такие отметки есть в 12 школах из 13")), "{words:?}");
}

#[test]
fn methods_stand_in_one_file() {
    let period = demo().0.period();
    let pages = count_pages(std::fs::read(period.join("municipality/methods.pdf")).unwrap());
    assert!((1..=2).contains(&pages), "{pages}");
    assert!(period.join("municipality/methods.html").exists());
}
