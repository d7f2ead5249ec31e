//! Records of issues: which findings were published for which period at which version, so that the next issue can say
//! what is new. An issue made again replaces its own record and is compared with the one before, so that it stays the
//! same.

use super::end::version_in_names;
use super::fault::Fault;
use super::sealed::{self, Former, Record, RecordCounts};
use super::{GREATEST_RECORD, Snapshot, Store, damaged, kept};
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::delta::{DataChange, Release};
use srez_model::error::{Error, Result};

impl Snapshot {
    /// The issue that a manifest names by its hash, if the folder has it; else the last issue of this or an earlier
    /// period, at this or an earlier version, other than this issue itself. A record in the layout of another version
    /// of the program is skipped.
    pub fn former_release(&self, period: &str, named: Option<&str>) -> Result<Former<Release>> {
        let folder = self.releases();
        let mut former = Former::none();
        if !srez_disk::is_folder(&folder) {
            return Ok(former);
        }
        let mut names: Vec<((u64, String), Utf8PathBuf)> = srez_disk::list(&folder)?
            .files
            .into_iter()
            .filter_map(|found| {
                let (version, of_period) = found.name.strip_suffix(".json")?.split_once('-')?;
                is_in_force(&found.name).then_some(())?;
                Some(((version.parse().ok()?, of_period.to_owned()), found.path))
            })
            .filter(|((version, of_period), _)| {
                of_period.as_str() <= period
                    && *version <= self.version()
                    && (*version, of_period.as_str()) != (self.version(), period)
            })
            .collect();
        names.sort();
        for (_, path) in names.into_iter().rev() {
            let bytes = srez_disk::read(&path, GREATEST_RECORD)?;
            match sealed::open_record(&bytes) {
                Record::Known(release) => {
                    (former.record, former.blake3) = (Some(release), kept::hash_of_record(&bytes));
                    break;
                }
                Record::OtherLayout => former.passed_over += 1,
                Record::Damaged => former.damaged.push(misread(&path)),
            }
        }
        former.or_named(&folder, named)
    }

    /// Results that came or changed after a version, by exam and school.
    pub fn changes_since(&self, version: u64) -> Vec<DataChange> {
        let entries = self.entries.iter().map(|(entry, _)| entry).filter(|entry| version < entry.version);
        let exams = entries.flat_map(|entry| &entry.exams);
        let mut changes: Vec<DataChange> = exams
            .flat_map(|exam| {
                exam.units.iter().map(|unit| DataChange {
                    exam: exam.key.id(),
                    school: unit.school.clone(),
                    rows: unit.rows,
                    rows_changed: unit.rows_changed,
                })
            })
            .collect();
        changes.sort();
        changes
    }

    /// How many records of issues there are; reading them verifies each check sum.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn count_releases(&self) -> Result<RecordCounts> {
        let folder = self.releases();
        let mut counts = RecordCounts::default();
        if !srez_disk::is_folder(&folder) {
            return Ok(counts);
        }
        for found in srez_disk::list(&folder)?.files.into_iter().filter(|found| is_in_force(&found.name)) {
            counts.all += 1;
            match sealed::open_record::<Release>(&srez_disk::read(&found.path, GREATEST_RECORD)?) {
                Record::Known(_) => {}
                Record::OtherLayout => counts.foreign += 1,
                Record::Damaged => counts.damaged.push(misread(&found.path)),
            }
        }
        Ok(counts)
    }

    /// The latest version that a record names; 0 where there is none.
    pub(super) fn version_of_releases(&self) -> Result<u64> {
        version_in_names(&self.releases())
    }

    fn releases(&self) -> Utf8PathBuf {
        self.folder.join("releases")
    }
}

/// True for a record, false for the copy of a replaced one.
fn is_in_force(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|stem| !stem.contains('.'))
}

fn misread(path: &Utf8Path) -> Error {
    damaged(path, "запись о прошлом выпуске искажена")
        .hint("уберите этот файл: пропадёт только сравнение с прошлым выпуском")
}

impl Store {
    /// Records an issue for the next one.
    pub fn remember_release(&self, release: &Release) -> Result<()> {
        let bytes = sealed::seal_record(release).ok_or(Fault::NotWritten("запись о выпуске"))?;
        let folder = self.snapshot.releases();
        let path = folder.join(format!("{:08}-{}.json", release.version, release.period));
        if srez_disk::exists(&path) && srez_disk::read(&path, GREATEST_RECORD)? == bytes {
            return Ok(());
        }
        srez_disk::make_folder(&folder)?;
        if let Some((copy, former)) = kept::copy_before(&path, &bytes)? {
            srez_disk::write_durable(&copy, &former)?;
        }
        srez_disk::write_durable(&path, &bytes)?;
        srez_disk::flush_folder(&folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_is_compared_with_the_one_before_it_and_never_with_itself() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Utf8PathBuf::from_path_buf(folder.path().join("store")).unwrap()).unwrap();
        let release = |period: &str| Release { period: period.to_owned(), version: 0, ..Release::default() };
        let former = |period: &str| store.snapshot().former_release(period, None).unwrap();
        assert_eq!(former("2026-05").record, None);
        for period in ["2026-04", "2026-05", "2026-06"] {
            store.remember_release(&release(period)).unwrap();
        }
        let named = former("2026-05").blake3;
        assert_eq!(former("2026-05").record, Some(release("2026-04")));
        let again = Release { exams: vec!["vpr-2026-math-5".to_owned()], ..release("2026-04") };
        store.remember_release(&again).unwrap();
        assert_eq!(former("2026-05").record, Some(again), "the issue made again is what a new one is compared with");
        let of_manifest = |hash: &str| store.snapshot().former_release("2026-05", Some(hash)).unwrap().record;
        assert_eq!(of_manifest(&named), Some(release("2026-04")), "one that is made again keeps the one it had");
        assert_eq!(of_manifest(""), None);
        store.remember_release(&release("2026-04")).unwrap();
        assert_eq!(former("2026-06").record, Some(release("2026-05")));
        assert_eq!(former("2026-04").record, None);
        let other = store.snapshot().releases().join("00000000-2026-05.json");
        srez_disk::write(&other, &sealed::seal(r#"{"period":"2026-05"}"#).0).unwrap();
        assert_eq!(
            former("2026-06"),
            Former { blake3: named, record: Some(release("2026-04")), passed_over: 1, damaged: Vec::new() },
            "another layout"
        );
        let path = store.snapshot().releases().join("00000000-2026-04.json");
        let mut bytes = srez_disk::read(&path, GREATEST_RECORD).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        srez_disk::write(&path, &bytes).unwrap();
        let former = store.snapshot().former_release("2026-05", None).unwrap();
        assert_eq!(former.record, None);
        assert!(former.damaged[0].message.contains("прошлом выпуске"), "{:?}", former.damaged);
        assert_eq!(store.snapshot().count_releases().unwrap().damaged.len(), 1);
    }
}
