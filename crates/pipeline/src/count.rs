//! Exams of the history as numbers.

use super::guarded::{Failure, attempt, sorted_out};
use super::watcher::{Watcher, go_on, size_in_memory};
use super::{account, agreed, receive, years};
use rayon::prelude::*;
use srez_config::plan::Plan;
use srez_measure::Settings;
use srez_model::assessment::ExamKey;
use srez_model::error::Result;
use srez_model::measures::Measures;
use srez_model::place::Register;
use srez_reconcile::Textbooks;
use srez_store::Snapshot;
use srez_tally::{PlainLoop, TallyEngine, TallyRequest};
use std::sync::Arc;

/// What the measures need beside the counts.
pub(super) fn settings(plan: &Plan, register: &Register, received: &receive::Received) -> Settings {
    Settings {
        thresholds: plan.thresholds.clone(),
        home: plan.home.clone(),
        register: register.clone(),
        references: received.references.clone(),
    }
}

/// Exams as numbers.
#[derive(Default)]
pub(super) struct Counted {
    /// Those that are reported, with their dynamics.
    pub(super) reported: Vec<Measures>,
    /// Those of earlier years.
    pub(super) earlier: Vec<Measures>,
    /// Those that could not be counted.
    pub(super) failures: Vec<Failure>,
}

/// What the exams are counted by, beside the history.
pub(super) struct Lists<'a> {
    pub(super) settings: &'a Settings,
    pub(super) textbooks: &'a Textbooks,
}

/// Counts and measures the exams of interest.
pub(super) fn count(
    plan: &Plan,
    lists: &Lists<'_>,
    history: &Snapshot,
    exams: &[ExamKey],
    watcher: &dyn Watcher,
) -> Result<Counted> {
    watcher.stage("Подсчёт", exams.len() as u64);
    let &Lists { settings, textbooks } = lists;
    let register = &settings.register;
    let measured = exams
        .par_iter()
        .map(|key| {
            go_on(watcher)?;
            let mut held = agreed::read(&plan.thresholds, history, key)?;
            textbooks.fill(register, key, &mut held.blocks);
            watcher.bytes(size_in_memory(&held.blocks));
            let places = srez_reconcile::places(register, &held.blocks);
            let lists_absent = account::lists_absent(&plan.forms, &held.blocks);
            let exam = Arc::new(held.exam);
            let request = TallyRequest { exam, blocks: &held.blocks, places: &places, lists_absent };
            let measured = attempt(&request.exam.title(), || {
                let tally = PlainLoop.tally(&request)?;
                let mut measured = srez_measure::measure(settings, &tally);
                if plan.year.is_none_or(|year| key.year == year) {
                    srez_measure::add_patterns(settings, &mut measured, srez_tally::row_patterns(&request, &plan.home));
                    let again = srez_measure::to_purify(settings, &tally, &measured);
                    srez_measure::purify(settings, &mut measured, &srez_tally::purified(&request, &again));
                }
                Ok(measured)
            });
            watcher.step();
            Ok(measured)
        })
        .collect::<Result<Vec<_>>>()?;
    let (mut measures, failures) = sorted_out(measured);
    years::compare(settings, &mut measures);
    let (mut measures, mut earlier) = years::reported(measures, plan.year);
    srez_measure::adjust(settings, &mut measures);
    let last = years::last(&earlier, plan.year).len();
    srez_measure::adjust(settings, earlier.get_mut(..last).unwrap_or_default());
    srez_measure::set_targets(settings, &mut measures, &earlier);
    Ok(Counted { reported: measures, earlier, failures })
}
