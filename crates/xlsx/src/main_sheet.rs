//! The first sheet «Главное»: what it is, the passport, conclusions, list of sheets.

use super::failure::failure;
use super::names::MAIN;
use super::{formats, sheet};
use rust_xlsxwriter::{Format, Image, Worksheet};
use srez_model::error::Result;
use srez_model::report::{Block, Report};

const NUMBER: u16 = 0;
const UNIT: u16 = 1;
const TAG: u16 = 2;
const WORDS: u16 = 3;
const SOURCE: u16 = 4;
/// Height of the emblem in pixels.
const EMBLEM: f64 = 64.0;
const WIDTHS: [u8; 5] = [18, 24, 14, 76, 26];

/// A sheet with the row on which the next line goes.
struct Lines {
    sheet: Worksheet,
    row: u32,
    /// Lines and size of letters that the row needs.
    lines: u32,
    size: f64,
}

/// The first sheet; `sheets` are the names of the sheets that follow, with what stands on them.
///
/// # Errors
/// Where the library refuses the sheet.
pub(super) fn write(report: &Report, sheets: &[(String, String)]) -> Result<Worksheet> {
    let mut lines = Lines { sheet: sheet::new(MAIN, report)?, row: 0, lines: 1, size: 0.0 };
    for (column, width) in (0_u16..).zip(WIDTHS) {
        sheet::width(&mut lines.sheet, column, f64::from(width))?;
    }
    emblem(&mut lines.sheet, report)?;
    lines.put(NUMBER, &report.title, &formats::title())?;
    lines.size = 18.0;
    lines.next()?;
    for words in [&report.subtitle, &report.municipality, &report.centre, &report.date] {
        if !words.is_empty() {
            lines.put(NUMBER, words, &formats::quiet())?;
            lines.next()?;
        }
    }
    key_figures(&mut lines, report)?;
    passport(&mut lines, report)?;
    steps(&mut lines, report)?;
    lines.heading("Листы книги")?;
    for (name, words) in sheets {
        sheet::link(&mut lines.sheet, lines.row, NUMBER, name)?;
        lines.put(TAG, words, &formats::aside())?;
        lines.next()?;
    }
    Ok(lines.sheet)
}

/// The emblem at the right of the title; nothing where there is none.
fn emblem(sheet: &mut Worksheet, report: &Report) -> Result<()> {
    let Some(logo) = &report.style.logo else { return Ok(()) };
    let scale = EMBLEM / f64::from(logo.height);
    let image = Image::new_from_buffer(&logo.png).map_err(|error| failure(&error))?;
    let image =
        image.set_scale_width(scale).set_scale_height(scale).set_alt_text(format!("Эмблема: {}", report.centre));
    sheet.insert_image_with_offset(0, SOURCE, &image, 4, 4).map_err(|error| failure(&error))?;
    Ok(())
}

fn key_figures(lines: &mut Lines, report: &Report) -> Result<()> {
    if report.key_figures.is_empty() {
        return Ok(());
    }
    lines.next()?;
    for figure in &report.key_figures {
        lines.put(NUMBER, &figure.value, &formats::big())?;
        lines.size = 14.0;
        lines.put(UNIT, &figure.unit, &formats::indented())?;
        lines.next()?;
    }
    Ok(())
}

fn passport(lines: &mut Lines, report: &Report) -> Result<()> {
    if !report.passport.is_empty() {
        lines.heading("Паспорт")?;
        for (name, value) in &report.passport {
            lines.put(NUMBER, name, &formats::quiet())?;
            sheet::text(&mut lines.sheet, lines.row, UNIT, value, &formats::aside())?;
            lines.next()?;
        }
    }
    Ok(())
}

/// Numbered lists, each under the title of its section: the conclusions of an analysis.
fn steps(lines: &mut Lines, report: &Report) -> Result<()> {
    let mut chapter = "";
    for section in &report.sections {
        if section.depth == 1 {
            chapter = &section.title;
        }
        for block in &section.blocks {
            let Block::Steps(items) = block else { continue };
            let title =
                if section.depth == 1 { section.title.clone() } else { format!("{chapter}. {}", section.title) };
            lines.heading(&title)?;
            for (item, number) in items.iter().zip(1_usize..) {
                lines.put(NUMBER, &number.to_string(), &formats::quiet())?;
                lines.put(WORDS, &item.words(), &formats::wrapped())?;
                lines.next()?;
            }
        }
    }
    Ok(())
}

impl Lines {
    fn put(&mut self, column: u16, text: &str, format: &Format) -> Result<()> {
        let width = WIDTHS.get(usize::from(column)).map_or(80, |width| usize::from(*width));
        if column == WORDS || column == UNIT || column == SOURCE {
            self.lines = self.lines.max(sheet::lines(text, width));
        }
        sheet::text(&mut self.sheet, self.row, column, text, format)
    }

    fn next(&mut self) -> Result<()> {
        if self.lines > 1 || self.size > 0.0 {
            sheet::height(&mut self.sheet, self.row, self.lines, self.size)?;
        }
        (self.row, self.lines, self.size) = (self.row + 1, 1, 0.0);
        Ok(())
    }

    fn heading(&mut self, words: &str) -> Result<()> {
        self.next()?;
        self.put(NUMBER, words, &formats::heading())?;
        self.size = 12.0;
        self.next()?;
        Ok(())
    }
}
