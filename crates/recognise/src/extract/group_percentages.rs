//! Ф3 «Статистика по отметкам»: shares of marks of country, region, municipalities and schools.

use crate::codes::{REFERENCE_ROW, REFERENCE_SUM};
use crate::group_name::{self, GroupName};
use crate::identity::{self, ColumnYears, Evidence};
use crate::row_identity::RowCells;
use crate::school_key;
use crate::sieve::Sieve;
use crate::spelling::tidy;
use crate::{Extracted, Scene, head};
use srez_model::assessment::ExamKey;
use srez_model::form::Field;
use srez_model::raw_sheet::RawCell;
use srez_model::reference::{ReferenceKind, ReferenceMarks, ReferenceTable};
use std::collections::BTreeMap;

/// Greatest difference of a row's sum from 100 that rounding to two decimals explains, with room for a share that was
/// cut instead of rounded. Counts that cannot be told from two decimals, as of a country, are no fault of the file.
const ROUNDING: f64 = 0.050_001;

/// Difference of a row's sum from 100 beyond which its numbers are no shares of one whole.
const NO_SHARES: f64 = 50.0;

/// Takes the table of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    let header = scene.found.header_row;
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    let mut rows: Vec<(Option<ExamKey>, ReferenceMarks)> = Vec::new();
    let by_row = scene.found.columns.contains_key(&Field::Subject);
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= header || is_footer(scene, row) {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else if let Some(marks) = read_row(scene, row, rows.last().map(|(_, marks)| marks))
            && (!by_row || RowCells::new(scene, row).exam().is_some())
            && (marks.percent.iter().sum::<f64>() - 100.0).abs() < NO_SHARES
        {
            let sum: f64 = marks.percent.iter().sum();
            if ROUNDING < (sum - 100.0).abs() {
                let found = format!("{sum:.2}").replace('.', ",");
                let message = format!("доли отметок «2»–«5» дают в сумме {found}\u{a0}% вместо 100\u{a0}%");
                extracted
                    .notes
                    .push(scene.note(&REFERENCE_SUM, row, column(scene, Field::Mark2), message).found(found));
            }
            extracted.rows.accepted += 1;
            let exam = if by_row { RowCells::new(scene, row).exam() } else { None };
            rows.push((exam, marks));
        } else {
            let message = if by_row {
                "не прочитаны год, класс, предмет, число участников или доли отметок"
            } else {
                "нет числа участников или долей отметок, которые вместе дают 100\u{a0}%"
            };
            extracted.notes.push(scene.note(&REFERENCE_ROW, row, column(scene, Field::Participants), message));
            extracted.rows.rejected += 1;
        }
    }
    if by_row {
        keep_by_exam(scene, rows, &mut extracted);
    } else {
        keep_of_sheet(scene, rows, &mut extracted);
    }
    extracted
}

/// One table per exam, in the order of the exams.
fn keep_by_exam(scene: &Scene<'_>, rows: Vec<(Option<ExamKey>, ReferenceMarks)>, extracted: &mut Extracted) {
    let mut of_exam: BTreeMap<ExamKey, Vec<ReferenceMarks>> = BTreeMap::new();
    for (exam, marks) in rows {
        if let Some(exam) = exam {
            of_exam.entry(exam).or_default().push(marks);
        }
    }
    for (exam, rows) in of_exam {
        extracted.reasons.push(format!("{}: строк {}", exam.id(), rows.len()));
        let (file, sheet) = (scene.file.to_owned(), scene.sheet.name.clone());
        extracted.references.push(ReferenceTable { exam, file, sheet, rows, tasks: Vec::new() });
    }
}

/// One table whose exam title and sheet name.
fn keep_of_sheet(scene: &Scene<'_>, rows: Vec<(Option<ExamKey>, ReferenceMarks)>, extracted: &mut Extracted) {
    let head = head::read(scene.sheet, scene.found.header_row);
    let evidence = Evidence {
        file: scene.file,
        sheet: &scene.sheet.name,
        head: &head,
        years: ColumnYears::default(),
        group: None,
    };
    match identity::read(scene.profile, scene.settings.subjects, &evidence) {
        Ok(identity) => {
            extracted.reasons = identity.reasons;
            if !rows.is_empty() {
                let (file, sheet) = (scene.file.to_owned(), scene.sheet.name.clone());
                let rows = rows.into_iter().map(|(_, marks)| marks).collect();
                extracted.references.push(ReferenceTable { exam: identity.key, file, sheet, rows, tasks: Vec::new() });
            }
        }
        Err(notes) => extracted.notes.extend(notes),
    }
}

fn column(scene: &Scene<'_>, field: Field) -> u32 {
    scene.found.columns.get(&field).copied().unwrap_or(0)
}

/// A remark below the table: text in the first column alone.
fn is_footer(scene: &Scene<'_>, row: u32) -> bool {
    scene.sheet.row(row).iter().filter(|cell| !scene.sheet.is_blank(**cell)).count() == 1
}

fn read_row(scene: &Scene<'_>, row: u32, above: Option<&ReferenceMarks>) -> Option<ReferenceMarks> {
    let cells = RowCells::new(scene, row);
    let n = u64::from(cells.count(Field::Participants)?);
    let mut percent = [0.0; 4];
    for (slot, field) in percent.iter_mut().zip([Field::Mark2, Field::Mark3, Field::Mark4, Field::Mark5]) {
        *slot = share(scene, cells.cell(field))?;
    }
    let name = if scene.found.columns.contains_key(&Field::Group) {
        let name = group_name::read(&cells.text(Field::Group), above.map(|above| above.kind))?;
        Some(name).filter(|group| !school_key::is_person(&group.name))?
    } else {
        let (name, code) = (school_key::name(&cells.text(Field::SchoolName)), cells.school());
        GroupName { kind: ReferenceKind::School, name, code: Some(code).filter(|code| !code.is_empty())? }
    };
    let counts = ReferenceMarks::recover(percent, n);
    Some(ReferenceMarks { kind: name.kind, name: name.name, code: name.code, n, percent, counts, row: row + 1 })
}

/// A share from 0 to 100: a number, or text with a comma.
pub(super) fn share(scene: &Scene<'_>, cell: RawCell) -> Option<f64> {
    let share = match cell {
        RawCell::Number(number) | RawCell::Percent(number) => number,
        RawCell::Text(text) => {
            tidy(scene.sheet.string(text)).trim_end_matches('%').trim().replace(',', ".").parse().ok()?
        }
        _ => return None,
    };
    (0.0..=100.0).contains(&share).then_some(share)
}
