//! What became of a check. It is decided once, where the check is made, and read by everything on paper.

/// Four states: a check that did not run, or could not have seen anything, never says that there is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckState {
    /// Made, and it found what it looks for.
    Found,
    /// Made, nothing found, and a difference of the size that matters would have been seen four times out of five.
    NotFound,
    /// Made, nothing found, but such a difference would often have gone unseen.
    Indistinct,
    /// Not made: data, pupils or schools are missing; the reason stands beside it.
    #[default]
    NotTested,
}

impl CheckState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Found, Self::NotFound, Self::Indistinct, Self::NotTested];

    /// The word of the tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NotFound => "not found",
            Self::Indistinct => "indistinct",
            Self::NotTested => "not tested",
        }
    }

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Found => "найдено",
            Self::NotFound => "не найдено",
            Self::Indistinct => "не найдено, но и не различимо",
            Self::NotTested => "не проверялось",
        }
    }

    /// True where the check was made.
    pub fn is_tested(self) -> bool {
        self != Self::NotTested
    }
}
