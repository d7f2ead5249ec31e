//! Lines of the funnel drawing: where schools would lie by chance, by their size.

use super::settings::Settings;
use srez_model::compared::MeasureId;
use srez_model::measures::FunnelRow;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::Z_95;
use srez_statistics::school_model::{Posterior, shares};
use std::collections::BTreeSet;

/// Fewest schools for the drawing, and for lines that allow for how much schools differ.
const FEWEST: (usize, usize) = (5, 6);

/// Number of steps from the smallest school to the largest.
const STEPS: u64 = 40;

/// What is drawn of one circle of schools.
pub(super) struct Drawn<'a> {
    pub(super) measure: &'a MeasureId,
    /// Municipality; empty for all files.
    pub(super) group: String,
    /// Value of all schools together.
    pub(super) centre: Option<Percent>,
    /// Participants of every school.
    pub(super) sizes: Vec<u64>,
    /// Whether the model has the scale of angles.
    pub(super) is_share: bool,
}

/// Rows by size, from what the model says of how much pupils, classes and schools differ.
pub(super) fn rows(settings: &Settings, drawn: &Drawn<'_>, model: &Posterior) -> Vec<FunnelRow> {
    let (Some(centre), true) = (drawn.centre, FEWEST.0 <= drawn.sizes.len()) else { return Vec::new() };
    let middle = if drawn.is_share { libm::asin((centre.0 / 100.0).clamp(0.0, 1.0).sqrt()) } else { centre.0 / 100.0 };
    let percent =
        |value: f64| Percent(100.0 * if drawn.is_share { shares::share(value) } else { value.clamp(0.0, 1.0) });
    let around = |variance: f64| {
        let half = Z_95 * variance.sqrt();
        (percent(middle - half), percent(middle + half))
    };
    let mut sizes: BTreeSet<u64> = drawn.sizes.iter().copied().collect();
    if let (Some(least), Some(most)) = (sizes.first().copied(), sizes.last().copied()) {
        // Extra sizes between the schools, so that the lines are smooth.
        sizes.extend((1..STEPS).map(|step| least + (most - least) * step / STEPS));
    }
    let (spread, class) = (model.spread(), settings.thresholds.value("class.size"));
    let row = |n: u64| {
        let by_chance = model.within() / as_f64(n);
        let among = by_chance + spread.parts / (as_f64(n) / class).max(1.0) + spread.groups;
        FunnelRow {
            measure: drawn.measure.clone(),
            group: drawn.group.clone(),
            schools: drawn.sizes.len() as u64,
            n,
            centre,
            by_chance: around(by_chance),
            among_schools: (FEWEST.1 <= drawn.sizes.len()).then(|| around(among)),
        }
    };
    sizes.into_iter().filter(|n| *n != 0).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::counted::{Pupil, count, exam, settings};
    use super::super::measure;
    use srez_model::assessment::Scale;
    use srez_model::compared::MeasureId;

    /// Ten schools with 16 % of «2» together.
    #[test]
    fn ten_schools_have_both_lines() {
        let n = [20_usize, 30, 40, 50, 60, 70, 80, 25, 45, 80];
        let k = [2_usize, 6, 4, 10, 6, 14, 8, 6, 4, 20];
        let pupil = |school: usize, two: bool| Pupil {
            school: format!("{school:02}"),
            journal: None,
            points: vec![u8::from(!two) * 3],
            result: if two { 2 } else { 3 },
        };
        let pupils: Vec<Pupil> =
            (0..10).flat_map(|school| (0..n[school]).map(move |place| pupil(school, place < k[school]))).collect();
        let scale = Scale::Marks(vec![(0, 2), (3, 3), (4, 4), (5, 5)]);
        let measured = |schools: &[&str]| {
            let own: Vec<Pupil> = pupils.iter().filter(|one| schools.contains(&&*one.school)).cloned().collect();
            measure(&settings(), &count(exam(2026, &[5], scale.clone()), &own, 0)).funnels
        };
        let found = measured(&["00", "01", "02", "03", "04", "05", "06", "07", "08", "09"]);
        let row = found.iter().find(|row| row.measure == MeasureId::ShareOfTwo && row.n == 80).unwrap();
        assert_eq!((row.schools, row.centre.0), (10, 16.0));
        // asin √0.16 ± 1.96·(1/2)/√80, and back.
        let bound = |side: f64| 100.0 * libm::sin(libm::asin(0.4) + side * 1.959_964 * 0.5 / 80_f64.sqrt()).powi(2);
        assert!((row.by_chance.0.0 - bound(-1.0)).abs() < 1e-3 && (row.by_chance.1.0 - bound(1.0)).abs() < 1e-3);
        let (low, high) = row.among_schools.unwrap();
        assert!(low < row.by_chance.0 && row.by_chance.1 < high);
        assert!(
            found.iter().any(|row| row.measure == MeasureId::Total)
                && found.iter().all(|row| *row.measure.plain() == row.measure)
        );
        assert!(measured(&["00", "01", "02", "03", "04"]).iter().all(|row| row.among_schools.is_none()));
        assert!(measured(&["00", "01", "02", "03"]).is_empty());
    }
}
