//! `dynamics.csv`.

use super::Table;
use super::column::{EXAM, GROUP, LEVEL, REASON, count, flag, integer, key, number, real, text, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{DynamicsRow, Measures};

const CLOSED: &str = "несопоставимо или нет данных, причина в reason";
const NO_REFERENCE: &str = "не с кем сравнить";
const UNIT: &str = "%, отметка или балл";
const CHANGE: &str = "п.п., отметка или балл";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    text("measure", "Показатель; cohort: — те же ученики в другой работе", "не бывает пустым"),
    text("before_exam", "Работа, с которой сравнивается", "не бывает пустым"),
    real("now", "Значение", UNIT, 2, "нет данных этого года"),
    real("before", "Значение прошлого раза", UNIT, 2, "нет данных прошлого года"),
    integer("n_now", "Участников", "чел.", "не бывает пустым"),
    integer("n_before", "Участников в прошлый раз", "чел.", "не бывает пустым"),
    real("difference", "Разность", CHANGE, 2, CLOSED),
    real("reference_change", "Изменение региона", CHANGE, 2, "изменение региона неизвестно"),
    real("low", "Нижняя граница интервала 95 % разности", CHANGE, 2, CLOSED),
    real("high", "Верхняя граница интервала 95 % разности", CHANGE, 2, CLOSED),
    real("p", "Двустороннее p разности долей", "вероятность", 4, "несопоставимо или показатель — не доля участников"),
    text(
        "distance_to",
        "До кого расстояние: region — регион, others — остальные школы или муниципалитеты",
        NO_REFERENCE,
    ),
    real("distance_now", "Расстояние", CHANGE, 2, NO_REFERENCE),
    real("distance_before", "Расстояние в прошлый раз", CHANGE, 2, NO_REFERENCE),
    real("distance_change", "Изменение расстояния", CHANGE, 2, NO_REFERENCE),
    real("distance_low", "Нижняя граница интервала 95 % изменения расстояния", CHANGE, 2, "мало школ"),
    real("distance_high", "Верхняя граница интервала 95 % изменения расстояния", CHANGE, 2, "мало школ"),
    real("distance_p", "Двустороннее p изменения расстояния", "вероятность", 4, "мало школ"),
    flag("comparable", "Сопоставимо ли"),
    REASON,
];

/// One row per exam, level, group, measure and earlier exam.
pub(super) const TABLE: Table = Table { name: "dynamics", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.dynamics.iter().map(|row| cells(&exam, row));
    rows.collect()
}

fn cells(exam: &str, row: &DynamicsRow) -> Vec<Value> {
    let distance = row.distance.as_ref();
    let mut cells = key(COLUMNS, exam, row.level, &row.group);
    cells.extend([
        words(&row.measure),
        words(&row.before_exam.id()),
        number(row.now),
        number(row.before),
        count(row.n.0),
        count(row.n.1),
        number(row.difference),
        number(row.reference_change),
        number(row.interval.map(|(low, _)| low)),
        number(row.interval.map(|(_, high)| high)),
        number(row.p),
        words(distance.map_or("", |distance| &distance.kind)),
        number(distance.map(|distance| distance.now)),
        number(distance.map(|distance| distance.before)),
        number(distance.map(|distance| distance.change)),
        number(distance.and_then(|distance| distance.interval).map(|(low, _)| low)),
        number(distance.and_then(|distance| distance.interval).map(|(_, high)| high)),
        number(distance.and_then(|distance| distance.p)),
        Value::Flag(row.comparable),
        words(&row.reason),
    ]);
    cells
}
