//! The service page of an interview: what asks about the distribution of scores, over all works in one question, and
//! about the journal. It is no part of the sheet that the director signs.

use super::{blanks, section as plain};
use crate::context::{Chapter, Context};
use crate::facts::school_facts::{OF_DISTRIBUTION, is_of_distribution};
use crate::facts::skills::findings_of;
use crate::facts::works_words;
use srez_model::check::CheckState;
use srez_model::field_id::{FieldId, FieldName};
use srez_model::finding::Finding;
use srez_model::level::Level;
use srez_model::report::{Blank, Block, Section, Text};
use srez_wording::sentence::school_papers as said;
use srez_wording::text as words;

/// Why the page is apart.
const APART: &str = "Страница для службы: директор её не подписывает, в издания школы она не входит. \
 Особенность\u{a0}— \
                     повод для вопроса, а не нарушение.";

/// The page; always there, so that its absence tells nothing.
pub(crate) fn section(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Option<Section> {
    let mut blocks = vec![Block::Note(APART.into())];
    blocks.extend(distribution(context, chapters, school));
    blocks.extend(journal(context, chapters, school));
    Some(Section { new_page: true, ..plain("Для службы: баллы и журнал", false, blocks) })
}

/// One question over all works, or what became of the checks.
fn distribution(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<Block> {
    let found: Vec<(&Chapter<'_>, &Finding)> = chapters
        .iter()
        .flat_map(|chapter| findings_of(chapter, school).map(move |finding| (chapter, finding)))
        .filter(|(_, finding)| is_of_distribution(finding) && finding.is_told())
        .collect();
    let Some((chapter, first)) = found.first() else {
        return vec![Block::Paragraph(Text::default().bold("Распределение баллов. ").then(unseen(chapters, school)))];
    };
    let mut exams: Vec<&srez_model::assessment::Exam> = Vec::new();
    for (chapter, _) in &found {
        if !exams.iter().any(|exam| exam.key == chapter.measures.exam.key) {
            exams.push(&chapter.measures.exam);
        }
    }
    let sentence = words::sentence(&words::capitalised(first.said.without_subject()));
    let example = format!("{}. {sentence}", chapter.measures.exam.title());
    let n = exams.len() as u64;
    let fact = said::at_borders(n, &works_words(exams), &example);
    let mut blocks = vec![Block::Paragraph(Text::default().bold("Распределение баллов. ").then(fact))];
    let id = blanks::of_school(FieldName::ServiceAnswer, chapters, school).about("distribution");
    blocks.extend(question(context, id, &OF_DISTRIBUTION));
    blocks
}

/// What may be said where nothing was found: how many works were checked, and how many could not be.
fn unseen(chapters: &[Chapter<'_>], school: &str) -> String {
    let state = |chapter: &Chapter<'_>| chapter.measures.bunching_of(Level::School, school).and_then(|row| row.state);
    let of = |wanted: CheckState| {
        works_words(chapters.iter().filter(|it| state(it) == Some(wanted)).map(|it| &*it.measures.exam))
    };
    let lines = [
        ("Скопления работ у границ отметок не выявлено", of(CheckState::NotFound)),
        ("Не различить при таком числе работ", of(CheckState::Indistinct)),
        ("Не проверялось", of(CheckState::NotTested)),
    ];
    let lines: Vec<String> = lines
        .into_iter()
        .filter(|(_, works)| !works.is_empty())
        .map(|(title, works)| format!("{title}: {works}."))
        .collect();
    if lines.is_empty() { "Не проверялось.".to_owned() } else { lines.join(" ") }
}

/// The marks of the works beside those of the journal.
fn journal(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<Block> {
    let (mut lowered, mut n, mut all_lowered, mut all) = (0, 0, 0, 0);
    let focus = &context.focus;
    for chapter in chapters {
        let own = chapter.measures.journal_of(Level::School, school);
        let whole = chapter.measures.journal_of(focus.level, &focus.name);
        if let (Some(own), Some(whole)) = (own.filter(|row| row.n > 0), whole) {
            lowered += own.lowered;
            n += own.n;
            all_lowered += whole.lowered.saturating_sub(own.lowered);
            all += whole.n.saturating_sub(own.n);
        }
    }
    let lead = "Журнал. ";
    if n == 0 {
        let words = "Отметок журнала в файлах школы нет: сравнить не с чем.";
        return vec![Block::Paragraph(Text::default().bold(lead).then(words))];
    }
    let others = srez_model::unit::Percent::of(all_lowered, all).map_or_else(String::new, |share| {
        format!(", в остальных школах в тех же работах\u{a0}— у\u{a0}{}", srez_wording::number::percent(share, all))
    });
    let fact = said::lowered_against_journal(lowered, n, &others);
    let fired: Vec<_> = chapters.iter().filter(|chapter| chapter.findings.has_fired("S06", school)).collect();
    if fired.is_empty() {
        return vec![Block::Paragraph(Text::default().bold(lead).then(fact))];
    }
    let works = works_words(fired.iter().map(|chapter| &*chapter.measures.exam));
    let fact = format!("{fact} Чаще, чем в остальных школах: {works}.");
    let mut blocks = vec![Block::Paragraph(Text::default().bold(lead).then(fact))];
    let id = blanks::of_school(FieldName::ServiceAnswer, chapters, school).about("journal");
    blocks.extend(question(context, id, &["S06"]));
    blocks
}

/// The question of the catalogue for one of the signs, with room for the answer.
fn question(context: &Context<'_>, id: FieldId, signs: &[&str]) -> Vec<Block> {
    let asks = |of: &[String]| of.iter().any(|one| signs.contains(&one.as_str()));
    let found = context.recommendations.questions.iter().find(|question| asks(&question.signs));
    found.map_or_else(Vec::new, |question| {
        vec![
            Block::Paragraph(Text::default().bold(question.text.clone())),
            Blank::new(id, "Ответ; договорились; срок", 3).on(question.text.clone()).block(),
        ]
    })
}
