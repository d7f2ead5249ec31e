//! The start page of a run as content: what was received, what was refused, what was found, where everything is.

use super::finding::Status;
use super::report::Table;

/// What the start page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartPage {
    /// Title of the run.
    pub title: String,
    /// Who issues it.
    pub centre: String,
    /// Of which municipality it speaks.
    pub municipality: String,
    /// Date as printed, `05.06.2026`.
    pub date: String,
    /// «Версия данных 7».
    pub slice: String,
    /// Foot of the page.
    pub footer: String,
    /// What the run counted.
    pub totals: Vec<Total>,
    /// The page that filters; empty where there is none.
    pub filter: &'static str,
    /// Papers of the municipality, the most important first: what it is, and its files by format.
    pub papers: Vec<Paper>,
    /// Exams with their documents, by procedure, in the order of the run.
    pub groups: Vec<ExamGroup>,
    /// Schools with documents of their own, in the order of the register; none where there are none.
    pub schools: Option<Table>,
    /// Main findings, in the order in which they are to be read.
    pub findings: Vec<MainFinding>,
    /// Further findings that stand in the documents alone.
    pub more_findings: u64,
    /// What changed since the issue before, in lines; empty where there was none.
    pub delta: Vec<String>,
    /// Title of that section.
    pub delta_title: &'static str,
    /// Files that were not accepted; none where all were.
    pub refused: Option<Table>,
    /// Further files that were not accepted.
    pub more_refused: u64,
    /// Rows and cells left out of accepted files, in words; empty where there are none.
    pub left_out: String,
    /// Documents that could not be made, and why.
    pub not_made: Vec<String>,
    /// The protocol of data quality: label and relative path.
    pub quality: Vec<(String, String)>,
    /// Notes on the data, by code; none where there are none.
    pub notes: Option<Table>,
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

/// A paper of the municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// «Сводка для руководителя».
    pub title: String,
    /// Its files: label and relative path.
    pub links: Vec<(String, String)>,
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
