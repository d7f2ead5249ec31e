//! ОГЭ and ЕГЭ: dense, sparse and delimited protocols.

use super::{catalogue, codes, draw, exam, recognise, row_points};
use srez_model::assessment::AnswerKind::{Extended, Oral, Short};
use srez_model::assessment::{ExamCatalogue, Procedure};
use srez_model::block::{NOT_ATTEMPTED, UNREADABLE};

fn exams() -> ExamCatalogue {
    let social = [("1", 1, Some(Short)), ("2", 2, Some(Short)), ("3", 2, Some(Extended))];
    let chemistry = [("1", 1, None), ("2", 1, None), ("3", 3, None)];
    let english = [("1", 1, Some(Short)), ("2", 2, Some(Extended)), ("У1", 1, Some(Oral))];
    catalogue(vec![
        exam(Procedure::Oge, 2026, "social-studies", 9, &social),
        exam(Procedure::Oge, 2026, "chemistry", 9, &chemistry),
        exam(Procedure::Ege, 2022, "english", 11, &english),
        exam(Procedure::Ege, 2022, "math-base", 11, &[("1", 1, Some(Short)), ("2", 1, Some(Short))]),
    ])
}

/// Two exams on one sparse sheet, as the processing centre prints them.
const SPARSE: &str = "
Протокол проверки результатов
23 - Край
12 - Обществознание 2026.07.03

№ | Код ОО | Класс | | Код МСУ | Фамилия | | Имя | Отчество | Задания с кратким ответом | | Задания с развёрнутым \
ответом | Первичный балл | Оценка
1 | 9306 | 9А | | 209 | Канарейкина | | Анна | Сергеевна | +2 | | 1(2) | 4 | 4
2 | 9306 | 9А | | 209 | | Канарейкин | Пётр | Сергеевич | +- | | | 1 | 2
3 | 9306 | 9А | | 209 | Щегольков | | Пётр | Ильич | ++ | | 1(2) | 3 | 3
4 | 9306 | 9А | | 209 | Чижова | | Ия | Ильична | +22 | | 1(3) | 3 | 3
Средние | | | | | | | | | | | | 2,75 | 3
Минимальная граница | | | | | | | | | | | | 14 | 3
Всего участников | | | | | | | | | | | | 4 |
04 - Химия 2026.07.03

№ | Код ОО | Класс | | Код МСУ | Фамилия | | Имя | Отчество | Задания с кратким ответом | | Задания с развёрнутым \
ответом | Первичный балл | Оценка
1 | 9306 | 9Б | | 209 | Канарейкина | | Анна | Сергеевна | +- | | 3(3) | 4 | 4
";

#[test]
fn a_sparse_sheet_holds_several_exams() {
    let done = recognise(&exams(), vec![draw("ОГЭ/протокол.xls", "Page 1", SPARSE)]);
    let ids: Vec<String> = done.value.blocks.iter().map(|block| block.exam.id()).collect();
    assert_eq!(ids, ["oge-2026-social-studies", "oge-2026-chemistry"]);
    let [social, chemistry] = done.value.blocks.as_slice() else { panic!("two blocks") };
    assert_eq!((social.rows(), chemistry.rows()), (4, 1));
    assert_eq!(row_points(social, 0), [1, 2, 1]);
    assert_eq!(row_points(social, 1), [1, 0, NOT_ATTEMPTED], "a blank string and a total that needs no more");
    assert_eq!(row_points(social, 2), [UNREADABLE, UNREADABLE, 1], "a plus in a task of two points");
    assert_eq!(row_points(social, 3), [UNREADABLE; 3]);
    assert_eq!(row_points(chemistry, 0), [1, 0, 3], "kinds are unknown: by the lengths of the strings");
    assert_eq!((social.school.name(0), social.class.name(0), social.date.as_str()), ("9306", "9А", "2026-07-03"));
    assert_eq!((social.declared_total[0], social.declared_result[0]), (Some(4), Some(4)));
    assert_eq!(codes(&done.notes), ["R19", "R19", "R19"]);
    assert_eq!(done.notes[0].cell(), "J8");
    assert_eq!(done.value.rows.structural, 9);
}

#[test]
fn a_row_with_points_and_neither_number_nor_school_is_named() {
    let rows = "\
 | | 9А | | 209 | Воробьёва | | Ия | Ильинична | +2 | | 1(2) | 4 | 4
 | | | | | | | | | +2 | | 1(2) | |
 | | | | | | | | | | | | 4 | 4
Выполнили работу, чел.: | | | | | | | | | | | | 4 |
Средние |";
    let done = recognise(&exams(), vec![draw("ОГЭ/протокол.xls", "Page 1", &SPARSE.replacen("Средние |", rows, 1))]);
    let told: Vec<String> =
        done.notes.iter().filter(|note| note.code.as_str() == "R44").map(|note| note.cell()).collect();
    assert_eq!((told, done.value.rows.rejected), (vec!["M10".to_owned(), "J11".to_owned(), "M12".to_owned()], 3));
    assert_eq!((done.value.blocks[0].rows(), done.value.rows.structural), (4, 10), "a line of text is no pupil");
    assert!(!format!("{done:?}").contains("Воробьёва"));
}

#[test]
fn no_name_leaves_the_room() {
    let done = recognise(&exams(), vec![draw("ОГЭ/протокол.xls", "Page 1", SPARSE)]);
    let everything = format!("{done:?}").to_lowercase();
    for name in ["канарейкин", "щегольков", "чижова", "сергеевн", "ильич", "анна"]
    {
        assert!(!everything.contains(name), "{name}");
    }
    let [social, chemistry] = done.value.blocks.as_slice() else { panic!("two blocks") };
    assert_eq!(social.participant.name(0), chemistry.participant.name(0), "one person, one pseudonym");
    assert_ne!(social.participant.name(0), social.participant.name(1));
}

#[test]
fn delimited_protocols_tell_ege_by_the_last_column() {
    let text = "
\u{feff}Английский язык п:2022.06.14; у:2022.06.16
№ | Фамилия | | | Имя | | Отчество | | Документ | Код ОО | Класс | Часть с кратким ответом | Часть с развёрнутым \
ответом | Устная часть | Первичный балл устной части | Первичный балл письм. части | Первичный балл | Тестовый балл
1 | Канарейкина | | | Анна | | | | 1234 567890 | 111001 | 11Б | + | 2(2) | 0(1) | 0 | 3 | 3 | 5
 | | | | | | | 22 - Математика базовая 2022.06.27
№ | Код ОО | Класс | Код ППЭ | Аудитория | Фамилия | Имя | Отчество | Серия | Номер | Задания с кратким ответом | \
Первичный балл | Оценка
1 | '111001 | 11 | 7 | '0009 | Канарейкина | Анна | | 1234 | 567890 | +- | 1 | 2
01 - Русский язык 2022.06.23
№ | Код МСУ | Код ОО | Класс | Код ППЭ | Аудитория | Фамилия | Имя | Отчество | Серия | Номер | Задания с кратким \
ответом | Задания с развёрнутым ответом | Первичный балл | Балл
1 | 111 | 111002 | 11 | 1018 | '9 | Канарейкина | Анна | | 1 | 2 | ++++++ | 1(1) | 6 | 39
 | 111 | 111002 | 11 | 1018 | '9 | Канарейкина | Анна | | 1 | 2 | ++++++ | 1(1) | |
Всего участников | 1
51 - Русский язык 2022.06.23
№ | Код ОО | Класс | Первичный балл | Оценка
1 | 111002 | 9 | 12 | 4
";
    let done = recognise(&exams(), vec![draw("ЕГЭ/2022.csv", "", text)]);
    let ids: Vec<String> = done.value.blocks.iter().map(|block| block.exam.id()).collect();
    assert_eq!(ids, ["ege-2022-english", "ege-2022-math-base", "ege-2022-russian", "gve-2022-russian-9"]);
    assert_eq!(row_points(&done.value.blocks[0], 0), [1, 2, 0]);
    assert_eq!(done.value.blocks[1].declared_result, [Some(2)]);
    assert!(done.value.blocks[2].tasks.is_empty(), "no specification: the total alone");
    assert_eq!((done.value.blocks[2].declared_total[0], done.value.blocks[2].declared_result[0]), (Some(6), Some(39)));
    assert_eq!(codes(&done.notes), ["R09", "R31"]);
    assert_eq!((done.value.rows.rejected, done.value.rows.accepted), (1, 0));
}

#[test]
fn a_result_that_contradicts_the_class_is_refused() {
    let text = "
02 - Математика 2026.06.02
№ | Код ОО | Класс | Задания с кратким ответом | Первичный балл | Балл
1 | 9306 | 9А | ++ | 2 | 11
";
    let done = recognise(&exams(), vec![draw("a.xlsx", "Page 1", text)]);
    assert_eq!(codes(&done.notes), ["R26", "R28"]);
    let exam = recognise(&exams(), vec![draw("a.xlsx", "Page 1", &text.replace("9А", "11А"))]);
    assert_eq!(exam.value.blocks[0].exam.id(), "ege-2026-math-profile");
}

#[test]
fn damaged_strings_of_answers_are_read_as_meant_or_not_at_all() {
    let line = |cells: &str| format!("1 | 9306 | 9А | {cells} | 4\n");
    let header = "12 - Обществознание 2026.07.03\n\n№ | Код ОО | Класс | Задания с кратким ответом | Задания с \
                  развёрнутым ответом | Первичный балл | Оценка\n";
    let rows = [
        ("-2 | 1(2) | 3", [0, 2, 1]),
        ("−2; | 1 (2); | 3", [0, 2, 1]),
        ("'’—2 | 1（2） | 3", [0, 2, 1]),
        ("#N/A | 1(2) | 3", [UNREADABLE, UNREADABLE, 1]),
        ("'#NAME? | 1(2) | 3", [UNREADABLE, UNREADABLE, 1]),
        ("= | 1(2) | 1", [UNREADABLE, UNREADABLE, 1]),
        ("2 | 1(2) | 3", [UNREADABLE, UNREADABLE, 1]),
        ("1111111111111110000 | 1(2) | 3", [UNREADABLE, UNREADABLE, 1]),
        ("2 | #N/A | 3", [UNREADABLE, UNREADABLE, UNREADABLE]),
        ("+ | 1(2) | 3", [UNREADABLE, UNREADABLE, 1]),
        ("12 | 1(2) | 4", [1, 2, 1]),
    ];
    let text: String = std::iter::once(header.to_owned()).chain(rows.iter().map(|(cells, _)| line(cells))).collect();
    let done = recognise(&exams(), vec![draw("ОГЭ/протокол.xlsx", "Page 1", &text)]);
    let block = &done.value.blocks[0];
    for (place, (cells, points)) in rows.iter().enumerate() {
        assert_eq!(row_points(block, place), points, "{cells}");
    }
    let told: Vec<String> = done.notes.iter().map(srez_model::note::Note::cell).collect();
    assert_eq!(told, ["D7", "D8", "D9", "D10", "D11", "D12", "E12", "D13"]);
    assert!(done.notes[3].message.contains("в её начале потеряны"), "{}", done.notes[3].message);
    assert!(done.notes[4].message.contains("после пятнадцатого"), "{}", done.notes[4].message);
}
