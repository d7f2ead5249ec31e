//! Change against an earlier year, behind the gate of comparability.

use super::super::over_years::comparability::gate;
use super::super::over_years::distance::TwoYears;
use super::super::over_years::reading::{BANDS, MARKS};
use super::super::over_years::row::row;
use super::super::settings::Settings;
use srez_model::compared::{SKILL, TASK, TOTAL};
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, MeasureDefinition, Measures};
use std::cmp::Reverse;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "dynamics",
    title: "Динамика",
    columns: &[
        "dynamics.difference",
        "dynamics.low",
        "dynamics.high",
        "dynamics.reference_change",
        "dynamics.distance_change",
        "dynamics.distance_low",
        "dynamics.distance_high",
    ],
    unit: "п.п., отметка, балл",
    plain: "значение этого года минус значение прошлого, и только там, где шкала, задания и охват сопоставимы; \
            рядом — изменение региона",
    formula: "значение этого года − значение прошлого; интервал Ньюкомба 95 % для долей, нормальный 95 % для средних; \
              сравнивается только сопоставимое: те же шкала и условия (для отметок), те же коды содержания или \
              планируемый результат, максимум и уровень (для заданий и умений), тот же максимальный балл и та же шкала \
              (для балла), участников в обоих годах не меньше 100, охват не ниже 80 % и отличается не больше чем на \
              10 п.п.; рядом — расстояние до региона (для школы — до остальных школ) в каждом году и его изменение: \
              (школа − остальные) в этом году − (школа − остальные) в прошлом, дисперсия — сумма четырёх выборочных и \
              обычного расхождения школ за год 2v(1 − r), где v — дисперсия школ, r — связь двух лет — по данным при \
              20 школах и больше, иначе 0,7",
    degenerate: "годы несопоставимы — показаны оба значения без разности, с причиной, и расстояние до региона; меньше \
                 8 школ — изменение расстояния без интервала",
    source: "Newcombe 1998; DerSimonian, Laird 1986; ФИОКО 2026, с. 19: годы сравниваются при одинаковых кодификаторе \
             и умениях",
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
        let years = TwoYears::new(&homes, now, before, (&measure, &measure));
        let levels: &[Level] = if measure.starts_with(TASK) {
            &[Level::All, Level::Municipality]
        } else {
            &[Level::All, Level::Municipality, Level::School]
        };
        for group in now.marks.iter().filter(|row| levels.contains(&row.level)) {
            let (level, group) = (group.level, group.group.as_str());
            let gate = gate(&settings.thresholds, now, before, (level, group), &measure);
            rows.extend(row(&years, level, (group, group), measure.clone(), &before.exam.key, gate));
        }
    }
    rows
}

/// Puts the rows of an exam in the order of the table: the nearest earlier exam first.
pub fn sort(rows: &mut [DynamicsRow]) {
    let key = |row: &DynamicsRow| (row.level, row.group.clone(), row.measure.clone(), Reverse(row.before_exam.clone()));
    rows.sort_by_cached_key(key);
}

/// Names of the measures of an exam.
fn measures_of(measures: &Measures) -> Vec<String> {
    let results: &[&str] = if measures.bands.is_empty() { &MARKS } else { &BANDS };
    let mut names: Vec<String> = results.iter().map(|name| (*name).to_owned()).collect();
    names.push(TOTAL.to_owned());
    names.extend(measures.exam.tasks.iter().map(|task| format!("{TASK}{}", task.id)));
    names.extend(measures.skills_of(Level::All, "").map(|row| format!("{SKILL}{}", row.title)));
    names
}
