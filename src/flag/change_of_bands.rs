//! F26: ЕГЭ against the years before: four groups of test scores and the mean.

use super::{Settings, finding};
use crate::model::finding::{Findings, Matter, SignDefinition, Status};
use crate::model::measures::{DynamicsRow, Measures};
use crate::model::threshold::SourceTag;
use crate::wording::{number, text};

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "F26",
    title: "ЕГЭ: изменение пяти показателей к прошлому году",
    rule: "разность с прошлым годом доли четырёх групп по тестовому баллу и среднего тестового балла; называются все пять",
    thresholds: &[],
    tag: SourceTag::OfficialTranscript,
    caution: "годы сопоставимы только при той же спецификации; экзамен сдают разные ученики",
};

/// Names in the table of dynamics, and words.
const MEASURES: [(&str, &str); 5] = [
    ("below_min_pct", "ниже минимального балла"),
    ("from_min_to_60_pct", "от минимального до 60"),
    ("from_61_to_80_pct", "от 61 до 80"),
    ("from_81_to_100_pct", "от 81 до 100"),
    ("mean_test", "средний тестовый балл"),
];

pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    if !measures.exam.has_test_scores() {
        return;
    }
    let (level, group) = &settings.focus;
    let rows = measures.dynamics_of(*level, group);
    let row = |measure: &str| rows.iter().find(|row| row.measure == measure);
    let Some(first) = row("mean_test") else { return };
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.n = first.n.0;
    found.value = first.difference;
    let words: Vec<String> =
        MEASURES.iter().filter_map(|(measure, title)| Some(format!("{title} — {}", change(row(measure)?)?))).collect();
    if words.len() == MEASURES.len() {
        found.text = format!("К прошлому году: {}.", text::list(&words));
    } else {
        found.status = Status::NoData;
        found.text = format!("Сравнение с прошлым годом не проводится: {}.", first.reason);
    }
    findings.findings.push(found);
}

/// «на 2,1 п.п. больше», «без изменений».
fn change(row: &DynamicsRow) -> Option<String> {
    let difference = row.difference.filter(|_| row.comparable)?;
    let rounded = number::rounded(difference, 1);
    if rounded == 0.0 {
        return Some("без изменений".to_owned());
    }
    let unit = if row.measure == "mean_test" { "балла" } else { "п.п." };
    let word = if 0.0 < rounded { "больше" } else { "меньше" };
    Some(format!("на {}\u{a0}{unit} {word}", number::decimal(rounded.abs(), 1)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Scene, change};

    #[test]
    fn five_changes_or_the_reason_why_there_are_none() {
        let text = |comparable: bool| {
            let mut scene = Scene::ege();
            scene.dynamics = super::MEASURES.iter().map(|(measure, _)| change(measure, comparable)).collect();
            scene.dynamics.sort_by(|left, right| left.measure.cmp(&right.measure));
            let findings = scene.flagged();
            findings.findings.into_iter().find(|one| one.sign == "F26").unwrap().text.replace('\u{a0}', " ")
        };
        assert!(
            text(true).contains("от 81 до 100 — на 12,0 п.п. больше и средний тестовый балл — на 12,0 балла больше"),
            "{}",
            text(true)
        );
        assert!(text(false).starts_with("Сравнение с прошлым годом не проводится"));
        assert!(Scene::ege().flagged().findings.iter().all(|one| one.sign != "F26"), "no year before");
    }
}
