//! The template of the register of measures: an empty table with lists to choose from, and a sheet that explains it.

use super::failure::failure;
use crate::error::Result;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Number of the paper size A4.
const A4: u8 = 9;

/// Rows that the lists cover.
const ROWS: u32 = 200;

/// Header, width in characters, what to write.
const COLUMNS: [(&str, f64, &str); 7] = [
    ("Мера", 44.0, "Что сделано, одна мера — одна строка. Обязательно."),
    ("Дата", 26.0, "Когда: 15.09.2025, «с 15.09.2025 по 30.04.2026» или «сентябрь 2025». Обязательно."),
    (
        "Школы",
        34.0,
        "Логины или коды школ из реестра через точку с запятой; пусто или «все» — все школы муниципалитета.",
    ),
    ("Работа", 30.0, "По результатам какой работы смотреть: процедура, предмет, класс. Обязательно."),
    (
        "Показатель",
        34.0,
        "Что должно измениться: из списка, либо «умение: …», «задание 5», либо номер вывода из findings.csv.",
    ),
    ("Ответственный", 26.0, "Должность, без фамилии."),
    ("Ожидаемый результат", 34.0, "Как записано в плане: «доля «2» не выше 15 %»."),
];

/// Indicators of the list.
const INDICATORS: [&str; 7] = [
    "доля «2»",
    "успеваемость",
    "качество",
    "средняя отметка",
    "работа в целом",
    "доля ниже минимального балла",
    "средний тестовый балл",
];

/// The workbook; `works` are titles of exams to choose from, without the year.
///
/// # Errors
/// Where the library refuses the workbook.
pub fn register_template(works: &[String]) -> Result<Vec<u8>> {
    write(works).map_err(|error| failure(&error))
}

fn write(works: &[String]) -> std::result::Result<Vec<u8>, XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_background_color("D9E2EC")
        .set_align(FormatAlign::VerticalCenter);
    let cell = Format::new().set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
    let mut register = Worksheet::new();
    register.set_name("Меры")?;
    register.write_with_format(0, 0, "Реестр мер", &Format::new().set_bold().set_font_size(14))?;
    for (column, (title, width, _)) in (0_u16..).zip(COLUMNS) {
        register.write_with_format(1, column, title, &head)?;
        register.set_column_width(column, width)?;
        for row in 2..ROWS + 2 {
            register.write_blank(row, column, &cell)?;
        }
    }
    register.set_freeze_panes(2, 1)?;
    register.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(1, 1)?;
    let last = ROWS + 1;
    let works_end = works.len() + 1;
    let lists =
        [(3_u16, format!("Подсказки!$D$2:$D${works_end}")), (4, format!("Подсказки!$E$2:$E${}", INDICATORS.len() + 1))];
    for (column, range) in lists {
        // A list helps and does not forbid: skills and tasks are written by hand.
        let list = DataValidation::new()
            .allow_list_formula(format!("={range}").as_str().into())
            .show_error_message(false)
            .ignore_blank(true);
        register.add_data_validation(2, column, last, column, &list)?;
    }
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("Реестр мер").set_creation_datetime(&date));
    workbook.push_worksheet(register);
    workbook.push_worksheet(hints(works, &head, &cell)?);
    workbook.save_to_buffer()
}

/// What each column wants, and the lists.
fn hints(works: &[String], head: &Format, cell: &Format) -> std::result::Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Подсказки")?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    for (column, (title, width)) in (0_u16..).zip([
        ("Столбец", 22.0),
        ("Что писать", 70.0),
        ("", 3.0),
        ("Какие бывают работы", 34.0),
        ("Какие бывают показатели", 32.0),
    ]) {
        sheet.set_column_width(column, width)?;
        if !title.is_empty() {
            sheet.write_with_format(0, column, title, head)?;
        }
    }
    for (row, (title, _, hint)) in (1_u32..).zip(COLUMNS) {
        sheet.write_with_format(row, 0, title, cell)?;
        sheet.write_with_format(row, 1, hint, cell)?;
    }
    for (row, work) in (1_u32..).zip(works) {
        sheet.write_with_format(row, 3, work.as_str(), cell)?;
    }
    for (row, indicator) in (1_u32..).zip(INDICATORS) {
        sheet.write_with_format(row, 4, indicator, cell)?;
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::register_template;

    #[test]
    fn the_template_is_a_workbook_and_always_the_same() {
        let works = ["ВПР, математика, 8 класс".to_owned()];
        let bytes = register_template(&works).unwrap();
        assert!(bytes == register_template(&works).unwrap() && bytes.starts_with(b"PK"));
    }
}
