//! `dynamics.csv`.

use super::column::{
    Column, GROUP, LEVEL, NEVER, REASON, count, exam, exam_part, flag, integer, number, real, text, words,
};
use super::{Table, of_exams};
use srez_model::data_table::Value;
use srez_model::measures::DynamicsRow;

const OF_SCHOOL: &str = "несопоставимо, школ мало или строка школы: её изменение — в drift";
const CLOSED: &str = "несопоставимо или нет данных, причина в reason";
const NO_REFERENCE: &str = "не с кем сравнить";
const DRIFT: &str = "не школа, школа одна или нет разброса";
const UNIT: &str = "%, отметка или балл";
const CHANGE: &str = "п.п., отметка или балл";

const COLUMNS: &[Column<DynamicsRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    text("measure", "Показатель; cohort: — те же ученики в другой работе", NEVER)
        .value(|_, row| words(&row.measure.to_string())),
    text("before_exam", "Работа, с которой сравнивается", NEVER).value(|_, row| words(&row.before_exam.id())),
    real("now", "Значение", UNIT, 2, "нет данных этого года").value(|_, row| number(row.now)),
    real("before", "Значение прошлого раза", UNIT, 2, "нет данных прошлого года").value(|_, row| number(row.before)),
    integer("n_now", "Участников", "чел.", NEVER).value(|_, row| count(row.n.0)),
    integer("n_before", "Участников в прошлый раз", "чел.", NEVER).value(|_, row| count(row.n.1)),
    real("difference", "Разность", CHANGE, 2, CLOSED).value(|_, row| number(row.difference)),
    real("reference_change", "Изменение региона", CHANGE, 2, "изменение региона неизвестно")
        .value(|_, row| number(row.reference_change)),
    real("low", "Нижняя граница интервала 95 % разности", CHANGE, 2, OF_SCHOOL)
        .value(|_, row| number(row.interval.map(|(low, _)| low))),
    real("high", "Верхняя граница интервала 95 % разности", CHANGE, 2, OF_SCHOOL)
        .value(|_, row| number(row.interval.map(|(_, high)| high))),
    real("p", "Двустороннее p разности", "вероятность", 4, OF_SCHOOL).value(|_, row| number(row.p)),
    text(
        "distance_to",
        "До кого расстояние: region — регион, others — остальные школы или муниципалитеты",
        NO_REFERENCE,
    )
    .value(|_, row| words(row.distance.as_ref().map_or("", |distance| &distance.kind))),
    real("distance_now", "Расстояние", CHANGE, 2, NO_REFERENCE)
        .value(|_, row| number(row.distance.as_ref().map(|distance| distance.now))),
    real("distance_before", "Расстояние в прошлый раз", CHANGE, 2, NO_REFERENCE)
        .value(|_, row| number(row.distance.as_ref().map(|distance| distance.before))),
    real("distance_change", "Изменение расстояния", CHANGE, 2, NO_REFERENCE)
        .value(|_, row| number(row.distance.as_ref().map(|distance| distance.change))),
    real("distance_low", "Нижняя граница интервала 95 % изменения расстояния", CHANGE, 2, "мало школ")
        .value(|_, row| number(row.distance.as_ref().and_then(|distance| distance.interval).map(|(low, _)| low))),
    real("distance_high", "Верхняя граница интервала 95 % изменения расстояния", CHANGE, 2, "мало школ")
        .value(|_, row| number(row.distance.as_ref().and_then(|distance| distance.interval).map(|(_, high)| high))),
    real("distance_p", "Двустороннее p изменения расстояния", "вероятность", 4, "мало школ")
        .value(|_, row| number(row.distance.as_ref().and_then(|distance| distance.p))),
    real("drift", "Изменение школы сверх изменения остальных, сжатое", CHANGE, 2, DRIFT)
        .value(|_, row| number(row.drift.map(|drift| drift.gap))),
    real("drift_low", "Нижняя граница его интервала 95 %", CHANGE, 2, DRIFT)
        .value(|_, row| number(row.drift.map(|drift| drift.interval.0))),
    real("drift_high", "Верхняя граница его интервала 95 %", CHANGE, 2, DRIFT)
        .value(|_, row| number(row.drift.map(|drift| drift.interval.1))),
    real("drift_sure", "Вероятность, что оно не меньше порога отличия", "вероятность", 3, DRIFT)
        .value(|_, row| number(row.drift.and_then(|drift| drift.sure))),
    real("drift_usual", "Обычное изменение школы за год, стандартное отклонение", CHANGE, 2, DRIFT)
        .value(|_, row| number(row.drift.map(|drift| drift.usual))),
    real("drift_p", "Двустороннее p: больше обычного изменения", "вероятность", 4, "не школа или школ меньше шести")
        .value(|_, row| number(row.drift.and_then(|drift| drift.p))),
    real("drift_q", "То же с поправкой Бенджамини — Хохберга", "вероятность", 4, "в поправку не входит")
        .value(|_, row| number(row.drift.and_then(|drift| drift.q))),
    flag("comparable", "Сопоставимо ли").value(|_, row| Value::Flag(row.comparable)),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam, level, group, measure and earlier exam.
pub(super) const TABLE: Table =
    Table { name: "dynamics", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.dynamics) };
