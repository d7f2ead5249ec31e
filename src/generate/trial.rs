//! Catalogues for the tests of this room: one made up on the spot, one from a folder of specifications.
#![expect(clippy::disallowed_methods, reason = "the trial run reads and writes folders")]

use super::{Settings, generate};
use crate::model::assessment::{
    AnswerKind, Condition, Confirmation, Difficulty, Exam, ExamCatalogue, ExamKey, Procedure, Scale, Task,
};
use toml::{Table, Value};

/// Exams with ten tasks each under all names that the sample needs.
pub(super) fn small_catalogue() -> ExamCatalogue {
    let vpr = ["math-4", "russian-5", "math-6", "math-7", "math-8", "physics-8", "geography-6"];
    let mut exams: Vec<_> = vpr.iter().map(|name| small_exam(Procedure::Vpr, 2021, name)).collect();
    exams.push(small_exam(Procedure::Vpr, 2022, "physics-8"));
    exams.push(small_exam(Procedure::Vpr, 2026, "russian-4"));
    exams.extend(["math", "russian", "informatics"].map(|name| small_exam(Procedure::Oge, 2026, name)));
    exams.push(small_exam(Procedure::Oge, 2026, "math-base"));
    exams.last_mut().unwrap().key.procedure = Procedure::Ege;
    for year in [2025, 2026] {
        exams
            .extend(["russian", "math-profile", "physics", "informatics"].map(|n| small_exam(Procedure::Ege, year, n)));
    }
    exams.into_iter().map(|exam| (exam.id(), exam)).collect()
}

fn small_exam(procedure: Procedure, year: u16, name: &str) -> Exam {
    let (subject, grade) = match procedure {
        Procedure::Vpr => name.rsplit_once('-').map(|(subject, grade)| (subject, grade.parse().unwrap())).unwrap(),
        Procedure::Oge => (name, 9),
        _ => (name, 11),
    };
    let task = |at: u16| Task {
        id: if at == 10 { "10К1".to_owned() } else { at.to_string() },
        position: at,
        max: Some(1 + u16::from(at.is_multiple_of(4))),
        difficulty: Some(if at < 8 { Difficulty::Basic } else { Difficulty::Raised }),
        content: "Содержание".to_owned(),
        skill: String::new(),
        content_codes: Vec::new(),
        requirement_codes: Vec::new(),
        answer: Some(if at < 9 { AnswerKind::Short } else { AnswerKind::Extended }),
        form_label: String::new(),
        alternatives: Vec::new(),
    };
    let table = (0..=12).map(|primary| primary * 100 / 12).collect();
    Exam {
        key: ExamKey { procedure, year, subject: subject.to_owned(), grade },
        subject_title: if subject.contains("physics") { "Физика" } else { "Математика" }.to_owned(),
        max_primary: Some(12),
        tasks: (1..=10).map(task).collect(),
        scale: match procedure {
            Procedure::Ege => Scale::Test { table, min_test: 36, min_certificate: None },
            _ => Scale::Marks(vec![(0, 2), (4, 3), (7, 4), (10, 5)]),
        },
        conditions: Vec::new(),
        scale_confirmed: Confirmation::One,
        scale_note: String::new(),
        tasks_confirmed: Confirmation::One,
        tasks_note: String::new(),
        specified: true,
        draft: false,
        disputed_cells: Vec::new(),
    }
}

/// Writes the sample folder: `SREZ_EXAMS` is the folder of specifications, `SREZ_SAMPLE` the folder to write.
#[test]
#[ignore = "writes files"]
fn write_sample() {
    let exams = std::env::var("SREZ_EXAMS").unwrap();
    let target = camino::Utf8PathBuf::from(std::env::var("SREZ_SAMPLE").unwrap());
    let mut catalogue = ExamCatalogue::new();
    for entry in std::fs::read_dir(exams).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let table: Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
            catalogue.insert(name.clone(), read(&name, &table));
        }
    }
    let artifacts = generate(&Settings::default(), &catalogue).unwrap();
    for artifact in &artifacts {
        crate::disk::write_plain(&target.join(&artifact.path), &artifact.bytes).unwrap();
    }
    println!("{} files, {} bytes", artifacts.len(), artifacts.iter().map(|a| a.bytes.len()).sum::<usize>());
}

fn read(name: &str, table: &Table) -> Exam {
    let text = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let grade = number(table, "grade").unwrap() as u8;
    let procedure = Procedure::from_title(&text("procedure")).unwrap();
    let mut subject = name.splitn(3, '-').nth(2).unwrap().to_owned();
    if procedure == Procedure::Vpr {
        subject = subject.rsplit_once('-').unwrap().0.to_owned();
    }
    Exam {
        key: ExamKey { procedure, year: number(table, "year").unwrap(), subject, grade },
        subject_title: text("subject"),
        max_primary: number(table, "max_primary"),
        tasks: tables(table, "tasks").iter().map(|task| read_task(task)).collect(),
        scale: read_scale(table),
        conditions: tables(table, "conditions").iter().map(|condition| read_condition(condition)).collect(),
        scale_confirmed: Confirmation::None,
        scale_note: text("scale_note"),
        tasks_confirmed: Confirmation::None,
        tasks_note: text("tasks_note"),
        specified: true,
        draft: false,
        disputed_cells: Vec::new(),
    }
}

fn read_scale(table: &Table) -> Scale {
    let integers = |value: &Value| -> Vec<u16> {
        let read = |v: &Value| v.as_integer().map_or_else(|| v.as_str().unwrap().parse().unwrap(), |i| i as u16);
        value.as_array().unwrap().iter().map(read).collect()
    };
    if let Some(marks) = table.get("marks") {
        return Scale::Marks(
            marks.as_array().unwrap().iter().map(integers).map(|pair| (pair[0], pair[1] as u8)).collect(),
        );
    }
    table.get("test").map_or(Scale::Unknown, |test| Scale::Test {
        table: integers(test),
        min_test: number(table, "min_test").unwrap(),
        min_certificate: None,
    })
}

fn read_task(task: &Table) -> Task {
    let text = |key: &str| task.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Task {
        id: text("id"),
        position: number(task, "position").unwrap_or(0),
        max: number(task, "max"),
        difficulty: Difficulty::from_letter(&text("level")),
        content: text("content"),
        skill: text("skill"),
        content_codes: Vec::new(),
        requirement_codes: Vec::new(),
        answer: match text("answer").as_str() {
            "краткий" => Some(AnswerKind::Short),
            "" => None,
            _ => Some(AnswerKind::Extended),
        },
        form_label: text("form_label"),
        alternatives: Vec::new(),
    }
}

fn read_condition(condition: &Table) -> Condition {
    let texts = |key: &str| -> Vec<String> {
        condition[key].as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    };
    Condition {
        tasks: texts("tasks"),
        min: number(condition, "min").unwrap(),
        for_marks: texts("for_marks").iter().map(|mark| mark.parse().unwrap()).collect(),
        otherwise: condition["otherwise"].as_str().unwrap().parse().unwrap(),
        note: String::new(),
    }
}

fn tables<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    table
        .get(key)
        .and_then(Value::as_array)
        .map_or_else(Vec::new, |all| all.iter().filter_map(Value::as_table).collect())
}

fn number(table: &Table, key: &str) -> Option<u16> {
    table.get(key).and_then(Value::as_integer).and_then(|value| u16::try_from(value).ok())
}
