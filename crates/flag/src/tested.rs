//! Signs with a test of their own: the tests of all exams of a procedure and year are one family.

use super::{Settings, finding};
use srez_model::finding::{FamilyCount, Finding, Matter, Said, Severity, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::SignDefinition;
use srez_model::tally::Group;
use srez_statistics::{benjamini_hochberg, funnel};
use std::collections::BTreeMap;

/// One test of a school, and what would be said if it fired.
pub(super) struct Test {
    pub(super) school: String,
    pub(super) matter: Matter,
    /// Participants of the test.
    pub(super) n: u64,
    /// Value of the findings table.
    pub(super) value: f64,
    pub(super) p: f64,
    /// Smallest p that the margins allow.
    pub(super) attainable: f64,
    /// True where size and gates of the sign hold; q alone is open.
    pub(super) large: bool,
    /// Participants that the finding is about, for the order of findings.
    pub(super) affected: f64,
    pub(super) text: String,
}

/// A sign with its tests.
pub(super) struct Tested {
    pub(super) sign: &'static SignDefinition,
    /// Threshold printed with its findings.
    pub(super) threshold: &'static str,
    pub(super) tests: fn(&Settings<'_>, &Measures) -> Vec<Test>,
    /// The grey sentence where nothing fired: it names what was compared and nothing else.
    pub(super) nothing: fn(&Settings<'_>, &Measures) -> &'static str,
    /// What stands behind it: how far the schools differ anyway, and what could have been noticed among so many tests
    /// of the family; empty where unknown.
    pub(super) background: fn(&Settings<'_>, &Measures, u64) -> String,
    /// True where tests that did not fire stand in the table of findings too.
    pub(super) keeps_checked: bool,
}

/// Findings of one sign per exam, and its count of tests.
pub(super) fn judge(settings: &Settings<'_>, all: &[Measures], tested: &Tested) -> Vec<(Vec<Finding>, FamilyCount)> {
    let limit = settings.thresholds.value("tests.q") / 100.0;
    let mut families: BTreeMap<(&str, u16), Vec<(usize, Test)>> = BTreeMap::new();
    for (place, measures) in all.iter().enumerate() {
        let key = &measures.exam.key;
        let kept = (tested.tests)(settings, measures).into_iter().filter(|test| test.attainable <= limit + 1e-12);
        families.entry((key.procedure.id(), key.year)).or_default().extend(kept.map(|test| (place, test)));
    }
    let mut judged: Vec<(Vec<Finding>, FamilyCount)> =
        all.iter().map(|_| (Vec::new(), FamilyCount { sign: tested.sign.id, ..FamilyCount::default() })).collect();
    let sizes: BTreeMap<(&str, u16), u64> = families.iter().map(|(key, tests)| (*key, tests.len() as u64)).collect();
    for tests in families.into_values() {
        let p: Vec<f64> = tests.iter().map(|(_, test)| test.p).collect();
        for ((place, test), q) in tests.into_iter().zip(benjamini_hochberg::adjusted(&p)) {
            let (Some(measures), Some((findings, count))) = (all.get(place), judged.get_mut(place)) else { continue };
            let fired = test.large && q <= limit;
            count.checked += 1;
            count.fired += usize::from(fired);
            if fired || tested.keeps_checked {
                findings.push(of_test(settings, measures, tested, test, (q, fired)));
            }
        }
    }
    for (measures, (findings, count)) in all.iter().zip(&mut judged) {
        if count.fired == 0 && count.checked > 0 {
            let key = (measures.exam.key.procedure.id(), measures.exam.key.year);
            let family = sizes.get(&key).copied().unwrap_or(0);
            findings.push(grey(settings, measures, tested, (count.checked, family)));
        }
    }
    judged
}

fn of_test(settings: &Settings<'_>, measures: &Measures, tested: &Tested, test: Test, judged: (f64, bool)) -> Finding {
    let (q, fired) = judged;
    let word =
        funnel::word(test.p, settings.thresholds.value("funnel.alert"), settings.thresholds.value("funnel.alarm"));
    let mut one = finding(tested.sign, measures, (Level::School, &test.school), test.matter);
    one.status = if fired { Status::Probable } else { Status::Checked };
    one.severity = Some(Severity::Tested(word));
    one.value = Some(test.value);
    one.threshold = Some(settings.thresholds.value(tested.threshold));
    one.threshold_source = settings.thresholds.get(tested.threshold).source();
    one.n = test.n;
    one.p = Some(test.p);
    one.q = Some(q);
    one.affected = test.affected;
    if fired {
        one.said = Said::of_school(settings.name(&test.school), &test.text);
    }
    one
}

/// What was checked and not found, once per exam.
fn grey(settings: &Settings<'_>, measures: &Measures, tested: &Tested, tests: (usize, u64)) -> Finding {
    let (checked, family) = tests;
    let Group { level, name: group } = &settings.focus;
    let mut one = finding(tested.sign, measures, (*level, group), Matter::Work);
    one.status = Status::Checked;
    one.n = measures.marks_of(*level, group).map_or(0, |row| row.n);
    one.said = Said::sentence(format!(
        "{} Проверок: {checked}.{}",
        (tested.nothing)(settings, measures),
        (tested.background)(settings, measures, family)
    ));
    one
}

/// Nothing is known of how far the schools differ anyway.
pub(super) fn unknown(_: &Settings<'_>, _: &Measures, _: u64) -> String {
    String::new()
}
