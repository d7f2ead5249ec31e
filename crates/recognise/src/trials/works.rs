//! Every work of 2026 in every form that can hold it: known by its name, read without a note.

use super::{codes, draw, recognise};
use srez_model::assessment::{AnswerKind, Exam, ExamCatalogue, Paper, Procedure};
use srez_model::note::Noted;
use srez_model::raw_sheet::RawSheet;
use std::sync::LazyLock;

static EXAMS: LazyLock<ExamCatalogue> =
    LazyLock::new(|| srez_config::exams::built_in(&srez_config::subjects::built_in().unwrap()).unwrap());

/// Works of 2026 of which the columns of real protocols were counted, with that count.
const COUNTED: [(&str, usize); 29] = [
    ("russian-4", 15),
    ("russian-5", 10),
    ("russian-6", 10),
    ("russian-7", 13),
    ("russian-8", 16),
    ("russian-10", 16),
    ("math-4", 14),
    ("math-5", 18),
    ("math-8", 18),
    ("math-10", 17),
    ("english-4", 5),
    ("english-5", 7),
    ("english-6", 7),
    ("english-7", 7),
    ("english-8", 7),
    ("world-4", 22),
    ("literary-reading-4", 15),
    ("history-5", 8),
    ("history-6", 9),
    ("history-7", 10),
    ("history-8", 10),
    ("social-studies-8", 15),
    ("social-studies-10", 15),
    ("geography-8", 17),
    ("biology-5", 29),
    ("biology-6", 27),
    ("biology-7", 27),
    ("biology-8", 29),
    ("physics-7", 10),
];

/// A form with a row of a participant who has full points everywhere.
struct Written {
    header: String,
    points: String,
    total: u16,
}

fn write(exam: &Exam) -> Written {
    let label = |task: &srez_model::assessment::Task| match task.form_label.as_str() {
        "" => format!("{} ({}б)", task.id, task.max.unwrap()),
        label => label.to_owned(),
    };
    // Where the tasks are not known, columns that add up to the maximum stand for them.
    let (header, maxima): (Vec<String>, Vec<u16>) = if exam.tasks.is_empty() {
        let max = exam.max_primary.unwrap();
        [1, 2, max - 3].into_iter().zip(1..).map(|(max, number)| (format!("{number} ({max}б)"), max)).unzip()
    } else {
        exam.tasks.iter().map(|task| (label(task), task.max.unwrap())).unzip()
    };
    let points: Vec<String> = maxima.iter().map(u16::to_string).collect();
    Written { header: header.join(" | "), points: points.join(" | "), total: maxima.iter().sum() }
}

/// Sheets of a work in each form, by the name of the form. The level of study is never named.
fn forms(exam: &Exam) -> Vec<(&'static str, RawSheet)> {
    let (year, subject, grade) = (exam.key.year, &exam.subject_title, exam.key.grade);
    let Written { header, points, total } = write(exam);
    let title = format!("ВПР {year} {subject} {grade} класс");
    let f1 = format!(
        "\nИндивидуальные результаты\n\n{title}\nПредмет: | {subject}\n\nОО | Класс | Код участника | Вариант | \
         {header} | Первичный балл | Отметка | Отметка по журналу\n\
         edu230001 | 1 | 80001 | 1 | {points} | {total} | 5 | 4\n"
    );
    let school = format!(
        "\nКод участника | Вариант | {header} | Порядковый номер класса | Итого баллов\n\
         80001 | 1 | {points} | 1 | {total}\n"
    );
    let parted = format!(
        "\nКод | Вариант (часть 1) | {header} | Вариант (часть 2) | Наименование класса | Итого баллов\n80001 | 1 | \
         {points} | 1 | а | {total}\n"
    );
    let region = format!(
        "\nПользователь | Код региона | Регион | Муниципалитет | Школа | Дата загрузки | Код | Вариант | {header} | \
         Наименование класса | Итого баллов\nedu220164 | 22 | reg220000 ¦ край | reg22_m030 ¦ Северный район | \
         edu220164 ¦ МБОУ \"СОШ\" | 17.05.{year} 18:28:07 | 60001 | 1 | {points} | а | {total}\n"
    );
    let file = format!("edu230001_{subject} {grade} класс ВПР {year}.xlsx");
    let of_region = format!("vpr/{year}/{grade} класс/{subject}.xlsx");
    vec![
        ("vpr-f1-2026", draw("Ф1.xlsx", "Индивидуальные результаты", &f1)),
        ("vpr-school-2026", draw(&file, "Протокол", &school)),
        ("vpr-school-2022", draw(&file, "Протокол", &parted)),
        ("vpr-region-2022", draw(&of_region, "Протокол", &region)),
    ]
}

fn works_of_2026() -> impl Iterator<Item = &'static Exam> {
    EXAMS.values().filter(|exam| exam.key.procedure == Procedure::Vpr && exam.key.year == 2026)
}

#[test]
fn every_work_of_2026_is_known_in_every_form_and_read_without_a_note() {
    let mut read = 0;
    for exam in works_of_2026().filter(|exam| exam.max_primary.is_some()) {
        // Without tasks there are no columns to tell the ordinary paper from the advanced one but by their sum.
        for (form, sheet) in forms(exam) {
            let Noted { value, notes } = recognise(&EXAMS, vec![sheet]);
            assert_eq!(codes(&notes), Vec::<&str>::new(), "{} in {form}: {notes:?}", exam.id());
            let [block] = value.blocks.as_slice() else {
                panic!("{} in {form}: {} blocks", exam.id(), value.blocks.len())
            };
            assert_eq!((block.exam.id(), block.form.as_str()), (exam.id(), form));
            let settings =
                srez_validate::Settings { exams: &EXAMS, thresholds: &srez_config::thresholds::built_in().unwrap() };
            let Noted { value, notes } = srez_validate::validate(&settings, block.clone());
            assert_eq!(codes(&notes), Vec::<&str>::new(), "{} in {form}: {notes:?}", exam.id());
            let block = value.unwrap().block;
            assert_eq!(block.total[0], exam.max_primary, "{} in {form}", exam.id());
            read += 1;
        }
    }
    assert!(read >= 4 * 43, "{read} sheets");
}

#[test]
fn the_works_have_the_columns_that_real_protocols_have() {
    for (work, columns) in COUNTED {
        let exam = &EXAMS[&format!("vpr-2026-{work}")];
        assert_eq!(exam.tasks.len(), columns, "{work}");
    }
}

#[test]
fn a_work_of_one_level_is_never_taken_for_the_other() {
    let advanced: Vec<&Exam> = works_of_2026().filter(|exam| exam.key.paper == Paper::Advanced).collect();
    assert_eq!(advanced.len(), 3);
    for exam in advanced {
        let ordinary = srez_model::assessment::ExamKey { paper: Paper::Ordinary, ..exam.key.clone() };
        let pair = [Some(exam), EXAMS.get(&ordinary.id())].into_iter().flatten();
        for exam in pair {
            for (form, sheet) in forms(exam) {
                let found = recognise(&EXAMS, vec![sheet]).value.blocks[0].exam.id();
                assert_eq!(found, exam.id(), "{form}");
            }
        }
    }
}

/// A protocol of one participant with full points.
fn protocol(exam: &Exam) -> RawSheet {
    let of = |kind: AnswerKind| exam.tasks.iter().filter(move |task| task.answer == Some(kind));
    let max = |task: &srez_model::assessment::Task| task.max.unwrap();
    let short: String =
        of(AnswerKind::Short).map(|task| if max(task) == 1 { "+".to_owned() } else { max(task).to_string() }).collect();
    let pairs = |kind| of(kind).map(|task| format!("{0}({0})", max(task))).collect::<String>();
    let (extended, oral) = (pairs(AnswerKind::Extended), pairs(AnswerKind::Oral));
    let total = exam.max_primary.unwrap();
    let (column, result) = match exam.scale.test(total) {
        Some(test) => ("Тестовый балл", test),
        None => ("Оценка", 5),
    };
    let subject = exam.subject_title.as_str();
    let title = match exam.key.paper.title() {
        Some(paper) => format!("{subject} ({paper}) {}.06.02", exam.key.year),
        None => format!("{subject} {}.06.02", exam.key.year),
    };
    let title = if exam.key.procedure == Procedure::Gve { format!("ГВЭ {title}") } else { title };
    let grade = exam.key.grade;
    let text = format!(
        "\n{title}\n№ | Код ОО | Класс | Фамилия | Имя | Задания с кратким ответом | Задания с развёрнутым ответом | \
         Устная часть | Первичный балл | {column}\n1 | 9306 | {grade}А | Канарейкина | Анна | '{short} | '{extended} | \
         '{oral} | {total} | {result}\n"
    );
    draw("протокол.xlsx", "Page 1", &text)
}

#[test]
fn every_final_exam_of_2026_is_known_by_its_protocol() {
    let finals = [Procedure::Oge, Procedure::Ege, Procedure::Gve];
    let mut read = 0;
    for exam in EXAMS.values().filter(|exam| finals.contains(&exam.key.procedure) && exam.key.year == 2026) {
        let Noted { value, notes } = recognise(&EXAMS, vec![protocol(exam)]);
        assert_eq!(codes(&notes), Vec::<&str>::new(), "{}: {notes:?}", exam.id());
        let [block] = value.blocks.as_slice() else { panic!("{}", exam.id()) };
        assert_eq!((block.exam.id(), block.tasks.len()), (exam.id(), exam.tasks.len()));
        let settings =
            srez_validate::Settings { exams: &EXAMS, thresholds: &srez_config::thresholds::built_in().unwrap() };
        let Noted { value, notes } = srez_validate::validate(&settings, block.clone());
        assert_eq!(codes(&notes), Vec::<&str>::new(), "{}: {notes:?}", exam.id());
        assert_eq!(value.unwrap().block.total[0], exam.max_primary, "{}", exam.id());
        read += 1;
    }
    assert_eq!(read, 11 + 12 + 25);
}
