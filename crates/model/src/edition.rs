//! What may leave the office: counts that an edition is cut from, what of them is hidden, and what is shown.

use super::assessment::Exam;
use super::block::PointCode;
use super::level::Level;
use super::unit::Percent;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Points of a group on a task or skill, and the most that the group could have had; 0 of 0 where it was not put to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Sum of points.
    pub sum: u64,
    /// Greatest possible sum.
    pub most: u64,
}

impl Part {
    /// Completion; none where nothing was put to the group.
    pub fn share(self) -> Option<Percent> {
        Percent::of(self.sum, self.most)
    }

    /// True where nobody or everybody has full points: the share tells what each single pupil did.
    pub fn tells_all(self) -> bool {
        self.sum == 0 || self.sum == self.most
    }
}

/// Counts of one group in one exam, all of them additive over groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCounts {
    /// Id of the school; empty for participants of no school of the list, and for a total.
    pub group: String,
    /// Participants: those with a mark or band, all where the work has neither.
    pub n: u64,
    /// Participants with mark 2 to 5, or in the four bands of the test score; zeros where the work has neither.
    pub bands: [u64; 4],
    /// Tasks in the order of the paper.
    pub tasks: Vec<Part>,
    /// Skills in the order of the measures.
    pub skills: Vec<Part>,
}

impl GroupCounts {
    /// True where participants have marks or bands.
    pub fn has_bands(&self) -> bool {
        self.bands.iter().any(|count| *count > 0)
    }

    /// Adds another group.
    pub fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.bands.iter_mut().zip(other.bands).for_each(|(all, more)| *all += more);
        for (mine, theirs) in [(&mut self.tasks, &other.tasks), (&mut self.skills, &other.skills)] {
            mine.resize(mine.len().max(theirs.len()), Part::default());
            for (all, more) in mine.iter_mut().zip(theirs) {
                all.sum += more.sum;
                all.most += more.most;
            }
        }
    }
}

/// Counts of one exam by school; their sum is the group of which the editions speak.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamCounts {
    /// Schools with participants, in the order of the register; last, with an empty id, participants of no school of
    /// the list, where there are such.
    pub schools: Vec<GroupCounts>,
    /// Greatest points of each task; 0 where unknown.
    pub task_max: Vec<u64>,
    /// Tasks of every skill, by index.
    pub skill_tasks: Vec<Vec<u16>>,
    /// Least and greatest primary score of each mark or band; none where no scale tells.
    pub score_bounds: Option<[(u64, u64); 4]>,
}

impl ExamCounts {
    /// All schools together.
    pub fn total(&self) -> GroupCounts {
        let mut total = GroupCounts::default();
        self.schools.iter().for_each(|school| total.add(school));
        total
    }

    /// A school by id.
    pub fn school(&self, id: &str) -> Option<&GroupCounts> {
        self.schools.iter().find(|school| school.group == id)
    }
}

/// How marks or bands are merged; the order is from fine to coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cut {
    /// Each mark or band apart.
    Four,
    /// The lowest against the rest: «успеваемость».
    Pass,
    /// The two lower against the two upper: «качество».
    Quality,
    /// Participants only.
    Count,
}

impl Cut {
    /// Columns as sets of places in [`GroupCounts::bands`]; none for the number of participants alone.
    pub fn columns(self) -> &'static [&'static [usize]] {
        match self {
            Self::Four => &[&[0], &[1], &[2], &[3]],
            Self::Pass => &[&[0], &[1, 2, 3]],
            Self::Quality => &[&[0, 1], &[2, 3]],
            Self::Count => &[],
        }
    }

    /// True where every column of the other is a union of columns of this one.
    pub fn gives(self, other: Self) -> bool {
        self == other || self == Self::Four || other == Self::Count
    }

    /// Participants of a group by column.
    pub fn of(self, bands: &[u64; 4]) -> Vec<u64> {
        let sum = |column: &&[usize]| column.iter().filter_map(|place| bands.get(*place)).sum();
        self.columns().iter().map(sum).collect()
    }
}

/// What of an exam is hidden; kept for a school year, in which it only grows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// How marks or bands are merged.
    pub cut: Cut,
    /// Schools of which nothing is shown.
    pub hidden: BTreeSet<String>,
    /// Single tasks of other schools.
    pub tasks: BTreeSet<(String, u16)>,
    /// Tasks of the total.
    pub total_tasks: BTreeSet<u16>,
    /// True where the total is hidden as a whole.
    pub total_hidden: bool,
}

impl Pattern {
    /// True where the task of the school is hidden.
    pub fn hides(&self, school: &str, task: u16) -> bool {
        self.hidden.contains(school) || self.tasks.contains(&(school.to_owned(), task))
    }
}

/// The last publication of an exam in a school year: what the next one must agree with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Period in which it was published, `YYYY-MM`.
    pub period: String,
    /// Counts behind it, the hidden ones too: stays in the store.
    pub counts: ExamCounts,
    /// What it hid.
    pub pattern: Pattern,
    /// The publication before in the same school year, of which only participants and marks are kept: sums that are
    /// printed now must not tell of that one either.
    #[serde(default)]
    pub former: Option<Box<Publication>>,
}

/// A row of an edition. A share and its number of participants stand side by side, the number of those counted never.
#[derive(Clone, Debug, PartialEq)]
pub struct EditionRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Participants; none where hidden.
    pub n: Option<u64>,
    /// Shares by column of the cut; empty where hidden.
    pub shares: Vec<Percent>,
    /// Completion by task; none where hidden or not put to the group.
    pub tasks: Vec<Option<Percent>>,
    /// Completion by skill; none where hidden or not put to the group.
    pub skills: Vec<Option<Percent>>,
}

/// One exam of an edition.
#[derive(Clone, Debug)]
pub struct EditionExam {
    /// The exam.
    pub exam: Arc<Exam>,
    /// How marks or bands are merged.
    pub cut: Cut,
    /// Names of the skills, by index.
    pub skills: Vec<String>,
    /// The group as a whole, then its parts in the order of the register; hidden parts have a row without values.
    pub rows: Vec<EditionRow>,
    /// Period whose tables stay in force because too little changed since; empty where these are the tables.
    pub held: String,
}

impl EditionExam {
    /// The group as a whole.
    pub fn total(&self) -> Option<&EditionRow> {
        self.rows.first()
    }
}

/// What a school may know of the others: quartiles over schools, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quartiles {
    /// A quarter of the schools lies below.
    pub lower: Percent,
    /// Half of the schools lies below.
    pub median: Percent,
    /// A quarter of the schools lies above.
    pub upper: Percent,
}

/// A participant in the edition of the own school.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PupilRow {
    /// Class, `8А`; empty where unknown.
    pub class: String,
    /// Place in the protocol that the school holds, for one whose protocol has no codes; 0 for one with a code.
    pub place: u32,
    /// Code of the form, or the place in words.
    pub code: String,
    /// Primary score; none where not all tasks can be read.
    pub total: Option<u16>,
    /// Mark or test score; none where there is none.
    pub result: Option<u16>,
    /// Outcomes, one per task of the exam.
    pub points: Vec<PointCode>,
}

/// What a school may know of all participants of its municipality together, in whole percent and by task or skill; none
/// where it may not know it, empty where it may know nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    /// Completion by task.
    pub tasks: Vec<Option<Percent>>,
    /// Completion by skill.
    pub skills: Vec<Option<Percent>>,
    /// Completion by task of those with «3», and of those with «5».
    pub by_mark: [Vec<Option<Percent>>; 2],
    /// Completion by task in the rest of the region.
    pub region: Vec<Option<Percent>>,
}

/// A skill of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillTasks {
    /// Name; empty for tasks without one.
    pub title: String,
    /// Its tasks, by index.
    pub tasks: Vec<usize>,
}

/// The own results of a school in one exam, with what it may know of the others.
#[derive(Clone, Debug)]
pub struct SchoolExam {
    /// The exam.
    pub exam: Arc<Exam>,
    /// The school, then its classes by name.
    pub groups: Vec<GroupCounts>,
    /// Quartiles over schools by column of [`Cut::Pass`] and [`Cut::Quality`]: «успеваемость», «качество».
    pub marks: [Option<Quartiles>; 2],
    /// Quartiles over schools by task.
    pub tasks: Vec<Option<Quartiles>>,
    /// Skills of the work.
    pub skills: Vec<SkillTasks>,
    /// All participants together.
    pub whole: Whole,
    /// Thresholds of the tasks by their level, in percent; none where there is none.
    pub thresholds: Vec<Option<f64>>,
    /// Participants, sorted by class, place and code.
    pub pupils: Vec<PupilRow>,
}
