//! F05: whether there are enough works to read their distribution.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::measures::{Measures, ScoreKind};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::number;
use srez_wording::sentence::signs::distribution_of;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F05"),
    title: "достаточно ли работ для вывода о распределении баллов",
    rule: "{F05.informative} участников и больше — распределение информативно; от {F05.minimum} и до этого числа — \
           ориентировочно; меньше {F05.minimum} — вывод ограничен",
    thresholds: &["F05.informative", "F05.minimum"],
    tag: SourceTag::OfficialTranscript,
    caution: "говорит о числе работ, а не о результате",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Never,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    // A work of which no total is known stands in no distribution.
    let scored = measures.scores_of(*level, group).iter().filter(|row| row.kind == ScoreKind::Primary);
    let n: u64 = scored.map(|row| row.n).sum();
    if n == 0 {
        return;
    }
    let enough = settings.thresholds.value("F05.informative");
    if enough <= as_f64(n) {
        return;
    }
    let rough = settings.thresholds.value("F05.minimum") <= as_f64(n);
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.status = if rough { Status::Fact } else { Status::NoData };
    found.value = Some(as_f64(n));
    found.threshold = Some(enough);
    found.threshold_source = settings.thresholds.get("F05.informative").source();
    found.unit.clone_from(&settings.thresholds.get("F05.informative").unit);
    found.n = n;
    let why = if rough {
        format!("ориентировочно, для уверенного вывода нужно не меньше {}", number::decimal(enough, 0))
    } else {
        "вывод о его форме не делается".to_owned()
    };
    found.said = Said::sentence(distribution_of(n, &why));
    findings.findings.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::{FOCUS, Scene};
    use srez_model::finding::Status;
    use srez_model::measures::{ScoreKind, ScoreRow};

    #[test]
    fn many_few_and_very_few_works() {
        let of = |n: u64| {
            let mut scene = Scene::default();
            let (level, group) = FOCUS;
            let group = group.to_owned();
            scene.participants(50);
            scene.scores = vec![ScoreRow { level, group, kind: ScoreKind::Primary, score: 3, n, expected: None }];
            let findings = scene.flagged();
            findings.findings.into_iter().find(|one| one.sign.id == "F05").map(|one| (one.status, one.text()))
        };
        assert_eq!((of(50), of(0)), (None, None));
        assert_eq!(of(34).unwrap().0, Status::Fact);
        let (status, text) = of(12).unwrap();
        assert_eq!(
            (status, text.replace('\u{a0}', " ")),
            (Status::NoData, "Распределение баллов построено по 12 работам: вывод о его форме не делается.".to_owned())
        );
    }
}
