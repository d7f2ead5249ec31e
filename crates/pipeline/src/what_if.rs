//! What other thresholds would change: findings, verdicts on tasks, lists of schools.

use super::Watcher;
use super::recount::Recount;
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_model::finding::{Finding, Findings, Status, Verdict};
use srez_model::measures::Measures;
use srez_model::threshold::Thresholds;
use srez_wording::number;
use srez_wording::sentence::signs as said;
use std::collections::BTreeMap;

/// Entries of findings, lists and verdicts by a stable key; the value is the row in words.
type Entries = BTreeMap<String, [String; 5]>;

/// Something that enters the lists or leaves them.
#[derive(Clone, Debug)]
pub struct Shift {
    /// Whether it enters.
    pub enters: bool,
    /// Rule, work, who and what, value, n.
    pub cells: [String; 5],
}

/// What enters the lists and what leaves them under other thresholds; nothing is written.
///
/// # Errors
/// Where the history cannot be read.
pub fn shifts(plan: &Plan, before: &Recount, thresholds: &Thresholds, watcher: &dyn Watcher) -> Result<Vec<Shift>> {
    let changed = Plan { thresholds: thresholds.clone(), ..plan.clone() };
    let (measures, findings) = before.under(&changed, watcher)?;
    let old = entries(before, &before.measures, &before.findings);
    let new = entries(before, &measures, &findings);
    let only = |enters: bool, of: &Entries, other: &Entries| -> Vec<Shift> {
        let missing = of.iter().filter(|(key, _)| !other.contains_key(*key));
        missing.map(|(_, cells)| Shift { enters, cells: cells.clone() }).collect()
    };
    let (entered, left) = (only(true, &new, &old), only(false, &old, &new));
    Ok(entered.into_iter().chain(left).collect())
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
        if let Some(list) = &of_exam.worth_studying {
            for id in &list.schools {
                let key = format!("{}/S03/{}/{id}", measures.exam.id(), list.title);
                let about = format!("{}: {}", list.title, school(id));
                entries
                    .insert(key, ["S03".to_owned(), title.clone(), about, number::MISSING.to_owned(), String::new()]);
            }
        }
        for one in of_exam.particulars.iter().filter(|one| one.fired() > 1) {
            let groups = one.fired() as u64;
            let key = format!("{}/particulars/{}", measures.exam.id(), one.school);
            let about = format!("{}: {}", school(&one.school), said::sign_groups(groups));
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
