//! Names, documents, addresses and dates of birth in every column of every form, and in the names of sheets, files and
//! folders: nothing that the program writes or prints repeats them.

use crate::canary::texts;
use crate::pdf_text;
use crate::trial::{Trial, printed};
use srez_model::form::{Extractor, Field, FormProfile};
use srez_testkit::sources::files_below;
use std::fmt::Write as _;

/// What stands in the cells.
const CANARIES: [&str; 8] = [
    "Канарейкина Анна Сергеевна",
    "КАНАРЕЙКИН П.",
    "112-233-445 95",
    "4509 718293",
    "anna@example.ru",
    "+7 912 345-67-89",
    "14.05.2012",
    "Канарейкин П.С., учитель",
];
/// Surnames that stand alone in names of files, folders and sheets.
const ALONE: [&str; 4] = ["Канарейкин", "канарейкина", "КАНАРЕЙКИНЫХ", "Kanareykin"];
/// What must stand nowhere, in lower case and without spaces.
const TRACES: [&str; 9] = [
    "канарейкин",
    "kanareykin",
    "112-233-445",
    "11223344595",
    "4509718293",
    "anna@example",
    "345-67-89",
    "14.05.2012",
    "2012-05-14",
];
const PIPELINE: &str = r#"
title = "Проверка имён"
date = "2026-06-20"
[inputs]
folders = ["in"]
measures = "меры.xml"
schools = "школы.xml"
[store]
folder = "store"
key = "store.key"
[reports]
folder = "reports"
formats = ["pdf", "docx", "pptx", "xlsx", "html"]
audiences = ["office", "association", "school", "public"]
"#;

/// A row that a form takes, by field.
fn good(profile: &FormProfile, field: Field, row: usize) -> String {
    let exam = profile.extractor == Extractor::AnswerStrings || profile.extractor == Extractor::Appeals;
    match field {
        Field::School | Field::Login if !exam => "edu990001".to_owned(),
        Field::School | Field::Login | Field::Code => "9306".to_owned(),
        Field::Participant => (60_000 + row).to_string(),
        Field::Ordinal => row.to_string(),
        Field::Class => if exam { "9А" } else { "1" }.to_owned(),
        Field::SchoolName | Field::ShortName => "МБОУ «СОШ № 1»(edu990001)".to_owned(),
        Field::Municipality => "Северная Долина".to_owned(),
        Field::Surname => format!("Щеглова{row}"),
        Field::Sex => "м".to_owned(),
        Field::Subject => "Математика".to_owned(),
        Field::Grade => "6".to_owned(),
        Field::Year => "2026".to_owned(),
        Field::Date => "05.06.2026".to_owned(),
        Field::Exam if profile.extractor == Extractor::Appeals => "Математика(2026.06.05)".to_owned(),
        Field::Exam => "02".to_owned(),
        Field::Group => "Вся выборка".to_owned(),
        Field::Groups => "vpr-2026".to_owned(),
        Field::Uploaded => "2026-05-17 18:28:07".to_owned(),
        Field::Mark2 | Field::Mark3 | Field::Mark4 | Field::Mark5 => "25".to_owned(),
        Field::Participants => "20".to_owned(),
        Field::Journal | Field::Mark => "4".to_owned(),
        Field::Total => "2".to_owned(),
        Field::Textbook => "Виленкин Н.Я. Математика 6 класс".to_owned(),
        Field::Action => "Семинар".to_owned(),
        Field::ActionDate => "15.09.2025".to_owned(),
        Field::ActionWork => "ВПР, математика, 6 класс".to_owned(),
        Field::ActionResponsible => "методист".to_owned(),
        _ => "1".to_owned(),
    }
}

/// Headers of all columns that a profile names, with the good value of a row.
fn columns(profile: &FormProfile) -> Vec<(String, Option<Field>)> {
    let bare = |header: &String| header.trim_end_matches('*').to_owned();
    let mut columns: Vec<(String, Option<Field>)> = Vec::new();
    let named = profile.columns.iter().filter_map(|(field, headers)| Some((bare(headers.first()?), Some(*field))));
    let facts = profile.facts.iter().flat_map(|facts| &facts.values);
    let facts = facts.filter_map(|(_, headers)| Some((bare(headers.first()?), None)));
    let tasks = profile.tasks.iter().flat_map(|tasks| {
        let header = |task: u32| match tasks.prefix.as_str() {
            "" => format!("{task} (1б)"),
            prefix => format!("{prefix}{task}{}", tasks.suffix),
        };
        (1..=2).map(move |task| (header(task), None))
    });
    for column in named.chain(facts).chain(tasks).chain([("Примечание".to_owned(), None)]) {
        if !columns.iter().any(|(header, _)| *header == column.0) {
            columns.push(column);
        }
    }
    // Tasks stand before the textbook that ends them.
    columns.sort_by_key(|(_, field)| match field {
        Some(Field::Textbook | Field::Total) => 2,
        Some(_) => 0,
        None => 1,
    });
    columns
}

/// One sheet of a workbook of 2003.
fn sheet(name: &str, rows: &[Vec<String>]) -> String {
    let mut text = format!("<Worksheet ss:Name=\"{name}\"><Table>");
    for row in rows {
        text.push_str("<Row>");
        for cell in row {
            let is_number = !cell.is_empty() && cell.bytes().all(|sign| sign.is_ascii_digit());
            let kind = if is_number { "Number" } else { "String" };
            write!(text, "<Cell><Data ss:Type=\"{kind}\">{cell}</Data></Cell>").unwrap();
        }
        text.push_str("</Row>");
    }
    text + "</Table></Worksheet>"
}

fn book(sheets: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">{sheets}</Workbook>"
    )
}

/// A form in which every column holds every canary once; between them rows as they should be.
fn form(profile: &FormProfile) -> (Vec<Vec<String>>, usize) {
    let columns = columns(profile);
    let row = |number: usize| -> Vec<String> {
        columns.iter().map(|(_, field)| field.map_or("1".to_owned(), |field| good(profile, field, number))).collect()
    };
    let title = match profile.extractor {
        Extractor::AnswerStrings | Extractor::Appeals => "02 - Математика 2026.06.05".to_owned(),
        _ => "ВПР 2026 Математика 6 класс".to_owned(),
    };
    let mut rows = vec![vec![profile.marked_title()], vec![title]];
    rows.push(columns.iter().map(|(header, _)| header.clone()).collect());
    let mut number = 0;
    for place in 0..columns.len() {
        for canary in CANARIES {
            number += 2;
            let mut bad = row(number);
            canary.clone_into(&mut bad[place]);
            rows.extend([row(number + 1), bad]);
        }
    }
    (rows, columns.len())
}

fn put(trial: &Trial, name: &str, text: &str) {
    let path = trial.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn trace_in(text: &str) -> Option<&'static str> {
    let text: String = text.to_lowercase().chars().filter(|sign| !sign.is_whitespace()).collect();
    TRACES.into_iter().find(|trace| text.contains(trace))
}

/// Sheets, files and folders that bear the canaries.
fn plant_in_names(trial: &Trial, forms: &[FormProfile]) {
    let school_form = forms.iter().find(|form| form.id == "vpr-school-2026").unwrap();
    let header: Vec<String> = columns(school_form).into_iter().map(|(header, _)| header).collect();
    for (place, canary) in CANARIES.into_iter().enumerate() {
        let columns = columns(school_form);
        let good = (0..12).map(|row| {
            columns
                .iter()
                .map(|(_, field)| field.map_or("1".to_owned(), |field| self::good(school_form, field, 900 + row)))
                .collect()
        });
        let rows: Vec<Vec<String>> = std::iter::once(header.clone()).chain(good).collect();
        let text = book(&(sheet(canary, &rows) + &sheet(&format!("8А {canary}"), &[vec![canary.to_owned()]])));
        put(trial, &format!("in/2026/папка {canary}/edu99000{place}_{canary}_Математика 6 класс ВПР 2026.xml"), &text);
        put(trial, &format!("in/{canary}.csv"), &format!("{canary};{canary}\n{canary};1\n"));
    }
    for (place, alone) in ALONE.into_iter().enumerate() {
        let rows = [header.clone(), vec![alone.to_owned()]];
        let text = book(&(sheet(alone, &rows) + &sheet(&format!("8А_{alone}"), &rows)));
        put(trial, &format!("in/2026/{alone}/{place} {alone} 8А.xml"), &text);
        put(trial, &format!("in/{alone}.csv"), &format!("{alone};{alone}\n{alone};1\n"));
    }
}

#[test]
fn no_column_and_no_name_of_a_file_lets_a_person_out() {
    let trial = Trial::new(PIPELINE);
    let forms = srez_config::forms::built_in().unwrap();
    let mut cells = 0;
    for (place, profile) in forms.iter().enumerate() {
        let (rows, width) = form(profile);
        cells += width * CANARIES.len();
        let name = match profile.extractor {
            Extractor::Actions => "меры.xml".to_owned(),
            Extractor::Registers => "школы.xml".to_owned(),
            _ => format!("in/2026/6/{place:02} edu990001_Математика 6 класс ВПР 2026.xml"),
        };
        let sheet_name = Some(profile.detect.sheet.as_str()).filter(|name| !name.is_empty()).unwrap_or("Протокол");
        put(&trial, &name, &book(&sheet(sheet_name, &rows)));
    }
    plant_in_names(&trial, &forms);
    let run = trial.run();
    assert!(run.status.code().is_some_and(|code| code == 0 || code == 2), "{}", printed(&run));
    let check = crate::trial::srez(trial.path(), &["check", "--all", "in"]);
    let mut found = Vec::new();
    for (what, output) in [("run", &run), ("check", &check)] {
        found.extend(
            printed(output).lines().filter(|line| trace_in(line).is_some()).map(|line| format!("{what}: {line}")),
        );
    }
    let ours = |path: &&String| {
        let input = path.starts_with("in/") || path.as_str() == "меры.xml" || path.as_str() == "школы.xml";
        // What is put aside lies in a closed folder; a school gets its own rows back.
        !input && (!path.contains("/quarantine/") || path.ends_with(".json")) && !is_return(path)
    };
    let files = files_below(trial.path());
    let mut places = 0;
    for path in files.iter().filter(ours) {
        let bytes = std::fs::read(trial.path().join(path)).unwrap();
        let mut all = texts(path, &bytes);
        all.push(path.clone());
        if path.ends_with(".pdf") {
            all.push(pdf_text::letters(bytes));
        }
        places += all.len();
        found.extend(all.iter().find_map(|text| trace_in(text)).map(|trace| format!("{path}: {trace}")));
    }
    let taken: std::collections::BTreeSet<String> =
        trial.table("files").iter().map(|row| row["form"].clone()).filter(|form| !form.is_empty()).collect();
    println!(
        "forms {} (taken {}), cells with canaries {cells}, files {}, texts searched {places}",
        forms.len(),
        taken.len(),
        files.len()
    );
    assert!(found.is_empty(), "{}\n{}", found.join("\n"), printed(&run));
    assert!(taken.len() > 20, "{taken:?}\n{}", printed(&run));
}

#[test]
fn a_town_that_a_register_or_a_file_names_stays_in_the_names_of_files() {
    let trial = Trial::with_files();
    let register = "login;name;municipality\nedu990001;МБОУ «СОШ № 1»;г. Калинин\n";
    put(&trial, "files/реестр.csv", register);
    for name in ["Барнаул", "Калинин", "Канарейкин"] {
        put(&trial, &format!("files/{name}.csv"), "а;б\n1;2\n");
    }
    let mut archive = zip::ZipWriter::new(std::fs::File::create(trial.path().join("files/сдача.zip")).unwrap());
    for name in ["Калинин.csv", "Канарейкин.csv"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, "а;б\n3;4\n".as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let shown = [
        "files/Барнаул.csv",
        "files/Калинин.csv",
        "files/[имя на К].csv",
        "files/сдача.zip/Калинин.csv",
        "files/сдача.zip/[имя на К].csv",
    ];
    let check = |shown: &[&str]| {
        let said = printed(&crate::trial::srez(trial.path(), &["check", "files"]));
        let lines: Vec<&str> = said.lines().collect();
        for name in shown {
            let heads = lines.iter().filter(|line| line.starts_with(&format!("{name} — "))).count();
            assert_eq!(heads, 1, "{name}\n{said}");
        }
        assert_eq!(trace_in(&said), None, "{said}");
    };
    check(&shown);
    put(&trial, "files/реестр.csv", &register.replace("Калинин", "Тверь"));
    check(&[
        "files/Барнаул.csv",
        "files/[имя на К].csv",
        "files/[имя на К, 2].csv",
        "files/сдача.zip/[имя на К, 2].csv",
    ]);
}

/// A workbook that goes back to the school it came from, with its own rows.
fn is_return(path: &str) -> bool {
    path.contains("/qa/returns/") && path.ends_with(".xlsx")
}
