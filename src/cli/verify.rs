//! `srez verify`: checks whether the store is intact, and whether a published period comes out the same when it is made
//! again.

use super::terminal::{Progress, say};
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_model::error::{Error, Result};
use srez_publish::{Comparison, KEPT_FOLDER, Published};
use srez_store::Snapshot;
use srez_wording::{number, plural, quantity};

/// Most names that are listed one by one.
const SHOWN: usize = 12;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Файл конвейера, например pipelines/demo.toml
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Utf8PathBuf,
    /// Месяц выпуска, например 2026-05; по умолчанию — месяц даты конвейера
    #[arg(long, value_name = "ГГГГ-ММ")]
    period: Option<String>,
    /// Проверить только хранилище, документы заново не составлять
    #[arg(long)]
    store_only: bool,
}

impl Verify {
    pub(super) fn run(self) -> Result<u8> {
        let plan = Plan::load(&self.pipeline, self.period.as_deref())?;
        let snapshot = Snapshot::open(&plan.store)?;
        let whole = store(&plan, &snapshot)?;
        if self.store_only || !whole {
            return Ok(if whole { 0 } else { 1 });
        }
        let folder = plan.reports.join(&plan.period);
        let Some(published) = Published::read(&folder)? else {
            say(&format!("Период {}: в папке {folder} нет выпуска, сравнивать не с чем.", plan.period));
            say("Другой месяц: --period ГГГГ-ММ; составить документы: srez run.");
            return Ok(0);
        };
        say("");
        say(&format!("Период {}: выпущен по срезу {}; составляется заново…", plan.period, published.history_version));
        let fresh = srez_pipeline::rerun(&plan, &published, &Progress::new())?;
        Ok(if period(&published.compare(&folder, &fresh)?) { 0 } else { 1 })
    }
}

/// Prints the state of the store; true if it is intact.
fn store(plan: &Plan, snapshot: &Snapshot) -> Result<bool> {
    let found = snapshot.verify();
    let (checks, issues) = (snapshot.count_checks()?, snapshot.count_releases()?);
    say(&format!(
        "Хранилище {}: срезов {}, файлов данных {} ({}), строк {}, блоков {}, записей о проверках {}, о выпусках \
         {}",
        plan.store,
        number::count(found.versions),
        number::count(found.files),
        quantity::size(found.bytes),
        number::count(found.rows),
        number::count(found.units),
        checks.all,
        issues.all,
    ));
    for (what, foreign) in [("проверках", checks.foreign), ("выпусках", issues.foreign)] {
        if foreign > 0 {
            say(&format!(
                "Из записей о {what} составлены другой версией программы: {foreign}; с ними сравнения не будет, \
                 результаты это не затрагивает."
            ));
        }
    }
    for damage in &found.damages {
        let use_ = if damage.in_force {
            "учитывается сейчас"
        } else {
            "только прежние срезы"
        };
        say(&format!("  {} ({}): {}", damage.exam.id(), use_, damage.error.message));
    }
    // The end of the log comes first: without it nothing else can be mended.
    let beside: Vec<Error> =
        snapshot.check_end().err().into_iter().chain(checks.damaged).chain(issues.damaged).collect();
    for error in &beside {
        say(&format!("  {}", error.message));
    }
    let mut errors = beside.iter().chain(found.damages.iter().map(|damage| &damage.error));
    let count = (beside.len() + found.damages.len()) as u64;
    match errors.next() {
        None => say("Цепочка журнала и все контрольные суммы сходятся."),
        Some(first) => {
            say(&format!("Повреждено: {}.", plural::nominative(count, plural::FILE)));
            say(&format!("Что делать: {}", first.hint));
        }
    }
    Ok(count == 0)
}

/// Prints how the period compares; true if every byte is the same.
fn period(comparison: &Comparison) -> bool {
    let list = |title: &str, names: &[String]| {
        if names.is_empty() {
            return;
        }
        say(&format!("{title}: {}", plural::nominative(names.len() as u64, plural::FILE)));
        for name in names.iter().take(SHOWN) {
            say(&format!("  {name}"));
        }
        if SHOWN < names.len() {
            say(&format!("  … и ещё {}", names.len() - SHOWN));
        }
    };
    list("Изменены после выпуска", &comparison.edited);
    list("Пропали из папки выпуска", &comparison.missing);
    list("Лишние в папке выпуска", &comparison.foreign);
    list("Составлены заново и отличаются", &comparison.different);
    for reason in &comparison.reasons {
        say(&format!("Возможная причина: {reason}"));
    }
    let total = comparison.files as u64;
    if comparison.is_same() {
        say(&format!("Папка выпуска не изменена, заново составлено то же байт в байт: {}.", files(total)));
        return true;
    }
    if !comparison.edited.is_empty() || !comparison.foreign.is_empty() {
        say(&format!(
            "Что делать: ничего, если правки ваши: следующий srez run перенесёт их в «{KEPT_FOLDER}» рядом с \
             выпусками, а документы составит заново."
        ));
    } else if !comparison.missing.is_empty() {
        say("Что делать: чтобы вернуть документы выпуска, запустите srez run ещё раз.");
    }
    if !comparison.different.is_empty() {
        say("Что делать: верните входные файлы, конвейер и версию программы, с которыми составлялся выпуск, или \
             выпустите документы заново: srez run.");
    }
    false
}

fn files(total: u64) -> String {
    plural::nominative(total, plural::FILE)
}
