//! S02: a school with a greater share of «2» than the other schools.

use crate::compared::{Question, passed};
use crate::{Entry, Found, Settings, WayWithCounts, difference_word, others_words};
use srez_model::compared::SHARE_OF_TWO;
use srez_model::finding::{Findings, Matter, Said};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::differences as said;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S02"),
    title: "доля отметок «2» выше, чем в остальных школах",
    rule: "q не больше {tests.q} %, разность не меньше {S02.difference} п.п., участников не меньше \
           {S02.participants}; точный критерий (гипергеометрический)",
    thresholds: &["S02.difference", "S02.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "зона внимания, а не оценка школы; в малой школе заметны только большие отличия",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::MoreTwos,
    evidence: Evidence::LowShareCompared,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let question = Question {
        sign: &SIGN,
        measure: SHARE_OF_TWO,
        matter: Matter::Work,
        difference: "S02.difference",
        participants: "S02.participants",
    };
    for school in passed(settings, measures, findings, &question) {
        let (row, mut one) = (school.row, school.finding);
        let ways: [WayWithCounts; 3] = [said::more_twos, said::more_twos_got, said::more_twos_have];
        one.said = Said::of_school(
            settings.name(&row.group),
            &settings.in_turn(&row.group, ways)(
                settings.name(&row.group),
                &number::percent(school.value, row.n),
                row.k,
                row.n,
                &others_words(row, school.reference),
                difference_word(row.funnel),
            ),
        );
        findings.findings.push(one);
    }
}
