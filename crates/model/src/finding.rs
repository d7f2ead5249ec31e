//! Findings: what a sign says about a group, with its rule, threshold and source.

use super::check::CheckState;
use super::level::Level;
use super::measures::Interval;
use super::sign::{SignDefinition, SignId};
use super::unit::Percent;

pub use super::family::{Family, FamilyCount};
pub use super::said::Said;

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

/// How strong a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// A task against the threshold of its level.
    Judged(Verdict),
    /// A task by the grades of practice.
    WeakTask,
    /// The same, lower.
    CriticalTask,
    /// A share of lowered marks by the grades of practice.
    MediumShare,
    /// The same, greater.
    HighShare,
}

impl Severity {
    const ALL: [Self; 8] = [
        Self::Judged(Verdict::Sufficient),
        Self::Judged(Verdict::Zone),
        Self::Judged(Verdict::Insufficient),
        Self::Judged(Verdict::Unknown),
        Self::WeakTask,
        Self::CriticalTask,
        Self::MediumShare,
        Self::HighShare,
    ];

    /// The word of `findings.csv` and of the sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Judged(verdict) => verdict.title(),
            Self::WeakTask => "слабое",
            Self::CriticalTask => "критическое",
            Self::MediumShare => "средняя",
            Self::HighShare => "высокая",
        }
    }

    /// The severity that this word stands for.
    pub(crate) fn from_title(title: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.title() == title)
    }
}

/// One finding.
///
/// Grain: one per sign, exam, level, group and matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `<sign>-<exam without year>-<level>-<group>-<matter>`: survives the months.
    pub id: String,
    /// The sign.
    pub sign: &'static SignDefinition,
    /// How sure.
    pub status: Status,
    /// Strength, where its rule knows degrees.
    pub severity: Option<Severity>,
    /// Name of the exam.
    pub exam: String,
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// What it is about.
    pub matter: Matter,
    /// The matter in words: «задание 3» or the name of the skill.
    pub matter_title: String,
    /// Number of the task as the paper prints it; empty where the matter is none.
    pub task_number: String,
    /// Value.
    pub value: Option<f64>,
    /// Threshold that it passed.
    pub threshold: Option<f64>,
    /// Its source, for the reader.
    pub threshold_source: String,
    /// Unit of value and threshold, where the sign says both of one thing.
    pub unit: String,
    /// Participants.
    pub n: u64,
    /// p of the test.
    pub p: Option<f64>,
    /// Adjusted p.
    pub q: Option<f64>,
    /// Probability that the difference is as large as the threshold; none for signs that test.
    pub sure: Option<f64>,
    /// What became of the test; none where nothing was tested.
    pub state: Option<CheckState>,
    /// What the documents say.
    pub said: Said,
    /// Pupils that the finding concerns, weighted by how sure it is; serves the order alone and is never printed.
    pub affected: f64,
    /// Id of the finding that this one is a part of; empty where it stands by itself.
    pub part_of: String,
    /// Tasks that the finding rests on, as indices into the exam's tasks; empty where its matter says it all.
    pub tasks: Vec<u16>,
}

/// What one group of signs says of a school on one exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupState {
    /// At least one sign fired.
    Fired,
    /// Something was tested, nothing fired.
    Quiet,
    /// All schools have it together, so that none is quiet.
    Common,
    /// Nothing fired, but a deviation that matters would often have gone unseen.
    Indistinct,
    /// Nothing could be tested.
    NotComputed,
}

/// Particulars of a school on one exam. Grain: one per school of the focus with results, in the order of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Particulars {
    /// Id of the school.
    pub school: String,
    /// State per group, in the order of [`SignGroup::ALL`](crate::sign::SignGroup::ALL).
    pub groups: [GroupState; 4],
    /// Codes of the signs that fired.
    pub signs: Vec<SignId>,
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

/// Verdict on one skill of one group by the verdicts on its tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillVerdict {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// The skill, by index into the tally's skills.
    pub skill: u16,
    /// Insufficient: a deficit by F07; zone: not all of it sufficient; unknown where no task has a level, and for ОГЭ
    /// and ЕГЭ, whose thresholds are not confirmed.
    pub verdict: Verdict,
    /// Its tasks, as indices into the exam's tasks, in the order of the paper.
    pub tasks: Vec<u16>,
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
    /// The type whose schools it was compared with; empty for all other schools.
    pub kind: String,
    /// True where it is said of the school as a whole, false where of this year alone.
    pub is_lasting: bool,
    /// Completion; for the whole work percent of the greatest score.
    pub value: Percent,
    /// Its interval; none below five participants.
    pub interval: Option<Interval>,
    /// The same of the schools that it was compared with.
    pub reference: Percent,
    /// Participants.
    pub n: u64,
    /// Participants of those; none in editions, which do not tell it.
    pub n_reference: Option<u64>,
}

/// A list of schools, always in the order of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct SchoolList {
    /// Heading.
    pub title: String,
    /// Ids of the schools, in the order of the register.
    pub schools: Vec<String>,
    /// Why it is empty; empty where it is not.
    pub reason: String,
    /// Schools by matter, each matter in the order of the register.
    pub entries: Vec<ListedSchool>,
}

/// What the signs say about one exam.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Findings in the order in which the documents list them.
    pub findings: Vec<Finding>,
    /// Verdicts on the tasks of the group of which the documents speak, in the order of the paper.
    pub verdicts: Vec<TaskVerdict>,
    /// Verdicts on the skills of every group, sorted by level and group.
    pub skills: Vec<SkillVerdict>,
    /// Schools whose experience is worth studying; none where that was not asked.
    pub worth_studying: Option<SchoolList>,
    /// Tests made, for the sentence about chance.
    pub checked: usize,
    /// How many of them fired.
    pub fired: usize,
    /// The same by sign, sorted.
    pub families: Vec<FamilyCount>,
    /// Particulars by school; empty where there is only one school.
    pub particulars: Vec<Particulars>,
}

impl Findings {
    /// Counts tests of a sign.
    pub fn count(&mut self, sign: SignId, checked: usize, fired: usize) {
        self.checked += checked;
        self.fired += fired;
        let family = self.family(sign);
        family.checked += checked;
        family.fired += fired;
    }

    /// Counts the checks of a sign by what became of them; `family` holds its q.
    pub fn count_states(&mut self, sign: SignId, family: Family, states: &[CheckState]) {
        states.iter().for_each(|state| self.count_state(sign, *state));
        self.family(sign).family = family;
    }

    /// Counts one check of a sign by what became of it.
    pub fn count_state(&mut self, sign: SignId, state: CheckState) {
        self.count(sign, usize::from(state.is_tested()), usize::from(state == CheckState::Found));
        let family = self.family(sign);
        family.indistinct += usize::from(state == CheckState::Indistinct);
        family.untested += usize::from(state == CheckState::NotTested);
    }

    fn family(&mut self, sign: SignId) -> &mut FamilyCount {
        let place = self.families.binary_search_by_key(&sign, |family| family.sign).unwrap_or_else(|place| {
            self.families.insert(place, FamilyCount { sign, ..FamilyCount::default() });
            place
        });
        &mut self.families[place]
    }

    /// Verdicts on the skills of a group.
    pub fn skills_of(&self, level: Level, group: &str) -> &[SkillVerdict] {
        let key = |verdict: &SkillVerdict| (verdict.level, verdict.group.as_str()).cmp(&(level, group));
        let from = self.skills.partition_point(|verdict| key(verdict).is_lt());
        let to = self.skills.partition_point(|verdict| key(verdict).is_le());
        self.skills.get(from..to).unwrap_or_default()
    }

    /// Whether a sign has a finding about a school.
    pub fn has_fired(&self, sign: &str, school: &str) -> bool {
        let is_of_sign = |one: &Finding| one.sign.id == *sign && one.is_about(one.sign.id, school);
        self.findings.iter().any(|one| is_of_sign(one) && one.status == Status::Probable)
    }
}

impl Finding {
    /// True for a finding of a sign about a school.
    pub fn is_about(&self, sign: SignId, school: &str) -> bool {
        self.sign.id == sign && self.level == Level::School && self.group == school
    }

    /// True where the documents say nothing.
    pub fn is_silent(&self) -> bool {
        self.said == Said::Silent
    }

    /// True where it is told by itself: not silent, and no part of another finding.
    pub fn is_told(&self) -> bool {
        !self.is_silent() && self.part_of.is_empty()
    }

    /// The sentence; empty where the documents say nothing.
    pub fn text(&self) -> String {
        self.said.to_string()
    }
}
