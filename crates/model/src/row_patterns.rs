//! What only whole rows of answers tell of a school: counts that no sum of the tally holds.

use super::level::Level;

/// Number, sum and sum of squares of whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PatternSums {
    /// Participants.
    pub n: u64,
    pub sum: i64,
    /// Sum of squares.
    pub squares: u64,
}

impl PatternSums {
    /// Adds one participant.
    pub fn add(&mut self, value: i64) {
        self.n += 1;
        self.sum += value;
        self.squares += value.unsigned_abs().pow(2);
    }

    /// The sums of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { n: self.n + other.n, sum: self.sum + other.sum, squares: self.squares + other.squares }
    }

    /// The sums of the participants that are not of `part`.
    #[must_use]
    pub fn without(self, part: Self) -> Self {
        Self {
            n: self.n.saturating_sub(part.n),
            sum: self.sum - part.sum,
            squares: self.squares.saturating_sub(part.squares),
        }
    }

    /// Mean; none where nobody is counted.
    pub fn mean(self) -> Option<f64> {
        (self.n != 0).then(|| whole(self.sum.into()) / whole(self.n.into()))
    }

    /// Sum of squared distances from the mean; 0 where nobody is counted.
    pub fn sum_of_squares(self) -> f64 {
        if self.n == 0 {
            return 0.0;
        }
        let spread = i128::from(self.n) * i128::from(self.squares) - i128::from(self.sum) * i128::from(self.sum);
        whole(spread) / whole(self.n.into())
    }
}

#[expect(clippy::cast_precision_loss, reason = "the one rounding of the formula")]
fn whole(number: i128) -> f64 {
    number as f64
}

/// Participants of a school with one journal mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JournalMark {
    /// Participants with this journal mark and a mark of the work.
    pub n: u64,
    /// Mark of the work below it.
    pub lowered: u64,
    /// Mark of the work above it.
    pub raised: u64,
}

/// Hard tasks against easy ones, over the complete rows of one class with one primary score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfSums {
    /// Name of the class; empty for participants without one.
    pub class: String,
    /// Primary score.
    pub total: u16,
    /// `x_h·m_e − x_e·m_h`, for `x_e` points of `m_e` on the easier half of the tasks and `x_h` of `m_h` on the harder.
    pub sums: PatternSums,
}

/// Participants of one class with equal primary score, in pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EqualTotals {
    /// Primary score.
    pub total: u16,
    /// Pairs of participants.
    pub pairs: u64,
    /// Rows that repeat another row of the class.
    pub same: u64,
}

/// Complete rows by primary score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsByTotal {
    /// Rows by primary score.
    pub totals: Vec<u64>,
    /// Rows by task, primary score and points.
    pub points: Vec<Vec<Vec<u64>>>,
}

/// Rows of answers of one school.
///
/// Complete rows only, but for journal marks; not attempted counts as 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolPatterns {
    /// Id of the school.
    pub school: String,
    /// Complete rows.
    pub n: u64,
    /// Hard tasks against easy ones, sorted by class and primary score; empty where the tasks have no order.
    pub halves: Vec<HalfSums>,
    /// Primary scores by variant, sorted; participants without a variant are left out.
    pub variants: Vec<(String, PatternSums)>,
    /// Primary scores by class, sorted; participants without a class are left out.
    pub classes: Vec<(String, PatternSums)>,
    /// Journal marks 2 to 5 by class, sorted; participants without a class stand under an empty name.
    pub journal: Vec<(String, [JournalMark; 4])>,
    /// Pairs within the classes by primary score, and rows that repeat another.
    pub repeated: Vec<EqualTotals>,
}

/// Every skill of a school against its other tasks, over complete rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnLevel {
    /// Id of the school.
    pub school: String,
    /// Sums by class, sorted; an empty name for participants without one. Per skill of the tally `s·m_x − x·m_s`, for
    /// `s` points of `m_s` on the skill and `x` of `m_x` on the work.
    pub classes: Vec<(String, Vec<PatternSums>)>,
}

/// Participants of a school with one label: a textbook, a variant, a sex.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelSums {
    /// What the label is.
    pub level: Level,
    pub label: String,
    /// Primary scores; participants without a score are left out.
    pub scores: PatternSums,
    /// Results: 1 for a mark «2» (below the minimum), 0 for another.
    pub low: PatternSums,
    /// Complete rows; not counted for textbooks.
    pub complete: u64,
    /// Per task, over these: points less the mean points of everybody with the same primary score.
    pub beyond_equals: Vec<f64>,
}

/// What comparisons of groups of schools need of one school, beside the tally.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchoolSums {
    /// Id of the school.
    pub school: String,
    /// Its participants by textbook, variant and sex, sorted; those without a label are left out.
    pub labels: Vec<LabelSums>,
    /// Per task, over complete rows: points less the mean points of everybody with the same primary score.
    pub beyond_equals: Vec<f64>,
    /// Complete rows.
    pub complete: u64,
}

/// Rows of answers of one exam, of the schools of which the documents speak.
///
/// Grain: one entry per school, sorted by its id. Not additive over files: the order of the tasks by difficulty and the
/// limits come from everybody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowPatterns {
    pub schools: Vec<SchoolPatterns>,
    /// Skills against the other tasks, of all schools of the run, sorted by id; none where a maximum is unknown.
    pub own_levels: Vec<OwnLevel>,
    /// Greatest points per skill of the tally; 0 where a maximum is unknown.
    pub skill_maxima: Vec<u64>,
    /// Greatest primary score; 0 where a maximum is unknown.
    pub maximum: u64,
    /// Greatest points on the easier and on the harder half of the tasks; 0 where they have no order.
    pub half_maxima: (u64, u64),
    /// What rows of one primary score have in the tasks.
    pub by_total: RowsByTotal,
    /// Sums of all schools of the run, whoever the documents speak of; sorted by id.
    pub sums: Vec<SchoolSums>,
}

/// A contrast that is to be counted once more: some tasks leave the score at which participants are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purification {
    /// Level of the groups.
    pub level: Level,
    /// Group that is set against the rest.
    pub focal: String,
    /// Groups of the rest.
    pub rest: Vec<String>,
    /// Tasks that leave the score, as indices; a task that is looked at stays in its own score.
    pub dropped: Vec<u16>,
}

/// Points of the reference and of the focal group: participants by points.
pub type BothSides = (Vec<u64>, Vec<u64>);

/// A contrast with another score.
///
/// Grain: complete rows of the groups of the contrast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purified {
    /// Level of the groups.
    pub level: Level,
    /// Group that is set against the rest.
    pub focal: String,
    /// By task: participants of either side by score, then by points on the task.
    pub strata: Vec<Vec<BothSides>>,
    /// Schools with their participants of the focal group (true) or of the rest, sorted.
    pub schools: Vec<PurifiedSchool>,
}

/// Participants of one side of a contrast in one school.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PurifiedSchool {
    /// Id of the school.
    pub school: String,
    /// Whether they are of the focal group.
    pub is_focal: bool,
    /// Participants.
    pub complete: u64,
    /// Per task: points less the mean points of everybody in the contrast with the same score.
    pub beyond_equals: Vec<f64>,
}

impl SchoolSums {
    /// Its participants with labels of one level.
    pub fn labelled(&self, level: Level) -> impl Iterator<Item = &LabelSums> {
        self.labels.iter().filter(move |one| one.level == level)
    }
}

impl RowPatterns {
    /// Rows of one school.
    pub fn of_school(&self, school: &str) -> Option<&SchoolPatterns> {
        let place = self.schools.binary_search_by(|one| one.school.as_str().cmp(school)).ok()?;
        self.schools.get(place)
    }
}
