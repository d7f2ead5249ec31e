//! F08: tasks that cannot be compared with the year before.

use crate::{Entry, Found, Settings, finding};
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::sentence::signs::incomparable;
use srez_wording::text;
use std::collections::BTreeSet;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F08"),
    title: "задания, несопоставимые с прошлым годом",
    rule: "годы сравниваются по заданию, только если совпадают блок кодификатора и умение, максимум и уровень",
    thresholds: &[],
    tag: SourceTag::OfficialTranscript,
    caution: "несопоставимость — свойство работ, а не результата",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Never,
    value: ValueOf::Other,
    year_before: YearBefore::ComparesYears,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let rows = measures.dynamics_of(*level, group);
    // The nearest earlier exam; the farther ones are compared in the section of the years.
    let nearest = rows.iter().filter(|row| matches!(row.measure, MeasureId::Task(_))).map(|row| &row.before_exam).max();
    let tasks: Vec<_> = rows
        .iter()
        .filter(|row| Some(&row.before_exam) == nearest)
        .filter_map(|row| match &row.measure {
            MeasureId::Task(id) => Some((id.as_str(), row)),
            _ => None,
        })
        .collect();
    let order = |id: &str| measures.exam.tasks.iter().position(|task| task.id == id);
    let mut closed: Vec<&str> = tasks.iter().filter(|(_, row)| !row.comparable).map(|(id, _)| *id).collect();
    closed.sort_by_key(|id| order(id));
    let Some((_, first)) = tasks.first().filter(|_| !closed.is_empty()) else { return };
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.status = Status::NoData;
    found.value = Some(as_f64(closed.len() as u64));
    found.n = first.n.0;
    let text = if closed.len() == tasks.len() {
        let reason = |row: &DynamicsRow| row.reason.trim_start_matches("несопоставимо: ").to_owned();
        let reasons: BTreeSet<String> =
            tasks.iter().map(|(_, row)| reason(row)).filter(|reason| !reason.is_empty()).collect();
        // The rows say why; several reasons at once are those that a task can have.
        match reasons.iter().next().filter(|_| reasons.len() == 1) {
            Some(reason) => format!("Ни одно задание нельзя сравнить с прошлым годом: {reason}."),
            None => "Ни одно задание нельзя сравнить с прошлым годом: изменились содержание, умение, максимум или \
                     уровень."
                .to_owned(),
        }
    } else {
        incomparable(closed.len() as u64, tasks.len() as u64, &text::task_list(&closed))
    };
    found.said = Said::sentence(text);
    findings.findings.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, change};
    use srez_model::compared::MeasureId;

    fn text(comparable: [bool; 2]) -> Option<String> {
        let mut scene = Scene::with_tasks(2);
        scene.dynamics = vec![change(MeasureId::task("1"), comparable[0]), change(MeasureId::task("2"), comparable[1])];
        scene.flagged().findings.into_iter().find(|one| one.sign.id == "F08").map(|one| one.text())
    }

    #[test]
    fn some_all_or_no_tasks() {
        assert!(text([true, false]).unwrap().contains("1\u{a0}задание из 2"), "{:?}", text([true, false]));
        assert!(text([false, false]).unwrap().starts_with("Ни одно"));
        assert_eq!(text([true, true]), None);
        assert!(Scene::default().flagged().findings.iter().all(|one| one.sign.id != "F08"), "no year before");
    }
}
