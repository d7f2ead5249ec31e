//! A document with every kind of block and cell and with texts that try to break a format.

use crate::sample;
use srez_model::assessment::Difficulty;
use srez_model::field_id::{FieldId, FieldName};
use srez_model::figure::Figure;
use srez_model::finding::Verdict;
use srez_model::report::{
    Align, Bar, Blank, Block, Cell, Column, DocumentKind, NativeChart, NativeChartKind, Report, Row, RowKind, Section,
    Table, Text,
};
use std::sync::Arc;

/// Texts that a format must print as they are or clean, never obey.
pub const NASTY: [&str; 8] = [
    "=cmd|' /C calc'!A0",
    "<w:t>]]></w:t>&amp;<!-- -->",
    "]]>",
    "управляющие\u{0}\u{1}\u{8}\u{b}\u{1b} знаки\u{202e}и разворот",
    "@SUM(A1)\tтаб\nвторая строка",
    "смайлик 😀 и #read(\"/etc/passwd\") $x$ *b*",
    "_x0041_ {=A1}",
    "+7 900 000-00-00",
];

/// A picture of one point.
const PNG: [u8; 67] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58, 126, 155,
    85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 96, 0, 0, 0, 2, 0, 1, 72, 175, 164, 113, 0, 0, 0, 0, 73, 69, 78, 68,
    174, 66, 96, 130,
];

/// The document: the cover and the first page of the sample of the other formats, and sections of its own.
pub fn report() -> Report {
    Report { sections: sections(), ..sample::report(DocumentKind::SubjectAnalysis) }
}

fn sections() -> Vec<Section> {
    let section = |title: &str, depth, new_page, annex, blocks| Section {
        id: "",
        title: title.to_owned(),
        depth,
        new_page,
        annex,
        blocks,
    };
    vec![
        section("Главное", 1, true, false, main_blocks()),
        section("Отметки", 1, true, false, vec![Block::Table(marks()), Block::Figure(Arc::new(figure()))]),
        section(
            "Выполнение заданий",
            1,
            true,
            false,
            vec![
                Block::Paragraph(Text::plain("Процент выполнения сравнивается с порогом уровня.")),
                Block::Table(tasks()),
            ],
        ),
        section("Из чего складывается результат", 2, false, false, vec![Block::Table(parts())]),
        section("Рекомендации", 1, true, false, recommendations()),
        section("Недобрые строки", 1, false, false, nasty_blocks()),
        section(
            "Методика, пороги, источники",
            1,
            true,
            false,
            vec![
                Block::Paragraph(Text::default().bold("Доля и интервал. ").then("Интервал Уилсона, 95 %.")),
                Block::Table(sources()),
            ],
        ),
        section("Таблица школ", 1, true, true, vec![Block::Table(wide()), Block::Note("n — участники.".into())]),
        section("Словарь", 1, true, true, vec![Block::Paragraph("ВПР — всероссийская проверочная работа.".into())]),
    ]
}

fn main_blocks() -> Vec<Block> {
    let mut blocks = sample::main_page();
    blocks.push(Block::Paragraph("Три из четырёх заданий связаны с графиками.".into()));
    blocks
}

fn recommendations() -> Vec<Block> {
    vec![
        Block::List(vec!["Разобрать на заседании ГМО задания № 5, 9, 13.".into(), "Проверить планирование.".into()]),
        Block::Steps(vec!["Собрать работы трёх школ.".into(), Text::default().bold("До 1 октября").then(" — разбор.")]),
        Block::Steps(vec!["Второй список считает с единицы.".into(), "И дальше.".into()]),
        blank("1", "Типичные ошибки (заполняет методист)", 4),
        blank("2", "Подпись руководителя ГМО", 1),
    ]
}

fn blank(matter: &str, label: &str, lines: u8) -> Block {
    Blank::new(FieldId::new(FieldName::Errors, "sample").about(matter), label, lines).block()
}

fn nasty_blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = NASTY.iter().map(|text| Block::Paragraph((*text).into())).collect();
    let rows = NASTY.iter().map(|text| vec![Cell::Text((*text).to_owned()), Cell::Text("ж".repeat(300))]);
    blocks.push(Block::Table(table("nasty", "=Недобрая [таблица]: */?", &[("=A1", 1.0), ("", 1.0)], rows.collect())));
    blocks.push(Block::Note(NASTY.join(" ").as_str().into()));
    blocks
}

fn figure() -> Figure {
    Figure {
        chart: "marks-stacked".to_owned(),
        name: "vpr-2026-math-8-marks-stacked".to_owned(),
        caption: "Распределение первичных баллов, % участников".to_owned(),
        alt: "Доля отметок «2» — 21,2 %, в регионе 20,0 %".to_owned(),
        width_mm: 170.0,
        height_mm: 78.0,
        svg: String::new(),
        png: PNG.to_vec(),
    }
}

fn table(name: &str, caption: &str, columns: &[(&str, f64)], rows: Vec<Vec<Cell>>) -> Table {
    let is_text =
        |place: usize| rows.iter().any(|row| matches!(row.get(place), Some(Cell::Text(_) | Cell::Verdict(_))));
    let columns = columns.iter().enumerate().map(|(place, (title, weight))| {
        Column::new(*title, if is_text(place) { Align::Left } else { Align::Right }, *weight)
    });
    let columns = columns.collect();
    let rows = rows.into_iter().map(|cells| Row { cells, kind: RowKind::Plain }).collect();
    let note = "Процент выполнения — сумма баллов, делённая на произведение числа участников и максимума.";
    let (name, caption, note) = (name.to_owned(), caption.to_owned(), note.to_owned());
    Table { name, caption, columns, rows, note, wide: false, chart: None }
}

fn marks() -> Table {
    let row = |name: &str, n, shares| vec![Cell::Text(name.to_owned()), Cell::count(n), Cell::Marks(shares)];
    let mut marks = table(
        "marks",
        "Отметки, муниципальный округ (n = 950) и регион (n = 14 862)",
        &[("Группа", 3.0), ("n", 1.0), ("«2» / «3» / «4» / «5», %", 3.0)],
        vec![
            row("Муниципальный округ", 950, [21.2, 43.5, 28.2, 7.1]),
            row("МБОУ «СОШ № 1»", 120, [12.0, 50.0, 30.0, 8.0]),
            row("Регион", 14_862, [20.0, 42.0, 29.0, 9.0]),
            row("Всего", 15_812, [20.1, 42.1, 28.9, 8.9]),
        ],
    );
    for (row, kind) in marks.rows.iter_mut().zip([RowKind::Own, RowKind::Plain, RowKind::Reference, RowKind::Total]) {
        row.kind = kind;
    }
    marks.chart = chart(NativeChartKind::StackedMarks, vec![2], ["", "% участников"]);
    marks
}

/// A chart with the first column as categories.
fn chart(
    kind: NativeChartKind,
    values: Vec<usize>,
    [category_axis, value_axis]: [&'static str; 2],
) -> Option<NativeChart> {
    Some(NativeChart { kind, categories: 0, values, category_axis, value_axis })
}

fn tasks() -> Table {
    let row = |id: &str, skill: &str, level, max, value: f64, reference: f64, verdict| {
        let threshold = if level == Difficulty::Basic { 60.0 } else { 30.0 };
        let zone = threshold / 20.0;
        let bar = Bar { value, threshold: Some(threshold), zone, reference: Some(reference), verdict };
        vec![
            Cell::Text(id.to_owned()),
            Cell::Text(skill.to_owned()),
            Cell::Level(Some(level), max),
            Cell::number(value, 1),
            Cell::interval(value - 3.0, value + 3.0, 1),
            Cell::number(reference, 1),
            Cell::difference(value - reference, 1),
            Cell::Bar(bar),
            Cell::Verdict(verdict),
        ]
    };
    let mut rows = Vec::new();
    for (place, (skill, level, value, verdict)) in [
        ("Выполнять действия с дробями", Difficulty::Basic, 76.2, Verdict::Sufficient),
        ("Решать уравнения", Difficulty::Basic, 69.1, Verdict::Sufficient),
        ("Связывать график функции с формулой", Difficulty::Basic, 52.1, Verdict::Insufficient),
        ("Решать задачи на проценты и покупки", Difficulty::Basic, 60.3, Verdict::Zone),
        ("Строить геометрическую модель", Difficulty::Raised, 28.8, Verdict::Zone),
        ("Рассуждать и обосновывать", Difficulty::High, 8.5, Verdict::Insufficient),
    ]
    .into_iter()
    .cycle()
    .take(42)
    .enumerate()
    {
        rows.push(row(&(place + 1).to_string(), skill, level, Some(1 + place as u16 % 2), value, 58.4, verdict));
    }
    let mut last = row("43", "Без уровня", Difficulty::Basic, None, 33.0, 30.0, Verdict::Unknown);
    last[2] = Cell::Level(None, None);
    last[4] = Cell::Missing;
    rows.push(last);
    let columns = [
        ("№", 0.6),
        ("Проверяемое умение", 4.2),
        ("Ур.", 0.8),
        ("%", 0.9),
        ("95 % инт.", 1.6),
        ("Регион", 1.1),
        ("п.п.", 1.0),
        ("0 50 100", 2.6),
        ("Вывод", 2.1),
    ];
    let mut tasks =
        table("tasks", "Выполнение заданий, муниципальный округ (n = 950) и регион (n = 14 862)", &columns, rows);
    tasks.columns[7].drawn_from = vec![3, 5];
    tasks.chart = chart(NativeChartKind::TaskBars, vec![3, 5], ["задание", "% выполнения"]);
    tasks
}

fn parts() -> Table {
    let rows = vec![vec![
        Cell::Text("5".to_owned()),
        Cell::Parts([52.1, 0.0, 46.4, 1.5]),
        Cell::Bar(Bar { value: 52.1, threshold: None, zone: 0.0, reference: None, verdict: Verdict::Insufficient }),
        Cell::Link("Профиль школы".to_owned(), "../schools/1/profile.pdf".to_owned()),
    ]];
    let columns = [("№", 1.0), ("Полный / частичный / ноль / не приступали, %", 4.0), ("", 3.0), ("Документ", 2.0)];
    table("parts", "Задания с недостаточным уровнем: из чего складывается результат", &columns, rows)
}

fn wide() -> Table {
    let mut columns = vec![("Школа", 4.0), ("n", 1.0)];
    columns.extend(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"].map(|id| (id, 1.0)));
    let rows = (1..40).map(|school| {
        let mut cells = vec![Cell::Text(format!("МБОУ «СОШ № {school}»")), Cell::count(40 + school)];
        cells.extend(
            (0..12).map(|task| if school == 7 { Cell::Missing } else { Cell::number(90.0 - f64::from(task) * 6.3, 0) }),
        );
        cells
    });
    let mut wide = table("schools", "Выполнение заданий по школам, %", &columns, rows.collect());
    wide.wide = true;
    wide.chart = chart(NativeChartKind::MarkProfiles, (2..14).collect(), ["", "%"]);
    wide
}

fn sources() -> Table {
    let rows =
        vec![vec![Cell::Text("Протокол школы ВПР-8".to_owned()), Cell::count(16), Cell::Text("7c1e…b204".to_owned())]];
    let columns = [("Форма", 3.0), ("Файлов", 1.0), ("Сумма", 2.0)];
    let mut sources = table("sources", "Файлы, по которым рассчитан выпуск", &columns, rows);
    sources.chart = chart(NativeChartKind::Distribution, vec![1], ["", "файлов"]);
    sources
}
