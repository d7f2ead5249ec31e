//! What two years of an exam have in common: whether they may be compared, what was read in each, and against whom.

pub(super) mod comparability;
pub(super) mod distance;
pub(super) mod effect;
pub(super) mod reading;
pub(super) mod row;
