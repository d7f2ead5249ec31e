//! «Лист собеседования» (D6, items 2.1–2.4): results and measures, which the director signs, and a page of its own for
//! the service with what asks about the distribution of scores and the journal.

use crate::context::{Chapter, Context};
use crate::facts::school_facts::{self, FactKind, SchoolFact};
use crate::sections::{blanks, interview_service, school_checks, school_conclusions, section};
use crate::table::TableOf;
use srez_model::delivery::FileStatus;
use srez_model::field_id::{FieldId, FieldName};
use srez_model::report::{Blank, Block, DocumentKind, Report, Shown, Text};
use srez_wording::{date, text as words};

/// Facts that the sheet shows.
const MOST_FACTS: usize = 5;
/// Questions at most, the documents left out.
const MOST_QUESTIONS: usize = 5;
/// What a school is asked of which nothing was found.
const OF_QUIET: &str = "Что школа считает своим сильным местом и что хочет улучшить в этом году?";

/// A question with what asks it.
struct Asked {
    fact: String,
    question: String,
    /// What tells the question from others, whatever asks it: the signs under which the catalogue has it.
    key: String,
    /// The numbers that ask it.
    shown: Vec<Shown>,
}

impl Asked {
    fn of(fact: String, (key, question): (String, String)) -> Self {
        Self { fact, question, key, shown: Vec::new() }
    }
}

/// The sheet of one school.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Report {
    let facts = school_facts::of(context, chapters, school);
    let works = school_facts::works(context, chapters, school, &facts);
    let mut known = school_conclusions::told(context, chapters, school, &facts);
    known.truncate(MOST_FACTS - 1);
    known.extend(school_conclusions::quiet(context, chapters, &facts, school, &works));
    let line = |(lead, sentence): (String, String)| Text::default().bold(format!("{lead} ")).then(sentence);
    let id = |name| blanks::of_school(name, chapters, school);
    let mut sections = vec![
        section(
            "Встреча",
            false,
            vec![
                Blank::new(
                    id(FieldName::Interview),
                    "Дата; от школы, от отдела образования, от методического центра",
                    2,
                )
                .block(),
            ],
        ),
        section("Что знаем", false, vec![Block::List(known.into_iter().map(line).collect())]),
        section("Вопросы", false, questions(context, chapters, school, &facts)),
        section("Документы", false, documents(context)),
        section("Итог", false, end(id(FieldName::InterviewResult))),
    ];
    sections.retain(|section| !section.blocks.is_empty());
    sections.extend(interview_service::section(context, chapters, school));
    Report {
        running_head: format!("Собеседование. {}", context.school(school)),
        footer: format!(
            "Заполняется на собеседовании, хранится в отделе образования; в издания школы не входит · данные на {}",
            date::short(context.date)
        ),
        sections,
        ..context.report(
            DocumentKind::InterviewSheet,
            format!("Лист собеседования: {}", context.school(school)),
            context.title.to_owned(),
        )
    }
}

fn questions(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str, facts: &[SchoolFact<'_>]) -> Vec<Block> {
    let mut asked: Vec<Asked> = Vec::new();
    for fact in facts {
        let sign = match fact.kind {
            FactKind::LowResults => "S02",
            FactKind::LowTotal => "S01a",
            FactKind::LowSkill => "S01",
            FactKind::Reserve => "S01b",
            FactKind::BelowThreshold | FactKind::Common => continue,
        };
        let Some(question) = question_of(context, sign) else { continue };
        let exam = chapters.get(fact.chapter).map(|chapter| school_conclusions::work(context, &chapter.measures.exam));
        let skill = if fact.skill.is_empty() { String::new() } else { format!(": {}", words::lowered(fact.skill)) };
        let head = format!("{}{skill}", exam.unwrap_or_default());
        // What is asked alike is asked once, of all of it.
        let shown = Shown { name: head.clone(), printed: blanks::of(fact.value, fact.n) };
        match asked.iter_mut().find(|one| one.key == question.0) {
            Some(one) => {
                one.fact.push_str(&format!("; {head}"));
                one.shown.push(shown);
            }
            None => asked.push(Asked { shown: vec![shown], ..Asked::of(head, question) }),
        }
    }
    asked.extend(of_others(context, chapters, school));
    asked.extend(of_strength(context, chapters, school));
    asked.extend(of_files(context, school));
    if asked.is_empty() {
        asked.push(Asked::of(String::new(), ("quiet".to_owned(), OF_QUIET.to_owned())));
    }
    asked.truncate(MOST_QUESTIONS);
    let id = |name| blanks::of_school(name, chapters, school);
    asked.into_iter().zip(1..).flat_map(|(one, number)| blocks(one, number, id)).collect()
}

/// A question with room for the answer; `id` makes the address of a field that is about it.
fn blocks(one: Asked, number: usize, id: impl Fn(FieldName) -> FieldId) -> Vec<Block> {
    let id = |name| id(name).about(one.key.clone());
    let fact = if one.fact.is_empty() { String::new() } else { format!("{}. ", one.fact) };
    vec![
        Block::Paragraph(Text::default().then(format!("{number}. {fact}")).bold(one.question.clone())),
        Blank::new(id(FieldName::Answer), "Ответ", 2)
            .on(one.question.clone())
            .beside(one.shown.iter().cloned())
            .block(),
        Blank::new(id(FieldName::Agreed), "Договорились; срок", 1).on(one.question).beside(one.shown).block(),
    ]
}

/// The question of the catalogue for a sign, with its key.
fn question_of(context: &Context<'_>, sign: &str) -> Option<(String, String)> {
    let asks = |signs: &[String]| signs.iter().any(|one| one == sign);
    let question = context.recommendations.questions.iter().find(|question| asks(&question.signs))?;
    Some((question.signs.join("."), question.text.clone()))
}

/// Questions of signs that are no facts of the profile's first lines: tasks left out, growth of low results.
fn of_others(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    for (sign, words) in school_checks::told_of_others(chapters, school) {
        if let Some(question) = question_of(context, sign)
            && !asked.iter().any(|one| one.key == question.0)
        {
            asked.push(Asked::of(words.trim_end_matches('.').to_owned(), question));
        }
    }
    asked
}

/// Whether the school would show what it does better, where its scores ask nothing.
fn of_strength(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Option<Asked> {
    let better = school_facts::strengths(chapters, school);
    let one = better.first()?;
    let exam = &chapters.get(one.chapter)?.measures.exam;
    let fact = format!("{}: {} лучше, чем в остальных школах", school_conclusions::work(context, exam), one.title);
    Some(Asked::of(fact, question_of(context, "S03")?))
}

/// Files that are refused as they stand now.
fn of_files(context: &Context<'_>, school: &str) -> Option<Asked> {
    let refused =
        |entry: &&srez_model::delivery::FileEntry| entry.schools == [school] && entry.status == FileStatus::Rejected;
    let names: Vec<&str> = context.facts.files.iter().filter(refused).map(school_checks::name).collect();
    let fact = format!("Не принято: {}", names.join("; "));
    if names.is_empty() { None } else { Some(Asked::of(fact, question_of(context, "S11")?)) }
}

/// What every school is asked for: a line each.
fn documents(context: &Context<'_>) -> Vec<Block> {
    let general = context.recommendations.questions.iter().filter(|question| question.signs.is_empty());
    let table = TableOf::new(general);
    if table.is_empty() {
        return Vec::new();
    }
    let table = table
        .text("Вопрос", 4.0, |question| question.text.clone())
        .text("Да, нет, в работе", 1.4, |_| String::new())
        .text("Дата, номер", 1.6, |_| String::new())
        .text("Что мешает, срок", 2.4, |_| String::new());
    vec![table.named("documents", "", "")]
}

fn end(id: FieldId) -> Vec<Block> {
    let line = |who: &str| Block::Paragraph(Text::plain(format!("{who} ____________________ / ____________________")));
    vec![
        Blank::new(id, "Договорились; кто проверяет и когда", 2).block(),
        line("Директор школы"),
        line("Представитель отдела образования"),
        line("Методист"),
    ]
}
