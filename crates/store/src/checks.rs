//! Records of checks: one small file per delivery, so that the next check can say what was mended.
//!
//! A record belongs to its inputs. The same inputs again replace their own record and are compared with the one before
//! it, so that a repeated run gives the same documents. A record in the layout of another version of the program is
//! left as it is; only that comparison is skipped.

use super::fault::Fault;
use super::sealed::{self, Former, Record, RecordCounts};
use super::{GREATEST_RECORD, Snapshot, Store, damaged, kept};
use camino::Utf8PathBuf;
use srez_model::corrections::CheckRecord;
use srez_model::error::{Error, Result};

/// The earlier checks that a check is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerChecks {
    pub former: Former<CheckRecord>,
    /// The earlier check of the same inputs; none if they are new.
    pub own: Option<CheckRecord>,
}

/// The records of the folder.
#[derive(Default)]
struct Records {
    records: Vec<(u64, Option<CheckRecord>)>,
    damaged: Vec<Error>,
}

impl Snapshot {
    /// The check that a manifest names by its hash, if the folder has it. Otherwise the check of the same school year
    /// before the one with the same inputs, else the last one; none if there was none. A record in another layout does
    /// not reveal its year; later ones are reported as skipped.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn former_check(&self, now: &CheckRecord, named: Option<&str>) -> Result<FormerChecks> {
        let Records { mut records, damaged } = self.records()?;
        // A period that is made again does not know later checks.
        let counts = |record: &CheckRecord| record.year == now.year && record.version <= self.version();
        records.retain(|(_, record)| record.as_ref().is_none_or(counts));
        let is_own = |(_, record): &(u64, Option<CheckRecord>)| {
            record.as_ref().is_some_and(|record| record.inputs == now.inputs)
        };
        let own = records.iter().rposition(is_own).and_then(|place| records.drain(place..).next());
        let passed_over = records.iter().rev().take_while(|(_, record)| record.is_none()).count();
        records.truncate(records.len() - passed_over);
        let (number, record) = records.pop().unwrap_or_default();
        let blake3 = match &record {
            Some(_) => kept::hash_of_record(&srez_disk::read(&self.checks().join(file_name(number)), GREATEST_RECORD)?),
            None => String::new(),
        };
        let former = Former { record, blake3, passed_over: passed_over as u64, damaged };
        let former = former.or_named(&self.checks(), named)?;
        Ok(FormerChecks { former, own: own.and_then(|(_, record)| record) })
    }

    fn checks(&self) -> Utf8PathBuf {
        self.folder.join("checks")
    }

    /// All records by number; none for a record in the layout of another version of the program. A damaged one costs
    /// the comparison with it and nothing else.
    fn records(&self) -> Result<Records> {
        let mut all = Records::default();
        let folder = self.checks();
        if !srez_disk::is_folder(&folder) {
            return Ok(all);
        }
        for found in srez_disk::list(&folder)?.files {
            let Some(number) = found.name.strip_suffix(".json").and_then(|number| number.parse().ok()) else {
                continue;
            };
            let bytes = srez_disk::read(&found.path, GREATEST_RECORD)?;
            match sealed::open_record(&bytes) {
                Record::Known(record) => all.records.push((number, Some(record))),
                Record::OtherLayout => all.records.push((number, None)),
                Record::Damaged => all.damaged.push(
                    damaged(&found.path, "запись о прежней проверке искажена")
                        .hint("уберите этот файл: пропадёт только сравнение с прежней проверкой"),
                ),
            }
        }
        all.records.sort_by_key(|(number, _)| *number);
        Ok(all)
    }

    /// Number of the last record, whole or damaged.
    fn last_number(&self) -> Result<u64> {
        if !srez_disk::is_folder(&self.checks()) {
            return Ok(0);
        }
        let files = srez_disk::list(&self.checks())?.files.into_iter();
        Ok(files.filter_map(|found| found.name.strip_suffix(".json")?.parse().ok()).max().unwrap_or(0))
    }

    /// The latest version that a record names; 0 where there is none.
    pub(super) fn version_of_checks(&self) -> Result<u64> {
        let records = self.records()?.records.into_iter();
        Ok(records.filter_map(|(_, record)| Some(record?.version)).max().unwrap_or(0))
    }

    /// How many records there are; reading them verifies each check sum.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn count_checks(&self) -> Result<RecordCounts> {
        let Records { records, damaged } = self.records()?;
        let foreign = records.iter().filter(|(_, record)| record.is_none()).count() as u64;
        Ok(RecordCounts { all: (records.len() + damaged.len()) as u64, foreign, damaged })
    }
}

impl Store {
    /// Keeps a check for the next one.
    ///
    /// # Errors
    /// If a record cannot be read or written.
    pub fn remember_check(&self, now: &CheckRecord) -> Result<()> {
        let records = self.snapshot.records()?.records;
        let known = records.iter().rev().filter_map(|(number, record)| Some((number, record.as_ref()?)));
        let last_of_year = known.into_iter().find(|(_, record)| record.year == now.year);
        let number = match last_of_year {
            Some((_, last)) if last == now => return Ok(()),
            Some((number, last)) if last.inputs == now.inputs => *number,
            _ => self.snapshot.last_number()? + 1,
        };
        let bytes = sealed::seal_record(now).ok_or(Fault::NotWritten("запись о проверке"))?;
        let folder = self.snapshot.checks();
        srez_disk::make_folder(&folder)?;
        let path = folder.join(file_name(number));
        if let Some((copy, former)) = kept::copy_before(&path, &bytes)? {
            srez_disk::write_durable(&copy, &former)?;
        }
        srez_disk::write_durable(&path, &bytes)?;
        srez_disk::flush_folder(&folder)
    }
}

fn file_name(number: u64) -> String {
    format!("{number:08}.json")
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
        let dates =
            |now: &CheckRecord| store.snapshot.former_check(now, None).unwrap().former.record.map(|former| former.date);
        let (first, second) = (record("a", "2026-05-01"), record("b", "2026-05-08"));
        assert_eq!(dates(&first), None);
        store.remember_check(&first).unwrap();
        assert_eq!(dates(&first), None, "the same inputs again");
        assert_eq!(dates(&second).as_deref(), Some("2026-05-01"));
        store.remember_check(&second).unwrap();
        let own = |now: &CheckRecord| store.snapshot.former_check(now, None).unwrap().own.map(|own| own.date);
        assert_eq!((own(&second).as_deref(), own(&record("c", ""))), (Some("2026-05-08"), None));
        store.remember_check(&record("b", "2026-05-09")).unwrap();
        assert_eq!(store.snapshot.records().unwrap().records.len(), 2, "the same inputs replace their record");
        assert_eq!(dates(&second).as_deref(), Some("2026-05-01"));
        assert_eq!(dates(&record("c", "")).as_deref(), Some("2026-05-09"));
        assert_eq!(dates(&CheckRecord { year: Some(2025), ..record("c", "") }), None, "another school year");
        let later = CheckRecord { version: 1, ..record("a", "2026-05-10") };
        store.remember_check(&later).unwrap();
        assert_eq!(dates(&first), None, "the same inputs at a later version are another check");
        srez_disk::remove_file(&store.snapshot.checks().join("00000003.json")).unwrap();
        // Records of other versions of the program: the first layout, one with other fields, a future one.
        let write = |name: &str, body: &str| {
            srez_disk::write(&store.snapshot.checks().join(name), &sealed::seal(body).0).unwrap();
        };
        let first_layout = serde_json::to_string(&record("d", "2026-05-12")).unwrap();
        write("00000003.json", &first_layout);
        assert_eq!(dates(&record("c", "")).as_deref(), Some("2026-05-12"));
        let unsealed = serde_json::to_string(&record("e", "2026-05-12")).unwrap();
        srez_disk::write(&store.snapshot.checks().join("00000003.json"), unsealed.as_bytes()).unwrap();
        assert_eq!(dates(&record("c", "")).as_deref(), Some("2026-05-12"), "from before records were sealed");
        write("00000003.json", &first_layout);
        write("00000004.json", r#"{"date":"2026-05-13","year":2026,"faults":[]}"#);
        write("00000005.json", &first_layout.replacen('{', r#"{"schema":2,"#, 1));
        assert_eq!(dates(&record("c", "")).as_deref(), Some("2026-05-12"), "what is not understood is passed over");
        assert_eq!(
            store.snapshot.former_check(&record("c", ""), None).unwrap().former.passed_over,
            2,
            "and it is told"
        );
        let counts = store.snapshot.count_checks().unwrap();
        assert_eq!((counts.all, counts.foreign), (5, 2));
        store.remember_check(&record("c", "2026-05-14")).unwrap();
        assert_eq!(
            store.snapshot.records().unwrap().records.last().map(|(number, _)| *number),
            Some(6),
            "and not overwritten"
        );
        srez_disk::write(&store.snapshot.checks().join("00000007.json"), b"{").unwrap();
        let former = store.snapshot.former_check(&record("f", ""), None).unwrap().former;
        assert_eq!(former.record.map(|record| record.date).as_deref(), Some("2026-05-14"), "the one before it serves");
        assert!(former.damaged[0].message.contains("искажена"), "{:?}", former.damaged);
        assert_eq!(store.snapshot.count_checks().unwrap().damaged.len(), 1);
        store.remember_check(&record("f", "2026-05-15")).unwrap();
        let bytes = srez_disk::read(&store.snapshot.checks().join("00000007.json"), 10).unwrap();
        assert_eq!(bytes, b"{", "what is damaged is not overwritten");
    }
}
