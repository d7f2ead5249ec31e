//! A municipality against the rest of its region, with whole schools as units.

mod given;
mod profile;

use super::super::census::{Census, GroupCensus, ResultKind};
use super::super::comparing::NOBODY;
use super::super::settings::{Settings, family};
use super::super::whole_schools::{Roll, at_least_by_chance, mean};
use super::super::{reason, share};
use given::Given;
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Interval, MeasureDefinition, MeasuredOf, Measures, ToldIn};
use srez_model::reference::ReferenceKind;
use srez_model::tally::Tally;
use srez_model::unit::{Percent, PercentagePoints, as_f64};
use srez_statistics::clusters::{Difference, Mean, Verdict, without};
use srez_statistics::moments::Sums;
use srez_statistics::school_model::{Group, Observed};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "municipality-comparison",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Муниципалитет в сравнении с остальной частью региона",
    columns: &[
        "comparisons.gap",
        "comparisons.low",
        "comparisons.high",
        "comparisons.value_low",
        "comparisons.value_high",
        "comparisons.detectable",
        "comparisons.state",
    ],
    unit: "%, п.п., вероятность",
    plain: "результат муниципалитета и остальных муниципалитетов региона: отличие найдено, если его интервал не \
            содержит нуля; единица наблюдения — школа целиком, потому что ученики одной школы похожи",
    formula: "среднее школ, взвешенное по участникам, V = I/(I − 1) · Σw²(y − Y)², степеней свободы — эффективное \
              число школ 1/Σw² без единицы; если оно меньше 5 — V по модели школ и не меньше 6 степеней; у разности \
              дисперсии складываются, степеней — меньшее; доля отметок не точнее, чем позволяет случайность \
              участников; у региона, известного только числом участников и процентом, вычтен сам муниципалитет, а \
              дисперсия — муниципалитета, умноженная на отношение чисел участников: школы региона считаются такими же \
              разными. Задание и умение — ещё и относительно остальных заданий (умений) той же школы: d = процент − \
              среднее процентов остальных, чтобы общий уровень не повторялся в каждом задании; q — поправка \
              Бенджамини — Хохберга по заданиям (умениям) работы. Не найдено — половина интервала не больше \
              наименьшего важного отличия; шире — по этим данным не различить",
    degenerate: "нет данных региона — сравнить не с чем; для заданий с каждой стороны нужно эффективное число школ не \
                 меньше 3",
    source: "Cochran 1977; Kish 1965; Benjamini, Hochberg 1995",
};

/// What is compared: its name, that of its family, the greatest points, and the points of a group of participants.
struct Quantity {
    measure: MeasureId,
    sign: &'static str,
    max: u64,
    of: fn(&GroupCensus) -> Sums,
}

const OF_MARKS: [Quantity; 2] = [
    Quantity { measure: MeasureId::ShareOfTwo, sign: "T05", max: 1, of: |counts| share_of(counts, 0..1) },
    Quantity {
        measure: MeasureId::ShareOfFourAndFive,
        sign: "T05-share_of_4_5",
        max: 1,
        of: |counts| share_of(counts, 2..4),
    },
];

const OF_BANDS: [Quantity; 2] = [
    Quantity { measure: MeasureId::BELOW_MINIMUM, sign: "T05-below_min", max: 1, of: |counts| share_of(counts, 0..1) },
    Quantity { measure: MeasureId::FROM_81, sign: "T05-from_81_to_100", max: 1, of: |counts| share_of(counts, 3..4) },
];

fn share_of(counts: &GroupCensus, categories: std::ops::Range<usize>) -> Sums {
    let k = counts.by_category.get(categories).unwrap_or_default().iter().sum();
    Sums { n: counts.categorised(), sum: k, squares: k }
}

/// A municipality and its schools among those of the tally.
struct City<'a> {
    settings: &'a Settings,
    tally: &'a Tally,
    name: &'a str,
    /// By school of the tally: ours, of another municipality, or of none that is known.
    is_own: Vec<Option<bool>>,
    /// True where the documents are about it.
    is_home: bool,
}

impl City<'_> {
    fn side<T: Clone>(&self, values: &[T], own: bool) -> Vec<T> {
        let chosen = values.iter().zip(&self.is_own).filter(|(_, is_own)| **is_own == Some(own));
        chosen.map(|(value, _)| value.clone()).collect()
    }
}

/// One measure of a municipality, and that of the schools of the others.
struct Sides {
    own: Sums,
    rest: Sums,
    own_mean: Result<Mean, &'static str>,
    rest_mean: Result<Mean, &'static str>,
}

/// Rows of all municipalities; tasks and skills of the one of which the documents speak.
pub(crate) fn rows(settings: &Settings, tally: &Tally, census: &Census) -> Vec<ComparisonRow> {
    let shares: &[Quantity] = match census.kind {
        ResultKind::Mark => &OF_MARKS,
        ResultKind::Test(Some(_)) => &OF_BANDS,
        ResultKind::Test(None) => &[],
    };
    let max = tally.exam.max_primary.or_else(|| tally.exam.sum_of_maxima()).filter(|max| *max != 0);
    let total = max.map(|max| Quantity {
        measure: MeasureId::Total,
        sign: "municipality-total",
        max: max.into(),
        of: |counts| counts.totals,
    });
    let roll = Roll::of(tally);
    let homes = settings.municipalities();
    let names: Vec<&str> = census.at(tally, Level::Municipality).map(|(_, name, _)| name).collect();
    let mut rows = Vec::new();
    for name in &names {
        let is_own = roll.ids().map(|id| homes.get(id).map(|home| home == name)).collect();
        let city = City { settings, tally, name, is_own, is_home: *name == settings.home };
        if !city.is_home && names.len() < 2 {
            continue;
        }
        for quantity in shares.iter().chain(&total) {
            let of = |group: u32| census.groups.get(group as usize).map_or_else(Sums::default, quantity.of);
            let values = roll.values(quantity.max, of);
            let sums: Vec<Sums> = roll.groups().map(of).collect();
            let sides = sides(&city, &values, &sums, quantity.max == 1);
            rows.extend(rows_of(&city, quantity, &sides));
        }
        if city.is_home {
            rows.extend(profile::rows(&city, &roll));
        }
    }
    rows
}

fn sides(city: &City<'_>, values: &[Group<Observed>], sums: &[Sums], is_share: bool) -> Sides {
    let [own, rest] = [true, false].map(|side| sum(&city.side(sums, side)));
    let of_all = (own.n + rest.n != 0).then(|| as_f64(own.sum + rest.sum) / as_f64(own.n + rest.n));
    let [own_mean, rest_mean] = [true, false].map(|side| {
        let mean = mean(city.settings, &city.side(values, side))?;
        Ok(if is_share { at_least_by_chance(mean, of_all.unwrap_or(0.0)) } else { mean })
    });
    Sides { own, rest, own_mean, rest_mean }
}

fn sum(schools: &[Sums]) -> Sums {
    schools.iter().fold(Sums::default(), |sum, one| Sums {
        n: sum.n + one.n,
        sum: sum.sum + one.sum,
        squares: sum.squares + one.squares,
    })
}

/// Against the region, and against the country where a report gives it.
fn rows_of(city: &City<'_>, quantity: &Quantity, sides: &Sides) -> Vec<ComparisonRow> {
    let mut main = against_the_rest(city, (&quantity.measure, quantity.max), sides);
    if main.p.is_some() && main.state.is_tested() {
        main.family = family(quantity.sign, &city.tally.exam.key);
    }
    let country = Given::of_marks(city, ReferenceKind::Country, &quantity.measure);
    let country = country.map(|given| {
        let measure = quantity.measure.against_country();
        let row = row(city, (&measure, quantity.max), sides);
        given::compared(city, row, &given, sides, "country")
    });
    [main].into_iter().chain(country).collect()
}

/// The row of a measure: the other schools of the files where they are the region, else what a report gives of it.
fn against_the_rest(city: &City<'_>, (measure, max): (&MeasureId, u64), sides: &Sides) -> ComparisonRow {
    let mut row = row(city, (measure, max), sides);
    let kind = if city.is_home { "region" } else { "others" };
    row.reference_kind = kind.to_owned();
    let given = Given::of_marks(city, ReferenceKind::Region, measure);
    let given = given.or_else(|| Given::of_task(city, ReferenceKind::Region, measure));
    if let Some(given) = given.filter(|given| !covers(city, sides, given)) {
        return given::compared(city, row, &given, sides, kind);
    }
    row.reference = Percent::of(sides.rest.sum, sides.rest.n * max);
    (row.n_reference, row.k_reference) = (sides.rest.n, sides.rest.sum);
    let found = if row.n == 0 {
        Err(reason::NO_PARTICIPANTS)
    } else if sides.rest.n == 0 {
        Err(if city.is_home { "сравнить не с чем: данных региона нет" } else { NOBODY })
    } else {
        sides.own_mean.and_then(|own| Ok(Difference::between(&own, &sides.rest_mean?)))
    };
    fill(city.settings, &mut row, found, "schools");
    row
}

/// Whether the files hold so much of the region that they say more than its report.
fn covers(city: &City<'_>, sides: &Sides, given: &Given) -> bool {
    let coverage = city.settings.thresholds.value("gate.coverage") / 100.0;
    sides.rest.n != 0 && coverage * given.n <= as_f64(sides.own.n + sides.rest.n)
}

/// The municipality's own value with its interval.
fn row(city: &City<'_>, (measure, max): (&MeasureId, u64), sides: &Sides) -> ComparisonRow {
    let own = sides.own;
    let mut row = ComparisonRow::new(Level::Municipality, city.name, measure.clone());
    (row.n, row.k, row.max) = (own.n, own.sum, max);
    row.value = Percent::of(own.sum, own.n * max);
    row.value_interval = match sides.own_mean {
        _ if max == 1 && *measure.plain() != MeasureId::Total => share::from_counts(own.sum, own.n),
        Ok(mean) => Some(interval(&mean)),
        Err(_) => None,
    };
    row
}

/// A mean over schools in percent, with its interval.
pub(super) fn interval(mean: &Mean) -> Interval {
    let percent = |share: f64| Percent((100.0 * share).clamp(0.0, 100.0));
    let (low, high) = mean.interval();
    Interval { value: percent(mean.value), low: percent(low), high: percent(high) }
}

/// What was found, in percentage points, and what may be said of it.
fn fill(settings: &Settings, row: &mut ComparisonRow, found: Result<Difference, &'static str>, method: &str) {
    let least = settings.thresholds.value("S01.participants");
    let found = if as_f64(row.n) < least && row.n != 0 {
        Err("не проверяется: мало участников")
    } else {
        found
    };
    match found {
        Ok(found) => {
            let points = |share: f64| Some(PercentagePoints(100.0 * share));
            let (low, high) = found.interval();
            (row.gap, row.low, row.high) = (points(found.value), points(low), points(high));
            row.p = Some(found.two_sided());
            row.detectable = Some(PercentagePoints(rounded_up(100.0 * found.detectable())));
            method.clone_into(&mut row.method);
            row.state = match found.verdict(narrow(settings) / 100.0) {
                Verdict::Differs => CheckState::Found,
                Verdict::AtMost(_) => CheckState::NotFound,
                Verdict::Unclear(_) => CheckState::Indistinct,
            };
        }
        Err(why) => why.clone_into(&mut row.reason),
    }
}

/// Half an interval up to this many percentage points is narrow: a difference that matters would have been seen.
fn narrow(settings: &Settings) -> f64 {
    settings.thresholds.value("gap.size")
}

/// To half a point.
fn rounded_up(points: f64) -> f64 {
    (2.0 * points - 1e-9).ceil() / 2.0
}

/// What became of tasks and skills, once their p are adjusted: a small difference is none that matters.
pub(crate) fn judge(settings: &Settings, all: &mut [Measures]) {
    let least = narrow(settings);
    let is_profile = |measure: &MeasureId| matches!(measure, MeasureId::TaskOwn(_) | MeasureId::SkillOwn(_));
    for row in all.iter_mut().flat_map(|measures| &mut measures.comparisons) {
        let of_city = row.level == Level::Municipality && is_profile(&row.measure);
        let (true, Some(q), Some(gap), Some(high)) = (of_city, row.q, row.gap, row.high) else { continue };
        row.state = if q <= settings.greatest_q() && least <= gap.0.abs() {
            CheckState::Found
        } else if high.0 - gap.0 <= least {
            CheckState::NotFound
        } else {
            CheckState::Indistinct
        };
    }
}

#[cfg(test)]
mod tests;
