//! The measures of all subjects, as the notes propose them: for the road map and the drafts.

use super::Municipality;
use crate::facts::works::in_words;
use crate::sections::subject_note::Note;
use crate::sections::subject_note::actions::{self, Measure};
use crate::table::TableOf;
use srez_model::recommendations::ActionKind;
use srez_model::report::Block;
use srez_wording::sentence::municipal as said;
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

/// A row of the road map.
struct Planned<'a> {
    number: u64,
    lack: String,
    /// None where the analyst writes it.
    measure: Option<&'a Measure>,
}

/// The road map: a measure that is the same in all subjects is told once, and its tasks stand in a table of their own;
/// a lack that several measures answer is told once.
pub(crate) fn road_map(place: &Municipality<'_, '_>, rows: &[OfSubject]) -> Vec<Block> {
    let note = "Недостаток и цель рассчитаны программой; мероприятие, срок и ответственные — предложение из каталога, \
                их правит методист. Цель — значение, рост до которого при этом числе участников уже не объяснить \
                случайностью.";
    let (same, own) = same_for_all(rows);
    let for_all = place.notes.first().filter(|_| !same.is_empty()).and_then(|note| {
        let kind = same.first()?.measure.as_ref()?.kind;
        actions::for_all(note, kind, "задания таблицы\u{a0}2")
    });
    let mut planned: Vec<Planned<'_>> = Vec::new();
    if let Some(measure) = &for_all {
        let lack = format!("{}\u{a0}— таблица\u{a0}2", said::weak_tasks_in_works(same.len() as u64));
        planned.push(Planned { number: 1, lack, measure: Some(measure) });
    }
    let mut told = String::new();
    for row in own {
        let lack = lack(row);
        let again = lack == told;
        told.clone_from(&lack);
        let lack = if again { "то же".to_owned() } else { lack };
        planned.push(Planned { number: planned.len() as u64 + 1, lack, measure: row.measure.as_ref() });
    }
    let of = |row: &Planned<'_>, word: fn(&Measure) -> &String| row.measure.map(word).cloned().unwrap_or_default();
    let table = TableOf::new(planned)
        .count("№", 0.5, |row| row.number)
        .text("Недостаток", 4.2, |row| row.lack.clone())
        .text("Мероприятие", 3.4, |row| of(row, |measure| &measure.what))
        .text("Ответственные", 3.0, |row| of(row, |measure| &measure.whom))
        .text("Срок", 1.9, |row| of(row, |measure| &measure.term))
        .text("Как проверим", 3.0, |row| of(row, |measure| &measure.check))
        .text("Отметка", 0.9, |_| String::new())
        .wide(true);
    let mut blocks = vec![table.named("roadmap", "Дорожная карта муниципалитета", note)];
    blocks.extend(for_all.is_some().then(|| weak_tasks(&same)));
    blocks
}

/// The rows that ask the same of everyone, and the others in their order; the first are none where the catalogue fills
/// them in subject by subject.
fn same_for_all(rows: &[OfSubject]) -> (Vec<&OfSubject>, Vec<&OfSubject>) {
    let is_of_errors = |row: &&OfSubject| row.measure.as_ref().is_some_and(|one| one.kind == ActionKind::Errors);
    let (same, own): (Vec<&OfSubject>, Vec<&OfSubject>) = rows.iter().partition(is_of_errors);
    let mut asked = same.iter().filter_map(|row| row.measure.as_ref()).map(|one| (&one.whom, &one.term, &one.check));
    let first = asked.next();
    let is_one = asked.all(|one| Some(one) == first);
    if 1 < same.len() && is_one { (same, own) } else { (Vec::new(), rows.iter().collect()) }
}

/// The tasks whose papers are looked through, work by work.
fn weak_tasks(rows: &[&OfSubject]) -> Block {
    let lack = |row: &&OfSubject| row.measure.as_ref().map_or_else(String::new, |one| one.lack.clone());
    TableOf::new(rows.iter().copied())
        .text("Работа", 3.4, |row| row.works.clone())
        .text("Задания: выполнение, порог, писали", 11.6, |row| lack(row))
        .text("Отметка", 1.9, |_| String::new())
        .wide(true)
        .named("roadmap_tasks", "Задания, работы с которыми разбирают методобъединения", "")
}

fn lack(row: &OfSubject) -> String {
    match &row.measure {
        Some(measure) => {
            format!("{}. {}", row.works, words::capitalised(measure.lack.trim_end_matches('.')))
        }
        None => format!("{}. Вывод о недостатках не сделан: в описании работы нет уровней заданий", row.works),
    }
}
