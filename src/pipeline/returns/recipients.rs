//! Whom an error concerns: the school of the file, or the school of the row.

use super::own_rows::OwnRows;
use crate::config::plan::Plan;
use crate::ingest::ReadState;
use crate::model::block::{Block, RowState};
use crate::model::delivery::{FileEntry, FileStatus};
use crate::model::form::Extractor;
use crate::model::note::{Note, Severity};
use crate::model::place::{Register, School};
use crate::pipeline::receive::Received;
use crate::reconcile::ExamResults;
use crate::wording::date;
use std::collections::BTreeMap;

/// What goes back to one school.
#[derive(Clone, Debug)]
pub(in crate::pipeline) struct Return {
    /// Id in the register, or the label of the file.
    pub(super) school: String,
    /// Name as documents print it.
    pub(super) name: String,
    /// Municipality; empty where unknown.
    pub(super) municipality: String,
    /// Date as printed.
    pub(super) date: String,
    /// Its files with errors, by name.
    pub(super) files: Vec<ReturnFile>,
}

/// A file with errors of a school.
#[derive(Clone, Debug)]
pub(super) struct ReturnFile {
    /// Path as listed.
    pub(super) file: String,
    /// Notes by their place in the list of all notes.
    pub(super) notes: Vec<usize>,
    /// Rows of the school by sheet; none where the file is the school's own.
    pub(super) rows: Option<BTreeMap<String, OwnRows>>,
    /// True where a copy may be made: the form holds no names.
    pub(super) copy: bool,
}

/// Packets of all schools with something left out, by school; warnings alone make none, but go along.
///
/// Only the schools of the home municipality and the reported year, and only files that still count.
pub(in crate::pipeline) fn recipients(
    plan: &Plan,
    register: &Register,
    received: &Received,
    results: &[ExamResults],
    files: &[FileEntry],
) -> Vec<Return> {
    let mut blocks: BTreeMap<&str, Vec<&Block>> = BTreeMap::new();
    for block in results.iter().flat_map(|of_exam| &of_exam.blocks) {
        blocks.entry(&block.file).or_default().push(block);
    }
    let mut notes: BTreeMap<&str, Vec<(usize, &Note)>> = BTreeMap::new();
    for (place, note) in received.notes.iter().enumerate() {
        notes.entry(&note.file).or_default().push((place, note));
    }
    let mut packets: BTreeMap<String, Return> = BTreeMap::new();
    for entry in files.iter().filter(|entry| is_current(plan, entry)) {
        let Some(notes) = notes.get(entry.file.name.as_str()) else { continue };
        let blocks = blocks.get(entry.file.name.as_str()).map_or(&[][..], Vec::as_slice);
        let copy = may_copy(plan, received, entry);
        for (school, places) in of_schools(register, entry, notes, blocks) {
            let school = known(register, &school);
            let is_error =
                |place: &usize| received.notes.get(*place).is_some_and(|note| note.severity != Severity::Warning);
            if !places.iter().any(is_error) || !is_home(plan, &school) {
                continue;
            }
            let rows =
                (1 < entry.schools.len()).then(|| own_rows(register, &school.id, blocks, &received.notes, &places));
            let file = ReturnFile { file: entry.file.name.clone(), notes: places, rows, copy };
            let packet = packets.entry(school.id.clone()).or_insert_with(|| packet(plan, &school));
            packet.files.push(file);
        }
    }
    packets.into_values().collect()
}

fn packet(plan: &Plan, school: &School) -> Return {
    let names = [&school.name, &school.short_name, &school.id];
    let name = names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    Return {
        school: school.id.clone(),
        name,
        municipality: school.municipality.clone(),
        date: date::short(&plan.date),
        files: Vec::new(),
    }
}

/// True for files that still count and belong to the reported year, or to no exam that was recognised.
fn is_current(plan: &Plan, entry: &FileEntry) -> bool {
    let of_year =
        |exam: &String| plan.year.is_none_or(|year| exam.split('-').nth(1) == Some(year.to_string().as_str()));
    entry.status != FileStatus::Superseded
        && entry.status != FileStatus::Skipped
        && (entry.exams.is_empty() || entry.exams.iter().any(of_year))
}

/// Forms of ВПР hold codes; protocols of ОГЭ and ЕГЭ hold names, and what was not recognised may hold anything.
fn may_copy(plan: &Plan, received: &Received, entry: &FileEntry) -> bool {
    let form = plan.forms.iter().find(|form| form.id == entry.form);
    let part = received.parts.iter().find(|part| part.file.name == entry.file.name);
    form.is_some_and(|form| form.extractor == Extractor::TaskColumns)
        && part.is_some_and(|part| part.state == ReadState::Read)
}

fn is_home(plan: &Plan, school: &School) -> bool {
    plan.home.is_empty() || school.municipality.is_empty() || school.municipality == plan.home
}

fn known(register: &Register, label: &str) -> School {
    let by_id = || register.schools.iter().position(|school| school.id == label);
    let place = register.find(label).or_else(by_id);
    place
        .and_then(|place| register.schools.get(place))
        .cloned()
        .unwrap_or_else(|| School { id: label.to_owned(), ..School::default() })
}

/// Notes of a file by the school that they concern; those for the analyst alone are left out.
fn of_schools(
    register: &Register,
    entry: &FileEntry,
    notes: &[(usize, &Note)],
    blocks: &[&Block],
) -> BTreeMap<String, Vec<usize>> {
    let only = match entry.schools.as_slice() {
        [] => in_path(register, &entry.file.name),
        [one] => Some(one.clone()),
        _ => None,
    };
    let mut of_schools: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, note) in notes.iter().filter(|(_, note)| is_for_school(note)) {
        let school = match &only {
            Some(school) => Some(school.clone()),
            None => of_note(register, note, blocks),
        };
        if let Some(school) = school {
            of_schools.entry(school).or_default().push(*place);
        }
    }
    of_schools
}

/// Errors, and warnings at a cell of the form; what only the specification or the register can mend is for the office.
fn is_for_school(note: &Note) -> bool {
    note.severity != Severity::Warning || (0 < note.row && note.code.starts_with(['R', 'V']))
}

/// The school whose login or code stands in the path of a file that told none itself.
fn in_path(register: &Register, file: &str) -> Option<String> {
    let path = file.to_lowercase();
    let words: Vec<&str> = path.split(|letter: char| !letter.is_alphanumeric()).collect();
    let stands = |key: &str| 4 <= key.len() && words.contains(&key.to_lowercase().as_str());
    let school = register.schools.iter().find(|school| stands(&school.login) || stands(&school.code))?;
    Some(school.id.clone())
}

/// The school of the row of a note; rows that still count only.
fn of_note(register: &Register, note: &Note, blocks: &[&Block]) -> Option<String> {
    let of = |label: &str| known(register, label).id;
    let here = || blocks.iter().filter(|block| block.sheet == note.sheet);
    if note.row == 0 {
        let named = here().any(|block| block.school.names.contains(&note.found));
        return named.then(|| of(&note.found));
    }
    for block in here() {
        match block.row.binary_search(&note.row) {
            Ok(row) if block.state.get(row) == Some(&RowState::Superseded) => return None,
            Ok(row) => return Some(of(block.school.name(row))),
            Err(next) => {
                let before = next.checked_sub(1).map(|row| block.school.name(row));
                let after = block.school.name(next);
                // A refused row or a group row: clear only between rows of one school, or as the last one of it.
                if let Some(before) = before
                    && (after.is_empty() || after == before)
                    && !before.is_empty()
                {
                    return Some(of(before));
                }
            }
        }
    }
    None
}

/// Rows of a school by sheet.
fn own_rows(
    register: &Register,
    school: &str,
    blocks: &[&Block],
    notes: &[Note],
    places: &[usize],
) -> BTreeMap<String, OwnRows> {
    let mut of_sheet: BTreeMap<String, OwnRows> = BTreeMap::new();
    for block in blocks {
        let own: Vec<bool> = block.school.names.iter().map(|label| known(register, label).id == school).collect();
        if !own.contains(&true) {
            continue;
        }
        let rows = of_sheet.entry(block.sheet.clone()).or_default();
        for (row, label) in block.row.iter().zip(&block.school.of_row) {
            rows.rows.insert(*row, own.get(*label as usize).copied().unwrap_or(false));
        }
    }
    for note in places.iter().filter_map(|place| notes.get(*place)).filter(|note| 0 < note.row) {
        if let Some(rows) = of_sheet.get_mut(&note.sheet) {
            rows.noted.insert(note.row);
        }
    }
    of_sheet
}
