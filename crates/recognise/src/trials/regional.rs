//! Regional diagnostic works: headers of several rows, works side by side, names in the table.

use super::{codes, draw, recognise, row_points, task_ids};
use srez_model::assessment::ExamCatalogue;
use srez_model::block::{NOT_ATTEMPTED, RowState};

const SIDE_BY_SIDE: &str = "
Мониторинг обучающихся 2 классов
№ п/п | Фамилия | Имя | Отчество | Класс | РУССКИЙ ЯЗЫК | | | | МАТЕМАТИКА | | | | SchoolID | Код учителя
 | | | | | Присутствие (ДА/НЕТ) | Вариант (1/2) | Баллы за задания | | Присутствие (ДА/НЕТ) | Вариант (1/2) | Баллы за \
 задания | | |
 | | | | | | | '1⏎3б | '9.1⏎2б | | | '1⏎1б | '2⏎2б | |
1 | Канарейкина | Анна | Сергеевна | 2а | ДА | 1 | 3 | 2 | ДА | 2 | 1 | X | 9306 | 7
2 | Чижова | Ия | | 2Б | НЕТ | | | | ДА | 1 | 0 | 2 | 9306 | 7
3 | | | | | | | | | | | | | 9306 |
";

#[test]
fn two_subjects_side_by_side_are_two_works() {
    let file = "2026-04/РДР 2 класс.xlsx";
    let done = recognise(&ExamCatalogue::new(), vec![draw(file, "РЕЗУЛЬТАТЫ", SIDE_BY_SIDE)]);
    assert_eq!(done.value.form, "regional-diagnostic", "{:?}", done.notes);
    let [russian, math] = done.value.blocks.as_slice() else { panic!("two works: {:?}", done.notes) };
    assert_eq!(
        [russian.exam.id(), math.exam.id()],
        ["regional-2026-russian-2".to_owned(), "regional-2026-math-2".to_owned()]
    );
    assert_eq!((task_ids(russian), task_ids(math)), (vec!["1", "9.1"], vec!["1", "2"]));
    assert_eq!(russian.tasks.iter().map(|task| task.max).collect::<Vec<_>>(), [Some(3), Some(2)]);
    assert_eq!(math.tasks[0].column, 12, "columns keep their addresses");
    assert_eq!((row_points(russian, 0), row_points(math, 0)), (vec![3, 2], vec![1, NOT_ATTEMPTED]));
    assert_eq!(russian.state, [RowState::Accepted, RowState::Absent]);
    assert_eq!(math.state, [RowState::Accepted, RowState::Accepted]);
    assert_eq!((russian.class.name(0), math.class.name(1), math.row[1]), ("2А", "2Б", 6));
    assert_eq!((russian.variant.name(0), math.variant.name(0), russian.school.name(0)), ("1", "2", "9306"));
    assert_eq!(russian.participant.name(0), math.participant.name(0), "one person, one pseudonym");
    assert!(done.notes.is_empty(), "{:?}", done.notes);
    let everything = format!("{done:?}").to_lowercase();
    assert!(["канарейкин", "чижов", "сергеевн"].iter().all(|name| !everything.contains(name)));
}

#[test]
fn points_of_who_was_not_there_are_told_and_do_not_count() {
    let text = SIDE_BY_SIDE.replace("| ДА | 1 | 3 | 2 |", "| НЕТ | 1 | 3 | 2 |");
    let done = recognise(&ExamCatalogue::new(), vec![draw("2026-04/РДР 2 класс.xlsx", "РЕЗУЛЬТАТЫ", &text)]);
    assert_eq!(done.value.blocks[0].state, [RowState::Absent, RowState::Absent]);
    assert_eq!((codes(&done.notes), done.notes[0].cell()), (vec!["R08"], "F5".to_owned()));
}

#[test]
fn one_subject_below_a_merged_header_is_one_work() {
    let text = "
Мониторинг обучающихся 1 классов
№ п/п | Фамилия | Имя | Отчество | Класс | Присутствие | Баллы за задания | | SchoolID
 | | | | | | '1⏎3б | '2⏎2б |
1 | Канарейкина | Анна | | 1 | да | 3 | 0 | 9306
";
    let file = "2026/Математика 1 класс.xlsx";
    let done = recognise(&ExamCatalogue::new(), vec![draw(file, "РЕЗУЛЬТАТЫ", text)]);
    let [work] = done.value.blocks.as_slice() else { panic!("{:?}", done.notes) };
    assert_eq!((work.exam.id().as_str(), row_points(work, 0)), ("regional-2026-math-1", vec![3, 0]));
    assert_eq!(work.variant.name(0), "");
}

#[test]
fn a_protocol_of_a_centre_ends_with_shares() {
    let text = "
Протокол проверки результатов диагностических работ в 4 классе математика


№ | ФИО | Предмет | Вариант | 1 | 2 | 3 | % базовой | % дополнительной | Уровень
1 | Канарейкина Анна | математика | 1 | 1 | 0 | 2 | '80% | '50% | базовый
2 | Чижова Ия | математика | 2 | 1 | 1 | X | '70% | 0 | базовый
 | % выполнения заданий | | | 1 | 0.5 | 0.67 | | |
";
    let file = "2026/edu230001/протокол.xlsx";
    let done = recognise(&ExamCatalogue::new(), vec![draw(file, "Лист1", text)]);
    assert_eq!(done.value.form, "regional-diagnostic-protocol", "{:?}", done.notes);
    let [work] = done.value.blocks.as_slice() else { panic!("{:?}", done.notes) };
    assert_eq!((work.exam.id().as_str(), work.rows()), ("regional-2026-math-4", 2));
    assert_eq!((row_points(work, 0), work.school.name(0)), (vec![1, 0, 2], "edu230001"));
    assert_eq!(codes(&done.notes), ["R40"], "no real file of the layout was seen");
    assert!(!format!("{done:?}").contains("Чижова"));
}

#[test]
fn a_header_of_two_rows_is_put_together_for_any_form() {
    let text = "
Код участника | Вариант | Баллы | | Порядковый номер класса | Итого баллов
 | | 1 (2б) | 2 (1б) | |
80001 | 1 | 2 | 1 | 1 | 3
";
    let file = "edu230001_Математика 8 класс ВПР 2026.xlsx";
    let done = recognise(&ExamCatalogue::new(), vec![draw(file, "Протокол", text)]);
    let [work] = done.value.blocks.as_slice() else { panic!("{:?}", done.notes) };
    assert_eq!((task_ids(work), row_points(work, 0), work.row[0]), (vec!["1", "2"], vec![2, 1], 3));
}
