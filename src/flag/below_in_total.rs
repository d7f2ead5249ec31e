//! S01a: a school whose result over the whole work is below that of the other schools.

use super::compared::{Question, passed};
use super::{Settings, difference_word, others};
use crate::model::compared::TOTAL;
use crate::model::finding::{Findings, Matter, SignDefinition};
use crate::model::measures::Measures;
use crate::model::threshold::SourceTag;
use crate::wording::number;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S01a",
    title: "результат по работе в целом ниже, чем в остальных школах",
    rule: "q не больше 10 %, разность процента от максимального балла не больше −8 п.п., участников не меньше 10; \
           точное распределение суммы баллов (свёртка)",
    thresholds: &["S01a.difference", "S01.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "зона внимания, а не оценка школы; у такой школы печатаются только умения слабее её собственного уровня (S01b)",
};

pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let question = Question {
        sign: &SIGN,
        measure: TOTAL,
        matter: Matter::Work,
        difference: "S01a.difference",
        participants: "S01.participants",
    };
    for school in passed(settings, measures, findings, &question) {
        let (row, mut one) = (school.row, school.finding);
        one.text = format!(
            "{}: результат ниже по работе в целом — {} от максимума (n\u{a0}=\u{a0}{}), {} — {} (n\u{a0}=\u{a0}{}). Отличие {}.",
            settings.name(&row.group),
            number::percent(school.value, row.n),
            number::count(row.n),
            others(row),
            number::percent(school.reference, row.n_reference),
            number::count(row.n_reference),
            difference_word(&row.funnel),
        );
        findings.findings.push(one);
    }
}
