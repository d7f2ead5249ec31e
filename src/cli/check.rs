//! `srez check`: what each file is, how sure, what is wrong or missing; nothing is written.

use super::terminal::{Progress, say};
use crate::config::plan::Plan;
use crate::error::Result;
use crate::model::delivery::FileEntry;
use crate::model::note::{Note, Severity};
use crate::pipeline::{self, receive::Reasons};
use crate::wording::{number, plural};
use camino::Utf8PathBuf;
use clap::Args;
use std::collections::BTreeMap;

/// Notes of one kind at one file that are shown one by one.
const SHOWN: usize = 3;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Файл конвейера или папка с таблицами
    #[arg(value_name = "КОНВЕЙЕР ИЛИ ПАПКА")]
    path: Utf8PathBuf,
    /// Показать каждое замечание, а не только первые каждого вида
    #[arg(long)]
    all: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<u8> {
        let plan = if crate::disk::is_folder(&self.path) {
            Plan::of_folder(&self.path)?
        } else {
            Plan::load(&self.path, None)?
        };
        let (outcome, reasons) = pipeline::check(&plan, &Progress::new())?;
        let mut notes: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
        for note in &outcome.notes {
            notes.entry(&note.file).or_default().push(note);
        }
        for entry in &outcome.files {
            let found = notes.remove(entry.file.name.as_str()).unwrap_or_default();
            file(entry, reasons.iter().find(|reasons| reasons.file == entry.file.name), &found, self.all);
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
        Ok(if outcome.left_something_out() { 2 } else { 0 })
    }
}

fn file(entry: &FileEntry, reasons: Option<&Reasons>, notes: &[&Note], all: bool) {
    say(&format!("\n{} — {}", entry.file.name, entry.status.title()));
    if !entry.form.is_empty() {
        say(&format!("  форма {} (уверенность {})", entry.form, number::decimal(entry.form_score, 2)));
    }
    if let Some(reasons) = reasons.filter(|reasons| !reasons.reasons.is_empty()) {
        say(&format!("  почему: {}", reasons.reasons.join("; ")));
    }
    if !entry.exams.is_empty() {
        say(&format!("  работы: {}", entry.exams.join(", ")));
    }
    let rows = entry.rows;
    if 0 < rows.read {
        say(&format!(
            "  строк {}: принято {}, заменено {}, не принято {}, пустых {}, заголовков и итогов {}",
            rows.read, rows.accepted, rows.superseded, rows.rejected, rows.blank, rows.structural
        ));
    }
    list(notes, all);
}

/// Notes by code: the first ones with their cells, the rest as a number.
fn list(notes: &[&Note], all: bool) {
    let mut by_code: BTreeMap<(&Severity, &str), Vec<&Note>> = BTreeMap::new();
    for note in notes {
        by_code.entry((&note.severity, &note.code)).or_default().push(note);
    }
    for ((severity, code), found) in by_code {
        let shown = if all { found.len() } else { SHOWN };
        for note in found.iter().take(shown) {
            let cell = note.cell();
            let place =
                [note.sheet.as_str(), cell.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(" ")) };
            say(&format!("  {code} {} — {place}{}", severity.title(), note.message));
        }
        if shown < found.len() {
            say(&format!("  {code} … и ещё {}", found.len() - shown));
        }
        if let Some(first) = found.first() {
            say(&format!("      что делать: {}", first.hint));
        }
    }
}
