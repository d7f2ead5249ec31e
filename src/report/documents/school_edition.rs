//! The edition of one school: its own classes and participants by code, of the other schools only quartiles.

use crate::model::block::NOT_ATTEMPTED;
use crate::model::edition::{Cut, GroupCounts, Part, PupilRow, Quartiles, SchoolExam};
use crate::model::report::{Align, Block, Cell, Column, DocumentKind, Report, Row, RowKind, Section, Table, Text};
use crate::model::unit::Percent;
use crate::report::context::Context;
use crate::report::sections::result_titles;
use crate::wording::sentence::participants as said;
use crate::wording::{date, number, text as words};
use std::collections::BTreeMap;

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
pub fn compose(context: &Context<'_>, edition: &SchoolEdition<'_>) -> Report {
    let name = context.school(edition.school);
    let mut sections =
        vec![section("Как читать", 1, vec![Block::List(edition.rules.iter().map(Text::plain).collect())])];
    for exam in edition.exams {
        sections.push(section(&exam.exam.title(), 1, results(exam)));
        sections.push(section("Задания по классам", 2, tasks(exam).into_iter().collect()));
        sections.push(section("Участники, которым нужно внимание", 2, attention(exam)));
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
            "Срез {} от {} · только для школы-адресата: строки участников",
            context.version,
            date::short(context.date)
        ),
        key_figures: Vec::new(),
        passport: Vec::new(),
        missing: Vec::new(),
        sections,
    }
}

fn section(title: &str, depth: u8, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), depth, new_page: false, annex: false, blocks }
}

/// The school and its classes beside the quartiles of the schools.
fn results(exam: &SchoolExam) -> Vec<Block> {
    let titles = result_titles::columns(&exam.exam, Cut::Four);
    let mut columns = vec![column("Группа", Align::Left, 2.4), column("Чел.", Align::Right, 1.0)];
    let banded = exam.groups.first().is_some_and(GroupCounts::has_bands);
    if banded {
        columns.extend(titles.iter().map(|title| column(title, Align::Right, 1.0)));
    }
    let rows: Vec<Row> = exam
        .groups
        .iter()
        .enumerate()
        .map(|(place, group)| {
            let mut cells = vec![Cell::Text(group_name(place, group)), Cell::Count(group.n)];
            if banded {
                cells.extend(Cut::Four.of(&group.bands).into_iter().map(|count| share(Percent::of(count, group.n))));
            }
            Row { cells, kind: if place == 0 { RowKind::Own } else { RowKind::Plain } }
        })
        .collect();
    let note = "Своя школа показана полностью. Маленький класс: один участник меняет доли на много процентов.";
    let mut blocks = vec![table(exam, "results", "Участники и отметки", columns, rows, note)];
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
    let mut columns = vec![
        column("№", Align::Right, 0.7),
        column("Что проверяется", Align::Left, 3.6),
        column("Школа", Align::Right, 1.0),
    ];
    columns.extend(classes.iter().map(|class| column(class_name(&class.group), Align::Right, 0.9)));
    columns.push(column("Половина школ", Align::Right, 1.2));
    columns.push(column("Медиана", Align::Right, 1.0));
    let value = |group: &GroupCounts, place: usize| share(group.tasks.get(place).and_then(|part: &Part| part.share()));
    let school = exam.groups.first()?;
    let rows: Vec<Row> = exam
        .exam
        .tasks
        .iter()
        .enumerate()
        .map(|(place, task)| {
            let quartiles = exam.tasks.get(place).copied().flatten();
            let mut cells = vec![
                Cell::Text(task.id.clone()),
                Cell::Text(words::shortened(&words::capitalised(task.label()), 44)),
                value(school, place),
            ];
            cells.extend(classes.iter().map(|class| value(class, place)));
            cells.push(quartiles.map_or(Cell::Missing, |found| Cell::Interval(found.lower.0, found.upper.0, 0)));
            cells.push(quartiles.map_or(Cell::Missing, |found| Cell::Number(found.median.0, 0)));
            Row { cells, kind: RowKind::Plain }
        })
        .collect();
    let note = "% выполнения. «Половина школ» — между какими значениями лежит половина школ муниципалитета, без названий; \
                «—»: не предлагалось или школ мало.";
    Some(table(exam, "tasks", "Выполнение заданий", columns, rows, note))
}

/// Who did not reach the mark, who stands a point from a cut, who did not attempt.
fn attention(exam: &SchoolExam) -> Vec<Block> {
    let mut blocks = Vec::new();
    let below = |pupil: &&PupilRow| match (&exam.exam.scale, pupil.result) {
        (crate::model::assessment::Scale::Test { min_test, .. }, Some(result)) => result < *min_test,
        (_, Some(result)) => result == 2,
        _ => false,
    };
    let what = if exam.exam.has_test_scores() { "минимального балла" } else { "отметки «3»" };
    blocks.push(codes(&format!("Не достигли {what}"), exam.pupils.iter().filter(below)));
    let cuts = exam.exam.scale.cuts();
    if cuts.is_empty() {
        blocks.push(Block::Note(Text::plain("Один балл до границы: шкала работы неизвестна.")));
    }
    for (cut, title) in &cuts {
        let near = |pupil: &&PupilRow| cut.checked_sub(1).is_some_and(|near| pupil.total == Some(near));
        let heading = match title.as_str() {
            "минимум" => "Один балл до минимального".to_owned(),
            mark => format!("Один балл до отметки {mark}"),
        };
        blocks.push(codes(&heading, exam.pupils.iter().filter(near)));
    }
    let heading = "Не приступали (в протоколе «X» или пусто; это не ноль баллов). Баллы всех участников — в pupils.csv и \
                   points.csv.";
    blocks.push(Block::Note(Text::plain(heading)));
    blocks.push(not_attempted(exam));
    blocks
}

/// Codes by class in one paragraph.
fn codes<'a>(heading: &str, pupils: impl Iterator<Item = &'a PupilRow>) -> Block {
    let mut of_class: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pupil in pupils {
        of_class.entry(&pupil.class).or_default().push(&pupil.code);
    }
    let count: usize = of_class.values().map(Vec::len).sum();
    let words: Vec<String> =
        of_class.iter().map(|(class, codes)| format!("{}: {}", class_name(class), codes.join(", "))).collect();
    let text =
        if count == 0 { "нет.".to_owned() } else { format!("{}.", said::codes(count as u64, &words.join("; "))) };
    Block::Paragraph(Text::default().bold(format!("{heading}: ")).then(text))
}

/// Who did not attempt a task, by task.
fn not_attempted(exam: &SchoolExam) -> Block {
    let left = |pupil: &&PupilRow, task: usize| pupil.points.get(task).is_some_and(|point| *point == NOT_ATTEMPTED);
    let lines: Vec<Text> = exam
        .exam
        .tasks
        .iter()
        .enumerate()
        .filter_map(|(place, task)| {
            let codes: Vec<&str> =
                exam.pupils.iter().filter(|pupil| left(pupil, place)).map(|pupil| pupil.code.as_str()).collect();
            if codes.is_empty() {
                return None;
            }
            let listed = said::codes(codes.len() as u64, &codes.join(", "));
            Some(Text::default().bold(format!("№ {}: ", task.id)).then(listed))
        })
        .collect();
    if lines.is_empty() {
        return Block::Paragraph(Text::default().bold("Не приступали к заданиям: ").then("нет."));
    }
    Block::List(lines)
}

fn group_name(place: usize, group: &GroupCounts) -> String {
    if place == 0 { "Школа".to_owned() } else { class_name(&group.group).to_owned() }
}

/// `edu123/8А` and `8А` are «8А»; no class is «без класса».
fn class_name(group: &str) -> &str {
    match group.rsplit('/').next() {
        None | Some("") => "без класса",
        Some(class) => class,
    }
}

fn share(value: Option<Percent>) -> Cell {
    value.map_or(Cell::Missing, |value| Cell::Number(value.0, 0))
}

fn column(title: &str, align: Align, weight: f64) -> Column {
    Column { title: title.to_owned(), align, weight }
}

fn table(exam: &SchoolExam, name: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>, note: &str) -> Block {
    Block::Table(Table {
        name: format!("{name}_{}", exam.exam.id().replace('-', "_")),
        caption: format!("{caption}. {}", exam.exam.title()),
        wide: 12 < columns.len(),
        columns,
        rows,
        note: note.to_owned(),
    })
}
