//! The tables of the parts of a work, its skills and its levels of difficulty: `skills.csv` and `levels.csv`.

use super::super::reason;
use super::column::{Column, GROUP, LEVEL, N, NEVER, REASON, count, exam, exam_part, integer, percent, real, words};
use srez_model::data_table::DataColumn;
use srez_model::level::Level;
use srez_model::measures::{Interval, LevelRow, SkillRow};

/// Fewest participants for whom bounds are shown.
const FEWEST_FOR_BOUNDS: u64 = 5;
const FEW: &str = "границы не показаны: меньше 5 участников";
const WHY: &str = "причина в reason";

/// The columns; `part` names the part.
pub(super) const fn columns<R: IsPart>(part: DataColumn) -> [Column<R>; 13] {
    [
        exam(),
        exam_part(),
        LEVEL.value(|_, row| words(row.part().level.id())),
        GROUP.value(|_, row| words(row.part().group)),
        part.value(|_, row| words(row.part().title)),
        integer("tasks", "Число заданий", "", NEVER).value(|_, row| count(row.part().tasks.into())),
        N.value(|_, row| count(row.part().n)),
        integer("sum", "Сумма баллов", "балл", NEVER).value(|_, row| count(row.part().sum)),
        integer("max_sum", "Сумма максимальных баллов", "балл", NEVER).value(|_, row| count(row.part().max_sum)),
        real("pct", "Процент выполнения", "%", 1, WHY).value(|_, row| percent(row.part().pct.map(|pct| pct.value))),
        real("low", "Нижняя граница интервала 95 %", "%", 1, WHY)
            .value(|_, row| percent(row.part().bounds().map(|pct| pct.low))),
        real("high", "Верхняя граница интервала 95 %", "%", 1, WHY)
            .value(|_, row| percent(row.part().bounds().map(|pct| pct.high))),
        REASON.value(|_, row| words(&row.part().reasons())),
    ]
}

/// A row of a part.
pub(super) trait IsPart {
    /// What it says.
    fn part(&self) -> Part<'_>;
}

/// A row, of a skill or of a level of difficulty.
pub(super) struct Part<'a> {
    level: Level,
    group: &'a str,
    title: &'a str,
    tasks: u16,
    n: u64,
    sum: u64,
    max_sum: u64,
    pct: Option<Interval>,
    reason: &'a str,
}

impl Part<'_> {
    fn bounds(&self) -> Option<Interval> {
        self.pct.filter(|_| self.n >= FEWEST_FOR_BOUNDS)
    }

    fn reasons(&self) -> String {
        let few = if self.pct.is_some() && self.bounds().is_none() { FEW } else { "" };
        reason::join([self.reason, few])
    }
}

impl IsPart for SkillRow {
    fn part(&self) -> Part<'_> {
        let Self { level, tasks, n, sum, max_sum, pct, .. } = *self;
        let (group, title, reason) = (self.group.as_str(), self.title.as_str(), self.reason.as_str());
        Part { level, group, title, tasks, n, sum, max_sum, pct, reason }
    }
}

impl IsPart for LevelRow {
    fn part(&self) -> Part<'_> {
        let Self { level, tasks, n, sum, max_sum, pct, .. } = *self;
        let (group, title, reason) = (self.group.as_str(), self.difficulty.letter(), self.reason.as_str());
        Part { level, group, title, tasks, n, sum, max_sum, pct, reason }
    }
}
