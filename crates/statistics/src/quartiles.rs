//! Quartiles: of m values in order the one at place (m − 1)·q, between two values in proportion.
//!
//! Source: Hyndman, Fan 1996, type 7. Degenerate: no values have none.

use srez_model::unit::as_f64;

/// Lower quartile, median and upper quartile; none where there are no values.
pub fn quartiles(mut values: Vec<f64>) -> Option<[f64; 3]> {
    values.sort_by(f64::total_cmp);
    Some([quartile(&values, 1)?, quartile(&values, 2)?, quartile(&values, 3)?])
}

fn quartile(sorted: &[f64], quarter: usize) -> Option<f64> {
    let place = quarter * sorted.len().checked_sub(1)?;
    let (low, part) = (place / 4, place % 4);
    let first = sorted.get(low)?;
    let second = sorted.get(low + 1).unwrap_or(first);
    Some(first + (second - first) * as_f64(part as u64) / 4.0)
}

#[cfg(test)]
mod tests {
    use super::quartiles;

    #[test]
    fn quartiles_stand_between_values() {
        assert_eq!(quartiles(vec![40.0, 20.0, 30.0, 10.0]), Some([17.5, 25.0, 32.5]));
        let of_five = [1, 2, 3, 4, 5].map(|tens| 10.0 * f64::from(tens));
        assert_eq!(quartiles(of_five.to_vec()), Some([20.0, 30.0, 40.0]));
        assert_eq!(quartiles(Vec::new()), None);
    }
}
