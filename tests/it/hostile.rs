//! Files that would stop a careless reader, each built here: every one is refused by name, and the run goes on.

use crate::containers::{compound, number_record, ods, package, record, xls, xlsx, xlsx_parts};
use crate::trial::{Row, Trial, printed};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

const CORNERS: &str =
    "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
const ONE_CELL: &str = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

/// A file, the code of the note that refuses it, and words of the message; no code if any outcome but a lost reader
/// will do.
pub(crate) type Case = (&'static str, Vec<u8>, &'static str, &'static str);

/// A workbook container with an extra part of that many spaces.
fn bomb(part: &str, size: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, bytes) in xlsx_parts(ONE_CELL, "<sst/>").iter().filter(|(name, _)| name != part) {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.start_file(part, options).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..size >> 20 {
        writer.write_all(&spaces).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Changes bytes of every header of a zip: `local` and `central` are offsets from the signatures.
fn patch(mut bytes: Vec<u8>, name: &str, local: usize, central: usize, with: &[u8]) -> Vec<u8> {
    for at in 0..bytes.len().saturating_sub(46) {
        let (to, from) = match bytes[at..at + 4] {
            [b'P', b'K', 3, 4] => (at + local, at + 30),
            [b'P', b'K', 1, 2] => (at + central, at + 46),
            _ => continue,
        };
        if bytes[from..].starts_with(name.as_bytes()) {
            bytes[to..to + with.len()].copy_from_slice(with);
        }
    }
    bytes
}

/// A second entry of the directory that names the bytes of the first.
fn overlapping() -> Vec<u8> {
    let mut bytes = package(&[("1.csv", "а;б\n1;2\n"), ("2.csv", "в;г\n1;2\n")]);
    let central: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    let sizes: Vec<u8> = bytes[central[0] + 16..central[0] + 28].to_vec();
    bytes[central[1] + 16..central[1] + 28].copy_from_slice(&sizes);
    bytes[central[1] + 42..central[1] + 46].fill(0);
    bytes
}

fn with_rows(change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let parts = xlsx_parts(ONE_CELL, "<sst/>").into_iter();
    let parts: Vec<_> = parts.map(|(name, bytes)| (name.clone(), change(&name, bytes))).collect();
    package(&parts)
}

fn circle() -> Vec<u8> {
    let mut bytes = xls(&[], &(0..900).flat_map(|row| number_record(row, 0, 1.0)).collect::<Vec<u8>>());
    let table = u32::from_le_bytes(bytes[76..80].try_into().unwrap()) as usize;
    for at in 0..128_u32 {
        let place = (table + 1) * 512 + at as usize * 4;
        bytes[place..place + 4].copy_from_slice(&at.to_le_bytes());
    }
    bytes
}

fn bombs() -> Vec<Case> {
    let sheet = "xl/worksheets/sheet1.xml";
    let strings = "<sst count=\"1\" uniqueCount=\"10000000000\"><si><t>а</t></si></sst>";
    let many: Vec<(String, &str)> = (0..1_200).map(|at| (format!("xl/media/{at}.xml"), "")).collect();
    let mut many_parts = xlsx_parts(ONE_CELL, "<sst/>");
    many_parts.extend(many.into_iter().map(|(name, text)| (name, text.as_bytes().to_vec())));
    let repeats = "<table:table table:name=\"а\"><table:table-row \
                   table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"float\" \
                   office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    let lie = |size: u32| patch(bomb(sheet, 300 << 20), sheet, 22, 24, &size.to_le_bytes());
    vec![
        ("бомба.xlsx", bomb(sheet, 512 << 20), "I09", "при распаковке"),
        ("бомба с ложным размером.xlsx", lie(1_000), "I03", "размер указан неверно"),
        ("бомба из строк.xlsx", bomb("xl/sharedStrings.xml", 200 << 20), "I09", "sharedStrings"),
        ("число строк.xlsx", package(&xlsx_parts(ONE_CELL, strings)), "I09", "заявлено больше строк"),
        ("тысяча частей.xlsx", package(&many_parts), "I09", "частей в книге"),
        ("углы.xlsx", xlsx(CORNERS), "I08", "XFD1048576"),
        ("углы.xls", xls(&[], &[number_record(0, 0, 1.0), number_record(65_535, 255, 1.0)].concat()), "I08", "IV65536"),
        (
            "число строк.xls",
            xls(&record(0x00fc, &[0xff; 8]), &number_record(0, 0, 1.0)),
            "I09",
            "заявлено больше строк",
        ),
        ("повторы.ods", ods(repeats, ""), "I08", "XFD1048576"),
        ("архив с бомбой.zip", package(&[("а/бомба.csv", vec![b' '; 300 << 20])]), "I07", "файл больше"),
    ]
}

fn floods() -> Vec<Case> {
    let attributes: String = (0..1_000_000).map(|at| format!(" a{at}=\"\"")).collect();
    let nested = format!("<row r=\"1\">{}{}</row>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let laughs = "<!DOCTYPE sst [<!ENTITY a \"ха\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let external = "<!DOCTYPE sst [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    let strings = |declared: &str| format!("{declared}<sst uniqueCount=\"1\"><si><t>&b;&f;</t></si></sst>");
    let shared = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    let wide = |name: &str, bytes: Vec<u8>| {
        if name.ends_with("sheet1.xml") {
            let text: Vec<u8> = String::from_utf8(bytes).unwrap().encode_utf16().flat_map(u16::to_le_bytes).collect();
            [b"\xFF\xFE".to_vec(), text].concat()
        } else {
            bytes
        }
    };
    let long = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "я".repeat(40_000));
    let far = "<row r=\"9999999999\"><c r=\"A9999999999\"><v>1</v></c></row>";
    vec![
        (
            "атрибуты.xlsx",
            xlsx(&format!("<row r=\"1\"{attributes}><c r=\"A1\"><v>1</v></c></row>")),
            "I09",
            "атрибутов",
        ),
        ("вложенность.xlsx", xlsx(&nested), "I09", "вложены"),
        ("сущности.xlsx", package(&xlsx_parts(shared, &strings(laughs))), "I09", "DOCTYPE"),
        ("внешняя сущность.xlsx", package(&xlsx_parts(shared, &strings(external))), "I09", "DOCTYPE"),
        ("часть в UTF-16.xlsx", with_rows(wide), "I03", "UTF-16"),
        ("длинная ячейка.xlsx", xlsx(&long), "I22", "32\u{a0}767"),
        ("длинная ячейка.csv", format!("а;б\n1;{}\n", "я".repeat(40_000)).into_bytes(), "I22", "32\u{a0}767"),
        ("далёкая строка.xlsx", xlsx(far), "I08", "номер строки"),
    ]
}

fn locked() -> Vec<Case> {
    let sheet = "xl/worksheets/sheet1.xml";
    let package_in_compound = compound(&[("/EncryptionInfo", &[4, 0, 4, 0]), ("/EncryptedPackage", &[7; 6_000])]);
    let manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    vec![
        ("пароль.xlsx", package_in_compound, "I02", "паролем"),
        ("пароль части.xlsx", patch(xlsx(ONE_CELL), sheet, 6, 8, &[1, 0]), "I02", "зашифрована"),
        ("пароль.ods", ods("", manifest), "I02", "паролем"),
        ("пароль.xls", xls(&record(0x002f, &[1, 0, 1, 0, 1, 0]), &number_record(0, 0, 1.0)), "I02", "паролем"),
        ("старый пароль.xls", xls(&record(0x002f, &[0, 0, 9, 9, 9, 9]), &number_record(0, 0, 1.0)), "I02", "паролем"),
    ]
}

fn broken() -> Vec<Case> {
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let numbers: Vec<u8> = (0..900).flat_map(|row| number_record(row, 0, 1.0)).collect();
    let table = "<table:table table:name=\"а\"/>".repeat(500);
    vec![
        ("пусто.xlsx", Vec::new(), "I01", ""),
        ("обрезан.xlsx", half(xlsx(ONE_CELL)), "I03", ""),
        ("обрезан.xls", half(xls(&[], &numbers)), "", ""),
        ("обрезан.ods", half(ods(&table, "")), "I03", ""),
        ("кавычка.csv", "а;б\n1;2\n3;\"в\n4;5\n6;7\n".as_bytes().to_vec(), "I18", "кавычка"),
        ("нули.csv", b"\xd0\xb0;\xd0\xb1\n1;\x002\x00\x00\x00\n".to_vec(), "I04", ""),
        ("не текст.csv", b"\xEF\xBB\xBF\xd0;\xd1\xff;2\n1;2;3\n".to_vec(), "I23", ""),
        ("кольцо.xls", circle(), "I03", "кольцо"),
        ("внахлёст.zip", overlapping(), "I03", "наложены"),
        ("документ.xls", b"%PDF-1.7 text".to_vec(), "I05", "PDF"),
        ("архив.xlsx", b"Rar!\x1a\x07\x00".to_vec(), "I05", "RAR"),
    ]
}

fn archives() -> Vec<Case> {
    let inner = package(&[("а.csv", "а;б\n1;2\n")]);
    let outside = package(&[("../наружу.csv", "а;б\n"), ("/etc/cron.csv", "а;б\n"), ("C:\\x.csv", "а;б\n")]);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("ссылка.csv", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let link = writer.finish().unwrap().into_inner();
    vec![
        ("пустой архив.xlsx", package::<&str, &str>(&[]), "I01", "нет ни одного файла"),
        ("матрёшка.zip", package(&[("внутри.zip", &inner)]), "I13", "архив внутри архива"),
        ("матрёшка без имени.zip", package(&[("внутри.csv", &inner)]), "I13", "архив внутри архива"),
        ("наружу.zip", outside, "I13", "за пределы"),
        ("ссылка.zip", link, "I13", "ссылка"),
        ("пароль.zip", patch(package(&[("а.csv", "а;б\n")]), "", 6, 8, &[1, 0]), "I13", "паролем"),
    ]
}

/// Every hostile file.
pub(crate) fn all() -> Vec<Case> {
    [bombs(), floods(), locked(), broken(), archives()].concat()
}

fn write_all(folder: &Path, cases: &[Case]) {
    std::fs::create_dir_all(folder).unwrap();
    for (name, bytes, ..) in cases {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Notes about a file or its members.
fn about<'a>(notes: &'a [Row], name: &str) -> Vec<&'a Row> {
    let file = format!("files/{name}");
    notes.iter().filter(|note| note["file"] == file || note["file"].starts_with(&format!("{file}/"))).collect()
}

#[test]
fn every_hostile_file_is_refused_by_name_and_put_aside() {
    let trial = Trial::with_files();
    let cases = all();
    write_all(&trial.path().join("files"), &cases);
    let output = trial.run();
    let text = printed(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(!text.contains("panicked") && !text.contains("сбой программы"), "{text}");
    let (files, notes) = (trial.table("files"), trial.table("notes"));
    for (name, bytes, code, words) in &cases {
        let told = about(&notes, name);
        assert!(!told.is_empty(), "{name}: nothing is said");
        assert!(told.iter().all(|note| !["I15", "I16"].contains(&note["code"].as_str())), "{name}: {told:?}");
        assert!(told.iter().all(|note| !note["hint"].is_empty()), "{name}: {told:?}");
        let refused = told.iter().any(|note| {
            note["severity"] == "reject-file"
                && [&note["message"], &note["cell"]].iter().any(|text| text.contains(words))
        });
        assert!(refused && (code.is_empty() || told.iter().any(|note| note["code"] == *code)), "{name}: {told:?}");
        let file = format!("files/{name}");
        let ends: Vec<&Row> = files.iter().filter(|row| row["file"] == file).collect();
        if name.ends_with(".zip") {
            assert!(ends.len() <= 1, "{name}: {ends:?}");
            continue;
        }
        assert_eq!(ends.len(), 1, "{name}: {ends:?}");
        assert_eq!((ends[0]["status"].as_str(), ends[0]["rows_accepted"].as_str()), ("rejected", "0"), "{name}");
        assert_eq!(ends[0]["blake3"], blake3::hash(bytes).to_hex().as_str(), "{name}");
    }
    let unique: std::collections::BTreeSet<&str> = files.iter().map(|row| row["file"].as_str()).collect();
    assert_eq!(unique.len(), files.len(), "a file has two ends");
    for path in srez_testkit::sources::files_below(trial.path()) {
        let bytes = std::fs::read(trial.path().join(&path)).unwrap();
        assert!(!bytes.windows(9).any(|window| window == b"root:x:0:"), "{path} holds a file of the system");
    }
}

#[test]
fn rejected_files_lie_in_quarantine_with_hash_and_reason() {
    let trial = Trial::with_files();
    let mut cases = [locked(), broken()].concat();
    cases.push(("../files/такой же.xls", b"%PDF-1.7 text".to_vec(), "I05", "PDF"));
    write_all(&trial.path().join("files"), &cases);
    assert_eq!(trial.run().status.code(), Some(2));
    let folder = trial.path().join("store/quarantine");
    let mut kept: BTreeMap<String, serde_json::Value> = BTreeMap::new();
    for path in srez_testkit::sources::files_below(&folder) {
        let bytes = std::fs::read(folder.join(&path)).unwrap();
        match path.strip_suffix(".json") {
            Some(of) => {
                let reason: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
                assert!(folder.join(of).exists(), "{path} speaks of nothing");
                kept.insert(of.to_owned(), reason);
            }
            None => assert!(path.starts_with(blake3::hash(&bytes).to_hex().as_str()), "{path} has another hash"),
        }
    }
    for row in trial.table("files").iter().filter(|row| row["status"] == "rejected") {
        let reasons = kept.iter().filter(|(name, _)| name.starts_with(row["blake3"].as_str()));
        let reason = reasons.map(|(_, reason)| reason).find(|reason| reason["file"] == row["file"].as_str());
        let reason = reason.unwrap_or_else(|| panic!("{} is not in quarantine: {:?}", row["file"], kept.keys()));
        assert_eq!(reason["blake3"], row["blake3"].as_str());
        let notes = reason["notes"].as_array().unwrap();
        assert!(notes.iter().any(|note| note["severity"] == "reject-file" && note["hint"] != ""), "{reason}");
    }
    let originals = srez_testkit::sources::files_below(&trial.path().join("files"));
    assert_eq!(originals.len(), cases.len(), "an original was moved");
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_told_and_never_opened() {
    let trial = Trial::with_files();
    let folder = trial.path().join("files");
    std::fs::create_dir_all(folder.join("папка.xlsx")).unwrap();
    let secret = trial.path().join("тайна.csv");
    std::fs::write(&secret, "КодУченика;тайна\n").unwrap();
    std::os::unix::fs::symlink(&secret, folder.join("ссылка.csv")).unwrap();
    std::os::unix::fs::symlink(&folder, folder.join("круг")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("гнездо.xlsx")).unwrap();
    for name in ["~$Форма.xlsx", ".DS_Store", "Thumbs.db", "а.tmp", "б.crdownload", "в.part", "папка.xlsx/~$г.xlsx"]
    {
        std::fs::write(folder.join(name), b"x").unwrap();
    }
    std::fs::write(folder.join("имя\u{202e}xslx.csv"), b"x;y\n").unwrap();
    assert_eq!(trial.run().status.code(), Some(2));
    let ends: BTreeMap<String, String> =
        trial.table("files").into_iter().map(|row| (row["file"].clone(), row["status"].clone())).collect();
    let rejected = ["ссылка.csv", "круг", "гнездо.xlsx", "имя\u{fffd}xslx.csv"];
    let skipped = ["~$Форма.xlsx", ".DS_Store", "Thumbs.db", "а.tmp", "б.crdownload", "в.part", "папка.xlsx/~$г.xlsx"];
    for (names, status) in [(&rejected[..], "rejected"), (&skipped[..], "skipped")] {
        for name in names {
            assert_eq!(ends.get(&format!("files/{name}")).map(String::as_str), Some(status), "{name}: {ends:?}");
        }
    }
    assert_eq!(ends.len(), rejected.len() + skipped.len());
    let notes = trial.table("notes");
    assert_eq!(notes.iter().filter(|note| note["code"] == "I14").count(), rejected.len());
}

#[test]
fn an_xls_filled_to_the_last_row_is_told() {
    let trial = Trial::with_files();
    let rows: Vec<u8> = (0..=u16::MAX).flat_map(|row| number_record(row, 0, 1.0)).collect();
    write_all(&trial.path().join("files"), &[("полный.xls", xls(&[], &rows), "", "")]);
    trial.run();
    let notes = trial.table("notes");
    assert!(notes.iter().any(|note| note["code"] == "I12" && note["message"].contains("обрезано")), "{notes:?}");
}

/// A measurement, not a check, because it depends on the machine: seconds and memory of the program for each file.
///
/// `cargo test --release --test it hostile_files_cost -- --ignored --nocapture`
#[cfg(target_os = "linux")]
#[test]
#[ignore = "a measurement"]
fn hostile_files_cost_little() {
    let memory_and_seconds = |case: Option<&Case>| {
        let trial = Trial::with_files();
        let folder = trial.path().join("files");
        write_all(&folder, case.map(std::slice::from_ref).unwrap_or_default());
        let started = std::time::Instant::now();
        let program = assert_cmd::cargo::cargo_bin("srez");
        let mut child = std::process::Command::new(program)
            .args(["check", "files"])
            .current_dir(trial.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        while child.try_wait().unwrap().is_none() {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
            peak = peak.max(kib.unwrap_or(0));
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        (peak >> 10, started.elapsed().as_secs_f64())
    };
    let (without, _) = memory_and_seconds(None);
    let mut worst = (0, 0.0_f64);
    for case in &all() {
        let (peak, seconds) = memory_and_seconds(Some(case));
        let growth = peak.saturating_sub(without);
        worst = (worst.0.max(growth), worst.1.max(seconds));
        println!("{:>9} bytes  {seconds:>5.2} s  +{growth:>3} MiB  {}", case.1.len(), case.0);
    }
    println!("worst: {:.2} s, +{} MiB over {without} MiB", worst.1, worst.0);
}
