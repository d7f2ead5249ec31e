//! What became of the deficits of the year before.

use srez_model::action::{DeficitState, EffectRow, RecommendationRow};
use srez_model::compared::MeasureId;
use srez_model::finding::{Finding, Findings, Matter, Severity, Status, Verdict};
use srez_model::measures::Measures;
use srez_model::sign::ValueOf;
use srez_model::tally::Group;
use std::collections::BTreeSet;

/// Exams with what the signs say of each.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The exams.
    pub measures: &'a [Measures],
    /// Beside them.
    pub findings: &'a [Findings],
}

/// Last year's deficits of the focus and what became of them.
pub fn deficits_since(
    focus: &Group,
    now: Judged<'_>,
    earlier: Judged<'_>,
    effects: &[EffectRow],
) -> Vec<RecommendationRow> {
    let mut rows = Vec::new();
    for (measures, findings) in now.measures.iter().zip(now.findings) {
        let key = &measures.exam.key;
        let before = earlier.measures.iter().zip(earlier.findings).find(|(before, _)| {
            before.exam.key.year + 1 == key.year && before.exam.key.id_without_year() == key.id_without_year()
        });
        let Some((before, deficits)) = before else { continue };
        let deficits = deficits.findings.iter().filter(|finding| is_deficit(finding, focus));
        rows.extend(deficits.filter_map(|deficit| recommendation(deficit, before, measures, findings, effects)));
    }
    rows.sort_by(|left, right| {
        (&left.exam, &left.measure, &left.finding).cmp(&(&right.exam, &right.measure, &right.finding))
    });
    rows.dedup_by(|left, right| (&left.exam, &left.measure) == (&right.exam, &right.measure));
    rows
}

fn is_deficit(finding: &Finding, focus: &Group) -> bool {
    let of_focus = finding.level == focus.level && finding.group == focus.name;
    let counts = !matches!(finding.status, Status::Checked | Status::NoData);
    let insufficient = finding.severity.is_none_or(|severity| severity == Severity::Judged(Verdict::Insufficient));
    of_focus && counts && insufficient && finding.sign.value == ValueOf::Completion
}

fn recommendation(
    deficit: &Finding,
    before: &Measures,
    now: &Measures,
    findings: &Findings,
    effects: &[EffectRow],
) -> Option<RecommendationRow> {
    let measure = match deficit.matter {
        Matter::Task(task) => MeasureId::task(&before.exam.tasks.get(usize::from(task))?.id),
        Matter::Skill(_) => MeasureId::skill(&deficit.matter_title),
        Matter::Work => return None,
    };
    let row = now
        .dynamics_of(deficit.level, &deficit.group)
        .iter()
        .find(|row| row.measure == measure && row.before_exam == before.exam.key);
    let open = row.filter(|row| row.comparable);
    let difference = open.and_then(|row| Some((row.difference?, row.interval?.0, row.interval?.1)));
    let persists =
        findings.findings.iter().any(|finding| finding.id == deficit.id && finding.status != Status::Checked);
    let sufficient = match deficit.matter {
        Matter::Task(_) => findings.verdicts.iter().any(|verdict| {
            let task = now.exam.tasks.get(usize::from(verdict.task));
            task.is_some_and(|task| measure == MeasureId::task(&task.id)) && verdict.verdict == Verdict::Sufficient
        }),
        _ => !persists,
    };
    let state = match difference {
        None => DeficitState::NotComparable,
        Some(_) if sufficient => DeficitState::Removed,
        Some((_, low, _)) if low > 0.0 => DeficitState::Improved,
        Some((.., high)) if high < 0.0 => DeficitState::Grown,
        Some(_) => DeficitState::Same,
    };
    let aimed =
        effects.iter().filter(|effect| effect.exam == now.exam.id() && effect.measure.as_ref() == Some(&measure));
    Some(RecommendationRow {
        finding: deficit.id.clone(),
        exam: now.exam.id(),
        before_exam: before.exam.id(),
        matter: deficit.matter_title.clone(),
        values: (row.and_then(|row| row.before).or(deficit.value)?, row.and_then(|row| row.now)),
        n: (row.map_or(deficit.n, |row| row.n.1), row.map_or(0, |row| row.n.0)),
        difference,
        state,
        actions: aimed.map(|effect| effect.action).collect::<BTreeSet<_>>().into_iter().collect(),
        reason: row.map_or_else(|| "несопоставимо: такого задания или умения нет".to_owned(), |row| row.reason.clone()),
        measure,
    })
}
