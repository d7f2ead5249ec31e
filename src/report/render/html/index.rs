//! The start page of a run: what was received, what was found, where everything is.

use super::page::{Entry, linked, shell, written};
use super::table;
use crate::model::finding::Status;
use crate::model::report::{Align, Cell, Column, Row, RowKind, Table};
use crate::report::render::address;
use crate::wording::number::count;
use askama::Template;

/// What the start page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// Title of the run.
    pub title: String,
    /// Who issues it.
    pub centre: String,
    /// Of which municipality it speaks.
    pub municipality: String,
    /// Date as printed, `05.06.2026`.
    pub date: String,
    /// «Срез 7».
    pub slice: String,
    /// Foot of the page.
    pub footer: String,
    /// Files received.
    pub files: u64,
    /// Rows read.
    pub rows_read: u64,
    /// Rows accepted.
    pub rows_accepted: u64,
    /// Rows rejected.
    pub rows_rejected: u64,
    /// Exams with their documents, in the order of the run.
    pub exams: Vec<Exam>,
    /// Main findings, in the order in which they are to be read.
    pub findings: Vec<MainFinding>,
    /// Notes on the data, by code.
    pub notes: Vec<NoteCount>,
    /// Folders of the run: what it holds, and its path (`data/`, `qa/`).
    pub folders: Vec<(String, String)>,
}

/// An exam on the start page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exam {
    /// «ВПР-2026. Математика, 8 класс».
    pub title: String,
    /// The result in one line; empty where there is none.
    pub result: String,
    /// Documents: label and relative path.
    pub links: Vec<(String, String)>,
}

/// A finding on the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MainFinding {
    /// How sure.
    pub status: Status,
    /// The sentence.
    pub text: String,
    /// Relative path of the document that explains it; empty where there is none.
    pub link: String,
}

/// How often a note was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteCount {
    /// Stable code of the note.
    pub code: String,
    /// What it says.
    pub message: String,
    /// How often.
    pub count: u64,
}

struct FindingView<'a> {
    status: &'static str,
    word: &'static str,
    text: &'a str,
    address: Option<String>,
}

struct ExamView<'a> {
    title: &'a str,
    result: &'a str,
    links: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "index.html")]
struct Body<'a> {
    index: &'a Index,
    totals: [(String, &'static str); 4],
    findings: Vec<FindingView<'a>>,
    exams: Vec<ExamView<'a>>,
    folders: Vec<(String, String)>,
    notes: String,
}

/// The start page of a run.
pub fn index(index: &Index) -> String {
    let body = Body {
        index,
        totals: [
            (count(index.files), "получено файлов"),
            (count(index.rows_read), "прочитано строк"),
            (count(index.rows_accepted), "принято строк"),
            (count(index.rows_rejected), "отклонено строк"),
        ],
        findings: index
            .findings
            .iter()
            .map(|it| FindingView {
                status: it.status.id(),
                word: it.status.title(),
                text: &it.text,
                address: address::relative(&it.link),
            })
            .collect(),
        exams: index
            .exams
            .iter()
            .map(|it| ExamView { title: &it.title, result: &it.result, links: linked(&it.links) })
            .collect(),
        folders: linked(&index.folders),
        notes: table::table(&notes(&index.notes), 1, true),
    };
    let entry =
        |id: &str, title: &str| Entry { id: id.to_owned(), number: String::new(), title: title.to_owned(), sub: false };
    let contents = [
        entry("findings", "Главное"),
        entry("exams", "Работы и документы"),
        entry("quality", "Качество данных"),
        entry("folders", "Папки"),
    ];
    shell(&index.title, &contents, &written(&body))
}

/// Notes by code, as a table.
fn notes(notes: &[NoteCount]) -> Table {
    let column = |title: &str, align, weight| Column { title: title.to_owned(), align, weight };
    Table {
        name: "notes".to_owned(),
        caption: "Замечания к файлам по видам".to_owned(),
        columns: vec![
            column("Код", Align::Left, 2.0),
            column("Что замечено", Align::Left, 5.0),
            column("Случаев", Align::Right, 1.0),
        ],
        rows: notes
            .iter()
            .map(|note| Row {
                cells: vec![Cell::Text(note.code.clone()), Cell::Text(note.message.clone()), Cell::Count(note.count)],
                kind: RowKind::Plain,
            })
            .collect(),
        note: String::new(),
        wide: false,
    }
}
