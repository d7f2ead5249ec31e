//! Exams: procedure, subject, tasks, scale, and how far each part is confirmed.

pub use super::exam_key::{ExamKey, NotAnExam, Paper, Procedure, part_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far a scale or a list of tasks is confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confirmation {
    /// Read in an official document.
    OfficialText,
    /// Two sources agree cell by cell.
    Two,
    /// One source.
    One,
    /// Ids and maxima as printed in a form.
    FormHeader,
    /// Not stated for this year.
    Inferred,
    /// Recovered by the program from the file itself.
    Recovered,
    /// Not confirmed.
    #[default]
    None,
}

impl Confirmation {
    /// The word of the specification files.
    pub fn id(self) -> &'static str {
        match self {
            Self::OfficialText => "official-text",
            Self::Two => "two",
            Self::One => "one",
            Self::FormHeader => "form-header",
            Self::Inferred => "inferred",
            Self::Recovered => "recovered",
            Self::None => "none",
        }
    }

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::OfficialText => "официальный текст",
            Self::Two => "два согласных источника",
            Self::One => "один источник, сверить с документом",
            Self::FormHeader => "по заголовку формы",
            Self::Inferred => "выведено из другого года, сверить с документом",
            Self::Recovered => "восстановлено по файлу",
            Self::None => "не подтверждено",
        }
    }
}

/// Level of difficulty («уровень сложности»), always as the description of the work gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Difficulty {
    /// Б, базовый.
    Basic,
    /// П, повышенный.
    Raised,
    /// В, высокий.
    High,
}

impl Difficulty {
    /// All levels, as the works name them.
    pub const ALL: [Self; 3] = [Self::Basic, Self::Raised, Self::High];

    /// The letter in forms and tables.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Basic => "Б",
            Self::Raised => "П",
            Self::High => "В",
        }
    }

    /// The level that a letter of a form names; `П/В` is read as raised.
    pub fn from_letter(letter: &str) -> Option<Self> {
        match letter.trim() {
            "Б" | "Базовый" => Some(Self::Basic),
            "П" | "П/В" | "Повышенный" => Some(Self::Raised),
            "В" | "Высокий" => Some(Self::High),
            _ => None,
        }
    }
}

/// How a task is answered; it tells the column of a protocol in which its points stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AnswerKind {
    /// «С кратким ответом».
    Short,
    /// «С развёрнутым ответом».
    Extended,
    /// «Устная часть».
    Oral,
}

/// One task or criterion with a maximum of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Number as printed in the forms, with Cyrillic К: `16.1`, `1К2`.
    pub id: String,
    /// Place in exports that number tasks by order; counted from 1.
    pub position: u16,
    /// Maximum points; none where neither form nor specification tells.
    pub max: Option<u16>,
    /// Level of difficulty; none where no source tells, and then there is no verdict.
    pub difficulty: Option<Difficulty>,
    /// Element of content, our own short label.
    pub content: String,
    /// Skill, our own short label; empty where unknown.
    pub skill: String,
    /// Codes of content elements («КЭС»).
    pub content_codes: Vec<String>,
    /// Codes of requirements («КТ»).
    pub requirement_codes: Vec<String>,
    /// How it is answered.
    pub answer: Option<AnswerKind>,
    /// Header as printed in the form where it differs from `id`.
    pub form_label: String,
    /// Columns of a form that stand for this task where a participant chooses: the best of them counts; empty for most.
    pub alternatives: Vec<String>,
    /// Id of the criterion without points on which this one earns none by the rules of the work; empty for most.
    pub requires: String,
    /// Grade in whose programme («программа») the matter of the task stands; none where no source tells.
    pub programme_grade: Option<u8>,
    /// Lesson of a work written in several (1, 2); none where the work has one or no source tells.
    pub lesson: Option<u8>,
}

impl Task {
    /// What this task alone is about: content, else skill, else nothing. For sentences about one task.
    pub fn label(&self) -> &str {
        if self.content.is_empty() { &self.skill } else { &self.content }
    }

    /// The skill to which the task belongs together with others: skill, else content, else nothing.
    pub fn matter(&self) -> &str {
        if self.skill.is_empty() { &self.content } else { &self.skill }
    }
}

/// Points recommended for admission to a class of a profile («для отбора в профильные классы»).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileMinimum {
    /// The profile, as in «естественно-научный профиль»; empty where the letter names none.
    pub profile: String,
    /// Least primary score.
    pub min: u16,
    /// Ids of the tasks of which some of the points must come; empty where there is no such demand.
    pub tasks: Vec<String>,
    /// Least points over these tasks.
    pub min_of_tasks: u16,
}

/// A condition that can lower a mark: at least `min` points over some tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Ids of the tasks whose points are added.
    pub tasks: Vec<String>,
    /// Points needed.
    pub min: u16,
    /// Marks for which they are needed.
    pub for_marks: Vec<u8>,
    /// The mark where they are missing.
    pub otherwise: u8,
    /// The condition in words.
    pub note: String,
}

/// How a primary score becomes a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// No scale known: declared marks are used.
    Unknown,
    /// Lower bounds of marks, ascending: `(bound, mark)`.
    Marks(Vec<(u16, u8)>),
    /// ЕГЭ: test score by primary score, with the least test score that passes.
    Test {
        /// `table[primary]` = test score, `max_primary + 1` cells.
        table: Vec<u16>,
        /// Least test score for entering a university.
        min_test: u16,
        /// Least test score for the certificate, where it differs.
        min_certificate: Option<u16>,
    },
}

impl Scale {
    /// Mark of a total by a scale of marks, conditions aside.
    pub fn mark(&self, total: u16) -> Option<u8> {
        let Self::Marks(bounds) = self else { return None };
        bounds.iter().rev().find(|(bound, _)| *bound <= total).map(|(_, mark)| *mark)
    }

    /// Test score of a total by an ЕГЭ table.
    pub fn test(&self, total: u16) -> Option<u16> {
        let Self::Test { table, .. } = self else { return None };
        table.get(usize::from(total)).copied()
    }

    /// Least primary scores of the marks 3, 4 and 5, or of the passing test score.
    pub fn cuts(&self) -> Vec<(u16, String)> {
        match self {
            Self::Unknown => Vec::new(),
            Self::Marks(bounds) => {
                bounds.iter().filter(|(_, mark)| *mark > 2).map(|(bound, mark)| (*bound, format!("«{mark}»"))).collect()
            }
            Self::Test { table, min_test, .. } => table
                .iter()
                .position(|test| min_test <= test)
                .and_then(|primary| u16::try_from(primary).ok())
                .map(|primary| vec![(primary, "минимум".to_owned())])
                .unwrap_or_default(),
        }
    }
}

/// An exam as it is used in a run: a specification, or what a form's header told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exam {
    /// Procedure, year, subject, grade.
    pub key: ExamKey,
    /// Subject as printed: «Математика».
    pub subject_title: String,
    /// Part of the work as printed («алгебра») where the work ends in several marks; empty for a whole work.
    pub part_title: String,
    /// Greatest primary score.
    pub max_primary: Option<u16>,
    /// Tasks in the order of the paper.
    pub tasks: Vec<Task>,
    pub scale: Scale,
    /// Conditions that lower marks.
    pub conditions: Vec<Condition>,
    /// Points recommended for classes of a profile.
    pub profile_minima: Vec<ProfileMinimum>,
    /// How far the scale is confirmed.
    pub scale_confirmed: Confirmation,
    /// Where the scale comes from, in words.
    pub scale_note: String,
    /// How far the tasks are confirmed.
    pub tasks_confirmed: Confirmation,
    /// Where the tasks come from, in words.
    pub tasks_note: String,
    /// False where no specification was found and the header told the tasks.
    pub specified: bool,
    /// A draft is never chosen by itself.
    pub draft: bool,
    /// Primary scores whose test score the sources dispute.
    pub disputed_cells: Vec<u16>,
}

impl Exam {
    /// Name of the specification.
    pub fn id(&self) -> String {
        self.key.id()
    }

    /// «ВПР-2026. Математика, 8 класс», «ВПР-2026. Математика, 7 класс, углублённый уровень», «…, 8 класс, алгебра».
    pub fn title(&self) -> String {
        let part = if self.part_title.is_empty() { String::new() } else { format!(", {}", self.part_title) };
        self.work_title() + &part
    }

    /// The title of the work of which this is a part, or its own: «ВПР-2027. Математика, 8 класс».
    pub fn work_title(&self) -> String {
        let ExamKey { procedure, year, paper, .. } = &self.key;
        let which = if procedure.has_one_grade() {
            paper.title().map_or_else(String::new, |paper| format!(", {paper}"))
        } else {
            format!(", {}", self.work_grade_title())
        };
        format!("{}-{year}. {}{which}", procedure.title(), self.subject_title)
    }

    /// What tells the works of one procedure, year and subject apart: «8 класс», «7 класс, углублённый уровень»,
    /// «8 класс, алгебра».
    pub fn grade_title(&self) -> String {
        let part = if self.part_title.is_empty() { String::new() } else { format!(", {}", self.part_title) };
        self.work_grade_title() + &part
    }

    /// The same of the work of which this is a part: «8 класс».
    pub fn work_grade_title(&self) -> String {
        let paper = self.key.paper.title().map_or_else(String::new, |paper| format!(", {paper}"));
        format!("{} класс{paper}", self.key.grade)
    }

    /// «, углублённый уровень, алгебра»; empty for the ordinary paper of a whole work.
    pub fn paper_words(&self) -> String {
        let part = (!self.part_title.is_empty()).then(|| self.part_title.clone());
        self.key.paper.title().into_iter().chain(part).map(|words| format!(", {words}")).collect()
    }

    /// Sum of the tasks' maxima; none where one is unknown or there are no tasks.
    pub fn sum_of_maxima(&self) -> Option<u16> {
        if self.tasks.is_empty() {
            return None;
        }
        self.tasks.iter().map(|task| task.max).try_fold(0_u16, |sum, max| Some(sum + max?))
    }

    /// Mark of a total by scale and conditions, applied until nothing changes; none where there is no scale or a
    /// condition cannot be checked. `points` tells the points on the task of an index, none where the cell cannot be
    /// read.
    pub fn mark_of(&self, total: u16, points: impl Fn(usize) -> Option<u16>) -> Option<u8> {
        let mut mark = self.scale.mark(total)?;
        loop {
            let before = mark;
            for condition in &self.conditions {
                if !condition.for_marks.contains(&mark) {
                    continue;
                }
                let mut sum = 0;
                for id in &condition.tasks {
                    sum += points(self.tasks.iter().position(|task| task.id == *id)?)?;
                }
                if sum < condition.min {
                    mark = condition.otherwise;
                }
            }
            if mark == before {
                return Some(mark);
            }
        }
    }

    /// True where the result is a test score and not a mark.
    pub fn has_test_scores(&self) -> bool {
        matches!(self.scale, Scale::Test { .. })
    }
}

/// The specifications at hand, by name.
pub type ExamCatalogue = BTreeMap<String, Exam>;

/// A subject with the names under which it is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// ASCII slug: `math`.
    pub slug: String,
    /// Name as printed: «Математика».
    pub title: String,
    /// Other spellings, folded to lower case without ё.
    pub aliases: Vec<String>,
    /// Dative, as in «по математике».
    pub dative: String,
    /// Genitive, as in «учителей математики».
    pub genitive: String,
    /// Codes in titles of ОГЭ and ЕГЭ protocols: `02`.
    pub exam_codes: Vec<String>,
    /// Prefix of sheet names: `МА`.
    pub sheet_codes: Vec<String>,
}

/// The subjects at hand, in the order of `subjects.toml`.
pub type SubjectCatalogue = Vec<Subject>;
