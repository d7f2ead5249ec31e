//! What is compared between schools: names in the column `measure` of `comparisons.csv`.

/// Share of «2».
pub const SHARE_OF_TWO: &str = "share_of_2";
/// Primary score, in percent of the maximum.
pub const TOTAL: &str = "total";
/// Followed by the name of a skill: its completion.
pub const SKILL: &str = "skill:";
/// Before the name of a measure of the same pupils in an earlier exam, in `dynamics.csv`.
pub const COHORT: &str = "cohort:";
/// Followed by the number of a task: its completion.
pub const TASK: &str = "task-";
