//! What a version of the history brought, exam by exam.

/// Change of one exam.
///
/// Grain: one per exam of a version. A unit is a class of a school in the exam, on one day where it has attempts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionChange {
    /// Name of the exam.
    pub exam: String,
    /// Units that came.
    pub new_units: u64,
    /// Units that were replaced as a whole.
    pub replaced_units: u64,
    /// Rows of replaced units that differ, came or went.
    pub rows_changed: u64,
    /// Units that the analyst withdrew.
    pub withdrawn_units: u64,
    /// Units that the analyst lets count again.
    pub readmitted_units: u64,
}
