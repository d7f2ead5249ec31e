//! Scores bunching at the cuts of the marks: the municipality against its own smooth curve, then its schools.

use super::super::bunching::{Exam, groups, schools};
use super::super::census::Census;
use super::super::settings::{Settings, family};
use srez_model::check::CheckState;
use srez_model::measures::{BoundaryRow, MeasureDefinition, MeasuredOf, Measures, ScoreKind, ScoreRow, ToldIn};
use srez_model::tally::Tally;
use srez_statistics::benjamini_hochberg;
use std::collections::BTreeMap;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "boundary-bunching",
    told: ToldIn::Text,
    of: MeasuredOf::Checks,
    title: "Скопление работ у границ отметок",
    columns: &["boundaries.moved", "boundaries.excess", "boundaries.p", "boundaries.q", "scores.expected"],
    unit: "доля, вероятность",
    plain: "сколько работ получили ровно балл границы отметки и сколько их было бы, если бы баллы распределялись \
            плавно; больше ожидаемого — повод уточнить, а не вывод",
    formula: "через числа работ с каждым баллом муниципалитета проводится плавная кривая (пуассоновская регрессия на \
              многочлены Лежандра степени 5, 4 или 3) без баллов c − 1 и c каждой границы c; по ней ожидаемая доля π \
              балла c среди работ с баллами c − 1 и c. Муниципалитет: доля сдвинутых работ λ = Σ(n(c) − N·π) / \
              ΣN·(1 − π), её интервал и одностороннее p по закону Стьюдента с учётом ошибки кривой и сверхразброса; \
              то же без школы с наибольшим скоплением. Школа: логит π с поправкой (средний балл школы − средний) / \
              дисперсия внутри школ; превышение e = Σ(n(c) − N·π) / ΣN против распределения e остальных школ, которое \
              включает и случайность, и то, насколько школы расходятся между собой; q — поправка Бенджамини — \
              Хохберга",
    degenerate: "границы неизвестны или ближе двух баллов друг к другу, баллов вне границ меньше восьми, у границ нет \
                 работ, работ или школ мало — не проверяется, причина в reason",
    source: "Chetty, Friedman, Olsen, Pistaferri 2011; Kleven 2016; Dee, Dobbie, Jacob, Rockoff 2019; возможный \
             маркер, требует дополнительного анализа",
};

/// Rows of every group and school that have participants, sorted; the smooth curve enters the scores of groups.
pub(crate) fn rows(settings: &Settings, tally: &Tally, census: &Census, scores: &mut [ScoreRow]) -> Vec<BoundaryRow> {
    let exam = Exam::new(settings, tally, census);
    let mut rows = Vec::new();
    for group in exam.groups(tally, census) {
        let found = groups::test(settings, &exam, &group);
        for score in scores.iter_mut() {
            if (score.level, score.group.as_str(), score.kind) == (group.level, group.name, ScoreKind::Primary) {
                score.expected = found.curve.as_ref().map(|curve| libm::exp(curve.eta(usize::from(score.score))));
            }
        }
        rows.extend(found.rows);
    }
    rows.extend(schools::test(settings, &exam));
    rows.sort_by(|left, right| (left.level, &left.group).cmp(&(right.level, &right.group)));
    rows
}

/// Adjusts the p of the schools over all exams of a procedure and year, and judges.
pub(crate) fn adjust(settings: &Settings, all: &mut [Measures]) {
    let mut families: BTreeMap<String, Vec<&mut BoundaryRow>> = BTreeMap::new();
    for measures in all {
        let family = families.entry(family("S05", &measures.exam.key)).or_default();
        // Groups of schools have an excess of their own and none of others.
        family.extend(measures.boundaries.iter_mut().filter(|row| row.excess_others.is_some() && row.p.is_some()));
    }
    for mut tests in families.into_values() {
        let p: Vec<f64> = tests.iter().filter_map(|row| row.p).collect();
        for (row, q) in tests.iter_mut().zip(benjamini_hochberg::adjusted(&p)) {
            row.q = Some(q);
            row.state = Some(judged(settings, row, q));
        }
    }
}

fn judged(settings: &Settings, row: &BoundaryRow, q: f64) -> CheckState {
    let size = settings.thresholds.value("S05.excess") / 100.0;
    let beyond = row.excess.unwrap_or(0.0) - row.excess_others.unwrap_or(0.0);
    // As far as a finding of twice the size would have been seen.
    let is_distinct = row.detectable.is_some_and(|least| least <= 2.0 * size);
    match (q <= settings.greatest_q() && size <= beyond, is_distinct) {
        (true, _) => CheckState::Found,
        (false, true) => CheckState::NotFound,
        (false, false) => CheckState::Indistinct,
    }
}
