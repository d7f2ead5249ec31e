//! Tables that are declared column by column: the title of a column stands beside what a row says in it.

use srez_model::report::{Align, Block, Cell, Column, Row, RowKind, Table};

/// Columns beyond which a table makes a page of its own.
const MOST_COLUMNS: usize = 12;

/// A table of things, one row each.
pub(crate) struct TableOf<R> {
    of: Vec<R>,
    rows: Vec<Row>,
    columns: Vec<Column>,
    /// Heads within the table, with the row before which each stands.
    heads: Vec<(usize, String)>,
    wide: Option<bool>,
}

impl<R> TableOf<R> {
    /// A table without columns.
    pub(crate) fn new(of: impl IntoIterator<Item = R>) -> Self {
        let of: Vec<R> = of.into_iter().collect();
        let rows = of.iter().map(|_| Row { cells: Vec::new(), kind: RowKind::Plain }).collect();
        Self { of, rows, columns: Vec::new(), heads: Vec::new(), wide: None }
    }

    /// A table of groups of things, each under its head where it has one; a group of nothing is left out.
    pub(crate) fn grouped(groups: impl IntoIterator<Item = (Option<String>, Vec<R>)>) -> Self {
        let (mut all, mut heads) = (Vec::new(), Vec::new());
        for (head, things) in groups.into_iter().filter(|(_, things)| !things.is_empty()) {
            heads.extend(head.map(|head| (all.len(), head)));
            all.extend(things);
        }
        Self { heads, ..Self::new(all) }
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
        let Self { mut rows, columns, heads, wide, .. } = self;
        for (place, head) in heads.into_iter().rev() {
            rows.insert(place, Row { cells: vec![Cell::Text(head)], kind: RowKind::Group });
        }
        let wide = wide.unwrap_or(columns.len() > MOST_COLUMNS);
        let (name, caption, note) = (name.to_owned(), caption.into(), note.into());
        Block::Table(Table { name, caption, columns, rows, note, wide, chart: None })
    }
}

#[cfg(test)]
mod tests {
    use super::TableOf;
    use srez_model::report::{Block, Cell, RowKind};

    #[test]
    fn every_group_stands_under_its_head_and_a_column_holds_what_its_rows_say() {
        let groups = [(Some("первые".to_owned()), vec![1_u64, 2]), (Some("никто".to_owned()), vec![]), (None, vec![7])];
        let made = TableOf::grouped(groups)
            .count("n", 1.0, |n| *n)
            .columns(
                &[10_u64, 20],
                |by| super::Column::new(by.to_string(), super::Align::Right, 1.0),
                |n, by| Cell::count(n * by),
            )
            .kinds(|n| if *n == 7 { RowKind::Total } else { RowKind::Plain })
            .named("name", "", "");
        let Block::Table(table) = made else { panic!("{made:?}") };
        let kinds: Vec<RowKind> = table.rows.iter().map(|row| row.kind).collect();
        assert_eq!(kinds, [RowKind::Group, RowKind::Plain, RowKind::Plain, RowKind::Total]);
        assert_eq!(table.rows[0].cells, [Cell::Text("первые".to_owned())]);
        assert_eq!(table.rows[3].cells, [7, 70, 140].map(Cell::count));
        let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
        assert_eq!(titles, ["n", "10", "20"]);
    }
}
