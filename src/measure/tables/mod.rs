//! The tables of `data/`: columns, their meaning, and rows sorted by their key.

mod bands;
mod boundaries;
mod column;
mod comparisons;
mod dif;
mod dynamics;
mod items;
mod journal;
mod marks;
mod points;
mod reliability;
mod scores;
mod skills;
mod tasks;
mod tasks_by_mark;

use crate::model::data_table::DataTable;
use crate::model::measures::Measures;

/// The tables of all exams of a run, exams in the order of their names.
///
/// `findings.csv`, `files.csv` and `notes.csv` are not of this room.
pub fn tables(all: &[Measures]) -> Vec<DataTable> {
    let mut sorted: Vec<&Measures> = all.iter().collect();
    sorted.sort_by_key(|measures| measures.exam.id());
    [
        marks::table,
        bands::table,
        journal::table,
        scores::table,
        tasks::table,
        tasks_by_mark::table,
        points::table,
        skills::table,
        items::table,
        reliability::table,
        dif::table,
        comparisons::table,
        boundaries::table,
        dynamics::table,
    ]
    .map(|table: fn(&[&Measures]) -> DataTable| table(&sorted))
    .to_vec()
}
