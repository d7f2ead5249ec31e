//! Signs: rules that turn numbers into findings, and all that the rest of the program must know of each of them.

use super::threshold::SourceTag;
use std::fmt;

/// Code of a sign: `F01`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignId(pub &'static str);

impl SignId {
    /// The code.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for SignId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0)
    }
}

impl PartialEq<str> for SignId {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for SignId {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// A sign. Whatever makes one sign differ from another is a field here, so that a new one cannot be forgotten anywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignDefinition {
    /// Code.
    pub id: SignId,
    /// Name for the reader.
    pub title: &'static str,
    /// The rule in words; `{id}` stands for a threshold, which is printed by `wording::rule`.
    pub rule: &'static str,
    /// Ids of its thresholds.
    pub thresholds: &'static [&'static str],
    /// How far it is official.
    pub tag: SourceTag,
    /// What the reader may and may not conclude.
    pub caution: &'static str,
    /// Works for which the rule was made.
    pub works: Works,
    /// Its group on the sheet of particulars.
    pub group: Option<Membership>,
    /// Whether its findings ask for something.
    pub deficit: Deficit,
    /// What its value is.
    pub value: ValueOf,
    /// Whether it can be found for a year before the reported one.
    pub year_before: YearBefore,
    /// What it has in common with other signs of the same group of pupils.
    pub cause: Cause,
    /// The rows of the tables of data that its findings rest on.
    pub evidence: Evidence,
}

/// Works for which a rule was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Works {
    /// ВПР and regional works.
    Vpr,
    /// ОГЭ and ЕГЭ.
    Exams,
    All,
}

/// Groups of signs of the sheet of particulars: signs of one group read the same thing and count once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignGroup {
    /// Distribution of scores.
    Distribution,
    /// Marks of the journal.
    Journal,
    /// Answers to the tasks.
    Answers,
    /// What others say: an official list, the next exam of the same pupils.
    External,
}

impl SignGroup {
    /// In the order of the sheet.
    pub const ALL: [Self; 4] = [Self::Distribution, Self::Journal, Self::Answers, Self::External];

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Distribution => "распределение баллов",
            Self::Journal => "отметки журнала",
            Self::Answers => "ответы на задания",
            Self::External => "внешние данные",
        }
    }
}

/// A sign in its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// Fires its group.
    Full(SignGroup),
    /// Fires its group only where another sign of any group fired too.
    BesideOthers(SignGroup),
}

impl Membership {
    pub fn group(self) -> SignGroup {
        match self {
            Self::Full(group) | Self::BesideOthers(group) => group,
        }
    }
}

/// Whether the findings of a sign ask for something, so that an issue remembers them and the next one tells their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deficit {
    Always,
    /// Where the value rose.
    WhereRisen,
    /// Never: what works, how large a group or a list is, where results gather, how a task behaves.
    Never,
}

/// What the value of a sign is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueOf {
    /// Completion of a task or a skill in percent, by a rule that holds: a low one is a deficit to be taught.
    Completion,
    /// Completion in percent, by a rule that is not confirmed.
    UnconfirmedCompletion,
    /// Anything else.
    Other,
}

/// Whether a sign can be found for the year before the reported one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearBefore {
    /// It can: it reads the tables of one year.
    Found,
    /// It compares years itself.
    ComparesYears,
    /// It looks at rows of pupils, which is done for the reported year alone.
    NeedsRows,
}

/// What a sign has in common with others: findings that have one cause are told as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Nothing.
    Own,
    /// A school with more «2»: leads.
    MoreTwos,
    /// A school low in the whole work: part of its «2», and leads over its skills.
    LowTotal,
    /// A skill of a school below that of others: part of a low whole work.
    LowSkill,
    /// A skill of a school below its own level: part of a low whole work, of which it is named.
    WeakSkill,
    /// Tasks that a school left out.
    TaskLeftOut,
    /// A skill with a deficit: leads over its tasks.
    SkillDeficit,
    /// A task below its threshold: part of the deficit of its skill.
    LowTask,
}

impl Cause {
    /// True for what is said of a school by a test: such findings are told in the order of the pupils they concern.
    pub fn is_of_school(self) -> bool {
        match self {
            Self::MoreTwos | Self::LowTotal | Self::LowSkill | Self::WeakSkill | Self::TaskLeftOut => true,
            Self::Own | Self::SkillDeficit | Self::LowTask => false,
        }
    }
}

/// The rows of the tables of data that a finding rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The counts of its group alone.
    Counts,
    /// Comparisons of its skill, or of the whole work.
    Comparisons,
    /// Comparisons of the share of low results.
    LowShareCompared,
    /// Its skill.
    Skill,
    /// The share of low results over the years.
    LowShareOverYears,
    /// Bands and mean of the test score over the years.
    BandsOverYears,
    /// The same pupils in their exam before.
    Cohort,
    /// Works at the cuts of the marks.
    Boundaries,
    Journal,
    /// Marks of the classes of the school.
    Classes,
    /// Primary scores.
    Scores,
    /// Its task by mark.
    TaskByMark,
    /// Marks and bands of the group.
    LowResults,
    /// The same in every exam of the run.
    LowResultsOfAllExams,
    /// Marks of every school.
    MarksOfSchools,
    /// Rows of the files whose points are equal.
    EqualRows,
    /// Rows of the official list.
    OfficialList,
}

impl Evidence {
    /// True where results of an earlier exam stand beside those of this one.
    pub fn is_over_years(self) -> bool {
        matches!(self, Self::LowShareOverYears | Self::BandsOverYears | Self::Cohort)
    }
}
