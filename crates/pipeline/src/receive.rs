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
use srez_reader::{Lost, ReaderFailure, ReaderLimits};
use srez_recognise::codes::PERSONAL_FILE_NAME;
use srez_sheets::{Limits, ReadState};
use std::collections::{BTreeMap, BTreeSet};

/// Into how many parts an archive is divided at which a reader failed: more cost fewer failures on the way to a single
/// member, and more starts of a reader.
const PARTS_OF_A_REQUEST: usize = 8;

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
    let pool = reading::pool(plan, &ReaderSettings::of(plan, key.bytes))?;
    let asked: Vec<ReadRequest> = requests.iter().cloned().map(ReadRequest::Recognise).collect();
    let divide = |request: &ReadRequest| parts_of(plan, request);
    pool.read_all(&asked, divide, |_, replies| {
        watcher.step();
        let parts = gather(plan, replies, &limits, &mut received.notes);
        watcher.bytes(parts.iter().map(|part| part.file.size).sum());
        received.parts.extend(parts);
    });
    for part in &mut received.parts {
        received.references.append(&mut part.recognised.references);
    }
    Ok(received)
}

/// Requests for the members of an archive, a few at a time; none for what cannot be divided.
fn parts_of(plan: &Plan, request: &ReadRequest) -> Vec<ReadRequest> {
    let ReadRequest::Recognise(file) = request else { return Vec::new() };
    let members = file.members.start..file.members.end.min(members(plan, file).len());
    if members.len() < 2 {
        return Vec::new();
    }
    let in_one = members.len().div_ceil(PARTS_OF_A_REQUEST);
    let part = |start: usize| OnDisk { members: start..(start + in_one).min(members.end), ..file.clone() };
    members.clone().step_by(in_one).map(|start| ReadRequest::Recognise(part(start))).collect()
}

/// Names of the members of an archive, as a reader lists them; none where the file is no archive or does not open.
fn members(plan: &Plan, file: &OnDisk) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(pool) = reading::pool(plan, &ReaderSettings::without_recognition(plan)) else { return names };
    let never = |_: &ReadRequest| Vec::new();
    pool.read_all(&[ReadRequest::ListMembers(file.clone())], never, |_, replies| {
        for reply in replies {
            if let Ok(ReadReply::Members(listed)) = reply {
                names.extend(listed);
            }
        }
    });
    names
}

/// What came of one file. Of an archive that was read in parts, what is told of it as a whole counts once.
fn gather(
    plan: &Plan,
    replies: Vec<std::result::Result<ReadReply, Lost<ReadRequest>>>,
    limits: &Limits,
    notes: &mut Vec<Note>,
) -> Vec<Part> {
    let mut names = BTreeSet::new();
    let mut parts: Vec<Part> = Vec::new();
    for reply in replies {
        let more = match reply {
            Ok(ReadReply::Recognised(of_part)) => of_part.into_value(notes),
            // Answers to other questions.
            Ok(ReadReply::TakenAgain(_) | ReadReply::Members(_)) => Vec::new(),
            Err(lost) => lost_files(plan, &lost, limits, notes),
        };
        parts.extend(more.into_iter().filter(|part| names.insert(part.file.name.clone())));
    }
    parts
}

/// Files of a request without a reply: they are there, and a note at each says what happened.
fn lost_files(plan: &Plan, lost: &Lost<ReadRequest>, limits: &Limits, notes: &mut Vec<Note>) -> Vec<Part> {
    let Lost { request, failure } = lost;
    let ReadRequest::Recognise(file) = request else { return Vec::new() };
    // Where no reader starts, nothing is the fault of a member.
    let of_archive = if *failure == ReaderFailure::NotStarted { Vec::new() } else { members(plan, file) };
    let range = file.members.start..file.members.end.min(of_archive.len());
    let mut names: Vec<String> = of_archive.get(range).unwrap_or_default().to_vec();
    names.retain(|name| !srez_sheets::is_system_file(name));
    if of_archive.is_empty() {
        names.push(file.name.clone());
    }
    names.dedup();
    notes.extend(names.iter().map(|name| failure.note(name, &ReaderLimits::from(limits))));
    names.into_iter().map(|name| rejected(InputFile { name, blake3: String::new(), size: 0 })).collect()
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
                requests.push(OnDisk::whole(name, found.path.into_string()));
            }
        }
    }
    if let Some(register) = &plan.schools {
        let name = register.file_name().unwrap_or("schools").to_owned();
        requests.push(OnDisk::whole(name, register.to_string()));
    }
    if let Some(register) = &plan.measures {
        let name = register.file_name().unwrap_or("measures").to_owned();
        requests.push(OnDisk::whole(name, register.to_string()));
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
        file_bytes: own.file_megabytes.map_or(otherwise.file_bytes, |megabytes| megabytes.saturating_mul(1 << 20)),
        inflated_bytes: own
            .unpacked_megabytes
            .map_or(otherwise.inflated_bytes, |megabytes| megabytes.saturating_mul(1 << 20)),
        cells: own.cells.unwrap_or(otherwise.cells),
        reader_memory_bytes: own
            .reader_megabytes
            .map_or(otherwise.reader_memory_bytes, |megabytes| megabytes.saturating_mul(1 << 20)),
        reader_seconds: own.reader_seconds.unwrap_or(otherwise.reader_seconds),
        word_tables: own.word_tables,
        ..otherwise
    }
}

/// Hash of a file, by which it is known again.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
