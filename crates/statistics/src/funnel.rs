//! The word of a p.
//!
//! Source: Spiegelhalter 2005, Stat Med 24:1185.

use srez_model::funnel::FunnelWord;

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

#[cfg(test)]
mod tests {
    use super::{FunnelWord, word};

    #[test]
    fn the_word_follows_the_limits() {
        assert_eq!(
            [0.001, 0.01, 0.06].map(|p| word(p, 0.05, 0.002)),
            [FunnelWord::Alarm, FunnelWord::Alert, FunnelWord::Inside]
        );
    }
}
