//! Memory of checks: one small file per delivery, so that the next one can say what was mended.
//!
//! A record belongs to its inputs. The same inputs again replace their own record and are compared with the one before,
//! so that a run repeated gives the same documents.

use super::{Store, damaged};
use crate::disk;
use crate::error::{Error, Result};
use crate::model::corrections::CheckRecord;
use camino::Utf8PathBuf;

/// Largest record that is read, in bytes.
const GREATEST: u64 = 256 << 20;

impl Store {
    /// The last check of the same school year with other inputs; none where there was none.
    ///
    /// # Errors
    /// Where a record cannot be read.
    pub fn former_check(&self, now: &CheckRecord) -> Result<Option<CheckRecord>> {
        let records = self.records()?;
        let of_year = records.into_iter().map(|(_, record)| record).filter(|record| record.year == now.year);
        let (last, before) = of_year.fold((None, None), |(last, _), record| (Some(record), last));
        Ok(match last {
            Some(last) if last.inputs == now.inputs => before,
            last => last,
        })
    }

    /// Keeps a check for the next one.
    ///
    /// # Errors
    /// Where a record cannot be read or written.
    pub fn remember_check(&self, now: &CheckRecord) -> Result<()> {
        let records = self.records()?;
        let last_of_year = records.iter().rev().find(|(_, record)| record.year == now.year);
        let number = match last_of_year {
            Some((_, last)) if last == now => return Ok(()),
            Some((number, last)) if last.inputs == now.inputs => *number,
            _ => records.last().map_or(1, |(number, _)| number + 1),
        };
        let text = serde_json::to_string(now).map_err(|_| Error::run("запись о проверке не составлена"))?;
        disk::make_folder(&self.checks())?;
        disk::write(&self.checks().join(format!("{number:08}.json")), text.as_bytes())
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
            let record = serde_json::from_slice(&bytes).map_err(|_| {
                damaged(&found.path, "запись о прежней проверке не читается")
                    .hint("уберите этот файл: пропадёт только сравнение с прежней проверкой")
            })?;
            records.push((number, record));
        }
        records.sort_by_key(|(number, _)| *number);
        Ok(records)
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
        let dates = |now: &CheckRecord| store.former_check(now).unwrap().map(|former| former.date);
        let (first, second) = (record("a", "2026-05-01"), record("b", "2026-05-08"));
        assert_eq!(dates(&first), None);
        store.remember_check(&first).unwrap();
        assert_eq!(dates(&first), None, "the same inputs again");
        assert_eq!(dates(&second).as_deref(), Some("2026-05-01"));
        store.remember_check(&second).unwrap();
        store.remember_check(&record("b", "2026-05-09")).unwrap();
        assert_eq!(store.records().unwrap().len(), 2, "the same inputs replace their record");
        assert_eq!(dates(&second).as_deref(), Some("2026-05-01"));
        assert_eq!(dates(&record("c", "")).as_deref(), Some("2026-05-09"));
        assert_eq!(dates(&CheckRecord { year: Some(2025), ..record("c", "") }), None, "another school year");
        disk::write(&store.checks().join("00000003.json"), b"{").unwrap();
        assert!(store.former_check(&second).unwrap_err().message.contains("не читается"));
    }
}
