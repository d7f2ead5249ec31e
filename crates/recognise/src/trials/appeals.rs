//! Appeals, exports of data bases, works of a region in the layout of a protocol, ГВЭ.

use super::{catalogue, codes, draw, exam, recognise, row_points};
use srez_model::assessment::AnswerKind::{Extended, Short};
use srez_model::assessment::{ExamCatalogue, Paper, Procedure, Scale};

fn exams() -> ExamCatalogue {
    let tasks = [("1", 1, Some(Short)), ("2", 2, Some(Short)), ("3", 2, Some(Extended))];
    catalogue(vec![
        exam(Procedure::Oge, 2026, "social-studies", 9, &tasks),
        exam(Procedure::Ege, 2026, "chemistry", 11, &tasks),
        exam(Procedure::Ege, 2026, "russian", 11, &tasks),
    ])
}

#[test]
fn appeals_of_2026_name_the_exam_in_every_row() {
    let text = "
Протокол проверки результатов  государственной итоговой аттестации 2026 г.

№ | Код ОО | Класс | Фамилия | Имя | Отчество | Документ | Экзамен | Состояние апелляции | Текущие |
 | | | | | | | | | Первичный балл | Оценка
1 | 9306 | 9А | Канарейкина | Анна | Сергеевна | 1234 567890 | Математика(2026.06.02) | Удовлетворена | 17 | 4
2 | 9306 | 9А | Чижова | Ия | | 1234 567891 | Химия(2026.06.09) | Отклонена | 20 | 3
3 | 9306 | 9А | Чижова | Ия | | 1234 567891 | | Отклонена | 20 | 3
";
    let done = recognise(&exams(), vec![draw("апелляции.xlsx", "Лист1", text)]);
    assert_eq!(done.value.form, "gia-appeals");
    let [first, second] = done.value.appeals.as_slice() else { panic!("{:?}", done.notes) };
    assert_eq!((first.subject.as_str(), first.date.as_str(), first.row), ("math", "2026-06-02", 5));
    assert_eq!((first.total, first.result, first.is_mark, first.refused), (Some(17), Some(4), true, false));
    assert!(second.refused && second.before.is_none());
    assert_eq!(first.participants.len(), 2, "with and without the document");
    assert_eq!(codes(&done.notes), ["R30"]);
    let everything = format!("{done:?}").to_lowercase();
    assert!(["канарейкин", "чижов", "567890"].iter().all(|name| !everything.contains(name)));
}

#[test]
fn appeals_below_a_title_have_their_header_in_two_rows() {
    let text = "
01 - Русский язык 2022.06.23
№ | Код ОО | Класс | Код ППЭ | Аудитория | Фамилия | Имя | | Отчество | Документ | Тип апелляции / перепроверки | \
Состояние | | Дата отправки на обработку | Дата изменений | Балл до изменения | Текущие | | Разница
 | | | | | | | | | | | | | | | | Первичный балл | Балл |
1 | 111002 | 11 | 1018 | '0009 | Канарейкина | Анна | | Сергеевна | 1234 567890 | О несогласии | Изменено | | \
01.07.2022 | 05.07.2022 | 67 | 47 | 70 | 3
";
    let done = recognise(&exams(), vec![draw("апелляции.csv", "", text)]);
    assert!(done.notes.is_empty(), "{:?}", done.notes);
    let [only] = done.value.appeals.as_slice() else { panic!("one appeal") };
    assert_eq!((only.subject.as_str(), only.date.as_str()), ("russian", "2022-06-23"));
    assert_eq!((only.before, only.total, only.result, only.is_mark), (Some(67), Some(47), Some(70), false));
}

#[test]
fn an_export_of_the_data_base_is_a_protocol() {
    let text = "
ColumnName | SchoolCode | ClassCode | StationCode | AuditoriumCode | GovernmentCell | SurnameCell | NameCell | \
SecondNameCell | DocumentSeriesCode | DocumentNumberCode | TestResultBCell | TestResultCCell | PrimaryMark | Mark5
1 | 9306 | 9А | 1003 | 109 | 209 | Канарейкина | Анна | Сергеевна | 1234 | 567890 | +2 | 1(2) | 4 | 4
2 | 9306 | 9А | 1003 | 109 | 209 | Чижова | Ия | | 1234 | 567891 | -0 | 0(2) | 0 | 2
";
    let done = recognise(&exams(), vec![draw("ОГЭ/12_2026.07.03.csv", "", text)]);
    assert_eq!(done.value.form, "oge-export");
    assert!(done.notes.is_empty(), "{:?}", done.notes);
    let block = &done.value.blocks[0];
    assert_eq!((block.exam.id().as_str(), block.date.as_str()), ("oge-2026-social-studies", "2026-07-03"));
    assert_eq!((row_points(block, 0), row_points(block, 1)), (vec![1, 2, 1], vec![0, 0, 0]));
    // The same person in a protocol is the same pseudonym.
    let protocol = "
12 - Обществознание 2026.07.03
№ | Код ОО | Класс | Фамилия | Имя | Отчество | Серия | Номер | Задания с кратким ответом | Задания с развёрнутым \
ответом | Первичный балл | Оценка
1 | 9306 | 9А | Канарейкина | Анна | Сергеевна | 1234 | 567890 | +2 | 1(2) | 4 | 4
";
    let same = recognise(&exams(), vec![draw("a.xlsx", "", protocol)]);
    assert_eq!(same.value.blocks[0].participant.name(0), block.participant.name(0));
}

#[test]
fn a_regional_table_names_the_exam_in_every_row() {
    let text = "
Код предмета | Дата экзамена | Код ОУ | Наименование ОУ | Тип ОУ | Вид ОУ | Форма собственности ОУ | Муниципальный \
район | Город-село | Кластер | TestResultB | TestResultC | TestResultD(устн.) | Балл | Зачет
1 | 04.06.2026 | 10101 | СОШ № 1 | | | | Северный | село | 2 | +2 | 1(2) | | 70 | 1
4 | 2026.06.01 | 10101 | СОШ № 1 | | | | Северный | село | 2 | +- | 2(2) | | 40 | 1
4 | 2026.06.01 | 10102 | СОШ № 2 | | | | Северный | село | 2 | -- | 0(2) | | 0 | 2
77 | 2026.06.01 | 10102 | СОШ № 2 | | | | Северный | село | 2 | -- | 0(2) | | 0 | 2
";
    let done = recognise(&exams(), vec![draw("регион.xlsx", "", text)]);
    assert_eq!(done.value.form, "ege-region-table");
    let found: Vec<(String, usize)> = done.value.blocks.iter().map(|block| (block.exam.id(), block.rows())).collect();
    assert_eq!(found, [("ege-2026-russian".to_owned(), 1), ("ege-2026-chemistry".to_owned(), 2)]);
    assert_eq!(row_points(&done.value.blocks[1], 0), [1, 0, 2]);
    assert_eq!(done.value.blocks[1].declared_result, [Some(40), Some(0)]);
    assert_eq!(codes(&done.notes), ["R26"], "a code that nobody knows");
}

#[test]
fn a_work_of_the_region_is_no_exam() {
    let text = "
01 - Русский язык 2025.12.18
№ п/п | Код ОО | Класс | Фамилия | Имя | Задания с кратким ответом | Задания с развёрнутым ответом | Первичный балл | \
Балл
1 | 10101 | 11А | Канарейкина | Анна | +2 | 1(2) | 4 | 30
Всего участников | 1
";
    let done = recognise(&exams(), vec![draw("ЕГКР декабрь/протокол.xlsx", "", text)]);
    assert_eq!(done.value.blocks[0].exam.id(), "regional-2025-russian-11");
    assert_eq!(codes(&done.notes), ["R32"]);
    let named = text.replace("01 - Рус", "ЕГКР: 01 - Рус");
    let by_title = recognise(&exams(), vec![draw("протокол.xlsx", "", &named)]);
    assert_eq!(by_title.value.blocks[0].exam.id(), "regional-2025-russian-11");
    let exam = recognise(&exams(), vec![draw("протокол.xlsx", "", text)]);
    assert_eq!(exam.value.blocks[0].exam.id(), "ege-2025-russian");
}

#[test]
fn state_final_exams_are_exams_of_their_own() {
    let table = |title: &str, rows: &str| {
        format!("\n{title}\n№ | Код ОО | Класс | Фамилия | Имя | Первичный балл | Оценка\n{rows}")
    };
    let two = "1 | 9306 | 9В | Канарейкина | Анна | 12 | 5\n2 | 9306 | 9В | Чижова | Ия | 5 | 3\n";
    let paper = |paper: Paper, bounds: [u16; 3]| {
        let mut exam = exam(Procedure::Gve, 2026, "math", 9, &[]);
        exam.key.paper = paper;
        exam.max_primary = Some(14);
        exam.scale = Scale::Marks(vec![(0, 2), (bounds[0], 3), (bounds[1], 4), (bounds[2], 5)]);
        exam
    };
    let exams = catalogue(vec![
        paper(Paper::Series(100), [4, 7, 10]),
        paper(Paper::Series(200), [4, 7, 13]),
        paper(Paper::Oral, [4, 7, 10]),
        exam(Procedure::Gve, 2026, "russian", 9, &[]),
    ]);
    let found = |file: &str, text: String| {
        let done = recognise(&exams, vec![draw(file, "", &text)]);
        assert!(!format!("{done:?}").contains("Чижова"));
        let block = &done.value.blocks[0];
        (block.exam.id(), block.declared_result.clone(), codes(&done.notes).join(" "))
    };
    let is = |id: &str, notes: &str| (id.to_owned(), vec![Some(5), Some(3)], notes.to_owned());
    assert_eq!(found("a.xlsx", table("51 - Русский язык 2026.06.04", two)), is("gve-2026-russian-9", ""));
    let math = "52 - Математика 2026.06.04";
    assert_eq!(found("a.xlsx", table(math, two)), is("gve-2026-math-9-100", ""), "«5» from 12 points: one scale only");
    let open = table(math, "1 | 9306 | 9В | Канарейкина | Анна | 14 | 5\n2 | 9306 | 9В | Чижова | Ия | 5 | 3\n");
    assert_eq!(found("a.xlsx", open), is("gve-2026-math-9", "R31"), "both scales agree");
    assert_eq!(found("a.xlsx", table("52 - Математика (устно) 2026.06.04", two)), is("gve-2026-math-9-oral", ""));
    assert_eq!(found("a.xlsx", table("52 - Математика, варианты 200, 2026.06.04", two)), is("gve-2026-math-9-200", ""));
    let eleven = two.replace("9В", "11В");
    assert_eq!(found("a.xlsx", table("ГВЭ 01 - Русский язык 2026.06.04", &eleven)), is("gve-2026-russian-11", "R31"));
    assert_eq!(found("ГВЭ.xlsx", table("01 - Русский язык 2026.06.04", two)), is("gve-2026-russian-9", ""));
    assert_eq!(found("ОГЭ и ГВЭ.xlsx", table("01 - Русский язык 2026.06.04", two)), is("oge-2026-russian", ""));
}
