//! The tables of `data/`: columns, their meaning, and rows sorted by their key.

mod abilities;
mod bands;
mod boundaries;
mod column;
mod comparisons;
mod curves;
mod data_quality;
mod demands;
mod dif;
mod dynamics;
mod effectiveness;
mod funnel;
mod items;
mod journal;
mod levels;
mod marks;
mod part;
mod points;
mod reliability;
mod scores;
mod skills;
mod tasks;
mod tasks_by_mark;

pub use data_quality::data_quality_table;
pub use effectiveness::{effectiveness_table, recommendations_table};

use column::{Column, OfExam};
use rayon::prelude::*;
use srez_model::data_table::{self, DataTable, Value};
use srez_model::measures::Measures;
use std::sync::Arc;

/// How the measures of exams become one table.
pub struct Table {
    /// Name of the file without extension.
    pub name: &'static str,
    make: fn(&'static str, &[&Measures]) -> DataTable,
}

impl Table {
    /// The table over all exams of a run, exams in the order of their names.
    pub fn of(&self, all: &[Measures]) -> DataTable {
        let mut sorted: Vec<&Measures> = all.iter().collect();
        sorted.sort_by_key(|measures| measures.exam.id());
        (self.make)(self.name, &sorted)
    }
}

/// A table of the rows that exams have of one kind.
fn of_exams<R: Sync>(
    name: &'static str,
    all: &[&Measures],
    columns: &[Column<R>],
    rows: fn(&Measures) -> &[R],
) -> DataTable {
    let of_exam = |measures: &&Measures| {
        let exam = OfExam { id: measures.exam.id(), exam: Arc::clone(&measures.exam) };
        rows(measures).iter().map(|row| data_table::row(columns, &exam, row)).collect()
    };
    let parts: Vec<Vec<Vec<Value>>> = all.par_iter().map(of_exam).collect();
    DataTable { name, columns: data_table::heads(columns), rows: parts.into_iter().flatten().collect() }
}

/// The tables of measures; `findings.csv`, `files.csv` and `notes.csv` are not of this room.
pub const TABLES: &[&Table] = &[
    &marks::TABLE,
    &bands::TABLE,
    &journal::TABLE,
    &scores::TABLE,
    &tasks::TABLE,
    &tasks_by_mark::TABLE,
    &points::TABLE,
    &skills::TABLE,
    &levels::TABLE,
    &items::TABLE,
    &abilities::TABLE,
    &curves::TABLE,
    &reliability::TABLE,
    &dif::TABLE,
    &comparisons::TABLE,
    &funnel::TABLE,
    &boundaries::TABLE,
    &demands::TABLE,
    &dynamics::TABLE,
];

/// All of them over all exams of a run.
pub fn tables(all: &[Measures]) -> Vec<DataTable> {
    TABLES.iter().map(|table| table.of(all)).collect()
}
