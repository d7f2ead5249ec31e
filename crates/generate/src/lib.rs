//! The sample district: a made-up municipality whose results are drawn from a model of item responses.
//!
//! The district is written in every form that the program reads, clean and dirty, and its README says what is wrong
//! where. Random numbers come from named streams, so that one more file changes no other file.
//!
//! In: a seed and the exam specifications. Out: the files of `sample-data`, or every work of a year in every form.
//!
//! Invariants:
//! - The same settings give the same bytes on every machine (`the_sample_district_is_what_generate_writes`).
//! - There is a file of every form (`the_sample_holds_a_file_of_every_form`).
//! - It shares no code with the readers of these files: of the workspace it depends on `model` only (Cargo).

mod abilities;
mod actions;
mod archive;
mod biff;
mod dirt;
mod district;
mod every_work;
mod exams;
mod finals;
mod forms;
mod grid;
mod other_forms;
mod pupils;
mod readme;
mod reference;
mod sitting;
#[cfg(test)]
mod small_catalogue;
mod stream;
mod vpr;

pub use every_work::{WorkFile, every_work, every_work_folder};
use exams::own_exams;

use srez_model::artifact::Artifact;
use srez_model::assessment::ExamCatalogue;
use srez_model::error::Result;

/// What the sample district is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Seed of all random numbers.
    pub seed: u64,
    /// Schools of the district, 12 to 16; a school of the neighbouring municipality comes on top.
    pub schools: usize,
    /// Size of classes in percent of the usual; 100 for the committed sample.
    pub class_size_percent: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 2026, schools: 14, class_size_percent: 100 }
    }
}

/// A remark on one file, for the reader of the sample folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    /// Path below the sample folder.
    pub(crate) path: String,
    /// What is wrong or special, in Russian.
    pub(crate) wrong: String,
}

/// Files and remarks made so far.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Files in the order in which they were made.
    pub(crate) artifacts: Vec<Artifact>,
    /// Remarks for the README.
    pub(crate) remarks: Vec<Remark>,
}

impl Folder {
    /// Adds a file.
    pub(crate) fn put(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.artifacts.push(Artifact { path: path.into(), bytes });
    }

    /// Adds a remark on a file.
    pub(crate) fn remark(&mut self, path: impl Into<String>, wrong: impl Into<String>) {
        self.remarks.push(Remark { path: path.into(), wrong: wrong.into() });
    }
}

/// Makes all files of the sample folder, sorted by path. Paths are relative to it and may be Russian, like the names of
/// delivered files.
///
/// # Errors
/// If the catalogue lacks an exam that the sample is drawn from, or a workbook cannot be written.
pub fn generate(settings: &Settings, catalogue: &ExamCatalogue) -> Result<Vec<Artifact>> {
    let district = district::District::new(settings);
    let mut folder = Folder::default();
    folder.put("schools.csv", district.register_csv()?);
    for exam in own_exams(catalogue)? {
        folder.put(format!("exams/{}.toml", exam.id()), exams::toml(&exam).into_bytes());
    }
    vpr::write(settings, &district, catalogue, &mut folder)?;
    finals::write(settings, &district, catalogue, &mut folder)?;
    archive::write(settings, &district, catalogue, &mut folder)?;
    actions::write(&district, &mut folder)?;
    other_forms::write(&district, &mut folder)?;
    dirt::write_broken_files(&mut folder)?;
    let readme = readme::readme(settings, &folder.remarks);
    folder.put("README.md", readme.into_bytes());
    folder.artifacts.sort();
    Ok(folder.artifacts)
}

#[cfg(test)]
mod tests {
    use super::small_catalogue::small_catalogue;
    use super::{Settings, generate};
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    #[test]
    fn same_seed_same_bytes_and_another_seed_others() {
        let catalogue = small_catalogue();
        let first = generate(&Settings::default(), &catalogue).unwrap();
        assert!(first == generate(&Settings::default(), &catalogue).unwrap());
        let other = generate(&Settings { seed: 7, ..Settings::default() }, &catalogue).unwrap();
        let path = "2025-05/Ф1_Индивидуальные результаты ВПР 2025 Математика 4 класс.xlsx";
        let bytes = |artifacts: &[super::Artifact]| artifacts.iter().find(|a| a.path == path).unwrap().bytes.clone();
        assert_ne!(bytes(&first), bytes(&other));
    }

    #[test]
    fn declared_totals_and_marks_hold_in_a_clean_file() {
        let artifacts = generate(&Settings::default(), &small_catalogue()).unwrap();
        let path = "2025-05/Ф1_Индивидуальные результаты ВПР 2025 Математика 4 класс.xlsx";
        let bytes = artifacts.into_iter().find(|artifact| artifact.path == path).unwrap().bytes;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        let mut pupils = 0;
        for row in range.rows().filter(|row| matches!(row[3], Data::Float(_))) {
            let number = |data: &Data| if let Data::Float(number) = data { *number } else { 0.0 };
            let sum: f64 = row[6..16].iter().map(number).sum();
            assert_eq!(number(&row[16]), sum, "declared total");
            let mark = 2.0 + [4.0, 7.0, 10.0].iter().filter(|bound| **bound <= sum).count() as f64;
            assert_eq!(number(&row[17]), mark, "declared mark");
            pupils += 1;
        }
        assert!(pupils > 200, "{pupils} pupils");
    }

    #[test]
    fn every_remark_names_a_file() {
        let artifacts = generate(&Settings::default(), &small_catalogue()).unwrap();
        let readme = artifacts.iter().find(|artifact| artifact.path == "README.md").unwrap();
        let text = String::from_utf8(readme.bytes.clone()).unwrap();
        let remarks: Vec<_> = text.lines().filter(|line| line.contains(".xls") || line.contains(".zip")).collect();
        assert!(remarks.len() > 20);
        for line in remarks {
            let path = line.split('`').nth(1).unwrap();
            let archived = ["edu990010", "edu990011", "edu990012"].iter().any(|login| path.contains(login));
            let there = artifacts.iter().any(|artifact| artifact.path == path);
            assert!(there || archived, "{path}");
        }
    }
}
