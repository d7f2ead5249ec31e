//! What a sheet has beside its cells: merged regions, hidden rows and columns, formats of percent, invisible signs.

use super::codes::{CONTROL_CHARACTERS, HIDDEN_ROWS, MOJIBAKE, SHOWN_AS_PERCENT};
use super::sheet_builder::SheetBuilder;
use srez_model::note::{Note, NoteDefinition, column_name, is_quotable};
use srez_model::raw_sheet::MergedRegion;
use srez_wording::number;
use std::borrow::Cow;

/// Merged regions and hidden stretches of one sheet that are kept; real sheets have a few hundred.
const MOST_KEPT: usize = 100_000;
/// Letters of a mended text that are shown.
const LONGEST_SHOWN: usize = 80;

/// Cells of one oddity: how many, and the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Met {
    count: u64,
    first: Option<(u32, u32)>,
}

impl Met {
    /// One more cell, row and column counted from 0.
    pub(super) fn meet(&mut self, row: u32, column: u32) {
        self.count += 1;
        let first = self.first.get_or_insert((row, column));
        *first = (*first).min((row, column));
    }
}

#[cfg(test)]
impl Met {
    /// So many cells, and the first.
    pub(super) fn of(count: u64, row: u32, column: u32) -> Self {
        Self { count, first: Some((row, column)) }
    }
}

/// What is unusual about a sheet.
#[derive(Debug, Default)]
pub(super) struct Oddities {
    /// Numbers under a format of percent.
    pub(super) percents: Met,
    /// Cells from which invisible signs were taken.
    pub(super) cleaned: Met,
    /// Texts that were saved in a wrong encoding and are read as before.
    pub(super) mended: Met,
    merged: Vec<MergedRegion>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
}

impl Oddities {
    /// Takes what was found by another reader of the same sheet.
    pub(super) fn join(&mut self, other: Self) {
        self.merged.extend(other.merged);
        self.hidden_rows.extend(other.hidden_rows);
        self.hidden_columns.extend(other.hidden_columns);
    }

    /// A merged region; one of a single cell is none.
    pub(super) fn merge(&mut self, region: MergedRegion) {
        let spans = region.first_row < region.last_row || region.first_column < region.last_column;
        let ordered = region.first_row <= region.last_row && region.first_column <= region.last_column;
        if spans && ordered && self.merged.len() < MOST_KEPT {
            self.merged.push(region);
        }
    }

    /// Rows that the sheet hides, both ends in, counted from 0.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        extend(&mut self.hidden_rows, first, last);
    }

    /// Columns that the sheet hides, both ends in, counted from 0.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        extend(&mut self.hidden_columns, first, last);
    }

    /// Regions that begin inside the sheet, cut to it, by their first cell.
    pub(super) fn merged_within(&mut self, height: usize, width: usize) -> Vec<MergedRegion> {
        let last = |size: usize| u32::try_from(size).unwrap_or(u32::MAX).checked_sub(1);
        let (Some(last_row), Some(last_column)) = (last(height), last(width)) else { return Vec::new() };
        let mut merged = std::mem::take(&mut self.merged);
        merged.retain(|region| region.first_row <= last_row && region.first_column <= last_column);
        for region in &mut merged {
            region.last_row = region.last_row.min(last_row);
            region.last_column = region.last_column.min(last_column);
        }
        merged.retain(|region| region.first_row < region.last_row || region.first_column < region.last_column);
        merged.sort_unstable();
        merged.dedup();
        merged
    }
}

/// Adds a stretch, to the one before where it goes on.
fn extend(stretches: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    let goes_on = stretches.last_mut().filter(|(_, end)| end.checked_add(1) == Some(first));
    if let Some((_, end)) = goes_on {
        *end = last.max(first);
    } else if stretches.len() < MOST_KEPT {
        stretches.push((first, last.max(first)));
    }
}

/// The notes about a sheet that is not empty.
pub(super) fn notes(builder: &SheetBuilder, file: &str, sheet: &str) -> Vec<Note> {
    let odd = &builder.odd;
    let mut notes = Vec::new();
    let about = |code: &NoteDefinition, message: String| Note::about_file(code, file, message).at_sheet(sheet);
    let rows = within(&odd.hidden_rows, builder.height(), |row| builder.is_filled_row(row));
    if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        let count = number::count(rows.len() as u64);
        let message = if first == last {
            format!("скрыта строка с данными ({}-я); она прочитана", first + 1)
        } else {
            format!("скрытых строк с данными: {count} (с {}-й по {}-ю), прочитаны", first + 1, last + 1)
        };
        notes.push(about(&HIDDEN_ROWS, message).stated(count).at(number(*first), 0));
    }
    let columns = within(&odd.hidden_columns, builder.width(), |column| builder.is_filled_column(column));
    if let Some(first) = columns.first() {
        let names: Vec<String> = columns.iter().take(12).map(|column| column_name(number(*column))).collect();
        let more = if names.len() < columns.len() { " и другие" } else { "" };
        let message = format!("скрытые столбцы с данными: {}{more}; прочитаны", names.join(", "));
        notes.push(about(&HIDDEN_ROWS, message).stated(names.join(", ")).at(0, number(*first)));
    }
    if let Some((row, column)) = odd.percents.first {
        let count = number::count(odd.percents.count);
        let message = format!("ячеек с процентным форматом: {count}; прочитано то, что видно на экране");
        notes.push(about(&SHOWN_AS_PERCENT, message).stated(count).at(row + 1, column + 1));
    }
    if let Some((row, column)) = odd.cleaned.first {
        let count = number::count(odd.cleaned.count);
        let message = format!("текстов с невидимыми управляющими знаками: {count}; знаки убраны");
        notes.push(about(&CONTROL_CHARACTERS, message).at(row + 1, column + 1));
    }
    if let Some((row, column)) = odd.mended.first {
        let count = number::count(odd.mended.count);
        let first: String = builder.text(row, column).unwrap_or_default().chars().take(LONGEST_SHOWN).collect();
        let example = if is_quotable(&first) { format!(", первый — «{first}»") } else { String::new() };
        let message = format!("текстов, испорченных перекодировкой: {count}; прочитаны как до порчи{example}");
        notes.push(about(&MOJIBAKE, message).stated(count).at(row + 1, column + 1));
    }
    notes
}

/// A place counted from 0 as one counted from 1.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1)
}

/// Places of hidden stretches below a size that hold anything.
fn within(stretches: &[(u32, u32)], size: usize, is_filled: impl Fn(usize) -> bool) -> Vec<usize> {
    let places = stretches.iter().flat_map(|(first, last)| *first as usize..=(*last as usize).min(size));
    let mut filled: Vec<usize> = places.filter(|place| *place < size && is_filled(*place)).collect();
    filled.sort_unstable();
    filled.dedup();
    filled
}

/// A number as a format of percent shows it; the noise of the multiplication is rounded away.
pub(super) fn as_percent(number: f64) -> f64 {
    /// Finer than any share is given, coarser than the noise of a float below a million.
    const STEPS: f64 = 1e9;
    let shown = number * 100.0;
    if shown.abs() < 1e6 { (shown * STEPS).round() / STEPS } else { shown }
}

/// Text without control characters and marks of writing direction; line ends and tabs stay.
pub(super) fn without_controls(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_control) {
        Cow::Owned(text.chars().filter(|sign| !is_control(*sign)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// True for signs that are never part of a text: they break documents or turn the order of letters around.
pub(super) fn is_control(sign: char) -> bool {
    match sign {
        '\t' | '\n' | '\r' => false,
        ' '..='~' | 'А'..='я' => false,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\u{fffe}' | '\u{ffff}' => true,
        sign => sign.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_signs_go_and_letters_stay() {
        assert_eq!(without_controls("МБОУ\u{202e} «\u{7}СОШ»\u{2069}"), "МБОУ «СОШ»");
        assert!(matches!(without_controls("a\tб\nв — г\u{a0}\u{ad}😀"), Cow::Borrowed(_)));
    }

    #[test]
    fn percent_is_what_the_sheet_shows() {
        assert_eq!([0.07, 0.075, 1.0, 0.3333].map(as_percent), [7.0, 7.5, 100.0, 33.33]);
    }

    #[test]
    fn hidden_places_are_told_where_something_stands_there() {
        let mut builder = SheetBuilder::new(1_000);
        for row in [0, 2, 3, 4] {
            builder.put_text(row, row, "а").unwrap();
        }
        builder.odd.hide_rows(1, 2);
        builder.odd.hide_rows(3, 3);
        builder.odd.hide_rows(4, 1_048_575);
        builder.odd.hide_columns(1, 2);
        let notes = notes(&builder, "ф", "л");
        assert_eq!(notes[0].message, "скрытых строк с данными: 3 (с 3-й по 5-ю), прочитаны");
        assert_eq!(notes[1].message, "скрытые столбцы с данными: C; прочитаны");
        let region = |first_row, last_row| MergedRegion { first_row, first_column: 0, last_row, last_column: 0 };
        builder.odd.merge(region(0, 0));
        builder.odd.merge(region(2, 90));
        builder.odd.merge(region(90, 91));
        assert_eq!(builder.odd.merged_within(5, 5), [region(2, 4)]);
    }
}
