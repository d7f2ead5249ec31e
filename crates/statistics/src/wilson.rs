//! Wilson's interval of a share: `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`.
//!
//! Source: Wilson 1927, JASA 22:209. Degenerate: n = 0 has no interval.

use super::Z_95;
use srez_model::measures::Interval;
use srez_model::unit::{Percent, as_f64};

/// 95 % bounds of a share `p` seen in `n` units; `p` need not be k/n. None if n = 0 or p is no share.
pub fn interval(p: f64, n: u64) -> Option<(f64, f64)> {
    interval_of_effective(p, as_f64(n))
}

/// Units that would be as exact if they were one or nothing each and did not come in parts: `1/(r/n + k·h)`, where `r`
/// and `k` are the variances within and between parts as shares of `p(1 − p)`, and `h = Σ(n_c/n)²`.
///
/// Source: Korn & Graubard 1998, Survey Methodology 24:193.
pub fn effective_units(n: u64, within: f64, between: f64, concentration: f64) -> f64 {
    1.0 / (within / as_f64(n) + between * concentration)
}

/// 95 % bounds of a share `p` seen in so many effective units.
pub fn interval_of_effective(p: f64, n: f64) -> Option<(f64, f64)> {
    if !n.is_finite() || n <= 0.0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let square = Z_95 * Z_95;
    let centre = p + square / (2.0 * n);
    let half = Z_95 * (p * (1.0 - p) / n + square / (4.0 * n * n)).sqrt();
    let width = 1.0 + square / n;
    let low = if p == 0.0 { 0.0 } else { ((centre - half) / width).max(0.0) };
    let high = if p == 1.0 { 1.0 } else { ((centre + half) / width).min(1.0) };
    Some((low, high))
}

/// A share that was seen in `n` units with its 95 % bounds.
pub fn around(value: Percent, n: u64) -> Option<Interval> {
    let (low, high) = interval(value.0 / 100.0, n)?;
    Some(Interval { value, low: Percent(100.0 * low), high: Percent(100.0 * high) })
}

/// 95 % bounds of k of n.
pub fn from_counts(k: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 { None } else { interval(as_f64(k) / as_f64(n), n) }
}

#[cfg(test)]
mod tests {
    use super::{effective_units, from_counts, interval, interval_of_effective};

    #[test]
    fn bounds_are_those_of_the_tables() {
        let cases = [
            (0, 8, 0.0, 32.44),
            (3, 10, 10.78, 60.32),
            (6, 20, 14.55, 51.90),
            (13, 89, 8.74, 23.40),
            (30, 100, 21.89, 39.58),
            (10, 10, 72.25, 100.0),
            (1, 1, 20.65, 100.0),
            (12, 12, 75.75, 100.0),
        ];
        for (k, n, low, high) in cases {
            let (l, h) = from_counts(k, n).unwrap();
            assert!((100.0 * l - low).abs() < 0.005 && (100.0 * h - high).abs() < 0.005, "{k}/{n}: {l} {h}");
        }
        let (low, high) = interval(0.425, 10).unwrap();
        assert!((100.0 * low - 18.46).abs() < 0.005 && (100.0 * high - 70.71).abs() < 0.005);
        let (low, high) = from_counts(13, 25).unwrap();
        assert!((low - 0.334985169503568).abs() < 1e-12 && (high - 0.69968714045887).abs() < 1e-12);
        assert_eq!(from_counts(0, 0), None);
    }

    #[test]
    fn effective_units_replace_units() {
        let cases = [
            (0.425, 10, (0.30, 0.02, 1.0), 20.0, (23.83, 63.59)),
            (0.62, 25, (0.20, 0.015, 1.0), 43.478, (47.16, 74.89)),
            (0.62, 60, (0.20, 0.015, 0.5), 92.308, (51.81, 71.23)),
            // n/(n + z²) = 31.579/35.420.
            (1.0, 12, (0.20, 0.015, 1.0), 31.579, (89.155, 100.0)),
        ];
        for (p, n, (within, between, concentration), units, (low, high)) in cases {
            let effective = effective_units(n, within, between, concentration);
            assert!((effective - units).abs() < 5e-4, "{p} {n}: {effective}");
            let (l, h) = interval_of_effective(p, effective).unwrap();
            assert!((100.0 * l - low).abs() < 0.005 && (100.0 * h - high).abs() < 0.005, "{p} {n}: {l} {h}");
        }
        // Nobody, and no variance at all.
        assert_eq!(
            (interval_of_effective(0.5, effective_units(0, 0.3, 0.02, 1.0)), interval_of_effective(0.5, f64::NAN)),
            (None, None)
        );
    }
}
