//! The chapter of a work in the analysis of a subject: its sections, or, where it ends in several marks, its
//! participants and a block for each part.

use super::{bands, journal, marks, participants, particulars, schools, section, skills, tasks, work_outline};
use crate::context::{Chapter, Context};
use crate::facts::{results, works};
use srez_model::assessment::Exam;
use srez_model::report::{Block, Section, Text};
use srez_wording::text::capitalised;

/// The sections of one work. With several works in the document they stand one level below the heading of the grade.
/// `parts` are what [`works::of`] keeps together.
pub(crate) fn compose(context: &Context<'_>, parts: &[Chapter<'_>], several: bool) -> Vec<Section> {
    match parts {
        [chapter] if several => {
            let title = chapter.measures.exam.grade_title();
            headed(section(&title, true, Vec::new()), of_results(context, chapter, None), 2)
        }
        [chapter] => {
            let mut sections = of_results(context, chapter, None);
            if let Some(first) = sections.first_mut() {
                first.new_page = true;
            }
            sections
        }
        parts => of_parts(context, parts),
    }
}

/// A work with several marks: who wrote it is told once, for the parts have the same participants.
fn of_parts(context: &Context<'_>, parts: &[Chapter<'_>]) -> Vec<Section> {
    let n = |chapter: &Chapter<'_>| results::participants(chapter.measures, context.focus.level, &context.focus.name);
    let Some(most) = parts.iter().max_by_key(|chapter| n(chapter)) else { return Vec::new() };
    let exams: Vec<_> = parts.iter().map(|chapter| &*chapter.measures.exam).collect();
    let mut opening: Vec<Block> = marks::who(context, most).map(Block::Paragraph).into_iter().collect();
    opening.push(Block::Paragraph(Text::plain(in_parts(&works::part_titles(&exams)))));
    let title = most.measures.exam.work_grade_title();
    let mut sections = headed(section(&title, true, opening), vec![participants::of_parts(context, parts, most)], 2);
    for chapter in parts {
        let heading =
            Section { depth: 2, ..section(&capitalised(&chapter.measures.exam.part_title), false, Vec::new()) };
        sections.extend(headed(heading, of_results(context, chapter, Some(n(most))), 3));
    }
    sections
}

/// The heading of an exam in an edition: a page of its own, or, for a part, a block below the heading of its work.
pub(crate) fn heading(exam: &Exam, is_part: bool, blocks: Vec<Block>) -> Section {
    if is_part {
        Section { depth: 2, ..section(&capitalised(&exam.part_title), false, blocks) }
    } else {
        section(&exam.title(), true, blocks)
    }
}

/// The heading of a work in parts in an edition; none for a whole work, whose heading is its own.
pub(crate) fn heading_of_parts<'a>(parts: impl Iterator<Item = &'a Exam>) -> Option<Section> {
    let exams: Vec<&Exam> = parts.collect();
    let [first, _, ..] = exams.as_slice() else { return None };
    let words = in_parts(&works::part_titles(&exams));
    Some(section(&first.work_title(), true, vec![Block::Paragraph(Text::plain(words))]))
}

/// What a reader must know of a work with several marks.
fn in_parts(titles: &str) -> String {
    format!(
        "Отметки за работу ставят по частям: {titles}. У каждой части свои задания, баллы и шкала; баллы и отметки \
         частей не складываются."
    )
}

/// A heading and the sections below it.
fn headed(heading: Section, sections: Vec<Section>, depth: u8) -> Vec<Section> {
    let below = sections.into_iter().map(|section| Section { new_page: false, depth, ..section });
    std::iter::once(heading).chain(below).collect()
}

/// The sections of one mark; `told` is the number of participants where the work has told them already.
fn of_results(context: &Context<'_>, chapter: &Chapter<'_>, told: Option<u64>) -> Vec<Section> {
    let procedure = chapter.measures.exam.key.procedure;
    let mut sections = vec![if chapter.measures.exam.has_test_scores() {
        bands::compose(context, chapter)
    } else {
        marks::compose(context, chapter, told)
    }];
    if told.is_none() {
        sections.push(participants::compose(context, chapter));
    }
    sections.push(if procedure.has_attempts() {
        work_outline::compose(context, chapter)
    } else {
        journal::compose(context, chapter)
    });
    sections.push(tasks::compose(context, chapter));
    sections.push(skills::compose(context, chapter));
    sections.push(schools::compose(context, chapter));
    sections.extend(particulars::compose(context, chapter));
    sections
}
