//! The start page of a run.

use super::page::{Entry, linked, shell, written};
use super::table;
use askama::Template;
use srez_model::report::Table;
use srez_model::start_page::{ExamGroup, MainFinding, StartPage};
use srez_render::address;
use srez_wording::number::count;

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
    index: &'a StartPage,
    papers: Vec<(&'a str, Vec<(String, String)>)>,
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
pub fn index(index: &StartPage) -> String {
    let mut tables = 0;
    let mut numbered = |shown: &Option<Table>, sortable| {
        shown.as_ref().map_or_else(String::new, |shown| {
            tables += 1;
            table::table(shown, tables, sortable)
        })
    };
    let body = Body {
        index,
        papers: index.papers.iter().map(|paper| (paper.title.as_str(), linked(&paper.links))).collect(),
        findings: index.findings.iter().map(finding).collect(),
        more_findings: count(index.more_findings),
        groups: index.groups.iter().map(group).collect(),
        schools: numbered(&index.schools, true),
        refused: numbered(&index.refused, false),
        more_refused: srez_wording::sentence::files::files(index.more_refused),
        quality: linked(&index.quality),
        folders: linked(&index.folders),
        notes: numbered(&index.notes, true),
    };
    let entry =
        |id: &str, title: &str| Entry { id: id.to_owned(), number: String::new(), title: title.to_owned(), depth: 1 };
    let mut contents = Vec::new();
    if !index.filter.is_empty() {
        contents.push(entry("filter", "Все результаты с\u{a0}отбором"));
    }
    if !index.papers.is_empty() {
        contents.push(entry("papers", "Сводка, дорожная карта, приказ"));
    }
    contents.extend([
        entry("exams", "Работы и документы"),
        entry("findings", "Что проверить в первую очередь"),
        entry("delta", index.delta_title),
    ]);
    if index.schools.is_some() {
        contents.push(entry("schools", "Школы"));
    }
    contents.extend([
        entry("refused", "Что не принято"),
        entry("quality", "Качество данных"),
        entry("folders", "Папки"),
    ]);
    shell(&index.title, &contents, &written(&body))
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
        if *share > 0.0 {
            parts.push(Part { x: format!("{start:.2}"), width: format!("{share:.2}"), class });
        }
        start += share;
    }
    parts
}
