//! Tables of `data/` as Parquet.

use super::fault::Fault;
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, PolarsError, Series};
use srez_model::data_table::{ColumnType, DataTable, Value};
use srez_model::error::Result;

/// A table as the bytes of a Parquet file.
///
/// # Errors
/// If it cannot be serialised, which is a bug.
pub fn table_bytes(table: &DataTable) -> Result<Vec<u8>> {
    let fail = |error: PolarsError| Fault::NotEncoded {
        what: format!("таблица {} не записывается", table.name),
        reason: error.to_string(),
    };
    let columns: Vec<Column> = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let values = table.rows.iter().map(|row| row.get(place).unwrap_or(&Value::Missing));
            let name = column.name.into();
            match column.kind {
                ColumnType::Text => Series::new(name, values.map(text).collect::<Vec<_>>()),
                ColumnType::Integer => Series::new(name, values.map(integer).collect::<Vec<_>>()),
                ColumnType::Real => Series::new(name, values.map(real).collect::<Vec<_>>()),
                ColumnType::Flag => Series::new(name, values.map(flag).collect::<Vec<_>>()),
            }
            .into_column()
        })
        .collect();
    let mut frame = DataFrame::new(table.rows.len(), columns).map_err(fail)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).map_err(fail)?;
    Ok(bytes)
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a whole number in a column with fractions is small")]
fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Real(number) => Some(*number),
        Value::Integer(number) => Some(*number as f64),
        _ => None,
    }
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        _ => None,
    }
}
