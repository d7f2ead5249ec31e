//! Interval of a difference of two shares from their Wilson bounds:
//! `L = d − √((p1−l1)² + (u2−p2)²)`, `U = d + √((u1−p1)² + (p2−l2)²)`.
//!
//! Source: Newcombe 1998, Stat Med 17:873. Degenerate: no interval where a group is empty.

use super::wilson;

/// 95 % bounds of `p1 − p2`; the shares need not be k/n.
pub fn interval(p1: f64, n1: u64, p2: f64, n2: u64) -> Option<(f64, f64)> {
    let (l1, u1) = wilson::interval(p1, n1)?;
    let (l2, u2) = wilson::interval(p2, n2)?;
    let difference = p1 - p2;
    Some((difference - (p1 - l1).hypot(u2 - p2), difference + (u1 - p1).hypot(p2 - l2)))
}

#[cfg(test)]
mod tests {
    use super::interval;

    #[test]
    fn bounds_are_those_of_the_paper() {
        for (p1, n1, p2, n2, low, high) in [
            (56.0 / 70.0, 70, 48.0 / 80.0, 80, 5.24, 33.39),
            (0.9, 10, 0.3, 10, 17.05, 80.90),
            (0.0, 10, 0.0, 20, -16.11, 27.75),
        ] {
            let (l, h) = interval(p1, n1, p2, n2).unwrap();
            assert!((100.0 * l - low).abs() < 0.006 && (100.0 * h - high).abs() < 0.006, "{l} {h}");
        }
        assert_eq!(interval(0.5, 0, 0.5, 3), None);
    }
}
