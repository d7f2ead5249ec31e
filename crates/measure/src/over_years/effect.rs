//! Before and after of the schools of an action, against the schools without it.

use super::distance::peers as peers_of;
use super::reading::Reading;
use srez_model::action::EffectVerdict;
use srez_model::unit::as_f64;
use srez_statistics::before_after::{Peers, Year};
use srez_statistics::{Z_95, Z_POWER, detectable};

/// 0.90 quantile of the standard normal distribution: two-sided 80 %.
const Z_80: f64 = 1.281_551_565_544_600_4;
/// Probability of a false alarm at which the smallest detectable change is given.
const DETECTION_LEVEL: f64 = 0.05;
/// Fewest participants of a year for a verdict.
const FEWEST: u64 = 10;

/// What a good change looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Favourable {
    /// Completion, quality.
    Rise,
    /// Share of «2».
    Fall,
}

/// A school in both years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) before: Reading,
    pub(crate) after: Reading,
}

/// Numbers and verdict of one action; differences with their 95 % intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Assessment {
    /// Value before and after.
    pub(crate) values: (f64, f64),
    /// Change of the mean of the peers.
    pub(crate) peers_change: f64,
    pub(crate) difference: (f64, f64, f64),
    /// Expected without the action, by the correlation that leaves the smallest favourable effect.
    pub(crate) expected: f64,
    /// Value after minus the expected one.
    pub(crate) effect: (f64, f64, f64),
    /// Smallest change in the favourable direction that can be shown.
    pub(crate) min_detectable: Option<f64>,
    pub(crate) verdict: EffectVerdict,
}

/// Peers of pairs.
pub(crate) fn peers(pairs: &[Pair]) -> Option<Peers> {
    peers_of(&pairs.iter().map(|pair| (pair.after, pair.before)).collect::<Vec<_>>())
}

/// Several schools as one.
pub(crate) fn pooled(pairs: &[Pair]) -> Option<Pair> {
    let sum = |of: fn(&Pair) -> Reading| {
        let mut readings = pairs.iter().map(of);
        let first = readings.next()?;
        readings.try_fold(first, Reading::plus)
    };
    Some(Pair { before: sum(|pair| pair.before)?, after: sum(|pair| pair.after)? })
}

/// Assesses the schools of an action together; none if a value is missing.
///
/// The schools of an action are weighed by their participants after it. If the variance of one participant is greater
/// in the school itself than among the peers, the school's is taken, so that no interval is too narrow.
pub(crate) fn assess(peers: &Peers, treated: &[Pair], favourable: Favourable) -> Option<Assessment> {
    let whole = pooled(treated)?;
    let values = (whole.before.value()?, whole.after.value()?);
    let (n_before, n_after) = (whole.before.n(), whole.after.n());
    let own = |reading: Reading, within: f64| reading.variance().unwrap_or(0.0).max(within) / as_f64(reading.n());
    let weights: Vec<f64> = treated.iter().map(|pair| as_f64(pair.after.n()) / as_f64(n_after)).collect();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();

    let change = (values.1 - peers.means.1) - (values.0 - peers.means.0);
    let sampling =
        own(whole.before, peers.within.0) + own(whole.after, peers.within.1) + peers.variances.0 + peers.variances.1;
    let side = if favourable == Favourable::Rise { 1.0 } else { -1.0 };
    let mut least: Option<(f64, f64, f64)> = None;
    let (mut strong, mut likely) = (true, true);
    let mut widest = 0.0_f64;
    for correlation in peers.correlations() {
        let deviation = (sampling + peers.drift(correlation) * squares).sqrt();
        widest = widest.max(deviation);
        let (expected, predictive) = expectation(peers, treated, &weights, correlation)?;
        let effect = values.1 - expected;
        let holds = |z: f64| z * predictive < side * effect && z * deviation < side * change;
        strong &= holds(Z_95);
        likely &= holds(Z_80);
        if least.is_none_or(|(smallest, ..)| side * effect < side * smallest) {
            least = Some((effect, predictive, expected));
        }
    }
    let (effect, predictive, expected) = least?;
    let min_detectable = smallest_change(&whole, peers, favourable);
    let shown = min_detectable.is_some_and(|least| least <= (values.1 - values.0).abs());
    let few = n_before.min(n_after) < FEWEST;
    let verdict = match (few, strong, likely, shown) {
        (true, ..) => EffectVerdict::TooFewData,
        (_, true, ..) => EffectVerdict::Confirmed,
        (_, _, true, _) => EffectVerdict::Possible,
        (.., false) => EffectVerdict::TooFewData,
        _ => EffectVerdict::NotConfirmed,
    };
    Some(Assessment {
        values,
        peers_change: peers.means.1 - peers.means.0,
        difference: (change, change - Z_95 * widest, change + Z_95 * widest),
        expected,
        effect: (effect, effect - Z_95 * predictive, effect + Z_95 * predictive),
        min_detectable,
        verdict,
    })
}

/// The value expected of the schools together, and its predictive standard deviation.
fn expectation(peers: &Peers, treated: &[Pair], weights: &[f64], correlation: f64) -> Option<(f64, f64)> {
    let (mut mean, mut variance) = (0.0, 0.0);
    for (pair, weight) in treated.iter().zip(weights) {
        let year = Year { mean: pair.before.value()?, n: pair.before.n() };
        let found = peers.expected(year, pair.after.n(), correlation);
        mean += weight * found.mean;
        let share_like = matches!(pair.after, Reading::Count { .. });
        let unit = if share_like { found.mean * (100.0 - found.mean) } else { 0.0 };
        let more = (unit - peers.within.1).max(0.0) / as_f64(pair.after.n());
        // The imprecision of the peers' means is common to all schools of the action.
        let own = found.variance - peers.variances.1;
        variance += weight * weight * (own + more);
    }
    Some((mean, (variance + peers.variances.1).sqrt()))
}

/// Smallest favourable change that the test of two shares finds with power 80 %, last year as the reference; for points
/// and numbers by the normal law.
fn smallest_change(whole: &Pair, peers: &Peers, favourable: Favourable) -> Option<f64> {
    if let (Reading::Count { k, n }, Reading::Count { n: n_after, .. }) = (whole.before, whole.after) {
        let find = if favourable == Favourable::Rise { detectable::rise } else { detectable::fall };
        return find(n_after, k, n, DETECTION_LEVEL).map(|share| 100.0 * share);
    }
    let variance = whole.before.variance()?.max(peers.within.0);
    let units = 1.0 / as_f64(whole.before.n()) + 1.0 / as_f64(whole.after.n());
    Some((Z_95 + Z_POWER) * (variance * units).sqrt())
}

#[cfg(test)]
mod tests {
    use super::{Assessment, Favourable, Pair, Peers, assess, peers};
    use crate::over_years::reading::Reading;
    use srez_model::action::EffectVerdict;

    /// SplitMix64 with a normal by the sum of twelve.
    struct Random(u64);

    impl Random {
        fn share(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }

        fn normal(&mut self) -> f64 {
            (0..12).map(|_| self.share()).sum::<f64>() - 6.0
        }

        fn count(&mut self, n: u64, share: f64) -> Reading {
            let k = (0..n).filter(|_| self.share() < share).count() as u64;
            Reading::Count { k, n }
        }
    }

    /// Schools of a district in which nobody took an action: true shares of «2» around 25 %, tau 7 p.p.
    fn district(random: &mut Random, schools: usize, correlation: f64) -> Vec<Pair> {
        (0..schools)
            .map(|_| {
                let before = random.normal();
                let after = correlation * before + (1.0 - correlation * correlation).sqrt() * random.normal();
                let share = |level: f64| (0.25 + 0.07 * level).clamp(0.02, 0.9);
                let n = 25 + (random.share() * 60.0) as u64;
                Pair { before: random.count(n, share(before)), after: random.count(n + 3, share(after)) }
            })
            .collect()
    }

    /// The `chosen` schools with most «2» get an action that does nothing.
    fn worst_chosen(random: &mut Random, schools: usize, chosen: usize, correlation: f64) -> (Assessment, f64) {
        let mut pairs = district(random, schools, correlation);
        pairs.sort_by(|left, right| right.before.value().partial_cmp(&left.before.value()).unwrap());
        let others = peers(&pairs[chosen..]).unwrap();
        let found = assess(&others, &pairs[..chosen], Favourable::Fall).unwrap();
        (found, found.values.1 - found.values.0)
    }

    #[test]
    fn an_action_without_effect_is_called_effective_no_oftener_than_it_may() {
        const RUNS: u32 = 1_000;
        for (schools, chosen, correlation) in [(30, 1, 0.8), (30, 5, 0.8), (14, 3, 1.0), (14, 1, 0.7)] {
            let mut random = Random(7 + schools as u64 * 31 + chosen as u64);
            let (mut confirmed, mut possible, mut effects, mut raw) = (0, 0, 0.0, 0.0);
            for _ in 0..RUNS {
                let (found, change) = worst_chosen(&mut random, schools, chosen, correlation);
                confirmed += u32::from(found.verdict == EffectVerdict::Confirmed);
                possible += u32::from(matches!(found.verdict, EffectVerdict::Confirmed | EffectVerdict::Possible));
                effects += found.effect.0;
                raw += change;
            }
            let (effects, raw) = (effects / f64::from(RUNS), raw / f64::from(RUNS));
            println!(
                "{schools} schools, {chosen} chosen, rho {correlation}: confirmed {confirmed}, at least possible \
                 {possible}, mean change {raw:.2}, mean effect {effects:.2}"
            );
            // One-sided 2.5 % and 10 %, three standard errors of a thousand runs.
            assert!(confirmed <= 40 && possible <= 128, "{confirmed} confirmed, {possible} possible");
            // The share of «2» of the worst schools falls by itself; the effect does not take that for its own.
            assert!(raw < -3.0 && effects > -1.0, "change {raw}, effect {effects}");
        }
    }

    #[test]
    fn a_strong_action_is_found() {
        let mut random = Random(99);
        let mut found = 0;
        for _ in 0..200 {
            let mut pairs = district(&mut random, 30, 0.9);
            for pair in &mut pairs[..6] {
                pair.after = random.count(pair.after.n(), 0.05);
            }
            let others = peers(&pairs[6..]).unwrap();
            let verdict = assess(&others, &pairs[..6], Favourable::Fall).unwrap().verdict;
            found += u32::from(matches!(verdict, EffectVerdict::Confirmed | EffectVerdict::Possible));
        }
        assert!(found > 180, "{found}");
    }

    #[test]
    fn a_case_is_worked_out_by_hand_from_the_counts() {
        // Eight schools of 100 without the action, share of «2»: four at 10 % and four at 30 %, then 12 % and 28 %.
        // p(1 − p) = 1600, s² = 16. Q = 8·10²/16 = 50 and 8·8²/16 = 32; tau² = (Q − 7)·1600/700 = 98.29 and 57.14, on
        // average 77.71. m0 = m1 = 20, their variance (16 + 77.71)/8 = 11.71. B = 77.71/93.71 = 0.8293.
        let count = |k| Reading::Count { k, n: 100 };
        let pairs: Vec<Pair> = (0..8)
            .map(|place| if place < 4 { (10, 12) } else { (30, 28) })
            .map(|(k, l)| Pair { before: count(k), after: count(l) })
            .collect();
        let others = peers(&pairs).unwrap();
        let near = |found: f64, by_hand: f64| (found - by_hand).abs() < 5e-5;
        assert!(near(others.between, 77.714_286) && near(others.variances.1, 11.714_286), "{others:?}");
        // A school at 45 % comes to 25 %. It would have come down by itself: rho 1 to 20 + 0.8293·25 = 40.73, rho 0.7
        // to 20 + 0.5805·25 = 34.51; the smaller effect counts, 25 − 34.51 = −9.51, not −20.
        let found = assess(&others, &[Pair { before: count(45), after: count(25) }], Favourable::Fall).unwrap();
        assert!(near(found.expected, 34.512_195) && near(found.effect.0, -9.512_195), "{found:?}");
        // Variance 77.71·(1 − 0.49·0.8293) + 16 + 11.71 + 0.5805²·11.71, and (34.51·65.49 − 1600)/100 for the share of
        // this school: 84.40, sd 9.187.
        assert!(near(found.effect.2 - found.effect.0, 1.959_963_985 * 9.186_867), "{found:?}");
        // D = (25 − 20) − (45 − 20) = −20, variance 24.75 + 18.75 + 2·11.71 + 2·77.71·0.3 = 113.56.
        assert!(near(found.difference.0, -20.0) && near(found.difference.2, -20.0 + 20.886_001), "{found:?}");
        // Twenty points down look like a success; given the school's size and the expected recovery it is no proof.
        assert!(!matches!(found.verdict, EffectVerdict::Confirmed | EffectVerdict::Possible), "{found:?}");
    }

    #[test]
    fn the_worked_example_lacks_data() {
        let others = Peers {
            means: (15.0, 14.0),
            variances: (0.0, 0.0),
            within: (15.0 * 85.0, 14.0 * 86.0),
            between: 36.0,
            correlation: None,
        };
        let count = |k| Reading::Count { k, n: 40 };
        let found = assess(&others, &[Pair { before: count(14), after: count(9) }], Favourable::Fall).unwrap();
        // 35 % → 22.5 %: expected 21.43 by rho 0.7, so the smallest favourable effect is a rise of 1.07.
        assert!((found.expected - 21.43).abs() < 0.005 && (found.effect.0 - 1.07).abs() < 0.005, "{found:?}");
        assert!((found.difference.0 - -11.5).abs() < 1e-9 && (found.min_detectable.unwrap() - 25.1).abs() < 0.05);
        assert_eq!(found.verdict, EffectVerdict::TooFewData);
        let few = Reading::Count { k: 1, n: 4 };
        let small = assess(&others, &[Pair { before: few, after: few }], Favourable::Fall).unwrap();
        assert_eq!(small.verdict, EffectVerdict::TooFewData);
    }
}
