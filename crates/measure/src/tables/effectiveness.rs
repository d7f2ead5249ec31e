//! `effectiveness.csv` and `recommendations.csv`: tables of a run, not of one exam.

use super::column::{GROUP, LEVEL, NEVER, REASON, count, integer, number, real, text, words};
use srez_model::action::{EffectRow, RecommendationRow};
use srez_model::assessment::part_of;
use srez_model::compared::MeasureId;
use srez_model::data_table::{Column, DataTable, PART, Value};

fn named(measure: Option<&MeasureId>) -> Value {
    measure.map_or(Value::Missing, |measure| words(&measure.to_string()))
}

const NO_NUMBER: &str = "вывода нет, причина в reason";
const VALUE: &str = "%, отметка или балл";
const CHANGE: &str = "п.п., отметка или балл";

const EFFECTS: &[Column<(), EffectRow>] = &[
    integer("action", "Номер меры в реестре", "", NEVER).value(|(), row| count(row.action as u64)),
    LEVEL.value(|(), row| words(row.level.id())),
    GROUP.value(|(), row| words(&row.group)),
    text("exam", "Работа после меры", "нет результатов или запись не разобрана").value(|(), row| words(&row.exam)),
    PART.value(|(), row| words(&part_of(&row.exam))),
    text("before_exam", "Работа до меры", "нет результатов или запись не разобрана")
        .value(|(), row| words(&row.before_exam)),
    text("measure", "Показатель", "запись не разобрана").value(|(), row| named(row.measure.as_ref())),
    integer("schools", "Школ меры с результатами обоих лет", "шк.", NEVER).value(|(), row| count(row.schools)),
    integer("n_before", "Участников до", "чел.", NEVER).value(|(), row| count(row.n.0)),
    integer("n_after", "Участников после", "чел.", NEVER).value(|(), row| count(row.n.1)),
    real("before", "Значение до", VALUE, 2, "нет результатов")
        .value(|(), row| number(row.values.map(|values| values.0))),
    real("after", "Значение после", VALUE, 2, "нет результатов")
        .value(|(), row| number(row.values.map(|values| values.1))),
    integer("peers", "Школ без меры с результатами обоих лет", "шк.", NEVER).value(|(), row| count(row.peers)),
    real("peers_change", "Изменение школ без меры; мера охватила все школы — изменение региона", CHANGE, 2, NO_NUMBER)
        .value(|(), row| number(row.peers_change)),
    real("expected", "Ожидалось без меры с учётом возврата к среднему", VALUE, 2, NO_NUMBER)
        .value(|(), row| number(row.expected)),
    real("effect", "Значение после минус ожидавшееся", CHANGE, 2, NO_NUMBER)
        .value(|(), row| number(row.effect.map(|all| all.0))),
    real("effect_low", "Нижняя граница предсказательного интервала 95 %", CHANGE, 2, NO_NUMBER)
        .value(|(), row| number(row.effect.map(|all| all.1))),
    real("effect_high", "Верхняя граница предсказательного интервала 95 %", CHANGE, 2, NO_NUMBER)
        .value(|(), row| number(row.effect.map(|all| all.2))),
    real("chance", "Вероятность, что без меры значение было бы хуже", "вероятность", 3, NO_NUMBER)
        .value(|(), row| number(row.chance)),
    real(
        "min_detectable",
        "Отличие от ожидавшегося, заметное в четырёх случаях из пяти",
        CHANGE,
        2,
        "заметить нельзя или вывода нет",
    )
    .value(|(), row| number(row.min_detectable)),
    real("place_before", "Место среди школ до меры", "стандартных отклонений", 2, "годы сопоставимы или нет данных")
        .value(|(), row| number(row.place.map(|place| place.0))),
    real("place_after", "Место среди школ после меры", "стандартных отклонений", 2, "годы сопоставимы или нет данных")
        .value(|(), row| number(row.place.map(|place| place.1))),
    text("verdict", "Вывод", NEVER).value(|(), row| words(row.verdict.id())),
    REASON.value(|(), row| words(&row.reason)),
];

const RECOMMENDATIONS: &[Column<(), RecommendationRow>] = &[
    text("finding", "Прошлогодний вывод", NEVER).value(|(), row| words(&row.finding)),
    text("exam", "Работа этого года", NEVER).value(|(), row| words(&row.exam)),
    PART.value(|(), row| words(&part_of(&row.exam))),
    text("before_exam", "Работа прошлого года", NEVER).value(|(), row| words(&row.before_exam)),
    text("measure", "Показатель", NEVER).value(|(), row| named(Some(&row.measure))),
    text("matter", "Задание или умение", NEVER).value(|(), row| words(&row.matter)),
    real("before", "Выполнение в прошлом году", "%", 1, NEVER).value(|(), row| Value::Real(row.values.0)),
    real("now", "Выполнение сейчас", "%", 1, "такого задания или умения нет").value(|(), row| number(row.values.1)),
    integer("n_before", "Участников в прошлом году", "чел.", NEVER).value(|(), row| count(row.n.0)),
    integer("n_now", "Участников сейчас", "чел.", NEVER).value(|(), row| count(row.n.1)),
    real("difference", "Разность", "п.п.", 1, "несопоставимо").value(|(), row| number(row.difference.map(|all| all.0))),
    real("low", "Нижняя граница интервала 95 % разности", "п.п.", 1, "несопоставимо")
        .value(|(), row| number(row.difference.map(|all| all.1))),
    real("high", "Верхняя граница интервала 95 % разности", "п.п.", 1, "несопоставимо")
        .value(|(), row| number(row.difference.map(|all| all.2))),
    text("state", "Состояние", NEVER).value(|(), row| words(row.state.id())),
    text("actions", "Номера мер через точку с запятой", "мер по нему не было")
        .value(|(), row| words(&numbers_of_actions(row))),
    REASON.value(|(), row| words(&row.reason)),
];

/// `effectiveness.csv`.
pub fn effectiveness_table(rows: &[EffectRow]) -> DataTable {
    DataTable::new("effectiveness", EFFECTS, &(), rows)
}

/// `recommendations.csv`.
pub fn recommendations_table(rows: &[RecommendationRow]) -> DataTable {
    DataTable::new("recommendations", RECOMMENDATIONS, &(), rows)
}

fn numbers_of_actions(row: &RecommendationRow) -> String {
    row.actions.iter().map(usize::to_string).collect::<Vec<_>>().join(";")
}
