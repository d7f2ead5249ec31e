//! From the table of a document to the grid of a sheet: a cell that says several numbers becomes several columns, so
//! that every number stays alone in its cell and can be filtered, sorted and charted.

use srez_model::report::{Align, Cell, Shade, Table};
use srez_render::office::printable;
use std::collections::BTreeSet;

/// Words for the parts of a whole, as in the bars of the documents.
const PARTS: [&str; 4] = ["Полный балл, %", "Частичный, %", "Ноль, %", "Не приступали, %"];
const MARKS: [&str; 4] = ["«2», %", "«3», %", "«4», %", "«5», %"];
/// Longest header that Excel takes for a column of a table object, with a reserve.
const HEADER_LIMIT: usize = 200;

/// Which part of a document's cell a column of the sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The whole cell.
    Whole,
    /// Lower bound of an interval.
    Low,
    /// Upper bound.
    High,
    /// Letter of the level.
    Level,
    /// Greatest number of points.
    Maximum,
    /// One of four shares.
    Share(usize),
    /// Value of a bar.
    Value,
    /// Threshold of a bar.
    Threshold,
    /// Reference of a bar.
    Reference,
}

/// A column of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GridColumn {
    /// Place of the document's column.
    pub(super) source: usize,
    /// Part of its cells.
    pub(super) part: Part,
    /// Place of a drawn column and its part that says the same numbers and has no column of its own.
    pub(super) stands_for: Option<(usize, Part)>,
    /// Header, unique in its table.
    pub(super) title: String,
    /// How its cells stand.
    pub(super) align: Align,
}

/// What stands in a cell of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum GridValue {
    /// Text.
    Text(String),
    /// A whole number.
    Count(f64),
    /// A number with so many decimals.
    Number(f64, u8),
    /// A difference with so many decimals.
    Difference(f64, u8),
    /// Text on a ground, or in bold.
    Shaded(String, Shade),
    /// Hidden or not applicable.
    Missing,
}

/// The columns of the sheet, in order.
pub(super) fn columns(table: &Table) -> Vec<GridColumn> {
    let mut seen = BTreeSet::new();
    let mut columns = Vec::new();
    for (source, column) in table.columns.iter().enumerate() {
        let cells: Vec<&Cell> = table.rows.iter().filter_map(|row| row.cells.get(source)).collect();
        let title = clean_title(&column.title);
        for (part, suffix) in parts(&cells) {
            let align = match part {
                Part::Whole => column.align,
                Part::Level => Align::Centre,
                _ => Align::Right,
            };
            let printed = printed(table, source, part, &columns);
            if let Some(printed) = printed.and_then(|place| columns.get_mut(place)) {
                printed.stands_for = Some((source, part));
                continue;
            }
            let title = unique(&(stem(&title, part, source) + suffix), &mut seen);
            columns.push(GridColumn { source, part, stands_for: None, title, align });
        }
    }
    columns
}

/// The column that prints the numbers of a drawn part: a sheet says a number once. Where it prints nothing but «—»,
/// nothing is known of the part, whatever is drawn; where it prints words, the drawn number is said beside them.
fn printed(table: &Table, source: usize, part: Part, columns: &[GridColumn]) -> Option<usize> {
    let order = match part {
        Part::Share(order) => order,
        Part::Value => 0,
        Part::Reference => 1,
        _ => return None,
    };
    let from = *table.columns.get(source)?.drawn_from.get(order)?;
    let cells = || table.rows.iter().filter_map(|row| row.cells.get(from));
    let is_number = |cell: &Cell| matches!(cell, Cell::Number { value, .. } if value.is_finite());
    let says = cells().any(is_number) || cells().all(|cell| matches!(cell, Cell::Missing));
    columns.iter().position(|column| column.source == from && column.part == Part::Whole).filter(|_| says)
}

/// What a column of the sheet shows of a cell.
pub(super) fn value(cell: &Cell, part: Part) -> GridValue {
    let number = |value: f64, decimals| {
        if value.is_finite() { GridValue::Number(value, decimals) } else { GridValue::Missing }
    };
    let optional = |value: Option<f64>| value.map_or(GridValue::Missing, |value| number(value, 1));
    match (cell, part) {
        (Cell::Interval { low, decimals, .. }, Part::Low | Part::Whole) => number(*low, *decimals),
        (Cell::Interval { high, decimals, .. }, Part::High) => number(*high, *decimals),
        (Cell::Level(level, _), Part::Level | Part::Whole) => {
            level.map_or(GridValue::Missing, |level| GridValue::Text(level.letter().to_owned()))
        }
        (Cell::Level(_, max), Part::Maximum) => max.map_or(GridValue::Missing, |max| GridValue::Count(f64::from(max))),
        (Cell::Marks(shares) | Cell::Parts(shares), Part::Share(place)) => optional(shares.get(place).copied()),
        (Cell::Bar(bar), Part::Value | Part::Whole) => number(bar.value, 1),
        (Cell::Bar(bar), Part::Threshold) => optional(bar.threshold),
        (Cell::Bar(bar), Part::Reference) => optional(bar.reference),
        (Cell::Text(text) | Cell::Link(text, _), part) if is_first(part) => GridValue::Text(text.clone()),
        (Cell::Shaded(text, shade), part) if is_first(part) => GridValue::Shaded(text.clone(), *shade),
        (Cell::Verdict(verdict), part) if is_first(part) => GridValue::Text(verdict.title().to_owned()),
        (Cell::Count { value, .. }, part) if is_first(part) => GridValue::Count(srez_model::unit::as_f64(*value)),
        (Cell::Number { value, decimals, .. }, part) if is_first(part) => number(*value, *decimals),
        (Cell::Difference { value, decimals, .. }, part) if is_first(part) && value.is_finite() => {
            GridValue::Difference(*value, *decimals)
        }
        _ => GridValue::Missing,
    }
}

/// Parts of a column with the ends of their headers, by its first cell that says several numbers.
fn parts(cells: &[&Cell]) -> Vec<(Part, &'static str)> {
    let composed = cells.iter().find(|cell| {
        matches!(cell, Cell::Interval { .. } | Cell::Level(..) | Cell::Marks(_) | Cell::Parts(_) | Cell::Bar(_))
    });
    let shares = |words: [&'static str; 4]| (0..4).map(move |place| (Part::Share(place), words[place])).collect();
    match composed {
        Some(Cell::Interval { .. }) => vec![(Part::Low, ", от"), (Part::High, ", до")],
        Some(Cell::Level(..)) => vec![(Part::Level, ""), (Part::Maximum, "Макс. балл")],
        Some(Cell::Marks(_)) => shares(MARKS),
        Some(Cell::Parts(_)) => shares(PARTS),
        Some(Cell::Bar(_)) => {
            let any = |tick: fn(&srez_model::report::Bar) -> Option<f64>| {
                cells.iter().any(|cell| matches!(cell, Cell::Bar(bar) if tick(bar).is_some()))
            };
            let mut parts = vec![(Part::Value, "")];
            parts.extend(any(|bar| bar.threshold).then_some((Part::Threshold, "Порог, %")));
            parts.extend(any(|bar| bar.reference).then_some((Part::Reference, "Ориентир, %")));
            parts
        }
        _ => vec![(Part::Whole, "")],
    }
}

fn is_first(part: Part) -> bool {
    matches!(part, Part::Whole | Part::Low | Part::Level | Part::Share(0) | Part::Value)
}

/// Header before its end: a scale such as «0 50 100» or a list such as «полный / частичный» says nothing over one
/// number, and parts of a bar stand by themselves.
fn stem(title: &str, part: Part, place: usize) -> String {
    let is_scale = title.contains('/') || !title.chars().any(char::is_alphabetic);
    match part {
        Part::Value if is_scale => "Полоса, %".to_owned(),
        Part::Share(_) if is_scale => String::new(),
        Part::Share(_) => format!("{title}: "),
        Part::Threshold | Part::Reference | Part::Maximum => String::new(),
        _ if title.is_empty() => format!("Столбец {}", place + 1),
        _ => title.to_owned(),
    }
}

fn clean_title(title: &str) -> String {
    printable(title).replace('\n', " ").trim().chars().take(HEADER_LIMIT).collect()
}

/// Excel compares headers of a table object without case.
fn unique(title: &str, seen: &mut BTreeSet<String>) -> String {
    let mut tried = title.to_owned();
    let mut again = 2;
    while !seen.insert(tried.to_lowercase()) {
        tried = format!("{title} ({again})");
        again += 1;
    }
    tried
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::finding::Verdict;
    use srez_model::report::{Bar, Column, Row, RowKind};

    fn table(titles: &[&str], cells: Vec<Cell>) -> Table {
        let column = |title: &&str| Column::new(*title, Align::Right, 1.0);
        Table {
            name: "t".to_owned(),
            caption: String::new(),
            columns: titles.iter().map(column).collect(),
            rows: vec![Row { cells, kind: RowKind::Plain }],
            note: String::new(),
            wide: false,
            chart: None,
        }
    }

    #[test]
    fn composed_cells_take_a_column_per_number_and_headers_stay_unique() {
        let bar =
            Bar { value: 52.1, threshold: Some(60.0), zone: 3.0, reference: None, verdict: Verdict::Insufficient };
        let cells = vec![
            Cell::interval(48.9, 55.3, 1),
            Cell::Bar(bar),
            Cell::Marks([1.0, 2.0, 3.0, 94.0]),
            Cell::Missing,
            Cell::count(3),
        ];
        let grid = columns(&table(&["95 % инт.", "0 50 100", "Отметки", "п.п.", "П.п."], cells));
        let titles: Vec<_> = grid.iter().map(|column| column.title.as_str()).collect();
        let expected = [
            "95 % инт., от",
            "95 % инт., до",
            "Полоса, %",
            "Порог, %",
            "Отметки: «2», %",
            "Отметки: «3», %",
            "Отметки: «4», %",
            "Отметки: «5», %",
            "п.п.",
            "П.п. (2)",
        ];
        assert_eq!(titles, expected);
    }

    #[test]
    fn a_part_that_is_printed_as_unknown_is_not_drawn_as_nought() {
        let printed = |last: Cell| {
            let cells = vec![Cell::number(60.0, 1), Cell::number(40.0, 1), last, Cell::Parts([60.0, 40.0, 0.0, 0.0])];
            let mut table = table(&["Полный", "Ноль", "Не приступали", "По порядку"], cells);
            if let Some(drawn) = table.columns.last_mut() {
                drawn.drawn_from = vec![0, 1, 2];
            }
            let titles = columns(&table).into_iter().map(|column| (column.title, column.stands_for));
            titles.collect::<Vec<_>>()
        };
        let known = printed(Cell::number(0.0, 1));
        let unknown = printed(Cell::Missing);
        assert_eq!(known, unknown, "no column of noughts beside the one of dashes");
        let not_attempted = ("Не приступали".to_owned(), Some((3, Part::Share(2))));
        assert!(unknown.contains(&not_attempted), "{unknown:?}");
        assert_eq!(printed(Cell::Text("мало".into())).len(), unknown.len() + 1, "beside words the number has its own");
    }

    #[test]
    fn what_is_not_a_number_is_missing() {
        assert_eq!(value(&Cell::number(f64::NAN, 1), Part::Whole), GridValue::Missing);
        assert_eq!(value(&Cell::Missing, Part::High), GridValue::Missing);
        assert_eq!(value(&Cell::Text("нет".into()), Part::Low), GridValue::Text("нет".into()));
        assert_eq!(value(&Cell::Text("нет".into()), Part::High), GridValue::Missing);
    }
}
