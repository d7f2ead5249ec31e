//! The extractors: one per kind of layout. They do not know each other.

pub(super) mod actions;
pub(super) mod answer_strings;
pub(super) mod appeals;
pub(super) mod descriptors;
pub(super) mod facts;
pub(super) mod group_percentages;
pub(super) mod registers;
pub(super) mod task_columns;
pub(super) mod task_percentages;
