//! Rows of `marks.csv`: several measures side by side.

use super::census::{Census, GroupCensus, ResultKind};
use super::gallery::{mean_mark, mean_score, pass_rate, quality_rate, simonov_index};
use super::reason;
use srez_model::measures::MarksRow;
use srez_model::tally::Tally;

/// One row per group.
pub(super) fn rows(tally: &Tally, census: &Census) -> Vec<MarksRow> {
    let groups = (0_usize..).zip(&tally.groups).zip(&census.groups);
    groups
        .map(|((index, group), counts)| {
            let marks = matches!(census.kind, ResultKind::Mark);
            let by_mark = if marks { counts.by_category } else { [0; 4] };
            MarksRow {
                level: group.level,
                group: group.name.clone(),
                n: counts.n,
                n_absent: tally.absent.as_ref().map(|absent| u64::from(absent.get(index).copied().unwrap_or(0))),
                by_mark,
                n_without_mark: if marks { counts.n - counts.categorised() } else { 0 },
                mean_mark: mean_mark::from_marks(by_mark),
                pass: pass_rate::from_marks(by_mark),
                quality: quality_rate::from_marks(by_mark),
                sou: simonov_index::from_marks(by_mark),
                mean_score: mean_score::from_totals(&counts.totals),
                sd_score: counts.totals.deviation(),
                reason: missing(marks, counts),
            }
        })
        .collect()
}

fn missing(marks: bool, counts: &GroupCensus) -> String {
    if counts.n == 0 {
        return reason::NO_PARTICIPANTS.to_owned();
    }
    let of_marks = match (marks, counts.categorised()) {
        (false, _) => reason::NO_MARKS_IN_EXAM,
        (true, 0) => reason::NO_MARKS,
        _ => "",
    };
    let of_totals = match counts.totals.n {
        0 => reason::NO_TOTALS,
        1 => reason::ONE_PARTICIPANT,
        _ => "",
    };
    reason::join([of_marks, of_totals])
}
