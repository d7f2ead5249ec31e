//! The measures of all subjects, as the notes propose them: for the road map and the drafts.

use super::Municipality;
use crate::facts::works::in_words;
use crate::sections::subject_note::Note;
use crate::sections::subject_note::actions::{self, Measure};
use crate::table::TableOf;
use srez_model::report::Block;
use srez_wording::text as words;

/// A measure with its works.
pub(crate) struct OfSubject {
    /// «ВПР по математике».
    pub(crate) works: String,
    /// None where the note can propose nothing, and the analyst writes it.
    pub(crate) measure: Option<Measure>,
}

/// «ВПР по математике»; with one work its grade as well.
pub(crate) fn name(note: &Note<'_, '_>) -> String {
    let exam = &note.chapters[0].measures.exam;
    let words = in_words(note.context, exam);
    match note.chapters {
        [_] => words,
        _ => words.split(',').next().unwrap_or(&words).to_owned(),
    }
}

/// The measures, subject by subject; what the region owes is asked for once, so it is no measure of a subject.
pub(crate) fn all(place: &Municipality<'_, '_>) -> Vec<OfSubject> {
    let of_note = |note: &Note<'_, '_>| {
        let works = name(note);
        let measures = actions::measures(note).into_iter().filter(|one| !one.is_of_data());
        let mut rows: Vec<OfSubject> =
            measures.map(|measure| OfSubject { works: works.clone(), measure: Some(measure) }).collect();
        if rows.is_empty() && !note.is_judged() {
            rows.push(OfSubject { works, measure: None });
        }
        rows
    };
    place.notes.iter().flat_map(of_note).collect()
}

/// A measure in one sentence of a draft: «ВПР по математике: практикум «…». Отвечают: …. Срок: …. Проверка: …».
pub(crate) fn sentence(works: &str, measure: &Measure) -> String {
    let Measure { what, whom, term, check, .. } = measure;
    format!("{works}: {}. Отвечают: {whom}. Срок: {term}. Проверка: {check}.", words::lowered(what))
}

/// The table of the road map; a lack that several measures answer is told once.
pub(crate) fn road_map(rows: &[OfSubject]) -> Block {
    let note = "Недостаток и цель рассчитаны программой; мероприятие, срок и ответственные — предложение из каталога, \
                их правит методист. Цель — значение, рост до которого при этом числе участников уже не объяснить \
                случайностью.";
    let of =
        |row: &OfSubject, word: fn(&Measure) -> &String| row.measure.as_ref().map(word).cloned().unwrap_or_default();
    let mut told = String::new();
    let numbered: Vec<(u64, String, &OfSubject)> = (1_u64..)
        .zip(rows)
        .map(|(number, row)| {
            let lack = lack(row);
            let again = lack == told;
            told.clone_from(&lack);
            (number, if again { "то же".to_owned() } else { lack }, row)
        })
        .collect();
    TableOf::new(numbered)
        .count("№", 0.5, |(number, ..)| *number)
        .text("Недостаток", 4.2, |(_, lack, _)| lack.clone())
        .text("Мероприятие", 3.4, |(.., row)| of(row, |measure| &measure.what))
        .text("Ответственные", 3.0, |(.., row)| of(row, |measure| &measure.whom))
        .text("Срок", 1.9, |(.., row)| of(row, |measure| &measure.term))
        .text("Как проверим", 3.0, |(.., row)| of(row, |measure| &measure.check))
        .text("Отметка", 0.9, |_| String::new())
        .wide(true)
        .named("roadmap", "Дорожная карта муниципалитета", note)
}

fn lack(row: &OfSubject) -> String {
    match &row.measure {
        Some(measure) => {
            format!("{}. {}", row.works, words::capitalised(measure.lack.trim_end_matches('.')))
        }
        None => format!("{}. Вывод о недостатках не сделан: в описании работы нет уровней заданий", row.works),
    }
}
