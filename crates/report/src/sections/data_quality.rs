//! «Балл качества данных»: per school and for all together, what it is made of, how it moved from check to check.

use super::number;
use crate::context::Context;
use crate::facts::data_quality::{decimals, most};
use crate::table::TableOf;
use srez_model::data_quality::{DataQuality, QualityPart, QualityScore, in_points};
use srez_model::report::{Block, Cell, RowKind, Text};
use srez_wording::sentence::quality as said;
use srez_wording::text::capitalised;
use srez_wording::{date, number as print};
use std::collections::BTreeMap;

/// The blocks of the section.
pub(crate) fn blocks(context: &Context<'_>) -> Vec<Block> {
    let quality = context.facts.quality;
    if quality.schools.is_empty() {
        return vec![Block::Note("Школ нет: считать нечего.".into())];
    }
    vec![
        Block::Paragraph(Text::plain(
            "Балл от 0 до 100 говорит о присланных файлах, а не о знаниях учеников и не о работе учителей: чего в них \
             не хватает и что поправить. Школы стоят в порядке реестра; балл не сравнивает школы между собой.",
        )),
        scores(context, quality),
        counts(context, quality),
        parts(context, quality),
        checks(quality),
    ]
}

/// What each part is, with the points in force.
fn parts(context: &Context<'_>, quality: &DataQuality) -> Block {
    let words = |part: QualityPart| match part {
        QualityPart::Completeness => "Доля ожидаемых работ, по которым есть результаты.",
        QualityPart::Cells => "Доля строк участников, в которых ни одно значение не потеряно и не заменено.",
        QualityPart::Identity => {
            "Доля файлов, в которых школа, работа, класс и участники взяты без замечаний. Непрочитанный файл не \
             опознан."
        }
        QualityPart::Timeliness => {
            "Доля работ, которые видела проверка в день срока или раньше; считаются работы, срок которых наступил."
        }
    };
    let note = format!(
        "Часть — её наибольшее число баллов, умноженное на долю и округлённое вниз. {}",
        expected(context, quality)
    );
    TableOf::new(&quality.all.parts)
        .text("Часть", 1.4, |part| capitalised(part.part.title()))
        .number("До баллов", 1.0, |part| Cell::number(in_points(part.most), decimals(part.most)))
        .text("Что считается", 7.0, |part| words(part.part).to_owned())
        .wide(true)
        .named("quality-parts", "Части балла", note)
}

/// A score with its name: of a school, or of a check.
struct Line<'a> {
    name: String,
    score: &'a QualityScore,
    before: Option<&'a QualityScore>,
    kind: RowKind,
}

/// Name, parts with their points («Полнота, до 40»), and score; `change` heads the column of what has changed.
fn with_parts<'a>(
    first: &str,
    all: &QualityScore,
    lines: Vec<Line<'a>>,
    change_title: Option<&str>,
) -> TableOf<Line<'a>> {
    let points = |tenths: Option<u64>| tenths.map_or(Cell::Missing, |tenths| Cell::number(in_points(tenths), 1));
    let parts: Vec<_> = all.parts.iter().enumerate().collect();
    let table = TableOf::new(lines)
        .text(first, 3.0, |line| line.name.clone())
        .columns(
            &parts,
            |(_, part)| number(&format!("{}, до\u{a0}{}", capitalised(part.part.title()), most(part.most))),
            |line, (place, _)| points(line.score.parts.get(*place).and_then(|part| part.tenths)),
        )
        .number("Достижимо", 1.0, |line| {
            Cell::number(in_points(line.score.within_reach), decimals(line.score.within_reach))
        })
        .number("Балл", 1.0, |line| points(line.score.tenths))
        .kinds(|line| line.kind)
        .wide(true);
    match change_title {
        Some(title) => table.number(title, 1.0, |line| change(line.score, line.before)),
        None => table,
    }
}

fn change(now: &QualityScore, before: Option<&QualityScore>) -> Cell {
    let change = before.and_then(|before| now.change_since(before));
    change.map_or(Cell::Missing, |change| Cell::difference(change, 1))
}

fn scores(context: &Context<'_>, quality: &DataQuality) -> Block {
    let schools = quality.schools.iter().map(|of| Line {
        name: context.school(&of.school).to_owned(),
        score: &of.now,
        before: of.before.as_ref(),
        kind: RowKind::Plain,
    });
    let all = Line {
        name: context.focus_title.clone(),
        score: &quality.all,
        before: quality.past.last().map(|(_, score)| score),
        kind: RowKind::Total,
    };
    let since = (!quality.past.is_empty()).then(|| format!("С проверки {}", date::short(quality.since())));
    with_parts("Школа", &quality.all, schools.chain([all]).collect(), since.as_deref()).named(
        "quality",
        "Балл качества данных по школам",
        note(quality),
    )
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
                format!("Часть «{title}» не вычисляется: {reason}")
            } else {
                said::without_part(schools, &format!("Часть «{title}»"), reason)
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
    let note = "Строки и файлы — этой проверки, работы — все, что есть в базе. Общий файл нескольких школ \
                считается у каждой из них; протоколы ОГЭ и ЕГЭ на несколько школ не считаются: их выдаёт регион.";
    let schools = quality.schools.iter().map(|of| (context.school(&of.school), &of.now.counts, RowKind::Plain));
    let total = (context.focus_title.as_str(), &quality.all.counts, RowKind::Total);
    TableOf::new(schools.chain([total]))
        .text("Школа", 3.0, |(name, ..)| (*name).to_owned())
        .count("Работ ожидалось", 1.0, |(_, of, _)| of.expected)
        .count("Есть результаты", 1.0, |(_, of, _)| of.present)
        .count("Строк", 1.0, |(_, of, _)| of.rows)
        .count("С замечанием", 1.0, |(_, of, _)| of.faulty_rows)
        .count("Файлов", 1.0, |(_, of, _)| of.files)
        .count("Опознано", 1.0, |(_, of, _)| of.identified_files)
        .count("Срок наступил", 1.0, |(_, of, _)| of.due)
        .count("Пришло в срок", 1.0, |(_, of, _)| of.in_time)
        .kinds(|(.., kind)| *kind)
        .wide(true)
        .named("quality-counts", "Из чего складывается балл", note)
}

/// All schools together from check to check.
fn checks(quality: &DataQuality) -> Block {
    if quality.past.is_empty() {
        return Block::Note("Сравнить балл не с чем: прежних проверок с баллом в базе нет.".into());
    }
    let mut before: Option<&QualityScore> = None;
    let now = (&quality.date, &quality.all);
    let lines = quality.past.iter().map(|(date, score)| (date, score)).chain([now]).map(|(date, score)| Line {
        name: date::short(date),
        score,
        before: before.replace(score),
        kind: RowKind::Plain,
    });
    let note = "Все школы вместе. Проверок, которые балла не сохранили, в таблице нет. Баллы прежних проверок \
                пересчитаны по нынешним весам.";
    with_parts("Проверка", &quality.all, lines.collect(), Some("Изменение")).named(
        "quality-checks",
        "Балл качества данных от проверки к проверке",
        note,
    )
}

/// Which works every school with their grade is to have, and why.
fn expected(context: &Context<'_>, quality: &DataQuality) -> String {
    let least = print::percent_exact(context.thresholds.value("quality.expected"), 0);
    let rule = format!(
        "Работа ожидается от каждой школы, где есть такой класс, если результаты есть не менее чем у {least} этих школ \
         или работа названа в разделе [due] конвейера; ОГЭ и ЕГЭ сдают по выбору, поэтому они ожидаются, только если \
         названы"
    );
    if quality.expected.is_empty() {
        return format!("{rule}. Таких работ нет.");
    }
    let titles: Vec<&str> = quality.expected.iter().map(|exam| context.title_of(exam)).collect();
    format!("{rule}. {}: {}.", said::expected_works(titles.len() as u64), titles.join("; "))
}
