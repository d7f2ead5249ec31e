//! The signs: one rule a file, with all that is known of its signs and how it is found.

mod below_in_total;
mod bias_list;
mod boundary_bunching;
mod change_of_bands;
mod class_jump;
mod cohort_jump;
mod concentration;
mod crossing;
mod data_quality;
mod growth_of_twos;
mod incomparable_tasks;
mod journal_bands;
mod journal_gap;
mod journal_shift;
mod low_result_share;
mod low_results;
mod more_twos;
mod not_attempted;
mod not_computed;
mod problem_chain;
mod repeated_answers;
mod repeated_failures;
mod reversed_answers;
mod sample_size;
mod skill_below_others;
mod skill_below_own_level;
mod skill_deficit;
mod small_mark_groups;
mod task_level;
mod tiny_schools;
mod too_smooth;
mod weak_tasks;
mod worse_than_before;
mod worth_studying;

use crate::{Settings, tested};
use srez_model::finding::{Finding, Findings};
use srez_model::measures::Measures;
use srez_model::sign::SignDefinition;
use std::sync::LazyLock;

pub(crate) use boundary_bunching::{is_common, is_tested};

/// A rule in the registry: signs that are found together, and how.
pub(crate) struct Entry {
    pub(crate) signs: &'static [&'static SignDefinition],
    pub(crate) found: Found,
}

/// A finding with the place of its exam.
pub(crate) type InPlace = (usize, Finding);

/// How a rule is found.
pub(crate) enum Found {
    /// By tests: those of all exams of a procedure and year are one family.
    ByTests(&'static tested::Tested),
    /// Over all exams: findings with the place of their exam.
    OverExams(fn(&Settings<'_>, &[Measures]) -> Vec<InPlace>),
    /// Exam by exam, after the rules before it.
    InExam(fn(&Settings<'_>, &Measures, &mut Findings)),
    /// Exam by exam, after the groups of signs are counted.
    AfterGroups(fn(&Settings<'_>, &Measures, &mut Findings)),
}

/// Every rule that is computed, in the order in which findings are listed: one may read the findings of those before.
pub(crate) const REGISTRY: &[&Entry] = &[
    &growth_of_twos::ENTRY,
    &sample_size::ENTRY,
    &task_level::ENTRY,
    &skill_deficit::ENTRY,
    &problem_chain::ENTRY,
    &crossing::ENTRY,
    &weak_tasks::ENTRY,
    &small_mark_groups::ENTRY,
    &incomparable_tasks::ENTRY,
    &change_of_bands::ENTRY,
    &journal_gap::ENTRY,
    &journal_bands::ENTRY,
    &concentration::ENTRY,
    &low_result_share::ENTRY,
    &bias_list::ENTRY,
    &tiny_schools::ENTRY,
    &data_quality::ENTRY,
    &more_twos::ENTRY,
    &below_in_total::ENTRY,
    &skill_below_others::ENTRY,
    &boundary_bunching::ENTRY,
    &skill_below_own_level::ENTRY,
    &worse_than_before::ENTRY,
    &journal_shift::ENTRY,
    &class_jump::ENTRY,
    &too_smooth::ENTRY,
    &reversed_answers::ENTRY,
    &not_attempted::ENTRY,
    &repeated_answers::ENTRY,
    &cohort_jump::ENTRY,
    &low_results::ENTRY,
    &repeated_failures::ENTRY,
    &worth_studying::ENTRY,
];

/// The signs, in the order of their codes.
pub static SIGNS: LazyLock<Vec<&'static SignDefinition>> = LazyLock::new(|| {
    let mut signs: Vec<&SignDefinition> = REGISTRY.iter().flat_map(|entry| entry.signs).copied().collect();
    signs.sort_by_key(|sign| sign.id);
    signs
});

/// Rules that are known and cannot be computed from anything that comes; their caution says why.
pub const NOT_COMPUTED: &[&SignDefinition] = not_computed::ALL;

/// The sign with this code.
pub fn sign(id: &str) -> Option<&'static SignDefinition> {
    SIGNS.iter().copied().find(|sign| sign.id == *id)
}
