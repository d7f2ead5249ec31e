//! The second pass: tasks of the class C leave the score at which participants are equal.

use super::super::group_comparison::Labels;
use super::whole_schools::{OfSchool, Sides, is_of_schools, test};
use super::{DifRow, LEVELS, Level, Measures, Settings, Stratum, Tally, adjust, contrasts, effect};
use srez_model::row_patterns::{Purification, Purified};

/// Contrasts with a task of the class C, and what is to be counted of them.
pub fn to_purify(settings: &Settings, tally: &Tally, measures: &Measures) -> Vec<Purification> {
    let name = |group: u32| tally.groups.get(group as usize).map_or("", |group| group.name.as_str()).to_owned();
    let all = LEVELS.iter().flat_map(|(level, schools)| contrasts(settings, tally, *level, *schools));
    let wanted = all.filter_map(|contrast| {
        let focal = name(contrast.focal);
        let rows = measures.dif.iter().filter(|row| (row.level, &row.focal) == (contrast.level, &focal));
        let dropped: Vec<u16> = rows.filter(|row| row.class == Some('C')).map(|row| row.task).collect();
        // Where all tasks are so, no score is left at which anybody is equal.
        let is_some_left = dropped.len() < tally.exam.tasks.len();
        let rest = contrast.rest.iter().map(|group| name(*group)).collect();
        (!dropped.is_empty() && is_some_left).then_some(Purification { level: contrast.level, focal, rest, dropped })
    });
    wanted.collect()
}

/// Effects, tests and classes by the new counts; those of contrasts without such tasks stand.
pub fn purify(settings: &Settings, measures: &mut Measures, counted: &[Purified]) {
    let tasks = &measures.exam.tasks;
    let max = |task: u16| tasks.get(usize::from(task)).and_then(|task| task.max);
    for contrast in counted {
        let is_own = |row: &&mut DifRow| row.level == contrast.level && row.focal == contrast.focal;
        let mut rows: Vec<&mut DifRow> = measures.dif.iter_mut().filter(is_own).collect();
        for row in &mut rows {
            let strata = contrast.strata.get(usize::from(row.task)).map_or(&[][..], Vec::as_slice);
            let stratum = |(reference, focal): &(Vec<u64>, Vec<u64>)| Stratum {
                reference: reference.clone(),
                focal: focal.clone(),
            };
            let strata: Vec<Stratum> = strata.iter().map(stratum).collect();
            row.q = None;
            effect::fill(settings, row, max(row.task), &strata);
        }
        rows.retain(|row| row.effect.is_some());
        if is_whole_schools(measures.patterns.sums.as_slice(), contrast.level, &contrast.focal) {
            test(settings, &mut rows, &sides(contrast), max);
        } else {
            adjust(&mut rows);
        }
    }
}

fn is_whole_schools(sums: &[srez_model::row_patterns::SchoolSums], level: Level, focal: &str) -> bool {
    is_of_schools(level) || (!sums.is_empty() && Labels::of(sums, level, focal) == Labels::OfSchools)
}

fn sides(contrast: &Purified) -> Sides<'_> {
    let side = |is_focal: bool| {
        let own = contrast.schools.iter().filter(move |one| one.is_focal == is_focal);
        own.map(|one| OfSchool { complete: one.complete, beyond: &one.beyond_equals }).collect()
    };
    (side(true), side(false))
}
