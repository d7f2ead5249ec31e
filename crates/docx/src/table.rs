//! Numbered tables: caption above, header on every page, no upright rules, note below.

use super::bar;
use super::cell;
use super::flow::Flow;
use super::text::{Look, field, paragraph, paragraph_with, run, run_with, tab};
use super::xml::{Xml, hex};
use srez_model::report::{Align, Cell, Row, RowKind, Table};
use srez_render::office::{COMPUTED, INK, INK_2, WASH, is_computed};

/// Writes a table with caption and note.
pub(super) fn write(flow: &mut Flow, table: &Table) {
    flow.tables += usize::from(!table.caption.is_empty());
    let (number, width) = (flow.tables, flow.page().text_width());
    let xml = &mut flow.xml;
    if !table.caption.is_empty() {
        caption(xml, number, &table.caption);
    }
    if table.columns.is_empty() {
        return;
    }
    let widths = column_widths(table, width);
    frame(xml, "DataTable", &widths, &table.caption, |xml| {
        header(xml, table, &widths);
        for (place, row) in table.rows.iter().enumerate() {
            if row.kind == RowKind::Group {
                group_row(xml, row, &widths);
                continue;
            }
            body_row(xml, table, row, &widths, stays_with_next(place, table.rows.len()));
        }
    });
    note(xml, table);
}

/// A table of a style: its grid, then the rows that `rows` writes.
pub(super) fn frame(xml: &mut Xml, style: &str, widths: &[i64], title: &str, rows: impl FnOnce(&mut Xml)) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.value("w:tblStyle", style);
            let whole: i64 = widths.iter().sum();
            xml.empty("w:tblW", &[("w:w", &whole.to_string()), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            let first = if style == "DataTable" { "1" } else { "0" };
            let look = [
                ("w:val", if style == "DataTable" { "0620" } else { "0600" }),
                ("w:firstRow", first),
                ("w:lastRow", "0"),
                ("w:firstColumn", "0"),
                ("w:lastColumn", "0"),
                ("w:noHBand", "1"),
                ("w:noVBand", "1"),
            ];
            xml.empty("w:tblLook", &look);
            if !title.is_empty() {
                xml.value("w:tblCaption", title);
            }
        });
        xml.element("w:tblGrid", &[], |xml| {
            for width in widths {
                xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
            }
        });
        rows(xml);
    });
}

/// A row that does not break over pages.
pub(super) fn row(xml: &mut Xml, is_header: bool, cells: impl FnOnce(&mut Xml)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if is_header {
                xml.empty("w:tblHeader", &[]);
            }
        });
        cells(xml);
    });
}

/// A cell with properties of its own.
pub(super) fn cell_frame(xml: &mut Xml, width: i64, properties: impl FnOnce(&mut Xml), content: impl FnOnce(&mut Xml)) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            properties(xml);
        });
        content(xml);
    });
}

/// One line of a cell's frame; the width is in eighths of a point.
pub(super) fn line(xml: &mut Xml, side: &str, width: u32, colour: u32) {
    let (width, colour) = (width.to_string(), hex(colour));
    let line = [("w:val", "single"), ("w:sz", width.as_str()), ("w:space", "0"), ("w:color", &colour)];
    xml.empty(&format!("w:{side}"), &line);
}

/// «Таблица 3. Что, о ком», with a live number.
fn caption(xml: &mut Xml, number: usize, words: &str) {
    let bold = Look { bold: true, colour: Some(INK), ..Look::default() };
    paragraph_with(
        xml,
        "Caption",
        |xml| xml.empty("w:keepNext", &[]),
        |xml| {
            run_with(xml, "Таблица\u{a0}", bold);
            field(xml, "SEQ Таблица \\* ARABIC", &number.to_string(), bold);
            run_with(xml, ".", bold);
            run(xml, &format!(" {words}"));
        },
    );
}

fn header(xml: &mut Xml, table: &Table, widths: &[i64]) {
    row(xml, true, |xml| {
        for (place, (column, width)) in table.columns.iter().zip(widths).enumerate() {
            let frame = |xml: &mut Xml| {
                xml.element("w:tcBorders", &[], |xml| line(xml, "bottom", 5, INK));
                xml.value("w:vAlign", "bottom");
            };
            cell_frame(xml, *width, frame, |xml| {
                let scale: Vec<&str> = column.title.split_whitespace().collect();
                if let ([left, middle, right], true) = (scale.as_slice(), has_bars(table, place)) {
                    bar_scale(xml, [left, middle, right], bar::length(*width));
                } else {
                    let align = |xml: &mut Xml| xml.value("w:jc", justification(column.align));
                    paragraph_with(xml, "CellHead", align, |xml| run(xml, &column.title));
                }
            });
        }
    });
}

fn has_bars(table: &Table, place: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.cells.get(place), Some(Cell::Bar(_))))
}

/// The scale of bars, «0 50 100», over the bars of the given length.
fn bar_scale(xml: &mut Xml, [left, middle, right]: [&str; 3], length: i64) {
    let stops = |xml: &mut Xml| {
        xml.element("w:tabs", &[], |xml| {
            xml.empty("w:tab", &[("w:val", "center"), ("w:pos", &(length / 2).to_string())]);
            xml.empty("w:tab", &[("w:val", "right"), ("w:pos", &length.to_string())]);
        });
    };
    paragraph_with(xml, "CellHead", stops, |xml| {
        run(xml, left);
        tab(xml);
        run(xml, middle);
        tab(xml);
        run(xml, right);
    });
}

/// Rows at the beginning and at the end of a table that no page leaves alone.
const TOGETHER: usize = 2;

/// True for a row that must not be the last of its page: a first row alone under the header, or the last but one.
fn stays_with_next(place: usize, rows: usize) -> bool {
    let to_end = rows - place;
    to_end > 1 && (place + 1 < TOGETHER || to_end <= TOGETHER)
}

fn body_row(xml: &mut Xml, table: &Table, line_of: &Row, widths: &[i64], stays: bool) {
    row(xml, false, |xml| {
        for (place, (column, width)) in table.columns.iter().zip(widths).enumerate() {
            let frame = |xml: &mut Xml| {
                if line_of.kind == RowKind::Total {
                    xml.element("w:tcBorders", &[], |xml| line(xml, "top", 5, INK));
                }
            };
            let style = match (line_of.cells.get(place), column.align) {
                (Some(Cell::Bar(_)), _) | (_, Align::Left) => "CellText",
                (_, Align::Centre) => "CellCode",
                (_, Align::Right) => "CellNumber",
            };
            cell_frame(xml, *width, frame, |xml| {
                let keep = |xml: &mut Xml| {
                    if stays {
                        xml.empty("w:keepNext", &[]);
                    }
                };
                paragraph_with(xml, style, keep, |xml| match line_of.cells.get(place) {
                    Some(cell) => cell::write(xml, cell, (line_of, column), *width),
                    None => run(xml, ""),
                });
            });
        }
    });
}

/// The head of the rows below, over all columns.
fn group_row(xml: &mut Xml, group: &Row, widths: &[i64]) {
    row(xml, false, |xml| {
        let over = |xml: &mut Xml| {
            xml.value("w:gridSpan", &widths.len().to_string());
            xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &hex(WASH))]);
        };
        cell_frame(xml, widths.iter().sum(), over, |xml| {
            let keep = |xml: &mut Xml| xml.empty("w:keepNext", &[]);
            paragraph_with(xml, "CellText", keep, |xml| {
                let words = group.cells.first().map(cell::printed).unwrap_or_default();
                run_with(xml, &words, Look { bold: true, colour: Some(INK), ..Look::default() });
            });
        });
    });
}

fn note(xml: &mut Xml, table: &Table) {
    let computed = is_computed(table);
    paragraph(xml, "Remark", |xml| {
        if !table.note.is_empty() {
            run(xml, &table.note);
        }
        if computed {
            let space = if table.note.is_empty() { "" } else { " " };
            run_with(xml, &format!("{space}{COMPUTED}"), Look { colour: Some(INK_2), bold: true, ..Look::default() });
        }
    });
}

fn justification(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
    }
}

/// Signs of a number with its word that is kept on one line.
const LONGEST_PIECE: usize = 12;

/// Signs of a row name that is kept on one line.
const LONGEST_NAME: usize = 20;

/// Widths in twentieths of a point that together make the whole: by weight, but no column breaks a word of its header
/// while others have room to spare. A column without sound weight counts as 1.
fn column_widths(table: &Table, whole: i64) -> Vec<i64> {
    let columns = &table.columns;
    let least: Vec<i64> = (0..columns.len()).map(|place| least_width(table, place)).collect();
    let weights: Vec<f64> = columns.iter().map(|column| sound(column.weight)).collect();
    let sum: f64 = weights.iter().sum();
    let mut widths = Vec::with_capacity(columns.len());
    let (mut weight, mut before) = (0.0, 0_i64);
    for share in weights {
        weight += share;
        let edge = part(whole, weight / sum);
        widths.push(edge - before);
        before = edge;
    }
    for (place, needed) in least.iter().enumerate() {
        let spare = |(other, width): (usize, &i64)| (width - least.get(other).copied().unwrap_or(0), other);
        while let (Some(width), Some((room, other))) =
            (widths.get(place).copied(), widths.iter().enumerate().map(spare).max())
        {
            let lacking = (needed - width).min(room / 2);
            if lacking <= 0 || other == place {
                break;
            }
            for (changed, by) in [(place, lacking), (other, -lacking)] {
                if let Some(width) = widths.get_mut(changed) {
                    *width += by;
                }
            }
        }
    }
    widths
}

/// Width that a column needs, with the margins of the cell: the longest word of its header at 8 points, its longest
/// number, which must stay on one line, and in the first column the names of the rows, as far as they are short. Where
/// our font is not installed another takes its place, and the usual ones are wider.
fn least_width(table: &Table, place: usize) -> i64 {
    let title = table.columns.get(place).map_or("", |column| column.title.as_str());
    let word = title.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let rows = table.rows.iter().filter(|row| row.kind != RowKind::Group);
    let numbers = rows.filter_map(|row| row.cells.get(place)).map(|content| match content {
        Cell::Count { .. }
        | Cell::Number { .. }
        | Cell::Difference { .. }
        | Cell::Interval { .. }
        | Cell::Shaded(..)
        | Cell::Level(..) => cell::printed(content).chars().filter(|sign| *sign != '\u{2060}').count(),
        // «Менее 0,001» stands on one line as well; letters are wider than digits.
        Cell::Text(text) => {
            let pieces = text.split(' ').filter(|piece| piece.contains(|sign: char| sign.is_ascii_digit()));
            pieces.map(|piece| piece.chars().count() + 1).filter(|signs| *signs <= LONGEST_PIECE).max().unwrap_or(0)
        }
        _ => 0,
    });
    let number = numbers.max().unwrap_or(0);
    let units = |signs: usize, each: i64| i64::try_from(signs.min(20)).unwrap_or(20) * each + 140;
    let name = if place == 0 { longest_name(table) } else { 0 };
    units(word, 106).max(units(number, 108)).max(units(name, 104))
}

/// Signs of the longest row name that is meant to stand on one line; longer ones are sentences and may break.
fn longest_name(table: &Table) -> usize {
    let rows = table.rows.iter().filter(|row| row.kind != RowKind::Group);
    let names = rows.filter_map(|row| match row.cells.first() {
        Some(Cell::Text(name)) => Some(name.chars().count()),
        _ => None,
    });
    names.filter(|signs| *signs <= LONGEST_NAME).max().unwrap_or(0)
}

fn sound(weight: f64) -> f64 {
    if weight.is_finite() && weight > 0.0 { weight.clamp(0.2, 50.0) } else { 1.0 }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a page is some 15 000 units wide")]
fn part(whole: i64, share: f64) -> i64 {
    (whole as f64 * share).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::report::Column;

    fn of(columns: Vec<Column>) -> Table {
        let (name, caption, note) = (String::new(), String::new(), String::new());
        Table { name, caption, columns, rows: Vec::new(), note, wide: false, chart: None }
    }

    #[test]
    fn widths_make_the_whole_page() {
        let column = |weight| Column::new("", Align::Left, weight);
        let widths = column_widths(&of(vec![column(1.0), column(4.0), column(f64::NAN), column(1.0)]), 9638);
        assert_eq!(widths.iter().sum::<i64>(), 9638);
        assert_eq!(widths, [1377, 5507, 1377, 1377]);
    }

    #[test]
    fn no_page_leaves_one_row_of_a_table_alone() {
        let kept = |rows: usize| (0..rows).filter(|place| stays_with_next(*place, rows)).collect::<Vec<_>>();
        assert_eq!(kept(1), Vec::<usize>::new());
        assert_eq!(kept(2), [0]);
        assert_eq!(kept(6), [0, 4]);
    }

    #[test]
    fn no_header_breaks_a_word_while_there_is_room() {
        let column = |title: &str, weight| Column::new(title, Align::Right, weight);
        let columns = vec![column("Умение", 9.0), column("Не приступали", 1.0), column("n", 0.2)];
        let mut table = of(columns);
        let cells = vec![Cell::Missing, Cell::Missing, Cell::count(1_412_306)];
        table.rows.push(Row { cells, kind: RowKind::Plain });
        let widths = column_widths(&table, 9638);
        assert_eq!(widths.iter().sum::<i64>(), 9638);
        assert!((0..3).zip(&widths).all(|(place, width)| least_width(&table, place) <= *width), "{widths:?}");
        let crowd = of(vec![column("Неприступавшие", 1.0); 12]);
        assert_eq!(column_widths(&crowd, 9638).iter().sum::<i64>(), 9638);
    }
}
