//! `srez check`: what each file is, how sure, what is wrong or missing; nothing is written.

use super::terminal::{Progress, say, table};
use super::{check_json, exam_pack};
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_model::delivery::FileEntry;
use srez_model::error::Result;
use srez_model::note::{Note, NoteCode, Severity, column_name};
use srez_pipeline::Checked;
use srez_wording::text::capitalised;
use srez_wording::{number, plural};
use std::collections::{BTreeMap, BTreeSet};

/// Most notes of one kind in one file that are listed one by one.
const SHOWN: usize = 3;

/// Most columns named in a summary line.
const MOST_COLUMNS: usize = 6;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Файл конвейера или папка с таблицами
    #[arg(value_name = "КОНВЕЙЕР ИЛИ ПАПКА")]
    path: Utf8PathBuf,
    /// Показать каждое замечание, а не только первые каждого вида
    #[arg(long)]
    all: bool,
    /// Всё найденное в JSON, для других программ
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<u8> {
        let plan = if srez_disk::is_folder(&self.path) {
            Plan::from_folder(&self.path)?
        } else {
            Plan::load(&self.path, None)?
        };
        if !self.json {
            exam_pack::tell(&plan);
        }
        let checked = srez_pipeline::check(&plan, &Progress::new())?;
        let outcome = &checked.outcome;
        let code = if outcome.left_something_out() { 2 } else { 0 };
        if self.json {
            return check_json::print(&checked).map(|()| code);
        }
        let mut notes: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
        for note in &outcome.notes {
            notes.entry(&note.file).or_default().push(note);
        }
        for entry in &outcome.files {
            let found = notes.remove(entry.file.name.as_str()).unwrap_or_default();
            file(&plan, &checked, entry, &found, self.all);
        }
        for (name, found) in notes {
            say(&format!("\n{name}"));
            list(&found, self.all);
        }
        say(&format!(
            "\nВсего: {}, {}, {}. Ничего не записано.",
            plural::nominative(outcome.files.len() as u64, plural::FILE),
            plural::nominative(u64::from(outcome.rows.read), plural::ROW),
            plural::nominative(outcome.notes.len() as u64, plural::NOTE),
        ));
        kinds(&outcome.notes);
        unknown(&checked);
        Ok(code)
    }
}

/// Notes of all files by kind, the most severe first.
fn kinds(notes: &[Note]) {
    let mut counts: BTreeMap<(Severity, NoteCode), u64> = BTreeMap::new();
    for note in notes {
        *counts.entry((note.severity, note.code)).or_default() += 1;
    }
    let rows: Vec<Vec<String>> = counts
        .into_iter()
        .map(|((severity, code), count)| {
            let title = srez_pipeline::codes().find(|known| known.id == code).map_or("", |known| known.title);
            vec![code.to_string(), severity.title().to_owned(), number::count(count), capitalised(title)]
        })
        .collect();
    if !rows.is_empty() {
        say("");
        table(&["Код", "Чем грозит", "Случаев", "Замечание"], &rows);
    }
}

/// What is not known about the works, and what their documents will therefore lack: one line for each work.
fn unknown(checked: &Checked) {
    if !checked.unknown.is_empty() {
        say("\nЧто неизвестно о работах:");
    }
    for (exam, phrases) in &checked.unknown {
        say(&format!("  {}: {}.", checked.titles.get(exam).unwrap_or(exam), phrases.join("; ")));
    }
}

fn file(plan: &Plan, checked: &Checked, entry: &FileEntry, notes: &[&Note], all: bool) {
    say(&format!("\n{} — {}", entry.file.name, entry.status.title()));
    if let Some(form) = plan.forms.iter().find(|form| form.id == entry.form) {
        let title = form.marked_title();
        say(&format!("  форма: {title} [{}], уверенность {}", form.id, number::decimal(entry.form_score, 2)));
    }
    let reasons = checked.reasons.iter().find(|reasons| reasons.file == entry.file.name);
    if let Some(reasons) = reasons.filter(|reasons| !reasons.reasons.is_empty()) {
        say(&format!("  почему: {}", reasons.reasons.join("; ")));
    }
    if !entry.exams.is_empty() {
        let title = |exam: &String| checked.titles.get(exam).unwrap_or(exam).clone();
        say(&format!("  работы: {}", entry.exams.iter().map(title).collect::<Vec<_>>().join("; ")));
    }
    let rows = entry.rows;
    let count = |rows: u32| number::count(u64::from(rows));
    if rows.read > 0 {
        say(&format!(
            "  строк {}: принято {}, заменено {}, не принято {}, пустых {}, заголовков и итогов {}",
            count(rows.read),
            count(rows.accepted),
            count(rows.superseded),
            count(rows.rejected),
            count(rows.blank),
            count(rows.structural)
        ));
    }
    list(notes, all);
}

/// Notes by code: the first ones with their cells, the rest folded by column.
fn list(notes: &[&Note], all: bool) {
    let mut by_code: BTreeMap<(&Severity, &str), Vec<&Note>> = BTreeMap::new();
    for note in notes {
        by_code.entry((&note.severity, note.code.as_str())).or_default().push(note);
    }
    for ((severity, code), found) in by_code {
        let shown = if all { found.len() } else { SHOWN.min(found.len()) };
        let (first, rest) = found.split_at(shown);
        for note in first {
            let cell =
                if note.column == 0 && note.row != 0 { format!("строка {}", note.row) } else { note.cell() };
            let place =
                [note.sheet.as_str(), cell.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(" ")) };
            say(&format!("  {code} {} — {place}{}", severity.title(), note.message));
        }
        if !rest.is_empty() {
            say(&format!("  {code} … и ещё {}", folded(rest)));
        }
        let hints: BTreeSet<&str> = found.iter().map(|note| note.hint.as_str()).collect();
        for hint in hints {
            say(&format!("      что делать: {}", uncapitalised(hint)));
        }
    }
}

/// A hint to follow a colon: «Исправьте ….» is «исправьте …»; several sentences keep their full stops.
fn uncapitalised(hint: &str) -> String {
    let hint = if hint.contains(". ") { hint } else { hint.trim_end_matches('.') };
    let mut letters = hint.chars();
    let (first, second) = (letters.next(), letters.next());
    match first {
        Some(first) if second.is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(hint.chars().skip(1)).collect()
        }
        _ => hint.to_owned(),
    }
}

/// Summary of the notes that are not listed one by one: «19 таких ячеек в столбце AA».
fn folded(rest: &[&Note]) -> String {
    let n = rest.len() as u64;
    if rest.iter().any(|note| note.row == 0 || note.column == 0) {
        return plural::nominative(n, plural::NOTE);
    }
    let columns: BTreeSet<u32> = rest.iter().map(|note| note.column).collect();
    let names: Vec<String> = columns.iter().take(MOST_COLUMNS).map(|column| column_name(*column)).collect();
    let word = if columns.len() == 1 { "столбце" } else { "столбцах" };
    let more = if MOST_COLUMNS < columns.len() { " и других" } else { "" };
    let such = if n % 10 == 1 && n % 100 != 11 { "такая" } else { "таких" };
    let cells = plural::nominative(n, plural::CELL);
    let (number, noun) = cells.split_once(srez_wording::NBSP).unwrap_or((&cells, ""));
    format!("{number} {such} {noun} в {word} {}{more}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::folded;
    use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};

    #[test]
    fn alike_cells_are_folded_by_column() {
        const CODE: NoteDefinition = NoteDefinition {
            id: NoteCode::DeclaredTotal,
            severity: Severity::Warning,
            title: "",
            explanation: "",
            hint: "",
        };
        let note = |column| Note::about_file(&CODE, "a.xlsx", "").at(3, column);
        let (one, other) = (note(27), note(28));
        assert_eq!(folded(&[&one; 19]), "19 таких ячеек в столбце AA");
        assert_eq!(folded(&[&one]), "1 такая ячейка в столбце AA");
        assert_eq!(folded(&[&one, &other]), "2 таких ячейки в столбцах AA, AB");
        assert_eq!(folded(&[&note(0)]), "1\u{a0}замечание");
    }
}
