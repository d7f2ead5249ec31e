//! Ф3 «Статистика по отметкам»: shares of marks of country, region, municipalities and schools.

use crate::model::form::Field;
use crate::model::raw_sheet::RawCell;
use crate::model::reference::{ReferenceKind, ReferenceMarks, ReferenceTable};
use crate::recognise::codes::{REFERENCE_ROW, REFERENCE_SUM};
use crate::recognise::identity::{self, ColumnYears, Evidence};
use crate::recognise::points::whole_in_cell;
use crate::recognise::spelling::{fold, tidy};
use crate::recognise::{Extracted, Scene, head};

/// Greatest difference of a row's sum from 100 that rounding to two decimals explains, with room for a share that was
/// cut instead of rounded. Counts that cannot be told from two decimals, as of a country, are no fault of the file.
const ROUNDING: f64 = 0.050_001;

/// Takes the table of a sheet.
pub(in crate::recognise) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    let header = scene.found.header_row;
    extracted.rows.read = scene.sheet.height();
    let head = head::read(scene.sheet, header);
    let evidence = Evidence { file: scene.file, sheet: &scene.sheet.name, head: &head, years: ColumnYears::default() };
    let identity = identity::read(scene.profile, scene.settings.subjects, &evidence);
    let mut rows: Vec<ReferenceMarks> = Vec::new();
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= header || is_footer(scene, row) {
            extracted.rows.structural += 1;
        } else if let Some(marks) = read_row(scene, row, rows.last()) {
            let sum: f64 = marks.percent.iter().sum();
            if ROUNDING < (sum - 100.0).abs() {
                let found = format!("{sum:.2}").replace('.', ",");
                let message = format!("доли отметок «2»–«5» дают в сумме {found}\u{a0}% вместо 100\u{a0}%");
                extracted
                    .notes
                    .push(scene.note(&REFERENCE_SUM, row, column(scene, Field::Mark2), message).found(found));
            }
            extracted.rows.accepted += 1;
            rows.push(marks);
        } else {
            let message = "нет числа участников или долей отметок";
            extracted.notes.push(scene.note(&REFERENCE_ROW, row, column(scene, Field::Participants), message));
            extracted.rows.rejected += 1;
        }
    }
    match identity {
        Ok(identity) => {
            extracted.reasons = identity.reasons;
            if !rows.is_empty() {
                let (file, sheet) = (scene.file.to_owned(), scene.sheet.name.clone());
                extracted.references.push(ReferenceTable { exam: identity.key, file, sheet, rows });
            }
        }
        Err(notes) => extracted.notes.extend(notes),
    }
    extracted
}

fn column(scene: &Scene<'_>, field: Field) -> u32 {
    scene.found.columns.get(&field).copied().unwrap_or(0)
}

/// A remark below the table: text in the first column alone.
fn is_footer(scene: &Scene<'_>, row: u32) -> bool {
    scene.sheet.row(row).iter().filter(|cell| !scene.sheet.is_blank(**cell)).count() == 1
}

fn read_row(scene: &Scene<'_>, row: u32, above: Option<&ReferenceMarks>) -> Option<ReferenceMarks> {
    let cell = |field: Field| scene.sheet.cell(row, column(scene, field));
    let text = tidy(&scene.sheet.show(cell(Field::Group)));
    let n = u64::from(whole_in_cell(scene.sheet, cell(Field::Participants))?);
    let mut percent = [0.0; 4];
    for (slot, field) in percent.iter_mut().zip([Field::Mark2, Field::Mark3, Field::Mark4, Field::Mark5]) {
        *slot = share(scene, cell(field))?;
    }
    let (name, code) = match text.rsplit_once('(') {
        Some((name, suffix)) if suffix.ends_with(')') => {
            (name.trim().to_owned(), suffix.trim_end_matches(')').to_lowercase())
        }
        _ => (text.clone(), String::new()),
    };
    let (kind, name, code) = if fold(&text) == "вся выборка" {
        (ReferenceKind::Country, text, String::new())
    } else if code.starts_with("reg") && code.contains("_m") {
        (ReferenceKind::Municipality, name, code)
    } else if let Some(login) = identity::login(&code) {
        (ReferenceKind::School, name, login)
    } else if code.starts_with("reg") || above.is_none_or(|above| above.kind == ReferenceKind::Country) {
        (ReferenceKind::Region, if code.starts_with("reg") { name } else { text }, String::new())
    } else {
        return None;
    };
    Some(ReferenceMarks { kind, name, code, n, percent, counts: ReferenceMarks::recover(percent, n), row: row + 1 })
}

/// A share from 0 to 100: a number, or text with a comma.
fn share(scene: &Scene<'_>, cell: RawCell) -> Option<f64> {
    let share = match cell {
        RawCell::Number(number) => number,
        RawCell::Text(text) => {
            tidy(scene.sheet.string(text)).trim_end_matches('%').trim().replace(',', ".").parse().ok()?
        }
        _ => return None,
    };
    (0.0..=100.0).contains(&share).then_some(share)
}
