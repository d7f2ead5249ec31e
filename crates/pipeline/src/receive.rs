//! Receiving: folders → files → reader processes → blocks, references, schools, notes.

use super::reading::{self, OnDisk, ReadReply, ReadRequest, ReaderSettings};
use super::{PseudonymKey, Watcher};
use serde::{Deserialize, Serialize};
use srez_config::pipeline_file::ReadingLimits;
use srez_config::plan::Plan;
use srez_model::appeal::Appeal;
use srez_model::delivery::{InputFile, Recognised};
use srez_model::error::Result;
use srez_model::facts::FactTable;
use srez_model::note::Note;
use srez_model::personal::FileNames;
use srez_model::place::{Register, School};
use srez_model::reference::ReferenceTable;
use srez_reader::{ReaderFailure, ReaderLimits};
use srez_recognise::codes::PERSONAL_FILE_NAME;
use srez_sheets::{Limits, ReadState};
use std::collections::BTreeMap;

/// One file, or one member of an archive, as a reader found it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    /// The file.
    pub file: InputFile,
    /// How its reading ended.
    pub state: ReadState,
    /// What it holds.
    pub recognised: Recognised,
}

/// Why a form was chosen, for `check`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// The file.
    pub file: String,
    /// Id of the form; empty where none fits.
    pub form: String,
    /// How sure, 0 to 1.
    pub score: f64,
    /// In words.
    pub reasons: Vec<String>,
}

impl Reasons {
    pub(super) fn of(part: &Part) -> Self {
        let Recognised { form, form_score, reasons, .. } = &part.recognised;
        Self { file: part.file.name.clone(), form: form.clone(), score: *form_score, reasons: reasons.clone() }
    }
}

/// All that the reader processes found.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// Files in the order of their names.
    pub parts: Vec<Part>,
    /// Where the files of the disk lie, by name.
    pub paths: BTreeMap<String, String>,
    /// Aggregates of region and country.
    pub references: Vec<ReferenceTable>,
    /// Facts of reference forms.
    pub facts: Vec<FactTable>,
    /// Appeals, in the order of their files.
    pub appeals: Vec<Appeal>,
    /// What was noticed.
    pub notes: Vec<Note>,
}

impl Received {
    /// Schools of all registers, completed from context data; a school without a short name gets the usual one.
    pub(super) fn register(&self) -> Register {
        let recognised = || self.parts.iter().map(|part| &part.recognised);
        let named = recognised().flat_map(|of_file| &of_file.schools).map(|school| match school.short_name.as_str() {
            "" => School { short_name: srez_wording::school_name::short(&school.name), ..school.clone() },
            _ => school.clone(),
        });
        srez_reconcile::register(named, recognised().flat_map(|of_file| &of_file.facts))
    }
}

/// Reads all inputs of a plan; names of people become pseudonyms under the key.
///
/// # Errors
/// Where a folder cannot be listed or no reader can be started.
pub(super) fn receive(plan: &Plan, key: &PseudonymKey, watcher: &dyn Watcher) -> Result<Received> {
    let mut received = Received::default();
    let limits = limits(&plan.limits);
    let requests = requests(plan, &limits, &mut received)?;
    watcher.stage("Чтение", requests.len() as u64);
    let reader_limits = ReaderLimits::from(&limits);
    let pool = reading::pool(plan, &ReaderSettings::of(plan, key.bytes))?;
    let asked: Vec<ReadRequest> = requests.iter().cloned().map(ReadRequest::Recognise).collect();
    pool.read_all(&asked, |place, reply| {
        watcher.step();
        let reply = reply.and_then(|reply| match reply {
            ReadReply::Recognised(parts) => Ok(parts),
            // An answer to another question.
            ReadReply::TakenAgain(_) => Err(ReaderFailure::Died),
        });
        match reply {
            Ok(parts) => {
                let parts = parts.into_value(&mut received.notes);
                watcher.bytes(parts.iter().map(|part| part.file.size).sum());
                received.parts.extend(parts);
            }
            Err(failure) => lost(&requests, place, failure, &reader_limits, &mut received),
        }
    });
    for part in &mut received.parts {
        received.references.append(&mut part.recognised.references);
    }
    Ok(received)
}

/// A request without a reply: the file is there, and a note says what happened.
fn lost(requests: &[OnDisk], place: usize, failure: ReaderFailure, limits: &ReaderLimits, received: &mut Received) {
    let Some(request) = requests.get(place) else { return };
    received.notes.push(failure.note(&request.name, limits));
    received.parts.push(rejected(InputFile { name: request.name.clone(), blake3: String::new(), size: 0 }));
}

/// A file that gave nothing.
pub(super) fn rejected(file: InputFile) -> Part {
    Part { file, state: ReadState::Rejected, recognised: Recognised::default() }
}

/// Every regular file of the input folders, the reference folder and the register, sorted by name.
fn requests(plan: &Plan, limits: &Limits, received: &mut Received) -> Result<Vec<OnDisk>> {
    let mut requests: Vec<OnDisk> = Vec::new();
    let mut names = FileNames::default();
    for folder in plan.folders.iter().chain(&plan.reference) {
        let listing = srez_disk::list(&folder.path)?;
        for name in listing.left_out {
            let name = names.of(&format!("{}/{name}", folder.name));
            received.notes.push(srez_sheets::left_out(&name));
            received.parts.push(rejected(InputFile { name, blake3: String::new(), size: 0 }));
        }
        for found in listing.files.into_iter().filter(|found| !plan.is_own(&folder.path, &found.path)) {
            let name = format!("{}/{}", folder.name, found.name);
            if limits.file_bytes < found.size {
                let name = names.of(&name);
                received.notes.push(srez_sheets::too_large_file(limits, &name));
                received.parts.push(rejected(InputFile { name, blake3: String::new(), size: found.size }));
            } else {
                requests.push(OnDisk { name, path: found.path.into_string() });
            }
        }
    }
    if let Some(register) = &plan.schools {
        let name = register.file_name().unwrap_or("schools").to_owned();
        requests.push(OnDisk { name, path: register.to_string() });
    }
    if let Some(register) = &plan.measures {
        let name = register.file_name().unwrap_or("measures").to_owned();
        requests.push(OnDisk { name, path: register.to_string() });
    }
    requests.sort_by(|first, second| first.name.cmp(&second.name));
    requests.dedup_by(|first, second| first.path == second.path);
    for request in &mut requests {
        let shown = names.of(&request.name);
        if shown != request.name {
            let message = "имя файла или папки похоже на персональные данные: здесь и в документах оно скрыто";
            received.notes.push(Note::about_file(&PERSONAL_FILE_NAME, &shown, message));
            request.name = shown;
        }
    }
    received.paths = requests.iter().map(|request| (request.name.clone(), request.path.clone())).collect();
    Ok(requests)
}

/// Limits of the program, with those that the pipeline sets.
pub(super) fn limits(own: &ReadingLimits) -> Limits {
    let otherwise = Limits::default();
    Limits {
        file_bytes: own.file_megabytes.map_or(otherwise.file_bytes, |megabytes| megabytes << 20),
        inflated_bytes: own.unpacked_megabytes.map_or(otherwise.inflated_bytes, |megabytes| megabytes << 20),
        cells: own.cells.unwrap_or(otherwise.cells),
        reader_memory_bytes: own.reader_megabytes.map_or(otherwise.reader_memory_bytes, |megabytes| megabytes << 20),
        reader_seconds: own.reader_seconds.unwrap_or(otherwise.reader_seconds),
        ..otherwise
    }
}

/// Hash of a file, by which it is known again.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
