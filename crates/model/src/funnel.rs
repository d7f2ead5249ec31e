//! How far a value is from its reference, as the funnel drawing shows it.

/// How far a tested value is from its reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FunnelWord {
    /// Within both limits.
    Inside,
    /// Beyond the first.
    Alert,
    /// Beyond the second.
    Alarm,
}

impl FunnelWord {
    /// The word of the tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Alert => "alert",
            Self::Alarm => "alarm",
        }
    }
}
