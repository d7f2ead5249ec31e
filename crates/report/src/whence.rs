//! From the cells of a document back to counts, formulas, thresholds and files.
//!
//! A cell is explained only where it holds the very number of the measures, so that an explanation cannot speak of
//! another number than the one beside it.

mod first_page;
mod known;

use super::context::{Chapter, Context};
use known::{Known, Spot};
use srez_model::level::Level;
use srez_model::measures::MeasureDefinition;
use srez_model::report::{Block, Cell, Report, Row, Table};
use srez_model::tally::Group;
use srez_model::whence::{Explanation, SourceFile, Whence};
use srez_render::printed;
use std::collections::BTreeMap;

/// Explanations for the tables of a document and the big numbers of its first page.
pub fn of(report: &Report, context: &Context<'_>, chapters: &[Chapter<'_>]) -> Whence {
    let mut made = Maker { context, whence: Whence::default(), lists: BTreeMap::new() };
    for section in &report.sections {
        for block in &section.blocks {
            let Block::Table(table) = block else { continue };
            let of_table = |chapter: &&Chapter<'_>| {
                table.name.split_once('_').is_some_and(|(_, exam)| exam == chapter.measures.exam.id().replace('-', "_"))
            };
            if let Some(chapter) = chapters.iter().find(of_table) {
                made.table(table, chapter);
            }
        }
    }
    first_page::add(&mut made, report, chapters);
    made.whence
}

struct Maker<'a> {
    context: &'a Context<'a>,
    whence: Whence,
    lists: BTreeMap<(String, Level, String), usize>,
}

impl Maker<'_> {
    fn table(&mut self, table: &Table, chapter: &Chapter<'_>) {
        let kind = table.name.split('_').next().unwrap_or_default();
        for (line, row) in table.rows.iter().enumerate() {
            let Some((level, group, who)) = self.whom(kind, row) else { continue };
            let measures = chapter.measures;
            for (place, column) in table.columns.iter().enumerate() {
                let printed = Spot { kind, row, place, title: &column.title };
                let known = known::of(self.context, chapter, &printed, level, &group);
                let (Some(known), Some(cell)) = (known, row.cells.get(place)) else { continue };
                if holds(cell, known.numbers) {
                    let whose = format!("{}{who}, {}", matter(kind, row), measures.exam.title());
                    self.add((table, line, place), cell, known, (chapter, level, &group, whose));
                }
            }
        }
    }

    /// Of whom a row speaks.
    fn whom(&self, kind: &str, row: &Row) -> Option<(Level, String, String)> {
        let Group { level, name: group } = self.context.focus.clone();
        let own = (level, group, self.context.focus_title.clone());
        let Some(Cell::Text(name)) = row.cells.first() else { return None };
        match kind {
            "tasks" | "skills" | "groups" | "dynamics" => Some(own),
            "marks" | "bands" | "journal" if *name == self.context.focus_title => Some(own),
            "marks" | "bands" | "journal" if name == "Все участники в выгрузке" => {
                Some((Level::All, String::new(), name.clone()))
            }
            "schools" => {
                let school = self.context.schools.iter().find(|id| self.context.school(id) == name)?;
                Some((Level::School, school.clone(), name.clone()))
            }
            _ => None,
        }
    }

    fn add(
        &mut self,
        (table, line, place): (&Table, usize, usize),
        cell: &Cell,
        known: Known,
        (chapter, level, group, whose): (&Chapter<'_>, Level, &str, String),
    ) {
        let exam = chapter.measures.exam.id();
        let exams = if known.exams.is_empty() { vec![exam.clone()] } else { known.exams };
        // A share is defined with the count that it is a share of.
        let counted_column = known.column.trim_end_matches("_pct");
        let defines =
            |one: &&&MeasureDefinition| one.columns.contains(&known.column) || one.columns.contains(&counted_column);
        let definition = self.context.measures.iter().find(defines);
        let name = definition.map_or_else(
            || table.columns.get(place).map_or("", |column| column.title.as_str()).to_owned(),
            |definition| definition.title.to_owned(),
        );
        let explanation = Explanation {
            title: format!("{name}. {whose}"),
            value: printed::cell(cell),
            formula: definition.map_or_else(|| counted(known.column).to_owned(), |one| one.formula.to_owned()),
            source: definition.map_or_else(|| "подсчёт по строкам файлов".to_owned(), |one| one.source.to_owned()),
            counts: known.counts,
            threshold: known.threshold,
            address: format!("{exam}/{}/{group}/{}", level.id(), known.column),
            files: self.files(&exams, level, group),
        };
        self.whence.cells.insert((table.name.clone(), line, place), self.whence.explanations.len());
        self.whence.explanations.push(explanation);
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
            0 < entry.rows.accepted
                && entry.exams.iter().any(|one| exams.contains(one))
                && entry.schools.iter().any(concerns)
        });
        let list = found.map(|entry| SourceFile {
            file: entry.file.name.clone(),
            rows: u64::from(entry.rows.accepted),
            hash: entry.file.blake3.chars().take(16).collect(),
        });
        self.whence.files.push(list.collect());
        let place = self.whence.files.len() - 1;
        self.lists.insert(key, place);
        place
    }
}

/// The task or skill of a row, for titles; empty where the row names a group.
fn matter(kind: &str, row: &Row) -> String {
    match (kind, row.cells.first()) {
        ("tasks" | "groups", Some(Cell::Text(id))) => format!("№\u{a0}{id}. "),
        ("skills" | "dynamics", Some(Cell::Text(name))) => format!("{name}. "),
        _ => String::new(),
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

fn holds(cell: &Cell, numbers: [Option<f64>; 2]) -> bool {
    let same = |printed: f64, known: Option<f64>| known.is_some_and(|known| (printed - known).abs() < 1e-9);
    match cell {
        Cell::Count(value) => same(srez_model::unit::as_f64(*value), numbers[0]),
        Cell::Number(value, _) | Cell::Difference(value, _) => same(*value, numbers[0]),
        Cell::Interval(low, high, _) => same(*low, numbers[0]) && same(*high, numbers[1]),
        _ => false,
    }
}
