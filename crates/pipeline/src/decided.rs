//! What a person decided about single files, by their hashes: what is left out, what form a file is of, which of two is
//! right. Each is told by a note at the file that it is about.

use super::receive::Received;
use srez_config::plan::Plan;
use srez_model::delivery::Recognised;
use srez_reconcile::Preferences;
use srez_sheets::ReadState;
use std::collections::{BTreeMap, BTreeSet};

/// Forms that were decided on, by the hash of the file; a form that is unknown by now is not among them.
pub(super) fn forms(plan: &Plan) -> BTreeMap<String, String> {
    let files: BTreeSet<&str> = plan.decisions.taken.iter().map(|decision| decision.file.as_str()).collect();
    let known = |form: &str| plan.forms.iter().any(|own| own.id == form);
    let decided = |file: &str| {
        plan.decisions.form_of(file).map(|(_, form)| (file.to_owned(), form.to_owned())).filter(|(_, form)| known(form))
    };
    files.into_iter().filter_map(decided).collect()
}

/// Takes out of what was read what was decided to hold no results, and says of every file what was decided of it.
pub(super) fn apply(plan: &Plan, received: &mut Received) {
    let decisions = &plan.decisions;
    let mut left_out: BTreeSet<String> = BTreeSet::new();
    let mut told = Vec::new();
    for part in received.parts.iter_mut().filter(|part| !part.file.blake3.is_empty()) {
        if let Some(decision) = decisions.ignoring(&part.file.blake3) {
            (part.state, part.recognised) = (ReadState::Skipped, Recognised::default());
            left_out.insert(part.file.name.clone());
            told.push(srez_reconcile::no_results_note(&part.file.name, decision));
        } else if let Some((decision, form)) = decisions.form_of(&part.file.blake3) {
            let title = plan.forms.iter().find(|own| own.id == form).map(|form| form.title.as_str());
            told.push(srez_reconcile::form_note(&part.file.name, form, title, decision));
        }
    }
    received.notes.retain(|note| !left_out.contains(&note.file));
    received.notes.extend(told);
}

/// Which of two files is right, by their names.
pub(super) fn preferences(plan: &Plan, received: &Received) -> Preferences {
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in &received.parts {
        names.entry(&part.file.blake3).or_default().push(&part.file.name);
    }
    let named = |file: &String| names.get(file.as_str()).map_or(&[][..], Vec::as_slice);
    let mut preferences = Preferences::new();
    for decision in &plan.decisions.taken {
        let srez_model::decision::Ruling::Prefer { over } = &decision.ruling else { continue };
        for other in over {
            let Some(last) = plan.decisions.preferring(&decision.file, other) else { continue };
            for right in named(&decision.file) {
                let pairs = named(other).iter().map(|other| ((*right).to_owned(), (*other).to_owned()));
                preferences.extend(pairs.map(|pair| (pair, last.clone())));
            }
        }
    }
    preferences
}
