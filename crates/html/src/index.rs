//! The start page of a run: what was received, what was refused, what was found, where everything is.

use super::page::{Entry, linked, shell, written};
use super::table;
use askama::Template;
use srez_model::finding::Status;
use srez_model::report::{Align, Cell, Column, Row, RowKind, Table};
use srez_render::address;
use srez_wording::number::count;
use srez_wording::text::capitalised;

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
    /// What the run counted.
    pub totals: Vec<Total>,
    /// Exams with their documents, by procedure, in the order of the run.
    pub groups: Vec<ExamGroup>,
    /// Schools with documents of their own, in the order of the register.
    pub schools: Vec<School>,
    /// Main findings, in the order in which they are to be read.
    pub findings: Vec<MainFinding>,
    /// Further findings that stand in the documents alone.
    pub more_findings: u64,
    /// What changed since the issue before, in lines; empty where there was none.
    pub delta: Vec<String>,
    /// Title of that section.
    pub delta_title: &'static str,
    /// Files that were not accepted.
    pub refused: Vec<Refused>,
    /// Further files that were not accepted.
    pub more_refused: u64,
    /// Rows and cells left out of accepted files, in words; empty where there are none.
    pub left_out: String,
    /// Documents that could not be made, and why.
    pub not_made: Vec<String>,
    /// The protocol of data quality: label and relative path.
    pub quality: Vec<(String, String)>,
    /// Notes on the data, by code.
    pub notes: Vec<NoteCount>,
    /// Folders of the run: what it holds, and its path (`data/`, `qa/`).
    pub folders: Vec<(String, String)>,
}

/// A number over its label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The number as printed.
    pub value: String,
    /// What was counted, in the form that the number asks for.
    pub label: String,
    /// Where it is explained: an address or an anchor of the page; empty where nowhere.
    pub link: String,
}

/// Exams of one procedure and year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamGroup {
    /// «ВПР-2026».
    pub title: String,
    /// The exams.
    pub exams: Vec<Exam>,
}

/// An exam on the start page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exam {
    /// «Математика, 8 класс».
    pub title: String,
    /// Participants; none without results.
    pub participants: Option<u64>,
    /// Shares of marks 2 to 5 or of the four bands, %; none without marks.
    pub shares: Option<[f64; 4]>,
    /// The result in one line; empty where there is none.
    pub result: String,
    /// The analysis: label and relative path.
    pub links: Vec<(String, String)>,
    /// The packet for an association, likewise.
    pub packet: Vec<(String, String)>,
}

/// A school on the start page; paths are empty where there is no such document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct School {
    /// Short name.
    pub name: String,
    /// Works with results, «Математика 4, 6, 8; Физика 7».
    pub works: String,
    /// Path of the profile.
    pub profile: String,
    /// Path of the interview sheet.
    pub interview: String,
    /// Path of the package of its edition.
    pub edition: String,
    /// Path of the letter about its files.
    pub letter: String,
}

/// A finding on the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MainFinding {
    /// How sure.
    pub status: Status,
    /// «ВПР-2026. Математика, 8 класс».
    pub exam: String,
    /// The sentence.
    pub text: String,
    /// Relative path of the document that explains it; empty where there is none.
    pub link: String,
}

/// A file that was not accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// Its name in the list of files.
    pub file: String,
    /// Why.
    pub reason: String,
    /// What to do.
    pub hint: String,
}

/// How often a note was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteCount {
    /// Stable code of the note.
    pub code: String,
    /// What it says.
    pub message: String,
    /// What it costs, in words.
    pub severity: String,
    /// How often.
    pub count: u64,
}

struct FindingView<'a> {
    status: &'static str,
    word: &'static str,
    exam: &'a str,
    text: &'a str,
    address: Option<String>,
}

struct GroupView<'a> {
    title: &'a str,
    exams: Vec<ExamView<'a>>,
}

struct ExamView<'a> {
    title: &'a str,
    participants: String,
    bar: Vec<Part>,
    result: &'a str,
    links: Vec<(String, String)>,
    packet: Vec<(String, String)>,
}

/// A part of the bar of an exam: start and width in percent, class of its colour.
struct Part {
    x: String,
    width: String,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "index.html")]
struct Body<'a> {
    index: &'a Index,
    findings: Vec<FindingView<'a>>,
    more_findings: String,
    groups: Vec<GroupView<'a>>,
    schools: String,
    refused: String,
    more_refused: String,
    quality: Vec<(String, String)>,
    folders: Vec<(String, String)>,
    notes: String,
}

/// The start page of a run.
pub fn index(index: &Index) -> String {
    let tables = [!index.schools.is_empty(), !index.refused.is_empty(), true];
    let numbers: Vec<usize> =
        (1..=tables.len()).map(|place| tables.iter().take(place).filter(|shown| **shown).count()).collect();
    let body = Body {
        index,
        findings: index.findings.iter().map(finding).collect(),
        more_findings: count(index.more_findings),
        groups: index.groups.iter().map(group).collect(),
        schools: table::table(&schools(&index.schools), numbers[0], true),
        refused: table::table(&refused(&index.refused), numbers[1], false),
        more_refused: srez_wording::sentence::files::files(index.more_refused),
        quality: linked(&index.quality),
        folders: linked(&index.folders),
        notes: table::table(&notes(&index.notes), numbers[2], true),
    };
    let entry =
        |id: &str, title: &str| Entry { id: id.to_owned(), number: String::new(), title: title.to_owned(), sub: false };
    let mut contents = vec![
        entry("exams", "Работы и документы"),
        entry("findings", "Что проверить в первую очередь"),
        entry("delta", index.delta_title),
    ];
    if !index.schools.is_empty() {
        contents.push(entry("schools", "Школы"));
    }
    contents.extend([
        entry("refused", "Что не принято"),
        entry("quality", "Качество данных"),
        entry("folders", "Папки"),
    ]);
    shell(&index.title, &contents, &written(&body), "")
}

fn finding(finding: &MainFinding) -> FindingView<'_> {
    FindingView {
        status: finding.status.id(),
        word: finding.status.title(),
        exam: &finding.exam,
        text: &finding.text,
        address: address::relative(&finding.link),
    }
}

fn group(group: &ExamGroup) -> GroupView<'_> {
    let exams = group.exams.iter().map(|exam| ExamView {
        title: &exam.title,
        participants: exam.participants.map_or_else(|| "—".to_owned(), count),
        bar: exam.shares.map(|shares| bar(&shares)).unwrap_or_default(),
        result: &exam.result,
        links: linked(&exam.links),
        packet: linked(&exam.packet),
    });
    GroupView { title: &group.title, exams: exams.collect() }
}

fn bar(shares: &[f64; 4]) -> Vec<Part> {
    let mut start = 0.0;
    let mut parts = Vec::new();
    for (share, class) in shares.iter().zip(["mark-2", "mark-3", "mark-4", "mark-5"]) {
        if 0.0 < *share {
            parts.push(Part { x: format!("{start:.2}"), width: format!("{share:.2}"), class });
        }
        start += share;
    }
    parts
}

fn column(title: &str, align: Align, weight: f64) -> Column {
    Column::new(title, align, weight)
}

fn table(name: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>, note: &str) -> Table {
    let (name, caption, note) = (name.to_owned(), caption.to_owned(), note.to_owned());
    Table { name, caption, columns, rows, note, wide: false, chart: None }
}

fn plain(cells: Vec<Cell>) -> Row {
    Row { cells, kind: RowKind::Plain }
}

/// Schools with their documents, as a table that is searched by school and subject.
fn schools(schools: &[School]) -> Table {
    let link = |words: &str, path: &str| {
        if path.is_empty() { Cell::Missing } else { Cell::Link(words.to_owned(), path.to_owned()) }
    };
    let row = |it: &School| {
        plain(vec![
            Cell::Text(it.name.clone()),
            Cell::Text(it.works.clone()),
            link("профиль", &it.profile),
            link("лист", &it.interview),
            link("издание", &it.edition),
            link("письмо", &it.letter),
        ])
    };
    let columns = vec![
        column("Школа", Align::Left, 2.6),
        column("Работы с результатами", Align::Left, 4.4),
        column("Профиль", Align::Left, 1.0),
        column("Собеседование", Align::Left, 1.0),
        column("Для школы", Align::Left, 1.0),
        column("Возврат файлов", Align::Left, 1.0),
    ];
    table(
        "schools",
        "Документы школ",
        columns,
        schools.iter().map(row).collect(),
        "Порядок — по реестру, это не рейтинг. Отправляют издание для школы и возврат файлов; профиль и лист \
               собеседования — для службы.",
    )
}

/// Refused files, as a table.
fn refused(files: &[Refused]) -> Table {
    let row = |it: &Refused| {
        plain(vec![Cell::Text(it.file.clone()), Cell::Text(it.reason.clone()), Cell::Text(it.hint.clone())])
    };
    let columns = vec![
        column("Файл", Align::Left, 4.0),
        column("Почему", Align::Left, 3.0),
        column("Что делать", Align::Left, 4.0),
    ];
    table("refused", "Файлы, которые не приняты", columns, files.iter().map(row).collect(), "")
}

/// Notes by code, as a table.
fn notes(notes: &[NoteCount]) -> Table {
    let row = |note: &NoteCount| {
        plain(vec![
            Cell::Text(capitalised(&note.message)),
            Cell::Text(note.severity.clone()),
            Cell::count(note.count),
            Cell::Text(note.code.clone()),
        ])
    };
    let columns = vec![
        column("Что замечено", Align::Left, 5.0),
        column("Чем грозит", Align::Left, 2.0),
        column("Случаев", Align::Right, 1.0),
        column("Код", Align::Left, 1.0),
    ];
    table("notes", "Замечания к файлам по видам", columns, notes.iter().map(row).collect(), "")
}
