//! The tables of `data/`.

use super::Facts;
use crate::error::Result;
use crate::model::artifact::Artifact;
use crate::report::render::csv;
use crate::{flag, measure, publish, store};
use rayon::prelude::*;

/// The tables of `data/`, as CSV and Parquet, with the description of their columns.
pub(super) fn tables(facts: &Facts<'_>) -> Result<Vec<Artifact>> {
    let mut tables = measure::tables(facts.measures);
    tables.push(flag::table(facts.findings));
    tables.push(publish::delta_table(facts.delta));
    tables.push(measure::effectiveness_table(&facts.effects.rows));
    tables.push(measure::recommendations_table(&facts.effects.recommendations));
    tables.push(publish::files_table(facts.files));
    tables.push(publish::notes_table(facts.notes));
    tables.push(publish::corrections_table(facts.corrections));
    tables.push(publish::facts_table(facts.reference_facts));
    let metadata = Artifact { path: "data/metadata.csv".to_owned(), bytes: csv::metadata(&tables) };
    // A table is dropped as soon as it is written down.
    let mut artifacts: Vec<Artifact> = tables
        .into_par_iter()
        .map(|table| {
            let csv = Artifact { path: format!("data/{}.csv", table.name), bytes: csv::render(&table) };
            let parquet = store::table_bytes(&table)?;
            Ok([csv, Artifact { path: format!("data/{}.parquet", table.name), bytes: parquet }])
        })
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    artifacts.push(metadata);
    Ok(artifacts)
}
