//! S02: a school with a greater share of «2» than the other schools.

use crate::compared::{Checks, Question, Side, found};
use crate::{Entry, Found, Settings, others_words};
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, Matter, Said};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::differences as said;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S02"),
    title: "доля отметок «2» этого года выше, чем в остальных школах",
    rule: "доля этого года с вероятностью не меньше {gap.sure} % выше, чем в остальных школах, не менее чем на \
           {gap.size} п.п.; участников не меньше {S02.participants}; модель «школа, класс, ученик» для долей \
           на шкале арксинуса",
    thresholds: &["gap.size", "gap.sure", "S02.participants"],
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

/// A school, its share and counts, that of the others, the gap, and whether it is of the school as a whole.
type Way = fn(&str, &str, u64, u64, &str, &str, &str) -> String;

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let question = Question { sign: &SIGN, measure: &MeasureId::ShareOfTwo, matter: Matter::Work, side: Side::Above };
    let mut checks = Checks::default();
    for school in found(settings, measures, findings, &mut checks, &question) {
        let (row, mut one) = (school.row, school.finding);
        let ways: [Way; 3] = [said::more_twos, said::more_twos_got, said::more_twos_have];
        let (way, name) = (settings.in_turn(&row.group, ways), settings.name(&row.group));
        let (share, others) = (number::percent(school.value, row.n), others_words(row, school.reference));
        let sentence = way(name, &share, row.k, row.n, &others, &school.gap, school.lasting);
        one.said = Said::of_school(name, &sentence);
        findings.findings.push(one);
    }
    findings.findings.extend(checks.grey(settings, measures, &SIGN));
}
