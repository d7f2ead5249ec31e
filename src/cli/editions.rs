//! `srez editions`: what was made for whom, from the audit log, once its check sums are verified.

use super::terminal::{say, table};
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_wording::{date, plural};

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Editions {
    /// Файл конвейера, например pipelines/demo.toml
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Utf8PathBuf,
}

impl Editions {
    pub(super) fn run(self) -> Result<u8> {
        let plan = Plan::load(&self.pipeline, None)?;
        let log = srez_pipeline::audit_log(&plan)?;
        if log.is_empty() {
            say("Изданий ещё не было.");
            return Ok(0);
        }
        let rows: Vec<Vec<String>> = log
            .iter()
            .map(|(entry, _)| {
                vec![
                    entry.number.to_string(),
                    date::short(&entry.date),
                    entry.period.clone(),
                    entry.edition.clone(),
                    entry.files.len().to_string(),
                    entry.rows.to_string(),
                    entry.pupil_rows.to_string(),
                    entry.held.len().to_string(),
                    entry.package.get(..12).unwrap_or_default().to_owned(),
                ]
            })
            .collect();
        let head = ["№", "Дата", "Период", "Издание", "Файлов", "Строк", "Из них участников", "Отложено работ", "Хэш"];
        table(&head, &rows);
        say(&format!(
            "{}; журнал цел: каждая запись сходится с контрольной суммой и продолжает предыдущую",
            plural::nominative(log.len() as u64, plural::ROW)
        ));
        Ok(0)
    }
}
