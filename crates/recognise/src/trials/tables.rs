//! Ф3 and registers of schools.

use super::{codes, draw, recognise};
use srez_model::assessment::ExamCatalogue;
use srez_model::reference::ReferenceKind;

#[test]
fn f3_becomes_a_reference_table() {
    let text = "
Статистика по отметкам

ВПР 2026 Русский язык 4 класс
Предмет: | Русский язык
Максимальный первичный балл: | 24
Дата: | 20.04.2026

Группы участников | Кол-во ОО | Кол-во участников | 2 | 3 | 4 | 5
Вся выборка | 35589 | 1722202 | 5.06 | 32.92 | 44.33 | 17.69
Край | 560 | 30216 | 13.44 | 40 | 30 | 16.56
Северный муниципальный район(reg22_m030) | 47 | 3162 | 5 | 35 | 40 | 10
МБОУ «СОШ № 1»(edu230001) | | 89 | '12,36 | 52.81 | 26.97 | 7.87
Южный район | | | 1 | 2 | 3 | 4
";
    let done = recognise(&ExamCatalogue::new(), vec![draw("region/Ф3.xlsx", "РУ 4 Статистика по отметкам", text)]);
    let table = &done.value.references[0];
    assert_eq!((done.value.form.as_str(), table.exam.id().as_str()), ("vpr-f3-2026", "vpr-2026-russian-4"));
    let kinds: Vec<ReferenceKind> = table.rows.iter().map(|row| row.kind).collect();
    use ReferenceKind::{Country, Municipality, Region, School};
    assert_eq!(kinds, [Country, Region, Municipality, School]);
    let school = &table.rows[3];
    assert_eq!((school.name.as_str(), school.code.as_str(), school.n), ("МБОУ «СОШ № 1»", "edu230001", 89));
    assert_eq!((school.counts, school.row), (Some([11, 47, 24, 7]), 12));
    assert_eq!(codes(&done.notes), ["R24", "R23"]);
    assert_eq!((done.value.rows.accepted, done.value.rows.rejected), (4, 1));
}

#[test]
fn tasks_of_the_region_are_read_as_typed() {
    let text = "
ВПР 2026 Математика 8 класс

Задание | Регион, % | n | Россия, % | n
1 | 71,5 | 9812 | 74,2 | 1200345
2.1 | 60 | 9 812 | | 
3 | | 9812 | 40 | 1200345
4 | сто | | |
5 | | | |
";
    let done = recognise(&ExamCatalogue::new(), vec![draw("region/задания.xlsx", "", text)]);
    let table = &done.value.references[0];
    assert_eq!((done.value.form.as_str(), table.exam.id().as_str()), ("region-tasks", "vpr-2026-math-8"));
    let rows: Vec<(ReferenceKind, &str, u64, f64)> =
        table.tasks.iter().map(|row| (row.kind, row.task.as_str(), row.n, row.percent)).collect();
    use ReferenceKind::{Country, Region};
    assert_eq!(
        rows,
        [
            (Region, "1", 9_812, 71.5),
            (Country, "1", 1_200_345, 74.2),
            (Region, "2.1", 9_812, 60.0),
            (Country, "3", 1_200_345, 40.0)
        ]
    );
    assert_eq!((done.value.rows.accepted, done.value.rows.rejected), (3, 1));
    assert_eq!(codes(&done.notes), ["R23"]);
    let text = text.replace("ВПР 2026 Математика 8 класс", "ОГЭ 2026 Математика 9 класс");
    let done = recognise(&ExamCatalogue::new(), vec![draw("ОГЭ 2026 Математика 9 класс.xlsx", "", &text)]);
    assert_eq!(done.value.references[0].exam.id(), "oge-2026-math");
}

#[test]
fn registers_are_read_under_many_headers() {
    let text = "
логин | имя | регион
sch224145 | МБОУ СОШ № 7 | г. Северный
24:ksh220002 | Школа-интернат | Северный район
 | Без логина | Северный район
";
    let done = recognise(&ExamCatalogue::new(), vec![draw("schools.csv", "", text)]);
    let ids: Vec<&str> = done.value.schools.iter().map(|school| school.id.as_str()).collect();
    assert_eq!(ids, ["edu224145", "ksh220002"]);
    assert_eq!(codes(&done.notes), ["R25"]);

    let text = "
№ | Код | Полное название ОО | Короткое название ОО | уровень образовательной программы | АТЕ | МСУ | is_urban
1 | 9306 | Муниципальная школа № 1 | СОШ № 1 | 3 | 10 | Северный | 1
";
    let done = recognise(&ExamCatalogue::new(), vec![draw("schools.csv", "", text)]);
    let school = &done.value.schools[0];
    assert_eq!(
        (school.id.as_str(), school.short_name.as_str(), school.locality.as_str()),
        ("9306", "СОШ № 1", "город")
    );

    let text = "login | code | short_name | type | locality | municipality\n\
        edu230001 | 9306 | СОШ № 1 | СОШ | село | Северный";
    let done = recognise(&ExamCatalogue::new(), vec![draw("schools.csv", "", text)]);
    let school = &done.value.schools[0];
    assert_eq!((school.code.as_str(), school.school_type.as_str(), school.name.as_str()), ("9306", "СОШ", "СОШ № 1"));
    assert!(done.notes.is_empty());
}

#[test]
fn a_register_keeps_what_names_nobody_and_tells_the_rest_at_its_cell() {
    let text = "login | code | name | type | locality | municipality\n\
        edu230001 | 9306 | СОШ № 1 | СОШ | село | г. Чижов\n\
        edu230002 | 9307 | СОШ № 2 | основная школа | Поселок городского типа | Чижов\n\
        edu230003 | 9308 | Канарейкин | Канарейкина | Kanareikin Petr | Канарейкин\n\
        Ωμέγα7 | 9309 | СОШ № 4 | @46144 | село | Киров";
    let done = recognise(&ExamCatalogue::new(), vec![draw("schools.csv", "", text)]);
    let of = |place: usize| {
        let school = &done.value.schools[place];
        [&school.name, &school.school_type, &school.locality, &school.municipality].map(String::as_str)
    };
    assert_eq!(of(0), ["СОШ № 1", "СОШ", "село", "г. Чижов"]);
    assert_eq!(of(1), ["СОШ № 2", "основная школа", "Поселок городского типа", "Чижов"], "a town by the row above");
    assert_eq!((of(2), of(3)), ([""; 4], ["СОШ № 4", "", "село", "Киров"]));
    let told: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    assert_eq!(told, ["R56 D4", "R56 E4", "R56 F4", "R56 C4", "R56 A5"]);
    let all = format!("{done:?}").to_lowercase();
    assert!(!all.contains("канарейкин") && !all.contains("kanareikin"));
}
