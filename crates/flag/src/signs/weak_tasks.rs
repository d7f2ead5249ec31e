//! F44: weak and critical tasks as a product of practice names them; in the table of findings, in texts on demand.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, Severity};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_wording::number;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F44"),
    title: "слабое и критическое задание: градации практики",
    rule: "выполнение ниже {F44.weak} % — слабое, ниже {F44.critical} % — критическое, без учёта уровня сложности; в \
           тексте правило {F44.enabled}",
    thresholds: &["F44.weak", "F44.critical", "F44.enabled"],
    tag: SourceTag::Practice,
    caution: "без учёта уровня сложности градация называет критическим и трудное задание; для ВПР решают F01 и F02",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let enabled = settings.is_enabled(SIGN.id);
    for row in measures.tasks_of(*level, group) {
        let Some(pct) = row.pct.filter(|pct| pct.0 < settings.thresholds.value("F44.weak")) else { continue };
        let critical = pct.0 < settings.thresholds.value("F44.critical");
        let (severity, id) =
            if critical { (Severity::CriticalTask, "F44.critical") } else { (Severity::WeakTask, "F44.weak") };
        let threshold = settings.thresholds.get(id);
        let mut one = finding(&SIGN, measures, (*level, group), Matter::Task(row.task));
        one.severity = Some(severity);
        one.value = Some(pct.0);
        one.threshold = Some(threshold.value);
        one.threshold_source = threshold.source();
        one.unit.clone_from(&threshold.unit);
        one.n = row.counts.n;
        if enabled {
            one.said = Said::sentence(format!(
                "{}: {} — {} по градации, принятой на практике.",
                srez_wording::text::capitalised(&one.matter_title),
                number::percent(pct, row.counts.n),
                severity.title(),
            ));
        }
        findings.findings.push(one);
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::finding::Severity;
    use srez_model::unit::Percent;

    #[test]
    fn the_table_has_them_and_the_text_on_demand() {
        let mut scene = Scene::with_deficit();
        for (row, pct) in scene.tasks.iter_mut().zip([29.9, 50.0]) {
            row.pct = Some(Percent(pct));
        }
        let words = |scene: &Scene| -> Vec<(Option<Severity>, bool)> {
            let findings = scene.flagged();
            let of_sign = findings.findings.iter().filter(|one| one.sign.id == "F44");
            of_sign.map(|one| (one.severity, one.is_silent())).collect()
        };
        assert_eq!(words(&scene), [(Some(Severity::CriticalTask), true)]);
        scene.set("F44.enabled", 1.0);
        assert_eq!(words(&scene), [(Some(Severity::CriticalTask), false)]);
        scene.tasks.clear();
        assert!(words(&scene).is_empty());
    }
}
