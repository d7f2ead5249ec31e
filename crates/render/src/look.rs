//! How cells and figures look in the page and in the PDF alike.

use srez_model::finding::Verdict;
use srez_model::report::{Bar, Cell, Row, RowKind, Shade, Table};

/// Figures up to this width, in millimetres, stand side by side.
pub const HALF_PAGE_MM: f64 = 82.0;

/// Name of the look of a judgement.
pub fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Sufficient => "sufficient",
        Verdict::Zone => "zone",
        Verdict::Insufficient => "insufficient",
        Verdict::Unknown => "unknown",
    }
}

/// Name of the look of a row.
pub fn of_row(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Plain => "plain",
        RowKind::Own => "own",
        RowKind::Reference => "reference",
        RowKind::Total => "total",
        RowKind::Group => "group",
    }
}

/// Name of the look of a shaded cell.
pub fn of_shade(shade: Shade) -> &'static str {
    match shade {
        Shade::Low => "low",
        Shade::Middle => "middle",
        Shade::High => "high",
        Shade::Strong => "strong",
    }
}

/// The bar of a row.
pub fn bar_of(row: &Row) -> Option<Bar> {
    row.cells.iter().find_map(|cell| if let Cell::Bar(bar) = cell { Some(*bar) } else { None })
}

/// The judgement on a number: that of the bar of its row, which draws it.
pub fn judgement(cell: &Cell, bar: Option<Bar>) -> Option<Verdict> {
    let is_drawn = |bar: &Bar| matches!(cell, Cell::Number { value, .. } if value.total_cmp(&bar.value).is_eq());
    bar.filter(is_drawn).map(|bar| bar.verdict)
}

/// How many rows at the end of a table are totals.
pub fn totals(table: &Table) -> usize {
    table.rows.iter().rev().take_while(|row| row.kind == RowKind::Total).count()
}
