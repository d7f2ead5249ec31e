//! Girls and boys, variants, types of schools, town and village, textbooks: one group against the rest.

mod labels;

use super::super::census::{Census, GroupCensus, ResultKind};
use super::super::settings::{Settings, family};
use super::super::whole_schools::{Roll, at_least_by_chance, reason};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, MeasureDefinition, MeasuredOf, Measures, ToldIn};
use srez_model::place::School;
use srez_model::tally::Tally;
use srez_model::unit::{Percent, PercentagePoints, as_f64};
use srez_statistics::clusters::{Difference, Mean};
use srez_statistics::moments::Sums;
use srez_statistics::school_model::{Group, Observed};

pub(crate) use labels::{Labels, test_labels};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "group-comparison",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Сравнение групп: пол, вариант, тип школы, местность, учебник",
    columns: &[
        "comparisons.value",
        "comparisons.reference",
        "comparisons.difference",
        "comparisons.p",
        "comparisons.q",
    ],
    unit: "%, п.п., вероятность",
    plain: "доля «2» и результат работы в одной группе (пол, вариант, тип школы, местность, учебник) и в остальных",
    formula: "группа против остальных групп (из двух — меньшая против большей): доля «2» или ниже минимума и работа в \
              целом; тип школы, местность, учебник и вариант, выданный школе целиком, — разность средних, взвешенных \
              по участникам, единица — школа: V = I/(I − 1) · Σw²(y − Y)² с каждой стороны (при эффективном числе школ \
              меньше 5 — по модели школ), распределение Стьюдента с меньшим из двух эффективных чисел школ без \
              единицы; пол и вариант, розданный внутри школ, — разности внутри школ с весом n₁·n₂/(n₁ + n₂) (внутри \
              школ, если не меньше половины школ имеют обе группы по 5 участников и больше); q — поправка Бенджамини — \
              Хохберга по всем работам процедуры за год внутри одного вида групп и показателя",
    degenerate: "с одной стороны меньше четырёх школ или эффективное число школ меньше 3 — только описание без \
                 проверки; учебник выбирает школа, поэтому отличие не говорит, что дело в учебнике",
    source: "Cochran 1977; Kish 1965; Benjamini, Hochberg 1995",
};

/// Fewest schools on each side, and fewest of equal weight that would be as exact.
const FEWEST_SCHOOLS: usize = 4;
const FEWEST_EFFECTIVE: f64 = 3.0;

const LEVELS: [Level; 5] = [Level::Sex, Level::SchoolType, Level::Locality, Level::Textbook, Level::Variant];

/// Why there is no test.
const FEW_SCHOOLS: &str = "не проверяется: в одной из групп меньше четырёх школ";
const UNEVEN: &str = "не проверяется: почти все участники одной из групп — из одной-двух школ";
/// Until the second pass over the rows has found which participants of each school have which label.
const LATER: &str = "не проверяется: состав групп по школам неизвестен";

/// What is compared: participants, and marks or points.
struct Quantity {
    measure: MeasureId,
    max: u64,
    of: fn(&GroupCensus) -> Sums,
}

fn twos(counts: &GroupCensus) -> Sums {
    let [worst, ..] = counts.by_category;
    Sums { n: counts.categorised(), sum: worst, squares: worst }
}

fn totals(counts: &GroupCensus) -> Sums {
    counts.totals
}

/// Rows of all groups of these levels.
pub(crate) fn rows(settings: &Settings, tally: &Tally, census: &Census) -> Vec<ComparisonRow> {
    let share = match census.kind {
        ResultKind::Mark => Some(MeasureId::ShareOfTwo),
        ResultKind::Test(Some(_)) => Some(MeasureId::BELOW_MINIMUM),
        ResultKind::Test(None) => None,
    };
    let max = tally.exam.max_primary.or_else(|| tally.exam.sum_of_maxima()).filter(|max| *max != 0);
    let shares = share.map(|measure| Quantity { measure, max: 1, of: twos });
    let points = max.map(|max| Quantity { measure: MeasureId::Total, max: max.into(), of: totals });
    let roll = Roll::of(tally);
    let mut rows = Vec::new();
    for quantity in shares.iter().chain(&points) {
        for level in LEVELS {
            let mut described = described(tally, census, quantity, level);
            if let Level::SchoolType | Level::Locality = level {
                for row in &mut described {
                    let found = by_register(settings, census, quantity, (&roll, row));
                    fill(settings, row, found, "schools", &family_of(row, tally));
                }
            }
            rows.extend(described);
        }
    }
    rows
}

/// Groups with their participants, without a test.
fn described(tally: &Tally, census: &Census, quantity: &Quantity, level: Level) -> Vec<ComparisonRow> {
    let groups: Vec<(&str, Sums)> = census
        .at(tally, level)
        .map(|(_, name, counts)| (name, (quantity.of)(counts)))
        .filter(|(_, sums)| sums.n != 0)
        .collect();
    let asked: Vec<&(&str, Sums)> = match groups.as_slice() {
        [] | [_] => Vec::new(),
        [first, second] => vec![if first.1.n < second.1.n { first } else { second }],
        several => several.iter().collect(),
    };
    let rows = asked.into_iter().map(|(name, own)| {
        let others = groups.iter().filter(|(other, _)| other != name);
        let (k, n) = others.fold((0, 0), |(k, n), (_, other)| (k + other.sum, n + other.n));
        ComparisonRow {
            n: own.n,
            k: own.sum,
            value: Percent::of(own.sum, own.n * quantity.max),
            reference: Percent::of(k, n * quantity.max),
            reference_kind: "others".to_owned(),
            n_reference: n,
            k_reference: k,
            max: quantity.max,
            reason: LATER.to_owned(),
            ..ComparisonRow::new(level, name, quantity.measure.clone())
        }
    });
    rows.collect()
}

fn family_of(row: &ComparisonRow, tally: &Tally) -> String {
    family(&format!("{}-{}", row.level.id(), row.measure), &tally.exam.key)
}

/// Schools of one label of the register against those of the others.
fn by_register(
    settings: &Settings,
    census: &Census,
    quantity: &Quantity,
    (roll, row): (&Roll<'_>, &ComparisonRow),
) -> Result<Difference, &'static str> {
    let label = |school: &School| match row.level {
        Level::Locality => school.locality.clone(),
        _ => school.school_type.clone(),
    };
    let of = |group: u32| census.groups.get(group as usize).map_or_else(Sums::default, quantity.of);
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (id, pupils) in roll.ids().zip(roll.values(quantity.max, of)) {
        let school = settings.register.schools.iter().find(|school| school.id == id);
        match school.map(label) {
            Some(label) if label == row.group => own.push(pupils),
            Some(label) if !label.is_empty() => others.push(pupils),
            _ => {}
        }
    }
    compare_schools(settings, row, &own, &others)
}

/// Two groups of whole schools.
fn compare_schools(
    settings: &Settings,
    row: &ComparisonRow,
    own: &[Group<Observed>],
    others: &[Group<Observed>],
) -> Result<Difference, &'static str> {
    let count = |schools: &[Group<Observed>]| schools.iter().filter(|one| one.together().is_some()).count();
    if count(own).min(count(others)) < FEWEST_SCHOOLS {
        return Err(FEW_SCHOOLS);
    }
    let all = as_f64(row.k + row.k_reference) / as_f64((row.n + row.n_reference) * row.max);
    let mean = |schools: &[Group<Observed>]| {
        let mean = Mean::from_groups(schools, settings.assumptions()).map_err(reason)?;
        if mean.effective < FEWEST_EFFECTIVE {
            return Err(UNEVEN);
        }
        Ok(if row.max == 1 { at_least_by_chance(mean, all) } else { mean })
    };
    Ok(Difference::between(&mean(own)?, &mean(others)?))
}

/// What was found; the family decides what may be said of it.
fn fill(
    settings: &Settings,
    row: &mut ComparisonRow,
    found: Result<Difference, &'static str>,
    method: &str,
    family: &str,
) {
    match found {
        Ok(found) => {
            let points = |share: f64| Some(PercentagePoints(100.0 * share));
            let (low, high) = found.interval();
            (row.gap, row.low, row.high) = (points(found.value), points(low), points(high));
            row.p = Some(found.two_sided());
            method.clone_into(&mut row.method);
            row.reason = if as_f64(row.n) < settings.thresholds.value("S01.participants") {
                "в поправку не входит: мало участников".to_owned()
            } else {
                family.clone_into(&mut row.family);
                String::new()
            };
        }
        Err(why) => why.clone_into(&mut row.reason),
    }
}

/// What became of the groups, once their p are adjusted.
pub(crate) fn judge(settings: &Settings, all: &mut [Measures]) {
    let narrow = settings.thresholds.value("gap.size");
    let rows = all.iter_mut().flat_map(|measures| &mut measures.comparisons);
    for row in rows.filter(|row| LEVELS.contains(&row.level)) {
        let (Some(q), Some(gap), Some(high)) = (row.q, row.gap, row.high) else { continue };
        row.state = if q <= settings.greatest_q() {
            CheckState::Found
        } else if high.0 - gap.0 <= narrow {
            CheckState::NotFound
        } else {
            CheckState::Indistinct
        };
    }
}

#[cfg(test)]
mod tests;
