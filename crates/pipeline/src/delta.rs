//! What changed since the issue before: findings by their ids, data by the log of the store.

use super::compose::Scene;
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::delta::{Basis, DataChange, Delta, DeltaCause, DeltaRow, DeltaState, KeptFinding, Release};
use srez_model::error::{Error, Result};
use srez_model::finding::{Finding, Findings, Severity, Status};
use srez_model::measures::Measures;
use srez_model::sign::{Deficit, YearBefore};
use srez_model::threshold::Thresholds;
use srez_store::{Former, Snapshot};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What this run issues, to be kept for the next one.
pub(super) fn release(plan: &Plan, version: u64, measures: &[Measures], findings: &[Findings]) -> Release {
    let kept = findings.iter().flat_map(|of_exam| &of_exam.findings).filter(|finding| is_deficit(finding)).map(keep);
    let mut findings: Vec<KeptFinding> = kept.collect();
    findings.sort_by(|left, right| left.id.cmp(&right.id));
    let exams: BTreeSet<String> = measures.iter().map(|measures| measures.exam.id()).collect();
    Release { period: plan.period.clone(), version, exams: exams.into_iter().collect(), findings }
}

/// Findings that ask for something: not what was checked, not what works, not a share of «2» that fell.
fn is_deficit(finding: &Finding) -> bool {
    let asks = match finding.sign.deficit {
        Deficit::Always => true,
        Deficit::WhereRisen => finding.value.is_some_and(|value| value > 0.0),
        Deficit::Never => false,
    };
    asks && matches!(finding.status, Status::Fact | Status::Probable) && !finding.is_silent()
}

fn keep(finding: &Finding) -> KeptFinding {
    KeptFinding {
        id: finding.id.clone(),
        sign: finding.sign.id.to_string(),
        severity: finding.severity,
        exam: finding.exam.clone(),
        level: finding.level,
        group: finding.group.clone(),
        matter: finding.matter_title.clone(),
        value: finding.value,
        threshold: finding.threshold,
        n: finding.n,
        text: finding.text(),
    }
}

/// What changed since the issue before, or the one that a manifest names, the hash of its record, and the records that
/// are damaged; where nothing was issued yet, since the school year before, of which `last` are the measures.
///
/// # Errors
/// Where the record of an issue cannot be read.
pub(super) fn since(
    plan: &Plan,
    history: &Snapshot,
    scene: &Scene<'_>,
    now: &Release,
    last: &[Measures],
    named: Option<&str>,
) -> Result<(Delta, String, Vec<Error>)> {
    let Former { record, blake3, passed_over, damaged } = history.former_release(&plan.period, named)?;
    if let Some(before) = record {
        let basis = Basis::Issue { period: before.period.clone(), version: before.version };
        let changes = history.changes_since(before.version);
        let delta = compare(&plan.thresholds, now, &before, basis, changes);
        return Ok((Delta { passed_over, ..delta }, blake3, damaged));
    }
    let Some(year) = plan.year.and_then(|year| year.checked_sub(1)).filter(|_| !last.is_empty()) else {
        return Ok((Delta { passed_over, ..Delta::default() }, blake3, damaged));
    };
    let before = release(plan, history.version(), last, &srez_flag::flag(&scene.flag_settings(), last));
    let of_one_year = |mut release: Release| {
        let has_one = |id: &str| srez_flag::sign(id).is_none_or(|sign| sign.year_before == YearBefore::Found);
        release.findings.retain(|finding| has_one(&finding.sign));
        release
    };
    let (now, before) = (of_one_year(now.clone()), of_one_year(before));
    let delta = compare(&plan.thresholds, &now, &before, Basis::Year(year), Vec::new());
    Ok((Delta { passed_over, ..delta }, blake3, damaged))
}

/// Compares this issue with the one before; `changes` are the data since.
fn compare(thresholds: &Thresholds, now: &Release, before: &Release, basis: Basis, changes: Vec<DataChange>) -> Delta {
    let changed: BTreeSet<&str> = changes.iter().map(|change| change.exam.as_str()).collect();
    let former: BTreeMap<&str, &KeptFinding> =
        before.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect();
    let cause = |exam: &str| {
        let alike = |other: &&String| without_year(other) == without_year(exam);
        if changed.contains(exam) && before.exams.iter().any(|other| other == exam) {
            DeltaCause::Correction
        } else if before.exams.iter().any(|other| other == exam) {
            DeltaCause::SameData
        } else if before.exams.iter().any(|other| alike(&other)) {
            DeltaCause::NewYear
        } else {
            DeltaCause::NewExam
        }
    };
    let least = thresholds.value("delta.change");
    let mut rows: Vec<DeltaRow> = now
        .findings
        .iter()
        .map(|finding| {
            let old = former.get(finding.id.as_str());
            DeltaRow {
                state: old.map_or(DeltaState::New, |old| state(old, finding, least)),
                cause: cause(&finding.exam),
                finding: finding.clone(),
                before: old.and_then(|old| old.value),
                n_before: old.map_or(0, |old| old.n),
            }
        })
        .collect();
    let here: BTreeSet<&str> = now.findings.iter().map(|finding| finding.id.as_str()).collect();
    for old in before.findings.iter().filter(|old| !here.contains(old.id.as_str())) {
        let again = now.exams.iter().find(|exam| without_year(exam) == without_year(&old.exam));
        rows.push(DeltaRow {
            state: if again.is_some() { DeltaState::Gone } else { DeltaState::NotMeasured },
            cause: again.map_or(DeltaCause::SameData, |exam| cause(exam)),
            finding: old.clone(),
            before: old.value,
            n_before: old.n,
        });
    }
    rows.sort_by(|left, right| (left.state, &left.finding.id).cmp(&(right.state, &right.finding.id)));
    Delta { before: Some(basis), rows, changes, passed_over: 0 }
}

/// Worse or better: by the strength of the test, else by the value on the far side of its threshold.
fn state(old: &KeptFinding, now: &KeptFinding, least: f64) -> DeltaState {
    if let (Some(Severity::Tested(old)), Some(Severity::Tested(now))) = (old.severity, now.severity) {
        match now.cmp(&old) {
            Ordering::Greater => return DeltaState::Worse,
            Ordering::Less => return DeltaState::Better,
            Ordering::Equal => {}
        }
    }
    let (Some(before), Some(value), Some(threshold)) = (old.value, now.value, now.threshold) else {
        return DeltaState::Open;
    };
    let worse = if value < threshold { before - value } else { value - before };
    if least <= worse {
        DeltaState::Worse
    } else if worse <= -least {
        DeltaState::Better
    } else {
        DeltaState::Open
    }
}

/// `vpr-2026-math-8` → `vpr-math-8`.
fn without_year(exam: &str) -> String {
    exam.parse::<ExamKey>().map_or_else(|_no_exam| exam.to_owned(), |exam| exam.id_without_year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::funnel::FunnelWord;
    use srez_model::level::Level;

    fn finding(id: &str, exam: &str, value: f64, threshold: f64, severity: Option<Severity>) -> KeptFinding {
        KeptFinding {
            id: id.to_owned(),
            sign: "F01".to_owned(),
            severity,
            exam: exam.to_owned(),
            level: Level::Municipality,
            group: "Северная Долина".to_owned(),
            matter: "задание 1".to_owned(),
            value: Some(value),
            threshold: Some(threshold),
            n: 400,
            text: "текст".to_owned(),
        }
    }

    #[test]
    fn findings_are_told_apart_by_their_ids() {
        let thresholds = srez_config::thresholds::built_in().unwrap();
        let release = |period: &str, version, exams: &[&str], findings: &[KeptFinding]| Release {
            period: period.to_owned(),
            version,
            exams: exams.iter().map(|exam| (*exam).to_owned()).collect(),
            findings: findings.to_vec(),
        };
        let tested = |word| Some(Severity::Tested(word));
        let (old, new) = ("vpr-2025-math-8", "vpr-2026-math-8");
        let before = release(
            "2025-05",
            1,
            &[old, "vpr-2025-physics-8"],
            &[
                finding("a", old, 50.0, 60.0, None),
                finding("b", old, 40.0, 60.0, None),
                finding("c", old, 55.0, 60.0, None),
                finding("d", old, 30.0, 20.0, tested(FunnelWord::Alert)),
                finding("e", "vpr-2025-physics-8", 30.0, 60.0, None),
            ],
        );
        let now = release(
            "2026-05",
            2,
            &[new, "oge-2026-math"],
            &[
                finding("a", new, 44.0, 60.0, None),
                finding("b", new, 41.0, 60.0, None),
                finding("d", new, 30.0, 20.0, tested(FunnelWord::Inside)),
                finding("f", "oge-2026-math", 30.0, 60.0, None),
            ],
        );
        let issue = |release: &Release| Basis::Issue { period: release.period.clone(), version: release.version };
        let delta = compare(&thresholds, &now, &before, issue(&before), Vec::new());
        let states: Vec<(&str, &str, &str)> =
            delta.rows.iter().map(|row| (row.finding.id.as_str(), row.state.id(), row.cause.id())).collect();
        assert_eq!(
            states,
            [
                ("f", "new", "new-exam"),
                ("a", "worse", "new-year"),
                ("d", "better", "new-year"),
                ("b", "open", "new-year"),
                ("c", "recovered", "new-year"),
                ("e", "not-measured", "same-data"),
            ]
        );
        let change = DataChange { exam: new.to_owned(), school: "edu1".to_owned(), rows: 20, rows_changed: Some(1) };
        let corrected = compare(&thresholds, &now, &now, issue(&now), vec![change]);
        assert!(corrected.rows.iter().all(|row| row.state == DeltaState::Open));
        assert_eq!(corrected.rows[0].cause, DeltaCause::Correction);
    }
}
