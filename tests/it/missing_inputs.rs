//! Sentences of documents where one kind of input is missing: nothing is said of what was not there to be seen.
//!
//! The district of `district_files` is reported as a whole and once for each thing taken away. Every paragraph and
//! every cell of every document is read.

use crate::district_files::{Inputs, Strange, Totals};
use crate::trial::printed;
use rayon::prelude::*;
use srez_testkit::sources::files_below;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

/// A district from which something was taken, and its name.
type Variant = (&'static str, fn(&mut Inputs));

const VARIANTS: &[Variant] = &[
    ("whole", |_| {}),
    ("no marks, no scale", |has| (has.marks, has.scale) = (false, false)),
    ("no journal", |has| has.journal = false),
    ("one total", |has| has.totals = Totals::One),
    ("nothing accepted", |has| (has.points, has.exam) = (false, false)),
    ("no levels", |has| has.levels = false),
    ("no skills", |has| has.skills = false),
    ("no classes", |has| has.classes = false),
    ("no variants", |has| has.variants = false),
    ("no register", |has| has.register = false),
    ("no home", |has| has.home = false),
    ("no specification", |has| has.specification = false),
    ("no year before", |has| has.year_before = false),
    ("no exam", |has| has.exam = false),
    ("no region", |has| has.region = false),
    ("one school", |has| has.schools = 1),
    ("two schools", |has| has.schools = 2),
    ("three schools", |has| has.schools = 3),
    ("absent school", |has| has.strange = Strange::Absent),
    ("three schools, one absent", |has| (has.schools, has.strange) = (3, Strange::Absent)),
    ("three schools, one single", |has| (has.schools, has.strange) = (3, Strange::Single)),
];

/// A sentence, or a cell of a table, and the document in which it stands.
struct Said {
    path: String,
    text: String,
}

/// Everything that the documents of a district say.
fn documents_of(name: &str, taken: fn(&mut Inputs)) -> Vec<Said> {
    let mut inputs = Inputs::whole();
    taken(&mut inputs);
    let trial = inputs.trial();
    let run = trial.run();
    assert!(matches!(run.status.code(), Some(0 | 2)), "{name}: {}", printed(&run));
    let period = trial.period();
    let said = files_below(&period).into_iter().flat_map(|path| {
        let texts = texts_of(&period.join(&path));
        texts.into_iter().map(move |text| Said { path: path.clone(), text })
    });
    said.filter(|said| !said.text.trim().is_empty()).collect()
}

/// Paragraphs and cells of a document; of a table for machines its notes alone are sentences.
fn texts_of(path: &Path) -> Vec<String> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let bytes = || std::fs::read(path).unwrap();
    match name.rsplit_once('.') {
        Some((_, "docx")) => elements(&member(path, "word/document.xml"), "w:p", &["w:t"]),
        Some((_, "xlsx")) => elements(&member(path, "xl/sharedStrings.xml"), "si", &["t"]),
        Some((_, "html")) => paragraphs_of_page(&String::from_utf8(bytes()).unwrap()),
        Some(("notes", "csv")) => {
            let mut reader = csv::Reader::from_reader(std::io::Cursor::new(bytes()));
            reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect()
        }
        _ => Vec::new(),
    }
}

fn member(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Text of each element with a tag, taken from the elements inside that hold text.
fn elements(xml: &str, of: &str, holders: &[&str]) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut text, mut holds) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(tag) if holders.contains(&tag.name().0) => holds = true,
            Event::End(tag) if holders.contains(&tag.name().0) => holds = false,
            Event::Text(piece) if holds => text.push_str(&piece),
            Event::GeneralRef(sign) if holds => text.push_str(match &*sign {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                _ => "'",
            }),
            Event::Start(tag) if tag.name().0 == of => text.clear(),
            Event::End(tag) if tag.name().0 == of => found.push(std::mem::take(&mut text)),
            _ => {}
        }
    }
}

/// Blocks of a page, without style, script and drawings, with the words of the drawings.
fn paragraphs_of_page(html: &str) -> Vec<String> {
    let mut html = html.to_owned();
    for tag in ["script", "style"] {
        while let Some(from) = html.find(&format!("<{tag}")) {
            let end = format!("</{tag}>");
            let to = html[from..].find(&end).unwrap();
            html.replace_range(from..from + to + end.len(), "");
        }
    }
    let (mut found, mut text) = (Vec::new(), String::new());
    for piece in html.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if !["b", "strong", "em", "i", "span", "a", "sup", "sub", "small"].contains(&name) {
            found.push(std::mem::take(&mut text).trim().to_owned());
        }
        text.push_str(&crate::lines::unescaped(after));
    }
    found
}

/// What no document says, whatever is missing.
const NEVER: &[&str] = &[
    " на на ",
    "№ №",
    " ,",
    "«»",
    "()",
    ": .",
    "None",
    "NaN",
    "результат -1",
    "школ меньше двух",
    "другие муниципалитеты",
    "в этот раз не приходило",
    " 0 из 0",
];

/// What the documents of a variant must not say, and what they say instead, where that can be told.
type Rule = (&'static str, &'static [&'static str], &'static [&'static str]);

const RULES: &[Rule] = &[
    ("whole", &["отметок по журналу в файлах нет", "Школы между собой не сравнивались"], &[]),
    ("no journal", &["сравнивать с журналом нечего"], &["отметок по журналу в файлах нет"]),
    (
        "no marks, no scale",
        &[
            "отметок по журналу в файлах нет",
            "прошлых лет по этой работе в базе нет",
            "результатов школы за период нет",
        ],
        &[
            "отметок за работу нет, сравнивать с журналом нечего",
            "отметок у работы нет, сравнивать с прошлыми годами нечего",
            "Работы без отметок: ",
        ],
    ),
    ("one total", &["построено по 236"], &[]),
    (
        "no levels",
        &["ниже порога (F01, F02), и роста", "Недостатков с числом по правилам"],
        &["Вывод о недостатках не сделан"],
    ),
    ("no skills", &["задания на умение «»"], &[]),
    ("nothing accepted", &["Среди проверенного отличий"], &["Проверять было нечего"]),
    (
        "one school",
        &["Отличий школ, подтверждённых", "Групп из трёх", "Пар «нужна", "изменились содержание, умение"],
        &["Школы между собой не сравнивались"],
    ),
    ("two schools", &["Групп из трёх"], &[]),
    ("three schools, one absent", &[], &["езультатов нет у 1 из 3 школ"]),
    ("no year before", &["отметок у работы нет"], &["результатов прошлых лет для сравнения в базе нет"]),
];

/// What was not seen is told as such, and nothing is told that was not looked at.
#[test]
fn nothing_is_said_of_what_is_missing() {
    let read: Vec<(usize, usize, Vec<String>)> = VARIANTS
        .par_iter()
        .map(|(name, taken)| {
            let said = documents_of(name, *taken);
            let documents: BTreeSet<&String> = said.iter().map(|one| &one.path).collect();
            (documents.len(), said.len(), faults(name, &said))
        })
        .collect();
    for ((name, _), (documents, sentences, faults)) in VARIANTS.iter().zip(&read) {
        println!("{name}: {documents} documents, {sentences} sentences, {} false", faults.len());
    }
    let faults: Vec<&String> = read.iter().flat_map(|(.., faults)| faults).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(read.iter().map(|(_, sentences, _)| sentences).sum::<usize>() > 200_000);
}

/// Sentences of a variant that are false, and sentences that are missing.
fn faults(name: &str, said: &[Said]) -> Vec<String> {
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let rules = || RULES.iter().filter(|(variant, ..)| *variant == name);
    let mut faults = BTreeSet::new();
    for one in said {
        let text = plain(&one.text);
        for wrong in NEVER.iter().chain(rules().flat_map(|(_, wrong, _)| *wrong)) {
            if text.contains(wrong) {
                faults.insert(format!("{name}: {} says «{wrong}»: {text}", one.path));
            }
        }
        // The protocols of ОГЭ and ЕГЭ do not tell who skipped a task.
        if one.path.contains("math-profile") && text.contains("не приступали — ") {
            faults.insert(format!("{name}: {}: {text}", one.path));
        }
        if name == "three schools, one absent" && one.path.starts_with("subjects/vpr") && text == "3 из 3" {
            faults.insert(format!("{name}: {}: {text}", one.path));
        }
    }
    for right in rules().flat_map(|(_, _, right)| *right) {
        if !said.iter().any(|one| plain(&one.text).contains(right)) {
            faults.insert(format!("{name}: nobody says «{right}»"));
        }
    }
    faults.into_iter().collect()
}
