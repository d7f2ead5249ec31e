//! Funnel: the word of a p, and exact binomial limits for the drawing.
//!
//! Source: Spiegelhalter 2005, Stat Med 24:1185. Degenerate: if no count is rare enough, there is no limit.

use super::binomial;
use srez_model::funnel::FunnelWord;
use srez_model::unit::as_f64;

/// FunnelWord of a two-sided p.
pub fn word(p: f64, alert: f64, alarm: f64) -> FunnelWord {
    if p <= alarm {
        FunnelWord::Alarm
    } else if p <= alert {
        FunnelWord::Alert
    } else {
        FunnelWord::Inside
    }
}

/// Greatest count below and smallest count above whose two-sided binomial p at `share` is at most `level`.
pub fn limits(n: u64, share: f64, level: f64) -> (Option<u64>, Option<u64>) {
    let law = binomial::pmf(n, share);
    let half = level / 2.0;
    let mut below = None;
    let mut tail = 0.0;
    for (k, probability) in (law.first()..).zip(law.probabilities()) {
        tail += probability;
        if half < tail {
            break;
        }
        below = Some(k);
    }
    let mut above = None;
    tail = 0.0;
    for (k, probability) in (law.first()..=law.last()).rev().zip(law.probabilities().iter().rev()) {
        tail += probability;
        if half < tail {
            break;
        }
        above = Some(k);
    }
    (below, above)
}

/// The same limits between the counts, so that a line through them has no steps: a count outside the limits fires.
///
/// Between two counts the limit is where the tail, taken as a straight line, is half of `level`. Source: Spiegelhalter
/// 2005, appendix A.1.1; the upper limit is the lower one of the complement.
pub fn smooth_limits(n: u64, share: f64, level: f64) -> (Option<f64>, Option<f64>) {
    let law = binomial::pmf(n, share);
    let below = |probabilities: &mut dyn Iterator<Item = (u64, f64)>| {
        let (mut before, mut last) = (0.0, None);
        for (k, probability) in probabilities {
            let tail = before + probability;
            if level / 2.0 < tail {
                // Nothing is that rare: the line would leave the picture.
                return last.map(|k: u64| as_f64(k) + (level / 2.0 - before) / probability);
            }
            (before, last) = (tail, Some(k));
        }
        None
    };
    let low = below(&mut (law.first()..).zip(law.probabilities().iter().copied()));
    let complement = (law.first()..=law.last()).rev().map(|k| n - k).zip(law.probabilities().iter().rev().copied());
    let high = below(&mut complement.into_iter());
    (low, high.map(|left| as_f64(n) - left))
}

#[cfg(test)]
mod tests {
    use super::{FunnelWord, limits, smooth_limits, word};

    #[test]
    fn smooth_limits_call_the_same_counts_rare() {
        for n in [10, 37, 50, 100, 401] {
            for share in [0.04, 0.15, 0.5] {
                for level in [0.05, 0.002] {
                    let (exact, smooth) = (limits(n, share, level), smooth_limits(n, share, level));
                    let floor = |limit: f64| limit.floor() as u64;
                    assert_eq!(smooth.0.map(floor), exact.0, "{n} {share} {level}");
                    assert_eq!(smooth.1.map(|limit| limit.ceil() as u64), exact.1, "{n} {share} {level}");
                }
            }
        }
    }

    #[test]
    fn limits_are_exact_counts() {
        let (alert, alarm) = (0.05, 0.002);
        assert_eq!((limits(10, 0.15, alert), limits(10, 0.15, alarm)), ((None, Some(5)), (None, Some(7))));
        assert_eq!((limits(20, 0.15, alert), limits(20, 0.15, alarm)), ((None, Some(7)), (None, Some(10))));
        assert_eq!((limits(50, 0.15, alert), limits(50, 0.15, alarm)), ((Some(2), Some(14)), (Some(0), Some(17))));
        assert_eq!((limits(100, 0.15, alert), limits(100, 0.15, alarm)), ((Some(7), Some(23)), (Some(4), Some(28))));
        assert_eq!(limits(10, 0.0, alert), (None, None));
    }

    #[test]
    fn the_limit_itself_fires() {
        assert_eq!(
            [0.002, 0.05, 0.051].map(|p| word(p, 0.05, 0.002)),
            [FunnelWord::Alarm, FunnelWord::Alert, FunnelWord::Inside]
        );
    }
}
