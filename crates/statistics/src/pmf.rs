//! A discrete law on consecutive whole numbers, with its tails.

/// Probabilities of `first`, `first + 1`, …; they sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Pmf {
    first: u64,
    probability: Vec<f64>,
}

impl Pmf {
    /// A law on `first ..= last` from `ratio(k) = P(k + 1) / P(k)`, which must not rise with `k`.
    ///
    /// Starts at the mode with 1, walks to both ends and norms, so large counts neither overflow nor lose digits.
    pub(crate) fn from_ratios(first: u64, last: u64, ratio: impl Fn(u64) -> f64) -> Self {
        let length = usize::try_from(last.saturating_sub(first)).unwrap_or(usize::MAX - 1) + 1;
        let mut probability = vec![0.0; length];
        let (mut low, mut high) = (first, last);
        while low < high {
            let middle = low + (high - low) / 2;
            if ratio(middle) > 1.0 { low = middle + 1 } else { high = middle }
        }
        let mode = usize::try_from(low - first).unwrap_or(0);
        probability[mode] = 1.0;
        for place in mode + 1..length {
            probability[place] = probability[place - 1] * ratio(first + (place as u64) - 1);
        }
        for place in (0..mode).rev() {
            probability[place] = probability[place + 1] / ratio(first + place as u64);
        }
        Self::from_weights(first, probability)
    }

    /// A law proportional to `weights` of `first`, `first + 1`, …; all weights 0 or none: all of it at `first`.
    fn from_weights(first: u64, weights: Vec<f64>) -> Self {
        let mut probability = weights;
        let sum = sum_from_small(&probability);
        if sum.is_nan() || sum <= 0.0 {
            return Self { first, probability: vec![1.0] };
        }
        for weight in &mut probability {
            *weight /= sum;
        }
        Self { first, probability }
    }

    /// All of the law at one number.
    pub fn certain(value: u64) -> Self {
        Self { first: value, probability: vec![1.0] }
    }

    /// Smallest number of the support.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// Greatest number of the support.
    pub fn last(&self) -> u64 {
        self.first + (self.probability.len() as u64 - 1)
    }

    /// Probabilities in the order of the support.
    pub fn probabilities(&self) -> &[f64] {
        &self.probability
    }

    /// `P(X = k)`.
    pub fn at(&self, k: u64) -> f64 {
        k.checked_sub(self.first)
            .and_then(|place| self.probability.get(usize::try_from(place).ok()?))
            .copied()
            .unwrap_or(0.0)
    }

    /// `P(X ≥ k)`.
    pub fn upper_tail(&self, k: u64) -> f64 {
        let place = usize::try_from(k.saturating_sub(self.first)).unwrap_or(usize::MAX);
        self.probability.get(place..).map_or(0.0, |tail| sum_from_small(tail).min(1.0))
    }
}

/// Sum whose small terms come first: a tail keeps its digits.
fn sum_from_small(terms: &[f64]) -> f64 {
    let rises = terms.first() <= terms.last();
    if rises { terms.iter().sum() } else { terms.iter().rev().sum() }
}

#[cfg(test)]
mod tests {
    use super::Pmf;

    #[test]
    fn tails_share_the_middle_and_the_ends_are_certain() {
        let pmf = Pmf::from_weights(3, vec![1.0, 2.0, 1.0]);
        assert_eq!((pmf.upper_tail(0), pmf.upper_tail(5), pmf.upper_tail(6)), (1.0, 0.25, 0.0));
        assert_eq!((pmf.at(4), pmf.at(6), Pmf::certain(7).upper_tail(7)), (0.5, 0.0, 1.0));
    }
}
