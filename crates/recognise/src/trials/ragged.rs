//! Rows of delimited text whose cells do not stand below their headers, and columns that are no tasks.

use super::{catalogue, codes, draw, exam, recognise, task_ids};
use srez_model::assessment::{ExamCatalogue, Procedure};
use srez_model::delivery::Recognised;
use srez_model::note::Noted;

const FILE: &str = "edu230001_Математика 5 класс ВПР 2026.csv";

/// A delimited text: as many cells to a row as the line has.
fn delimited(file: &str, text: &str) -> Noted<Recognised> {
    let mut sheet = draw(file, "", text);
    sheet.row_lengths =
        text.trim_matches('\n').lines().map(|line| u32::try_from(line.split('|').count()).unwrap()).collect();
    recognise(&ExamCatalogue::new(), vec![sheet])
}

fn told(done: &Noted<Recognised>) -> Vec<String> {
    done.notes.iter().map(|note| format!("{} {}", note.code, note.row)).collect()
}

#[test]
fn rows_with_more_or_fewer_cells_than_the_header_are_named_and_not_counted() {
    let text = "
ВПР 2026, муниципалитет
Год|Класс|Предмет|Муниципалитет|Логин|ОО|Кол-во участников|2|3|4|5
2025|8|Математика|Северный|edu230001|СОШ № 1|50|10|40|40|10
2025|8|Математика|Северный|edu230002|СОШ № 2|43|6|98|37|21|39|53|16|28
2025|8|Математика|Северный|edu230003|СОШ № 3|1250|'4,8|'35,2|40|20||||
2025|8|Математика|Северный|edu230005|СОШ № 5| филиал|25|20|40|32|8
2025|8|Математика|Северный|edu230006|СОШ № 6|25|20|40|40
";
    let done = delimited("marks.csv", text);
    assert_eq!(told(&done), ["R48 4", "R48 6", "R48 7"]);
    let n: Vec<u64> = done.value.references[0].rows.iter().map(|row| row.n).collect();
    assert_eq!((n, done.value.rows.rejected), (vec![50, 1250], 3));
}

#[test]
fn a_shorter_row_of_a_form_is_named_unless_only_blank_cells_are_missing() {
    let text = "
Код участника|Вариант|1 (2б)|2 (1б)|Порядковый номер класса|Итого баллов|Отметка за предыдущий триместр|
50001|1|2|1|1|3|4
50002|1|2|1|1|3||||
50003|1|2|1
50004|отсутствовал
50005|1|2|1|0|1|3|4|5
";
    let done = delimited(FILE, text);
    assert_eq!(told(&done), ["R48 4", "R48 6"]);
    assert_eq!(done.value.blocks[0].row, [2, 3, 5]);
    let padded = "Код участника|Вариант|1 (2б)|Порядковый номер класса|Итого баллов|Пол\n".to_owned()
        + &"50001|1|2|1|2|м\n".repeat(15)
        + &"50002|1|2|1|2\n".repeat(16);
    assert_eq!(told(&delimited(FILE, &padded)), Vec::<String>::new(), "Excel ends a run of rows together");
}

#[test]
fn columns_beyond_the_specification_add_nothing() {
    let exams = catalogue(vec![exam(Procedure::Vpr, 2026, "math", 5, &[("1", 2, None), ("2", 1, None)])]);
    let text = "
0 | Код участника | Вариант | 1 (2б) | 2 (1б) | Порядковый номер класса | Итого баллов | 20
1 | 50001 | 1 | 2 | 1 | 1 | 3 | 1
2 | 50002 | 1 | 1 | 1 | 1 | 2 | 1
";
    for exams in [exams, ExamCatalogue::new()] {
        let done = recognise(&exams, vec![draw(FILE, "Протокол", text)]);
        assert_eq!(task_ids(&done.value.blocks[0]), ["1", "2"]);
        assert_eq!(codes(&done.notes), ["R21"]);
    }
}

#[test]
fn a_column_by_which_all_totals_miss_refuses_the_file_and_is_named() {
    let text = "
Код участника | Вариант | 1 | 2 | 3 | Порядковый номер класса | Итого баллов
50001 | 1 | 2 | 1 | 11 | 1 | 3
50002 | 1 | 1 | 1 | 12 | 1 | 2
50003 | 1 | 0 | 1 | 13 | 1 | 1
50004 | 1 | 2 | 0 | 14 | 1 | 2
";
    let done = recognise(&ExamCatalogue::new(), vec![draw(FILE, "Протокол", text)]);
    assert_eq!((codes(&done.notes), done.notes[0].cell()), (vec!["R46"], "E1".to_owned()));
    assert_eq!((done.value.blocks.len(), done.value.rows.rejected), (0, 4));
    let sums = text.replace("| 1 | 3\n", "| 1 | 14\n");
    assert_eq!(recognise(&ExamCatalogue::new(), vec![draw(FILE, "Протокол", &sums)]).notes.len(), 0);
}

#[test]
fn with_a_specification_only_its_columns_count_whatever_maximum_another_header_declares() {
    let exams = catalogue(vec![exam(Procedure::Vpr, 2026, "math", 5, &[("1", 2, None), ("2", 1, None)])]);
    let read = |text: &str| recognise(&exams, vec![draw(FILE, "Протокол", text)]);
    let text = "
№ п/п (макс 1) | Код участника | Вариант | 1 (2б) | 2 (1б) | 20 (1 балл) | Порядковый номер класса | Итого баллов
1 | 50001 | 1 | 2 | 1 | 1 | 1 | 3
2 | 50002 | 1 | 1 | 1 | 1 | 1 | 2
3 | 50003 | 1 | 0 | 1 | 0 | 1 | 1
4 | 50004 | 1 | 2 | 0 | 1 | 1 | 2
";
    let done = read(text);
    assert_eq!(task_ids(&done.value.blocks[0]), ["1", "2"]);
    assert_eq!(codes(&done.notes), ["R21"]);
    assert!(done.notes[0].message.contains("F «20 (1 балл)»"), "{}", done.notes[0].message);
    // The totals count the column of which the specification does not know: who is right, nobody can tell.
    let sums =
        [("1 | 1 | 1 | 3", "1 | 1 | 1 | 4"), ("1 | 1 | 1 | 2", "1 | 1 | 1 | 3"), ("0 | 1 | 1 | 2", "0 | 1 | 1 | 3")];
    let counted = sums.iter().fold(text.to_owned(), |text, (before, after)| text.replace(before, after));
    let done = read(&counted);
    assert_eq!((codes(&done.notes), done.notes[1].cell()), (vec!["R21", "R46"], "F1".to_owned()));
    assert!(done.notes[1].message.contains("F «20 (1 балл)»"), "{}", done.notes[1].message);
    assert_eq!((done.value.blocks.len(), done.value.rows.rejected), (0, 4));
}

#[test]
fn a_column_with_a_maximum_that_holds_running_numbers_refuses_the_file_where_no_specification_is() {
    let text = "
Код участника | Вариант | 1 (2б) | 2 (1б) | 3 (1б) | Порядковый номер класса | Итого баллов
50001 | 1 | 2 | 1 | 1 | 1 | 3
50002 | 1 | 1 | 1 | 2 | 1 | 2
50003 | 1 | 0 | 1 | 3 | 1 | 1
50004 | 1 | 2 | 0 | 4 | 1 | 2
";
    let read = |text: &str| recognise(&ExamCatalogue::new(), vec![draw(FILE, "Протокол", text)]);
    assert_eq!(codes(&read(text).notes), ["R46"]);
    // A sum that forgets a task of the paper is a fault of the sum, not of the task.
    let points = text.replace("| 2 | 1 | 2\n", "| 1 | 1 | 2\n").replace("| 3 | 1 | 1", "| 1 | 1 | 1");
    let done = read(&points.replace("| 4 | 1 | 2", "| 1 | 1 | 2"));
    assert_eq!((codes(&done.notes).len(), done.value.blocks.len()), (0, 1));
}

#[test]
fn a_specified_task_without_a_column_refuses_the_file() {
    let tasks = [("1", 2, None), ("2", 1, None), ("3", 1, None), ("4", 1, None)];
    let exams = catalogue(vec![exam(Procedure::Vpr, 2026, "math", 5, &tasks)]);
    let text = "
Код участника | Вариант | 1 (2б) | 2 (1б) | 4.1 (1б) | Порядковый номер класса | Итого баллов
50001 | 1 | 2 | 1 | 1 | 1 | 4
";
    let done = recognise(&exams, vec![draw(FILE, "Протокол", text)]);
    assert_eq!(codes(&done.notes), ["R47"]);
    assert!(done.notes[0].message.contains("задания 3:"), "{}", done.notes[0].message);
    let other = text.replace("4.1 (1б)", "7 (3б)");
    let done = recognise(&exams, vec![draw(FILE, "Протокол", &other)]);
    assert_eq!(task_ids(&done.value.blocks[0]), ["1", "2", "7"], "another paper: the header tells its tasks");
}

#[test]
fn a_header_repeated_in_another_order_ends_the_table() {
    let text = "
Код участника | Вариант | 1 (2б) | 2 (1б) | Порядковый номер класса | Итого баллов
50001 | 1 | 2 | 1 | 1 | 3
Код участника | Вариант | 2 (1б) | 1 (2б) | Порядковый номер класса | Итого баллов
50002 | 1 | 1 | 2 | 1 | 3
";
    let done = recognise(&ExamCatalogue::new(), vec![draw(FILE, "Протокол", text)]);
    assert_eq!(told(&done), ["R49 3"]);
    assert_eq!((done.value.blocks[0].row.as_slice(), done.value.rows.rejected), ([2].as_slice(), 1));
}

#[test]
fn a_header_as_the_first_row_of_data_is_no_school_and_digits_are_no_header() {
    let text = "
Логин ОО | Где расположена организация | Размер населенного пункта | Количество обучающихся
Логин ОО | Где расположена организация | Размер населенного пункта | Количество обучающихся
edu230001 | село | до 1 тыс. | 512
";
    let done = recognise(&ExamCatalogue::new(), vec![draw("Контекст.xlsx", "", text)]);
    assert_eq!((done.value.rows.accepted, done.value.rows.structural, done.notes.len()), (1, 2, 0));
    let done = recognise(&ExamCatalogue::new(), vec![draw("x.xlsx", "", "1 | 2 | 3 | 4 | 5\n7 | 8 | 9 | 7 | 7")]);
    assert_eq!(codes(&done.notes), ["R01"]);
    assert!(!done.notes[0].message.contains("Ф3"), "{}", done.notes[0].message);
}
