//! F03: the share of «2» against the year before, with the threshold and the test side by side.

use crate::{Entry, Found, Settings, finding};
use srez_model::compared::MeasureId;
use srez_model::finding::{Finding, Matter, Said, Status};
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, PercentagePoints};
use srez_wording::{number, rule};

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F03"),
    title: "рост доли отметок «2» к прошлому году",
    rule: "рост на {F03.rise} п.п. и более — отрицательная динамика (порог ФИОКО); рядом стоит, может ли рост быть \
           случайным: интервал изменения по школам содержит ноль",
    thresholds: &["F03.rise"],
    tag: SourceTag::OfficialTranscript,
    caution: "годы сравниваются, только если шкала и задания те же; одинаковая спецификация — не одинаковая трудность",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::WhereRisen,
    value: ValueOf::Other,
    year_before: YearBefore::ComparesYears,
    cause: Cause::Own,
    evidence: Evidence::LowShareOverYears,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::OverExams(find) };

/// Findings with the place of their exam; the tests of all exams are one family.
fn find(settings: &Settings<'_>, all: &[Measures]) -> Vec<(usize, Finding)> {
    let Group { level, name: group } = &settings.focus;
    let rows: Vec<Option<&DynamicsRow>> = all
        .iter()
        .map(|measures| {
            measures
                .dynamics
                .iter()
                .find(|row| row.level == *level && row.group == *group && row.measure == MeasureId::ShareOfTwo)
        })
        .collect();
    let tested: Vec<f64> = rows.iter().flatten().filter(|row| row.comparable).filter_map(|row| row.p).collect();
    let adjusted = srez_statistics::benjamini_hochberg::adjusted(&tested);
    let mut adjusted = adjusted.into_iter();
    rows.iter()
        .zip(all)
        .enumerate()
        .filter_map(|(place, (row, measures))| {
            let row = (*row)?;
            let q = if row.comparable && row.p.is_some() { adjusted.next() } else { None };
            Some((place, of_row(settings, measures, row, q)))
        })
        .collect()
}

/// How the region changed beside it, so that nobody takes an easier paper for a better school.
fn region_words(change: Option<f64>) -> String {
    let Some(change) = change else { return "изменение региона неизвестно".to_owned() };
    let size = number::percentage_points(PercentagePoints(change), 1, false);
    match number::rounded(change, 1) {
        0.0 => "в регионе без изменений".to_owned(),
        change if change < 0.0 => format!("в регионе снижение на\u{a0}{size}"),
        _ => format!("в регионе рост на\u{a0}{size}"),
    }
}

fn of_row(settings: &Settings<'_>, measures: &Measures, row: &DynamicsRow, q: Option<f64>) -> Finding {
    let Group { level, name: group } = &settings.focus;
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    let threshold = settings.thresholds.value("F03.rise");
    found.threshold = Some(threshold);
    found.threshold_source = settings.thresholds.get("F03.rise").source();
    found.unit.clone_from(&settings.thresholds.get("F03.rise").unit);
    found.n = row.n.0;
    found.p = row.p;
    found.q = q;
    found.value = row.difference;
    let (Some(now), Some(before), Some(difference), true) = (row.now, row.before, row.difference, row.comparable)
    else {
        found.status = Status::NoData;
        let why = row.reason.trim_start_matches("несопоставимо: ");
        found.said = Said::sentence(format!("Сравнение с прошлым годом не проводится: {why}."));
        return found;
    };
    // The interval over whole schools decides; q over all works stands in the table.
    let confirmed = row.interval.is_some_and(|(low, high)| 0.0 < low || high < 0.0);
    let points = number::by_percentage_points(PercentagePoints(difference.abs()), row.n.0, row.n.1);
    let years = format!(
        "было {}, стало {}; {}",
        number::percent(Percent(before), row.n.1),
        number::percent(Percent(now), row.n.0),
        region_words(row.reference_change)
    );
    found.status = if confirmed { Status::Probable } else { Status::Fact };
    let text = if threshold <= difference {
        let word = if confirmed { "подтверждается" } else { "может быть случайным" };
        let limit = rule::plain(threshold);
        format!("Доля отметок «2» выросла на {points} ({years}); порог ФИОКО {limit} п.п. превышен, изменение {word}.")
    } else if confirmed && difference > 0.0 {
        format!(
            "Доля отметок «2» выросла на {points} ({years}); порог не достигнут, изменение \
             подтверждается."
        )
    } else if confirmed && difference < 0.0 {
        format!("Доля отметок «2» снизилась на {points} ({years}); изменение подтверждается.")
    } else {
        found.status = Status::Checked;
        let word = match row.interval {
            Some((low, high)) if high - low <= 2.0 * settings.thresholds.value("gap.size") => "не выявлено",
            Some(_) => "по этим данным не различить",
            None => "не проверялось",
        };
        format!("Доля отметок «2»: изменение к прошлому году {word} ({years}).")
    };
    found.said = Said::sentence(text);
    found
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, change};
    use srez_model::compared::MeasureId;
    use srez_model::finding::Status;
    use srez_model::measures::DynamicsRow;

    fn said(difference: f64, interval: Option<(f64, f64)>) -> (String, Status) {
        let mut scene = Scene::default();
        scene.dynamics =
            vec![DynamicsRow { difference: Some(difference), interval, ..change(MeasureId::ShareOfTwo, true) }];
        let found = scene.flagged().findings.into_iter().find(|one| one.sign.id == "F03").unwrap();
        (found.text().replace('\u{a0}', " "), found.status)
    }

    #[test]
    fn the_interval_over_schools_says_whether_a_rise_may_be_chance() {
        let (sure, status) = said(12.0, Some((3.0, 21.0)));
        assert!(sure.ends_with("порог ФИОКО 10 п.п. превышен, изменение подтверждается."), "{sure}");
        assert_eq!(status, Status::Probable);
        let (chance, status) = said(12.0, Some((-1.0, 25.0)));
        assert!(chance.ends_with("превышен, изменение может быть случайным."), "{chance}");
        assert_eq!(status, Status::Fact);
        let (small, _) = said(5.0, Some((1.0, 9.0)));
        assert!(small.ends_with("порог не достигнут, изменение подтверждается."), "{small}");
    }

    #[test]
    fn what_cannot_be_seen_is_not_said_to_be_absent() {
        assert!(said(1.0, Some((-2.5, 4.5))).0.contains("не выявлено"));
        let (unclear, status) = said(1.0, Some((-9.0, 11.0)));
        assert!(unclear.contains("по этим данным не различить") && status == Status::Checked, "{unclear}");
        assert!(said(1.0, None).0.contains("не проверялось"));
    }
}
