//! ГВЭ: an exam of its own, never ОГЭ or ЕГЭ. Its paper is told by the title, else by marks that fit one scale only.

use crate::Scene;
use crate::exam_title::Title;
use crate::identity::file_stem;
use crate::spelling::words;
use srez_model::assessment::{Exam, ExamKey, Paper, Procedure};

/// True where the title or, alone, the name of the file says that a table is one of ГВЭ.
pub(super) fn is_one(scene: &Scene<'_>, title: &Title) -> bool {
    let names = |text: &str, word: &str| words(text).split(' ').any(|found| found == word);
    let file = file_stem(scene.file).replace('_', " ");
    let by_file = names(&file, "гвэ") && !names(&file, "огэ") && !names(&file, "егэ");
    scene.profile.gve_codes.contains_key(&title.code) || names(&title.text, "гвэ") || by_file
}

/// Subject by the code of the profile, where code and name agree.
pub(super) fn subject(scene: &Scene<'_>, title: &Title) -> Result<String, String> {
    match (scene.profile.gve_codes.get(&title.code), &title.by_name) {
        (Some(code), Some(name)) if code != name => {
            Err(format!("код и название предмета в заголовке «{}» противоречат друг другу", title.text))
        }
        (Some(slug), _) => Ok(slug.clone()),
        (None, _) => title.subject(),
    }
}

/// What is known of the paper.
pub(super) enum PaperFound {
    /// This one, and why.
    Known(Paper, &'static str),
    /// One of these.
    OneOf(Vec<String>),
}

/// The paper of an exam of ГВЭ; `results` are pairs of total and mark.
pub(super) fn paper(
    scene: &Scene<'_>,
    title: &Title,
    key: &ExamKey,
    results: &[(Option<u16>, Option<u16>)],
) -> PaperFound {
    let named = [title.text.as_str(), scene.sheet.name.as_str()].map(words).join(" ");
    let by_word = named.split(' ').find_map(|word| match Paper::from_id(word) {
        Some(Paper::Series(number)) => Some(Paper::Series(number)),
        _ if word.starts_with("устн") => Some(Paper::Oral),
        _ => None,
    });
    if let Some(paper) = by_word {
        return PaperFound::Known(paper, "названа в заголовке");
    }
    let is_written = |exam: &&Exam| {
        let same = ExamKey { paper: key.paper, ..exam.key.clone() } == *key;
        same && exam.key.procedure == Procedure::Gve && exam.key.paper != Paper::Oral && !exam.draft
    };
    let written: Vec<&Exam> = scene.settings.exams.values().filter(is_written).collect();
    if let [only] = written.as_slice() {
        return PaperFound::Known(only.key.paper, "письменная, другой нет");
    }
    let agrees = |exam: &&&Exam| {
        results.iter().all(|(total, mark)| match (*total, mark.and_then(|mark| u8::try_from(mark).ok())) {
            (Some(total), Some(mark)) => {
                exam.max_primary.is_none_or(|max| total <= max) && exam.scale.mark(total) == Some(mark)
            }
            _ => true,
        })
    };
    let fitting: Vec<&&Exam> = written.iter().filter(agrees).collect();
    match fitting.as_slice() {
        [only] => PaperFound::Known(only.key.paper, "отметки подходят только к её шкале"),
        _ => PaperFound::OneOf(written.iter().map(|exam| exam.id()).collect()),
    }
}
