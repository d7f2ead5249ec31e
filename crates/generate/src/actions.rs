//! The register of measures that the centre of the sample district filled in.

use super::Folder;
use super::district::{District, Habit};
use super::grid::{Grid, workbook};
use srez_model::error::Result;

/// What the centre did: measure, date, schools, exam, indicator, person in charge, expected result; words in braces are
/// replaced by logins.
const LINES: [[&str; 7]; 6] = [
    [
        "Семинар «Чтение графиков и таблиц» и открытые уроки",
        "с 15.09.2025 по 30.03.2026",
        "{graphs}",
        "ВПР, математика, 4 класс",
        "умение: диаграмма, таблица",
        "методист по математике",
        "выполнение не ниже среднего по округу",
    ],
    [
        "Адресная помощь школам с наибольшей долей «2»: разбор работ, консультации",
        "01.10.2025",
        "{several}",
        "ВПР, математика, 8 класс",
        "доля «2»",
        "заместитель директора центра",
        "доля «2» не выше 15 %",
    ],
    [
        "Наставничество: учителя гимназии ведут пары в школе",
        "с 01.09.2025 по 25.05.2026",
        "{grows}",
        "ВПР, русский язык, 4 класс",
        "работа в целом",
        "методист по русскому языку",
        "рост не меньше чем на 5 п.п.",
    ],
    [
        "Курс повышения квалификации «Геометрия в начальной школе»",
        "с 20.10.2025 по 20.12.2025",
        "все",
        "ВПР, математика, 4 класс",
        "умение: периметр и площадь",
        "методист по математике",
        "выполнение не ниже 50 %",
    ],
    [
        "Мастерская по анализу ошибок в сочинении",
        "10.11.2025",
        "{grows}",
        "ЕГЭ, русский язык",
        "средний тестовый балл",
        "методист по русскому языку",
        "",
    ],
    [
        "Дистанционный тренажёр по физике",
        "05.05.2026",
        "{several}",
        "ВПР, физика, 8 класс",
        "успеваемость",
        "методист по физике",
        "успеваемость не ниже 90 %",
    ],
];

pub(crate) fn write(district: &District, folder: &mut Folder) -> Result<()> {
    let login = |habit: Habit| {
        let found = district.schools.iter().find(|school| school.habit == habit);
        found.map(|school| school.school.login.clone()).unwrap_or_default()
    };
    let graphs = login(Habit::WeakInReading);
    let grows = login(Habit::Grows);
    let several: Vec<&str> =
        [3, 5, 8].iter().filter_map(|place| Some(district.schools.get(*place)?.school.login.as_str())).collect();
    let several = several.join("; ");
    let mut grid = Grid::new("Меры");
    grid.wide = (0..7).zip([50.0, 26.0, 34.0, 28.0, 28.0, 28.0, 34.0]).collect();
    grid.bold = vec![0, 1];
    grid.push_texts(&["Реестр мер"]);
    grid.push_texts(&["Мера", "Дата", "Школы", "Работа", "Показатель", "Ответственный", "Ожидаемый результат"]);
    for line in LINES {
        let named =
            |text: &str| text.replace("{graphs}", &graphs).replace("{grows}", &grows).replace("{several}", &several);
        let cells = line.map(named);
        grid.push_texts(&cells.each_ref().map(String::as_str));
    }
    folder.put("меры.xlsx", workbook(&[grid], (2026, 5, 25))?);
    Ok(())
}
