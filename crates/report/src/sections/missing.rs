//! What the documents cannot say and why.

use crate::context::{Chapter, Context};
use crate::facts::results;
use srez_model::level::Level;
use srez_model::report::Block;
use srez_wording::sentence::schools as said;
use srez_wording::text as words;

/// Schools of which results of a work were expected and did not come; none where nobody's or everybody's did, and for
/// exams that pupils choose.
pub(crate) fn without_results(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<String> {
    let key = &chapter.measures.exam.key;
    if context.focus.level == Level::All || key.procedure.has_attempts() {
        return None;
    }
    let expected: Vec<&String> = context.schools.iter().filter(|school| context.expects(school, key)).collect();
    let absent: Vec<&str> = expected
        .iter()
        .filter(|school| results::participants(chapter.measures, Level::School, school) == 0)
        .map(|school| context.school(school))
        .collect();
    if absent.is_empty() || absent.len() == expected.len() {
        return None;
    }
    let names = if absent.len() <= 3 { words::list(&absent) } else { String::new() };
    Some(said::without_results(absent.len() as u64, expected.len() as u64, &names))
}

/// Why the wrong answers of ОГЭ and ЕГЭ are not shown: no form that is known brings answers.
pub(crate) fn no_answers(chapters: &[Chapter<'_>]) -> Option<Block> {
    let words =
        "Частых неверных ответов здесь нет: в протоколах ОГЭ и ЕГЭ — знаки «+», «−» и баллы, самих ответов нет.";
    chapters.iter().any(|chapter| chapter.measures.exam.key.procedure.has_attempts()).then(|| Block::Note(words.into()))
}
