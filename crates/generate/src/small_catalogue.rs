//! A small made-up catalogue for the tests of this crate.

use srez_model::assessment::{
    AnswerKind, Confirmation, Difficulty, Exam, ExamCatalogue, ExamKey, Paper, Procedure, Scale, Task,
};

/// Exams with ten tasks each under all names that the sample needs.
pub(super) fn small_catalogue() -> ExamCatalogue {
    let older = ["math-7", "math-8"].map(|name| small_exam(Procedure::Vpr, 2021, name));
    let works = [
        "math-4",
        "math-5",
        "math-8",
        "russian-4",
        "russian-5",
        "physics-8",
        "physics-8-advanced",
        "chemistry-8",
        "geography-8",
    ];
    let mut exams: Vec<_> = older.into_iter().chain(works.map(|name| small_exam(Procedure::Vpr, 2026, name))).collect();
    exams.push(small_exam(Procedure::Vpr, 2022, "physics-8"));
    exams.extend(["russian-4", "russian-5"].map(|name| small_exam(Procedure::Vpr, 2025, name)));
    exams.extend(["math", "russian", "geography"].map(|name| small_exam(Procedure::Oge, 2026, name)));
    exams.push(small_exam(Procedure::Oge, 2026, "math-base"));
    exams.last_mut().unwrap().key.procedure = Procedure::Ege;
    exams.push(Exam { tasks: Vec::new(), ..small_exam(Procedure::Gve, 2026, "russian-9") });
    for year in [2025, 2026] {
        exams
            .extend(["russian", "math-profile", "physics", "informatics"].map(|n| small_exam(Procedure::Ege, year, n)));
    }
    exams.into_iter().map(|exam| (exam.id(), exam)).collect()
}

fn small_exam(procedure: Procedure, year: u16, name: &str) -> Exam {
    let (name, paper) = match name.strip_suffix("-advanced") {
        Some(name) => (name, Paper::Advanced),
        None => (name, Paper::Ordinary),
    };
    let (subject, grade) = match procedure {
        Procedure::Vpr | Procedure::Gve => {
            name.rsplit_once('-').map(|(subject, grade)| (subject, grade.parse().unwrap())).unwrap()
        }
        Procedure::Oge => (name, 9),
        _ => (name, 11),
    };
    let is_advanced = paper == Paper::Advanced;
    let task = |at: u16| Task {
        id: if at == 10 { "10К1".to_owned() } else { at.to_string() },
        position: at,
        max: Some(1 + u16::from(at.is_multiple_of(4))),
        difficulty: Some(if at < 8 { Difficulty::Basic } else { Difficulty::Raised }),
        content: "Содержание".to_owned(),
        answer: Some(if at < 9 { AnswerKind::Short } else { AnswerKind::Extended }),
        ..Task::default()
    };
    let table = (0..=12).map(|primary| primary * 100 / 12).collect();
    Exam {
        subject_title: match subject {
            "physics" => "Физика",
            "chemistry" => "Химия",
            "geography" => "География",
            "russian" => "Русский язык",
            _ => "Математика",
        }
        .to_owned(),
        max_primary: Some(if is_advanced { 20 } else { 12 }),
        tasks: if is_advanced { Vec::new() } else { (1..=10).map(task).collect() },
        scale: match procedure {
            Procedure::Ege => Scale::Test { table, min_test: 36, min_certificate: None },
            _ => Scale::Marks(vec![(0, 2), (4, 3), (7, 4), (10, 5)]),
        },
        scale_confirmed: Confirmation::One,
        tasks_confirmed: Confirmation::One,
        specified: true,
        ..Exam::unspecified(ExamKey { paper, ..ExamKey::new(procedure, year, subject, grade) })
    }
}
