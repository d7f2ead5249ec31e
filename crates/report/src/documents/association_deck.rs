//! Slides for the meeting of an association: four, one thought each; no pupils, no ranking.
//!
//! A wall shows them to teachers of many schools, so they say no more than the edition of the association: its tables
//! and the tasks of its packet.

use crate::context::{Chapter, EditionText, Names};
use crate::facts::works;
use crate::sections::{attention, slides};
use srez_model::deck::Deck;
use srez_model::edition::EditionExam;
use srez_wording::{date, text as words};

/// Letters of the list of works in the properties of the file.
const SUBTITLE: usize = 120;

/// The slides of one subject over all its exams of the period. `chapters` are the exams that are published now, cut
/// down to what the edition may say, `exams` its tables. A slide without content is not there.
pub fn compose(context: &Names<'_>, text: &EditionText, exams: &[EditionExam], chapters: &[Chapter<'_>]) -> Deck {
    let exam = &chapters[0].measures.exam;
    let genitive = context.genitive.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let titles = works::titles(chapters.iter().map(|chapter| &*chapter.measures.exam));
    let attention = attention::find(context, chapters);
    let found = [
        slides::found(context, text, exams, chapters, &attention),
        slides::tasks(&attention),
        slides::groups(&attention),
        Some(slides::decisions(context, chapters, &attention)),
    ];
    Deck {
        title: format!("Что показали работы: учителям {genitive}"),
        subtitle: words::shortened(&titles.join("; "), SUBTITLE),
        centre: context.centre.to_owned(),
        date: date::short(context.date),
        footer: format!("ГМО учителей {genitive} · {} · {}", context.focus_title, date::short(context.date)),
        slides: found.into_iter().flatten().collect(),
    }
}
