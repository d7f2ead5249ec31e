//! Findings: what a sign says about a group, with its rule, threshold and source.

use super::level::Level;
use super::measures::Interval;
use super::threshold::SourceTag;
use super::unit::Percent;

/// How sure a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A number.
    Fact,
    /// Tested.
    Probable,
    /// A possible cause, to be checked.
    Hypothesis,
    /// Checked, nothing found.
    Checked,
    /// No data.
    NoData,
}

impl Status {
    /// The word of `findings.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Probable => "probable",
            Self::Hypothesis => "hypothesis",
            Self::Checked => "checked",
            Self::NoData => "no-data",
        }
    }

    /// The tag of the documents.
    pub fn title(self) -> &'static str {
        match self {
            Self::Fact => "ФАКТ",
            Self::Probable => "ВЕРОЯТНО",
            Self::Hypothesis => "ГИПОТЕЗА",
            Self::Checked => "ПРОВЕРЕНО",
            Self::NoData => "НЕТ ДАННЫХ",
        }
    }
}

/// Definition of a sign, so that methods chapter and `explain` are generated from it.
#[derive(Clone, Copy, Debug)]
pub struct SignDefinition {
    /// Code: `F01`.
    pub id: &'static str,
    /// Name for the reader.
    pub title: &'static str,
    /// The rule in words.
    pub rule: &'static str,
    /// Ids of its thresholds.
    pub thresholds: &'static [&'static str],
    /// How far it is official.
    pub tag: SourceTag,
    /// What the reader may and may not conclude.
    pub caution: &'static str,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// The work as a whole.
    Work,
    /// A task, by index.
    Task(u16),
    /// A skill, by index into the tally's skills.
    Skill(u16),
}

/// Judgement on a task or skill by its level's thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// «Достаточный».
    Sufficient,
    /// «Зона неопределённости».
    Zone,
    /// «Недостаточный».
    Insufficient,
    /// No level is known.
    Unknown,
}

impl Verdict {
    /// The word for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sufficient => "достаточный",
            Self::Zone => "зона",
            Self::Insufficient => "недостаточный",
            Self::Unknown => "уровень не указан",
        }
    }
}

/// One finding.
///
/// Grain: one per sign, exam, level, group and matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `<sign>-<exam without year>-<level>-<group>-<matter>`: survives the months.
    pub id: String,
    /// Code of the sign.
    pub sign: String,
    /// How sure.
    pub status: Status,
    /// Strength: inside / alert / alarm for tests, else the verdict; empty where none.
    pub severity: String,
    /// Name of the exam.
    pub exam: String,
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// What it is about.
    pub matter: Matter,
    /// The matter in words: number of the task or name of the skill.
    pub matter_title: String,
    /// Value.
    pub value: Option<f64>,
    /// Threshold that it passed.
    pub threshold: Option<f64>,
    /// Its source, for the reader.
    pub threshold_source: String,
    /// Participants.
    pub n: u64,
    /// p of the test.
    pub p: Option<f64>,
    /// Adjusted p.
    pub q: Option<f64>,
    /// The sentence of the documents.
    pub text: String,
}

/// Verdict on one task of one group, for tables.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskVerdict {
    /// Index into the exam's tasks.
    pub task: u16,
    /// Verdict.
    pub verdict: Verdict,
    /// True where the interval does not hold the threshold.
    pub reliable: bool,
    /// Threshold, in percent; none where no level is known.
    pub threshold: Option<f64>,
}

/// A school of a list in one matter, with the numbers that chose it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedSchool {
    /// Id of the school.
    pub school: String,
    /// A skill, or the whole work.
    pub matter: Matter,
    /// The matter in words.
    pub matter_title: String,
    /// Completion; for the whole work percent of the greatest score.
    pub value: Percent,
    /// Its interval; none below five participants.
    pub interval: Option<Interval>,
    /// The same of the other schools.
    pub reference: Percent,
    /// Participants.
    pub n: u64,
}

/// A list of schools, always in the order of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct SchoolList {
    /// Code of the sign that chose the schools.
    pub sign: String,
    /// Heading.
    pub title: String,
    /// Ids of the schools, in the order of the register.
    pub schools: Vec<String>,
    /// Why it is empty; empty where it is not.
    pub reason: String,
    /// Schools by matter, each matter in the order of the register; empty for lists that only name schools.
    pub entries: Vec<ListedSchool>,
}

/// What the signs say about one exam.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Findings in the order in which the documents list them.
    pub findings: Vec<Finding>,
    /// Verdicts on the tasks of the group of which the documents speak, in the order of the paper.
    pub verdicts: Vec<TaskVerdict>,
    /// Lists of schools: high and low results only for ОГЭ and ЕГЭ, never for ВПР; worth studying for all.
    pub lists: Vec<SchoolList>,
    /// Tests made and tests that fired, per family, for the sentence about chance.
    pub checked: usize,
    /// How many of them fired.
    pub fired: usize,
}
