//! Law of a sum of independent numbers: `P(s) = Σ P₁(k)·P₂(s − k)`; n-fold by repeated squaring, for many n in steps.
//!
//! Degenerate: no summands, certainly 0.

use super::Pmf;
use std::collections::{BTreeMap, BTreeSet};

/// Law of the sum of two independent numbers.
pub(crate) fn sum_of_two(left: &Pmf, right: &Pmf) -> Pmf {
    let (left_terms, right_terms) = (left.probabilities(), right.probabilities());
    let mut weights = vec![0.0; left_terms.len() + right_terms.len() - 1];
    for (place, probability) in left_terms.iter().enumerate() {
        for (weight, other) in weights[place..].iter_mut().zip(right_terms) {
            *weight += probability * other;
        }
    }
    Pmf::from_weights(left.first() + right.first(), weights)
}

/// Law of the sum of independent numbers, one from each law.
pub fn sum<'a>(laws: impl IntoIterator<Item = &'a Pmf>) -> Pmf {
    laws.into_iter().fold(Pmf::certain(0), |sum, law| sum_of_two(&sum, law))
}

/// Law of the sum of `n` independent numbers of one law.
pub fn power(law: &Pmf, n: u64) -> Pmf {
    let mut sum = Pmf::certain(0);
    let mut square = law.clone();
    let mut rest = n;
    while rest > 0 {
        if rest % 2 == 1 {
            sum = sum_of_two(&sum, &square);
        }
        rest /= 2;
        if rest > 0 {
            square = sum_of_two(&square, &square);
        }
    }
    sum
}

/// Laws of the sums of `n` independent numbers of one law, for every `n` of `sizes`.
///
/// Goes from size to size by the law of the gap: together the cost of one walk to the greatest, O(n²·m²).
pub fn powers(law: &Pmf, sizes: &BTreeSet<u64>) -> BTreeMap<u64, Pmf> {
    let mut laws = BTreeMap::new();
    let (mut reached, mut sum) = (0, Pmf::certain(0));
    for size in sizes {
        sum = sum_of_two(&power(law, size - reached), &sum);
        reached = *size;
        laws.insert(*size, sum.clone());
    }
    laws
}

#[cfg(test)]
mod tests {
    use super::{power, powers, sum};
    use crate::{Pmf, binomial, hypergeometric};

    #[test]
    fn sums_of_points() {
        let law = power(&Pmf::from_weights(0, vec![0.05, 0.10, 0.25, 0.60]), 15);
        for (points, expected, tolerance) in [(28, 0.0375, 5e-5), (29, 0.0675, 5e-5), (45, 0.00094, 5e-6)] {
            let found = law.two_sided(points);
            assert!((found - expected).abs() < tolerance, "{points}: {found}");
        }
        let law = power(&Pmf::from_weights(0, vec![0.25, 0.5, 0.25]), 2);
        assert_eq!((law.two_sided(0), law.two_sided(1)), (0.125, 0.625));
        assert!((law.two_sided(2) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn steps_and_squaring_agree() {
        let law = Pmf::from_weights(1, vec![0.3, 0.0, 0.2, 0.5]);
        for (n, found) in powers(&law, &[2, 3, 40].into()) {
            let expected = power(&law, n);
            assert_eq!((found.first(), found.last()), (n, 4 * n));
            for sum in n..=4 * n {
                assert!((found.two_sided(sum) - expected.two_sided(sum)).abs() < 1e-13, "{n} {sum}");
            }
        }
    }

    #[test]
    fn sums_of_different_laws() {
        let pooled = sum(&[binomial::pmf(9, 0.5), binomial::pmf(9, 0.45), binomial::pmf(8, 0.4)]);
        assert!((pooled.mean() - 11.75).abs() < 1e-12);
        assert!((pooled.upper_tail(18) - 0.01137).abs() < 5e-6 && (pooled.upper_tail(19) - 0.00364).abs() < 5e-6);
        let journal = sum(&[
            hypergeometric::pmf(110, 23, 10),
            hypergeometric::pmf(130, 55, 30),
            hypergeometric::pmf(160, 91, 60),
        ]);
        assert!((journal.two_sided(54) - 0.257).abs() < 5e-4, "{}", journal.two_sided(54));
    }
}
