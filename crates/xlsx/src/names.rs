//! Names of sheets and of table objects: short, unique, without signs that Excel forbids.

use srez_model::report::{Block, Report, Table};
use srez_render::office::printable;
use std::collections::BTreeSet;

/// Longest name of a sheet, in UTF-16 units.
const LIMIT: usize = 31;
/// Name of the table with the sources, which has a sheet name of its own.
pub(super) const SOURCES: &str = "sources";

/// First sheet.
pub(super) const MAIN: &str = "Главное";
/// Sheet with the charts.
pub(super) const CHARTS: &str = "Диаграммы";
/// Sheet that explains the signs.
pub(super) const LEGEND: &str = "Обозначения";
/// Sheet that tells the sources.
pub(super) const WHENCE: &str = "Откуда";

/// Short names of tables by the beginning of their name in the document.
const KINDS: [(&str, &str); 35] = [
    ("attention", "Задания"),
    ("bands", "Группы по баллам"),
    ("codes", "Виды замечаний"),
    ("completeness", "Чего нет"),
    ("corrections", "Исправления"),
    ("dif", "Равный балл"),
    ("distance", "До региона"),
    ("dynamics", "Динамика"),
    ("experience", "Чей опыт"),
    ("files", "Файлы"),
    ("groups", "По отметкам"),
    ("items", "Статистика заданий"),
    ("journal", "Журнал"),
    ("map", "Карта"),
    ("marks", "Отметки"),
    ("matrix", "Полнота"),
    ("measures", "Меры"),
    ("methods", "Формулы"),
    ("municipalities", "Муниципалитеты"),
    ("notes", "Замечания"),
    ("participants", "Состав"),
    ("particulars", "Признаки школ"),
    ("parts", "Недостаточные"),
    ("plain", "Показатели"),
    ("roadmap", "План"),
    ("roadmap_tasks", "Слабые задания"),
    ("rules", "Правила"),
    ("scales", "Шкалы"),
    ("schools", "Школы"),
    ("scores", "Баллы"),
    ("signs", "Признаки"),
    ("skills", "Умения"),
    ("tasks", "Задания"),
    ("thresholds", "Пороги"),
    ("weeks", "Первые недели"),
];

/// A table of the document with its chapter and the name of its sheet.
pub(super) struct Named<'a> {
    pub(super) table: &'a Table,
    /// «8 класс», «8 класс, алгебра», «алгебра»; empty where the document has one work or the table belongs to none.
    pub(super) chapter: String,
    /// «Задания, 8 класс».
    pub(super) sheet: String,
}

/// The tables of a document in the order of their numbers.
pub(super) fn named(report: &Report) -> Vec<Named<'_>> {
    let grades = report.sections.iter().filter(|section| section.depth == 1 && is_grade(&section.title)).count();
    let several = grades > 1 || report.sections.iter().any(|section| section.depth > 2);
    let mut seen = BTreeSet::from([MAIN, CHARTS, LEGEND].map(str::to_lowercase));
    let (mut grade, mut part) = ("", String::new());
    let mut named = Vec::new();
    for section in &report.sections {
        // A grade is a chapter of the body or a part of an annex.
        if section.depth == 1 || is_grade(&section.title) {
            grade = if several && is_grade(&section.title) { &section.title } else { "" };
        }
        // What stands on the third level belongs to a part of a work, which the second one names.
        match section.depth {
            0 | 1 => part.clear(),
            2 => part = section.title.to_lowercase(),
            _ => {}
        }
        let parts = [grade, if section.depth > 2 { &part } else { "" }];
        let chapter = parts.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
        for block in &section.blocks {
            let Block::Table(table) = block else { continue };
            let sheet = unique(&sheet(table, &chapter, named.len() + 1), &mut seen);
            named.push(Named { table, chapter: chapter.clone(), sheet });
        }
    }
    named
}

/// True for «8 класс», «7 класс, углублённый уровень», «8 класс, алгебра».
fn is_grade(title: &str) -> bool {
    let grade = title.split_once(" класс").map(|(grade, _)| grade);
    grade.is_some_and(|grade| !grade.is_empty() && grade.bytes().all(|sign| sign.is_ascii_digit()))
}

/// Name of a sheet: «Задания, 8 класс», else the first words of the caption.
fn sheet(table: &Table, chapter: &str, number: usize) -> String {
    if table.name == SOURCES {
        return WHENCE.to_owned();
    }
    let kind = table.name.split(['_', '-']).next().unwrap_or_default();
    if let Some((_, words)) = KINDS.iter().find(|(name, _)| *name == kind) {
        let mut chapter = clean(chapter);
        // A long chapter loses its last words, and an «и» does not end a name.
        while !chapter.is_empty() && (LIMIT < units(words) + 2 + units(&chapter) || chapter.ends_with(" и")) {
            chapter.truncate(chapter.rfind(' ').unwrap_or(0));
        }
        let chapter = chapter.trim_end_matches(',');
        return if chapter.is_empty() { (*words).to_owned() } else { format!("{words}, {chapter}") };
    }
    let caption = clean(&table.caption);
    let words = caption.split([',', '(', ';']).next().unwrap_or_default().trim();
    let mut name = String::new();
    for word in words.split_whitespace() {
        if LIMIT < units(&name) + 1 + units(word) {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    let name = name.trim_end_matches(['.', ' ']);
    if name.is_empty() { format!("Таблица {number}") } else { name.to_owned() }
}

/// Text without the signs that the name of a sheet may not have.
fn clean(text: &str) -> String {
    let allowed =
        |sign: &char| !matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' | '\n') && !sign.is_control();
    printable(text).chars().filter(allowed).collect()
}

/// The name, with a number where it stands already; Excel compares without case.
fn unique(name: &str, seen: &mut BTreeSet<String>) -> String {
    let mut tried = name.to_owned();
    let mut again = 2;
    while !seen.insert(tried.to_lowercase()) {
        let end = format!(" ({again})");
        let mut stem = name.to_owned();
        while LIMIT < units(&stem) + units(&end) {
            stem.pop();
        }
        tried = stem + &end;
        again += 1;
    }
    tried
}

/// A name for the copy of a foreign sheet: allowed, short, and unlike those in `taken` (lower case), which it joins.
pub(super) fn printable_name(name: &str, taken: &mut std::collections::BTreeSet<String>) -> String {
    let allowed = |sign: &char| !matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' | '\n');
    let clean: String = printable(name).chars().filter(allowed).collect();
    let clean = if clean.trim().is_empty() { "Лист" } else { clean.trim() };
    let cut = |limit: usize| {
        let mut cut = String::new();
        for sign in clean.chars() {
            if limit < units(&cut) + sign.len_utf16() {
                break;
            }
            cut.push(sign);
        }
        cut.trim_end().to_owned()
    };
    let mut found = cut(LIMIT);
    let mut number = 2;
    while !taken.insert(found.to_lowercase()) {
        let ending = format!(" {number}");
        found = format!("{}{ending}", cut(LIMIT - units(&ending)));
        number += 1;
    }
    found
}

/// Name of the table object.
pub(super) fn object(table: &Table, number: usize) -> String {
    let name: String =
        table.name.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '_').take(60).collect();
    format!("t{number}_{name}")
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(caption: &str) -> Table {
        Table {
            name: "tasks-8'".to_owned(),
            caption: caption.to_owned(),
            columns: Vec::new(),
            rows: Vec::new(),
            note: String::new(),
            wide: false,
            chart: None,
        }
    }

    #[test]
    fn copies_of_foreign_sheets_have_names_of_their_own() {
        let mut taken = std::collections::BTreeSet::from(["ошибки".to_owned()]);
        let names = ["Ошибки", "МА 6 / [итог]", "", &"ж".repeat(40), &"ж".repeat(40)]
            .map(|name| printable_name(name, &mut taken));
        let long = ["ж".repeat(31), format!("{} 2", "ж".repeat(29))];
        assert_eq!(names[..3], ["Ошибки 2", "МА 6  итог", "Лист"]);
        assert_eq!(names[3..], long);
    }

    #[test]
    fn a_table_of_a_part_is_named_after_it() {
        use srez_model::report::{Block, Section};
        let section = |title: &str, depth, tables: usize| {
            let tasks = |_| Block::Table(Table { name: "tasks".to_owned(), ..named("Любой") });
            let blocks = (0..tables).map(tasks).collect();
            Section { id: "", title: title.to_owned(), depth, new_page: false, annex: false, blocks }
        };
        let sections = vec![
            section("8 класс", 1, 0),
            section("Состав участников", 2, 1),
            section("Алгебра", 2, 0),
            section("Задания", 3, 1),
            section("Геометрия", 2, 0),
            section("Задания", 3, 1),
            section("Методика", 1, 1),
            section("8 класс, алгебра", 2, 1),
        ];
        let report = Report { sections, ..srez_testkit::office_sample::report() };
        let made = super::named(&report);
        let chapters: Vec<&str> = made.iter().map(|named| named.chapter.as_str()).collect();
        assert_eq!(chapters, ["8 класс", "8 класс, алгебра", "8 класс, геометрия", "", "8 класс, алгебра"]);
        let sheets: Vec<&str> = made.iter().map(|named| named.sheet.as_str()).collect();
        assert_eq!(
            sheets,
            [
                "Задания, 8 класс",
                "Задания, 8 класс, алгебра",
                "Задания, 8 класс, геометрия",
                "Задания",
                "Задания, 8 класс, алгебра (2)"
            ]
        );
    }

    #[test]
    fn names_are_short_and_clean() {
        let of_kind = |name: &str, chapter| sheet(&Table { name: name.to_owned(), ..named("Любой") }, chapter, 3);
        assert_eq!(of_kind("tasks_vpr_2026_math_8", "8 класс"), "Задания, 8 класс");
        assert_eq!(of_kind("schools_oge_2026_math", ""), "Школы");
        assert_eq!(of_kind("tasks", "8 класс, вероятность и статистика"), "Задания, 8 класс, вероятность");
        assert_eq!(of_kind("tasks", "7 класс, углублённый уровень"), "Задания, 7 класс, углублённый");
        let named = |caption: &str| Table { name: "own".to_owned(), ..named(caption) };
        assert_eq!(sheet(&named("Задания с недостаточным уровнем: из чего"), "", 2), "Задания с недостаточным уровнем");
        assert_eq!(sheet(&named(&"ж".repeat(300)), "", 12), "Таблица 12");
        assert_eq!(sheet(&named("[]:*?/\\'"), "", 1), "Таблица 1");
    }

    #[test]
    fn names_are_unique_without_case_and_never_too_long() {
        let mut seen = BTreeSet::from(["главное".to_owned()]);
        assert_eq!(unique("Главное", &mut seen), "Главное (2)");
        let long = "ж".repeat(LIMIT);
        assert_eq!(unique(&long, &mut seen), long);
        assert_eq!(units(&unique(&long, &mut seen)), LIMIT);
    }

    #[test]
    fn names_of_objects_are_ascii() {
        assert_eq!(object(&named(""), 4), "t4_tasks8");
    }
}
