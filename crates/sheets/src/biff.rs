//! What an xls says beside its cells, in one pass over its records before calamine opens it: passwords, hidden rows and
//! columns, merged regions, formats of percent, formulas without a value, and how far the sheets reach.
//!
//! Records by [MS-XLS]: two bytes of kind, two of length, then the body.

use super::codes::{BOMB, ENCRYPTED, TOO_MANY_CELLS};
use super::compound::{Compound, short, word};
use super::limits::Limits;
use super::oddities::Oddities;
use super::refusal::Refusal;
use super::xlsx_parts::{Look, look_of_code};
use rustc_hash::FxHashSet;
use srez_model::raw_sheet::MergedRegion;
use srez_wording::number;
use std::collections::BTreeSet;

const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const COLUMNS: u16 = 0x007D;
const SHEET: u16 = 0x0085;
const MULTIPLE_RK: u16 = 0x00BD;
const CELL_FORMAT: u16 = 0x00E0;
const MERGED: u16 = 0x00E5;
const SHARED_STRINGS: u16 = 0x00FC;
const NUMBER: u16 = 0x0203;
const STRING_OF_FORMULA: u16 = 0x0207;
const ROW: u16 = 0x0208;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const BEGIN: u16 = 0x0809;
/// Records of single cells beside those above: label of the shared table, rich label, label, truth or error.
const OTHER_CELLS: [u16; 4] = [0x00FD, 0x00D6, 0x0204, 0x0205];

/// What one sheet says.
#[derive(Debug, Default)]
pub(super) struct SheetFacts {
    /// Merged regions, hidden rows and columns.
    pub(super) odd: Oddities,
    /// Numbers under a format of percent.
    pub(super) percents: BTreeSet<(u32, u32)>,
    /// Formulas for which the file holds no value.
    pub(super) unvalued: BTreeSet<(u32, u32)>,
    reach: (u32, u32),
}

/// Looks through the workbook; one entry per sheet in the order of the workbook. A stream that breaks off is looked
/// through as far as it goes.
pub(super) fn facts(limits: &Limits, bytes: &[u8]) -> Result<Vec<SheetFacts>, Refusal> {
    let file = Compound::open(bytes)?;
    let stream = match file.stream("Workbook")? {
        Some(stream) => stream,
        None => file.stream("Book")?.unwrap_or_default(),
    };
    let (mut offsets, mut formats, mut percent_formats) = (Vec::new(), Vec::new(), FxHashSet::default());
    for (kind, body) in Records::at(&stream, 0) {
        match kind {
            FILE_PASS if short(body, 0) != Some(0) || body.len() != 2 => {
                return Err(Refusal::new(&ENCRYPTED, "книга зашифрована паролем"));
            }
            SHEET => offsets.push(word(body, 0).unwrap_or(u32::MAX)),
            FORMAT if shows_percent(body) => drop(percent_formats.insert(short(body, 0).unwrap_or(0))),
            CELL_FORMAT => formats.push(short(body, 2).unwrap_or(0)),
            SHARED_STRINGS if word(body, 4).is_some_and(|count| stream.len() < count as usize) => {
                return Err(Refusal::new(&BOMB, "заявлено больше строк текста, чем может быть в файле"));
            }
            END => break,
            _ => {}
        }
    }
    let is_percent: Vec<bool> =
        formats.iter().map(|format| matches!(format, 9 | 10) || percent_formats.contains(format)).collect();
    offsets.iter().map(|offset| sheet(limits, &stream, *offset as usize, &is_percent)).collect()
}

fn sheet(limits: &Limits, stream: &[u8], offset: usize, is_percent: &[bool]) -> Result<SheetFacts, Refusal> {
    let mut facts = SheetFacts::default();
    let mut depth = 0_u32;
    let mut awaits_string: Option<(u32, u32)> = None;
    for (kind, body) in Records::at(stream, offset) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth != 1 => continue,
            _ => {}
        }
        if kind == STRING_OF_FORMULA {
            awaits_string = None;
        }
        let place = short(body, 0).map(u32::from).zip(short(body, 2).map(u32::from));
        let Some((row, column)) = place else { continue };
        let is_cell = matches!(kind, FORMULA | NUMBER | RK | MULTIPLE_RK) || OTHER_CELLS.contains(&kind);
        if is_cell || kind == ROW {
            facts.unvalued.extend(awaits_string.take());
        }
        let shows_percent = |at: usize| {
            short(body, at).is_some_and(|format| is_percent.get(usize::from(format)).copied().unwrap_or(false))
        };
        match kind {
            ROW if word(body, 12).is_some_and(|flags| flags & 0x20 != 0) => facts.odd.hide_rows(row, row),
            COLUMNS if short(body, 8).is_some_and(|flags| flags & 1 != 0) => facts.odd.hide_columns(row, column),
            MERGED => merge(&mut facts.odd, body),
            MULTIPLE_RK => {
                for (place, at) in (column..).zip((4..body.len().saturating_sub(2)).step_by(6)) {
                    if shows_percent(at) {
                        facts.percents.insert((row, place));
                    }
                    facts.reach(limits, row, place)?;
                }
            }
            NUMBER | RK if shows_percent(4) => drop(facts.percents.insert((row, column))),
            FORMULA => match result_of(body) {
                FormulaResult::Number if shows_percent(4) => drop(facts.percents.insert((row, column))),
                FormulaResult::Text => awaits_string = Some((row, column)),
                FormulaResult::Nothing => drop(facts.unvalued.insert((row, column))),
                FormulaResult::Number | FormulaResult::Other => {}
            },
            _ => {}
        }
        if is_cell {
            facts.reach(limits, row, column)?;
        }
    }
    facts.unvalued.extend(awaits_string);
    Ok(facts)
}

impl SheetFacts {
    /// Widens the reach of the sheet, which calamine lays out as a whole.
    fn reach(&mut self, limits: &Limits, row: u32, column: u32) -> Result<(), Refusal> {
        self.reach = (self.reach.0.max(row + 1), self.reach.1.max(column + 1));
        if limits.cells < u64::from(self.reach.0) * u64::from(self.reach.1) {
            let message = format!(
                "эта заполненная ячейка растягивает лист за предел (ячеек на листе: {})",
                number::count(limits.cells)
            );
            return Err(Refusal::new(&TOO_MANY_CELLS, message).at(row + 1, column + 1));
        }
        Ok(())
    }
}

/// What a formula record holds as its value.
enum FormulaResult {
    Number,
    /// The text follows in a record of its own.
    Text,
    /// The formula gives a number, and there is none: the program that wrote it did not calculate.
    Nothing,
    Other,
}

fn result_of(body: &[u8]) -> FormulaResult {
    match body.get(6..14) {
        Some([0, .., 0xFF, 0xFF]) => FormulaResult::Text,
        Some([3, .., 0xFF, 0xFF]) if ends_in_arithmetic(body.get(22..).unwrap_or_default()) => FormulaResult::Nothing,
        Some([.., 0xFF, 0xFF]) | None => FormulaResult::Other,
        Some(_) => FormulaResult::Number,
    }
}

/// True where the last token of a formula is a sum or one of the four operations: its result is never a text.
fn ends_in_arithmetic(tokens: &[u8]) -> bool {
    matches!(tokens, [.., 0x19, 0x10, _, _] | [.., 0x22 | 0x42 | 0x62, _, 4, 0] | [.., _, 3..=6])
}

fn merge(odd: &mut Oddities, body: &[u8]) {
    for region in body.get(2..).unwrap_or_default().chunks_exact(8) {
        let number = |at| short(region, at).map_or(0, u32::from);
        let (first_row, last_row, first_column, last_column) = (number(0), number(2), number(4), number(6));
        odd.merge(MergedRegion { first_row, first_column, last_row, last_column });
    }
}

/// True for the body of a format whose code shows a percent: letters of one byte, or of two with zeros between.
fn shows_percent(body: &[u8]) -> bool {
    let code: String =
        body.get(3..).unwrap_or_default().iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
    look_of_code(code.trim_start_matches('\u{1}')) == Look::Percent
}

/// Records of a stream from a place on.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn at(stream: &'a [u8], offset: usize) -> Self {
        Self { rest: stream.get(offset..).unwrap_or_default() }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (short(self.rest, 0)?, usize::from(short(self.rest, 2)?));
        let body = self.rest.get(4..4 + length)?;
        self.rest = self.rest.get(4 + length..).unwrap_or_default();
        Some((kind, body))
    }
}
