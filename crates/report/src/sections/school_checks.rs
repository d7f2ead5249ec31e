//! «Что проверено» of a school, each check with what became of it, and the state of its data.

use crate::context::{Chapter, Context};
use crate::facts::school_facts;
use crate::facts::skills::findings_of;
use crate::facts::{data_quality, looked_at, results, works_words};
use crate::table::TableOf;
use srez_model::check::CheckState;
use srez_model::delivery::{FileEntry, FileStatus};
use srez_model::finding::{Finding, Status};
use srez_model::level::Level;
use srez_model::note::Severity;
use srez_model::report::{Block, Text};
use srez_wording::sentence::{files, school_papers as said};
use srez_wording::{number, text as words};

/// Lines at most.
const MOST: usize = 7;
/// Files that a sentence names.
const MOST_FILES: usize = 3;
/// Signs that are told elsewhere in the profile, or that are no matter of a school's own paper: the journal and the
/// distribution of scores stand on the service page of the interview.
const ELSEWHERE: [&str; 7] = ["S01", "S01a", "S01b", "S02", "S03", "S06", "S11"];

/// A check and its outcome.
struct Line {
    state: CheckState,
    what: String,
    words: String,
}

/// The table of checks; how the works stand against the other schools is told beside their results.
pub(crate) fn blocks(chapters: &[Chapter<'_>], school: &str) -> Vec<Block> {
    let mut lines = years(chapters, school);
    lines.extend(others(chapters, school));
    // Stable: lines of one state keep their order.
    lines.sort_by_key(|line| line.state);
    if lines.is_empty() {
        return Vec::new();
    }
    let state = |state: CheckState| match state {
        CheckState::Found => "есть что сказать",
        CheckState::NotFound => "отличий нет",
        CheckState::Indistinct => "не различить",
        CheckState::NotTested => "не измерялось",
    };
    let table = TableOf::new(lines.into_iter().take(MOST))
        .text("Что проверено", 2.2, |line| line.what.clone())
        .text("Состояние", 1.6, |line| state(line.state).to_owned())
        .text("Результат", 6.0, |line| line.words.clone());
    vec![table.named("checks", "", "")]
}

/// Names of works by their places.
fn names(chapters: &[Chapter<'_>], places: &[usize]) -> String {
    works_words(places.iter().filter_map(|place| chapters.get(*place)).map(|chapter| &*chapter.measures.exam))
}

/// The low results of a year before: what changed, what did not.
fn years(chapters: &[Chapter<'_>], school: &str) -> Vec<Line> {
    let (mut changed, mut same, mut without): (Vec<String>, Vec<usize>, Vec<usize>) = Default::default();
    for (place, chapter) in chapters.iter().enumerate() {
        if results::participants(chapter.measures, Level::School, school) == 0
            || looked_at::lacks_results(chapter.measures, Level::School, school)
        {
            continue;
        }
        let row = results::change(chapter.measures, Level::School, school).filter(|row| row.comparable);
        let values = row.and_then(|row| Some((row, row.now?, row.before?, row.interval?)));
        match values {
            None => without.push(place),
            Some((_, _, _, (low, high))) if low <= 0.0 && 0.0 <= high => same.push(place),
            Some((row, now, before, _)) => {
                let decimals = number::share_decimals(row.n.0.min(row.n.1));
                changed.push(format!(
                    "{}: было {}, стало {}",
                    chapter.measures.exam.title(),
                    number::percent_exact(before, decimals),
                    number::percent_exact(now, decimals)
                ));
            }
        }
    }
    let what = || "«2» год назад".to_owned();
    let changed_works = changed.len();
    let mut lines = Vec::new();
    if !changed.is_empty() {
        let words = format!("Доля низких результатов изменилась. {}.", changed.join("; "));
        lines.push(Line { state: CheckState::Found, what: what(), words });
    }
    if !same.is_empty() {
        let words = format!("Доля низких результатов не изменилась больше случайного: {}.", names(chapters, &same));
        lines.push(Line { state: CheckState::NotFound, what: what(), words });
    }
    if !without.is_empty() {
        // Where there is no other work, their names say nothing.
        let is_all = changed_works == 0 && same.is_empty();
        let which = if is_all { String::new() } else { format!(": {}", names(chapters, &without)) };
        let words = format!("Прошлого года нет, или годы не сравниваются{which}.");
        lines.push(Line { state: CheckState::NotTested, what: what(), words });
    }
    lines
}

/// What other signs say of the school: one line per sign, with the other works of the same sign.
fn others(chapters: &[Chapter<'_>], school: &str) -> Vec<Line> {
    let line = |(_, words)| Line { state: CheckState::Found, what: "Ещё найдено".to_owned(), words };
    told_of_others(chapters, school).into_iter().map(line).collect()
}

/// The same as sign and words.
pub(crate) fn told_of_others<'a>(chapters: &[Chapter<'a>], school: &'a str) -> Vec<(&'static str, String)> {
    let is_told = |finding: &Finding| {
        !ELSEWHERE.contains(&finding.sign.id.as_str())
            && !school_facts::is_of_distribution(finding)
            && finding.is_told()
            && !matches!(finding.status, Status::Checked | Status::NoData)
    };
    let mut lines: Vec<(&'static str, String, Vec<usize>)> = Vec::new();
    for (place, chapter) in chapters.iter().enumerate() {
        for finding in findings_of(chapter, school).filter(|finding| is_told(finding)) {
            match lines.iter_mut().find(|(sign, ..)| *sign == finding.sign.id.as_str()) {
                Some((.., also)) => also.push(place),
                None => {
                    let title = chapter.measures.exam.title();
                    let words = format!("{title}. {}", words::capitalised(finding.said.without_subject()));
                    lines.push((finding.sign.id.as_str(), words, Vec::new()));
                }
            }
        }
    }
    let told = |(sign, words, also): (&'static str, String, Vec<usize>)| {
        let tail = if also.is_empty() { String::new() } else { format!(" То же: {}.", names(chapters, &also)) };
        (sign, format!("{words}{tail}"))
    };
    lines.into_iter().map(told).collect()
}

/// The files of this school alone, after the last delivery: what was replaced is no fault.
pub(crate) fn data(context: &Context<'_>, school: &str) -> Vec<Block> {
    let is_current = |entry: &&FileEntry| {
        entry.schools == [school] && !matches!(entry.status, FileStatus::Superseded | FileStatus::Repeated)
    };
    let own: Vec<&FileEntry> = context.facts.files.iter().filter(is_current).collect();
    let is_shared = |entry: &&FileEntry| entry.schools.len() > 1 && entry.schools.iter().any(|id| id == school);
    let shared = context.facts.files.iter().filter(is_shared).count() as u64;
    let refused: Vec<&str> =
        own.iter().filter(|entry| entry.status == FileStatus::Rejected).map(|entry| name(entry)).collect();
    let is_of_own = |file: &str| own.iter().any(|entry| entry.file.name == file);
    let notes = context.facts.notes.iter().filter(|note| note.severity != Severity::Warning && is_of_own(&note.file));
    let mut lines: Vec<String> = Vec::new();
    match (own.len() as u64, refused.len() as u64) {
        (0, _) if shared == 0 => {
            lines.push("Файлов школы в этот раз не поступало: результаты взяты из базы.".to_owned());
        }
        (0, _) => {}
        (all, 0) => lines.push(said::files_accepted(all, notes.count() as u64)),
        (all, n) => {
            let shown = refused.iter().take(MOST_FILES).copied().collect::<Vec<_>>().join("; ");
            lines.push(said::files_refused(n, all, &shown));
        }
    }
    if shared > 0 {
        lines.push(files::in_shared_files(shared));
    }
    let quality = context.facts.quality;
    let score =
        quality.of_school(school).map(|of_school| Block::Note(data_quality::in_words(of_school, quality.since())));
    std::iter::once(Block::Paragraph(Text::plain(lines.join(" ")))).chain(score).collect()
}

/// Name of a file without its folder.
pub(crate) fn name(entry: &FileEntry) -> &str {
    entry.file.name.rsplit('/').next().unwrap_or(&entry.file.name)
}
