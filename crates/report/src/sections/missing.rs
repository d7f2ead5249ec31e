//! What the documents cannot say and why.

use crate::context::{Chapter, Context};
use crate::facts::{looked_at, results, works};
use srez_model::assessment::Exam;
use srez_model::level::Level;
use srez_wording::text as words;

/// One phrase for each thing that is missing.
pub(crate) fn phrases(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<String> {
    let mut missing = Vec::new();
    if chapters.iter().all(|chapter| chapter.measures.references.is_empty()) {
        missing.push("результаты региона и всей выборки не загружены".to_owned());
    }
    if chapters.iter().all(|chapter| chapter.measures.dynamics.is_empty()) {
        missing.push(looked_at::why_no_years(context, chapters).to_owned());
    }
    // Works that lack the same are named together.
    let mut alike: Vec<(String, Vec<&Exam>)> = Vec::new();
    for chapter in chapters {
        let exam = &chapter.measures.exam;
        let mut of_exam = srez_wording::unknown::of_exam(exam);
        of_exam.extend(without_results(context, chapter));
        let phrases = of_exam.join(", ");
        match alike.iter_mut().find(|(known, _)| *known == phrases) {
            _ if phrases.is_empty() => {}
            Some((_, exams)) => exams.push(exam),
            None => alike.push((phrases, vec![exam])),
        }
    }
    missing.extend(alike.into_iter().map(|(phrases, exams)| format!("{}: {phrases}", of_subject(&exams))));
    missing
}

/// Works of one subject: the first by its title, the others by their grade.
fn of_subject(exams: &[&Exam]) -> String {
    let mut titles = works::titles(exams.iter().copied());
    let subject = titles.first().and_then(|first| Some(format!("{}, ", first.split_once(", ")?.0)));
    if let Some(subject) = subject {
        for title in titles.iter_mut().skip(1) {
            *title = title.strip_prefix(&subject).unwrap_or(title).to_owned();
        }
    }
    titles.join("; ")
}

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
    let names = if absent.len() <= 3 { format!(" ({})", words::list(&absent)) } else { String::new() };
    Some(format!("нет результатов {} из {} ОО{names}", absent.len(), expected.len()))
}

/// Why the wrong answers of ОГЭ and ЕГЭ are not shown: no form that is known brings answers.
pub(crate) fn no_answers(chapters: &[Chapter<'_>]) -> Option<String> {
    let words =
        "частые неверные ответы («веер ответов»): в протоколах ОГЭ и ЕГЭ — знаки «+», «−» и баллы, самих ответов нет";
    chapters.iter().any(|chapter| chapter.measures.exam.key.procedure.has_attempts()).then(|| words.to_owned())
}
