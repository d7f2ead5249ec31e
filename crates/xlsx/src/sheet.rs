//! What every sheet has in common: text that is never taken for a formula, widths, the way it prints.

use super::failure::failure;
use super::letters;
use rust_xlsxwriter::{Format, Worksheet};
use srez_model::error::Result;
use srez_model::report::Report;
use srez_render::office::printable;

/// Longest text of a cell; Excel takes 32 767 units of UTF-16.
const TEXT_LIMIT: usize = 16_000;

/// A sheet that prints on A4 sideways, one page wide, with head and foot of the document.
///
/// # Errors
/// Where the name is not allowed.
pub(super) fn new(name: &str, report: &Report) -> Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).map_err(|error| failure(&error))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
    sheet.set_margins(0.6, 0.5, 0.8, 0.7, 0.35, 0.35);
    sheet.set_header(format!("&L&8{}&R&8{}", code_free(&report.running_head), code_free(&report.municipality)));
    sheet.set_footer(format!("&L&8{} · &A&R&8&P из &N", code_free(&report.footer)));
    Ok(sheet)
}

/// Writes text as text.
///
/// # Errors
/// Where the cell lies outside the sheet.
pub(super) fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<()> {
    let text: String = printable(text).chars().take(TEXT_LIMIT).collect();
    sheet.write_string_with_format(row, column, text, format).map_err(|error| failure(&error))?;
    Ok(())
}

/// Writes the name of another sheet of the book as a link to it.
///
/// # Errors
/// Where the cell lies outside the sheet.
pub(super) fn link(sheet: &mut Worksheet, row: u32, column: u16, name: &str) -> Result<()> {
    let address = rust_xlsxwriter::Url::new(format!("internal:'{name}'!A1")).set_text(name);
    sheet.write_url_with_format(row, column, address, &super::formats::link()).map_err(|error| failure(&error))?;
    Ok(())
}

/// Sets the width of a column, in characters.
///
/// # Errors
/// Where the column lies outside the sheet.
pub(super) fn width(sheet: &mut Worksheet, column: u16, characters: f64) -> Result<()> {
    sheet.set_column_width(column, characters).map_err(|error| failure(&error))?;
    Ok(())
}

/// Makes a row as high as so many lines of text, with room for letters of the given size.
///
/// # Errors
/// Where the row lies outside the sheet.
pub(super) fn height(sheet: &mut Worksheet, row: u32, lines: u32, size: f64) -> Result<()> {
    let points = (f64::from(lines.min(28)) * 13.5 + 2.0).max(size * 1.4);
    sheet.set_row_height(row, points).map_err(|error| failure(&error))?;
    Ok(())
}

/// Lines that a text takes in a column as wide as so many digits of Calibri 11; the last line of a text must not vanish
/// under the next row. A word that is wider than the column goes on below.
pub(super) fn lines(text: &str, width: usize) -> u32 {
    let room = letters::room(width);
    let space = letters::width(" ");
    let mut lines = 0;
    for paragraph in text.split('\n') {
        let mut column = 0;
        lines += 1;
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            let word = letters::width(word);
            if column != 0 && room < column + space + word {
                lines += 1;
                column = 0;
            }
            column += if column == 0 { word } else { space + word };
            while room < column {
                lines += 1;
                column -= room;
            }
        }
    }
    lines
}

/// Text in which no sign gives an order to head or foot, and short enough for both.
fn code_free(text: &str) -> String {
    printable(text).replace('\n', " ").chars().take(90).collect::<String>().replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_are_counted_by_words() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("одно два три", 9), 2);
        assert_eq!(lines("одно два три", 13), 1);
        // A letter «ж» takes 669 of the 5250 of a column of ten digits.
        assert_eq!(lines(&"ж".repeat(7), 10), 1);
        assert_eq!(lines(&"ж".repeat(25), 10), 4);
        assert_eq!(lines("а\nб", 10), 2);
        assert_eq!(lines("шшш шшш", 10), 1, "wide letters fit");
        assert_eq!(lines("шшшш шшш", 10), 2, "and those that do not go on below");
    }
}
