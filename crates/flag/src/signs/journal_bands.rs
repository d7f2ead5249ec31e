//! F43: bands of the share that got less than the journal says.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, Severity};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::Percent;
use srez_wording::number;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F43"),
    title: "доля понизивших отметку: градации практики",
    rule: "ниже журнальной у {F43.high} % и больше — высокая, у {F43.medium} % и больше — средняя",
    thresholds: &["F43.high", "F43.medium"],
    tag: SourceTag::Practice,
    caution: "градации взяты из программного продукта и не учитывают состав журнальных отметок; решает проверка S06",
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
    let row = measures.journal_of(*level, group);
    let Some((row, share)) = row.and_then(|row| Some((row, Percent::of(row.lowered, row.n)?))) else { return };
    let high = settings.thresholds.value("F43.high") <= share.0;
    if !high && share.0 < settings.thresholds.value("F43.medium") {
        return;
    }
    let (severity, id) = if high { (Severity::HighShare, "F43.high") } else { (Severity::MediumShare, "F43.medium") };
    let threshold = settings.thresholds.get(id);
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.severity = Some(severity);
    found.value = Some(share.0);
    found.threshold = Some(threshold.value);
    found.threshold_source = threshold.source();
    found.unit.clone_from(&threshold.unit);
    found.n = row.n;
    found.said = Said::sentence(format!(
        "Доля получивших отметку ниже журнальной — {} ({} из {}): {} по градации, принятой на практике.",
        number::percent(share, row.n),
        number::count(row.lowered),
        number::count(row.n),
        severity.title(),
    ));
    findings.findings.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::finding::Severity;

    #[test]
    fn the_two_bands_and_below() {
        let of = |lowered, n| {
            let mut scene = Scene::default();
            scene.journal(lowered, n);
            scene.flagged().findings.into_iter().find(|one| one.sign.id == "F43").map(|one| one.severity)
        };
        assert_eq!(of(40, 100), Some(Some(Severity::HighShare)));
        assert_eq!(of(20, 100), Some(Some(Severity::MediumShare)));
        assert_eq!((of(19, 100), of(0, 0)), (None, None));
    }
}
