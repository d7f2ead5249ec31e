//! Look-ups in the measures of an exam: rows of one group.

use super::assessment::Difficulty;
use super::compared::{LowResult, MeasureId};
use super::level::Level;
use super::measures::{
    BandsRow, BoundaryRow, ClassScores, ComparisonRow, DynamicsRow, JournalRow, MarksRow, Measures, PointsRow,
    ScoreKind, ScoreRow, SkillRow, TaskByMarkRow, TaskRow,
};
use super::reference::{ReferenceKind, ReferenceMarks};

impl Measures {
    /// Marks of a group.
    pub fn marks_of(&self, level: Level, group: &str) -> Option<&MarksRow> {
        one_of(&self.marks, level, group, |row| (row.level, &row.group))
    }

    /// Bands of a group.
    pub fn bands_of(&self, level: Level, group: &str) -> Option<&BandsRow> {
        one_of(&self.bands, level, group, |row| (row.level, &row.group))
    }

    /// Low results of a group, and how many have a result: marks «2», or test scores below the minimum.
    pub fn low_results_of(&self, level: Level, group: &str) -> Option<(u64, u64)> {
        match LowResult::of_exam(&self.exam) {
            LowResult::Two => self.marks_of(level, group).map(|row| (row.by_mark[0], row.marked())),
            LowResult::BelowMinimum => self.bands_of(level, group).map(|row| (row.by_band[0], row.n)),
        }
    }

    /// Journal comparison of a group.
    pub fn journal_of(&self, level: Level, group: &str) -> Option<&JournalRow> {
        one_of(&self.journal, level, group, |row| (row.level, &row.group))
    }

    /// Scores of a group: primary before test, ascending.
    pub fn scores_of(&self, level: Level, group: &str) -> &[ScoreRow] {
        all_of(&self.scores, level, group, |row| (row.level, &row.group))
    }

    /// Sums of the scores of a class; none where it has none of the kind.
    pub fn class_scores_of(&self, class: &str, kind: ScoreKind) -> Option<&ClassScores> {
        let order = |row: &ClassScores| (row.group.as_str(), row.kind).cmp(&(class, kind));
        let place = self.class_scores.binary_search_by(order).ok()?;
        self.class_scores.get(place)
    }

    /// Tasks of a group in the order of the paper.
    pub fn tasks_of<'a>(&'a self, level: Level, group: &'a str) -> impl Iterator<Item = &'a TaskRow> {
        all_of(&self.tasks, level, group, |row| (row.level, &row.group)).iter()
    }

    /// One task of a group.
    pub fn task_of(&self, level: Level, group: &str, task: u16) -> Option<&TaskRow> {
        let rows = all_of(&self.tasks, level, group, |row| (row.level, &row.group));
        rows.binary_search_by_key(&task, |row| row.task).ok().and_then(|place| rows.get(place))
    }

    /// Tasks of a group by mark or band, in the order of the paper.
    pub fn tasks_by_mark_of(&self, level: Level, group: &str) -> &[TaskByMarkRow] {
        all_of(&self.tasks_by_mark, level, group, |row| (row.level, &row.group))
    }

    /// Points of a group by task and mark or band.
    pub fn points_of(&self, level: Level, group: &str) -> &[PointsRow] {
        all_of(&self.points, level, group, |row| (row.level, &row.group))
    }

    /// Skills of a group.
    pub fn skills_of<'a>(&'a self, level: Level, group: &'a str) -> impl Iterator<Item = &'a SkillRow> {
        all_of(&self.skills, level, group, |row| (row.level, &row.group)).iter()
    }

    /// Skills of a class.
    pub fn class_skills_of<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a SkillRow> {
        all_of(&self.class_skills, Level::Class, class, |row| (row.level, &row.group)).iter()
    }

    /// Comparisons of a group.
    pub fn comparisons_of(&self, level: Level, group: &str) -> &[ComparisonRow] {
        all_of(&self.comparisons, level, group, |row| (row.level, &row.group))
    }

    /// One comparison of a group.
    pub fn comparison_of(&self, level: Level, group: &str, measure: &MeasureId) -> Option<&ComparisonRow> {
        self.comparisons_of(level, group).iter().find(|row| row.measure == *measure)
    }

    /// Boundary rows of a group: cuts ascending, then all cuts together.
    pub fn boundaries_of(&self, level: Level, group: &str) -> &[BoundaryRow] {
        all_of(&self.boundaries, level, group, |row| (row.level, &row.group))
    }

    /// All cuts of a group together.
    pub fn bunching_of(&self, level: Level, group: &str) -> Option<&BoundaryRow> {
        self.boundaries_of(level, group).iter().find(|row| row.cut.is_none())
    }

    /// Changes of a group against an earlier year.
    pub fn dynamics_of(&self, level: Level, group: &str) -> &[DynamicsRow] {
        all_of(&self.dynamics, level, group, |row| (row.level, &row.group))
    }

    /// Level of difficulty of a task.
    pub fn difficulty(&self, task: u16) -> Option<Difficulty> {
        self.exam.tasks.get(usize::from(task)).and_then(|task| task.difficulty)
    }

    /// Reference marks of a kind.
    pub fn reference(&self, kind: ReferenceKind) -> Option<&ReferenceMarks> {
        self.references.iter().find(|row| row.kind == kind).map(|row| &row.marks)
    }
}

/// Rows of a group in a table sorted by level and group.
fn all_of<'a, R>(rows: &'a [R], level: Level, group: &str, key: impl Fn(&R) -> (Level, &String)) -> &'a [R] {
    let order = |row: &R| {
        let (row_level, row_group) = key(row);
        (row_level, row_group.as_str()).cmp(&(level, group))
    };
    let from = rows.partition_point(|row| order(row).is_lt());
    let to = from + rows.get(from..).unwrap_or_default().partition_point(|row| order(row).is_eq());
    rows.get(from..to).unwrap_or_default()
}

/// The row of a group in a table with one row per group.
fn one_of<'a, R>(rows: &'a [R], level: Level, group: &str, key: impl Fn(&R) -> (Level, &String)) -> Option<&'a R> {
    all_of(rows, level, group, key).first()
}
