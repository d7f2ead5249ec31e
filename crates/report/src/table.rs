//! Tables that are declared column by column: the title of a column stands beside what a row says in it.

use srez_model::report::{Align, Block, Cell, Column, Row, RowKind, Table};

/// Columns beyond which a table makes a page of its own.
const MOST_COLUMNS: usize = 12;

/// A table of things, one row each.
pub(crate) struct TableOf<R> {
    of: Vec<R>,
    rows: Vec<Row>,
    columns: Vec<Column>,
    wide: Option<bool>,
}

impl<R> TableOf<R> {
    /// A table without columns.
    pub(crate) fn new(of: impl IntoIterator<Item = R>) -> Self {
        let of: Vec<R> = of.into_iter().collect();
        let rows = of.iter().map(|_| Row { cells: Vec::new(), kind: RowKind::Plain }).collect();
        Self { of, rows, columns: Vec::new(), wide: None }
    }

    /// A column and what a row says in it.
    pub(crate) fn column(mut self, column: Column, cell: impl Fn(&R) -> Cell) -> Self {
        for (row, of) in self.rows.iter_mut().zip(&self.of) {
            row.cells.push(cell(of));
        }
        self.columns.push(column);
        self
    }

    /// A column of text.
    pub(crate) fn text(self, title: &str, weight: f64, words: impl Fn(&R) -> String) -> Self {
        self.column(Column::new(title, Align::Left, weight), |of| Cell::Text(words(of)))
    }

    /// A column of counts.
    pub(crate) fn count(self, title: &str, weight: f64, n: impl Fn(&R) -> u64) -> Self {
        self.column(Column::new(title, Align::Right, weight), |of| Cell::count(n(of)))
    }

    /// A column of numbers.
    pub(crate) fn number(self, title: &str, weight: f64, cell: impl Fn(&R) -> Cell) -> Self {
        self.column(Column::new(title, Align::Right, weight), cell)
    }

    /// One column for each of several things, and what a row says of it.
    pub(crate) fn columns<T>(self, things: &[T], column: impl Fn(&T) -> Column, cell: impl Fn(&R, &T) -> Cell) -> Self {
        things.iter().fold(self, |table, thing| table.column(column(thing), |of| cell(of, thing)))
    }

    /// The same table where the rows are not all plain.
    pub(crate) fn kinds(mut self, kind: impl Fn(&R) -> RowKind) -> Self {
        for (row, of) in self.rows.iter_mut().zip(&self.of) {
            row.kind = kind(of);
        }
        self
    }

    /// The same table on a page turned sideways, or not, whatever the number of its columns.
    pub(crate) fn wide(mut self, wide: bool) -> Self {
        self.wide = Some(wide);
        self
    }

    /// How many columns it has.
    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }

    /// True where nothing is to be shown.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table under its name.
    pub(crate) fn named(self, name: &str, caption: impl Into<String>, note: impl Into<String>) -> Block {
        let Self { rows, columns, wide, .. } = self;
        let wide = wide.unwrap_or(columns.len() > MOST_COLUMNS);
        let (name, caption, note) = (name.to_owned(), caption.into(), note.into());
        Block::Table(Table { name, caption, columns, rows, note, wide, chart: None })
    }
}
