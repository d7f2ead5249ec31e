//! Memory of checks: one small file per delivery, so that the next one can say what was mended.
//!
//! A record belongs to its inputs. The same inputs again replace their own record and are compared with the one before,
//! so that a run repeated gives the same documents.

use super::{Snapshot, Store, damaged, sealed};
use crate::disk;
use crate::error::{Error, Result};
use crate::model::corrections::CheckRecord;
use camino::Utf8PathBuf;

/// Largest record that is read, in bytes.
const GREATEST: u64 = 256 << 20;

impl Snapshot {
    /// The check of the same school year before the one with the same inputs, else the last one; none where there was
    /// none.
    ///
    /// # Errors
    /// Where a record cannot be read.
    pub fn former_check(&self, now: &CheckRecord) -> Result<Option<CheckRecord>> {
        let records = self.records()?;
        let mut of_year: Vec<CheckRecord> =
            records.into_iter().map(|(_, record)| record).filter(|record| record.year == now.year).collect();
        if let Some(own) = of_year.iter().rposition(|record| record.inputs == now.inputs) {
            of_year.truncate(own);
        }
        Ok(of_year.pop())
    }

    fn checks(&self) -> Utf8PathBuf {
        self.folder.join("checks")
    }

    /// All records by number.
    fn records(&self) -> Result<Vec<(u64, CheckRecord)>> {
        let folder = self.checks();
        if !disk::is_folder(&folder) {
            return Ok(Vec::new());
        }
        let mut records = Vec::new();
        for found in disk::list(&folder)?.files {
            let Some(number) = found.name.strip_suffix(".json").and_then(|number| number.parse().ok()) else {
                continue;
            };
            let bytes = disk::read(&found.path, GREATEST)?;
            let record =
                sealed::open(&bytes).and_then(|(_, body)| serde_json::from_str(body).ok()).ok_or_else(|| {
                    damaged(&found.path, "запись о прежней проверке искажена")
                        .hint("уберите этот файл: пропадёт только сравнение с прежней проверкой")
                })?;
            records.push((number, record));
        }
        records.sort_by_key(|(number, _)| *number);
        Ok(records)
    }

    /// Number of records; reading them compares each with its check sum.
    ///
    /// # Errors
    /// Where one is damaged.
    pub fn count_checks(&self) -> Result<u64> {
        Ok(self.records()?.len() as u64)
    }
}

impl Store {
    /// Keeps a check for the next one.
    ///
    /// # Errors
    /// Where a record cannot be read or written.
    pub fn remember_check(&self, now: &CheckRecord) -> Result<()> {
        let records = self.snapshot.records()?;
        let last_of_year = records.iter().rev().find(|(_, record)| record.year == now.year);
        let number = match last_of_year {
            Some((_, last)) if last == now => return Ok(()),
            Some((number, last)) if last.inputs == now.inputs => *number,
            _ => records.last().map_or(1, |(number, _)| number + 1),
        };
        let text = serde_json::to_string(now).map_err(|_| Error::run("запись о проверке не составлена"))?;
        let (folder, name) = (self.snapshot.checks(), format!("{number:08}.json"));
        disk::make_folder(&folder)?;
        disk::write_durable(&folder.join(name), &sealed::seal(&text).0)?;
        disk::flush_folder(&folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(inputs: &str, date: &str) -> CheckRecord {
        let text = |text: &str| text.to_owned();
        CheckRecord { date: text(date), year: Some(2026), inputs: text(inputs), ..CheckRecord::default() }
    }

    #[test]
    fn the_same_inputs_are_compared_with_what_came_before_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Utf8PathBuf::from_path_buf(folder.path().join("store")).unwrap()).unwrap();
        let dates = |now: &CheckRecord| store.snapshot.former_check(now).unwrap().map(|former| former.date);
        let (first, second) = (record("a", "2026-05-01"), record("b", "2026-05-08"));
        assert_eq!(dates(&first), None);
        store.remember_check(&first).unwrap();
        assert_eq!(dates(&first), None, "the same inputs again");
        assert_eq!(dates(&second).as_deref(), Some("2026-05-01"));
        store.remember_check(&second).unwrap();
        store.remember_check(&record("b", "2026-05-09")).unwrap();
        assert_eq!(store.snapshot.records().unwrap().len(), 2, "the same inputs replace their record");
        assert_eq!(dates(&second).as_deref(), Some("2026-05-01"));
        assert_eq!(dates(&record("c", "")).as_deref(), Some("2026-05-09"));
        assert_eq!(dates(&CheckRecord { year: Some(2025), ..record("c", "") }), None, "another school year");
        disk::write(&store.snapshot.checks().join("00000003.json"), b"{").unwrap();
        assert!(store.snapshot.former_check(&second).unwrap_err().message.contains("искажена"));
    }
}
