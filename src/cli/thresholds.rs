//! `srez thresholds diff`: which schools and tasks enter or leave the lists when a threshold is changed.

use super::terminal::{Progress, say, table};
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use srez_config::plan::Plan;
use srez_config::thresholds::{Override, with_overrides};
use srez_model::error::{Error, Result};
use srez_model::finding::{Finding, Findings, Status, Verdict};
use srez_model::measures::Measures;
use srez_pipeline::recount::{Recount, recount};
use srez_wording::rule::plain;
use srez_wording::{number, plural};
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
        let changed = Plan { thresholds: with_overrides(plan.thresholds.clone(), &changes)?, ..plan.clone() };
        let progress = Progress::new();
        let before = recount(&plan, &progress)?;
        let (measures, findings) = before.under(&changed, &progress)?;
        for id in changes.keys() {
            let (old, new) = (plan.thresholds.get(id), changed.thresholds.get(id));
            say(&format!("{id}: {} → {} {} ({})", plain(old.value), plain(new.value), old.unit, old.title));
        }
        let rows = difference(&before, &measures, &findings);
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

/// Entries of findings, lists and verdicts by a stable key; the value is the row in words.
type Entries = BTreeMap<String, [String; 5]>;

fn difference(before: &Recount, measures: &[Measures], findings: &[Findings]) -> Vec<Vec<String>> {
    let old = entries(before, &before.measures, &before.findings);
    let new = entries(before, measures, findings);
    let line = |word: &str, entry: &[String; 5]| {
        std::iter::once(word.to_owned()).chain(entry.iter().cloned()).collect::<Vec<String>>()
    };
    let entered = new.iter().filter(|(key, _)| !old.contains_key(*key)).map(|(_, entry)| line("войдёт", entry));
    let left = old.iter().filter(|(key, _)| !new.contains_key(*key)).map(|(_, entry)| line("выйдет", entry));
    entered.chain(left).collect()
}

fn entries(names: &Recount, measures: &[Measures], findings: &[Findings]) -> Entries {
    let mut entries = Entries::new();
    let school = |id: &str| names.names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    for (measures, of_exam) in measures.iter().zip(findings) {
        let title = measures.exam.title();
        for one in of_exam.findings.iter().filter(|one| is_said(one)) {
            let who = if one.group.is_empty() { "все участники".to_owned() } else { school(&one.group) };
            let value = one.value.map_or_else(|| number::MISSING.to_owned(), |value| number::decimal(value, 1));
            let about = format!("{who}: {}", one.matter_title);
            entries
                .insert(one.id.clone(), [one.sign.id.to_string(), title.clone(), about, value, number::count(one.n)]);
        }
        for judged in &of_exam.verdicts {
            let id = measures.exam.tasks.get(usize::from(judged.task)).map_or("", |task| task.id.as_str());
            if judged.verdict == Verdict::Unknown {
                continue;
            }
            let about = format!("задание {id}: {}", judged.verdict.title());
            let key = format!("{}/{}/{}", measures.exam.id(), judged.task, judged.verdict.title());
            entries.insert(key, ["вывод".to_owned(), title.clone(), about, number::MISSING.to_owned(), String::new()]);
        }
        for one in of_exam.particulars.iter().filter(|one| one.fired() > 1) {
            let groups = one.fired() as u64;
            let key = format!("{}/particulars/{}", measures.exam.id(), one.school);
            let about = format!("{}: {}", school(&one.school), plural::nominative(groups, plural::SIGN_GROUP));
            let words = "лист уточнения".to_owned();
            entries.insert(key, [words, title.clone(), about, number::MISSING.to_owned(), String::new()]);
        }
    }
    entries
}

/// Findings that state something; checks that found nothing are not list entries.
fn is_said(finding: &Finding) -> bool {
    !matches!(finding.status, Status::Checked | Status::NoData)
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
