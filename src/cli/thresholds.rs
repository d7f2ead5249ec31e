//! `srez thresholds diff`: which schools and tasks enter or leave the lists when a threshold is changed.

use super::terminal::{Progress, say, table};
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use srez_config::plan::Plan;
use srez_config::thresholds::{Override, with_overrides};
use srez_model::error::{Error, Result};
use srez_pipeline::recount::recount;
use srez_pipeline::what_if::{self, Shift};
use srez_wording::rule::plain;
use std::collections::BTreeMap;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Thresholds {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Что войдёт в списки и выйдет из них, если изменить пороги; ничего не записывает
    Diff(Diff),
}

/// Arguments of the comparison.
#[derive(Debug, Args)]
struct Diff {
    /// Файл конвейера, например pipelines/demo.toml
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Utf8PathBuf,
    /// Пороги с новыми значениями, например gap.size=5
    #[arg(value_name = "ПОРОГ=ЗНАЧЕНИЕ", required = true)]
    changes: Vec<String>,
}

impl Thresholds {
    pub(super) fn run(self) -> Result<u8> {
        let What::Diff(diff) = self.what;
        let plan = Plan::load(&diff.pipeline, None)?;
        let changes =
            diff.changes.iter().map(|change| parsed(change)).collect::<Result<BTreeMap<String, Override>>>()?;
        let changed = with_overrides(plan.thresholds.clone(), &changes)?;
        let progress = Progress::new();
        let before = recount(&plan, &progress)?;
        let shifts = what_if::shifts(&plan, &before, &changed, &progress)?;
        for id in changes.keys() {
            let (old, new) = (plan.thresholds.get(id), changed.get(id));
            say(&format!("{id}: {} → {} {} ({})", plain(old.value), plain(new.value), old.unit, old.title));
        }
        let row = |shift: &Shift| {
            let word = if shift.enters { "войдёт" } else { "выйдет" };
            std::iter::once(word.to_owned()).chain(shift.cells.iter().cloned()).collect::<Vec<String>>()
        };
        let rows: Vec<Vec<String>> = shifts.iter().map(row).collect();
        if rows.is_empty() {
            say("Списки не меняются.");
            return Ok(0);
        }
        table(&["Что", "Правило", "Работа", "О ком и о чём", "Значение", "n"], &rows);
        say(&format!("Изменений: {}", rows.len()));
        Ok(0)
    }
}

/// `gap.size=5`, with a point or a comma.
fn parsed(change: &str) -> Result<(String, Override)> {
    let wrong = || Error::usage(format!("«{change}» — не порог со значением")).hint("например, gap.size=5");
    let (id, value) = change.split_once('=').ok_or_else(wrong)?;
    let value = value.trim().replace(',', ".").replace('\u{2212}', "-").parse::<f64>().map_err(|_| wrong())?;
    if !value.is_finite() {
        return Err(wrong());
    }
    Ok((id.trim().to_owned(), Override { value, reason: "проверка порога".to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::parsed;

    #[test]
    fn a_change_is_a_threshold_and_a_number() {
        let value = |text: &str| parsed(text).map(|(id, own)| (id, own.value)).ok();
        assert_eq!(value("gap.size=5"), Some(("gap.size".to_owned(), 5.0)));
        assert_eq!(value("F01.zone = −8,5"), Some(("F01.zone".to_owned(), -8.5)));
        assert_eq!((value("gap.size"), value("gap.size=много"), value("gap.sure=inf")), (None, None, None));
    }
}
