//! Of whom and of what the numbers of a row speak: what the sources of its cells have in common.

use crate::context::Names;
use srez_model::assessment::Exam;
use srez_model::level::Level;
use srez_model::provenance::{CellSource, NumberRef};

/// A group of an exam, and a part of its work, whose numbers a row prints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'a> {
    exam: &'a Exam,
    level: Level,
    group: &'a str,
    name: &'a str,
    part: Part<'a>,
}

/// What of a work a row is about.
#[derive(Clone, Copy, Debug)]
enum Part<'a> {
    Whole,
    Task(&'a str),
    Named(&'a str),
}

impl<'a> Origin<'a> {
    /// A group with its printed name.
    pub(super) fn new(exam: &'a Exam, level: Level, group: &'a str, name: &'a str) -> Self {
        Self { exam, level, group, name, part: Part::Whole }
    }

    /// The group of which the documents speak.
    pub(super) fn focus(context: &'a Names<'_>, exam: &'a Exam) -> Self {
        Self::new(exam, context.focus.level, &context.focus.name, &context.focus_title)
    }

    /// All participants.
    pub(super) fn all(exam: &'a Exam) -> Self {
        Self::new(exam, Level::All, "", ALL)
    }

    /// The same group in the task with this id.
    pub(super) fn task(self, id: &'a str) -> Self {
        Self { part: Part::Task(id), ..self }
    }

    /// The same group in a skill or another thing with a name.
    pub(super) fn named(self, name: &'a str) -> Self {
        Self { part: Part::Named(name), ..self }
    }

    /// The printed name of the group.
    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    /// The number in this column of the data.
    pub(super) fn number(&self, column: &'static str) -> NumberRef {
        NumberRef { exam: self.exam.id(), level: self.level, group: self.group.to_owned(), column }
    }

    /// Where the number in this column comes from; `counts` is its formula with the counts in it.
    pub(super) fn source(&self, column: &'static str, counts: String) -> CellSource {
        let (part, before) = match self.part {
            Part::Whole => ("", String::new()),
            Part::Task(id) => (id, format!("№\u{a0}{id}. ")),
            Part::Named(name) => (name, format!("{name}. ")),
        };
        CellSource {
            number: self.number(column),
            part: part.to_owned(),
            subject: format!("{before}{}, {}", self.name, self.exam.title()),
            counts,
            threshold: String::new(),
            exams: vec![self.exam.id()],
        }
    }
}

/// How the row of all participants is called.
pub(crate) const ALL: &str = "Все участники в выгрузке";
