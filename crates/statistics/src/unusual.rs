//! Whether a unit lies farther off than units lie off anyway: its place in the law that all others predict for it.
//!
//! `y_j ~ N(m, s_j² + τ²)` with a flat prior of m and of τ on a grid whose unit is `max(√median s², SD of y)`. Without
//! unit j, with sums over the others: `w ∝ ω·exp(½Σln a − ½ln Σa − ½(Σa·y² − (Σa·y)²/Σa))`, `a = 1/(s² + τ²)`, ω the
//! width of the cell; `z = (y_j − m)/√(s_j² + τ² + 1/Σa)`, `p_up = Σw·Φ(−z)`, `p_low = 1 − p_up`, two-sided twice the
//! smaller one. Nothing has to be estimated or chosen, and a unit cannot hide itself.
//! Source: Gelman 2006, Bayesian Analysis 1:515 (flat prior of a deviation).
//! Degenerate: fewer than six units that can be used have no p; a unit without variance by chance
//! has none and says nothing of the others.

use crate::normal;
use crate::school_model::{weights, widths};
use srez_model::unit::as_f64;

/// A value, and its variance by chance alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    pub value: f64,
    pub variance: f64,
}

impl Unit {
    fn is_usable(&self) -> bool {
        self.value.is_finite() && self.variance.is_finite() && 0.0 < self.variance
    }
}

/// Where a unit lies in the law that the others predict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Probability of a value as great as this or greater.
    pub up: f64,
    /// Mean of τ² by the others.
    pub spread: f64,
    /// Variance of the unit by chance alone.
    pub variance: f64,
}

impl Place {
    /// Probability of a value as small as this or smaller.
    pub fn low(&self) -> f64 {
        1.0 - self.up
    }

    /// Twice the smaller tail.
    pub fn two_sided(&self) -> f64 {
        (2.0 * self.up.min(self.low())).min(1.0)
    }

    /// About how far off a unit must be to be found among `tested` with a probability of 0.8:
    /// `(z(1 − level/tested) + 0.84)·√(s² + τ²)`.
    pub fn detectable(&self, tested: usize, level: f64) -> f64 {
        detectable(self.variance + self.spread, tested, level)
    }
}

/// The same of a value whose variance is known.
pub fn detectable(variance: f64, tested: usize, level: f64) -> f64 {
    let z = normal::quantile(1.0 - level / as_f64(tested.max(1) as u64));
    (z + crate::Z_POWER) * variance.sqrt()
}

/// Why no unit has a place: so few can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    pub usable: usize,
}

/// Fewest units that can be used.
pub const FEWEST: usize = 6;
/// Level of [`Place::detectable`] over all units tested.
pub const LEVEL: f64 = 0.05;
/// τ in units of the grid.
const GRID: [f64; 17] = [0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1.0, 1.25, 1.6, 2.0, 2.6, 3.4, 4.5];

/// Sums over units at one τ².
#[derive(Clone, Copy)]
struct Totals {
    variance: f64,
    /// Logarithm of the width of the cell.
    width: f64,
    logs: f64,
    precision: f64,
    sum: f64,
    squares: f64,
}

impl Totals {
    fn new(variance: f64, width: f64, units: &[Unit]) -> Self {
        let empty = Self { variance, width: libm::log(width), logs: 0.0, precision: 0.0, sum: 0.0, squares: 0.0 };
        units.iter().fold(empty, |totals, unit| totals.with(unit, 1.0))
    }

    fn with(mut self, unit: &Unit, times: f64) -> Self {
        let a = 1.0 / (unit.variance + self.variance);
        self.logs += times * libm::log(a);
        self.precision += times * a;
        self.sum += times * a * unit.value;
        self.squares += times * a * unit.value * unit.value;
        self
    }

    fn log_weight(&self) -> f64 {
        let distances = self.squares - self.sum * self.sum / self.precision;
        self.width + (self.logs - libm::log(self.precision) - distances) / 2.0
    }

    /// Probability by these units of a value as great as that of the unit or greater.
    fn above(&self, unit: &Unit) -> f64 {
        let variance = unit.variance + self.variance + 1.0 / self.precision;
        normal::below((self.sum / self.precision - unit.value) / variance.sqrt())
    }
}

/// The place of every unit in the law of the others, in the order given; none for a unit that cannot be used.
pub fn places(units: &[Unit]) -> Result<Vec<Option<Place>>, TooFew> {
    // Around their middle, so that sums of squares keep their digits.
    let middle = median(units.iter().filter(|unit| unit.is_usable()).map(|unit| unit.value).collect());
    let moved: Vec<Unit> = units.iter().map(|unit| Unit { value: unit.value - middle, ..*unit }).collect();
    let usable: Vec<Unit> = moved.iter().copied().filter(Unit::is_usable).collect();
    if usable.len() < FEWEST {
        return Err(TooFew { usable: usable.len() });
    }
    let unit = scale(&usable);
    let cells = GRID.iter().zip(widths(&GRID));
    let grid: Vec<Totals> = cells.map(|(tau, width)| Totals::new((unit * tau).powi(2), width, &usable)).collect();
    Ok(moved.iter().map(|unit| place(&grid, unit)).collect())
}

fn place(grid: &[Totals], unit: &Unit) -> Option<Place> {
    if !unit.is_usable() {
        return None;
    }
    let others: Vec<Totals> = grid.iter().map(|totals| totals.with(unit, -1.0)).collect();
    let weights = weights(&others.iter().map(Totals::log_weight).collect::<Vec<_>>(), 0.0);
    let mean = |of: &dyn Fn(&Totals) -> f64| others.iter().zip(&weights).map(|(one, weight)| weight * of(one)).sum();
    // No weight is left where squares are beyond all numbers.
    (0.0 < weights.iter().sum::<f64>()).then(|| Place {
        up: mean(&|one| one.above(unit)),
        spread: mean(&|one| one.variance),
        variance: unit.variance,
    })
}

/// Unit of the grid: what chance or the units themselves differ by, whichever is more.
fn scale(units: &[Unit]) -> f64 {
    let count = as_f64(units.len() as u64);
    let mean = units.iter().map(|unit| unit.value).sum::<f64>() / count;
    let squares: f64 = units.iter().map(|unit| (unit.value - mean).powi(2)).sum();
    median(units.iter().map(|unit| unit.variance).collect()).sqrt().max((squares / (count - 1.0)).sqrt())
}

/// The middle value, or the mean of the two middle ones; 0 of none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half.wrapping_sub(1)), values.get(half)) {
        (Some(low), Some(high)) if values.len().is_multiple_of(2) => f64::midpoint(*low, *high),
        (_, Some(middle)) => *middle,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{LEVEL, TooFew, Unit, median, places};

    fn units(values: &[f64], variance: impl Fn(usize) -> f64) -> Vec<Unit> {
        values.iter().enumerate().map(|(place, value)| Unit { value: *value, variance: variance(place) }).collect()
    }

    fn two_sided(units: &[Unit]) -> Vec<f64> {
        places(units).unwrap().into_iter().map(|place| place.unwrap().two_sided()).collect()
    }

    fn is_near(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 5e-6, "{found} instead of {expected}");
        }
    }

    const TWELVE: [f64; 12] = [0.31, -0.22, 0.05, 0.12, -0.4, 0.02, 0.27, -0.11, 0.9, -0.03, 0.16, -0.3];

    /// Values of numpy and scipy.
    #[test]
    fn p_is_that_of_the_second_program() {
        let twelve = units(&TWELVE, |_| 0.01);
        let expected = [
            0.500_451, 0.433_940, 0.969_439, 0.879_904, 0.186_661, 0.904_888, 0.574_214, 0.635_398, 0.005_207,
            0.798_611, 0.795_111, 0.310_090,
        ];
        is_near(&two_sided(&twelve), &expected);
        let variances = [0.0010, 0.0020, 0.0015, 0.0008, 0.0030, 0.0020];
        let six = units(&[0.02, -0.01, 0.03, 0.0, -0.02, 0.25], |place| variances[place]);
        is_near(&two_sided(&six), &[0.834_746, 0.652_765, 0.904_507, 0.697_551, 0.608_227, 0.005_214]);
    }

    /// A great common value must not cost digits, nor a mirror change more than the side.
    #[test]
    fn only_distances_count() {
        let twelve = units(&TWELVE, |_| 0.01);
        let far: Vec<Unit> = twelve.iter().map(|unit| Unit { value: 1e6 + unit.value, ..*unit }).collect();
        is_near(&two_sided(&far), &two_sided(&twelve));
        let mirrored: Vec<Unit> = twelve.iter().map(|unit| Unit { value: -unit.value, ..*unit }).collect();
        let (one, other) = (places(&twelve).unwrap(), places(&mirrored).unwrap());
        for (one, other) in one.iter().zip(&other) {
            assert!((one.unwrap().up - other.unwrap().low()).abs() < 1e-12);
        }
        assert!(one[8].unwrap().up < 0.003 && 0.997 < one[8].unwrap().low());
    }

    #[test]
    fn what_cannot_be_tested_says_why_and_a_unit_without_variance_is_left_out() {
        let five = units(&TWELVE[..5], |_| 0.01);
        assert_eq!(places(&five), Err(TooFew { usable: 5 }));
        let mut seven = units(&TWELVE[..6], |_| 0.01);
        let six = places(&seven).unwrap();
        seven.insert(3, Unit { value: 9.0, variance: 0.0 });
        let found = places(&seven).unwrap();
        assert_eq!(found[3], None);
        assert_eq!([&found[..3], &found[4..]].concat(), six);
        seven[0].value = f64::NAN;
        assert_eq!(places(&seven), Err(TooFew { usable: 5 }));
        let mut endless = units(&TWELVE, |_| 0.01);
        endless[2].value = 1e200;
        assert!(places(&endless).unwrap().iter().flatten().all(|place| place.up.is_finite()));
        assert_eq!(places(&[]), Err(TooFew { usable: 0 }));
        // Units that are all alike are none of them unusual.
        assert!(two_sided(&units(&[0.4; 8], |_| 0.01)).iter().all(|p| (p - 1.0).abs() < 1e-9));
    }

    /// z of 1 − 0.05/12 is 2.638.
    #[test]
    fn what_would_be_found_grows_with_the_error_and_the_spread() {
        let place = places(&units(&TWELVE, |_| 0.01)).unwrap()[0].unwrap();
        let expected = (2.638_257 + crate::Z_POWER) * (0.01 + place.spread).sqrt();
        assert!((place.detectable(12, LEVEL) - expected).abs() < 1e-5, "{}", place.detectable(12, LEVEL));
        assert!(0.05 < place.spread && place.spread < 0.5, "{place:?}");
    }

    #[test]
    fn the_middle_of_an_even_number_is_between_two() {
        let medians = [vec![3.0, 1.0, 2.0], vec![4.0, 1.0, 2.0, 8.0], vec![5.0], vec![]].map(median);
        assert_eq!(medians, [2.0, 3.0, 5.0, 0.0]);
    }
}
