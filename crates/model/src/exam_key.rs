//! What names an exam, and the name itself.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A kind of external assessment («оценочная процедура»).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Procedure {
    /// ВПР, all-Russian check work.
    Vpr,
    /// ОГЭ, exam after grade 9.
    Oge,
    /// ЕГЭ, exam after grade 11.
    Ege,
    /// Regional diagnostic work.
    Regional,
    /// ГВЭ, state final exam for pupils who need other conditions; its tasks and scales are its own.
    Gve,
}

impl Procedure {
    /// All procedures.
    pub const ALL: [Self; 5] = [Self::Vpr, Self::Oge, Self::Ege, Self::Gve, Self::Regional];

    /// The part of an exam's name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Vpr => "vpr",
            Self::Oge => "oge",
            Self::Ege => "ege",
            Self::Gve => "gve",
            Self::Regional => "regional",
        }
    }

    /// The name as it is printed.
    pub fn title(self) -> &'static str {
        match self {
            Self::Vpr => "ВПР",
            Self::Oge => "ОГЭ",
            Self::Ege => "ЕГЭ",
            Self::Gve => "ГВЭ",
            Self::Regional => "РДР",
        }
    }

    /// True where a participant may sit twice in a year and the last attempt counts.
    pub fn has_attempts(self) -> bool {
        matches!(self, Self::Oge | Self::Ege | Self::Gve)
    }

    /// True where the procedure has one grade, so that names need not say it.
    pub fn has_one_grade(self) -> bool {
        matches!(self, Self::Oge | Self::Ege)
    }

    /// The procedure that a word of a form or specification names.
    pub fn from_title(title: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.title() == title)
    }
}

/// Which paper of a subject and grade: papers differ in tasks, maximum and scale, and their results are never added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Paper {
    /// The only one, or the one of the base level.
    #[default]
    Ordinary,
    /// ВПР, advanced level of study («углублённый уровень»).
    Advanced,
    /// ГВЭ in oral form.
    Oral,
    /// ГВЭ, a series of variants with a number of its own: 100, 200, 300, 500.
    Series(u16),
}

impl Paper {
    /// The part of an exam's name; empty for the ordinary one.
    pub fn id(self) -> String {
        match self {
            Self::Ordinary => String::new(),
            Self::Advanced => "advanced".to_owned(),
            Self::Oral => "oral".to_owned(),
            Self::Series(number) => number.to_string(),
        }
    }

    /// The words of a title; none for the ordinary one.
    pub fn title(self) -> Option<String> {
        match self {
            Self::Ordinary => None,
            Self::Advanced => Some("углублённый уровень".to_owned()),
            Self::Oral => Some("устно".to_owned()),
            Self::Series(number) => Some(format!("варианты {number}")),
        }
    }

    /// The paper of a name's last part.
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "advanced" => Some(Self::Advanced),
            "oral" => Some(Self::Oral),
            number => number.parse().ok().filter(|number| number % 100 == 0).map(Self::Series),
        }
    }

    fn is_ordinary(self) -> bool {
        self == Self::Ordinary
    }
}

/// First year whose ВПР are known to be by chance in all subjects but two.
const FIRST_YEAR_OF_CHANCE: u16 = 2026;

/// What tells an exam: procedure, year, subject, grade, the paper where there are several, and the part where a work
/// ends in several marks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExamKey {
    /// Kind of assessment.
    pub procedure: Procedure,
    /// Calendar year in which it was sat.
    pub year: u16,
    /// Slug of the subject as in `subjects.toml`.
    pub subject: String,
    /// Grade of the paper («класс»), 1 to 11.
    pub grade: u8,
    /// Which paper of that grade.
    #[serde(default)]
    pub paper: Paper,
    /// Slug of the part that has a mark of its own (`algebra`); empty for a whole work. Parts are never added up.
    #[serde(default)]
    pub part: String,
}

/// A text that names no exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnExam;

impl fmt::Display for NotAnExam {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("имя работы пишется так: vpr-2026-math-8")
    }
}

impl std::error::Error for NotAnExam {}

impl ExamKey {
    /// The ordinary paper of a subject and grade.
    pub fn new(procedure: Procedure, year: u16, subject: &str, grade: u8) -> Self {
        Self { procedure, year, subject: subject.to_owned(), grade, paper: Paper::Ordinary, part: String::new() }
    }

    /// True where every school with the grade is expected to write the work: neither one for pupils who need other
    /// conditions nor one of the advanced level, nor, in ВПР, a subject that falls to a class by chance.
    ///
    /// Source: order of Рособрнадзор of 07.05.2025 N 991, for the works of 2026.
    pub fn is_for_every_school(&self) -> bool {
        let is_by_chance = self.procedure == Procedure::Vpr
            && self.year >= FIRST_YEAR_OF_CHANCE
            && !["russian", "math"].contains(&self.subject.as_str());
        self.procedure != Procedure::Gve && self.paper.is_ordinary() && !is_by_chance
    }

    /// The work of which this is a part, or itself. The parts of one work are written by the same pupils.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { part: String::new(), ..self.clone() }
    }

    /// True for two parts of one work.
    pub fn is_part_beside(&self, other: &Self) -> bool {
        !self.part.is_empty() && !other.part.is_empty() && self.whole() == other.whole()
    }

    /// Name of the specification: `vpr-2026-math-8`, `vpr-2026-math-8-advanced`, `vpr-2027-math-8-algebra`; ОГЭ and ЕГЭ
    /// have one grade and do not name it.
    pub fn id(&self) -> String {
        self.to_string()
    }

    /// The same without the year: what makes a finding's id survive the years.
    pub fn id_without_year(&self) -> String {
        format!("{}-{}", self.procedure.id(), self.after_year())
    }

    fn after_year(&self) -> String {
        let Self { procedure, subject, grade, paper, part, .. } = self;
        let mut parts = vec![subject.clone()];
        if !procedure.has_one_grade() {
            parts.push(grade.to_string());
        }
        if !paper.is_ordinary() {
            parts.push(paper.id());
        }
        if !part.is_empty() {
            parts.push(part.clone());
        }
        parts.join("-")
    }
}

impl fmt::Display for ExamKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}-{}", self.procedure.id(), self.year, self.after_year())
    }
}

impl FromStr for ExamKey {
    type Err = NotAnExam;

    /// Whether there is such a subject is not known here.
    fn from_str(id: &str) -> Result<Self, NotAnExam> {
        let (procedure, rest) = id.split_once('-').ok_or(NotAnExam)?;
        let procedure = Procedure::ALL.into_iter().find(|known| known.id() == procedure).ok_or(NotAnExam)?;
        let (year, rest) = rest.split_once('-').ok_or(NotAnExam)?;
        let year = year.parse().map_err(|_not_a_number| NotAnExam)?;
        let key = match procedure {
            Procedure::Oge => Self::new(procedure, year, rest, 9),
            Procedure::Ege => Self::new(procedure, year, rest, 11),
            Procedure::Vpr | Procedure::Gve | Procedure::Regional => {
                let words: Vec<&str> = rest.split('-').collect();
                let grade_of = |word: &str| word.parse::<u8>().ok().filter(|grade| (1..=11).contains(grade));
                let place = words.iter().rposition(|word| grade_of(word).is_some()).ok_or(NotAnExam)?;
                let grade = words.get(place).and_then(|word| grade_of(word)).ok_or(NotAnExam)?;
                let after = words.get(place + 1..).unwrap_or_default();
                let paper = after.first().and_then(|word| Paper::from_id(word));
                let part = after.get(usize::from(paper.is_some())..).unwrap_or_default().join("-");
                let subject = words.get(..place).unwrap_or_default().join("-");
                Self { paper: paper.unwrap_or_default(), part, ..Self::new(procedure, year, &subject, grade) }
            }
        };
        // What is written back differently, as `vpr-2026-math-08`, is no name.
        if key.id() == id && !key.subject.is_empty() { Ok(key) } else { Err(NotAnExam) }
    }
}

/// The part that an exam's name tells; empty for a whole work and for what names no exam.
pub fn part_of(id: &str) -> String {
    id.parse().map_or_else(|_not_an_exam| String::new(), |exam: ExamKey| exam.part)
}

#[cfg(test)]
mod tests {
    use super::{ExamKey, Paper, part_of};

    #[test]
    fn the_parts_of_a_work_have_one_whole() {
        let key = |id: &str| id.parse::<ExamKey>().unwrap();
        let whole = |id: &str| key(id).whole().id();
        assert_eq!(whole("vpr-2027-math-7-advanced-geometry"), "vpr-2027-math-7-advanced");
        assert_eq!(whole("vpr-2027-math-8-algebra"), whole("vpr-2027-math-8-probability"));
        assert_eq!(whole("vpr-2026-math-8"), "vpr-2026-math-8");
        let beside = |left: &str, right: &str| key(left).is_part_beside(&key(right));
        assert!(beside("vpr-2027-math-8-algebra", "vpr-2027-math-8-geometry"));
        assert!(!beside("vpr-2027-math-8-algebra", "vpr-2027-math-7-algebra"));
        assert!(!beside("vpr-2027-math-8", "vpr-2027-math-8-geometry"), "a whole work is no part");
        let parts = ["vpr-2027-math-8-algebra", "vpr-2026-math-8", "gve-2026-math-9-100", "", "no exam"].map(part_of);
        assert_eq!(parts, ["algebra", "", "", "", ""]);
    }

    #[test]
    fn works_for_some_are_expected_of_no_school() {
        let is_expected = |id: &str| id.parse::<ExamKey>().unwrap().is_for_every_school();
        for id in
            ["vpr-2026-math-8", "vpr-2026-russian-4", "vpr-2022-physics-8", "oge-2026-math", "regional-2026-physics-8"]
        {
            assert!(is_expected(id), "{id}");
        }
        for id in ["vpr-2026-physics-8", "vpr-2026-math-7-advanced", "gve-2026-russian-9", "gve-2026-math-9-100"] {
            assert!(!is_expected(id), "{id}");
        }
    }

    #[test]
    fn the_name_of_an_exam_tells_what_it_is() {
        for id in [
            "vpr-2026-math-8",
            "oge-2026-russian",
            "ege-2026-math-profile",
            "regional-2025-math-10",
            "vpr-2026-math-7-advanced",
            "gve-2026-math-9-100",
            "gve-2026-social-studies-9-oral",
            "vpr-2027-math-8-algebra",
            "vpr-2027-math-7-advanced-geometry",
        ] {
            assert_eq!(id.parse::<ExamKey>().map(|exam| exam.id()).as_deref(), Ok(id));
        }
        let profile: ExamKey = "ege-2026-math-profile".parse().unwrap();
        assert_eq!((profile.subject.as_str(), profile.grade), ("math-profile", 11));
        let advanced: ExamKey = "vpr-2026-math-7-advanced".parse().unwrap();
        assert_eq!((advanced.grade, advanced.paper), (7, Paper::Advanced));
        let part: ExamKey = "vpr-2027-math-7-advanced-geometry".parse().unwrap();
        assert_eq!((part.grade, part.paper, part.part.as_str()), (7, Paper::Advanced, "geometry"));
        for id in [
            "vpr",
            "vpr-2026-math",
            "vpr-2026-math-12",
            "vpr-2026-math-7-",
            "vpr-2026-7",
            "gve-2026-math-100",
            "vpr-2026-math-08",
            "ege-year-math",
            "egg-2026-math",
        ] {
            assert!(id.parse::<ExamKey>().is_err(), "{id}");
        }
    }
}
