//! S01a: a school whose result over the whole work is below that of the other schools.

use crate::compared::{Checks, Question, Side, found};
use crate::{Entry, Found, Settings, Way, others_words};
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, Matter, Said};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::differences as said;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S01a"),
    title: "результат этого года по работе в целом ниже, чем в остальных школах",
    rule: "результат этого года с вероятностью не меньше {gap.sure} % ниже, чем в остальных школах, не менее чем на \
           {gap.size} п.п. от максимального балла; участников не меньше {S01.participants}; модель «школа, \
           класс, ученик»",
    thresholds: &["gap.size", "gap.sure", "S01.participants"],
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
    let question = Question { sign: &SIGN, measure: &MeasureId::Total, matter: Matter::Work, side: Side::Below };
    let mut checks = Checks::default();
    for school in found(settings, measures, findings, &mut checks, &question) {
        let (row, mut one) = (school.row, school.finding);
        let own =
            format!("{} от максимума (n\u{a0}=\u{a0}{})", number::percent(school.value, row.n), number::count(row.n));
        let ways: [Way; 3] = [said::total_below, said::total_below_scored, said::total_below_plainly];
        let others = others_words(row, school.reference);
        let way = settings.in_turn(&row.group, ways);
        let name = settings.name(&row.group);
        one.said = Said::of_school(name, &way(name, &own, &others, &school.gap, school.lasting));
        findings.findings.push(one);
    }
    findings.findings.extend(checks.grey(settings, measures, &SIGN));
}
