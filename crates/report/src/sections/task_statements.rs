//! What must be known to read the table of tasks: criteria that were not looked at, matter of earlier grades.

use crate::context::{Chapter, Names};
use srez_model::finding::Verdict;
use srez_model::report::{Block, Text};
use srez_model::tally::Group;
use srez_wording::sentence::tasks as said;
use srez_wording::text as words;

/// Paragraphs under the table of tasks.
pub(super) fn on_tasks(context: &Names<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let mut blocks = zeroed(context, chapter);
    if !chapter.measures.exam.key.procedure.has_attempts() {
        blocks.extend(programmes(chapter));
    }
    blocks
}

/// Criteria that were not looked at for some, because the one on which they depend had no points: one sentence for
/// those of the same participants.
fn zeroed(context: &Names<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let Group { level, name } = &context.focus;
    let exam = &chapter.measures.exam;
    let mut alike: Vec<((&str, u64), Vec<&str>)> = Vec::new();
    for row in chapter.measures.tasks_of(*level, name).filter(|row| row.counts.zeroed > 0) {
        let Some(task) = exam.tasks.get(usize::from(row.task)) else { continue };
        let key = (task.requires.as_str(), row.counts.zeroed);
        match alike.iter_mut().find(|(known, _)| *known == key) {
            Some((_, ids)) => ids.push(&task.id),
            None => alike.push((key, vec![&task.id])),
        }
    }
    let sentence = |((required, n), ids): ((&str, u64), Vec<&str>)| {
        Block::Paragraph(Text::plain(said::zeroed(n, &words::list(&ids), required)))
    };
    alike.into_iter().map(sentence).collect()
}

/// Of the tasks with an insufficient level, those whose matter belongs to an earlier grade, as far as this is known.
fn programmes(chapter: &Chapter<'_>) -> Option<Block> {
    let exam = &chapter.measures.exam;
    let low: Vec<_> = chapter.findings.verdicts.iter().filter(|it| it.verdict == Verdict::Insufficient).collect();
    let grade_of = |judged: &&&srez_model::finding::TaskVerdict| {
        exam.tasks.get(usize::from(judged.task)).and_then(|task| task.programme_grade)
    };
    let mut grades: Vec<u8> = low.iter().filter_map(|judged| grade_of(&judged)).collect();
    grades.sort_unstable();
    let sentences: Vec<String> = grades
        .chunk_by(|left, right| left == right)
        .filter(|same| same.first().is_some_and(|grade| *grade < exam.key.grade))
        .map(|same| {
            let grade = same.first().map_or_else(String::new, u8::to_string);
            said::of_programme(same.len() as u64, low.len() as u64, &grade)
        })
        .collect();
    (!sentences.is_empty()).then(|| Block::Paragraph(Text::plain(sentences.join(" "))))
}
