//! The language of the documents: what a proof-reader would mark, looked for in every document of the demo.
//!
//! A fault that a kind of document may have stands in one list with its reason; a fault that is no longer there has to
//! leave the list.

use crate::filter_page::data_of;
use crate::lines::{Line, read_docx, read_page, read_workbook};
use crate::reports::{bytes, parts, texts};
use crate::trial::demo;
use calamine::Data;
use srez_model::filter_page::FILE;
use srez_testkit::sources::files_below;
use std::collections::{BTreeMap, BTreeSet};

/// A fault: its name, and what of a text has it.
type Fault = (&'static str, fn(&Piece) -> Option<String>);

/// A paragraph or a cell.
struct Piece {
    text: String,
    /// True for a cell of a table, where short notation is allowed.
    is_cell: bool,
}

const FAULTS: &[Fault] = &[
    ("doubled word", doubled_word),
    ("two signs of number", |it| any_of(it, &["№ №", "№№"])),
    ("blank before a stop", blank_before_stop),
    ("empty brackets", |it| any_of(it, &["()", "( )", "«»", "« »", "[]"])),
    ("two blanks", |it| any_of(it, &["  "])),
    ("two alphabets in a word", two_alphabets),
    ("two full stops", two_stops),
    ("straight quotes", |it| any_of(it, &["\""])),
    ("code of a rule", rule_code),
    ("combination", |it| any_word(it, &["сочетан"])),
    ("version as «срез»", version_as_cut),
    ("issue", issue),
    ("retold", |it| any_word(it, &["пересказ"])),
    ("name of the program", |it| any_of(it, &["srez"])),
    ("value of a test", |it| any_of(it, &[" q ", "q =", "p =", " p ", "q<", "p<", "q <", "p <"])),
    ("n = in a paragraph", |it| if it.is_cell { None } else { any_of(it, &["n =", "n="]) }),
    ("cut off", |it| it.text.ends_with('…').then(|| it.text.clone())),
    ("no number", |it| any_of(it, &["(-1)", "NaN", "None", "Some("])),
    ("foreign word", foreign_word),
];

/// Kinds of documents that may have a fault, and why. The beginning of a kind names all of its formats.
const ALLOWED: &[(&str, &[&str], &str)] = &[
    ("subjects/analysis", OF_ANALYSES, "its workbook tells rules and formulas"),
    ("editions/association/analysis", &["n = in a paragraph"], "cut out of the analysis"),
    ("editions/school/results", &["cut off"], "pupils by pseudonyms, short labels"),
    ("schools/interview", &["foreign word", "n = in a paragraph"], "names of files, findings word for word"),
    ("schools/profile", &["foreign word"], "names of files"),
    ("index.html", OF_START_PAGE, "for whoever runs the program: folders, commands, findings word for word"),
    ("qa/index.html", OF_PROTOCOL, "for whoever runs the program: files, commands, codes of notes"),
    ("qa/protocol.xlsx", OF_PROTOCOL, "for whoever runs the program: files, commands, codes of notes"),
    ("qa/returns/", &["foreign word"], "names of files of the schools"),
    ("texts.xlsx", &["code of a rule", "foreign word"], "addresses of fields, by which they are read back"),
    (
        "data/tables.xlsx",
        OF_TABLES,
        "for calculations: names of columns and rules, messages and findings word for word",
    ),
];

const OF_ANALYSES: &[&str] = &[
    "code of a rule",
    "combination",
    "foreign word",
    "n = in a paragraph",
    "retold",
    "two alphabets in a word",
    "value of a test",
];

const OF_START_PAGE: &[&str] = &["foreign word", "n = in a paragraph", "name of the program"];

const OF_PROTOCOL: &[&str] = &["code of a rule", "foreign word", "name of the program"];

const OF_TABLES: &[&str] =
    &["code of a rule", "foreign word", "issue", "name of the program", "retold", "value of a test"];

fn any_of(piece: &Piece, wrong: &[&str]) -> Option<String> {
    wrong.iter().find_map(|wrong| Some(around(&piece.text, piece.text.find(wrong)?)))
}

/// A few words around a place.
fn around(text: &str, place: usize) -> String {
    let from = text[..place].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    text[from..].chars().take(90).collect()
}

/// A word that begins so.
fn any_word(piece: &Piece, beginnings: &[&str]) -> Option<String> {
    let text = piece.text.to_lowercase();
    let found = beginnings.iter().find_map(|beginning| {
        text.match_indices(beginning).map(|(at, _)| at).find(|at| !text[..*at].ends_with(char::is_alphabetic))
    })?;
    Some(around(&text, found))
}

fn doubled_word(piece: &Piece) -> Option<String> {
    let words: Vec<&str> = piece.text.split(' ').collect();
    let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let pair = words.windows(2).find(|pair| is_word(pair[0]) && pair[0].to_lowercase() == pair[1].to_lowercase())?;
    Some(format!("{} {} in «{}»", pair[0], pair[1], piece.text))
}

fn blank_before_stop(piece: &Piece) -> Option<String> {
    let is_stop = |rest: &str| rest.starts_with([',', ';', '.', ':']) && !rest[1..].starts_with(char::is_alphanumeric);
    let mut blanks = piece.text.match_indices(' ').map(|(at, _)| at);
    blanks.find(|at| is_stop(&piece.text[at + 1..])).map(|at| around(&piece.text, at))
}

fn two_alphabets(piece: &Piece) -> Option<String> {
    let words = piece.text.split(|sign: char| !sign.is_alphabetic());
    let is_mixed = |word: &&str| word.chars().any(|sign| sign.is_ascii_alphabetic()) && !word.is_ascii();
    words.filter(|word| !word.is_empty()).find(is_mixed).map(str::to_owned)
}

fn two_stops(piece: &Piece) -> Option<String> {
    let text = piece.text.replace("../", "");
    text.find("..").map(|at| around(&text, at))
}

/// «F07», «S01a».
fn rule_code(piece: &Piece) -> Option<String> {
    let words = piece.text.split(|sign: char| !sign.is_alphanumeric());
    let is_code = |word: &&str| {
        let rest = word.strip_prefix(['F', 'S']).unwrap_or_default();
        rest.len() >= 2 && rest.len() <= 3 && rest[..2].bytes().all(|byte| byte.is_ascii_digit())
    };
    words.filter(|word| word.is_ascii()).find(is_code).map(|code| format!("{code} in «{}»", piece.text))
}

/// A work in autumn may be called so, a version of the data may not.
fn version_as_cut(piece: &Piece) -> Option<String> {
    any_word(piece, &["срез"]).filter(|found| !found.contains("осенн"))
}

/// A school leaver is no issue.
fn issue(piece: &Piece) -> Option<String> {
    any_word(piece, &["выпуск"]).filter(|found| !found.contains("выпускник") && !found.contains("выпускн"))
}

/// A word of small Latin letters; capitals begin names: PDF, Excel.
fn foreign_word(piece: &Piece) -> Option<String> {
    let mut words = piece.text.split(|sign: char| !sign.is_alphanumeric());
    let is_foreign = |word: &&str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words.find(is_foreign).map(|word| format!("{word} in «{}»", piece.text))
}

/// Pieces of a document; none for a file that is no document, and for a PDF beside the same text as DOCX.
fn pieces(path: &str, all: &BTreeSet<&String>) -> Option<Vec<Piece>> {
    let (stem, extension) = path.rsplit_once('.')?;
    let paragraph = |text: String| Piece { text, is_cell: false };
    let of_lines = |lines: Vec<Line>| -> Vec<Piece> {
        let of_line = |line| match line {
            Line::Paragraph(text) => vec![paragraph(text)],
            Line::Row(cells) => cells.into_iter().map(|text| Piece { text, is_cell: true }).collect(),
        };
        lines.into_iter().flat_map(of_line).collect()
    };
    let of_parts = |beginnings: &[&str]| -> Vec<Piece> {
        let wanted = |name: &str| beginnings.iter().any(|beginning| name.starts_with(beginning));
        let chosen = parts(path).into_iter().filter(|(name, _)| wanted(name) && name.ends_with(".xml"));
        // Instructions of fields for the word processor are no text.
        chosen.flat_map(|(name, xml)| texts(&name, &xml)).filter(|it| !it.contains('\\')).map(paragraph).collect()
    };
    let raw = match extension {
        "docx" => {
            let mut pieces = of_lines(read_docx(path));
            pieces.extend(of_parts(&["word/header", "word/footer"]));
            pieces
        }
        "html" if path.ends_with(FILE) => {
            let data = data_of(&demo().0.period().join(path));
            let mut pieces = of_lines(read_page(path));
            pieces.extend(words_of(&data).into_iter().map(|text| Piece { text, is_cell: true }));
            pieces
        }
        "html" => of_lines(read_page(path)),
        "pptx" => of_parts(&["ppt/slides/", "ppt/notesSlides/"]),
        "xlsx" => read_workbook(path)
            .into_iter()
            .flat_map(|(_, rows)| rows.into_iter().flatten())
            .filter_map(|cell| if let Data::String(text) = cell { Some(Piece { text, is_cell: true }) } else { None })
            .collect(),
        "pdf" if !all.contains(&format!("{stem}.docx")) => {
            vec![Piece { text: crate::pdf_text::letters(bytes(path)), is_cell: true }]
        }
        _ => return None,
    };
    let printed = |piece: Piece| Piece { text: one_line(&piece.text), ..piece };
    Some(raw.into_iter().map(printed).filter(|piece| !piece.text.trim().is_empty()).collect())
}

/// What the page that filters shows of its data: names, lines and the sentences of its rows, numbers filled in.
fn words_of(data: &serde_json::Value) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let fill = |text: &str| {
        let slots = ["group", "work", "n", "share", "low", "high", "sum", "most"];
        slots.iter().fold(text.to_owned(), |text, slot| text.replace(&format!("{{{slot}}}"), "21"))
    };
    let mut words: Vec<String> =
        ["title", "subtitle", "footer", "note"].iter().map(|name| text(&data[*name])).collect();
    words.extend(list(&data["groups"]["name"]).iter().map(text));
    words.extend(list(&data["texts"]).iter().map(|said| fill(&text(said))));
    for work in list(&data["works"]) {
        words.extend([text(&work["title"]), text(&work["words"])]);
        let named =
            work["lines"]["named"].as_array().and_then(|named| named.last()).and_then(serde_json::Value::as_u64);
        let named =
            named.map_or_else(String::new, |place| text(&data["texts"][place.to_string().parse::<usize>().unwrap()]));
        let hidden = text(&data["sentence"]["hidden"]).replace("{named}", &named).replace("{why}", &text(&data["why"]));
        words.push(fill(&hidden));
    }
    words
}

/// The text as it is read: no signs that cannot be seen, blanks of one kind.
fn one_line(text: &str) -> String {
    text.replace(['\u{2060}', '\u{ad}'], "").replace(['\u{a0}', '\u{202f}', '\n'], " ").trim().to_owned()
}

/// «subjects/analysis.docx»: the folder and the file, without what names a school, a subject or a work.
fn kind(path: &str) -> String {
    let mut folders: Vec<&str> = path.split('/').collect();
    let file = folders.pop().unwrap_or_default();
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let stem = if stem.starts_with("protocol-") { "protocol-subject" } else { stem };
    let top = folders.first().copied().unwrap_or_default();
    match (top, folders.get(1).copied().unwrap_or_default()) {
        ("editions", of) => format!("editions/{}/{stem}.{extension}", of.split('-').next().unwrap_or_default()),
        ("municipality", "") | ("", _) => {
            format!("{}{stem}.{extension}", if top.is_empty() { "" } else { "municipality/" })
        }
        ("qa", "returns") if extension == "xlsx" => "qa/returns/copy.xlsx".to_owned(),
        ("municipality" | "qa", sub) if !sub.is_empty() => format!("{top}/{sub}/{stem}.{extension}"),
        _ => format!("{top}/{stem}.{extension}"),
    }
}

#[test]
fn nothing_in_the_documents_would_be_marked_by_a_proof_reader() {
    let paths = files_below(&demo().0.period());
    let all: BTreeSet<&String> = paths.iter().collect();
    let mut found: BTreeMap<(String, &str), (u64, String)> = BTreeMap::new();
    let mut read = BTreeMap::<String, u64>::new();
    for path in &paths {
        let Some(pieces) = pieces(path, &all) else { continue };
        let kind = kind(path);
        *read.entry(kind.clone()).or_default() += pieces.len() as u64;
        for piece in pieces {
            for (name, find) in FAULTS {
                if let Some(place) = find(&piece) {
                    let (count, _) = found.entry((kind.clone(), name)).or_insert((0, format!("{path}: {place}")));
                    *count += 1;
                }
            }
        }
    }
    assert!(read.len() > 15, "only {read:?}");
    let is_allowed = |kind: &str, fault: &str| {
        ALLOWED.iter().any(|(beginning, allowed, _)| kind.starts_with(beginning) && allowed.contains(&fault))
    };
    let mut wrong: Vec<String> = found
        .iter()
        .filter(|((kind, fault), _)| !is_allowed(kind, fault))
        .map(|((kind, fault), (count, example))| format!("{kind}: {fault}, {count} times, as in {example}"))
        .collect();
    let is_there =
        |beginning: &str, fault: &str| found.keys().any(|(kind, found)| kind.starts_with(beginning) && *found == fault);
    for (kind, allowed, _) in ALLOWED {
        let idle = allowed.iter().filter(|fault| !is_there(kind, fault));
        wrong.extend(idle.map(|fault| format!("{kind}: {fault} is gone, take it off the list")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_fault_is_seen() {
    let seen = |text: &str| -> Vec<&str> {
        let piece = Piece { text: text.to_owned(), is_cell: false };
        FAULTS.iter().filter(|(_, find)| find(&piece).is_some()).map(|(name, _)| *name).collect()
    };
    for (text, fault) in [
        ("задания на на умение", "doubled word"),
        ("задание № № 5", "two signs of number"),
        ("задание , которое", "blank before a stop"),
        ("нет результатов ()", "empty brackets"),
        ("два  пробела", "two blanks"),
        ("мaтематика", "two alphabets in a word"),
        ("ниже на 5 п.п..", "two full stops"),
        ("учебник \"Дрофа\"", "straight quotes"),
        ("ниже порога (F07)", "code of a rule"),
        ("правило S01a", "code of a rule"),
        ("проверено 180 сочетаний", "combination"),
        ("Срез 4 от 05.06.2026", "version as «срез»"),
        ("с прошлого выпуска", "issue"),
        ("официально в пересказе", "retold"),
        ("команда srez init", "name of the program"),
        ("при q = 0,05", "value of a test"),
        ("выполнение 52 % (n = 21)", "n = in a paragraph"),
        ("решать в 3–4 действия с…", "cut off"),
        ("осталось NaN", "no number"),
        ("класс gap в таблице", "foreign word"),
    ] {
        assert!(seen(text).contains(&fault), "«{text}»: {:?}", seen(text));
    }
    let clean = "У 21 ученика из 101 (20,8 %) отметка за ВПР ниже журнальной: № 5.1 и 5.2 — файл PDF, выпускники, \
                 осенний срез, разрез; ниже на 5 п.п. в «СОШ № 7» (от −12,6 до 3,8).";
    assert_eq!(seen(clean), Vec::<&str>::new());
}

#[test]
fn kinds_do_not_name_schools() {
    assert_eq!(kind("schools/edu990001/profile.docx"), "schools/profile.docx");
    assert_eq!(kind("editions/school-edu990001/results.pdf"), "editions/school/results.pdf");
    assert_eq!(kind("municipality/drafts/protocol-math.docx"), "municipality/drafts/protocol-subject.docx");
    assert_eq!(kind("municipality/summary.pdf"), "municipality/summary.pdf");
    assert_eq!(kind("index.html"), "index.html");
    assert_eq!(kind("qa/index.html"), "qa/index.html");
    assert_eq!(kind("qa/returns/edu990001/01-f1.xlsx"), "qa/returns/copy.xlsx");
}
