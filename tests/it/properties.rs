//! What must make no difference: names and order of files, how rows are shared out over files, schools without results,
//! the key.

use crate::ground_truth::{corpus, run};
use crate::trial::{Trial, printed};
use calamine::{Data, Reader, Xlsx, open_workbook};
use srez_testkit::sources::files_below;
use std::collections::BTreeMap;
use std::path::Path;

/// Rows of form Ф1 above the first pupil; the last of them names the school.
const HEAD: usize = 9;

/// Column of the class in form Ф1.
const CLASS: usize = 4;

/// All tables except those that name or count files.
fn tables(trial: &Trial) -> BTreeMap<String, String> {
    let mut hashes = trial.hashes("reports");
    hashes.retain(|path, _| {
        path.contains("/data/") && ["files.", "notes.", "data_quality."].iter().all(|name| !path.contains(name))
    });
    assert!(hashes.len() > 20);
    hashes
}

/// Runs a changed corpus and expects the tables of the unchanged one.
fn changes_nothing(trial: &Trial) {
    let output = trial.run();
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let unchanged = tables(&run("clean.zip", 0));
    let differs: Vec<_> = tables(trial).into_iter().filter(|(path, hash)| unchanged.get(path) != Some(hash)).collect();
    assert!(differs.is_empty(), "{differs:#?}");
}

#[test]
fn names_and_order_of_files_change_nothing() {
    let trial = corpus("clean.zip");
    let folder = trial.path().join("files");
    let paths = files_below(&folder);
    for (place, path) in paths.iter().enumerate() {
        std::fs::rename(folder.join(path), folder.join(format!("{:02}.xlsx", paths.len() - place))).unwrap();
    }
    changes_nothing(&trial);
}

#[test]
fn a_file_split_in_two_changes_nothing() {
    let trial = corpus("clean.zip");
    let folder = trial.path().join("files");
    let mut split = 0;
    for path in files_below(&folder) {
        let (sheet, grid) = read(&folder.join(&path));
        let (head, pupils) = grid.split_at(HEAD);
        let first = pupils.first().map(|row| row[CLASS].clone());
        let (one, rest): (Vec<_>, Vec<_>) = pupils.iter().cloned().partition(|row| Some(&row[CLASS]) == first.as_ref());
        if rest.is_empty() {
            continue;
        }
        split += 1;
        write(&folder.join(&path), &sheet, &[head, &one].concat());
        write(&folder.join(path.replace(".xlsx", " остальные.xlsx")), &sheet, &[head, &rest].concat());
    }
    assert!(split > 1, "no file has two classes");
    changes_nothing(&trial);
}

#[test]
fn a_school_without_results_changes_nothing() {
    let trial = corpus("clean.zip");
    let register = trial.path().join("schools.csv");
    let text = std::fs::read_to_string(&register).unwrap();
    let last = text.lines().last().unwrap().replace("230004", "230999").replace("№ 4", "№ 999");
    std::fs::write(&register, format!("{text}{last}\n")).unwrap();
    changes_nothing(&trial);
}

/// The first sheet of a workbook.
fn read(path: &Path) -> (String, Vec<Vec<Data>>) {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    let (rows, columns) = range.end().unwrap();
    let cell = |row: u32, column: u32| range.get_value((row, column)).cloned().unwrap_or_default();
    (name, (0..=rows).map(|row| (0..=columns).map(|column| cell(row, column)).collect()).collect())
}

fn write(path: &Path, sheet: &str, grid: &[Vec<Data>]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name(sheet).unwrap();
    for (row, cells) in (0..).zip(grid) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Data::Float(number) => sheet.write_number(row, column, *number).map(|_| ()).unwrap(),
                Data::Int(number) => sheet.write_number(row, column, *number as f64).map(|_| ()).unwrap(),
                Data::String(text) => sheet.write_string(row, column, text).map(|_| ()).unwrap(),
                _ => {}
            }
        }
    }
    book.save(path).unwrap();
}
