//! Measures: from the tally of one exam to the numbers of the tables.
//!
//! One measure per file in `gallery`, with formula, unit, degenerate case and source; `tables` lays the numbers out as
//! `data/*.csv`. Whole numbers are kept until the last division.
//!
//! In: the tally of an exam and the settings. Out: [`Measures`] and the tables of
//! `data/`.
//!
//! Invariants:
//! - Every number agrees with another program (`every_number_agrees_with_the_other_program`).
//! - A measure is registered and named after its file (`measures_and_charts_are_named_after_their_files`).
//! - Everything is a function of counts, without disk or clock: of the workspace it depends on `model` and `statistics`
//!   only (Cargo).

mod bunching;
mod census;
mod class_scores;
mod comparing;
mod complete_rows;
mod deficits_since;
mod funnel;
mod gallery;
mod judged_quality;
mod marks_rows;
mod municipal_intervals;
mod over_years;
mod reason;
mod register_effects;
mod school_intervals;
mod settings;
mod share;
mod shares;
mod tables;
mod targets;
mod whole_schools;

pub use deficits_since::{Judged, deficits_since};
pub use gallery::MEASURES;
pub use gallery::cohort::cohort;
pub use gallery::data_quality_score::score as quality_score;
pub use gallery::differential_functioning::{purify, to_purify};
pub use gallery::dynamics::{dynamics, sort as sort_dynamics};
pub use gallery::effectiveness::{Aim, effectiveness};
pub use judged_quality::{JudgedQuality, QualitySettings, judge_quality};
pub use over_years::pooled::{Lasting, pool_years, set_lasting};
pub use register_effects::effects;
pub use settings::Settings;
pub use tables::{TABLES, data_quality_table, effectiveness_table, recommendations_table, tables};
pub use targets::set_targets;

use census::Census;
use complete_rows::CompleteRows;
use srez_model::measures::{ComparisonRow, DemandRow, Measures, ReferenceRow};
use srez_model::row_patterns::RowPatterns;
use srez_model::tally::{DemandCount, Tally};
use srez_statistics::benjamini_hochberg;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Measures of one exam; `q` is filled by [`adjust`] and `dynamics` by [`dynamics()`] and [`cohort()`], which need
/// other exams; `patterns` by [`add_patterns`], from the tally's second pass.
pub fn measure(settings: &Settings, tally: &Tally) -> Measures {
    let census = Census::from_tally(tally);
    let references = references(settings, tally);
    let complete = CompleteRows::from_tally(tally);
    let (mut skills, class_skills) = gallery::skill_completion::rows(tally);
    let mut tasks = gallery::task_completion::rows(tally);
    municipal_intervals::fill(settings, tally, &mut tasks, &mut skills);
    school_intervals::fill(settings, tally, &mut tasks, &mut skills);
    let mut items = gallery::item_statistics::rows(tally, &complete);
    let mut scores = gallery::score_distribution::rows(tally, &census);
    let boundaries = gallery::boundary_bunching::rows(settings, tally, &census, &mut scores);
    let abilities = gallery::rasch_model::add(settings, tally, &mut items);
    let gaps = gallery::school_gaps::of_tally(settings, tally, &census);
    let mut comparisons = gaps.comparisons;
    comparisons.extend(gallery::municipality_comparison::rows(settings, tally, &census));
    comparisons.extend(gallery::group_comparison::rows(settings, tally, &census));
    sort_comparisons(&mut comparisons);
    Measures {
        exam: Arc::clone(&tally.exam),
        marks: marks_rows::rows(tally, &census),
        bands: gallery::ege_bands::rows(tally, &census),
        journal: gallery::journal_comparison::rows(tally, &census),
        scores,
        class_scores: class_scores::rows(tally, &census),
        levels: gallery::level_completion::rows(&tally.exam, &tasks),
        demands: demands(tally),
        tasks,
        tasks_by_mark: gallery::task_completion_by_mark::rows(tally, &census),
        points: gallery::points_by_mark::rows(tally, &census),
        skills,
        class_skills,
        items,
        abilities,
        curves: gallery::characteristic_curves::rows(tally),
        reliability: gallery::reliability::row(&complete),
        dif: gallery::differential_functioning::rows(settings, tally),
        funnels: gaps.funnels,
        comparisons,
        boundaries,
        dynamics: Vec::new(),
        targets: Vec::new(),
        references,
        patterns: RowPatterns::default(),
    }
}

/// Adds the second pass over the rows, and makes the tests that need it.
pub fn add_patterns(settings: &Settings, measures: &mut Measures, patterns: RowPatterns) {
    measures.patterns = patterns;
    gallery::school_gaps::add_own_levels(settings, measures);
    gallery::group_comparison::test_labels(settings, measures);
    gallery::differential_functioning::test_groups_of_schools(settings, measures);
}

/// In the order in which they are looked up.
fn sort_comparisons(comparisons: &mut [ComparisonRow]) {
    comparisons.sort_by(|left, right| {
        (left.level, &left.group, &left.measure).cmp(&(right.level, &right.group, &right.measure))
    });
}

/// Fills the adjusted p of every family over all exams of a run.
///
/// A test belongs to a family if it has a p and was not excluded in advance; the others get no q.
pub fn adjust(settings: &Settings, all: &mut [Measures]) {
    let mut families: BTreeMap<String, Vec<(f64, &mut Option<f64>)>> = BTreeMap::new();
    for measures in all.iter_mut() {
        for row in &mut measures.comparisons {
            row.q = None;
            if let (false, Some(p)) = (row.family.is_empty(), row.p) {
                families.entry(row.family.clone()).or_default().push((p, &mut row.q));
            }
        }
        let family = settings::family("S04", &measures.exam.key);
        for drift in gallery::dynamics::low_results(settings, &measures.exam, &mut measures.dynamics) {
            drift.q = None;
            if let Some(p) = drift.p {
                families.entry(family.clone()).or_default().push((p, &mut drift.q));
            }
        }
    }
    for tests in families.into_values() {
        let p: Vec<f64> = tests.iter().map(|(p, _)| *p).collect();
        for ((_, q), adjusted) in tests.into_iter().zip(benjamini_hochberg::adjusted(&p)) {
            *q = Some(adjusted);
        }
    }
    gallery::boundary_bunching::adjust(settings, all);
    gallery::municipality_comparison::judge(settings, all);
    gallery::group_comparison::judge(settings, all);
}

/// The counts as they are: they need no formula.
fn demands(tally: &Tally) -> Vec<DemandRow> {
    let row = |count: &DemandCount| {
        let group = tally.groups.get(count.group as usize)?;
        Some(DemandRow {
            level: group.level,
            group: group.name.clone(),
            demand: count.demand,
            asked: u64::from(count.asked),
            met: u64::from(count.met),
        })
    };
    tally.demands.iter().filter_map(row).collect()
}

/// Reference marks of this exam, in the order of the files.
fn references(settings: &Settings, tally: &Tally) -> Vec<ReferenceRow> {
    let tables = settings.references.iter().filter(|table| table.exam == tally.exam.key);
    let rows = tables.flat_map(|table| table.rows.iter().map(move |marks| (table, marks)));
    rows.map(|(table, marks)| ReferenceRow { kind: marks.kind, marks: marks.clone(), file: table.file.clone() })
        .collect()
}

#[cfg(test)]
mod counted;
#[cfg(test)]
mod operating_characteristics;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
