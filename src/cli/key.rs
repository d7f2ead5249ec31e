//! `srez key`: shows the key of a pipeline's pseudonyms, or replaces it by a new one.

use super::terminal::{say, table};
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_pipeline::{KeyPlace, KeyStatus, Rotated};
use srez_wording::date;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Key {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Показать, какой ключ действует и какие были раньше
    Show(Pipeline),
    /// Завести новый ключ; прежний останется рядом, пока его не уничтожат
    Rotate(Rotate),
}

#[derive(Debug, Args)]
struct Pipeline {
    /// Файл конвейера, например pipelines/demo.toml
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Utf8PathBuf,
}

#[derive(Debug, Args)]
struct Rotate {
    /// Файл конвейера, например pipelines/demo.toml
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Utf8PathBuf,
    /// Прежний ключ потерян безвозвратно
    #[arg(long)]
    lost: bool,
}

impl Key {
    pub(super) fn run(self) -> Result<u8> {
        match self.action {
            Action::Show(Pipeline { pipeline }) => show(&Plan::load(&pipeline, None)?),
            Action::Rotate(Rotate { pipeline, lost }) => rotate(&Plan::load(&pipeline, None)?, lost),
        }
    }
}

fn show(plan: &Plan) -> Result<u8> {
    let KeyStatus { register, is_in_force } = srez_pipeline::key_status(&KeyPlace::of(plan))?;
    if register.keys.is_empty() {
        say("Ключа ещё нет: он появится при первом запуске.");
        return Ok(0);
    }
    let last = register.keys.len() - 1;
    let state = |place: usize| match (place == last, is_in_force) {
        (true, true) => "действует",
        (true, false) => "действует, но файла ключа нет или в нём другой ключ",
        (false, _) => "прежний",
    };
    let rows: Vec<Vec<String>> = register
        .keys
        .iter()
        .enumerate()
        .map(|(place, key)| vec![key.id.clone(), date::short(&key.since), state(place).to_owned()])
        .collect();
    table(&["Ключ", "С какого дня", "Состояние"], &rows);
    Ok(if is_in_force { 0 } else { 1 })
}

fn rotate(plan: &Plan, lost: bool) -> Result<u8> {
    let Rotated { id, aside } = srez_pipeline::rotate_key(&KeyPlace::of(plan), lost)?;
    say(&format!("Действует новый ключ псевдонимов {id}: {}", plan.key));
    if let Some(aside) = aside {
        say(&format!("Прежний ключ отложен в {aside}: уничтожьте его, когда он больше не нужен."));
    }
    say("Участники, загруженные с прежним ключом, с новыми загрузками не свяжутся.");
    say(&format!(
        "Чтобы связать их снова, положите исходные файлы во входные папки и повторите `srez run`: школы, чьи файлы \
         прочитаны, будут переписаны с новым ключом (хранилище {}).",
        plan.store
    ));
    Ok(0)
}
