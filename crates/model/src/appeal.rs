//! Appeals: what a commission decided about the result of one participant.

use serde::{Deserialize, Serialize};

/// One row of a table of appeals or of a re-check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Path of the file.
    pub file: String,
    pub sheet: String,
    /// Row, counted from 1.
    pub row: u32,
    /// Slug of the subject; `math` may stand for its profile and base exams.
    pub subject: String,
    /// Date of the exam as `YYYY-MM-DD`; empty where the table has none.
    pub date: String,
    /// Code of the school in canonical form.
    pub school: String,
    /// Pseudonyms under which a protocol may list the participant: with and without the document.
    pub participants: Vec<String>,
    /// Result before; none where the table does not tell.
    pub before: Option<u16>,
    /// Primary score now; none where the table does not tell.
    pub total: Option<u16>,
    /// Mark or test score now; none where the table does not tell.
    pub result: Option<u16>,
    /// True where the result is a mark (ОГЭ, base mathematics), false for a test score.
    pub is_mark: bool,
    /// True where the appeal was turned down or withdrawn.
    pub refused: bool,
}
