//! Sheets that are no results: unknown forms, descriptors of tasks, merged cells.

use super::{codes, draw, recognise};
use srez_model::assessment::{Difficulty, ExamCatalogue};
use srez_model::descriptor::Descriptors;
use srez_model::form::Field;
use srez_model::raw_sheet::MergedRegion;
use srez_model::sketch::ColumnKind;

const UNKNOWN: &str = "
Результаты пробной работы
Ученик | Фамилия | Буква | 1 (2б) | 2 (1б) | Код участника | Сумма
Канарейкина Анна | Канарейкина | А | 2 | 1 | 1 | 3
Чижова Ия | Чижова | А | 0 | X | 2 | 0
Щегольков Пётр | Щегольков | А | 1 | 1 | 3 | '2,5
";

#[test]
fn an_unknown_form_names_the_nearest_one_and_shows_no_names() {
    let done = recognise(&ExamCatalogue::new(), vec![draw("проба.xlsx", "Лист1", UNKNOWN)]);
    assert_eq!(codes(&done.notes), ["R01"]);
    let note = &done.notes[0];
    assert!(
        note.message.contains("ближе всего «") && note.message.contains("незнакомые ей заголовки — в столбцах"),
        "{}",
        note.message
    );
    assert_eq!((note.row, note.sheet.as_str()), (2, "Лист1"));
    assert!(note.hint.contains("srez form learn"));
    let sketch = done.value.sketch.as_ref().unwrap();
    assert_eq!((sketch.header_row, sketch.columns.len()), (2, 7));
    let of = |header: &str| sketch.columns.iter().find(|column| column.header == header).unwrap();
    assert_eq!(of("Код участника").guess, Some(Field::Participant));
    assert_eq!((of("1 (2б)").is_task, of("1 (2б)").kind), (true, ColumnKind::Whole));
    assert_eq!(of("2 (1б)").kind, ColumnKind::Text);
    assert_eq!((of("Сумма").kind, of("Сумма").guess), (ColumnKind::Fraction, Some(Field::Total)));
    assert_eq!(of("Буква").samples, ["А"], "words that repeat are shown");
    assert!(of("Ученик").samples.is_empty() && of("Фамилия").samples.is_empty());
    let everything = format!("{done:?}");
    assert!(["Канарейкин", "Чижов", "Щегольков"].iter().all(|name| !everything.contains(name)));
}

#[test]
fn a_long_table_of_all_pupils_is_no_known_form_and_nothing_of_it_is_taken() {
    let text = "
Класс | Код_предмета | ЛогинОО | Код_ученика | Балл | Отметка | Year
4 | 1 | sch990001 | 40001 | 18 | 3 | 2019
4 | 1 | sch990001 | 40002 | 37 | 5 | 2019
4 | 1 | sch990002 | 40003 | 25 | 4 | 2019
";
    let done = recognise(&ExamCatalogue::new(), vec![draw("pupils_2019_2020.csv", "", text)]);
    assert!(["R01", "R02"].contains(&done.notes[0].code.as_str()) && done.notes.len() == 1, "{:?}", done.notes);
    let note = &done.notes[0];
    let names_the_nearest = note.message.contains("«") && note.message.contains("нет ");
    assert!(names_the_nearest && note.hint.contains("srez form learn"), "{} {}", note.message, note.hint);
    assert_eq!((done.value.form.as_str(), done.value.rows.read, done.value.rows.structural), ("", 4, 4));
}

#[test]
fn each_class_on_a_sheet_of_its_own_is_read() {
    let sheet = |name: &str, class: u8| {
        let row = |pupil: u8| format!("6{class}0{pupil:02} | 1 | 2 | 1 | {class} | 3\n");
        let header = "Код участника | Вариант | 1 (2б) | 2 (1б) | Порядковый номер класса | Итого баллов\n";
        let rows: String = (1..=4).map(row).collect();
        draw("edu230001_Математика 6 класс ВПР 2026.xlsx", name, &format!("{header}{rows}"))
    };
    let done = recognise(&ExamCatalogue::new(), vec![sheet("6А", 1), sheet("6Б", 2), sheet("6В", 3)]);
    let classes: Vec<(usize, &str)> =
        done.value.blocks.iter().map(|block| (block.rows(), block.class.name(0))).collect();
    assert_eq!((classes, done.notes.len()), (vec![(4, "1"), (4, "2"), (4, "3")], 0));
}

#[test]
fn a_sheet_without_a_header_is_only_unknown() {
    let text = "Канарейкина | Анна | 5\nЧижова | Ия | 4\n";
    let done = recognise(&ExamCatalogue::new(), vec![draw("список.xlsx", "", text)]);
    assert_eq!(codes(&done.notes), ["R01"]);
    assert!(done.value.sketch.is_none());
    assert!(!format!("{done:?}").contains("Чижова"));
}

#[test]
fn descriptors_are_no_results_and_keep_every_code() {
    let text = "
№ КИМ | № | Умения, виды деятельности (в соответствии с ФГОС) | Блоки ПООП НОО: выпускник научится / получит \
возможность научиться | Уровень сложности | Код КЭС | Код КТ | Максимальный балл за выполнение задания | Примерное \
время выполнения задания обучающимся (в минутах)
1K1 | 1 | Умение писать | Писать под диктовку | Б | '7 | '2.3 | '4 | '38
1K1 | 1 | Умение писать | Писать под диктовку | Б | '7 | '2.5 | '4 | '38
2 | '3 | Умение распознавать | Выделять | П | 6.5 | '2.3 | 3 | 2
см. ниже | | | | | | | |
";
    let done = recognise(&ExamCatalogue::new(), vec![draw("ALL.xlsx", "Лист1", text)]);
    assert_eq!(done.value.form, "task-descriptors");
    let [Descriptors::Tasks(tasks)] = done.value.descriptors.as_slice() else { panic!("tasks") };
    assert_eq!((tasks.len(), tasks[0].id.as_str(), tasks[0].max), (3, "1К1", Some(4)));
    assert_eq!((tasks[1].requirement_code.as_str(), tasks[2].content_code.as_str()), ("2.5", "6.5"));
    assert_eq!((tasks[2].position, tasks[2].difficulty), (3, Some(Difficulty::Raised)));
    assert_eq!(codes(&done.notes), ["R34"]);

    let dated = text.replace("| 6.5 | '2.3 |", "| @46144 | Канарейкин |");
    let done = recognise(&ExamCatalogue::new(), vec![draw("ALL.xlsx", "Лист1", &dated)]);
    let told: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    assert_eq!(told, ["R34 A5", "R63 F4", "R56 G4"], "a date and a name are no codes");

    let codes =
        "Код | Проверяемые требования к уровню подготовки |\n'1 | Метапредметные |\n1.1 | освоение способов |\n";
    let done = recognise(&ExamCatalogue::new(), vec![draw("KT.xlsx", "Лист1", codes)]);
    let [Descriptors::Requirements(known)] = done.value.descriptors.as_slice() else { panic!("{:?}", done.notes) };
    assert_eq!(known[1], ("1.1".to_owned(), "освоение способов".to_owned()));
    let spoilt = codes.to_owned() + " | Раздел второй |\n@46144 | освоение |\nРаздел | освоение |\n'1.2 | 5 |\n";
    let done = recognise(&ExamCatalogue::new(), vec![draw("KT.xlsx", "Лист1", &spoilt)]);
    let told: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    assert_eq!((told, done.value.rows.structural), (["R34 A5", "R34 A6", "R34 B7"].map(str::to_owned).to_vec(), 2));
}

#[test]
fn a_catalogue_of_tasks_is_a_table_of_descriptors() {
    let text = "
task_code | max_score | topic | skill | complexity | planned_result | subject
'1 | 1 | Действия | Вычислять | Базовый | Вычисление | Математика
'5.1 | 1 | Периметр | Находить | Повышенный | Нахождение | Математика
";
    let done = recognise(&ExamCatalogue::new(), vec![draw("2026.json", "", text)]);
    assert_eq!((done.value.form.as_str(), done.notes.len()), ("task-catalogue", 0));
    let [Descriptors::Tasks(tasks)] = done.value.descriptors.as_slice() else { panic!("tasks") };
    let last = &tasks[1];
    assert_eq!((last.id.as_str(), last.max, last.difficulty), ("5.1", Some(1), Some(Difficulty::Raised)));
    assert_eq!((last.skill.as_str(), last.content.as_str()), ("Находить", "Периметр"));
}

#[test]
fn a_merged_class_holds_for_all_its_rows_and_points_do_not() {
    let text = "
Код участника | Вариант | 1 (2б) | Класс | Итого баллов
50001 | 1 | 2 | 5А | 2
50002 | 1 | | | 2
50003 | 1 | 1 | | 1
50004 | 1 | 1 | 5Б | 1
";
    let mut sheet = draw("edu230001_Математика 5 класс ВПР 2026.xlsx", "Протокол", text);
    let region =
        |column, first_row, last_row| MergedRegion { first_row, first_column: column, last_row, last_column: column };
    sheet.merged = vec![region(3, 1, 3), region(2, 1, 2)];
    let done = recognise(&ExamCatalogue::new(), vec![sheet]);
    let block = &done.value.blocks[0];
    assert_eq!((0..4).map(|row| block.class.name(row)).collect::<Vec<_>>(), ["5А", "5А", "5А", "5Б"]);
    assert_eq!(block.row, [2, 3, 4, 5]);
    assert_eq!(codes(&done.notes), ["R33", "R09"], "merged points are not guessed");
    assert_eq!(done.notes[0].cell(), "D2");
}
