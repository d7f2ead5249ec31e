//! How often an action without effect is called one, and what a real one looks like.

use super::{Assessment, Favourable, Lack, Pair, Peers, assess, verdict};
use crate::counted::settings;
use crate::over_years::reading::Reading;
use srez_model::action::EffectVerdict;
use srez_model::compared::MeasureId;
use srez_statistics::school_model::Group;
use srez_testkit::chance::Chance;

fn counted(chance: &mut Chance, n: u64, share: f64) -> Group<Reading> {
    let k = (0..n).filter(|_| chance.share() < share).count() as u64;
    Group::Whole(Reading::Count { k, n })
}

fn value(school: &Group<Reading>) -> f64 {
    school.known()[0].value().unwrap()
}

/// Schools of a district in which nobody took an action: true shares of «2» around 25 %, tau 7 p.p.
fn district(chance: &mut Chance, schools: usize, correlation: f64) -> Vec<Pair> {
    (0..schools)
        .map(|_| {
            let before = chance.normal();
            let after = correlation * before + (1.0 - correlation * correlation).sqrt() * chance.normal();
            let share = |level: f64| (0.25 + 0.07 * level).clamp(0.02, 0.9);
            let n = 25 + (chance.share() * 60.0) as u64;
            Pair { before: counted(chance, n, share(before)), after: counted(chance, n + 3, share(after)) }
        })
        .collect()
}

fn judge(peers: &[Pair], treated: &[Pair]) -> (Assessment, EffectVerdict) {
    let settings = settings();
    let peers = Peers::new(&settings, peers).ok().unwrap();
    let treated: Vec<&Pair> = treated.iter().collect();
    let found = assess(&settings.thresholds, &peers, &treated, Favourable::Fall).unwrap();
    (found, verdict(&settings.thresholds, &found, &MeasureId::ShareOfTwo, 25))
}

#[test]
fn an_action_without_effect_is_called_effective_no_oftener_than_it_may() {
    const RUNS: u32 = 120;
    for (schools, chosen, correlation) in [(30, 3, 0.8), (14, 1, 0.6)] {
        let mut chance = Chance::new(7 + schools as u64 * 31 + chosen as u64);
        let (mut confirmed, mut possible, mut effects, mut raw) = (0, 0, 0.0, 0.0);
        for _ in 0..RUNS {
            // The schools with most «2» get an action that does nothing.
            let mut pairs = district(&mut chance, schools, correlation);
            pairs.sort_by(|left, right| value(&right.before).total_cmp(&value(&left.before)));
            let (found, verdict) = judge(&pairs[chosen..], &pairs[..chosen]);
            confirmed += u32::from(verdict == EffectVerdict::Confirmed);
            possible += u32::from(matches!(verdict, EffectVerdict::Confirmed | EffectVerdict::Possible));
            effects += found.effect.0 / f64::from(RUNS);
            let change = |pair: &Pair| value(&pair.after) - value(&pair.before);
            raw += pairs[..chosen].iter().map(change).sum::<f64>() / chosen as f64 / f64::from(RUNS);
        }
        // 4.2 % and 8.3 % at most in the simulations of the rule, and three standard errors of so many runs.
        assert!(confirmed <= 11 && possible <= 19, "{confirmed} confirmed, {possible} possible");
        // The share of «2» of the worst schools falls by itself; the effect does not take that for its own.
        assert!(raw < -3.0 && -3.0 < effects, "change {raw}, effect {effects}");
    }
}

#[test]
fn a_strong_action_is_found() {
    let mut chance = Chance::new(99);
    let mut found = 0;
    for _ in 0..40 {
        let mut pairs = district(&mut chance, 30, 0.9);
        for pair in &mut pairs[..6] {
            let n = pair.after.known()[0].n();
            pair.after = counted(&mut chance, n, 0.05);
        }
        let (_, verdict) = judge(&pairs[6..], &pairs[..6]);
        found += u32::from(matches!(verdict, EffectVerdict::Confirmed | EffectVerdict::Possible));
    }
    assert!(36 <= found, "{found}");
}

#[test]
fn seven_schools_or_equal_pupils_expect_nothing() {
    let count = |k| Group::Whole(Reading::Count { k, n: 40 });
    let pairs = |k: fn(u64) -> u64, schools: u64| -> Vec<Pair> {
        (0..schools).map(|place| Pair { before: count(k(place)), after: count(k(place + 1)) }).collect()
    };
    let lack = |pairs: &[Pair]| Peers::new(&settings(), pairs).err();
    assert_eq!(lack(&pairs(|place| 5 + place, 7)), Some(Lack::TooFewSchools));
    assert_eq!(lack(&pairs(|place| 5 + place, 8)), None);
    assert_eq!(lack(&pairs(|_| 0, 8)), Some(Lack::NoSpread));
}

#[test]
fn verdicts_follow_the_probability_and_few_pupils_have_none() {
    let settings = settings();
    let found = |chance, least| Assessment { expected: 20.0, effect: (0.0, 0.0, 0.0), chance, min_detectable: least };
    let say = |chance, least, n| verdict(&settings.thresholds, &found(chance, least), &MeasureId::ShareOfTwo, n);
    assert_eq!(say(0.991, Some(30.0), 10), EffectVerdict::Confirmed);
    assert_eq!(say(0.951, Some(30.0), 10), EffectVerdict::Possible);
    assert_eq!(say(0.991, Some(12.0), 9), EffectVerdict::TooFewData);
    assert_eq!(say(0.7, Some(20.1), 40), EffectVerdict::TooFewData);
    assert_eq!(say(0.7, Some(19.9), 40), EffectVerdict::NotConfirmed);
}
