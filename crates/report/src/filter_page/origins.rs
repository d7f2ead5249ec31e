//! Where the numbers of the page come from: formulas by line, files by work and group.

use crate::context::Context;
use crate::provenance::{definition_of, files_behind};
use srez_model::filter_page::{LineKind, NumberOrigin, ResultLine};
use srez_model::level::Level;
use srez_model::provenance::SourceFile;
use std::collections::BTreeMap;

/// The formulas and lists of files of a page, each once.
pub(super) struct Origins<'a> {
    context: &'a Context<'a>,
    pub(super) origins: Vec<NumberOrigin>,
    pub(super) files: Vec<SourceFile>,
    pub(super) lists: Vec<Vec<usize>>,
    places: BTreeMap<String, usize>,
    known: BTreeMap<Vec<usize>, usize>,
}

impl<'a> Origins<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            origins: Vec::new(),
            files: Vec::new(),
            lists: Vec::new(),
            places: BTreeMap::new(),
            known: BTreeMap::new(),
        }
    }

    /// The line with the place of its formula.
    pub(super) fn explained(&mut self, line: ResultLine, column: &'static str) -> ResultLine {
        let known = self.origins.iter().position(|origin| origin.column == column);
        let place = known.unwrap_or_else(|| {
            self.origins.push(self.origin(column, line.kind));
            self.origins.len() - 1
        });
        ResultLine { origin: Some(place), ..line }
    }

    fn origin(&self, column: &'static str, kind: LineKind) -> NumberOrigin {
        let definition = definition_of(self.context, column);
        let is_mean = column.contains(".mean_");
        let title = match kind {
            LineKind::Work => definition.map_or("Доля участников", |it| it.title),
            LineKind::Skill | LineKind::Task => definition.map_or("Выполнение", |it| it.title),
        };
        NumberOrigin {
            title: title.to_owned(),
            formula: definition
                .map_or_else(|| crate::provenance::counted(column).to_owned(), |it| it.formula.to_owned()),
            counts: if is_mean { String::new() } else { "{sum} / {most} · 100".to_owned() },
            source: definition.map_or_else(|| "подсчёт по строкам файлов".to_owned(), |it| it.source.to_owned()),
            column,
        }
    }

    /// The place of the list of files with rows of a group in an exam.
    pub(super) fn list(&mut self, exam: &str, level: Level, group: &str) -> usize {
        let mut list = Vec::new();
        for file in files_behind(self.context, &[exam.to_owned()], level, group) {
            let next = self.files.len();
            let place = *self.places.entry(file.file.clone()).or_insert(next);
            if place == next {
                self.files.push(file);
            }
            list.push(place);
        }
        let next = self.lists.len();
        let place = *self.known.entry(list.clone()).or_insert(next);
        if place == next {
            self.lists.push(list);
        }
        place
    }
}
