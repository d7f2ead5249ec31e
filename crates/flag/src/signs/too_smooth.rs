//! S08: scores of a school that spread less than those of schools like it.

use crate::tested::{self, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::finding::Matter;
use srez_model::level::Level;
use srez_model::measures::{Measures, ScoreKind};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::moments::Sums;
use srez_statistics::overdispersion::{Excess, Usual};
use srez_statistics::permutation;
use srez_wording::number;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S08"),
    title: "слишком ровное распределение баллов",
    rule: "стандартное отклонение первичных баллов школы меньше, чем у такого же числа участников из школ с близким \
           средним (±{S08.near} % максимума): p — большее из двух: перестановочный критерий (участники школы и \
           близких школ вместе, 9 999 выборок) и, если школ не меньше {unusual.schools}, отклонение логарифма с \
           учётом того, насколько школы расходятся между собой (tau²); q не больше {tests.q} %; участников не меньше \
           {S08.participants}, близких школ не меньше {S08.schools}, в них не меньше {S08.reference} участников и \
           вдвое больше, чем в школе; среднее не ближе {S08.edge} % максимума к краям шкалы, у границ шкалы не \
           больше 5 % участников",
    thresholds: &[
        "S08.participants",
        "S08.near",
        "S08.schools",
        "S08.reference",
        "S08.edge",
        "unusual.schools",
        "tests.q",
    ],
    tag: SourceTag::Own,
    caution: "само по себе ничего не значит и выводом не становится: учитывается только вместе с другой группой \
              признаков; возможные объяснения: отбор в школу, один класс, малое число участников",
    works: Works::All,
    group: Some(Membership::BesideOthers(SignGroup::Distribution)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Scores,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S08.participants",
    tests,
    nothing: |_, _| "Разброс баллов внутри школ: необычно ровных распределений не выявлено.",
    background: tested::unknown,
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Scores of one school.
struct School<'a> {
    id: &'a str,
    scores: Vec<(u16, u64)>,
    sums: Sums,
}

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let exam = &measures.exam;
    let Some(max) = exam.max_primary.or_else(|| exam.sum_of_maxima()).filter(|max| *max > 0) else { return Vec::new() };
    let schools: Vec<School<'_>> = settings
        .schools
        .iter()
        .map(|id| {
            let rows = measures.scores_of(Level::School, id).iter().filter(|row| row.kind == ScoreKind::Primary);
            let scores: Vec<(u16, u64)> = rows.map(|row| (row.score, row.n)).collect();
            let mut sums = Sums::default();
            scores.iter().for_each(|(score, n)| sums.add(u64::from(*score), *n));
            School { id, scores, sums }
        })
        .filter(|school| school.sums.n != 0)
        .collect();
    let tests: Vec<(Test, Excess)> =
        schools.iter().filter_map(|school| test(settings, school, &schools, max)).collect();
    let excesses: Vec<Excess> = tests.iter().map(|(_, excess)| *excess).collect();
    let usual = Usual::from_groups(&excesses, settings.thresholds.value("unusual.schools"));
    let with_spread = |(test, excess): (Test, Excess)| {
        // One side alone is asked about.
        let one_sided = usual.and_then(|usual| {
            let p = usual.two_sided(excess)?;
            Some(if usual.distance(excess) < 0.0 { p / 2.0 } else { 1.0 - p / 2.0 })
        });
        Test { p: one_sided.map_or(test.p, |p| p.max(test.p)), ..test }
    };
    tests.into_iter().map(with_spread).collect()
}

fn test(settings: &Settings<'_>, school: &School<'_>, all: &[School<'_>], max: u16) -> Option<(Test, Excess)> {
    let limit = |id: &str| settings.thresholds.value(id);
    let n = school.sums.n;
    let (mean, deviation) = (school.sums.mean()?, school.sums.deviation()?);
    let at_edges: u64 = school.scores.iter().filter(|(score, _)| *score == 0 || *score == max).map(|(_, n)| n).sum();
    let percent_of_max = 100.0 * mean / f64::from(max);
    let inside = limit("S08.edge") <= percent_of_max && percent_of_max <= 100.0 - limit("S08.edge");
    if as_f64(n) < limit("S08.participants") || deviation <= 0.0 || !inside || n < 20 * at_edges {
        return None;
    }
    let near = |other: &&School<'_>| {
        let close = |other_mean: f64| 100.0 * (other_mean - mean).abs() <= limit("S08.near") * f64::from(max);
        other.id != school.id && other.sums.n > 1 && other.sums.mean().is_some_and(close)
    };
    let others: Vec<&School<'_>> = all.iter().filter(near).collect();
    let pool: Vec<f64> = others.iter().flat_map(|other| residuals(other)).collect();
    let enough = limit("S08.reference").max(2.0 * as_f64(n)) <= as_f64(pool.len() as u64);
    if as_f64(others.len() as u64) < limit("S08.schools") || !enough {
        return None;
    }
    let squares: f64 = pool.iter().map(|value| value * value).sum();
    let usual = (squares / as_f64(pool.len() as u64)).sqrt();
    // The school is one of those that were dealt out.
    let together: Vec<f64> = pool.iter().copied().chain(residuals(school)).collect();
    let excess = Excess { value: (deviation / usual).ln(), variance: 1.0 / (2.0 * (as_f64(n) - 1.0)) };
    let test = Test {
        school: school.id.to_owned(),
        matter: Matter::Work,
        n,
        value: deviation,
        p: permutation::as_even(&together, usize::try_from(n).ok()?, deviation)?,
        attainable: 0.0,
        large: true,
        affected: 0.0,
        text: format!(
            "{}: стандартное отклонение первичных баллов {}, в школах с близким средним — {} (n\u{a0}= {}). \
             Учитывается только вместе с другими признаками.",
            settings.name(school.id),
            number::decimal(deviation, 1),
            number::decimal(usual, 1),
            number::count(n),
        ),
    };
    Some((test, excess))
}

/// Scores of a school without its mean, widened for the mean that they were fitted to.
fn residuals(school: &School<'_>) -> Vec<f64> {
    let n = as_f64(school.sums.n);
    let (mean, wider) = (school.sums.mean().unwrap_or(0.0), (n / (n - 1.0)).sqrt());
    let value = |score: u16| wider * (f64::from(score) - mean);
    let scores = school.scores.iter();
    scores.flat_map(|(score, n)| std::iter::repeat_n(value(*score), usize::try_from(*n).unwrap_or(0))).collect()
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::level::Level;
    use srez_model::measures::{ScoreKind, ScoreRow};

    fn scores(id: &str, counts: &[(u16, u64)]) -> Vec<ScoreRow> {
        let row = |(score, n): &(u16, u64)| ScoreRow {
            level: Level::School,
            group: id.to_owned(),
            kind: ScoreKind::Primary,
            score: *score,
            n: *n,
            expected: None,
        };
        counts.iter().map(row).collect()
    }

    fn flagged(first: &[(u16, u64)]) -> Vec<(String, bool)> {
        let mut scene = Scene::default();
        scene.scores.extend(scores("1", first));
        for id in ["2", "3", "4", "5", "6"] {
            let wide: Vec<(u16, u64)> = (4..=16).map(|score| (score, 3)).collect();
            scene.scores.extend(scores(id, &wide));
        }
        let findings = scene.flagged();
        let of_sign = findings.findings.iter().filter(|one| one.sign.id == "S08" && one.level == Level::School);
        of_sign.map(|one| (one.group.clone(), !one.is_silent())).collect()
    }

    #[test]
    fn an_even_school_among_wide_ones() {
        let even: Vec<(String, bool)> = flagged(&[(9, 10), (10, 10), (11, 10)]);
        assert_eq!(even.iter().filter(|(_, fired)| *fired).collect::<Vec<_>>(), [&("1".to_owned(), true)]);
        let ordinary = flagged(&[(5, 5), (8, 8), (10, 5), (13, 8), (15, 4)]);
        assert!(ordinary.iter().all(|(_, fired)| !fired) && ordinary[0].0 == "1", "{ordinary:?}");
    }

    #[test]
    fn few_alike_or_at_the_edge_is_not_tested() {
        for first in [&[(10_u16, 30_u64)][..], &[(9, 9), (11, 9)], &[(18, 20), (20, 20)], &[(5, 20), (20, 8)]] {
            assert!(flagged(first).iter().all(|(id, _)| id != "1"), "{first:?}");
        }
    }
}
