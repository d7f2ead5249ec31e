//! How good a school's data are: four parts, each a share of its own points.

use srez_model::data_quality::{PartScore, QualityCounts, QualityPart, QualityScore};
use srez_model::measures::{MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::threshold::Thresholds;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "data-quality-score",
    told: ToldIn::Text,
    of: MeasuredOf::Run,
    title: "Балл качества данных",
    columns: &[
        "data_quality.completeness",
        "data_quality.cells",
        "data_quality.identity",
        "data_quality.timeliness",
        "data_quality.score",
    ],
    unit: "баллов из 100",
    plain: "насколько присланное полно, верно заполнено, опознаётся без вопросов и пришло в срок; о знаниях учеников \
            он не говорит",
    formula: "каждая часть — её вес, умноженный на долю. Полнота: работы с результатами / ожидаемые работы; ячейки: \
              строки участников без замечания о потерянном или заменённом значении / строки участников; идентификация: \
              файлы, в которых школа, работа, класс и участники взяты без замечаний, / файлы; срок: работы, пришедшие \
              в срок, / работы, срок которых наступил. Части округляются до десятых вниз, балл — их сумма; у \
              муниципалитета складываются работы, строки и файлы школ, а не баллы. Веса и то, какая работа ожидается, \
              — пороги quality.* и раздел [due] конвейера",
    degenerate: "часть, для которой нечего считать (нет ожидаемых работ, строк, файлов или срока), не вычисляется; \
                 балл тогда — доля достижимых баллов: сумма вычисленных частей / сумма их весов · 100; ни одной части \
                 — нет и балла",
    source: "правило программы",
};

/// The score of these counts.
pub fn score(thresholds: &Thresholds, counts: QualityCounts) -> QualityScore {
    let parts = QualityPart::ALL.map(|part| {
        let (good, whole, reason) = part_of(part, &counts);
        let most = tenths_of(thresholds.value(&format!("quality.{}", part.id())));
        let tenths = share_of(most, good, whole);
        PartScore { part, most, tenths, reason: if tenths.is_some() { "" } else { reason } }
    });
    let computed = || parts.iter().filter_map(|part| Some((part.tenths?, part.most)));
    let within_reach = computed().map(|(_, most)| most).sum();
    let reached = computed().map(|(tenths, _)| tenths).sum();
    // If all parts count, they make a hundred, and the score is their exact sum.
    QualityScore {
        counts,
        parts,
        within_reach,
        most: parts.iter().map(|part| part.most).sum(),
        tenths: share_of(1000, reached, within_reach),
    }
}

/// How many are good, of how many, and why there are none.
fn part_of(part: QualityPart, counts: &QualityCounts) -> (u64, u64, &'static str) {
    match part {
        QualityPart::Completeness => (counts.present, counts.expected, "ожидаемых работ нет"),
        QualityPart::Cells => (
            counts.rows.saturating_sub(counts.faulty_rows),
            counts.rows,
            "строк, которые входят в балл, в этот раз нет",
        ),
        QualityPart::Identity => {
            (counts.identified_files, counts.files, "файлов, которые входят в балл, в этот раз нет")
        }
        QualityPart::Timeliness => {
            let reason = if counts.undated > 0 {
                "работы пришли между двумя проверками, и в срок ли, сказать нельзя"
            } else if counts.awaited > 0 {
                "срок сдачи ещё не наступил"
            } else {
                "срок сдачи не задан"
            };
            (counts.in_time, counts.due, reason)
        }
    }
}

/// A weight of the registry in tenths.
fn tenths_of(weight: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of points, not below zero")]
    let tenths = (weight.max(0.0) * 10.0).round() as u64;
    tenths
}

/// The one place that divides and rounds: the share of the points, rounded down, so that only faultless data get all of
/// them; none if there is nothing to count.
fn share_of(most: u64, good: u64, whole: u64) -> Option<u64> {
    (most * good).checked_div(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_config::thresholds::built_in;

    fn score_of(counts: QualityCounts) -> QualityScore {
        score(&built_in().unwrap(), counts)
    }

    fn tenths(score: &QualityScore) -> [Option<u64>; 4] {
        score.parts.map(|part| part.tenths)
    }

    const WHOLE: QualityCounts = QualityCounts {
        expected: 12,
        present: 11,
        rows: 300,
        faulty_rows: 7,
        files: 3,
        identified_files: 2,
        due: 8,
        in_time: 5,
        undated: 0,
        awaited: 0,
    };

    #[test]
    fn parts_are_shares_of_their_points_and_add_up() {
        // 40 · 11/12 = 36,67; 30 · 293/300 = 29,3; 20 · 2/3 = 13,33; 10 · 5/8 = 6,25.
        let score = score_of(WHOLE);
        assert_eq!(tenths(&score), [Some(366), Some(293), Some(133), Some(62)]);
        assert_eq!((score.tenths, score.within_reach, score.most), (Some(854), 1000, 1000));
    }

    #[test]
    fn the_ends_of_the_scale_are_reached() {
        let best = QualityCounts { present: 12, faulty_rows: 0, identified_files: 3, in_time: 8, ..WHOLE };
        let worst = QualityCounts { present: 0, faulty_rows: 300, identified_files: 0, in_time: 0, ..WHOLE };
        assert_eq!((score_of(best).tenths, score_of(worst).tenths), (Some(1000), Some(0)));
        let nearly = QualityCounts { rows: 100_000, faulty_rows: 1, ..best };
        assert_eq!(score_of(nearly).tenths, Some(999), "one wrong row of very many is not nothing");
    }

    #[test]
    fn a_part_without_anything_to_count_is_left_out_and_says_why() {
        // 36,6 + 29,3 + 13,3 = 79,2 of 90: 88.
        let undue = score_of(QualityCounts { due: 0, in_time: 0, ..WHOLE });
        assert_eq!((undue.tenths, undue.within_reach), (Some(880), 900));
        assert_eq!(undue.parts[3].reason, "срок сдачи не задан");
        let none_came = score_of(QualityCounts { expected: 4, ..QualityCounts::default() });
        assert_eq!(tenths(&none_came), [Some(0), None, None, None]);
        assert_eq!((none_came.tenths, none_came.within_reach), (Some(0), 400));
        let nothing = score_of(QualityCounts::default());
        assert_eq!((nothing.tenths, nothing.within_reach), (None, 0));
        assert!(nothing.parts.iter().all(|part| !part.reason.is_empty()));
        let of_time = |undated, awaited| {
            score_of(QualityCounts { due: 0, in_time: 0, undated, awaited, ..WHOLE }).parts[3].reason.to_owned()
        };
        assert!(of_time(1, 1).contains("между двумя проверками") && of_time(0, 1).contains("не наступил"));
    }

    #[test]
    fn scores_of_other_parts_are_not_compared() {
        let now = score_of(WHOLE);
        let before = score_of(QualityCounts { present: 10, ..WHOLE });
        assert_eq!(now.change_since(&before), Some(3.3));
        assert_eq!(before.change_since(&now), Some(-3.3));
        assert_eq!(now.change_since(&score_of(QualityCounts { due: 0, ..WHOLE })), None);
    }

    #[test]
    fn own_weights_need_not_make_a_hundred() {
        let mut thresholds = built_in().unwrap();
        thresholds.entries.get_mut("quality.timeliness").unwrap().value = 0.0;
        // 36,6 + 29,3 + 13,3 of 90, and the part without points is 0.
        let score = score(&thresholds, WHOLE);
        assert_eq!((score.tenths, score.parts[3].tenths), (Some(880), Some(0)));
    }
}
