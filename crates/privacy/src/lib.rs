//! Privacy: what may leave the office. From the counts of an exam to what an edition shows and hides.
//!
//! Groups that are too small, or of which all or none have something, are hidden; then enough others that nobody can
//! work the hidden numbers out from totals, from other tables or from those of the month before.
//!
//! In: the measures of an exam, and what was published before in the same school year. Out: a [`Decision`], and the
//! shown rows of each edition.
//!
//! Invariants:
//! - An attacker with all editions of two months recovers no hidden number within ±2 (`tests/it/attack.rs`).
//! - Everything is a function of counts, without disk or clock: of the workspace it depends on `model` only (Cargo).

mod counts;
mod difference;
mod editions;
mod hiding;
mod packet;
mod quartiles;
mod rules;
mod school_types;

pub use counts::{counts, group_counts};
pub use editions::{association_edition, public_edition};
pub use hiding::pattern;
pub use packet::for_packet;
pub use quartiles::quartiles;
pub use rules::Rules;

use srez_model::edition::{ExamCounts, Publication};

/// What happens to an exam in a period.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// These counts are published, with this pattern.
    Publish(Publication),
    /// So few results changed that the difference would reveal single pupils: the earlier publication stays in force.
    Hold(Publication),
}

impl Decision {
    /// What is in force after this period.
    pub fn publication(&self) -> &Publication {
        match self {
            Self::Publish(publication) | Self::Hold(publication) => publication,
        }
    }
}

/// Decides which part of an exam is published in a period, given what was published before in the same school year.
/// What was published for this very period is out: with the same counts it is published again as it was.
pub fn decide(rules: &Rules, period: &str, counts: &ExamCounts, before: Option<&Publication>) -> Decision {
    if let Some(before) = before.filter(|before| before.period == period && before.counts == *counts) {
        return Decision::Publish(before.clone());
    }
    let pattern = hiding::pattern(rules, counts, before.map(|before| &before.pattern));
    let former = before.map(|before| {
        let mut former = before.clone();
        former.counts.schools.iter_mut().for_each(|school| {
            school.tasks.clear();
            school.skills.clear();
        });
        Box::new(former)
    });
    let published =
        |pattern| Decision::Publish(Publication { period: period.to_owned(), counts: counts.clone(), pattern, former });
    let Some(before) = before else { return published(pattern) };
    if before.counts == *counts {
        return published(before.pattern.clone());
    }
    match difference::safe(rules, before, counts, pattern) {
        Some(pattern) => published(pattern),
        None => Decision::Hold(before.clone()),
    }
}
