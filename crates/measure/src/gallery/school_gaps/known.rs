//! What is known of the classes of a school.

use super::super::super::comparing::Counted;
use srez_model::row_patterns::PatternSums;
use srez_statistics::moments::Sums;
use srez_statistics::school_model::Group;

/// At most one pupil in so many may lack a class where the classes of a school are known.
const ONE_UNKNOWN_IN: u64 = 10;

/// Sums over pupils.
pub(super) trait OfPupils: Copy {
    fn n(&self) -> u64;
    fn without(self, part: Self) -> Self;
}

impl OfPupils for Sums {
    fn n(&self) -> u64 {
        self.n
    }

    fn without(self, part: Self) -> Self {
        Self::without(self, part)
    }
}

impl OfPupils for Counted {
    fn n(&self) -> u64 {
        self.n
    }

    fn without(self, part: Self) -> Self {
        Self::without(self, part)
    }
}

impl OfPupils for PatternSums {
    fn n(&self) -> u64 {
        self.n
    }

    fn without(self, part: Self) -> Self {
        Self::without(self, part)
    }
}

/// A school by its classes, or as a whole.
pub(super) struct Known<T> {
    pub(super) whole: T,
    parts: Vec<T>,
    /// Classes that have a name; none where they are not known.
    pub(super) classes: Option<u64>,
}

impl<T: OfPupils> Known<T> {
    /// Pupils without a class are one more class, where they are few.
    pub(super) fn new(whole: T, classes: impl IntoIterator<Item = T>) -> Self {
        let mut parts: Vec<T> = classes.into_iter().filter(|class| class.n() != 0).collect();
        let rest = parts.iter().fold(whole, |rest, class| rest.without(*class));
        if whole.n() < ONE_UNKNOWN_IN * rest.n() || parts.is_empty() {
            return Self { whole, parts: Vec::new(), classes: None };
        }
        let classes = Some(parts.len() as u64);
        parts.extend((rest.n() != 0).then_some(rest));
        Self { whole, parts, classes }
    }

    /// The same as the model takes it; pupils of whom `value` has nothing are left out.
    pub(super) fn group<U>(&self, value: impl Fn(&T) -> Option<U>) -> Option<Group<U>> {
        match self.classes {
            Some(_) => Some(Group::Parts(self.parts.iter().filter_map(value).collect())),
            None => value(&self.whole).map(Group::Whole),
        }
    }
}
