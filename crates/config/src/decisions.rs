//! The file of decisions about delivered files: one JSON line per decision or undoing, each with its own check sum and
//! that of the line before, so that none can be changed or removed unnoticed. Lines are only added.

use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use srez_model::decision::{Decision, Decisions, Ruling};
use srez_model::error::{Error, Result};
use std::collections::BTreeSet;

/// Layout of a line.
const SCHEMA: u32 = 1;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// A decision is taken.
    Take {
        /// Hash of the file that it is about.
        file: String,
        /// Its name, as it may be shown.
        name: String,
        /// What is decided.
        ruling: Ruling,
    },
    /// An earlier decision is taken back.
    Undo {
        /// Its number.
        number: u64,
    },
}

/// A line of the file.
///
/// Grain: one per decision or undoing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub schema: u32,
    /// Number of the line, counted from 1.
    pub number: u64,
    /// Check sum of the line before; empty for the first.
    pub parent: String,
    /// Who decided.
    pub who: String,
    /// When, `YYYY-MM-DD HH:MM` of the place.
    pub at: String,
    pub deed: Deed,
}

#[derive(Serialize, Deserialize)]
struct Line {
    blake3: String,
    entry: Entry,
}

/// All that was decided and undone, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionLog {
    entries: Vec<Entry>,
    /// Check sum of the last line; empty where there is none.
    last: String,
}

impl DecisionLog {
    /// Reads the file.
    ///
    /// # Errors
    /// If it cannot be read, or a line was changed, removed or added by hand.
    pub fn read(path: &Utf8Path) -> Result<Self> {
        let mut log = Self::default();
        for text in srez_disk::read_text(path)?.lines() {
            let number = log.entries.len() as u64 + 1;
            let whole = serde_json::from_str::<Line>(text).ok().filter(|line| {
                sum(&line.entry).is_some_and(|sum| sum == line.blake3)
                    && line.entry.parent == log.last
                    && line.entry.number == number
                    && line.entry.schema == SCHEMA
            });
            let line = whole.ok_or_else(|| {
                Error::usage(format!("решения о файлах {path}: строка {number} изменена не программой"))
                    .hint("верните файл из копии; новое решение принимается в рабочем месте")
            })?;
            log.entries.push(line.entry);
            log.last = line.blake3;
        }
        Ok(log)
    }

    /// Adds a line to the file, which is made where it is missing; the number of the line.
    ///
    /// # Errors
    /// If the file is damaged or cannot be written, or what is taken back is not in force.
    pub fn append(path: &Utf8Path, who: &str, at: &str, deed: Deed) -> Result<u64> {
        let log = if srez_disk::exists(path) { Self::read(path)? } else { Self::default() };
        if let Deed::Undo { number } = &deed
            && !log.in_force().taken.iter().any(|decision| decision.number == *number)
        {
            return Err(Error::usage(format!("решения {number} нет или оно уже отменено")));
        }
        let number = log.entries.len() as u64 + 1;
        let (who, at) = (who.to_owned(), at.to_owned());
        let entry = Entry { schema: SCHEMA, number, parent: log.last, who, at, deed };
        let not_written = || Error::run("решение не записано");
        let blake3 = sum(&entry).ok_or_else(not_written)?;
        let line = serde_json::to_string(&Line { blake3, entry }).map_err(|_| not_written())?;
        let before = if number == 1 { String::new() } else { srez_disk::read_text(path)? };
        srez_disk::write_durable(path, format!("{before}{line}\n").as_bytes())?;
        Ok(number)
    }

    /// All lines, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Check sum of everything; empty where nothing was ever decided.
    pub fn sum(&self) -> &str {
        &self.last
    }

    /// What was decided and not taken back.
    pub fn in_force(&self) -> Decisions {
        let undone: BTreeSet<u64> = self
            .entries
            .iter()
            .filter_map(|entry| match entry.deed {
                Deed::Undo { number } => Some(number),
                Deed::Take { .. } => None,
            })
            .collect();
        let taken = self.entries.iter().filter(|entry| !undone.contains(&entry.number));
        let taken = taken.filter_map(|entry| match &entry.deed {
            Deed::Take { file, name, ruling } => Some(Decision {
                number: entry.number,
                file: file.clone(),
                name: name.clone(),
                ruling: ruling.clone(),
                who: entry.who.clone(),
                at: entry.at.clone(),
            }),
            Deed::Undo { .. } => None,
        });
        Decisions { taken: taken.collect() }
    }
}

fn sum(entry: &Entry) -> Option<String> {
    Some(blake3::hash(&serde_json::to_vec(entry).ok()?).to_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::{DecisionLog, Deed};
    use crate::plan::Plan;
    use crate::trial_folder::TrialFolder;
    use srez_model::decision::Ruling;

    fn ignore(file: &str) -> Deed {
        Deed::Take { file: file.to_owned(), name: format!("ввод/{file}.xlsx"), ruling: Ruling::Ignore }
    }

    #[test]
    fn what_is_taken_back_is_no_longer_in_force_and_stays_in_the_file() {
        let folder = TrialFolder::new();
        let path = folder.base.join("решения.jsonl");
        let append = |deed| DecisionLog::append(&path, "методист", "2026-06-05 10:00", deed);
        assert_eq!(append(ignore("a")).unwrap(), 1);
        assert_eq!(append(ignore("b")).unwrap(), 2);
        assert_eq!(append(Deed::Undo { number: 1 }).unwrap(), 3);
        let log = DecisionLog::read(&path).unwrap();
        assert_eq!(log.entries().len(), 3);
        assert!(log.in_force().ignoring("a").is_none() && log.in_force().ignoring("b").is_some());
        for wrong in [1, 3, 9] {
            assert!(append(Deed::Undo { number: wrong }).unwrap_err().message.contains("уже отменено"), "{wrong}");
        }
    }

    #[test]
    fn a_line_changed_by_hand_stops_a_pipeline_that_names_the_file() {
        let folder = TrialFolder::new();
        folder.write("data/a.csv", "x");
        let path = folder.base.join("решения.jsonl");
        folder.write(
            "own.toml",
            "title = \"Т\"\ndate = \"2026-06-05\"\n[inputs]\nfolders = [\"data\"]\ndecisions = \"решения.jsonl\"\n",
        );
        let load = || Plan::load(&folder.base.join("own.toml"), None);
        assert!(load().unwrap_err().message.contains("решения.jsonl"));
        DecisionLog::append(&path, "методист", "2026-06-05 10:00", ignore("a")).unwrap();
        let first = load().unwrap();
        assert_eq!(first.decisions.taken.len(), 1);
        DecisionLog::append(&path, "методист", "2026-06-05 10:01", ignore("b")).unwrap();
        assert_ne!(load().unwrap().blake3, first.blake3);
        let text = srez_disk::read_text(&path).unwrap();
        let wrong = [
            text.replace("\"file\":\"a\"", "\"file\":\"c\""),
            text.lines().skip(1).map(|line| format!("{line}\n")).collect(),
            format!("{text}{{}}\n"),
        ];
        for wrong in wrong {
            srez_disk::write(&path, wrong.as_bytes()).unwrap();
            assert!(load().unwrap_err().message.contains("изменена не программой"));
        }
    }
}
