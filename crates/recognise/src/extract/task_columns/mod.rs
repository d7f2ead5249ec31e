//! ВПР forms: one row per participant, one column of points per task.

mod layout;
mod percents;
mod row_reader;
mod split_parts;
mod which_work;

use crate::codes::{IDENTITY_MISSING, OTHER_GRADE};
use crate::identity::{self, ColumnYears, Evidence, Identity};
use crate::{Extracted, Scene, calendar, head};
use row_reader::RowReader;
use rustc_hash::FxHashSet;
use srez_model::assessment::Exam;
use srez_model::form::{Field, Source};
use srez_model::note::Note;
use srez_model::raw_sheet::RawCell;
use which_work::Work;

/// Takes the results of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    count_head(scene, &mut extracted);
    let head = head::read(scene.sheet, scene.found.header_row);
    let evidence = Evidence {
        file: scene.file,
        sheet: &scene.sheet.name,
        head: &head,
        years: column_years(scene),
        group: scene.group,
    };
    let mut identity = match identity::read(scene.profile, scene.settings.subjects, &evidence) {
        Ok(identity) => identity,
        Err(notes) => return refuse(scene, extracted, notes),
    };
    let school = match constant_school(scene) {
        Ok(school) => school,
        Err(note) => return refuse(scene, extracted, vec![*note]),
    };
    if let Err(note) = which_work::choose_paper(scene, &mut identity, &head) {
        return refuse(scene, extracted, vec![*note]);
    }
    let work = which_work::of(scene, &identity.key);
    let layout = match layout::read(scene, work.joined().as_ref(), &head) {
        Ok(layout) => layout,
        Err(note) => return refuse(scene, extracted, vec![*note]),
    };
    extracted.reasons.extend(identity.reasons.iter().cloned());
    extracted.notes.extend(other_grade(scene, &identity));
    extracted.notes.extend(layout.extra_columns_note(scene));
    RowReader::new(scene, identity, school, head, layout).read_all(&mut extracted);
    if let Work::Parts(parts) = &work {
        split_blocks(scene, parts, &mut extracted);
    }
    extracted
}

/// A sheet with several works in a row is read once per work, and its rows count as often.
fn split_blocks(scene: &Scene<'_>, parts: &[&Exam], extracted: &mut Extracted) {
    for whole in std::mem::take(&mut extracted.blocks) {
        let rows = whole.block.rows();
        let blocks = split_parts::split(scene, whole, parts, &mut extracted.notes);
        extracted.rows.read += u32::try_from(rows * blocks.len().saturating_sub(1)).unwrap_or(u32::MAX);
        extracted.blocks.extend(blocks);
    }
}

/// Rows down to the header are structural or blank.
fn count_head(scene: &Scene<'_>, extracted: &mut Extracted) {
    extracted.rows.read = scene.sheet.height();
    for row in 0..=scene.found.header_row {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else {
            extracted.rows.structural += 1;
        }
    }
}

/// Counts the rows of a sheet that cannot be used.
fn refuse(scene: &Scene<'_>, mut extracted: Extracted, notes: Vec<Note>) -> Extracted {
    let own: Vec<u32> =
        scene.found.columns.iter().filter(|(field, _)| **field != Field::Total).map(|(_, column)| *column).collect();
    for row in scene.found.header_row + 1..scene.sheet.height() {
        if own.iter().all(|column| scene.is_blank(scene.sheet.cell(row, *column))) {
            extracted.rows.blank += 1;
        } else {
            extracted.rows.rejected += 1;
        }
    }
    extracted.notes.extend(notes);
    extracted
}

/// The school of a form that holds none: from the file or folder name. Empty where a column tells it.
fn constant_school(scene: &Scene<'_>) -> Result<String, Box<Note>> {
    if scene.found.columns.contains_key(&Field::School) {
        return Ok(String::new());
    }
    identity::school(&scene.profile.identity.school, scene.file).ok_or_else(|| {
        let message = "не определена школа: в форме её нет; искали логин (eduNNNNNN) или код в имени файла и папок";
        Box::new(scene.sheet_note(&IDENTITY_MISSING, message))
    })
}

fn other_grade(scene: &Scene<'_>, identity: &Identity) -> Option<Note> {
    let (own, paper) = (identity.class_grade, identity.key.grade);
    (own != paper).then(|| {
        let message = format!("ученики {own} класса писали работу по образцу {paper} класса");
        scene.sheet_note(&OTHER_GRADE, message)
    })
}

/// Years that the columns of upload times and user groups tell, where the profile asks for them.
fn column_years(scene: &Scene<'_>) -> ColumnYears {
    let asked = |source: Source| scene.profile.identity.year.contains(&source);
    let column = |field: Field| scene.found.columns.get(&field).copied();
    let rows = scene.found.header_row + 1..scene.sheet.height();
    let mut years = ColumnYears::default();
    if let Some(column) = column(Field::Uploaded).filter(|_| asked(Source::Uploaded)) {
        let mut seen = FxHashSet::default();
        let mut uploads = FxHashSet::default();
        for row in rows.clone() {
            let cell = scene.sheet.cell(row, column);
            let key = match cell {
                RawCell::Text(text) => u64::from(text),
                RawCell::Date(days) | RawCell::Number(days) => days.to_bits(),
                _ => continue,
            };
            if seen.insert(key) {
                uploads.extend(calendar::in_cell(scene.sheet, cell).get(..4).and_then(|year| year.parse::<u16>().ok()));
            }
        }
        if let (1, Some(year)) = (uploads.len(), uploads.iter().next()) {
            years.uploaded = *year;
        }
    }
    if let Some(column) = column(Field::Groups).filter(|_| asked(Source::Groups)) {
        years.groups = rows.take(1).filter_map(|row| latest_year(&scene.sheet.text(row, column))).max().unwrap_or(0);
    }
    years
}

/// The latest `vprYYYY` in a list of user groups.
fn latest_year(groups: &str) -> Option<u16> {
    groups.match_indices("vpr").filter_map(|(place, _)| groups.get(place + 3..place + 7)?.parse().ok()).max()
}
