//! From the cells of a document back to counts, formulas, thresholds and files: what the authors of the cells told of
//! their numbers, with the definitions of the measures and the lists of the files.

use super::context::Context;
use srez_model::delivery::FileEntry;
use srez_model::level::Level;
use srez_model::measures::MeasureDefinition;
use srez_model::provenance::{CellSource, Explanation, NumberRef, Provenance, SourceFile};
use srez_model::report::{Block, Cell, Column, Report, Table};
use srez_render::printed;
use srez_wording::rule;
use std::collections::BTreeMap;

/// Explanations for the tables of a document.
pub fn of(report: &Report, context: &Context<'_>) -> Provenance {
    let mut made = Maker::new(context);
    for block in report.sections.iter().flat_map(|section| &section.blocks) {
        if let Block::Table(table) = block {
            made.table(table);
        }
    }
    made.provenance
}

struct Maker<'a> {
    context: &'a Context<'a>,
    provenance: Provenance,
    lists: BTreeMap<(String, Level, String), usize>,
}

impl<'a> Maker<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        Self { context, provenance: Provenance::default(), lists: BTreeMap::new() }
    }

    fn table(&mut self, table: &Table) {
        for (line, row) in table.rows.iter().enumerate() {
            for (place, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                if let Some(source) = cell.source() {
                    let made = self.cell(cell, source, column);
                    self.provenance.cells.insert((table.name.clone(), line, place), made);
                }
            }
        }
    }

    /// Explains a cell; the place of its explanation.
    fn cell(&mut self, cell: &Cell, source: &CellSource, column: &Column) -> usize {
        let NumberRef { level, group, column: of_data, .. } = &source.number;
        let definition = definition_of(self.context, of_data);
        let name = definition.map_or(column.title.as_str(), |definition| definition.title);
        let value = printed::cell(cell);
        let explanation = Explanation {
            title: format!("{name}. {}", source.subject),
            value,
            formula: definition
                .map_or_else(|| counted(of_data).to_owned(), |one| rule::filled(one.formula, self.context.thresholds)),
            source: definition.map_or_else(|| "подсчёт по строкам файлов".to_owned(), |one| one.source.to_owned()),
            counts: source.counts.clone(),
            threshold: source.threshold.clone(),
            address: source.number.to_string(),
            files: self.files(&source.exams, *level, group),
        };
        let made = self.provenance.explanations.len();
        self.provenance.explanations.push(explanation);
        made
    }

    /// Files of exams with rows of a group.
    fn files(&mut self, exams: &[String], level: Level, group: &str) -> usize {
        let key = (exams.join(" "), level, group.to_owned());
        if let Some(known) = self.lists.get(&key) {
            return *known;
        }
        self.provenance.files.push(files_behind(self.context, exams, level, group));
        let place = self.provenance.files.len() - 1;
        self.lists.insert(key, place);
        place
    }
}

/// The measure that defines a column of the data; a share is defined with the count that it is a share of.
pub(crate) fn definition_of(context: &Context<'_>, column: &str) -> Option<&'static MeasureDefinition> {
    let counted_column = column.trim_end_matches("_pct");
    let defines = |one: &&&MeasureDefinition| one.columns.contains(&column) || one.columns.contains(&counted_column);
    context.measures.iter().find(defines).copied()
}

/// Files of exams with rows of a group.
pub(crate) fn files_behind(context: &Context<'_>, exams: &[String], level: Level, group: &str) -> Vec<SourceFile> {
    let concerns = |school: &String| match level {
        Level::School => school == group,
        Level::All => true,
        _ => context.schools.contains(school),
    };
    let found = context.facts.files.iter().filter(|entry| {
        entry.rows.accepted > 0
            && entry.exams.iter().any(|one| exams.contains(one))
            && entry.schools.iter().any(concerns)
    });
    let file = |entry: &FileEntry| SourceFile {
        file: entry.file.name.clone(),
        rows: u64::from(entry.rows.accepted),
        hash: entry.file.blake3.chars().take(16).collect(),
    };
    found.map(file).collect()
}

/// Formula of a column that no measure defines: counts and their shares.
pub(crate) fn counted(column: &str) -> &'static str {
    match column {
        "marks.n" | "bands.n" | "journal.n" => "число участников",
        "dynamics.now" | "dynamics.before" => "значение показателя в работе этого года",
        _ => "число отметок / число получивших отметку · 100",
    }
}
