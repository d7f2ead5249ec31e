//! What came: read, checked, brought together, and judged by what the history holds with it.

use super::watcher::size_in_memory;
use super::{PseudonymKey, Watcher, account, agreed, decided, effects, late_appeals, receive, returns, schools};
use srez_config::plan::Plan;
use srez_model::corrections::{CheckRecord, Corrections, PastChecks};
use srez_model::data_quality::QualityCounts;
use srez_model::delivery::FileEntry;
use srez_model::error::Result;
use srez_model::place::Register;
use srez_reconcile::{ExamResults, Reconciled};
use srez_store::{ExamDelivery, Snapshot};
use std::collections::BTreeMap;

/// What came, read and checked, beside the results that are in the history by now.
pub(super) struct Arrived {
    pub(super) received: receive::Received,
    pub(super) register: Register,
    pub(super) files: Vec<FileEntry>,
    pub(super) returned: Vec<returns::Return>,
    pub(super) corrections: Option<Corrections>,
    /// Hash of the record of the check before; empty where there was none.
    pub(super) former_check: String,
    /// What the files say of the quality of the data, by school.
    pub(super) file_quality: BTreeMap<String, QualityCounts>,
    /// Records of earlier checks.
    pub(super) checks: PastChecks,
}

impl Arrived {
    /// Takes what came of the comparison with the check before, and hands back what is to be remembered of this one.
    pub(super) fn follow(&mut self, followed: returns::FollowUp) -> CheckRecord {
        (self.corrections, self.former_check) = (followed.corrections, followed.compared_with);
        self.checks = followed.checks;
        followed.record
    }
}

/// What came in a run, on its way into the history.
pub(super) struct Incoming {
    received: receive::Received,
    /// Results of the run.
    pub(super) deliveries: Vec<ExamDelivery>,
    /// Results of earlier runs that appeals of this one change.
    pub(super) corrected: Vec<ExamDelivery>,
}

/// Reads, checks and reconciles the inputs.
pub(super) fn arrive(plan: &Plan, key: &PseudonymKey, history: &Snapshot, watcher: &dyn Watcher) -> Result<Incoming> {
    let mut received = receive::receive(plan, key, watcher)?;
    let register = received.register();
    let Reconciled { results, late, .. } = check_and_reconcile(plan, &register, Some(history), &mut received, watcher);
    let corrected = late_appeals::apply(history, &late, &results, &mut received.notes)?;
    let deliveries = results.into_iter().map(|of_exam| ExamDelivery { exam: of_exam.exam, blocks: of_exam.blocks });
    Ok(Incoming { received, deliveries: deliveries.collect(), corrected })
}

/// What the documents need beside the history, and what is remembered of the check: judged by what the history holds
/// with the results of the run.
pub(super) fn settle(plan: &Plan, history: &Snapshot, incoming: Incoming) -> Result<(Arrived, returns::Check)> {
    let Incoming { mut received, deliveries, .. } = incoming;
    let results = deliveries.into_iter().map(|of_exam| ExamResults { exam: of_exam.exam, blocks: of_exam.blocks });
    let mut results: Vec<ExamResults> = results.collect();
    agreed::settle(plan, Some(history), &mut results, &mut received.notes)?;
    // The schools of the results count: the given register only names them.
    let (register, notes) = schools::of_history(plan, &received, history)?;
    received.notes.extend(notes);
    received.notes.sort();
    let files = account::files(&received, &results, &register);
    let settled = returns::Settled { plan, register: &register, received: &received, results: &results, files: &files };
    let concerns = returns::concerns(&settled);
    let returned = returns::recipients(&settled, &concerns);
    let check = returns::check(&settled, &concerns);
    let file_quality = returns::file_quality(&settled, &concerns);
    let arrived = Arrived {
        received,
        register,
        files,
        returned,
        corrections: None,
        former_check: String::new(),
        file_quality,
        checks: PastChecks::default(),
    };
    Ok((arrived, check))
}

/// Checks every block against its exam, then all blocks against each other.
pub(super) fn check_and_reconcile(
    plan: &Plan,
    register: &Register,
    history: Option<&Snapshot>,
    received: &mut receive::Received,
    watcher: &dyn Watcher,
) -> Reconciled {
    watcher.stage("Проверка", 0);
    let blocks = account::validate(plan, received);
    let units = history.map(Snapshot::units).unwrap_or_default();
    let codes = units.into_iter().map(|held| held.unit.school.clone()).collect();
    let preferences = decided::preferences(plan, received);
    let settings = srez_reconcile::Settings {
        register,
        subjects: &plan.subjects,
        thresholds: &plan.thresholds,
        appeals: &received.appeals,
        codes: &codes,
        preferences: &preferences,
    };
    let reconciled = srez_reconcile::reconcile(&settings, blocks).into_value(&mut received.notes);
    watcher.bytes(reconciled.results.iter().map(|of_exam| size_in_memory(&of_exam.blocks)).sum());
    let faults = effects::check_register(plan, register, received, &reconciled.results);
    received.notes.extend(faults);
    reconciled
}
