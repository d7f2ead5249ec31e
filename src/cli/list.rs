//! `srez list`: forms, exams, rules and everything else that the program knows.

use super::terminal::table;
use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};
use srez_config::plan::Plan;
use srez_config::{exams, forms, subjects, thresholds};
use srez_model::assessment::{Exam, Scale, Task};
use srez_model::error::Result;
use srez_model::threshold::Thresholds;
use srez_wording::{rule, sentence};
use std::collections::BTreeSet;

/// What can be listed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Формы файлов
    Forms,
    /// Спецификации работ
    Exams,
    /// Проверки файлов
    Rules,
    /// Показатели
    Measures,
    /// Признаки
    Signs,
    /// Диаграммы
    Charts,
    /// Пороги и их источники
    Thresholds,
    /// Предложения с числами: как они согласуются
    Sentences,
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Что показать: forms, exams, rules, measures, signs, charts, thresholds, sentences
    #[arg(value_name = "ЧТО", hide_possible_values = true)]
    what: What,
    /// Файл конвейера: признаки и пороги — с его порогами
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Option<Utf8PathBuf>,
}

impl List {
    pub(super) fn run(self) -> Result<u8> {
        let thresholds = match &self.pipeline {
            Some(pipeline) => Plan::load(pipeline, None)?.thresholds,
            None => thresholds::built_in()?,
        };
        let (head, rows): (&[&str], Vec<Vec<String>>) = match self.what {
            What::Forms => (
                &["Форма", "Название", "Что читает"],
                forms::built_in()?
                    .into_iter()
                    .map(|form| vec![form.id.clone(), form.marked_title(), form.extractor.title().to_owned()])
                    .collect(),
            ),
            What::Exams => (EXAM_HEAD, exam_rows()?),
            What::Rules => (
                &["Код", "Чем грозит", "Проверка"],
                srez_pipeline::codes()
                    .map(|code| texts([code.id.as_str(), code.severity.title(), code.title]))
                    .collect(),
            ),
            What::Measures => (
                &["Показатель", "Название", "Столбцы"],
                srez_measure::MEASURES
                    .iter()
                    .map(|measure| vec![measure.id.to_owned(), measure.title.to_owned(), measure.columns.join(", ")])
                    .collect(),
            ),
            What::Signs => (
                &["Код", "Источник", "Признак", "Правило"],
                srez_flag::SIGNS
                    .iter()
                    .chain(srez_flag::NOT_COMPUTED)
                    .map(|sign| {
                        let rule = rule::in_force(sign, &thresholds);
                        texts([sign.id.as_str(), sign.tag.title(), sign.title, rule.as_str()])
                    })
                    .collect(),
            ),
            What::Charts => (
                &["Диаграмма", "Название"],
                srez_chart::CHARTS.iter().map(|chart| texts([chart.id, chart.title])).collect(),
            ),
            What::Sentences => (
                &["Предложение", "С числом 5"],
                sentence::all().map(|one| vec![one.id.to_owned(), (one.said)(5)]).collect(),
            ),
            What::Thresholds => (&["Порог", "Значение", "Единица", "Что", "Источник"], threshold_rows(&thresholds)),
        };
        table(head, &rows);
        Ok(0)
    }
}

fn texts<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// Columns of the list of exams.
const EXAM_HEAD: &[&str] =
    &["Файл", "Работа", "Заданий", "Умений", "Балл", "Перевод баллов", "Шкала: источник", "Задания: источник"];

fn exam_rows() -> Result<Vec<Vec<String>>> {
    let exams = exams::built_in(&subjects::built_in()?)?;
    Ok(exams.values().map(exam_row).collect())
}

fn exam_row(exam: &Exam) -> Vec<String> {
    let skills: BTreeSet<&str> = exam.tasks.iter().map(Task::matter).filter(|matter| !matter.is_empty()).collect();
    let (scale, scale_source) = match &exam.scale {
        Scale::Unknown => ("нет", "—"),
        Scale::Marks(_) => ("отметки", exam.scale_confirmed.title()),
        Scale::Test { .. } => ("тестовые баллы", exam.scale_confirmed.title()),
    };
    let count = |number: usize| if number == 0 { "—".to_owned() } else { number.to_string() };
    let tasks_source = if exam.tasks.is_empty() { "—" } else { exam.tasks_confirmed.title() };
    let draft = if exam.draft { " (проект)" } else { "" };
    vec![
        exam.id(),
        format!("{}{draft}", exam.title()),
        count(exam.tasks.len()),
        count(skills.len()),
        exam.max_primary.map_or_else(|| "—".to_owned(), |max| max.to_string()),
        scale.to_owned(),
        scale_source.to_owned(),
        tasks_source.to_owned(),
    ]
}

fn threshold_rows(thresholds: &Thresholds) -> Vec<Vec<String>> {
    let row = |entry: &srez_model::threshold::Threshold| {
        vec![entry.id.clone(), rule::plain(entry.value), entry.unit.clone(), entry.title.clone(), entry.source()]
    };
    thresholds.entries.values().map(row).collect()
}
