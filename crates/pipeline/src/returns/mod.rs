//! Return packets: a school with errors gets its own files back, wrong cells marked, and a letter.

mod addresses;
mod file_quality;
mod memory;
mod own_rows;
mod recipients;

pub(super) use file_quality::file_quality;
pub(super) use memory::{Check, FollowUp, check, follow_up};
pub(super) use recipients::{Return, concerns, recipients};

use super::compose::SchoolFolders;
use super::guarded::{Made, guarded};
use super::originals;
use super::reading::Original;
use super::receive::Received;
use rayon::prelude::*;
use srez_config::plan::{Format, Plan};
use srez_model::artifact::Artifact;
use srez_model::corrections::{Corrections, FaultState};
use srez_model::data_quality::DataQuality;
use srez_model::delivery::FileEntry;
use srez_model::error::Result;
use srez_model::note::Note;
use srez_model::place::Register;
use srez_model::raw_sheet::RawSheet;
use srez_reconcile::ExamResults;
use srez_report::documents::{Letter, LetterFile, return_letter};
use srez_texts::OfRun;
use srez_wording::file_name::file_name;
use srez_xlsx::{ReturnTitle, ReturnWorkbook};
use std::collections::{BTreeMap, BTreeSet};

/// What a run received and what it made of it: whom a note concerns is read off these together.
pub(super) struct Settled<'a> {
    pub(super) plan: &'a Plan,
    pub(super) register: &'a Register,
    pub(super) received: &'a Received,
    pub(super) results: &'a [ExamResults],
    pub(super) files: &'a [FileEntry],
}

/// What letters tell of the data of a school, beside its files.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    /// What was mended since the check before; none where there was none.
    pub(super) corrections: Option<&'a Corrections>,
    /// How good the data are.
    pub(super) quality: &'a DataQuality,
    /// What was written into them.
    pub(super) texts: &'a OfRun,
}

/// Longest name of a workbook without its number and extension.
const NAME_LIMIT: usize = 60;

/// Makes the workbooks and the letters; of the folders each school has one.
///
/// # Errors
/// Where no reader can be started for the originals.
pub(super) fn compose(
    plan: &Plan,
    received: &Received,
    returns: &[Return],
    folders: &SchoolFolders,
    told: Told<'_>,
) -> Result<Made> {
    let schools: Vec<String> = returns.iter().map(|packet| packet.school.clone()).collect();
    let folders = folders.of_all(&schools);
    let in_folder =
        |packet: &Return| Return { folder: folders.get(&packet.school).cloned().unwrap_or_default(), ..packet.clone() };
    let returns: Vec<Return> = returns.iter().map(in_folder).collect();
    let returns = returns.as_slice();
    let wanted = |format| plan.formats.contains(&format);
    let books = if wanted(Format::Xlsx) { workbooks(plan, received, returns)? } else { Made::default() };
    if !wanted(Format::Docx) {
        return Ok(books);
    }
    let made: BTreeSet<String> = books.artifacts.iter().map(|artifact| artifact.path.clone()).collect();
    let letters = returns.par_iter().map(|packet| {
        let path = format!("{}/letter", folder(packet));
        guarded(&path, || Ok(vec![letter(plan, received, packet, &made, told)?]))
    });
    Ok(books.join(letters.reduce(Made::default, Made::join)))
}

fn folder(packet: &Return) -> String {
    format!("qa/returns/{}", packet.folder)
}

/// Name of the workbook of a file of a packet.
fn workbook_name(packet: &Return, place: usize) -> String {
    let file = packet.files.get(place).map_or("", |file| file.file.as_str());
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = file_name(name.rsplit_once('.').map_or(name, |(stem, _)| stem), "file", NAME_LIMIT);
    format!("{:02}-{stem}.xlsx", place + 1)
}

/// Workbooks of all packets: every original is read once, whoever gets something of it.
fn workbooks(plan: &Plan, received: &Received, returns: &[Return]) -> Result<Made> {
    let mut of_file: BTreeMap<&str, Vec<(&Return, usize)>> = BTreeMap::new();
    for packet in returns {
        for (place, file) in packet.files.iter().enumerate() {
            of_file.entry(&file.file).or_default().push((packet, place));
        }
    }
    let wanted: BTreeSet<&str> = of_file
        .iter()
        .filter(|(_, takers)| takers.iter().any(|(packet, place)| packet.files[*place].copy))
        .map(|(file, _)| *file)
        .collect();
    let copies = originals::sheets(plan, received, &wanted, |Original { file, sheets, .. }| {
        let takers = of_file.get(file.as_str()).map_or(&[][..], Vec::as_slice);
        guarded(&format!("qa/returns: {file}"), || copy(plan, received, sheets, takers))
    })?;
    let copies = copies.into_iter().fold(Made::default(), Made::join);
    let done: BTreeSet<String> = copies.artifacts.iter().map(|artifact| artifact.path.clone()).collect();
    let without_copy = of_file.into_values().flatten().filter_map(|(packet, place)| {
        let path = format!("{}/{}", folder(packet), workbook_name(packet, place));
        let make =
            || Ok(vec![Artifact { path: path.clone(), bytes: workbook(plan, received, packet, place).finish()? }]);
        (!done.contains(&path)).then(|| guarded(&path, make))
    });
    Ok(without_copy.fold(copies, Made::join))
}

/// Copies of one file for all who get something of it.
fn copy(plan: &Plan, received: &Received, sheets: &[RawSheet], takers: &[(&Return, usize)]) -> Result<Vec<Artifact>> {
    let make = |(packet, place): &(&Return, usize)| {
        let mut book = workbook(plan, received, packet, *place);
        for sheet in sheets {
            let rows = match &packet.files[*place].rows {
                None => (0..sheet.height()).collect(),
                Some(of_sheet) => match of_sheet.get(&sheet.name) {
                    Some(of_sheet) => of_sheet.of(sheet.height()),
                    None => continue,
                },
            };
            book.copy(sheet, &rows)?;
        }
        let path = format!("{}/{}", folder(packet), workbook_name(packet, *place));
        Ok(Artifact { path, bytes: book.finish()? })
    };
    takers.iter().map(make).collect()
}

fn workbook<'a>(plan: &'a Plan, received: &'a Received, packet: &'a Return, place: usize) -> ReturnWorkbook<'a> {
    let file = &packet.files[place];
    let title = ReturnTitle { centre: &plan.centre, date: &packet.date, school: &packet.name, file: &file.file };
    ReturnWorkbook::new(title, notes(received, &file.notes))
}

fn notes<'a>(received: &'a Received, places: &[usize]) -> Vec<&'a Note> {
    places.iter().filter_map(|place| received.notes.get(*place)).collect()
}

fn letter(
    plan: &Plan,
    received: &Received,
    packet: &Return,
    made: &BTreeSet<String>,
    Told { corrections, quality, texts }: Told<'_>,
) -> Result<Artifact> {
    let of_school = corrections.and_then(|corrections| corrections.of_school(&packet.school));
    let files = (0..packet.files.len()).map(|place| {
        let workbook = workbook_name(packet, place);
        let is_made = made.contains(&format!("{}/{workbook}", folder(packet)));
        LetterFile {
            file: &packet.files[place].file,
            workbook: if is_made { workbook } else { String::new() },
            copied: is_made && packet.files[place].copy,
            notes: notes(received, &packet.files[place].notes),
            rows: packet.files[place]
                .rows
                .as_ref()
                .map(|of_sheet| of_sheet.iter().map(|(sheet, rows)| (sheet.clone(), rows.of(u32::MAX))).collect()),
            codes: &packet.files[place].codes,
            remains: of_school
                .into_iter()
                .flat_map(|of| &of.faults)
                .filter(|(state, fault)| *state == FaultState::Remains && fault.file == packet.files[place].file)
                .map(|(_, fault)| (fault.sheet.as_str(), fault.row, fault.column, fault.code.as_str()))
                .collect(),
        }
    });
    let letter = Letter {
        centre: &plan.centre,
        style: &plan.style,
        municipality: &packet.municipality,
        date: &plan.date,
        school: &packet.name,
        files: files.collect(),
        since: corrections.map_or("", |corrections| corrections.since.as_str()),
        corrections: of_school,
        quality: quality.of_school(&packet.school),
        quality_since: quality.since(),
    };
    let mut report = return_letter(&letter);
    let path = format!("{}/letter", folder(packet));
    texts.write_into(&mut report, &path);
    Ok(Artifact { path: format!("{path}.docx"), bytes: srez_docx::render(&report)? })
}
