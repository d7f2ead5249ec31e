//! The workbook of texts: a sheet to write into, locked but for what she writes, and lists of what asks for her.

use super::failure::failure;
use super::{formats, sheet};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatBorder, ProtectionOptions, Workbook, Worksheet,
    XlsxError,
};
use srez_model::container::of_no_system;
use srez_model::error::Result;
use srez_model::report::Align;
use srez_model::text_book::{TextBook, TextRow, YES, column};
use srez_render::office::{HAIR, printable};
use srez_wording::date;

/// Number of the paper size A4.
const A4: u8 = 9;

/// Header, width in characters, whether it is for her.
const COLUMNS: [(&str, f64, bool); 9] = [
    (column::PLACE, 34.0, false),
    (column::LABEL, 26.0, false),
    (column::SHOWN, 26.0, false),
    (column::TEXT, 60.0, true),
    (column::AUTHOR, 18.0, true),
    (column::REACH, 15.0, true),
    (column::CONFIRMED, 14.0, true),
    (column::ADDRESS, 26.0, false),
    (column::PRINTED, 20.0, false),
];

/// Place of what was printed: the program compares with it, she need not see it.
const PRINTED: u16 = 8;

/// What is told above the table.
const HOW: &str = "Пишите в столбце «Ваш текст» и сохраните книгу здесь же или положите её во входящие: при следующем \
                   составлении текст встанет во все документы с этим полем и останется в них дальше. Пустая ячейка \
                   убирает текст из документов; прежние тексты сохраняются. Издания вне службы получают текст только \
                   по отметке в столбце «В издание».";

/// The workbook.
///
/// # Errors
/// Where the library refuses it.
pub fn text_book(book: &TextBook) -> Result<Vec<u8>> {
    write(book).map_err(|error| failure(&error))
}

fn write(book: &TextBook) -> std::result::Result<Vec<u8>, XlsxError> {
    let day = date::from_short(&book.date).map_or_else(|| "1900-01-01".to_owned(), |day| day.to_string());
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Тексты документов")
            .set_author(printable(&book.centre))
            .set_creation_datetime(&ExcelDateTime::parse_from_str(&day)?),
    );
    workbook.push_worksheet(texts(book)?);
    let moved = book.moved.iter().map(|it| vec![&*it.place, &*it.label, &*it.was, &*it.now, &*it.text]);
    if !book.moved.is_empty() {
        let head =
            [("Документ и раздел", 34.0), ("Что вписано", 26.0), ("Было", 30.0), ("Стало", 30.0), ("Текст", 60.0)];
        let how = "Числа рядом с этими текстами с тех пор изменились; сами тексты напечатаны без изменений. Исправьте \
                   текст на листе «Тексты» или поставьте «да» в столбце «Верно и при новых числах».";
        workbook.push_worksheet(list("Изменились числа", how, &head, moved)?);
    }
    let lost = book.lost.iter().map(|it| vec![&*it.text, &*it.author, &*it.date, &*it.period, &*it.address]);
    if !book.lost.is_empty() {
        let head = [("Текст", 60.0), ("Кто написал", 18.0), ("Дата", 12.0), ("Выпуск", 12.0), ("Адрес", 40.0)];
        let how = "В документах этого выпуска для этих текстов нет места: задание или вопрос больше не выводятся. \
                   Тексты сохранены и встанут на место, если оно появится.";
        workbook.push_worksheet(list("Без места", how, &head, lost)?);
    }
    workbook.save_to_buffer().map(of_no_system)
}

fn texts(book: &TextBook) -> std::result::Result<Worksheet, XlsxError> {
    let head = formats::header(Align::Left);
    let cell = formats::wrapped().set_border(FormatBorder::Thin).set_border_color(HAIR);
    let hers = cell.clone().set_unlocked();
    let mut made = page("Тексты", "Тексты документов", HOW, COLUMNS.len())?;
    for (place, (title, width, _)) in (0_u16..).zip(COLUMNS) {
        made.write_with_format(2, place, title, &head)?;
        made.set_column_width(place, width)?;
    }
    made.set_column_hidden(PRINTED)?;
    for (row, of_field) in (3_u32..).zip(&book.rows) {
        let values = values(of_field);
        for (place, (value, (.., is_hers))) in (0_u16..).zip(values.iter().zip(COLUMNS)) {
            made.write_string_with_format(row, place, printable(value), if is_hers { &hers } else { &cell })?;
        }
        let lines = values.iter().zip(COLUMNS).take(usize::from(PRINTED));
        let lines = lines.map(|(text, (_, width, _))| sheet::lines(text, characters(width))).max().unwrap_or(1);
        made.set_row_height(row, f64::from(lines.clamp(2, 28)) * 13.5 + 2.0)?;
    }
    let last = 2 + u32::try_from(book.rows.len()).unwrap_or(u32::MAX - 3).max(1);
    made.set_print_area(0, 0, last, 3)?;
    made.autofilter(2, 0, last, PRINTED - 1)?;
    for (place, words) in [(5_u16, book.reaches.clone()), (6, vec![YES])] {
        if !words.is_empty() {
            made.add_data_validation(3, place, last, place, &DataValidation::new().allow_list_strings(&words)?)?;
        }
    }
    made.set_freeze_panes(3, 2)?;
    made.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        sort: true,
        ..ProtectionOptions::default()
    });
    Ok(made)
}

/// In the order of the columns.
fn values(row: &TextRow) -> [&str; 9] {
    [&row.place, &row.label, &row.shown, &row.text, &row.author, &row.reach, "", &row.address, &row.text]
}

/// A list that is only read.
fn list<'a>(
    name: &str,
    how: &str,
    columns: &[(&str, f64)],
    rows: impl Iterator<Item = Vec<&'a str>>,
) -> std::result::Result<Worksheet, XlsxError> {
    let head = formats::header(Align::Left);
    let cell = formats::wrapped().set_border(FormatBorder::Thin).set_border_color(HAIR);
    let mut made = page(name, name, how, columns.len())?;
    for (place, (title, width)) in (0_u16..).zip(columns) {
        made.write_with_format(2, place, *title, &head)?;
        made.set_column_width(place, *width)?;
    }
    for (row, values) in (3_u32..).zip(rows) {
        let mut lines = 1;
        for (place, (value, (_, width))) in (0_u16..).zip(values.iter().zip(columns)) {
            made.write_string_with_format(row, place, printable(value), &cell)?;
            lines = lines.max(sheet::lines(value, characters(*width)));
        }
        made.set_row_height(row, f64::from(lines.min(28)) * 13.5 + 2.0)?;
    }
    made.set_freeze_panes(3, 0)?;
    Ok(made)
}

/// A sheet with its title and what is told above its table.
fn page(name: &str, title: &str, how: &str, columns: usize) -> std::result::Result<Worksheet, XlsxError> {
    let mut made = Worksheet::new();
    made.set_name(name)?;
    made.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(2, 2)?;
    made.write_with_format(0, 0, title, &formats::heading())?;
    let last = u16::try_from(columns.min(4)).unwrap_or(4) - 1;
    let wrapped: Format = formats::wrapped();
    made.merge_range(1, 0, 1, last, how, &wrapped)?;
    made.set_row_height(1, 58.0)?;
    Ok(made)
}

/// Whole characters of a width.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "widths of columns are small and positive")]
fn characters(width: f64) -> usize {
    width as usize
}

#[cfg(test)]
mod tests {
    use super::text_book;
    use calamine::{Data, Reader, Xlsx};
    use srez_model::text_book::{LostText, MovedText, TextBook, TextRow, column};
    use std::io::Cursor;

    fn book() -> TextBook {
        let row = |address: &str, text: &str| TextRow {
            place: "Анализ. Задания".to_owned(),
            label: "Типичные ошибки".to_owned(),
            shown: "выполнение: 45 % (n = 42)".to_owned(),
            text: text.to_owned(),
            address: address.to_owned(),
            ..TextRow::default()
        };
        TextBook {
            centre: "ИМЦ".to_owned(),
            date: "25.06.2026".to_owned(),
            reaches: vec!["объединению", "школам"],
            rows: vec![row("errors/a/-/1", "=СУММ(1)\nвторая строка"), row("errors/a/-/2", "")],
            moved: vec![MovedText {
                place: "Анализ".to_owned(),
                label: "Типичные ошибки".to_owned(),
                text: "Теряют знак".to_owned(),
                was: "выполнение: 45 %".to_owned(),
                now: "выполнение: 43 %".to_owned(),
            }],
            lost: vec![LostText {
                address: "errors/a/-/9".to_owned(),
                text: "Без места".to_owned(),
                author: String::new(),
                date: "25.05.2026".to_owned(),
                period: "2026-05".to_owned(),
            }],
        }
    }

    #[test]
    fn a_text_stands_in_its_cell_and_beside_it_as_it_was_printed() {
        let bytes = text_book(&book()).unwrap();
        assert_eq!(bytes, text_book(&book()).unwrap());
        let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(workbook.sheet_names(), ["Тексты", "Изменились числа", "Без места"]);
        let sheet = workbook.worksheet_range("Тексты").unwrap();
        let head: Vec<String> = sheet.rows().nth(2).unwrap().iter().map(ToString::to_string).collect();
        let place = |title: &str| head.iter().position(|cell| cell == title).unwrap();
        let first = sheet.rows().nth(3).unwrap();
        for title in [column::TEXT, column::PRINTED] {
            assert_eq!(first[place(title)], Data::String("=СУММ(1)\nвторая строка".to_owned()));
        }
        assert_eq!(first[place(column::ADDRESS)], Data::String("errors/a/-/1".to_owned()));
        let moved = workbook.worksheet_range("Изменились числа").unwrap();
        let moved: Vec<String> = moved.rows().nth(3).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(moved[2..4], ["выполнение: 45 %", "выполнение: 43 %"]);
    }

    #[test]
    fn an_empty_book_has_one_sheet() {
        let workbook = Xlsx::new(Cursor::new(text_book(&TextBook::default()).unwrap())).unwrap();
        assert_eq!(workbook.sheet_names(), ["Тексты"]);
    }
}
