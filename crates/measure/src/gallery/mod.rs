//! The gallery of measures: one per file, ids are the kebab-case of the file names.

pub(super) mod boundary_bunching;
pub(super) mod characteristic_curves;
pub(super) mod cohort;
pub(super) mod data_quality_score;
pub(super) mod differential_functioning;
pub(super) mod dynamics;
pub(super) mod effectiveness;
pub(super) mod ege_bands;
pub(super) mod funnel_limits;
pub(super) mod group_comparison;
pub(super) mod item_statistics;
pub(super) mod journal_comparison;
pub(super) mod level_completion;
pub(super) mod mean_mark;
pub(super) mod mean_score;
pub(super) mod municipality_comparison;
pub(super) mod pass_rate;
pub(super) mod points_by_mark;
pub(super) mod quality_rate;
pub(super) mod rasch_model;
pub(super) mod reliability;
pub(super) mod school_gaps;
pub(super) mod score_distribution;
pub(super) mod simonov_index;
pub(super) mod skill_completion;
pub(super) mod task_completion;
pub(super) mod task_completion_by_mark;

use srez_model::measures::MeasureDefinition;

/// All measures in the order of the methods chapter.
pub const MEASURES: &[&MeasureDefinition] = &[
    &mean_mark::DEFINITION,
    &pass_rate::DEFINITION,
    &quality_rate::DEFINITION,
    &simonov_index::DEFINITION,
    &mean_score::DEFINITION,
    &ege_bands::DEFINITION,
    &journal_comparison::DEFINITION,
    &score_distribution::DEFINITION,
    &task_completion::DEFINITION,
    &task_completion_by_mark::DEFINITION,
    &points_by_mark::DEFINITION,
    &skill_completion::DEFINITION,
    &level_completion::DEFINITION,
    &item_statistics::DEFINITION,
    &characteristic_curves::DEFINITION,
    &reliability::DEFINITION,
    &rasch_model::DEFINITION,
    &differential_functioning::DEFINITION,
    &school_gaps::DEFINITION,
    &municipality_comparison::DEFINITION,
    &group_comparison::DEFINITION,
    &funnel_limits::DEFINITION,
    &boundary_bunching::DEFINITION,
    &dynamics::DEFINITION,
    &cohort::DEFINITION,
    &effectiveness::DEFINITION,
    &data_quality_score::DEFINITION,
];
