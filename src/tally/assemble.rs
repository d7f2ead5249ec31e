//! The tables of the tally as counts of equal keys, whatever counts them.

use super::TallyRequest;
use super::grouped_rows::{GroupedRows, NO_GROUP};
use super::key;
use super::skills::{Skill, skills, sums};
use crate::error::Result;
use crate::model::level::Level;
use crate::model::tally::{JournalCount, NONE, OutcomeCount, ParticipantCount, SkillCount, Stratum, Tally};
use rayon::prelude::*;

/// A key and how often it stands in a column.
pub(super) type Counted = (u64, u32);

/// What an engine can do: count equal keys, result sorted by key.
pub(super) trait Counter: Sync {
    fn count(&self, keys: Vec<u64>) -> Result<Vec<Counted>>;
}

/// Counts a request with a counter.
///
/// The keys of a table hold every participant once per group, so one count per task serves all levels.
pub(super) fn tally(request: &TallyRequest<'_>, counter: &impl Counter) -> Result<Tally> {
    let rows = GroupedRows::new(request);
    let seats = Seats::new(&rows);
    let skills = skills(&request.exam);
    let absent = (request.lists_absent || rows.absent.iter().any(|n| 0 < *n)).then(|| rows.absent.clone());
    Ok(Tally {
        exam: request.exam.clone(),
        outcomes: outcomes(&rows, &seats, counter)?,
        participants: participants(&seats, counter)?,
        journal: if request.exam.has_test_scores() { Vec::new() } else { journal(&rows, counter)? },
        skill_counts: skill_counts(request, &rows, &skills, counter)?,
        skill_tasks: skills.iter().map(|skill| skill.tasks.clone()).collect(),
        skills: skills.into_iter().map(|skill| skill.name).collect(),
        groups: rows.groups,
        absent,
    })
}

/// Every participant once per group: the row, the key with the stratum in full and as far as outcomes keep it.
struct Seats {
    row: Vec<u32>,
    full: Vec<u64>,
    kept: Vec<u64>,
}

impl Seats {
    fn new(rows: &GroupedRows) -> Self {
        let mut seats = Self { row: Vec::new(), full: Vec::new(), kept: Vec::new() };
        for (level, groups) in Level::ALL.into_iter().zip(&rows.of_level) {
            for ((row, group), stratum) in (0_u32..).zip(groups).zip(&rows.strata) {
                if *group == NO_GROUP {
                    continue;
                }
                seats.row.push(row);
                seats.full.push(key::of_group(*group) | key::of_stratum(*stratum));
                seats.kept.push(key::of_group(*group) | key::of_stratum(kept(level, *stratum)));
            }
        }
        seats
    }
}

/// As much of a stratum as the outcomes of a level keep.
fn kept(level: Level, stratum: Stratum) -> Stratum {
    match level {
        Level::Region | Level::Municipality | Level::School => key::result_alone(stratum.result),
        Level::Class => key::result_alone(NONE),
        Level::All | Level::Sex | Level::SchoolType | Level::Locality | Level::Textbook | Level::Variant => stratum,
    }
}

fn outcomes(rows: &GroupedRows, seats: &Seats, counter: &impl Counter) -> Result<Vec<OutcomeCount>> {
    let of_task = |outcomes: &Vec<u8>| {
        let outcome = |row: u32| outcomes.get(row as usize).copied().unwrap_or(0);
        let keys = seats.kept.iter().zip(&seats.row).map(|(key, row)| key | u64::from(outcome(*row)));
        counter.count(keys.collect())
    };
    let of_tasks: Vec<Vec<Counted>> = rows.outcomes.par_iter().map(of_task).collect::<Result<_>>()?;
    Ok(by_group(&of_tasks, rows.groups.len(), |task, (key, n)| OutcomeCount {
        group: key::group(key),
        task,
        stratum: key::stratum(key),
        outcome: key::low_byte(key),
        n,
    }))
}

/// Sorted columns of counts, one per task or skill, woven into one table sorted by group, then task or skill.
fn by_group<T>(columns: &[Vec<Counted>], groups: usize, cell: impl Fn(u16, Counted) -> T) -> Vec<T> {
    let mut table = Vec::with_capacity(columns.iter().map(Vec::len).sum());
    let mut rest: Vec<&[Counted]> = columns.iter().map(Vec::as_slice).collect();
    for group in (0_u32..).take(groups) {
        for (index, column) in (0_u16..).zip(&mut rest) {
            let (own, later) = column.split_at(column.partition_point(|(key, _)| key::group(*key) <= group));
            table.extend(own.iter().map(|counted| cell(index, *counted)));
            *column = later;
        }
    }
    table
}

fn participants(seats: &Seats, counter: &impl Counter) -> Result<Vec<ParticipantCount>> {
    let counted = counter.count(seats.full.clone())?;
    let cell = |(key, n)| ParticipantCount { group: key::group(key), stratum: key::stratum(key), n };
    Ok(counted.into_iter().map(cell).collect())
}

/// Pairs of marks: only 2 to 5 on both sides, and not for test scores.
fn journal(rows: &GroupedRows, counter: &impl Counter) -> Result<Vec<JournalCount>> {
    let pair = |stratum: &Stratum, journal: &u8| {
        let mark = u8::try_from(stratum.result).ok().filter(|mark| (2..=5).contains(mark))?;
        (2..=5).contains(journal).then(|| key::of_journal(mark, *journal))
    };
    let mut keys = Vec::new();
    for (level, groups) in Level::ALL.into_iter().zip(&rows.of_level) {
        if !matches!(level, Level::All | Level::Region | Level::Municipality | Level::School) {
            continue;
        }
        for ((group, stratum), journal) in groups.iter().zip(&rows.strata).zip(&rows.journal) {
            if let (true, Some(pair)) = (*group != NO_GROUP, pair(stratum, journal)) {
                keys.push(key::of_group(*group) | pair);
            }
        }
    }
    let cell = |(key, n)| JournalCount { group: key::group(key), mark: key::mark(key), journal: key::low_byte(key), n };
    Ok(counter.count(keys)?.into_iter().map(cell).collect())
}

fn skill_counts(
    request: &TallyRequest<'_>,
    rows: &GroupedRows,
    skills: &[Skill],
    counter: &impl Counter,
) -> Result<Vec<SkillCount>> {
    let of_skill = |skill: &Skill| {
        let sums = sums(skill, &request.exam, rows);
        let levels = Level::ALL.into_iter().zip(&rows.of_level).filter(|(level, _)| *level != Level::Class);
        let seats = levels.flat_map(|(_, groups)| groups.iter().zip(&sums));
        let keys = seats
            .filter(|(group, (_, max_sum))| **group != NO_GROUP && 0 < *max_sum)
            .map(|(group, (sum, max_sum))| key::of_group(*group) | key::of_points(*sum, *max_sum));
        counter.count(keys.collect())
    };
    let of_skills: Vec<Vec<Counted>> = skills.par_iter().map(of_skill).collect::<Result<_>>()?;
    Ok(by_group(&of_skills, rows.groups.len(), |skill, (key, n)| {
        let (sum, max_sum) = key::points(key);
        SkillCount { group: key::group(key), skill, sum, max_sum, n }
    }))
}
