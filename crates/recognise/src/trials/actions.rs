//! Registers of measures as an office fills them: what is taken, and the cell that each fault is told of.

use super::{codes, draw, recognise};
use srez_model::assessment::ExamCatalogue;

const HEADER: &str = "
Реестр мер
Мера | Дата | Школы | Работа | Показатель | Ответственный | Ожидаемый результат
";

#[test]
fn rows_are_taken_and_faults_are_told_at_their_cells() {
    let rows = "
Семинар | с 15 сентября 2025 г. по 30.03.2026 | edu990001; edu990002 | ВПР, математика, 8 класс | доля «2» | методист \
| не выше 15 %
Практикум | осенью | все | ВПР, математика, 8 класс | качество | методист |
 | 01.10.2025 | все | ВПР, математика, 8 класс | качество | методист |
Курсы | 31.02.2026 | все | ВПР, математика, 8 класс | качество | методист |
Наставничество | с 01.03.2026 по 01.09.2025 | все | ВПР, математика, 8 класс | качество | методист |
Открытые уроки | октябрь 2025 | | математика | качество | методист Канарейкина А. И. |
Консультации | 01.11.2025 | все | ЕГЭ, русский язык | средний тестовый балл | |
";
    let text = format!("{}{}", HEADER.trim_end(), rows);
    let done = recognise(&ExamCatalogue::new(), vec![draw("меры.xlsx", "Меры", &text)]);
    let told: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    assert_eq!(told, ["R36 B4", "R35 A5", "R36 B6", "R36 B7", "R37 D8", "R43 F8", "R42 F9"], "{:#?}", done.notes);
    let taken: Vec<&str> = done.value.actions.iter().map(|action| action.title.as_str()).collect();
    assert_eq!(taken, ["Семинар", "Открытые уроки", "Консультации"]);
    let [first, open, _] = &done.value.actions[..] else { panic!("three measures") };
    assert_eq!((first.from.as_str(), first.until.as_str()), ("2025-09-15", "2026-03-30"));
    assert_eq!((first.exam.as_str(), first.schools.len()), ("vpr-math-8", 2));
    assert_eq!((first.school_column, first.indicator_column), (3, 5));
    assert_eq!((open.from.as_str(), open.responsible.as_str(), open.exam.as_str()), ("2025-10-01", "", ""));
    assert!(!format!("{done:?}").contains("Канарейкина"), "a name is told");
}

#[test]
fn an_empty_template_is_told_of_and_not_refused() {
    let done = recognise(&ExamCatalogue::new(), vec![draw("меры.xlsx", "Меры", HEADER)]);
    assert_eq!(codes(&done.notes), ["R41"]);
    assert_eq!((done.value.form.as_str(), done.value.rows.rejected), ("actions-register", 0));
}
