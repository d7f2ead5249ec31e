//! A work that ends in several marks: one chapter, one work, the same participants, and a column that tells its parts.

use crate::lines::read_docx;
use crate::trial::{Trial, demo, printed};
use srez_testkit::sources::{files_below, root};

const PIPELINE: &str = r#"
title = "Округ"
date = "2027-06-05"
[inputs]
folders = ["in"]
exams = "own"
[store]
folder = "store"
key = "store.key"
[reports]
folder = "reports"
formats = ["html"]
audiences = ["office"]
"#;

const PARTS: [(&str, &str); 3] =
    [("algebra", "Алгебра"), ("geometry", "Геометрия"), ("probability", "Вероятность и статистика")];
const PUPILS: usize = 24;
/// Largest points of the 17 tasks.
const MAXIMA: [usize; 17] = [1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 2, 1, 1, 2, 2];

/// A form of 2027 with three marks, and the whole work of the same schools in 2026.
fn district() -> Trial {
    let trial = Trial::new(PIPELINE);
    let write = |path: &str, text: String| {
        let path = trial.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let tasks: Vec<String> = MAXIMA.iter().zip(1..).map(|(max, id)| format!("{id} ({max}б)")).collect();
    let mut form = format!(
        "Индивидуальные результаты\nВПР 2027 Математика 8 класс\nОО;Муниципалитет;Класс;Код участника;Вариант;{};\
         Первичный балл;Отметка (алгебра);Отметка (геометрия);Отметка (вероятность и статистика);Отметка по журналу\n",
        tasks.join(";")
    );
    for pupil in 0..PUPILS {
        let points: Vec<usize> = MAXIMA.iter().enumerate().map(|(task, max)| (pupil + task) % (max + 1)).collect();
        let sum = |range: std::ops::Range<usize>| points[range].iter().sum::<usize>();
        let mark = |sum: usize, cuts: [usize; 3]| 2 + cuts.iter().filter(|cut| **cut <= sum).count();
        let marks = [mark(sum(0..9), [3, 6, 9]), mark(sum(9..13), [1, 2, 4]), mark(sum(13..17), [2, 4, 5])];
        let points_of = points.iter().map(usize::to_string).collect::<Vec<_>>().join(";");
        form.push_str(&format!(
            "edu23000{};Город;1;{};1;{points_of};{};{};{};{};4\n",
            1 + pupil / 12,
            80_001 + pupil,
            sum(0..17),
            marks[0],
            marks[1],
            marks[2]
        ));
    }
    write("in/Ф1 2027.csv", form);
    for school in 1..3 {
        let rows: String = (0..12)
            .map(|pupil| format!("{};1;{};1;1;{}\n", 70_001 + 100 * school + pupil, pupil % 3, 1 + pupil % 3))
            .collect();
        let name = format!("in/edu23000{school}_Форма сбора результатов Математика 8 класс ВПР 2026.csv");
        write(&name, format!("Код участника;Вариант;1 (2б);2 (1б);Порядковый номер класса;Итого баллов\n{rows}"));
    }
    write(
        "own/vpr-2026-math-8.toml",
        "procedure = \"ВПР\"\nyear = 2026\nsubject = \"Математика\"\ngrade = 8\nmax_primary = 3\n\
         marks = [[0, \"2\"], [1, \"3\"], [2, \"4\"], [3, \"5\"]]\n\
         [[tasks]]\nid = \"1\"\nmax = 2\n[[tasks]]\nid = \"2\"\nmax = 1\n"
            .to_owned(),
    );
    for (part, _) in PARTS {
        let path = root().join(format!("pipelines/exams/vpr/2027/vpr-2027-math-8-{part}.toml"));
        let text = std::fs::read_to_string(path).unwrap().replace("status = \"проект\"\n", "");
        write(&format!("own/vpr-2027-math-8-{part}.toml"), text);
    }
    trial
}

/// Words between tags, without the blanks that do not break.
fn heading_words(page: &str, tag: &str) -> Vec<String> {
    let (begins, ends) = (format!("<{tag}>"), format!("</{tag}>"));
    let pieces = page.split(&begins).skip(1).filter_map(|rest| rest.split(&ends).next());
    pieces.map(|words| words.rsplit('>').next().unwrap_or_default().replace('\u{a0}', " ")).collect()
}

#[test]
fn a_work_in_parts_has_one_chapter_one_number_of_participants_and_a_column() {
    let trial = district();
    let output = trial.run();
    assert!(output.status.success(), "{}", printed(&output));
    assert!(printed(&output).contains("Работ: 2;"), "the work of 2027 is one: {}", printed(&output));

    let marks = trial.table("marks");
    let whole: Vec<(&str, &str)> = marks
        .iter()
        .filter(|row| row["level"] == "all")
        .map(|row| (row["exam"].as_str(), row["part"].as_str()))
        .collect();
    let of_parts = PARTS.map(|(part, _)| (format!("vpr-2027-math-8-{part}"), part));
    assert_eq!(whole[0], ("vpr-2026-math-8", ""));
    assert!(whole[1..].iter().zip(&of_parts).all(|(row, (exam, part))| *row == (exam, *part)), "{whole:?}");
    for table in ["tasks", "findings", "journal"] {
        let rows = trial.table(table);
        let told = rows.iter().filter(|row| row["exam"].starts_with("vpr-2027"));
        assert!(told.clone().count() > 0, "{table}");
        assert!(told.into_iter().all(|row| row["exam"].ends_with(&format!("-{}", row["part"]))), "{table}");
    }
    let dynamics = trial.table("dynamics");
    assert!(dynamics.iter().all(|row| row["part"].is_empty()), "a part has no whole work for a year before");

    let page = std::fs::read_to_string(trial.period().join("subjects/vpr-2027-math/analysis.html")).unwrap();
    let chapters = heading_words(&page, "h2");
    assert_eq!(chapters.iter().filter(|title| title.contains("8 класс")).count(), 1, "{chapters:?}");
    let blocks = heading_words(&page, "h3");
    let places = PARTS.map(|(_, title)| blocks.iter().position(|block| block == title).unwrap());
    assert!(places.is_sorted(), "{blocks:?}");
    let below = heading_words(&page, "h4");
    for section in ["Участники и отметки", "Выполнение заданий", "Результаты школ"]
    {
        assert_eq!(below.iter().filter(|title| *title == section).count(), 3, "{section}: {below:?}");
    }
    let told = page.replace('\u{a0}', " ").matches("Работу писали 24 участника").count();
    assert_eq!(told, 1, "the participants of the parts are the same");
    assert_eq!(blocks.iter().filter(|title| *title == "Состав участников").count(), 1, "{blocks:?}");
}

#[test]
fn a_small_state_final_exam_is_a_line_of_the_summary() {
    let (trial, _) = demo();
    let period = trial.period();
    let made = files_below(&period);
    assert!(made.iter().all(|path| !path.starts_with("subjects/gve-")), "8 participants have no document");
    let words = "участников меньше 10, документ не составлен";
    let page = std::fs::read_to_string(period.join("index.html")).unwrap().replace('\u{a0}', " ");
    assert!(page.contains(words), "the start page says why there is none");
    let header = page.split("</header>").next().unwrap();
    assert!(!header.contains("муниципалитета"), "the subtitle names the municipality and nothing else");
    assert!(page.contains("не вошли школы без муниципалитета: 1 (19999)"));
    let summary = format!("{:?}", read_docx("municipality/summary.docx")).replace("\\u{a0}", " ");
    let row = summary.split("Row").find(|row| row.contains("ГВЭ, русский язык, 9 класс")).unwrap();
    assert!(row.contains(words), "{row}");
}
