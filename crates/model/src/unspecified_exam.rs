//! An exam without a specification.

use super::assessment::{Confirmation, Exam, ExamKey, Scale};

impl Exam {
    /// An exam of which nothing but the key is known: no tasks, no scale, nothing confirmed.
    pub fn unspecified(key: ExamKey) -> Self {
        Self {
            key,
            subject_title: String::new(),
            part_title: String::new(),
            max_primary: None,
            tasks: Vec::new(),
            scale: Scale::Unknown,
            conditions: Vec::new(),
            profile_minima: Vec::new(),
            scale_confirmed: Confirmation::None,
            scale_note: String::new(),
            tasks_confirmed: Confirmation::None,
            tasks_note: String::new(),
            specified: false,
            draft: false,
            disputed_cells: Vec::new(),
        }
    }
}
