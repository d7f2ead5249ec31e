//! Thresholds and zones in cells above a table, and the words of judgement that follow them.

use super::failure::failure;
use super::grid::{GridColumn, Part};
use super::{formats, sheet};
use rust_xlsxwriter::{Formula, Worksheet, utility};
use srez_model::error::Result;
use srez_model::finding::Verdict;
use srez_model::report::{Cell, Row, Table};
use srez_wording::number;

/// Row of the first threshold.
const FIRST: u32 = 2;

/// A threshold of a table with its cell, and the cell of its zone where it has one.
pub(super) struct Limit {
    threshold: f64,
    zone: f64,
    row: u32,
}

/// The columns of a sheet by which a row is judged.
pub(super) struct Judged {
    pub(super) value: u16,
    /// Threshold of the row.
    pub(super) threshold: u16,
    /// Word; none where the table says none.
    pub(super) word: Option<u16>,
    /// Column of the document with the bar.
    bar: usize,
}

/// The different thresholds of a table's bars, ascending.
pub(super) fn of(table: &Table) -> Vec<Limit> {
    let bars = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| {
        if let Cell::Bar(bar) = cell {
            bar.threshold.filter(|threshold| threshold.is_finite()).map(|threshold| (threshold, bar.zone))
        } else {
            None
        }
    });
    let mut pairs: Vec<(f64, f64)> = bars.collect();
    pairs.sort_by(|left, right| left.0.total_cmp(&right.0).then(left.1.total_cmp(&right.1)));
    pairs.dedup_by(|left, right| same(left.0, right.0) && same(left.1, right.1));
    let mut row = FIRST;
    let limits = pairs.into_iter().map(|(threshold, zone)| {
        let limit = Limit { threshold, zone, row };
        row = limit.below();
        limit
    });
    limits.collect()
}

/// The columns by which the rows of a table are judged; none where it holds no threshold.
pub(super) fn judged(table: &Table, columns: &[GridColumn]) -> Option<Judged> {
    let place = |wanted: &dyn Fn(&GridColumn) -> bool| {
        columns.iter().position(wanted).and_then(|place| u16::try_from(place).ok())
    };
    let threshold = place(&|column| column.part == Part::Threshold)?;
    let bar = columns.get(usize::from(threshold))?.source;
    let value = place(&|column| {
        column.stands_for == Some((bar, Part::Value)) || (column.source == bar && column.part == Part::Value)
    })?;
    Some(Judged { value, threshold, word: place(&|column| holds_verdicts(table, column)), bar })
}

/// True where a column of the sheet says the verdicts of a table.
pub(super) fn holds_verdicts(table: &Table, column: &GridColumn) -> bool {
    table.rows.iter().any(|row| matches!(row.cells.get(column.source), Some(Cell::Verdict(_))))
}

/// First row below the cells of the limits and of the count.
pub(super) fn end(limits: &[Limit], judged: Option<&Judged>) -> u32 {
    let counts = judged.is_some_and(|judged| judged.word.is_some());
    limits.last().map_or(FIRST, Limit::below) + u32::from(counts)
}

/// Writes the cells of the limits, and how many rows between `first` and `last` are below them.
///
/// # Errors
/// Where a cell lies outside the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    table: &Table,
    limits: &[Limit],
    judged: Option<&Judged>,
    (first, last): (u32, u32),
) -> Result<()> {
    for limit in limits {
        let printed = number::decimal(limit.threshold, 0);
        let follows = "столбцы «Порог, %» и «Вывод» следуют за ячейкой";
        let words = if judged.is_some_and(|judged| judged.word.is_some()) {
            format!("Порог, % (в отчёте {printed}) — можно изменить, {follows}")
        } else {
            format!("Порог, % (в отчёте {printed}) — можно изменить, столбец «Порог, %» берёт его отсюда")
        };
        sheet::text(sheet, limit.row, 1, &words, &formats::aside())?;
        put(sheet, limit.row, limit.threshold)?;
        if limit.zone > 0.0 {
            let decimals = u8::from(limit.zone.fract() != 0.0);
            let zone = number::decimal(limit.zone, decimals);
            let words = format!("Зона вокруг порога {printed} %, ± п.п. (в отчёте {zone}) — можно изменить");
            sheet::text(sheet, limit.row + 1, 1, &words, &formats::aside())?;
            put(sheet, limit.row + 1, limit.zone)?;
        }
    }
    let word = judged.and_then(|judged| judged.word);
    let Some((word, row)) = word.zip(limits.last().map(Limit::below)) else { return Ok(()) };
    let of_table = table.rows.iter().flat_map(|row| &row.cells);
    let below = of_table.filter(|cell| matches!(cell, Cell::Verdict(Verdict::Insufficient))).count();
    let cells = utility::cell_range(first, word, last, word);
    let title = Verdict::Insufficient.title();
    let formula = Formula::new(format!("=COUNTIF({cells},\"{title}\")")).set_result(below.to_string());
    sheet.write_formula_with_format(row, 0, formula, &formats::body().set_bold()).map_err(|error| failure(&error))?;
    sheet::text(sheet, row, 1, &format!("Строк с выводом «{title}» при этих порогах"), &formats::aside())
}

fn put(sheet: &mut Worksheet, row: u32, value: f64) -> Result<()> {
    sheet.write_number_with_format(row, 0, value, &formats::threshold()).map_err(|error| failure(&error))?;
    Ok(())
}

/// The threshold of a row: the cell above the table; what the report says is the value that a viewer shows.
pub(super) fn threshold(limits: &[Limit], value: f64) -> Formula {
    let row = limits.iter().find(|limit| same(limit.threshold, value)).map_or(FIRST, |limit| limit.row);
    Formula::new(format!("={}", utility::row_col_to_cell_absolute(row, 0))).set_result(value.to_string())
}

/// The word of a row as a formula over its value and its threshold; none where its level is unknown.
pub(super) fn word(
    limits: &[Limit],
    judged: Option<&Judged>,
    row: &Row,
    line: u32,
    verdict: Verdict,
) -> Option<Formula> {
    let judged = judged.filter(|_| verdict != Verdict::Unknown)?;
    let Some(Cell::Bar(bar)) = row.cells.get(judged.bar) else { return None };
    let (threshold, zone) = (bar.threshold?, bar.zone);
    let limit = limits.iter().find(|limit| same(limit.threshold, threshold) && same(limit.zone, zone))?;
    let value = utility::row_col_to_cell(line, judged.value);
    let threshold = utility::row_col_to_cell(line, judged.threshold);
    let [low, middle, high, unknown] =
        [Verdict::Insufficient, Verdict::Zone, Verdict::Sufficient, Verdict::Unknown].map(Verdict::title);
    let known = if limit.zone > 0.0 {
        let zone = utility::row_col_to_cell_absolute(limit.row + 1, 0);
        let above = format!("IF(OR({zone}=0,{threshold}+{zone}<{value}),\"{high}\",\"{middle}\")");
        format!("IF({value}<{threshold}-{zone},\"{low}\",{above})")
    } else {
        format!("IF({value}<{threshold},\"{low}\",\"{high}\")")
    };
    let formula = format!("=IF(AND(ISNUMBER({value}),ISNUMBER({threshold})),{known},\"{unknown}\")");
    Some(Formula::new(formula).set_result(verdict.title()))
}

impl Limit {
    /// Row below its cells.
    fn below(&self) -> u32 {
        self.row + 1 + u32::from(self.zone > 0.0)
    }
}

fn same(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-9
}
