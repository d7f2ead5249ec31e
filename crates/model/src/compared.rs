//! What is measured of groups: the names in the columns `measure` of `comparisons.csv`, `dynamics.csv`, `funnel.csv`
//! and `effectiveness.csv`.

use super::assessment::Exam;
use super::band::Band;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// What a value of a group is a value of; ordered by the name in the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasureId {
    ShareOfTwo,
    ShareOfFourAndFive,
    /// Share of «3» to «5».
    Pass,
    /// Share of «4» and «5» in `dynamics.csv`.
    Quality,
    MeanMark,
    MeanTest,
    /// Share of a band of test scores.
    Band(Band),
    /// The same in `dynamics.csv`.
    BandOverYears(Band),
    /// Share of test scores from 61.
    From61,
    /// Share of test scores from the minimum, for cohorts only.
    FromMinimum,
    /// Primary score, in percent of the maximum.
    Total,
    /// Completion of the task with this number.
    Task(String),
    /// Its completion less the mean of the other tasks.
    TaskOwn(String),
    /// Completion of the skill with this name.
    Skill(String),
    /// Its completion less that of the other tasks; of a municipality, less the mean of the other skills.
    SkillOwn(String),
    /// Compared with the schools of the same type.
    SameType(Box<Self>),
    /// Compared with the country.
    Country(Box<Self>),
    /// Of the same pupils in an earlier exam, which was another work.
    Cohort(Box<Self>),
}

impl MeasureId {
    /// Share of test scores below the minimum of the year.
    pub const BELOW_MINIMUM: Self = Self::Band(Band::BelowMinimum);
    /// Share of test scores from 81.
    pub const FROM_81: Self = Self::Band(Band::UpTo100);
    /// Names that stand for themselves.
    const PLAIN: [Self; 17] = [
        Self::ShareOfTwo,
        Self::ShareOfFourAndFive,
        Self::Pass,
        Self::Quality,
        Self::MeanMark,
        Self::MeanTest,
        Self::Band(Band::BelowMinimum),
        Self::Band(Band::UpTo60),
        Self::Band(Band::UpTo80),
        Self::Band(Band::UpTo100),
        Self::BandOverYears(Band::BelowMinimum),
        Self::BandOverYears(Band::UpTo60),
        Self::BandOverYears(Band::UpTo80),
        Self::BandOverYears(Band::UpTo100),
        Self::From61,
        Self::FromMinimum,
        Self::Total,
    ];

    /// Completion of a task.
    pub fn task(id: &str) -> Self {
        Self::Task(id.to_owned())
    }

    /// Completion of a skill.
    pub fn skill(title: &str) -> Self {
        Self::Skill(title.to_owned())
    }

    /// The same, compared with the schools of the same type.
    pub fn against_same_type(&self) -> Self {
        Self::SameType(Box::new(self.clone()))
    }

    /// The same, compared with the country.
    pub fn against_country(&self) -> Self {
        Self::Country(Box::new(self.clone()))
    }

    /// The same, of the same pupils in an earlier exam.
    pub fn of_cohort(&self) -> Self {
        Self::Cohort(Box::new(self.clone()))
    }

    /// The measure itself, whoever it is compared with and whenever.
    pub fn plain(&self) -> &Self {
        match self {
            Self::SameType(of) | Self::Country(of) | Self::Cohort(of) => of,
            own => own,
        }
    }

    /// Whether its values are marks or test scores, not percent.
    pub fn is_mean_result(&self) -> bool {
        matches!(self.plain(), Self::MeanMark | Self::MeanTest)
    }

    /// Whether less of it is better.
    pub fn is_low_share(&self) -> bool {
        matches!(
            self.plain(),
            Self::ShareOfTwo | Self::Band(Band::BelowMinimum) | Self::BandOverYears(Band::BelowMinimum)
        )
    }

    /// What is before the parameter, the parameter, and what is after it.
    fn parts(&self) -> [&str; 4] {
        match self {
            Self::ShareOfTwo => ["", "share_of_2", "", ""],
            Self::ShareOfFourAndFive => ["", "share_of_4_5", "", ""],
            Self::Pass => ["", "pass_pct", "", ""],
            Self::Quality => ["", "quality_pct", "", ""],
            Self::MeanMark => ["", "mean_mark", "", ""],
            Self::MeanTest => ["", "mean_test", "", ""],
            Self::Band(band) => ["", band.id(), "", ""],
            Self::BandOverYears(band) => ["", band.share(), "", ""],
            Self::From61 => ["", "from_61_to_100", "", ""],
            Self::FromMinimum => ["", "from_min_pct", "", ""],
            Self::Total => ["", "total", "", ""],
            Self::Task(id) => ["", TASK, id, ""],
            Self::TaskOwn(id) => ["", TASK_OWN, id, ""],
            Self::Skill(title) => ["", SKILL, title, ""],
            Self::SkillOwn(title) => ["", SKILL_OWN, title, ""],
            Self::SameType(of) => of.within("", SAME_TYPE),
            Self::Country(of) => of.within("", COUNTRY),
            Self::Cohort(of) => of.within(COHORT, ""),
        }
    }

    /// The parts of a plain measure between these.
    fn within<'a>(&'a self, before: &'a str, after: &'a str) -> [&'a str; 4] {
        let [_, name, parameter, _] = self.parts();
        [before, name, parameter, after]
    }
}

const TASK: &str = "task-";
const TASK_OWN: &str = "task_own-";
const SKILL: &str = "skill:";
const SKILL_OWN: &str = "skill_own:";
const SAME_TYPE: &str = ":same-type";
const COUNTRY: &str = ":country";
const COHORT: &str = "cohort:";

impl fmt::Display for MeasureId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts().into_iter().try_for_each(|part| formatter.write_str(part))
    }
}

impl Ord for MeasureId {
    fn cmp(&self, other: &Self) -> Ordering {
        let (own, others) = (self.parts(), other.parts());
        own.iter().flat_map(|part| part.bytes()).cmp(others.iter().flat_map(|part| part.bytes()))
    }
}

impl PartialOrd for MeasureId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// No measure has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownMeasure;

impl FromStr for MeasureId {
    type Err = UnknownMeasure;

    fn from_str(name: &str) -> Result<Self, UnknownMeasure> {
        if let Some(of) = name.strip_prefix(COHORT) {
            return Ok(Self::Cohort(Box::new(of.parse()?)));
        }
        if let Some(of) = name.strip_suffix(SAME_TYPE) {
            return Ok(Self::SameType(Box::new(of.parse()?)));
        }
        if let Some(of) = name.strip_suffix(COUNTRY) {
            return Ok(Self::Country(Box::new(of.parse()?)));
        }
        let after = |prefix: &str| name.strip_prefix(prefix).map(str::to_owned);
        let with_parameter = after(TASK)
            .map(Self::Task)
            .or_else(|| after(TASK_OWN).map(Self::TaskOwn))
            .or_else(|| after(SKILL).map(Self::Skill))
            .or_else(|| after(SKILL_OWN).map(Self::SkillOwn));
        if let Some(measure) = with_parameter {
            return Ok(measure);
        }
        Self::PLAIN.into_iter().find(|one| one.parts()[1] == name).ok_or(UnknownMeasure)
    }
}

/// What counts as a low result of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LowResult {
    /// The mark «2».
    Two,
    /// A test score below the minimum.
    BelowMinimum,
}

impl LowResult {
    /// That of an exam.
    pub fn of_exam(exam: &Exam) -> Self {
        if exam.has_test_scores() { Self::BelowMinimum } else { Self::Two }
    }

    /// Its share in `comparisons.csv`.
    pub fn compared(self) -> MeasureId {
        match self {
            Self::Two => MeasureId::ShareOfTwo,
            Self::BelowMinimum => MeasureId::BELOW_MINIMUM,
        }
    }

    /// Its share in `dynamics.csv`.
    pub fn over_years(self) -> MeasureId {
        match self {
            Self::Two => MeasureId::ShareOfTwo,
            Self::BelowMinimum => MeasureId::BandOverYears(Band::BelowMinimum),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MeasureId, UnknownMeasure};

    #[test]
    fn names_are_read_as_they_are_written_and_sort_as_words() {
        let mut all = MeasureId::PLAIN.to_vec();
        all.extend(["1", "16.1"].map(MeasureId::task));
        all.extend([MeasureId::skill("чтение"), MeasureId::SkillOwn("чтение: вслух".to_owned())]);
        all.push(MeasureId::TaskOwn("К1".to_owned()));
        all.push(MeasureId::SameType(Box::new(MeasureId::skill("чтение"))));
        all.push(MeasureId::Country(Box::new(MeasureId::ShareOfTwo)));
        all.push(MeasureId::Cohort(Box::new(MeasureId::Pass)));
        let mut names: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert!(names.iter().zip(&all).all(|(name, one)| name.parse().as_ref() == Ok(one)), "{names:?}");
        assert!(
            ["skill:чтение:same-type", "share_of_2:country", "cohort:pass_pct"]
                .iter()
                .all(|name| names.contains(&(*name).to_owned()))
        );
        all.sort();
        names.sort_unstable();
        assert_eq!(all.iter().map(ToString::to_string).collect::<Vec<_>>(), names);
        for wrong in ["", "share_of_3", "total ", "task"] {
            assert_eq!(wrong.parse::<MeasureId>(), Err(UnknownMeasure), "{wrong}");
        }
    }
}
