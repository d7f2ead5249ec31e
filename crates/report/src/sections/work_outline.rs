//! «Краткая характеристика работы» (item 3.1): tasks by level and kind of answer, changes to the year before, as far as
//! the specifications tell them.

use crate::context::{Chapter, Context, Names};
use srez_model::assessment::{AnswerKind, Difficulty, Exam, ExamKey, Task};
use srez_model::field_id::{FieldId, FieldName};
use srez_model::report::{Blank, Block, Section, Text};
use srez_wording::sentence::{note, tasks as said};
use srez_wording::text as words;

/// The section of an exam with sections of its own template: ОГЭ and ЕГЭ.
pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let exam = &chapter.measures.exam;
    let mut blocks = opening(context, chapter);
    if exam.tasks.is_empty() {
        return super::section("Краткая характеристика работы", false, vec![super::no_data("заданий нет")]);
    }
    blocks.push(parts(chapter));
    if earlier(context, exam).is_none() {
        let id = FieldId::new(FieldName::WorkChanges, exam.id());
        blocks.push(Blank::new(id, "Изменения работы по сравнению с прошлым годом", 1).block());
    }
    super::section("Краткая характеристика работы", false, blocks)
}

/// The paragraph alone, for works whose analysis has no section 3.1.
pub(crate) fn opening(context: &Names<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let exam = &chapter.measures.exam;
    if exam.tasks.is_empty() {
        return Vec::new();
    }
    let n = exam.tasks.len() as u64;
    let mut sentence = match exam.max_primary {
        Some(max) => said::outline(n, u64::from(max)),
        None => said::outline_without_score(n),
    };
    if let Some(before) = earlier(context, exam) {
        sentence.push(' ');
        sentence.push_str(&changes(exam, before));
    }
    vec![Block::Paragraph(Text::plain(sentence))]
}

/// The specification of the year before.
fn earlier<'a>(context: &'a Names<'_>, exam: &Exam) -> Option<&'a Exam> {
    let key = ExamKey { year: exam.key.year.checked_sub(1)?, ..exam.key.clone() };
    context.exams.get(&key.id()).filter(|before| exam.specified && !before.draft && !before.tasks.is_empty())
}

/// What differs from the year before, in one sentence or more.
fn changes(exam: &Exam, before: &Exam) -> String {
    let year = before.key.year;
    let mut found = Vec::new();
    if exam.tasks.len() != before.tasks.len() {
        found.push(format!("заданий было {}", before.tasks.len()));
    }
    if let (Some(now), Some(then)) = (exam.max_primary, before.max_primary)
        && now != then
    {
        found.push(format!("наибольший балл был {then}"));
    }
    let differing = |differs: fn(&Task, &Task) -> bool| -> Vec<&str> {
        let changed = exam.tasks.iter().filter(|task| {
            before.tasks.iter().find(|known| known.id == task.id).is_some_and(|known| differs(task, known))
        });
        changed.map(|task| task.id.as_str()).collect()
    };
    let levels = differing(|task, known| task.difficulty.zip(known.difficulty).is_some_and(|(now, then)| now != then));
    let maxima = differing(|task, known| task.max.zip(known.max).is_some_and(|(now, then)| now != then));
    for (what, ids) in [("уровень сложности", levels), ("максимальный балл", maxima)] {
        if !ids.is_empty() {
            found.push(format!("{what} другой: {}", words::task_list(&ids)));
        }
    }
    let cuts = (exam.scale.cuts(), before.scale.cuts());
    if !cuts.0.is_empty() && !cuts.1.is_empty() && cuts.0 != cuts.1 {
        found.push("перевод баллов другой".to_owned());
    }
    if found.is_empty() {
        let levels = if exam.tasks.iter().any(|task| task.difficulty.is_some()) { ", их уровни" } else { "" };
        return format!("Число заданий{levels} и баллы — как в {year} году.");
    }
    format!("Отличия от {year} года: {}.", found.join("; "))
}

/// Tasks and points by level, then by kind of answer.
fn parts(chapter: &Chapter<'_>) -> Block {
    let exam = &chapter.measures.exam;
    let level = |task: &Task| {
        let place = exam.tasks.iter().position(|known| known.id == task.id).and_then(|place| u16::try_from(place).ok());
        place.and_then(|place| chapter.measures.difficulty(place))
    };
    let all: Vec<&Task> = exam.tasks.iter().collect();
    let of =
        |wanted: &dyn Fn(&Task) -> bool| -> Vec<&Task> { all.iter().copied().filter(|task| wanted(task)).collect() };
    let groups: [(&str, Vec<&Task>); 8] = [
        ("базовый уровень", of(&|task| level(task) == Some(Difficulty::Basic))),
        ("повышенный уровень", of(&|task| level(task) == Some(Difficulty::Raised))),
        ("высокий уровень", of(&|task| level(task) == Some(Difficulty::High))),
        ("уровень не указан", of(&|task| level(task).is_none())),
        ("с кратким ответом", of(&|task| task.answer == Some(AnswerKind::Short))),
        ("с развёрнутым ответом", of(&|task| task.answer == Some(AnswerKind::Extended))),
        ("устная часть", of(&|task| task.answer == Some(AnswerKind::Oral))),
        ("вид ответа не указан", of(&|task| task.answer.is_none())),
    ];
    let sum = |tasks: &[&Task]| tasks.iter().filter_map(|task| task.max).map(u64::from).sum::<u64>();
    let told = groups.into_iter().filter(|(_, tasks)| !tasks.is_empty()).map(|(title, tasks)| {
        format!("{title}\u{a0}— №\u{a0}{} ({})", numbers(exam, &tasks), note::points(sum(&tasks)))
    });
    let told: Vec<String> = told.collect();
    Block::Paragraph(Text::plain(format!("{}.", words::capitalised(&told.join("; ")))))
}

/// Numbers of tasks; three and more in a row as «1–8».
fn numbers(exam: &Exam, tasks: &[&Task]) -> String {
    let place = |task: &Task| exam.tasks.iter().position(|known| known.id == task.id).unwrap_or(0);
    let mut runs: Vec<Vec<&Task>> = Vec::new();
    for task in tasks {
        match runs.last_mut().filter(|run| run.last().is_some_and(|last| place(last) + 1 == place(task))) {
            Some(run) => run.push(task),
            None => runs.push(vec![task]),
        }
    }
    let of_run = |run: &Vec<&Task>| match run.as_slice() {
        [first, _, .., last] if run.len() > 2 => format!("{}–{}", first.id, last.id),
        few => few.iter().map(|task| task.id.as_str()).collect::<Vec<_>>().join(", "),
    };
    runs.iter().map(of_run).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{changes, numbers};
    use srez_model::assessment::Exam;

    fn exam(year: u16, levels: &str, max: u16) -> Exam {
        let task =
            |(level, number): (char, usize)| format!("[[tasks]]\nid = \"{number}\"\nmax = 1\nlevel = \"{level}\"\n");
        let tasks: String = levels.chars().zip(1..).map(task).collect();
        let head =
            format!("procedure = \"ВПР\"\nyear = {year}\nsubject = \"Математика\"\ngrade = 8\nmax_primary = {max}\n");
        let subjects = srez_config::subjects::built_in().unwrap();
        srez_config::exams::parse(&format!("vpr-{year}-math-8.toml"), &(head + &tasks), &subjects).unwrap()
    }

    #[test]
    fn numbers_in_a_row_are_joined() {
        let exam = exam(2026, "ББББББ", 6);
        let of = |places: &[usize]| numbers(&exam, &places.iter().map(|place| &exam.tasks[*place]).collect::<Vec<_>>());
        assert_eq!(of(&[0, 1, 2, 4, 5]), "1–3, 5, 6");
        assert_eq!(of(&[3]), "4");
        assert_eq!(of(&[]), "");
    }

    #[test]
    fn differences_of_specifications_are_told() {
        let before = exam(2025, "БББ", 3);
        assert_eq!(changes(&exam(2026, "БББ", 3), &before), "Число заданий, их уровни и баллы — как в 2025 году.");
        assert_eq!(
            changes(&exam(2026, "БВ", 2), &before).replace('\u{a0}', " "),
            "Отличия от 2025 года: заданий было 3; наибольший балл был 3; уровень сложности другой: № 2."
        );
    }
}
