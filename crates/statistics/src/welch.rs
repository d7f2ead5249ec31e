//! Whether the means of two samples differ, with variances that may differ too: `T = (x̄ − ȳ)/√(s_x²/n + s_y²/m)`.
//!
//! Degrees of freedom of Satterthwaite. Source: Welch 1947, Biometrika 34:28.
//! Degenerate: a sample of fewer than two, or no spread at all, has no test.

use super::student;
use srez_model::unit::as_f64;

/// Two-sided p.
pub fn two_sided(left: &[f64], right: &[f64]) -> Option<f64> {
    let (mean, error) = mean_and_error(left)?;
    let (other, other_error) = mean_and_error(right)?;
    let sum = error + other_error;
    if sum <= 0.0 {
        return None;
    }
    let part = |error: f64, n: usize| error * error / as_f64(n as u64 - 1);
    let degrees = sum * sum / (part(error, left.len()) + part(other_error, right.len()));
    Some(student::two_sided((mean - other) / sum.sqrt(), degrees))
}

/// Mean and its squared standard error.
fn mean_and_error(sample: &[f64]) -> Option<(f64, f64)> {
    let n = as_f64(sample.len() as u64);
    if sample.len() < 2 {
        return None;
    }
    let mean = sample.iter().sum::<f64>() / n;
    let squares: f64 = sample.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some((mean, squares / (n - 1.0) / n))
}

#[cfg(test)]
mod tests {
    use super::two_sided;

    /// scipy.stats.ttest_ind(equal_var=False).
    #[test]
    fn p_is_that_of_another_program() {
        let found = two_sided(&[50.0, 61.0, 55.5, 47.0], &[62.0, 58.0, 71.0, 66.0, 69.5]).unwrap();
        assert!((found - WELCH).abs() < 1e-9, "{found}");
        assert_eq!((two_sided(&[1.0], &[1.0, 2.0]), two_sided(&[1.0, 1.0], &[2.0, 2.0])), (None, None));
    }

    const WELCH: f64 = 0.022_311_415_643_333_457;
}
