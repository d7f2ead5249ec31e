//! Points of a school on a skill, and on the whole work, against the other schools.

use super::super::comparing::{Against, Circle, Counted, Question, Test, circles, row};
use super::super::settings::{FEWEST_FOR_SHRINKAGE, Settings};
use srez_model::compared::{SKILL, TOTAL};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, MeasureDefinition, SkillRow};
use srez_model::tally::Tally;
use srez_model::unit::{Percent, PercentagePoints, as_f64};
use srez_statistics::moments::Sums;
use srez_statistics::shrinkage::Spread;
use srez_statistics::{Pmf, Z_95, Z_POWER, convolution, normal};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "points-comparison",
    title: "Выполнение умения и работы в целом в сравнении с остальными школами",
    columns: &[
        "comparisons.value",
        "comparisons.reference",
        "comparisons.difference",
        "comparisons.shrunk",
        "comparisons.min_detectable",
        "comparisons.mdd_up",
        "comparisons.mdd_down",
        "comparisons.p",
        "comparisons.q",
        "comparisons.q_min_attainable",
        "comparisons.funnel",
    ],
    unit: "%, п.п., вероятность",
    plain: "процент набранных баллов школы и остальных школ муниципалитета; отличие выявлено, если случайность \
            объясняет его плохо и с учётом того, что проверено много школ и умений сразу",
    formula: "сумма баллов школы на умение (по всей работе) в процентах от максимума против остальных школ её \
              муниципалитета, при числе школ меньше 5 — всех файлов, и школ её типа (работа в целом); p = min(1, 2 · \
              меньший хвост) точного распределения суммы баллов n участников, взятых из всех участников муниципалитета \
              вместе со школой (n-кратная свёртка); при максимуме 1 — гипергеометрическое; при n · максимум больше 20 \
              000 — нормальное с отклонением внутри школ; входят участники, у которых прочитаны все задания; q — \
              поправка Бенджамини — Хохберга по всем школам, работам и умениям процедуры за год, по которым суждение о \
              школе допустимо; рядом значение, сжатое к среднему школ (при 8 школах и больше); \
              наименьшее заметное отличие — приближённо, (z + 0,84) · S · √(1/n + 1/n остальных), z — по уровню \
              проверки",
    degenerate: "одна школа или баллы всех участников одинаковы — не проверяется",
    source: "точный критерий; Benjamini, Hochberg 1995; Spiegelhalter 2005; Efron, Morris 1975; Bloom 1995",
};

/// Up to this many points of a school the law is exact.
const GREATEST_EXACT: u64 = 20_000;
/// Fewest degrees of freedom for the deviation within schools.
const FEWEST_FREE: u64 = 30;

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

    /// The law of one participant's points; none if all are alike.
    fn law(&self) -> Option<Pmf> {
        let first = self.by_points.iter().position(|n| *n != 0)?;
        let weights: Vec<f64> = self.by_points[first..].iter().map(|n| as_f64(*n)).collect();
        (weights.len() > 1).then(|| Pmf::from_weights(first as u64, weights))
    }
}

/// What is compared: the points on a skill, or on the whole work.
struct Quantity<'a> {
    measure: String,
    sign: &'static str,
    max: u64,
    /// Why no school may be judged; empty if it may.
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
        skill_quantity(tally, skill, title, gate)
    });
    let quantities: Vec<Quantity<'_>> = of_skills.chain(total_quantity(tally)).collect();
    quantities.iter().flat_map(|quantity| rows_of(settings, tally, quantity)).collect()
}

/// Points on a skill; participants whose maximum differs from most were not given all of its tasks, and are left out.
fn skill_quantity<'a>(tally: &'a Tally, skill: u16, title: &str, gate: &SkillRow) -> Option<Quantity<'a>> {
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
    Some(Quantity { measure: format!("{SKILL}{title}"), sign: "S01", max: u64::from(max), closed, schools })
}

/// Primary scores of the whole work; none if the maximum is unknown.
fn total_quantity(tally: &Tally) -> Option<Quantity<'_>> {
    let max = tally.exam.max_primary.or_else(|| tally.exam.sum_of_maxima()).filter(|max| *max != 0)?;
    let schools = schools(tally, |group, counts| {
        for cell in tally.participants_of(group) {
            if let Ok(total) = u16::try_from(cell.stratum.total) {
                counts.add(u64::from(total.min(max)), u64::from(cell.n));
            }
        }
    });
    Some(Quantity { measure: TOTAL.to_owned(), sign: "S01a", max: u64::from(max), closed: String::new(), schools })
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

fn rows_of(settings: &Settings, tally: &Tally, quantity: &Quantity<'_>) -> Vec<ComparisonRow> {
    let names: Vec<&str> = quantity.schools.iter().map(|(name, _)| *name).collect();
    let rows = circles(settings, &names, quantity.measure == TOTAL).into_iter().flat_map(|circle| {
        let members: Vec<&Counts> = circle.members.iter().map(|place| &quantity.schools[*place].1).collect();
        // The laws are needed only for the schools that are compared in this circle.
        let sizes: BTreeSet<u64> = circle.asked.iter().map(|place| quantity.schools[*place].1.sums.n).collect();
        let peers = peers(quantity.max, &members, &sizes);
        let rows = circle.asked.iter().map(|place| {
            let (name, own) = &quantity.schools[*place];
            row_of(settings, tally, quantity, (name, own.sums), &circle, &peers)
        });
        rows.collect::<Vec<ComparisonRow>>()
    });
    rows.collect()
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
    let within = (FEWEST_FREE <= free).then(|| squares / as_f64(free)).filter(|within| *within > 0.0);
    let means: Vec<(f64, u64)> =
        schools.iter().filter_map(|school| Some((school.sums.mean()?, school.sums.n))).collect();
    let spread = within.filter(|_| FEWEST_FOR_SHRINKAGE <= schools.len());
    let exact: BTreeSet<u64> = sizes.iter().copied().filter(|n| max > 1 && n * max <= GREATEST_EXACT).collect();
    let laws = counts.law().map_or_else(BTreeMap::new, |law| convolution::powers(&law, &exact));
    Peers { within, spread: spread.and_then(|within| Spread::from_means(&means, within)), laws, counts }
}

/// Fails with the reason if there is nobody to compare with, all are alike, or the deviation is unknown.
fn test(max: u64, own: Sums, peers: &Peers) -> Result<Test, &'static str> {
    const ALIKE: &str = "не проверяется: баллы всех участников одинаковы";
    let rest = peers.counts.sums.without(own);
    if rest.n == 0 || peers.counts.law().is_none() {
        return Err(ALIKE);
    }
    if max == 1 {
        return Test::of_counts(Counted { k: own.sum, n: own.n }, Counted { k: rest.sum, n: rest.n });
    }
    if let Some(law) = peers.laws.get(&own.n) {
        return Ok(Test::exact("convolution", law, own.sum));
    }
    let within = peers.within.ok_or("не проверяется: разброс внутри школ неизвестен")?;
    let error = (within * (1.0 / as_f64(own.n) + 1.0 / as_f64(rest.n))).sqrt();
    let difference = own.mean().zip(rest.mean()).map(|(own, rest)| own - rest).ok_or(ALIKE)?;
    Ok(Test { method: "normal", p: normal::two_sided(difference / error), attainable: None })
}

fn row_of(
    settings: &Settings,
    tally: &Tally,
    quantity: &Quantity<'_>,
    (school, own): (&str, Sums),
    circle: &Circle,
    peers: &Peers,
) -> ComparisonRow {
    let rest = peers.counts.sums.without(own);
    let against = Against { group: &circle.group, kind: circle.kind, counted: Counted { k: rest.sum, n: rest.n } };
    let question = Question {
        level: Level::School,
        group: school,
        measure: format!("{}{}", quantity.measure, circle.suffix),
        sign: if circle.suffix.is_empty() { quantity.sign } else { "S01a-same-type" },
        fewest: settings.thresholds.value("S01.participants"),
        max: quantity.max,
        closed: &quantity.closed,
    };
    let test = if circle.closed.is_empty() { test(quantity.max, own, peers) } else { Err(circle.closed) };
    let mut row = row(settings, tally, question, Counted { k: own.sum, n: own.n }, &against, test);
    let percent = |points: f64| 100.0 * points / as_f64(quantity.max);
    row.shrunk =
        peers.spread.as_ref().zip(own.mean()).map(|(spread, mean)| Percent(percent(spread.shrunk_mean(mean, own.n))));
    row.deviation = peers.within.map(|within| percent(within.sqrt()));
    row.min_detectable = row.deviation.zip(row.reference).and_then(|(s, t)| min_detectable(s, t.0, own.n, rest.n));
    row
}

/// Approximate: none if neither a rise nor a fall of that size stays within 0 to 100.
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
    use srez_statistics::moments::Sums;

    fn counts(by_points: &[u64]) -> Counts {
        let mut counts = Counts::default();
        for (points, n) in (0..).zip(by_points) {
            counts.add(points, *n);
        }
        counts
    }

    fn peers_with_one_law(by_points: &[u64], n: u64) -> Peers {
        let max = by_points.len() as u64 - 1;
        peers(max, &[&counts(by_points)], &[n].into())
    }

    #[test]
    fn sums_of_points_are_tested_by_the_law_of_the_municipality() {
        let peers = peers_with_one_law(&[5, 10, 25, 60], 15);
        for (sum, p, tolerance) in [(28, 0.0375, 5e-5), (29, 0.0675, 5e-5), (45, 0.00094, 5e-6)] {
            let found = test(3, Sums { n: 15, sum, squares: 0 }, &peers).ok().unwrap();
            assert!((found.p - p).abs() < tolerance && found.method == "convolution", "{sum}: {}", found.p);
        }
        // Smallest attainable p: the doubled smaller end, all 0 points.
        let ends = test(3, Sums { n: 15, sum: 28, squares: 0 }, &peers).ok().unwrap().attainable.unwrap();
        assert!((ends / (2.0 * 0.05_f64.powi(15)) - 1.0).abs() < 1e-9, "{ends}");
    }

    #[test]
    fn one_point_is_a_count_and_very_many_points_are_normal() {
        let peers = peers_with_one_law(&[330, 70], 100);
        let found = test(1, Sums { n: 100, sum: 25, squares: 25 }, &peers).ok().unwrap();
        assert!((found.p - 0.0374).abs() < 5e-5 && found.method == "hypergeometric", "{}", found.p);
        let (left, right) = (counts(&[5_000, 5_000, 5_000]), counts(&[5_100, 5_000, 4_900]));
        let peers = super::peers(2, &[&left, &right], &[15_000].into());
        let found = test(2, left.sums, &peers).ok().unwrap();
        assert!(found.method == "normal" && 0.15 < found.p && found.p < 0.16, "{}", found.p);
    }

    #[test]
    fn alike_or_alone_is_not_tested() {
        let alike = peers_with_one_law(&[0, 0, 40], 15);
        assert!(test(2, Sums { n: 15, sum: 30, squares: 60 }, &alike).is_err());
        let alone = peers_with_one_law(&[5, 5, 5], 15);
        assert!(test(2, counts(&[5, 5, 5]).sums, &alone).is_err());
    }
}
