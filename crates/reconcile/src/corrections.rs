//! Were the errors of the former delivery mended? Two records of addresses are laid side by side.

use srez_model::corrections::{
    CheckRecord, Corrections, Fault, FaultState, SchoolCorrections, SchoolDelivery, WorkState,
};
use srez_model::note::Severity;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Compares a check with the one before it.
///
/// An error stays the same one at the same address of the same exam, whatever the file is called. What is left over is
/// paired by exam, code and column, because rows move when a line is deleted: such a pair counts as not mended, so that
/// nobody is praised for an error that only moved.
pub(super) fn compare(former: &CheckRecord, now: &CheckRecord) -> Corrections {
    let none = SchoolDelivery::default();
    let ids: BTreeSet<&String> = former.schools.keys().chain(now.schools.keys()).collect();
    let schools = ids.into_iter().filter_map(|school| {
        let of = |record: &'_ CheckRecord| record.schools.get(school).cloned();
        let (mut before, mut after) = (of(former).unwrap_or_default(), of(now).unwrap_or_else(|| none.clone()));
        if !former.with_warnings {
            for delivery in [&mut before, &mut after] {
                delivery.faults.retain(|fault| fault.severity != Severity::Warning);
            }
        }
        let compared = compare_school(school, &before, &after);
        (!compared.works.is_empty() || !compared.faults.is_empty()).then_some(compared)
    });
    Corrections { since: former.date.clone(), schools: schools.collect() }
}

fn compare_school(school: &str, former: &SchoolDelivery, now: &SchoolDelivery) -> SchoolCorrections {
    let works = works(former, now);
    let has_new_work = works.values().any(|state| *state == WorkState::Came);
    let (mut faults, left_of_former, left_of_now) = pair(&former.faults, &now.faults);
    faults.extend(left_of_now.into_iter().map(|fault| (FaultState::Fresh, fault)));
    faults.extend(left_of_former.into_iter().map(|fault| {
        let is_read = if fault.exam.is_empty() {
            // A file that nobody could read has no exam: it is mended where it, or another in its place, is read now.
            has_new_work || now.files.contains_key(&fault.file)
        } else {
            now.works.contains_key(&fault.exam)
        };
        (if is_read { FaultState::Fixed } else { FaultState::Unclear }, fault)
    }));
    faults.sort();
    let resent = now.files.iter().any(|(name, hash)| former.files.get(name) != Some(hash));
    SchoolCorrections { school: school.to_owned(), resent, works, faults }
}

fn works(former: &SchoolDelivery, now: &SchoolDelivery) -> BTreeMap<String, WorkState> {
    let came = now.works.iter().filter_map(|(exam, content)| match former.works.get(exam) {
        None => Some((exam.clone(), WorkState::Came)),
        Some(before) if before != content => Some((exam.clone(), WorkState::Changed)),
        Some(_) => None,
    });
    let gone = former.works.keys().filter(|exam| !now.works.contains_key(*exam));
    came.chain(gone.map(|exam| (exam.clone(), WorkState::Gone))).collect()
}

type Paired = (Vec<(FaultState, Fault)>, Vec<Fault>, Vec<Fault>);

/// Errors that are still there, and what is left over of then and of now.
fn pair(former: &[Fault], now: &[Fault]) -> Paired {
    let mut remains = Vec::new();
    let mut left_of_former = former.to_vec();
    let mut left_of_now = now.to_vec();
    for key in [place_of, kind_of] {
        let mut of_key: BTreeMap<Key, VecDeque<Fault>> = BTreeMap::new();
        for fault in left_of_now.drain(..) {
            of_key.entry(key(&fault)).or_default().push_back(fault);
        }
        left_of_former.retain(|fault| {
            let other = of_key.get_mut(&key(fault)).and_then(VecDeque::pop_front);
            let is_alone = other.is_none();
            remains.extend(other.map(|other| (FaultState::Remains, other)));
            is_alone
        });
        left_of_now = of_key.into_values().flatten().collect();
    }
    (remains, left_of_former, left_of_now)
}

/// Work, code and column; sheet and row where the place matters.
type Key = (String, String, u32, String, u32);

/// Two errors of one kind: the exam tells the work; where there is none, the file.
fn kind_of(fault: &Fault) -> Key {
    let work = if fault.exam.is_empty() { format!("\0{}", fault.file) } else { fault.exam.clone() };
    (work, fault.code.clone(), fault.column, String::new(), 0)
}

/// Two errors at one place.
fn place_of(fault: &Fault) -> Key {
    let (work, code, column, _, _) = kind_of(fault);
    (work, code, column, fault.sheet.clone(), fault.row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(exam: &str, file: &str, row: u32, column: u32, code: &str) -> Fault {
        let text = |text: &str| text.to_owned();
        let severity = Severity::UnreadableCell;
        Fault {
            exam: text(exam), file: text(file), sheet: text("Протокол"), row, column, code: text(code), severity
        }
    }

    fn record(files: &[(&str, &str)], works: &[(&str, &str)], faults: &[Fault]) -> CheckRecord {
        let pairs = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        let (files, works, faults) = (pairs(files), pairs(works), faults.to_vec());
        let delivery = SchoolDelivery { files, works, faults, ..SchoolDelivery::default() };
        let schools = [("edu1".to_owned(), delivery)].into();
        let date = "2026-05-05".to_owned();
        CheckRecord { date, schools, with_warnings: true, ..CheckRecord::default() }
    }

    fn states(corrections: &Corrections) -> Vec<(FaultState, String)> {
        corrections.schools.iter().flat_map(|of| &of.faults).map(|(state, fault)| (*state, fault.cell())).collect()
    }

    #[test]
    fn a_corrected_file_under_another_name_is_told_from_one_that_still_errs() {
        let former = record(
            &[("a.xlsx", "1")],
            &[("math", "x")],
            &[fault("math", "a.xlsx", 5, 11, "V01"), fault("math", "a.xlsx", 9, 11, "V01")],
        );
        let now = record(
            &[("a исправлено.xlsx", "2")],
            &[("math", "y")],
            &[fault("math", "a исправлено.xlsx", 9, 11, "V01"), fault("math", "a исправлено.xlsx", 3, 4, "R14")],
        );
        let compared = compare(&former, &now);
        use FaultState::{Fixed, Fresh, Remains};
        assert_eq!(states(&compared), [(Remains, "K9".to_owned()), (Fresh, "D3".to_owned()), (Fixed, "K5".to_owned())]);
        assert!(compared.schools[0].resent);
        assert_eq!(compared.schools[0].works["math"], WorkState::Changed);
        assert_eq!(compared.since, "2026-05-05");
    }

    #[test]
    fn an_error_that_only_moved_is_not_praised() {
        let former = record(&[("a", "1")], &[("math", "x")], &[fault("math", "a", 5, 11, "V01")]);
        let now = record(&[("a", "2")], &[("math", "y")], &[fault("math", "a", 4, 11, "V01")]);
        assert_eq!(states(&compare(&former, &now)), [(FaultState::Remains, "K4".to_owned())]);
    }

    #[test]
    fn what_is_gone_is_not_mended() {
        let former = record(&[("a", "1")], &[("math", "x")], &[fault("math", "a", 5, 11, "V01")]);
        let compared = compare(&former, &record(&[], &[], &[]));
        assert_eq!(states(&compared), [(FaultState::Unclear, "K5".to_owned())]);
        assert_eq!(compared.schools[0].works["math"], WorkState::Gone);
        assert!(!compared.schools[0].resent);
    }

    #[test]
    fn a_refused_file_is_mended_when_it_or_its_successor_is_read() {
        let refused = fault("", "a.xlsx", 0, 0, "R01");
        let former = record(&[("a.xlsx", "1")], &[], &[refused]);
        let same_name = record(&[("a.xlsx", "2")], &[("math", "x")], &[]);
        let other_name = record(&[("b.xlsx", "2")], &[("math", "x")], &[]);
        let gone = record(&[], &[], &[]);
        let state = |now: &CheckRecord| states(&compare(&former, now))[0].0;
        assert_eq!(
            [&same_name, &other_name, &gone].map(state),
            [FaultState::Fixed, FaultState::Fixed, FaultState::Unclear]
        );
    }

    #[test]
    fn a_warning_that_is_mended_is_told_apart_from_an_error() {
        let warning = Fault { severity: Severity::Warning, ..fault("math", "a", 5, 11, "V02") };
        let other = Fault { row: 6, ..warning.clone() };
        let former = record(&[("a", "1")], &[("math", "x")], &[warning.clone(), other.clone()]);
        let now = record(&[("a", "2")], &[("math", "y")], &[other]);
        let compared = compare(&former, &now);
        assert_eq!([FaultState::Fixed, FaultState::Remains].map(|state| compared.count_warnings(state)), [1, 1]);
        assert_eq!([FaultState::Fixed, FaultState::Remains].map(|state| compared.count(state)), [0, 0]);
        let from_before = CheckRecord { with_warnings: false, ..record(&[("a", "1")], &[("math", "x")], &[]) };
        assert_eq!(compare(&from_before, &now).count_warnings(FaultState::Fresh), 0, "it remembered no warnings");
    }

    #[test]
    fn nothing_new_says_nothing() {
        let quiet = record(&[("a", "1")], &[("math", "x")], &[]);
        assert!(compare(&quiet, &quiet).schools.is_empty());
    }
}
