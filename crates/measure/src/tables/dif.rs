//! `dif.csv`.

use super::column::{Column, NEVER, REASON, TASK, count, exam, exam_part, integer, number, real, task, text, words};
use super::{Table, of_exams};
use srez_model::measures::DifRow;

const WHY: &str = "причина в reason";

const COLUMNS: &[Column<DifRow>] = &[
    exam(),
    exam_part(),
    TASK.value(|exam, row| task(exam, row.task)),
    text("contrast", "Уровень и группа, которая сравнивается с остальными", NEVER)
        .value(|_, row| words(&format!("{}:{}", row.level.id(), row.focal))),
    integer("n_reference", "Полные работы остальных групп", "чел.", NEVER).value(|_, row| count(row.n_reference)),
    integer("n_focal", "Полные работы выделенной группы", "чел.", NEVER).value(|_, row| count(row.n_focal)),
    text("method", "Метод: mantel-haenszel — задание в один балл, mantel — в несколько", WHY)
        .value(|_, row| words(row.method)),
    real("effect", "Дельта (один балл) или разность в баллах; меньше 0 — выделенной группе труднее", "", 2, WHY)
        .value(|_, row| number(row.effect)),
    real("se", "Стандартная ошибка", "", 2, WHY).value(|_, row| number(row.se)),
    real("p", "Двустороннее p", "вероятность", 4, WHY).value(|_, row| number(row.p)),
    real("q", "p с поправкой Бенджамини — Хохберга по заданиям сравнения", "вероятность", 4, WHY)
        .value(|_, row| number(row.q)),
    real("standardised", "Разность в отклонениях балла задания", "", 2, "задание в один балл или не вычисляется")
        .value(|_, row| number(row.standardised)),
    text("class", "Класс A, B, C; у заданий в несколько баллов AA, BB, CC", WHY)
        .value(|_, row| words(&row.class_words())),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam, task and contrast.
pub(super) const TABLE: Table =
    Table { name: "dif", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.dif) };
