//! Slides for the meeting of an association: ten at most, one thought each; no pupils, no ranking.
//!
//! A wall shows them to teachers of many schools, so they are made of what the edition of the association says: its
//! tables, its drawings, the tasks of its packet.

use crate::context::{Chapter, EditionText, Names};
use crate::facts::works;
use crate::sections::attention::{self, Attention, DISCUSSED};
use crate::sections::{conclusions, edition_results, worth_studying};
use srez_model::edition::EditionExam;
use srez_model::report::{Block, Conclusion, DocumentKind, KeyFigure, Report, Section, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::{date, number, text as words};

/// Most works whose tasks have a slide each.
const TASK_SLIDES: usize = 2;
/// Most schools in the table of a slide.
const SCHOOLS: usize = 7;
/// Most works whose participants the first slide counts.
const COUNTED: usize = 4;

/// The slides of one subject over all its exams of the period. `chapters` are the exams that are published now, cut
/// down to what the edition may say, `exams` its tables.
pub fn compose(context: &Names<'_>, text: &EditionText<'_>, exams: &[EditionExam], chapters: &[Chapter<'_>]) -> Report {
    let exam = &chapters[0].measures.exam;
    let genitive = context.genitive.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let titles = works::titles(chapters.iter().map(|chapter| &*chapter.measures.exam));
    let attention = attention::find(context, chapters);
    let discussed = discussed(&attention, chapters);
    let main = discussed.first().copied().unwrap_or(&chapters[0]);
    let mut sections = vec![slide("Главное".to_owned(), facts(context, chapters))];
    sections.push(slide("Отметки и баллы".to_owned(), edition_results::totals(context, text, exams)));
    sections.extend(discussed.iter().filter_map(|chapter| picture(chapter, "task-levels", "Задания")));
    sections.extend(picture(main, "task-profile-by-mark", "Задания в группах участников"));
    sections.extend(skills(context, text, exams, main));
    sections.push(slide("К кому обратиться".to_owned(), experience(context, chapters)));
    sections.push(slide("Вопросы к обсуждению".to_owned(), questions(&attention)));
    sections.push(slide("Проект решения".to_owned(), vec![Block::Steps(attention::decision(&attention))]));
    sections.retain(|section| !section.blocks.is_empty());
    Report {
        kind: DocumentKind::AssociationDeck,
        title: format!("Что показали работы: учителям {genitive}"),
        subtitle: words::shortened(&titles.join("; "), 120),
        centre: context.centre.to_owned(),
        style: std::sync::Arc::clone(context.style),
        municipality: context.focus_title.clone(),
        date: date::short(context.date),
        running_head: format!("Методическое объединение. {}", exam.subject_title),
        footer: format!("Срез {} от {} · без данных учеников и мест школ", context.version, date::short(context.date)),
        key_figures: participants(context, chapters),
        passport: Vec::new(),
        missing: Vec::new(),
        sections,
    }
}

/// What is said of tasks, without the rule behind it: a slide is read from afar.
fn facts(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let without_source = |block: Block| match block {
        Block::Conclusion(conclusion) => Block::Conclusion(Conclusion { source: String::new(), ..conclusion }),
        other => other,
    };
    conclusions::of_tasks(context, chapters).into_iter().map(without_source).collect()
}

fn slide(title: String, blocks: Vec<Block>) -> Section {
    Section { id: "", title, depth: 1, new_page: true, annex: false, blocks }
}

/// The works whose tasks the meeting discusses, in the order of the agenda.
fn discussed<'a, 'b>(attention: &[Attention], chapters: &'a [Chapter<'b>]) -> Vec<&'a Chapter<'b>> {
    let mut found: Vec<&Chapter<'_>> = Vec::new();
    for seen in attention.iter().take(DISCUSSED) {
        let of_task = chapters.iter().find(|chapter| chapter.measures.exam.title() == seen.exam);
        found.extend(of_task.filter(|one| !found.iter().any(|known| known.measures.exam.key == one.measures.exam.key)));
    }
    found.truncate(TASK_SLIDES);
    found
}

/// Participants of each work.
fn participants(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<KeyFigure> {
    let Group { level, name: group } = &context.focus;
    let figure = |parts: &[Chapter<'_>]| {
        let tasks = parts.iter().flat_map(|chapter| chapter.measures.tasks_of(*level, group));
        let n = tasks.map(|row| row.counts.n).max()?;
        let exam = &parts.first()?.measures.exam;
        let title = if parts.len() > 1 { exam.work_title() } else { exam.title() };
        Some(KeyFigure { value: number::count(n), unit: format!("чел.\n{title}") })
    };
    works::of(chapters).into_iter().filter_map(figure).take(COUNTED).collect()
}

fn picture(chapter: &Chapter<'_>, chart: &str, title: &str) -> Option<Section> {
    let figure = chapter.figure(chart)?;
    let title = format!("{title}. {}", chapter.measures.exam.title());
    let said = Text::plain(figure.alt.clone());
    Some(slide(title, vec![Block::Paragraph(said), Block::Figure(figure)]))
}

fn skills(context: &Names<'_>, text: &EditionText<'_>, exams: &[EditionExam], main: &Chapter<'_>) -> Option<Section> {
    let exam = exams.iter().find(|exam| exam.exam.key == main.measures.exam.key)?;
    let table = edition_results::lowest_skills(context, text, exam)?;
    Some(slide(format!("Умения. {}", exam.exam.title()), vec![table]))
}

fn experience(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let mut entries = Vec::new();
    for chapter in chapters {
        for mut entry in worth_studying::list(chapter).map(|list| list.entries.clone()).unwrap_or_default() {
            entry.matter_title = format!("{}. {}", chapter.measures.exam.title(), entry.matter_title);
            entries.push(entry);
        }
    }
    if entries.is_empty() {
        return vec![Block::Paragraph(Text::plain(worth_studying::nobody(chapters)))];
    }
    entries.truncate(SCHOOLS);
    let note = worth_studying::note(context, &entries);
    let caption = "Школы, чей опыт стоит изучить".to_owned();
    vec![worth_studying::entries(context, "experience", caption, &entries, &note)]
}

fn questions(attention: &[Attention]) -> Vec<Block> {
    let question = |seen: &Attention| {
        let matter =
            if seen.matter.is_empty() { String::new() } else { format!(" «{}»", words::capitalised(&seen.matter)) };
        let limit = seen
            .bar
            .threshold
            .map_or_else(String::new, |threshold| format!(" при пороге {}", number::percent_exact(threshold, 0)));
        Text::default().bold(format!("Задание №\u{a0}{}{matter}, {}: ", seen.task, seen.grade)).then(format!(
            "выполнено на {}{limit}. Какие ошибки типичны и что помогает?",
            number::percent(Percent(seen.pct), seen.n),
        ))
    };
    let mut steps: Vec<Text> = attention.iter().take(DISCUSSED).map(question).collect();
    steps.push(Text::plain("Когда по рабочей программе пройдена эта тема и сколько часов на неё отведено?"));
    steps.push(Text::plain("Что из опыта школ, у которых получается, можно взять уже в этой четверти?"));
    vec![Block::Steps(steps)]
}
