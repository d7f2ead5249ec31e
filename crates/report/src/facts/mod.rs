//! Facts that several documents share, drawn from the measures and findings: nothing here is tested or estimated anew.

pub(crate) mod data_quality;
pub(crate) mod deficits;
pub(crate) mod effects;
pub(crate) mod looked_at;
pub(crate) mod partners;
pub(crate) mod results;
pub(crate) mod skills;
pub(crate) mod works;

use crate::context::{Chapter, Names};
use srez_model::assessment::Exam;
use srez_model::recommendations::filled;
use srez_wording::number;

/// Subjects with their grades.
type Subjects = Vec<(String, Vec<String>)>;

/// Many works in few words: «ВПР-2026: математика 4, 8; физика 8. ОГЭ-2026: русский язык».
pub(crate) fn works_words<'a>(exams: impl IntoIterator<Item = &'a Exam>) -> String {
    let mut procedures: Vec<(String, Subjects)> = Vec::new();
    for exam in exams {
        let name = format!("{}-{}", exam.key.procedure.title(), exam.key.year);
        let subject = exam.subject_title.to_lowercase();
        let place = procedures.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            procedures.push((name, Vec::new()));
            procedures.len() - 1
        });
        let Some((_, subjects)) = procedures.get_mut(place) else { continue };
        let part = if exam.part_title.is_empty() { String::new() } else { format!(" ({})", exam.part_title) };
        let grade = (!exam.key.procedure.has_attempts()).then(|| format!("{}{part}", exam.key.grade));
        match subjects.iter_mut().find(|(known, _)| *known == subject) {
            // A work with several findings is named once.
            Some((_, grades)) => grades.extend(grade.filter(|grade| !grades.contains(grade))),
            None => subjects.push((subject, grade.into_iter().collect())),
        }
    }
    let of_procedure = |(name, subjects): (String, Subjects)| {
        let subjects: Vec<String> = subjects
            .into_iter()
            .map(
                |(subject, grades)| {
                    if grades.is_empty() { subject } else { format!("{subject}\u{a0}{}", grades.join(",\u{a0}")) }
                },
            )
            .collect();
        format!("{name}: {}", subjects.join("; "))
    };
    procedures.into_iter().map(of_procedure).collect::<Vec<_>>().join(". ")
}

/// Text of the catalogue with its slots filled for an exam and a skill.
pub(crate) fn catalogue_text(context: &Names<'_>, chapter: &Chapter<'_>, text: &str, skill: &str) -> String {
    let exam = &chapter.measures.exam;
    let of = |words: &std::collections::BTreeMap<String, String>| {
        words.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone())
    };
    let threshold = number::percent_exact(context.thresholds.value("F01.sufficient"), 0);
    filled(
        text,
        &[
            ("subject", &of(&context.genitive)),
            ("by_subject", &of(&context.dative)),
            ("skill", skill),
            ("work", &exam.title()),
            ("threshold", &threshold),
        ],
    )
}
