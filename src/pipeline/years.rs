//! Which exams a run looks at: those of the reported school year, and up to five earlier ones for the dynamics.

use crate::measure;
use crate::model::assessment::ExamKey;
use crate::model::measures::Measures;

/// Years before the reported one that serve the dynamics.
const EARLIER_YEARS: u16 = 5;

/// Exams of the reported year and of the years before it; all where no year is set.
pub(super) fn of_interest(exams: &[ExamKey], year: Option<u16>) -> Vec<ExamKey> {
    let of_interest =
        |exam: &&ExamKey| year.is_none_or(|year| exam.year <= year && year.saturating_sub(EARLIER_YEARS) <= exam.year);
    exams.iter().filter(of_interest).cloned().collect()
}

/// Compares every exam with the same exam of the nearest year before.
pub(super) fn compare(measures: &mut [Measures]) {
    for place in 0..measures.len() {
        let key = measures[place].exam.key.clone();
        let alike = |other: &ExamKey| {
            (other.procedure, &other.subject, other.grade) == (key.procedure, &key.subject, key.grade)
        };
        let before = measures
            .iter()
            .filter(|other| alike(&other.exam.key) && other.exam.key.year < key.year)
            .max_by_key(|other| other.exam.key.year);
        if let Some(before) = before {
            let rows = measure::dynamics(&measures[place], before);
            measures[place].dynamics = rows;
        }
    }
}

/// The exams that documents speak of, in the order of procedure, year, subject and grade.
pub(super) fn reported(measures: Vec<Measures>, year: Option<u16>) -> Vec<Measures> {
    measures.into_iter().filter(|measures| year.is_none_or(|year| measures.exam.key.year == year)).collect()
}
