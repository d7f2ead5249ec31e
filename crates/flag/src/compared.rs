//! A school against the other schools by a row of the comparisons: one frame for S01, S01a, S02.

use super::{Settings, finding};
use srez_model::finding::{Finding, Findings, Matter, Severity, Status};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Measures};
use srez_model::sign::SignDefinition;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::normal;
use srez_statistics::shrinkage::Spread;

/// Fewest schools for a spread of true values.
const FEWEST_SCHOOLS: usize = 8;

/// What is compared, and which difference counts.
pub(super) struct Question<'a> {
    pub(super) sign: &'static SignDefinition,
    /// Name in the comparisons.
    pub(super) measure: &'a str,
    pub(super) matter: Matter,
    /// Threshold of the difference: negative where a school must lie below, positive where above.
    pub(super) difference: &'static str,
    pub(super) participants: &'static str,
}

/// A school that passed all gates, with its numbers.
pub(super) struct Passed<'a> {
    pub(super) row: &'a ComparisonRow,
    pub(super) value: Percent,
    pub(super) reference: Percent,
    /// The finding without its sentence.
    pub(super) finding: Finding,
}

/// Schools of the focus that pass, in the order of the register; counts every test.
pub(super) fn passed<'a>(
    settings: &Settings<'_>,
    measures: &'a Measures,
    findings: &mut Findings,
    question: &Question<'_>,
) -> Vec<Passed<'a>> {
    let limit = |id: &str| settings.thresholds.value(id);
    let rows: Vec<&ComparisonRow> = settings
        .schools
        .iter()
        .filter_map(|school| measures.comparison_of(Level::School, school, question.measure))
        .collect();
    let spread = spread(&rows);
    let difference = limit(question.difference);
    let mut passed = Vec::new();
    for row in rows {
        let (Some(value), Some(reference), Some(q)) = (row.value, row.reference, row.q) else { continue };
        let gap = value.minus(reference).0;
        let large = if difference < 0.0 { gap <= difference } else { difference <= gap };
        let fired = large && limit(question.participants) <= as_f64(row.n) && q * 100.0 <= limit("tests.q");
        findings.count(question.sign.id, 1, usize::from(fired));
        if !fired {
            continue;
        }
        let mut one = finding(question.sign, measures, (Level::School, &row.group), question.matter.clone());
        one.status = Status::Probable;
        one.severity = row.funnel.map(Severity::Tested);
        one.value = Some(value.0);
        one.threshold = Some(difference);
        one.threshold_source = settings.thresholds.get(question.difference).source();
        one.n = row.n;
        one.p = row.p;
        one.q = row.q;
        one.affected = affected(row, (value, reference), spread.as_ref(), limit("rank.gap"));
        passed.push(Passed { row, value, reference, finding: one });
    }
    passed
}

/// Spread of the true values of the schools; the pupil is the unit, as for the intervals.
fn spread(rows: &[&ComparisonRow]) -> Option<Spread> {
    let means: Vec<(f64, u64)> = rows.iter().filter_map(|row| Some((row.value?.0 / 100.0, row.n))).collect();
    let n: u64 = means.iter().map(|(_, n)| n).sum();
    let centre = means.iter().map(|(mean, n)| mean * as_f64(*n)).sum::<f64>() / as_f64(n);
    if means.len() < FEWEST_SCHOOLS {
        return None;
    }
    Spread::from_means(&means, centre * (1.0 - centre)).filter(|spread| spread.variance > 0.0)
}

/// Pupils that the difference concerns, weighted by how sure it is: `P(|gap| > 3 p.p.)·n·|theta − t|`.
///
/// Where the schools are few or cannot be told apart, `n·|y − t|`. Serves the order alone and is never printed.
fn affected(row: &ComparisonRow, shares: (Percent, Percent), spread: Option<&Spread>, gap: f64) -> f64 {
    let (value, reference) = (shares.0.0 / 100.0, shares.1.0 / 100.0);
    let n = as_f64(row.n);
    let Some(spread) = spread else { return n * (value - reference).abs() };
    let theta = spread.shrunk_mean(value, row.n);
    let error = reference * (1.0 - reference) / n;
    let kept = spread.variance / (spread.variance + error);
    let sure = normal::below(((theta - reference).abs() - gap / 100.0) / (kept * error).sqrt());
    sure * n * (theta - reference).abs()
}

#[cfg(test)]
mod tests {
    use super::affected;
    use crate::tests::comparison;
    use srez_model::unit::Percent;
    use srez_statistics::shrinkage::Spread;

    #[test]
    fn many_pupils_come_before_a_great_share_of_few() {
        // t = m = 0.15, tau = 0.06, as in the methods.
        // Any schools whose mean is 0.15; the spread is set to that of the methods.
        let mut spread = Spread::from_counts(&[(15, 100), (15, 100)]).unwrap();
        spread.variance = 0.0036;
        let order = |k: f64, n: u64| {
            let row = comparison("1", "share_of_2", n, 100.0 * k / 60.0, 0.01);
            affected(&row, (Percent(100.0 * k), Percent(15.0)), Some(&spread), 3.0)
        };
        assert!((order(0.5, 12) - 0.871 * 1.06).abs() < 0.01, "{}", order(0.5, 12));
        assert!((order(21.0 / 60.0, 60) - 0.996 * 7.55).abs() < 0.02, "{}", order(0.35, 60));
        let row = comparison("1", "share_of_2", 10, 50.0, 0.01);
        assert!((affected(&row, (Percent(50.0), Percent(20.0)), None, 3.0) - 3.0).abs() < 1e-12);
    }
}
