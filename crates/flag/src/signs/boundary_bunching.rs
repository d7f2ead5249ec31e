//! S05: more works exactly at the cuts of the marks than the neighbouring score lets expect.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::{BoundaryRow, Measures};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::sentence::signs::at_the_cuts;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S05"),
    title: "скопление работ у границ отметок",
    rule: "одна проверка на школу и работу: сумма работ в баллах, равных границам, против ожидаемой по остальным \
           школам; q не больше {tests.q} %, участников не меньше {S05.participants}, работ в баллах у границ \
           (граница и балл ниже неё) не меньше {S05.pair}",
    thresholds: &["S05.pair", "S05.participants", "tests.q"],
    tag: SourceTag::Literature,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: перепроверка пограничных работ \
              по правилу, малое число участников, один сильный класс, подготовка к формату",
    works: Works::Vpr,
    group: Some(Membership::Full(SignGroup::Distribution)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Boundaries,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

/// All cuts of a school together.
fn pooled<'a>(measures: &'a Measures, school: &str) -> Option<&'a BoundaryRow> {
    measures.boundaries_of(Level::School, school).iter().find(|row| row.cut.is_none())
}

/// True where this sign was tested on a school: a test that did not fire leaves no finding.
pub(crate) fn is_pooled(sign: &SignDefinition, measures: &Measures, school: &str) -> bool {
    sign.id == SIGN.id && pooled(measures, school).is_some_and(|row| row.q.is_some())
}

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let mut found = Vec::new();
    for school in settings.schools {
        let pooled = pooled(measures, school);
        let Some((row, q)) = pooled.and_then(|row| Some((row, row.q?))) else { continue };
        let fired = q * 100.0 <= settings.thresholds.value("tests.q");
        findings.count(SIGN.id, 1, usize::from(fired));
        if !fired {
            continue;
        }
        let works = row.n_below + row.n_at;
        let expected = row.expected_share.map_or(0.0, |share| share * as_f64(works));
        let mut one = finding(&SIGN, measures, (Level::School, school), Matter::Work);
        one.status = Status::Probable;
        one.value = Some(as_f64(row.n_at));
        one.threshold = Some(settings.thresholds.value("tests.q"));
        one.threshold_source = settings.thresholds.get("tests.q").source();
        one.n = works;
        one.p = row.p;
        one.q = row.q;
        one.affected = (as_f64(row.n_at) - expected).max(0.0);
        one.said = Said::of_school(
            settings.name(school),
            &format!(
                "{}: {}. Особенность требует уточнения; возможные объяснения: перепроверка пограничных работ по \
             правилу, малое число участников, один сильный класс.",
                settings.name(school),
                at_the_cuts(row.n_at, works, &srez_wording::number::decimal(expected, 0)),
            ),
        );
        found.push(one);
    }
    findings.findings.extend(found);
}
