//! Randomly corrupted files: whatever they contain, the run goes on and each of them ends in exactly one state.

use crate::containers::{compound, grid, ods_of, package, parts, xlsx_of};
use crate::trial::{Row, Trial, printed};
use srez_testkit::chance::Chance;
use srez_testkit::sources::root;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// Kinds of files, as extensions.
const KINDS: [&str; 4] = ["xlsx", "xls", "ods", "csv"];

/// Mutants that are read in one run.
const IN_A_RUN: usize = 125;

/// Longest stretch of repeated bytes.
const LONGEST_REPEAT: usize = 1 << 20;

/// Values that a number or an attribute is changed to.
const EXTREMES: [&str; 14] = [
    "",
    "0",
    "-1",
    "1e308",
    "NaN",
    "99999999999999999999",
    "2147483648",
    "4294967295",
    "0.1",
    "A1048577",
    "XFE1",
    "а",
    "&#0;",
    "]]>",
];

/// Real forms, small enough to be read many times.
struct Seeds {
    of_kind: BTreeMap<&'static str, Vec<Vec<u8>>>,
}

impl Seeds {
    fn load() -> Self {
        let read = |path: &str| std::fs::read(root().join("sample-data").join(path)).unwrap();
        let form = "2026-05/edu990012/Ф1_Индивидуальные результаты ВПР 2026 Математика 8 класс.xlsx";
        let collection = "2026-05/edu990012/Форма сбора результатов Русский язык 4 класс ВПР 2026.xlsx";
        let grid = grid(form);
        let text = |separator: &str| grid.iter().map(|row| row.join(separator)).collect::<Vec<_>>().join("\r\n");
        let cyrillic = encoding_rs::WINDOWS_1251.encode(&text(";")).0.into_owned();
        let protocol = read("2026-06/03_Физика_2026.06.11.csv");
        let of_kind = BTreeMap::from([
            ("xlsx", vec![read(form), read(collection), xlsx_of(&grid)]),
            ("xls", vec![read("2026-06/Протокол ОГЭ 2026.xls")]),
            ("ods", vec![ods_of(&grid)]),
            ("csv", vec![text(";").into_bytes(), cyrillic, protocol]),
        ]);
        Self { of_kind }
    }
}

/// The mutant of a number: kind and bytes follow from it alone.
fn mutant(seeds: &Seeds, number: usize) -> (&'static str, Vec<u8>) {
    let mut chance = Chance::new(number as u64);
    let kind = KINDS[number % KINDS.len()];
    let seed = chance.one_of(&seeds.of_kind[kind]).clone();
    let by_record = !chance.once_in(3);
    let bytes = match kind {
        "xlsx" | "ods" if by_record => spoil_package(&mut chance, &seed),
        "xls" if by_record => spoil_records(&mut chance, &seed),
        "csv" if by_record => spoil_lines(&mut chance, &seed),
        _ => spoil_bytes(&mut chance, seed),
    };
    (kind, bytes)
}

/// Flips bits, overwrites, cuts, doubles, removes and moves stretches.
fn spoil_bytes(chance: &mut Chance, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len());
        let stretch = at..bytes.len().min(at + 1 + chance.below(64));
        match chance.below(8) {
            0..=2 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            3 => bytes[stretch].fill([0x00, 0xFF, b'<', b'"'][chance.below(4)]),
            4 => drop(bytes.drain(stretch)),
            5 => {
                let copy = bytes[stretch].to_vec();
                let to = chance.below(bytes.len());
                drop(bytes.splice(to..to, copy));
            }
            6 if chance.once_in(4) => bytes.truncate(at),
            _ => {
                let noise = chance.bits().to_le_bytes();
                drop(bytes.splice(at..at, noise));
            }
        }
    }
    bytes
}

/// Changes one part of a container and packs it anew, so that the container itself is sound.
fn spoil_package(chance: &mut Chance, bytes: &[u8]) -> Vec<u8> {
    let mut parts = parts(bytes);
    for _ in 0..=chance.below(3) {
        let place = chance.below(parts.len());
        match chance.below(12) {
            0 => drop(parts.remove(place)),
            1 => parts[place].1 = spoil_bytes(chance, parts[place].1.clone()),
            2 => parts[place].1.clear(),
            _ => {
                let text = String::from_utf8_lossy(&parts[place].1).into_owned();
                parts[place].1 = spoil_markup(chance, &text).into_bytes();
            }
        }
        if parts.is_empty() {
            break;
        }
    }
    package(&parts)
}

/// Changes values, and doubles, removes or exchanges tags.
fn spoil_markup(chance: &mut Chance, text: &str) -> String {
    let mut tags: Vec<String> = text.split_inclusive('>').map(str::to_owned).collect();
    for _ in 0..=chance.below(8) {
        if tags.is_empty() {
            break;
        }
        let (place, other) = (chance.below(tags.len()), chance.below(tags.len()));
        match chance.below(8) {
            0 => tags.swap(place, other),
            1 => drop(tags.remove(place)),
            2 => tags.insert(other, tags[place].clone()),
            3 => tags.insert(
                place,
                ["<!--", "<![CDATA[", "<!DOCTYPE a>", "<c r=\"ZZZ9999999\"/>", "<row r=\"0\">", "]]>"][chance.below(6)]
                    .to_owned(),
            ),
            4 => {
                let times = 2 + chance.below(3_000);
                tags[place] = tags[place].repeat(times.min(LONGEST_REPEAT / tags[place].len().max(1)).max(1));
            }
            _ => tags[place] = spoil_value(chance, &tags[place]),
        }
    }
    tags.concat()
}

/// Another value for one of the attributes of a tag, or for the text before it.
fn spoil_value(chance: &mut Chance, tag: &str) -> String {
    let extreme = *chance.one_of(&EXTREMES);
    let values: Vec<(usize, &str)> = tag.match_indices('"').collect();
    let pairs: Vec<_> = values.chunks_exact(2).collect();
    if pairs.is_empty() || chance.once_in(3) {
        return format!("{extreme}{}", tag.get(tag.find('<').unwrap_or(0)..).unwrap_or_default());
    }
    let pair = chance.one_of(&pairs);
    format!("{}{extreme}{}", &tag[..=pair[0].0], &tag[pair[1].0..])
}

/// Changes records of the workbook stream of an xls: kind, length, body, order.
fn spoil_records(chance: &mut Chance, bytes: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).unwrap();
    file.open_stream("/Workbook").unwrap().read_to_end(&mut stream).unwrap();
    let mut records = Vec::new();
    let mut rest = stream.as_slice();
    while rest.len() >= 4 {
        let length = 4 + usize::from(u16::from_le_bytes([rest[2], rest[3]]));
        let (record, after) = rest.split_at(length.min(rest.len()));
        records.push(record.to_vec());
        rest = after;
    }
    for _ in 0..=chance.below(5) {
        let (place, other) = (chance.below(records.len()), chance.below(records.len()));
        match chance.below(7) {
            0 => records.swap(place, other),
            1 => drop(records.remove(place)),
            2 => records.insert(other, records[place].clone()),
            3 => {
                let kind = *chance.one_of(&[
                    0x0006_u16, 0x00FC, 0x00BD, 0x027E, 0x00E5, 0x0208, 0x002F, 0x0085, 0x0809, 0x003C, 0x0207,
                ]);
                records[place][..2].copy_from_slice(&kind.to_le_bytes());
            }
            4 => {
                let length = u16::try_from(chance.below(65_536)).unwrap();
                records[place][2..4].copy_from_slice(&length.to_le_bytes());
            }
            _ => {
                let end = records[place].len();
                for at in (4..end).filter(|_| chance.once_in(3)).collect::<Vec<_>>() {
                    records[place][at] = [0x00, 0xFF, 0x7F, 0x80][chance.below(4)];
                }
            }
        }
    }
    compound(&[("/Workbook", &records.concat())])
}

/// Changes delimiters, quotes, fields and lines of a text.
fn spoil_lines(chance: &mut Chance, bytes: &[u8]) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    for _ in 0..=chance.below(8) {
        let (place, other) = (chance.below(lines.len()), chance.below(lines.len()));
        let at = chance.below(lines[place].len());
        let delimiters = |line: &[u8], to: u8| line.iter().map(|byte| if *byte == b';' { to } else { *byte }).collect();
        match chance.below(10) {
            0 => lines.swap(place, other),
            1 => drop(lines.remove(place)),
            2 => lines.insert(other, lines[place].clone()),
            3 => lines[place] = delimiters(&lines[place], b','),
            4 => lines = lines.iter().map(|line| delimiters(line, b'\t')).collect(),
            5 => lines[place].insert(at, b'"'),
            6 => lines[place].insert(at, *chance.one_of(&[0, 0xFF, 0x98, b';', b'\r', b'='])),
            7 => {
                let field = chance.one_of(&EXTREMES).as_bytes().to_vec();
                drop(lines[place].splice(at..at, field));
            }
            8 => {
                let times = 1 + chance.below(200);
                lines[place] = lines[place].repeat(times.min(LONGEST_REPEAT / lines[place].len().max(1)).max(1));
            }
            _ => lines[place].truncate(at),
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join(&b'\n')
}

/// What became of many mutants.
#[derive(Debug, Default)]
struct Tally {
    mutants: usize,
    ends: BTreeMap<String, usize>,
    died: usize,
    too_slow: usize,
}

/// Reads mutants by number in one run of the program.
fn read(seeds: &Seeds, numbers: std::ops::Range<usize>, tally: &mut Tally) {
    let trial = Trial::with_files();
    let folder = trial.path().join("files");
    std::fs::create_dir_all(&folder).unwrap();
    let mut names = BTreeSet::new();
    for number in numbers.clone() {
        let (kind, bytes) = mutant(seeds, number);
        names.insert(format!("files/{number:05}.{kind}"));
        std::fs::write(folder.join(format!("{number:05}.{kind}")), bytes).unwrap();
    }
    let output = trial.run();
    let text = printed(&output);
    assert!(!text.contains("panicked") && !text.contains("RUST_BACKTRACE"), "{numbers:?}: {text}");
    assert!(!text.contains("сбой программы"), "{numbers:?}: {text}");
    assert!(matches!(output.status.code(), Some(0 | 2)), "{numbers:?} end with {:?}: {text}", output.status);
    let files = trial.table("files");
    // A mutant may turn out to be an archive; its members are files of their own.
    let whole: Vec<&Row> = files.iter().filter(|row| names.contains(&row["file"])).collect();
    let unpacked = |name: &String| files.iter().any(|row| row["file"].starts_with(&format!("{name}/")));
    for name in &names {
        let ends = whole.iter().filter(|row| row["file"] == *name).count();
        assert!(ends == 1 || (ends == 0 && unpacked(name)), "{name} has {ends} ends");
    }
    let count = |row: &Row, column: &str| row[column].parse::<u64>().unwrap();
    for row in &files {
        let parts = ["rows_accepted", "rows_superseded", "rows_rejected", "rows_blank", "rows_structural"];
        let sum: u64 = parts.iter().map(|column| count(row, column)).sum();
        assert_eq!(count(row, "rows_read"), sum, "the rows of {} do not add up: {row:?}", row["file"]);
        *tally.ends.entry(row["status"].clone()).or_default() += 1;
    }
    let notes = trial.table("notes");
    tally.died += notes.iter().filter(|note| note["code"] == "I15").count();
    tally.too_slow += notes.iter().filter(|note| note["code"] == "I16").count();
    tally.mutants += names.len();
}

fn read_all(count: usize) -> Tally {
    let seeds = Seeds::load();
    let mut tally = Tally::default();
    for start in (0..count).step_by(IN_A_RUN) {
        read(&seeds, start..count.min(start + IN_A_RUN), &mut tally);
    }
    assert_eq!((tally.mutants, tally.too_slow), (count, 0), "{tally:?}");
    tally
}

#[test]
fn five_hundred_mutants_end_in_one_state_each() {
    let tally = read_all(500);
    assert!(tally.ends.len() > 1, "the mutants are all alike: {tally:?}");
}

/// Too long for every day: `cargo test --release --test it ten_thousand_mutants -- --ignored --nocapture`
#[test]
#[ignore = "takes minutes"]
fn ten_thousand_mutants_end_in_one_state_each() {
    let started = std::time::Instant::now();
    let tally = read_all(10_000);
    println!("{tally:?}, {:.0} s", started.elapsed().as_secs_f64());
}
