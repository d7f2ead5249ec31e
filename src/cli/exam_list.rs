//! `srez list exams`: which works the program knows, and how far each is confirmed.

use super::exam_pack;
use super::terminal::{json, say, table};
use camino::Utf8Path;
use clap::Args;
use serde::Serialize;
use srez_config::plan::Plan;
use srez_config::{exams, subjects};
use srez_model::assessment::{Exam, ExamCatalogue, Procedure, Scale, Task};
use srez_model::error::{Error, Result};
use srez_wording::plural;
use std::collections::BTreeSet;

/// Which works are listed, and how.
#[derive(Debug, Args)]
pub(super) struct ExamList {
    /// Только эта процедура: ВПР, ОГЭ, ЕГЭ, ГВЭ, РДР (для списка работ)
    #[arg(long, value_name = "ПРОЦЕДУРА")]
    procedure: Option<String>,
    /// Только этот год (для списка работ)
    #[arg(long, value_name = "ГОД")]
    year: Option<u16>,
    /// Список в JSON, для других программ
    #[arg(long)]
    pub(super) json: bool,
}

/// One work as another program reads it; what is unknown is null.
#[derive(Serialize)]
struct Listed<'a> {
    id: String,
    title: String,
    procedure: &'static str,
    year: u16,
    subject: &'a str,
    grade: u8,
    paper: Option<String>,
    draft: bool,
    tasks: usize,
    maximum: Option<u16>,
    scale: Option<&'static str>,
    scale_confirmed: Option<&'static str>,
    tasks_confirmed: Option<&'static str>,
    tasks_with_level: usize,
    skills: usize,
}

impl ExamList {
    /// True where an option was given that only works have.
    pub(super) fn is_asked(&self) -> bool {
        self.procedure.is_some() || self.year.is_some()
    }

    /// Prints the works, a table for each procedure and year.
    ///
    /// # Errors
    /// If the procedure is none or the pipeline cannot be read.
    pub(super) fn list(&self, pipeline: Option<&Utf8Path>) -> Result<u8> {
        let catalogue: ExamCatalogue = match pipeline {
            Some(pipeline) => {
                let plan = Plan::load(pipeline, None)?;
                if !self.json {
                    exam_pack::tell(&plan);
                }
                plan.exams
            }
            None => exams::built_in(&subjects::built_in()?)?,
        };
        let procedure = match &self.procedure {
            Some(word) => Some(named(word)?),
            None => None,
        };
        let mut chosen: Vec<&Exam> = catalogue
            .values()
            .filter(|exam| procedure.is_none_or(|wanted| exam.key.procedure == wanted))
            .filter(|exam| self.year.is_none_or(|wanted| exam.key.year == wanted))
            .collect();
        chosen.sort_by_key(|exam| (exam.key.procedure, exam.key.year, exam.key.grade, exam.id()));
        if self.json {
            let listed: Vec<Listed<'_>> = chosen.iter().map(|exam| listed(exam)).collect();
            return json(&listed).map(|()| 0);
        }
        if chosen.is_empty() {
            say("Таких работ программа не знает. Все работы: srez list exams");
        }
        for group in chosen.chunk_by(|left, right| procedure_and_year(left) == procedure_and_year(right)) {
            let Some(first) = group.first() else { continue };
            let count = plural::nominative(group.len() as u64, plural::WORK);
            say(&format!("\n{}-{}: {count}", first.key.procedure.title(), first.key.year));
            let rows: Vec<Vec<String>> = group.iter().map(|exam| row(exam)).collect();
            table(HEAD, &rows);
        }
        if chosen.iter().any(|exam| exam.draft) {
            say("\nПроект: спецификация будущего года, сама не выбирается; чтобы взять её, положите файл без строки \
                 status в свою папку работ.");
        }
        Ok(0)
    }
}

fn named(word: &str) -> Result<Procedure> {
    let lower = word.to_lowercase();
    let known = Procedure::ALL.into_iter().find(|known| known.title().to_lowercase() == lower || known.id() == lower);
    known.ok_or_else(|| Error::usage(format!("процедура «{word}» неизвестна")).hint("есть: ВПР, ОГЭ, ЕГЭ, ГВЭ, РДР"))
}

fn procedure_and_year(exam: &Exam) -> (Procedure, u16) {
    (exam.key.procedure, exam.key.year)
}

const HEAD: &[&str] = &[
    "Файл",
    "Работа",
    "Заданий",
    "Балл",
    "Перевод баллов",
    "Уровни",
    "Умений",
    "Шкала: источник",
    "Задания: источник",
];

fn row(exam: &Exam) -> Vec<String> {
    let listed = listed(exam);
    let or_dash = |number: usize| if number == 0 { "—".to_owned() } else { number.to_string() };
    let levels = match (listed.tasks, listed.tasks_with_level) {
        (0, _) => "—".to_owned(),
        (_, 0) => "нет".to_owned(),
        (all, some) if all == some => "есть".to_owned(),
        (all, some) => format!("у {some} из {all}"),
    };
    let is_known = |known: bool, exam: &Exam, scale: bool| match (known, scale) {
        (false, _) => "—".to_owned(),
        (true, true) => exam.scale_confirmed.title().to_owned(),
        (true, false) => exam.tasks_confirmed.title().to_owned(),
    };
    let draft = if exam.draft { " (проект)" } else { "" };
    vec![
        listed.id,
        format!("{}{draft}", listed.title),
        or_dash(listed.tasks),
        listed.maximum.map_or_else(|| "—".to_owned(), |max| max.to_string()),
        listed.scale.unwrap_or("нет").to_owned(),
        levels,
        or_dash(listed.skills),
        is_known(listed.scale.is_some(), exam, true),
        is_known(listed.tasks > 0, exam, false),
    ]
}

fn listed(exam: &Exam) -> Listed<'_> {
    let skills: BTreeSet<&str> = exam.tasks.iter().map(Task::matter).filter(|matter| !matter.is_empty()).collect();
    let scale = match &exam.scale {
        Scale::Unknown => None,
        Scale::Marks(_) => Some("отметки"),
        Scale::Test { .. } => Some("тестовые баллы"),
    };
    Listed {
        id: exam.id(),
        title: exam.title(),
        procedure: exam.key.procedure.title(),
        year: exam.key.year,
        subject: &exam.subject_title,
        grade: exam.key.grade,
        paper: exam.key.paper.title(),
        draft: exam.draft,
        tasks: exam.tasks.len(),
        maximum: exam.max_primary,
        scale,
        scale_confirmed: scale.map(|_| exam.scale_confirmed.id()),
        tasks_confirmed: (!exam.tasks.is_empty()).then(|| exam.tasks_confirmed.id()),
        tasks_with_level: exam.tasks.iter().filter(|task| task.difficulty.is_some()).count(),
        skills: skills.len(),
    }
}
