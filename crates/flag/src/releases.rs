//! Findings from one issue to the next: what is remembered of them, and which of them are new, worse, better or gone.

use srez_model::assessment::{Exam, ExamKey};
use srez_model::delta::{Basis, DataChange, Delta, DeltaCause, DeltaRow, DeltaState, KeptFinding, Release};
use srez_model::finding::{Finding, Findings, Status, Verdict};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, YearBefore};
use srez_model::threshold::Thresholds;
use std::collections::{BTreeMap, BTreeSet};

/// What a run issues for a period at a version of the history, to be kept for the next one.
pub fn remember(period: &str, version: u64, measures: &[Measures], findings: &[Findings]) -> Release {
    let kept = findings.iter().flat_map(|of_exam| &of_exam.findings).filter(|finding| is_deficit(finding)).map(keep);
    let mut findings: Vec<KeptFinding> = kept.collect();
    findings.sort_by(|left, right| left.id.cmp(&right.id));
    let exams: BTreeSet<String> = measures.iter().map(|measures| measures.exam.id()).collect();
    Release { period: period.to_owned(), version, exams: exams.into_iter().collect(), findings }
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

/// An issue: what is kept of it, and what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Issued<'a> {
    pub release: &'a Release,
    pub measures: &'a [Measures],
    /// Beside the measures.
    pub findings: &'a [Findings],
}

impl Issued<'_> {
    /// True where the group of a former finding wrote the work again and its rule was applied: only then may its
    /// absence say that something is mended.
    fn has_measured(&self, old: &KeptFinding) -> bool {
        self.measures.iter().zip(self.findings).any(|(measures, findings)| {
            let exam = &measures.exam;
            let wrote = || measures.marks_of(old.level, &old.group).is_some_and(|marks| marks.n > 0);
            let compares_years =
                || measures.dynamics_of(old.level, &old.group).iter().any(|row| row.comparable && row.now.is_some());
            exam.key.id_without_year() == without_year(&old.exam)
                && wrote()
                && is_applied(exam, findings, old, compares_years)
        })
    }
}

/// True where a rule was applied to an exam: to the task that it spoke of, or in a test.
fn is_applied(exam: &Exam, findings: &Findings, old: &KeptFinding, compares_years: impl FnOnce() -> bool) -> bool {
    let sign = crate::sign(&old.sign);
    let known = |verdict: Verdict| verdict != Verdict::Unknown;
    match sign.map(|sign| (sign.cause, sign.deficit)) {
        Some((Cause::LowTask | Cause::SkillDeficit, _)) => {
            let is_it = |task: u16| {
                exam.tasks.get(usize::from(task)).is_some_and(|task| old.matter == format!("задание {}", task.id))
            };
            let mut verdicts = findings.verdicts.iter();
            let of_task = old.matter.starts_with("задание ");
            verdicts.any(|judged| known(judged.verdict) && (!of_task || is_it(judged.task)))
        }
        Some((_, Deficit::WhereRisen)) => compares_years(),
        _ => {
            let family = findings.families.iter().find(|family| family.sign == old.sign.as_str());
            // Checks of schools are counted, so that without a count none took place.
            family.map_or(old.level != Level::School, |family| family.checked > 0)
        }
    }
}

/// The release without the signs that cannot find anything in a year before: they would all be new.
pub fn keep_signs_of_both_years(mut release: Release) -> Release {
    let has_one = |id: &str| crate::sign(id).is_none_or(|sign| sign.year_before == YearBefore::Found);
    release.findings.retain(|finding| has_one(&finding.sign));
    release
}

/// Compares this issue with the one before; `changes` are the data since.
pub fn compare_releases(
    thresholds: &Thresholds,
    issued: &Issued<'_>,
    before: &Release,
    basis: Basis,
    changes: Vec<DataChange>,
) -> Delta {
    compare(thresholds, issued.release, before, Since { basis, changes }, |old| issued.has_measured(old))
}

/// With what an issue is compared, and the data since.
struct Since {
    basis: Basis,
    changes: Vec<DataChange>,
}

/// The comparison; `measured` tells whether the rule of a former finding was applied to its group again.
fn compare(
    thresholds: &Thresholds,
    now: &Release,
    before: &Release,
    since: Since,
    measured: impl Fn(&KeptFinding) -> bool,
) -> Delta {
    let Since { basis, changes } = since;
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
            state: if again.is_some() && measured(old) { DeltaState::Gone } else { DeltaState::NotMeasured },
            cause: again.map_or(DeltaCause::SameData, |exam| cause(exam)),
            finding: old.clone(),
            before: old.value,
            n_before: old.n,
        });
    }
    rows.sort_by(|left, right| (left.state, &left.finding.id).cmp(&(right.state, &right.finding.id)));
    Delta { before: Some(basis), rows, changes, passed_over: 0 }
}

/// Worse or better: by the value on the far side of its threshold.
fn state(old: &KeptFinding, now: &KeptFinding, least: f64) -> DeltaState {
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

    fn finding(id: &str, exam: &str, value: f64, threshold: f64) -> KeptFinding {
        KeptFinding {
            id: id.to_owned(),
            sign: "F01".to_owned(),
            severity: None,
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
        let (old, new) = ("vpr-2025-math-8", "vpr-2026-math-8");
        let before = release(
            "2025-05",
            1,
            &[old, "vpr-2025-physics-8"],
            &[
                finding("a", old, 50.0, 60.0),
                finding("b", old, 40.0, 60.0),
                finding("c", old, 55.0, 60.0),
                finding("d", old, 40.0, 20.0),
                finding("e", "vpr-2025-physics-8", 30.0, 60.0),
                finding("g", old, 20.0, 60.0),
            ],
        );
        let now = release(
            "2026-05",
            2,
            &[new, "oge-2026-math"],
            &[
                finding("a", new, 44.0, 60.0),
                finding("b", new, 41.0, 60.0),
                finding("d", new, 30.0, 20.0),
                finding("f", "oge-2026-math", 30.0, 60.0),
            ],
        );
        let since = |release: &Release, changes: Vec<DataChange>| Since {
            basis: Basis::Issue { period: release.period.clone(), version: release.version },
            changes,
        };
        let delta = compare(&thresholds, &now, &before, since(&before, Vec::new()), |old| old.id != "g");
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
                ("g", "not-measured", "new-year"),
            ]
        );
        let change = DataChange { exam: new.to_owned(), school: "edu1".to_owned(), rows: 20, rows_changed: Some(1) };
        let corrected = compare(&thresholds, &now, &now, since(&now, vec![change]), |_| true);
        assert!(corrected.rows.iter().all(|row| row.state == DeltaState::Open));
        assert_eq!(corrected.rows[0].cause, DeltaCause::Correction);
    }

    #[test]
    fn nothing_is_mended_where_its_rule_was_not_applied() {
        use srez_model::assessment::Task;
        use srez_model::finding::TaskVerdict;
        let new = "vpr-2026-math-8";
        let tasks =
            vec![Task { id: "1".to_owned(), ..Task::default() }, Task { id: "2".to_owned(), ..Task::default() }];
        let exam = Exam { tasks, ..Exam::unspecified(new.parse().unwrap()) };
        let old = finding("a", new, 40.0, 60.0);
        let judged = |first, second| Findings {
            verdicts: [first, second]
                .into_iter()
                .zip(0..)
                .map(|(verdict, task)| TaskVerdict { task, verdict, reliable: true, threshold: None, zone: 0.0 })
                .collect(),
            ..Findings::default()
        };
        let is_applied = |findings: &Findings, old: &KeptFinding| is_applied(&exam, findings, old, || false);
        assert!(!is_applied(&judged(Verdict::Unknown, Verdict::Sufficient), &old), "task 1 has no level now");
        assert!(is_applied(&judged(Verdict::Sufficient, Verdict::Unknown), &old));
        let tested = KeptFinding { sign: "S01".to_owned(), level: Level::School, ..finding("b", new, 30.0, 20.0) };
        assert!(!is_applied(&Findings::default(), &tested), "no school was tested");
        let mut again = Findings::default();
        again.count(crate::sign("S01").unwrap().id, 3, 0);
        assert!(is_applied(&again, &tested));
        let growth = KeptFinding { sign: "F03".to_owned(), ..old };
        assert!(!is_applied(&Findings::default(), &growth), "no year to compare with");
    }
}
