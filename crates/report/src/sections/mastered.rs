//! What is mastered and what is not, by the threshold in force: 2.3.5 of the report on ОГЭ, 3.2.4 of that on ЕГЭ.

use crate::context::{Chapter, Names};
use crate::facts::task_threshold;
use crate::facts::weak_tasks::told;
use srez_model::assessment::Task;
use srez_model::compared::MeasureId;
use srez_model::field_id::{FieldId, FieldName};
use srez_model::finding::Verdict;
use srez_model::report::{Blank, Block, Text};
use srez_model::unit::Percent;
use srez_wording::{number, text as words};

/// The three paragraphs of the form, under the threshold by which they are made.
pub(super) fn blocks(context: &Names<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let judged = chapter.findings.verdicts.iter().any(|one| one.verdict != Verdict::Unknown);
    if judged {
        blocks.push(Block::Note(Text::plain(task_threshold::in_words(context, &chapter.measures.exam))));
        let lists = [
            ("Можно считать достаточным", sufficient(chapter)),
            ("Нельзя считать достаточным", with_shares(context, chapter, Verdict::Insufficient)),
            ("Результат у порога", with_shares(context, chapter, Verdict::Zone)),
        ];
        for (title, listed) in lists.into_iter().filter(|(_, listed)| !listed.is_empty()) {
            let text = Text::default().bold(title).then(format!(" усвоение: {}.", listed.join("; ")));
            blocks.push(Block::Paragraph(text));
        }
    } else {
        let why = "Списков «достаточно» и «недостаточно» нет: в описании работы нет уровней заданий.";
        blocks.push(Block::Paragraph(Text::plain(why)));
    }
    let rows = chapter.measures.dynamics_of(context.focus.level, &context.focus.name);
    if rows.iter().any(|row| row.comparable && matches!(row.measure, MeasureId::Task(_))) {
        let id = FieldId::new(FieldName::TaskDynamics, chapter.measures.exam.id());
        blocks.push(Blank::new(id, "Динамика успешности выполнения заданий", 2).block());
    } else {
        let why = " не измерялась: результатов сопоставимых заданий прошлых лет нет.";
        blocks.push(Block::Paragraph(Text::default().bold("Динамика успешности").then(why)));
    }
    blocks
}

/// The tasks of a verdict in the order of the paper.
fn of<'a>(chapter: &Chapter<'a>, wanted: Verdict) -> Vec<&'a Task> {
    let told = chapter.findings.verdicts.iter().filter(|judged| told(judged) == wanted);
    told.filter_map(|judged| chapter.measures.exam.tasks.get(usize::from(judged.task))).collect()
}

/// Skill by skill: «уравнения и неравенства (№ 9 и 13)».
fn sufficient(chapter: &Chapter<'_>) -> Vec<String> {
    let mut skills: Vec<(&str, Vec<&str>)> = Vec::new();
    for task in of(chapter, Verdict::Sufficient) {
        let skill = if task.matter().is_empty() { task.label() } else { task.matter() };
        match skills.iter_mut().find(|(known, _)| *known == skill) {
            Some((_, ids)) => ids.push(&task.id),
            None => skills.push((skill, vec![&task.id])),
        }
    }
    let named = |(skill, ids): (&str, Vec<&str>)| match skill {
        "" => words::task_list(&ids),
        skill => format!("{} ({})", words::lowered(skill), words::task_list(&ids)),
    };
    skills.into_iter().map(named).collect()
}

/// Task by task: «окружность (№ 16 — 40,4 %)».
fn with_shares(context: &Names<'_>, chapter: &Chapter<'_>, wanted: Verdict) -> Vec<String> {
    let focus = &context.focus;
    let share = |task: &Task| -> Option<(Percent, u64)> {
        let mut rows = chapter.measures.tasks_of(focus.level, &focus.name);
        let row = rows.find(|row| chapter.task_id(row.task) == task.id)?;
        Some((row.pct?, row.counts.n))
    };
    let named = |task: &Task| {
        let (pct, n) = share(task)?;
        let number = format!("№\u{a0}{}\u{a0}— {}", task.id, number::percent(pct, n));
        Some(match task.label() {
            "" => number,
            label => format!("{} ({number})", words::lowered(label)),
        })
    };
    of(chapter, wanted).into_iter().filter_map(named).collect()
}
