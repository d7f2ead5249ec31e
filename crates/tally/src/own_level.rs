//! Every skill against the other tasks, class by class, over the complete rows of all schools of the run.

use super::grouped_rows::{GroupedRows, NO_GROUP};
use srez_model::block::points_in_total;
use srez_model::level::Level;
use srez_model::row_patterns::{OwnLevel, PatternSums, RowPatterns};
use std::collections::BTreeMap;

/// Sums by school and class; `maxima` has the greatest points of the skills and of the work.
pub(super) fn of(rows: &GroupedRows, skills: &[Vec<u16>], maxima: &RowPatterns) -> Vec<OwnLevel> {
    let mut groups: BTreeMap<(&str, &str), Vec<PatternSums>> = BTreeMap::new();
    let (schools, classes) = (rows.column(Level::School), rows.column(Level::Class));
    for (row, (school, class)) in schools.iter().zip(classes).enumerate() {
        let is_complete = rows.strata.get(row).is_some_and(|stratum| stratum.complete);
        let (true, Some(points)) = (is_complete && *school != NO_GROUP, points(rows, row)) else { continue };
        let sums = groups.entry((rows.name(*school), rows.name(*class))).or_default();
        sums.resize(skills.len(), PatternSums::default());
        let total: i64 = points.iter().sum();
        for ((tasks, max), sums) in skills.iter().zip(&maxima.skill_maxima).zip(sums) {
            let own: i64 = tasks.iter().filter_map(|task| points.get(usize::from(*task))).sum();
            sums.add(own * signed(maxima.maximum) - total * signed(*max));
        }
    }
    let mut schools: BTreeMap<&str, OwnLevel> = BTreeMap::new();
    for ((school, class), sums) in groups {
        let one = schools.entry(school).or_default();
        school.clone_into(&mut one.school);
        one.classes.push((class.to_owned(), sums));
    }
    schools.into_values().collect()
}

/// Points of a row on every task; none where a cell has none.
fn points(rows: &GroupedRows, row: usize) -> Option<Vec<i64>> {
    rows.outcomes.iter().map(|column| points_in_total(*column.get(row)?).map(i64::from)).collect()
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
