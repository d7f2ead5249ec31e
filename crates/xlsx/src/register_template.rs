//! The template of the register of measures: an empty table with lists to choose from, a sheet that explains it, and
//! one with the indicators of every work, skills among them, from which the list of a row is taken.

use super::failure::failure;
use super::{formats, sheet};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError,
};
use srez_model::container::of_no_system;
use srez_model::error::Result;
use srez_model::report::Align;
use srez_render::office::HAIR;

/// Number of the paper size A4.
const A4: u8 = 9;

/// Sheet with the indicators of every work, as formulas name it.
const OF_WORKS: &str = "'Показатели работ'";

/// Place of the last of them.
const LAST_COLUMN: u16 = 6;

/// Rows that print as an empty form.
const BY_HAND: u32 = 14;

/// Rows that the lists cover.
const ROWS: u32 = 200;

/// Header, width in characters, what to write.
const COLUMNS: [(&str, f64, &str); 7] = [
    ("Мера", 36.0, "Что сделано, одна мера — одна строка. Обязательно."),
    ("Дата", 20.0, "Когда: 15.09.2025, «с 15.09.2025 по 30.04.2026» или «сентябрь 2025». Обязательно."),
    (
        "Школы",
        22.0,
        "Логины или коды школ из реестра через точку с запятой; пусто или «все» — все школы муниципалитета.",
    ),
    ("Работа", 26.0, "По результатам какой работы смотреть: процедура, предмет, класс. Обязательно."),
    (
        "Показатель",
        28.0,
        "Что должно измениться: из списка, в нём и умения выбранной работы (они же на листе «Показатели работ»), либо \
         «задание 5», либо номер вывода: лист findings книги data/tables.xlsx.",
    ),
    ("Ответственный", 20.0, "Должность, без фамилии."),
    ("Ожидаемый результат", 24.0, "Как записано в плане: «доля «2» не выше 15 %»."),
];

/// Indicators of a work with marks.
const OF_MARKS: [&str; 5] = ["доля «2»", "успеваемость", "качество", "средняя отметка", "работа в целом"];
/// Indicators of a work with test scores.
const OF_SCORES: [&str; 3] = ["доля ниже минимального балла", "средний тестовый балл", "работа в целом"];
/// All of them, for a row without a work.
const INDICATORS: [&str; 7] = [
    "доля «2»",
    "успеваемость",
    "качество",
    "средняя отметка",
    "работа в целом",
    "доля ниже минимального балла",
    "средний тестовый балл",
];

/// A work of the list, without the year, and the names of its skills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterWork {
    /// «ВПР, математика, 8 класс».
    pub title: String,
    /// True where results are test scores, not marks.
    pub test_scores: bool,
    /// Skills and contents as the specification names them.
    pub skills: Vec<String>,
}

/// The workbook; `works` are the exams to choose from.
///
/// # Errors
/// Where the library refuses the workbook.
pub fn register_template(works: &[RegisterWork]) -> Result<Vec<u8>> {
    write(works).map_err(|error| failure(&error))
}

fn write(works: &[RegisterWork]) -> std::result::Result<Vec<u8>, XlsxError> {
    let head = formats::header(Align::Left);
    let cell = formats::wrapped().set_border(FormatBorder::Thin).set_border_color(HAIR);
    let mut register = Worksheet::new();
    register.set_name("Меры")?;
    register.write_with_format(0, 0, "Реестр мер", &formats::heading())?;
    for (column, (title, width, _)) in (0_u16..).zip(COLUMNS) {
        register.write_with_format(1, column, title, &head)?;
        register.set_column_width(column, width)?;
        for row in 2..ROWS + 2 {
            register.write_blank(row, column, &cell)?;
        }
    }
    // An empty register prints as a sheet to be filled by hand.
    for row in 2..BY_HAND + 2 {
        register.set_row_height(row, 27.0)?;
    }
    register.set_print_area(0, 0, BY_HAND + 1, LAST_COLUMN)?;
    register.set_freeze_panes(2, 1)?;
    register.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(1, 1)?;
    let last = ROWS + 1;
    let lists = [(3_u16, format!("Подсказки!$D$2:$D${}", works.len() + 1)), (4, indicators_of_row(works))];
    for (column, range) in lists {
        // A list helps and does not forbid: tasks and numbers of findings are written by hand.
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
    workbook.push_worksheet(indicators(works, &head, &cell)?);
    workbook.save_to_buffer().map(of_no_system)
}

/// The list of the first row of the register: the indicators of its work; those of every work where none is chosen.
fn indicators_of_row(works: &[RegisterWork]) -> String {
    let end = 1 + works.iter().map(|work| indicators_of(work).count()).sum::<usize>();
    let of_works = format!("{OF_WORKS}!$A$2:$A${end}");
    format!(
        "IF(COUNTIF({of_works},$D3)=0,Подсказки!$E$2:$E${},OFFSET({OF_WORKS}!$B$1,MATCH($D3,{of_works},0),0,\
         COUNTIF({of_works},$D3),1))",
        INDICATORS.len() + 1
    )
}

/// What can be watched in a work: the general indicators, then its skills.
fn indicators_of(work: &RegisterWork) -> impl Iterator<Item = String> {
    let general: &[&str] = if work.test_scores { &OF_SCORES } else { &OF_MARKS };
    general
        .iter()
        .map(|indicator| (*indicator).to_owned())
        .chain(work.skills.iter().map(|name| format!("умение: {name}")))
}

/// Works with their indicators, one a row, the rows of a work together.
fn indicators(works: &[RegisterWork], head: &Format, cell: &Format) -> std::result::Result<Worksheet, XlsxError> {
    let mut made = Worksheet::new();
    made.set_name(OF_WORKS.trim_matches('\''))?;
    made.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    for (column, (title, width)) in (0_u16..).zip([("Работа", 40.0), ("Показатель", 60.0)]) {
        made.set_column_width(column, width)?;
        made.write_with_format(0, column, title, head)?;
    }
    let rows = works.iter().flat_map(|work| indicators_of(work).map(move |indicator| (work.title.as_str(), indicator)));
    let mut last = 0;
    for (row, (work, indicator)) in (1_u32..).zip(rows) {
        made.write_with_format(row, 0, work, cell)?;
        made.write_with_format(row, 1, indicator, cell)?;
        last = row;
    }
    made.autofilter(0, 0, last, 1)?;
    made.set_freeze_panes(1, 0)?;
    Ok(made)
}

/// What each column wants, and the lists.
fn hints(works: &[RegisterWork], head: &Format, cell: &Format) -> std::result::Result<Worksheet, XlsxError> {
    let mut made = Worksheet::new();
    made.set_name("Подсказки")?;
    made.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    for (column, (title, width)) in (0_u16..).zip([
        ("Столбец", 22.0),
        ("Что писать", 62.0),
        ("", 3.0),
        ("Какие бывают работы", 34.0),
        ("Какие бывают показатели", 32.0),
    ]) {
        made.set_column_width(column, width)?;
        if !title.is_empty() {
            made.write_with_format(0, column, title, head)?;
        }
    }
    for (row, (title, _, hint)) in (1_u32..).zip(COLUMNS) {
        made.write_with_format(row, 0, title, cell)?;
        made.write_with_format(row, 1, hint, cell)?;
        made.set_row_height(row, f64::from(sheet::lines(hint, 62)) * 13.5 + 2.0)?;
    }
    for (row, work) in (1_u32..).zip(works) {
        made.write_with_format(row, 3, work.title.as_str(), cell)?;
    }
    for (row, indicator) in (1_u32..).zip(INDICATORS) {
        made.write_with_format(row, 4, indicator, cell)?;
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::{OF_MARKS, OF_SCORES, RegisterWork, indicators_of_row, register_template};
    use calamine::{Data, Reader, Xlsx};

    fn works() -> Vec<RegisterWork> {
        let work = |title: &str, skills: &[&str]| RegisterWork {
            title: title.to_owned(),
            test_scores: title.starts_with("ЕГЭ"),
            skills: skills.iter().map(|name| (*name).to_owned()).collect(),
        };
        vec![
            work("ВПР, математика, 6 класс", &["дроби"]),
            work("ВПР, математика, 8 класс", &["геометрия", "графики и функции"]),
            work("ЕГЭ, физика", &[]),
        ]
    }

    #[test]
    fn the_template_is_a_workbook_and_always_the_same() {
        let bytes = register_template(&works()).unwrap();
        assert!(bytes == register_template(&works()).unwrap() && bytes.starts_with(b"PK"));
    }

    #[test]
    fn skills_stand_under_the_general_indicators_of_their_work() {
        let bytes = register_template(&works()).unwrap();
        let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("Показатели работ").unwrap();
        let of = |work: &str| -> Vec<String> {
            let rows = sheet.rows().filter(|row| row[0] == Data::String(work.to_owned()));
            rows.map(|row| row[1].to_string()).collect()
        };
        let of_eighth = of("ВПР, математика, 8 класс");
        assert_eq!(of_eighth[..OF_MARKS.len()], OF_MARKS.map(str::to_owned));
        assert_eq!(of_eighth[OF_MARKS.len()..], ["умение: геометрия", "умение: графики и функции"]);
        assert_eq!(of("ЕГЭ, физика"), OF_SCORES.map(str::to_owned));
        assert_eq!(of("ВПР, математика, 6 класс").last().unwrap(), "умение: дроби");
        // Excel takes 255 signs.
        assert!(indicators_of_row(&works()).chars().count() < 250);
    }
}
