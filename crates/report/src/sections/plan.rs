//! Recommendations and plan: advice and measures of the catalogue, facts filled in; causes and choices stay with
//! people.

use super::official_form::{Part, heading};
use super::subject_note::{Note, actions};
use super::{measures_taken, section};
use crate::context::{Chapter, Context, Names};
use crate::facts::{catalogue_text, weak_tasks};
use srez_model::field_id::{FieldId, FieldName};
use srez_model::recommendations::{Advice, Listener};
use srez_model::report::{Blank, Block, Section, Text};
use srez_model::tally::Group;
use srez_wording::text as words;

/// Skills that advice names.
const MOST_SKILLS: usize = 4;

/// The sections of an analysis: advice, then the measures of the note for signature with those of last year.
pub(crate) fn of_analysis(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let note = Note::new(context, chapters);
    let advice = advice(context, chapters);
    let mut plan = actions::blocks(&note);
    plan.push(measures_taken::taken(context, chapters, false));
    let exam = &chapters[0].measures.exam;
    if !exam.key.procedure.has_attempts() {
        return vec![section("Рекомендации и план", false, advice.into_iter().chain(plan).collect())];
    }
    let key = &exam.key;
    let id = FieldId::new(FieldName::AnalysisLink, format!("{}-{}-{}", key.procedure.id(), key.year, key.subject));
    let field = Blank::new(id, "Ссылка на страницу, где размещён анализ", 1).block();
    vec![
        section(&heading(Part::Advice, exam), false, advice),
        section(&heading(Part::Published, exam), false, vec![field]),
        section(&heading(Part::Plan, exam), false, plan),
    ]
}

/// Advice to each kind of listener, with the skills of the weak tasks.
pub(crate) fn advice(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let exam = &chapters[0].measures.exam;
    let Group { level, name: group } = &context.focus;
    let marked = |chapter: &Chapter<'_>| chapter.measures.marks_of(*level, group).is_some_and(|row| row.marked() > 0);
    let (weak, strong) = if exam.has_test_scores() {
        ("Не набравшим минимального балла и набравшим до 60. ", "Набравшим 61 балл и более. ")
    } else if chapters.iter().any(marked) {
        ("С отметкой «2» и «3». ", "С отметкой «4» и «5». ")
    } else {
        ("С низким первичным баллом. ", "С высоким первичным баллом. ")
    };
    let skills = skills(context, chapters);
    let advice = |title: &str, listener: Listener| -> Option<Block> {
        // Where no skill is known, advice about skills says nothing.
        let says = |advice: &&Advice| !skills.is_empty() || !advice.text.contains("{skill}");
        let texts = context.recommendations.advice(listener).filter(says);
        let texts: Vec<String> =
            texts.map(|advice| catalogue_text(context, &chapters[0], &advice.text, &skills)).collect();
        (!texts.is_empty()).then(|| Block::Paragraph(Text::default().bold(title).then(texts.join(" "))))
    };
    let made = [
        advice("Всем учителям. ", Listener::All),
        advice(weak, Listener::Weak),
        advice(strong, Listener::Strong),
        advice("Методическому объединению. ", Listener::Association),
        advice("Повышение квалификации. ", Listener::Training),
    ];
    made.into_iter().flatten().collect()
}

/// Skills of the tasks below their thresholds, the most important first; where there are none, of those below the
/// region or at the threshold. Never of the tasks that are merely hard; empty where nothing is judged.
fn skills(context: &Names<'_>, chapters: &[Chapter<'_>]) -> String {
    let of_chapter = |(place, chapter)| weak_tasks::of(context, chapter, place);
    let weak: Vec<_> = chapters.iter().enumerate().flat_map(of_chapter).collect();
    let is_any_below = weak.iter().any(|one| one.is_below_threshold());
    let mut names: Vec<String> = Vec::new();
    for one in weak.iter().filter(|one| one.is_below_threshold() || !is_any_below) {
        let name = words::lowered(one.task.matter());
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(MOST_SKILLS);
    words::list(&names)
}
