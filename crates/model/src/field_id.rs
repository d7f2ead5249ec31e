//! Addresses of the fields that people fill in: what a text is about, the same in every document, run and month.

use std::fmt::{self, Write};
use std::str::FromStr;

/// Stands for a part that an address does not have.
const NONE: &str = "-";

/// What is written into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldName {
    /// Errors that the papers show in a task.
    Errors,
    /// How a task is shown in a lesson.
    Lesson,
    /// Results beyond the subject that told on the tasks.
    Metasubject,
    /// How a work differs from that of the year before.
    WorkChanges,
    /// How the completion of tasks has moved over the years.
    TaskDynamics,
    /// Where an analysis is published.
    AnalysisLink,
    /// Measures of a school.
    SchoolMeasures,
    /// Day and people of an interview.
    Interview,
    /// Answer to a question of an interview.
    Answer,
    /// What was agreed after an answer.
    Agreed,
    /// Answer, agreement and term on the page for the service.
    ServiceAnswer,
    /// What an interview ends with.
    InterviewResult,
    /// Day, place and people of a meeting.
    Meeting,
    /// Votes of a meeting.
    Votes,
    /// What a school says of what was noticed.
    Explanation,
    /// What was decided of it.
    Resolution,
    /// Who wrote a letter, with a telephone.
    Executor,
    /// Whether a class does better two weeks later.
    ClassCheck,
}

impl FieldName {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Errors,
        Self::Lesson,
        Self::Metasubject,
        Self::WorkChanges,
        Self::TaskDynamics,
        Self::AnalysisLink,
        Self::SchoolMeasures,
        Self::Interview,
        Self::Answer,
        Self::Agreed,
        Self::ServiceAnswer,
        Self::InterviewResult,
        Self::Meeting,
        Self::Votes,
        Self::Explanation,
        Self::Resolution,
        Self::Executor,
        Self::ClassCheck,
    ];

    /// First part of an address.
    pub fn id(self) -> &'static str {
        match self {
            Self::Errors => "errors",
            Self::Lesson => "lesson",
            Self::Metasubject => "metasubject",
            Self::WorkChanges => "work-changes",
            Self::TaskDynamics => "task-dynamics",
            Self::AnalysisLink => "analysis-link",
            Self::SchoolMeasures => "school-measures",
            Self::Interview => "interview",
            Self::Answer => "answer",
            Self::Agreed => "agreed",
            Self::ServiceAnswer => "service-answer",
            Self::InterviewResult => "interview-result",
            Self::Meeting => "meeting",
            Self::Votes => "votes",
            Self::Explanation => "explanation",
            Self::Resolution => "resolution",
            Self::Executor => "executor",
            Self::ClassCheck => "class-check",
        }
    }
}

/// Address of a field.
///
/// Printed as `errors/vpr-2026-math-8/-/14`: name, work, school, matter. A part that is not there is `-`; what is no
/// letter, digit, `-`, `_` or `.` is written as bytes in hex: `%20`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId {
    name: FieldName,
    /// Work, subject with its month, or school year.
    of: String,
    /// Id of the school; empty for the municipality.
    school: String,
    /// Task, question, class; empty where there is one field of this name.
    matter: String,
}

impl FieldId {
    /// The field of a work, of a subject with its month, or of a school year.
    pub fn new(name: FieldName, of: impl Into<String>) -> Self {
        Self { name, of: of.into(), school: String::new(), matter: String::new() }
    }

    /// The same of a school.
    #[must_use]
    pub fn of_school(mut self, school: impl Into<String>) -> Self {
        self.school = school.into();
        self
    }

    /// The same about a task, question or class.
    #[must_use]
    pub fn about(mut self, matter: impl Into<String>) -> Self {
        self.matter = matter.into();
        self
    }

    /// What is written into it.
    pub fn name(&self) -> FieldName {
        self.name
    }

    /// Id of its school; empty for the municipality.
    pub fn school(&self) -> &str {
        &self.school
    }

    /// How a document names it: short and of plain letters, whatever the address holds.
    pub fn tag(&self) -> String {
        // FNV-1a: the same on every machine and in every version.
        let hash = self
            .to_string()
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        format!("srez.{hash:016x}")
    }
}

impl fmt::Display for FieldId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name.id())?;
        for part in [&self.of, &self.school, &self.matter] {
            out.write_char('/')?;
            write_part(out, part)?;
        }
        Ok(())
    }
}

fn write_part(out: &mut fmt::Formatter<'_>, part: &str) -> fmt::Result {
    match part {
        "" => return out.write_str(NONE),
        NONE => return out.write_str("%2d"),
        _ => {}
    }
    let is_plain = |sign: char| sign.is_alphanumeric() || "-_.".contains(sign);
    for sign in part.chars() {
        if is_plain(sign) {
            out.write_char(sign)?;
        } else {
            let mut bytes = [0; 4];
            sign.encode_utf8(&mut bytes).bytes().try_for_each(|byte| write!(out, "%{byte:02x}"))?;
        }
    }
    Ok(())
}

/// A text that is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFieldId;

impl FromStr for FieldId {
    type Err = NoFieldId;

    fn from_str(text: &str) -> Result<Self, NoFieldId> {
        let parts: Vec<&str> = text.trim().split('/').collect();
        let [name, of, school, matter] = parts.as_slice() else { return Err(NoFieldId) };
        let name = FieldName::ALL.into_iter().find(|known| known.id() == *name).ok_or(NoFieldId)?;
        Ok(Self { name, of: read_part(of)?, school: read_part(school)?, matter: read_part(matter)? })
    }
}

fn read_part(part: &str) -> Result<String, NoFieldId> {
    match part {
        "" => return Err(NoFieldId),
        NONE => return Ok(String::new()),
        _ => {}
    }
    let mut pieces = part.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (byte, rest) = piece.split_at_checked(2).ok_or(NoFieldId)?;
        bytes.push(u8::from_str_radix(byte, 16).map_err(|_| NoFieldId)?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).map_err(|_| NoFieldId)
}

#[cfg(test)]
mod tests {
    use super::{FieldId, FieldName};
    use std::collections::BTreeSet;

    #[test]
    fn every_address_is_read_as_it_was_written() {
        let odd = ["", "-", "14", "К1/а б", "%", "100 %", "Школа «№ 7»", "\u{a0}\n", "a%2d", "--"];
        for name in FieldName::ALL {
            for (of, school) in odd.iter().flat_map(|of| odd.iter().map(move |school| (*of, *school))) {
                let id = FieldId::new(name, of).of_school(school).about(of);
                let written = id.to_string();
                assert_eq!(written.parse(), Ok(id), "{written}");
                assert!(!written.contains(char::is_whitespace), "{written}");
            }
        }
        let task = FieldId::new(FieldName::Errors, "vpr-2026-math-8").about("14");
        assert_eq!(task.to_string(), "errors/vpr-2026-math-8/-/14");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "errors", "errors/a/b", "ошибки/a/-/-", "errors/a//1", "errors/%f/-/-", "errors/%ff/-/-"]
        {
            assert!(text.parse::<FieldId>().is_err(), "{text}");
        }
    }

    #[test]
    fn names_and_tags_are_told_apart() {
        let names: BTreeSet<&str> = FieldName::ALL.iter().map(|name| name.id()).collect();
        assert_eq!(names.len(), FieldName::ALL.len());
        let ids = FieldName::ALL.into_iter().flat_map(|name| (0..500).map(move |n| FieldId::new(name, n.to_string())));
        let tags: BTreeSet<String> = ids.map(|id| id.tag()).collect();
        assert_eq!(tags.len(), 500 * FieldName::ALL.len());
        assert_eq!(FieldId::new(FieldName::Errors, "vpr-2026-math-8").about("14").tag().len(), 21);
    }
}
