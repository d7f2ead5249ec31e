//! ВПР: school forms, regional concatenations, Ф1.

use super::{catalogue, codes, draw, exam, recognise, row_points, task_ids};
use srez_model::assessment::{Difficulty, Exam, ExamCatalogue, Paper, Procedure};
use srez_model::block::{ABSENT_PART, NOT_ATTEMPTED, NOT_OFFERED, RowState, UNREADABLE};

fn none() -> ExamCatalogue {
    ExamCatalogue::new()
}

#[test]
fn school_form_of_2026_takes_school_and_exam_from_the_file_name() {
    let text = "
Код участника | Вариант | 1 (5б) | 2 (5б) | 4К1 (3б) | Порядковый номер класса | Отметка за предыдущий триместр/ \
четверть/полугодие | Итого баллов | | 5
'80001 | 1 | 5 | X | 0 | 1 | 4 | 5 | | 4
80002 | отсутствовал | | | | 1 | нет отметки | 0 | | 3
80003 | 2 | 1 | 2,0 | 3 | 2 | 3 | 6
 | | | | | | | 0 | | X
 | | | | | | | 0
";
    let file = "2026-05/edu230001_Форма сбора результатов Английский язык 8 класс ВПР 2026.xlsx";
    let done = recognise(&none(), vec![draw(file, "Протокол", text), draw(file, "Служебный", "1 | 5\n2 | 4")]);
    assert_eq!(codes(&done.notes), ["R29"], "«2,0» is read as 2, with a warning at its cell");
    let block = &done.value.blocks[0];
    assert_eq!((done.value.form.as_str(), block.exam.id().as_str()), ("vpr-school-2026", "vpr-2026-english-8"));
    assert_eq!(task_ids(block), ["1", "2", "4К1"]);
    assert_eq!(block.tasks[2].max, Some(3));
    assert_eq!(block.state, [RowState::Accepted, RowState::Absent, RowState::Accepted]);
    assert_eq!(row_points(block, 0), [5, NOT_ATTEMPTED, 0]);
    assert_eq!(row_points(block, 2), [1, 2, 3]);
    assert_eq!((block.school.name(0), block.class.name(2), block.participant.name(0)), ("edu230001", "2", "80001"));
    assert_eq!(block.journal, [Some(4), None, Some(3)]);
    assert_eq!((done.value.rows.blank, done.value.rows.structural), (2, 3));
}

#[test]
fn a_work_of_the_advanced_level_is_another_work() {
    let text = "\nКод участника | Вариант | 1 (2б) | Порядковый номер класса | Итого баллов\n70001 | 1 | 2 | 1 | 2\n";
    for (file, id) in [
        ("edu230001_Физика 7 класс ВПР 2026.xlsx", "vpr-2026-physics-7"),
        ("edu230001_Физика 7 класс (углублённый уровень) ВПР 2026.xlsx", "vpr-2026-physics-7-advanced"),
        ("2026/углубленный/edu230001_Физика 7 класс ВПР 2026.xlsx", "vpr-2026-physics-7-advanced"),
    ] {
        let done = recognise(&none(), vec![draw(file, "Протокол", text)]);
        assert_eq!(done.value.blocks[0].exam.id(), id, "{file}");
    }
}

#[test]
fn school_form_of_2022_joins_the_sheet_of_classes_and_both_parts() {
    let protocol = "
Код | Вариант (часть 1) | 1 (1б) | 5.1 (1б) | Вариант (часть 2) | 11.3 k1 (2б) | 12 (2б) | Класс № (список формируется \
из листа \"Классы\") | Пол | Отметка за предыдущий триместр/ четверть/полугодие | Итого баллов
40001 | 1 | 1 | 0 | 1 | 2 | X | 1 | м | 5 | 3
40002 | 2 | 1 | 1 | отсутствовал | | | 2 | Ж | 4 | 2
40019 | отсутствовал | | | отсутствовал | | | 1 | м | 4 |
";
    let classes = "
№ | Буква (цифра) класса. Введите \"нет\" - если отсутствует | Основной учебник по предмету
1 | а | ru4.8 ¦ 1.1 ¦ Канакина В.П. Русский язык
2 | 4 Б | другое
";
    let file = "edu230001/Русский язык 4 класс ВПР 2023.xlsx";
    let done = recognise(&none(), vec![draw(file, "Протокол", protocol), draw(file, "Классы", classes)]);
    assert_eq!(codes(&done.notes), Vec::<&str>::new());
    let block = &done.value.blocks[0];
    assert_eq!((block.form.as_str(), block.exam.id().as_str()), ("vpr-school-2022", "vpr-2023-russian-4"));
    assert_eq!(task_ids(block), ["1", "5.1", "11.3К1", "12"]);
    assert_eq!(block.state, [RowState::Accepted, RowState::Accepted, RowState::Absent]);
    assert_eq!(row_points(block, 1), [1, 1, ABSENT_PART, ABSENT_PART]);
    assert_eq!((block.class.name(0), block.class.name(1)), ("4А", "4Б"));
    assert_eq!(block.textbook.name(0), "Канакина В.П. Русский язык");
    assert_eq!((block.sex.name(1), block.declared_total[2]), ("ж", None));
}

#[test]
fn regional_export_of_2022_takes_identity_from_folder_and_name() {
    let protocol = "
Пользователь | Код региона | Регион | Муниципалитет | Школа | Дата загрузки | Код | Вариант | 1(1) (1б) | 5(1б) | 16 \
(1) (1б) | 4.2 (2б) | Наименование класса | Пол | Отметка за предыдущий триместр/ четверть/полугодие | Итого баллов
edu220164 | 22 | reg220000 ¦ край | reg22_m030 ¦ Северный район | edu220164 ¦ МБОУ \"СОШ\" | 17.03.2022 18:28:07 | \
60001 | 1 | 1 | X | х | 2 | а | м | 3 | 3
edu220164 | 22 | reg220000 ¦ край | reg22_m030 ¦ Северный район | edu220164 ¦ МБОУ \"СОШ\" | 17.03.2022 18:28:07 | \
60002 | '2 | 0 | не пройд. | ? | 30 | 11n | м | н/а | 3
edu220164 | 22 | reg220000 ¦ край | reg22_m030 ¦ Северный район | edu220164 ¦ МБОУ \"СОШ\" | 17.03.2022 18:28:07 | \
60003 | отсутствовал | | | | | | | | 0
edu220164 | 22 | reg220000 ¦ край | reg22_m030 ¦ Северный район | edu220164 ¦ МБОУ \"СОШ\" | 17.03.2022 18:28:07 | \
60004 | 1 | | | | | а | м | 3 | 0
";
    let classes = "
Пользователь | Муниципалитет | Буква (цифра) класса. Введите \"нет\" - если отсутствует | Основной учебник по предмету \
| Другое (автор учебника)
edu220164 | reg22_m030 ¦ Северный район | А | ru6.3 ¦ 1.2 ¦ Баранов М.Т. |
";
    let file = "vpr/2022/6/Русскому языку.xlsx";
    let done = recognise(&none(), vec![draw(file, "Классы", classes), draw(file, "Протокол", protocol)]);
    let block = &done.value.blocks[0];
    assert_eq!((block.form.as_str(), block.exam.id().as_str()), ("vpr-region-2022", "vpr-2022-russian-6"));
    assert_eq!(task_ids(block), ["1.1", "5", "16.1", "4.2"]);
    assert_eq!(row_points(block, 0), [1, NOT_ATTEMPTED, NOT_ATTEMPTED, 2]);
    assert_eq!(row_points(block, 1), [0, NOT_OFFERED, UNREADABLE, 30], "above the maximum is for others to judge");
    assert_eq!(block.state, [RowState::Accepted, RowState::Accepted, RowState::Absent, RowState::Rejected]);
    assert_eq!((block.municipality.name(0), block.class.name(0)), ("Северный район", "6А"));
    assert_eq!((block.textbook.name(0), block.uploaded.name(0)), ("Баранов М.Т.", "2022-03-17 18:28:07"));
    assert_eq!(codes(&done.notes), ["R11", "R07", "R12", "R09"]);
    let unreadable = &done.notes[1];
    assert_eq!(
        (unreadable.cell().as_str(), unreadable.found.as_str(), unreadable.sheet.as_str()),
        ("K3", "?", "Протокол")
    );
}

#[test]
fn regional_export_of_2021_is_read_by_position_and_keeps_both_grades() {
    let text = "
логин школы | регион | номер обучающегося | код обучающегося | отметка за предыдущую четверть/триместр | пол | класс | \
вариант | всего баллов | балл за 1 | балл за 2 | балл за 3 | Учебник | Др.уч. автор | |
sch220206 | город Северный | '1 | '70001 | '5 | ж | НЕТ | '1 | '4 | '1 | '1 | x | Пасечник В.В. | | |
sch220206 | город Северный | '2 | '70002 | нет отметки | м | Б | '1 | '4 | '1 | не пройд. | '0 | | | | Пасечник
sch220206 | город Северный | '3 | '70003 | | | | отсутствовал | | | | | | | |
";
    let file = "2021/Проведение работы по биологии, 7 класс (по образцу 8 класса). ВПР 2021.xlsx";
    let exams = catalogue(vec![exam(
        Procedure::Vpr,
        2021,
        "biology",
        8,
        &[("1.1", 1, None), ("1.2", 1, None), ("2", 2, None)],
    )]);
    let done = recognise(&exams, vec![draw(file, "Sheet", text)]);
    let block = &done.value.blocks[0];
    assert_eq!(block.exam.id(), "vpr-2021-biology-8");
    assert_eq!(task_ids(block), ["1.1", "1.2", "2"]);
    assert_eq!(row_points(block, 0), [1, 1, NOT_ATTEMPTED]);
    assert_eq!((block.class.name(0), block.class.name(1), block.class.name(2)), ("7", "7Б", ""));
    assert_eq!((block.school.name(0), block.textbook.name(0)), ("edu220206", "Пасечник В.В."));
    assert_eq!(codes(&done.notes), ["R20", "R16"]);

    let unknown = recognise(&none(), vec![draw(file, "Sheet", text)]);
    assert!(unknown.value.blocks[0].tasks.iter().all(|task| task.by_position));
}

#[test]
fn regional_export_of_2020_tells_absence_by_part() {
    let text = "
groups | user | id | code | otc | gender | klass | var-1 | var-2 | sum | a-1-grade | a-2-grade | a-3-grade | Учебник | \
a-5-grade
22-RU,vpr2019.rus4,vpr2020.ru4 | sch223080 | 1 | 50001 | '4 | м | а | '1 | отсутствовал | 3 | '1 | '2 | | |
22-RU,vpr2019.rus4,vpr2020.ru4 | sch223080 | 2 | 50002 | '3 | ж | нет | отсутствовал | отсутствовал | | X | X | X | |
22-RU,vpr2019.rus4,vpr2020.ru4 | sch223080 | 3 | 50003 | '3 | ж | Б | отсутствовал | | | | | | |
22-RU,vpr2019.rus4,vpr2020.ru4 | sch223080 | 4 | 50004 | '3 | ж | Б | '1 | '2 | 4 | '1 | '2 | '1 | '0 | '0
22-RU,vpr2019.rus4,vpr2020.ru4 | sch223080 | 5 | 50005 | '3 | '4 | Б | '1 | '2 | 4 | '-1 | '2 | Х | |
";
    let done = recognise(&none(), vec![draw("2020/4/Русский язык.xlsx", "Sheet1", text)]);
    let block = &done.value.blocks[0];
    assert_eq!(block.exam.id(), "vpr-2020-russian-4");
    assert_eq!(task_ids(block), ["1", "2", "3"]);
    let states = [RowState::Accepted, RowState::Absent, RowState::Absent, RowState::Accepted, RowState::Accepted];
    assert_eq!(block.state, states);
    assert_eq!(row_points(block, 0), [1, 2, ABSENT_PART]);
    assert_eq!(row_points(block, 4), [UNREADABLE, 2, NOT_ATTEMPTED]);
    assert_eq!((block.class.name(0), block.variant.name(0)), ("5А", "1"));
    assert_eq!(codes(&done.notes), ["R08", "R15", "R13", "R07"]);
}

const F1_HEAD: &str = "
Индивидуальные результаты

ВПР 2026 Русский язык 4 класс
Предмет: | Русский язык
Максимальный первичный балл: | 24
Дата: | 20.04.2026
 | | Уровень сложности задания | | | | Б | П | П/В
ОО | Муниципалитет | Название ОО | Код участника | Класс | Вариант | 1 (2б) | 9.1⏎(1б) | 10 (3б) | Первичный балл | \
Отметка | Отметка по журналу
";

#[test]
fn f1_reads_levels_groups_and_declared_numbers() {
    let rows = "
МБОУ «СОШ № 1»(edu230001) ¦ Кол-во участников: 3
edu230001 | Северный | МБОУ «СОШ № 1»(edu230001) | 40001 | 1 | 1 | 2 | — | х | 2 | 3 | 4
 | Северный | МБОУ «СОШ № 1»(edu230001) | 40002 | | 2 | 1 | @46132 | 1,5 | 3 | 3 | нет отметки
МБОУ «СОШ № 2»(edu230002) | Кол-во участников: 1
edu230002 | Северный | МБОУ «СОШ № 2»(edu230002) | 40001 | 2 | 1 | #N/A | = | | = | 5 | 5
";
    let text = format!("{}{}", F1_HEAD.trim_start(), rows.trim_start());
    let done = recognise(&none(), vec![draw("a/Ф1_x.xlsx", "РУ 4 Индивидуальные результаты", &text)]);
    let block = &done.value.blocks[0];
    assert_eq!((block.form.as_str(), block.exam.id().as_str()), ("vpr-f1-2026", "vpr-2026-russian-4"));
    assert_eq!(
        (block.date.as_str(), block.declared_maximum, block.declared_participants),
        ("2026-04-20", Some(24), Some(4))
    );
    assert_eq!(task_ids(block), ["1", "9.1", "10"]);
    let levels: Vec<Option<Difficulty>> = block.tasks.iter().map(|task| task.difficulty).collect();
    assert_eq!(levels, [Some(Difficulty::Basic), Some(Difficulty::Raised), Some(Difficulty::Raised)]);
    assert_eq!(row_points(block, 0), [2, NOT_ATTEMPTED, NOT_ATTEMPTED]);
    assert_eq!(row_points(block, 1), [1, UNREADABLE, UNREADABLE]);
    assert_eq!((block.school.name(1), block.school.name(2)), ("edu230001", "edu230002"));
    assert_eq!((block.row[0], block.class.name(0), block.class.name(1)), (10, "1", ""));
    assert_eq!((block.declared_total[0], block.declared_result[2], block.journal[1]), (Some(2), Some(5), None));
    assert_eq!(codes(&done.notes), ["R22", "R07", "R07", "R07", "R07", "R17", "R14"]);
    assert_eq!(done.notes[1].found, "20.04.2026");
    assert_eq!((done.value.rows.structural, done.value.rows.blank), (9, 1));
}

#[test]
fn a_repeated_code_is_no_lost_row_and_a_fraction_is_said_at_its_cell() {
    let rows = "
МБОУ «СОШ № 1»(edu230001) ¦ Кол-во участников: 2
edu230001 | Северный | МБОУ «СОШ № 1»(edu230001) | 40001 | 1 | 1 | 2 | 1 | 0 | 3 | 3 | 4
edu230001 | Северный | МБОУ «СОШ № 1»(edu230001) | 40001 | 1 | 1 | 2 | 1 | 0 | 3 | 3 | 4
edu230001 | Северный | МБОУ «СОШ № 1»(edu230001) | 40002 | 1 | 1 | 2 | 1 | '1,0 | 4 | 4 | 4
";
    let text = format!("{}{}", F1_HEAD.trim_start(), rows.trim_start());
    let of = |text: &str| recognise(&none(), vec![draw("a/Ф1_x.xlsx", "РУ 4 Индивидуальные результаты", text)]);
    let done = of(&text);
    assert_eq!(codes(&done.notes), ["R29"]);
    assert_eq!((done.notes[0].cell().as_str(), done.notes[0].found.as_str()), ("I12", "1,0"));
    assert_eq!(row_points(&done.value.blocks[0], 2), [2, 1, 1]);
    let lost = of(&text.replace("участников: 2", "участников: 5"));
    assert_eq!(codes(&lost.notes), ["R29", "R17"]);
    assert_eq!(lost.notes[1].cell(), "A9");
    assert!(lost.notes[1].message.ends_with("не хватает: 2"), "{}", lost.notes[1].message);
}

#[test]
fn sources_that_disagree_reject_the_file_and_name_both() {
    let head = F1_HEAD.trim_start().replace("Предмет: | Русский язык", "Предмет: | Математика");
    let text = format!("{head}edu230001 | С | Ш | 40001 | 1 | 1 | 2 | 1 | 0 | 3 | 3 | 4");
    let done = recognise(&none(), vec![draw("Ф1.xlsx", "РУ 4 Индивидуальные результаты", &text)]);
    assert_eq!(codes(&done.notes), ["R04"]);
    let message = &done.notes[0].message;
    assert!(message.contains("«Русский язык»") && message.contains("«Математика»"), "{message}");
    assert!(done.value.blocks.is_empty());
    assert_eq!(done.value.rows.rejected, 1);
}

#[test]
fn a_missing_identity_says_where_it_was_looked_for() {
    let text = "Код участника | Вариант | 1 (5б) | Порядковый номер класса | Итого баллов\n80001 | 1 | 5 | 1 | 5";
    let done = recognise(&none(), vec![draw("Копия.xlsx", "Протокол", text)]);
    assert_eq!(codes(&done.notes), ["R03", "R03", "R03"]);
    assert!(done.notes[0].message.contains("имя файла"), "{}", done.notes[0].message);

    let done = recognise(&none(), vec![draw("Математика 8 класс ВПР 2026.xlsx", "Протокол", text)]);
    assert_eq!(codes(&done.notes), ["R03"]);
    assert!(done.notes[0].message.contains("школа"), "{}", done.notes[0].message);
}

#[test]
fn nearly_a_form_names_what_is_missing() {
    let text = "логин школы | регион | код обучающегося | класс | вариант | балл за 1\nsch1 | г | '1 | а | '1 | '1";
    let done = recognise(&none(), vec![draw("x.xlsx", "Sheet", text)]);
    assert_eq!(codes(&done.notes), ["R02"]);
    assert!(done.notes[0].message.contains("«всего баллов»"), "{}", done.notes[0].message);
    let nothing = recognise(&none(), vec![draw("y.xlsx", "Лист1", "а | б\n1 | 2")]);
    assert_eq!(codes(&nothing.notes), ["R01"]);
}

#[test]
fn empty_forms_hidden_sheets_and_twice_named_tasks_are_told() {
    let head = F1_HEAD.trim_start();
    let empty = recognise(&none(), vec![draw("Ф1.xlsx", "РУ 4", head)]);
    assert_eq!(codes(&empty.notes), ["R05"]);

    let text = format!("{head}edu230001 | С | Ш | 40001 | 1 | 1 | 2 | 1 | 0 | 3 | 3 | 4");
    let mut old = draw("Ф1.xlsx", "РУ 4 (старое)", &text);
    old.hidden = true;
    let done = recognise(&none(), vec![old, draw("Ф1.xlsx", "РУ 4", &text)]);
    assert_eq!(codes(&done.notes), ["R18"]);
    assert_eq!(done.value.blocks.len(), 1);

    let twice = recognise(&none(), vec![draw("Ф1.xlsx", "РУ 4", &text.replace("10 (3б)", "1 (2б)"))]);
    assert_eq!(codes(&twice.notes), ["R06"]);
    assert_eq!(twice.notes[0].cell(), "I8");
}

fn physics(paper: Paper, tasks: &[(&str, u16)]) -> Exam {
    let tasks: Vec<_> = tasks.iter().map(|(id, max)| (*id, *max, None)).collect();
    let mut exam = exam(Procedure::Vpr, 2026, "physics", 7, &tasks);
    exam.key.paper = paper;
    exam.max_primary = exam.sum_of_maxima();
    exam
}

#[test]
fn the_level_of_study_is_read_off_the_columns_where_nobody_names_it() {
    let draw_work = |tasks: &str, points: &str, file: &str| {
        let text = format!(
            "\nКод участника | Вариант | {tasks} | Порядковый номер класса | Итого баллов\n\
             70001 | 1 | {points} | 1 | 2\n"
        );
        vec![draw(file, "Протокол", &text)]
    };
    let silent = "edu230001_Физика 7 класс ВПР 2026.xlsx";
    let base = physics(Paper::Ordinary, &[("1", 1), ("2", 2)]);
    let advanced = physics(Paper::Advanced, &[("1", 1), ("2", 3)]);
    let both = catalogue(vec![base.clone(), advanced.clone()]);
    let id = |exams: &ExamCatalogue, tasks: &str, file: &str| {
        let done = recognise(exams, draw_work(tasks, "1 | 1", file));
        done.value.blocks.first().map_or_else(|| codes(&done.notes).join(" "), |block| block.exam.id())
    };
    assert_eq!(id(&both, "1 (1б) | 2 (2б)", silent), "vpr-2026-physics-7");
    assert_eq!(id(&both, "1 (1б) | 2 (3б)", silent), "vpr-2026-physics-7-advanced");
    assert_eq!(id(&both, "1 (1б) | 2 (5б)", silent), "vpr-2026-physics-7", "neither fits: as it was named");
    assert_eq!(id(&both, "1 | 2", silent), "vpr-2026-physics-7", "a header without maxima decides nothing");
    let only_advanced = catalogue(vec![advanced.clone()]);
    assert_eq!(id(&only_advanced, "1 (1б) | 2 (3б)", silent), "vpr-2026-physics-7-advanced");
    let sum_only = catalogue(vec![base.clone(), Exam { tasks: Vec::new(), ..advanced.clone() }]);
    assert_eq!(id(&sum_only, "1 (1б) | 2 (3б)", silent), "vpr-2026-physics-7-advanced", "by the sum of the maxima");
    let twins = catalogue(vec![base, physics(Paper::Advanced, &[("1", 1), ("2", 2)])]);
    assert_eq!(id(&twins, "1 (1б) | 2 (2б)", silent), "R60", "both fit: the file is not guessed");
    for (word, expected) in [("базовый", "vpr-2026-physics-7"), ("углублённый", "vpr-2026-physics-7-advanced")]
    {
        let file = format!("edu230001_Физика 7 класс ({word} уровень) ВПР 2026.xlsx");
        assert_eq!(id(&twins, "1 (1б) | 2 (2б)", &file), expected);
    }
}

#[test]
fn a_work_with_several_marks_becomes_a_block_for_each() {
    let part = |slug: &str, tasks: &[(&str, u16)]| {
        let tasks: Vec<_> = tasks.iter().map(|(id, max)| (*id, *max, None)).collect();
        let mut exam = exam(Procedure::Vpr, 2027, "math", 8, &tasks);
        slug.clone_into(&mut exam.key.part);
        exam
    };
    let text = "
Индивидуальные результаты
ВПР 2027 Математика 8 класс
ОО | Муниципалитет | Класс | Код участника | Вариант | 1 (1б) | 2 (2б) | 10 (1б) | 14 (1б) | 15.1 (1б) | 15.2 (1б) | \
Первичный балл | Отметка (алгебра) | Отметка (геометрия) | Отметка (вероятность и статистика) | Отметка по журналу
edu230001 | Город | 1 | 80001 | 1 | 1 | 2 | 0 | 1 | X | 1 | 5 | 5 | 2 | 4 | 4
edu230001 | Город | 1 | 80002 | 1 | 1 | 0 | 1 | 1 | 1 | 0 | 5 | 3 | 5 | нет отметки | 4
";
    let exams = catalogue(vec![
        part("probability", &[("14", 1), ("15", 2)]),
        part("algebra", &[("1", 1), ("2", 2)]),
        part("geometry", &[("10", 1)]),
    ]);
    let done = recognise(&exams, vec![draw("Ф1.xlsx", "Лист1", text)]);
    assert_eq!(codes(&done.notes), ["R40", "R61"]);
    assert_eq!(done.notes[1].cell(), "L5", "the second row has 4 points, not 5");
    let shown: Vec<_> = done
        .value
        .blocks
        .iter()
        .map(|block| (block.exam.id(), task_ids(block), block.declared_result.clone(), row_points(block, 0)))
        .collect();
    let x = NOT_ATTEMPTED;
    assert_eq!(
        shown,
        [
            ("vpr-2027-math-8-algebra".to_owned(), vec!["1", "2"], vec![Some(5), Some(3)], vec![1, 2]),
            ("vpr-2027-math-8-geometry".to_owned(), vec!["10"], vec![Some(2), Some(5)], vec![0]),
            ("vpr-2027-math-8-probability".to_owned(), vec!["14", "15.1", "15.2"], vec![Some(4), None], vec![1, x, 1]),
        ]
    );
    assert_eq!(done.value.blocks[1].journal, [Some(4), Some(4)]);
}

#[test]
fn who_missed_one_lesson_missed_its_tasks_only() {
    let mut exam = exam(Procedure::Vpr, 2026, "biology", 8, &[("1", 1, None), ("2", 1, None), ("9", 2, None)]);
    for (task, lesson) in exam.tasks.iter_mut().zip([1, 1, 2]) {
        task.lesson = Some(lesson);
    }
    let text = "
Код | Вариант (часть 1) | 1 (1б) | 2 (1б) | Вариант (часть 2) | 9 (2б) | Класс № (список формируется из листа \
\"Классы\") | Итого баллов
40001 | 1 | 1 | | отсутствовал | X | 1 | 1
40002 | отсутствовал | | | 2 | 2 | 1 | 2
40003 | 1 | 1 | 1 | 2 | | 1 | 2
";
    let file = "edu230001/Биология 8 класс ВПР 2026.xlsx";
    let done = recognise(&catalogue(vec![exam]), vec![draw(file, "Протокол", text)]);
    let block = &done.value.blocks[0];
    let (x, absent) = (NOT_ATTEMPTED, ABSENT_PART);
    assert_eq!(row_points(block, 0), [1, x, absent], "blank in the written lesson is not attempted");
    assert_eq!(row_points(block, 1), [absent, absent, 2]);
    assert_eq!(row_points(block, 2), [1, 1, x]);
}
