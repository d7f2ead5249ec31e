//! The page of the history: versions, issues, decisions about files; what a version changed, and the way back.

use crate::state::Desk;
use serde::Deserialize;
use srez_config::decisions::{DecisionLog, Deed, Entry};
use srez_config::plan::Plan;
use srez_model::decision::Decision;
use srez_model::error::{Error, Result};
use srez_pipeline::versions::{self, VersionLine};
use srez_publish::Published;
use srez_wording::{date, number, plural, text};
use std::collections::{BTreeMap, BTreeSet};

/// Most units of a difference that are shown.
const MOST_UNITS: usize = 60;

/// A version of the history in the table.
pub(crate) struct Version {
    pub(crate) number: u64,
    pub(crate) what: String,
    pub(crate) reason: String,
    pub(crate) changed: String,
    pub(crate) rows: String,
}

/// An issue: month, date, version of the history.
pub(crate) struct Issued {
    pub(crate) period: String,
    pub(crate) date: String,
    pub(crate) version: u64,
}

/// A line of the decisions.
pub(crate) struct Decided {
    pub(crate) number: u64,
    pub(crate) when: String,
    pub(crate) what: String,
    /// Whether it can be taken back.
    pub(crate) is_in_force: bool,
}

/// The page.
#[derive(Default)]
pub(crate) struct Past {
    /// The newest first.
    pub(crate) versions: Vec<Version>,
    pub(crate) issues: Vec<Issued>,
    pub(crate) decisions: Vec<Decided>,
    /// What is in force, in one sentence.
    pub(crate) summary: String,
}

impl Past {
    /// # Errors
    /// Where the history, an issue or the decisions cannot be read.
    pub(crate) fn read(plan: &Plan) -> Result<Self> {
        let has_history = srez_disk::is_folder(&plan.store.join("log"));
        let versions = if has_history { versions::versions(plan)? } else { Vec::new() };
        let issues = issues(plan)?;
        let log = plan.decisions_file.as_deref().map(DecisionLog::read).transpose()?.unwrap_or_default();
        Ok(Self {
            summary: summary(&versions, issues.iter().find(|issue| issue.period == date::month(&plan.period))),
            versions: versions.iter().rev().map(version).collect(),
            issues,
            decisions: decisions(&log),
        })
    }
}

fn summary(versions: &[VersionLine], issue: Option<&Issued>) -> String {
    let Some(last) = versions.last() else {
        return "История пуста: её начнёт первое составление выпуска.".to_owned();
    };
    let rows = plural::nominative(last.rows, plural::ROW);
    let now = format!("Действует срез {}: {rows}.", last.version);
    match issue {
        None => format!("{now} Выпуска этого месяца ещё нет."),
        Some(issue) if issue.version == last.version => format!("{now} Выпуск этого месяца составлен по нему."),
        Some(issue) => format!(
            "{now} Выпуск этого месяца составлен по срезу {}: чтобы он говорил о нынешнем, составьте его заново.",
            issue.version
        ),
    }
}

fn version(line: &VersionLine) -> Version {
    let blocks = |count: u64, word: &str| match count {
        0 => String::new(),
        n => format!("{word} {}", number::count(n)),
    };
    let rows = match line.rows_changed {
        0 => String::new(),
        n => format!("исправлено {}", plural::nominative(n, plural::ROW)),
    };
    let parts = [blocks(line.new, "добавлено (работа — школа — класс):"), blocks(line.replaced, "заменено"), rows];
    let changed: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Version {
        number: line.version,
        what: text::capitalised(&line.what),
        reason: line.reason.clone(),
        changed: if changed.is_empty() { "—".to_owned() } else { changed.join(", ") },
        rows: number::count(line.rows),
    }
}

/// Issues in the folder of the documents, the newest first.
fn issues(plan: &Plan) -> Result<Vec<Issued>> {
    let mut issues = Vec::new();
    for period in srez_disk::folders(&plan.reports).unwrap_or_default() {
        if let Some(published) = Published::read(&plan.reports.join(&period))? {
            let period = date::month(&period);
            issues.push(Issued { period, date: date::short(&published.date), version: published.history_version });
        }
    }
    issues.reverse();
    Ok(issues)
}

fn decisions(log: &DecisionLog) -> Vec<Decided> {
    let in_force: BTreeSet<u64> = log.in_force().taken.iter().map(|decision| decision.number).collect();
    let line = |entry: &Entry| {
        let (name, what) = match &entry.deed {
            Deed::Take { name, ruling, .. } => (name.clone(), format!("{name} — {}", ruling.title())),
            Deed::Undo { number } => (String::new(), format!("решение {number} отменено")),
        };
        let decision = Decision {
            number: entry.number,
            file: String::new(),
            name,
            ruling: srez_model::decision::Ruling::Ignore,
            who: entry.who.clone(),
            at: entry.at.clone(),
        };
        Decided {
            number: entry.number,
            when: decision.who_and_when(),
            what,
            is_in_force: in_force.contains(&entry.number),
        }
    };
    log.entries().iter().rev().map(line).collect()
}

/// A unit that differs: work, school and class, rows before, rows after, participants that came, went, changed.
pub(crate) struct Unit {
    pub(crate) exam: String,
    pub(crate) unit: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) changed: String,
}

/// What one version differs in from another, and what a return to it would change.
pub(crate) struct Compared {
    pub(crate) version: u64,
    pub(crate) with: u64,
    pub(crate) told: String,
    pub(crate) units: Vec<Unit>,
    pub(crate) more: usize,
    /// Versions that it can be compared with.
    pub(crate) others: Vec<u64>,
    /// What a return would change; none for the last version.
    pub(crate) back: Option<String>,
}

/// Which version a version is compared with.
#[derive(Deserialize)]
pub(crate) struct With {
    with: Option<u64>,
}

impl Compared {
    /// # Errors
    /// Where a version is not there or a data file is damaged.
    pub(crate) fn read(desk: &Desk, plan: &Plan, version: u64, with: &With) -> Result<Self> {
        let last = versions::last(plan)?;
        let with = with.with.unwrap_or(version.saturating_sub(1));
        let difference = versions::difference(plan, with, version)?;
        let back = match version {
            version if version == last => None,
            version => Some(versions::told(&versions::difference(plan, last, version)?)),
        };
        let names: BTreeMap<String, String> = desk.intake().map(|checked| checked.schools.clone()).unwrap_or_default();
        let count = |rows: Option<u32>| rows.map_or_else(|| "—".to_owned(), |rows| number::count(u64::from(rows)));
        let units = difference.units.iter().take(MOST_UNITS).map(|unit| {
            let school = names.get(&unit.unit.school).filter(|name| !name.is_empty()).unwrap_or(&unit.unit.school);
            let parts = [school.as_str(), unit.unit.class.as_str(), unit.unit.date.as_str()];
            Unit {
                exam: crate::issue::title_of_work(plan, &unit.exam.id()),
                unit: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
                before: count(unit.rows_before),
                after: count(unit.rows_after),
                changed: count(Some(unit.changed).filter(|changed| *changed > 0)),
            }
        });
        Ok(Self {
            version,
            with,
            told: versions::told(&difference),
            units: units.collect(),
            more: difference.units.len().saturating_sub(MOST_UNITS),
            others: (0..=last).filter(|other| *other != version).collect(),
            back,
        })
    }
}

/// A return that is asked for.
#[derive(Deserialize)]
pub(crate) struct Return {
    to: u64,
    reason: String,
}

/// Returns to a version; a reason must be given, and no other work may go on.
pub(crate) fn return_to(desk: &Desk, plan: &Plan, asked: &Return) -> Result<()> {
    if asked.reason.trim().is_empty() {
        return Err(Error::usage("не сказано, почему возвращаемся").hint("впишите причину: она останется в истории"));
    }
    desk.refuse_while_busy()?;
    versions::return_to(plan, Some(asked.to), asked.reason.trim()).map(|_| ())
}
