//! Parts of the «справка по предмету»: what is concluded, where the place stands, what else was checked, what to do.

pub(crate) mod actions;
pub(crate) mod checks;
pub(crate) mod conclusions;
pub(crate) mod losses;
pub(crate) mod region;
pub(crate) mod tasks;

use crate::context::{Chapter, Context};
use crate::facts::weak_tasks::{self, WeakTask};
use srez_model::assessment::Procedure;
use srez_wording::grade;

/// What the parts speak of.
pub(crate) struct Note<'a, 'b> {
    pub(crate) context: &'b Context<'b>,
    pub(crate) chapters: &'b [Chapter<'a>],
    /// Weak tasks of all grades, the most important first.
    pub(crate) weak: Vec<WeakTask<'a>>,
}

impl<'a, 'b> Note<'a, 'b> {
    pub(crate) fn new(context: &'b Context<'b>, chapters: &'b [Chapter<'a>]) -> Self {
        let of_chapter = |(place, chapter)| weak_tasks::of(context, chapter, place);
        let mut weak: Vec<WeakTask<'a>> = chapters.iter().enumerate().flat_map(of_chapter).collect();
        // Stable: within a grade the order of importance stays.
        weak.sort_by_key(|one| !one.is_basic());
        Self { context, chapters, weak }
    }

    pub(crate) fn chapter(&self, task: &WeakTask<'a>) -> &'b Chapter<'a> {
        &self.chapters[task.chapter]
    }

    pub(crate) fn procedure(&self) -> Procedure {
        self.chapters[0].measures.exam.key.procedure
    }

    /// True where the grade tells the works apart.
    fn has_several(&self) -> bool {
        self.chapters.len() > 1
    }

    /// True where some task has a verdict.
    pub(crate) fn is_judged(&self) -> bool {
        use srez_model::finding::Verdict;
        let mut verdicts = self.chapters.iter().flat_map(|chapter| &chapter.findings.verdicts);
        verdicts.any(|judged| judged.verdict != Verdict::Unknown)
    }

    /// «В 4-х классах», «в 4-х и 8-х классах»; with papers of one grade «8 класс, углублённый уровень».
    fn in_grades(&self, places: &[usize]) -> String {
        let exams = || places.iter().filter_map(|place| self.chapters.get(*place)).map(|it| &it.measures.exam);
        if exams().any(|exam| !exam.paper_words().is_empty()) {
            return exams()
                .map(|exam| format!("{}\u{a0}классе{}", exam.key.grade, exam.paper_words()))
                .collect::<Vec<_>>()
                .join("; ");
        }
        let mut grades: Vec<u8> = exams().map(|exam| exam.key.grade).collect();
        grades.dedup();
        grade::in_grades(&grades)
    }
}
