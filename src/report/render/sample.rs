//! A made-up report with every kind of block and cell, long names and hostile strings, for the tests of the renderers.

use crate::model::assessment::Difficulty;
use crate::model::figure::Figure;
use crate::model::finding::{Status, Verdict};
use crate::model::report::{
    Align, Bar, Block, Cell, Column, Conclusion, DocumentKind, KeyFigure, Report, Row, RowKind, Section, Statement,
    Table, Text,
};
use std::sync::Arc;

/// Strings that mean something to a template language, a page or a shell, and nothing to a reader.
pub(crate) const HOSTILE: &str =
    "#read(\"/etc/passwd\") $x^2$ *b* _i_ `c` <script>alert(1)</script> @ref \\u{41} // /* = {{ 7 }} & \"'</style>";

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
    "Филиал МБОУ «Приречная средняя общеобразовательная школа имени Героя Советского Союза И. И. Иванова» в селе Луговое",
    "Еловская ООШ",
];

/// The report; `kind` decides between cover and compact head.
pub(crate) fn report(kind: DocumentKind) -> Report {
    Report {
        kind,
        title: "Анализ результатов ВПР по математике".to_owned(),
        subtitle: "8 класс, 2025/26 учебный год".to_owned(),
        centre: "МБУ «Информационно-методический центр»".to_owned(),
        municipality: "Муниципальный округ «Северная Долина»".to_owned(),
        date: "05.06.2026".to_owned(),
        running_head: "ВПР-2026. Математика, 8 класс".to_owned(),
        footer: "Срез 7 от 05.06.2026 · издание для служебного пользования".to_owned(),
        key_figures: [
            ("950", "участников из 1028 по списку"),
            ("16 из 17", "школ представили данные"),
            ("12,3", "средний балл из 25"),
            ("3,21", "средняя отметка"),
        ]
        .map(|(value, unit)| KeyFigure { value: value.to_owned(), unit: unit.to_owned() })
        .to_vec(),
        passport: [
            ("Работа", "ВПР, 7 и 8 апреля 2026 г., две части"),
            ("Форма", "протоколы школ и отчёт ФИС ОКО «Выполнение заданий»"),
            ("Участники", "950 из 1028, охват 92,4\u{a0}%"),
            ("Шкала", "0–7 — «2», 8–14 — «3», 15–20 — «4», 21–25 — «5»"),
            ("Средний балл", "12,3 (ст. откл. 5,5), регион 12,7"),
            ("Надёжность", "альфа 0,84; ошибка ±2,2 балла"),
            ("Дата данных", "05.06.2026, срез 7"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        missing: vec![
            "Горная ООШ: протокол возвращён дважды (сумма баллов не равна сумме по заданиям).".to_owned(),
            "Еловская ООШ: 8 участников, доли и выводы по школе не приводятся.".to_owned(),
        ],
        sections: sections(),
    }
}

fn section(title: &str, new_page: bool, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), depth: 1, new_page, annex: false, blocks }
}

fn sections() -> Vec<Section> {
    let annex = |title: &str, blocks| Section { annex: true, ..section(title, true, blocks) };
    vec![
        section("Главное", true, main_page()),
        Section { depth: 2, ..section("Что нового с прошлого выпуска", false, vec![Block::Table(news())]) },
        section("Отметки", true, vec![
            Block::Figure(figure("marks-stacked", 170.0, 60.0)),
            Block::Paragraph(Text::plain("Качество (доля «4» и «5») в округе — ").bold("35,4\u{a0}%").then(", интервал 32,4–38,5\u{a0}%; региональное значение 37,6\u{a0}% он накрывает: отличие не выявлено. В сельских школах качество 24,9\u{a0}% при 169 участниках.")),
            Block::Figure(figure("journal", 81.0, 50.0)),
            Block::Figure(figure("dynamics", 81.0, 50.0)),
            Block::Note(Text::plain("Понизили, подтвердили и повысили отметку журнала — среди участников, у которых есть обе отметки.")),
        ]),
        section("Выполнение заданий", true, vec![Block::Table(tasks()), Block::Table(outcomes())]),
        section("Рекомендации", true, vec![
            Block::Paragraph(Text::plain(HOSTILE)),
            Block::Paragraph(Text::plain("Ы".repeat(300))),
            Block::List(vec![Text::plain("Практикум «Задача без чертежа»: разбор № 13–15, банк из 20 задач."), Text::plain("Сверка календарно-тематического планирования ").bold("двух школ").then(" до 15 сентября 2026 г. Пары школ составляет методический центр; два посещения в месяц.")]),
            Block::Steps(vec![Text::plain("Проверить работы с 7 и 8 баллами без сведений о школе."), Text::plain("Обсудить критерии на заседании методического объединения.")]),
            Block::Field("Типичные ошибки (заполняет методист)".to_owned(), 4),
        ]),
        annex("Таблица школ", vec![Block::Table(schools())]),
        annex("Пороги, действующие в этом выпуске", vec![Block::Table(thresholds())]),
    ]
}

fn main_page() -> Vec<Block> {
    let conclusion = |value: &str, unit: &str, status, text: Text, source: &str| {
        Block::Conclusion(Conclusion {
            value: value.to_owned(),
            unit: unit.to_owned(),
            status,
            text,
            source: source.to_owned(),
        })
    };
    let statement = |status, text: &str| Block::Statement(Statement { status, text: Text::plain(text) });
    vec![
        conclusion(
            "21,2\u{a0}%",
            "отметок «2»",
            Status::Fact,
            Text::plain("Отметку «2» получил 201 участник из 950. Интервал 18,7–23,9\u{a0}%, в регионе 20,0\u{a0}%: ")
                .bold("отличие не выявлено")
                .then("."),
            "Вывод 1 · правило F03",
        ),
        conclusion(
            "7 из 20",
            "заданий с недостаточным уровнем",
            Status::Fact,
            Text::plain(
                "Недостаточный уровень у заданий № 5, 9, 13, 14, 17, 18, 19, в том числе четырёх базовых: № 5, 9, 13, 14.",
            ),
            "Вывод 2 · табл. 1; правила F01, F02",
        ),
        conclusion(
            "\u{2212}6,6",
            "п.п. к региону, геометрия",
            Status::Probable,
            Text::plain("Геометрия выполнена на 38,6\u{a0}% (36,9–40,5), в регионе на 45,3\u{a0}%: ")
                .bold("отличие выражено")
                .then(". Ниже остальных школ округа — СОШ № 5 (18,1\u{a0}%)."),
            "Вывод 3 · правило S01",
        ),
        conclusion(
            "14\u{a0}862 из 15\u{a0}000",
            "участников региона",
            Status::Probable,
            Text::default()
                .bold("Где получается.")
                .then(" Задание № 10 «Находить вероятность события»: 58,3\u{a0}% при 52,8\u{a0}% в регионе."),
            "Вывод 4 · правило S03",
        ),
        statement(
            Status::Hypothesis,
            "Возможная причина дефицита по геометрии: тема «Четырёхугольники» в части школ пройдена после даты работы. Требует проверки по календарно-тематическому планированию двух школ.",
        ),
        statement(
            Status::Checked,
            "Отклонений нет: доля не приступавших к заданиям; различия вариантов 1 и 2; расхождение сумм баллов. Проверено 512 сочетаний, отмечено 22.",
        ),
        statement(Status::NoData, "Горная ООШ: протокол возвращён, 17 работ в расчёт не вошли."),
    ]
}

fn column(title: &str, align: Align, weight: f64) -> Column {
    Column { title: title.to_owned(), align, weight }
}

fn table(name: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table { name: name.to_owned(), caption: caption.to_owned(), columns, rows, note: String::new(), wide: false }
}

fn row(kind: RowKind, cells: Vec<Cell>) -> Row {
    Row { cells, kind }
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn news() -> Table {
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
    .map(|(change, count, details)| row(RowKind::Plain, vec![text(change), Cell::Count(count), text(details)]))
    .to_vec();
    table("news", "Изменения с прошлого выпуска", columns, rows)
}

fn tasks() -> Table {
    let columns = vec![
        column("№", Align::Right, 0.7),
        column("Проверяемое умение", Align::Left, 4.0),
        column("КЭС", Align::Centre, 0.8),
        column("Ур.", Align::Centre, 0.8),
        column("%", Align::Right, 1.0),
        column("95\u{a0}% инт.", Align::Right, 1.5),
        column("Регион", Align::Right, 1.0),
        column("п.п.", Align::Right, 1.0),
        column("", Align::Left, 2.0),
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
        let bar = Bar { value, threshold: (index != 19).then_some(threshold), reference: Some(reference), verdict };
        row(
            RowKind::Plain,
            vec![
                Cell::Text((index + 1).to_string()),
                text(SKILLS[index as usize % 10]),
                text("5.3"),
                Cell::Level(Some(difficulty), Some(1 + (index % 3) as u16)),
                Cell::Number(value, 1),
                Cell::Interval(value - 2.8, value + 2.6, 1),
                Cell::Number(reference, 1),
                Cell::Difference(value - reference, 1),
                Cell::Bar(bar),
                Cell::Verdict(verdict),
            ],
        )
    });
    Table {
        note: "Ур. — уровень (Б, П, В) и максимум, если он больше одного балла. Процент выполнения — сумма баллов, делённая на произведение числа участников и максимума; не приступившие входят с нулём. Цветная полоса — округ, серая риска — регион, чёрная — порог (60\u{a0}% для Б, 30\u{a0}% для П и В).".to_owned(),
        ..table("tasks", "Выполнение заданий, муниципальный округ (n\u{a0}=\u{a0}950) и регион (n\u{a0}=\u{a0}14\u{a0}862)", columns, rows.collect())
    }
}

fn outcomes() -> Table {
    let columns = vec![
        column("№", Align::Right, 0.7),
        column("Проверяемое умение", Align::Left, 4.0),
        column("Полный", Align::Right, 1.0),
        column("Частичный", Align::Right, 1.2),
        column("Ноль", Align::Right, 1.0),
        column("Не приступали", Align::Right, 1.5),
        column("Слева направо в том же порядке", Align::Left, 4.0),
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
                Cell::Number(full, 1),
                partial.map_or(Cell::Missing, |it| Cell::Number(it, 1)),
                Cell::Number(zero, 1),
                Cell::Number(skipped, 1),
                Cell::Parts([full, partial.unwrap_or(0.0), zero, skipped]),
            ],
        )
    })
    .to_vec();
    table("outcomes", "Задания с недостаточным уровнем: из чего складывается результат, % участников", columns, rows)
}

fn schools() -> Table {
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
    let mut rows: Vec<Row> = SCHOOLS
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let n = 118 - 14 * index as u64;
            let small = index > 5;
            let decimals = if n < 50 { 0 } else { 1 };
            let hidden = |cell: Cell| if index == 7 { Cell::Missing } else { cell };
            row(
                RowKind::Plain,
                vec![
                    text(name),
                    Cell::Count(n + 7),
                    Cell::Count(n),
                    Cell::Number(100.0 * n as f64 / (n + 7) as f64, decimals),
                    Cell::Count(n / 5),
                    Cell::Count(n / 3),
                    Cell::Count(n / 4),
                    Cell::Count(n - n / 5 - n / 3 - n / 4),
                    hidden(Cell::Marks([20.0, 33.3, 25.0, 21.7])),
                    hidden(if small {
                        Cell::Number(24.0, 0)
                    } else {
                        Cell::Number(9.9 + index as f64 * 3.0, decimals)
                    }),
                    hidden(Cell::Number(50.4, decimals)),
                    hidden(Cell::Interval(47.0, 54.0, 0)),
                ],
            )
        })
        .collect();
    let whole = |kind, name: &str| {
        row(
            kind,
            vec![
                text(name),
                Cell::Count(11_028),
                Cell::Count(10_950),
                Cell::Number(92.4, 1),
                Cell::Count(201),
                Cell::Count(413),
                Cell::Count(268),
                Cell::Count(68),
                Cell::Marks([21.2, 43.5, 28.2, 7.1]),
                Cell::Number(21.2, 1),
                Cell::Number(49.0, 1),
                Cell::Missing,
            ],
        )
    };
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

fn thresholds() -> Table {
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
                text("официально (пересказ, сверить): ФИОКО 2026, с. 6, 17"),
                Cell::Link("tasks.csv".to_owned(), "../../data/tasks.csv".to_owned()),
            ],
        )
    });
    table("thresholds", "Пороги", columns, rows.collect())
}

/// A drawing with an id of its own, so that several of them meet in one page.
fn figure(chart: &str, width_mm: f64, height_mm: f64) -> Arc<Figure> {
    let (width, height) = (width_mm * 72.0 / 25.4, height_mm * 72.0 / 25.4);
    let bars: String = (0..6)
        .map(|index| {
            let y = 6.0 + f64::from(index) * (height - 24.0) / 6.0;
            let share = width * (0.75 - 0.1 * f64::from(index));
            format!("<rect x=\"60\" y=\"{y:.1}\" width=\"{share:.1}\" height=\"{:.1}\" fill=\"#86B3D1\" clip-path=\"url(#cut)\"/><text x=\"56\" y=\"{:.1}\" font-family=\"PT Sans, Golos Text, Arial, sans-serif\" font-size=\"8\" text-anchor=\"end\" fill=\"#1B2733\">СОШ № {index}</text>", height / 9.0, y + height / 13.0)
        })
        .collect();
    Arc::new(Figure {
        chart: chart.to_owned(),
        name: format!("vpr-2026-math-8-{chart}"),
        caption: "Доля выполнения по школам, %. Порядок школ — по реестру".to_owned(),
        alt: "Выше остальных СОШ № 0.".to_owned(),
        width_mm,
        height_mm,
        svg: format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width_mm}mm\" height=\"{height_mm}mm\" viewBox=\"0 0 {width:.2} {height:.2}\"><defs><clipPath id=\"cut\"><rect x=\"60\" y=\"0\" width=\"{:.1}\" height=\"{height:.1}\"/></clipPath></defs>{bars}</svg>",
            width - 62.0
        ),
        png: Vec::new(),
    })
}
