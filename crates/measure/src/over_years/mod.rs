//! Two years of an exam: whether they may be compared, the values of each, and their reference.

pub(super) mod comparability;
pub(super) mod distance;
pub(super) mod effect;
pub(super) mod reading;
pub(super) mod row;
