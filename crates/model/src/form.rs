//! Layout profiles: how a form is known, where its identity stands, which column means what. Data, not code.

pub use super::field::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One layout profile of `pipelines/forms/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormProfile {
    /// Stable id: the name of the file without `.toml`.
    pub id: String,
    /// Name for the reader: «ВПР: сводная выгрузка региона 2022 года».
    pub title: String,
    /// Which extractor reads it.
    pub extractor: Extractor,
    /// True where no real file of this layout was seen: the headers are a guess that must be compared with the file.
    #[serde(default)]
    pub unconfirmed: bool,
    /// Procedure that the form alone tells, as printed («ВПР»); none where the table tells it.
    #[serde(default)]
    pub procedure: Option<String>,
    /// How the form is known.
    pub detect: Detect,
    /// Where the identity stands.
    #[serde(default)]
    pub identity: IdentitySources,
    /// Headers by field; a trailing `*` stands for any ending.
    pub columns: BTreeMap<Field, Vec<String>>,
    /// How columns of points are known; only for `task-columns`.
    #[serde(default)]
    pub tasks: Option<TaskHeaders>,
    /// Headers of what each part of a work has of its own, by its slug; only where a row holds several marks.
    #[serde(default)]
    pub parts: BTreeMap<String, PartHeaders>,
    /// Words in cells that are not values.
    #[serde(default)]
    pub codes: CellCodes,
    /// How the class column is written.
    #[serde(default)]
    pub class: ClassSpelling,
    /// A sheet of classes beside the main one.
    #[serde(default)]
    pub classes: Option<ClassSheet>,
    /// Which columns are facts; only for `facts`.
    #[serde(default)]
    pub facts: Option<FactColumns>,
    /// Beginnings of rows that are totals or group rows, never participants.
    #[serde(default)]
    pub structural_rows: Vec<String>,
    /// Codes in titles that stand for exams of ГВЭ, and their subjects: `51` is `russian`.
    #[serde(default)]
    pub gve_codes: BTreeMap<String, String>,
    /// Words above the table or in the path that make it a regional work (ЕГКР), whatever its columns look like.
    #[serde(default)]
    pub regional_words: Vec<String>,
}

impl FormProfile {
    /// The title, with a word that no real file was seen where that is so.
    pub fn marked_title(&self) -> String {
        if self.unconfirmed {
            format!("{} (форма не подтверждена)", self.title)
        } else {
            self.title.clone()
        }
    }
}

/// The extractors, one per kind of layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extractor {
    /// One column of points per task.
    TaskColumns,
    /// Answer strings of ОГЭ and ЕГЭ protocols, several exams on one sheet.
    AnswerStrings,
    /// Percentages of marks by group.
    GroupPercentages,
    /// Completion of tasks in region and country.
    TaskPercentages,
    /// Registers of schools.
    Registers,
    /// Registers of measures that a centre took.
    Actions,
    /// Facts about schools and groups.
    Facts,
    /// Appeals: results that replace those of the protocols.
    Appeals,
    /// Descriptors of tasks and their codifiers.
    Descriptors,
}

impl Extractor {
    /// What is read, for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::TaskColumns => "баллы по заданиям, столбец на задание",
            Self::AnswerStrings => "строки ответов протокола, несколько работ на листе",
            Self::GroupPercentages => "доли отметок по группам участников",
            Self::TaskPercentages => "выполнение заданий в регионе и России",
            Self::Registers => "реестр школ",
            Self::Actions => "реестр мер",
            Self::Facts => "показатели школ и групп, как они есть",
            Self::Appeals => "апелляции: результаты вместо прежних",
            Self::Descriptors => "описание заданий: не результаты",
        }
    }
}

/// How a form is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Detect {
    /// Fields whose columns must be there.
    pub required: Vec<Field>,
    /// Groups of fields of which one must be there.
    #[serde(default)]
    pub one_of: Vec<Vec<Field>>,
    /// Headers that another form has and this one never.
    #[serde(default)]
    pub forbidden: Vec<String>,
    /// Text that a row above the header holds; raises the score.
    #[serde(default)]
    pub title: String,
    /// Text that the name of the sheet holds; raises the score.
    #[serde(default)]
    pub sheet: String,
}

/// Where each part of the identity may stand. All places are looked at; two that disagree reject the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IdentitySources {
    /// Calendar year of the exam.
    #[serde(default)]
    pub year: Vec<Source>,
    /// Subject.
    #[serde(default)]
    pub subject: Vec<Source>,
    /// Grade of the paper.
    #[serde(default)]
    pub grade: Vec<Source>,
    /// School; empty where a column tells it row by row.
    #[serde(default)]
    pub school: Vec<Source>,
}

/// A place in which a part of the identity can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A row above the header: «ВПР 2026 Русский язык 4 класс».
    Title,
    /// The cell beside «Предмет:» above the header.
    SubjectCell,
    /// Name of the sheet: `РУ 4 …`.
    Sheet,
    /// Name of the file.
    FileName,
    /// Folders of the file, the nearest first.
    Folder,
    /// Column of upload times.
    Uploaded,
    /// Column of user groups of 2020: the latest `vprYYYY` in it.
    Groups,
    /// Subject over a group of columns, where works stand side by side.
    HeaderGroup,
}

/// How columns of points are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TaskHeaders {
    /// What the header tells.
    pub numbering: Numbering,
    /// What stands before the number: `балл за `.
    #[serde(default)]
    pub prefix: String,
    /// What stands after the number: `-grade`.
    #[serde(default)]
    pub suffix: String,
    /// Field whose column ends the tasks: points to the right of it have slid.
    #[serde(default)]
    pub end: Option<Field>,
}

/// Headers of the columns of one part of a work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PartHeaders {
    /// Mark of the part.
    #[serde(default)]
    pub mark: Vec<String>,
    /// Total of the part.
    #[serde(default)]
    pub total: Vec<String>,
}

/// What the header of a column of points tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// The number as printed, with its maximum: `11.3 k1 (2б)`.
    Printed,
    /// The place in the order of the paper.
    Position,
}

/// Words in cells that are not values; compared without regard to case and edge spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CellCodes {
    /// In the variant: absent.
    #[serde(default)]
    pub absent: Vec<String>,
    /// In a task: not attempted.
    #[serde(default)]
    pub not_attempted: Vec<String>,
    /// In a task: not offered.
    #[serde(default)]
    pub not_offered: Vec<String>,
    /// In the journal mark: none.
    #[serde(default)]
    pub no_mark: Vec<String>,
    /// In the class: none.
    #[serde(default)]
    pub no_class: Vec<String>,
}

/// How the class column is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClassSpelling {
    /// Letter, or grade and letter: `а`, `8А`.
    #[default]
    Letter,
    /// Letter, or grade and letter, in the year after the paper's programme (autumn 2020).
    LetterNextGrade,
    /// Ordinal number of the class in the school.
    Ordinal,
    /// Number that points into the sheet of classes.
    Pointer,
}

/// A sheet of classes beside the main one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClassSheet {
    /// Headers by field: class, and school, ordinal, textbook where they stand there.
    pub columns: BTreeMap<Field, Vec<String>>,
}

/// Which columns of a table are facts. Columns that are not named here are never taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FactColumns {
    /// What the table is about; a word of `reference_facts.csv`.
    pub topic: String,
    /// Headers by item; a trailing `*` stands for any ending.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
    /// True where every header that is a whole number is an item: 0, 1, 2 … points.
    #[serde(default)]
    pub numbered: bool,
    /// True where headers such as «4 РУ» are items and name grade and subject.
    #[serde(default)]
    pub by_exam: bool,
    /// Beginnings of rows by item, where items stand below the name of their group instead of beside it.
    #[serde(default)]
    pub rows: BTreeMap<String, Vec<String>>,
}
