//! «Балл качества данных»: per school and for all together, what it is made of, how it moved from check to check.

use super::{number, row, text};
use crate::context::Context;
use crate::facts::data_quality::{decimals, most};
use srez_model::data_quality::{DataQuality, QualityCounts, QualityPart, QualityScore, in_points};
use srez_model::report::{Block, Cell, Column, Row, RowKind, Table, Text};
use srez_wording::sentence::quality as said;
use srez_wording::text::capitalised;
use srez_wording::{date, number as print};
use std::collections::BTreeMap;

/// The blocks of the section; nothing where no score was made.
pub(crate) fn blocks(context: &Context<'_>) -> Vec<Block> {
    let Some(quality) = context.quality.filter(|quality| !quality.schools.is_empty()) else {
        return vec![Block::Note("Школ нет: считать нечего.".into())];
    };
    vec![
        Block::Paragraph(Text::plain(
            "Балл от 0 до 100 говорит о присланных файлах, а не о знаниях учеников и не о работе учителей: чего в них не \
             хватает и что поправить. Школы стоят в порядке реестра; балл не сравнивает школы между собой.",
        )),
        scores(context, quality),
        counts(context, quality),
        parts(context, quality),
        checks(quality),
    ]
}

/// What each part is, with the points in force.
fn parts(context: &Context<'_>, quality: &DataQuality) -> Block {
    let rows = quality.all.parts.iter().map(|part| {
        let words = match part.part {
            QualityPart::Completeness => "Доля ожидаемых работ, по которым есть результаты.",
            QualityPart::Cells => "Доля строк участников, в которых ни одно значение не потеряно и не заменено.",
            QualityPart::Identity => {
                "Доля файлов, в которых школа, работа, класс и участники взяты без замечаний. Непрочитанный файл не опознан."
            }
            QualityPart::Timeliness => {
                "Доля работ, которые видела проверка в день срока или раньше; считаются работы, срок которых наступил."
            }
        };
        row(vec![
            Cell::Text(capitalised(part.part.title())),
            Cell::number(in_points(part.most), decimals(part.most)),
            Cell::Text(words.to_owned()),
        ])
    });
    let columns = vec![text("Часть", 1.4), number("До баллов"), text("Что считается", 7.0)];
    let note = format!(
        "Часть — её наибольшее число баллов, умноженное на долю и округлённое вниз. {}",
        expected(context, quality)
    );
    table("quality-parts", "Части балла".to_owned(), columns, rows.collect(), &note)
}

/// Heads of the parts with their points: «Полнота, до 40».
fn columns_of_parts(first: &str, score: &QualityScore) -> Vec<Column> {
    let mut columns = vec![text(first, 3.0)];
    columns.extend(
        score
            .parts
            .iter()
            .map(|part| number(&format!("{}, до\u{a0}{}", capitalised(part.part.title()), most(part.most)))),
    );
    columns.extend([number("Достижимо"), number("Балл")]);
    columns
}

fn cells_of_parts(name: String, score: &QualityScore) -> Vec<Cell> {
    let points = |tenths: Option<u64>| tenths.map_or(Cell::Missing, |tenths| Cell::number(in_points(tenths), 1));
    let mut cells = vec![Cell::Text(name)];
    cells.extend(score.parts.map(|part| points(part.tenths)));
    cells.push(Cell::number(in_points(score.within_reach), decimals(score.within_reach)));
    cells.push(points(score.tenths));
    cells
}

fn change(now: &QualityScore, before: Option<&QualityScore>) -> Cell {
    let change = before.and_then(|before| now.change_since(before));
    change.map_or(Cell::Missing, |change| Cell::difference(change, 1))
}

fn total(cells: Vec<Cell>) -> Row {
    Row { cells, kind: RowKind::Total }
}

fn scores(context: &Context<'_>, quality: &DataQuality) -> Block {
    let is_compared = !quality.past.is_empty();
    let mut columns = columns_of_parts("Школа", &quality.all);
    if is_compared {
        columns.push(number(&format!("С проверки {}", date::short(quality.since()))));
    }
    let line = |name: String, now: &QualityScore, before: Option<&QualityScore>| {
        let mut cells = cells_of_parts(name, now);
        cells.extend(is_compared.then(|| change(now, before)));
        cells
    };
    let mut rows: Vec<Row> = quality
        .schools
        .iter()
        .map(|of| row(line(context.school(&of.school).to_owned(), &of.now, of.before.as_ref())))
        .collect();
    let before = quality.past.last().map(|(_, score)| score);
    rows.push(total(line(context.focus_title.clone(), &quality.all, before)));
    table("quality", "Балл качества данных по школам".to_owned(), columns, rows, &note(quality))
}

/// Why parts are missing, and how the score is then made.
fn note(quality: &DataQuality) -> String {
    let mut without: BTreeMap<(QualityPart, &str), u64> = BTreeMap::new();
    for part in quality.schools.iter().flat_map(|of| &of.now.parts).filter(|part| part.tenths.is_none()) {
        *without.entry((part.part, part.reason)).or_default() += 1;
    }
    let all = quality.schools.len() as u64;
    let mut words: Vec<String> = without
        .into_iter()
        .map(|((part, reason), schools)| {
            let title = capitalised(part.title());
            if schools == all {
                format!("{title} не вычисляется: {reason}")
            } else {
                said::without_part(schools, &title, reason)
            }
        })
        .collect();
    if !words.is_empty() {
        words.push("Балл тогда — доля от достижимых баллов, они указаны рядом".to_owned());
    }
    words.push("Внизу — все школы вместе: складываются их работы, строки и файлы, а не баллы".to_owned());
    if !quality.past.is_empty() {
        words.push("Изменение «—»: тогда балла не было или вычислялись другие части".to_owned());
    }
    format!("{}.", words.join(". "))
}

fn counts(context: &Context<'_>, quality: &DataQuality) -> Block {
    let line = |name: String, of: &QualityCounts| {
        let mut cells = vec![Cell::Text(name)];
        let counts =
            [of.expected, of.present, of.rows, of.faulty_rows, of.files, of.identified_files, of.due, of.in_time];
        cells.extend(counts.map(Cell::count));
        cells
    };
    let schools = quality.schools.iter();
    let mut rows: Vec<Row> =
        schools.map(|of| row(line(context.school(&of.school).to_owned(), &of.now.counts))).collect();
    rows.push(total(line(context.focus_title.clone(), &quality.all.counts)));
    let mut columns = vec![text("Школа", 3.0)];
    let titles = [
        "Работ ожидалось",
        "Есть результаты",
        "Строк",
        "С замечанием",
        "Файлов",
        "Опознано",
        "Срок наступил",
        "Пришло в срок",
    ];
    columns.extend(titles.map(number));
    let note = "Строки и файлы — этой проверки, работы — все, что есть в базе. Общий файл нескольких школ \
                считается у каждой из них; протоколы ОГЭ и ЕГЭ на несколько школ не считаются: их выдаёт регион.";
    table("quality-counts", "Из чего складывается балл".to_owned(), columns, rows, note)
}

/// All schools together from check to check.
fn checks(quality: &DataQuality) -> Block {
    if quality.past.is_empty() {
        return Block::Note("Сравнить балл не с чем: прежних проверок с баллом в базе нет.".into());
    }
    let mut columns = columns_of_parts("Проверка", &quality.all);
    columns.push(number("Изменение"));
    let mut before: Option<&QualityScore> = None;
    let now = (&quality.date, &quality.all);
    let rows = quality.past.iter().map(|(date, score)| (date, score)).chain([now]).map(|(date, score)| {
        let mut cells = cells_of_parts(date::short(date), score);
        cells.push(change(score, before.replace(score)));
        row(cells)
    });
    let note = "Все школы вместе. Проверок, которые балла не сохранили, в таблице нет. Баллы прежних проверок пересчитаны по \
                нынешним весам.";
    let rows = rows.collect();
    table("quality-checks", "Балл качества данных от проверки к проверке".to_owned(), columns, rows, note)
}

/// Which works every school with their grade is to have, and why.
fn expected(context: &Context<'_>, quality: &DataQuality) -> String {
    let least = print::percent_exact(context.thresholds.value("quality.expected"), 0);
    let rule = format!(
        "Работа ожидается от каждой школы, где есть такой класс, если результаты есть не менее чем у {least} этих школ или \
         работа названа в разделе [due] конвейера; ОГЭ и ЕГЭ сдают по выбору, поэтому они ожидаются, только если названы"
    );
    if quality.expected.is_empty() {
        return format!("{rule}. Таких работ нет.");
    }
    let titles: Vec<&str> = quality.expected.iter().map(|exam| context.title_of(exam)).collect();
    format!("{rule}. {}: {}.", said::expected_works(titles.len() as u64), titles.join("; "))
}

fn table(name: &str, caption: String, columns: Vec<Column>, rows: Vec<Row>, note: &str) -> Block {
    Block::Table(Table {
        name: name.to_owned(),
        caption,
        columns,
        rows,
        note: note.to_owned(),
        wide: true,
        chart: None,
    })
}
