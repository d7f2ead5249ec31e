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
    /// The rule in words; `{id}` stands for a threshold, which is printed by `wording::rule`.
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
    /// The sentence of the documents; empty for a check that found nothing and for rules that stay in the tables.
    pub text: String,
    /// Pupils that the finding concerns, weighted by how sure it is; serves the order alone and is never printed.
    pub affected: f64,
    /// Id of the finding that this one is a part of; empty where it stands by itself.
    pub part_of: String,
    /// Tasks that the finding rests on, as indices into the exam's tasks; empty where its matter says it all.
    pub tasks: Vec<u16>,
}

/// Tests of one sign on one exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilyCount {
    /// Code of the sign.
    pub sign: &'static str,
    /// Tests made.
    pub checked: usize,
    /// Tests that fired.
    pub fired: usize,
}

/// Groups of signs of the sheet of particulars: signs of one group read the same thing and count once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignGroup {
    /// Distribution of scores: S05, F06, S08.
    Distribution,
    /// Journal: S06.
    Journal,
    /// Answers to the tasks: S07, S09, S12.
    Answers,
    /// What others say: official list F41, the next exam of the same pupils S13.
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

    /// Codes of its signs.
    pub fn signs(self) -> &'static [&'static str] {
        match self {
            Self::Distribution => &["S05", "F06", "S08"],
            Self::Journal => &["S06"],
            Self::Answers => &["S07", "S09", "S12"],
            Self::External => &["F41", "S13"],
        }
    }
}

/// What one group of signs says of a school on one exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupState {
    /// At least one sign fired.
    Fired,
    /// Something was tested, nothing fired.
    Quiet,
    /// Nothing could be tested.
    NotComputed,
}

/// Particulars of a school on one exam. Grain: one per school of the focus with results, in the order of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Particulars {
    /// Id of the school.
    pub school: String,
    /// State per group, in the order of [`SignGroup::ALL`].
    pub groups: [GroupState; 4],
    /// Codes of the signs that fired.
    pub signs: Vec<String>,
}

impl Particulars {
    /// Groups that fired.
    pub fn fired(&self) -> usize {
        self.groups.iter().filter(|state| **state == GroupState::Fired).count()
    }
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
    /// Half of the zone around the threshold, in percentage points; 0 for none.
    pub zone: f64,
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
    /// Participants of the other schools; none in editions, which do not tell it.
    pub n_reference: Option<u64>,
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
    /// Tests made, for the sentence about chance.
    pub checked: usize,
    /// How many of them fired.
    pub fired: usize,
    /// The same by sign, sorted.
    pub families: Vec<FamilyCount>,
    /// Particulars by school; empty where there is only one school.
    pub particulars: Vec<Particulars>,
    /// Schools that would have two groups of signs or more by chance alone, were the groups independent.
    pub by_chance: f64,
}

impl Findings {
    /// Counts tests of a sign.
    pub fn count(&mut self, sign: &'static str, checked: usize, fired: usize) {
        self.checked += checked;
        self.fired += fired;
        match self.families.binary_search_by_key(&sign, |family| family.sign) {
            Ok(place) => {
                if let Some(family) = self.families.get_mut(place) {
                    family.checked += checked;
                    family.fired += fired;
                }
            }
            Err(place) => self.families.insert(place, FamilyCount { sign, checked, fired }),
        }
    }

    /// Whether a sign has a finding about a school.
    pub fn has_fired(&self, sign: &str, school: &str) -> bool {
        self.findings.iter().any(|one| one.is_about(sign, school) && one.status == Status::Probable)
    }
}

impl Finding {
    /// True for a finding of a sign about a school.
    pub fn is_about(&self, sign: &str, school: &str) -> bool {
        self.sign == sign && self.level == Level::School && self.group == school
    }
}
