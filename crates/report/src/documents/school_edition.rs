//! The edition of one school: its own classes and participants by code, of the other schools only quartiles.

use crate::context::Names;
use crate::facts::works;
use crate::sections::{chapter, other, own_pupils, result_titles, school_task_cards};
use crate::table::TableOf;
use srez_model::block::{ABSENT_PART, NOT_ATTEMPTED, NOT_OFFERED, UNREADABLE, ZEROED};
use srez_model::edition::{Cut, GroupCounts, Part, Quartiles, SchoolExam};
use srez_model::report::{Align, Block, Cell, Column, DocumentKind, Report, RowKind, Section, Text};
use srez_model::unit::{Percent, as_f64};
use srez_wording::sentence::tasks as said;
use srez_wording::{date, number, text as words};
use std::collections::BTreeSet;

/// No work has so many tasks.
const MOST_TASKS: usize = 200;

/// Classes that fit beside each other.
const MOST_CLASSES: usize = 8;

/// The edition of a school.
#[derive(Clone, Debug)]
pub struct SchoolEdition<'a> {
    /// Id of the school.
    pub school: &'a str,
    /// Its exams.
    pub exams: &'a [SchoolExam],
    /// Rules of the edition, one sentence each.
    pub rules: &'a [String],
}

/// The document.
pub fn compose(context: &Names<'_>, edition: &SchoolEdition<'_>) -> Report {
    let name = context.school(edition.school);
    let least = least_skipped(context);
    let mut sections =
        vec![section("Как читать", 1, vec![Block::List(edition.rules.iter().map(Text::plain).collect())])];
    sections.push(section("Кому нужно внимание: по работам", 1, vec![overview(edition.exams, least)]));
    // One subject and grade begins on a page of its own: it goes to its teachers.
    for parts in works::by_work(edition.exams, |exam| &exam.exam) {
        sections.extend(chapter::heading_of_parts(parts.iter().map(|exam| &*exam.exam)));
        for exam in parts {
            let heading = chapter::heading(&exam.exam, parts.len() > 1, results(exam));
            let depth = heading.depth + 1;
            let of_tasks = [tasks(exam), skipped(exam)].into_iter().flatten().collect();
            sections.extend([heading, section("Задания по классам", depth, of_tasks)]);
            sections.push(section(
                "Задания, которые разобрать",
                depth,
                school_task_cards::blocks(context, edition.school, exam),
            ));
        }
    }
    Report {
        kind: DocumentKind::Edition,
        title: "Результаты школы".to_owned(),
        subtitle: name.to_owned(),
        centre: context.centre.to_owned(),
        style: std::sync::Arc::clone(context.style),
        municipality: context.focus_title.clone(),
        date: date::short(context.date),
        running_head: format!("Результаты школы. {name}"),
        footer: format!(
            "Только для школы-адресата: строки участников · данные на {}, версия {}",
            date::short(context.date),
            context.version
        ),
        key_figures: Vec::new(),
        passport: Vec::new(),
        sections,
    }
}

/// The report for the workbook, with every participant of every work.
pub fn workbook(report: &Report, edition: &SchoolEdition<'_>) -> Report {
    let pupils = edition.exams.iter().filter(|exam| !exam.pupils.is_empty()).map(own_pupils::all).collect();
    let mut report = report.clone();
    report.sections.push(section("Участники", 1, pupils));
    report
}

/// Tasks that a participant must have left out to be told of: a whole number of the registry.
fn least_skipped(context: &Names<'_>) -> usize {
    let least = context.thresholds.value("map.skipped");
    (0..MOST_TASKS).find(|n| least <= as_f64(*n as u64)).unwrap_or(MOST_TASKS)
}

fn section(title: &str, depth: u8, blocks: Vec<Block>) -> Section {
    Section { id: "", title: title.to_owned(), depth, new_page: false, annex: false, blocks }
}

/// How many participants each work asks a teacher to look at.
fn overview(exams: &[SchoolExam], least_skipped: usize) -> Block {
    let skipped = format!("Не приступали к {}", said::tasks_or_more(least_skipped as u64));
    let counted = |exam: &SchoolExam| own_pupils::counted(exam, least_skipped);
    let short = |exam: &SchoolExam| {
        if exam.exam.scale.cuts().is_empty() { Cell::Missing } else { Cell::count(counted(exam).short) }
    };
    TableOf::new(exams)
        .text("Работа", 3.4, |exam| exam.exam.title())
        .count("Чел.", 0.8, |exam| exam.pupils.len() as u64)
        .count("Не достигли «3» или минимума", 1.3, |exam| counted(exam).below)
        .number("1 балл до границы", 1.1, |exam| short(exam))
        .count(&skipped, 1.5, |exam| counted(exam).skipped)
        .named(
            "overview",
            "Участники, которым нужно внимание",
            "Кто это\u{a0}— в картах классов. Один участник может стоять в нескольких столбцах. «—»: границы отметок \
             неизвестны.",
        )
}

/// The school and its classes beside the quartiles of the schools.
fn results(exam: &SchoolExam) -> Vec<Block> {
    let banded = exam.groups.first().is_some_and(GroupCounts::has_bands);
    let titles = if banded { result_titles::columns(&exam.exam, Cut::Four) } else { Vec::new() };
    let titles: Vec<(usize, &str)> = titles.into_iter().enumerate().collect();
    let part = |group: &GroupCounts, place: usize| {
        share(Cut::Four.of(&group.bands).get(place).and_then(|count| Percent::of(*count, group.n)))
    };
    let table = TableOf::new(exam.groups.iter().enumerate())
        .text("Группа", 2.4, |(place, group)| group_name(*place, group))
        .count("Чел.", 1.0, |(_, group)| group.n)
        .columns(&titles, |(_, title)| number_of(title, 1.0), |(_, group), (place, _)| part(group, *place))
        .kinds(|(place, _)| if *place == 0 { RowKind::Own } else { RowKind::Plain });
    let note = "Своя школа показана полностью. Маленький класс: один участник меняет доли на много процентов.";
    let mut blocks = vec![named(table, exam, "results", "Участники и отметки", note)];
    blocks.extend(exam.groups.first().filter(|_| banded).map(|school| Block::Paragraph(against(exam, school))));
    blocks
}

/// «Успеваемость — 91,7 %; у половины школ от 85 до 96 %, медиана 90 %.»
fn against(exam: &SchoolExam, school: &GroupCounts) -> Text {
    let of = |cut: Cut| cut.of(&school.bands).into_iter().skip(1).sum::<u64>();
    let names = if exam.exam.has_test_scores() {
        ["Не ниже минимального балла", "От 61 балла"]
    } else {
        ["Успеваемость", "Качество"]
    };
    let sentences: Vec<String> = names
        .iter()
        .zip([Cut::Pass, Cut::Quality])
        .zip(exam.marks)
        .filter_map(|((name, cut), quartiles)| {
            let own = number::percent(Percent::of(of(cut), school.n)?, school.n);
            Some(match quartiles {
                Some(found) => format!("{name} — {own}; {}.", middle(&found)),
                None => format!("{name} — {own}; школ для сравнения мало."),
            })
        })
        .collect();
    Text::plain(sentences.join(" "))
}

fn middle(quartiles: &Quartiles) -> String {
    format!(
        "у половины школ муниципалитета от {} до {}, медиана — {}",
        number::decimal(quartiles.lower.0, 0),
        number::percent_exact(quartiles.upper.0, 0),
        number::percent_exact(quartiles.median.0, 0)
    )
}

/// Completion by task: school, classes, quartiles.
fn tasks(exam: &SchoolExam) -> Option<Block> {
    let classes = exam.groups.get(1..).unwrap_or_default();
    let classes = if classes.len() <= MOST_CLASSES { classes } else { &[] };
    let value = |group: &GroupCounts, place: usize| share(group.tasks.get(place).and_then(|part: &Part| part.share()));
    let quartiles = |place: usize| exam.tasks.get(place).copied().flatten();
    let school = exam.groups.first()?;
    let table = TableOf::new(exam.exam.tasks.iter().enumerate())
        .number("№", 0.7, |(_, task)| Cell::Text(task.id.clone()))
        .text("Что проверяется", 3.6, |(_, task)| words::shortened(&words::capitalised(task.label()), 44))
        .column(other("Ур.", Align::Centre, 0.7), |(_, task)| Cell::Level(task.difficulty, task.max))
        .number("Школа", 1.0, |(place, _)| value(school, *place))
        .columns(classes, |class| number_of(&class_name(&class.group), 0.9), |(place, _), class| value(class, *place))
        .number("Половина школ", 1.2, |(place, _)| {
            quartiles(*place).map_or(Cell::Missing, |found| Cell::interval(found.lower.0, found.upper.0, 0))
        })
        .number("Медиана", 1.0, |(place, _)| {
            quartiles(*place).map_or(Cell::Missing, |found| Cell::number(found.median.0, 0))
        });
    let note = "% выполнения. «Половина школ» — между какими значениями лежит половина школ муниципалитета, без \
                названий; «—»: не предлагалось или школ мало.";
    Some(named(table, exam, "tasks", "Выполнение заданий", note))
}

/// Shares of participants who did not attempt a task, by class; none where everybody attempted everything.
fn skipped(exam: &SchoolExam) -> Option<Block> {
    let classes: BTreeSet<&str> = exam.pupils.iter().map(|pupil| pupil.class.as_str()).collect();
    let beside = if (2..=MOST_CLASSES).contains(&classes.len()) { classes } else { BTreeSet::new() };
    // Of those to whom the task was put and whose cell can be read.
    let of = |task: usize, class: Option<&str>| {
        let pupils = exam.pupils.iter().filter(|pupil| class.is_none_or(|class| pupil.class == class));
        let points = pupils.filter_map(|pupil| pupil.points.get(task).copied());
        let put = points.filter(|points| !matches!(*points, NOT_OFFERED | ABSENT_PART | UNREADABLE | ZEROED));
        let (mut left, mut all) = (0, 0);
        for points in put {
            all += 1;
            left += u64::from(points == NOT_ATTEMPTED);
        }
        (left, all)
    };
    let part = |task: usize, class: Option<&str>| {
        let (left, all) = of(task, class);
        share(Percent::of(left, all))
    };
    let beside: Vec<&str> = beside.into_iter().collect();
    let tasks = exam.exam.tasks.iter().enumerate().filter(|(place, _)| of(*place, None).0 > 0);
    let table = TableOf::new(tasks)
        .number("№", 0.7, |(_, task)| Cell::Text(task.id.clone()))
        .text("Что проверяется", 3.6, |(_, task)| words::shortened(&words::capitalised(task.label()), 44))
        .count("Чел.", 0.8, |(place, _)| of(*place, None).0)
        .number("Школа, %", 1.0, |(place, _)| part(*place, None))
        .columns(
            &beside,
            |class| number_of(&format!("{}, %", class_name(class)), 0.9),
            |(place, _), class| part(*place, Some(class)),
        );
    if table.is_empty() {
        return None;
    }
    let note = "Доля тех, кто не приступал («X» или пусто), среди тех, кому задание предлагалось. Остальные задания \
                пробовали все.";
    Some(named(table, exam, "skipped", "Не приступали к заданиям", note))
}

fn group_name(place: usize, group: &GroupCounts) -> String {
    if place == 0 { "Школа".to_owned() } else { class_name(&group.group) }
}

/// `edu123/8А` and `8А` are «8А», a class with a number alone is «класс 1», no class is «без класса».
fn class_name(group: &str) -> String {
    match group.rsplit('/').next() {
        None | Some("") => "без класса".to_owned(),
        Some(class) if class.bytes().all(|byte| byte.is_ascii_digit()) => format!("класс\u{a0}{class}"),
        Some(class) => class.to_owned(),
    }
}

fn share(value: Option<Percent>) -> Cell {
    value.map_or(Cell::Missing, |value| Cell::number(value.0, 0))
}

fn number_of(title: &str, weight: f64) -> Column {
    other(title, Align::Right, weight)
}

/// A table of an exam.
fn named<R>(table: TableOf<R>, exam: &SchoolExam, name: &str, caption: &str, note: &str) -> Block {
    let name = format!("{name}_{}", exam.exam.id().replace('-', "_"));
    table.named(&name, format!("{caption}. {}", exam.exam.title()), note)
}
