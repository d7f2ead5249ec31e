//! Which exams a run looks at: those of the reported school year, and up to five earlier ones for the dynamics.

use rayon::prelude::*;
use srez_config::plan::Plan;
use srez_measure::Settings;
use srez_model::assessment::ExamKey;
use srez_model::compared::MeasureId;
use srez_model::error::{Error, Result};
use srez_model::measures::Measures;
use srez_wording::date;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Years before the reported one that serve the dynamics.
const EARLIER_YEARS: u16 = 5;

/// Exams of the reported year and of the years before it; all where no year is set. A period without data is an error
/// with a message of its own: documents about nothing help nobody, and the former ones stay as they are.
pub(super) fn of_interest(plan: &Plan, known: &[ExamKey]) -> Result<Vec<ExamKey>> {
    let Some(year) = plan.year else { return Ok(known.to_vec()) };
    let of_interest = |exam: &&ExamKey| exam.year <= year && year.saturating_sub(EARLIER_YEARS) <= exam.year;
    let exams: Vec<ExamKey> = known.iter().filter(of_interest).cloned().collect();
    if known.is_empty() || exams.iter().any(|exam| exam.year == year) {
        return Ok(exams);
    }
    let years: BTreeSet<u16> = known.iter().map(|exam| exam.year).collect();
    let years: Vec<String> = years.into_iter().map(date::school_year).collect();
    Err(Error::run(format!(
        "за период {} ({} учебный год) результатов нет: документы не писались, прежние не тронуты",
        plan.period,
        date::school_year(year)
    ))
    .hint(format!("есть результаты за учебные годы: {}; проверьте --period и папки в конвейере", years.join(", "))))
}

/// Compares every exam with the same exam of the years before, and with earlier exams of the same pupils.
pub(super) fn compare(settings: &Settings, measures: &mut [Measures]) {
    let of_exam = |now: &Measures| {
        let year = now.exam.key.year;
        let earlier = measures.iter().filter(|other| {
            let before = other.exam.key.year;
            before < year && year <= before + EARLIER_YEARS
        });
        let mut rows: Vec<_> = earlier
            .flat_map(|before| {
                let mut rows = srez_measure::dynamics(settings, now, before);
                rows.extend(srez_measure::cohort(settings, now, before));
                rows
            })
            .collect();
        // That a group was not there is said once, for the nearest year.
        let nearest = rows
            .iter()
            .filter(|row| !matches!(row.measure, MeasureId::Cohort(_)))
            .map(|row| &row.before_exam)
            .max()
            .cloned();
        rows.retain(|row| row.before.is_some() || nearest.as_ref() == Some(&row.before_exam));
        srez_measure::sort_dynamics(&mut rows);
        rows
    };
    let together = |now: &Measures| srez_measure::pool_years(settings, now, measures);
    let rows: Vec<_> = measures.par_iter().map(|now| (of_exam(now), together(now))).collect();
    for (measures, (rows, lasting)) in measures.iter_mut().zip(rows) {
        measures.dynamics = rows;
        srez_measure::set_lasting(measures, &lasting);
    }
}

/// The exams that documents speak of, in the order of procedure, year, subject and grade, and those of earlier years,
/// the last year first.
pub(super) fn reported(measures: Vec<Measures>, year: Option<u16>) -> (Vec<Measures>, Vec<Measures>) {
    let is_reported = |measures: &Measures| year.is_none_or(|year| measures.exam.key.year == year);
    let (reported, mut earlier): (Vec<Measures>, Vec<Measures>) = measures.into_iter().partition(is_reported);
    earlier.sort_by_key(|measures| Reverse(measures.exam.key.year));
    (reported, earlier)
}

/// Of the earlier exams those of the year before the reported one.
pub(super) fn last(earlier: &[Measures], year: Option<u16>) -> &[Measures] {
    let is_last = |measures: &Measures| year == Some(measures.exam.key.year + 1);
    earlier.get(..earlier.iter().take_while(|measures| is_last(measures)).count()).unwrap_or_default()
}
