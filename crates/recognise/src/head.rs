//! What stands above the header: title, subject, maximum, date.

use super::calendar;
use super::points::whole_in_cell;
use super::spelling::{fold, tidy};
use srez_model::note::column_name;
use srez_model::raw_sheet::{RawCell, RawSheet};

/// A text above the header and the cell in which it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Placed {
    pub text: String,
    /// The cell as a spreadsheet names it.
    pub cell: String,
}

/// What stands above the header of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// «ВПР 2026 Русский язык 4 класс».
    pub title: Option<Placed>,
    /// The cell beside «Предмет:».
    pub subject: Option<Placed>,
    /// The cell beside «Максимальный первичный балл:».
    pub maximum: Option<u16>,
    /// The cell beside «Дата:» as `YYYY-MM-DD`; empty where there is none.
    pub date: String,
    /// Row of the levels of difficulty, counted from 0.
    pub levels: Option<u32>,
}

/// Reads the rows above the header.
pub(crate) fn read(sheet: &RawSheet, header_row: u32) -> Head {
    let mut head = Head::default();
    for row in 0..header_row {
        for (column, cell) in (0_u32..).zip(sheet.row(row)) {
            let RawCell::Text(text) = cell else { continue };
            let text = tidy(sheet.string(*text));
            let folded = fold(&text);
            let beside = || (column + 1..sheet.width).find(|next| !sheet.is_blank(sheet.cell(row, *next)));
            if folded.starts_with("предмет:") {
                head.subject = beside().map(|next| placed(sheet, row, next));
            } else if folded.starts_with("максимальный первичный балл") {
                let number = beside().and_then(|next| whole_in_cell(sheet, sheet.cell(row, next)));
                head.maximum = number.and_then(|number| u16::try_from(number).ok());
            } else if folded.starts_with("дата:") {
                head.date = beside().map(|next| calendar::in_cell(sheet, sheet.cell(row, next))).unwrap_or_default();
            } else if folded.contains("уровень сложности") {
                head.levels = Some(row);
            } else if head.title.is_none() && is_title(&folded) {
                head.title = Some(Placed { text, cell: address(row, column) });
            }
        }
    }
    head
}

fn placed(sheet: &RawSheet, row: u32, column: u32) -> Placed {
    Placed { text: tidy(&sheet.text(row, column)), cell: address(row, column) }
}

fn address(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column + 1), row + 1)
}

fn is_title(folded: &str) -> bool {
    let named = folded.split(' ').any(|word| matches!(word, "впр" | "рдр")) || folded.contains("диагностическ");
    named && folded.contains("класс") && folded.bytes().any(|byte| byte.is_ascii_digit())
}
