//! Girls and boys, variants, types of schools, town and village, textbooks, municipalities: one group against the rest.

use super::super::census::{Census, GroupCensus, ResultKind};
use super::super::comparing::{Against, Counted, Question, Test, row};
use super::super::settings::{Settings, family};
use srez_model::compared::{BELOW_MINIMUM, SHARE_OF_TWO, TOTAL};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, MeasureDefinition, Measures};
use srez_model::place::School;
use srez_model::row_patterns::SchoolSums;
use srez_model::tally::Tally;
use srez_model::unit::as_f64;
use srez_statistics::moments::Sums;
use srez_statistics::{normal, welch};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "group-comparison",
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
              целом; пол и вариант (равносильность вариантов) — гипергеометрическая проверка доли и нормальная \
              проверка среднего с отклонением внутри групп; тип школы, местность и учебник — критерий Уэлча по средним \
              школ (по школе и учебнику), потому что ученики одной школы похожи; q — поправка Бенджамини — Хохберга по \
              всем работам процедуры за год внутри одного вида групп и показателя",
    degenerate: "в группе меньше четырёх школ — только описание без проверки; учебник выбирает школа, поэтому отличие \
                 не говорит, что дело в учебнике",
    source: "точный критерий Фишера; Welch 1947; Benjamini, Hochberg 1995",
};

/// Fewest schools of a group for a test of their means.
const FEWEST_SCHOOLS: usize = 4;

const LEVELS: [Level; 6] =
    [Level::Municipality, Level::Sex, Level::SchoolType, Level::Locality, Level::Textbook, Level::Variant];

/// Reason until the second pass over the rows has found which textbooks each school uses.
const TEXTBOOKS_LATER: &str = "не проверяется: по каким учебникам работает каждая школа, неизвестно";

/// What is compared: participants, and marks or points.
struct Quantity {
    measure: &'static str,
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
        ResultKind::Mark => Some(SHARE_OF_TWO),
        ResultKind::Test(Some(_)) => Some(BELOW_MINIMUM),
        ResultKind::Test(None) => None,
    };
    let max = tally.exam.max_primary.or_else(|| tally.exam.sum_of_maxima()).filter(|max| *max != 0);
    let shares = share.map(|measure| Quantity { measure, max: 1, of: twos });
    let points = max.map(|max| Quantity { measure: TOTAL, max: max.into(), of: totals });
    let mut rows = Vec::new();
    for quantity in shares.iter().chain(&points) {
        // Shares of municipalities are compared with the region, if it is given.
        for level in LEVELS.into_iter().filter(|level| *level != Level::Municipality || quantity.measure == TOTAL) {
            rows.extend(rows_of(settings, tally, census, quantity, level));
        }
    }
    rows
}

fn rows_of(
    settings: &Settings,
    tally: &Tally,
    census: &Census,
    quantity: &Quantity,
    level: Level,
) -> Vec<ComparisonRow> {
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
        let mut rest = Sums::default();
        let mut within = own.sum_of_squares();
        for (_, other) in groups.iter().filter(|(other, _)| other != name) {
            rest.n += other.n;
            rest.sum += other.sum;
            rest.squares += other.squares;
            within += other.sum_of_squares();
        }
        let test = match level {
            Level::SchoolType | Level::Locality => compare_schools(settings, tally, census, quantity, (level, name)),
            Level::Textbook => Err(TEXTBOOKS_LATER),
            _ if quantity.max == 1 => Test::of_counts(counted(*own), counted(rest)),
            _ => compare_means(*own, rest, within, groups.len()),
        };
        let against = Against { group: "", kind: "others", counted: counted(rest) };
        let sign = format!("{}-{}", level.id(), quantity.measure);
        let question = Question {
            level,
            group: name,
            measure: quantity.measure.to_owned(),
            sign: &sign,
            fewest: settings.thresholds.value("S01.participants"),
            max: quantity.max,
            closed: "",
        };
        row(settings, tally, question, counted(*own), &against, test)
    });
    rows.collect()
}

/// Tests of the textbooks, from the sums of the schools collected by the second pass over the rows.
pub(crate) fn test_textbooks(settings: &Settings, measures: &mut Measures) {
    let limit = |id: &str| settings.thresholds.value(id);
    let (exam, sums) = (&measures.exam.key, &measures.patterns.sums);
    for row in measures.comparisons.iter_mut().filter(|row| row.level == Level::Textbook) {
        let books = |one: &SchoolSums| match row.measure.as_str() {
            TOTAL => one.scores_by_textbook.clone(),
            _ => one.low_by_textbook.clone(),
        };
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for (book, sums) in sums.iter().flat_map(books) {
            if let Some(mean) = sums.mean() {
                if book == row.group { &mut own } else { &mut others }.push(mean);
            }
        }
        if own.is_empty() {
            continue;
        }
        row.reason = if own.len().min(others.len()) < FEWEST_SCHOOLS {
            "не проверяется: по одному из учебников работает меньше четырёх школ".to_owned()
        } else if let Some(p) = welch::two_sided(&own, &others) {
            row.method = "welch".to_owned();
            row.p = Some(p);
            if as_f64(row.n) < limit("S01.participants") {
                "в поправку не входит: мало участников".to_owned()
            } else {
                row.family = family(&format!("{}-{}", row.level.id(), row.measure), exam);
                String::new()
            }
        } else {
            "не проверяется: средние школ одинаковы".to_owned()
        };
    }
}

fn counted(sums: Sums) -> Counted {
    Counted { k: sums.sum, n: sums.n }
}

/// Two means with the deviation within the groups.
fn compare_means(own: Sums, rest: Sums, within: f64, groups: usize) -> Result<Test, &'static str> {
    const ALIKE: &str = "не проверяется: баллы всех участников одинаковы или участников мало";
    let free = (own.n + rest.n).checked_sub(groups as u64).filter(|free| *free >= 30).ok_or(ALIKE)?;
    let variance = within / as_f64(free);
    let difference = own.mean().zip(rest.mean()).map(|(own, rest)| own - rest).ok_or(ALIKE)?;
    if variance <= 0.0 {
        return Err(ALIKE);
    }
    let error = (variance * (1.0 / as_f64(own.n) + 1.0 / as_f64(rest.n))).sqrt();
    Ok(Test { method: "normal", p: normal::two_sided(difference / error), attainable: None })
}

/// Means of the schools of one label against those of the others.
fn compare_schools(
    settings: &Settings,
    tally: &Tally,
    census: &Census,
    quantity: &Quantity,
    (level, name): (Level, &str),
) -> Result<Test, &'static str> {
    let label =
        |school: &School| if level == Level::Locality { school.locality.clone() } else { school.school_type.clone() };
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (_, id, counts) in census.at(tally, Level::School) {
        let school = settings.register.schools.iter().find(|school| school.id == id);
        let (Some(label), Some(mean)) = (school.map(label), (quantity.of)(counts).mean()) else { continue };
        if label == name {
            own.push(mean);
        } else if !label.is_empty() {
            others.push(mean);
        }
    }
    if own.len().min(others.len()) < FEWEST_SCHOOLS {
        return Err("не проверяется: в одной из групп меньше четырёх школ");
    }
    let p = welch::two_sided(&own, &others).ok_or("не проверяется: средние школ одинаковы")?;
    Ok(Test { method: "welch", p, attainable: None })
}

#[cfg(test)]
mod tests;
