//! Points of a school on a skill, and on the whole work, against the other schools.

use super::super::reason;
use super::super::settings::{FEWEST_FOR_SHRINKAGE, FEWEST_SCHOOLS, Settings, family};
use crate::model::compared::{SKILL, TOTAL};
use crate::model::level::Level;
use crate::model::measures::{ComparisonRow, MeasureDefinition, SkillRow};
use crate::model::tally::Tally;
use crate::model::unit::{Percent, PercentagePoints, as_f64};
use crate::statistics::moments::Sums;
use crate::statistics::shrinkage::Spread;
use crate::statistics::{Pmf, Z_95, convolution, funnel, hypergeometric, normal};
use std::collections::{BTreeMap, BTreeSet};

/// Definition.
pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "points-comparison",
    title: "Выполнение умения и работы в целом в сравнении с остальными школами",
    columns: &[
        "comparisons.value",
        "comparisons.reference",
        "comparisons.difference",
        "comparisons.shrunk",
        "comparisons.min_detectable",
        "comparisons.p",
        "comparisons.q",
        "comparisons.q_min_attainable",
        "comparisons.funnel",
    ],
    unit: "%, п.п., вероятность",
    formula: "сумма баллов школы на умение (по всей работе) в процентах от максимума против остальных школ её \
              муниципалитета, при числе школ меньше 5 — всех файлов; p = min(1, 2 · меньший хвост) точного \
              распределения суммы баллов n участников, взятых из всех участников муниципалитета вместе со школой \
              (n-кратная свёртка); при максимуме 1 — гипергеометрическое; при n · максимум больше 20 000 — \
              нормальное с отклонением внутри школ; входят участники, у которых прочитаны все задания; q — поправка \
              Бенджамини — Хохберга по всем школам, работам и умениям процедуры за год, по которым суждение о школе \
              допустимо; рядом значение, сжатое к среднему школ (при 8 школах и больше); \
              наименьшее заметное отличие — приближённо, (1,96 + 0,84) · S · √(1/n + 1/n остальных)",
    degenerate: "одна школа или баллы всех участников одинаковы — не проверяется",
    source: "точный критерий; Benjamini, Hochberg 1995; Spiegelhalter 2005; Efron, Morris 1975; Bloom 1995",
};

/// Greatest number of points that a school can have for the exact law.
const GREATEST_EXACT: u64 = 20_000;
/// Fewest degrees of freedom for the deviation within schools.
const FEWEST_FREE: u64 = 30;
/// 0.8 quantile of the standard normal distribution.
const Z_POWER: f64 = 0.8416;

/// Participants by points.
#[derive(Clone, Debug, Default)]
struct Counts {
    by_points: Vec<u64>,
    sums: Sums,
}

impl Counts {
    fn add(&mut self, points: u64, n: u64) {
        let place = usize::try_from(points).unwrap_or(0);
        if self.by_points.len() <= place {
            self.by_points.resize(place + 1, 0);
        }
        self.by_points[place] += n;
        self.sums.add(points, n);
    }

    /// The law of one participant's points; none where all are alike.
    fn law(&self) -> Option<Pmf> {
        let first = self.by_points.iter().position(|n| *n != 0)?;
        let weights: Vec<f64> = self.by_points[first..].iter().map(|n| as_f64(*n)).collect();
        (1 < weights.len()).then(|| Pmf::from_weights(first as u64, weights))
    }
}

/// What is compared: the points on a skill, or on the whole work.
struct Matter<'a> {
    measure: String,
    sign: &'static str,
    max: u64,
    /// Why no judgement about a school may be made; empty where it may.
    closed: String,
    /// Schools with a participant, in the order of the tally.
    schools: Vec<(&'a str, Counts)>,
}

/// Schools that are compared with each other.
struct Peers {
    counts: Counts,
    /// Variance of one participant's points within the schools.
    within: Option<f64>,
    spread: Option<Spread>,
    /// Laws of the sum of points by number of participants.
    laws: BTreeMap<u64, Pmf>,
}

/// Rows of the schools: one per skill, and one for the whole work; `skills` are those of `skills.csv`.
pub(crate) fn rows(settings: &Settings, tally: &Tally, skills: &[SkillRow]) -> Vec<ComparisonRow> {
    let of_skills = (0_u16..).zip(&tally.skills).filter_map(|(skill, title)| {
        let gate = skills.iter().find(|row| row.level == Level::All && row.skill == skill)?;
        of_skill(tally, skill, title, gate)
    });
    let matters: Vec<Matter<'_>> = of_skills.chain(of_total(tally)).collect();
    matters.iter().flat_map(|matter| rows_of(settings, tally, matter)).collect()
}

/// Points on a skill; participants with another maximum than most have not been put all of its tasks, and are out.
fn of_skill<'a>(tally: &'a Tally, skill: u16, title: &str, gate: &SkillRow) -> Option<Matter<'a>> {
    let mut by_maximum: BTreeMap<u32, u64> = BTreeMap::new();
    for cell in tally.skills_of(tally.group(Level::All, "")?, skill) {
        *by_maximum.entry(cell.max_sum).or_default() += u64::from(cell.n);
    }
    let (max, _) = by_maximum.into_iter().max_by_key(|(max, n)| (*n, *max)).filter(|(max, _)| *max != 0)?;
    let schools = schools(tally, |group, counts| {
        for cell in tally.skills_of(group, skill).iter().filter(|cell| cell.max_sum == max) {
            counts.add(u64::from(cell.sum), u64::from(cell.n));
        }
    });
    let closed = if gate.reportable { String::new() } else { gate.reason.clone() };
    Some(Matter { measure: format!("{SKILL}{title}"), sign: "S01", max: u64::from(max), closed, schools })
}

/// Primary scores of the whole work; none where the greatest is unknown.
fn of_total(tally: &Tally) -> Option<Matter<'_>> {
    let max = tally.exam.max_primary.or_else(|| tally.exam.sum_of_maxima()).filter(|max| *max != 0)?;
    let schools = schools(tally, |group, counts| {
        for cell in tally.participants_of(group) {
            if let Ok(total) = u16::try_from(cell.stratum.total) {
                counts.add(u64::from(total.min(max)), u64::from(cell.n));
            }
        }
    });
    Some(Matter { measure: TOTAL.to_owned(), sign: "S01a", max: u64::from(max), closed: String::new(), schools })
}

fn schools(tally: &Tally, count: impl Fn(u32, &mut Counts)) -> Vec<(&str, Counts)> {
    let groups = (0_u32..).zip(&tally.groups).filter(|(_, group)| group.level == Level::School);
    let counted = groups.map(|(index, group)| {
        let mut counts = Counts::default();
        count(index, &mut counts);
        (group.name.as_str(), counts)
    });
    counted.filter(|(_, counts)| counts.sums.n != 0).collect()
}

fn rows_of(settings: &Settings, tally: &Tally, matter: &Matter<'_>) -> Vec<ComparisonRow> {
    let homes = settings.municipalities();
    let mut members: BTreeMap<&str, Vec<&Counts>> = BTreeMap::new();
    for (name, counts) in &matter.schools {
        if let Some(home) = homes.get(name) {
            members.entry(home).or_default().push(counts);
        }
    }
    members.retain(|_, schools| FEWEST_SCHOOLS <= schools.len());
    let group_of = |name: &str| homes.get(name).filter(|home| members.contains_key(*home)).copied().unwrap_or("");
    // The laws of everybody are needed only for schools that have no municipality large enough.
    let mut sizes: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for (name, counts) in &matter.schools {
        sizes.entry(group_of(name)).or_default().insert(counts.sums.n);
    }
    let everybody: Vec<&Counts> = matter.schools.iter().map(|(_, counts)| counts).collect();
    let peers: BTreeMap<&str, Peers> = sizes
        .into_iter()
        .map(|(group, sizes)| (group, peers(matter.max, members.get(group).unwrap_or(&everybody), &sizes)))
        .collect();
    let compared = matter.schools.iter().filter_map(|(name, own)| {
        let group = group_of(name);
        Some(row(settings, tally, matter, (name, own), (group, peers.get(group)?)))
    });
    compared.collect()
}

fn peers(max: u64, schools: &[&Counts], sizes: &BTreeSet<u64>) -> Peers {
    let mut counts = Counts::default();
    for school in schools {
        for (points, n) in (0_u64..).zip(&school.by_points).filter(|(_, n)| **n != 0) {
            counts.add(points, *n);
        }
    }
    let free = counts.sums.n.saturating_sub(schools.len() as u64);
    let squares: f64 = schools.iter().map(|school| school.sums.sum_of_squares()).sum();
    let within = (FEWEST_FREE <= free).then(|| squares / as_f64(free)).filter(|within| 0.0 < *within);
    let means: Vec<(f64, u64)> =
        schools.iter().filter_map(|school| Some((school.sums.mean()?, school.sums.n))).collect();
    let spread = within.filter(|_| FEWEST_FOR_SHRINKAGE <= schools.len());
    let exact: BTreeSet<u64> = sizes.iter().copied().filter(|n| 1 < max && n * max <= GREATEST_EXACT).collect();
    let laws = counts.law().map_or_else(BTreeMap::new, |law| convolution::powers(&law, &exact));
    Peers { within, spread: spread.and_then(|within| Spread::of_means(&means, within)), laws, counts }
}

/// A test: method, p and smallest attainable p.
struct Test {
    method: &'static str,
    p: f64,
    attainable: Option<f64>,
}

/// None where there is nobody to compare with, all are alike, or the deviation is not known.
fn test(max: u64, own: Sums, peers: &Peers) -> Option<Test> {
    let all = peers.counts.sums;
    let rest = all.without(own);
    peers.counts.law().filter(|_| rest.n != 0)?;
    if max == 1 {
        let law = hypergeometric::pmf(all.n, all.sum, own.n);
        return Some(Test {
            method: "hypergeometric",
            p: law.two_sided(own.sum),
            attainable: Some(law.smallest_attainable()),
        });
    }
    if let Some(law) = peers.laws.get(&own.n) {
        return Some(Test {
            method: "convolution",
            p: law.two_sided(own.sum),
            attainable: Some(law.smallest_attainable()),
        });
    }
    let error = (peers.within? * (1.0 / as_f64(own.n) + 1.0 / as_f64(rest.n))).sqrt();
    Some(Test { method: "normal", p: normal::two_sided((own.mean()? - rest.mean()?) / error), attainable: None })
}

fn row(
    settings: &Settings,
    tally: &Tally,
    matter: &Matter<'_>,
    (school, own): (&str, &Counts),
    (group, peers): (&str, &Peers),
) -> ComparisonRow {
    let limit = |id: &str| settings.thresholds.value(id);
    let own = own.sums;
    let rest = peers.counts.sums.without(own);
    let test = test(matter.max, own, peers);
    let attainable = test.as_ref().and_then(|test| test.attainable);
    let why = match &test {
        _ if rest.n == 0 => "не проверяется: не с кем сравнить",
        None => "не проверяется: баллы всех участников одинаковы",
        _ if as_f64(own.n) < limit("S01.participants") => "в поправку не входит: мало участников",
        _ if !matter.closed.is_empty() => matter.closed.as_str(),
        _ if attainable.is_some_and(|least| settings.greatest_q() + 1e-12 < least) => {
            "данных недостаточно: отличие не могло быть выявлено ни при каком результате"
        }
        _ => "",
    };
    let value = Percent::of(own.sum, own.n * matter.max);
    let reference = Percent::of(rest.sum, rest.n * matter.max);
    let percent = |points: f64| 100.0 * points / as_f64(matter.max);
    let shrunk =
        peers.spread.as_ref().zip(own.mean()).map(|(spread, mean)| Percent(percent(spread.shrunk_mean(mean, own.n))));
    let deviation = peers.within.map(|within| percent(within.sqrt()));
    ComparisonRow {
        level: Level::School,
        group: school.to_owned(),
        measure: matter.measure.clone(),
        n: own.n,
        k: own.sum,
        value,
        reference,
        reference_group: group.to_owned(),
        reference_kind: "others".to_owned(),
        n_reference: rest.n,
        method: test.as_ref().map_or_else(String::new, |test| test.method.to_owned()),
        p: test.as_ref().map(|test| test.p),
        family: if why.is_empty() { family(matter.sign, &tally.exam.key) } else { String::new() },
        q: None,
        q_min_attainable: attainable,
        funnel: test.as_ref().map_or_else(String::new, |test| {
            funnel::word(test.p, limit("funnel.alert"), limit("funnel.alarm")).id().to_owned()
        }),
        shrunk,
        min_detectable: deviation.zip(reference).and_then(|(s, t)| min_detectable(s, t.0, own.n, rest.n)),
        reason: reason::join([why]),
    }
}

/// Approximate: none where neither a rise nor a fall of that size stays within 0 to 100.
fn min_detectable(deviation: f64, reference: f64, n: u64, n_rest: u64) -> Option<PercentagePoints> {
    if n == 0 || n_rest == 0 {
        return None;
    }
    let size = (Z_95 + Z_POWER) * deviation * (1.0 / as_f64(n) + 1.0 / as_f64(n_rest)).sqrt();
    let fits = reference + size <= 100.0 || size <= reference;
    fits.then(|| PercentagePoints((10.0 * size - 1e-9).ceil() / 10.0))
}

#[cfg(test)]
mod tests {
    use super::{Counts, Peers, peers, test};
    use crate::statistics::moments::Sums;

    fn counts(by_points: &[u64]) -> Counts {
        let mut counts = Counts::default();
        for (points, n) in (0..).zip(by_points) {
            counts.add(points, *n);
        }
        counts
    }

    fn of_one_law(by_points: &[u64], n: u64) -> Peers {
        let max = by_points.len() as u64 - 1;
        peers(max, &[&counts(by_points)], &[n].into())
    }

    #[test]
    fn sums_of_points_are_tested_by_the_law_of_the_municipality() {
        let peers = of_one_law(&[5, 10, 25, 60], 15);
        for (sum, p, tolerance) in [(28, 0.0375, 5e-5), (29, 0.0675, 5e-5), (45, 0.00094, 5e-6)] {
            let found = test(3, Sums { n: 15, sum, squares: 0 }, &peers).unwrap();
            assert!((found.p - p).abs() < tolerance && found.method == "convolution", "{sum}: {}", found.p);
        }
        // Smallest attainable p: the doubled smaller end, all 0 points.
        let ends = test(3, Sums { n: 15, sum: 28, squares: 0 }, &peers).unwrap().attainable.unwrap();
        assert!((ends / (2.0 * 0.05_f64.powi(15)) - 1.0).abs() < 1e-9, "{ends}");
    }

    #[test]
    fn one_point_is_a_count_and_very_many_points_are_normal() {
        let peers = of_one_law(&[330, 70], 100);
        let found = test(1, Sums { n: 100, sum: 25, squares: 25 }, &peers).unwrap();
        assert!((found.p - 0.0374).abs() < 5e-5 && found.method == "hypergeometric", "{}", found.p);
        let (left, right) = (counts(&[5_000, 5_000, 5_000]), counts(&[5_100, 5_000, 4_900]));
        let peers = super::peers(2, &[&left, &right], &[15_000].into());
        let found = test(2, left.sums, &peers).unwrap();
        assert!(found.method == "normal" && 0.15 < found.p && found.p < 0.16, "{}", found.p);
    }

    #[test]
    fn alike_or_alone_is_not_tested() {
        let alike = of_one_law(&[0, 0, 40], 15);
        assert!(test(2, Sums { n: 15, sum: 30, squares: 60 }, &alike).is_none());
        let alone = of_one_law(&[5, 5, 5], 15);
        assert!(test(2, counts(&[5, 5, 5]).sums, &alone).is_none());
    }
}
