//! `comparisons.csv`.

use super::Table;
use super::column::{
    EXAM, GROUP, LEVEL, N, REASON, count, count_or_missing, integer, key, number, percent, real, text, words,
};
use srez_model::data_table::{DataColumn, Value};
use srez_model::funnel::FunnelWord;
use srez_model::measures::{ComparisonRow, Measures};

const WHY: &str = "причина в reason";
const NO_RANK: &str = "определяется только для долей, среди школ, если их от 5 до 150";
const NOT_DETECTED: &str = "заметить нельзя либо в поправку не входит";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    text(
        "measure",
        "Показатель: share_of_2, share_of_4_5, below_min, from_81_to_100, total, skill:умение, skill_own:умение; после двоеточия — вторая группа сравнения",
        "не бывает пустым",
    ),
    N,
    real("value", "Значение", "%", 1, WHY),
    real("reference", "Значение группы сравнения", "%", 1, WHY),
    text("reference_group", "Группа сравнения", "все участники"),
    text(
        "reference_kind",
        "Вид группы сравнения: others — остальные, same type — школы того же типа, region — регион, country — вся выборка",
        "не бывает пустым",
    ),
    integer("n_reference", "Участники группы сравнения", "чел.", "не бывает пустым"),
    real("difference", "Разность", "п.п.", 1, WHY),
    real("shrunk", "Значение, сжатое к среднему", "%", 1, "школ или участников мало, или различий нет"),
    text("method", "Метод проверки", "не проверялось, причина в reason"),
    real("p", "Двустороннее p", "вероятность", 4, "не проверялось, причина в reason"),
    text("family", "Семейство проверок", "в поправку не входит, причина в reason"),
    real("q", "p с поправкой Бенджамини — Хохберга", "вероятность", 4, "в поправку не входит, причина в reason"),
    real("q_min_attainable", "Наименьшее достижимое p", "вероятность", 4, "не проверялось, причина в reason"),
    text("funnel", "Сила отличия: inside, alert, alarm", "не проверялось, причина в reason"),
    integer("rank_low", "Первое возможное место среди сравниваемых школ", "", NO_RANK),
    integer("rank_high", "Последнее возможное место среди сравниваемых школ", "", NO_RANK),
    real("min_detectable", "Наименьшее заметное отличие", "п.п.", 1, "заметить нельзя"),
    real("mdd_up", "Наименьший заметный рост", "п.п.", 1, NOT_DETECTED),
    real("mdd_down", "Наименьшее заметное снижение", "п.п.", 1, NOT_DETECTED),
    REASON,
];

/// One row per exam, level, group and measure.
pub(super) const TABLE: Table = Table { name: "comparisons", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.comparisons.iter().map(|row| cells(&exam, row));
    rows.collect()
}

fn cells(exam: &str, row: &ComparisonRow) -> Vec<Value> {
    let difference = row.value.zip(row.reference).map(|(value, reference)| value.minus(reference).0);
    let mut cells = key(COLUMNS, exam, row.level, &row.group);
    cells.extend([
        words(&row.measure),
        count(row.n),
        percent(row.value),
        percent(row.reference),
        words(&row.reference_group),
        words(&row.reference_kind),
        count(row.n_reference),
        number(difference),
        percent(row.shrunk),
        words(&row.method),
        number(row.p),
        words(&row.family),
        number(row.q),
        number(row.q_min_attainable),
        words(row.funnel.map_or("", FunnelWord::id)),
    ]);
    let (low, high) = row.rank.unzip();
    cells.extend([low, high].map(count_or_missing));
    cells.extend([row.min_detectable, row.mdd_up, row.mdd_down].map(|points| number(points.map(|points| points.0))));
    cells.push(words(&row.reason));
    cells
}
