//! S01a: a school whose result over the whole work is below that of the other schools.

use crate::compared::{Question, passed};
use crate::{Entry, Found, Settings, Way, difference_word, others_words};
use srez_model::compared::TOTAL;
use srez_model::finding::{Findings, Matter, Said};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::differences as said;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S01a"),
    title: "результат по работе в целом ниже, чем в остальных школах",
    rule: "q не больше {tests.q} %, разность процента от максимального балла не больше {S01a.difference} п.п., \
           участников не меньше {S01.participants}; точное распределение суммы баллов (свёртка)",
    thresholds: &["S01a.difference", "S01.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "зона внимания, а не оценка школы; у такой школы печатаются только умения слабее её собственного уровня \
        (S01b)",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::LowTotal,
    evidence: Evidence::Comparisons,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let question = Question {
        sign: &SIGN,
        measure: TOTAL,
        matter: Matter::Work,
        difference: "S01a.difference",
        participants: "S01.participants",
    };
    for school in passed(settings, measures, findings, &question) {
        let (row, mut one) = (school.row, school.finding);
        let own =
            format!("{} от максимума (n\u{a0}=\u{a0}{})", number::percent(school.value, row.n), number::count(row.n));
        let ways: [Way; 3] = [said::total_below, said::total_below_scored, said::total_below_plainly];
        one.said = Said::of_school(
            settings.name(&row.group),
            &settings.in_turn(&row.group, ways)(
                settings.name(&row.group),
                &own,
                &others_words(row, school.reference),
                difference_word(row.funnel),
            ),
        );
        findings.findings.push(one);
    }
}
