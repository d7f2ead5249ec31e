//! Tables of the sample.

use super::HOSTILE;
use srez_model::assessment::Difficulty;
use srez_model::finding::Verdict;
use srez_model::report::{Align, Bar, Cell, Column, Row, RowKind, Table};

const SKILLS: [&str; 10] = [
    "Выполнять действия с дробями",
    "Решать уравнения",
    "Связывать график функции с формулой",
    "Читать и объяснять график процесса",
    "Оценивать квадратный корень",
    "Преобразовывать алгебраическую дробь",
    "Находить вероятность события",
    "Решать задачи на проценты и покупки",
    "Применять геометрические факты для решения задач, в том числе предполагающих несколько шагов решения",
    "Рассуждать и обосновывать",
];

const SCHOOLS: [&str; 8] = [
    "Гимназия № 2",
    "Лицей № 4 имени академика П. Л. Капицы",
    "СОШ № 1",
    "СОШ № 12 с углублённым изучением отдельных предметов физико-математического профиля",
    "Ключевская СОШ",
    "Озёрная СОШ",
    "Филиал МБОУ «Приречная средняя общеобразовательная школа имени Героя Советского Союза И. И. Иванова» в селе \
     Луговое",
    "Еловская ООШ",
];

fn column(title: &str, align: Align, weight: f64) -> Column {
    Column::new(title, align, weight)
}

fn table(name: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table {
        name: name.to_owned(),
        caption: caption.to_owned(),
        columns,
        rows,
        note: String::new(),
        wide: false,
        chart: None,
    }
}

fn row(kind: RowKind, cells: Vec<Cell>) -> Row {
    Row { cells, kind }
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

pub(super) fn news() -> Table {
    let columns = vec![
        column("Изменение", Align::Left, 2.0),
        column("Случаев", Align::Right, 1.0),
        column("Подробности", Align::Left, 6.0),
    ];
    let rows = [
        ("новые признаки", 2, "геометрия в Ключевской СОШ; граница «3» в СОШ № 3"),
        ("стало хуже", 0, "—"),
        ("остаётся", 5, "задания № 5, 9, 13, 14; доля «2» в СОШ № 5"),
    ]
    .map(|(change, count, details)| row(RowKind::Plain, vec![text(change), Cell::count(count), text(details)]))
    .to_vec();
    table("news", "Изменения с прошлого выпуска", columns, rows)
}

pub(super) fn tasks() -> Table {
    let columns = vec![
        column("№", Align::Right, 0.7),
        column("Проверяемое умение", Align::Left, 4.0),
        column("КЭС", Align::Centre, 0.8),
        column("Ур.", Align::Centre, 0.8),
        column("%", Align::Right, 1.0),
        column("95\u{a0}% инт.", Align::Right, 1.5),
        column("Регион", Align::Right, 1.0),
        column("п.п.", Align::Right, 1.0),
        column("", Align::Left, 2.0).drawn_from([4, 6]),
        column("Вывод", Align::Left, 2.0),
    ];
    let rows = (0..20_u32).map(|index| {
        let value = 92.3 - 4.1 * f64::from(index);
        let reference = 88.0 - 3.6 * f64::from(index);
        let difficulty =
            [Difficulty::Basic, Difficulty::Basic, Difficulty::Raised, Difficulty::High][index as usize / 5];
        let threshold = if difficulty == Difficulty::Basic { 60.0 } else { 30.0 };
        let verdict = match value - threshold {
            _ if index == 19 => Verdict::Unknown,
            over if over > 3.0 => Verdict::Sufficient,
            over if over > -3.0 => Verdict::Zone,
            _ => Verdict::Insufficient,
        };
        let bar = Bar {
            value,
            threshold: (index != 19).then_some(threshold),
            zone: 3.0,
            reference: Some(reference),
            verdict,
        };
        row(
            RowKind::Plain,
            vec![
                Cell::Text((index + 1).to_string()),
                text(SKILLS[index as usize % 10]),
                text("5.3"),
                Cell::Level(Some(difficulty), Some(1 + (index % 3) as u16)),
                Cell::number(value, 1),
                Cell::interval(value - 2.8, value + 2.6, 1),
                Cell::number(reference, 1),
                Cell::difference(value - reference, 1),
                Cell::Bar(bar),
                Cell::Verdict(verdict),
            ],
        )
    });
    Table {
        note: "Ур. — уровень (Б, П, В) и максимум, если он больше одного балла. Процент выполнения — сумма баллов, \
            делённая на произведение числа участников и максимума; не приступившие входят с нулём. Цветная полоса — \
            округ, серая риска — регион, чёрная — порог (60\u{a0}% для Б, 30\u{a0}% для П и В)."
            .to_owned(),
        ..table(
            "tasks",
            "Выполнение заданий, муниципальный округ (n\u{a0}=\u{a0}950) и регион \
            (n\u{a0}=\u{a0}14\u{a0}862)",
            columns,
            rows.collect(),
        )
    }
}

pub(super) fn outcomes() -> Table {
    let columns = vec![
        column("№", Align::Right, 0.7),
        column("Проверяемое умение", Align::Left, 4.0),
        column("Полный", Align::Right, 1.0),
        column("Частичный", Align::Right, 1.2),
        column("Ноль", Align::Right, 1.0),
        column("Не приступали", Align::Right, 1.5),
        column("Слева направо в том же порядке", Align::Left, 4.0).drawn_from([2, 3, 4, 5]),
    ];
    let rows = [
        (5, 52.1, None, 46.4, 1.5),
        (9, 43.6, None, 50.4, 6.0),
        (18, 16.8, Some(19.4), 47.8, 16.0),
        (19, 3.4, Some(10.3), 52.3, 34.0),
    ]
    .map(|(task, full, partial, zero, skipped): (u64, f64, Option<f64>, f64, f64)| {
        row(
            RowKind::Plain,
            vec![
                Cell::Text(task.to_string()),
                text(SKILLS[task as usize % 10]),
                Cell::number(full, 1),
                partial.map_or(Cell::Missing, |it| Cell::number(it, 1)),
                Cell::number(zero, 1),
                Cell::number(skipped, 1),
                Cell::Parts([full, partial.unwrap_or(0.0), zero, skipped]),
            ],
        )
    })
    .to_vec();
    table("outcomes", "Задания с недостаточным уровнем: из чего складывается результат, % участников", columns, rows)
}

pub(super) fn schools() -> Table {
    let columns = vec![
        column("Школа", Align::Left, 4.0),
        column("По списку", Align::Right, 1.0),
        column("Писали", Align::Right, 1.0),
        column("Охват, %", Align::Right, 1.0),
        column("«2»", Align::Right, 0.6),
        column("«3»", Align::Right, 0.6),
        column("«4»", Align::Right, 0.6),
        column("«5»", Align::Right, 0.6),
        column("Отметки, доли", Align::Left, 4.0),
        column("«2», %", Align::Right, 1.0),
        column("Баллы, %", Align::Right, 1.0),
        column("95\u{a0}% инт.", Align::Right, 1.2),
    ];
    let mut rows: Vec<Row> = SCHOOLS.iter().enumerate().map(|(index, name)| school(index as u64, name)).collect();
    rows.insert(0, whole(RowKind::Own, "Муниципальный округ"));
    rows.insert(1, whole(RowKind::Reference, "Регион"));
    rows.push(whole(RowKind::Total, "Всего"));
    Table {
        wide: true,
        note: "«—» — меньше 10 участников: доли не приводятся. При n\u{a0}<\u{a0}50 доли округлены до целых."
            .to_owned(),
        ..table("schools", "Результаты школ округа, порядок по реестру", columns, rows)
    }
}

pub(super) fn thresholds() -> Table {
    let columns = vec![
        column("Код", Align::Left, 1.0),
        column("Правило", Align::Left, 4.0),
        column("Значение", Align::Right, 2.0),
        column("Откуда", Align::Left, 6.0),
        column("Данные", Align::Left, 2.0),
    ];
    let rows = (0..44).map(|index| {
        row(
            RowKind::Plain,
            vec![
                Cell::Text(format!("F{index:02}")),
                text(["базовое задание", "рост доли «2» за год", HOSTILE][index % 3]),
                text("60\u{a0}±\u{a0}3\u{a0}%"),
                text("официально в пересказе, сверить с документом: ФИОКО 2026, с. 6, 17"),
                Cell::Link("tasks.csv".to_owned(), "../../data/tasks.csv".to_owned()),
            ],
        )
    });
    table("thresholds", "Пороги", columns, rows.collect())
}

/// A row of the table of schools: small ones have whole shares, the smallest hidden ones.
fn school(index: u64, name: &str) -> Row {
    let n = 118 - 14 * index;
    let small = index > 5;
    let decimals = if n < 50 { 0 } else { 1 };
    let hidden = |cell: Cell| if index == 7 { Cell::Missing } else { cell };
    row(
        RowKind::Plain,
        vec![
            text(name),
            Cell::count(n + 7),
            Cell::count(n),
            Cell::number(100.0 * n as f64 / (n + 7) as f64, decimals),
            Cell::count(n / 5),
            Cell::count(n / 3),
            Cell::count(n / 4),
            Cell::count(n - n / 5 - n / 3 - n / 4),
            hidden(Cell::Marks([20.0, 33.3, 25.0, 21.7])),
            hidden(if small { Cell::number(24.0, 0) } else { Cell::number(9.9 + index as f64 * 3.0, decimals) }),
            hidden(Cell::number(50.4, decimals)),
            hidden(Cell::interval(47.0, 54.0, 0)),
        ],
    )
}

/// A row of the table of schools that sums up.
fn whole(kind: RowKind, name: &str) -> Row {
    row(
        kind,
        vec![
            text(name),
            Cell::count(11_028),
            Cell::count(10_950),
            Cell::number(92.4, 1),
            Cell::count(201),
            Cell::count(413),
            Cell::count(268),
            Cell::count(68),
            Cell::Marks([21.2, 43.5, 28.2, 7.1]),
            Cell::number(21.2, 1),
            Cell::number(49.0, 1),
            Cell::Missing,
        ],
    )
}
