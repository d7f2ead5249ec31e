//! F26: ЕГЭ against the years before: four groups of test scores and the mean.

use crate::{Entry, Found, Settings, finding};
use srez_model::assessment::ExamKey;
use srez_model::band::Band;
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_wording::{number, text};

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F26"),
    title: "ЕГЭ: изменение пяти показателей к прошлым годам",
    rule: "разность с каждым из прошлых лет, что есть в хранилище (до пяти), доли четырёх групп по тестовому баллу и \
           среднего тестового балла; называются все пять; изменение может быть случайным, если интервал по школам \
           содержит ноль",
    thresholds: &[],
    tag: SourceTag::OfficialTranscript,
    caution: "годы сопоставимы только при той же спецификации; экзамен сдают разные ученики",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::ComparesYears,
    cause: Cause::Own,
    evidence: Evidence::BandsOverYears,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

/// Measures in the table of dynamics, and words.
const MEASURES: [(MeasureId, &str); 5] = [
    named(Band::BelowMinimum),
    named(Band::UpTo60),
    named(Band::UpTo80),
    named(Band::UpTo100),
    (MeasureId::MeanTest, "средний тестовый балл"),
];

const fn named(band: Band) -> (MeasureId, &'static str) {
    (MeasureId::BandOverYears(band), band.title())
}

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    if !measures.exam.has_test_scores() {
        return;
    }
    let Group { level, name: group } = &settings.focus;
    let rows = measures.dynamics_of(*level, group);
    // The nearest year stands first.
    let exams: Vec<&ExamKey> =
        rows.iter().filter(|row| row.measure == MeasureId::MeanTest).map(|row| &row.before_exam).collect();
    let Some(nearest) = exams.first().and_then(|exam| of(rows, exam, &MeasureId::MeanTest)) else { return };
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.n = nearest.n.0;
    found.value = nearest.difference;
    let (mut compared, mut closed) = (Vec::new(), Vec::new());
    for exam in exams {
        let words: Vec<String> = MEASURES
            .iter()
            .filter_map(|(measure, title)| Some(format!("{title} — {}", change(of(rows, exam, measure)?)?)))
            .collect();
        if words.len() == MEASURES.len() {
            compared.push(format!("К {} году: {}.", exam.year, text::list(&words)));
        } else {
            let why = of(rows, exam, &MeasureId::MeanTest).map_or("", |row| row.reason.as_str());
            closed.push(format!("Сравнение с {} годом не проводится: {why}.", exam.year));
        }
    }
    if compared.is_empty() {
        found.status = Status::NoData;
        found.said = Said::sentence(closed.join(" "));
    } else {
        found.said = Said::sentence(compared.join(" "));
    }
    findings.findings.push(found);
}

/// Row of a measure against one earlier exam.
fn of<'a>(rows: &'a [DynamicsRow], exam: &ExamKey, measure: &MeasureId) -> Option<&'a DynamicsRow> {
    rows.iter().find(|row| row.before_exam == *exam && row.measure == *measure)
}

/// «на 2,1 п.п. больше», «без изменений».
fn change(row: &DynamicsRow) -> Option<String> {
    let difference = row.difference.filter(|_| row.comparable)?;
    let rounded = number::rounded(difference, 1);
    if rounded == 0.0 {
        return Some("без изменений".to_owned());
    }
    let unit = if row.measure == MeasureId::MeanTest { "балла" } else { "п.п." };
    let word = if rounded > 0.0 { "больше" } else { "меньше" };
    let by_chance = row.interval.is_some_and(|(low, high)| low <= 0.0 && 0.0 <= high);
    let doubt = if by_chance { " (может быть случайным)" } else { "" };
    Some(format!("на {}\u{a0}{unit} {word}{doubt}", number::decimal(rounded.abs(), 1)))
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, change};
    use srez_model::compared::MeasureId;
    use srez_model::measures::DynamicsRow;

    #[test]
    fn five_changes_to_every_year_or_the_reason_why_there_are_none() {
        let text = |years: &[(u16, bool)]| {
            let mut scene = Scene::ege();
            for (measure, _) in super::MEASURES {
                scene.dynamics.extend(years.iter().map(|(year, comparable)| DynamicsRow {
                    before_exam: format!("ege-{year}-math-profile").parse().unwrap(),
                    ..change(measure.clone(), *comparable)
                }));
            }
            // As the table stands: by measure, then the nearest year first.
            scene.dynamics.sort_by(|left, right| {
                left.measure.cmp(&right.measure).then_with(|| right.before_exam.cmp(&left.before_exam))
            });
            let findings = scene.flagged();
            findings.findings.into_iter().find(|one| one.sign.id == "F26").unwrap().text().replace('\u{a0}', " ")
        };
        let both = text(&[(2025, true), (2024, true)]);
        assert!(both.starts_with("К 2025 году: ") && both.contains(". К 2024 году: "), "{both}");
        assert!(
            both.contains("от 81 до 100 — на 12,0 п.п. больше и средний тестовый балл — на 12,0 балла больше"),
            "{both}"
        );
        assert!(text(&[(2025, false)]).starts_with("Сравнение с 2025 годом не проводится"));
        let mixed = text(&[(2025, true), (2024, false)]);
        assert!(mixed.starts_with("К 2025 году: ") && !mixed.contains("2024"), "{mixed}");
        assert!(Scene::ege().flagged().findings.iter().all(|one| one.sign.id != "F26"), "no year before");
    }

    #[test]
    fn a_change_whose_interval_holds_nothing_may_be_chance() {
        let mut scene = Scene::ege();
        let row = |(place, (measure, _)): (usize, &(MeasureId, &str))| DynamicsRow {
            before_exam: "ege-2025-math-profile".parse().unwrap(),
            interval: Some(if place == 0 { (-2.0, 26.0) } else { (2.0, 22.0) }),
            ..change(measure.clone(), true)
        };
        scene.dynamics = super::MEASURES.iter().enumerate().map(row).collect();
        scene.dynamics.sort_by(|left, right| left.measure.cmp(&right.measure));
        let text = scene.flagged().findings.into_iter().find(|one| one.sign.id == "F26").unwrap().text();
        assert_eq!(text.matches("может быть случайным").count(), 1, "{text}");
    }
}
