//! «Анализ результатов по предмету» (item 3.5): one procedure, year and subject, a chapter per grade.

use crate::context::{Chapter, Context};
use crate::facts::{results, works};
use crate::sections::{
    all_distances, chapter, cohort, methods, participants, plan, points_by_group, school_lists, schools, sources,
    specialist_tables, task_tables,
};
use srez_model::assessment::{Exam, Procedure};
use srez_model::report::{Block, DocumentKind, KeyFigure, Report, Text};
use srez_model::tally::Group;
use srez_wording::sentence::participants as said;
use srez_wording::{date, number};
use std::collections::BTreeSet;

/// The document; `chapters` are exams of one procedure, year and subject, by grade.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let exam = &chapters[0].measures.exam;
    let procedure = exam.key.procedure;
    let dative = context.dative.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let mut sections = Vec::new();
    for parts in works::of(chapters) {
        sections.extend(chapter::compose(context, parts, chapters.len() > 1));
    }
    sections.extend(plan::of_analysis(context, chapters));
    if let Some(last) = sections.last_mut() {
        let methods = "Что значат слова и как посчитаны числа — в файле «Методика»; все таблицы — в рабочей книге.";
        last.blocks.push(Block::Note(Text::plain(methods)));
    }
    Report {
        kind: DocumentKind::SubjectAnalysis,
        title: format!("Анализ результатов {} по {dative}", procedure.title()),
        subtitle: subtitle(chapters, procedure),
        centre: context.centre.to_owned(),
        municipality: context.focus_title.clone(),
        date: date::short(context.date),
        running_head: format!("{}-{}. {}", procedure.title(), exam.key.year, exam.subject_title),
        footer: context.footer(),
        key_figures: key_figures(context, chapters),
        passport: passport(context, chapters),
        style: std::sync::Arc::clone(context.style),
        sections,
    }
}

/// The document with the tables that stand in its workbook alone.
pub fn workbook(context: &Context<'_>, report: &Report, chapters: &[Chapter<'_>]) -> Report {
    let mut workbook = report.clone();
    let sections = &mut workbook.sections;
    sections.extend(task_tables::of_workbook(context, chapters));
    sections.extend(points_by_group::compose(context, chapters));
    sections.extend(schools::annex(context, chapters));
    sections.extend(school_lists::of_workbook(context, chapters));
    sections.extend(participants::of_workbook(context, chapters));
    sections.extend(cohort::annex(context, chapters));
    sections.extend(all_distances(context, chapters));
    sections.push(methods::in_full(context, chapters));
    sections.push(sources::compose(context, chapters));
    sections.extend(specialist_tables::compose(context, chapters));
    workbook
}

/// «4, 5 и 8 классы, 2026 год»; «8 класс, в том числе углублённый уровень, 2026 год».
fn subtitle(chapters: &[Chapter<'_>], procedure: Procedure) -> String {
    let year = chapters[0].measures.exam.key.year;
    if procedure.has_attempts() {
        return format!("{year} год");
    }
    let grades = grades(chapters);
    let word = if grades.len() == 1 { "класс" } else { "классы" };
    let papers: BTreeSet<String> =
        chapters.iter().filter_map(|chapter| chapter.measures.exam.key.paper.title()).collect();
    let papers: Vec<String> = papers.into_iter().collect();
    let with = match papers.as_slice() {
        [] => String::new(),
        papers if papers.len() < chapters.len() => format!(", в том числе {}", srez_wording::text::list(papers)),
        papers => format!(", {}", srez_wording::text::list(papers)),
    };
    format!("{} {word}{with}, {year} год", srez_wording::text::list(&grades))
}

/// Grades of the works, each once.
fn grades(chapters: &[Chapter<'_>]) -> Vec<String> {
    let grades: BTreeSet<u8> = chapters.iter().map(|chapter| chapter.measures.exam.key.grade).collect();
    grades.iter().map(u8::to_string).collect()
}

fn key_figures(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<KeyFigure> {
    let Group { level, name: group } = &context.focus;
    let figure = |value: String, unit: &str| KeyFigure { value, unit: unit.to_owned() };
    let mut figures = Vec::new();
    if let [chapter] = chapters {
        if let Some(bands) = chapter.measures.bands_of(*level, group) {
            figures.push(figure(number::count(bands.n), &said::participants_unit(bands.n)));
            figures.extend(bands.mean_test.map(|mean| figure(number::test_score(mean), "средний тестовый балл")));
            figures
                .extend(bands.best.map(|best| figure(number::percent(best.value, bands.n), "получили 81–100 баллов")));
            return figures;
        }
        if let Some(marks) = chapter.measures.marks_of(*level, group) {
            let n = marks.marked();
            figures.push(figure(number::count(marks.n), &said::participants_unit(marks.n)));
            figures.extend(marks.share(2).map(|share| figure(number::percent(share, n), "отметок «2»")));
            figures.extend(marks.quality.map(|quality| figure(number::percent(quality.value, n), "качество")));
            figures.extend(marks.sou.map(|sou| figure(number::percent_exact(sou, 1), "СОУ")));
        }
        return figures;
    }
    for chapter in chapters.iter().take(4) {
        if let Some(marks) = chapter.measures.marks_of(*level, group) {
            let unit = format!("отметок «2», {}", chapter.measures.exam.grade_title());
            figures
                .extend(marks.share(2).map(|share| KeyFigure { value: number::percent(share, marks.marked()), unit }));
        }
    }
    figures
}

fn passport(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<(String, String)> {
    let Group { level, name: group } = &context.focus;
    let exam = &chapters[0].measures.exam;
    let n = works::participants(chapters, *level, group);
    let schools = context
        .schools
        .iter()
        .filter(|school| {
            let level = srez_model::level::Level::School;
            chapters.iter().any(|chapter| results::participants(chapter.measures, level, school) > 0)
        })
        .count();
    let expected = context
        .schools
        .iter()
        .filter(|school| chapters.iter().any(|chapter| context.expects(school, &chapter.measures.exam.key)))
        .count();
    let max = |exam: &Exam| exam.max_primary.map_or_else(|| "не указан".to_owned(), |max| max.to_string());
    let mut lines = vec![
        ("Процедура".to_owned(), format!("{}, {} год", exam.key.procedure.title(), exam.key.year)),
        ("Предмет".to_owned(), exam.subject_title.clone()),
        (
            if grades(chapters).len() == 1 { "Класс".to_owned() } else { "Классы".to_owned() },
            grades(chapters).join(", "),
        ),
        ("Участников".to_owned(), number::count(n)),
        (
            "Школ с результатами".to_owned(),
            if expected == 0 { schools.to_string() } else { format!("{schools} из {expected}") },
        ),
        ("Максимальный первичный балл".to_owned(), of_works(chapters, max)),
        ("Дата".to_owned(), date::short(context.date)),
        ("Версия данных".to_owned(), context.version.to_string()),
    ];
    if !context.style.order.is_empty() {
        lines.push(("Основание".to_owned(), context.style.order.clone()));
    }
    lines
}

/// What is true of all works, once; where they differ, of which of them what is true: «4 класс — 20; 5 класс — 18».
fn of_works(chapters: &[Chapter<'_>], of: impl Fn(&Exam) -> String) -> String {
    let is_one = works::count_where(chapters, |_| true) == 1;
    let title = |exam: &Exam| if is_one { exam.part_title.clone() } else { exam.grade_title() };
    let mut alike: Vec<(String, Vec<String>)> = Vec::new();
    for exam in chapters.iter().map(|chapter| &chapter.measures.exam) {
        let value = of(exam);
        match alike.iter_mut().find(|(known, _)| *known == value) {
            Some((_, titles)) => titles.push(title(exam)),
            None => alike.push((value, vec![title(exam)])),
        }
    }
    match alike.as_slice() {
        [(value, _)] => value.clone(),
        differing => {
            let line = |(value, titles): &(String, Vec<String>)| format!("{}\u{a0}— {value}", titles.join(", "));
            differing.iter().map(line).collect::<Vec<_>>().join("; ")
        }
    }
}
