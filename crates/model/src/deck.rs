//! Slides for a meeting as content: every format is set from it, so that no number can differ between formats.

use super::finding::Verdict;

/// The slides of a meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Deck {
    /// Title of the file: «Что показали работы: учителям математики».
    pub title: String,
    /// The works, for the properties of the file.
    pub subtitle: String,
    /// Who issues it.
    pub centre: String,
    /// Date as printed, `05.06.2026`.
    pub date: String,
    /// Foot of every slide: «ГМО учителей математики · Северная Долина · 27.08.2026».
    pub footer: String,
    /// Slides, in the order in which they are shown.
    pub slides: Vec<Slide>,
}

/// One thought on a wall.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    /// The thought, on one line.
    pub title: String,
    /// A line that tells how the body is read; empty where it needs none.
    pub lead: String,
    /// What is seen.
    pub body: Body,
    /// The body in words, for those who do not see it.
    pub alt: String,
    /// What the speaker says, a paragraph each; shown to the speaker alone.
    pub notes: Vec<String>,
}

/// What is seen on a slide.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A count with a square for each thing counted.
    Count(Pictogram),
    /// Bars from 0 to 100 % with their thresholds.
    Bars(Vec<LevelBar>),
    /// Columns from 0 to 100 %, side by side for groups of participants.
    Columns(Columns),
    /// Points of a decision.
    Decisions(Vec<Decision>),
}

/// A number as printed, with its squares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pictogram {
    /// Big number: «7» or «15,3 %».
    pub value: String,
    /// Smaller, beside it: «из 18»; empty for none.
    pub of: String,
    /// What is counted.
    pub text: String,
    /// Squares in the order in which they are drawn.
    pub squares: Vec<Squares>,
}

/// Squares of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Squares {
    /// How many.
    pub count: u64,
    /// Their number as printed: «7» or «15,3 %»; empty where it is not told.
    pub shown: String,
    /// What they are.
    pub label: String,
    /// How they are drawn.
    pub fill: Fill,
}

/// How a square is drawn; the three are told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Full colour.
    Solid,
    Hatched,
    /// Outline only.
    Hollow,
}

/// A share as printed. It is as exact as it is printed: a chart can be opened, and a slide may leave the office.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// Percent, rounded to `decimals`.
    pub percent: f64,
    pub decimals: u8,
}

/// A bar with its threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelBar {
    /// «8 класс, № 14».
    pub name: String,
    /// What is checked; empty where it is not known.
    pub about: String,
    /// Completion.
    pub value: Shown,
    /// Percent; none where no confirmed threshold is known.
    pub threshold: Option<f64>,
    /// Colour.
    pub verdict: Verdict,
}

/// Columns of several groups of participants.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Groups, the one to work with first: «отметка „3“».
    pub groups: Vec<ColumnGroup>,
    /// What is compared.
    pub tasks: Vec<ColumnTask>,
}

/// A group of participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnGroup {
    /// «отметка „3“».
    pub name: String,
    /// Place of its colour among those of the marks, 0 for «2» to 3 for «5».
    pub colour: usize,
}

/// A task with the completion in each group.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnTask {
    /// «8 класс, № 14».
    pub name: String,
    /// What is checked; empty where it is not known.
    pub about: String,
    /// One for each group; none where the group is too small or hidden.
    pub values: Vec<Option<Shown>>,
}

/// A point of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is done.
    pub what: String,
    /// By whom, with which number.
    pub how: String,
    /// Until when, or a line to fill in.
    pub term: String,
}
