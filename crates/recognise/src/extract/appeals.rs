//! Appeals and re-checks: who, which exam, the result now. Names become pseudonyms here.

use crate::codes::{APPEAL_ROW, ODD_TOTAL};
use crate::exam_title::{self, Title};
use crate::points::{score_in_cell, whole_in_cell};
use crate::row_identity::RowCells;
use crate::sieve::Sieve;
use crate::spelling::fold;
use crate::{Extracted, Scene, pseudonym, school_key};
use srez_model::appeal::Appeal;
use srez_model::form::Field;

/// Takes the appeals of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    let structural: Vec<String> = scene.profile.structural_rows.iter().map(|word| fold(word)).collect();
    let mut title: Option<Title> = None;
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if let Some(found) = exam_title::read(scene, row) {
            extracted.rows.structural += 1;
            title = Some(found);
        } else if row <= scene.found.header_row || is_structural(scene, row, &structural) {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else {
            match read_row(scene, row, title.as_ref()) {
                Ok(appeal) => {
                    note_odd_numbers(scene, row, &mut extracted);
                    extracted.rows.accepted += 1;
                    extracted.appeals.push(appeal);
                }
                Err(why) => {
                    extracted.notes.push(scene.note(&APPEAL_ROW, row, 0, why).at(row + 1, 0));
                    extracted.rows.rejected += 1;
                }
            }
        }
    }
    extracted
}

/// Footers, and a header repeated on a new page.
fn is_structural(scene: &Scene<'_>, row: u32, words: &[String]) -> bool {
    let cells = RowCells::new(scene, row);
    let header = RowCells::new(scene, scene.found.header_row);
    let repeated = cells.text(Field::Surname) == header.text(Field::Surname);
    let first = scene.sheet.row(row).iter().find(|cell| !scene.sheet.is_blank(**cell));
    let text = first.map(|cell| fold(&scene.sheet.show(*cell))).unwrap_or_default();
    repeated || words.iter().any(|word| text.starts_with(word.as_str()))
}

fn read_row(scene: &Scene<'_>, row: u32, title: Option<&Title>) -> Result<Appeal, String> {
    let cells = RowCells::new(scene, row);
    let own = exam_title::parse(scene.settings.subjects, row, &cells.text(Field::Exam).replace('(', " "));
    let exam = own.as_ref().or(title).ok_or_else(|| "не понять, какой это экзамен".to_owned())?;
    let subject = exam.subject()?;
    let school = school_key::of_code(&cells.text(Field::School));
    if school.is_empty() {
        return Err("в строке нет кода школы".to_owned());
    }
    let joined = |fields: &[Field]| {
        let texts: Vec<String> =
            fields.iter().map(|field| cells.text(*field)).filter(|text| !text.is_empty()).collect();
        texts.join(" ")
    };
    let names = joined(&[Field::Surname, Field::GivenName, Field::Patronymic]);
    if names.is_empty() {
        return Err("в строке нет имени участника".to_owned());
    }
    let document = joined(&[Field::Document, Field::DocumentNumber]);
    let of = |document: &str| pseudonym::of(&scene.settings.pseudonym_key, &school, &names, document);
    let mut participants = vec![of(&document), of("")];
    participants.dedup();
    let is_mark = scene.found.columns.contains_key(&Field::Mark);
    let score = |field| score_in_cell(scene.sheet, cells.cell(field));
    let result = score(if is_mark { Field::Mark } else { Field::TestScore });
    let total = score(Field::Total);
    if result.is_none() && total.is_none() {
        return Err("в строке нет ни первичного балла, ни результата после апелляции".to_owned());
    }
    let state = fold(&cells.text(Field::AppealState));
    Ok(Appeal {
        file: scene.file.to_owned(),
        sheet: scene.sheet.name.clone(),
        row: row + 1,
        subject,
        date: exam.date.clone(),
        school,
        participants,
        before: score(Field::Before),
        total,
        result,
        is_mark,
        refused: ["отклон", "отозван", "не удовлетв"].iter().any(|word| state.contains(word)),
    })
}

/// What is found is not shown: a slid row may hold a name there.
fn note_odd_numbers(scene: &Scene<'_>, row: u32, extracted: &mut Extracted) {
    for field in [Field::Total, Field::Mark, Field::TestScore, Field::Before] {
        let cell = RowCells::new(scene, row).cell(field);
        if !scene.sheet.is_blank(cell) && whole_in_cell(scene.sheet, cell).is_none() {
            let column = scene.found.columns.get(&field).copied().unwrap_or(0);
            let message = format!("{} — не целое число", field.title());
            extracted.notes.push(scene.note(&ODD_TOTAL, row, column, message));
        }
    }
}
