//! The rules in force, from the registry of thresholds.

use srez_model::threshold::Thresholds;

/// Limits of what may be shown outside the office.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Fewest participants of a group in an edition for an association.
    pub group: u64,
    /// Fewest schools hidden together: a teacher of one of two would know the other by subtraction.
    pub together: usize,
    /// Least width of the range in which a hidden count can be located.
    pub width: u64,
    /// Fewest participants of a group in the public edition.
    pub public_group: u64,
    /// Fewest schools of a group in the public edition.
    pub public_schools: usize,
    /// Shares up to this and from 100 less this are hidden in the public edition, percent.
    pub public_edge: f64,
    /// Counts of the public edition are multiples of this.
    pub public_step: u64,
    /// Fewest schools behind a median and quartiles.
    pub quartile_schools: usize,
}

impl Rules {
    pub fn from_thresholds(thresholds: &Thresholds) -> Self {
        let whole = |id: &str| whole(thresholds.value(id));
        let places = |id: &str| usize::try_from(whole(id)).unwrap_or(usize::MAX);
        Self {
            group: whole("privacy.association.group"),
            together: places("privacy.association.together"),
            width: whole("privacy.width"),
            public_group: whole("privacy.public.group"),
            public_schools: places("privacy.public.schools"),
            public_edge: thresholds.value("privacy.public.edge"),
            public_step: whole("privacy.public.step").max(1),
            quartile_schools: places("privacy.school.quartiles"),
        }
    }
}

/// A threshold that counts something, rounded up, so that no rule becomes weaker than written.
fn whole(value: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small threshold, not below 0")]
    let whole = value.max(0.0).ceil() as u64;
    whole
}
