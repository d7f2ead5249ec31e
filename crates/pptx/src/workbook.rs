//! The workbook behind a chart, which «Изменить данные» opens.

use super::chart::Chart;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use srez_model::container::of_no_system;
use srez_model::deck::Deck;
use srez_model::error::{Error, Result};
use srez_render::office::printable;
use srez_render::ooxml::Part;
use srez_wording::date;

/// The sheet with the numbers.
pub(super) const SHEET: &str = "Данные";
/// Width of the column of tasks and of a column of numbers, in letters.
const WIDTHS: [f64; 2] = [48.0, 18.0];

/// File of the workbook of the slide with that number.
pub(super) fn name(number: usize) -> String {
    format!("chart{number}.xlsx")
}

/// Letter of a column, counted from zero; a chart has few.
pub(super) fn column(place: usize) -> char {
    ('A'..='Z').nth(place).unwrap_or('Z')
}

/// The workbook as a part.
///
/// # Errors
/// Where the library refuses the workbook.
pub(super) fn part(deck: &Deck, chart: &Chart, number: usize) -> Result<Part> {
    let bytes = written(deck, chart).map_err(|error| Error::run(format!("данные диаграммы не собраны: {error}")))?;
    Ok(Part::new(format!("ppt/embeddings/{}", name(number)), bytes))
}

fn written(deck: &Deck, chart: &Chart) -> std::result::Result<Vec<u8>, XlsxError> {
    let day = date::from_short(&deck.date).map_or_else(|| "1900-01-01".to_owned(), |day| day.to_string());
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(printable(&deck.title))
            .set_author(printable(&deck.centre))
            .set_creation_datetime(&ExcelDateTime::parse_from_str(&day)?),
    );
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    sheet.set_column_width(0, WIDTHS[0])?;
    sheet.write_string(0, 0, "Задание")?;
    for (row, category) in (1..).zip(&chart.categories) {
        sheet.write_string(row, 0, printable(category))?;
    }
    for (column, series) in (1..).zip(&chart.series) {
        sheet.set_column_width(column, WIDTHS[1])?;
        sheet.write_string(0, column, printable(&series.name))?;
        for (row, point) in (1..).zip(&series.points) {
            let Some(point) = point else { continue };
            let digits = if point.shown.decimals == 0 { "0" } else { "0.0" };
            sheet.write_number_with_format(row, column, point.shown.percent, &Format::new().set_num_format(digits))?;
        }
    }
    workbook.save_to_buffer().map(of_no_system)
}
