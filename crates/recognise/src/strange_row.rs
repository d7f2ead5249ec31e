//! Rows below the header that hold no data: numbers of the columns, the header once more, rows of summary.
//!
//! They are known by what they hold, in every form; what remains doubtful is for the extractor to reject.

use super::Scene;
use super::points::whole_in_cell;
use super::spelling::fold;
use super::summary_words::{is_label, is_label_for_name, is_summary};
use rustc_hash::FxHashSet;
use srez_model::form::Field;
use srez_model::raw_sheet::RawCell;

/// Fewest cells by which a row is known to count its columns.
const FEWEST_NUMBERS: usize = 4;
/// Rows above the last row of a header that may belong to it.
const HEADER_DEPTH: u32 = 3;

/// What a row that holds no data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strange {
    /// Column numbers, or a row of summary.
    Structural,
    /// The header once more, in the same columns.
    Header,
    /// The header once more, in other columns: what stands below it cannot be read by the first one.
    OtherHeader,
}

/// Tells strange rows of one sheet.
pub(crate) struct StrangeRows<'a> {
    scene: &'a Scene<'a>,
    header: FxHashSet<String>,
    filled_headers: usize,
}

impl<'a> StrangeRows<'a> {
    /// For the sheet of a scene.
    pub(crate) fn new(scene: &'a Scene<'a>) -> Self {
        let sheet = scene.sheet;
        let last = scene.found.header_row;
        let filled_headers = sheet.row(last).iter().filter(|cell| !sheet.is_blank(**cell)).count();
        let rows = last.saturating_sub(HEADER_DEPTH - 1)..=last;
        let texts = rows.flat_map(|row| sheet.row(row)).map(|cell| fold(&sheet.show(*cell)));
        let header = texts.filter(|text| text.chars().any(char::is_alphabetic)).collect();
        Self { scene, header, filled_headers }
    }

    /// What a row is; none for data and for what only the extractor can judge.
    pub(crate) fn of(&self, row: u32) -> Option<Strange> {
        if self.counts_columns(row) {
            return Some(Strange::Structural);
        }
        if let Some(header) = self.header(row) {
            return Some(header);
        }
        self.is_summary(row).then_some(Strange::Structural)
    }

    /// True where the row numbers the columns: «1 2 3 …», also from 0, in brackets or after letters.
    fn counts_columns(&self, row: u32) -> bool {
        let sheet = self.scene.sheet;
        let mut next = None;
        let mut count = 0;
        for cell in sheet.row(row).iter().filter(|cell| !sheet.is_blank(**cell)) {
            let Some(number) = self.number(*cell) else {
                // «А Б 1 2 3»: columns of words have letters.
                let lettered = next.is_none() && matches!(cell, RawCell::Text(_)) && {
                    let text = fold(&sheet.show(*cell));
                    text.chars().count() == 1 && text.chars().all(char::is_alphabetic)
                };
                if lettered {
                    continue;
                }
                return false;
            };
            if next.map_or(number <= 2, |next| next == number) {
                next = Some(number + 1);
                count += 1;
            } else {
                return false;
            }
        }
        // A header row of merged cells has fewer texts than columns, a narrow form has few columns.
        FEWEST_NUMBERS.min(self.filled_headers.max(2)) <= count && self.filled_headers <= 2 * count
    }

    fn number(&self, cell: RawCell) -> Option<u32> {
        if let Some(number) = whole_in_cell(self.scene.sheet, cell) {
            return Some(number);
        }
        let RawCell::Text(text) = cell else { return None };
        let bare = self.scene.sheet.string(text).trim_matches(|sign: char| "().[] ".contains(sign));
        bare.parse().ok()
    }

    /// Whether the row repeats the header, or one of the rows that stand above it in a header of several rows.
    fn header(&self, row: u32) -> Option<Strange> {
        let sheet = self.scene.sheet;
        let last = self.scene.found.header_row;
        let (mut filled, mut known, mut in_place) = (0_usize, 0_usize, 0_usize);
        for (column, cell) in (0_u32..).zip(sheet.row(row)) {
            if sheet.is_blank(*cell) {
                continue;
            }
            if let RawCell::Text(index) = cell {
                let text = fold(sheet.string(*index));
                if self.header.contains(&text) {
                    let is_same = |above: u32| fold(&sheet.text(above, column)) == text;
                    known += 1;
                    in_place += usize::from((last.saturating_sub(HEADER_DEPTH - 1)..=last).any(is_same));
                }
            }
            // What is most of a row of data is numbers and codes: the first cells decide.
            filled += 1;
            if known == 0 && filled > 3 {
                return None;
            }
        }
        if known < 2 || 2 * known < filled.min(self.filled_headers) {
            return None;
        }
        Some(if known <= in_place { Strange::Header } else { Strange::OtherHeader })
    }

    /// True where what should name a participant or a school is the label of a summary.
    fn is_summary(&self, row: u32) -> bool {
        let sheet = self.scene.sheet;
        let text = |field: Field| {
            let column = self.scene.found.columns.get(&field)?;
            match sheet.cell(row, *column) {
                RawCell::Text(index) => Some(sheet.string(index)).filter(|text| !text.trim().is_empty()),
                _ => None,
            }
        };
        let is_blank = |field: Field| {
            let column = self.scene.found.columns.get(&field);
            column.is_none_or(|column| sheet.is_blank(sheet.cell(row, *column)))
        };
        // A row of summary has no variant: where there is one, the row is somebody's, or for the extractor to reject.
        let unwritten = is_blank(Field::Variant);
        if let Some(code) = text(Field::Participant) {
            return unwritten && is_label(code);
        }
        if !is_blank(Field::Participant) {
            return false;
        }
        let keyed = [Field::Login, Field::School, Field::Code, Field::Ordinal, Field::Municipality];
        let named = [Field::SchoolName, Field::Group, Field::Exam, Field::Task];
        let by_key = keyed.into_iter().chain(named).filter_map(text).any(is_summary);
        // Regions and schools begin with a capital letter, «класс» and «район» alone do not.
        let is_lower = |text: &str| text.trim_start().starts_with(char::is_lowercase) && is_label_for_name(text);
        let by_group = text(Field::Group).is_some_and(is_lower);
        by_key
            || by_group
            || unwritten && is_blank(Field::GivenName) && text(Field::Surname).is_some_and(is_label_for_name)
    }
}

#[cfg(test)]
mod tests {
    use crate::trials::{draw, recognise};
    use srez_model::assessment::ExamCatalogue;

    const FILE: &str = "edu230001_Математика 5 класс ВПР 2026.xlsx";
    const HEADER: &str = "Код участника | Вариант | 1 (2б) | 2 (1б) | Порядковый номер класса | Итого баллов";

    fn rows_of(line: &str) -> (usize, u32, Vec<String>) {
        let text = format!("{HEADER}\n50001 | 1 | 2 | 1 | 1 | 3\n{line}\n50002 | 2 | 1 | 1 | 1 | 2");
        let done = recognise(&ExamCatalogue::new(), vec![draw(FILE, "Протокол", &text)]);
        let notes = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
        (done.value.blocks[0].rows(), done.value.rows.structural, notes)
    }

    #[test]
    fn numbers_of_columns_repeated_headers_and_summaries_are_structural() {
        for line in [
            "1 | 2 | 3 | 4 | 5 | 6",
            "0 | 1 | 2 | 3 | 4 | 5",
            "А | Б | 1 | 2 | 3 | 4",
            "(1) | (2) | (3) | (4) | (5) | (6)",
            HEADER,
            "Максимум | | 2 | 1 | | 3",
            "% выполнения | | 75 | 62.5 | | 70",
            "класс | | 2 | 1 | 1 | 3",
            "Учитель: Тестова А. И.",
        ] {
            assert_eq!(rows_of(line), (2, 2, Vec::new()), "{line}");
        }
    }

    #[test]
    fn a_participant_with_small_numbers_stays() {
        let (rows, _, notes) = rows_of("7 | 1 | 2 | 1 | 1 | 3");
        assert_eq!((rows, notes.len()), (3, 0));
    }
}
