//! The tasks that a place loses points on, in the order in which they are to be worked on.
//!
//! A task below its threshold and below the region comes first, then one below the region alone, then one below the
//! threshold where the region does no better, then one at the threshold. What the place does better than the region is
//! never a deficit. Basic level before raised before high; then the lag, then the pupils without full points.

use super::results::is_small;
use super::standing::{self, Side};
use crate::context::{Chapter, Names};
use srez_model::assessment::{Difficulty, Task};
use srez_model::finding::{TaskVerdict, Verdict};
use srez_model::measures::{ComparisonRow, TaskRow};
use srez_model::tally::TaskCounts;
use srez_model::unit::{Percent, as_f64};

/// Why a task is among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lag {
    /// Below the threshold, and below the region.
    Both,
    /// Below the threshold; the region is not known.
    Threshold,
    /// Below the region; the threshold is reached.
    Region,
    /// Below the threshold, as the region is.
    EverywhereLow,
    /// At the threshold.
    AtThreshold,
    /// Nothing judges it: the work has no levels, and it is one of those that are done least.
    Unjudged,
}

impl Lag {
    /// As drawn: below, at, or neither.
    pub(crate) fn verdict(self) -> Verdict {
        match self {
            Self::Both | Self::Threshold | Self::EverywhereLow => Verdict::Insufficient,
            Self::AtThreshold => Verdict::Zone,
            Self::Region | Self::Unjudged => Verdict::Unknown,
        }
    }
}

/// How points are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Many did not begin.
    NotBegun,
    /// Many began rightly and did not finish.
    NotFinished,
    /// Nearly all tried, many wrongly.
    TriedWrong,
}

/// A task on which points are lost.
#[derive(Clone, Debug)]
pub(crate) struct WeakTask<'a> {
    /// Place of the chapter.
    pub(crate) chapter: usize,
    pub(crate) grade: u8,
    pub(crate) task: &'a Task,
    pub(crate) row: &'a TaskRow,
    pub(crate) value: Percent,
    pub(crate) threshold: Option<f64>,
    /// The verdict that documents tell.
    pub(crate) told: Verdict,
    /// Against the region; none where it is not known.
    pub(crate) region: Option<&'a ComparisonRow>,
    pub(crate) lag: Lag,
    /// How points are lost; none where nothing stands out.
    pub(crate) loss: Option<Loss>,
}

impl WeakTask<'_> {
    /// Participants without full points.
    pub(crate) fn without_full(&self) -> u64 {
        self.row.counts.n.saturating_sub(self.row.counts.full)
    }

    /// True for a task of basic level.
    pub(crate) fn is_basic(&self) -> bool {
        self.task.difficulty == Some(Difficulty::Basic)
    }

    /// True where it lies below its threshold.
    pub(crate) fn is_below_threshold(&self) -> bool {
        matches!(self.lag, Lag::Both | Lag::Threshold | Lag::EverywhereLow)
    }

    /// Share of the participants who did not begin.
    pub(crate) fn not_begun(&self) -> Option<Percent> {
        Percent::of(self.row.counts.not_attempted, self.row.counts.n)
    }

    /// How far it lags, in four steps: behind the region where it is known to lag behind it, else behind the threshold.
    fn step(&self) -> usize {
        let behind = |distance: f64, steps: [f64; 3]| steps.iter().filter(|step| distance < **step).count();
        match self.region.and_then(standing::difference).filter(|_| matches!(self.lag, Lag::Both | Lag::Region)) {
            Some(difference) => behind(-difference, [8.0, 5.0, 3.0]),
            None => behind(self.threshold.map_or(0.0, |limit| limit - self.value.0), [15.0, 8.0, 3.0]),
        }
    }

    /// Completion of those with a mark, where at least ten have it; none for works with test scores, which have no
    /// marks.
    pub(crate) fn of_mark(&self, context: &Names<'_>, chapter: &Chapter<'_>, mark: u8) -> Option<Percent> {
        if chapter.measures.exam.has_test_scores() {
            return None;
        }
        self.of_group(context, chapter, mark)
    }

    /// Completion of a group by mark or by band, where it is not small.
    pub(crate) fn of_group(&self, context: &Names<'_>, chapter: &Chapter<'_>, mark: u8) -> Option<Percent> {
        let rows = chapter.measures.tasks_by_mark_of(context.focus.level, &context.focus.name);
        let row = rows.iter().find(|row| row.task == self.row.task && row.mark == mark)?;
        row.pct.filter(|_| context.thresholds.value("privacy.group") <= as_f64(row.n))
    }
}

/// The verdict that documents tell: a task whose interval holds the threshold stands at it.
pub(crate) fn told(judged: &TaskVerdict) -> Verdict {
    match judged.verdict {
        Verdict::Unknown => Verdict::Unknown,
        _ if !judged.reliable => Verdict::Zone,
        verdict => verdict,
    }
}

/// The weak tasks of one exam, the most important first.
pub(crate) fn of<'a>(context: &Names<'_>, chapter: &Chapter<'a>, place: usize) -> Vec<WeakTask<'a>> {
    let measures = chapter.measures;
    let group = &context.focus;
    let mut found: Vec<WeakTask<'a>> = chapter
        .findings
        .verdicts
        .iter()
        .filter_map(|judged| {
            let row = measures
                .tasks
                .iter()
                .find(|row| row.task == judged.task && row.level == group.level && row.group == group.name)?;
            let task = measures.exam.tasks.get(usize::from(judged.task))?;
            let region = standing::of_task(context, measures, &task.id);
            Some(WeakTask {
                chapter: place,
                grade: measures.exam.key.grade,
                task,
                row,
                value: row.pct?,
                threshold: judged.threshold,
                told: told(judged),
                region,
                lag: lag(judged, region.map(|row| standing::side_of_task(context, row)))?,
                loss: loss(context, task, &row.counts, !measures.exam.key.procedure.has_attempts()),
            })
        })
        .collect();
    found.sort_by_key(|one| {
        (
            one.task.difficulty.map_or(3, |level| level as u8),
            rank(one),
            one.step(),
            std::cmp::Reverse(one.without_full()),
        )
    });
    found
}

/// Below the threshold without a region counts as much as below both.
fn rank(one: &WeakTask<'_>) -> u8 {
    match one.lag {
        Lag::Both | Lag::Threshold => 0,
        Lag::Region => 1,
        Lag::EverywhereLow => 2,
        Lag::AtThreshold => 3,
        Lag::Unjudged => 4,
    }
}

/// The tasks that are done least, for a work that nothing judges; so many of them.
pub(crate) fn lowest<'a>(context: &'a Names<'_>, chapter: &Chapter<'a>, most: usize) -> Vec<WeakTask<'a>> {
    let measures = chapter.measures;
    let tells_who_began = !measures.exam.key.procedure.has_attempts();
    let rows = measures.tasks_of(context.focus.level, &context.focus.name);
    let mut found: Vec<WeakTask<'a>> = rows
        .filter_map(|row| {
            let task = measures.exam.tasks.get(usize::from(row.task))?;
            Some(WeakTask {
                chapter: 0,
                grade: measures.exam.key.grade,
                task,
                row,
                value: row.pct.filter(|_| !is_small(context, row.counts.n))?,
                threshold: None,
                told: Verdict::Unknown,
                region: standing::of_task(context, measures, &task.id),
                lag: Lag::Unjudged,
                loss: loss(context, task, &row.counts, tells_who_began),
            })
        })
        .collect();
    found.sort_by(|left, right| left.value.0.total_cmp(&right.value.0));
    found.truncate(most);
    found
}

/// `region` is none where it is not known, and its side is none where no difference was found.
fn lag(judged: &TaskVerdict, region: Option<Option<Side>>) -> Option<Lag> {
    let side = region.flatten();
    let is_at = told(judged) == Verdict::Zone;
    match (judged.verdict, side) {
        (Verdict::Unknown, _) | (_, Some(Side::Above)) => None,
        (Verdict::Insufficient, Some(Side::Below)) => Some(Lag::Both),
        (_, Some(Side::Below)) => Some(Lag::Region),
        _ if is_at => Some(Lag::AtThreshold),
        (Verdict::Insufficient, None) if region.is_none() => Some(Lag::Threshold),
        (Verdict::Insufficient, None) => Some(Lag::EverywhereLow),
        _ => None,
    }
}

fn loss(context: &Names<'_>, task: &Task, counts: &TaskCounts, tells_who_began: bool) -> Option<Loss> {
    let share = |part: u64| Percent::of(part, counts.n).map_or(0.0, |share| share.0);
    let limit = |id: &str| context.thresholds.value(id);
    let not_begun = share(counts.not_attempted);
    if tells_who_began && limit("loss.not-begun") <= not_begun {
        Some(Loss::NotBegun)
    } else if task.max.is_some_and(|max| 1 < max) && limit("loss.partial") <= share(counts.partial) {
        Some(Loss::NotFinished)
    } else if (!tells_who_began || not_begun < limit("loss.few")) && limit("loss.zero") <= share(counts.zero) {
        Some(Loss::TriedWrong)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Lag, Side, lag};
    use srez_model::finding::{TaskVerdict, Verdict};

    #[test]
    fn without_a_region_the_threshold_alone_decides() {
        let judged = |verdict, reliable| TaskVerdict { task: 0, verdict, reliable, threshold: Some(60.0), zone: 3.0 };
        assert_eq!(lag(&judged(Verdict::Insufficient, true), None), Some(Lag::Threshold));
        assert_eq!(lag(&judged(Verdict::Insufficient, false), None), Some(Lag::AtThreshold));
        assert_eq!(lag(&judged(Verdict::Zone, true), None), Some(Lag::AtThreshold));
        assert_eq!(lag(&judged(Verdict::Sufficient, false), None), Some(Lag::AtThreshold));
        assert_eq!(lag(&judged(Verdict::Sufficient, true), None), None);
        assert_eq!(lag(&judged(Verdict::Unknown, false), None), None);
    }

    #[test]
    fn what_the_region_does_worse_is_no_deficit() {
        let judged = |verdict| TaskVerdict { task: 0, verdict, reliable: true, threshold: Some(60.0), zone: 3.0 };
        let lag = |verdict, side| lag(&judged(verdict), Some(side));
        assert_eq!(lag(Verdict::Insufficient, Some(Side::Below)), Some(Lag::Both));
        assert_eq!(lag(Verdict::Insufficient, None), Some(Lag::EverywhereLow));
        assert_eq!(lag(Verdict::Insufficient, Some(Side::Above)), None);
        assert_eq!(lag(Verdict::Sufficient, Some(Side::Below)), Some(Lag::Region));
        assert_eq!(lag(Verdict::Sufficient, None), None);
    }
}
