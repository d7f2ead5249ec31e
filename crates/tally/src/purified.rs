//! Contrasts counted once more, with a score from which some tasks are taken out.
//!
//! The score of a task is the primary score less the points on the tasks that are taken out, but for the task itself.

use super::TallyRequest;
use super::grouped_rows::{GroupedRows, NO_GROUP};
use super::school_sums::{column, points};
use srez_model::level::Level;
use srez_model::row_patterns::{BothSides, Purification, Purified, PurifiedSchool};
use srez_model::unit::as_f64;
use std::collections::BTreeMap;

/// Complete rows of a contrast: task and score, then participants by points on either side.
type Strata = BTreeMap<(usize, i64), BothSides>;

/// Counts contrasts once more.
pub fn purified(request: &TallyRequest<'_>, wanted: &[Purification]) -> Vec<Purified> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let rows = GroupedRows::new(request);
    wanted.iter().map(|one| contrast(&rows, one)).collect()
}

/// A complete row of the contrast.
struct Member {
    school: u32,
    is_focal: bool,
    /// By task: points, and the score at which participants are equal.
    tasks: Vec<(u64, i64)>,
}

fn contrast(rows: &GroupedRows, wanted: &Purification) -> Purified {
    let members = members(rows, wanted);
    let tasks = rows.outcomes.len();
    let mut strata = Strata::new();
    for member in &members {
        for (task, (points, score)) in member.tasks.iter().enumerate() {
            let (reference, focal) = strata.entry((task, *score)).or_default();
            let side = if member.is_focal { focal } else { reference };
            let place = usize::try_from(*points).unwrap_or(0);
            side.resize(side.len().max(place + 1), 0);
            side[place] += 1;
        }
    }
    let name = |group: u32| rows.groups.get(group as usize).map_or("", |group| group.name.as_str());
    let mut sides: BTreeMap<(&str, bool), PurifiedSchool> = BTreeMap::new();
    for member in members.iter().filter(|member| member.school != NO_GROUP) {
        let school = name(member.school);
        let one = sides.entry((school, member.is_focal)).or_insert_with(|| PurifiedSchool {
            school: school.to_owned(),
            is_focal: member.is_focal,
            complete: 0,
            beyond_equals: vec![0.0; tasks],
        });
        one.complete += 1;
        for ((task, (points, score)), beyond) in member.tasks.iter().enumerate().zip(&mut one.beyond_equals) {
            *beyond += as_f64(*points) - strata.get(&(task, *score)).map_or(0.0, mean);
        }
    }
    let mut by_task = vec![Vec::new(); tasks];
    for ((task, _), sides) in strata {
        by_task[task].push(sides);
    }
    Purified {
        level: wanted.level,
        focal: wanted.focal.clone(),
        strata: by_task,
        schools: sides.into_values().collect(),
    }
}

fn members(rows: &GroupedRows, wanted: &Purification) -> Vec<Member> {
    let (schools, groups) = (column(rows, Level::School), column(rows, wanted.level));
    let side = |group: u32| {
        let name = rows.groups.get(group as usize).map(|group| group.name.as_str())?;
        if name == wanted.focal { Some(true) } else { wanted.rest.iter().any(|rest| rest == name).then_some(false) }
    };
    let mut members = Vec::new();
    for (row, stratum) in rows.strata.iter().enumerate() {
        let Some(is_focal) = groups.get(row).and_then(|group| side(*group)) else { continue };
        let Some(total) = stratum.total.filter(|_| stratum.complete) else { continue };
        let own: Vec<u64> =
            rows.outcomes.iter().map(|outcomes| outcomes.get(row).map_or(0, |outcome| points(*outcome))).collect();
        let on = |task: u16| own.get(usize::from(task)).copied().unwrap_or(0);
        let dropped: u64 = wanted.dropped.iter().map(|task| on(*task)).sum();
        let score = |(task, points): (usize, &u64)| {
            let is_dropped = wanted.dropped.iter().any(|dropped| usize::from(*dropped) == task);
            let back = if is_dropped { *points } else { 0 };
            (*points, i64::from(total) - signed(dropped) + signed(back))
        };
        members.push(Member {
            school: schools.get(row).copied().unwrap_or(NO_GROUP),
            is_focal,
            tasks: own.iter().enumerate().map(score).collect(),
        });
    }
    members
}

fn signed(points: u64) -> i64 {
    i64::try_from(points).unwrap_or(i64::MAX)
}

/// Mean points of both sides.
fn mean((reference, focal): &BothSides) -> f64 {
    let (mut n, mut sum) = (0, 0);
    for (points, count) in (0_u64..).zip(reference).chain((0_u64..).zip(focal)) {
        n += count;
        sum += points * count;
    }
    as_f64(sum) / as_f64(n)
}
