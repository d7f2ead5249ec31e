//! `comparisons.csv`.

use super::column::{
    Column, GROUP, LEVEL, N, NEVER, REASON, count, count_or_missing, exam, exam_part, integer, number, percent, real,
    text, words,
};
use super::{Table, of_exams};
use srez_model::funnel::FunnelWord;
use srez_model::measures::ComparisonRow;

const WHY: &str = "причина в reason";
const NO_RANK: &str = "определяется только для долей, среди школ, если их от 5 до 150";
const NOT_DETECTED: &str = "заметить нельзя либо в поправку не входит";

const COLUMNS: &[Column<ComparisonRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    text(
        "measure",
        "Показатель: share_of_2, share_of_4_5, below_min, from_81_to_100, total, skill:умение, skill_own:умение; \
         после двоеточия — вторая группа сравнения",
        NEVER,
    )
    .value(|_, row| words(&row.measure)),
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
    real("shrunk", "Значение, сжатое к среднему", "%", 1, "школ или участников мало, или различий нет")
        .value(|_, row| percent(row.shrunk)),
    text("method", "Метод проверки", "не проверялось, причина в reason").value(|_, row| words(&row.method)),
    real("p", "Двустороннее p", "вероятность", 4, "не проверялось, причина в reason").value(|_, row| number(row.p)),
    text("family", "Семейство проверок", "в поправку не входит, причина в reason").value(|_, row| words(&row.family)),
    real("q", "p с поправкой Бенджамини — Хохберга", "вероятность", 4, "в поправку не входит, причина в reason")
        .value(|_, row| number(row.q)),
    real("q_min_attainable", "Наименьшее достижимое p", "вероятность", 4, "не проверялось, причина в reason")
        .value(|_, row| number(row.q_min_attainable)),
    text("funnel", "Сила отличия: inside, alert, alarm", "не проверялось, причина в reason")
        .value(|_, row| words(row.funnel.map_or("", FunnelWord::id))),
    integer("rank_low", "Первое возможное место среди сравниваемых школ", "", NO_RANK)
        .value(|_, row| count_or_missing(row.rank.map(|(low, _)| low))),
    integer("rank_high", "Последнее возможное место среди сравниваемых школ", "", NO_RANK)
        .value(|_, row| count_or_missing(row.rank.map(|(_, high)| high))),
    real("min_detectable", "Наименьшее заметное отличие", "п.п.", 1, "заметить нельзя")
        .value(|_, row| number(row.min_detectable.map(|points| points.0))),
    real("mdd_up", "Наименьший заметный рост", "п.п.", 1, NOT_DETECTED)
        .value(|_, row| number(row.mdd_up.map(|points| points.0))),
    real("mdd_down", "Наименьшее заметное снижение", "п.п.", 1, NOT_DETECTED)
        .value(|_, row| number(row.mdd_down.map(|points| points.0))),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam, level, group and measure.
pub(super) const TABLE: Table =
    Table { name: "comparisons", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.comparisons) };

fn difference(row: &ComparisonRow) -> Option<f64> {
    row.value.zip(row.reference).map(|(value, reference)| value.minus(reference).0)
}
