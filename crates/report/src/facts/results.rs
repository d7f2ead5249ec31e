//! The result of a group in an exam as short documents print it: the share that did not reach, the share above.

use crate::context::Names;
use srez_model::compared::LowResult;
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Interval, Measures};
use srez_model::unit::{Percent, as_f64};
use srez_wording::number;
use srez_wording::sentence::participants;

/// The result of one group in one exam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct KeyResult {
    /// Participants.
    pub(crate) n: u64,
    /// Those with a mark or test score.
    pub(crate) marked: u64,
    /// «2», or below the minimum.
    pub(crate) below: u64,
    /// «4» and «5», or 81 to 100 points.
    pub(crate) above: u64,
    /// Share of the latter with its interval.
    pub(crate) above_share: Option<Interval>,
}

impl KeyResult {
    /// Share of those who did not reach.
    pub(crate) fn below_share(&self) -> Option<Percent> {
        Percent::of(self.below, self.marked)
    }
}

/// The result of a group; none where it did not sit the exam or has neither marks nor test scores.
pub(crate) fn of(measures: &Measures, level: Level, group: &str) -> Option<KeyResult> {
    if let Some(bands) = measures.bands_of(level, group).filter(|bands| bands.n > 0) {
        let [below, _, _, above] = bands.by_band;
        return Some(KeyResult { n: bands.n, marked: bands.n, below, above, above_share: bands.best });
    }
    let marks = measures.marks_of(level, group).filter(|marks| marks.marked() > 0)?;
    let [below, _, four, five] = marks.by_mark;
    let above = four + five;
    Some(KeyResult { n: marks.n, marked: marks.marked(), below, above, above_share: marks.quality })
}

/// Participants of a group, with or without marks; 0 where it did not sit the exam.
pub(crate) fn participants(measures: &Measures, level: Level, group: &str) -> u64 {
    measures.marks_of(level, group).map_or(0, |marks| marks.n)
}

/// True where a group is too small for shares.
pub(crate) fn is_small(context: &Names<'_>, n: u64) -> bool {
    as_f64(n) < context.thresholds.value("privacy.group")
}

/// Why a work has a line and no document.
pub(crate) fn too_small(context: &Names<'_>) -> String {
    format!("участников меньше {}, документ не составлен", context.limit("privacy.group"))
}

/// «Отметка «2»» or «ниже минимума», in the words that stand before a share.
pub(crate) fn below_words(measures: &Measures) -> &'static str {
    if measures.exam.has_test_scores() {
        "ниже минимального балла"
    } else {
        "отметка «2»"
    }
}

/// «На «4» и «5»» or «81–100 баллов».
pub(crate) fn above_words(measures: &Measures) -> &'static str {
    if measures.exam.has_test_scores() { "81–100 баллов" } else { "«4» и «5»" }
}

/// The change of the share of those who did not reach against the nearest year; none where there is no such year.
pub(crate) fn change<'a>(measures: &'a Measures, level: Level, group: &str) -> Option<&'a DynamicsRow> {
    let measure = LowResult::of_exam(&measures.exam).over_years();
    measures.dynamics_of(level, group).iter().find(|row| row.measure == measure)
}

/// «2025 год: «2» — 1 из 8»: how many did not reach in the year before, counted; none where it is not known.
pub(crate) fn before_words(measures: &Measures, school: &str) -> Option<String> {
    let row = change(measures, Level::School, school)?;
    let (share, n) = (row.before?, row.n.1);
    let year = row.before_exam.year;
    let below = number::decimal(share * as_f64(n) / 100.0, 0);
    Some(format!("{year} год: {} — {below} из {}", below_words(measures), number::count(n)))
}

/// A small group in words and counts: «5 участников: отметка «2» — 1, «4» и «5» — 2».
pub(crate) fn counted(measures: &Measures, result: &KeyResult) -> String {
    participants::counted(result.n, below_words(measures), result.below, above_words(measures), result.above)
}
