//! Descriptors of tasks as a ministry's tables give them, before they become a specification.

use super::assessment::Difficulty;
use serde::{Deserialize, Serialize};

/// One row of a table of tasks; a task that checks several elements stands in several rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDescriptor {
    /// Number in the paper, normalised: `1К1`.
    pub id: String,
    /// Place in the order of the paper, counted from 1; 0 where the table has none.
    pub position: u16,
    /// Greatest points; none where the cell cannot be read.
    pub max: Option<u16>,
    /// Level; none where the table has none.
    pub difficulty: Option<Difficulty>,
    pub skill: String,
    /// What the task is about.
    pub content: String,
    /// Code of the content (КЭС); empty where there is none.
    pub content_code: String,
    /// Code of the requirement (КТ); empty where there is none.
    pub requirement_code: String,
}

/// What a sheet of descriptors holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Descriptors {
    Tasks(Vec<TaskDescriptor>),
    /// Tasks of a printed plan («обобщённый план»), which gives a draft.
    Plan(Vec<TaskDescriptor>),
    /// Codes of content with their words.
    Contents(Vec<(String, String)>),
    /// Codes of requirements with their words.
    Requirements(Vec<(String, String)>),
}
