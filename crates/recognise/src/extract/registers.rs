//! Registers of schools: any order of columns, many names of headers.

use crate::codes::{PERSONAL_TEXT, SCHOOL_WITHOUT_KEY};
use crate::identity::login;
use crate::known_words::names_nobody;
use crate::points::whole_in_cell;
use crate::sieve::Sieve;
use crate::spelling::{fold, tidy};
use crate::withheld::Withheld;
use crate::{Extracted, Scene, named_schools, school_key};
use srez_model::form::Field;
use srez_model::personal::{is_bare_surname, is_personal};
use srez_model::place::{School, without_fraction};
use srez_model::raw_sheet::RawCell;

/// Takes the schools of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    let mut withheld = Withheld::default();
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= scene.found.header_row {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else if let Some(school) = read_row(scene, row) {
            note_persons(scene, row, &mut withheld);
            extracted.rows.accepted += 1;
            extracted.schools.push(school);
        } else {
            let field = [Field::Login, Field::Code].into_iter().find_map(|field| scene.found.columns.get(&field));
            let message = "нет ни логина, ни кода школы";
            extracted.notes.push(scene.note(&SCHOOL_WITHOUT_KEY, row, field.copied().unwrap_or(0), message));
            extracted.rows.rejected += 1;
        }
    }
    extracted.notes.extend(withheld.notes(scene));
    extracted
}

/// Labels that were not taken.
fn note_persons(scene: &Scene<'_>, row: u32, withheld: &mut Withheld) {
    for field in [
        Field::Login,
        Field::Code,
        Field::SchoolType,
        Field::Locality,
        Field::Municipality,
        Field::SchoolName,
        Field::ShortName,
    ] {
        if let Some(column) = scene.found.columns.get(&field)
            && is_withheld(scene, row, field)
        {
            withheld.add(&PERSONAL_TEXT, row, *column);
        }
    }
}

/// True for a text that may name a person, by what should stand in its column.
fn is_withheld(scene: &Scene<'_>, row: u32, field: Field) -> bool {
    let cell = scene.found.columns.get(&field).map_or(RawCell::Empty, |column| scene.sheet.cell(row, *column));
    let written = tidy(&scene.sheet.show(cell));
    let text = written.as_str();
    if text.is_empty() || matches!(cell, RawCell::Date(_)) {
        return !text.is_empty();
    }
    match field {
        Field::Login | Field::Code => login(text).is_none() && school_key::of_code(text).is_empty(),
        Field::Locality => is_personal(text) || is_bare_surname(text),
        Field::Municipality => named_schools::municipality(scene, text).is_empty(),
        Field::SchoolName | Field::ShortName => school_key::is_person(text),
        _ => is_personal(text) || !names_nobody(text),
    }
}

fn read_row(scene: &Scene<'_>, row: u32) -> Option<School> {
    let cell = |field: Field| scene.found.columns.get(&field).map(|column| scene.sheet.cell(row, *column));
    let text = |field: Field| cell(field).map(|cell| tidy(&scene.sheet.show(cell))).unwrap_or_default();
    let label = |field: Field| Some(text(field)).filter(|_| !is_withheld(scene, row, field)).unwrap_or_default();
    let written = text(Field::Login);
    let own_login = login(&written).unwrap_or_else(|| school_key::of_code(&written));
    let written = text(Field::Code);
    let code = if school_key::of_code(&written).is_empty() { "" } else { without_fraction(&written) }.to_owned();
    let (own_login, code) = match login(&code) {
        Some(found) if own_login.is_empty() => (found, String::new()),
        _ => (own_login, code),
    };
    let id = [&own_login, &code].into_iter().find(|key| !key.is_empty())?.clone();
    let (name, short_name) = (school_key::name(&text(Field::SchoolName)), school_key::name(&text(Field::ShortName)));
    let either = |first: &str, second: &str| if first.is_empty() { second.to_owned() } else { first.to_owned() };
    let urban = cell(Field::IsUrban).and_then(|cell| whole_in_cell(scene.sheet, cell));
    let locality = match (fold(&text(Field::Locality)).as_str(), urban) {
        ("город" | "городская" | "town" | "urban", _) | ("", Some(1)) => "город".to_owned(),
        ("село" | "сельская" | "village" | "rural", _) | ("", Some(0)) => "село".to_owned(),
        _ => label(Field::Locality),
    };
    Some(School {
        id,
        login: own_login,
        code,
        name: either(&name, &short_name),
        short_name: either(&short_name, &name),
        school_type: label(Field::SchoolType),
        locality,
        municipality: label(Field::Municipality),
    })
}
