//! Builds a dense sheet from cells as they come, within a budget, each string once.

use super::codes::{LONG_CELL, TOO_MANY_CELLS};
use super::mojibake::{Damage, has_word, is_second_control, repaired};
use super::oddities::{Oddities, without_controls};
use super::refusal::Refusal;
use rustc_hash::{FxHashMap, FxHasher};
use srez_model::raw_sheet::{RawCell, RawSheet, settled};
use srez_wording::number;
use std::borrow::Cow;
use std::hash::{Hash, Hasher};

/// Rows of a sheet of Excel.
const MAX_ROWS: u32 = 1_048_576;
/// Columns of a sheet of Excel.
const MAX_COLUMNS: u32 = 16_384;
/// Letters that a cell of Excel can hold.
const LONGEST_TEXT: usize = 32_767;

/// Strings of a sheet, each once.
#[derive(Debug, Default)]
pub(super) struct Strings {
    strings: Vec<String>,
    places: FxHashMap<u64, u32>,
}

impl Strings {
    /// Index of a string, added if it is new.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        let mut key = hasher.finish();
        loop {
            match self.places.get(&key) {
                Some(place) if self.strings.get(*place as usize).is_some_and(|known| known == text) => return *place,
                Some(_) => key = key.wrapping_add(1),
                None => {
                    let place = u32::try_from(self.strings.len()).unwrap_or(u32::MAX);
                    self.strings.push(text.to_owned());
                    self.places.insert(key, place);
                    return place;
                }
            }
        }
    }
}

/// A sheet that grows.
///
/// Rows lie `stride` cells apart; the stride doubles when a wider row comes, and is cut to the width at the end.
#[derive(Debug)]
pub(super) struct SheetBuilder {
    /// What is unusual about the sheet beside its cells.
    pub(super) odd: Oddities,
    strings: Strings,
    cells: Vec<RawCell>,
    stride: usize,
    width: usize,
    height: usize,
    budget: u64,
}

impl SheetBuilder {
    /// An empty sheet that may span so many cells.
    pub(super) fn new(budget: u64) -> Self {
        Self {
            odd: Oddities::default(),
            strings: Strings::default(),
            cells: Vec::new(),
            stride: 0,
            width: 0,
            height: 0,
            budget,
        }
    }

    /// Puts a cell at a row and column counted from 0; an empty one changes nothing, and a number loses the noise of
    /// arithmetic.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: RawCell) -> Result<(), Refusal> {
        let cell = match cell {
            RawCell::Empty => return Ok(()),
            RawCell::Number(number) => RawCell::Number(settled(number)),
            RawCell::Percent(number) => {
                self.odd.percents.meet(row, column);
                RawCell::Percent(settled(number))
            }
            other => other,
        };
        let (row_index, column_index) = (row as usize, column as usize);
        if self.width <= column_index || self.height <= row_index {
            self.extend(row, column)?;
        }
        if let Some(place) = self.cells.get_mut(row_index * self.stride + column_index) {
            *place = cell;
        }
        Ok(())
    }

    /// Puts a text.
    pub(super) fn put_text(&mut self, row: u32, column: u32, text: &str) -> Result<(), Refusal> {
        match self.intern(row, column, text)? {
            Some(index) => self.put(row, column, RawCell::Text(index)),
            None => Ok(()),
        }
    }

    /// Index of a text that shall stand at a place; none where nothing is left of it.
    pub(super) fn intern(&mut self, row: u32, column: u32, text: &str) -> Result<Option<u32>, Refusal> {
        if LONGEST_TEXT < text.len() && LONGEST_TEXT < text.chars().count() {
            let message = "в одной ячейке больше 32\u{a0}767 знаков";
            return Err(Refusal::new(&LONG_CELL, message).at(row.saturating_add(1), column.saturating_add(1)));
        }
        let clean = without_controls(text);
        if matches!(clean, Cow::Owned(_)) {
            // Signs that tell how a damaged text read stay until the sheet is mended.
            if text.contains(is_second_control) && repaired(text).is_some() {
                return Ok(Some(self.strings.intern(text)));
            }
            self.odd.cleaned.meet(row, column);
        }
        Ok(if clean.is_empty() { None } else { Some(self.strings.intern(&clean)) })
    }

    fn extend(&mut self, row: u32, column: u32) -> Result<(), Refusal> {
        let width = self.width.max(column as usize + 1);
        let height = self.height.max(row as usize + 1);
        let span = (width as u64).saturating_mul(height as u64);
        if MAX_ROWS <= row || MAX_COLUMNS <= column || self.budget < span {
            let message = format!(
                "эта заполненная ячейка растягивает лист за предел (ячеек на листе: {})",
                number::count(self.budget)
            );
            return Err(Refusal::new(&TOO_MANY_CELLS, message).at(row.saturating_add(1), column.saturating_add(1)));
        }
        if self.stride < width {
            self.restride(width.max(self.stride * 2).min(MAX_COLUMNS as usize));
        }
        self.width = width;
        self.height = height;
        if self.cells.len() < height * self.stride {
            self.cells.resize(height * self.stride, RawCell::Empty);
        }
        Ok(())
    }

    fn restride(&mut self, stride: usize) {
        if self.stride == 0 {
            self.stride = stride;
            return;
        }
        let mut cells = vec![RawCell::Empty; self.height * stride];
        for (wide, narrow) in cells.chunks_mut(stride).zip(self.cells.chunks(self.stride)) {
            for (to, from) in wide.iter_mut().zip(narrow) {
                *to = *from;
            }
        }
        self.cells = cells;
        self.stride = stride;
    }

    /// Gives texts that were saved in a wrong encoding their words back, where one of them shows that they were.
    pub(super) fn mend(&mut self) {
        let earlier: Vec<Option<(String, Damage)>> = self.strings.strings.iter().map(|text| repaired(text)).collect();
        let of_kind = |damage: Damage| {
            self.strings.strings.iter().zip(&earlier).any(|(text, earlier)| {
                let earlier = earlier.as_ref().filter(|(_, kind)| *kind == damage);
                earlier.is_some_and(|(earlier, _)| has_word(earlier) || text.contains(is_second_control))
            })
        };
        let proved = [Damage::Utf8Misread, Damage::CyrillicMisread].map(|damage| of_kind(damage).then_some(damage));
        if proved == [None, None] {
            return;
        }
        let old = std::mem::take(&mut self.strings);
        let mended = |place: usize| {
            earlier.get(place).and_then(Option::as_ref).filter(|(_, damage)| proved.contains(&Some(*damage)))
        };
        let places = old.strings.iter().enumerate().map(|(place, text)| match mended(place) {
            Some((earlier, _)) => (self.strings.intern(&without_controls(earlier)), true),
            None => (self.strings.intern(text), false),
        });
        let places: Vec<(u32, bool)> = places.collect();
        for (place, cell) in self.cells.iter_mut().enumerate() {
            let RawCell::Text(index) = cell else { continue };
            let Some((new, is_mended)) = places.get(*index as usize) else { continue };
            *index = *new;
            if *is_mended {
                let place_of = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                self.odd.mended.meet(place_of(place / self.stride), place_of(place % self.stride));
            }
        }
    }

    /// The text of a cell counted from 0; none where it holds no text.
    pub(super) fn text(&self, row: u32, column: u32) -> Option<&str> {
        match self.cells.get(row as usize * self.stride + column as usize)? {
            RawCell::Text(index) => self.strings.strings.get(*index as usize).map(String::as_str),
            _ => None,
        }
    }

    /// True where no cell was put.
    pub(super) fn is_empty(&self) -> bool {
        self.height == 0
    }

    /// Number of rows up to the last filled one.
    pub(super) fn height(&self) -> usize {
        self.height
    }

    /// Number of columns up to the last filled one.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// True where a row holds anything.
    pub(super) fn is_filled_row(&self, row: usize) -> bool {
        let start = row * self.stride;
        self.cells.get(start..start + self.width).is_some_and(|row| row.iter().any(|cell| *cell != RawCell::Empty))
    }

    /// True where a column holds anything.
    pub(super) fn is_filled_column(&self, column: usize) -> bool {
        let cells = self.cells.get(column..).unwrap_or_default();
        column < self.width && cells.iter().step_by(self.stride.max(1)).any(|cell| *cell != RawCell::Empty)
    }

    /// The finished sheet; nothing stands after its last filled row and column.
    pub(super) fn finish(mut self, file: &str, name: &str, hidden: bool) -> RawSheet {
        if self.width < self.stride {
            for row in 1..self.height {
                let from = row * self.stride;
                self.cells.copy_within(from..from + self.width, row * self.width);
            }
        }
        self.cells.truncate(self.width * self.height);
        let merged = self.odd.merged_within(self.height, self.width);
        RawSheet {
            merged,
            file: file.to_owned(),
            name: name.to_owned(),
            hidden,
            width: u32::try_from(self.width).unwrap_or(u32::MAX),
            cells: self.cells,
            strings: self.strings.strings,
            row_lengths: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SheetBuilder;
    use crate::oddities::Met;
    use encoding_rs::WINDOWS_1251;
    use srez_model::raw_sheet::RawCell;

    #[test]
    fn cells_keep_their_addresses_while_the_sheet_widens() {
        let mut builder = SheetBuilder::new(10_000);
        for row in 0..40 {
            builder.put(row, row, RawCell::Number(f64::from(row))).unwrap();
        }
        builder.put_text(2, 1, "а").unwrap();
        builder.put_text(3, 1, "а").unwrap();
        builder.put(90, 90, RawCell::Empty).unwrap();
        let sheet = builder.finish("f", "s", false);
        assert_eq!((sheet.width, sheet.height(), sheet.strings.len()), (40, 40, 1));
        assert!((0..40).all(|row| sheet.cell(row, row) == RawCell::Number(f64::from(row))));
        assert_eq!(sheet.cells.iter().filter(|cell| **cell != RawCell::Empty).count(), 42);
    }

    #[test]
    fn texts_of_a_wrong_encoding_are_mended_together_and_each_is_there_once() {
        let broken = |text: &str| WINDOWS_1251.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        let mut builder = SheetBuilder::new(100);
        builder.put_text(1, 0, "Итого").unwrap();
        for (row, text) in [(2, "Итого"), (3, "5И"), (4, "№")] {
            builder.put_text(row, 1, &broken(text)).unwrap();
        }
        builder.mend();
        assert_eq!((builder.odd.mended, builder.odd.cleaned), (Met::of(3, 2, 1), Met::default()));
        let sheet = builder.finish("f", "s", false);
        assert_eq!(sheet.strings, ["Итого", "5И", "№"]);
        assert_eq!(sheet.cell(1, 0), sheet.cell(2, 1));
    }

    #[test]
    fn short_accidents_and_texts_of_other_languages_are_not_mended() {
        let mut builder = SheetBuilder::new(100);
        for (row, text) in ["Р°", "élève", "РС", "à", "Ответы «élève»"].into_iter().enumerate() {
            builder.put_text(u32::try_from(row).unwrap(), 0, text).unwrap();
        }
        builder.mend();
        assert_eq!(builder.odd.mended, Met::default());
        assert_eq!(builder.text(0, 0), Some("Р°"));
    }

    #[test]
    fn far_corners_are_refused_before_memory_is_taken() {
        let mut builder = SheetBuilder::new(4_000_000);
        builder.put(0, 0, RawCell::Bool(true)).unwrap();
        let refusal = builder.put(1_048_575, 16_383, RawCell::Bool(true)).unwrap_err();
        assert_eq!((refusal.place, refusal.code.id.as_str()), ((1_048_576, 16_384), "I08"));
        assert!(refusal.message.ends_with("(ячеек на листе: 4\u{a0}000\u{a0}000)"), "{}", refusal.message);
    }
}
