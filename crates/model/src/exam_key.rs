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
}

impl Procedure {
    /// All procedures.
    pub const ALL: [Self; 4] = [Self::Vpr, Self::Oge, Self::Ege, Self::Regional];

    /// The part of an exam's name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Vpr => "vpr",
            Self::Oge => "oge",
            Self::Ege => "ege",
            Self::Regional => "regional",
        }
    }

    /// The name as it is printed.
    pub fn title(self) -> &'static str {
        match self {
            Self::Vpr => "ВПР",
            Self::Oge => "ОГЭ",
            Self::Ege => "ЕГЭ",
            Self::Regional => "РДР",
        }
    }

    /// True where a participant may sit twice in a year and the last attempt counts.
    pub fn has_attempts(self) -> bool {
        matches!(self, Self::Oge | Self::Ege)
    }

    /// The procedure that a word of a form or specification names.
    pub fn from_title(title: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.title() == title)
    }
}

/// What tells an exam: procedure, year, subject, grade.
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
    /// Name of the specification: `vpr-2026-math-8`; ОГЭ and ЕГЭ have one grade and do not name it.
    pub fn id(&self) -> String {
        self.to_string()
    }

    /// The same without the year: what makes a finding's id survive the years.
    pub fn id_without_year(&self) -> String {
        let Self { procedure, subject, grade, .. } = self;
        match procedure {
            Procedure::Oge | Procedure::Ege => format!("{}-{subject}", procedure.id()),
            Procedure::Vpr | Procedure::Regional => format!("{}-{subject}-{grade}", procedure.id()),
        }
    }
}

impl fmt::Display for ExamKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { procedure, year, subject, grade } = self;
        match procedure {
            Procedure::Oge | Procedure::Ege => write!(formatter, "{}-{year}-{subject}", procedure.id()),
            Procedure::Vpr | Procedure::Regional => write!(formatter, "{}-{year}-{subject}-{grade}", procedure.id()),
        }
    }
}

impl FromStr for ExamKey {
    type Err = NotAnExam;

    /// Whether there is such a subject is not known here.
    fn from_str(id: &str) -> Result<Self, NotAnExam> {
        let (procedure, rest) = id.split_once('-').ok_or(NotAnExam)?;
        let procedure = Procedure::ALL.into_iter().find(|known| known.id() == procedure).ok_or(NotAnExam)?;
        let (year, rest) = rest.split_once('-').ok_or(NotAnExam)?;
        let (subject, grade) = match procedure {
            Procedure::Oge => (rest, 9),
            Procedure::Ege => (rest, 11),
            Procedure::Vpr | Procedure::Regional => {
                let (subject, grade) = rest.rsplit_once('-').ok_or(NotAnExam)?;
                (subject, grade.parse().map_err(|_not_a_number| NotAnExam)?)
            }
        };
        let year = year.parse().map_err(|_not_a_number| NotAnExam)?;
        let key = Self { procedure, year, subject: subject.to_owned(), grade };
        // What is written back differently, as `vpr-2026-math-08`, is no name.
        if key.id() == id && (1..=11).contains(&grade) { Ok(key) } else { Err(NotAnExam) }
    }
}

#[cfg(test)]
mod tests {
    use super::ExamKey;

    #[test]
    fn the_name_of_an_exam_tells_what_it_is() {
        for id in ["vpr-2026-math-8", "oge-2026-russian", "ege-2026-math-profile", "regional-2025-math-10"] {
            assert_eq!(id.parse::<ExamKey>().map(|exam| exam.id()).as_deref(), Ok(id));
        }
        let profile: ExamKey = "ege-2026-math-profile".parse().unwrap();
        assert_eq!((profile.subject.as_str(), profile.grade), ("math-profile", 11));
        for id in ["vpr", "vpr-2026-math", "vpr-2026-math-12", "vpr-2026-math-08", "ege-year-math", "egg-2026-math"] {
            assert!(id.parse::<ExamKey>().is_err(), "{id}");
        }
    }
}
