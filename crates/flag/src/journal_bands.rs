//! F43: bands of the share that got less than the journal says.

use super::{Settings, finding};
use srez_model::finding::{Findings, Matter, SignDefinition};
use srez_model::measures::Measures;
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::Percent;
use srez_wording::number;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "F43",
    title: "доля понизивших отметку: градации практики",
    rule: "ниже журнальной у {F43.high} % и больше — высокая, у {F43.medium} % и больше — средняя",
    thresholds: &["F43.high", "F43.medium"],
    tag: SourceTag::Practice,
    caution: "градации взяты из программного продукта и не учитывают состав журнальных отметок; решает проверка S06",
};

pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let row = measures.journal_of(*level, group);
    let Some((row, share)) = row.and_then(|row| Some((row, Percent::of(row.lowered, row.n)?))) else { return };
    let high = settings.thresholds.value("F43.high") <= share.0;
    if !high && share.0 < settings.thresholds.value("F43.medium") {
        return;
    }
    let (word, id) = if high { ("высокая", "F43.high") } else { ("средняя", "F43.medium") };
    let threshold = settings.thresholds.get(id);
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    word.clone_into(&mut found.severity);
    found.value = Some(share.0);
    found.threshold = Some(threshold.value);
    found.threshold_source = threshold.source();
    found.n = row.n;
    found.text = format!(
        "Доля получивших отметку ниже журнальной — {} ({} из {}): {word} по градации, принятой на практике.",
        number::percent(share, row.n),
        number::count(row.lowered),
        number::count(row.n),
    );
    findings.findings.push(found);
}

#[cfg(test)]
mod tests {
    use super::super::tests::Scene;

    #[test]
    fn the_two_bands_and_below() {
        let of = |lowered, n| {
            let mut scene = Scene::default();
            scene.journal(lowered, n);
            scene.flagged().findings.into_iter().find(|one| one.sign == "F43").map(|one| one.severity)
        };
        assert_eq!(of(40, 100).as_deref(), Some("высокая"));
        assert_eq!(of(20, 100).as_deref(), Some("средняя"));
        assert_eq!((of(19, 100), of(0, 0)), (None, None));
    }
}
