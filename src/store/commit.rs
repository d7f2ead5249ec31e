//! Commit: what a run delivered becomes the next version, or nothing where nothing changed.

use super::content::{self, Content, contents};
use super::history::{DataFile, Held};
use super::log::{self, Entry, ExamEntry, SCHEMA, UnitEntry};
use super::{ExamDelivery, Store, block_rows, parquet_file};
use crate::disk;
use crate::error::{Error, Result};
use crate::model::assessment::{Exam, ExamKey};
use crate::model::block::Block;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitSummary {
    /// Version after the commit; the former one where nothing changed.
    pub version: u64,
    /// Units, that is schools in exams, of which there was nothing before.
    pub new_units: u32,
    /// Units that were replaced, sorted.
    pub replaced: Vec<ReplacedUnit>,
    /// Units that were delivered again without a change.
    pub unchanged_units: u32,
    /// Bytes of the data files that were written.
    pub bytes_written: u64,
}

/// A unit that was replaced as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReplacedUnit {
    /// The exam.
    pub exam: ExamKey,
    /// School as the blocks name it.
    pub school: String,
    /// Rows now.
    pub rows: u32,
    /// Rows that differ, came or went, as in «исправлено: N строк»; 0 where only the form, its date or a maximum did.
    pub rows_changed: u32,
}

/// What a commit is going to do to one exam.
struct Plan {
    entry: ExamEntry,
    bytes: Vec<u8>,
    unchanged: u32,
}

impl Store {
    /// Takes the deliveries of a run.
    ///
    /// A unit (one school in one exam) with other content than before replaces the former rows as a whole; units that
    /// are not delivered stay. Where nothing changed, no version is written. The order of deliveries, blocks and rows
    /// has no influence.
    ///
    /// # Errors
    /// Where a file cannot be written, or rows that are to be replaced cannot be read; the former version stays whole.
    ///
    /// # Panics
    /// Where a block has columns of different length, which is a bug of the room that made it.
    pub fn commit(&mut self, deliveries: Vec<ExamDelivery>) -> Result<CommitSummary> {
        let merged: Vec<(Exam, Vec<Block>)> = merge(deliveries).into_values().collect();
        let plans: Vec<Plan> =
            merged.into_par_iter().map(|(exam, blocks)| self.plan(exam, blocks)).collect::<Result<_>>()?;
        let summary = summary(&plans, self.version());
        let changed: Vec<Plan> = plans.into_iter().filter(Plan::changes).collect();
        if changed.is_empty() {
            return Ok(summary);
        }
        changed.par_iter().try_for_each(|plan| match &plan.entry.file {
            Some(file) => disk::write_durable(&self.data_path(&file.blake3), &plan.bytes),
            None => Ok(()),
        })?;
        disk::flush_folder(&self.folder.join("data"))?;
        self.publish(changed.into_iter().map(|plan| plan.entry).collect())?;
        Ok(CommitSummary { version: self.version(), ..summary })
    }

    fn publish(&mut self, exams: Vec<ExamEntry>) -> Result<()> {
        let entry = Entry {
            schema: SCHEMA,
            version: self.version() + 1,
            parent: self.history.sum.clone(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            exams,
        };
        let (bytes, sum) = log::bytes(&entry)?;
        let path = log::path(&self.folder, entry.version);
        if !disk::publish_if_absent(&path, &bytes)? {
            return Err(Error::run(format!("версия {} хранилища уже записана другим запуском", entry.version))
                .hint("запустите программу ещё раз"));
        }
        disk::flush_folder(&self.folder.join("log"))?;
        self.history.apply(&entry, &sum);
        Ok(())
    }

    fn plan(&self, exam: Exam, mut blocks: Vec<Block>) -> Result<Plan> {
        let key = exam.key.clone();
        let held = self.history.exams.get(&key);
        blocks.iter().for_each(block_rows::check);
        blocks.sort_by(content::order);
        let contents = contents(&blocks);
        let delivered = contents.len();
        let changed: Vec<(String, Content, String)> = contents
            .into_iter()
            .map(|(school, content)| (school, content.hash(), content))
            .filter(|(school, hash, _)| {
                held.and_then(|held| held.units.get(school)).is_none_or(|unit| unit.content != *hash)
            })
            .map(|(school, hash, content)| (school, content, hash))
            .collect();
        let unchanged = u32::try_from(delivered - changed.len()).unwrap_or(u32::MAX);
        let exam_changed = match held {
            Some(held) => 0 < delivered && held.exam != exam,
            None => !changed.is_empty(),
        };
        let schools: BTreeSet<&str> = changed.iter().map(|(school, _, _)| school.as_str()).collect();
        let (file, bytes) = write_rows(&key, &blocks, &schools)?;
        let units = self.unit_entries(&key, held, changed)?;
        let entry = ExamEntry { key, exam: exam_changed.then_some(exam), file, units };
        Ok(Plan { entry, bytes, unchanged })
    }

    fn unit_entries(
        &self,
        exam: &ExamKey,
        held: Option<&Held>,
        changed: Vec<(String, Content, String)>,
    ) -> Result<Vec<UnitEntry>> {
        let is_known = |school: &str| held.is_some_and(|held| held.units.contains_key(school));
        let former = match changed.iter().any(|(school, _, _)| is_known(school)) {
            true => contents(&self.read(exam)?.blocks),
            false => BTreeMap::new(),
        };
        let unit = |(school, content, hash): (String, Content, String)| UnitEntry {
            content: hash,
            rows: content.rows(),
            rows_changed: former.get(&school).map(|former| content.rows_changed(former)),
            school,
        };
        Ok(changed.into_iter().map(unit).collect())
    }
}

impl Plan {
    fn changes(&self) -> bool {
        self.entry.exam.is_some() || self.entry.file.is_some()
    }
}

/// One entry per exam. Of two specifications of one exam the one that comes last in their written form wins, so that
/// the order of deliveries does not matter.
fn merge(deliveries: Vec<ExamDelivery>) -> BTreeMap<ExamKey, (Exam, Vec<Block>)> {
    let written = |exam: &Exam| (exam.specified, !exam.draft, serde_json::to_string(exam).unwrap_or_default());
    let mut merged: BTreeMap<ExamKey, (Exam, Vec<Block>)> = BTreeMap::new();
    for ExamDelivery { exam, blocks } in deliveries {
        let (chosen, all) = merged.entry(exam.key.clone()).or_insert_with(|| (exam.clone(), Vec::new()));
        if *chosen != exam && written(chosen) < written(&exam) {
            *chosen = exam;
        }
        all.extend(blocks);
    }
    merged
}

/// The data file with the rows of the schools; none where there are no schools.
fn write_rows(exam: &ExamKey, blocks: &[Block], schools: &BTreeSet<&str>) -> Result<(Option<DataFile>, Vec<u8>)> {
    if schools.is_empty() {
        return Ok((None, Vec::new()));
    }
    let (bytes, rows) = parquet_file::write(exam, blocks, schools)
        .map_err(|reason| Error::run(format!("результаты не записаны в хранилище: {reason}")))?;
    let blake3 = blake3::hash(&bytes).to_hex().to_string();
    Ok((Some(DataFile { blake3, size: bytes.len() as u64, rows }), bytes))
}

fn summary(plans: &[Plan], version: u64) -> CommitSummary {
    let mut summary =
        CommitSummary { version, new_units: 0, replaced: Vec::new(), unchanged_units: 0, bytes_written: 0 };
    for Plan { entry, unchanged, .. } in plans {
        summary.unchanged_units += unchanged;
        summary.bytes_written += entry.file.as_ref().map_or(0, |file| file.size);
        for UnitEntry { school, rows, rows_changed, .. } in &entry.units {
            match rows_changed {
                None => summary.new_units += 1,
                Some(rows_changed) => summary.replaced.push(ReplacedUnit {
                    exam: entry.key.clone(),
                    school: school.clone(),
                    rows: *rows,
                    rows_changed: *rows_changed,
                }),
            }
        }
    }
    summary
}
