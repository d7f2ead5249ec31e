//! A sheet made from arbitrary bytes, and what must hold when it is recognised: no panic, no row lost or counted twice.

use srez_config::{exams, forms, subjects};
use srez_model::assessment::{ExamCatalogue, SubjectCatalogue};
use srez_model::block::RowState;
use srez_model::form::FormProfile;
use srez_model::raw_sheet::{RawCell, RawSheet};
use srez_recognise::{Recogniser, Settings};
use std::sync::LazyLock;

static BUILT_IN: LazyLock<(Vec<FormProfile>, ExamCatalogue, SubjectCatalogue)> = LazyLock::new(|| {
    let subjects = subjects::built_in().unwrap();
    let exams = exams::built_in(&subjects).unwrap();
    (forms::built_in().unwrap(), exams, subjects)
});

/// A sheet from text: a line is a row, a tab ends a cell; `=` is a formula without value, `#` an error, `@5` a date.
fn sheet(text: &str) -> RawSheet {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut sheet = RawSheet { file: "ф.xlsx".to_owned(), name: "Лист1".to_owned(), ..RawSheet::default() };
    sheet.width = u32::try_from(width).unwrap_or(0);
    for row in &rows {
        for place in 0..width {
            let cell = match row.get(place).copied().unwrap_or("") {
                "" => RawCell::Empty,
                "=" => RawCell::FormulaWithoutValue,
                "#" => RawCell::Error,
                text => match (text.strip_prefix('@').and_then(|days| days.parse().ok()), text.parse::<f64>()) {
                    (Some(days), _) => RawCell::Date(days),
                    (None, Ok(number)) => RawCell::Number(number),
                    (None, Err(_)) => {
                        sheet.strings.push(text.to_owned());
                        RawCell::Text(u32::try_from(sheet.strings.len() - 1).unwrap_or(0))
                    }
                },
            };
            sheet.cells.push(cell);
        }
    }
    sheet
}

/// Recognises the sheet made from the bytes and counts its rows.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let sheet = sheet(&text);
    if sheet.cells.len() > 200_000 {
        return;
    }
    let (forms, exams, subjects) = &*BUILT_IN;
    let settings = Settings { forms, exams, subjects, pseudonym_key: [7; 32] };
    let height = sheet.height();
    let mut recogniser = Recogniser::new(&settings, "папка/Форма сбора результатов Математика 4 класс ВПР 2026.xlsx");
    recogniser.sheet(sheet);
    let recognised = recogniser.finish().value;
    let mut rows = recognised.rows;
    for block in &recognised.blocks {
        rows.accepted += block.count(RowState::Accepted) + block.count(RowState::Absent);
        rows.superseded += block.count(RowState::Superseded);
        rows.rejected += block.count(RowState::Rejected);
    }
    assert_eq!(rows.read, height, "a row is not read");
    assert!(rows.closes(), "a row is lost or counts twice: {rows:?}");
}
