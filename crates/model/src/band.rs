//! The four bands of ЕГЭ test scores.

/// A band of test scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// Below the minimum of the year.
    BelowMinimum,
    /// From the minimum to 60.
    UpTo60,
    /// From 61 to 80.
    UpTo80,
    /// From 81 to 100.
    UpTo100,
}

impl Band {
    /// All bands, ascending.
    pub const ALL: [Self; 4] = [Self::BelowMinimum, Self::UpTo60, Self::UpTo80, Self::UpTo100];
    /// Names of the shares, ascending.
    pub const SHARES: [&'static str; 4] =
        [Self::BelowMinimum.share(), Self::UpTo60.share(), Self::UpTo80.share(), Self::UpTo100.share()];

    /// Name of the number of participants in the tables.
    pub const fn id(self) -> &'static str {
        match self {
            Self::BelowMinimum => "below_min",
            Self::UpTo60 => "from_min_to_60",
            Self::UpTo80 => "from_61_to_80",
            Self::UpTo100 => "from_81_to_100",
        }
    }

    /// Name of the share of participants in the tables.
    pub const fn share(self) -> &'static str {
        match self {
            Self::BelowMinimum => "below_min_pct",
            Self::UpTo60 => "from_min_to_60_pct",
            Self::UpTo80 => "from_61_to_80_pct",
            Self::UpTo100 => "from_81_to_100_pct",
        }
    }

    /// The band whose share has this name.
    pub fn from_share(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.share() == name)
    }

    /// The words within a sentence.
    pub const fn title(self) -> &'static str {
        match self {
            Self::BelowMinimum => "ниже минимального балла",
            Self::UpTo60 => "от минимального до 60",
            Self::UpTo80 => "от 61 до 80",
            Self::UpTo100 => "от 81 до 100",
        }
    }
}
