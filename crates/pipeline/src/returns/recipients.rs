//! Whom an error concerns: the school of the file, or the school of the row.

use super::Settled;
use super::addresses::Addresses;
use super::own_rows::OwnRows;
use crate::receive::Received;
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::block::{Block, RowState};
use srez_model::delivery::{FileEntry, FileStatus};
use srez_model::form::{Extractor, Field};
use srez_model::note::{Note, Severity};
use srez_model::place::School;
use srez_reconcile::ExamResults;
use srez_sheets::ReadState;
use srez_wording::date;
use srez_wording::slug::slug;
use std::collections::BTreeMap;

/// What goes back to one school.
#[derive(Clone, Debug)]
pub(crate) struct Return {
    /// Id in the register, or the label of the file.
    pub(super) school: String,
    /// Name as documents print it.
    pub(super) name: String,
    /// Municipality; empty where unknown.
    pub(super) municipality: String,
    /// Date as printed.
    pub(super) date: String,
    /// Its folder below that of the packets, once the names are given out.
    pub(super) folder: String,
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
    /// Codes of pupils by sheet and row, as far as the form holds codes.
    pub(super) codes: BTreeMap<(String, u32), String>,
    /// True where a copy may be made: the form holds no names.
    pub(super) copy: bool,
}

/// What was noticed in one file for one school.
#[derive(Clone, Debug)]
pub(crate) struct Concern {
    /// Id in the register, or the label of the file.
    pub(super) school: String,
    /// Path as listed.
    pub(super) file: String,
    /// Notes by their place in the list of all notes.
    pub(super) notes: Vec<usize>,
}

/// Whom which notes concern, by file and school: the schools of the home municipality, the reported year, and files
/// that still count.
pub(crate) fn concerns(settled: &Settled<'_>) -> Vec<Concern> {
    let &Settled { plan, register, received, results, files } = settled;
    let addresses = Addresses::new(register);
    let blocks = blocks_by_file(results);
    let mut notes: BTreeMap<&str, Vec<(usize, &Note)>> = BTreeMap::new();
    for (place, note) in received.notes.iter().enumerate() {
        notes.entry(&note.file).or_default().push((place, note));
    }
    let mut concerns = Vec::new();
    for entry in files.iter().filter(|entry| is_current(plan, entry) && !is_of_office(plan, entry)) {
        let Some(notes) = notes.get(entry.file.name.as_str()) else { continue };
        let blocks = blocks.get(entry.file.name.as_str()).map_or(&[][..], Vec::as_slice);
        for (school, notes) in of_schools(&addresses, entry, notes, blocks) {
            let school = addresses.school(&school);
            if is_home(plan, &school) {
                concerns.push(Concern { school: school.id, file: entry.file.name.clone(), notes });
            }
        }
    }
    concerns
}

/// Packets of all schools with something left out, by school; warnings alone make none, but go along.
pub(crate) fn recipients(settled: &Settled<'_>, concerns: &[Concern]) -> Vec<Return> {
    let &Settled { plan, register, received, results, files } = settled;
    let addresses = Addresses::new(register);
    let blocks = blocks_by_file(results);
    let entries: BTreeMap<&str, &FileEntry> = files.iter().map(|entry| (entry.file.name.as_str(), entry)).collect();
    let mut packets: BTreeMap<String, Return> = BTreeMap::new();
    for Concern { school, file, notes } in concerns {
        let is_error =
            |place: &usize| received.notes.get(*place).is_some_and(|note| note.severity != Severity::Warning);
        let Some(entry) = entries.get(file.as_str()).filter(|_| notes.iter().any(is_error)) else { continue };
        let blocks = blocks.get(file.as_str()).map_or(&[][..], Vec::as_slice);
        let rows = (entry.schools.len() > 1).then(|| own_rows(&addresses, school, blocks, &received.notes, notes));
        let copy = may_copy(plan, received, entry);
        let codes = if copy { codes(blocks, &received.notes, notes) } else { BTreeMap::new() };
        let returned = ReturnFile { file: file.clone(), notes: notes.clone(), rows, codes, copy };
        let packet = packets.entry(school.clone()).or_insert_with(|| packet(plan, &addresses.school(school)));
        packet.files.push(returned);
    }
    packets.into_values().collect()
}

fn blocks_by_file(results: &[ExamResults]) -> BTreeMap<&str, Vec<&Block>> {
    let mut blocks: BTreeMap<&str, Vec<&Block>> = BTreeMap::new();
    for block in results.iter().flat_map(|of_exam| &of_exam.blocks) {
        blocks.entry(&block.file).or_default().push(block);
    }
    blocks
}

fn packet(plan: &Plan, school: &School) -> Return {
    let names = [&school.name, &school.short_name, &school.id];
    let name = names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    Return {
        school: school.id.clone(),
        name,
        municipality: school.municipality.clone(),
        date: date::short(&plan.date),
        folder: String::new(),
        files: Vec::new(),
    }
}

/// True for files that still count and belong to the reported year, or to no exam that was recognised.
pub(super) fn is_current(plan: &Plan, entry: &FileEntry) -> bool {
    let of_year =
        |exam: &String| plan.year.is_none_or(|year| exam.parse::<ExamKey>().is_ok_and(|exam| exam.year == year));
    !matches!(entry.status, FileStatus::Superseded | FileStatus::Repeated | FileStatus::Skipped | FileStatus::SetAside)
        && (entry.exams.is_empty() || entry.exams.iter().any(of_year))
}

/// True for a protocol of ОГЭ or ЕГЭ with several schools: the region hands it out, and no school can mend it.
pub(super) fn is_of_office(plan: &Plan, entry: &FileEntry) -> bool {
    let form = plan.forms.iter().find(|form| form.id == entry.form);
    entry.schools.len() > 1 && form.is_some_and(|form| form.extractor == Extractor::AnswerStrings)
}

/// Forms of ВПР hold codes; protocols of ОГЭ and ЕГЭ hold names, and what was not recognised may hold anything.
fn may_copy(plan: &Plan, received: &Received, entry: &FileEntry) -> bool {
    let form = plan.forms.iter().find(|form| form.id == entry.form);
    let part = received.parts.iter().find(|part| part.file.name == entry.file.name);
    form.is_some_and(|form| form.extractor == Extractor::TaskColumns && !form.columns.contains_key(&Field::Surname))
        && part.is_some_and(|part| part.state == ReadState::Read)
}

/// True for a school of the home municipality. A code without a single letter or digit names no school: there is nobody
/// to write to, and its rows stand in the protocol of the office.
pub(super) fn is_home(plan: &Plan, school: &School) -> bool {
    let at_home = plan.home.is_empty() || school.municipality.is_empty() || school.municipality == plan.home;
    at_home && !slug(&school.id).is_empty()
}

/// Notes of a file by the school that they concern; those for the analyst alone are left out.
fn of_schools(
    addresses: &Addresses<'_>,
    entry: &FileEntry,
    notes: &[(usize, &Note)],
    blocks: &[&Block],
) -> BTreeMap<String, Vec<usize>> {
    let only = match entry.schools.as_slice() {
        [] => addresses.in_path(&entry.file.name).map(str::to_owned),
        [one] => Some(one.clone()),
        _ => None,
    };
    let mut of_schools: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, note) in notes.iter().filter(|(_, note)| is_for_school(note)) {
        let school = match &only {
            Some(school) => Some(school.clone()),
            None => of_note(addresses, note, blocks),
        };
        // A row without a school goes back to nobody.
        if let Some(school) = school.filter(|school| !school.is_empty()) {
            of_schools.entry(school).or_default().push(*place);
        }
    }
    of_schools
}

/// Errors, and warnings at a cell of the form; what only the specification or the register can mend is for the office.
fn is_for_school(note: &Note) -> bool {
    note.severity != Severity::Warning || (note.row > 0 && note.code.as_str().starts_with(['R', 'V']))
}

/// The school of the row of a note; rows that still count only.
fn of_note(addresses: &Addresses<'_>, note: &Note, blocks: &[&Block]) -> Option<String> {
    let of = |label: &str| addresses.id(label).to_owned();
    let here: Vec<&&Block> = blocks.iter().filter(|block| block.sheet == note.sheet).collect();
    if note.row == 0 {
        let named = here.iter().any(|block| block.school.names.contains(&note.found));
        return named.then(|| of(&note.found));
    }
    let exact = here.iter().find_map(|block| Some((block, block.row.binary_search(&note.row).ok()?)));
    if let Some((block, row)) = exact {
        let still_counts = block.state.get(row) != Some(&RowState::Superseded);
        return still_counts.then(|| of(block.school.name(row)));
    }
    // A refused row that is in no block: clear only between rows of one school, or as the last row of it.
    let [block] = here.as_slice() else { return None };
    let next = block.row.partition_point(|row| *row < note.row);
    let before = next.checked_sub(1).map(|row| block.school.name(row)).filter(|label| !label.is_empty())?;
    let after = block.school.name(next);
    (after.is_empty() || after == before).then(|| of(before))
}

/// Codes of the pupils whose rows the notes name.
fn codes(blocks: &[&Block], notes: &[Note], places: &[usize]) -> BTreeMap<(String, u32), String> {
    let noted = places.iter().filter_map(|place| notes.get(*place)).filter(|note| note.row > 0);
    let code = |note: &Note| {
        let here = blocks.iter().filter(|block| block.sheet == note.sheet);
        let mut found = here.filter_map(|block| Some(block.participant.name(block.row.binary_search(&note.row).ok()?)));
        found.find(|code| !code.is_empty()).map(str::to_owned)
    };
    noted.filter_map(|note| Some(((note.sheet.clone(), note.row), code(note)?))).collect()
}

/// Rows of a school by sheet.
fn own_rows(
    addresses: &Addresses<'_>,
    school: &str,
    blocks: &[&Block],
    notes: &[Note],
    places: &[usize],
) -> BTreeMap<String, OwnRows> {
    let mut of_sheet: BTreeMap<&str, Vec<(u32, bool)>> = BTreeMap::new();
    for block in blocks {
        let own: Vec<bool> = block.school.names.iter().map(|label| addresses.id(label) == school).collect();
        let is_own = |label: &u32| own.get(*label as usize).copied().unwrap_or(false);
        let rows = block.row.iter().copied().zip(block.school.of_row.iter().map(is_own));
        of_sheet.entry(&block.sheet).or_default().extend(rows);
    }
    let mut kept = BTreeMap::new();
    for (sheet, mut rows) in of_sheet {
        if rows.iter().any(|(_, own)| *own) {
            rows.sort_unstable();
            let mut own = OwnRows::new(rows.into_iter());
            let noted =
                places.iter().filter_map(|place| notes.get(*place)).filter(|note| note.sheet == sheet && note.row > 0);
            noted.for_each(|note| own.keep(note.row));
            kept.insert(sheet.to_owned(), own);
        }
    }
    kept
}
