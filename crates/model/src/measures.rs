//! Measures: the numbers of the tables, one record type per table of `data/`.
//!
//! Every record names its exam, level and group; missing is `None` and has a `reason` where it can be undefined.

pub use super::boundary::{BoundaryRow, Moved};
pub use super::class_scores::ClassScores;
pub use super::comparison::{ComparisonRow, FunnelRow};
pub use super::dynamics::{Distance, Drift, DynamicsRow};
pub use super::item_measures::{AbilityRow, CurveRow, DifRow, ItemRow, ReliabilityRow};
pub use super::measure_definition::{MeasureDefinition, MeasuredOf, ToldIn};
pub use super::target::Target;

use super::assessment::{Difficulty, Exam};
use super::level::Level;
use super::reference::{ReferenceKind, ReferenceMarks};
use super::row_patterns::RowPatterns;
use super::tally::{Demand, TaskCounts};
use super::unit::{MeanMark, MeanScore, Percent};
use std::sync::Arc;

/// `marks.csv`. Grain: one row per exam, level and group.
#[derive(Clone, Debug, PartialEq)]
pub struct MarksRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Participants.
    pub n: u64,
    /// Absent pupils; none where the form lists only those who wrote.
    pub n_absent: Option<u64>,
    /// Participants with mark 2, 3, 4, 5.
    pub by_mark: [u64; 4],
    /// Participants without a mark.
    pub n_without_mark: u64,
    /// Mean mark.
    pub mean_mark: Option<MeanMark>,
    /// «Успеваемость», with its Wilson interval.
    pub pass: Option<Interval>,
    /// «Качество», with its Wilson interval.
    pub quality: Option<Interval>,
    /// «СОУ», 0 to 100.
    pub sou: Option<f64>,
    /// Mean primary score.
    pub mean_score: Option<MeanScore>,
    /// Its standard deviation with n − 1.
    pub sd_score: Option<f64>,
    /// Why something is missing; empty where nothing is.
    pub reason: String,
}

impl MarksRow {
    /// Participants with a mark.
    pub fn marked(&self) -> u64 {
        self.by_mark.iter().sum()
    }

    /// Share of a mark 2 to 5 among the participants with a mark.
    pub fn share(&self, mark: u8) -> Option<Percent> {
        let count = self.by_mark.get(usize::from(mark.checked_sub(2)?))?;
        Percent::of(*count, self.marked())
    }
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The share.
    pub value: Percent,
    /// Lower bound.
    pub low: Percent,
    /// Upper bound.
    pub high: Percent,
}

/// `bands.csv`: bands of the test score (ЕГЭ). Grain: one row per exam, level and group.
#[derive(Clone, Debug, PartialEq)]
pub struct BandsRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Participants with a test score.
    pub n: u64,
    /// Below the minimum, from the minimum to 60, 61 to 80, 81 to 100.
    pub by_band: [u64; 4],
    /// Share of 81 to 100, with its Wilson interval; none without participants.
    pub best: Option<Interval>,
    /// Mean test score.
    pub mean_test: Option<MeanScore>,
    /// Its standard deviation with n − 1.
    pub sd_test: Option<f64>,
}

/// `journal.csv`. Grain: one row per exam, level and group.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Participants with both marks.
    pub n: u64,
    /// Mark below the journal mark.
    pub lowered: u64,
    /// Mark equal to it.
    pub confirmed: u64,
    /// Mark above it.
    pub raised: u64,
    /// Difference of two marks or more.
    pub gap2: u64,
    /// Share of those whose mark is below the journal mark, with its Wilson interval.
    pub lowered_share: Option<Interval>,
}

/// Kind of a score in `scores.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoreKind {
    /// Primary score.
    Primary,
    /// Test score.
    Test,
}

/// `scores.csv`. Grain: one row per exam, level, group, kind and score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Primary or test.
    pub kind: ScoreKind,
    /// Score.
    pub score: u16,
    /// Participants.
    pub n: u64,
    /// Participants by the smooth curve of primary scores, against which works at the cuts are tested; none for
    /// schools, and where there is no curve.
    pub expected: Option<f64>,
}

/// `demands.csv`. Grain: one row per exam, level, group and demand of the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// The demand.
    pub demand: Demand,
    /// Participants whom it concerns.
    pub asked: u64,
    /// Those of them who meet it.
    pub met: u64,
}

/// `tasks.csv`. Grain: one row per exam, level, group and task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Index into the exam's tasks.
    pub task: u16,
    /// Counts.
    pub counts: TaskCounts,
    /// Completion, not attempted as 0.
    pub pct: Option<Percent>,
    /// Interval of the completion: Wilson with the mean pupil share.
    pub interval: Option<Interval>,
    /// Completion among those who attempted the task.
    pub pct_attempted: Option<Percent>,
}

/// `tasks_by_mark.csv`. Grain: one row per exam, level, group, task and mark or band.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskByMarkRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Index into the exam's tasks.
    pub task: u16,
    /// Mark 2 to 5; for ЕГЭ the band 1 to 4.
    pub mark: u8,
    /// Participants.
    pub n: u64,
    /// Completion.
    pub pct: Option<Percent>,
}

/// `points.csv`. Grain: one row per exam, level, group, task, mark or band and points.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Index into the exam's tasks.
    pub task: u16,
    /// Mark 2 to 5; for ЕГЭ the band 1 to 4.
    pub mark: u8,
    /// Points; not attempted counts as 0.
    pub points: u8,
    /// Participants.
    pub n: u64,
}

/// `skills.csv`. Grain: one row per exam, level, group and skill.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Index into the tally's skills.
    pub skill: u16,
    /// Name of the skill.
    pub title: String,
    /// Number of its tasks.
    pub tasks: u16,
    /// Participants.
    pub n: u64,
    /// Points.
    pub sum: u64,
    /// Greatest points that these participants could have.
    pub max_sum: u64,
    /// Completion with its interval; the pupil is the unit.
    pub pct: Option<Interval>,
    /// Standard deviation of the pupils' completions around it, percent, with n − 1; none with one pupil.
    pub sd: Option<f64>,
    /// Why there is no number.
    pub reason: String,
}

/// `levels.csv`: tasks of one level of difficulty together. Grain: one row per exam, level, group and difficulty.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelRow {
    /// Level of the group.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Level of difficulty of the tasks.
    pub difficulty: Difficulty,
    /// Number of its tasks.
    pub tasks: u16,
    /// Participants of the task that most could do.
    pub n: u64,
    /// Points.
    pub sum: u64,
    /// Greatest points that these participants could have.
    pub max_sum: u64,
    /// Completion with its interval; the pupil is the unit.
    pub pct: Option<Interval>,
    /// Why there is no number.
    pub reason: String,
}

/// Reference marks of one exam: region and country.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceRow {
    /// Whom it describes.
    pub kind: ReferenceKind,
    /// As read.
    pub marks: ReferenceMarks,
    /// Path of the file.
    pub file: String,
}

/// All measures of one exam.
///
/// The tables are sorted by level and group, then by their further key: the look-ups of `of_group` search by halves.
#[derive(Clone, Debug)]
pub struct Measures {
    /// The exam.
    pub exam: Arc<Exam>,
    /// `marks.csv`.
    pub marks: Vec<MarksRow>,
    /// `bands.csv`; empty for exams with marks.
    pub bands: Vec<BandsRow>,
    /// `journal.csv`.
    pub journal: Vec<JournalRow>,
    /// `scores.csv`.
    pub scores: Vec<ScoreRow>,
    /// Sums of scores by class, sorted.
    pub class_scores: Vec<ClassScores>,
    /// `tasks.csv`.
    pub tasks: Vec<TaskRow>,
    /// `demands.csv`; empty for works without conditions and minima.
    pub demands: Vec<DemandRow>,
    /// `tasks_by_mark.csv`.
    pub tasks_by_mark: Vec<TaskByMarkRow>,
    /// `points.csv`.
    pub points: Vec<PointsRow>,
    /// `skills.csv`.
    pub skills: Vec<SkillRow>,
    /// The same of classes, for what is asked of several years together; no table is made of it.
    pub class_skills: Vec<SkillRow>,
    /// `levels.csv`; empty where no task has a level.
    pub levels: Vec<LevelRow>,
    /// `items.csv`.
    pub items: Vec<ItemRow>,
    /// `abilities.csv`.
    pub abilities: Vec<AbilityRow>,
    /// `curves.csv`.
    pub curves: Vec<CurveRow>,
    /// `reliability.csv`.
    pub reliability: ReliabilityRow,
    /// `dif.csv`.
    pub dif: Vec<DifRow>,
    /// `funnel.csv`.
    pub funnels: Vec<FunnelRow>,
    /// `comparisons.csv`.
    pub comparisons: Vec<ComparisonRow>,
    /// `boundaries.csv`.
    pub boundaries: Vec<BoundaryRow>,
    /// `dynamics.csv`.
    pub dynamics: Vec<DynamicsRow>,
    /// What may be promised of the next year; empty for exams that are not reported.
    pub targets: Vec<Target>,
    /// Region and country.
    pub references: Vec<ReferenceRow>,
    /// What whole rows tell; empty for exams that are not reported.
    pub patterns: RowPatterns,
}

impl Measures {
    /// Of an exam of which nothing is counted.
    pub fn empty(exam: Arc<Exam>) -> Self {
        Self {
            exam,
            marks: Vec::new(),
            bands: Vec::new(),
            journal: Vec::new(),
            scores: Vec::new(),
            class_scores: Vec::new(),
            tasks: Vec::new(),
            demands: Vec::new(),
            tasks_by_mark: Vec::new(),
            points: Vec::new(),
            skills: Vec::new(),
            class_skills: Vec::new(),
            levels: Vec::new(),
            items: Vec::new(),
            abilities: Vec::new(),
            curves: Vec::new(),
            reliability: ReliabilityRow::default(),
            dif: Vec::new(),
            funnels: Vec::new(),
            comparisons: Vec::new(),
            boundaries: Vec::new(),
            dynamics: Vec::new(),
            targets: Vec::new(),
            references: Vec::new(),
            patterns: RowPatterns::default(),
        }
    }
}
