//! The editions of the demo: who gets what, packages, records, audit log, what stays hidden.

use crate::reports::{parts, texts};
use crate::trial::{Trial, demo, printed, rows, srez};
use calamine::{Data, Reader, Xlsx, open_workbook};
use srez_testkit::sources::files_below;
use std::collections::BTreeSet;
use std::io::Read;

#[test]
fn every_audience_has_its_edition_and_its_package() {
    let (trial, _) = demo();
    let folder = trial.period().join("editions");
    let files = files_below(&folder);
    let names: BTreeSet<&str> = files.iter().filter_map(|path| path.split('/').next()).collect();
    for name in ["association-math", "association-math.zip", "public", "public.zip", "school-edu990001"] {
        assert!(names.contains(name), "{name} is missing among {names:?}");
    }
    for package in names.iter().filter(|name| name.ends_with(".zip")) {
        let bytes = std::fs::read(folder.join(package)).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let inside: BTreeSet<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let beside: BTreeSet<String> = files
            .iter()
            .filter(|path| path.starts_with(&format!("{}/", package.trim_end_matches(".zip"))))
            .cloned()
            .collect();
        assert_eq!(inside, beside, "{package}");
        let mut text = String::new();
        let name = format!("{}/data/metadata.csv", package.trim_end_matches(".zip"));
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, std::fs::read_to_string(folder.join(&name)).unwrap());
    }
}

#[test]
fn editions_keep_to_their_profile() {
    let (trial, _) = demo();
    let folder = trial.period().join("editions");
    for name in files_below(&folder).iter().filter_map(|path| path.strip_suffix("/data/marks.csv")) {
        let public = name == "public";
        let marks = rows(&folder.join(name).join("data/marks.csv"));
        let levels: BTreeSet<&str> = marks.iter().map(|row| row["level"].as_str()).collect();
        assert!(!levels.contains("class"), "{name}: {levels:?}");
        assert!(!public || !levels.contains("school"), "{name}: {levels:?}");
        assert!(!marks[0].contains_key("sum"), "{name} prints what a share counts");
        for row in marks.iter().filter(|row| !row["n"].is_empty()) {
            let n: u64 = row["n"].parse().unwrap();
            assert!(if public { n >= 15 && n.is_multiple_of(5) } else { n >= 10 }, "{name}: {row:?}");
            if let Ok(pct) = row["pct"].parse::<f64>() {
                assert!(if public { (5.0..=95.0).contains(&pct) } else { 0.0 < pct && pct < 100.0 }, "{name}: {row:?}");
            }
        }
        for table in ["tasks", "skills"] {
            for row in rows(&folder.join(name).join(format!("data/{table}.csv"))) {
                if let Ok(pct) = row["pct"].parse::<f64>() {
                    assert!(0.0 < pct && pct < 100.0, "{name}/{table}: {row:?}");
                }
            }
        }
        assert!(!folder.join(name).join("data/pupils.csv").exists(), "{name} holds participants");
    }
}

/// Text of a DOCX of the demo.
pub(crate) fn text_of(path: &str) -> String {
    let (name, xml) = parts(path).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
    texts(&name, &xml).join(" ").replace('\u{a0}', " ")
}

#[test]
fn an_association_gets_the_analysis_of_its_subject_and_no_counts_beside_shares() {
    let folder = demo().0.period().join("editions");
    let mut checked = 0;
    for name in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()) {
        if !name.starts_with("association-") || name.ends_with(".zip") {
            continue;
        }
        let page = std::fs::read_to_string(demo().0.period().join(format!("editions/{name}/analysis.html"))).unwrap();
        let text = drawings(&page).1;
        for wanted in ["Участники и отметки", "Выполнение заданий", "Рекомендации"]
        {
            assert!(text.contains(wanted), "{name} has no «{wanted}»");
        }
        // «Отметку «2» получили 45 участников из 457» would reveal the counts behind a share; a register of measures
        // would reveal a few schools.
        let counts = text.split(" из ").skip(1).filter(|rest| {
            let after = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
            after.len() < rest.len() && after.starts_with("участник")
        });
        assert_eq!(counts.count(), 0, "{name} prints a count beside its share");
        assert!(!text.contains("меры.xlsx") && !text.contains("Меры прошлого года"), "{name} speaks of measures");
        checked += 1;
    }
    assert!(checked > 4, "{checked}");
}

/// Numbers of a workbook, and those by which the tables of a page are sorted.
fn numbers_behind(path: &std::path::Path) -> Vec<f64> {
    if path.extension().is_some_and(|extension| extension == "html") {
        let page = std::fs::read_to_string(path).unwrap();
        let keys = page.split("data-sort=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
        return keys.collect();
    }
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.used_cells());
    cells.filter_map(|(_, _, cell)| if let Data::Float(number) = cell { Some(*number) } else { None }).collect()
}

#[test]
fn no_number_behind_a_page_or_a_cell_is_more_exact_than_it_is_printed() {
    let folder = demo().0.period().join("editions");
    let mut checked = 0;
    for path in files_below(&folder).iter().filter(|path| path.ends_with(".xlsx") || path.ends_with(".html")) {
        for number in numbers_behind(&folder.join(path)) {
            checked += 1;
            let tenths = number * 10.0;
            assert!((tenths - tenths.round()).abs() < 1e-6, "{path}: {number}");
            let is_public = path.starts_with("public/");
            assert!(!is_public || number.fract() == 0.0, "{path}: {number}");
        }
    }
    assert!(checked > 5_000, "{checked}");
}

/// Words of the drawings of a page, and the page without them.
fn drawings(html: &str) -> (Vec<String>, String) {
    let (mut words, mut rest) = (Vec::new(), String::new());
    for (place, piece) in html.split("<svg").enumerate() {
        let Some((drawing, after)) = piece.split_once("</svg>").filter(|_| place != 0) else {
            rest.push_str(piece);
            continue;
        };
        rest.push_str(after);
        let texts = drawing.split("<text ").skip(1).filter_map(|text| text.split_once('>')?.1.split('<').next());
        words.extend(texts.map(|text| text.trim().replace('\u{a0}', " ")));
    }
    (words, rest.replace('\u{a0}', " "))
}

#[test]
fn drawings_of_an_association_print_no_number_that_its_tables_do_not() {
    let folder = demo().0.period().join("editions");
    let html = std::fs::read_to_string(folder.join("association-math/analysis.html")).unwrap();
    let (words, rest) = drawings(&html);
    let cells: BTreeSet<&str> = rest.split('<').filter_map(|piece| Some(piece.split_once('>')?.1.trim())).collect();
    // Shares have one decimal; whole numbers are ticks of the axes and numbers of tasks.
    let shares: Vec<&String> = words
        .iter()
        .filter(|word| word.contains(',') && word.chars().all(|it| it.is_ascii_digit() || it == ','))
        .collect();
    assert!(shares.len() > 20, "{words:?}");
    for share in shares {
        assert!(cells.contains(share.as_str()), "{share} stands in a drawing alone");
    }
    assert!(!words.iter().any(|word| word.starts_with("n = ")), "the size of a group by mark is told: {words:?}");
    assert!(html.contains("class=\"chart\""));
}

#[test]
fn a_school_gets_a_document_for_its_teachers_and_every_participant_in_its_workbook() {
    let folder = demo().0.period().join("editions");
    let mut told = 0;
    for name in files_below(&folder).iter().filter_map(|path| path.strip_suffix("/data/pupils.csv")) {
        assert!(folder.join(name).join("results.pdf").exists(), "{name} has no PDF");
        let text = text_of(&format!("editions/{name}/results.docx"));
        assert!(text.contains("Кому нужно внимание: по работам"), "{name}");
        assert!(text.contains("Типичные ошибки"), "{name} has no card of a task");
        let in_book = words_of(&folder.join(name).join("results.xlsx"));
        for row in rows(&folder.join(name).join("data/pupils.csv")) {
            assert!(in_book.contains(&row["pupil"]), "{name} does not name {}", row["pupil"]);
            told += 1;
        }
    }
    assert!(told > 1000, "{told}");
}

/// Texts of the cells of a workbook.
fn words_of(path: &std::path::Path) -> BTreeSet<String> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.used_cells());
    cells.filter_map(|(_, _, cell)| if let Data::String(text) = cell { Some(text.clone()) } else { None }).collect()
}

#[test]
fn a_class_has_a_map_with_its_participants_in_the_edition_of_its_own_school_alone() {
    let period = demo().0.period();
    let maps: Vec<String> = files_below(&period).into_iter().filter(|path| path.contains("/maps/")).collect();
    assert!(maps.len() > 100, "{}", maps.len());
    assert!(maps.iter().all(|path| path.starts_with("editions/school-")), "a map outside the edition of a school");
    let (mut named, mut nameless) = (0, 0);
    for path in maps.iter().filter(|path| path.ends_with(".xlsx")) {
        let (edition, exam) = path.trim_end_matches(".xlsx").split_once("/maps/").unwrap();
        assert!(maps.contains(&format!("{edition}/maps/all.pdf")), "{path} has no page");
        let words = words_of(&period.join(path));
        let pupils = rows(&period.join(edition).join("data/pupils.csv"));
        let of_exam: Vec<_> = pupils.iter().filter(|row| row["exam"] == exam && !row["total"].is_empty()).collect();
        let mut of_class: std::collections::BTreeMap<&str, Vec<&str>> = Default::default();
        for row in &of_exam {
            of_class.entry(row["class"].as_str()).or_default().push(&row["pupil"]);
        }
        for codes in of_class.values().filter(|codes| codes.len() >= 5) {
            for code in codes {
                assert!(words.contains(*code), "{path} does not show {code}");
                let is_row = code.contains('№') || code.contains("строка");
                *(if is_row { &mut nameless } else { &mut named }) += 1;
                assert!(code.len() != 16 || is_row, "{path}: nobody can find {code}");
            }
        }
    }
    assert!(named > 500 && nameless > 100, "{named} with a code, {nameless} by row");
}

#[test]
fn a_school_gets_its_own_participants_and_nobody_elses() {
    let (trial, _) = demo();
    let folder = trial.period().join("editions");
    let marks = trial.table("marks");
    let mut checked = 0;
    for name in files_below(&folder).iter().filter_map(|path| path.strip_suffix("/data/pupils.csv")) {
        let school = name.strip_prefix("school-").unwrap();
        let pupils = rows(&folder.join(name).join("data/pupils.csv"));
        let exams: BTreeSet<&str> = pupils.iter().map(|row| row["exam"].as_str()).collect();
        for exam in exams {
            let of_exam = pupils.iter().filter(|row| row["exam"] == exam).count();
            let own =
                marks.iter().find(|row| row["exam"] == exam && row["level"] == "school" && row["group"] == school);
            assert_eq!(own.unwrap()["n"], of_exam.to_string(), "{school}, {exam}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn the_audit_log_names_every_edition_once_and_a_changed_line_stops_the_next_run() {
    let trial = Trial::committed("demo.toml");
    trial.run();
    let log = trial.path().join("store/publications.jsonl");
    let first = std::fs::read_to_string(&log).unwrap();
    let packages = files_below(&trial.period().join("editions")).iter().filter(|path| path.ends_with(".zip")).count();
    assert_eq!(first.lines().count(), packages);
    let before = trial.hashes("reports");
    trial.run();
    assert_eq!(std::fs::read_to_string(&log).unwrap(), first, "the same editions are no new publication");
    assert_eq!(trial.hashes("reports"), before);

    let listed = srez(trial.path(), &["editions", "trial.toml"]);
    assert!(printed(&listed).contains("association-math"), "{}", printed(&listed));
    std::fs::write(&log, first.replacen("\"pupil_rows\":0", "\"pupil_rows\":1", 1)).unwrap();
    let output = trial.run();
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains("журнал изданий"), "{}", printed(&output));
    assert_eq!(trial.hashes("reports"), before, "the former documents stay");
}

#[cfg(unix)]
#[test]
fn what_holds_results_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let (trial, _) = demo();
    let mode = |path: &str| std::fs::metadata(trial.path().join(path)).unwrap().permissions().mode() & 0o777;
    for folder in ["store", "store/quarantine", "store/editions", "reports/2026-06"] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    for file in ["store.key", "store/keys.json", "store/publications.jsonl", "store/editions/trial-2026-06.json"] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
    for file in files_below(&trial.path().join("store/quarantine")) {
        assert_eq!(mode(&format!("store/quarantine/{file}")), 0o600, "{file}");
    }
}
