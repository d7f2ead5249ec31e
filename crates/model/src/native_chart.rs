//! Charts of a workbook that Excel draws from its cells.

/// A chart that a workbook draws itself from the cells of a table, so that it follows them; its title is the caption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeChart {
    /// What is drawn.
    pub kind: NativeChartKind,
    /// Column with the categories, by its place in [`Table::columns`](super::report::Table::columns).
    pub categories: usize,
    /// Columns with the values, by their place; one of `Cell::Marks` or `Cell::Parts` gives four series.
    pub values: Vec<usize>,
    /// Title of the axis of categories; empty for none.
    pub category_axis: &'static str,
    /// Title of the axis of values, with the unit.
    pub value_axis: &'static str,
}

/// What a native chart draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeChartKind {
    /// Stacked bars of the four marks, one bar per category, 0 to 100 %.
    StackedMarks,
    /// Columns of a distribution of scores; a second series is the reference.
    Distribution,
    /// Lines over the tasks, one per group of participants with the same mark, 0 to 100 %.
    MarkProfiles,
    /// Horizontal bars, one per task, 0 to 100 %; a second series is the reference.
    TaskBars,
}
