//! `boundaries.csv`.

use super::column::{
    Column, GROUP, LEVEL, NEVER, REASON, count, exam, exam_part, flag, integer, number, real, text, words,
};
use super::{Table, of_exams};
use srez_model::check::CheckState;
use srez_model::data_table::Value;
use srez_model::measures::BoundaryRow;

const WHY: &str = "не проверялось, причина в reason";
const GROUPS: &str = "есть только у строки all муниципалитета и всех участников, если проверялось";
const SCHOOLS: &str = "есть только у строки all школы, если проверялось";

const COLUMNS: &[Column<BoundaryRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    text("cut", "Первичный балл границы; all — все границы вместе, проверяются только они", NEVER)
        .value(|_, row| words(&row.cut.map_or_else(|| "all".to_owned(), |cut| cut.to_string()))),
    integer("n", "Участники с первичным баллом", "чел.", NEVER).value(|_, row| count(row.n)),
    integer("n_below", "Работы на балл ниже границы", "чел.", NEVER).value(|_, row| count(row.n_below)),
    integer("n_at", "Работы на границе", "чел.", NEVER).value(|_, row| count(row.n_at)),
    real("expected", "Работы на границе, ожидаемые по плавной кривой баллов", "чел.", 2, WHY)
        .value(|_, row| number(row.expected)),
    real("excess", "Превышение ожидаемого на одну работу с баллом границы или на балл ниже", "доля", 3, WHY)
        .value(|_, row| number(row.excess)),
    real("excess_others", "То же у остальных школ вместе", "доля", 3, SCHOOLS)
        .value(|_, row| number(row.excess_others)),
    real("moved", "Доля сдвинутых: работы с баллом границы среди тех, что имели бы на балл меньше", "доля", 3, GROUPS)
        .value(|_, row| number(row.moved.map(|moved| moved.share))),
    real("moved_low", "Нижняя граница её интервала 95 %", "доля", 3, GROUPS)
        .value(|_, row| number(row.moved.map(|moved| moved.low))),
    real("moved_high", "Верхняя граница её интервала 95 %", "доля", 3, GROUPS)
        .value(|_, row| number(row.moved.map(|moved| moved.high))),
    real("p", "Одностороннее p", "вероятность", 4, WHY).value(|_, row| number(row.p)),
    real("p_without", "p без школы с наибольшим превышением", "вероятность", 4, GROUPS)
        .value(|_, row| number(row.p_without)),
    real("q", "p с поправкой Бенджамини — Хохберга", "вероятность", 4, SCHOOLS).value(|_, row| number(row.q)),
    real("detectable", "Наименьшая доля сдвинутых (школа: превышение), заметная в 80 % случаев", "доля", 3, WHY)
        .value(|_, row| number(row.detectable)),
    flag("of_one_school", "Скопление создаёт одна школа").value(|_, row| Value::Flag(row.of_one_school)),
    text(
        "state",
        "Итог проверки: found — найдено, not found — не найдено, indistinct — не найдено, но и не различимо, not \
         tested — не проверялось",
        "отдельная граница не проверяется",
    )
    .value(|_, row| words(row.state.map_or("", CheckState::id))),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam, level, group and cut, all cuts together last.
pub(super) const TABLE: Table =
    Table { name: "boundaries", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.boundaries) };
