//! The workbook of texts as content: every field of the documents of a run, and what was written into it.

/// Headers of its columns: by them it is read back, whatever its name is.
pub mod column {
    /// Document and section.
    pub const PLACE: &str = "Документ и раздел";
    /// What to write.
    pub const LABEL: &str = "Что вписать";
    /// Numbers beside the field, a line each: «выполнение: 45,3 % (n = 42)».
    pub const SHOWN: &str = "Числа рядом";
    /// What is written; for her.
    pub const TEXT: &str = "Ваш текст";
    /// Who writes; for her.
    pub const AUTHOR: &str = "Кто написал";
    /// How far the text may go; for her.
    pub const REACH: &str = "В издание";
    /// «да» where the text holds with the numbers as they are now; for her.
    pub const CONFIRMED: &str = "Верно и при новых числах";
    /// Address.
    pub const ADDRESS: &str = "Адрес";
    /// What was printed when the book was made.
    pub const PRINTED: &str = "Напечатано сейчас";
}

/// The word of a confirmation.
pub const YES: &str = "да";

/// The workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextBook {
    /// Who issues it.
    pub centre: String,
    /// Date as printed, `05.06.2026`.
    pub date: String,
    /// Words for the field of reach, the office left out.
    pub reaches: Vec<&'static str>,
    /// Fields in the order in which they are filled in.
    pub rows: Vec<TextRow>,
    /// Texts beside which numbers moved.
    pub moved: Vec<MovedText>,
    /// Texts whose field no document of the run has.
    pub lost: Vec<LostText>,
}

/// A field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRow {
    pub place: String,
    pub label: String,
    pub shown: String,
    pub text: String,
    pub author: String,
    pub reach: String,
    pub address: String,
}

/// A text beside which a number moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedText {
    pub place: String,
    pub label: String,
    pub text: String,
    /// Numbers, a line each: «выполнение: 45 % (n = 42)».
    pub was: String,
    pub now: String,
}

/// A text without a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostText {
    pub address: String,
    pub text: String,
    pub author: String,
    /// Date as printed.
    pub date: String,
    /// Period of the issue in which it was written.
    pub period: String,
}
