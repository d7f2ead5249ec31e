//! What was published before in the same school year: one file per period in the store.
//!
//! A period reads the file of the nearest earlier period and writes its own. Once it has its own, its editions count as
//! sent, as the audit log names them: the period made again is compared with those. The same results then give the same
//! editions, and what was corrected since shows nothing that they hid. Exams that are not in a run are carried on.

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use srez_config::plan::Plan;
use srez_model::edition::Publication;
use srez_model::error::{Error, Result};
use std::collections::BTreeMap;

/// Layout of the file.
const SCHEMA: u32 = 1;

/// Publications in force after a period, by exam.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Memory {
    schema: u32,
    /// Of whom the editions speak; another group has a memory of its own.
    focus: String,
    /// Hash of the memory that it followed, empty where there was none; none in a file of an older version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// By name of the exam.
    pub(super) exams: BTreeMap<String, Publication>,
}

/// What the editions of a run are compared with.
pub(super) struct Before {
    /// Publications in force.
    pub(super) memory: Memory,
    /// Hash of the memory; empty where there is none.
    hash: String,
    /// True where it is that of the period itself, which is made again.
    is_own: bool,
}

impl Before {
    fn none(plan: &Plan) -> Self {
        let memory = Memory { schema: SCHEMA, focus: plan.home.clone(), before: None, exams: BTreeMap::new() };
        Self { memory, hash: String::new(), is_own: false }
    }

    /// What the period was compared with before it was made again; none where it is not, or where that is gone.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(super) fn the_first_time(&self, plan: &Plan) -> Result<Option<Self>> {
        let Some(hash) = self.memory.before.as_ref().filter(|_| self.is_own) else { return Ok(None) };
        if hash.is_empty() {
            return Ok(Some(Self::none(plan)));
        }
        let folder = folder(plan);
        let bytes = srez_store::record_by_hash(&folder, hash)?;
        bytes.map(|bytes| read(&folder, &bytes, Self::none(plan))).transpose()
    }

    /// The memory of publications that follow this one, and its hash.
    pub(super) fn followed_by(self, exams: BTreeMap<String, Publication>) -> (Memory, String) {
        (Memory { before: Some(self.hash.clone()), exams, ..self.memory }, self.hash)
    }
}

/// The memory that a manifest names by its hash, if it is still there, else that of the period of a plan, else the one
/// before it.
///
/// # Errors
/// Where it cannot be read or was written by a newer program.
pub(super) fn before(plan: &Plan, named: Option<&str>) -> Result<Before> {
    let fresh = Before::none(plan);
    let folder = folder(plan);
    if !srez_disk::is_folder(&folder) || named.is_some_and(str::is_empty) {
        return Ok(fresh);
    }
    if let Some(bytes) = named.map(|hash| srez_store::record_by_hash(&folder, hash)).transpose()?.flatten() {
        return read(&folder, &bytes, fresh);
    }
    let listing = srez_disk::list(&folder)?;
    let periods = listing.files.iter().filter_map(|found| {
        let period = found.name.strip_prefix(&format!("{}-", plan.name))?.strip_suffix(".json")?;
        // A manifest whose memory is gone was made from an earlier one.
        let counts = period < plan.period.as_str() || (named.is_none() && period == plan.period);
        (period.len() == plan.period.len() && counts).then_some((period, found))
    });
    let Some((period, found)) = periods.max_by_key(|(period, _)| *period) else { return Ok(fresh) };
    let before = read(&found.path, &srez_disk::read(&found.path, srez_store::GREATEST_RECORD)?, fresh)?;
    Ok(Before { is_own: period == plan.period, ..before })
}

fn read(path: &Utf8Path, bytes: &[u8], fresh: Before) -> Result<Before> {
    let memory: Memory = serde_json::from_slice(bytes).map_err(|_| {
        Error::run(format!("память изданий {path} повреждена")).hint(
            "верните файл из резервной копии хранилища: без него новое издание рядом с прежним может выдать скрытое",
        )
    })?;
    if SCHEMA < memory.schema {
        return Err(Error::run(format!("память изданий {path} записана более новой версией программы"))
            .hint("обновите программу"));
    }
    let memory = if memory.focus == fresh.memory.focus { memory } else { fresh.memory };
    Ok(Before { memory, hash: srez_store::hash_of_record(bytes), is_own: false })
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
