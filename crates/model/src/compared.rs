//! What is compared between groups: names in the column `measure` of `comparisons.csv`.
//!
//! A suffix names a second reference: `share_of_2:country`, `total:same-type`.

use super::band::Band;

/// Share of «2».
pub const SHARE_OF_TWO: &str = "share_of_2";
/// Share of «4» and «5».
pub const SHARE_OF_FOUR_AND_FIVE: &str = "share_of_4_5";
/// Share of test scores below the minimum.
pub const BELOW_MINIMUM: &str = Band::BelowMinimum.id();
/// Share of test scores from 81.
pub const FROM_81: &str = Band::UpTo100.id();
/// Primary score, in percent of the maximum.
pub const TOTAL: &str = "total";
/// Followed by the name of a skill: its completion.
pub const SKILL: &str = "skill:";
/// Followed by the name of a skill: its completion less that of the other tasks.
pub const SKILL_OWN: &str = "skill_own:";
/// Suffix of a comparison with the schools of the same type.
pub const SAME_TYPE: &str = ":same-type";
/// Suffix of a comparison with the country.
pub const COUNTRY: &str = ":country";
/// Before the name of a measure of the same pupils in an earlier exam, in `dynamics.csv`.
pub const COHORT: &str = "cohort:";
/// Followed by the number of a task: its completion.
pub const TASK: &str = "task-";
