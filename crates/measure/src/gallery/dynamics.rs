//! Change against an earlier year, behind the gate of comparability.

use super::super::over_years::city;
use super::super::over_years::comparability::gate;
use super::super::over_years::distance::TwoYears;
use super::super::over_years::reading::{BANDS, MARKS};
use super::super::over_years::row::row;
use super::super::settings::Settings;
use srez_model::assessment::Exam;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::level::Level;
use srez_model::measures::{Drift, DynamicsRow, MeasureDefinition, MeasuredOf, Measures, ToldIn};
use srez_model::unit::as_f64;
use std::cmp::Reverse;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "dynamics",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Динамика",
    columns: &[
        "dynamics.difference",
        "dynamics.low",
        "dynamics.high",
        "dynamics.reference_change",
        "dynamics.distance_change",
        "dynamics.distance_low",
        "dynamics.distance_high",
        "dynamics.drift",
        "dynamics.drift_sure",
        "dynamics.drift_usual",
    ],
    unit: "п.п., отметка, балл",
    plain: "значение этого года минус значение прошлого, и только там, где шкала, задания и охват сопоставимы; \
            рядом — изменение региона",
    formula: "значение этого года − значение прошлого; интервал муниципалитета 95 % — по школам, которые есть в обоих \
              годах: e = u₁(y₁ − Y₁) − u₀(y₀ − Y₀), u — доля школы среди участников года, V = I/(I − 1) · Σe², \
              распределение Стьюдента с эффективным числом школ без единицы (если оно меньше 5 — обычное изменение \
              школ за год по модели), доли не точнее случайности участников; у школы \
              вместо интервала разности — её изменение сверх остальных (drift); сравнивается только сопоставимое: те \
              же \
              шкала и условия (для отметок), те же коды содержания или планируемый результат, максимум и уровень (для \
              заданий и умений), тот же максимальный балл и та же шкала \
              (для балла), участников достаточно, охват высок и почти одинаков (числа — в таблице порогов); рядом — \
              расстояние до региона (для школы — до остальных школ) в каждом году и его изменение. Школа среди школ \
              (drift): d — разность значений двух лет, доли — углами arcsin √((k + 3/8)/(n + 3/4)) с дисперсией 1/(4n1 \
              + 2) + 1/(4n0 + 2), средние — как есть, σ²(1/n1 + 1/n0); модель школ без классов: разность школы и \
              остальных, сжатая к ним, её интервал 95 % и вероятность, что она не меньше порога; обычное изменение \
              школы за год — √E τ²; p — место школы в законе, который предсказывают остальные",
    degenerate: "годы несопоставимы — показаны оба значения без разности, с причиной, и расстояние до региона; школа \
                 одна — сравнить не с чем; меньше 6 школ — обычное ли изменение, не проверяется",
    source: "Cochran 1977; Anscombe 1948; Gelman 2006; ФИОКО 2026, с. 19: годы сравниваются при \
             одинаковых кодификаторе и умениях",
};

/// Rows of one exam against the same exam of an earlier year: marks or bands, the whole work and skills of all,
/// municipalities and schools, tasks of all and municipalities.
///
/// Both values are given even where the gate is closed; a difference only if it is open. A group that did not exist
/// before has no `before`. Empty if the exams are not the same.
pub fn dynamics(settings: &Settings, now: &Measures, before: &Measures) -> Vec<DynamicsRow> {
    let key = &now.exam.key;
    let same = key.year != before.exam.key.year && key.id_without_year() == before.exam.key.id_without_year();
    if !same || key.grade != before.exam.key.grade {
        return Vec::new();
    }
    let homes = settings.municipalities();
    let mut rows = Vec::new();
    for measure in measures_of(now) {
        let years = TwoYears::new(settings, &homes, now, before, (&measure, &measure));
        let levels: &[Level] = if let MeasureId::Task(_) = measure {
            &[Level::All, Level::Municipality]
        } else {
            &[Level::All, Level::Municipality, Level::School]
        };
        for group in now.marks.iter().filter(|row| levels.contains(&row.level)) {
            let (level, group) = (group.level, group.group.as_str());
            let gate = gate(&settings.thresholds, now, before, (level, group), &measure);
            let mut row = row(&years, level, (group, group), measure.clone(), &before.exam.key, gate);
            if let Some(row) = &mut row {
                city::fill(settings, (now, before), row);
            }
            rows.extend(row);
        }
    }
    rows
}

/// Changes of the share of low results of schools against the nearest earlier year that can be compared, where both
/// years have enough participants: one family of tests.
pub(crate) fn low_results<'a>(
    settings: &Settings,
    exam: &Exam,
    rows: &'a mut [DynamicsRow],
) -> impl Iterator<Item = &'a mut Drift> {
    let measure = LowResult::of_exam(exam).over_years();
    let fewest = settings.thresholds.value("S04.participants");
    let rows = rows.iter_mut().filter(move |row| row.level == Level::School && row.measure == measure);
    let mut last = String::new();
    rows.filter_map(move |row| {
        let is_nearest = row.group != last;
        last.clone_from(&row.group);
        let is_tested = is_nearest && row.comparable && fewest <= as_f64(row.n.0.min(row.n.1));
        row.drift.as_mut().filter(|_| is_tested)
    })
}

/// Puts the rows of an exam in the order of the table: the nearest earlier exam first.
pub fn sort(rows: &mut [DynamicsRow]) {
    let key = |row: &DynamicsRow| (row.level, row.group.clone(), row.measure.clone(), Reverse(row.before_exam.clone()));
    rows.sort_by_cached_key(key);
}

/// Measures of an exam.
fn measures_of(measures: &Measures) -> Vec<MeasureId> {
    let mut names = if measures.bands.is_empty() { MARKS.to_vec() } else { BANDS.to_vec() };
    names.push(MeasureId::Total);
    names.extend(measures.exam.tasks.iter().map(|task| MeasureId::task(&task.id)));
    names.extend(measures.skills_of(Level::All, "").map(|row| MeasureId::skill(&row.title)));
    names
}
