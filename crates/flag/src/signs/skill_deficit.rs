//! F07: a skill most of whose tasks are insufficient.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, SkillVerdict, Verdict};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::signs::weak_of_tasks;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F07"),
    title: "умение, большинство заданий на которое ниже порога",
    rule: "заданий на умение не меньше {F07.tasks}, и больше {F07.share} % из них ниже порога (F01, F02)",
    thresholds: &["F07.tasks", "F07.share"],
    tag: SourceTag::Practice,
    caution: "говорит, какое умение западает, но не почему: причину нужно искать в самих работах",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Completion,
    year_before: YearBefore::Found,
    cause: Cause::SkillDeficit,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let deficits = findings.skills_of(*level, group).iter().filter(|one| one.verdict == Verdict::Insufficient);
    let deficits: Vec<SkillVerdict> = deficits.cloned().collect();
    for SkillVerdict { skill, tasks, .. } in deficits {
        let Some(row) = measures.skills_of(*level, group).find(|row| row.skill == skill) else { continue };
        let is_low =
            |task: &u16| findings.verdicts.iter().any(|one| one.task == *task && one.verdict == Verdict::Insufficient);
        let low: Vec<u16> = tasks.iter().copied().filter(is_low).collect();
        let count = (low.len() as u64, tasks.len() as u64);
        let mut found = finding(&SIGN, measures, (*level, group), Matter::Skill(row.skill));
        found.value = row.pct.map(|pct| pct.value.0);
        found.n = row.n;
        found.tasks = low;
        "%".clone_into(&mut found.unit);
        let value = row.pct.map_or_else(String::new, |pct| {
            format!(
                ": выполнение {} ({}; n\u{a0}=\u{a0}{})",
                number::percent(pct.value, row.n),
                number::percent_interval(&pct, row.n),
                number::count(row.n)
            )
        });
        found.said = Said::sentence(format!("Умение «{}»{value}; {}.", row.title, weak_of_tasks(count.0, count.1)));
        findings.findings.push(found);
    }
}
