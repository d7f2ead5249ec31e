//! Levels at which results are grouped.

use serde::{Deserialize, Serialize};

/// A level of grouping; the order is that of the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Everything in the run.
    #[default]
    All,
    Region,
    Municipality,
    School,
    /// A class of a school; the group is `<school>/<class>`.
    Class,
    /// Sex of the participants.
    Sex,
    /// Type of the school.
    SchoolType,
    /// Town or village.
    Locality,
    Textbook,
    /// Variant of the paper.
    Variant,
}

impl Level {
    /// All levels in the order of the tables.
    pub const ALL: [Self; 10] = [
        Self::All,
        Self::Region,
        Self::Municipality,
        Self::School,
        Self::Class,
        Self::Sex,
        Self::SchoolType,
        Self::Locality,
        Self::Textbook,
        Self::Variant,
    ];

    /// The word of the tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Region => "region",
            Self::Municipality => "municipality",
            Self::School => "school",
            Self::Class => "class",
            Self::Sex => "sex",
            Self::SchoolType => "school_type",
            Self::Locality => "locality",
            Self::Textbook => "textbook",
            Self::Variant => "variant",
        }
    }

    /// The word for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::All => "все участники",
            Self::Region => "регион",
            Self::Municipality => "муниципалитет",
            Self::School => "школа",
            Self::Class => "класс",
            Self::Sex => "пол",
            Self::SchoolType => "тип школы",
            Self::Locality => "местность",
            Self::Textbook => "учебник",
            Self::Variant => "вариант",
        }
    }
}
