//! Parts of the papers of the municipality: what is to be decided, works against the region, schools to be helped, what
//! changed, what came of last year's measures, the measures of all subjects.

pub(crate) mod decisions;
pub(crate) mod last_measures;
pub(crate) mod measures;
pub(crate) mod schools;
mod subjects;
pub(crate) mod works;
pub(crate) mod year;

use super::subject_note::Note;
use crate::context::{Chapter, Context};

/// What the parts speak of.
pub(crate) struct Municipality<'a, 'b> {
    pub(crate) context: &'b Context<'b>,
    /// All works of the period.
    pub(crate) chapters: &'b [Chapter<'a>],
    /// The same by procedure, year and subject.
    pub(crate) notes: Vec<Note<'a, 'b>>,
}

impl<'a, 'b> Municipality<'a, 'b> {
    /// `by_subject` are the chapters by procedure, year and subject.
    pub(crate) fn new(
        context: &'b Context<'b>,
        chapters: &'b [Chapter<'a>],
        by_subject: &'b [Vec<Chapter<'a>>],
    ) -> Self {
        Self { context, chapters, notes: by_subject.iter().map(|of_one| Note::new(context, of_one)).collect() }
    }
}
