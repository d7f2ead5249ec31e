//! Bands of the test score (ЕГЭ).

use super::super::census::{Census, ResultKind};
use srez_model::measures::{BandsRow, Interval, MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::tally::Tally;
use srez_model::unit::{MeanScore, Percent};
use srez_statistics::wilson;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "ege-bands",
    told: ToldIn::Text,
    of: MeasuredOf::TestScores,
    title: "Группы по тестовому баллу ЕГЭ",
    columns: &[
        "bands.below_min",
        "bands.from_min_to_60",
        "bands.from_61_to_80",
        "bands.from_81_to_100",
        "bands.mean_test",
        "bands.sd_test",
    ],
    unit: "чел., %, балл",
    plain: "доли участников с тестовым баллом ниже минимального, от минимального до 60, от 61 до 80 и от 81 до 100",
    formula: "доли участников ниже минимального балла, от минимального до 60, от 61 до 80, от 81 до 100 \
              по принятому тестовому баллу; минимальный балл входит во вторую группу",
    degenerate: "работа с отметками или минимальный балл года неизвестен — таблица пуста",
    source: "шаблон статистико-аналитического отчёта; минимум — по шкале года",
};

/// One row per group; none if the exam has marks or its minimum is unknown.
pub(crate) fn rows(tally: &Tally, census: &Census) -> Vec<BandsRow> {
    let ResultKind::Test(Some(_)) = census.kind else { return Vec::new() };
    let groups = tally.groups.iter().zip(&census.groups);
    groups
        .map(|(group, counts)| BandsRow {
            level: group.level,
            group: group.name.clone(),
            n: counts.results.n,
            by_band: counts.by_category,
            best: best(counts.by_category[3], counts.results.n),
            mean_test: counts.results.mean().map(MeanScore),
            sd_test: counts.results.deviation(),
        })
        .collect()
}

/// Share of 81 to 100 with its interval.
fn best(count: u64, n: u64) -> Option<Interval> {
    let (low, high) = wilson::from_counts(count, n)?;
    Some(Interval { value: Percent::of(count, n)?, low: Percent(100.0 * low), high: Percent(100.0 * high) })
}
