//! Facts that several documents share, drawn from the measures and findings: nothing here is tested or estimated anew.

pub(crate) mod calendar;
pub(crate) mod class_map;
pub(crate) mod data_quality;
pub(crate) mod deficits;
pub(crate) mod effects;
pub(crate) mod looked_at;
pub(crate) mod partners;
pub(crate) mod results;
pub(crate) mod school_facts;
pub(crate) mod skills;
pub(crate) mod standing;
pub(crate) mod task_threshold;
pub(crate) mod weak_tasks;
pub(crate) mod works;

use crate::context::{Chapter, Names};
use srez_model::assessment::Exam;
use srez_model::recommendations::filled;
use srez_wording::number;

/// Subjects with their grades, and the parts of the work of a grade.
type Subjects = Vec<(String, Vec<(String, Vec<String>)>)>;

/// Many works in few words: «ВПР-2026: математика 4, 8 (алгебра, геометрия); физика 8. ОГЭ-2026: русский язык».
pub(crate) fn works_words<'a>(exams: impl IntoIterator<Item = &'a Exam>) -> String {
    let mut procedures: Vec<(String, Subjects)> = Vec::new();
    for exam in exams {
        let name = format!("{}-{}", exam.key.procedure.title(), exam.key.year);
        let grades = entry(entry(&mut procedures, name), exam.subject_title.to_lowercase());
        if exam.key.procedure.has_attempts() {
            continue;
        }
        // A work with several findings is named once.
        let parts = entry(grades, exam.key.grade.to_string());
        if !exam.part_title.is_empty() && !parts.contains(&exam.part_title) {
            parts.push(exam.part_title.clone());
        }
    }
    let of_grade = |(grade, parts): (String, Vec<String>)| {
        if parts.is_empty() { grade } else { format!("{grade} ({})", parts.join(", ")) }
    };
    let of_subject = |(subject, grades): (String, Vec<(String, Vec<String>)>)| {
        let grades: Vec<String> = grades.into_iter().map(of_grade).collect();
        if grades.is_empty() { subject } else { format!("{subject}\u{a0}{}", grades.join(",\u{a0}")) }
    };
    let of_procedure = |(name, subjects): (String, Subjects)| {
        format!("{name}: {}", subjects.into_iter().map(of_subject).collect::<Vec<_>>().join("; "))
    };
    procedures.into_iter().map(of_procedure).collect::<Vec<_>>().join(". ")
}

/// What is kept under a name, in the order in which names come.
fn entry<T: Default>(list: &mut Vec<(String, T)>, name: String) -> &mut T {
    let place = list.iter().position(|(known, _)| *known == name).unwrap_or(list.len());
    if place == list.len() {
        list.push((name, T::default()));
    }
    &mut list[place].1
}

/// Text of the catalogue with its slots filled for an exam and a skill.
pub(crate) fn catalogue_text(context: &Names<'_>, chapter: &Chapter<'_>, text: &str, skill: &str) -> String {
    let values = catalogue_values(context, chapter, skill);
    filled(text, &values.each_ref().map(|(slot, value)| (*slot, value.as_str())))
}

/// What fills the slots of the catalogue for an exam and a skill.
pub(crate) fn catalogue_values(context: &Names<'_>, chapter: &Chapter<'_>, skill: &str) -> [(&'static str, String); 5] {
    let exam = &chapter.measures.exam;
    let of = |words: &std::collections::BTreeMap<String, String>| {
        words.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone())
    };
    let threshold = number::percent_exact(context.thresholds.value("F01.sufficient"), 0);
    [
        ("subject", of(&context.genitive)),
        ("by_subject", of(&context.dative)),
        ("skill", skill.to_owned()),
        ("work", exam.title()),
        ("threshold", threshold),
    ]
}

#[cfg(test)]
mod tests {
    use super::works_words;
    use srez_model::assessment::Exam;

    #[test]
    fn works_are_told_in_few_words_and_parts_by_name() {
        let exam = |id: &str, part: &str| Exam {
            subject_title: "Математика".to_owned(),
            part_title: part.to_owned(),
            ..Exam::unspecified(id.parse().unwrap())
        };
        let exams = [
            exam("vpr-2027-math-6", ""),
            exam("vpr-2027-math-8-algebra", "алгебра"),
            exam("vpr-2027-math-8-geometry", "геометрия"),
            exam("vpr-2027-math-8-algebra", "алгебра"),
            exam("oge-2027-math", ""),
        ];
        let said = works_words(&exams).replace('\u{a0}', " ");
        assert_eq!(said, "ВПР-2027: математика 6, 8 (алгебра, геометрия). ОГЭ-2027: математика");
    }
}
