//! Completion of a task by participants with neighbouring primary scores: the characteristic curve of the task.

use super::super::complete_rows::points;
use srez_model::level::Level;
use srez_model::measures::{CurveRow, MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::tally::Tally;
use srez_model::unit::Percent;
use std::collections::BTreeMap;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "characteristic-curves",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Характеристические кривые заданий",
    columns: &["curves.n", "curves.pct"],
    unit: "%",
    plain: "участники разбиты на группы по баллу за работу; кривая показывает, какой процент каждая группа \
            набирает за задание",
    formula: "полные работы делятся по первичному баллу на группы с близким числом работ (не больше 8, не меньше 20 \
              работ в каждой, работы с одним баллом — в одной группе); процент выполнения задания в каждой группе",
    degenerate: "меньше трёх групп — кривой нет; максимальный балл неизвестен — процента нет",
    source: "практика классического анализа заданий; число групп — правило программы",
};

/// Most groups of a curve.
const MOST_GROUPS: u64 = 8;
/// Fewest rows of a group.
const FEWEST_ROWS: u64 = 20;
/// Fewest groups that make a curve.
const FEWEST_GROUPS: usize = 3;

/// Rows of one task in one group of scores.
pub(crate) fn rows(tally: &Tally) -> Vec<CurveRow> {
    let Some(all) = tally.group(Level::All, "") else { return Vec::new() };
    let mut sizes: BTreeMap<u16, u64> = BTreeMap::new();
    for cell in tally.participants_of(all).iter().filter(|cell| cell.stratum.complete) {
        if let Some(total) = cell.stratum.total {
            *sizes.entry(total).or_default() += u64::from(cell.n);
        }
    }
    let groups = groups(&sizes);
    if groups.len() < FEWEST_GROUPS {
        return Vec::new();
    }
    let mut rows = Vec::with_capacity(groups.len() * tally.exam.tasks.len());
    for (task, definition) in (0..).zip(&tally.exam.tasks) {
        let mut sums = vec![(0, 0); groups.len()];
        for cell in tally.outcomes_of(all, task).iter().filter(|cell| cell.stratum.complete) {
            let (Some(points), Some(total)) = (points(cell.outcome), cell.stratum.total) else { continue };
            let place = groups.partition_point(|(_, high)| *high < total);
            if let Some((n, sum)) = sums.get_mut(place) {
                *n += u64::from(cell.n);
                *sum += points * u64::from(cell.n);
            }
        }
        rows.extend(groups.iter().zip(sums).map(|((low, high), (n, sum))| CurveRow {
            task,
            score_low: *low,
            score_high: *high,
            n,
            sum,
            pct: definition.max.and_then(|max| Percent::of(sum, n * u64::from(max))),
        }));
    }
    rows
}

/// First and last score of every group: a group is closed once its share of the rows is reached.
fn groups(sizes: &BTreeMap<u16, u64>) -> Vec<(u16, u16)> {
    let n: u64 = sizes.values().sum();
    let number = (n / FEWEST_ROWS).min(MOST_GROUPS);
    let mut groups: Vec<(u16, u16)> = Vec::new();
    let (mut reached, mut own, mut first) = (0, 0, None);
    for (score, rows) in sizes {
        let low = *first.get_or_insert(*score);
        reached += rows;
        own += rows;
        let closed = groups.len() as u64 + 1;
        if FEWEST_ROWS <= own && closed * n <= reached * number {
            groups.push((low, *score));
            (own, first) = (0, None);
        }
    }
    // The rest is too small for a group of its own.
    if let (Some(_), Some((_, high)), Some((last, _))) = (first, groups.last_mut(), sizes.last_key_value()) {
        *high = *last;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::super::counted::{Pupil, count, exam};
    use super::{groups, rows};
    use srez_model::assessment::Scale;

    #[test]
    fn scores_are_gathered_into_groups_of_like_size() {
        let sizes = (0..=30).map(|score| (score, 10)).collect();
        let found = groups(&sizes);
        assert_eq!(found.first().map(|group| group.0), Some(0));
        assert_eq!((found.len(), found.last().map(|group| group.1)), (8, Some(30)));
        assert!(found.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0));
        // Most rows have one score: it forms one group, and few groups follow.
        assert_eq!(groups(&[(0, 40), (1, 200), (2, 40)].into()), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(groups(&[(3, 19)].into()), []);
    }

    #[test]
    fn a_curve_keeps_every_row_once() {
        let pupil = |place: u8| Pupil {
            school: "1".to_owned(),
            journal: None,
            points: vec![u8::from(place > 40), place % 4, u8::from(place > 80)],
            result: 3,
        };
        let pupils: Vec<Pupil> = (0..120).map(pupil).collect();
        let found = rows(&count(exam(2026, &[1, 3, 1], Scale::Unknown), &pupils, 0));
        for task in 0..3 {
            let of_task: Vec<_> = found.iter().filter(|row| row.task == task).collect();
            assert!(of_task.len() >= 3);
            assert_eq!(of_task.iter().map(|row| row.n).sum::<u64>(), 120);
            let sum = of_task.iter().map(|row| row.sum).sum::<u64>();
            assert_eq!(sum, pupils.iter().map(|pupil| u64::from(pupil.points[usize::from(task)])).sum::<u64>());
        }
    }
}
