//! The start page: what was received and refused, what was found, where every document lies.

use super::{Facts, Failure, Job, JobKind, Scene, all_works};
use crate::account;
use srez_config::plan::Format;
use srez_model::artifact::Artifact;
use srez_model::delivery::FileStatus;
use srez_model::finding::{Finding, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::note::{Note, NoteCode, Severity};
use srez_model::unit::{Percent, as_f64};
use srez_report::context::Context;
use srez_report::delta;
use srez_wording::sentence::{files, works};
use srez_wording::text::unparted;
use srez_wording::{date, number};
use std::collections::{BTreeMap, BTreeSet};

/// Findings that the page shows; the rest stands in the documents.
const MOST_FINDINGS: usize = 10;
/// Refused files that the page shows; the rest stands in the protocol.
const MOST_REFUSED: usize = 12;

/// The page.
pub(super) fn write(
    scene: &Scene<'_>,
    context: &Context<'_>,
    facts: &Facts<'_>,
    jobs: &[Job],
    failures: &[Failure],
) -> Artifact {
    let has_pages = scene.plan.formats.contains(&Format::Html);
    let (findings, more_findings) = findings(facts, jobs, has_pages);
    let (refused, more_refused) = refused(facts);
    let index = srez_html::Index {
        title: scene.plan.title.clone(),
        centre: scene.plan.centre.clone(),
        municipality: scene.focus_title.clone(),
        date: date::short(&scene.plan.date),
        slice: format!("Срез {}", scene.version),
        footer: context.footer(),
        totals: totals(facts),
        groups: groups(scene, context, facts, jobs),
        schools: schools(scene, context, facts),
        findings,
        more_findings,
        delta_title: delta::title(facts.delta),
        delta: delta(context, facts),
        refused,
        more_refused,
        left_out: left_out(facts),
        not_made: failures.iter().map(|failure| format!("{}: {}", failure.document, failure.reason)).collect(),
        quality: quality(scene),
        notes: notes(scene, facts),
        folders: folders(scene, facts, jobs),
    };
    Artifact { path: "index.html".to_owned(), bytes: srez_html::index(&index).into_bytes() }
}

fn totals(facts: &Facts<'_>) -> Vec<srez_html::Total> {
    let rows = account::total(facts.files);
    let files =
        |wanted: &[FileStatus]| facts.files.iter().filter(|entry| wanted.contains(&entry.status)).count() as u64;
    let total = |n: u64, unit: fn(u64) -> String, link: &str| srez_html::Total {
        value: number::count(n),
        label: unit(n),
        link: link.to_owned(),
    };
    let accepted = files(&[FileStatus::Accepted, FileStatus::AcceptedWithNotes]);
    vec![
        total(facts.files.len() as u64, files::received_files_unit, ""),
        total(accepted, files::accepted_files_unit, ""),
        total(files(&[FileStatus::Rejected]), files::refused_files_unit, "#refused"),
        total(facts.measures.len() as u64, works::reported_works_unit, "#exams"),
        total(u64::from(rows.accepted), files::accepted_rows_unit, ""),
        total(u64::from(rows.rejected), files::refused_rows_unit, "#refused"),
    ]
}

/// The exams by procedure and year, in the order of the run.
fn groups(scene: &Scene<'_>, context: &Context<'_>, facts: &Facts<'_>, jobs: &[Job]) -> Vec<srez_html::ExamGroup> {
    let mut groups: Vec<srez_html::ExamGroup> = Vec::new();
    for (place, measures) in facts.measures.iter().enumerate() {
        let title = measures.exam.title();
        let (procedure, subject) = title.split_once(". ").unwrap_or(("", &title));
        let exam = srez_html::Exam {
            title: unparted(subject),
            links: links(
                scene,
                jobs,
                place,
                JobKind::Analysis,
                &[Format::Html, Format::Pdf, Format::Docx, Format::Xlsx],
            ),
            packet: [
                links(scene, jobs, place, JobKind::Packet, &[Format::Pdf, Format::Docx, Format::Xlsx]),
                slides(facts, &measures.exam.key.subject),
            ]
            .concat(),
            ..result(context, measures)
        };
        match groups.last_mut().filter(|group| group.title == procedure) {
            Some(group) => group.exams.push(exam),
            None => groups.push(srez_html::ExamGroup { title: procedure.to_owned(), exams: vec![exam] }),
        }
    }
    groups
}

fn job_of(jobs: &[Job], place: usize, kind: JobKind) -> Option<&Job> {
    jobs.iter().find(|job| job.kind == kind && job.exams.contains(&place))
}

fn links(scene: &Scene<'_>, jobs: &[Job], place: usize, kind: JobKind, formats: &[Format]) -> Vec<(String, String)> {
    let Some(job) = job_of(jobs, place, kind) else { return Vec::new() };
    let wanted = formats.iter().filter(|format| scene.plan.formats.contains(format));
    wanted
        .map(|format| {
            let extension = match format {
                Format::Html => "html",
                Format::Pdf => "pdf",
                Format::Docx => "docx",
                Format::Xlsx => "xlsx",
                Format::Png => "png",
            };
            (extension.to_uppercase(), format!("{}/{}.{extension}", job.folder, job.name))
        })
        .collect()
}

/// The slides of a subject, which stand in the edition for its association; none where there are none.
fn slides(facts: &Facts<'_>, subject: &str) -> Vec<(String, String)> {
    let path = format!("editions/association-{subject}/deck.pdf");
    let is_made = facts.editions.iter().any(|artifact| artifact.path == path);
    if is_made { vec![("слайды".to_owned(), path)] } else { Vec::new() }
}

/// Schools with documents of their own.
fn schools(scene: &Scene<'_>, context: &Context<'_>, facts: &Facts<'_>) -> Vec<srez_html::School> {
    let wants = |format| scene.plan.formats.contains(&format);
    let existing = |artifacts: &[Artifact], path: String| {
        if artifacts.iter().any(|artifact| artifact.path == path) { path } else { String::new() }
    };
    let of_school = |(school, folder): (&str, &str)| {
        let works = works_of(facts, school);
        let profile = [(Format::Pdf, "pdf"), (Format::Docx, "docx")].into_iter().find(|(format, _)| wants(*format));
        (!works.is_empty()).then(|| srez_html::School {
            name: context.school(school).to_owned(),
            works,
            profile: profile.map_or_else(String::new, |(_, end)| format!("schools/{folder}/profile.{end}")),
            interview: if wants(Format::Docx) { format!("schools/{folder}/interview.docx") } else { String::new() },
            edition: existing(&facts.editions, format!("editions/school-{folder}.zip")),
            letter: existing(&facts.returns, format!("qa/returns/{folder}/letter.docx")),
        })
    };
    scene.school_folders.iter().filter_map(of_school).collect()
}

/// Works with results of a school, «Математика 4, 6, 8; Физика 7».
fn works_of(facts: &Facts<'_>, school: &str) -> String {
    let mut subjects: Vec<(&str, Vec<String>)> = Vec::new();
    for measures in facts.measures.iter().filter(|it| it.marks_of(Level::School, school).is_some_and(|it| 0 < it.n)) {
        let exam = &measures.exam;
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

/// The result of an exam: participants, shares of marks or bands, and one line.
fn result(context: &Context<'_>, measures: &Measures) -> srez_html::Exam {
    let focus = &context.focus;
    let shares = |counts: &[u64; 4]| {
        let n: u64 = counts.iter().sum();
        (0 < n).then(|| counts.map(|count| as_f64(count) * 100.0 / as_f64(n)))
    };
    if let Some(bands) = measures.bands_of(focus.0, &focus.1) {
        let mean = bands.mean_test.map(|mean| format!("средний балл {}", number::test_score(mean)));
        let below = Percent::of(bands.by_band[0], bands.n)
            .map(|share| format!("ниже минимума {}", number::percent(share, bands.n)));
        let words: Vec<String> = [mean, below].into_iter().flatten().collect();
        return srez_html::Exam {
            participants: Some(bands.n),
            shares: shares(&bands.by_band),
            result: words.join(", "),
            ..srez_html::Exam::default()
        };
    }
    let Some(marks) = measures.marks_of(focus.0, &focus.1).filter(|marks| 0 < marks.n) else {
        let others = measures.marks_of(Level::All, "").is_some_and(|all| 0 < all.n);
        let words = if others {
            "результатов нет: в файлах другие муниципалитеты"
        } else {
            "результатов нет"
        };
        return srez_html::Exam { result: words.to_owned(), ..srez_html::Exam::default() };
    };
    let two = marks.share(2).map(|share| format!("«2» — {}", number::percent(share, marks.marked())));
    let quality = marks.quality.map(|it| format!("«4» и «5» — {}", number::percent(it.value, marks.marked())));
    let words: Vec<String> = [two, quality].into_iter().flatten().collect();
    srez_html::Exam {
        participants: Some(marks.n),
        shares: shares(&marks.by_mark),
        result: if words.is_empty() { "отметок в файлах нет".to_owned() } else { words.join(", ") },
        ..srez_html::Exam::default()
    }
}

/// Deficits and tested findings about schools by the pupils that they concern, and how many more there are.
///
/// Signs of the sheet of particulars are left to it: one of them alone is no news.
fn findings(facts: &Facts<'_>, jobs: &[Job], has_pages: bool) -> (Vec<srez_html::MainFinding>, u64) {
    let is_main = |finding: &Finding| {
        let tested = finding.status == Status::Probable && finding.sign.group.is_none();
        (tested || finding.sign.id == "F07") && finding.is_told()
    };
    let mut main: Vec<(usize, &Finding)> = facts
        .findings
        .iter()
        .enumerate()
        .flat_map(|(place, of_exam)| of_exam.findings.iter().map(move |finding| (place, finding)))
        .filter(|(_, finding)| is_main(finding))
        .collect();
    main.sort_by(|(_, left), (_, right)| right.affected.total_cmp(&left.affected));
    let more = main.len().saturating_sub(MOST_FINDINGS) as u64;
    let shown = main.into_iter().take(MOST_FINDINGS).map(|(place, finding)| srez_html::MainFinding {
        status: finding.status,
        exam: facts.measures[place].exam.title(),
        text: finding.text(),
        link: job_of(jobs, place, JobKind::Analysis)
            .filter(|_| has_pages)
            .map_or_else(String::new, |job| format!("{}/{}.html", job.folder, job.name)),
    });
    (shown.collect(), more)
}

/// What changed since the issue before, in lines; empty where there was none.
fn delta(context: &Context<'_>, facts: &Facts<'_>) -> Vec<String> {
    let Some(basis) = delta::basis(facts.delta) else { return Vec::new() };
    if facts.delta.before.is_none() {
        return vec![basis];
    }
    let states = delta::counts(facts.delta)
        .map(|(state, own, schools)| format!("{} — {}", state.title(), number::count(own + schools)));
    let mut lines = vec![format!("{basis} Выводы: {}.", states.join(", "))];
    lines.extend(delta::data(facts.delta));
    lines.extend(delta::told(context, facts.delta, MOST_FINDINGS));
    lines
}

/// Files that were not accepted, with the note that says why.
fn refused(facts: &Facts<'_>) -> (Vec<srez_html::Refused>, u64) {
    let mut reasons: BTreeMap<&str, &Note> = BTreeMap::new();
    for note in facts.notes.iter().filter(|note| note.severity == Severity::RejectFile) {
        reasons.entry(&note.file).or_insert(note);
    }
    let files: Vec<_> = facts.files.iter().filter(|entry| entry.status == FileStatus::Rejected).collect();
    let more = files.len().saturating_sub(MOST_REFUSED) as u64;
    let shown = files.into_iter().take(MOST_REFUSED).map(|entry| {
        let reason = reasons.get(entry.file.name.as_str());
        srez_html::Refused {
            file: entry.file.name.clone(),
            reason: reason.map_or_else(String::new, |note| note.message.clone()),
            hint: reason.map_or_else(String::new, |note| note.hint.clone()),
        }
    });
    (shown.collect(), more)
}

/// Rows and cells left out of files that were accepted; empty where there are none.
fn left_out(facts: &Facts<'_>) -> String {
    let cells = facts.notes.iter().filter(|note| note.severity == Severity::UnreadableCell).count() as u64;
    let rows = u64::from(account::total(facts.files).rejected);
    let mut words = Vec::new();
    if 0 < rows {
        words.push(format!("строк не принято: {}", number::count(rows)));
    }
    if 0 < cells {
        words.push(format!("замечаний о непрочитанных ячейках: {}", number::count(cells)));
    }
    words.join("; ")
}

/// Where the protocol stands, label and path.
fn quality(scene: &Scene<'_>) -> Vec<(String, String)> {
    let mut links = Vec::new();
    if scene.plan.formats.contains(&Format::Html) {
        links.push(("Все замечания с адресами ячеек".to_owned(), "qa/index.html#section-3".to_owned()));
        links.push(("Полнота: кто прислал, чего нет".to_owned(), "qa/index.html#section-4".to_owned()));
    }
    if scene.plan.formats.contains(&Format::Xlsx) {
        links.push(("Протокол в XLSX".to_owned(), "qa/protocol.xlsx".to_owned()));
    }
    links
}

/// Notes by code, the dearest first.
fn notes(scene: &Scene<'_>, facts: &Facts<'_>) -> Vec<srez_html::NoteCount> {
    let mut counts: BTreeMap<(Severity, NoteCode), u64> = BTreeMap::new();
    for note in facts.notes {
        *counts.entry((note.severity, note.code)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((severity, code), count)| srez_html::NoteCount {
            code: code.to_string(),
            message: scene.code_titles.get(code.as_str()).cloned().unwrap_or_default(),
            severity: severity.title().to_owned(),
            count,
        })
        .collect()
}

fn folders(scene: &Scene<'_>, facts: &Facts<'_>, jobs: &[Job]) -> Vec<(String, String)> {
    let folder = |words: &str, path: &str| (words.to_owned(), path.to_owned());
    let has = |kind| jobs.iter().any(|job| job.kind == kind);
    let mut folders = Vec::new();
    folders.extend(all_works::folders(scene, facts));
    if has(JobKind::Analysis) {
        folders.push(folder("анализ по предметам, с диаграммами в папках charts", "subjects/"));
    }
    if has(JobKind::Packet) {
        folders.push(folder(
            "пакеты для методических объединений с парами школ: для службы; объединению — издание со слайдами из editions",
            "associations/",
        ));
    }
    if !quality(scene).is_empty() {
        folders.push(folder("протокол качества данных: каждый файл, каждое замечание", "qa/"));
    }
    let schools: BTreeSet<&str> = facts.returns.iter().filter_map(|artifact| artifact.path.split('/').nth(2)).collect();
    if !schools.is_empty() {
        folders.push((files::returns(schools.len() as u64), "qa/returns/".to_owned()));
    }
    if !facts.editions.is_empty() {
        let words = "издания, которые можно отправлять: объединениям, школам, для открытой публикации; прочие папки — только \
                     для службы";
        folders.push(folder(words, "editions/"));
    }
    folders.push(folder("таблицы для расчётов, CSV и Parquet; описание столбцов — metadata.csv", "data/"));
    folders
}
