//! `comparisons.csv`.

use super::column::{
    Column, GROUP, LEVEL, N, NEVER, REASON, count, count_or_missing, exam, exam_part, integer, number, percent, real,
    text, words,
};
use super::{Table, of_exams};
use srez_model::data_table::Value;
use srez_model::measures::ComparisonRow;
use srez_model::unit::PercentagePoints;

const WHY: &str = "причина в reason";
const NO_MODEL: &str = "сравнивать не с чем, причина в reason";
const NOT_TESTED: &str = "не проверялось, причина в reason";
const OWN_INTERVAL: &str = "у школ и муниципалитетов; у разностей долей и других групп не вычисляется";

const COLUMNS: &[Column<ComparisonRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    text(
        "measure",
        "Показатель: share_of_2, share_of_4_5, below_min, from_61_to_100, from_81_to_100, total, task-номер, \
         skill:умение; task_own-номер, skill_own:умение — относительно остальных заданий; после двоеточия — вторая \
         группа сравнения",
        NEVER,
    )
    .value(|_, row| words(&row.measure.to_string())),
    N.value(|_, row| count(row.n)),
    real("value", "Значение", "%", 1, WHY).value(|_, row| percent(row.value)),
    real("reference", "Значение группы сравнения", "%", 1, WHY).value(|_, row| percent(row.reference)),
    text("reference_group", "Группа сравнения", "все участники").value(|_, row| words(&row.reference_group)),
    text(
        "reference_kind",
        "Вид группы сравнения: others — остальные, same type — школы того же типа, \
         region — регион, country — вся выборка",
        NEVER,
    )
    .value(|_, row| words(&row.reference_kind)),
    integer("n_reference", "Участники группы сравнения", "чел.", NEVER).value(|_, row| count(row.n_reference)),
    real("difference", "Разность", "п.п.", 1, WHY).value(|_, row| number(difference(row))),
    real(
        "gap",
        "Разность школы с учётом случайности набора учеников; у групп школ — разность как есть",
        "п.п.",
        1,
        NO_MODEL,
    )
    .value(|_, row| points(row.gap)),
    real("low", "Нижняя граница разности, 95 %", "п.п.", 1, NO_MODEL).value(|_, row| points(row.low)),
    real("high", "Верхняя граница разности, 95 %", "п.п.", 1, NO_MODEL).value(|_, row| points(row.high)),
    real("value_low", "Нижняя граница значения школы или муниципалитета, 95 %", "%", 1, OWN_INTERVAL)
        .value(|_, row| percent(row.value_interval.map(|interval| interval.low))),
    real("value_high", "Верхняя граница значения школы или муниципалитета, 95 %", "%", 1, OWN_INTERVAL)
        .value(|_, row| percent(row.value_interval.map(|interval| interval.high))),
    real(
        "sure",
        "Вероятность, что результат этого года отличается не меньше порога gap.size в сторону gap",
        "вероятность",
        3,
        NOT_TESTED,
    )
    .value(|_, row| number(row.sure)),
    real("sure_school", "То же о школе в целом", "вероятность", 3, NOT_TESTED).value(|_, row| number(row.sure_school)),
    real(
        "detectable",
        "Наименьшее отличие в худшую сторону, которое замечают с вероятностью 80 %",
        "п.п.",
        1,
        "заметить нельзя либо не проверялось",
    )
    .value(|_, row| points(row.detectable)),
    text("state", "Итог проверки: found, not found, indistinct, not tested", NEVER)
        .value(|_, row| words(row.state.id())),
    integer("classes", "Классы школы, названные в данных", "", "классы неизвестны либо группа — не школа")
        .value(|_, row| count_or_missing(row.classes)),
    text("method", "Метод проверки группы школ", "школы или не проверялось, причина в reason")
        .value(|_, row| words(&row.method)),
    real("p", "Двустороннее p группы школ", "вероятность", 4, "школы или не проверялось, причина в reason")
        .value(|_, row| number(row.p)),
    text("family", "Семейство проверок", "школы или в поправку не входит, причина в reason")
        .value(|_, row| words(&row.family)),
    real("q", "p с поправкой Бенджамини — Хохберга", "вероятность", 4, "школы или в поправку не входит")
        .value(|_, row| number(row.q)),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam, level, group and measure.
pub(super) const TABLE: Table =
    Table { name: "comparisons", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.comparisons) };

fn difference(row: &ComparisonRow) -> Option<f64> {
    row.value.zip(row.reference).map(|(value, reference)| value.minus(reference).0)
}

fn points(points: Option<PercentagePoints>) -> Value {
    number(points.map(|points| points.0))
}
