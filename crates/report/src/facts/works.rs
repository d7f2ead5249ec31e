//! Works and their parts: the parts of a work have marks of their own and the same participants, so that people and
//! works are counted once.

use super::results;
use crate::context::{Chapter, Names};
use srez_model::assessment::{Exam, ExamKey};
use srez_model::level::Level;
use std::collections::BTreeMap;

/// The parts of one work together, as they stand beside each other; a whole work by itself.
pub(crate) fn by_work<T>(items: &[T], exam: impl Fn(&T) -> &Exam) -> Vec<&[T]> {
    items.chunk_by(|left, right| exam(left).key.is_part_beside(&exam(right).key)).collect()
}

/// Chapters by work.
pub(crate) fn of<'a, 'b>(chapters: &'b [Chapter<'a>]) -> Vec<&'b [Chapter<'a>]> {
    by_work(chapters, |chapter| &chapter.measures.exam)
}

/// What tells a work: a whole work is not the sum of parts that may stand beside it.
fn identity(exam: &Exam) -> (ExamKey, bool) {
    (exam.key.whole(), exam.key.part.is_empty())
}

/// Number of works: that of the parts of one is one.
pub(crate) fn count<'a>(exams: impl IntoIterator<Item = &'a Exam>) -> u64 {
    let works: std::collections::BTreeSet<_> = exams.into_iter().map(identity).collect();
    works.len() as u64
}

/// Number of works of which some part is meant.
pub(crate) fn count_where(chapters: &[Chapter<'_>], is_meant: impl Fn(&Chapter<'_>) -> bool) -> u64 {
    count(chapters.iter().filter(|chapter| is_meant(chapter)).map(|chapter| &*chapter.measures.exam))
}

/// Participants of all works; those of a work are those of the part that most of them wrote.
pub(crate) fn participants(chapters: &[Chapter<'_>], level: Level, group: &str) -> u64 {
    let mut of_work: BTreeMap<_, u64> = BTreeMap::new();
    for chapter in chapters {
        let most = of_work.entry(identity(&chapter.measures.exam)).or_default();
        *most = results::participants(chapter.measures, level, group).max(*most);
    }
    of_work.values().sum()
}

/// The works by name, parts behind their work: «ВПР-2027. Математика, 8 класс (алгебра, геометрия)».
pub(crate) fn titles<'a>(exams: impl IntoIterator<Item = &'a Exam>) -> Vec<String> {
    let exams: Vec<&Exam> = exams.into_iter().collect();
    let title = |parts: &&[&Exam]| match parts {
        [first, _, ..] => format!("{} ({})", first.work_title(), part_titles(parts)),
        parts => parts.iter().map(|exam| exam.title()).collect(),
    };
    by_work(&exams, |exam| exam).iter().map(title).collect()
}

/// What tells the works of a subject apart, after a comma; empty where the exam says it all.
fn which(exam: &Exam) -> String {
    if exam.key.procedure.has_one_grade() { exam.paper_words() } else { format!(", {}", exam.grade_title()) }
}

/// «ВПР по математике, 8 класс»: inside a sentence, which no full stop breaks.
pub(crate) fn in_words(context: &Names<'_>, exam: &Exam) -> String {
    let dative = context.dative.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.to_lowercase());
    format!("{} по {dative}{}", exam.key.procedure.title(), which(exam))
}

/// «ВПР, математика, 8 класс»: in a table.
pub(crate) fn short_title(exam: &Exam) -> String {
    let subject = srez_wording::text::lowered(&exam.subject_title);
    format!("{}, {subject}{}", exam.key.procedure.title(), which(exam))
}

/// The works by procedure, year and subject in the order of the run, each by grade.
pub(crate) fn by_subject<'a>(chapters: &[Chapter<'a>]) -> Vec<Vec<Chapter<'a>>> {
    let key = |chapter: &Chapter<'a>| {
        let key = &chapter.measures.exam.key;
        (key.procedure, key.year, key.subject.clone())
    };
    let mut groups: Vec<Vec<Chapter<'a>>> = Vec::new();
    for chapter in chapters {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| key(first) == key(chapter))) {
            Some(group) => group.push(chapter.clone()),
            None => groups.push(vec![chapter.clone()]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|chapter| chapter.measures.exam.key.grade);
    }
    groups
}

/// A part under the row of its work.
pub(crate) fn part_of_table(part_title: &str) -> String {
    format!("—\u{a0}{part_title}")
}

/// «алгебра, геометрия, вероятность и статистика».
pub(crate) fn part_titles(parts: &[&Exam]) -> String {
    parts.iter().map(|exam| exam.part_title.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{by_work, count, part_titles, titles};
    use srez_model::assessment::Exam;

    fn exam(id: &str, part_title: &str) -> Exam {
        let (subject_title, part_title) = ("Математика".to_owned(), part_title.to_owned());
        Exam { subject_title, part_title, ..Exam::unspecified(id.parse().unwrap()) }
    }

    #[test]
    fn parts_are_one_work() {
        let exams = [
            exam("vpr-2027-math-6", ""),
            exam("vpr-2027-math-8-algebra", "алгебра"),
            exam("vpr-2027-math-8-probability", "вероятность и статистика"),
            exam("vpr-2027-math-8-advanced-algebra", "алгебра"),
        ];
        let sizes: Vec<usize> = by_work(&exams, |exam| exam).iter().map(|parts| parts.len()).collect();
        assert_eq!((sizes, count(&exams)), (vec![1, 2, 1], 3));
        assert_eq!(
            titles(&exams),
            [
                "ВПР-2027. Математика, 6 класс",
                "ВПР-2027. Математика, 8 класс (алгебра, вероятность и статистика)",
                "ВПР-2027. Математика, 8 класс, углублённый уровень, алгебра",
            ]
        );
        assert_eq!(part_titles(&[&exams[1], &exams[2]]), "алгебра, вероятность и статистика");
    }

    #[test]
    fn a_whole_work_is_no_part_of_its_parts() {
        let exams = [exam("vpr-2027-math-8", ""), exam("vpr-2027-math-8-algebra", "алгебра")];
        assert_eq!((by_work(&exams, |exam| exam).len(), count(&exams)), (2, 2));
    }
}
