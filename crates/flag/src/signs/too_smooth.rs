//! S08: scores of a school that spread less than those of the other schools do for their means.
//!
//! `x = (S²/(y(1 − y)))^⅓·(1 + v/9)`, `v = (k − 1)/n`: y the mean and S² the variance of the share of the maximum, k
//! the kurtosis of all pupils about the mean of their school. The cube root makes a variance nearly normal (Wilson &
//! Hilferty 1931, PNAS 17:684); its variance by chance is `median(x)²·v/9`.

use crate::standing::{self, Standing};
use crate::tested::{Checks, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::finding::{Family, Matter};
use srez_model::level::Level;
use srez_model::measures::{Measures, ScoreKind};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::moments::Sums;
use srez_statistics::unusual::Unit;
use srez_wording::{number, rule};

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S08"),
    title: "слишком ровное распределение баллов",
    rule: "дисперсия первичных баллов школы, отнесённая к y(1 − y) (y — доля набранных баллов), не больше {S08.spread} \
           % обычной, q не больше {tests.q} % (вместе с другими маркерами); p — место кубического корня этого \
           отношения в распределении, которое предсказывают для школы остальные школы с учётом того, насколько они \
           расходятся между собой; школ не меньше {unusual.schools}, участников не меньше {S08.participants}; среднее \
           не ближе {S08.edge} % максимума к краям шкалы, у границ шкалы не больше {S08.ends} % участников",
    thresholds: &["S08.spread", "S08.participants", "S08.edge", "S08.ends", "unusual.schools", "tests.q"],
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
    threshold: GATE,
    family: Family::Markers,
    tests,
    joint: None,
    subject: |_, _| "Разброс баллов внутри школ",
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Its size gate.
const GATE: &str = "S08.spread";

/// Scores of one school.
struct School<'a> {
    id: &'a str,
    scores: Vec<(u16, u64)>,
    sums: Sums,
}

impl School<'_> {
    /// Sum of the fourth powers of the distances from the mean.
    fn fourth(&self) -> f64 {
        let mean = self.sums.mean().unwrap_or(0.0);
        self.scores.iter().map(|(score, n)| as_f64(*n) * (f64::from(*score) - mean).powi(4)).sum()
    }

    /// Why the school cannot be judged.
    fn obstacle(&self, settings: &Settings<'_>, max: u16) -> Option<String> {
        let edge = settings.thresholds.value("S08.edge");
        let at_edges: u64 = self.scores.iter().filter(|(score, _)| *score == 0 || *score == max).map(|(_, n)| n).sum();
        let percent_of_max = 100.0 * self.sums.mean().unwrap_or(0.0) / f64::from(max);
        if as_f64(self.sums.n) < settings.thresholds.value("S08.participants") {
            Some(standing::few_pupils(settings, "S08.participants"))
        } else if percent_of_max < edge || 100.0 - edge < percent_of_max {
            Some(format!("средний балл ближе {}\u{a0}% максимума к краю шкалы", rule::plain(edge)))
        } else if settings.thresholds.value("S08.ends") * as_f64(self.sums.n) < 100.0 * as_f64(at_edges) {
            Some(format!(
                "у края шкалы больше {}\u{a0}% участников",
                rule::plain(settings.thresholds.value("S08.ends"))
            ))
        } else {
            None
        }
    }

    /// How far its scores spread for their mean, and the variance of that by chance less the square of its middle.
    fn evenness(&self, kurtosis: f64, max: u16) -> Option<(f64, f64)> {
        let share = self.sums.mean()? / f64::from(max);
        let variance = self.sums.variance()? / f64::from(max).powi(2);
        Some(evenness(variance, share, self.sums.n, kurtosis))
    }
}

fn evenness(variance: f64, share: f64, n: u64, kurtosis: f64) -> (f64, f64) {
    let relative = (kurtosis - 1.0) / as_f64(n);
    (libm::cbrt(variance / (share * (1.0 - share))) * (1.0 + relative / 9.0), relative / 9.0)
}

fn tests(settings: &Settings<'_>, measures: &Measures) -> Checks {
    let mut checks = Checks::default();
    let exam = &measures.exam;
    let Some(max) = exam.max_primary.or_else(|| exam.sum_of_maxima()).filter(|max| *max > 0) else { return checks };
    let schools = schools(settings, measures);
    let squares: f64 = schools.iter().map(|school| school.sums.sum_of_squares()).sum();
    let n: u64 = schools.iter().map(|school| school.sums.n).sum();
    let kurtosis = as_f64(n) * schools.iter().map(School::fourth).sum::<f64>() / (squares * squares);
    let mut judged: Vec<(&School<'_>, (f64, f64))> = Vec::new();
    for school in &schools {
        match (school.obstacle(settings, max), school.evenness(kurtosis, max)) {
            (None, Some(found)) if kurtosis.is_finite() => judged.push((school, found)),
            (why, _) => checks.untested.push((school.id.to_owned(), why.unwrap_or_else(|| "нет разброса".to_owned()))),
        }
    }
    let usual = median(judged.iter().map(|(_, (value, _))| *value).collect());
    let unit = |(school, (value, relative)): &(&School<'_>, (f64, f64))| {
        Some((school.sums.n, Unit { value: *value, variance: usual * usual * relative }))
    };
    let units: Vec<_> = judged.iter().map(unit).collect();
    let found = standing::among_others(settings, &units).into_iter().flatten();
    for ((school, (_, relative)), found) in judged.iter().zip(found) {
        match found {
            Ok(found) => checks.tests.push(test(settings, school, &found, (usual, *relative), max)),
            Err(why) => checks.untested.push((school.id.to_owned(), why)),
        }
    }
    checks
}

fn schools<'a>(settings: &Settings<'a>, measures: &Measures) -> Vec<School<'a>> {
    let of_school = |id: &'a String| {
        let rows = measures.scores_of(Level::School, id).iter().filter(|row| row.kind == ScoreKind::Primary);
        let scores: Vec<(u16, u64)> = rows.map(|row| (row.score, row.n)).collect();
        let mut sums = Sums::default();
        scores.iter().for_each(|(score, n)| sums.add(u64::from(*score), *n));
        School { id, scores, sums }
    };
    settings.schools.iter().map(of_school).filter(|school| school.sums.n != 0).collect()
}

fn test(
    settings: &Settings<'_>,
    school: &School<'_>,
    found: &Standing,
    (usual, relative): (f64, f64),
    max: u16,
) -> Test {
    let gate = settings.thresholds.value(GATE);
    // Of the variance, as the gate is.
    let of_usual = |value: f64| 100.0 * (value.max(0.0) / usual).powi(3);
    let value = of_usual(found.value);
    let apart = usual * (1.0 - libm::cbrt(gate / 100.0));
    let share = school.sums.mean().unwrap_or(0.0) / f64::from(max);
    let usual_deviation = ((usual / (1.0 + relative)).powi(3) * share * (1.0 - share)).sqrt() * f64::from(max);
    Test {
        school: school.id.to_owned(),
        matter: Matter::Work,
        tasks: Vec::new(),
        n: found.n,
        value,
        p: found.place.low(),
        large: value <= gate,
        detectable: Some(100.0 - of_usual(usual - found.detectable)),
        is_distinct: found.detectable <= 2.0 * apart,
        affected: 0.0,
        text: format!(
            "{}: стандартное отклонение первичных баллов {}, при таком среднем балле в остальных школах обычно {} \
             (n\u{a0}= {}). Учитывается только вместе с другими признаками.",
            settings.name(school.id),
            number::decimal(school.sums.deviation().unwrap_or(0.0), 1),
            number::decimal(usual_deviation, 1),
            number::count(found.n),
        ),
    }
}

/// The middle value, or the mean of the two middle ones; 0 of none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let middle = [last / 2, values.len() / 2].map(|place| values.get(place).copied().unwrap_or(0.0));
    f64::midpoint(middle[0], middle[1])
}

#[cfg(test)]
mod tests {
    use super::evenness;
    use crate::tests::Scene;
    use srez_model::check::CheckState;
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

    /// School «1» with these scores among `others` wide ones that are not quite alike.
    fn flagged(first: &[(u16, u64)], others: u16) -> (Vec<(String, bool)>, String) {
        let mut scene = Scene::with_schools(u32::from(others) + 1);
        scene.scores.extend(scores("1", first));
        for id in 2..others + 2 {
            let wide: Vec<(u16, u64)> = (4 + id % 2..=16).map(|score| (score, 3)).collect();
            scene.scores.extend(scores(&id.to_string(), &wide));
        }
        scene.scores.sort_by(|left, right| left.group.cmp(&right.group));
        let findings = scene.flagged();
        let of_sign = || findings.findings.iter().filter(|one| one.sign.id == "S08");
        let schools = of_sign().filter(|one| one.level == Level::School);
        let schools = schools.map(|one| (one.group.clone(), one.state == Some(CheckState::Found))).collect();
        let quiet = of_sign().find(|one| one.level != Level::School).map_or(String::new(), |one| one.text());
        (schools, quiet.replace('\u{a0}', " "))
    }

    /// Value of the specification.
    #[test]
    fn the_evenness_of_a_school_is_that_of_the_formula() {
        let (value, relative) = evenness(0.031, 0.58, 40, 2.4);
        assert!((value - 0.504_949).abs() < 5e-6 && (relative - 0.035 / 9.0).abs() < 1e-12, "{value}");
    }

    #[test]
    fn an_even_school_among_wide_ones() {
        let (even, _) = flagged(&[(9, 10), (10, 10), (11, 10)], 9);
        let fired: Vec<&str> = even.iter().filter(|(_, fired)| *fired).map(|(id, _)| id.as_str()).collect();
        assert_eq!((even.len(), fired), (10, vec!["1"]));
        let (ordinary, quiet) = flagged(&[(5, 5), (8, 8), (10, 5), (13, 8), (15, 4)], 9);
        assert!(ordinary.iter().all(|(_, fired)| !fired) && ordinary[0].0 == "1", "{ordinary:?}");
        assert!(quiet.starts_with("Разброс баллов внутри школ (S08). Проверено школ: 10"), "{quiet}");
    }

    #[test]
    fn few_schools_few_pupils_or_scores_at_the_edge_are_not_tested_and_say_so() {
        for (first, why) in [
            (&[(9_u16, 9_u64), (11, 9)][..], "участников меньше 20"),
            (&[(18, 20), (19, 20)], "средний балл ближе 15 % максимума к краю шкалы"),
            (&[(5, 20), (20, 8)], "у края шкалы больше 5 % участников"),
        ] {
            let (found, quiet) = flagged(first, 9);
            assert!(found.iter().all(|(id, _)| id != "1"), "{first:?}");
            assert!(quiet.contains(&format!("не проверялось — 1 ({why})")), "{quiet}");
        }
        let (found, quiet) = flagged(&[(9, 10), (10, 10), (11, 10)], 4);
        assert!(
            found.is_empty() && quiet.contains("Не проверялось — 5 (школ, которые можно сравнить, меньше 6)"),
            "{quiet}"
        );
    }

    #[test]
    fn where_every_school_has_one_score_nothing_is_tested() {
        let mut scene = Scene::with_schools(8);
        (1..9).for_each(|id| scene.scores.extend(scores(&id.to_string(), &[(10, 30)])));
        let findings = scene.flagged();
        assert!(findings.findings.iter().all(|one| one.sign.id != "S08" || one.level != Level::School));
        let count = findings.families.iter().find(|family| family.sign == "S08").unwrap();
        assert_eq!((count.checked, count.untested), (0, 8));
    }
}
