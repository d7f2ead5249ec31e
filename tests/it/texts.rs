//! The text of one document of each kind, as snapshots that a person can read through. A changed text is reviewed and
//! accepted with `INSTA_UPDATE=always cargo test --release --test it texts`.

use crate::lines::{Line, read_docx, read_page, read_workbook};
use crate::trial::demo;
use calamine::Data;

/// Name of the snapshot and path of the document.
const DOCUMENTS: &[(&str, &str)] = &[
    ("analysis-vpr", "subjects/vpr-2026-physics/analysis.docx"),
    ("analysis-oge", "subjects/oge-2026-math/analysis.docx"),
    ("analysis-ege", "subjects/ege-2026-math-profile/analysis.docx"),
    ("subject-note-vpr", "subjects/vpr-2026-math/note.docx"),
    ("subject-note-oge", "subjects/oge-2026-math/note.docx"),
    ("packet", "associations/math/packet.docx"),
    ("profile", "schools/edu990001/profile.docx"),
    ("interview", "schools/edu990001/interview.docx"),
    ("class-map", "editions/school-edu990001/maps/oge-2026-math.xlsx"),
    ("summary", "municipality/summary.docx"),
    ("order", "municipality/drafts/order.docx"),
    ("protocol", "municipality/drafts/protocol-math.docx"),
    ("letter", "qa/returns/edu990001/letter.docx"),
    ("public-edition", "editions/public/results.docx"),
    ("road-map", "municipality/roadmap.docx"),
    ("effectiveness", "municipality/effectiveness.docx"),
    ("indicators", "municipality/indicators.xlsx"),
    ("data-quality", "qa/protocol.xlsx"),
    ("start-page", "index.html"),
];

fn written(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        match line {
            Line::Paragraph(words) if words.trim().is_empty() => {}
            Line::Paragraph(words) => text.push_str(&format!("{}\n", one_line(words))),
            Line::Row(cells) => {
                let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
                text.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
        }
    }
    text
}

/// Spaces of all kinds as one space: where lines break is not what is read here.
fn one_line(text: &str) -> String {
    text.replace('\u{2060}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sheets(path: &str) -> String {
    let mut text = String::new();
    for (name, rows) in read_workbook(path) {
        text.push_str(&format!("= {name}\n"));
        for row in rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    text
}

fn cell(cell: &Data) -> String {
    match cell {
        // More digits say more about the machine than about the document.
        Data::Float(value) => ((value * 1e6).round() / 1e6).to_string(),
        other => one_line(&other.to_string()),
    }
}

/// Pseudonyms of classes hang on the key, and every trial has a key of its own.
fn without_pseudonyms(text: &str) -> String {
    let mut parts = text.split("класс ?");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str("класс ?N");
        plain.push_str(part.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    }
    plain
}

#[test]
fn texts_of_the_documents() {
    let mut changed = Vec::new();
    for (name, path) in DOCUMENTS {
        let text = match path.rsplit_once('.') {
            Some((_, "docx")) => written(&read_docx(path)),
            Some((_, "xlsx")) => sheets(path),
            _ => written(&read_page(path)),
        };
        let text = without_pseudonyms(&text);
        assert!(text.len() > 500, "{path} says little: {text}");
        // Every text is compared before the test fails, so that one run shows all that changed.
        let compared = std::panic::catch_unwind(|| insta::assert_snapshot!(format!("text-{name}"), text));
        if compared.is_err() {
            changed.push(path);
        }
    }
    assert!(changed.is_empty(), "changed: {changed:?}");
    assert!(demo().1.status.code().is_some());
}
