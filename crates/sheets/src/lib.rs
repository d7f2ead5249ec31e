//! Sheets: from the bytes of a file to raw sheets.
//!
//! [`unpack`] opens archives, and [`read`] turns the bytes of one file into sheets.
//!
//! In: bytes and [`Limits`]. Out: raw sheets and notes; never an error.
//!
//! Invariants:
//! - A bad file is rejected with a note that says why (`every_bad_file_is_rejected_with_one_note_that_says_why`).
//! - Bombs are refused before memory is taken (`bombs_are_refused_before_memory_is_taken`).
//! - A workbook reads alike by our scanner and by calamine (`a_workbook_is_read_alike_by_the_scanner_and_by_calamine`).

mod archive;
mod biff;
mod biff12;
pub mod codes;
mod compound;
mod container;
mod dates;
mod delimited;
mod docx_table;
mod encoding;
mod general;
mod json_table;
mod kind;
pub mod limits;
mod markup;
mod markup_table;
mod mojibake;
mod oddities;
mod ods;
mod one_column;
mod plain_cell;
mod refusal;
mod sheet_builder;
mod sheet_names;
mod torn_rows;
mod word_fields;
mod workbook;
mod xlsb;
mod xlsb_parts;
mod xlsx_parts;
mod xlsx_sheet;
mod xml;

pub use codes::CODES;
pub use kind::{FileKind, Unsupported};
pub use limits::Limits;
pub use word_fields::{WordField, word_fields};

use codes::{
    EMPTY_FILE, ENCRYPTED, LYING_EXTENSION, MEMBER_REFUSED, NOT_A_REGULAR_FILE, TOO_LARGE, UNKNOWN_KIND,
    UNREADABLE_FILE, UNSUPPORTED_KIND,
};
use container::Container;
use refusal::Refusal;
use serde::{Deserialize, Serialize};
use sheet_names::SheetNames;
use srez_model::error::Error;
use srez_model::note::{Note, NoteCode, Noted};
use srez_model::personal::KnownWords;
use srez_model::raw_sheet::RawSheet;
use srez_wording::sentence::files;
use std::collections::BTreeMap;
use std::ops::Range;
use workbook::Reading;

/// Notes of one kind at one file that are kept one by one.
const MOST_NOTES: usize = 5_000;

/// With what archives are opened.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    pub limits: &'a Limits,
    /// Words that names of members may show although they end as surnames do.
    pub known: &'a KnownWords,
}

/// How the reading of one file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOutcome {
    /// Kind by the bytes; unknown for a system file, which is not looked at.
    pub kind: FileKind,
    /// Sheets that were handed on.
    pub sheets: u32,
    pub state: ReadState,
}

/// State of a file after reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadState {
    /// Every sheet was handed on.
    Read,
    /// A note says why; what was handed on before must be dropped.
    Rejected,
    /// A system file: not data, and no note.
    Skipped,
}

/// Reads one file that is not an archive; sheets are handed on one by one, so each can be dropped before the next.
///
/// Hidden sheets are handed on too; empty sheets are not. Bad input is never an error: the state is
/// [`ReadState::Rejected`], a note says why, and sheets that were already handed on must be dropped.
pub fn read(limits: &Limits, name: &str, bytes: &[u8], each: &mut dyn FnMut(RawSheet)) -> Noted<ReadOutcome> {
    if is_system_file(name) {
        let kind = FileKind::Unknown;
        return Noted::clean(ReadOutcome { kind, sheets: 0, state: ReadState::Skipped });
    }
    let mut names = SheetNames::default();
    let mut each = |sheet| each(names.hide(sheet));
    let mut reading = Reading { limits, name, each: &mut each, notes: Vec::new(), handed: 0 };
    let mut kind = FileKind::Unknown;
    let outcome = read_kind(&mut reading, &mut kind, bytes);
    let mut notes = std::mem::take(&mut reading.notes);
    let state = match outcome {
        Ok(()) => ReadState::Read,
        Err(refusal) => {
            notes.push(refusal.note(name));
            ReadState::Rejected
        }
    };
    if let FileKind::Unsupported(unsupported) = kind
        && state == ReadState::Rejected
    {
        notes = notes.into_iter().map(|note| note.hint(unsupported.hint())).collect();
    }
    let sheets = reading.handed;
    notes.iter_mut().for_each(|note| names.hide_in(note));
    notes.extend(names.notes(name));
    Noted { value: ReadOutcome { kind, sheets, state }, notes }
}

fn read_kind(reading: &mut Reading<'_>, kind: &mut FileKind, bytes: &[u8]) -> Result<(), Refusal> {
    if reading.limits.file_bytes < bytes.len() as u64 {
        return Err(Refusal::new(&TOO_LARGE, too_large(reading.limits)));
    }
    *kind = kind::kind_of(reading.limits, bytes)?;
    if let Some(expected) = kind.contradicts(reading.name) {
        let message = format!("по содержимому это {}, обычное расширение — .{expected}", kind.title());
        let extension = kind::extension(reading.name);
        reading.notes.push(Note::about_file(&LYING_EXTENSION, reading.name, message).stated(extension));
    }
    match *kind {
        FileKind::Empty => Err(Refusal::new(&EMPTY_FILE, "в файле нет данных")),
        FileKind::Encrypted => Err(Refusal::new(&ENCRYPTED, "книга зашифрована паролем")),
        FileKind::Unknown => Err(Refusal::new(&UNKNOWN_KIND, "содержимое не похоже на таблицу")),
        FileKind::Archive => Err(Refusal::new(&MEMBER_REFUSED, "архив внутри архива не открывается")),
        FileKind::Unsupported(Unsupported::TextDocument) if reading.limits.word_tables => {
            docx_table::read(reading, bytes)
        }
        FileKind::Unsupported(kind) => Err(Refusal::new(&UNSUPPORTED_KIND, format!("это {}", kind.title()))),
        FileKind::Text => delimited::read(reading, bytes),
        FileKind::WebTable => markup_table::read_html(reading, bytes),
        FileKind::XmlTable => markup_table::read_xml(reading, bytes),
        FileKind::FlatOds => ods::read_flat(reading, bytes),
        FileKind::Json => json_table::read(reading, bytes),
        FileKind::Xlsx | FileKind::Xlsb | FileKind::Xls | FileKind::Ods => workbook::read(reading, *kind, bytes),
    }
}

/// Hands on the file itself, or the members of an archive one by one as `archive.zip/member.xlsx`.
///
/// The notes tell of an archive or of members that are refused; what is handed on goes to [`read`], also members that
/// are system files (with no bytes), which `read` will skip. The value is false where the file as a whole is refused,
/// and then members that were already handed on stand.
pub fn unpack(opening: Opening<'_>, name: &str, bytes: &[u8], each: &mut dyn FnMut(&str, &[u8])) -> Noted<bool> {
    unpack_range(opening, name, bytes, 0..usize::MAX, each)
}

/// The same for some members of an archive, by their places in [`members`]; a file that is none is handed on whole.
pub fn unpack_range(
    opening: Opening<'_>,
    name: &str,
    bytes: &[u8],
    range: Range<usize>,
    each: &mut dyn FnMut(&str, &[u8]),
) -> Noted<bool> {
    if !is_archive(opening.limits, name, bytes) {
        each(name, bytes);
        return Noted::clean(true);
    }
    let mut notes = Vec::new();
    let unpacked = archive::unpack(opening, name, bytes, range, &mut notes, each);
    let accepted = unpacked.is_ok();
    notes.extend(unpacked.err().map(|refusal| refusal.note(name)));
    Noted { value: accepted, notes }
}

/// Names of the members of an archive as [`unpack`] hands them on and in its order; none for a file that is no archive.
pub fn members(Opening { limits, known }: Opening<'_>, name: &str, bytes: &[u8]) -> Vec<String> {
    if !is_archive(limits, name, bytes) {
        return Vec::new();
    }
    let members = Container::open(limits, bytes).and_then(|mut container| archive::members(limits, &mut container));
    members.map_or_else(|_| Vec::new(), |members| archive::shown_names(name, &members, known))
}

fn is_archive(limits: &Limits, name: &str, bytes: &[u8]) -> bool {
    let in_zip = bytes.starts_with(b"PK") && bytes.len() as u64 <= limits.file_bytes && !is_system_file(name);
    in_zip && matches!(kind::kind_of(limits, bytes), Ok(FileKind::Archive))
}

/// True for names that systems and programs leave in folders, and for texts beside the data: specifications of this
/// program (`.toml`) and descriptions (`.md`).
pub fn is_system_file(name: &str) -> bool {
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let leftovers = ["tmp", "crdownload", "part", "download", "lnk", "toml", "md"];
    file_name.starts_with("~$")
        || file_name.starts_with("._")
        || name.starts_with("__MACOSX/")
        || name.contains("/__MACOSX/")
        || file_name.starts_with(".~lock.")
        || matches!(file_name.as_str(), ".ds_store" | "thumbs.db" | "desktop.ini" | ".gitkeep" | ".gitignore")
        || leftovers.contains(&kind::extension(&file_name).as_str())
}

/// The note about a link, a device or a name that is not text, which a listing left out.
pub fn left_out(name: &str) -> Note {
    let message = "ссылка, устройство, закрытая папка или нечитаемое имя: не открывается";
    Note::about_file(&NOT_A_REGULAR_FILE, name, message)
}

/// Notes of one request, of each kind at each file no more than a person can use: the rest is told as a number, so that
/// a file of nothing but mistakes does not fill the memory of the run.
pub fn within_bounds(notes: Vec<Note>) -> Vec<Note> {
    let mut met: BTreeMap<(String, NoteCode), usize> = BTreeMap::new();
    let mut kept = Vec::new();
    let mut left: BTreeMap<(String, NoteCode), (usize, Note)> = BTreeMap::new();
    for note in notes {
        let key = (note.file.clone(), note.code);
        let count = met.entry(key.clone()).or_default();
        *count += 1;
        if *count <= MOST_NOTES {
            kept.push(note);
        } else {
            left.entry(key).or_insert((0, note)).0 += 1;
        }
    }
    kept.extend(left.into_values().map(|(count, note)| {
        let message = files::notes_left_out(count as u64);
        Note { sheet: String::new(), row: 0, column: 0, found: String::new(), message, ..note }
    }));
    kept
}

/// The note about a file that is larger than the limit; its bytes need not be read for it.
pub fn too_large_file(limits: &Limits, name: &str) -> Note {
    Note::about_file(&TOO_LARGE, name, too_large(limits))
}

/// The note about a file that the disk does not give.
pub fn unreadable_file(name: &str, error: &Error) -> Note {
    Note::about_file(&UNREADABLE_FILE, name, error.message.clone())
}

fn too_large(limits: &Limits) -> String {
    format!("файл больше {}\u{a0}МиБ", limits.file_bytes >> 20)
}

#[cfg(test)]
mod tests;
