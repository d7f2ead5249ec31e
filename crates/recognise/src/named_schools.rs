//! Names and municipalities of schools in rows of results and facts: what a register would say.

use super::Scene;
use super::row_identity::RowCells;
use super::spelling::{fold, tidy};
use srez_model::form::{Extractor, Field};
use srez_model::personal::{has_number, is_personal, names_in_full};
use srez_model::place::NamedSchool;
use std::collections::BTreeMap;

/// Beginnings of words of which at least one stands in the name of a school.
const SCHOOL_WORDS: [&str; 25] = [
    "школ",
    "шк.",
    "гимнази",
    "прогимнази",
    "лице",
    "кадет",
    "корпус",
    "интернат",
    "колледж",
    "техникум",
    "училищ",
    "институт",
    "университет",
    "академи",
    "центр",
    "учрежден",
    "комплекс",
    "детск",
    "сош",
    "оош",
    "нош",
    "всош",
    "сш",
    "ош",
    "оу",
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
        let is_name = reads_like_school(&written) && !names_in_full(&written) && !has_number(&written);
        let name = if is_name { written } else { String::new() };
        let municipality = if in_blocks { String::new() } else { municipality(&cells.text(Field::Municipality)) };
        let school = cells.school();
        let school = tidy(school.split(" | ").next().unwrap_or_default());
        if school.is_empty() || (name.is_empty() && municipality.is_empty()) {
            continue;
        }
        *rows.entry(NamedSchool { school, name, municipality, rows: 0 }).or_default() += 1;
    }
    named.extend(rows.into_iter().map(|(said, rows)| NamedSchool { rows, ..said }));
}

/// Name of a municipality without its code; empty where a person stands there.
pub(crate) fn municipality(text: &str) -> String {
    let name = name_after_code(text);
    if is_personal(&name) { String::new() } else { name }
}

/// «reg22_m030 | Третьяковский район»: the name without the code.
fn name_after_code(text: &str) -> String {
    tidy(text.split_once(" | ").map_or(text, |(_, name)| name))
}

/// A column slides, and the name of a person stands where that of a school should: only what reads like a school is
/// taken.
fn reads_like_school(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(|sign: char| !sign.is_alphanumeric() && sign != '.');
    words.any(|word| {
        let legal = (3..=8).contains(&word.chars().count()) && word.ends_with("оу");
        legal || SCHOOL_WORDS.iter().any(|known| word.starts_with(known))
    })
}

#[cfg(test)]
mod tests {
    use super::reads_like_school;

    #[test]
    fn a_person_in_the_column_of_names_is_no_school() {
        for school in ["МБОУ «СОШ № 1»", "Гимназия №3", "КГКОУ Школа 2", "138049 - лицей", "Центр образования"]
        {
            assert!(reads_like_school(school), "{school}");
        }
        for other in ["", "Синицына Анна Петровна", "12345", "—"] {
            assert!(!reads_like_school(other), "{other}");
        }
    }
}
