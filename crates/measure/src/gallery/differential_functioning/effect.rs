//! The effect on one task, and its class.

use super::super::super::reason;
use super::{DifRow, Settings};
use srez_model::unit::as_f64;
use srez_statistics::mantel_haenszel::{Effect, Stratum, one_point_effect, several_points_effect, shared};

/// Fewest strata that contain both groups.
const FEWEST_STRATA: usize = 3;
/// Greatest p at which an effect differs from 0.
const DIFFERENT: f64 = 0.05;
/// 0.95 quantile of the standard normal distribution.
const Z_ONE_SIDED: f64 = 1.645;

/// Effect, p and class of pupils drawn one by one, or why there is none.
pub(super) fn fill(settings: &Settings, row: &mut DifRow, max: Option<u16>, strata: &[Stratum]) {
    match found(max, strata) {
        Ok((method, effect)) => {
            row.method = method;
            (row.effect, row.se, row.p) = (Some(effect.size), Some(effect.error), Some(effect.p));
            row.standardised = if max == Some(1) { None } else { deviation(strata).map(|sd| effect.size / sd) };
            row.class = class(settings, effect, row.standardised);
            row.reason.clear();
        }
        Err(why) => {
            row.method = "";
            (row.effect, row.se, row.p, row.standardised, row.class) = (None, None, None, None, None);
            why.clone_into(&mut row.reason);
        }
    }
}

fn found(max: Option<u16>, strata: &[Stratum]) -> Result<(&'static str, Effect), &'static str> {
    let max = max.ok_or(reason::NO_MAXIMUM)?;
    if shared(strata) < FEWEST_STRATA {
        return Err("не вычисляется: групп с равным первичным баллом меньше трёх");
    }
    let (method, found) = if max == 1 {
        ("mantel-haenszel", one_point_effect(strata))
    } else {
        ("mantel", several_points_effect(strata))
    };
    Ok((method, found.ok_or("не вычисляется: при равном первичном балле все ответы группы одинаковы")?))
}

/// Standard deviation of the points of all participants.
fn deviation(strata: &[Stratum]) -> Option<f64> {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for counts in strata.iter().flat_map(|stratum| [&stratum.reference, &stratum.focal]) {
        for (points, count) in (0..).map(as_f64).zip(counts) {
            let count = as_f64(*count);
            n += count;
            sum += count * points;
            squares += count * points * points;
        }
    }
    let variance = (squares - sum * sum / n) / (n - 1.0);
    (n > 1.0 && variance > 0.0).then(|| variance.sqrt())
}

/// Classes of the Educational Testing Service; of several points by the effect in deviations of the task.
pub(super) fn class(settings: &Settings, effect: Effect, standardised: Option<f64>) -> Option<char> {
    let limit = |id: &str| settings.thresholds.value(id);
    let is_alike = |size: f64, small: f64| size < small || DIFFERENT < effect.p;
    Some(match standardised.map(f64::abs) {
        Some(size) if is_alike(size, limit("dif.several-small")) => 'A',
        Some(size) if limit("dif.several-large") < size => 'C',
        Some(_) => 'B',
        None => {
            let (size, small) = (effect.size.abs(), limit("dif.small"));
            if is_alike(size, small) {
                'A'
            } else if limit("dif.large") <= size && Z_ONE_SIDED < (size - small) / effect.error {
                'C'
            } else {
                'B'
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::super::counted::settings;
    use super::{Effect, Stratum, class, deviation};

    #[test]
    fn several_points_have_classes_of_their_own() {
        let of = |standardised: f64, p: f64| {
            class(&settings(), Effect { size: 0.0, error: 1.0, chi_square: 0.0, p }, Some(standardised)).unwrap()
        };
        assert_eq!([0.16, -0.2, 0.25, -0.26].map(|size| of(size, 0.01)), ['A', 'B', 'B', 'C']);
        assert_eq!(of(0.5, 0.06), 'A');
    }

    #[test]
    fn the_deviation_is_that_of_all_participants() {
        // 0, 0, 1, 2 points.
        let strata = [
            Stratum { reference: vec![1, 1], focal: vec![1] },
            Stratum { reference: vec![0, 0, 1], focal: Vec::new() },
        ];
        assert!((deviation(&strata).unwrap() - (2.75_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(deviation(&[Stratum { reference: vec![3], focal: vec![4] }]), None);
    }
}
