//! The register in force: the one that is given, completed by the schools of the results.

use super::receive::Received;
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_model::note::Note;
use srez_model::place::{NamedSchool, Register, School, canonical_login};
use srez_reconcile::{ExamResults, Sighting};
use srez_store::Snapshot;
use srez_wording::school_name::short_names;
use std::collections::{BTreeMap, BTreeSet};

/// The register in force for what the history holds, and what is to be said of it.
///
/// # Errors
/// Where the history cannot be read.
pub(super) fn of_history(plan: &Plan, received: &Received, history: &Snapshot) -> Result<(Register, Vec<Note>)> {
    let given = received.register();
    // What the register knows needs no look into the rows.
    let units = history.units().into_iter().filter(|held| !held.is_withdrawn);
    let labels: BTreeSet<&str> = units.map(|held| held.unit.school.as_str()).collect();
    let unknown: BTreeSet<&str> = labels.iter().copied().filter(|label| given.find(label).is_none()).collect();
    let mut seen = Vec::new();
    for key in if unknown.is_empty() { Vec::new() } else { history.exams() } {
        seen.extend(history.read(&key)?.blocks.iter().flat_map(Sighting::of_block));
    }
    if unknown.is_empty() {
        let file = received.parts.first().map(|part| part.file.name.clone()).unwrap_or_default();
        seen.extend(labels.iter().map(|label| Sighting {
            file: file.clone(),
            sheet: String::new(),
            said: NamedSchool { school: canonical_login(label), rows: 1, ..NamedSchool::default() },
            of_results: true,
        }));
    }
    Ok(complete(plan, received, &given, seen))
}

/// The register in force for the results of files that are only checked.
pub(super) fn of_results(plan: &Plan, received: &Received, results: &[ExamResults]) -> (Register, Vec<Note>) {
    let blocks = results.iter().flat_map(|of_exam| &of_exam.blocks);
    complete(plan, received, &received.register(), blocks.flat_map(Sighting::of_block).collect())
}

fn complete(plan: &Plan, received: &Received, given: &Register, mut seen: Vec<Sighting>) -> (Register, Vec<Note>) {
    for part in &received.parts {
        seen.extend(part.recognised.named.iter().map(|said| Sighting {
            file: part.file.name.clone(),
            sheet: String::new(),
            said: said.clone(),
            of_results: false,
        }));
    }
    seen.sort();
    let mut notes = Vec::new();
    let mut register = srez_reconcile::with_schools_of_files(given, &plan.home, &seen).into_value(&mut notes);
    shorten(&mut register.schools);
    (register, notes)
}

/// Gives every school the name of sentences and tables, whatever a register calls short: «МБОУ СОШ №49» is «СОШ № 49».
/// Two schools of one municipality that would be called alike keep what tells them apart.
fn shorten(schools: &mut [School]) {
    let mut of_municipality: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, school) in schools.iter().enumerate() {
        of_municipality.entry(school.municipality.clone()).or_default().push(place);
    }
    for places in of_municipality.into_values() {
        let given = |school: &School| match school.short_name.as_str() {
            "" => school.name.clone(),
            short => short.to_owned(),
        };
        let names: Vec<String> = places.iter().map(|place| given(&schools[*place])).collect();
        for (place, short) in places.into_iter().zip(short_names(&names)) {
            schools[place].short_name = short;
        }
    }
}
