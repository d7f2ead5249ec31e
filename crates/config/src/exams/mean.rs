//! From a specification as written to the exam as meant; a word that is not known is an error.

use super::fault;
use super::written::{WrittenCondition, WrittenExam, WrittenMinimum, WrittenTask};
use srez_model::assessment::{
    AnswerKind, Condition, Confirmation, Difficulty, Exam, ExamKey, Paper, Procedure, ProfileMinimum, Scale,
    SubjectCatalogue, Task,
};
use srez_model::error::Result;

pub(super) fn mean(name: &str, written: WrittenExam, subjects: &SubjectCatalogue) -> Result<Exam> {
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
