//! From the cells of a document back to counts, formulas, thresholds and files: what the authors of the cells told of
//! their numbers, with the definitions of the measures and the lists of the files.

use super::context::Context;
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
        // A share is defined with the count that it is a share of.
        let counted_column = of_data.trim_end_matches("_pct");
        let defines =
            |one: &&&MeasureDefinition| one.columns.contains(of_data) || one.columns.contains(&counted_column);
        let definition = self.context.measures.iter().find(defines);
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
        let concerns = |school: &String| match level {
            Level::School => school == group,
            Level::All => true,
            _ => self.context.schools.contains(school),
        };
        let found = self.context.facts.files.iter().filter(|entry| {
            entry.rows.accepted > 0
                && entry.exams.iter().any(|one| exams.contains(one))
                && entry.schools.iter().any(concerns)
        });
        let list = found.map(|entry| SourceFile {
            file: entry.file.name.clone(),
            rows: u64::from(entry.rows.accepted),
            hash: entry.file.blake3.chars().take(16).collect(),
        });
        self.provenance.files.push(list.collect());
        let place = self.provenance.files.len() - 1;
        self.lists.insert(key, place);
        place
    }
}

/// Formula of a column that no measure defines: counts and their shares.
fn counted(column: &str) -> &'static str {
    match column {
        "marks.n" | "bands.n" | "journal.n" => "число участников",
        "dynamics.now" | "dynamics.before" => "значение показателя в работе этого года",
        _ => "число отметок / число получивших отметку · 100",
    }
}
