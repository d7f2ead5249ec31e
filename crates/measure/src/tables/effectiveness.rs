//! `effectiveness.csv` and `recommendations.csv`: tables of a run, not of one exam.

use super::column::{GROUP, LEVEL, REASON, count, integer, number, real, text, words};
use srez_model::action::{EffectRow, RecommendationRow};
use srez_model::data_table::{DataColumn, DataTable, Value};

const NO_NUMBER: &str = "вывода нет, причина в reason";
const VALUE: &str = "%, отметка или балл";
const CHANGE: &str = "п.п., отметка или балл";

const EFFECTS: &[DataColumn] = &[
    integer("action", "Номер меры в реестре", "", "не бывает пустым"),
    LEVEL,
    GROUP,
    text("exam", "Работа после меры", "нет результатов или запись не разобрана"),
    text("before_exam", "Работа до меры", "нет результатов или запись не разобрана"),
    text("measure", "Показатель", "запись не разобрана"),
    integer("schools", "Школ меры с результатами обоих лет", "шк.", "не бывает пустым"),
    integer("n_before", "Участников до", "чел.", "не бывает пустым"),
    integer("n_after", "Участников после", "чел.", "не бывает пустым"),
    real("before", "Значение до", VALUE, 2, "нет результатов"),
    real("after", "Значение после", VALUE, 2, "нет результатов"),
    integer("peers", "Школ без меры с результатами обоих лет", "шк.", "не бывает пустым"),
    real("peers_change", "Изменение школ без меры; мера охватила все школы — изменение региона", CHANGE, 2, NO_NUMBER),
    real("did", "Изменение за вычетом изменения школ без меры", CHANGE, 2, NO_NUMBER),
    real("did_low", "Нижняя граница интервала 95 %", CHANGE, 2, NO_NUMBER),
    real("did_high", "Верхняя граница интервала 95 %", CHANGE, 2, NO_NUMBER),
    real("expected", "Ожидалось без меры с учётом возврата к среднему", VALUE, 2, NO_NUMBER),
    real("effect", "Значение после минус ожидавшееся", CHANGE, 2, NO_NUMBER),
    real("effect_low", "Нижняя граница предсказательного интервала 95 %", CHANGE, 2, NO_NUMBER),
    real("effect_high", "Верхняя граница предсказательного интервала 95 %", CHANGE, 2, NO_NUMBER),
    real("min_detectable", "Наименьшее заметное изменение", CHANGE, 2, "заметить нельзя или вывода нет"),
    real("place_before", "Место среди школ до меры", "стандартных отклонений", 2, "годы сопоставимы или нет данных"),
    real("place_after", "Место среди школ после меры", "стандартных отклонений", 2, "годы сопоставимы или нет данных"),
    text("verdict", "Вывод", "не бывает пустым"),
    REASON,
];

const RECOMMENDATIONS: &[DataColumn] = &[
    text("finding", "Прошлогодний вывод", "не бывает пустым"),
    text("exam", "Работа этого года", "не бывает пустым"),
    text("before_exam", "Работа прошлого года", "не бывает пустым"),
    text("measure", "Показатель", "не бывает пустым"),
    text("matter", "Задание или умение", "не бывает пустым"),
    real("before", "Выполнение в прошлом году", "%", 1, "не бывает пустым"),
    real("now", "Выполнение сейчас", "%", 1, "такого задания или умения нет"),
    integer("n_before", "Участников в прошлом году", "чел.", "не бывает пустым"),
    integer("n_now", "Участников сейчас", "чел.", "не бывает пустым"),
    real("difference", "Разность", "п.п.", 1, "несопоставимо"),
    real("low", "Нижняя граница интервала 95 % разности", "п.п.", 1, "несопоставимо"),
    real("high", "Верхняя граница интервала 95 % разности", "п.п.", 1, "несопоставимо"),
    text("state", "Состояние", "не бывает пустым"),
    text("actions", "Номера мер через точку с запятой", "мер по нему не было"),
    REASON,
];

/// `effectiveness.csv`.
pub fn effectiveness_table(rows: &[EffectRow]) -> DataTable {
    DataTable { name: "effectiveness", columns: EFFECTS, rows: rows.iter().map(effect).collect() }
}

fn effect(row: &EffectRow) -> Vec<Value> {
    let triple = |triple: Option<(f64, f64, f64)>| {
        [triple.map(|all| all.0), triple.map(|all| all.1), triple.map(|all| all.2)].map(number)
    };
    let mut cells = vec![
        count(row.action as u64),
        words(row.level.id()),
        words(&row.group),
        words(&row.exam),
        words(&row.before_exam),
        words(&row.measure),
        count(row.schools),
        count(row.n.0),
        count(row.n.1),
        number(row.values.map(|values| values.0)),
        number(row.values.map(|values| values.1)),
        count(row.peers),
        number(row.peers_change),
    ];
    cells.extend(triple(row.difference));
    cells.push(number(row.expected));
    cells.extend(triple(row.effect));
    cells.extend([
        number(row.min_detectable),
        number(row.place.map(|place| place.0)),
        number(row.place.map(|place| place.1)),
        words(row.verdict.id()),
        words(&row.reason),
    ]);
    cells
}

/// `recommendations.csv`.
pub fn recommendations_table(rows: &[RecommendationRow]) -> DataTable {
    DataTable { name: "recommendations", columns: RECOMMENDATIONS, rows: rows.iter().map(recommendation).collect() }
}

fn recommendation(row: &RecommendationRow) -> Vec<Value> {
    let actions: Vec<String> = row.actions.iter().map(usize::to_string).collect();
    vec![
        words(&row.finding),
        words(&row.exam),
        words(&row.before_exam),
        words(&row.measure),
        words(&row.matter),
        Value::Real(row.values.0),
        number(row.values.1),
        count(row.n.0),
        count(row.n.1),
        number(row.difference.map(|all| all.0)),
        number(row.difference.map(|all| all.1)),
        number(row.difference.map(|all| all.2)),
        words(row.state.id()),
        words(&actions.join(";")),
        words(&row.reason),
    ]
}
