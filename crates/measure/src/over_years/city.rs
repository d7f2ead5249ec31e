//! Change of a municipality between two years, with the schools of both years as units.

use super::super::reason;
use super::super::settings::Settings;
use super::super::whole_schools;
use super::reading::Reading;
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::unit::as_f64;
use srez_statistics::clusters::{Difference, FEWEST_EFFECTIVE, Years};
use srez_statistics::school_model::{Estimate, Group, Observed, Obstacle, Posterior, Sample};

/// Schools of both years hold at least this share of the participants of each, or the interval speaks of them alone.
const SAME_SCHOOLS: f64 = 0.9;

/// Schools that are in both years, now and before, in the unit of the measure.
struct Pairs {
    now: Vec<Reading>,
    before: Vec<Reading>,
}

/// Interval and p of a row on a municipality or on all participants.
pub(crate) fn fill(settings: &Settings, (now, before): (&Measures, &Measures), row: &mut DynamicsRow) {
    let (Some(difference), true) = (row.difference, matches!(row.level, Level::All | Level::Municipality)) else {
        return;
    };
    let pairs = pairs(settings, now, before, row);
    match change(settings, &pairs) {
        Ok(found) => {
            let n = |readings: &[Reading]| as_f64(readings.iter().map(|one| one.n()).sum());
            let held = (n(&pairs.now) / as_f64(row.n.0)).min(n(&pairs.before) / as_f64(row.n.1));
            let same = SAME_SCHOOLS <= held;
            let centre = if same { difference } else { found.value };
            row.interval = Some((centre - found.half_width(), centre + found.half_width()));
            row.p = Some(Difference { value: centre, ..found }.two_sided());
            if !same {
                let why = "состав школ изменился: интервал — по школам, которые есть в обоих годах";
                row.reason = reason::join([row.reason.as_str(), why]);
            }
        }
        Err(why) => {
            let why = match why {
                Obstacle::NoGroups => "интервал не вычисляется: школ, которые есть в обоих годах, нет",
                other => whole_schools::reason(other),
            };
            row.reason = reason::join([row.reason.as_str(), why]);
        }
    }
}

fn pairs(settings: &Settings, now: &Measures, before: &Measures, row: &DynamicsRow) -> Pairs {
    let homes = settings.municipalities();
    let is_own = |school: &str| row.level == Level::All || homes.get(school).is_some_and(|home| *home == row.group);
    let mut pairs = Pairs { now: Vec::new(), before: Vec::new() };
    for school in now.marks.iter().filter(|school| school.level == Level::School && is_own(&school.group)) {
        let of = |measures: &Measures| Reading::find(measures, Level::School, &school.group, &row.measure);
        if let Some((new, old)) = of(now).zip(of(before)) {
            pairs.now.push(new);
            pairs.before.push(old);
        }
    }
    pairs
}

fn change(settings: &Settings, pairs: &Pairs) -> Result<Difference, Obstacle> {
    let (after, before) = (year(settings, &pairs.now), year(settings, &pairs.before));
    let schools = |errors: (Vec<f64>, Vec<f64>)| -> Vec<Years> {
        let estimate = |(reading, variance): (&Reading, f64)| Estimate {
            value: reading.value().unwrap_or(f64::NAN),
            variance,
            weight: as_f64(reading.n()),
        };
        let after = pairs.now.iter().zip(errors.0).map(estimate);
        let before = pairs.before.iter().zip(errors.1).map(estimate);
        before.zip(after).map(|(before, after)| Years { before, after }).collect()
    };
    let (shared, nothing) = (settings.assumptions(), vec![0.0; pairs.now.len()]);
    let plain = schools((nothing.clone(), nothing));
    let found = if effective(&plain) < FEWEST_EFFECTIVE {
        let ((after, within), (before, within_before)) = (after?, before?);
        Difference::between_years(&schools((after, before)), f64::midpoint(within, within_before), shared)?
    } else {
        Difference::between_years(&plain, 1.0, shared)?
    };
    Ok(Difference { variance: found.variance.max(by_chance(pairs)), ..found })
}

/// Effective number of schools.
fn effective(schools: &[Years]) -> f64 {
    let sum = |of: fn(&Years) -> f64| schools.iter().map(of).sum::<f64>();
    let (before, after) = (sum(|years| years.before.weight), sum(|years| years.after.weight));
    let share = |years: &Years| f64::midpoint(years.before.weight / before, years.after.weight / after).powi(2);
    1.0 / schools.iter().map(share).sum::<f64>()
}

/// Variances of the schools of one year by pupils and classes, and the variance of one pupil.
fn year(settings: &Settings, readings: &[Reading]) -> Result<(Vec<f64>, f64), Obstacle> {
    let observed = |reading: &Reading| {
        let n = reading.n();
        let spread = reading.variance().unwrap_or(0.0) * as_f64(n.saturating_sub(1));
        Group::Whole(Observed { n, mean: reading.value().unwrap_or(f64::NAN), spread })
    };
    let groups: Vec<Group<Observed>> = readings.iter().map(observed).collect();
    let posterior = Posterior::new(Sample::from_values(&groups)?, settings.assumptions());
    let variances = (0..groups.len()).map(|school| posterior.sampling(school).unwrap_or(f64::INFINITY)).collect();
    Ok((variances, posterior.within()))
}

/// Variance of the difference of two shares by the chance of pupils alone; 0 for other values.
fn by_chance(pairs: &Pairs) -> f64 {
    let sum = |readings: &[Reading]| {
        readings.iter().try_fold((0, 0), |(k, n), reading| match reading {
            Reading::Count { k: own, n: all } => Some((k + own, n + all)),
            _ => None,
        })
    };
    let (Some((k, n)), Some((k_before, n_before))) = (sum(&pairs.now), sum(&pairs.before)) else { return 0.0 };
    let share = as_f64(k + k_before) / as_f64(n + n_before);
    10_000.0 * share * (1.0 - share) * (1.0 / as_f64(n) + 1.0 / as_f64(n_before))
}

#[cfg(test)]
mod tests {
    use super::super::super::counted::settings;
    use super::{Pairs, Reading, change};
    use srez_model::unit::as_f64;
    use srez_statistics::moments::Sums;

    /// How many of how many.
    type Share = (u64, u64);

    /// Schools of pupils who have 0 or 100 %.
    fn pairs(schools: &[(Share, Share)]) -> Pairs {
        let count = |(k, n): (u64, u64)| Reading::Count { k, n };
        Pairs {
            before: schools.iter().map(|(before, _)| count(*before)).collect(),
            now: schools.iter().map(|(_, now)| count(*now)).collect(),
        }
    }

    /// Eight schools of forty; four lost eight points, four gained four.
    #[test]
    fn schools_are_the_units_of_a_change() {
        let school = |place: u64| ((20, 40), if place < 4 { (12, 40) } else { (24, 40) });
        let schools: Vec<_> = (0..8).map(school).collect();
        let found = change(&settings(), &pairs(&schools)).unwrap();
        assert!((found.value + 5.0).abs() < 1e-9 && (found.degrees - 7.0).abs() < 1e-9, "{found:?}");
        // Changes of −20 and +10, each 15 from the mean: 8/7 · 8 · (15/8)².
        assert!((found.variance - 8.0 / 7.0 * 8.0 * (15.0_f64 / 8.0).powi(2)).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn schools_that_change_alike_still_have_other_pupils() {
        let found = change(&settings(), &pairs(&[((20, 40), (22, 40)); 8])).unwrap();
        let share: f64 = 42.0 / 80.0;
        assert!((found.variance - 10_000.0 * share * (1.0 - share) * 2.0 / 320.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn few_schools_take_their_drift_from_the_model_and_none_have_no_change() {
        let found = change(&settings(), &pairs(&[((20, 40), (26, 44)), ((15, 30), (14, 30))])).unwrap();
        assert_eq!(found.degrees, 6.0);
        assert!(20.0 < found.half_width(), "two schools say little: {found:?}");
        assert!(change(&settings(), &pairs(&[])).is_err());
        // All «2» in both years.
        assert!(change(&settings(), &pairs(&[((40, 40), (40, 40)); 2])).is_err());
        let sums = |shift: u64| {
            let mut sums = Sums::default();
            (0..30).for_each(|pupil| sums.add(pupil % 10 + shift, 1));
            Reading::Numbers { sums, scale: 5.0 }
        };
        let points = Pairs { before: vec![sums(0); 6], now: vec![sums(1); 6] };
        let found = change(&settings(), &points).unwrap();
        assert!((found.value - 5.0).abs() < 1e-9 && as_f64(points.now[0].n()) == 30.0, "{found:?}");
    }
}
