//! What was published before in the same school year: one file per period in the store.
//!
//! A period reads the file of the nearest earlier period and writes its own, so running a period again gives the same
//! editions; exams that are not in a run are carried on.

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
    /// By name of the exam.
    pub(super) exams: BTreeMap<String, Publication>,
}

/// The memory that a manifest names by its hash, if it is still there, else the one before the period of a plan; with
/// its hash, which is empty where there is none.
///
/// # Errors
/// Where it cannot be read or was written by a newer program.
pub(super) fn before(plan: &Plan, named: Option<&str>) -> Result<(Memory, String)> {
    let fresh = Memory { schema: SCHEMA, focus: plan.home.clone(), exams: BTreeMap::new() };
    let folder = folder(plan);
    if !srez_disk::is_folder(&folder) || named.is_some_and(str::is_empty) {
        return Ok((fresh, String::new()));
    }
    if let Some(bytes) = named.map(|hash| srez_store::record_by_hash(&folder, hash)).transpose()?.flatten() {
        return read(&folder, &bytes, fresh);
    }
    let listing = srez_disk::list(&folder)?;
    let periods = listing.files.iter().filter_map(|found| {
        let period = found.name.strip_prefix(&format!("{}-", plan.name))?.strip_suffix(".json")?;
        (period.len() == plan.period.len() && period < plan.period.as_str()).then_some((period, found))
    });
    let Some((_, found)) = periods.max_by_key(|(period, _)| *period) else { return Ok((fresh, String::new())) };
    read(&found.path, &srez_disk::read(&found.path, srez_store::GREATEST_RECORD)?, fresh)
}

fn read(path: &Utf8Path, bytes: &[u8], fresh: Memory) -> Result<(Memory, String)> {
    let memory: Memory = serde_json::from_slice(bytes).map_err(|_| {
        Error::run(format!("память изданий {path} повреждена")).hint(
            "верните файл из резервной копии хранилища: без него новое издание рядом с прежним может выдать скрытое",
        )
    })?;
    if SCHEMA < memory.schema {
        return Err(Error::run(format!("память изданий {path} записана более новой версией программы"))
            .hint("обновите программу"));
    }
    Ok((if memory.focus == fresh.focus { memory } else { fresh }, srez_store::hash_of_record(bytes)))
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
