//! XLSX: the workbook in which numbers stay numbers, with filters, thresholds in cells and charts that Excel draws.
//!
//! In: a report, whose tables name their native charts. Out: the bytes of a workbook; also the files that go back to
//! schools, the empty register of measures, the workbook of texts, and that of the tables of `data/`.
//!
//! Invariants:
//! - Numbers stay numbers and text stays text (`numbers_stay_numbers_and_text_stays_text`,
//!   `a_workbook_holds_every_string_as_text`).
//! - The same report gives the same bytes (`same_report_same_bytes`).

mod chart_sheet;
mod data_book;
mod failure;
mod formats;
mod grid;
mod legend_sheet;
mod letters;
mod limits;
mod main_sheet;
mod names;
mod register_template;
mod return_copy;
mod sheet;
mod signals;
mod table_sheet;
mod text_book;

pub use data_book::{DataSheet, data_book};
use failure::failure;
pub use register_template::{RegisterWork, register_template};
pub use return_copy::{ReturnTitle, ReturnWorkbook};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use srez_model::container::of_no_system;
use srez_model::error::Result;
use srez_model::report::Report;
use srez_render::office::printable;
use srez_wording::date;
pub use text_book::text_book;

/// A document as the bytes of its workbook; the same report gives the same bytes.
///
/// First «Главное», then one sheet per table, «Диаграммы» where tables have charts, «Обозначения». A table
/// named `sources` gets the sheet «Откуда».
///
/// # Errors
/// Where the library refuses the workbook.
pub fn render(report: &Report) -> Result<Vec<u8>> {
    let mut sheets = Vec::new();
    let mut places = Vec::new();
    for (number, named) in (1..).zip(names::named(report)) {
        let (sheet, place) = table_sheet::write(report, &named, number)?;
        sheets.push((sheet, place.sheet.clone(), table_sheet::caption(&named, number)));
        places.push(place);
    }
    if let Some(sheet) = chart_sheet::write(report, &places)? {
        sheets.push((sheet, names::CHARTS.to_owned(), "Диаграммы Excel по таблицам книги".to_owned()));
    }
    sheets.push((legend_sheet::write(report)?, names::LEGEND.to_owned(), "Что значат знаки и слова".to_owned()));
    let list: Vec<_> = sheets.iter().map(|(_, name, words)| (name.clone(), words.clone())).collect();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    workbook.push_worksheet(main_sheet::write(report, &list)?);
    for (sheet, _, _) in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer().map(of_no_system).map_err(|error| failure(&error))
}

/// Title, author and the date of the report.
fn properties(report: &Report) -> Result<DocProperties> {
    let date = day_of(&report.date)?;
    Ok(DocProperties::new()
        .set_title(printable(&report.title))
        .set_subject(printable(&report.subtitle))
        .set_author(printable(&report.centre))
        .set_company(printable(&report.centre))
        .set_creation_datetime(&date))
}

/// The day of a printed date; for another text the first day that a workbook can count.
fn day_of(printed: &str) -> Result<ExcelDateTime> {
    let day = date::from_short(printed).map_or_else(|| "1900-01-01".to_owned(), |day| day.to_string());
    ExcelDateTime::parse_from_str(&day).map_err(|error| failure(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use srez_testkit::office_sample as sample;
    use std::io::Cursor;

    #[test]
    fn only_a_printed_date_is_the_day_of_a_workbook() {
        assert_eq!(day_of("05.06.2026").unwrap().to_excel(), 46_178.0);
        assert_eq!(day_of("31.02.2026").unwrap().to_excel(), 1.0);
    }

    fn workbook() -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(render(&sample::report()).unwrap())).unwrap()
    }

    #[test]
    fn same_report_same_bytes() {
        let bytes = render(&sample::report()).unwrap();
        assert_eq!(bytes, render(&sample::report()).unwrap());
    }

    #[test]
    fn sheets_stand_in_order() {
        let expected = [
            "Главное",
            "Отметки",
            "Задания",
            "Недостаточные",
            "=Недобрая таблица",
            "Откуда",
            "Школы",
            "Диаграммы",
            "Обозначения",
        ];
        assert_eq!(workbook().sheet_names(), expected);
    }

    #[test]
    fn numbers_stay_numbers_and_text_stays_text() {
        let mut workbook = workbook();
        let tasks = workbook.worksheet_range("Задания").unwrap();
        let header: Vec<_> = tasks.rows().find(|row| row[0] == Data::String("№".into())).unwrap().to_vec();
        let place = |title: &str| header.iter().position(|cell| *cell == Data::String(title.into())).unwrap();
        let first = tasks.rows().find(|row| row[0] == Data::String("1".into())).unwrap();
        assert_eq!(first[place("%")], Data::Float(76.2));
        assert_eq!(first[place("95 % инт., от")], Data::Float(73.2));
        assert_eq!(first[place("Порог, %")], Data::Float(60.0));
        assert_eq!(first[place("Вывод")], Data::String("достаточный".into()));
        let count = |cell: &str| cell.starts_with("COUNTIF(") && cell.ends_with(",\"недостаточный\")");
        for sheet in workbook.sheet_names() {
            let formulas = workbook.worksheet_formula(&sheet).unwrap();
            for formula in formulas.rows().flatten().filter(|formula| !formula.is_empty()) {
                let allowed = matches!(formula.as_str(), "$A$3" | "$A$5") || formula.starts_with("IF(AND(ISNUMBER(");
                assert!(allowed || count(formula), "{sheet}: {formula}");
            }
        }
    }

    /// Row and column of `$A$12`, counted from 0; columns of one letter.
    fn place(address: &str) -> (u32, u32) {
        let address = address.replace('$', "");
        (address[1..].parse::<u32>().unwrap() - 1, u32::from(address.as_bytes()[0] - b'A'))
    }

    #[test]
    fn words_of_judgement_follow_the_cells_of_threshold_and_zone() {
        let mut workbook = workbook();
        let cells = workbook.worksheet_range("Задания").unwrap();
        let number = |address: &str| match cells.get_value(place(address)) {
            Some(Data::Float(value)) => *value,
            Some(Data::Int(value)) => *value as f64,
            other => panic!("{address} holds {other:?}"),
        };
        let formulas = workbook.worksheet_formula("Задания").unwrap();
        let (top, left) = formulas.start().unwrap();
        let mut seen = std::collections::BTreeMap::new();
        for (row, column, formula) in formulas.used_cells().filter(|(_, _, formula)| formula.starts_with("IF(")) {
            let addresses: Vec<&str> = formula
                .split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '$')
                .filter(|word| word.ends_with(|sign: char| sign.is_ascii_digit()) && word.len() > 1)
                .collect();
            let (value, threshold, zone) = (addresses[0], addresses[1], addresses[4]);
            let expected = format!(
                "IF(AND(ISNUMBER({value}),ISNUMBER({threshold})),IF({value}<{threshold}-{zone},\"недостаточный\",\
                 IF(OR({zone}=0,{threshold}+{zone}<{value}),\"достаточный\",\"зона\")),\"уровень не указан\")"
            );
            assert_eq!(*formula, expected);
            assert!(zone.starts_with("$A$"), "{zone} is no cell above the table");
            let (value, threshold, zone) = (number(value), number(threshold), number(zone));
            let word = if value < threshold - zone {
                "недостаточный"
            } else if threshold + zone < value {
                "достаточный"
            } else {
                "зона"
            };
            let at = (top + row as u32, left + column as u32);
            assert_eq!(cells.get_value(at), Some(&Data::String(word.into())), "{formula}");
            *seen.entry(word).or_insert(0) += 1;
        }
        assert_eq!(seen, [("достаточный", 14), ("зона", 14), ("недостаточный", 14)].into());
        assert_eq!(number("$A$7"), 14.0, "the count of the words");
    }
}
