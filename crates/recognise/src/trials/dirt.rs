//! Dirt as it comes: moved and extra columns, totals, look-alike letters, dates, errors, formulas, zeros.

use super::{codes, draw, recognise, row_points, task_ids};
use srez_model::assessment::ExamCatalogue;
use srez_model::block::{NOT_ATTEMPTED, NOT_OFFERED, RowState, UNREADABLE};
use srez_model::delivery::Recognised;
use srez_model::note::Noted;

const FILE: &str = "edu230001_Математика 5 класс ВПР 2026.xlsx";

fn read(text: &str) -> Noted<Recognised> {
    recognise(&ExamCatalogue::new(), vec![draw(FILE, "Протокол", text)])
}

#[test]
fn columns_may_stand_in_any_order_and_extra_ones_are_named() {
    let text = "
Итого баллов | 2 (1б) | Порядковый номер класса | 1 (2б) | Классный руководитель | Вариант | Код участника
3 | 1 | 1 | 2 | Щегольков | 1 | 50001
";
    let done = read(text);
    let block = &done.value.blocks[0];
    assert_eq!((task_ids(block), row_points(block, 0)), (vec!["2", "1"], vec![1, 2]));
    assert_eq!((block.participant.name(0), block.declared_total[0], block.class.name(0)), ("50001", Some(3), "1"));
    assert_eq!(codes(&done.notes), ["R21"]);
    assert!(done.notes[0].message.ends_with(": E"), "a header may be a name: {}", done.notes[0].message);
    assert!(!format!("{done:?}").contains("Щегольков"), "what stands in an unknown column goes nowhere");
}

#[test]
fn notes_above_and_totals_below_are_no_participants() {
    let text = "
Форма сбора результатов
заполняет школа | | | 

Код участника | Вариант | 1 (2б) | 2 (1б) | Порядковый номер класса | Итого баллов
50001 | 1 | 2 | 1 | 1 | 3
50002 | 1 | 0 | 1 | 1 | 1
Код участника | Вариант | 1 (2б) | 2 (1б) | Порядковый номер класса | Итого баллов
50003 | 2 | 1 | 1 | 2 | 2
Итого | | 3 | 3 | | 6
 | | | | Всего участников | 3
Средний балл | | 1 | 1 | | 2
";
    let done = read(text);
    let block = &done.value.blocks[0];
    assert_eq!(block.row, [5, 6, 8]);
    assert!(done.notes.is_empty(), "{:?}", done.notes);
    assert_eq!(done.value.rows.structural, 7);
}

#[test]
fn look_alike_letters_and_invisible_signs_do_not_hide_a_form() {
    let text = "
Код\u{a0}участ\u{ad}ника | \u{200b}Вариант | 1 (2б) | 4K1 (1б) | 4К2(1 б.) | Порядковый номер⏎класса | Итого баллов
50001 | 1 | x | Х | 1 | 1 | 1
50002 | 1 | не пройд. | X | '１ | 1 | 1
";
    let done = read(text);
    let block = &done.value.blocks[0];
    assert_eq!(task_ids(block), ["1", "4К1", "4К2"], "Latin K and Cyrillic К are one letter");
    assert_eq!(row_points(block, 0), [NOT_ATTEMPTED, NOT_ATTEMPTED, 1]);
    assert_eq!(row_points(block, 1), [NOT_OFFERED, NOT_ATTEMPTED, 1]);
    assert!(done.notes.is_empty(), "{:?}", done.notes);
}

#[test]
fn what_is_no_number_of_points_is_never_guessed() {
    let text = "
Код участника | Вариант | 1 (2б) | 2 (2б) | 3 (2б) | 4 (2б) | 5 (2б) | 6 (2б) | Порядковый номер класса | Итого баллов
50001 | 1 | @46144 | #N/A | = | 4 (хор) | 1.5 | -1 | 1 | 3
50002 | 1 | '2 | ' 2 | '2,0 | 1 | 0.30000000000000004 | н | 1 | 3
";
    let done = read(text);
    let block = &done.value.blocks[0];
    assert_eq!(row_points(block, 0), [UNREADABLE; 6]);
    assert_eq!(row_points(block, 1), [2, 2, 2, 1, UNREADABLE, UNREADABLE]);
    let cells: Vec<String> =
        done.notes.iter().filter(|note| note.code.as_str() == "R07").map(srez_model::note::Note::cell).collect();
    assert_eq!(cells, ["C2", "D2", "E2", "F2", "G2", "H2", "G3", "H3"]);
    let date = done.notes.iter().find(|note| note.cell() == "C2").unwrap();
    assert!(date.message.contains("дата"), "{}", date.message);
    assert_eq!(done.notes.iter().filter(|note| note.code.as_str() == "R29").count(), 1, "«2,0» is read with a warning");
}

#[test]
fn a_date_instead_of_a_class_is_told_as_such() {
    let text = "
Код участника | Вариант | 1 (2б) | Класс | Итого баллов
50001 | 1 | 2 | @46147 | 2
50002 | 1 | 2 | 5-а | 2
50003 | 1 | 2 | одиннадцатый | 2
50004 | 1 | 2 | нет | 2
";
    let done = read(text);
    let block = &done.value.blocks[0];
    let replaced = block.class.name(2).to_owned();
    assert_eq!((0..4).map(|row| block.class.name(row)).collect::<Vec<_>>(), ["", "5А", replaced.as_str(), "5"]);
    assert!(replaced.starts_with("класс ?"), "a word may be a name: {replaced}");
    let first = &done.notes[0];
    assert_eq!((first.code.as_str(), first.cell().as_str(), first.found.as_str()), ("R11", "D2", "05.05.2026"));
    assert!(first.message.contains("дата"), "{}", first.message);
    assert_eq!(codes(&done.notes), ["R11", "R11"]);
    assert!(done.notes[1].message.contains(&replaced) && !format!("{done:?}").contains("одиннадцатый"));
}

#[test]
fn codes_are_text_however_they_are_stored() {
    let text = "
Код участника | Вариант | 1 (2б) | Порядковый номер класса | Итого баллов
50001.0 | 1 | 2 | 1 | 2
'50002 | '1 | '1 | '1 | '1
 | 1 | 1 | 1 | 1
50003 | отсутствовал | | 1 |
'50004.0 | 1 | 2 | 1 | 2
";
    let done = read(text);
    let block = &done.value.blocks[0];
    let names: Vec<&str> = (0..4).map(|row| block.participant.name(row)).collect();
    assert_eq!(names, ["50001", "50002", "50003", "50004"]);
    assert_eq!((block.state[2], done.value.rows.rejected), (RowState::Absent, 1));
    let cells: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    assert_eq!(cells, ["R44 A4", "R38 A6"], "no code where others have one; a code that a program wrote as a number");
}

#[test]
fn percent_formats_lose_no_points_and_give_none_away() {
    let text = "
Код участника | Вариант | 1 (2б) | 2 (2б) | 3 (2б) | Порядковый номер класса | Итого баллов
50001 | 1 | %200 | %2 | %50 | 1 | 4
50002 | 1 | %100 | %1 | %100 | 1 | 2
50003 | 1 | %0 | %0 | %0 | 1 | %2
50004 | 1 | %300 | 1 | 1 | 1 | %500
";
    let done = read(text);
    let block = &done.value.blocks[0];
    assert_eq!(row_points(block, 0), [2, 2, UNREADABLE]);
    assert_eq!(row_points(block, 1), [1, 1, UNREADABLE], "a column of shares: «100%» may be all points");
    assert_eq!(row_points(block, 2), [0, 0, 0]);
    assert_eq!(row_points(block, 3), [3, 1, 1], "above the maximum is for others to judge");
    assert_eq!(block.declared_total, [Some(4), Some(2), Some(2), None]);
    let told: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    assert_eq!(told, ["R07 E2", "R07 E3", "R14 G5", "R50 C2"]);
}

#[test]
fn truth_values_and_words_that_a_parser_would_take_for_numbers_are_no_points() {
    let words =
        ["TRUE", "FALSE", "ИСТИНА", "nan", "inf", "0x1", "N/A", "NULL", "None", "NA", "½", "1²", "--", "✓", "+"];
    let mut text = "Код участника | Вариант | 1 (1б) | 2 (1б) | Порядковый номер класса | Итого баллов\n".to_owned();
    for (place, word) in words.iter().enumerate() {
        text += &format!("{} | 1 | '{word} | 1 | 1 | 1\n", 50_001 + place);
    }
    text += "50090 | 1 | ?1 | 1 | 1 | 1\n50091 | 1 | #N/A | 1 | 1 | 1\n50092 | 1 | Канарейкин | 1 | 1 | 1\n";
    let done = read(&text);
    let block = &done.value.blocks[0];
    assert!((0..words.len() + 3).all(|row| row_points(block, row) == [UNREADABLE, 1]));
    let cells: Vec<String> =
        done.notes.iter().filter(|note| note.code.as_str() == "R07").map(srez_model::note::Note::cell).collect();
    assert_eq!(cells, (2..words.len() + 5).map(|row| format!("C{row}")).collect::<Vec<_>>());
    let said =
        |word: &str| done.notes.iter().any(|note| note.message.starts_with(&format!("задание 1: {word}; нужно:")));
    for word in words {
        assert!(said(&format!("найдено «{word}»")), "{word}: {:?}", codes(&done.notes));
    }
    assert!(said("найдено «ИСТИНА»") && said("вместо балла текст"));
    let all = format!("{done:?}");
    assert!(!all.contains("Канарейкин") && !done.notes.iter().any(|note| note.message.contains("скрыт")));
}

#[test]
fn rows_of_a_form_without_values_are_blank_and_a_named_row_is_not() {
    let text = "
Код участника | Вариант | 1 (1б) | 2 (1б) | Порядковый номер класса | Итого баллов
50001 | 1 | 1 | 0 | 1 | =
50002 | 1 | = | 1 | 1 | =
 | | | | | =
= | = | = | = | = | =
";
    let done = read(text);
    let block = &done.value.blocks[0];
    assert_eq!((row_points(block, 0), row_points(block, 1)), (vec![1, 0], vec![UNREADABLE, 1]));
    assert_eq!((done.value.rows.blank, done.value.rows.rejected), (2, 0));
    assert_eq!(codes(&done.notes), ["R07", "R14"]);
}
