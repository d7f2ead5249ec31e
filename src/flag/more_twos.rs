//! S02: a school with a greater share of «2» than the other schools.

use super::{Settings, difference_word, finding};
use crate::model::finding::{Findings, Matter, SignDefinition, Status};
use crate::model::level::Level;
use crate::model::measures::Measures;
use crate::model::threshold::SourceTag;
use crate::wording::number;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S02",
    title: "доля отметок «2» выше, чем в остальных школах",
    rule: "q не больше 10 %, разность не меньше 8 п.п., участников не меньше 10; точный критерий (гипергеометрический)",
    thresholds: &["S02.difference", "S02.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "зона внимания, а не оценка школы; в малой школе заметны только большие отличия",
};

pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let value = |id: &str| settings.thresholds.value(id);
    let mut found = Vec::new();
    for school in settings.schools {
        let row = measures
            .comparisons
            .iter()
            .find(|row| row.level == Level::School && row.group == *school && row.measure == "share_of_2");
        let Some(row) = row else { continue };
        let (Some(share), Some(reference), Some(q)) = (row.value, row.reference, row.q) else { continue };
        findings.checked += 1;
        let enough = value("S02.participants") <= crate::model::unit::as_f64(row.n);
        if !enough || value("tests.q") < q * 100.0 || share.minus(reference).0 < value("S02.difference") {
            continue;
        }
        findings.fired += 1;
        let mut one = finding(&SIGN, measures, (Level::School, school), Matter::Work);
        one.status = Status::Probable;
        one.severity.clone_from(&row.funnel);
        one.value = Some(share.0);
        one.threshold = Some(value("S02.difference"));
        one.threshold_source = settings.thresholds.get("S02.difference").source();
        one.n = row.n;
        one.p = row.p;
        one.q = row.q;
        one.text = format!(
            "{}: доля отметок «2» — {} ({} из {}); в остальных школах муниципалитета — {}. Отличие {}.",
            settings.name(school),
            number::percent(share, row.n),
            number::count(row.k),
            number::count(row.n),
            number::percent(reference, row.n_reference),
            difference_word(&row.funnel),
        );
        found.push(one);
    }
    findings.findings.extend(found);
}
