//! `srez list`: forms, exams, rules and everything else that the program knows.

use super::exam_list::ExamList;
use super::terminal::{json, table};
use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};
use srez_config::plan::Plan;
use srez_config::{forms, thresholds};
use srez_model::error::{Error, Result};
use srez_model::threshold::Thresholds;
use srez_wording::{rule, sentence};
use std::collections::BTreeMap;

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
    /// Файл конвейера: признаки и пороги — с его порогами, работы и формы — с его пакетом работ и папками
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Option<Utf8PathBuf>,
    #[command(flatten)]
    exams: ExamList,
}

impl List {
    pub(super) fn run(self) -> Result<u8> {
        if !matches!(self.what, What::Exams) && self.exams.is_asked() {
            return Err(Error::usage("--procedure и --year относятся только к списку работ")
                .hint("srez list exams --year 2026"));
        }
        let (thresholds, forms) = match &self.pipeline {
            Some(pipeline) => {
                let plan = Plan::load(pipeline, None)?;
                (plan.thresholds, plan.forms)
            }
            None => (thresholds::built_in()?, forms::built_in()?),
        };
        let (head, rows): (&[&str], Vec<Vec<String>>) = match self.what {
            What::Exams => return self.exams.list(self.pipeline.as_deref()),
            What::Forms => (
                &["Форма", "Название", "Что читает"],
                forms
                    .into_iter()
                    .map(|form| vec![form.id.clone(), form.marked_title(), form.extractor.title().to_owned()])
                    .collect(),
            ),
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
        self.print(head, rows)
    }

    /// As a table, or as another program reads it.
    fn print(&self, head: &[&str], rows: Vec<Vec<String>>) -> Result<u8> {
        if self.exams.json {
            let keys = self.what.keys();
            let listed = |row: Vec<String>| -> BTreeMap<&str, String> { keys.iter().copied().zip(row).collect() };
            return json(&rows.into_iter().map(listed).collect::<Vec<_>>()).map(|()| 0);
        }
        table(head, &rows);
        Ok(0)
    }
}

impl What {
    /// The columns as another program calls them.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Forms => &["id", "title", "reads"],
            // Works have a list of their own.
            Self::Exams => &[],
            Self::Rules => &["id", "severity", "title"],
            Self::Measures => &["id", "title", "columns"],
            Self::Signs => &["id", "source", "title", "rule"],
            Self::Charts => &["id", "title"],
            Self::Thresholds => &["id", "value", "unit", "title", "source"],
            Self::Sentences => &["id", "with_five"],
        }
    }
}

fn texts<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn threshold_rows(thresholds: &Thresholds) -> Vec<Vec<String>> {
    let row = |entry: &srez_model::threshold::Threshold| {
        vec![entry.id.clone(), rule::plain(entry.value), entry.unit.clone(), entry.title.clone(), entry.source()]
    };
    thresholds.entries.values().map(row).collect()
}
