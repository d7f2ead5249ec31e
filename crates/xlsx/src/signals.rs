//! What the cells of a table show by themselves: bars, words of verdicts, values below their threshold.

use super::failure::failure;
use super::grid::Part;
use super::limits::{self, Judged};
use super::table_sheet::Place;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatFormula,
    ConditionalFormatType, Format, Worksheet, utility,
};
use srez_model::error::Result;
use srez_model::finding::Verdict;
use srez_model::report::Table;
use srez_render::office::{BAR, verdict_ink};

const FILLS: [(Verdict, u32); 3] =
    [(Verdict::Sufficient, 0xDD_EBF3), (Verdict::Zone, 0xF8_EFD9), (Verdict::Insufficient, 0xF7_E6DF)];

/// Adds the conditional formats of a table.
///
/// # Errors
/// Where the library refuses one.
pub(super) fn add(sheet: &mut Worksheet, place: &Place<'_>, table: &Table) -> Result<()> {
    let judged = limits::judged(table, &place.columns);
    for (column, content) in (0_u16..).zip(&place.columns) {
        if content.part == Part::Value || matches!(content.stands_for, Some((_, Part::Value))) {
            bars(sheet, place, column)?;
            if let Some(judged) = judged.as_ref().filter(|judged| judged.value == column) {
                low(sheet, place, judged)?;
            }
        } else if limits::holds_verdicts(table, content) {
            verdicts(sheet, place, column)?;
        }
    }
    Ok(())
}

fn bars(sheet: &mut Worksheet, place: &Place<'_>, column: u16) -> Result<()> {
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(BAR)
        .set_solid_fill(true)
        .set_border_off(true)
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 100);
    let added = sheet.add_conditional_format(place.first, column, place.last, column, &bar);
    added.map_err(|error| failure(&error))?;
    Ok(())
}

/// Values that the table calls insufficient; where it says no word, those below their threshold.
fn low(sheet: &mut Worksheet, place: &Place<'_>, judged: &Judged) -> Result<()> {
    let column = judged.value;
    let rule = if let Some(word) = judged.word {
        format!("=${}=\"{}\"", utility::row_col_to_cell(place.first, word), Verdict::Insufficient.title())
    } else {
        let value = utility::row_col_to_cell(place.first, column);
        let threshold = utility::row_col_to_cell(place.first, judged.threshold);
        format!("=AND(ISNUMBER({value}),ISNUMBER({threshold}),{value}<{threshold})")
    };
    let low = ConditionalFormatFormula::new()
        .set_rule(rule.as_str())
        .set_format(Format::new().set_bold().set_font_color(verdict_ink(Verdict::Insufficient)));
    let added = sheet.add_conditional_format(place.first, column, place.last, column, &low);
    added.map_err(|error| failure(&error))?;
    Ok(())
}

fn verdicts(sheet: &mut Worksheet, place: &Place<'_>, column: u16) -> Result<()> {
    for (verdict, fill) in FILLS {
        let format = Format::new().set_background_color(fill).set_font_color(verdict_ink(verdict));
        let word = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(verdict.title()))
            .set_format(format);
        let added = sheet.add_conditional_format(place.first, column, place.last, column, &word);
        added.map_err(|error| failure(&error))?;
    }
    Ok(())
}
