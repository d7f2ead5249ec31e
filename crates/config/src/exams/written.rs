//! Specifications as written: the keys of the TOML files.

use serde::Deserialize;

/// A specification as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenExam {
    pub(super) procedure: String,
    pub(super) year: u16,
    pub(super) subject: String,
    pub(super) grade: u8,
    pub(super) paper: Option<String>,
    #[serde(default)]
    pub(super) part: String,
    #[serde(default)]
    pub(super) part_title: String,
    pub(super) max_primary: u16,
    #[serde(default)]
    pub(super) marks: Vec<(u16, String)>,
    #[serde(default)]
    pub(super) test: Vec<u16>,
    pub(super) min_test: Option<u16>,
    pub(super) min_test_certificate: Option<u16>,
    pub(super) min_mark: Option<String>,
    #[serde(default)]
    pub(super) scale_confirmed: Option<String>,
    #[serde(default)]
    pub(super) scale_note: String,
    #[serde(default)]
    pub(super) tasks_confirmed: Option<String>,
    #[serde(default)]
    pub(super) tasks_note: String,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) year_note: String,
    #[serde(default)]
    pub(super) labels: String,
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) disputed_cells: Vec<u16>,
    #[serde(default)]
    pub(super) conditions: Vec<WrittenCondition>,
    #[serde(default)]
    pub(super) profile_minima: Vec<WrittenMinimum>,
    #[serde(default)]
    pub(super) tasks: Vec<WrittenTask>,
}

/// Points for a class of a profile as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenMinimum {
    #[serde(default)]
    pub(super) profile: String,
    pub(super) min: u16,
    #[serde(default)]
    pub(super) tasks: Vec<String>,
    #[serde(default)]
    pub(super) min_of_tasks: u16,
}

/// A condition as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCondition {
    pub(super) kind: String,
    pub(super) tasks: Vec<String>,
    pub(super) min: u16,
    pub(super) for_marks: Vec<String>,
    pub(super) otherwise: String,
    #[serde(default)]
    pub(super) note: String,
}

/// A task as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTask {
    pub(super) id: String,
    pub(super) position: Option<u16>,
    pub(super) max: u16,
    pub(super) level: Option<String>,
    pub(super) answer: Option<String>,
    #[serde(default)]
    pub(super) content: String,
    #[serde(default)]
    pub(super) skill: String,
    #[serde(default)]
    pub(super) kes: Vec<String>,
    #[serde(default)]
    pub(super) kt: Vec<String>,
    /// Printed numbers that a criterion belongs to: for the human reader; the program goes by the id.
    #[serde(default, rename = "group")]
    _group: Vec<String>,
    #[serde(default)]
    pub(super) alternatives: Vec<String>,
    #[serde(default)]
    pub(super) requires: String,
    pub(super) programme_grade: Option<u8>,
    pub(super) lesson: Option<u8>,
    #[serde(default)]
    pub(super) form_label: String,
}

/// Keys of a specification, for the nearest name in a message.
pub(super) const WORDS: &[&str] = &[
    "procedure",
    "year",
    "subject",
    "grade",
    "paper",
    "part",
    "part_title",
    "max_primary",
    "marks",
    "test",
    "min_test",
    "min_test_certificate",
    "min_mark",
    "scale_confirmed",
    "scale_note",
    "tasks_confirmed",
    "tasks_note",
    "note",
    "labels",
    "status",
    "disputed_cells",
    "conditions",
    "profile_minima",
    "profile",
    "min_of_tasks",
    "tasks",
    "id",
    "position",
    "max",
    "level",
    "answer",
    "content",
    "skill",
    "kes",
    "kt",
    "group",
    "alternatives",
    "requires",
    "programme_grade",
    "lesson",
    "form_label",
    "kind",
    "min",
    "for_marks",
    "otherwise",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::assert_guide_names_keys;

    #[test]
    fn the_guide_names_every_key() {
        assert_guide_names_keys::<WrittenExam>("спецификация");
        assert_guide_names_keys::<WrittenCondition>("[[conditions]]");
        assert_guide_names_keys::<WrittenTask>("[[tasks]]");
    }
}
