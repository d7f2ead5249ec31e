//! What is compared between groups: names in the column `measure` of `comparisons.csv`.
//!
//! A suffix names a second reference: `share_of_2:country`, `total:same-type`.

use super::assessment::Exam;
use super::band::Band;

/// Share of «2».
pub const SHARE_OF_TWO: &str = "share_of_2";
/// Share of «4» and «5».
pub const SHARE_OF_FOUR_AND_FIVE: &str = "share_of_4_5";
/// Share of test scores below the minimum.
pub const BELOW_MINIMUM: &str = Band::BelowMinimum.id();
/// The same in `dynamics.csv` and `bands.csv`.
pub const BELOW_MINIMUM_PERCENT: &str = Band::BelowMinimum.share();
/// Share of test scores from 81.
pub const FROM_81: &str = Band::UpTo100.id();
/// Share of test scores from 61.
pub const FROM_61: &str = "from_61_to_100";
/// Primary score, in percent of the maximum.
pub const TOTAL: &str = "total";
/// Followed by the name of a skill: its completion.
pub const SKILL: &str = "skill:";
/// Followed by the name of a skill: its completion less that of the other tasks; of a municipality, less the mean of
/// the other skills.
pub const SKILL_OWN: &str = "skill_own:";
/// Suffix of a comparison with the schools of the same type.
pub const SAME_TYPE: &str = ":same-type";
/// Suffix of a comparison with the country.
pub const COUNTRY: &str = ":country";
/// Before the name of a measure of the same pupils in an earlier exam, in `dynamics.csv`.
pub const COHORT: &str = "cohort:";
/// Followed by the number of a task: its completion.
pub const TASK: &str = "task-";
/// Followed by the number of a task: its completion less the mean of the other tasks.
pub const TASK_OWN: &str = "task_own-";

/// What counts as a low result of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LowResult {
    /// The mark «2».
    Two,
    /// A test score below the minimum.
    BelowMinimum,
}

impl LowResult {
    /// That of an exam.
    pub fn of_exam(exam: &Exam) -> Self {
        if exam.has_test_scores() { Self::BelowMinimum } else { Self::Two }
    }

    /// Name of its share in `comparisons.csv`.
    pub fn compared(self) -> &'static str {
        match self {
            Self::Two => SHARE_OF_TWO,
            Self::BelowMinimum => BELOW_MINIMUM,
        }
    }

    /// Name of its share in `dynamics.csv`.
    pub fn over_years(self) -> &'static str {
        match self {
            Self::Two => SHARE_OF_TWO,
            Self::BelowMinimum => BELOW_MINIMUM_PERCENT,
        }
    }
}
