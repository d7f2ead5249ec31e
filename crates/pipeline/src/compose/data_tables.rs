//! The tables of `data/`.

use super::{Made, Material, Scene, attempt, guarded, sorted_out};
use rayon::prelude::*;
use srez_config::plan::Format;
use srez_model::artifact::Artifact;
use srez_model::data_table::DataTable;
use srez_model::error::Result;
use srez_render::csv;
use srez_wording::date;
use srez_xlsx::DataSheet;

/// The tables for a person: a double click on a CSV opens one column in a Russian Excel.
const BOOK: &str = "data/tables.xlsx";

/// A table that is yet to be made.
type Order<'a> = (&'static str, Box<dyn Fn() -> DataTable + Send + Sync + 'a>);

/// The tables, as CSV and Parquet and in one workbook, with the description of their columns.
pub(super) fn tables(scene: &Scene<'_>, material: &Material<'_>) -> Made {
    let mut orders: Vec<Order<'_>> = srez_measure::TABLES
        .iter()
        .map(|table| (table.name, Box::new(|| table.of(material.measures)) as Box<_>))
        .collect();
    orders.push(("findings", Box::new(|| srez_flag::table(material.findings))));
    orders.push(("delta", Box::new(|| srez_publish::delta_table(material.facts.delta))));
    orders.push(("effectiveness", Box::new(|| srez_measure::effectiveness_table(&material.facts.effects.rows))));
    orders.push((
        "recommendations",
        Box::new(|| srez_measure::recommendations_table(&material.facts.effects.recommendations)),
    ));
    orders.push(("files", Box::new(|| srez_publish::files_table(material.facts.files))));
    orders.push(("notes", Box::new(|| srez_publish::notes_table(material.facts.notes))));
    orders.push(("corrections", Box::new(|| srez_publish::corrections_table(material.facts.corrections))));
    let of_all = (scene.names.focus.level, scene.names.focus.name.as_str());
    orders.push((
        "data_quality",
        Box::new(move || srez_measure::data_quality_table(Some(material.facts.quality), of_all)),
    ));
    orders.push(("facts", Box::new(|| srez_publish::facts_table(material.reference_facts))));

    let written = |(name, make): &Order<'_>| attempt(&format!("data/{name}"), || written(make()));
    let (written, mut failures) = sorted_out(orders.par_iter().map(written).collect());
    let (mut described, mut sheets, mut artifacts) = (Vec::new(), Vec::new(), Vec::new());
    for (table, sheet, files) in written {
        described.push(table);
        sheets.push(sheet);
        artifacts.extend(files);
    }
    artifacts.push(Artifact { path: "data/metadata.csv".to_owned(), bytes: csv::metadata(&described) });
    if scene.plan.formats.contains(&Format::Xlsx) {
        let book = guarded(BOOK, || {
            let bytes = srez_xlsx::data_book(sheets, &date::short(&scene.plan.date))?;
            Ok(vec![Artifact { path: BOOK.to_owned(), bytes }])
        });
        artifacts.extend(book.artifacts);
        failures.extend(book.failures);
    }
    Made { artifacts, failures }
}

/// A table as files, and what is left of it for the description: its rows are dropped as soon as they are written down.
fn written(mut table: DataTable) -> Result<(DataTable, DataSheet, [Artifact; 2])> {
    let sheet = DataSheet::new(&table)?;
    let csv = Artifact { path: format!("data/{}.csv", table.name), bytes: csv::render(&table) };
    let parquet = Artifact { path: format!("data/{}.parquet", table.name), bytes: srez_store::table_bytes(&table)? };
    table.rows = Vec::new();
    Ok((table, sheet, [csv, parquet]))
}
