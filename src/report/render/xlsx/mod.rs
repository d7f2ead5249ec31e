//! XLSX: the workbook in which numbers stay numbers, with filters, thresholds in cells and charts that Excel draws.

mod chart_sheet;
mod failure;
mod formats;
mod grid;
mod legend_sheet;
mod main_sheet;
mod names;
mod register_template;
mod return_copy;
mod sheet;
mod signals;
mod table_sheet;

use crate::error::Result;
use crate::model::report::{NativeChart, Report};
use crate::report::render::office::{day_month_year, printable};
use failure::failure;
pub use register_template::register_template;
pub use return_copy::{ReturnTitle, ReturnWorkbook};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

/// A document as the bytes of its workbook; the same report gives the same bytes.
///
/// First «Главное», then one sheet per table, «Диаграммы» where `charts` find their tables, «Обозначения». A table
/// named `sources` gets the sheet «Откуда».
///
/// # Errors
/// Where the library refuses the workbook.
pub fn render(report: &Report, charts: &[NativeChart]) -> Result<Vec<u8>> {
    let mut sheets = Vec::new();
    let mut places = Vec::new();
    for (number, named) in (1..).zip(names::named(report)) {
        let (sheet, place) = table_sheet::write(report, &named, number)?;
        sheets.push((sheet, place.sheet.clone(), table_sheet::caption(&named, number)));
        places.push(place);
    }
    if let Some(sheet) = chart_sheet::write(report, charts, &places)? {
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
    workbook.save_to_buffer().map_err(|error| failure(&error))
}

/// Title, author and the date of the report; without one, the first day that a workbook can count.
fn properties(report: &Report) -> Result<DocProperties> {
    let (day, month, year) = day_month_year(&report.date).unwrap_or((1, 1, 1900));
    let date = ExcelDateTime::from_ymd(year, month, day).map_err(|error| failure(&error))?;
    Ok(DocProperties::new()
        .set_title(printable(&report.title))
        .set_subject(printable(&report.subtitle))
        .set_author(printable(&report.centre))
        .set_company(printable(&report.centre))
        .set_creation_datetime(&date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::render::office_sample as sample;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn workbook() -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(render(&sample::report(), &sample::charts()).unwrap())).unwrap()
    }

    #[test]
    fn same_report_same_bytes() {
        let bytes = render(&sample::report(), &sample::charts()).unwrap();
        assert_eq!(bytes, render(&sample::report(), &sample::charts()).unwrap());
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
        for sheet in workbook.sheet_names() {
            let formulas = workbook.worksheet_formula(&sheet).unwrap();
            for formula in formulas.rows().flatten().filter(|formula| !formula.is_empty()) {
                assert!(matches!(formula.as_str(), "$A$3" | "$A$4"), "{sheet}: {formula}");
            }
        }
    }
}
