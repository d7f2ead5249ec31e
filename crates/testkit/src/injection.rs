//! A report made of given strings, for tests of what happens to strings that try to be more than text.

use crate::sample::report;
use srez_model::field_id::{FieldId, FieldName};
use srez_model::report::{Align, Blank, Block, Cell, Column, DocumentKind, Report, Row, RowKind, Section, Table, Text};

/// A report that says these strings wherever it says anything; each of them stands in a table too.
pub fn report_of(strings: &[String]) -> Report {
    let mut at = strings.iter().cycle();
    let mut next = || at.next().cloned().unwrap_or_default();
    let row = |cells: Vec<Cell>| Row { cells, kind: RowKind::Plain };
    let column = |title: &str| Column::new(title, Align::Left, 4.0);
    let table = Table {
        name: "strings".to_owned(),
        caption: next(),
        columns: vec![column("Строка"), column(&next())],
        rows: strings.iter().map(|text| row(vec![Cell::Text(text.clone()), Cell::count(1)])).collect(),
        note: next(),
        wide: false,
        chart: None,
    };
    let blocks = vec![
        Block::Paragraph(Text::plain(next()).bold(next()).then(next())),
        Block::List(vec![Text::plain(next()), Text::plain(next())]),
        Block::Steps(vec![Text::plain(next())]),
        Block::Note(Text::plain(next())),
        {
            let mut blank = Blank::new(FieldId::new(FieldName::Errors, ""), next(), 1);
            blank.text = next();
            blank.block()
        },
        Block::Table(table),
    ];
    Report {
        title: next(),
        subtitle: next(),
        centre: next(),
        municipality: next(),
        running_head: next(),
        footer: next(),
        passport: vec![(next(), next())],
        sections: vec![Section { id: "", title: next(), depth: 1, new_page: true, annex: false, blocks }],
        ..report(DocumentKind::SubjectAnalysis)
    }
}
