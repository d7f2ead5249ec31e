//! Commit: turns the deliveries of a run into the next version, if anything changed.

use super::content::{self, Content, contents};
use super::fault::Fault;
use super::history::{DataFile, Held};
use super::log::{self, Action, Entry, ExamEntry, SCHEMA, UnitEntry};
use super::{ExamDelivery, Store, UnitKey, block_rows, parquet_file};
use rayon::prelude::*;
use srez_model::assessment::{Exam, ExamKey};
use srez_model::block::Block;
use srez_model::error::Result;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitSummary {
    /// Version after the commit; unchanged if nothing changed.
    pub version: u64,
    /// Units (classes of schools in exams) that are new.
    pub new_units: u32,
    /// Units that were replaced, sorted.
    pub replaced: Vec<ReplacedUnit>,
    /// Units that were delivered again without a change.
    pub unchanged_units: u32,
    /// Units that the analyst withdrew and that were delivered again unchanged: they stay withdrawn; sorted.
    pub still_withdrawn: Vec<(ExamKey, UnitKey)>,
    /// Bytes of the data files that were written.
    pub bytes_written: u64,
}

/// A unit that was replaced as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReplacedUnit {
    pub exam: ExamKey,
    /// School as the blocks name it.
    pub school: String,
    /// Class; empty if the form has none.
    pub class: String,
    /// Rows now.
    pub rows: u32,
    pub rows_before: u32,
    /// Rows that differ, came or went, as in «исправлено: N строк»; 0 if only the form, its date or a maximum changed.
    pub rows_changed: u32,
}

/// The changes that a commit will make to one exam.
struct Plan {
    entry: ExamEntry,
    bytes: Vec<u8>,
    unchanged: u32,
    still_withdrawn: Vec<UnitKey>,
    /// Rows that replaced units had, by unit.
    rows_before: BTreeMap<UnitKey, u32>,
}

/// A unit as it is delivered: key, content, hash of the content.
type Delivered = (UnitKey, Content, String);

impl Store {
    /// Commits the deliveries of a run.
    ///
    /// A unit (a class of a school in an exam) with new content replaces its former rows as a whole. Units that are not
    /// delivered stay, and withdrawn ones stay out until they come with other content. If nothing changed, no version
    /// is written. The order of deliveries, blocks and rows has no influence.
    ///
    /// # Errors
    /// If a file cannot be written, or rows that are to be replaced cannot be read; the former version stays intact.
    ///
    /// # Panics
    /// If a block has columns of different length, which is a bug of the crate that made it.
    pub fn commit<'a>(&mut self, deliveries: impl IntoIterator<Item = &'a ExamDelivery>) -> Result<CommitSummary> {
        let merged: Vec<(&Exam, Vec<&Block>)> = merge(deliveries).into_values().collect();
        let plans: Vec<Plan> =
            merged.into_par_iter().map(|(exam, blocks)| self.plan(exam, blocks)).collect::<Result<_>>()?;
        let summary = summary(&plans, self.version());
        let changed: Vec<Plan> = plans.into_iter().filter(Plan::changes).collect();
        if changed.is_empty() {
            return Ok(summary);
        }
        changed.par_iter().try_for_each(|plan| match &plan.entry.file {
            Some(file) => srez_disk::write_durable(&self.snapshot.data_path(&file.blake3), &plan.bytes),
            None => Ok(()),
        })?;
        srez_disk::flush_folder(&self.snapshot.folder.join("data"))?;
        self.publish(Action::Delivery, "", changed.into_iter().map(|plan| plan.entry).collect())?;
        Ok(CommitSummary { version: self.version(), ..summary })
    }

    /// Writes the next version: one log entry, after everything it names is on the disk; then the head that names it.
    pub(super) fn publish(&mut self, action: Action, reason: &str, exams: Vec<ExamEntry>) -> Result<()> {
        let entry = Entry {
            schema: SCHEMA,
            version: self.version() + 1,
            parent: self.snapshot.history.sum.clone(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            key: if action == Action::Delivery { self.key.clone() } else { String::new() },
            action,
            reason: reason.to_owned(),
            exams,
        };
        let (bytes, sum) = log::bytes(&entry)?;
        let path = log::path(&self.snapshot.folder, entry.version);
        if !srez_disk::publish_if_absent(&path, &bytes)? {
            return Err(Fault::VersionTaken(entry.version).into());
        }
        srez_disk::flush_folder(&self.snapshot.folder.join("log"))?;
        self.snapshot.history.apply(&entry, &sum, &self.snapshot.entries);
        self.snapshot.entries.push((entry, sum));
        self.write_head()
    }

    fn plan(&self, exam: &Exam, mut blocks: Vec<&Block>) -> Result<Plan> {
        let key = exam.key.clone();
        let held = self.snapshot.history.exams.get(&key);
        blocks.iter().copied().for_each(block_rows::check);
        blocks.sort_by(|left, right| content::order(left, right));
        let contents = contents(&blocks);
        let delivered = contents.len();
        let mut still_withdrawn = Vec::new();
        let mut changed: Vec<Delivered> = Vec::new();
        for (unit, content) in contents {
            let hash = content.hash();
            if held.and_then(|held| held.withdrawn.get(&unit)).is_some_and(|unit| unit.content == hash) {
                still_withdrawn.push(unit);
            } else if held.and_then(|held| held.units.get(&unit)).is_none_or(|unit| unit.content != hash) {
                changed.push((unit, content, hash));
            }
        }
        let counted = delivered - still_withdrawn.len();
        let unchanged = u32::try_from(counted - changed.len()).unwrap_or(u32::MAX);
        let exam_changed = match held {
            Some(held) => counted > 0 && held.exam != *exam,
            None => !changed.is_empty(),
        };
        let wanted: BTreeSet<&UnitKey> = changed.iter().map(|(unit, _, _)| unit).collect();
        let (file, bytes) = write_rows(&key, &blocks, &wanted)?;
        let former = |unit: &UnitKey| held.and_then(|held| held.units.get(unit));
        let rows_before =
            wanted.iter().filter_map(|unit| Some(((*unit).clone(), former(unit)?.rows))).collect::<BTreeMap<_, _>>();
        let units = self.unit_entries(&key, held, changed)?;
        let entry = ExamEntry { key, exam: exam_changed.then(|| exam.clone()), file, units };
        Ok(Plan { entry, bytes, unchanged, still_withdrawn, rows_before })
    }

    fn unit_entries(&self, exam: &ExamKey, held: Option<&Held>, changed: Vec<Delivered>) -> Result<Vec<UnitEntry>> {
        let is_known = |unit: &UnitKey| held.is_some_and(|held| held.units.contains_key(unit));
        let former = match changed.iter().any(|(unit, _, _)| is_known(unit)) {
            true => contents(&self.snapshot.read_units(exam)?.blocks),
            false => BTreeMap::new(),
        };
        let entry = |(unit, content, hash): Delivered| UnitEntry {
            content: hash,
            rows: content.rows(),
            rows_changed: former.get(&unit).map(|former| content.rows_changed(former)),
            school: unit.school,
            class: Some(unit.class),
            date: unit.date,
            since: None,
        };
        Ok(changed.into_iter().map(entry).collect())
    }
}

impl Plan {
    fn changes(&self) -> bool {
        self.entry.exam.is_some() || self.entry.file.is_some()
    }
}

/// One entry per exam. Of two specifications of one exam the one that sorts last wins, so that the order of deliveries
/// is irrelevant.
fn merge<'a>(deliveries: impl IntoIterator<Item = &'a ExamDelivery>) -> BTreeMap<ExamKey, (&'a Exam, Vec<&'a Block>)> {
    let written = |exam: &Exam| (exam.specified, !exam.draft, serde_json::to_string(exam).unwrap_or_default());
    let mut merged: BTreeMap<ExamKey, (&Exam, Vec<&Block>)> = BTreeMap::new();
    for ExamDelivery { exam, blocks } in deliveries {
        let (chosen, all) = merged.entry(exam.key.clone()).or_insert_with(|| (exam, Vec::new()));
        if *chosen != exam && written(chosen) < written(exam) {
            *chosen = exam;
        }
        all.extend(blocks);
    }
    merged
}

/// The data file with the rows of the units; none without units.
fn write_rows(exam: &ExamKey, blocks: &[&Block], wanted: &BTreeSet<&UnitKey>) -> Result<(Option<DataFile>, Vec<u8>)> {
    if wanted.is_empty() {
        return Ok((None, Vec::new()));
    }
    let (bytes, rows) = parquet_file::write(exam, blocks, wanted)
        .map_err(|reason| Fault::NotEncoded {
            what: "результаты не записаны в хранилище".to_owned(), reason
        })?;
    let blake3 = blake3::hash(&bytes).to_hex().to_string();
    Ok((Some(DataFile { blake3, size: bytes.len() as u64, rows }), bytes))
}

fn summary(plans: &[Plan], version: u64) -> CommitSummary {
    let mut summary = CommitSummary { version, ..CommitSummary::default() };
    for Plan { entry, unchanged, still_withdrawn, rows_before, .. } in plans {
        summary.unchanged_units += unchanged;
        summary.bytes_written += entry.file.as_ref().map_or(0, |file| file.size);
        summary.still_withdrawn.extend(still_withdrawn.iter().map(|unit| (entry.key.clone(), unit.clone())));
        for unit in &entry.units {
            let Some(rows_changed) = unit.rows_changed else {
                summary.new_units += 1;
                continue;
            };
            let class = unit.class.clone().unwrap_or_default();
            let key = UnitKey { school: unit.school.clone(), class: class.clone(), date: unit.date.clone() };
            summary.replaced.push(ReplacedUnit {
                exam: entry.key.clone(),
                school: unit.school.clone(),
                class,
                rows: unit.rows,
                rows_before: rows_before.get(&key).copied().unwrap_or(0),
                rows_changed,
            });
        }
    }
    summary
}
