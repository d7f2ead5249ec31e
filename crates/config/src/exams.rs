//! Exam specifications: TOML as written → [`Exam`] as meant, strictly.

mod mean;
mod written;

use include_dir::{Dir, File, include_dir};
use mean::mean;
use srez_model::assessment::{Exam, ExamCatalogue, SubjectCatalogue};
use srez_model::error::{Error, Result};
use written::{WORDS, WrittenExam};

/// The specifications built into the program, in folders by procedure and year.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../pipelines/exams");

/// The specifications built into the program.
///
/// # Errors
/// If one of them breaks a loading rule, which is a bug that a test finds.
pub fn built_in(subjects: &SubjectCatalogue) -> Result<ExamCatalogue> {
    let mut catalogue = ExamCatalogue::new();
    for file in files_in(&BUILT_IN) {
        let name = file.path().to_string_lossy();
        let text = file.contents_utf8().unwrap_or_default();
        let exam = parse(&name, text, subjects)?;
        catalogue.insert(exam.id(), exam);
    }
    Ok(catalogue)
}

/// All files of a folder and the folders in it.
fn files_in(folder: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    folder.files().chain(folder.dirs().flat_map(files_in)).collect()
}

/// One specification; `name` is the file name, which must be the exam's name.
///
/// # Errors
/// If the file is not a specification or its numbers do not agree; the message says which.
pub fn parse(name: &str, text: &str, subjects: &SubjectCatalogue) -> Result<Exam> {
    let written: WrittenExam =
        toml::from_str(text).map_err(|error| super::faults::in_toml(name, text, &error, WORDS))?;
    let exam = mean(name, written, subjects)?;
    let stem = name.strip_suffix(".toml").unwrap_or(name);
    let stem = stem.rsplit('/').next().unwrap_or(stem);
    if stem != exam.id() {
        return Err(fault(name, format!("файл называется {stem}, а описывает работу {}", exam.id()))
            .hint(format!("переименуйте файл в {}.toml", exam.id())));
    }
    super::exam_checks::check(name, &exam)?;
    Ok(exam)
}

pub(super) fn fault(name: &str, message: impl std::fmt::Display) -> Error {
    Error::usage(format!("спецификация {name}: {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subjects;

    const NAME: &str = "vpr-2024-math-4.toml";
    const SMALL: &str = "procedure = \"ВПР\"\nyear = 2024\nsubject = \"Математика\"\ngrade = 4\nmax_primary = 3\n\
        marks = [[0, \"2\"], [1, \"3\"], [2, \"4\"], [3, \"5\"]]\n\
        [[conditions]]\nkind = \"min_sum\"\ntasks = [\"2\"]\nmin = 1\nfor_marks = [\"5\"]\notherwise = \"4\"\n\
        [[tasks]]\nid = \"1\"\nmax = 1\n[[tasks]]\nid = \"2\"\nmax = 2\n";

    fn refused(name: &str, text: &str) -> Error {
        parse(name, text, &subjects::built_in().unwrap()).unwrap_err()
    }

    #[test]
    fn every_built_in_file_is_an_exam_whose_numbers_agree() {
        let exams = built_in(&subjects::built_in().unwrap()).unwrap();
        assert_eq!(exams.len(), files_in(&BUILT_IN).len());
        for exam in exams.values().filter(|exam| exam.tasks.iter().all(|task| task.alternatives.is_empty())) {
            let sum = exam.sum_of_maxima();
            assert!(exam.tasks.is_empty() || sum == exam.max_primary, "{}: {sum:?}", exam.id());
        }
    }

    #[test]
    fn skills_are_short_and_labelled_exams_have_skills_of_several_tasks() {
        for exam in built_in(&subjects::built_in().unwrap()).unwrap().values() {
            let mut of_several = std::collections::BTreeMap::<&str, usize>::new();
            for task in &exam.tasks {
                let skill = task.skill.as_str();
                let lower = skill.chars().next().is_none_or(char::is_lowercase);
                assert!(skill.chars().count() <= 40 && lower, "{}, {}: «{skill}»", exam.id(), task.id);
                if !task.matter().is_empty() {
                    *of_several.entry(task.matter()).or_default() += 1;
                }
            }
            let several = of_several.values().filter(|tasks| **tasks >= 2).count();
            let labelled: usize = of_several.values().sum();
            assert!(labelled < 8 || several >= 2, "{}: {several}", exam.id());
        }
    }

    #[test]
    fn a_small_file_is_right() {
        let exam = parse(NAME, SMALL, &subjects::built_in().unwrap()).unwrap();
        assert_eq!((exam.id().as_str(), exam.tasks.len()), ("vpr-2024-math-4", 2));
    }

    #[test]
    fn maxima_must_add_up() {
        let error = refused(NAME, &SMALL.replace("max = 2", "max = 1"));
        assert_eq!(error.message, "спецификация vpr-2024-math-4.toml: сумма максимумов заданий 2, а max_primary 3");
    }

    #[test]
    fn a_scale_must_ascend() {
        let error = refused(NAME, &SMALL.replace("[2, \"4\"]", "[1, \"4\"]"));
        let expected = "спецификация vpr-2024-math-4.toml: шкала отметок не покрывает баллы 0…3 по возрастанию";
        assert_eq!(error.message, expected);
    }

    #[test]
    fn an_unknown_key_gets_the_nearest_name() {
        let error = refused(NAME, &SMALL.replace("max_primary", "max_primry"));
        assert_eq!(error.message.lines().next(), Some("ошибка: неизвестный ключ «max_primry»"));
        assert!(error.message.contains("vpr-2024-math-4.toml:5"), "{}", error.message);
        assert_eq!(error.hint, "ближайший известный ключ — «max_primary»");
    }

    #[test]
    fn the_file_must_be_named_after_its_exam() {
        let error = refused("math.toml", SMALL);
        let expected = "спецификация math.toml: файл называется math, а описывает работу vpr-2024-math-4";
        assert_eq!(error.message, expected);
        assert_eq!(error.hint, "переименуйте файл в vpr-2024-math-4.toml");
    }

    #[test]
    fn a_condition_must_name_known_tasks() {
        let error = refused(NAME, &SMALL.replace("tasks = [\"2\"]", "tasks = [\"9\"]"));
        let expected = "спецификация vpr-2024-math-4.toml: условие называет задание 9, которого нет";
        assert_eq!(error.message, expected);
    }
}
