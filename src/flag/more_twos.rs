//! S02: a school with a greater share of «2» than the other schools.

use super::compared::{Question, passed};
use super::{Settings, difference_word, others};
use crate::model::compared::SHARE_OF_TWO;
use crate::model::finding::{Findings, Matter, SignDefinition};
use crate::model::measures::Measures;
use crate::model::threshold::SourceTag;
use crate::wording::number;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S02",
    title: "доля отметок «2» выше, чем в остальных школах",
    rule: "q не больше 10 %, разность не меньше 8 п.п., участников не меньше 10; точный критерий (гипергеометрический)",
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
        one.text = format!(
            "{}: доля отметок «2» — {} ({} из {}); {} — {} (n\u{a0}=\u{a0}{}). Отличие {}.",
            settings.name(&row.group),
            number::percent(school.value, row.n),
            number::count(row.k),
            number::count(row.n),
            others(row),
            number::percent(school.reference, row.n_reference),
            number::count(row.n_reference),
            difference_word(&row.funnel),
        );
        findings.findings.push(one);
    }
}
