//! Sentences with counts: every one of the list with every kind of number, none outside the list, and nouns that agree
//! with their numbers in whatever the demo writes.

use crate::reports::{parts, texts};
use crate::trial::demo;
use srez_testkit::sources::{Source, all_sources, files_below};
use srez_wording::{plural, sentence};
use std::collections::BTreeSet;

/// None, one, few, many, the teens, and those that end like one.
const NUMBERS: [u64; 7] = [0, 1, 2, 5, 11, 21, 101];

/// Crates whose words are for a terminal.
const OF_THE_TERMINAL: [&str; 2] = ["src", "desk"];

/// Nouns after which a number is a name: «8 класс», «лист 1».
const NAMED_BY_NUMBERS: [&str; 2] = ["класс", "лист"];

/// Rooms whose words stand in documents.
const OF_DOCUMENTS: [&str; 4] = ["chart", "flag", "report", "wording"];

/// Words before a limit.
const BEFORE_LIMITS: [&str; 4] = ["менее", "меньше", "более", "больше"];

/// Limits that no threshold holds, and the title of a sign, which is not filled in.
const FIXED_LIMITS: [(&str, &str); 4] = [
    ("crates/chart/src/task_profile_by_mark.rs", "меньше 10"),
    ("crates/flag/src/signs/concentration.rs", "больше 60"),
    ("crates/flag/src/signs/repeated_answers.rs", "меньше 0,1"),
    ("crates/flag/src/signs/too_smooth.rs", "больше 5"),
];

/// Names of folders, tables and commands, which are no words.
const NAMES: [&str; 12] = [
    "data",
    "drafts",
    "findings",
    "skills",
    "marks",
    "bands",
    "journal",
    "tasks",
    "municipality",
    "srez",
    "init",
    "measures",
];

#[test]
fn every_sentence_is_read_with_every_number() {
    let mut list = String::new();
    let mut ids = BTreeSet::new();
    for one in sentence::all() {
        list.push_str(&format!("{}\n", one.id));
        ids.insert(one.id);
        for n in NUMBERS {
            let said = (one.said)(n).replace('\u{a0}', " ");
            assert!(!said.trim().is_empty() && !said.contains("  "), "{} of {n}: «{said}»", one.id);
            assert_eq!(disagreements(&said), Vec::<String>::new(), "{} of {n}", one.id);
            list.push_str(&format!("{n:>5} {said}\n"));
        }
    }
    assert!(ids.len() > 70, "only {} sentences", ids.len());
    // A new or changed sentence fails here until somebody has read it with all numbers.
    insta::assert_snapshot!("sentences", list);
}

#[test]
fn names_of_sentences_are_unique_in_their_file() {
    let of_all: Vec<&str> = sentence::all().map(|one| one.id).collect();
    let unique: BTreeSet<&str> = of_all.iter().copied().collect();
    assert_eq!(of_all.len(), unique.len());
}

fn program_sources() -> impl Iterator<Item = Source> {
    all_sources().into_iter().filter(|source| ["crates/", "src/"].iter().any(|folder| source.path.starts_with(folder)))
}

#[test]
fn nobody_counts_in_words_outside_the_list() {
    let faults: Vec<String> = program_sources()
        .filter(|source| source.room() != "wording" && !OF_THE_TERMINAL.contains(&source.room()))
        .filter(|source| source.code.contains("plural::"))
        .map(|source| format!("{}: its sentence belongs into crates/wording/src/sentence", source.path))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A number in a sentence is the threshold in force: whoever changes `thresholds.toml` changes what is said.
#[test]
fn limits_in_sentences_are_not_written_out() {
    let mut faults = Vec::new();
    for source in program_sources().filter(|source| OF_DOCUMENTS.contains(&source.room())) {
        let words: Vec<&str> = source.code.split_whitespace().filter(|word| *word != "\\").collect();
        for pair in words.windows(2) {
            let before = pair[0].trim_start_matches(['"', '(', '«']).to_lowercase();
            let said = format!("{before} {}", pair[1]);
            let is_limit =
                BEFORE_LIMITS.contains(&before.as_str()) && pair[1].starts_with(|sign: char| sign.is_ascii_digit());
            let is_fixed = FIXED_LIMITS.iter().any(|(path, words)| source.path == *path && said.starts_with(words));
            if is_limit && !is_fixed {
                faults.push(format!("{}: «{said}» is written out: print the threshold", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_sentence_is_said_by_somebody() {
    let code: String = program_sources().filter(|one| one.room() != "wording").map(|one| one.code).collect();
    let is_used = |id: &str| {
        let ends = |at: usize| code[at + id.len()..].starts_with(['(', ',', ')', ']', ';', '}', '\n']);
        code.match_indices(id)
            .any(|(at, _)| ends(at) && !code[..at].ends_with(|sign: char| sign.is_alphanumeric() || sign == '_'))
    };
    let idle: Vec<&str> = sentence::all().map(|one| one.id).filter(|id| !is_used(id)).collect();
    assert_eq!(idle, Vec::<&str>::new());
}

#[test]
fn what_people_sign_and_send_has_no_foreign_words() {
    let folders = ["municipality/", "schools/", "associations/"];
    let wanted = |path: &&String| path.ends_with(".docx") && folders.iter().any(|one| path.starts_with(one));
    let mut read = 0;
    for path in files_below(&demo().0.period()).iter().filter(wanted) {
        let (name, xml) = parts(path).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
        // Field instructions for the word processor are not text.
        for text in texts(&name, &xml).into_iter().filter(|text| !text.contains('\\')) {
            let words = text.split([' ', '\u{a0}', ',', ';', '(', ')', '«', '»', ':']);
            let foreign: Vec<&str> = words
                .map(|word| word.trim_end_matches('.'))
                .filter(|word| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
                .filter(|word| !NAMES.contains(word))
                .collect();
            assert_eq!(foreign, Vec::<&str>::new(), "{path}: {text}");
            read += 1;
        }
    }
    assert!(read > 2_000, "only {read} texts");
}

#[test]
fn the_check_of_agreement_sees_a_fault() {
    assert_eq!(disagreements("Принято 21 файлов, 2 школа, 5 задания."), ["21 файлов", "2 школа", "5 задания"]);
    assert_eq!(disagreements("у 21 школы, 8 класс, 1,5 балла, № 5 задания, 112 работ"), Vec::<String>::new());
}

#[test]
fn numbers_and_nouns_agree_in_every_document() {
    let mut read = 0;
    for path in files_below(&demo().0.period()).iter().filter(|path| path.ends_with(".docx")) {
        let (name, xml) = parts(path).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
        for text in texts(&name, &xml) {
            assert_eq!(disagreements(&text), Vec::<String>::new(), "{path}: {text}");
            read += 1;
        }
    }
    assert!(read > 10_000, "only {read} texts");
}

/// Pairs of a whole number and a noun of the list that do not agree in any case.
fn disagreements(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split([' ', '\u{a0}', '\n']).filter(|word| !word.is_empty()).collect();
    let mut found = Vec::new();
    for (place, pair) in words.windows(2).enumerate() {
        let number = pair[0].trim_start_matches(['(', '«', '[']);
        let Ok(n) = number.parse::<u64>() else { continue };
        let before = place.checked_sub(1).and_then(|place| words.get(place)).copied().unwrap_or_default();
        // A number with blanks between its thousands is judged by its end; the name of a task is not a count.
        if before.ends_with('№') || before.ends_with("заданий") || before.ends_with("задания") {
            continue;
        }
        let noun = pair[1].trim_end_matches(['.', ',', ';', ':', ')', '»', '?', ']']);
        for known in plural::ALL.iter().filter(|known| !NAMED_BY_NUMBERS.contains(&known.nominative[0])) {
            let [one, few, many] = known.nominative;
            let singular = [one, known.genitive[0], known.dative[0], known.prepositional[0]];
            let plurals = [known.genitive[1], known.dative[1], known.prepositional[1]];
            if !singular.contains(&noun) && !plurals.contains(&noun) && noun != few && noun != many {
                continue;
            }
            let right = match (n % 100, n % 10) {
                (11..=14, _) => plurals.contains(&noun) || noun == many,
                (_, 1) => singular.contains(&noun),
                (_, 2..=4) => plurals.contains(&noun) || noun == few,
                _ => plurals.contains(&noun) || noun == many,
            };
            if !right {
                found.push(format!("{n} {noun}"));
            }
        }
    }
    found
}
