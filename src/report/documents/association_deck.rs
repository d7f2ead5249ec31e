//! Slides for the meeting of an association: ten at most, one thought each; no pupils, no ranking.

use crate::model::finding::Verdict;
use crate::model::report::{Block, Conclusion, DocumentKind, KeyFigure, Report, Section, Text};
use crate::model::unit::Percent;
use crate::report::context::{Chapter, Context};
use crate::report::sections::{conclusions, worth_studying};
use crate::wording::{date, number, text as words};

/// Most conclusions on one slide.
const CONCLUSIONS: usize = 3;
/// Rules whose conclusions name a school below the others.
const LOWER_SCHOOLS: &str = "S01";
/// Most tasks that a meeting discusses.
const QUESTIONS: usize = 3;
/// Most schools in the table of a slide.
const SCHOOLS: usize = 7;

/// Slides with a chart: its id and the heading.
const PICTURES: [(&str, &str); 5] = [
    ("marks-stacked", "Отметки"),
    ("score-distribution", "Первичные баллы"),
    ("task-levels", "Задания"),
    ("task-profile-by-mark", "Задания в группах участников"),
    ("skill-school-heat-map", "Умения по школам"),
];

/// The slides of one subject over all its exams of the period; charts are those of the exam with most deficits.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let exam = &chapters[0].measures.exam;
    let genitive = context.genitive.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let titles: Vec<String> = chapters.iter().map(|chapter| chapter.measures.exam.title()).collect();
    let main = main_chapter(context, chapters);
    let facts = facts(context, chapters);
    let mut sections = vec![slide("Главное".to_owned(), facts)];
    sections.extend(PICTURES.iter().filter_map(|(chart, title)| picture(main, chart, title)));
    sections.push(slide("К кому обратиться".to_owned(), experience(context, chapters)));
    sections.push(slide("Вопросы к обсуждению".to_owned(), questions(context, main)));
    sections.push(slide("Проект решения".to_owned(), decision(context, main)));
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

/// The first conclusions, without those that name a school whose result is lower: that is for the school alone.
fn facts(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let of_all = |block: Block| match block {
        Block::Conclusion(conclusion) if !conclusion.source.contains(LOWER_SCHOOLS) => {
            Some(Block::Conclusion(Conclusion { source: String::new(), ..conclusion }))
        }
        _ => None,
    };
    conclusions::compose(context, chapters).blocks.into_iter().filter_map(of_all).take(CONCLUSIONS).collect()
}

fn slide(title: String, blocks: Vec<Block>) -> Section {
    Section { title, depth: 1, new_page: true, annex: false, blocks }
}

/// The exam with most tasks that are surely insufficient; of equals the one with most participants.
fn main_chapter<'a, 'b>(context: &Context<'_>, chapters: &'a [Chapter<'b>]) -> &'a Chapter<'b> {
    let weight = |chapter: &Chapter<'_>| {
        let (level, group) = &context.focus;
        let n = chapter.measures.tasks_of(*level, group).map(|row| row.counts.n).max().unwrap_or(0);
        (deficits(context, chapter).len(), n)
    };
    let best = (1..chapters.len())
        .fold(0, |best, place| if weight(&chapters[best]) < weight(&chapters[place]) { place } else { best });
    &chapters[best]
}

/// A task below its threshold.
struct Deficit {
    id: String,
    matter: String,
    pct: Percent,
    threshold: f64,
    n: u64,
}

/// Tasks that are surely insufficient, the farthest below their threshold first.
fn deficits(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Deficit> {
    let (level, group) = &context.focus;
    let mut found: Vec<Deficit> = chapter
        .measures
        .tasks_of(*level, group)
        .zip(&chapter.findings.verdicts)
        .filter(|(_, judged)| judged.verdict == Verdict::Insufficient && judged.reliable)
        .filter_map(|(row, judged)| {
            let task = chapter.measures.exam.tasks.get(usize::from(row.task))?;
            Some(Deficit {
                id: task.id.clone(),
                matter: task.label().to_owned(),
                pct: row.pct?,
                threshold: judged.threshold?,
                n: row.counts.n,
            })
        })
        .collect();
    found.sort_by(|one, other| (one.pct.0 - one.threshold).total_cmp(&(other.pct.0 - other.threshold)));
    found
}

/// Participants of each exam, four at most.
fn participants(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<KeyFigure> {
    let (level, group) = &context.focus;
    let figure = |chapter: &Chapter<'_>| {
        let n = chapter.measures.tasks_of(*level, group).map(|row| row.counts.n).max()?;
        let exam = chapter.measures.exam.title();
        Some(KeyFigure { value: number::count(n), unit: format!("чел.\n{exam}") })
    };
    chapters.iter().filter_map(figure).take(4).collect()
}

fn picture(chapter: &Chapter<'_>, chart: &str, title: &str) -> Option<Section> {
    let figure = chapter.figure(chart)?;
    let title = format!("{title}. {}", chapter.measures.exam.title());
    let said = Text::plain(figure.alt.clone());
    Some(slide(title, vec![Block::Paragraph(said), Block::Figure(figure)]))
}

fn experience(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let mut entries = Vec::new();
    for chapter in chapters {
        for mut entry in worth_studying::list(chapter).map(|list| list.entries.clone()).unwrap_or_default() {
            entry.matter_title = format!("{}. {}", chapter.measures.exam.title(), entry.matter_title);
            entries.push(entry);
        }
    }
    if entries.is_empty() {
        return vec![Block::Paragraph(Text::plain(
            "Школ, результат которых выше остальных с подтверждённым отличием, не выявлено; выступающих выбирает \
             методист.",
        ))];
    }
    entries.truncate(SCHOOLS);
    let note = worth_studying::note(&entries);
    let caption = "Школы, чей опыт стоит изучить".to_owned();
    vec![worth_studying::entries(context, "experience", caption, &entries, note)]
}

fn questions(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let mut steps: Vec<Text> = deficits(context, chapter)
        .iter()
        .take(QUESTIONS)
        .map(|task| {
            let matter = if task.matter.is_empty() {
                String::new()
            } else {
                format!(" «{}»", words::capitalised(&task.matter))
            };
            Text::default().bold(format!("Задание № {}{matter}: ", task.id)).then(format!(
                "выполнено на {} при пороге {}. Какие ошибки типичны и что помогает?",
                number::percent(task.pct, task.n),
                number::percent_exact(task.threshold, 0)
            ))
        })
        .collect();
    if steps.is_empty() {
        steps.push(Text::plain(
            "Заданий, выполненных заведомо ниже порога, нет. Какие из них ближе всего к нему и почему?",
        ));
    }
    steps.push(Text::plain("Когда по рабочей программе пройдена эта тема и сколько часов на неё отведено?"));
    steps.push(Text::plain("Что из опыта школ, у которых получается, можно взять уже в этой четверти?"));
    vec![Block::Steps(steps)]
}

fn decision(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let found = deficits(context, chapter);
    let target = found.first().map_or_else(
        || "доля заданий с достаточным уровнем не ниже нынешней".to_owned(),
        |task| {
            format!(
                "выполнение задания № {} и подобных ему не ниже {} (сейчас {})",
                task.id,
                number::percent_exact(task.threshold, 0),
                number::percent(task.pct, task.n)
            )
        },
    );
    vec![Block::Steps(vec![
        Text::plain(format!("Включить эти умения в рабочие планы; показатель: {target}.")),
        Text::plain("Провести открытый урок или мастер-класс в школе, у которой получается."),
        Text::plain("Провести короткую проверочную работу и сравнить с этими числами."),
        Text::plain("Срок и ответственные — в протоколе заседания."),
    ])]
}
