//! S01a: a school whose result over the whole work is below that of the other schools.

use super::{Settings, difference_word, finding, others};
use crate::model::compared::TOTAL;
use crate::model::finding::{Findings, Matter, SignDefinition, Status};
use crate::model::level::Level;
use crate::model::measures::Measures;
use crate::model::threshold::SourceTag;
use crate::model::unit::as_f64;
use crate::wording::number;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S01a",
    title: "результат по работе в целом ниже, чем в остальных школах",
    rule: "q не больше 10 %, разность процента от максимального балла не больше −8 п.п., участников не меньше 10; \
           точное распределение суммы баллов (свёртка)",
    thresholds: &["S01a.difference", "S01.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "зона внимания, а не оценка школы; умения такой школы отдельно не перечисляются",
};

pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let value = |id: &str| settings.thresholds.value(id);
    for school in settings.schools {
        let Some(row) = measures.comparison_of(Level::School, school, TOTAL) else { continue };
        let (Some(share), Some(reference), Some(q)) = (row.value, row.reference, row.q) else { continue };
        findings.checked += 1;
        let enough = value("S01.participants") <= as_f64(row.n);
        if !enough || value("tests.q") < q * 100.0 || value("S01a.difference") < share.minus(reference).0 {
            continue;
        }
        findings.fired += 1;
        let mut one = finding(&SIGN, measures, (Level::School, school), Matter::Work);
        one.status = Status::Probable;
        one.severity.clone_from(&row.funnel);
        one.value = Some(share.0);
        one.threshold = Some(value("S01a.difference"));
        one.threshold_source = settings.thresholds.get("S01a.difference").source();
        one.n = row.n;
        one.p = row.p;
        one.q = row.q;
        one.text = format!(
            "{}: результат ниже по работе в целом: {} от максимума (n = {}), {} — {}. Отличие {}.",
            settings.name(school),
            number::percent(share, row.n),
            number::count(row.n),
            others(row),
            number::percent(reference, row.n_reference),
            difference_word(&row.funnel),
        );
        findings.findings.push(one);
    }
}
