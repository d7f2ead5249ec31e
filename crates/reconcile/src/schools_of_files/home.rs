//! Which schools are at home: the municipality of the pipeline, where neither register nor files name one.

use super::{MOST_NAMED, Sighting};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use srez_model::place::Register;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The municipality of the pipeline is nowhere.
pub(crate) const HOME_UNKNOWN: NoteDefinition = NoteDefinition {
    id: NoteCode::HomeUnknown,
    severity: Severity::Warning,
    title: "муниципалитета конвейера в данных нет",
    explanation: "Ключ home конвейера называет муниципалитет, которого нет ни в реестре, ни в файлах: документам не о \
                  ком говорить.",
    hint: "исправьте home в конвейере: впишите название так, как оно стоит в файлах или в реестре",
};

/// Nobody says where the schools are.
pub(crate) const HOME_ASSUMED: NoteDefinition = NoteDefinition {
    id: NoteCode::HomeAssumed,
    severity: Severity::Warning,
    title: "муниципалитет школ нигде не назван",
    explanation: "Ни реестр, ни файлы не говорят, в каком муниципалитете эти школы, и другой муниципалитет в данных не \
                  назван: школы отнесены к муниципалитету конвейера (home).",
    hint: "если здесь есть школы других муниципалитетов, укажите реестр школ (ключ schools)",
};

/// Schools that may or may not be at home.
pub(crate) const HOME_UNCLEAR: NoteDefinition = NoteDefinition {
    id: NoteCode::HomeUnclear,
    severity: Severity::Warning,
    title: "школы без муниципалитета не вошли в отчёт",
    explanation: "В данных есть несколько муниципалитетов, а эти школы не отнесены ни к одному: ни реестр, ни файлы не \
                  называют его. В документы о муниципалитете конвейера (home) они не вошли.",
    hint: "добавьте школы в реестр (ключ schools) с муниципалитетом",
};

/// Puts schools without a municipality at home where no other municipality is named, and says what home selects.
pub(super) fn settle_home(
    full: &mut Register,
    home: &str,
    with_results: &BTreeSet<usize>,
    anchor: &Sighting,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let others: BTreeMap<&str, u64> = full
        .schools
        .iter()
        .filter(|school| !school.municipality.is_empty() && school.municipality != home)
        .fold(BTreeMap::new(), |mut counts, school| {
            *counts.entry(school.municipality.as_str()).or_default() += 1;
            counts
        });
    let unknown: Vec<usize> = with_results
        .iter()
        .copied()
        .filter(|place| full.schools.get(*place).is_some_and(|school| school.municipality.is_empty()))
        .collect();
    let ids = |places: &[usize]| {
        let named = places.iter().take(MOST_NAMED).filter_map(|place| full.schools.get(*place));
        let named: Vec<&str> = named.map(|school| school.id.as_str()).collect();
        format!("{}{}", named.join(", "), if MOST_NAMED < places.len() { " и другие" } else { "" })
    };
    let about = |code: &NoteDefinition, message: String| Note::about_file(code, &anchor.file, message);
    if !unknown.is_empty() {
        let (n, ids) = (unknown.len(), ids(&unknown));
        notes.push(if others.is_empty() {
            about(&HOME_ASSUMED, format!("муниципалитет школ нигде не назван; к «{home}» отнесено школ: {n} ({ids})"))
        } else {
            about(&HOME_UNCLEAR, format!("в отчёт о «{home}» не вошли школы без муниципалитета: {n} ({ids})"))
        });
    }
    let at_home = full.schools.iter().any(|school| school.municipality == home);
    if !at_home && !others.is_empty() {
        let mut named: Vec<(&str, u64)> = others.iter().map(|(name, schools)| (*name, *schools)).collect();
        named.sort_by_key(|(name, schools)| (Reverse(*schools), *name));
        let named: Vec<String> = named.iter().take(MOST_NAMED).map(|(name, _)| format!("«{name}»")).collect();
        let more = if MOST_NAMED < others.len() { " и другие" } else { "" };
        let message = format!("муниципалитета «{home}» в данных нет; есть {}{more}", named.join(", "));
        notes.push(about(&HOME_UNKNOWN, message));
    }
    if others.is_empty() {
        for school in full.schools.iter_mut().filter(|school| school.municipality.is_empty()) {
            home.clone_into(&mut school.municipality);
        }
    }
    notes
}
