//! Checking: what came, without writing anything.

use super::{Outcome, Watcher, account, agreed, arrival, originals, pseudonym_key, receive, schools};
use srez_config::plan::Plan;
use srez_model::assessment::Exam;
use srez_model::delivery::{Recognised, RowCounts};
use srez_model::error::Result;
use srez_model::raw_sheet::RawSheet;
use std::collections::{BTreeMap, BTreeSet};

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Files, rows and notes.
    pub outcome: Outcome,
    /// Why each form was chosen.
    pub reasons: Vec<receive::Reasons>,
    /// Short names of the schools by id.
    pub schools: BTreeMap<String, String>,
    /// Titles of the exams by id.
    pub titles: BTreeMap<String, String>,
    /// Files with different results of the same participants, each pair once.
    pub rivals: BTreeSet<(String, String)>,
    /// What was read, without what was recognised in it: for looking into the files again.
    met: receive::Received,
    /// What is unknown about each work, in words, by the name of the work; only where something is.
    pub unknown: BTreeMap<String, Vec<String>>,
}

/// Reads and checks without writing anything: what each file is, how sure, what is wrong or missing.
///
/// # Errors
/// Where a folder cannot be listed or no reader can be started.
pub fn check(plan: &Plan, watcher: &dyn Watcher) -> Result<Checked> {
    let mut received = receive::receive(plan, &pseudonym_key::throwaway()?, watcher)?;
    let register = received.register();
    let reconciled = arrival::check_and_reconcile(plan, &register, None, &mut received, watcher);
    received.notes.extend(reconciled.late.iter().map(srez_reconcile::unmatched_appeal));
    let (mut results, rivals) = (reconciled.results, reconciled.rivals);
    agreed::settle(plan, None, &mut results, &mut received.notes)?;
    let (register, notes) = schools::of_results(plan, &received, &results);
    received.notes.extend(notes);
    received.notes.sort();
    let files = account::files(&received, &results, &register);
    watcher.finish();
    let reasons = received.parts.iter().map(receive::Reasons::of).collect();
    let titles = results.iter().map(|of_exam| (of_exam.exam.id(), of_exam.exam.title())).collect();
    let outcome = Outcome {
        folder: None,
        kept: Vec::new(),
        rows: RowCounts::of_files(&files),
        exams: super::write_up::titles_of_works(results.iter().map(|of_exam| &of_exam.exam)),
        files,
        notes: received.notes,
        ..Outcome::default()
    };
    let of =
        |exam: &Exam| Some((exam.id(), srez_wording::unknown::of_exam(exam))).filter(|(_, words)| !words.is_empty());
    let unknown = results.iter().filter_map(|of_exam| of(&of_exam.exam)).collect();
    let schools = register.schools.iter().map(|school| (school.id.clone(), school.short_name.clone())).collect();
    let met = receive::Received {
        parts: received
            .parts
            .iter()
            .map(|part| receive::Part { recognised: Recognised::default(), ..part.clone() })
            .collect(),
        paths: received.paths,
        known: received.known,
        ..receive::Received::default()
    };
    Ok(Checked { outcome, reasons, schools, titles, rivals, met, unknown })
}

impl Checked {
    /// The visible sheets of these files as they lie now; a file that changed since is left out.
    ///
    /// # Errors
    /// Where no reader can be started.
    pub fn sheets(&self, plan: &Plan, files: &BTreeSet<&str>) -> Result<BTreeMap<String, Vec<RawSheet>>> {
        originals::all_sheets(plan, &self.met, files)
    }
}
