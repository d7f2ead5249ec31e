//! «Лист собеседования» (D6, items 2.1–2.4): facts, then five to seven questions born of them, with room for answers.

use crate::context::{Chapter, Context};
use crate::facts::deficits;
use crate::facts::skills::findings_of;
use crate::facts::{looked_at, results, works, works_words};
use crate::sections::section;
use srez_model::delivery::FileStatus;
use srez_model::finding::Finding;
use srez_model::level::Level;
use srez_model::note::Severity;
use srez_model::report::{Block, DocumentKind, Report, Text};
use srez_wording::{date, number, sentence, text as words};

/// Facts that the sheet shows.
const MOST_FACTS: usize = 7;
/// Least and most questions.
const QUESTIONS: (usize, usize) = (5, 7);

/// A question with the fact that asks it; the fact is empty for questions that every school gets.
struct Asked {
    fact: String,
    question: String,
}

/// The sheet of one school.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Report {
    let questions = questions(context, chapters, school);
    let mut asked = Vec::new();
    for (one, number) in questions.iter().zip(1..) {
        if !one.fact.is_empty() {
            asked.push(Block::Paragraph(Text::default().bold(format!("{number}. Факт. ")).then(one.fact.clone())));
        }
        let lead = if one.fact.is_empty() { format!("{number}. ") } else { "Вопрос. ".to_owned() };
        asked.push(Block::Paragraph(Text::default().bold(lead).then(one.question.clone())));
        asked.push(Block::Field("Ответ; согласованный шаг, дата".to_owned(), if one.fact.is_empty() { 1 } else { 2 }));
    }
    Report {
        running_head: format!("Собеседование. {}", context.school(school)),
        footer: format!("Срез {} от {} · только для школы и отдела", context.version, date::short(context.date)),
        sections: vec![
            section(
                "Встреча",
                false,
                vec![Block::Field("Дата; участники от школы, отдела образования, методического центра".to_owned(), 1)],
            ),
            section("Факты", false, facts(context, chapters, school)),
            section("Вопросы", false, asked),
            section("Итог", false, vec![Block::Field("Договорились; кто проверяет и когда".to_owned(), 1)]),
        ],
        ..context.report(
            DocumentKind::InterviewSheet,
            format!("Лист собеседования: {}", context.school(school)),
            context.title.to_owned(),
        )
    }
}

/// Seven lines at most: the works with most participants, the smallest in one line, the files.
fn facts(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<Block> {
    let mut taken: Vec<(&Chapter<'_>, results::KeyResult)> = chapters
        .iter()
        .filter_map(|chapter| Some((chapter, results::of(chapter.measures, Level::School, school)?)))
        .collect();
    // Stable: works of one size stay in the order of the run.
    taken.sort_by_key(|(_, result)| std::cmp::Reverse(result.n));
    let mut lines: Vec<Text> = Vec::new();
    let (large, small): (Vec<_>, Vec<_>) =
        taken.into_iter().partition(|(_, result)| !results::is_small(context, result.n));
    for (chapter, result) in large.iter().take(MOST_FACTS - 2) {
        lines.push(work_line(context, chapter, result));
    }
    if MOST_FACTS - 2 < large.len() {
        lines.push(Text::plain(sentence::works::more_works((large.len() + 2 - MOST_FACTS) as u64)));
    }
    if !small.is_empty() {
        let counted: Vec<String> = small
            .iter()
            .take(if large.is_empty() { MOST_FACTS } else { 3 })
            .map(|(chapter, result)| {
                format!("{} ({})", chapter.measures.exam.title(), results::counted(chapter.measures, result))
            })
            .collect();
        let rest = small.len().saturating_sub(counted.len());
        let tail = if rest == 0 { String::new() } else { format!("; ещё {rest}") };
        lines.push(Text::default().bold("Малые группы, без долей: ").then(format!("{}{tail}.", counted.join("; "))));
    }
    let unmarked: Vec<String> = chapters
        .iter()
        .filter(|chapter| looked_at::lacks_results(chapter.measures, Level::School, school))
        .map(|chapter| {
            let n = results::participants(chapter.measures, Level::School, school);
            format!("{} ({})", chapter.measures.exam.title(), sentence::participants::participants(n))
        })
        .collect();
    if !unmarked.is_empty() {
        lines.push(Text::default().bold("Работы без отметок: ").then(format!("{}.", unmarked.join("; "))));
    }
    if lines.is_empty() {
        return vec![Block::Note("Нет данных: результатов школы за период нет.".into())];
    }
    vec![Block::List(lines)]
}

fn work_line(context: &Context<'_>, chapter: &Chapter<'_>, result: &results::KeyResult) -> Text {
    let measures = chapter.measures;
    let mut said = sentence::participants::participants(result.n);
    if let Some(below) = result.below_share() {
        said.push_str(&format!("; {} — {}", results::below_words(measures), number::percent(below, result.marked)));
    }
    if let Some(above) = result.above_share {
        said.push_str(&format!(
            "; {} — {} ({})",
            results::above_words(measures),
            number::percent(above.value, result.marked),
            number::percent_interval(&above, result.marked)
        ));
    }
    let own = results::of(measures, context.focus.level, &context.focus.name);
    if let Some(above) = own.and_then(|own| Some((own.above_share?.value, own.marked))) {
        said.push_str(&format!(", в муниципалитете — {}", number::percent(above.0, above.1)));
    }
    Text::default().bold(format!("{}: ", measures.exam.title())).then(format!("{said}."))
}

/// Questions of the findings in the order of the catalogue, then those of facts, then those that every school gets.
fn questions(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<Asked> {
    let (least, most) = QUESTIONS;
    let general: Vec<&str> = context
        .recommendations
        .questions
        .iter()
        .filter(|question| question.signs.is_empty())
        .map(|question| question.text.as_str())
        .collect();
    let mut asked: Vec<Asked> = Vec::new();
    let room = most.saturating_sub(general.len());
    for question in context.recommendations.questions.iter().filter(|question| !question.signs.is_empty()) {
        if let Some(fact) = fact_of(context, chapters, school, &question.signs) {
            asked.push(Asked { fact, question: question.text.clone() });
        }
    }
    asked.truncate(room);
    let more = [lowest(context, chapters, school), small(context, chapters, school), silent(context, chapters, school)];
    for one in more.into_iter().flatten() {
        if asked.len() + general.len() < least {
            asked.push(one);
        }
    }
    asked.extend(general.into_iter().map(|text| Asked { fact: String::new(), question: text.to_owned() }));
    asked.truncate(most);
    asked
}

/// The findings of a school by some signs as one fact: the first sentence, and how many more there are.
fn fact_of(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str, signs: &[String]) -> Option<String> {
    if signs.iter().any(|sign| sign == "S11")
        && let Some(fact) = returned(context, school)
    {
        return Some(fact);
    }
    let found: Vec<(&Chapter<'_>, &Finding)> = chapters
        .iter()
        .flat_map(|chapter| findings_of(chapter, school).map(move |finding| (chapter, finding)))
        .filter(|(_, finding)| signs.iter().any(|sign| finding.sign.id == **sign) && finding.is_told())
        .filter(|(_, finding)| finding.status != srez_model::finding::Status::Checked)
        .collect();
    let (chapter, first) = found.first()?;
    let others = found.iter().map(|(chapter, _)| &*chapter.measures.exam);
    let also = works_words(others.filter(|exam| exam.key != chapter.measures.exam.key));
    let tail = if also.is_empty() { String::new() } else { format!(" То же: {also}.") };
    Some(format!("{}. {}{tail}", chapter.measures.exam.title(), words::capitalised(first.said.without_subject())))
}

/// Files that went back; none where nothing was refused.
fn returned(context: &Context<'_>, school: &str) -> Option<String> {
    let own: Vec<_> = context.facts.files.iter().filter(|entry| entry.schools == [school]).collect();
    let refused = own.iter().filter(|entry| entry.status == FileStatus::Rejected).count() as u64;
    let notes = context
        .facts
        .notes
        .iter()
        .filter(|note| note.severity != Severity::Warning && own.iter().any(|entry| entry.file.name == note.file))
        .count() as u64;
    (refused + notes > 0).then(|| sentence::files::returned(own.len() as u64, refused, notes))
}

/// The lowest skill, where no sign fired on one.
fn lowest(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Option<Asked> {
    let found = deficits::of_school(context, chapters, school);
    let deficit = found.iter().find(|deficit| deficit.finding.is_none())?;
    let chapter = chapters.get(deficit.chapter)?;
    let reference = deficit.reference_words().map_or_else(String::new, |words| format!(", в муниципалитете — {words}"));
    let tasks = match deficit.tasks.len() {
        0 | 1 => "по одному заданию, его выполнение ниже порога",
        _ => "больше половины заданий ниже порога",
    };
    Some(Asked {
        fact: format!(
            "{}: умение «{}» — {}{reference}; {tasks}.",
            chapter.measures.exam.title(),
            deficit.skill,
            deficit.value_words()
        ),
        question: "Когда тема изучалась и как отрабатывалась? Что запланировано на следующий год?".to_owned(),
    })
}

/// Small groups, where shares say nothing.
fn small(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Option<Asked> {
    let few = works::count_where(chapters, |chapter| {
        let n = results::participants(chapter.measures, Level::School, school);
        n > 0 && results::is_small(context, n)
    });
    (few > 0).then(|| Asked {
        fact: sentence::works::small_works(few, &context.limit("privacy.group")),
        question: "Как школа следит за результатами отдельных учеников и какая помощь для этого нужна?".to_owned(),
    })
}

/// Journal marks, where nothing else is to be asked.
fn silent(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Option<Asked> {
    let works = works::count_where(chapters, |one| results::participants(one.measures, Level::School, school) > 0);
    (works > 0).then(|| Asked {
        fact: sentence::works::of_period(works, &context.version.to_string()),
        question: "Какой результат года школа считает главным и за счёт чего он достигнут?".to_owned(),
    })
}
