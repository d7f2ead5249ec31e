//! «Карта класса»: a page for the teacher of a class and work, in the school's own edition and nowhere else.

use crate::context::Names;
use crate::facts::class_map::{ClassMap, columns};
use crate::sections::class_map::{Sheet, pupils, weeks, whole_class};
use srez_model::edition::SchoolExam;
use srez_model::report::{Block, DocumentKind, Report, Section};
use srez_wording::sentence::class_map as said;
use srez_wording::{date, text as words};

/// The maps of the classes of a school in some works.
pub fn compose(context: &Names<'_>, exams: &[&SchoolExam], school: &str) -> Report {
    let title = match exams {
        [exam] => format!("Карты классов. {}", exam.exam.title()),
        _ => "Карты классов".to_owned(),
    };
    Report {
        running_head: match exams {
            [exam] => format!("{} · {}", context.school(school), exam.exam.title()),
            _ => context.school(school).to_owned(),
        },
        footer: format!(
            "Только для учителя и заместителя директора школы · данные на {}, версия {}",
            date::short(context.date),
            context.version
        ),
        sections: exams.iter().flat_map(|exam| of_work(context, school, exam)).collect(),
        ..context.report(DocumentKind::ClassMap, title, String::new())
    }
}

fn of_work(context: &Names<'_>, school: &str, exam: &SchoolExam) -> Vec<Section> {
    let columns = columns(exam);
    let maps = ClassMap::of(exam);
    let mut sections = Vec::new();
    for (map, number) in maps.iter().zip(1..) {
        let title = title(map);
        let sheet = Sheet { context, school, map, columns: &columns, title: &title, number };
        let mut blocks = vec![Block::Note(place_of(map, number).into())];
        blocks.extend(pupils(&sheet));
        sections.push(section(&title, 1, blocks));
        let next = [weeks(&sheet), whole_class(&sheet)].concat();
        if !next.is_empty() {
            sections.push(section("Первые две недели", 2, next));
        }
    }
    sections
}

/// «Карта класса: математика, 8 «А»».
fn title(map: &ClassMap<'_>) -> String {
    let exam = &map.exam.exam;
    let subject = words::lowered(&exam.subject_title);
    if map.class.is_empty() && exam.key.procedure.has_attempts() {
        return format!("Карта участников: {} по предмету «{subject}»", exam.key.procedure.title());
    }
    format!("Карта класса: {subject}{}, {}\u{a0}«{}»", exam.paper_words(), exam.key.grade, letter(map).unwrap_or("___"))
}

/// Letter of the class; none where the protocol gives a number or nothing.
fn letter<'a>(map: &ClassMap<'a>) -> Option<&'a str> {
    let letters = map.class.trim_start_matches(|sign: char| sign.is_ascii_digit());
    (letters.len() < map.class.len() && (1..=2).contains(&letters.chars().count())).then_some(letters)
}

/// «1-й класс в списке школы, 23 ученика».
fn place_of(map: &ClassMap<'_>, number: usize) -> String {
    let all = (map.pupils().count() + map.unread.len()) as u64;
    let class = match (letter(map), map.class) {
        (Some(_), class) => format!("Класс {class}"),
        (None, "") => "Класс в протоколе не указан".to_owned(),
        (None, _) => format!("{number}-й класс в списке школы"),
    };
    said::class_of_list(all, &class)
}

fn section(title: &str, depth: u8, blocks: Vec<Block>) -> Section {
    Section { id: "", title: title.to_owned(), depth, new_page: depth == 1, annex: false, blocks }
}
