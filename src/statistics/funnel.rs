//! Funnel: the word of a p, and exact binomial limits for the drawing.
//!
//! Source: Spiegelhalter 2005, Stat Med 24:1185. Degenerate: where no count is rare enough there is no limit.

use super::binomial;

/// How far a value stands from its reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// Within both limits.
    Inside,
    /// Beyond the first.
    Alert,
    /// Beyond the second.
    Alarm,
}

impl Word {
    /// The word of the tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Alert => "alert",
            Self::Alarm => "alarm",
        }
    }
}

/// Word of a two-sided p.
pub fn word(p: f64, alert: f64, alarm: f64) -> Word {
    if p <= alarm {
        Word::Alarm
    } else if p <= alert {
        Word::Alert
    } else {
        Word::Inside
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

#[cfg(test)]
mod tests {
    use super::{Word, limits, word};

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
        assert_eq!([0.002, 0.05, 0.051].map(|p| word(p, 0.05, 0.002)), [Word::Alarm, Word::Alert, Word::Inside]);
    }
}
