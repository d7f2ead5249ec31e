//! `srez init workspace FOLDER`: a workspace; `srez init pipeline FILE FOLDER`: a first pipeline; `srez init measures
//! FILE`: the empty register of measures, as a workbook or as text; `srez init region-tasks FILE`: the empty table of
//! the tasks of a region.

use super::init_pipeline;
use super::init_workspace::Answers;
use super::terminal::say;
use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};
use srez_config::{exams, subjects};
use srez_model::assessment::{Exam, Procedure};
use srez_model::error::{Error, Result};
use srez_model::skill::Skill;
use srez_wording::text::lowered;
use srez_xlsx::RegisterWork;
use std::collections::BTreeMap;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Что создать: workspace — рабочее место, pipeline — конвейер, measures — реестр мер, region-tasks — выполнение
    /// заданий в регионе; без слова — рабочее место по вопросам
    #[arg(value_name = "ЧТО", value_enum, hide_possible_values = true)]
    what: Option<What>,
    /// Папка рабочего места или файл, который будет создан: мой.toml; меры.xlsx или меры.toml; регион.csv
    #[arg(value_name = "ФАЙЛ")]
    file: Option<Utf8PathBuf>,
    /// Для конвейера: папка с таблицами результатов
    #[arg(value_name = "ПАПКА")]
    folder: Option<Utf8PathBuf>,
    #[command(flatten)]
    answers: Answers,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Рабочее место
    Workspace,
    /// Конвейер
    Pipeline,
    /// Реестр мер
    Measures,
    /// Выполнение заданий в регионе
    RegionTasks,
}

/// A work is named in the first line; rows that are left empty say nothing.
const TASKS: u8 = 30;

const TEXT: &str = "\
# Реестр мер: одна запись [[measure]] — одна мера. Путь к файлу — ключ measures раздела [inputs] конвейера.

# [[measure]]
# title       = \"Семинар для учителей математики\"     # что сделано
# from        = \"2025-09-15\"                          # первый день
# until       = \"2026-03-30\"                          # последний день; можно не писать
# schools     = [\"edu990001\", \"edu990004\"]            # логины или коды; нет — все школы муниципалитета
# exam        = \"vpr-math-8\"                          # работа без года
# indicator   = \"умение: геометрия\"                   # доля «2», качество, умение: …, задание 5, номер вывода
# responsible = \"методист по математике\"              # должность, без фамилии
# expected    = \"выполнение не ниже 60 %\"
";

impl Init {
    pub(super) fn run(self) -> Result<u8> {
        let what = self.what.unwrap_or(What::Workspace);
        if let What::Workspace = what {
            return self.answers.make(self.file);
        }
        if self.answers.is_some() {
            return Err(Error::usage("--from, --title, --centre, --home и --date относятся только к рабочему месту")
                .hint("srez init workspace ПАПКА --from ПАПКА-С-ТАБЛИЦАМИ"));
        }
        let file = self.file.ok_or_else(|| Error::usage("не хватает: <ФАЙЛ>").hint("справка: srez init --help"))?;
        if srez_disk::exists(&file) {
            return Err(
                Error::usage(format!("файл {file} уже есть")).hint("укажите другое имя: программа чужого не затирает")
            );
        }
        if let What::Pipeline = what {
            let folder = self.folder.ok_or_else(|| {
                Error::usage("не хватает: <ПАПКА>").hint("например: srez init pipeline мой.toml папка-с-таблицами")
            })?;
            return init_pipeline::write(&file, &folder).map(|()| 0);
        }
        if let What::RegionTasks = what {
            return write_region_tasks(&file).map(|()| 0);
        }
        match file.extension() {
            Some("xlsx") => srez_disk::write(&file, &srez_xlsx::register_template(&works()?)?)?,
            Some("toml") => srez_disk::write(&file, TEXT.as_bytes())?,
            _ => {
                return Err(Error::usage(format!("расширение файла {file} не подходит"))
                    .hint("имя должно кончаться на .xlsx или .toml"));
            }
        }
        say(&format!("Реестр мер — {file}; впишите меры и укажите файл в конвейере: [inputs] measures = \"…\""));
        Ok(0)
    }
}

/// With the mark by which office programs know the encoding.
fn write_region_tasks(file: &Utf8Path) -> Result<()> {
    if file.extension() != Some("csv") {
        return Err(Error::usage(format!("расширение файла {file} не подходит"))
            .hint("имя должно кончаться на .csv: например, регион.csv"));
    }
    let tasks: String = (1..=TASKS).map(|task| format!("{task};;;;\r\n")).collect();
    let table = format!("\u{feff}ВПР ГОД Предмет КЛАСС класс\r\n\r\nЗадание;Регион, %;n;Россия, %;n\r\n{tasks}");
    srez_disk::write(file, table.as_bytes())?;
    say(&format!(
        "Таблица заданий — {file}; в первой строке назовите работу («ВПР 2026 Математика 8 класс»), впишите проценты и \
         число участников и положите файл к остальным таблицам"
    ));
    Ok(())
}

/// Exams to choose from, without the year, each with the skills of its newest specification.
fn works() -> Result<Vec<RegisterWork>> {
    let subjects = subjects::built_in()?;
    let mut newest: BTreeMap<(Procedure, String, u8), Exam> = BTreeMap::new();
    for exam in exams::built_in(&subjects)?.into_values() {
        let work = (exam.key.procedure, exam.subject_title.to_lowercase(), exam.key.grade);
        let known = newest.get(&work).map_or(0, |known| known.key.year);
        if known <= exam.key.year {
            newest.insert(work, exam);
        }
    }
    let title = |(procedure, subject, grade): (Procedure, String, u8)| match procedure {
        Procedure::Oge | Procedure::Ege => format!("{}, {subject}", procedure.title()),
        _ => format!("{}, {subject}, {grade} класс", procedure.title()),
    };
    // A skill whose name is only a code is useless in a list.
    let skills = |exam: &Exam| {
        let named = Skill::titles(exam).into_iter().filter(|name| name.chars().any(char::is_alphabetic));
        named.map(|name| lowered(&name)).collect::<Vec<_>>()
    };
    Ok(newest
        .into_iter()
        .map(|(work, exam)| RegisterWork {
            title: title(work),
            test_scores: exam.has_test_scores(),
            skills: skills(&exam),
        })
        .collect())
}
