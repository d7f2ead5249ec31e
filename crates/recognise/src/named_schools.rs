//! Names and municipalities of schools in rows of results and facts: what a register would say.

use super::Scene;
use super::row_identity::RowCells;
use super::spelling::{tidy, words};
use rustc_hash::FxHashSet;
use srez_model::form::{Extractor, Field};
use srez_model::personal::{has_number, is_bare_surname, is_personal, names_in_full};
use srez_model::place::NamedSchool;
use srez_model::school_words::reads_like_school;
use std::collections::{BTreeMap, BTreeSet};

/// Words and short words that stand beside the name of a place.
const MARKS: &[&str] = &[
    "г",
    "город",
    "городской",
    "го",
    "о",
    "округ",
    "район",
    "р",
    "н",
    "мо",
    "муниципальный",
    "муниципальное",
    "образование",
    "муниципалитет",
    "село",
    "поселок",
    "пос",
    "пгт",
    "зато",
];

/// Adds what the rows of a sheet say of their schools. A register is not asked: its rows are schools.
pub(crate) fn add(scene: &Scene<'_>, named: &mut Vec<NamedSchool>) {
    let has = |field| scene.found.columns.contains_key(&field);
    let keyed = [Field::Login, Field::School, Field::Code, Field::SchoolName].into_iter().any(has);
    let said = has(Field::SchoolName) || has(Field::Municipality);
    if scene.profile.extractor == Extractor::Registers || !keyed || !said {
        return;
    }
    // Blocks carry the municipality of every row that counts; totals between the rows have none.
    let in_blocks = matches!(scene.profile.extractor, Extractor::TaskColumns | Extractor::AnswerStrings);
    let mut rows: BTreeMap<NamedSchool, u32> = BTreeMap::new();
    for row in scene.found.header_row + 1..scene.sheet.height() {
        let cells = RowCells::new(scene, row);
        let written = cells.text(Field::SchoolName);
        // A column slides, and the name of a person stands where that of a school should.
        let is_name = reads_like_school(&written) && !names_in_full(&written) && !has_number(&written);
        let name = if is_name { written } else { String::new() };
        let municipality =
            if in_blocks { String::new() } else { municipality(scene, &cells.text(Field::Municipality)) };
        let school = cells.school();
        let school = tidy(school.split(" | ").next().unwrap_or_default());
        if school.is_empty() || (name.is_empty() && municipality.is_empty()) {
            continue;
        }
        *rows.entry(NamedSchool { school, name, municipality, rows: 0 }).or_default() += 1;
    }
    named.extend(rows.into_iter().map(|(said, rows)| NamedSchool { rows, ..said }));
}

/// Name of a municipality without its code; empty where a person stands there. What reads like a surname alone is a
/// place only where another row says so: «г. Чижов», «Чижовский район».
pub(crate) fn municipality(scene: &Scene<'_>, text: &str) -> String {
    let name = name_after_code(text);
    let is_person = is_personal(&name) || is_bare_surname(&name) && !places(scene).contains(&words(&name));
    if is_person { String::new() } else { name }
}

/// «reg22_m030 | Третьяковский район»: the name without the code.
fn name_after_code(text: &str) -> String {
    tidy(text.split_once(" | ").map_or(text, |(_, name)| name))
}

/// Words that stand beside a word of places in the column of municipalities.
fn places<'a>(scene: &'a Scene<'_>) -> &'a FxHashSet<String> {
    scene.places.get_or_init(|| {
        let Some(column) = scene.found.columns.get(&Field::Municipality) else { return FxHashSet::default() };
        let rows = scene.found.header_row + 1..scene.sheet.height();
        let texts: BTreeSet<String> = rows.map(|row| scene.sheet.text(row, *column)).collect();
        let mut found = FxHashSet::default();
        for text in texts {
            let words = words(&name_after_code(&text));
            let (marks, names): (Vec<&str>, Vec<&str>) = words.split(' ').partition(|word| MARKS.contains(word));
            if !marks.is_empty() && names.len() == 1 {
                found.extend(names.into_iter().map(str::to_owned));
            }
        }
        found
    })
}
