//! Tables of facts: comparison with the journal, scores and marks by school, official lists, context, medals.

use super::{codes, draw, recognise};
use srez_model::assessment::ExamCatalogue;
use srez_model::delivery::Recognised;
use srez_model::facts::FactLevel;
use srez_model::note::Noted;
use srez_model::reference::ReferenceKind::{Municipality, Region, School};

fn read(file: &str, sheet: &str, text: &str) -> Noted<Recognised> {
    recognise(&ExamCatalogue::new(), vec![draw(file, sheet, text)])
}

/// Items of a row with their text.
fn items(done: &Noted<Recognised>, row: usize) -> Vec<(&str, &str)> {
    done.value.facts[0].rows[row].values.iter().map(|value| (value.item.as_str(), value.text.as_str())).collect()
}

#[test]
fn the_comparison_with_the_journal_keeps_counts_and_percents() {
    let text = "
Сравнение отметок с отметками по журналу

ВПР 2024 Математика 4 класс
Предмет: | Математика
Максимальный первичный балл: | 20
Дата: | 24.04.2024

Группы участников | Кол-во участников(всего) | Понизили (Отметка < Отметка по журналу) % | Понизили (Отметка < Отметка \
по журналу) Кол-во участников | Подтвердили (Отметка = Отметке по журналу) % | Подтвердили (Отметка = Отметке по \
журналу) Кол-во участников | Повысили (Отметка > Отметка по журналу) % | Повысили (Отметка > Отметка по журналу) \
Кол-во участников
Край | 29589 | 37.22 | 11011 | 60.67 | 17951 | 2.11 | 624
Северный район(reg22_m030) | 2817 | 40 | 1127 | 58 | 1634 | 2 | 56
МБОУ «СОШ № 1»(edu230001) | 93 | '55,91 | 52 | 39.78 | 37 | 4.3 | 4
";
    let done = read("2849657.xlsx", "МА 4 Сравнение отметок с отметк", text);
    assert_eq!(done.value.form, "vpr-journal-comparison");
    assert!(done.notes.is_empty(), "{:?}", done.notes);
    let rows = &done.value.facts[0].rows;
    assert_eq!(
        rows.iter().map(|row| row.level).collect::<Vec<_>>(),
        [Region, Municipality, School].map(FactLevel::Group)
    );
    let school = &rows[2];
    assert_eq!((school.school.as_str(), school.row), ("edu230001", 11));
    assert_eq!(school.exam.as_ref().unwrap().id(), "vpr-2024-math-4");
    assert_eq!(items(&done, 2)[..3], [("участников", "93"), ("понизили, %", "55,91"), ("понизили", "52")]);
    assert_eq!(school.values[1].number, Some(55.91));
}

#[test]
fn the_comparison_of_2021_stands_below_its_groups() {
    let text = "
Сравнение отметок с отметками по журналу
Предмет: | Математика
ВПР 2021 Математика 4 класс

Группы участников | Кол-во участников | %
Край | |
Понизили (Отметка < Отметка по журналу) | 11011 | 37.22
Подтвердили (Отметка = Отметка по журналу) | 17951 | '60,67
Повысили (Отметка > Отметка по журналу) | 624 | 2.11
Всего | 29586 | 100
МБОУ «СОШ № 1»(edu230001) | |
Понизили (Отметка < Отметка по журналу) | 52 | 55.9
Подтвердили (Отметка = Отметка по журналу) | 37 | 39.8
Повысили (Отметка > Отметка по журналу) | 4 | 4.3
Всего | 93 | 100
";
    let done = read("сравнение.xlsx", "", text);
    assert_eq!((done.value.form.as_str(), codes(&done.notes)), ("vpr-journal-comparison-2021", vec!["R40"]));
    let rows = &done.value.facts[0].rows;
    assert_eq!(
        rows.iter().map(|row| (row.level, row.school.as_str(), row.row)).collect::<Vec<_>>(),
        [(FactLevel::Group(Region), "", 6), (FactLevel::Group(School), "edu230001", 11)]
    );
    assert_eq!(rows[1].exam.as_ref().unwrap().id(), "vpr-2021-math-4");
    assert_eq!(items(&done, 1)[..3], [("понизили", "52"), ("понизили, %", "55.9"), ("подтвердили", "37")]);
    assert_eq!(rows[0].values[3].number, Some(60.67));
    assert_eq!((done.value.rows.accepted, done.value.rows.rejected), (8, 0));

    let twice = text.replacen("Всего | 93 | 100", "Итого | 93 | 100\nВсего | 90 | 100\nВсего участников: 25", 1);
    let done = read("сравнение.xlsx", "", &twice);
    let told: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    assert_eq!((told, done.value.rows.rejected), (["R40 A5", "R23 A16", "R23 A17"].map(str::to_owned).to_vec(), 2));
    assert_eq!(done.value.facts[0].rows[1].text("участников"), Some("93"));
}

#[test]
fn a_distribution_of_scores_is_no_table_of_marks() {
    let text = "
ВПР 2026 Математика 4 класс
Группы участников | Кол-во ОО | Кол-во участников | 0 | 1 | 2 | 3 | 4 | 5 | 6
Вся выборка | 35589 | 1722202 | 1 | 2 | 3 | 4 | 5 | 6 | 79
";
    let done = read("распределение.xlsx", "", text);
    assert_eq!(done.value.form, "vpr-score-distribution");
    assert!(done.value.references.is_empty());
    assert_eq!(items(&done, 0).len(), 8);
}

#[test]
fn tables_by_school_hold_many_exams() {
    let marks = "
Год | Класс | Предмет | Муниципалитет | Логин | ОО | Кол-во участников | 2 | 3 | 4 | 5
2025 | 4 | Математика | г. Северный | sch230001 | СОШ № 1 | 25 | 4 | 36 | 40 | 20
2025 | 5 | Русский язык | город Северный | edu230002 | СОШ № 2 | '1,234 | '12,50 | '37,5 | 25 | 25
2025 | 5 | Музыка | город Северный | edu230002 | СОШ № 2 | 20 | 10 | 40 | 25 | 25
";
    let done = read("marks.xlsx", "", marks);
    assert_eq!(done.value.form, "vpr-marks-table");
    let exams: Vec<String> = done.value.references.iter().map(|table| table.exam.id()).collect();
    assert_eq!(exams, ["vpr-2025-math-4", "vpr-2025-russian-5"]);
    let school = &done.value.references[0].rows[0];
    assert_eq!((school.code.as_str(), school.n, school.counts), ("edu230001", 25, Some([1, 9, 10, 5])));
    let other = &done.value.references[1].rows[0];
    assert_eq!((other.n, other.percent), (1234, [12.5, 37.5, 25.0, 25.0]));
    assert_eq!(codes(&done.notes), ["R23"], "a subject that nobody knows");

    let scores = "
Год | Класс | Предмет | Муниципалитет | Логин | ОО | Кол-во участников | 0 | 1 | 2 | 3
2025 | 4 | Математика | Северный | edu230001 | СОШ № 1 | 25 | '0 | '10,5 | '89,5 |
";
    let done = read("scores.xlsx", "", scores);
    assert_eq!(done.value.form, "vpr-scores-table");
    assert_eq!(items(&done, 0), [("участников", "25"), ("0", "0"), ("1", "10,5"), ("2", "89,5")]);
    assert_eq!(done.value.facts[0].rows[0].exam.as_ref().unwrap().id(), "vpr-2025-math-4");
}

#[test]
fn the_list_of_biased_results_names_exams_in_its_headers() {
    let text = "
Год | Логин | Муниципалитет | ОО | 4 РУ | 4 МА | 5 РУ | 5 МА | Количество маркеров
'2023 | edu230001 | Северный район | СОШ № 1 | 1 | 0 | | 1 | 2
'2024 | sch230002 | Северный район | СОШ № 2 | | | 1 | | 1
";
    let done = read("список.xlsx", "Признаки необъективности папка ", text);
    assert_eq!(done.value.form, "vpr-bias-list");
    let rows = &done.value.facts[0].rows;
    let of: Vec<(String, &str, &str)> = rows
        .iter()
        .filter_map(|row| Some((row.exam.as_ref()?.id(), row.school.as_str(), row.values[0].text.as_str())))
        .collect();
    let expected = [
        ("vpr-2023-russian-4", "edu230001", "1"),
        ("vpr-2023-math-4", "edu230001", "0"),
        ("vpr-2023-math-5", "edu230001", "1"),
        ("vpr-2024-russian-5", "edu230002", "1"),
    ];
    assert_eq!(of, expected.map(|(exam, school, value)| (exam.to_owned(), school, value)));
    assert_eq!(rows[0].text("маркеров"), Some("2"));
    assert_eq!(done.value.rows.accepted, 2);
}

#[test]
fn context_takes_only_the_named_columns() {
    let text = "
Логин | Муниципалитет | ОО | 4. ФИО директора | 5. Телефон | 7. Код ОГЭ | 14. Где расположена Ваша школа? | 20. Кол-во \
обучающихся
edu230001 | Северный район | СОШ № 1 | Щегольков Пётр | 8-900 | 9306 | 4) Населенный пункт сельского типа (село) | 214
";
    let done = read("контекст 2022.xlsx", "", text);
    assert_eq!(done.value.form, "school-context");
    assert_eq!(
        items(&done, 0),
        [("код ОГЭ", "9306"), ("местность", "4) Населенный пункт сельского типа (село)"), ("обучающихся", "214")]
    );
    assert!(!format!("{done:?}").contains("Щегольков"));
}

#[test]
fn a_fact_is_a_number_a_code_or_words_of_the_form() {
    let text = "
Логин | Муниципалитет | ОО | 14. Где расположена Ваша школа? | 9. Статус организации | 20. Кол-во обучающихся
edu230001 | Северный | СОШ № 1 | 2) Город (от 50 до 100 тыс. человек) | юридическое лицо | 214
edu230002 | Северный | СОШ № 2 | Канарейкин | Kanareikin Petr | @46144
Ωμέγα7 | Северный | СОШ № 3 | село | юридическое лицо | 87
";
    let done = read("контекст.xlsx", "", text);
    assert_eq!(items(&done, 0).len(), 3);
    assert_eq!(items(&done, 1), [], "nobody is named, and a date is no number of pupils");
    let told: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    assert_eq!(told, ["R23 A4", "R58 D3", "R56 E3", "R58 F3"]);
    let all = format!("{done:?}").to_lowercase();
    assert!(!all.contains("канарейкин") && !all.contains("kanareikin"));
}

#[test]
fn open_data_indexes_and_textbooks_are_kept() {
    let text = "
signature_date | ID | AdmArea | District | EDU_NAME | OGRN | PASSED_NUMBER_FULL | PASSES_OVER_220 | PASSER_UNDER_160 | \
YEAR | LINK |
 | 1 | Округ | Район | Лицей № 1546 | '1027700000000 | 80 | 20 | 5 | 2015-2016 | |
";
    let done = read("open.csv", "", text);
    assert_eq!(done.value.form, "ege-open-data");
    let row = &done.value.facts[0].rows[0];
    assert_eq!((row.year, row.group.as_str(), row.school.as_str()), (2016, "Лицей № 1546", "1027700000000"));
    assert_eq!(items(&done, 0), [("сдавали", "80"), ("220 баллов и выше", "20"), ("160 баллов и ниже", "5")]);

    let done = read("исбш.xlsx", "", "Логин | ИСБШ | Доля неполных семей, %\nedu230001 | '41,5 | 30");
    assert_eq!((done.value.form.as_str(), items(&done, 0)[0]), ("school-wellbeing", ("ИСБШ", "41,5")));
    let text = "Логин | Муниципалитет | ОО | ИСБШ\nedu230001 | Северный | СОШ № 1 | '41,5";
    assert_eq!(read("исбш.xlsx", "", text).value.form, "school-wellbeing", "no register, though it names schools");

    let text = "
Код ОО | Школа | Предмет | Класс | УМК
9306 | СОШ № 1 | Математика | 5 | Мерзляк А. Г.
9306 | СОШ № 1 | Мат | 5 | Виленкин
 | | Математика | 5 | Никольский
";
    let done = read("УМК.xlsx", "", text);
    assert_eq!(done.value.form, "textbooks");
    assert_eq!(items(&done, 0), [("учебник", "Мерзляк А. Г.")]);
    assert_eq!(codes(&done.notes), ["R40", "R23", "R23"], "a guessed layout; no subject, no school");
}

#[test]
fn names_of_medallists_become_pseudonyms() {
    let text = "
№ п/п | Код ОО | Фамилия | Имя | Отчество | Медаль
1 | 9306 | Канарейкина | Анна | Сергеевна | I степени
2 | 9306 | Чижова | Ия | | II степени
3 | | Чижова | Ия | | II степени
";
    let done = read("медали.xlsx", "", text);
    assert_eq!(done.value.form, "medallists");
    let rows = &done.value.facts[0].rows;
    assert_eq!((rows.len(), rows[0].level), (2, FactLevel::Participant));
    assert_eq!(rows[0].text("медаль"), Some("I степени"));
    let everything = format!("{done:?}").to_lowercase();
    assert!(["канарейкин", "чижов", "анна"].iter().all(|name| !everything.contains(name)));
    assert_eq!(codes(&done.notes), ["R40", "R23"]);
}
