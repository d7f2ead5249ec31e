//! The measures of the registers: what is wrong in them, what came of them.

use super::compose::Scene;
use super::receive::Received;
use super::years;
use srez_config::plan::Plan;
use srez_measure::{Judged, Settings};
use srez_model::action::{Action, Effects};
use srez_model::assessment::Exam;
use srez_model::measures::Measures;
use srez_model::note::Note;
use srez_model::place::Register;
use srez_model::skill::Skill;
use srez_reconcile::ExamResults;

/// What is wrong in the registers of measures.
pub(super) fn check_register(
    plan: &Plan,
    register: &Register,
    received: &Received,
    results: &[ExamResults],
) -> Vec<Note> {
    let of_results = results.iter().map(|of_exam| &of_exam.exam);
    let exams: Vec<&Exam> = of_results.chain(plan.exams.values()).collect();
    let unknown = |action: &Action| {
        let of_action = exams.iter().filter(|exam| exam.key.id_without_year() == action.exam);
        let exam = of_action.max_by_key(|exam| exam.key.year)?;
        let known = srez_flag::meant(&action.indicator, exam).is_some();
        (!known).then(|| Skill::titles(exam).join("; "))
    };
    srez_reconcile::check_actions(register, actions(plan, received), unknown)
}

/// The measures of the registers, those of the inputs first.
fn actions<'a>(plan: &'a Plan, received: &'a Received) -> impl Iterator<Item = &'a Action> {
    received.parts.iter().flat_map(|part| &part.recognised.actions).chain(&plan.actions)
}

/// Effects of the register's measures, and last year's deficits joined to this year's results.
pub(super) fn assess(
    scene: &Scene<'_>,
    settings: &Settings,
    received: &Received,
    now: Judged<'_>,
    earlier: &[Measures],
) -> Effects {
    let plan = scene.plan;
    let actions: Vec<Action> = actions(plan, received).cloned().collect();
    let last = years::last(earlier, plan.year);
    let all: Vec<&Measures> = now.measures.iter().chain(earlier).collect();
    let rows = srez_measure::effects(settings, &actions, &all, srez_flag::meant);
    let before = srez_flag::flag(&scene.flag_settings(), last);
    let before = if plan.year.is_some() { Judged { measures: last, findings: &before } } else { now };
    let recommendations = srez_measure::deficits_since(&scene.names.focus, now, before, &rows);
    Effects { actions, rows, recommendations }
}
