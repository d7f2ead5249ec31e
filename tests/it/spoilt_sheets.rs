//! The property of the fuzzing target, tried on randomly corrupted sheets.

use crate::any_sheet::check;
use crate::containers::grid;
use srez_testkit::chance::Chance;

/// Forms of the sample that are corrupted.
const FORMS: [&str; 3] = [
    "2026-05/edu990012/Ф1_Индивидуальные результаты ВПР 2026 Математика 8 класс.xlsx",
    "2026-05/edu990012/Форма сбора результатов Русский язык 4 класс ВПР 2026.xlsx",
    "2026-06/01_Русский язык_2026.06.04.xlsx",
];

/// Cells that replace others.
const CELLS: [&str; 16] = [
    "",
    "=",
    "#",
    "@45000",
    "@-1",
    "NaN",
    "1e308",
    "-1",
    "X",
    "не пройд.",
    "Итого",
    "Кол-во участников: 9",
    "5(1б)",
    "8А",
    "Код",
    "ы",
];

#[test]
fn spoilt_sheets_lose_no_row() {
    let forms = FORMS.map(grid);
    for seed in 0..600 {
        let mut chance = Chance::new(seed);
        let mut rows = chance.one_of(&forms).clone();
        rows.truncate(40);
        for _ in 0..=chance.below(30) {
            let (row, other) = (chance.below(rows.len()), chance.below(rows.len()));
            let column = chance.below(rows[row].len());
            match chance.below(6) {
                0 => rows.swap(row, other),
                1 if rows.len() > 1 => drop(rows.remove(row)),
                2 => rows.insert(other, rows[row].clone()),
                3 => rows.iter_mut().filter(|row| column < row.len()).for_each(|row| drop(row.remove(column))),
                _ if rows[row].is_empty() => rows[row].push((*chance.one_of(&CELLS)).to_owned()),
                _ => (*chance.one_of(&CELLS)).clone_into(&mut rows[row][column]),
            }
        }
        let lines: Vec<String> = rows.iter().map(|row| row.join("\t").replace('\n', " ")).collect();
        check(lines.join("\n").as_bytes());
    }
}
