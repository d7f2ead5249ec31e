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
mod whole;

pub use counts::{counts, group_counts};
pub use editions::{association_edition, public_edition};
pub use hiding::pattern;
pub use packet::for_packet;
pub use quartiles::quartiles;
pub use rules::Rules;
pub use whole::{region, whole};

use srez_model::edition::{ExamCounts, Pattern, Publication};

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

/// Decides which part of an exam is published in a period, given what was released before in the same school year, for
/// this period, for earlier or for later ones. `before` comes right before the period, or is what was published for
/// this very period; whoever has it may have `others` as well, so no difference to any of them may reveal single
/// pupils. What was released with the same counts is published again as it was.
pub fn decide(
    rules: &Rules,
    period: &str,
    counts: &ExamCounts,
    before: Option<&Publication>,
    others: &[&Publication],
) -> Decision {
    let all: Vec<&Publication> = before.iter().copied().chain(others.iter().copied()).collect();
    let has_same = |publication: &&&Publication| publication.counts == *counts;
    if let Some(own) = all.iter().filter(has_same).find(|publication| publication.period == period) {
        return Decision::Publish((*own).clone());
    }
    if let Some(other) = others.iter().find(has_same).filter(|_| !before.as_ref().is_some_and(|one| has_same(&one))) {
        return Decision::Publish(Publication { period: period.to_owned(), ..(*other).clone() });
    }
    let Some(latest) = latest(&all) else {
        let pattern = hiding::pattern(rules, counts, None);
        return publish(period, counts, pattern, None);
    };
    let former = chain(before, others);
    if let Some(same) = before.filter(|before| before.counts == *counts) {
        return publish(period, counts, same.pattern.clone(), former);
    }
    let pattern = hiding::pattern(rules, counts, hiding::together(&all).as_ref());
    match difference::safe(rules, &all, counts, pattern) {
        Some(pattern) => publish(period, counts, pattern, former),
        None => Decision::Hold(latest.clone()),
    }
}

fn publish(period: &str, counts: &ExamCounts, pattern: Pattern, former: Option<Box<Publication>>) -> Decision {
    Decision::Publish(Publication { period: period.to_owned(), counts: counts.clone(), pattern, former })
}

/// The publication of the latest period; of those of one period the first.
fn latest<'a>(all: &[&'a Publication]) -> Option<&'a Publication> {
    all.iter().rev().max_by(|left, right| left.period.cmp(&right.period)).copied()
}

/// All publications as formers of each other, each once and with participants and marks alone; `before` comes first,
/// then its own formers.
fn chain(before: Option<&Publication>, others: &[&Publication]) -> Option<Box<Publication>> {
    let own = std::iter::successors(before, |publication| publication.former.as_deref());
    let mut all: Vec<Publication> = Vec::new();
    for publication in own.chain(others.iter().copied()) {
        let mut former = Publication { former: None, ..publication.clone() };
        former.counts.schools.iter_mut().for_each(|school| {
            school.tasks.clear();
            school.skills.clear();
        });
        if !all.contains(&former) {
            all.push(former);
        }
    }
    all.into_iter().rev().fold(None, |former, publication| Some(Box::new(Publication { former, ..publication })))
}

#[cfg(test)]
mod tests;
