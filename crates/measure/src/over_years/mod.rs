//! Two years of an exam: whether they may be compared, the values of each, and their reference.

pub(super) mod changes;
pub(super) mod city;
pub(super) mod classes;
pub(super) mod comparability;
pub(super) mod distance;
pub(super) mod effect;
pub(super) mod pooled;
pub(super) mod reading;
pub(super) mod row;
