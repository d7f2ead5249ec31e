//! F52: share of results below the threshold, by a formula that nobody confirmed; in the table, in texts on demand.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, as_f64};
use srez_wording::number;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F52"),
    title: "доля результатов ниже порога (формула не проверена)",
    rule: "отметок «2» (на ЕГЭ — результатов ниже минимального балла), делённых на число участников с результатом; в \
           тексте правило {F52.enabled}",
    thresholds: &["F52.enabled"],
    tag: SourceTag::Unverified,
    caution: "под официальным названием этот показатель не печатается: его формула не найдена; число то же, что доля \
        «2»",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::LowResults,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let counts = measures.low_results_of(*level, group);
    let Some((low, n, share)) = counts.and_then(|(low, n)| Some((low, n, Percent::of(low, n)?))) else { return };
    let mut one = finding(&SIGN, measures, (*level, group), Matter::Work);
    one.n = n;
    one.value = Some(as_f64(low) / as_f64(n));
    one.threshold_source = settings.thresholds.get("F52.enabled").source();
    if settings.is_enabled(SIGN.id) {
        one.said = Said::sentence(format!(
            "Ниже порога {} из {} ({}). Формула показателя не проверена.",
            number::count(low),
            number::count(n),
            number::percent(share, n),
        ));
    }
    findings.findings.push(one);
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;

    #[test]
    fn the_table_has_the_share_and_the_text_on_demand() {
        let mut scene = Scene::default();
        scene.marks([5, 20, 20, 5]);
        let of = |scene: &Scene| {
            scene.flagged().findings.into_iter().find(|one| one.sign.id == "F52").map(|one| (one.value, one.text()))
        };
        assert_eq!(of(&scene), Some((Some(0.1), String::new())));
        scene.set("F52.enabled", 1.0);
        assert!(of(&scene).unwrap().1.contains("5 из 50"));
        scene.marks([0; 4]);
        assert_eq!(of(&scene), None, "nobody with a mark");
    }
}
