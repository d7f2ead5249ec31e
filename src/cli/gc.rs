//! `srez gc`: removes what interrupted runs left in the store, and nothing else.

use super::terminal::{say, table};
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_store::{Snapshot, Store};
use srez_wording::{plural, quantity};

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Gc {
    /// Файл конвейера, например pipelines/demo.toml
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Utf8PathBuf,
    /// Показать, что будет удалено, и ничего не удалять
    #[arg(long)]
    dry_run: bool,
}

impl Gc {
    pub(super) fn run(self) -> Result<u8> {
        let plan = Plan::load(&self.pipeline, None)?;
        Snapshot::open(&plan.store)?;
        let sweep = Store::open(&plan.store)?.sweep(self.dry_run)?;
        for name in &sweep.foreign {
            say(&format!("Не из хранилища, оставлен: {name}"));
        }
        let kept = plural::nominative(sweep.kept, plural::FILE);
        if sweep.orphans.is_empty() {
            say(&format!("Лишнего нет. Данные в {}: {kept}, не тронуты.", plan.store));
            return Ok(0);
        }
        let rows: Vec<Vec<String>> =
            sweep.orphans.iter().map(|(name, size)| vec![name.clone(), quantity::size(*size)]).collect();
        table(&["Остатки прерванных запусков", "Размер"], &rows);
        let files = plural::nominative(sweep.orphans.len() as u64, plural::FILE);
        let bytes = quantity::size(sweep.orphans.iter().map(|(_, size)| size).sum());
        say("");
        if self.dry_run {
            say(&format!("Будет удалено: {files}, {bytes}. Данные: {kept}, не тронуты. Удалить: без --dry-run."));
        } else {
            say(&format!("Удалено: {files}, {bytes}. Данные: {kept}, не тронуты."));
        }
        Ok(0)
    }
}
