//! What the program knows of works, forms and subjects: its own, above it a pack, above both the office's own folders.

use crate::works::{self, Works};
use crate::{exams, forms, subjects};
use camino::Utf8Path;
use srez_model::assessment::{ExamCatalogue, SubjectCatalogue};
use srez_model::error::{Error, Result};
use srez_model::form::FormProfile;
use std::collections::BTreeMap;

/// Works, forms and subjects in force.
pub(crate) struct Catalogue {
    /// The pack, if there is one.
    pub(crate) works: Option<Works>,
    pub(crate) subjects: SubjectCatalogue,
    pub(crate) exams: ExamCatalogue,
    pub(crate) forms: Vec<FormProfile>,
}

impl Catalogue {
    /// What is built in.
    ///
    /// # Errors
    /// If it is wrong, which a test excludes.
    pub(crate) fn built_in() -> Result<Self> {
        let subjects = subjects::built_in()?;
        Ok(Self { works: None, exams: exams::built_in(&subjects)?, forms: forms::built_in()?, subjects })
    }

    /// Lays a pack above what is there.
    ///
    /// # Errors
    /// If the pack is not taken.
    pub(crate) fn add_pack(&mut self, path: &Utf8Path) -> Result<()> {
        let pack = works::open(path, &self.subjects)?;
        self.subjects = pack.subjects;
        self.exams.extend(pack.exams.into_iter().map(|exam| (exam.id(), exam)));
        pack.forms.into_iter().for_each(|profile| self.add_form(profile));
        self.works = Some(pack.works);
        Ok(())
    }

    /// Lays a folder of specifications above what is there.
    ///
    /// # Errors
    /// If one of them is wrong, or two describe one work.
    pub(crate) fn add_exams(&mut self, folder: &Utf8Path) -> Result<()> {
        let mut own: BTreeMap<String, String> = BTreeMap::new();
        for found in srez_disk::list(folder)?.files {
            if found.name.ends_with(".toml") {
                let exam = exams::parse(&found.name, &srez_disk::read_text(&found.path)?, &self.subjects)?;
                if let Some(other) = own.insert(exam.id(), found.name.clone()) {
                    let message = format!("работу {} описывают два файла: {other} и {}", exam.id(), found.name);
                    return Err(Error::usage(message).hint("оставьте в папке один из них"));
                }
                self.exams.insert(exam.id(), exam);
            }
        }
        Ok(())
    }

    /// Lays a folder of layout profiles above what is there.
    ///
    /// # Errors
    /// If one of them is wrong.
    pub(crate) fn add_forms(&mut self, folder: &Utf8Path) -> Result<()> {
        for found in srez_disk::list(folder)?.files {
            if found.name.ends_with(".toml") {
                self.add_form(forms::parse(&found.name, &srez_disk::read_text(&found.path)?)?);
            }
        }
        Ok(())
    }

    fn add_form(&mut self, profile: FormProfile) {
        self.forms.retain(|seen| seen.id != profile.id);
        self.forms.push(profile);
    }
}

#[cfg(test)]
mod tests {
    use super::Catalogue;
    use crate::trial_folder::TrialFolder;

    #[test]
    fn two_files_for_one_work_are_refused() {
        let folder = TrialFolder::new();
        let text = include_str!("../../../pipelines/exams/vpr/2026/vpr-2026-physics-8.toml");
        folder.write("vpr-2026-physics-8.toml", text);
        let mut catalogue = Catalogue::built_in().unwrap();
        catalogue.add_exams(&folder.base).unwrap();
        folder.write("старое/vpr-2026-physics-8.toml", text);
        let error = catalogue.add_exams(&folder.base).unwrap_err();
        assert!(error.message.starts_with("работу vpr-2026-physics-8 описывают два файла: "), "{}", error.message);
    }
}
