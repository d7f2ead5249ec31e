//! The tally: one table of counts per exam, enough for every number that follows.

use super::assessment::Exam;
use super::block::{ABSENT_PART, NOT_ATTEMPTED, NOT_OFFERED, PointCode, UNREADABLE, ZEROED};
use super::level::Level;
use std::sync::Arc;

/// A group of participants: a level and a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    pub level: Level,
    /// Name; empty for [`Level::All`].
    pub name: String,
}

/// Part of a group: participants alike in total, result and completeness.
///
/// Groups that keep less than that have none in the fields that they leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stratum {
    /// Primary score; none also where it is not kept.
    pub total: Option<u16>,
    /// Mark or test score as accepted; none also where it is not kept.
    pub result: Option<u16>,
    /// True where all tasks were offered, readable and in a part that was written.
    pub complete: bool,
}

/// Participants of a stratum with one outcome on one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutcomeCount {
    /// Index into [`Tally::groups`].
    pub group: u32,
    /// Index into the exam's tasks.
    pub task: u16,
    pub stratum: Stratum,
    /// Points or code.
    pub outcome: PointCode,
    /// Participants.
    pub n: u32,
}

/// Participants of a group with one total and result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParticipantCount {
    /// Index into [`Tally::groups`].
    pub group: u32,
    /// Total, result, completeness: kept in full at every level.
    pub stratum: Stratum,
    /// Participants.
    pub n: u32,
}

/// Participants of a group with one mark and one journal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JournalCount {
    /// Index into [`Tally::groups`].
    pub group: u32,
    /// Mark of the work, 2 to 5.
    pub mark: u8,
    /// Journal mark, 2 to 5.
    pub journal: u8,
    /// Participants.
    pub n: u32,
}

/// What a work demands of some of its tasks, by its place in the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Demand {
    /// A condition of marks.
    Condition(u16),
    /// Points recommended for classes of a profile.
    ProfileMinimum(u16),
}

impl Demand {
    /// The demand in words: «не менее 2 баллов за геометрию», «физико-математический профиль: 19 баллов, из них 7 за
    /// задания 15–19».
    pub fn title(self, exam: &Exam) -> String {
        match self {
            Self::Condition(place) => {
                exam.conditions.get(usize::from(place)).map(|condition| condition.note.clone()).unwrap_or_default()
            }
            Self::ProfileMinimum(place) => match exam.profile_minima.get(usize::from(place)) {
                Some(minimum) => {
                    let profile = match minimum.profile.as_str() {
                        "" => "профильный класс".to_owned(),
                        profile => format!("{profile} профиль"),
                    };
                    let of_tasks = match minimum.min_of_tasks {
                        0 => String::new(),
                        least => format!(", из них {least} за задания {}", in_runs(&minimum.tasks)),
                    };
                    format!("{profile}: от {} баллов{of_tasks}", minimum.min)
                }
                None => String::new(),
            },
        }
    }
}

/// Numbers of tasks, three and more in a row as «15–19».
fn in_runs(ids: &[String]) -> String {
    let follows = |left: &String, right: &String| {
        let number = |id: &String| id.parse::<u16>().ok();
        number(left).zip(number(right)).is_some_and(|(left, right)| left.checked_add(1) == Some(right))
    };
    let of_run = |run: &[String]| match run {
        [first, _, .., last] => format!("{first}–{last}"),
        few => few.join(", "),
    };
    ids.chunk_by(follows).map(of_run).collect::<Vec<_>>().join(", ")
}

/// Participants of a group by one demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemandCount {
    /// Index into [`Tally::groups`].
    pub group: u32,
    pub demand: Demand,
    /// Participants whom it concerns.
    pub asked: u32,
    /// Those of them who meet it.
    pub met: u32,
}

/// Points over the tasks of one skill, taken as one more task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkillCount {
    /// Index into [`Tally::groups`].
    pub group: u32,
    /// Index into [`Tally::skills`].
    pub skill: u16,
    /// Sum of points over the offered, readable tasks.
    pub sum: u32,
    /// Sum of their maxima.
    pub max_sum: u32,
    /// Participants with this pair.
    pub n: u32,
}

/// Counts of one exam.
///
/// Grain: (group, task, stratum, outcome) → n, and beside it participants, journal pairs, absences and skills.
/// All integers, so two tallies of disjoint files add up. Order: as the fields are written.
#[derive(Clone, Debug)]
pub struct Tally {
    pub exam: Arc<Exam>,
    /// Groups, sorted.
    pub groups: Vec<Group>,
    /// Outcomes: full strata for all, sex, type, locality, textbook and variant; the result alone for municipalities
    /// and schools; no stratum for classes.
    pub outcomes: Vec<OutcomeCount>,
    pub participants: Vec<ParticipantCount>,
    /// Pairs of mark and journal mark, for all, regions, municipalities, schools and classes; empty for test scores.
    pub journal: Vec<JournalCount>,
    /// Absent pupils per group; none where no form of the exam lists them.
    pub absent: Option<Vec<u32>>,
    /// Names of the skills in the order of their first task.
    pub skills: Vec<String>,
    /// Indices of the tasks of each skill.
    pub skill_tasks: Vec<Vec<u16>>,
    /// Points by skill, at every level.
    pub skill_counts: Vec<SkillCount>,
    /// Which class belongs to which school: (school, class) as indices into `groups`, sorted; only classes with
    /// participants.
    pub classes: Vec<(u32, u32)>,
    /// Participants by the demands of the work, for all, regions, municipalities and schools; empty where it has none.
    pub demands: Vec<DemandCount>,
}

/// What participants did on one task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskCounts {
    /// Participants to whom the task was put and whose cell can be read.
    pub n: u64,
    /// Sum of their points; not attempted counts as 0.
    pub sum: u64,
    /// Participants with full points; 0 where the maximum is unknown.
    pub full: u64,
    /// Participants with some points but not all.
    pub partial: u64,
    /// Participants with an explicit 0.
    pub zero: u64,
    /// Participants who did not attempt it.
    pub not_attempted: u64,
    /// Participants to whom it was not offered, or who were absent from its part.
    pub not_offered: u64,
    /// Participants who got 0 by a rule, because the criterion on which this one depends had no points.
    pub zeroed: u64,
    /// Cells that cannot be read.
    pub unreadable: u64,
}

impl TaskCounts {
    /// Adds participants with one outcome; `max` is the task's maximum.
    pub fn add(&mut self, outcome: PointCode, n: u32, max: Option<u16>) {
        let n = u64::from(n);
        match outcome {
            NOT_OFFERED | ABSENT_PART => self.not_offered += n,
            ZEROED => self.zeroed += n,
            UNREADABLE => self.unreadable += n,
            NOT_ATTEMPTED => {
                self.n += n;
                self.not_attempted += n;
            }
            points => {
                self.n += n;
                self.sum += u64::from(points) * n;
                match points {
                    0 => self.zero += n,
                    _ if Some(u16::from(points)) == max => self.full += n,
                    _ => self.partial += n,
                }
            }
        }
    }
}

impl Tally {
    /// Index of a group.
    pub fn group(&self, level: Level, name: &str) -> Option<u32> {
        let place =
            self.groups.binary_search_by(|group| (group.level, group.name.as_str()).cmp(&(level, name))).ok()?;
        u32::try_from(place).ok()
    }

    /// Outcomes of one group on one task, strata together or apart.
    pub fn outcomes_of(&self, group: u32, task: u16) -> &[OutcomeCount] {
        let from = self.outcomes.partition_point(|cell| (cell.group, cell.task) < (group, task));
        let to = self.outcomes.partition_point(|cell| (cell.group, cell.task) <= (group, task));
        self.outcomes.get(from..to).unwrap_or_default()
    }

    /// Participants of one group.
    pub fn participants_of(&self, group: u32) -> &[ParticipantCount] {
        let from = self.participants.partition_point(|cell| cell.group < group);
        let to = self.participants.partition_point(|cell| cell.group <= group);
        self.participants.get(from..to).unwrap_or_default()
    }

    /// Classes of a school, as pairs with it.
    pub fn classes_of(&self, school: u32) -> &[(u32, u32)] {
        let from = self.classes.partition_point(|(own, _)| *own < school);
        let to = self.classes.partition_point(|(own, _)| *own <= school);
        self.classes.get(from..to).unwrap_or_default()
    }

    /// Journal pairs of one group.
    pub fn journal_of(&self, group: u32) -> &[JournalCount] {
        let from = self.journal.partition_point(|cell| cell.group < group);
        let to = self.journal.partition_point(|cell| cell.group <= group);
        self.journal.get(from..to).unwrap_or_default()
    }

    /// Points of one group on one skill.
    pub fn skills_of(&self, group: u32, skill: u16) -> &[SkillCount] {
        let from = self.skill_counts.partition_point(|cell| (cell.group, cell.skill) < (group, skill));
        let to = self.skill_counts.partition_point(|cell| (cell.group, cell.skill) <= (group, skill));
        self.skill_counts.get(from..to).unwrap_or_default()
    }

    /// Counts of one group on one task.
    pub fn task_counts(&self, group: u32, task: u16) -> TaskCounts {
        let max = self.exam.tasks.get(usize::from(task)).and_then(|task| task.max);
        let mut counts = TaskCounts::default();
        for cell in self.outcomes_of(group, task) {
            counts.add(cell.outcome, cell.n, max);
        }
        counts
    }

    /// Number of participants of one group.
    pub fn size(&self, group: u32) -> u64 {
        self.participants_of(group).iter().map(|cell| u64::from(cell.n)).sum()
    }
}
