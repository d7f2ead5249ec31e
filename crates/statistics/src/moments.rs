//! Moments from integer sums: the only division is the last.
//!
//! `s² = (n·Σx² − (Σx)²) / (n(n − 1))`; `r = (n·Σxy − Σx·Σy) / √(…x · …y)`.
//! Degenerate: no mean without a unit, no deviation with one, no correlation without spread.

/// Sums over units with a whole number each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Units.
    pub n: u64,
    pub sum: u64,
    /// Sum of squares.
    pub squares: u64,
}

impl Sums {
    /// Adds `n` units with value `value`.
    pub fn add(&mut self, value: u64, n: u64) {
        self.n += n;
        self.sum += value * n;
        self.squares += value * value * n;
    }

    /// The sums of the other units where `part` is among these.
    #[must_use]
    pub fn without(self, part: Self) -> Self {
        Self {
            n: self.n.saturating_sub(part.n),
            sum: self.sum.saturating_sub(part.sum),
            squares: self.squares.saturating_sub(part.squares),
        }
    }

    /// Mean; none if n = 0.
    pub fn mean(&self) -> Option<f64> {
        (self.n != 0).then(|| float(self.sum.into()) / float(self.n.into()))
    }

    /// `n·Σx² − (Σx)²`: 0 exactly where all units are alike.
    pub fn spread(&self) -> i128 {
        cross(self.n, self.squares, self.sum, self.sum)
    }

    /// Variance with n − 1; none if n < 2.
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| float(self.spread()) / (float(self.n.into()) * float((self.n - 1).into())))
    }

    /// Standard deviation with n − 1; none if n < 2.
    pub fn deviation(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Sum of squared distances from the mean; 0 where n = 0.
    pub fn sum_of_squares(&self) -> f64 {
        if self.n == 0 { 0.0 } else { float(self.spread()) / float(self.n.into()) }
    }
}

/// `n·Σxy − Σx·Σy`.
pub(crate) fn cross(n: u64, products: u64, left: u64, right: u64) -> i128 {
    i128::from(n) * i128::from(products) - i128::from(left) * i128::from(right)
}

/// Correlation of two numbers of the same units; `products` = Σxy. None if either has no spread.
pub fn correlation(left: &Sums, right: &Sums, products: u64) -> Option<f64> {
    let (x, y) = (left.spread(), right.spread());
    if left.n < 2 || left.n != right.n || x <= 0 || y <= 0 {
        return None;
    }
    Some(float(cross(left.n, products, left.sum, right.sum)) / (float(x).sqrt() * float(y).sqrt()))
}

#[expect(clippy::cast_precision_loss, reason = "the one rounding of the formula")]
fn float(whole: i128) -> f64 {
    whole as f64
}

#[cfg(test)]
mod tests {
    use super::{Sums, correlation};

    #[test]
    fn sums_give_mean_deviation_and_correlation() {
        let (mut x, mut y) = (Sums::default(), Sums::default());
        let mut products = 0;
        for (a, b) in [(1, 6), (1, 2), (0, 3), (0, 0)] {
            x.add(a, 1);
            y.add(b, 1);
            products += a * b;
        }
        assert_eq!((y.mean(), y.variance(), y.deviation()), (Some(2.75), Some(6.25), Some(2.5)));
        let r = correlation(&x, &y, products).unwrap();
        assert!((r - 2.5 / 18.75_f64.sqrt()).abs() < 1e-15, "{r}");
        assert_eq!(correlation(&Sums { n: 4, sum: 4, squares: 4 }, &y, 11), None);
        assert_eq!((Sums::default().mean(), Sums { n: 1, sum: 3, squares: 9 }.variance()), (None, None));
    }
}
