//! Every work of a year in every form that can hold it: one small file each, without a mistake.
//!
//! It proves that what the specifications describe is known again from real files, whatever the form.

use super::district::District;
use super::exams::{marked_exam, with_points};
use super::forms::regional_2022::Upload;
use super::forms::{
    individual_results, protocol, protocol_dense, regional_2020, regional_2021, regional_2022, regional_diagnostic,
    school_form_2022, school_form_2026,
};
use super::grid::{Grid, workbook};
use super::sitting::{Sitting, result, sit};
use super::{Folder, Settings};
use srez_model::artifact::Artifact;
use srez_model::assessment::{ExamCatalogue, Paper, Procedure, Scale};
use srez_model::error::Result;

/// The school whose pupils write all of it.
const SCHOOL: usize = 2;
/// Size of its classes in percent of the usual.
const CLASS_SIZE: u32 = 20;

/// One file with one work, or with several side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkFile {
    /// Id of the layout profile, which is also the folder of the file.
    pub form: &'static str,
    /// Ids of the works in it.
    pub exams: Vec<String>,
    /// The file; its path begins with the form.
    pub artifact: Artifact,
}

/// Makes the files of all works of a year that the catalogue describes.
///
/// # Errors
/// If a workbook cannot be written.
pub fn every_work(settings: &Settings, catalogue: &ExamCatalogue, year: u16) -> Result<Vec<WorkFile>> {
    let settings = Settings { class_size_percent: CLASS_SIZE, ..settings.clone() };
    let district = District::new(&settings);
    let mut maker = Maker { district: &district, year, files: Vec::new() };
    let mut of_schools: Vec<Sitting> = Vec::new();
    for known in catalogue.values().filter(|exam| exam.key.year == year && exam.key.part.is_empty()) {
        let exam = with_points(marked_exam(catalogue, &known.id())?);
        let sitting = by_the_rules(sit(&settings, &district, &exam, &|pupil, _| pupil.school == SCHOOL));
        match exam.key.procedure {
            Procedure::Vpr => {
                maker.school_forms(&sitting)?;
                maker.regional_forms(&sitting)?;
                of_schools.extend(Some(sitting).filter(|_| exam.key.paper == Paper::Ordinary));
            }
            Procedure::Oge | Procedure::Ege | Procedure::Gve => maker.final_exam(&sitting)?,
            Procedure::Regional => {}
        }
    }
    of_schools.sort_by_key(|sitting| sitting.exam.key.grade);
    for of_grade in of_schools.chunk_by(|one, next| one.exam.key.grade == next.exam.key.grade) {
        maker.diagnostics(of_grade)?;
    }
    Ok(maker.files)
}

/// The same as a folder: the files, and the register of schools.
///
/// # Errors
/// If a workbook cannot be written.
pub fn every_work_folder(settings: &Settings, catalogue: &ExamCatalogue, year: u16) -> Result<Vec<Artifact>> {
    let mut folder = Folder::default();
    folder.put("schools.csv", District::new(settings).register_csv()?);
    folder.artifacts.extend(every_work(settings, catalogue, year)?.into_iter().map(|file| file.artifact));
    folder.artifacts.sort();
    Ok(folder.artifacts)
}

struct Maker<'a> {
    district: &'a District,
    year: u16,
    files: Vec<WorkFile>,
}

impl Maker<'_> {
    fn put(&mut self, form: &'static str, exams: Vec<String>, path: &str, grids: &[Grid]) -> Result<()> {
        let bytes = workbook(grids, (self.year, 5, 15))?;
        self.files.push(WorkFile { form, exams, artifact: Artifact { path: format!("{form}/{path}.xlsx"), bytes } });
        Ok(())
    }

    fn login(&self) -> String {
        self.district.schools[SCHOOL].school.login.clone()
    }

    /// Ф1, of which the title does not say the level of study, and both forms that schools fill in.
    fn school_forms(&mut self, sitting: &Sitting) -> Result<()> {
        let (year, exams) = (self.year, vec![sitting.exam.id()]);
        let (login, label) = (self.login(), label(sitting));
        let mut report = individual_results::grid(self.district, sitting, &[SCHOOL], &format!("20.04.{year}"));
        let silent = individual_results::exam_line(sitting).replace(&level(sitting), "");
        report.rows[individual_results::TITLE_ROW] = vec![silent.into()];
        let path = format!("{login}/Ф1_Индивидуальные результаты ВПР {year} {label}");
        self.put("vpr-f1-2026", exams.clone(), &path, &[report])?;
        let outcomes = sitting.school_outcomes(SCHOOL);
        let path = format!("{login}/Форма сбора результатов {label} ВПР {year}");
        self.put("vpr-school-2026", exams.clone(), &path, &school_form_2026::grids(sitting, &outcomes))?;
        let path = format!("{year}/{login}/ВПР {year} {label}");
        self.put("vpr-school-2022", exams, &path, &school_form_2022::grids(sitting, &outcomes, None))
    }

    /// The concatenations of the region; their columns have no maxima before 2022, so that the path says the level.
    fn regional_forms(&mut self, sitting: &Sitting) -> Result<()> {
        let (year, grade, exams) = (self.year, sitting.exam.key.grade, vec![sitting.exam.id()]);
        let subject = format!("{}{}", sitting.exam.subject_title, level(sitting));
        let upload: Upload = (SCHOOL, format!("17.05.{year} 18:28:07"), sitting.school_outcomes(SCHOOL));
        let of_2022 = regional_2022::grids(self.district, sitting, &[upload]);
        self.put("vpr-region-2022", exams.clone(), &format!("{year}/{grade}/{subject}"), &of_2022)?;
        let of_2021 = regional_2021::grid(self.district, sitting, &[SCHOOL]);
        let path = format!("{year}/{grade}/Проведение работы {subject}, {grade} класс. ВПР {year}");
        self.put("vpr-region-2021", exams.clone(), &path, &[of_2021])?;
        let of_2020 = regional_2020::grid(self.district, sitting, &[SCHOOL]);
        self.put("vpr-region-2020", exams, &format!("{year}/{grade}/{subject}"), &[of_2020])
    }

    /// A protocol, or a list where the tasks are not published.
    fn final_exam(&mut self, sitting: &Sitting) -> Result<()> {
        let exam = &sitting.exam;
        let key = &exam.key;
        let paper = key.paper.title().map(|title| format!(" ({title})")).unwrap_or_default();
        let procedure = if key.procedure == Procedure::Gve { "ГВЭ " } else { "" };
        let title = format!("{procedure}{}{paper} {}.06.02", exam.subject_title, key.year);
        let result =
            if matches!(exam.scale, Scale::Test { .. }) { "Тестовый балл" } else { "Оценка" };
        let protocol = protocol::protocol(self.district, sitting, &title, result);
        let has_answers = exam.tasks.iter().any(|task| task.answer.is_some());
        let grid = if has_answers { protocol_dense::grid(&protocol) } else { protocol_dense::list(&protocol) };
        self.put("gia-protocol", vec![exam.id()], &exam.id(), &[grid])
    }

    /// Works of one grade as diagnostic works of the region: two side by side, and each by itself in the protocol of
    /// a centre.
    fn diagnostics(&mut self, of_grade: &[Sitting]) -> Result<()> {
        let (year, login) = (self.year, self.login());
        let id = |sitting: &Sitting| {
            format!("{}-{year}-{}-{}", Procedure::Regional.id(), sitting.exam.key.subject, sitting.exam.key.grade)
        };
        for (number, pair) in (1..).zip(of_grade.chunks(2)) {
            let grade = pair[0].exam.key.grade;
            let grid = regional_diagnostic::grid(self.district, pair, SCHOOL);
            // A subject by itself has no header over its tasks.
            let path = match pair {
                [alone] => format!("{year}/{login}/РДР {}", label(alone)),
                _ => format!("{year}/{login}/РДР {grade} класс ({number})"),
            };
            self.put("regional-diagnostic", pair.iter().map(id).collect(), &path, &[grid])?;
        }
        for sitting in of_grade {
            let grid = regional_diagnostic::protocol(sitting, SCHOOL);
            let path = format!("{year}/{login}/РДР {}", label(sitting));
            self.put("regional-diagnostic-protocol", vec![id(sitting)], &path, &[grid])?;
        }
        Ok(())
    }
}

/// Takes the points of a criterion that counts only where another one has points.
fn by_the_rules(mut sitting: Sitting) -> Sitting {
    let exam = &sitting.exam;
    let required = |id: &str| exam.tasks.iter().position(|task| task.id == id);
    for outcome in sitting.outcomes.iter_mut().filter(|outcome| !outcome.absent) {
        for (place, task) in exam.tasks.iter().enumerate() {
            let missing = required(&task.requires).is_some_and(|other| outcome.points[other].unwrap_or(0) == 0);
            if missing && outcome.points[place].is_some() {
                outcome.points[place] = Some(0);
            }
        }
        outcome.total = outcome.points.iter().flatten().sum();
        outcome.result = result(exam, &outcome.points, outcome.total);
    }
    sitting
}

/// « (углублённый уровень)»; empty for the ordinary paper.
fn level(sitting: &Sitting) -> String {
    sitting.exam.key.paper.title().map(|title| format!(" ({title})")).unwrap_or_default()
}

/// «Математика 8 класс», with the level of study in brackets.
fn label(sitting: &Sitting) -> String {
    format!("{} {} класс{}", sitting.exam.subject_title, sitting.exam.key.grade, level(sitting))
}

#[cfg(test)]
mod tests {
    use super::every_work;
    use crate::Settings;
    use crate::small_catalogue::small_catalogue;
    use std::collections::BTreeSet;

    #[test]
    fn every_work_of_a_year_is_in_every_form_once() {
        let files = every_work(&Settings::default(), &small_catalogue(), 2026).unwrap();
        let forms: BTreeSet<&str> = files.iter().map(|file| file.form).collect();
        assert_eq!(forms.len(), 9, "{forms:?}");
        let paths: BTreeSet<&str> = files.iter().map(|file| file.artifact.path.as_str()).collect();
        assert_eq!(paths.len(), files.len(), "{paths:?}");
        let of_works = files.iter().filter(|file| file.exams == ["vpr-2026-physics-8-advanced"]).count();
        assert_eq!(of_works, 6);
    }
}
