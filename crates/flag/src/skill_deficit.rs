//! F07: a skill most of whose tasks are insufficient.

use super::{Settings, finding};
use srez_model::finding::{Findings, Matter, SignDefinition, Verdict};
use srez_model::measures::Measures;
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::signs::systemic;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "F07",
    title: "умение с системным дефицитом",
    rule: "заданий на умение не меньше {F07.tasks}, и больше {F07.share} % из них с недостаточным уровнем",
    thresholds: &["F07.tasks", "F07.share"],
    tag: SourceTag::Practice,
    caution: "признак системного дефицита; причина — предположение, требует проверки",
};

pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    if measures.exam.key.procedure.has_attempts() {
        return;
    }
    let Group { level, name: group } = &settings.focus;
    let least = settings.thresholds.value("F07.tasks");
    let share = settings.thresholds.value("F07.share");
    for row in measures.skills_of(*level, group) {
        let of_skill: Vec<_> = findings
            .verdicts
            .iter()
            .filter(|verdict| {
                let task = measures.exam.tasks.get(usize::from(verdict.task));
                task.is_some_and(|task| task.matter() == row.title)
            })
            .collect();
        let red = of_skill.iter().filter(|verdict| verdict.verdict == Verdict::Insufficient).count();
        let count = |number: usize| u32::try_from(number).map_or(f64::INFINITY, f64::from);
        if count(of_skill.len()) < least || count(red) * 100.0 <= share * count(of_skill.len()) {
            continue;
        }
        let mut found = finding(&SIGN, measures, (*level, group), Matter::Skill(row.skill));
        found.value = row.pct.map(|pct| pct.value.0);
        found.n = row.n;
        found.tasks = of_skill
            .iter()
            .filter(|verdict| verdict.verdict == Verdict::Insufficient)
            .map(|verdict| verdict.task)
            .collect();
        found.threshold = Some(share);
        found.threshold_source = settings.thresholds.get("F07.share").source();
        let value = row.pct.map_or_else(String::new, |pct| {
            format!(
                ": выполнение {} ({}; n\u{a0}=\u{a0}{})",
                number::percent(pct.value, row.n),
                number::percent_interval(&pct, row.n),
                number::count(row.n)
            )
        });
        found.text = format!("Умение «{}»{value}; {}.", row.title, systemic(red as u64, of_skill.len() as u64),);
        findings.findings.push(found);
    }
}
