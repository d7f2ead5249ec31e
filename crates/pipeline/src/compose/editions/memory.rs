//! What was published before in the same school year: one file per period in the store.
//!
//! A period reads the file of the nearest earlier period and writes its own. Once it has its own, its editions count as
//! sent, as the audit log names them: the period made again is compared with those. The same results then give the same
//! editions, and what was corrected since shows nothing that they hid. Whoever got one edition may have all the others
//! as well: it is compared also with what later periods, replaced issues and other pipelines of the store released
//! about the same group. Exams that are not in a run are carried on.

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use srez_config::plan::Plan;
use srez_model::edition::Publication;
use srez_model::error::{Error, Result};
use std::collections::BTreeMap;

/// Stands before every hash but the first.
const BETWEEN_HASHES: char = '+';

/// Layout of the file.
const SCHEMA: u32 = 1;

/// Publications in force after a period, by exam.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Memory {
    schema: u32,
    /// Of whom the editions speak; another group has a memory of its own.
    focus: String,
    /// Hashes of the memories that it was compared with, as [`Before`] names them; none in a file of an older version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// By name of the exam.
    pub(super) exams: BTreeMap<String, Publication>,
}

/// What the editions of a run are compared with.
pub(super) struct Before {
    /// Publications in force.
    pub(super) memory: Memory,
    /// What else was released, as far as it is different.
    others: Vec<Memory>,
    /// Hash of the memory, empty where there is none, and those of the others, each after a plus.
    hashes: String,
    /// True where it is that of the period itself, which is made again.
    is_own: bool,
}

impl Before {
    fn none(plan: &Plan) -> Self {
        let memory = Memory { schema: SCHEMA, focus: plan.home.clone(), before: None, exams: BTreeMap::new() };
        Self { memory, others: Vec::new(), hashes: String::new(), is_own: false }
    }

    /// What else was released of an exam.
    pub(super) fn others(&self, exam: &str) -> Vec<&Publication> {
        self.others.iter().filter_map(|memory| memory.exams.get(exam)).collect()
    }

    /// Adds what else was released, unless all of it is known.
    fn add(&mut self, hash: &str, memory: Memory) {
        let is_known = |(exam, publication): (&String, &Publication)| {
            let known = self.memory.exams.get(exam).into_iter().chain(self.others(exam));
            let is_same =
                |known: &Publication| known.counts == publication.counts && known.pattern == publication.pattern;
            known.into_iter().any(is_same)
        };
        if !memory.exams.iter().all(is_known) {
            self.hashes = format!("{}{BETWEEN_HASHES}{hash}", self.hashes);
            self.others.push(memory);
        }
    }

    /// What the period was compared with before it was made again; none where it is not, or where that is gone.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(super) fn the_first_time(&self, plan: &Plan) -> Result<Option<Self>> {
        let Some(hashes) = self.memory.before.as_ref().filter(|_| self.is_own) else { return Ok(None) };
        by_hashes(plan, hashes)
    }

    /// The memory of publications that follow this one, and the hashes of what it was compared with.
    pub(super) fn followed_by(self, exams: BTreeMap<String, Publication>) -> (Memory, String) {
        (Memory { before: Some(self.hashes.clone()), exams, ..self.memory }, self.hashes)
    }
}

/// What hashes name; none where the first of them is gone.
fn by_hashes(plan: &Plan, hashes: &str) -> Result<Option<Before>> {
    let folder = folder(plan);
    let mut named = hashes.split(BETWEEN_HASHES);
    let mut before = match named.next() {
        None | Some("") => Before::none(plan),
        Some(hash) => match srez_store::record_by_hash(&folder, hash)? {
            Some(bytes) => read(plan, &folder, &bytes)?,
            None => return Ok(None),
        },
    };
    for hash in named {
        if let Some(bytes) = srez_store::record_by_hash(&folder, hash)? {
            before.add(hash, read(plan, &folder, &bytes)?.memory);
        }
    }
    Ok(Some(before))
}

/// The memory that a manifest names by its hash, if it is still there, else that of the period of a plan, else the one
/// before it.
///
/// # Errors
/// Where it cannot be read or was written by a newer program.
pub(super) fn before(plan: &Plan, named: Option<&str>) -> Result<Before> {
    let folder = folder(plan);
    if !srez_disk::is_folder(&folder) {
        return Ok(Before::none(plan));
    }
    if let Some(before) = named.map(|hashes| by_hashes(plan, hashes)).transpose()?.flatten() {
        return Ok(before);
    }
    let listing = srez_disk::list(&folder)?;
    let periods = listing.files.iter().filter_map(|found| {
        let period = found.name.strip_prefix(&format!("{}-", plan.name))?.strip_suffix(".json")?;
        // A manifest whose memory is gone was made from an earlier one.
        let counts = period < plan.period.as_str() || (named.is_none() && period == plan.period);
        (period.len() == plan.period.len() && counts).then_some((period, found))
    });
    let nearest = periods.max_by_key(|(period, _)| *period);
    let read_file =
        |found: &srez_disk::Found| read(plan, &found.path, &srez_disk::read(&found.path, srez_store::GREATEST_RECORD)?);
    let mut before = match nearest {
        Some((period, found)) => Before { is_own: period == plan.period, ..read_file(found)? },
        None => Before::none(plan),
    };
    // A manifest names all that it was compared with.
    if named.is_none() {
        let nearest = nearest.map(|(_, found)| found);
        for found in listing.files.iter().filter(|found| found.name.ends_with(".json") && Some(*found) != nearest) {
            let other = read_file(found)?;
            before.add(&other.hashes, other.memory);
        }
    }
    Ok(before)
}

/// A memory; one of another group says nothing.
fn read(plan: &Plan, path: &Utf8Path, bytes: &[u8]) -> Result<Before> {
    let memory: Memory = serde_json::from_slice(bytes).map_err(|_| {
        Error::run(format!("память изданий {path} повреждена")).hint(
            "верните файл из резервной копии хранилища: без него новое издание рядом с прежним может выдать скрытое",
        )
    })?;
    if SCHEMA < memory.schema {
        return Err(Error::run(format!("память изданий {path} записана более новой версией программы"))
            .hint("обновите программу"));
    }
    let fresh = Before::none(plan);
    let memory = if memory.focus == plan.home { memory } else { fresh.memory };
    Ok(Before { memory, hashes: srez_store::hash_of_record(bytes), ..fresh })
}

/// Writes the memory after the period; nobody but the owner can read it.
///
/// # Errors
/// Where it cannot be written.
pub(super) fn write(plan: &Plan, memory: &Memory) -> Result<()> {
    let mut text = serde_json::to_vec(memory).map_err(|_| Error::run("память изданий не записывается"))?;
    text.push(b'\n');
    srez_disk::make_private_folder(&folder(plan))?;
    let path = folder(plan).join(format!("{}-{}.json", plan.name, plan.period));
    if let Some((copy, former)) = srez_store::copy_before(&path, &text)? {
        srez_disk::write_private(&copy, &former)?;
    }
    srez_disk::write_private(&path, &text)
}

fn folder(plan: &Plan) -> Utf8PathBuf {
    plan.store.join("editions")
}
