//! Statistics of tasks: records of `items.csv`, `curves.csv`, `dif.csv` and `reliability.csv`.

use super::level::Level;
use super::unit::Percent;

/// `items.csv`. Grain: one row per exam and task, complete rows only.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemRow {
    /// Index into the exam's tasks.
    pub task: u16,
    /// Complete rows.
    pub n: u64,
    /// Mean over maximum.
    pub difficulty: Option<f64>,
    /// Standard deviation with n − 1.
    pub sd: Option<f64>,
    /// Correlation with the total.
    pub item_total: Option<f64>,
    /// Correlation with the total without the task.
    pub item_rest: Option<f64>,
    /// Difference of the upper and lower 27 %.
    pub d27: Option<f64>,
    /// Alpha without the task.
    pub alpha_drop: Option<f64>,
    /// Difficulty by the Rasch or partial credit model, logits.
    pub rasch: Option<f64>,
    /// Its standard error.
    pub rasch_se: Option<f64>,
    /// Weighted mean square of fit.
    pub infit: Option<f64>,
    /// Mean square of fit without weights.
    pub outfit: Option<f64>,
    /// Why something is missing.
    pub reason: String,
}

/// `reliability.csv`. Grain: one row per exam, complete rows only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReliabilityRow {
    /// Complete rows.
    pub n: u64,
    /// Tasks.
    pub k: u16,
    /// Mean total.
    pub mean: Option<f64>,
    /// Standard deviation with n − 1.
    pub sd: Option<f64>,
    /// Cronbach's alpha.
    pub alpha: Option<f64>,
    /// Standard error of measurement.
    pub sem: Option<f64>,
    /// 95 % interval of alpha.
    pub alpha_interval: Option<(f64, f64)>,
    /// Why something is missing.
    pub reason: String,
}

/// `abilities.csv`. Grain: one row per exam and primary score, complete rows only; extreme scores have no ability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AbilityRow {
    /// Primary score.
    pub score: u16,
    /// Complete rows.
    pub n: u64,
    /// Ability of these participants by the Rasch or partial credit model, logits; tasks have mean 0.
    pub ability: f64,
    /// Its standard error.
    pub error: f64,
}

/// `curves.csv`. Grain: one row per exam, task and group of neighbouring primary scores, complete rows only.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveRow {
    /// Index into the exam's tasks.
    pub task: u16,
    /// Smallest primary score of the group.
    pub score_low: u16,
    /// Greatest one.
    pub score_high: u16,
    /// Complete rows.
    pub n: u64,
    /// Sum of the points on the task.
    pub sum: u64,
    /// Completion.
    pub pct: Option<Percent>,
}

/// `dif.csv`. Grain: one row per exam, task and contrast, complete rows only.
#[derive(Clone, Debug, PartialEq)]
pub struct DifRow {
    /// Index into the exam's tasks.
    pub task: u16,
    /// Level of the groups.
    pub level: Level,
    /// Group that is set against the rest.
    pub focal: String,
    /// Rows of the rest.
    pub n_reference: u64,
    /// Rows of the focal group.
    pub n_focal: u64,
    /// mantel-haenszel for one point, mantel for several; empty where nothing was computed.
    pub method: &'static str,
    /// Delta for one point, points for several; negative: harder for the focal group.
    pub effect: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Two-sided p.
    pub p: Option<f64>,
    /// Adjusted p over the tasks of the contrast.
    pub q: Option<f64>,
    /// The effect in standard deviations of the task; for several points only.
    pub standardised: Option<f64>,
    /// A, B or C; for several points AA, BB, CC.
    pub class: Option<char>,
    /// Why something is missing.
    pub reason: String,
}

impl DifRow {
    /// The class as printed; empty where there is none.
    pub fn class_words(&self) -> String {
        let letters = if self.standardised.is_some() { 2 } else { 1 };
        self.class.map_or_else(String::new, |class| class.to_string().repeat(letters))
    }
}
