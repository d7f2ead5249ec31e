//! Exam specifications: TOML as written → [`Exam`] as meant, strictly.

use include_dir::{Dir, File, include_dir};
use serde::Deserialize;
use srez_model::assessment::{
    AnswerKind, Condition, Confirmation, Difficulty, Exam, ExamCatalogue, ExamKey, Paper, Procedure, ProfileMinimum,
    Scale, SubjectCatalogue, Task,
};
use srez_model::error::{Error, Result};

/// The specifications built into the program, in folders by procedure and year.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../pipelines/exams");

/// A specification as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenExam {
    procedure: String,
    year: u16,
    subject: String,
    grade: u8,
    paper: Option<String>,
    #[serde(default)]
    part: String,
    #[serde(default)]
    part_title: String,
    max_primary: u16,
    #[serde(default)]
    marks: Vec<(u16, String)>,
    #[serde(default)]
    test: Vec<u16>,
    min_test: Option<u16>,
    min_test_certificate: Option<u16>,
    min_mark: Option<String>,
    #[serde(default)]
    scale_confirmed: Option<String>,
    #[serde(default)]
    scale_note: String,
    #[serde(default)]
    tasks_confirmed: Option<String>,
    #[serde(default)]
    tasks_note: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    year_note: String,
    #[serde(default)]
    labels: String,
    status: Option<String>,
    #[serde(default)]
    disputed_cells: Vec<u16>,
    #[serde(default)]
    conditions: Vec<WrittenCondition>,
    #[serde(default)]
    profile_minima: Vec<WrittenMinimum>,
    #[serde(default)]
    tasks: Vec<WrittenTask>,
}

/// Points for a class of a profile as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMinimum {
    #[serde(default)]
    profile: String,
    min: u16,
    #[serde(default)]
    tasks: Vec<String>,
    #[serde(default)]
    min_of_tasks: u16,
}

/// A condition as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCondition {
    kind: String,
    tasks: Vec<String>,
    min: u16,
    for_marks: Vec<String>,
    otherwise: String,
    #[serde(default)]
    note: String,
}

/// A task as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTask {
    id: String,
    position: Option<u16>,
    max: u16,
    level: Option<String>,
    answer: Option<String>,
    #[serde(default)]
    content: String,
    #[serde(default)]
    skill: String,
    #[serde(default)]
    kes: Vec<String>,
    #[serde(default)]
    kt: Vec<String>,
    /// Printed numbers that a criterion belongs to: for the human reader; the program goes by the id.
    #[serde(default, rename = "group")]
    _group: Vec<String>,
    #[serde(default)]
    alternatives: Vec<String>,
    #[serde(default)]
    requires: String,
    programme_grade: Option<u8>,
    lesson: Option<u8>,
    #[serde(default)]
    form_label: String,
}

/// The specifications built into the program.
///
/// # Errors
/// If one of them breaks a loading rule, which is a bug that a test finds.
pub fn built_in(subjects: &SubjectCatalogue) -> Result<ExamCatalogue> {
    let mut catalogue = ExamCatalogue::new();
    for file in files_in(&BUILT_IN) {
        let name = file.path().to_string_lossy();
        let text = file.contents_utf8().unwrap_or_default();
        let exam = parse(&name, text, subjects)?;
        catalogue.insert(exam.id(), exam);
    }
    Ok(catalogue)
}

/// All files of a folder and the folders in it.
fn files_in(folder: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    folder.files().chain(folder.dirs().flat_map(files_in)).collect()
}

/// One specification; `name` is the file name, which must be the exam's name.
///
/// # Errors
/// If the file is not a specification or its numbers do not agree; the message says which.
pub fn parse(name: &str, text: &str, subjects: &SubjectCatalogue) -> Result<Exam> {
    let written: WrittenExam =
        toml::from_str(text).map_err(|error| super::faults::in_toml(name, text, &error, WORDS))?;
    let exam = mean(name, written, subjects)?;
    let stem = name.strip_suffix(".toml").unwrap_or(name);
    let stem = stem.rsplit('/').next().unwrap_or(stem);
    if stem != exam.id() {
        return Err(fault(name, format!("файл называется {stem}, а описывает работу {}", exam.id()))
            .hint(format!("переименуйте файл в {}.toml", exam.id())));
    }
    super::exam_checks::check(name, &exam)?;
    Ok(exam)
}

/// Keys of a specification, for the nearest name in a message.
const WORDS: &[&str] = &[
    "procedure",
    "year",
    "subject",
    "grade",
    "paper",
    "part",
    "part_title",
    "max_primary",
    "marks",
    "test",
    "min_test",
    "min_test_certificate",
    "min_mark",
    "scale_confirmed",
    "scale_note",
    "tasks_confirmed",
    "tasks_note",
    "note",
    "labels",
    "status",
    "disputed_cells",
    "conditions",
    "profile_minima",
    "profile",
    "min_of_tasks",
    "tasks",
    "id",
    "position",
    "max",
    "level",
    "answer",
    "content",
    "skill",
    "kes",
    "kt",
    "group",
    "alternatives",
    "requires",
    "programme_grade",
    "lesson",
    "form_label",
    "kind",
    "min",
    "for_marks",
    "otherwise",
];

pub(super) fn fault(name: &str, message: impl std::fmt::Display) -> Error {
    Error::usage(format!("спецификация {name}: {message}"))
}

fn mean(name: &str, written: WrittenExam, subjects: &SubjectCatalogue) -> Result<Exam> {
    let procedure = Procedure::from_title(&written.procedure).ok_or_else(|| {
        fault(name, format!("неизвестная процедура «{}»; есть ВПР, ОГЭ, ЕГЭ, ГВЭ, РДР", written.procedure))
    })?;
    let subject = subjects
        .iter()
        .find(|subject| subject.title == written.subject)
        .ok_or_else(|| fault(name, format!("предмета «{}» нет в subjects.toml", written.subject)))?;
    let paper = paper(name, written.paper.as_deref())?;
    let scale = scale(name, &written)?;
    let part_title = part_title(name, &written)?;
    let conditions =
        written.conditions.iter().map(|condition| mean_condition(name, condition)).collect::<Result<_>>()?;
    let tasks = written
        .tasks
        .into_iter()
        .zip(1_u16..)
        .map(|(task, order)| mean_task(name, task, order))
        .collect::<Result<Vec<_>>>()?;
    let notes = [written.scale_note, written.note, written.year_note, written.labels];
    Ok(Exam {
        key: ExamKey {
            paper,
            part: written.part,
            ..ExamKey::new(procedure, written.year, &subject.slug, written.grade)
        },
        subject_title: written.subject,
        part_title,
        max_primary: Some(written.max_primary),
        tasks,
        scale,
        conditions,
        profile_minima: written.profile_minima.into_iter().map(profile_minimum).collect(),
        scale_confirmed: confirmation(name, written.scale_confirmed.as_deref())?,
        scale_note: notes.iter().filter(|note| !note.is_empty()).cloned().collect::<Vec<_>>().join("; "),
        tasks_confirmed: confirmation(name, written.tasks_confirmed.as_deref())?,
        tasks_note: written.tasks_note,
        specified: true,
        draft: written.status.as_deref() == Some("проект"),
        disputed_cells: written.disputed_cells,
    })
}

fn paper(name: &str, word: Option<&str>) -> Result<Paper> {
    let Some(word) = word else { return Ok(Paper::Ordinary) };
    Paper::from_id(word)
        .ok_or_else(|| fault(name, format!("работа вида «{word}» неизвестна; есть advanced, oral, 100, 200, 300, 500")))
}

/// The title of a part; the slug goes into the name of the work, so it is Latin letters.
fn part_title(name: &str, written: &WrittenExam) -> Result<String> {
    let is_slug = written.part.bytes().all(|letter| letter.is_ascii_lowercase());
    if !is_slug || Paper::from_id(&written.part).is_some() {
        return Err(fault(
            name,
            format!("часть работы «{}»: нужно слово латинскими буквами, как algebra", written.part),
        ));
    }
    if written.part.is_empty() != written.part_title.is_empty() {
        return Err(fault(name, "part и part_title пишутся вместе: part = \"algebra\", part_title = \"алгебра\""));
    }
    Ok(written.part_title.clone())
}

fn profile_minimum(written: WrittenMinimum) -> ProfileMinimum {
    let WrittenMinimum { profile, min, tasks, min_of_tasks } = written;
    ProfileMinimum { profile, min, tasks, min_of_tasks }
}

fn scale(name: &str, written: &WrittenExam) -> Result<Scale> {
    if !written.test.is_empty() {
        let min_test = written.min_test.ok_or_else(|| fault(name, "есть таблица test, но нет min_test"))?;
        let min_certificate = written.min_test_certificate;
        return Ok(Scale::Test { table: written.test.clone(), min_test, min_certificate });
    }
    if written.marks.is_empty() {
        return Ok(Scale::Unknown);
    }
    if let Some(least) = &written.min_mark {
        mark(name, least)?;
    }
    let bounds =
        written.marks.iter().map(|(bound, word)| Ok((*bound, mark(name, word)?))).collect::<Result<Vec<_>>>()?;
    Ok(Scale::Marks(bounds))
}

fn mark(name: &str, word: &str) -> Result<u8> {
    match word.parse() {
        Ok(mark @ 2..=5) => Ok(mark),
        _ => Err(fault(name, format!("отметка «{word}»: ожидается от 2 до 5"))),
    }
}

fn mean_condition(name: &str, written: &WrittenCondition) -> Result<Condition> {
    if written.kind != "min_sum" {
        return Err(fault(name, format!("условие вида «{}» неизвестно; есть min_sum", written.kind)));
    }
    Ok(Condition {
        tasks: written.tasks.clone(),
        min: written.min,
        for_marks: written.for_marks.iter().map(|word| mark(name, word)).collect::<Result<_>>()?,
        otherwise: mark(name, &written.otherwise)?,
        note: written.note.clone(),
    })
}

fn mean_task(name: &str, written: WrittenTask, order: u16) -> Result<Task> {
    let difficulty = match written.level.as_deref() {
        None => None,
        Some(letter) => Some(
            Difficulty::from_letter(letter)
                .ok_or_else(|| fault(name, format!("задание {}: уровень «{letter}»; есть Б, П, В", written.id)))?,
        ),
    };
    let answer = match written.answer.as_deref() {
        None => None,
        Some("краткий") => Some(AnswerKind::Short),
        // A practical task is marked by experts, in the column of extended answers.
        Some("развёрнутый" | "практический") => Some(AnswerKind::Extended),
        Some("устный") => Some(AnswerKind::Oral),
        Some(word) => return Err(fault(name, format!("задание {}: вид ответа «{word}» неизвестен", written.id))),
    };
    Ok(Task {
        id: written.id,
        position: written.position.unwrap_or(order),
        max: Some(written.max),
        difficulty,
        content: written.content,
        skill: written.skill,
        content_codes: written.kes,
        requirement_codes: written.kt,
        answer,
        form_label: written.form_label,
        alternatives: written.alternatives,
        requires: written.requires,
        programme_grade: written.programme_grade,
        lesson: written.lesson,
    })
}

fn confirmation(name: &str, word: Option<&str>) -> Result<Confirmation> {
    use Confirmation::{FormHeader, Inferred, None, OfficialText, One, Recovered, Two};
    let Some(word) = word else { return Ok(None) };
    [OfficialText, Two, One, FormHeader, Inferred, Recovered, None]
        .into_iter()
        .find(|seen| seen.id() == word)
        .ok_or_else(|| fault(name, format!("подтверждение «{word}» неизвестно")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::assert_guide_names_keys;
    use crate::subjects;

    const NAME: &str = "vpr-2024-math-4.toml";
    const SMALL: &str = "procedure = \"ВПР\"\nyear = 2024\nsubject = \"Математика\"\ngrade = 4\nmax_primary = 3\n\
        marks = [[0, \"2\"], [1, \"3\"], [2, \"4\"], [3, \"5\"]]\n\
        [[conditions]]\nkind = \"min_sum\"\ntasks = [\"2\"]\nmin = 1\nfor_marks = [\"5\"]\notherwise = \"4\"\n\
        [[tasks]]\nid = \"1\"\nmax = 1\n[[tasks]]\nid = \"2\"\nmax = 2\n";

    fn refused(name: &str, text: &str) -> Error {
        parse(name, text, &subjects::built_in().unwrap()).unwrap_err()
    }

    #[test]
    fn the_guide_names_every_key() {
        assert_guide_names_keys::<WrittenExam>("спецификация");
        assert_guide_names_keys::<WrittenCondition>("[[conditions]]");
        assert_guide_names_keys::<WrittenTask>("[[tasks]]");
    }

    #[test]
    fn every_built_in_file_is_an_exam_whose_numbers_agree() {
        let exams = built_in(&subjects::built_in().unwrap()).unwrap();
        assert_eq!(exams.len(), files_in(&BUILT_IN).len());
        for exam in exams.values().filter(|exam| exam.tasks.iter().all(|task| task.alternatives.is_empty())) {
            let sum = exam.sum_of_maxima();
            assert!(exam.tasks.is_empty() || sum == exam.max_primary, "{}: {sum:?}", exam.id());
        }
    }

    #[test]
    fn skills_are_short_and_labelled_exams_have_skills_of_several_tasks() {
        for exam in built_in(&subjects::built_in().unwrap()).unwrap().values() {
            let mut of_several = std::collections::BTreeMap::<&str, usize>::new();
            for task in &exam.tasks {
                let skill = task.skill.as_str();
                let lower = skill.chars().next().is_none_or(char::is_lowercase);
                assert!(skill.chars().count() <= 40 && lower, "{}, {}: «{skill}»", exam.id(), task.id);
                if !task.matter().is_empty() {
                    *of_several.entry(task.matter()).or_default() += 1;
                }
            }
            let several = of_several.values().filter(|tasks| **tasks >= 2).count();
            let labelled: usize = of_several.values().sum();
            assert!(labelled < 8 || several >= 2, "{}: {several}", exam.id());
        }
    }

    #[test]
    fn a_small_file_is_right() {
        let exam = parse(NAME, SMALL, &subjects::built_in().unwrap()).unwrap();
        assert_eq!((exam.id().as_str(), exam.tasks.len()), ("vpr-2024-math-4", 2));
    }

    #[test]
    fn maxima_must_add_up() {
        let error = refused(NAME, &SMALL.replace("max = 2", "max = 1"));
        assert_eq!(error.message, "спецификация vpr-2024-math-4.toml: сумма максимумов заданий 2, а max_primary 3");
    }

    #[test]
    fn a_scale_must_ascend() {
        let error = refused(NAME, &SMALL.replace("[2, \"4\"]", "[1, \"4\"]"));
        let expected = "спецификация vpr-2024-math-4.toml: шкала отметок не покрывает баллы 0…3 по возрастанию";
        assert_eq!(error.message, expected);
    }

    #[test]
    fn an_unknown_key_gets_the_nearest_name() {
        let error = refused(NAME, &SMALL.replace("max_primary", "max_primry"));
        assert_eq!(error.message.lines().next(), Some("ошибка: неизвестный ключ «max_primry»"));
        assert!(error.message.contains("vpr-2024-math-4.toml:5"), "{}", error.message);
        assert_eq!(error.hint, "ближайший известный ключ — «max_primary»");
    }

    #[test]
    fn the_file_must_be_named_after_its_exam() {
        let error = refused("math.toml", SMALL);
        let expected = "спецификация math.toml: файл называется math, а описывает работу vpr-2024-math-4";
        assert_eq!(error.message, expected);
        assert_eq!(error.hint, "переименуйте файл в vpr-2024-math-4.toml");
    }

    #[test]
    fn a_condition_must_name_known_tasks() {
        let error = refused(NAME, &SMALL.replace("tasks = [\"2\"]", "tasks = [\"9\"]"));
        let expected = "спецификация vpr-2024-math-4.toml: условие называет задание 9, которого нет";
        assert_eq!(error.message, expected);
    }
}
