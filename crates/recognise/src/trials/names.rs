//! Names where codes belong: nothing of them leaves the room.

use super::{draw, recognise};
use srez_model::assessment::ExamCatalogue;
use srez_model::delivery::Recognised;
use srez_model::note::Noted;

/// What must come out of no column: names, numbers of documents, addresses, dates of birth, a teacher.
const CANARIES: [&str; 8] = [
    "Канарейкина Анна Сергеевна",
    "КАНАРЕЙКИНА А.",
    "112-233-445 95",
    "4509 718293",
    "anna@example.ru",
    "+7 912 345-67-89",
    "14.05.2012",
    "Канарейкин П.С., учитель",
];

fn read(text: &str) -> Noted<Recognised> {
    let file = "2026-05/edu990001_Обществознание 6 класс ВПР 2026.xlsx";
    recognise(&ExamCatalogue::new(), vec![draw(file, "Протокол", text)])
}

fn names_nobody(done: &Noted<Recognised>) {
    let all = format!("{done:?}").to_lowercase();
    for canary in CANARIES.iter().map(|canary| canary.to_lowercase()).chain(["канарейкин".to_owned()]) {
        assert!(!all.contains(&canary), "{canary} gets out");
    }
}

#[test]
fn what_is_no_code_becomes_a_pseudonym_and_one_note_tells_the_cells() {
    let rows = CANARIES.map(|canary| format!("{canary} | 1 | 1 | 2 | 1 | 3\n")).concat();
    let again = "Канарейкина  Анна сергеевна | 1 | 1 | 2 | 1 | 3\n60004 | 1 | 1 | 2 | 1 | 3";
    let header = "Код участника | Вариант | 1 (1б) | 2 (2б) | Порядковый номер класса | Итого баллов";
    let done = read(&format!("\n{header}\n{rows}{again}\n"));
    let block = &done.value.blocks[0];
    assert_eq!(block.rows(), CANARIES.len() + 2);
    let names: Vec<&str> = (0..block.rows()).map(|row| block.participant.name(row)).collect();
    assert_eq!((names[0], names[CANARIES.len() + 1]), (names[CANARIES.len()], "60004"), "the same person, and a code");
    assert!(names[..CANARIES.len()].iter().all(|name| name.len() == 16));
    let notes: Vec<_> = done.notes.iter().filter(|note| note.code.as_str() == "R53").collect();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].cell(), "A2");
    assert!(notes[0].message.contains("A2") && notes[0].message.contains(": 9"), "{}", notes[0].message);
    names_nobody(&done);
}

#[test]
fn no_column_of_a_form_lets_a_name_out() {
    let headers = [
        "Код участника",
        "Вариант",
        "1 (1б)",
        "2 (2б)",
        "Класс",
        "Пол",
        "Отметка за предыдущий год",
        "Итого баллов",
        "Учитель",
    ];
    let good = ["60004", "1", "1", "2", "1", "м", "4", "3", ""];
    for place in 0..headers.len() {
        let rows = CANARIES.map(|canary| {
            let mut row = good;
            row[place] = canary;
            row.join(" | ") + "\n"
        });
        let done = read(&format!("\n{}\n{}{}\n", headers.join(" | "), rows.concat(), good.join(" | ")));
        assert!(done.value.rows.accepted + done.value.rows.rejected <= done.value.rows.read);
        names_nobody(&done);
        assert!(
            headers[place] == "Учитель" || !done.notes.is_empty(),
            "{}: nothing is lost in silence",
            headers[place]
        );
    }
}
