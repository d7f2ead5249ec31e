//! What is noted where the files do not agree on a school: on its name or its municipality.

use super::{MOST_NAMED, Said, Sighting};
use crate::municipality::Spellings;
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use srez_model::place::School;
use std::collections::BTreeMap;

/// One municipality, several spellings.
pub(crate) const SPELLINGS: NoteDefinition = NoteDefinition {
    id: NoteCode::MunicipalitySpellings,
    severity: Severity::Warning,
    title: "муниципалитет назван по-разному",
    explanation: "«г. Х», «город Х», «Х» и «городской округ Х» — один муниципалитет: строки собраны вместе, печатается \
                  одно название — из конвейера (home), из реестра или самое частое. Город и район с одним названием, \
                  если в данных есть оба, не смешиваются.",
    hint: "ничего делать не нужно; если это разные муниципалитеты, назовите их в файлах по-разному",
};

/// One school in two municipalities.
pub(crate) const TWO_MUNICIPALITIES: NoteDefinition = NoteDefinition {
    id: NoteCode::TwoMunicipalities,
    severity: Severity::Warning,
    title: "у школы два муниципалитета",
    explanation: "Строки одной школы называют разные муниципалитеты. Школа отнесена к тому, который назван чаще.",
    hint: "проверьте код школы и муниципалитет в файлах; в реестре школ муниципалитет указывается один раз",
};

/// One school, several names.
pub(crate) const NAMES: NoteDefinition = NoteDefinition {
    id: NoteCode::SchoolNames,
    severity: Severity::Warning,
    title: "школа названа по-разному",
    explanation: "Под одним кодом в файлах стоят разные названия. Это одна школа; печатается самое частое название.",
    hint: "проверьте, что код не чужой; название школы можно задать в реестре (ключ schools)",
};

pub(super) fn two_municipalities(school: &School, said: &Said<'_>) -> Option<Note> {
    let first = said.first.filter(|_| said.municipalities.len() > 1)?;
    let named: Vec<String> = said.municipalities.iter().map(|(name, rows)| format!("«{name}» ({rows})")).collect();
    let (id, chosen) = (&school.id, &school.municipality);
    let message = format!("школа {id}: строк по муниципалитетам — {}; отнесена к «{chosen}»", named.join(", "));
    Some(Note::about_file(&TWO_MUNICIPALITIES, &first.file, message).at_sheet(&first.sheet).found(id))
}

pub(super) fn names_note(several: &[(String, String, Option<&Sighting>)]) -> Option<Note> {
    let first = several.iter().find_map(|(_, _, first)| *first)?;
    let printed = |(id, name, _): &(String, String, Option<&Sighting>)| {
        if name.is_empty() {
            format!("{id} — печатается код")
        } else {
            format!("{id} — печатается «{name}»")
        }
    };
    let named: Vec<String> = several.iter().take(MOST_NAMED).map(printed).collect();
    let more = if named.len() < several.len() { "; и другие" } else { "" };
    let message = format!("школ с разными названиями под одним кодом: {}; {}{more}", several.len(), named.join("; "));
    Some(Note::about_file(&NAMES, &first.file, message).at_sheet(&first.sheet))
}

/// One note per file and sheet for the municipalities that are spelled in several ways: a region has dozens of them.
pub(super) fn spelling_notes(spellings: &Spellings, home: &str, seen: &[Sighting]) -> Vec<Note> {
    let mut first_of: BTreeMap<&str, &Sighting> = BTreeMap::new();
    for sighting in seen {
        first_of.entry(sighting.said.municipality.as_str()).or_insert(sighting);
    }
    let mut by_place: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for (printed, others) in spellings.joined() {
        let others: Vec<&str> =
            others.into_iter().filter(|other| printed == home || first_of.contains_key(other)).collect();
        let first = others.iter().filter_map(|other| first_of.get(other).copied()).min();
        let Some(first) = first.or(seen.first()).filter(|_| !others.is_empty()) else { continue };
        let found: Vec<String> = others.iter().map(|other| format!("«{other}»")).collect();
        let whose = if printed == home { " (home конвейера)" } else { "" };
        let words = format!("{} — это «{printed}»{whose}", found.join(", "));
        by_place.entry((&first.file, &first.sheet)).or_default().push(words);
    }
    let note = |((file, sheet), all): ((&str, &str), Vec<String>)| {
        let named = all.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
        let message = match all.len() {
            1 => named,
            n if n <= MOST_NAMED => format!("муниципалитетов с разными написаниями: {n}: {named}"),
            n => format!("муниципалитетов с разными написаниями: {n}, например: {named}"),
        };
        Note::about_file(&SPELLINGS, file, message).at_sheet(sheet)
    };
    by_place.into_iter().map(note).collect()
}
