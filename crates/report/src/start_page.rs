//! The start page: what was received and refused, what was found, where every document lies.

mod findings;
mod folder;
mod refused;
mod results;

pub use folder::Folder;

use crate::context::{Chapter, Context};
use crate::delta;
use crate::documents::data_quality::{COMPLETENESS, NOTES};
use crate::facts::works as of_works;
use crate::sections::text;
use crate::table::TableOf;
use srez_model::delivery::{FileStatus, RowCounts};
use srez_model::level::Level;
use srez_model::note::{NoteCode, Severity};
use srez_model::report::{Block, Cell, Table};
use srez_model::start_page::{Paper, StartPage, Total};
use srez_wording::sentence::{files, works};
use srez_wording::text::capitalised;
use srez_wording::{date, number};
use std::collections::BTreeMap;

/// Changes that the page tells one by one; the rest stands in `data/delta.csv`.
const MOST_CHANGES: usize = 10;

/// Where the documents of a run lie: every path is relative to the page, and empty where there is no such document.
#[derive(Clone, Debug, Default)]
pub struct Shelf<'a> {
    /// The page that filters.
    pub filter: &'static str,
    /// Papers of the municipality, the most important first: path without extension, and its files.
    pub papers: Vec<(&'static str, Vec<String>)>,
    /// Beside the chapters.
    pub works: Vec<WorkShelf>,
    /// Schools with documents of their own, in the order of the register.
    pub schools: Vec<SchoolShelf<'a>>,
    /// The page of the protocol.
    pub protocol: &'a str,
    /// The protocol as a workbook.
    pub protocol_workbook: &'a str,
    /// Folders of the run.
    pub folders: Vec<Folder>,
}

/// Documents that speak of a work.
#[derive(Clone, Debug, Default)]
pub struct WorkShelf {
    /// The note for signature, one path per format.
    pub note: Vec<String>,
    /// The analysis, one path per format.
    pub analysis: Vec<String>,
    /// The page of the analysis.
    pub page: String,
    /// The packet for an association, likewise.
    pub packet: Vec<String>,
    /// Slides for its meeting, likewise.
    pub slides: Vec<String>,
}

/// Documents of a school.
#[derive(Clone, Debug, Default)]
pub struct SchoolShelf<'a> {
    /// Id.
    pub school: &'a str,
    /// Profile.
    pub profile: String,
    /// Interview sheet.
    pub interview: String,
    /// Package of its edition.
    pub edition: String,
    /// Letter about its files.
    pub letter: String,
}

/// The page; `not_made` are documents that could not be made, and why.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>], shelf: &Shelf<'_>, not_made: Vec<String>) -> StartPage {
    let (findings, more_findings) = findings::main(chapters, shelf);
    let (refused, more_refused) = refused::files(context);
    StartPage {
        title: context.title.to_owned(),
        centre: context.centre.to_owned(),
        municipality: municipality(context),
        date: date::short(context.date),
        slice: format!("Версия данных {}", context.version),
        footer: context.footer(),
        totals: totals(context, chapters),
        filter: shelf.filter,
        papers: papers(shelf),
        groups: results::groups(context, chapters, shelf),
        schools: schools(context, chapters, shelf),
        findings,
        more_findings,
        delta_title: delta::title(context.facts.delta),
        delta: changes(context),
        refused,
        more_refused,
        left_out: refused::rows_and_cells(context),
        not_made,
        quality: protocol(shelf),
        notes: notes(context),
        folders: shelf.folders.iter().map(|folder| (folder.words(), folder.path().to_owned())).collect(),
    }
}

/// Of whom the page speaks, and that the data know nobody of that name.
fn municipality(context: &Context<'_>) -> String {
    let told = context.facts.notes.iter().filter(|note| note.code == NoteCode::HomeUnknown).map(|note| &note.message);
    std::iter::once(&context.focus_title).chain(told).map(String::as_str).collect::<Vec<_>>().join("; ")
}

/// Papers of the municipality by what they are.
fn papers(shelf: &Shelf<'_>) -> Vec<Paper> {
    let title = |path: &str| match path.rsplit('/').next().unwrap_or(path) {
        "summary" => "Сводка для руководителя",
        "roadmap" => "Дорожная карта",
        "order" => "Проект приказа",
        "effectiveness" => "Эффективность принятых мер",
        "indicators" => "Показатели",
        _ => "Документ",
    };
    let paper = |(path, files): &(&'static str, Vec<String>)| Paper {
        title: title(path).to_owned(),
        links: files.iter().map(|file| results::by_format(file)).collect(),
    };
    shelf.papers.iter().map(paper).collect()
}

fn totals(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Total> {
    let all = context.facts.files;
    let rows = RowCounts::of_files(all);
    let files = |wanted: &[FileStatus]| all.iter().filter(|entry| wanted.contains(&entry.status)).count() as u64;
    let total = |n: u64, unit: fn(u64) -> String, link: &str| Total {
        value: number::count(n),
        label: unit(n),
        link: link.to_owned(),
    };
    let accepted = files(&[FileStatus::Accepted, FileStatus::AcceptedWithNotes]);
    vec![
        total(all.len() as u64, files::received_files_unit, ""),
        total(accepted, files::accepted_files_unit, ""),
        total(files(&[FileStatus::Rejected]), files::refused_files_unit, "#refused"),
        total(of_works::count_where(chapters, |_| true), works::reported_works_unit, "#exams"),
        total(u64::from(rows.accepted), files::accepted_rows_unit, ""),
        total(u64::from(rows.rejected), files::refused_rows_unit, "#refused"),
    ]
}

/// Schools with their documents, as a table that is searched by school and subject.
fn schools(context: &Context<'_>, chapters: &[Chapter<'_>], shelf: &Shelf<'_>) -> Option<Table> {
    let link = |words: &str, path: &str| {
        if path.is_empty() { Cell::Missing } else { Cell::Link(words.to_owned(), path.to_owned()) }
    };
    let listed = shelf.schools.iter().map(|it| (it, works_of(chapters, it.school)));
    let table = TableOf::new(listed.filter(|(_, works)| !works.is_empty()))
        .text("Школа", 2.6, |(it, _)| context.school(it.school).to_owned())
        .text("Работы с результатами", 4.4, |(_, works)| works.clone())
        .column(text("Профиль", 1.0), |(it, _)| link("профиль", &it.profile))
        .column(text("Собеседование", 1.0), |(it, _)| link("лист", &it.interview))
        .column(text("Для школы", 1.0), |(it, _)| link("издание", &it.edition))
        .column(text("Возврат файлов", 1.0), |(it, _)| link("письмо", &it.letter));
    let note = "Порядок — по реестру, это не рейтинг. Отправляют издание для школы и возврат файлов; профиль и лист \
                собеседования — для службы.";
    shown(table.named("schools", "Документы школ", note))
}

/// Works with results of a school, «Математика 4, 6, 8; Физика 7».
fn works_of(chapters: &[Chapter<'_>], school: &str) -> String {
    let mut subjects: Vec<(&str, Vec<String>)> = Vec::new();
    let has_results =
        |chapter: &&Chapter<'_>| chapter.measures.marks_of(Level::School, school).is_some_and(|it| it.n > 0);
    for exam in chapters.iter().filter(has_results).map(|chapter| &chapter.measures.exam) {
        let (title, grade) = (exam.subject_title.as_str(), exam.key.grade.to_string());
        match subjects.iter_mut().find(|(known, _)| *known == title) {
            Some((_, grades)) if grades.contains(&grade) => {}
            Some((_, grades)) => grades.push(grade),
            None => subjects.push((title, vec![grade])),
        }
    }
    let lines: Vec<String> =
        subjects.into_iter().map(|(title, grades)| format!("{title} {}", grades.join(", "))).collect();
    lines.join("; ")
}

/// What changed since the issue before, in lines; empty where there was none.
fn changes(context: &Context<'_>) -> Vec<String> {
    let since = context.facts.delta;
    let Some(basis) = delta::basis(since) else { return Vec::new() };
    if since.before.is_none() {
        return vec![basis];
    }
    let states = delta::counts(since)
        .map(|(state, own, schools)| format!("{} — {}", state.title(), number::count(own + schools)));
    let mut lines = vec![format!("{basis} Выводы: {}.", states.join(", "))];
    lines.extend(delta::data(since));
    lines.extend(delta::told(context, since, MOST_CHANGES));
    lines
}

/// Where the protocol stands: label and path.
fn protocol(shelf: &Shelf<'_>) -> Vec<(String, String)> {
    let mut links = Vec::new();
    if !shelf.protocol.is_empty() {
        let section = |id: &str| format!("{}#{id}", shelf.protocol);
        links.push(("Все замечания с адресами ячеек".to_owned(), section(NOTES)));
        links.push(("Полнота: кто прислал, чего нет".to_owned(), section(COMPLETENESS)));
    }
    if !shelf.protocol_workbook.is_empty() {
        links.push(("Протокол в XLSX".to_owned(), shelf.protocol_workbook.to_owned()));
    }
    links
}

/// Notes by code, the dearest first.
fn notes(context: &Context<'_>) -> Option<Table> {
    let mut counts: BTreeMap<(Severity, NoteCode), u64> = BTreeMap::new();
    for note in context.facts.notes {
        *counts.entry((note.severity, note.code)).or_default() += 1;
    }
    let title = |code: &NoteCode| context.code_titles.get(code.as_str()).map(|title| capitalised(title));
    let table = TableOf::new(counts)
        .text("Что замечено", 5.0, |((_, code), _)| title(code).unwrap_or_default())
        .text("Чем грозит", 2.0, |((severity, _), _)| severity.title().to_owned())
        .count("Случаев", 1.0, |(_, count)| *count)
        .text("Код", 1.0, |((_, code), _)| code.to_string());
    shown(table.named("notes", "Замечания к файлам по видам", ""))
}

/// A table with rows; none where it has none.
fn shown(block: Block) -> Option<Table> {
    if let Block::Table(table) = block { Some(table).filter(|table| !table.rows.is_empty()) } else { None }
}
