//! Official lists of schools with markers of non-objective results.

use super::assessment::Procedure;

/// What a list says of a school. Grain: one per school, year and work; one more for all works of the year together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedMark {
    /// Id of the school.
    pub school: String,
    /// Procedure of which the list speaks.
    pub procedure: Procedure,
    /// Year of the list.
    pub year: u16,
    /// Subject and grade; none where the number is that of all works.
    pub of: Option<(String, u8)>,
    /// Markers; 0 where the list says that there are none.
    pub markers: u64,
}
