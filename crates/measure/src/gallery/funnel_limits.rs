//! Limits of the funnel drawing: how far a value may be from the centre by chance, by the size of the school.

use super::super::settings::Settings;
use srez_model::compared::TOTAL;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, FunnelRow, MeasureDefinition};
use srez_model::unit::{Percent, as_f64};
use srez_statistics::shrinkage::Spread;
use srez_statistics::{Z_95, funnel, normal};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "funnel-limits",
    title: "Границы воронки",
    columns: &["funnel.centre", "funnel.alert_low", "funnel.alarm_low", "funnel.among_low"],
    unit: "%",
    plain: "пределы, в которых лежали бы школы, если бы отличались одной случайностью: чем меньше участников, тем \
            они шире",
    formula: "t — значение всех школ вместе; границы доли — точные биномиальные, между целыми числами по прямой, \
              среднего — t ± z·S/√n, S — отклонение внутри школ; отвечают на вопрос «отличается ли школа от \
              муниципалитета». Вторые границы, t ± 1,96·√(s² + v), v — дисперсия истинных значений школ сверх \
              случайной, отвечают на вопрос «необычна ли школа среди школ»; по ним выводы не делаются",
    degenerate: "школ меньше 5 — границ нет, меньше 10 — нет вторых; ни одно значение не редко — границы с этой \
        стороны нет",
    source: "Spiegelhalter 2005; DerSimonian, Laird 1986; без усечения крайних значений",
};

/// Fewest schools for the drawing, and for limits that allow for how much schools differ.
const FEWEST: (usize, usize) = (5, 10);

/// Number of steps from the smallest school to the largest.
const STEPS: u64 = 40;

/// Rows by measure, circle and size, from the comparisons of the schools with the others of their circle.
pub(crate) fn rows(settings: &Settings, comparisons: &[ComparisonRow]) -> Vec<FunnelRow> {
    let mut circles: BTreeMap<(&str, &str), Vec<&ComparisonRow>> = BTreeMap::new();
    let schools = comparisons.iter().filter(|row| row.level == Level::School && row.reference_kind == "others");
    for row in schools.filter(|row| row.n != 0 && (row.measure == TOTAL || row.method == "hypergeometric")) {
        circles.entry((&row.measure, &row.reference_group)).or_default().push(row);
    }
    let drawn = circles.into_iter().filter(|(_, rows)| FEWEST.0 <= rows.len());
    drawn.flat_map(|((measure, group), rows)| circle_rows(settings, measure, group, &rows)).collect()
}

fn circle_rows(settings: &Settings, measure: &str, group: &str, schools: &[&ComparisonRow]) -> Vec<FunnelRow> {
    let Some(first) = schools.first() else { return Vec::new() };
    let (max, points) = (first.max, first.max != 1);
    let (k, n) = (first.k + first.k_reference, first.n + first.n_reference);
    let Some(centre) = Percent::of(k, n * max) else { return Vec::new() };
    let share = centre.0 / 100.0;
    // Deviation of one participant, as a fraction of the maximum.
    let unit =
        if points { first.deviation.map(|deviation| deviation / 100.0) } else { Some((share * (1.0 - share)).sqrt()) };
    let Some(unit) = unit else { return Vec::new() };
    let means: Vec<(f64, u64)> = schools.iter().map(|row| (as_f64(row.k) / as_f64(row.n * row.max), row.n)).collect();
    let spread =
        Some(&means).filter(|means| FEWEST.1 <= means.len()).and_then(|means| Spread::from_means(means, unit * unit));
    let limit = |id: &str| settings.thresholds.value(id);
    let limits = |n: u64, level: f64| {
        if points {
            let half = normal::quantile(1.0 - level / 2.0) * unit / as_f64(n).sqrt();
            let inside = |bound: f64| (0.0..=1.0).contains(&bound).then_some(Percent(100.0 * bound));
            (inside(share - half), inside(share + half))
        } else {
            let (low, high) = funnel::smooth_limits(n, share, level);
            let percent = |k: f64| Percent(100.0 * k / as_f64(n));
            (low.map(percent), high.map(percent))
        }
    };
    let mut sizes: BTreeSet<u64> = schools.iter().map(|row| row.n).collect();
    if let (Some(least), Some(most)) = (sizes.first().copied(), sizes.last().copied()) {
        // Extra sizes between the schools, so that the lines are smooth.
        sizes.extend((1..STEPS).map(|step| least + (most - least) * step / STEPS));
    }
    let row = |n: u64| FunnelRow {
        measure: measure.to_owned(),
        group: group.to_owned(),
        schools: schools.len() as u64,
        n,
        centre,
        alert: limits(n, limit("funnel.alert")),
        alarm: limits(n, limit("funnel.alarm")),
        among_schools: spread.map(|spread| {
            let half = Z_95 * (unit * unit / as_f64(n) + spread.variance).sqrt();
            let percent = |bound: f64| Percent(100.0 * bound.clamp(0.0, 1.0));
            (percent(share - half), percent(share + half))
        }),
    };
    sizes.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::counted::{Pupil, count, exam, settings};
    use super::super::super::measure;
    use srez_model::assessment::Scale;

    /// The ten schools of the shrinkage test: t = 0.16, tau² = 0.001781.
    #[test]
    fn ten_schools_have_both_limits() {
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
        let found = measure(&settings(), &count(exam(2026, &[5], scale), &pupils, 0)).funnels;
        let row = found.iter().find(|row| row.measure == "share_of_2" && row.n == 80).unwrap();
        assert_eq!((row.schools, row.centre.0), (10, 16.0));
        let half = 1.959_964 * (0.16 * 0.84 / 80.0 + 0.001_781_f64).sqrt();
        let (low, high) = row.among_schools.unwrap();
        assert!((low.0 - 100.0 * (0.16 - half)).abs() < 0.01 && (high.0 - 100.0 * (0.16 + half)).abs() < 0.01);
        // 7 of 80 and 20 of 80 are the exact limits at 5 %.
        let (low, high) = row.alert;
        assert!(low.unwrap().0 < 10.0 && high.unwrap().0 > 22.0 && row.alarm.1.unwrap().0 > high.unwrap().0);
        let small = found.iter().find(|row| row.measure == "share_of_2" && row.n == 20).unwrap();
        assert_eq!(small.alert.0, None);
    }
}
