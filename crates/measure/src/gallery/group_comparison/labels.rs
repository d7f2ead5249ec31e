//! Labels of participants: whether a school has one of them or several decides what is compared.

use super::{FEW_SCHOOLS, FEWEST_EFFECTIVE, FEWEST_SCHOOLS, Settings, UNEVEN, as_f64, compare_schools, family, fill};
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Measures};
use srez_model::row_patterns::{LabelSums, PatternSums, SchoolSums};
use srez_statistics::clusters::{Cluster, Difference, Mean};
use srez_statistics::school_model::{Group, Observed};

/// Fewest participants of each group for a school to hold both.
const FEWEST_OF_BOTH: u64 = 5;

/// How a label is spread over the schools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labels {
    /// At least half of the schools hold both groups: each school is compared with itself.
    WithinSchools,
    /// A school mostly holds one of them: whole schools are compared.
    OfSchools,
}

impl Labels {
    /// Of a label against the others of its level; textbooks are chosen by the school in any case.
    pub(crate) fn of(schools: &[SchoolSums], level: Level, focal: &str) -> Self {
        let holding = |school: &SchoolSums| {
            let (own, rest) = apart(school, level, focal, |one| one.scores);
            (own.n, rest.n)
        };
        let all: Vec<(u64, u64)> = schools.iter().map(holding).filter(|(own, rest)| own + rest != 0).collect();
        let both = all.iter().filter(|(own, rest)| FEWEST_OF_BOTH <= *own.min(rest)).count();
        if level == Level::Textbook || 2 * both < all.len() { Self::OfSchools } else { Self::WithinSchools }
    }
}

/// Participants of a school with a label, and with another of the same level.
fn apart(
    school: &SchoolSums,
    level: Level,
    focal: &str,
    of: impl Fn(&LabelSums) -> PatternSums,
) -> (PatternSums, PatternSums) {
    let mut sums = (PatternSums::default(), PatternSums::default());
    for one in school.labelled(level) {
        let side = if one.label == focal { &mut sums.0 } else { &mut sums.1 };
        *side = side.plus(of(one));
    }
    sums
}

/// Tests of sexes, variants and textbooks, from the sums of the schools collected by the second pass over the rows.
pub(crate) fn test_labels(settings: &Settings, measures: &mut Measures) {
    let (exam, schools) = (&measures.exam.key, &measures.patterns.sums);
    if schools.is_empty() {
        return;
    }
    let is_label = |row: &&mut ComparisonRow| matches!(row.level, Level::Sex | Level::Textbook | Level::Variant);
    for row in measures.comparisons.iter_mut().filter(is_label) {
        let of = |one: &LabelSums| if row.measure == MeasureId::Total { one.scores } else { one.low };
        let groups: Vec<(PatternSums, PatternSums)> =
            schools.iter().map(|school| apart(school, row.level, &row.group, of)).collect();
        let (found, method) = match Labels::of(schools, row.level, &row.group) {
            Labels::WithinSchools => (within(&groups, row.max), "within schools"),
            Labels::OfSchools => {
                let observed = |sums: PatternSums| observed(sums, row.max);
                let own: Vec<_> = groups.iter().filter_map(|(own, _)| observed(*own)).collect();
                let others: Vec<_> = groups.iter().filter_map(|(_, others)| observed(*others)).collect();
                (compare_schools(settings, row, &own, &others), "schools")
            }
        };
        let family = family(&format!("{}-{}", row.level.id(), row.measure), exam);
        fill(settings, row, found, method, &family);
    }
}

fn observed(sums: PatternSums, max: u64) -> Option<Group<Observed>> {
    let max = as_f64(max);
    let spread = sums.sum_of_squares() / (max * max);
    Some(Group::Whole(Observed { n: sums.n, mean: sums.mean()? / max, spread }))
}

/// Differences within schools: what is of the school is in both groups.
fn within(groups: &[(PatternSums, PatternSums)], max: u64) -> Result<Difference, &'static str> {
    let differences = groups.iter().filter_map(|(own, rest)| {
        let (n, others) = (as_f64(own.n), as_f64(rest.n));
        Some(Cluster { value: (own.mean()? - rest.mean()?) / as_f64(max), weight: n * others / (n + others) })
    });
    let differences: Vec<Cluster> = differences.collect();
    if differences.len() < FEWEST_SCHOOLS {
        return Err(FEW_SCHOOLS);
    }
    let mean = Mean::from_clusters(&differences).filter(|mean| FEWEST_EFFECTIVE <= mean.effective).ok_or(UNEVEN)?;
    Ok(Difference { value: mean.value, variance: mean.variance, degrees: mean.degrees })
}
