//! The chapter of a work in the analysis of a subject: its sections, or, where it ends in several marks, its
//! participants and a block for each part.

use super::official_form::{Part, heading as official};
use super::subject_note::{Note, checks, conclusions, region};
use super::{
    bands, journal, marks, mastered, participants, school_lists, schools, section, skills, task_cards, tasks,
    work_outline,
};
use crate::context::{Chapter, Context};
use crate::facts::{results, works};
use srez_model::assessment::Exam;
use srez_model::field_id::{FieldId, FieldName};
use srez_model::report::{Blank, Block, Section, Text};
use srez_wording::text::capitalised;

/// The sections of one work. With several works in the document they stand one level below the heading of the grade.
/// `parts` are what [`works::of`] keeps together.
pub(crate) fn compose(context: &Context<'_>, parts: &[Chapter<'_>], several: bool) -> Vec<Section> {
    match parts {
        [chapter] if several => {
            let title = chapter.measures.exam.grade_title();
            headed(section(&title, true, Vec::new()), of_results(context, chapter, None), 2)
        }
        [chapter] => of_results(context, chapter, None),
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
    let alone = std::slice::from_ref(chapter);
    let note = Note::new(context, alone);
    if chapter.measures.exam.key.procedure.has_attempts() {
        return of_exam(context, chapter, &note);
    }
    let place = format!("{} и {}", capitalised(context.style.place.nominative), context.style.region.nominative);
    let made = [
        section("Выводы", false, vec![Block::Steps(conclusions::compose(&note))]),
        section(&place, false, region::blocks(&note)),
        section("Что ещё проверено", false, checks::blocks(&note)),
        marks::compose(context, chapter, told),
        journal::compose(context, chapter),
        tasks::compose(context, chapter),
        skills::compose(context, chapter),
        section("Задания, которые разобрать", false, task_cards::blocks(&note)),
        schools::compose(context, chapter),
    ];
    made.into_iter().filter(|section| !section.blocks.is_empty()).collect()
}

/// The sections of the report on an exam, with the numbers of its form.
fn of_exam(context: &Context<'_>, chapter: &Chapter<'_>, note: &Note<'_, '_>) -> Vec<Section> {
    let exam = &chapter.measures.exam;
    let part = |part: Part, blocks: Vec<Block>| section(&official(part, exam), false, blocks);
    let results =
        if exam.has_test_scores() { bands::compose(context, chapter) } else { marks::compose(context, chapter, None) };
    let mut content = task_cards::blocks(note);
    if content.is_empty() {
        content.push(Block::Paragraph(Text::plain("Ниже порога и у порога нет ни одного задания.")));
    }
    let id = FieldId::new(FieldName::Metasubject, exam.id());
    let mut mastered = mastered::blocks(context, chapter);
    mastered.extend(skills::table(context, chapter));
    let mut concluded = region::blocks(note);
    concluded.extend(checks::blocks(note));
    vec![
        section("Выводы", false, vec![Block::Steps(conclusions::compose(note))]),
        part(Part::Participants, participants::compose(context, chapter).blocks),
        part(Part::Results, results.blocks),
        part(Part::Schools, schools::blocks(context, chapter)),
        part(Part::Lists, school_lists::blocks(context, chapter)),
        part(Part::Conclusions, concluded),
        part(Part::Outline, work_outline::compose(context, chapter).blocks),
        part(Part::Tasks, tasks::compose(context, chapter).blocks),
        part(Part::Content, content),
        part(
            Part::Metasubject,
            vec![Blank::new(id, "Метапредметные результаты, повлиявшие на выполнение заданий", 2).block()],
        ),
        part(Part::Mastered, mastered),
    ]
}
