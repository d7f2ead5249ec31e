//! F04: marks of the work that differ from the journal by two or more.

use super::{Settings, finding};
use srez_model::finding::{Findings, Matter, SignDefinition, Status};
use srez_model::measures::Measures;
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::Percent;
use srez_wording::number;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "F04",
    title: "расхождение с отметкой по журналу на две и более",
    rule: "анализируются участники, у которых отметка за работу отличается от журнальной на {F04.gap} и более",
    thresholds: &["F04.gap"],
    tag: SourceTag::OfficialTranscript,
    caution: "расхождение — повод для разбора, а не вывод об объективности",
};

pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let Some(row) = measures.journal_of(*level, group).filter(|row| 0 < row.n) else { return };
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.n = row.n;
    found.value = Percent::of(row.gap2, row.n).map(|share| share.0);
    found.threshold = Some(settings.thresholds.value("F04.gap"));
    found.threshold_source = settings.thresholds.get("F04.gap").source();
    if row.gap2 == 0 {
        found.status = Status::Checked;
        found.text = "Расхождений с журналом в 2 и более отметки нет.".to_owned();
    } else {
        found.text =
            format!("Расхождение отметки за работу с журнальной на 2 и более: {} чел.", number::count(row.gap2));
    }
    findings.findings.push(found);
}
