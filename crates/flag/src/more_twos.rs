//! S02: a school with a greater share of «2» than the other schools.

use super::compared::{Question, passed};
use super::{SaidWithCounts, Settings, difference_word, others_words};
use srez_model::compared::SHARE_OF_TWO;
use srez_model::finding::{Findings, Matter, SignDefinition};
use srez_model::measures::Measures;
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::differences as said;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S02",
    title: "доля отметок «2» выше, чем в остальных школах",
    rule: "q не больше {tests.q} %, разность не меньше {S02.difference} п.п., участников не меньше \
           {S02.participants}; точный критерий (гипергеометрический)",
    thresholds: &["S02.difference", "S02.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "зона внимания, а не оценка школы; в малой школе заметны только большие отличия",
};

pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let question = Question {
        sign: &SIGN,
        measure: SHARE_OF_TWO,
        matter: Matter::Work,
        difference: "S02.difference",
        participants: "S02.participants",
    };
    for school in passed(settings, measures, findings, &question) {
        let (row, mut one) = (school.row, school.finding);
        let ways: [SaidWithCounts; 3] = [said::more_twos, said::more_twos_got, said::more_twos_have];
        one.text = settings.in_turn(&row.group, ways)(
            settings.name(&row.group),
            &number::percent(school.value, row.n),
            row.k,
            row.n,
            &others_words(row, school.reference),
            difference_word(&row.funnel),
        );
        findings.findings.push(one);
    }
}
