//! The page to begin with: exams, main findings, notes, and the way to every document.

use super::{Facts, Job, JobKind, Scene};
use crate::config::plan::Format;
use crate::model::artifact::Artifact;
use crate::model::finding::Status;
use crate::model::level::Level;
use crate::model::measures::Measures;
use crate::report::context::Context;
use crate::report::render::html;
use crate::wording::{date, number, plural};
use std::collections::{BTreeMap, BTreeSet};

/// `index.html`.
pub(super) fn start_page(scene: &Scene<'_>, context: &Context<'_>, facts: &Facts<'_>, jobs: &[Job]) -> Artifact {
    let total = crate::pipeline::account::total(facts.files);
    let folder_of =
        |place: usize, kind: JobKind| jobs.iter().find(|job| job.kind == kind && job.exams.contains(&place));
    let links = |place: usize| -> Vec<(String, String)> {
        let mut links = Vec::new();
        for (kind, extensions) in
            [(JobKind::Analysis, ["html", "pdf", "docx", "xlsx"]), (JobKind::Packet, ["", "pdf", "", "xlsx"])]
        {
            let Some(job) = folder_of(place, kind) else { continue };
            let word = if kind == JobKind::Packet { "пакет МО, " } else { "" };
            let formats = [
                (Format::Html, extensions[0]),
                (Format::Pdf, extensions[1]),
                (Format::Docx, extensions[2]),
                (Format::Xlsx, extensions[3]),
            ];
            for (format, extension) in formats {
                if !extension.is_empty() && scene.plan.formats.contains(&format) {
                    links.push((
                        format!("{word}{}", extension.to_uppercase()),
                        format!("{}/{}.{extension}", job.folder, job.name),
                    ));
                }
            }
        }
        links
    };
    let exams = (0..facts.measures.len())
        .map(|place| html::Exam {
            title: facts.measures[place].exam.title(),
            result: result_line(&context.focus, &facts.measures[place]),
            links: links(place),
        })
        .collect();
    let findings = facts
        .findings
        .iter()
        .enumerate()
        .flat_map(|(place, of_exam)| of_exam.findings.iter().map(move |finding| (place, finding)))
        .filter(|(_, finding)| finding.status == Status::Probable || finding.sign == "F07")
        .take(12)
        .map(|(place, finding)| html::MainFinding {
            status: finding.status,
            text: format!("{}. {}", facts.measures[place].exam.title(), finding.text),
            link: folder_of(place, JobKind::Analysis)
                .map_or_else(String::new, |job| format!("{}/{}.html", job.folder, job.name)),
        })
        .collect();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for note in facts.notes {
        *counts.entry(&note.code).or_default() += 1;
    }
    let notes = counts
        .into_iter()
        .map(|(code, count)| html::NoteCount {
            code: code.to_owned(),
            message: scene.code_titles.get(code).cloned().unwrap_or_default(),
            count,
        })
        .collect();
    let index = html::Index {
        title: scene.plan.title.clone(),
        centre: scene.plan.centre.clone(),
        municipality: scene.focus_title.clone(),
        date: date::short(&scene.plan.date),
        slice: format!("Срез {}", scene.version),
        footer: context.footer(),
        files: facts.files.len() as u64,
        rows_read: u64::from(total.read),
        rows_accepted: u64::from(total.accepted),
        rows_rejected: u64::from(total.rejected),
        exams,
        findings,
        notes,
        folders: folders(facts),
    };
    Artifact { path: "index.html".to_owned(), bytes: html::index(&index).into_bytes() }
}

/// Folders that the start page names.
fn folders(facts: &Facts<'_>) -> Vec<(String, String)> {
    let mut folders = vec![("Протокол качества данных".to_owned(), "qa/index.html".to_owned())];
    let schools: BTreeSet<&str> = facts.returns.iter().filter_map(|artifact| artifact.path.split('/').nth(2)).collect();
    if !schools.is_empty() {
        let count = plural::nominative(schools.len() as u64, plural::SCHOOL);
        folders.push((format!("Файлы с ошибками для возврата: {count}"), "qa/returns/".to_owned()));
    }
    folders.push(("Таблицы для расчётов: CSV и Parquet".to_owned(), "data/".to_owned()));
    folders
}

/// An exam in one line.
fn result_line(focus: &(Level, String), measures: &Measures) -> String {
    if let Some(bands) = measures.bands_of(focus.0, &focus.1) {
        let mean = bands
            .mean_test
            .map_or_else(String::new, |mean| format!(", средний тестовый балл {}", number::test_score(mean)));
        return format!("n = {}{mean}", number::count(bands.n));
    }
    let Some(marks) = measures.marks_of(focus.0, &focus.1) else { return "результатов нет".to_owned() };
    let two =
        marks.share(2).map_or_else(String::new, |share| format!(", «2» — {}", number::percent(share, marks.marked())));
    let quality = marks
        .quality
        .map_or_else(String::new, |quality| format!(", качество — {}", number::percent(quality.value, marks.marked())));
    format!("n = {}{two}{quality}", number::count(marks.n))
}
