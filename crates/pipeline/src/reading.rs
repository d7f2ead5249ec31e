//! The side of the reader processes: what they are told once, what they are asked, what they answer.
//!
//! Here, and nowhere else in the program, what a delivered file holds is parsed; so whatever a file does to its parser,
//! it does it in a process with limits (`cargo xtask tidy`).

use super::decided;
use super::receive::{Part, hash, limits, rejected};
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use srez_config::plan::Plan;
use srez_model::assessment::{ExamCatalogue, SubjectCatalogue};
use srez_model::delivery::{InputFile, Recognised};
use srez_model::error::Result;
use srez_model::form::FormProfile;
use srez_model::note::{Note, Noted, Severity};
use srez_model::personal::KnownWords;
use srez_model::raw_sheet::RawSheet;
use srez_reader::{ReaderCommand, ReaderLimits, ReaderPool};
use srez_recognise::Recogniser;
use srez_sheets::{Limits, Opening, ReadState, WordField};
use std::collections::BTreeMap;
use std::ops::Range;

/// Hidden command of a reader process.
pub const READER_COMMAND: &str = "read-worker";

/// What a reader process is told once.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReaderSettings {
    limits: Limits,
    forms: Vec<FormProfile>,
    /// Forms that were decided on, by the hash of the file.
    decided: BTreeMap<String, String>,
    exams: ExamCatalogue,
    subjects: SubjectCatalogue,
    /// Words that names of members of archives may show.
    known: KnownWords,
    pseudonym_key: [u8; 32],
}

impl ReaderSettings {
    /// For the first reading; names of people become pseudonyms under the key.
    pub(super) fn of(plan: &Plan, known: &KnownWords, pseudonym_key: [u8; 32]) -> Self {
        Self {
            limits: limits(&plan.limits),
            forms: plan.forms.clone(),
            decided: decided::forms(plan),
            exams: plan.exams.clone(),
            subjects: plan.subjects.clone(),
            known: known.clone(),
            pseudonym_key,
        }
    }

    /// For taking originals again: nothing is recognised.
    pub(super) fn without_recognition(plan: &Plan, known: &KnownWords) -> Self {
        Self {
            limits: limits(&plan.limits),
            forms: Vec::new(),
            decided: BTreeMap::new(),
            exams: ExamCatalogue::new(),
            subjects: SubjectCatalogue::new(),
            known: known.clone(),
            pseudonym_key: [0; 32],
        }
    }

    fn opening(&self) -> Opening<'_> {
        Opening { limits: &self.limits, known: &self.known }
    }
}

/// A file on the disk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OnDisk {
    /// Name as listed.
    pub(super) name: String,
    /// Where it lies.
    pub(super) path: String,
    /// Of an archive, the places of the members that are meant.
    pub(super) members: Range<usize>,
}

impl OnDisk {
    /// A whole file.
    pub(super) fn whole(name: String, path: String) -> Self {
        Self { name, path, members: 0..usize::MAX }
    }
}

/// What a reader process is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ReadRequest {
    /// To recognise everything in a file.
    Recognise(OnDisk),
    /// To list the members of an archive.
    ListMembers(OnDisk),
    /// To hand over originals that were recognised before: the file itself or members of it.
    TakeAgain {
        /// The file on the disk.
        file: OnDisk,
        /// Those that are wanted, by name, with their hashes as they were recognised.
        wanted: Vec<(String, String)>,
        /// What is wanted of them.
        what: Content,
    },
    /// To hand over what is written in the fields of a document, or the sheets of a workbook of texts.
    TakeTexts(OnDisk),
}

/// What is wanted of an original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// Its bytes.
    Bytes,
    /// Its visible sheets.
    Sheets,
}

/// An original as it was taken again.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Original {
    /// Name as listed.
    pub(super) file: String,
    /// Its bytes, where they were wanted.
    pub(super) bytes: Vec<u8>,
    /// Its visible sheets, where they were wanted.
    pub(super) sheets: Vec<RawSheet>,
}

/// What is written in a file that came back.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct TextsOfFile {
    /// Hash of the file.
    pub(super) blake3: String,
    /// Fields of a document; none for a workbook.
    pub(super) fields: Option<Vec<WordField>>,
    /// Sheets of a workbook.
    pub(super) sheets: Vec<RawSheet>,
}

/// What a reader process answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum ReadReply {
    /// What the file holds.
    Recognised(Noted<Vec<Part>>),
    /// Names of members; none where the file is no archive or does not open.
    Members(Vec<String>),
    /// Originals whose bytes are the same as before.
    TakenAgain(Vec<Original>),
    /// What is written in a document or workbook; none where it cannot be read.
    Texts(Option<TextsOfFile>),
}

/// Reader processes for a plan.
///
/// # Errors
/// Where the path of the program is unknown or the settings cannot be written down.
pub(super) fn pool(plan: &Plan, settings: &ReaderSettings) -> Result<ReaderPool<ReadRequest, ReadReply>> {
    let readers = std::thread::available_parallelism().map_or(1, usize::from);
    let command = match &plan.reader {
        Some(program) => ReaderCommand::of(program.as_std_path().to_owned(), READER_COMMAND),
        None => ReaderCommand::own(READER_COMMAND)?,
    };
    ReaderPool::new(command, ReaderLimits::from(&settings.limits), settings, readers)
}

/// What a reader process does with one request: the bytes that are hashed are the bytes that are parsed.
pub fn answer(settings: &ReaderSettings, request: ReadRequest) -> ReadReply {
    match request {
        ReadRequest::Recognise(file) => ReadReply::Recognised(recognise(settings, &file)),
        ReadRequest::ListMembers(file) => ReadReply::Members(list_members(settings.opening(), &file)),
        ReadRequest::TakeAgain { file, wanted, what } => {
            ReadReply::TakenAgain(take_again(settings.opening(), &file, &wanted, what))
        }
        ReadRequest::TakeTexts(file) => ReadReply::Texts(take_texts(&settings.limits, &file)),
    }
}

fn list_members(opening: Opening<'_>, file: &OnDisk) -> Vec<String> {
    let bytes = srez_disk::read_delivered(Utf8Path::new(&file.path), opening.limits.file_bytes);
    bytes.map_or_else(|_| Vec::new(), |bytes| srez_sheets::members(opening, &file.name, &bytes))
}

fn recognise(settings: &ReaderSettings, OnDisk { name, path, members }: &OnDisk) -> Noted<Vec<Part>> {
    let refused = |note: Note| {
        let part = rejected(InputFile { name: name.clone(), blake3: String::new(), size: 0 });
        Noted { value: vec![part], notes: vec![note] }
    };
    let bytes = match srez_disk::read_delivered(Utf8Path::new(path), settings.limits.file_bytes) {
        Ok(bytes) => bytes,
        Err(error) => return refused(srez_sheets::unreadable_file(name, &error)),
    };
    let recognise = srez_recognise::Settings {
        forms: &settings.forms,
        exams: &settings.exams,
        subjects: &settings.subjects,
        pseudonym_key: settings.pseudonym_key,
    };
    let mut parts = Vec::new();
    let mut notes = Vec::new();
    let unpacked = srez_sheets::unpack_range(settings.opening(), name, &bytes, members.clone(), &mut |name, bytes| {
        parts.push(read_one(settings, &recognise, name, bytes, &mut notes));
    });
    // An archive or a member that was refused is a file with an end of its own.
    for note in unpacked.notes.iter().filter(|note| note.severity == Severity::RejectFile) {
        if !parts.iter().any(|part: &Part| part.file.name == note.file) {
            let whole = note.file == *name;
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
    let decided = decided_form(settings, &file.blake3);
    let of_decided = srez_recognise::Settings { forms: &decided, ..*recognise };
    let mut recogniser = Recogniser::new(if decided.is_empty() { recognise } else { &of_decided }, name);
    let outcome = srez_sheets::read(&settings.limits, name, bytes, &mut |sheet| recogniser.sheet(sheet));
    let outcome = outcome.into_value(notes);
    let recognised =
        if outcome.state == ReadState::Read { recogniser.finish().into_value(notes) } else { Recognised::default() };
    Part { file, state: outcome.state, recognised }
}

/// The form that a file was decided to be of, alone; nothing that another form has speaks against it any more.
fn decided_form(settings: &ReaderSettings, blake3: &str) -> Vec<FormProfile> {
    let form = settings.decided.get(blake3).and_then(|id| settings.forms.iter().find(|form| form.id == *id));
    let mut forms: Vec<FormProfile> = form.cloned().into_iter().collect();
    forms.iter_mut().for_each(|form| form.detect.forbidden.clear());
    forms
}

/// The wanted originals that still are what they were; what is gone or changed since is left out.
fn take_again(opening: Opening<'_>, file: &OnDisk, wanted: &[(String, String)], what: Content) -> Vec<Original> {
    let limits = opening.limits;
    let mut taken = Vec::new();
    let Ok(whole) = srez_disk::read_delivered(Utf8Path::new(&file.path), limits.file_bytes) else { return taken };
    let mut take = |name: &str, bytes: &[u8]| {
        let is_same = |(other, blake3): &(String, String)| other == name && *blake3 == hash(bytes);
        if !wanted.iter().any(is_same) {
            return;
        }
        let mut original = Original { file: name.to_owned(), ..Original::default() };
        match what {
            Content::Bytes => bytes.clone_into(&mut original.bytes),
            Content::Sheets => {
                // What there was to note was noted when it was recognised.
                let _ = srez_sheets::read(limits, name, bytes, &mut |sheet| {
                    if !sheet.hidden {
                        original.sheets.push(sheet);
                    }
                });
            }
        }
        taken.push(original);
    };
    let _ = srez_sheets::unpack(opening, &file.name, &whole, &mut take);
    taken
}

/// The fields of a document, or the sheets of anything else.
fn take_texts(limits: &Limits, file: &OnDisk) -> Option<TextsOfFile> {
    let bytes = srez_disk::read_delivered(Utf8Path::new(&file.path), limits.file_bytes).ok()?;
    let mut texts = TextsOfFile { blake3: hash(&bytes), ..TextsOfFile::default() };
    if file.path.to_lowercase().ends_with(".docx") {
        texts.fields = Some(srez_sheets::word_fields(limits, &bytes)?);
        return Some(texts);
    }
    let outcome = srez_sheets::read(limits, &file.name, &bytes, &mut |sheet| texts.sheets.push(sheet));
    (outcome.value.state == ReadState::Read).then_some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the first cells of what is taken again.
    fn taken(limits: &Limits, file: &OnDisk, blake3: &str, what: Content) -> Vec<(usize, Vec<String>)> {
        let wanted = [(file.name.clone(), blake3.to_owned())];
        let first =
            |original: Original| (original.bytes.len(), original.sheets.iter().map(|sheet| sheet.text(0, 0)).collect());
        let opening = Opening { limits, known: &KnownWords::default() };
        take_again(opening, file, &wanted, what).into_iter().map(first).collect()
    }

    #[test]
    fn bytes_that_changed_after_they_were_recognised_are_not_taken_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = camino::Utf8PathBuf::from_path_buf(folder.path().join("а.csv")).unwrap();
        let before = "код;1\n1;2\n".as_bytes();
        srez_disk::write(&path, before).unwrap();
        let file = OnDisk::whole("ввод/а.csv".to_owned(), path.to_string());
        let limits = Limits::default();
        let blake3 = hash(before);
        assert_eq!(taken(&limits, &file, &blake3, Content::Sheets), [(0, vec!["код".to_owned()])]);
        assert_eq!(taken(&limits, &file, &blake3, Content::Bytes), [(before.len(), Vec::new())]);
        srez_disk::write(&path, "кот;1\n1;2\n".as_bytes()).unwrap();
        assert_eq!(taken(&limits, &file, &blake3, Content::Sheets), []);
        assert_eq!(taken(&limits, &file, &blake3, Content::Bytes), []);
        srez_disk::remove_file(&path).unwrap();
        assert_eq!(taken(&limits, &file, &blake3, Content::Bytes), []);
    }
}
