//! The formats of one document say the same: each sentence and each row of DOCX, page, workbook and PDF.

use crate::lines::{Line, plain, read_docx, read_page, read_workbook};
use crate::pdf_text;
use crate::reports::{bytes, folder_of, integer, real};
use crate::trial::{Row, demo, has_documents};
use calamine::Data;
use srez_model::unit::Percent;
use srez_testkit::sources::files_below;
use srez_wording::number;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a cell from which its row may be broken over two pages: four lines of the widest column, two on each.
const LONG: usize = 140;

/// Documents of the demo that have a DOCX and another format, without the ending.
fn documents(other: &str) -> Vec<String> {
    let paths: BTreeSet<String> = files_below(&demo().0.period()).into_iter().collect();
    let stems = paths.iter().filter_map(|path| path.strip_suffix(".docx"));
    stems.filter(|stem| paths.contains(&format!("{stem}{other}"))).map(str::to_owned).collect()
}

fn has_digit(text: &str) -> bool {
    text.contains(|sign: char| sign.is_ascii_digit())
}

/// Rows of numbers, cells without spaces; bars and the head of their column, which not every format draws, left out.
fn rows(lines: &[Line]) -> Vec<Vec<String>> {
    let said = |cell: &String| !cell.is_empty() && !cell.starts_with("Полоса,");
    let rows = lines.iter().filter_map(|line| match line {
        Line::Row(cells) => Some(cells.iter().map(|cell| plain(cell)).filter(said).collect()),
        Line::Paragraph(_) => None,
    });
    rows.filter(|row: &Vec<String>| row.iter().any(|cell| has_digit(cell))).collect()
}

/// Paragraphs with a number; headings, footers and covers, which each format lays out in its own way, have no full
/// stop.
fn sentences(lines: &[Line]) -> Vec<String> {
    let sentences = lines.iter().filter_map(|line| match line {
        Line::Paragraph(text) if has_digit(text) && text.ends_with('.') => Some(plain(text)),
        _ => None,
    });
    sentences.collect()
}

/// Fails with the rows and sentences that a text lacks; rows are looked for one after another, so that their order
/// counts too.
fn all_stand_in(whole: &str, lines: &[Line], what: &str) -> usize {
    let (mut missing, mut compared, mut from) = (Vec::new(), 0, 0);
    for line in lines {
        let (wanted, found) = match line {
            // The head of a column of bars is between the heads of a table of tasks or skills.
            Line::Row(cells) if cells.first().is_some_and(|cell| ["№", "Умение"].contains(&cell.as_str())) => {
                continue;
            }
            // A row of long texts may go on over the page, with the head of the table in between.
            Line::Row(cells) if cells.iter().any(|cell| LONG < cell.chars().count()) => continue,
            Line::Paragraph(text) => {
                let wanted = plain(text);
                // Only a document that can be typed into says that a table must not be.
                let wanted = wanted.trim_end_matches("Рассчитанопрограммой.").to_owned();
                // The date of a cover is separate from the rest of its line.
                let found = wanted.split('·').all(|part| whole.contains(part));
                (wanted, found)
            }
            Line::Row(cells) => {
                let wanted: String = cells.iter().map(|cell| plain(cell)).collect();
                let place = whole[from..].find(&wanted);
                from += place.map_or(0, |place| place + wanted.len());
                (wanted, place.is_some())
            }
        };
        compared += usize::from(has_digit(&wanted));
        if has_digit(&wanted) && !found {
            missing.push(wanted);
        }
    }
    assert!(missing.is_empty(), "{what} lacks {} of {compared}:\n{missing:#?}", missing.len());
    compared
}

#[test]
fn pages_say_what_the_documents_say() {
    let mut compared = 0;
    for stem in documents(".html") {
        let (docx, page) = (read_docx(&format!("{stem}.docx")), read_page(&format!("{stem}.html")));
        let whole = |lines: &[Line]| rows(lines).iter().map(|row| row.join("|") + "\n").collect::<String>();
        assert_eq!(whole(&docx), whole(&page), "{stem}");
        compared += rows(&docx).len();
        let text: String = docx
            .iter()
            .map(|line| match line {
                Line::Paragraph(text) => plain(text),
                Line::Row(_) => String::new(),
            })
            .collect();
        for sentence in sentences(&page) {
            assert!(text.contains(&sentence), "{stem}.docx lacks «{sentence}»");
            compared += 1;
        }
    }
    assert!(compared > 1000, "only {compared} lines");
}

#[test]
fn pdf_says_what_the_documents_say() {
    let mut compared = 0;
    for stem in documents(".pdf") {
        let docx = read_docx(&format!("{stem}.docx"));
        let whole = plain(&pdf_text::letters(bytes(&format!("{stem}.pdf"))));
        compared += all_stand_in(&whole, &docx, &format!("{stem}.pdf"));
    }
    assert!(compared > 1000, "only {compared} lines");
}

/// The numbers of a printed cell, each with its decimals: an interval says two.
fn numbers(cell: &str) -> Vec<String> {
    let cell = cell.trim_end_matches('%');
    let is_number = |text: &str| {
        let text = text.strip_prefix(['+', '−']).unwrap_or(text);
        text.ends_with(|sign: char| sign.is_ascii_digit())
            && text.chars().all(|sign| sign.is_ascii_digit() || sign == ',')
    };
    let parts: Vec<String> = cell.split('–').map(str::to_owned).collect();
    if parts.iter().all(|part| is_number(part)) { parts } else { Vec::new() }
}

#[test]
fn workbooks_say_what_the_documents_say() {
    let mut compared = 0;
    for stem in documents(".xlsx") {
        let sheets = read_workbook(&format!("{stem}.xlsx"));
        let mut sheet: Option<&(String, Vec<Vec<Data>>)> = None;
        let mut from = 0;
        for line in read_docx(&format!("{stem}.docx")) {
            match line {
                Line::Paragraph(text) if text.starts_with("Таблица\u{a0}") => {
                    let number = plain(&text).split('.').next().unwrap().to_owned() + ".";
                    let titled = |rows: &Vec<Vec<Data>>| match rows.first().and_then(|row| row.first()) {
                        Some(Data::String(title)) => plain(title).starts_with(&number),
                        _ => false,
                    };
                    sheet = sheets.iter().find(|(_, rows)| titled(rows));
                    from = 0;
                    assert!(sheet.is_some(), "{stem}.xlsx lacks «{text}»");
                }
                Line::Paragraph(_) => {}
                Line::Row(cells) => {
                    let Some((name, rows)) = sheet else { continue };
                    // A range of tasks is text in the workbook, an interval is two numbers.
                    let wanted: Vec<(String, Vec<String>)> = cells
                        .iter()
                        .map(|cell| (plain(cell), numbers(&plain(cell))))
                        .filter(|cell| !cell.1.is_empty())
                        .collect();
                    if wanted.is_empty() {
                        continue;
                    }
                    let says_text = |row: &Vec<Data>, wanted: &String| {
                        row.iter().any(|cell| matches!(cell, Data::String(text) if plain(text) == *wanted))
                    };
                    let says = |row: &Vec<Data>, wanted: &String| {
                        let decimals = wanted.split_once(',').map_or(0, |(_, after)| after.len());
                        row.iter().any(|cell| {
                            let value = match cell {
                                Data::Float(value) => *value,
                                Data::Int(value) => *value as f64,
                                Data::String(text) => return plain(text) == *wanted,
                                _ => return false,
                            };
                            let printed = plain(&number::decimal(value, u8::try_from(decimals).unwrap()));
                            printed == wanted.trim_start_matches('+')
                        })
                    };
                    let found = rows[from..].iter().position(|row| {
                        wanted
                            .iter()
                            .all(|(text, numbers)| says_text(row, text) || numbers.iter().all(|one| says(row, one)))
                    });
                    let found = found.unwrap_or_else(|| panic!("{stem}.xlsx, {name}: no row says {cells:?}"));
                    from += found + 1;
                    compared += wanted.len();
                }
            }
        }
    }
    assert!(compared > 5000, "only {compared} numbers");
}

/// The rows of the analysis of an exam.
fn analysis(exam: &str) -> Vec<Vec<String>> {
    rows(&read_docx(&format!("{}/analysis.docx", folder_of(exam))))
}

/// True if a row has these cells one after another.
fn has_row(rows: &[Vec<String>], cells: &[String]) -> bool {
    let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
    rows.iter().any(|row| row.windows(cells.len()).any(|window| window == cells))
}

#[test]
fn analyses_say_what_the_tables_of_data_say() {
    let of_home = |table: &str| {
        let rows = demo().0.table(table);
        rows.into_iter()
            .filter(|row| row["level"] == "municipality" && row["group"] == "Северная Долина" && has_documents(row))
    };
    let mut documents: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut compared = BTreeMap::new();
    let pct = |row: &Row, column: &str, n: u64| number::share(Percent(real(row, column)), n);
    let mut check = |table: &'static str, row: &Row, cells: Vec<String>| {
        let document = documents.entry(row["exam"].clone()).or_insert_with(|| analysis(&row["exam"]));
        assert!(has_row(document, &cells), "{table} of {}: no row says {cells:?}", row["exam"]);
        *compared.entry(table).or_insert(0) += cells.len();
    };
    for row in of_home("tasks").filter(|row| !row["pct"].is_empty()) {
        let n = integer(&row, "n");
        let document = analysis(&row["exam"]);
        let (task, done) = (plain(&row["task"]), plain(&pct(&row, "pct", n)));
        let says = |cells: &Vec<String>| cells[0] == task && cells.contains(&done);
        assert!(document.iter().any(says), "{} of {}: no row says {done}", row["task"], row["exam"]);
        check("tasks", &row, vec![done]);
    }
    for row in of_home("skills").filter(|row| !row["pct"].is_empty()) {
        let n = integer(&row, "n");
        let bounds = number::range(real(&row, "low"), real(&row, "high"), number::share_decimals(n));
        check("skills", &row, vec![row["tasks"].clone(), number::count(n), pct(&row, "pct", n), bounds]);
    }
    for row in of_home("journal") {
        let n = integer(&row, "n");
        let share = |column: &str| {
            let count = integer(&row, column);
            [number::count(count), number::share(Percent(100.0 * count as f64 / n as f64), n)]
        };
        let mut cells = vec!["Северная Долина".to_owned(), number::count(n)];
        cells.extend(["lowered", "confirmed", "raised"].iter().flat_map(|column| share(column)));
        cells.push(row["gap2"].clone());
        check("journal", &row, cells);
    }
    for row in of_home("bands") {
        let n = integer(&row, "n");
        let mut cells = vec!["Северная Долина".to_owned(), number::count(n)];
        let bands = ["below_min_pct", "from_min_to_60_pct", "from_61_to_80_pct", "from_81_to_100_pct"];
        cells.extend(bands.map(|column| pct(&row, column, n)));
        check("bands", &row, cells);
    }
    assert!(compared.len() == 4 && compared.values().all(|cells| *cells > 20), "{compared:?}");
}
