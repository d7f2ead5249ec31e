//! Receiving: folders → files → reader processes → blocks, references, schools, notes.

use super::listing::{self, Listing};
use super::reading::{self, OnDisk, ReadReply, ReadRequest, ReaderSettings};
use super::{PseudonymKey, Watcher, decided};
use serde::{Deserialize, Serialize};
use srez_config::pipeline_file::ReadingLimits;
use srez_config::plan::Plan;
use srez_model::appeal::Appeal;
use srez_model::delivery::{InputFile, Recognised};
use srez_model::error::Result;
use srez_model::facts::FactTable;
use srez_model::note::Note;
use srez_model::personal::{KnownWords, is_masked};
use srez_model::place::{Register, School};
use srez_model::reference::ReferenceTable;
use srez_reader::{Lost, ReaderFailure, ReaderLimits};
use srez_sheets::{Limits, ReadState};
use std::collections::{BTreeMap, BTreeSet};

/// Into how many parts an archive is divided at which a reader failed: more cost fewer failures on the way to a single
/// member, and more starts of a reader.
const PARTS_OF_A_REQUEST: usize = 8;

/// One file, or one member of an archive, as a reader found it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    pub file: InputFile,
    /// How its reading ended.
    pub state: ReadState,
    /// What it holds.
    pub recognised: Recognised,
}

/// Why a form was chosen, for `check`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
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
    /// Words that names of files show although they end as surnames do.
    pub known: KnownWords,
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
    /// How many works the files hold.
    pub fn works(&self) -> u64 {
        let exams = self.parts.iter().flat_map(|part| &part.recognised.blocks).map(|block| block.exam.id());
        exams.collect::<BTreeSet<_>>().len() as u64
    }

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
/// What may be a place or a surname in the name of a file is hidden until some file says that it is a place: then the
/// files whose names it changes are read once more.
///
/// # Errors
/// Where a folder cannot be listed or no reader can be started.
pub(super) fn receive(plan: &Plan, key: &PseudonymKey, watcher: &dyn Watcher) -> Result<Received> {
    let listing = Listing::of(plan)?;
    let mut known = listing::words_of_plan(plan);
    let mut requests = listing.requests(&known);
    let mut found = Reading { plan, known: &known }.read(key, &requests, watcher)?;
    let parts = || found.iter().flat_map(|of_file| &of_file.parts);
    if parts().any(|part| is_masked(&part.file.name)) {
        let mut more = known.clone();
        more.extend(listing::words_of_parts(parts()));
        let renamed = listing.requests(&more);
        let reading = Reading { plan, known: &more };
        let again: Vec<usize> =
            (0..found.len()).filter(|place| reading.renames(&requests, &renamed, &found, *place)).collect();
        let asked: Vec<OnDisk> = again.iter().filter_map(|place| renamed.get(*place).cloned()).collect();
        let anew = if asked.is_empty() { Vec::new() } else { reading.read(key, &asked, watcher)? };
        for (place, of_file) in again.into_iter().zip(anew) {
            if let Some(found) = found.get_mut(place) {
                *found = of_file;
            }
        }
        (known, requests) = (more, renamed);
    }
    let mut received = Received { known, ..Received::default() };
    listing.tell(&mut received);
    for of_file in found {
        received.parts.extend(of_file.parts);
        received.notes.extend(of_file.notes);
    }
    received.paths = requests.into_iter().map(|request| (request.name, request.path)).collect();
    decided::apply(plan, &mut received);
    for part in &mut received.parts {
        received.references.append(&mut part.recognised.references);
    }
    Ok(received)
}

/// What came of one file of the disk.
#[derive(Default)]
struct OfFile {
    parts: Vec<Part>,
    notes: Vec<Note>,
}

/// Reading of files whose names may show some words.
struct Reading<'a> {
    plan: &'a Plan,
    known: &'a KnownWords,
}

impl Reading<'_> {
    /// What came of each request, in their order.
    fn read(&self, key: &PseudonymKey, requests: &[OnDisk], watcher: &dyn Watcher) -> Result<Vec<OfFile>> {
        watcher.stage("Чтение", requests.len() as u64);
        let pool = reading::pool(self.plan, &ReaderSettings::of(self.plan, self.known, key.bytes))?;
        let asked: Vec<ReadRequest> = requests.iter().cloned().map(ReadRequest::Recognise).collect();
        let divide = |request: &ReadRequest| self.parts_of(request);
        let mut found: Vec<OfFile> = Vec::new();
        pool.read_all(&asked, divide, |_, replies| {
            watcher.step();
            let of_file = self.gather(replies);
            watcher.bytes(of_file.parts.iter().map(|part| part.file.size).sum());
            found.push(of_file);
        });
        Ok(found)
    }

    /// True where a file, or a member of an archive, bears another name than when it was read.
    fn renames(&self, before: &[OnDisk], after: &[OnDisk], found: &[OfFile], place: usize) -> bool {
        let Some(((before, after), of_file)) = before.get(place).zip(after.get(place)).zip(found.get(place)) else {
            return false;
        };
        let mut members = of_file.parts.iter().map(|part| part.file.name.as_str()).filter(|name| *name != before.name);
        before.name != after.name
            || members.any(is_masked) && {
                let listed = self.members(after);
                of_file.parts.iter().any(|part| part.file.name != before.name && !listed.contains(&part.file.name))
            }
    }

    /// Requests for the members of an archive, a few at a time; none for what cannot be divided.
    fn parts_of(&self, request: &ReadRequest) -> Vec<ReadRequest> {
        let ReadRequest::Recognise(file) = request else { return Vec::new() };
        let members = file.members.start..file.members.end.min(self.members(file).len());
        if members.len() < 2 {
            return Vec::new();
        }
        let in_one = members.len().div_ceil(PARTS_OF_A_REQUEST);
        let part = |start: usize| OnDisk { members: start..(start + in_one).min(members.end), ..file.clone() };
        members.clone().step_by(in_one).map(|start| ReadRequest::Recognise(part(start))).collect()
    }

    /// Names of the members of an archive, as a reader lists them; none where the file is no archive or does not open.
    fn members(&self, file: &OnDisk) -> Vec<String> {
        let mut names = Vec::new();
        let settings = ReaderSettings::without_recognition(self.plan, self.known);
        let Ok(pool) = reading::pool(self.plan, &settings) else { return names };
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
    fn gather(&self, replies: Vec<std::result::Result<ReadReply, Lost<ReadRequest>>>) -> OfFile {
        let mut names = BTreeSet::new();
        let mut of_file = OfFile::default();
        for reply in replies {
            let more = match reply {
                Ok(ReadReply::Recognised(of_part)) => of_part.into_value(&mut of_file.notes),
                // Answers to other questions.
                Ok(ReadReply::TakenAgain(_) | ReadReply::Members(_) | ReadReply::Texts(_)) => Vec::new(),
                Err(lost) => self.lost_files(&lost, &mut of_file.notes),
            };
            of_file.parts.extend(more.into_iter().filter(|part| names.insert(part.file.name.clone())));
        }
        of_file
    }

    /// Files of a request without a reply: they are there, and a note at each says what happened.
    fn lost_files(&self, lost: &Lost<ReadRequest>, notes: &mut Vec<Note>) -> Vec<Part> {
        let Lost { request, failure } = lost;
        let ReadRequest::Recognise(file) = request else { return Vec::new() };
        // Where no reader starts, nothing is the fault of a member.
        let of_archive = if *failure == ReaderFailure::NotStarted { Vec::new() } else { self.members(file) };
        let range = file.members.start..file.members.end.min(of_archive.len());
        let mut names: Vec<String> = of_archive.get(range).unwrap_or_default().to_vec();
        names.retain(|name| !srez_sheets::is_system_file(name));
        if of_archive.is_empty() {
            names.push(file.name.clone());
        }
        names.dedup();
        let limits = ReaderLimits::from(&limits(&self.plan.limits));
        notes.extend(names.iter().map(|name| failure.note(name, &limits)));
        names.into_iter().map(|name| rejected(InputFile { name, blake3: String::new(), size: 0 })).collect()
    }
}

/// A file that gave nothing.
pub(super) fn rejected(file: InputFile) -> Part {
    Part { file, state: ReadState::Rejected, recognised: Recognised::default() }
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
