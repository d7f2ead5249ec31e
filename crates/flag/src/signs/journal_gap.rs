//! F04: marks of the work that differ from the journal by two or more.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::Percent;
use srez_wording::number;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F04"),
    title: "большое расхождение с отметкой по журналу",
    rule: "анализируются участники, у которых отметка за работу отличается от журнальной на {F04.gap} и более",
    thresholds: &["F04.gap"],
    tag: SourceTag::OfficialTranscript,
    caution: "расхождение — повод для разбора, а не вывод об объективности",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Journal,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let Some(row) = measures.journal_of(*level, group).filter(|row| row.n > 0) else { return };
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.n = row.n;
    found.value = Percent::of(row.gap2, row.n).map(|share| share.0);
    "%".clone_into(&mut found.unit);
    if row.gap2 == 0 {
        found.status = Status::Checked;
        found.said =
            Said::sentence("Отметок за работу, которые отличаются от журнальной на две и более, нет.".to_owned());
    } else {
        found.said = Said::sentence(format!(
            "Отметка за работу отличается от журнальной на две и более: {} из {} чел.",
            number::count(row.gap2),
            number::count(row.n)
        ));
    }
    findings.findings.push(found);
}
