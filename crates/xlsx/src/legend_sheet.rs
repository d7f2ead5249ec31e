//! The sheet «Обозначения»: every sign of the workbook in words.

use super::names::LEGEND;
use super::{formats, sheet};
use rust_xlsxwriter::Worksheet;
use srez_model::error::Result;
use srez_model::report::Report;

const SIGNS: [(&str, &str); 13] = [
    ("—", "не применимо, скрыто ради малой группы или неизвестно; причина — в примечании под таблицей. Это не ноль"),
    ("n", "число участников, по которым посчитано значение"),
    ("%", "доля от 0 до 100; 79,0 означает 79 %"),
    ("п.п.", "процентные пункты: разность двух долей"),
    ("от, до", "границы 95-процентного интервала"),
    ("Ур.", "уровень сложности задания: Б — базовый, П — повышенный, В — высокий"),
    ("Порог, %", "порог из ячейки над таблицей; измените ячейку — выводы и выделенные значения изменятся"),
    ("Ориентир, %", "значение, с которым сравнивают: регион или другая группа, названная в примечании"),
    ("достаточный", "значение выше зоны вокруг порога; слово следует за ячейками порога и зоны, тексты отчёта — нет"),
    ("зона", "значение в зоне неопределённости вокруг порога"),
    ("недостаточный", "значение ниже зоны вокруг порога"),
    ("уровень не указан", "уровень задания неизвестен, вывода нет"),
    ("полоса в ячейке", "значение от 0 до 100"),
];

/// The sheet.
///
/// # Errors
/// Where the library refuses the sheet.
pub(super) fn write(report: &Report) -> Result<Worksheet> {
    let mut page = sheet::new(LEGEND, report)?;
    sheet::width(&mut page, 0, 22.0)?;
    sheet::width(&mut page, 1, 100.0)?;
    sheet::text(&mut page, 0, 0, LEGEND, &formats::heading())?;
    for (row, (sign, words)) in (2..).zip(SIGNS) {
        sheet::text(&mut page, row, 0, sign, &formats::body().set_bold())?;
        sheet::text(&mut page, row, 1, words, &formats::wrapped())?;
    }
    Ok(page)
}
