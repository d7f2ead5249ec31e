//! The tables of the tally as counts of equal keys, whatever counts them.

use super::TallyRequest;
use super::grouped_rows::{GroupedRows, NO_GROUP};
use super::key;
use super::skills::sums;
use srez_model::error::Result;
use srez_model::level::Level;
use srez_model::skill::Skill;
use srez_model::tally::{JournalCount, OutcomeCount, ParticipantCount, SkillCount, Stratum, Tally};
use std::collections::BTreeSet;

/// A key and how often it stands in a column.
pub(super) type Counted = (u64, u32);

/// In place of a value where a participant has none and is not counted.
pub(super) const NO_VALUE: u64 = u64::MAX;

/// Every participant once per group.
#[derive(Debug, Default)]
pub(super) struct Seats {
    /// The participant, as index into the columns of values.
    pub(super) row: Vec<u32>,
    /// Key of the group with what the table keeps of the stratum; the bits of the value are 0.
    pub(super) base: Vec<u64>,
}

/// What an engine can do: for columns of values, one value per participant, count the equal pairs of base and value
/// over all seats. The result has one list per column, sorted by key, that is by base with the bits of the value.
pub(super) trait Counter {
    fn count(
        &self,
        seats: &Seats,
        columns: usize,
        values: impl Fn(usize) -> Vec<u64> + Sync,
    ) -> Result<Vec<Vec<Counted>>>;
}

/// Counts a request with a counter.
pub(super) fn tally(request: &TallyRequest<'_>, counter: &impl Counter) -> Result<Tally> {
    let rows = GroupedRows::new(request);
    let skills = Skill::of_exam(&request.exam);
    let absent = (request.lists_absent || rows.absent.iter().any(|n| *n > 0)).then(|| rows.absent.clone());
    Ok(Tally {
        exam: request.exam.clone(),
        outcomes: outcomes(&rows, counter)?,
        participants: participants(&rows, counter)?,
        journal: if request.exam.has_test_scores() { Vec::new() } else { journal(&rows, counter)? },
        skill_counts: skill_counts(request, &rows, &skills, counter)?,
        demands: super::demands::counts(&request.exam, &rows),
        skill_tasks: skills.iter().map(|skill| skill.tasks.clone()).collect(),
        skills: skills.into_iter().map(|skill| skill.name).collect(),
        classes: classes(&rows),
        groups: rows.groups,
        absent,
    })
}

/// Seats at some levels, with as much of the stratum as is kept there.
fn seats(rows: &GroupedRows, kept: impl Fn(Level, Stratum) -> Option<u64>) -> Seats {
    let mut seats = Seats::default();
    for (level, groups) in Level::ALL.into_iter().zip(&rows.of_level) {
        for ((row, group), stratum) in (0_u32..).zip(groups).zip(&rows.strata) {
            if let (true, Some(stratum)) = (*group != NO_GROUP, kept(level, *stratum)) {
                seats.row.push(row);
                seats.base.push(key::of_group(*group) | stratum);
            }
        }
    }
    seats
}

fn outcomes(rows: &GroupedRows, counter: &impl Counter) -> Result<Vec<OutcomeCount>> {
    let kept = |level, stratum: Stratum| match level {
        Level::Region | Level::Municipality | Level::School => key::result_alone(stratum.result),
        Level::Class => key::result_alone(None),
        Level::All | Level::Sex | Level::SchoolType | Level::Locality | Level::Textbook | Level::Variant => stratum,
    };
    let seats = seats(rows, |level, stratum| Some(key::of_stratum(kept(level, stratum))));
    let values =
        |task: usize| rows.outcomes.get(task).into_iter().flatten().map(|outcome| u64::from(*outcome)).collect();
    let of_tasks = counter.count(&seats, rows.outcomes.len(), values)?;
    Ok(by_group(&of_tasks, rows.groups.len(), |task, (key, n)| OutcomeCount {
        group: key::group(key),
        task,
        stratum: key::stratum(key),
        outcome: key::low_byte(key),
        n,
    }))
}

fn participants(rows: &GroupedRows, counter: &impl Counter) -> Result<Vec<ParticipantCount>> {
    let seats = seats(rows, |_, stratum| Some(key::of_stratum(stratum)));
    let counted = counter.count(&seats, 1, |_| vec![0; rows.participants()])?;
    Ok(by_group(&counted, rows.groups.len(), |_, (key, n)| ParticipantCount {
        group: key::group(key),
        stratum: key::stratum(key),
        n,
    }))
}

/// Pairs of marks: only 2 to 5 on both sides, and not for test scores.
fn journal(rows: &GroupedRows, counter: &impl Counter) -> Result<Vec<JournalCount>> {
    let seats = seats(rows, |level, _| (level <= Level::Class).then_some(0));
    let mark = |stratum: &Stratum| u8::try_from(stratum.result?).ok();
    let pair = |(stratum, journal): (&Stratum, &Option<u8>)| match (mark(stratum), *journal) {
        (Some(mark @ 2..=5), Some(journal @ 2..=5)) => key::of_journal(mark, journal),
        _ => NO_VALUE,
    };
    let counted = counter.count(&seats, 1, |_| rows.strata.iter().zip(&rows.journal).map(pair).collect())?;
    Ok(by_group(&counted, rows.groups.len(), |_, (key, n)| JournalCount {
        group: key::group(key),
        mark: key::mark(key),
        journal: key::low_byte(key),
        n,
    }))
}

fn skill_counts(
    request: &TallyRequest<'_>,
    rows: &GroupedRows,
    skills: &[Skill],
    counter: &impl Counter,
) -> Result<Vec<SkillCount>> {
    let seats = seats(rows, |_, _| Some(0));
    let value = |(sum, max_sum)| if max_sum == 0 { NO_VALUE } else { key::of_points(sum, max_sum) };
    let values = |skill: usize| {
        let sums = skills.get(skill).map(|skill| sums(skill, &request.exam, rows));
        sums.into_iter().flatten().map(value).collect()
    };
    let of_skills = counter.count(&seats, skills.len(), values)?;
    Ok(by_group(&of_skills, rows.groups.len(), |skill, (key, n)| {
        let (sum, max_sum) = key::points(key);
        SkillCount { group: key::group(key), skill, sum, max_sum, n }
    }))
}

/// Which class belongs to which school.
fn classes(rows: &GroupedRows) -> Vec<(u32, u32)> {
    let pairs = rows.column(Level::School).iter().copied().zip(rows.column(Level::Class).iter().copied());
    let pairs: BTreeSet<_> = pairs.filter(|(school, class)| *school != NO_GROUP && *class != NO_GROUP).collect();
    pairs.into_iter().collect()
}

/// Sorted lists of counts, one per task or skill, woven into one table sorted by group, then task or skill.
fn by_group<T>(columns: &[Vec<Counted>], groups: usize, cell: impl Fn(u16, Counted) -> T) -> Vec<T> {
    let mut table = Vec::with_capacity(columns.iter().map(Vec::len).sum());
    let mut rest: Vec<&[Counted]> = columns.iter().map(Vec::as_slice).collect();
    for group in (0_u32..).take(groups) {
        for (index, column) in (0_u16..).zip(&mut rest) {
            let own = column.iter().take_while(|(key, _)| key::group(*key) == group).count();
            let (own, later) = column.split_at(own);
            table.extend(own.iter().map(|counted| cell(index, *counted)));
            *column = later;
        }
    }
    table
}
