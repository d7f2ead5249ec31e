//! The one page of an issue that filters: all results of all works, every number printed already, so that the page
//! shows and hides rows and computes nothing.

use super::level::Level;
use super::provenance::SourceFile;

/// Name of its file, in the folder of a period and in editions. Its letters are one in every way of writing Unicode.
pub const FILE: &str = "срез.html";

/// What stands in place of a number that may not be shown.
pub const HIDDEN: &str = "скрыто";

/// What the page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterPage {
    pub title: String,
    /// For whom it is, or of which municipality it speaks.
    pub subtitle: String,
    /// Who issues it.
    pub centre: String,
    /// Foot of the page and of what is saved from it.
    pub footer: String,
    /// How to read it, one sentence each.
    pub rules: Vec<String>,
    /// What goes with every table that is saved from the page.
    pub note: String,
    /// Why a number is hidden, as the end of a sentence.
    pub hidden_because: String,
    /// Groups of participants: first the one of which the documents speak, then the others, schools in the order of the
    /// register.
    pub groups: Vec<ResultGroup>,
    /// Works by procedure, subject, grade and year, the last year first.
    pub works: Vec<WorkResults>,
    /// What the numbers are, for the drawer; empty where nothing is explained.
    pub origins: Vec<NumberOrigin>,
    /// Files behind the numbers.
    pub files: Vec<SourceFile>,
    /// Lists of places in `files`.
    pub lists: Vec<Vec<usize>>,
    pub sentence: SentenceParts,
}

/// A group of participants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResultGroup {
    pub level: Level,
    /// Id of a school, name of a municipality or of a type of schools; empty for all participants.
    pub id: String,
    /// As printed: «СОШ № 49».
    pub name: String,
}

/// A work with its results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkResults {
    /// Name of the specification.
    pub id: String,
    /// What tells procedure and subject, `vpr-math`, and how it is printed: «ВПР. Математика».
    pub area: (String, String),
    pub grade: u8,
    pub year: u16,
    /// «ВПР-2026. Математика, 8 класс».
    pub title: String,
    /// Inside a sentence: «ВПР-2026 по математике, 8 класс».
    pub words: String,
    /// What is told of every group.
    pub lines: Vec<ResultLine>,
    /// The groups that took part.
    pub groups: Vec<GroupResults>,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Marks or bands of the test score, the mean.
    Work,
    Skill,
    Task,
}

impl LineKind {
    /// The word in the address of the page.
    pub fn id(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Skill => "skill",
            Self::Task => "task",
        }
    }
}

/// What is told of every group that took part in a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultLine {
    pub kind: LineKind,
    /// Id of the task; empty for other lines.
    pub task: String,
    /// Skill of the task, or the skill itself; empty where there is none.
    pub skill: String,
    /// As printed in the table: «Успеваемость», «№ 5. Решать уравнения».
    pub what: String,
    /// In a sentence where the number is hidden: «успеваемость».
    pub named: String,
    /// In a sentence with `{share}` or `{sum}` in it: «успеваемость — {share} %».
    pub said: String,
    /// Place in [`FilterPage::origins`]; none where nothing is explained.
    pub origin: Option<usize>,
}

/// Results of a group in a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupResults {
    /// Place in [`FilterPage::groups`].
    pub group: usize,
    /// Place of its list of files in [`FilterPage::lists`]; none where nothing is explained.
    pub list: Option<usize>,
    /// One per line of the work; none where the line does not concern the group.
    pub results: Vec<Option<PrintedResult>>,
}

/// A row of the table as printed; what is empty is not told, [`HIDDEN`] may not be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintedResult {
    /// Participants.
    pub n: String,
    /// Percent.
    pub share: String,
    /// Bounds of the 95 % interval of the share, percent.
    pub low: String,
    pub high: String,
    /// What the share counts, points or participants; of a line without share its mean.
    pub sum: String,
    /// Of how many.
    pub most: String,
}

impl PrintedResult {
    /// True where its number is hidden.
    pub fn is_hidden(&self) -> bool {
        self.share == HIDDEN || self.sum == HIDDEN
    }
}

/// What the numbers of a line are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberOrigin {
    /// «Успеваемость».
    pub title: String,
    pub formula: String,
    /// The formula with `{sum}` and `{most}` in it; empty where the page does not know the counts.
    pub counts: String,
    /// Who defines the formula.
    pub source: String,
    /// Table and column of the data.
    pub column: &'static str,
}

/// The sentence of a row, in parts with the names of their slots in braces: the head, and what follows in brackets as
/// far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentenceParts {
    /// With `{group}`, `{work}` and `{said}`.
    pub head: String,
    /// With `{group}`, `{work}`, `{named}` and `{why}`: in place of the head where the number is hidden.
    pub hidden: String,
    /// With `{n}`.
    pub participants: String,
    /// With `{low}` and `{high}`.
    pub interval: String,
    /// With `{sum}` and `{most}`; for points alone.
    pub points: String,
}
