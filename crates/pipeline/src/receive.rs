//! Receiving: folders → files → reader processes → blocks, references, schools, notes.

use super::{PseudonymKey, Watcher};
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use srez_config::pipeline_file::ReadingLimits;
use srez_config::plan::Plan;
use srez_model::appeal::Appeal;
use srez_model::assessment::{ExamCatalogue, SubjectCatalogue};
use srez_model::delivery::{InputFile, Recognised};
use srez_model::error::Result;
use srez_model::facts::FactTable;
use srez_model::form::FormProfile;
use srez_model::note::{Note, Noted, Severity};
use srez_model::personal::FileNames;
use srez_model::place::{Register, School};
use srez_model::reference::ReferenceTable;
use srez_reader::{Lost, ReaderCommand, ReaderFailure, ReaderLimits, ReaderPool};
use srez_recognise::Recogniser;
use srez_recognise::codes::PERSONAL_FILE_NAME;
use srez_sheets::{Limits, ReadState};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Hidden command of a reader process.
pub const READER_COMMAND: &str = "read-worker";
/// Into how many parts an archive is divided at which a reader failed: more cost fewer failures on the way to a single
/// member, and more starts of a reader.
const PARTS_OF_A_REQUEST: usize = 8;

/// What a reader process is told once.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReaderSettings {
    limits: Limits,
    forms: Vec<FormProfile>,
    exams: ExamCatalogue,
    subjects: SubjectCatalogue,
    pseudonym_key: [u8; 32],
}

/// What a reader process is asked: a file, and of an archive the members at some places.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadRequest {
    name: String,
    path: String,
    members: Range<usize>,
}

impl ReadRequest {
    /// A whole file.
    fn of(name: String, path: String) -> Self {
        Self { name, path, members: 0..usize::MAX }
    }
}

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
    let settings = ReaderSettings {
        limits: limits.clone(),
        forms: plan.forms.clone(),
        exams: plan.exams.clone(),
        subjects: plan.subjects.clone(),
        pseudonym_key: key.bytes,
    };
    let reader_limits = ReaderLimits::from(&limits);
    let readers = std::thread::available_parallelism().map_or(1, usize::from);
    let command = match &plan.reader {
        Some(program) => ReaderCommand::of(program.as_std_path().to_owned(), READER_COMMAND),
        None => ReaderCommand::own(READER_COMMAND)?,
    };
    let pool: ReaderPool<ReadRequest, Noted<Vec<Part>>> = ReaderPool::new(command, reader_limits, &settings, readers)?;
    let divide = |request: &ReadRequest| parts_of(&limits, request);
    pool.read_all(&requests, divide, |_, replies| {
        watcher.step();
        let parts = gather(replies, &limits, &mut received.notes);
        watcher.bytes(parts.iter().map(|part| part.file.size).sum());
        received.parts.extend(parts);
    });
    for part in &mut received.parts {
        received.references.append(&mut part.recognised.references);
    }
    Ok(received)
}

/// Requests for the members of an archive, a few at a time; none for what cannot be divided.
fn parts_of(limits: &Limits, request: &ReadRequest) -> Vec<ReadRequest> {
    let members = request.members.start..request.members.end.min(members(limits, request).len());
    if members.len() < 2 {
        return Vec::new();
    }
    let in_one = members.len().div_ceil(PARTS_OF_A_REQUEST);
    let starts = members.clone().step_by(in_one);
    starts.map(|start| ReadRequest { members: start..(start + in_one).min(members.end), ..request.clone() }).collect()
}

/// Names of the members of an archive; none where the file is no archive or does not open.
fn members(limits: &Limits, request: &ReadRequest) -> Vec<String> {
    let bytes = srez_disk::read_delivered(Utf8Path::new(&request.path), limits.file_bytes);
    bytes.map_or_else(|_| Vec::new(), |bytes| srez_sheets::members(limits, &request.name, &bytes))
}

/// What came of one file. Of an archive that was read in parts, what is told of it as a whole counts once.
fn gather(
    replies: Vec<std::result::Result<Noted<Vec<Part>>, Lost<ReadRequest>>>,
    limits: &Limits,
    notes: &mut Vec<Note>,
) -> Vec<Part> {
    let mut names = BTreeSet::new();
    let mut parts: Vec<Part> = Vec::new();
    for reply in replies {
        let more = match reply {
            Ok(of_part) => of_part.into_value(notes),
            Err(lost) => lost_files(&lost, limits, notes),
        };
        parts.extend(more.into_iter().filter(|part| names.insert(part.file.name.clone())));
    }
    parts
}

/// Files of a request without a reply: they are there, and a note at each says what happened.
fn lost_files(lost: &Lost<ReadRequest>, limits: &Limits, notes: &mut Vec<Note>) -> Vec<Part> {
    let Lost { request, failure } = lost;
    // Where no reader starts, nothing is the fault of a member.
    let of_archive = if *failure == ReaderFailure::NotStarted { Vec::new() } else { members(limits, request) };
    let range = request.members.start..request.members.end.min(of_archive.len());
    let mut names: Vec<String> = of_archive.get(range).unwrap_or_default().to_vec();
    names.retain(|name| !srez_sheets::is_system_file(name));
    if of_archive.is_empty() {
        names.push(request.name.clone());
    }
    names.dedup();
    notes.extend(names.iter().map(|name| failure.note(name, &ReaderLimits::from(limits))));
    names.into_iter().map(|name| rejected(InputFile { name, blake3: String::new(), size: 0 })).collect()
}

/// A file that gave nothing.
fn rejected(file: InputFile) -> Part {
    Part { file, state: ReadState::Rejected, recognised: Recognised::default() }
}

/// Every regular file of the input folders, the reference folder and the register, sorted by name.
fn requests(plan: &Plan, limits: &Limits, received: &mut Received) -> Result<Vec<ReadRequest>> {
    let mut requests: Vec<ReadRequest> = Vec::new();
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
                requests.push(ReadRequest::of(name, found.path.into_string()));
            }
        }
    }
    if let Some(register) = &plan.schools {
        let name = register.file_name().unwrap_or("schools").to_owned();
        requests.push(ReadRequest::of(name, register.to_string()));
    }
    if let Some(register) = &plan.measures {
        let name = register.file_name().unwrap_or("measures").to_owned();
        requests.push(ReadRequest::of(name, register.to_string()));
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
        ..otherwise
    }
}

/// What a reader process does with one request: the bytes that are hashed are the bytes that are parsed.
pub fn answer(settings: &ReaderSettings, request: ReadRequest) -> Noted<Vec<Part>> {
    let ReadRequest { name, path, members } = request;
    let refused = |note: Note| {
        let part = rejected(InputFile { name: name.clone(), blake3: String::new(), size: 0 });
        Noted { value: vec![part], notes: vec![note] }
    };
    let bytes = match srez_disk::read_delivered(Utf8Path::new(&path), settings.limits.file_bytes) {
        Ok(bytes) => bytes,
        Err(error) => return refused(srez_sheets::unreadable_file(&name, &error)),
    };
    let recognise = srez_recognise::Settings {
        forms: &settings.forms,
        exams: &settings.exams,
        subjects: &settings.subjects,
        pseudonym_key: settings.pseudonym_key,
    };
    let mut parts = Vec::new();
    let mut notes = Vec::new();
    let unpacked = srez_sheets::unpack_range(&settings.limits, &name, &bytes, members, &mut |name, bytes| {
        parts.push(read_one(settings, &recognise, name, bytes, &mut notes));
    });
    // An archive or a member that was refused is a file with an end of its own.
    for note in unpacked.notes.iter().filter(|note| note.severity == Severity::RejectFile) {
        if !parts.iter().any(|part: &Part| part.file.name == note.file) {
            let whole = note.file == name;
            let (blake3, size) = if whole { (hash(&bytes), bytes.len() as u64) } else { (String::new(), 0) };
            parts.push(rejected(InputFile { name: note.file.clone(), blake3, size }));
        }
    }
    notes.extend(unpacked.notes);
    Noted { value: parts, notes: srez_sheets::within_bounds(notes) }
}

fn read_one(
    settings: &ReaderSettings,
    recognise: &srez_recognise::Settings<'_>,
    name: &str,
    bytes: &[u8],
    notes: &mut Vec<Note>,
) -> Part {
    let file = InputFile { name: name.to_owned(), blake3: hash(bytes), size: bytes.len() as u64 };
    let mut recogniser = Recogniser::new(recognise, name);
    let outcome = srez_sheets::read(&settings.limits, name, bytes, &mut |sheet| recogniser.sheet(sheet));
    let outcome = outcome.into_value(notes);
    let recognised =
        if outcome.state == ReadState::Read { recogniser.finish().into_value(notes) } else { Recognised::default() };
    Part { file, state: outcome.state, recognised }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
