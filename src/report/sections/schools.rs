//! Results by school, always in the order of the register; small schools stand in one row.

use super::{marks, no_data, section, table, text};
use crate::model::level::Level;
use crate::model::report::{Align, Block, Cell, Row, RowKind, Section, Text};
use crate::report::context::{Chapter, Context};
use crate::wording::plural;

/// Schools with fewer participants stand in one row, with their number.
fn is_small(context: &Context<'_>, n: u64) -> bool {
    crate::model::unit::as_f64(n) < context.thresholds.value("privacy.group")
}

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let mut blocks = Vec::new();
    if chapter.measures.exam.has_test_scores() {
        blocks.extend(bands_table(context, chapter));
    } else {
        blocks.extend(marks_table(context, chapter));
    }
    if blocks.is_empty() {
        blocks.push(no_data("результатов по школам нет"));
    }
    blocks.extend(chapter.figure("skill-school-heat-map").map(Block::Figure));
    blocks.extend(chapter.figure("funnel").map(Block::Figure));
    blocks.extend(super::findings::statements(chapter, &["S02", "S01a", "S01", "S04", "S10", "S11"]));
    blocks.extend(super::findings::chance(chapter, &["S01", "S01a", "S01b", "S02", "S03", "S04", "S10"]));
    blocks.extend(super::findings::statements(chapter, &["F50", "F45", "F28", "F40"]));
    blocks.extend(super::worth_studying::blocks(context, chapter));
    for list in chapter.findings.lists.iter().filter(|list| list.sign != "S03") {
        let words: Vec<Text> =
            list.schools.iter().map(|school| Text::plain(list_line(context, chapter, school))).collect();
        blocks.push(Block::Paragraph(Text::default().bold(format!("{}.", list.title)).then(if words.is_empty() {
            format!(" Перечень не составлен: {}.", list.reason)
        } else {
            " Порядок — по реестру; правило не проверено, издание внутреннее.".to_owned()
        })));
        if !words.is_empty() {
            blocks.push(Block::List(words));
        }
    }
    section("Результаты школ", false, blocks)
}

/// «СОШ № 1 (n = 24): 81–100 баллов — 25,0 % (…–…)».
fn list_line(context: &Context<'_>, chapter: &Chapter<'_>, school: &str) -> String {
    use crate::wording::number;
    let name = context.school(school);
    if let Some(bands) = chapter.measures.bands_of(Level::School, school) {
        let share = |count| {
            crate::model::unit::Percent::of(count, bands.n).map_or_else(String::new, |p| number::percent(p, bands.n))
        };
        let [below, _, good, best] = bands.by_band;
        let interval =
            bands.best.map_or_else(String::new, |best| format!(" ({})", number::percent_interval(&best, bands.n)));
        return format!(
            "{name} (n = {}): 81–100 баллов — {}{interval}, 61–80 — {}, ниже минимума — {}",
            bands.n,
            share(best),
            share(good),
            share(below)
        );
    }
    chapter.measures.marks_of(Level::School, school).map_or_else(String::new, |marks| {
        let quality = marks.quality.map_or_else(String::new, |quality| {
            format!(
                "{} ({})",
                number::percent(quality.value, marks.marked()),
                number::percent_interval(&quality, marks.marked())
            )
        });
        let two = marks.share(2).map_or_else(String::new, |share| number::percent(share, marks.marked()));
        format!("{name} (n = {}): качество — {quality}, «2» — {two}", marks.marked())
    })
}

/// Schools of a work without marks: primary scores.
fn scores_table(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let rows: Vec<Row> = groups(context, |level, id| measures.marks_of(level, id))
        .into_iter()
        .filter(|(_, marks)| !is_small(context, marks.n))
        .map(|(name, marks)| {
            let number = |value: Option<f64>| value.map_or(Cell::Missing, |value| Cell::Number(value, 1));
            super::row(vec![
                Cell::Text(name),
                Cell::Count(marks.n),
                number(marks.mean_score.map(|mean| mean.0)),
                number(marks.sd_score),
            ])
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        text("Школа", 4.0),
        super::number("Чел."),
        super::number("Средний первичный балл"),
        super::number("Ст. отклонение"),
    ];
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Первичные баллы по школам, {}", super::whose(context, chapter));
    let note =
        "Отметок у работы нет. Порядок — по реестру, это не рейтинг; школы с числом участников менее 10 не показаны.";
    Some(table(&name, caption, columns, rows, note))
}

fn marks_table(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    if measures.marks_of(context.focus.0, &context.focus.1).is_some_and(|own| own.marked() == 0) {
        return scores_table(context, chapter);
    }
    let mut rows: Vec<Row> = Vec::new();
    let (mut schools, mut pupils) = (0, 0);
    for (name, marks) in groups(context, |level, id| measures.marks_of(level, id)) {
        if is_small(context, marks.n) {
            schools += 1;
            pupils += marks.n;
        } else {
            rows.push(marks::group_row(&name, marks, RowKind::Plain));
        }
    }
    if 0 < schools {
        let title = format!("Менее 10 участников: {}", plural::nominative(schools, plural::SCHOOL));
        rows.push(small_row(title, pupils, 11));
    }
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        text("Школа", 3.0),
        super::number("Чел."),
        super::number("«2», %"),
        super::number("«3», %"),
        super::number("«4», %"),
        super::number("«5», %"),
        super::number("Средняя"),
        super::number("Успев., %"),
        super::number("Качество, %"),
        super::other("95 % инт.", Align::Right, 1.3),
        super::other("Отметки", Align::Left, 2.4),
    ];
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Отметки по школам, {}", super::whose(context, chapter));
    Some(table(&name, caption, columns, rows, NOTE))
}

const NOTE: &str = "Порядок — по реестру, это не рейтинг. Доли школ с числом участников менее 10 не показываются: по ним \
                    выводы не делаются. Интервал Уилсона; чем меньше участников, тем он шире.";

fn bands_table(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let mut rows: Vec<Row> = Vec::new();
    let (mut schools, mut pupils) = (0, 0);
    for (name, bands) in groups(context, |level, id| measures.bands_of(level, id)) {
        if is_small(context, bands.n) {
            schools += 1;
            pupils += bands.n;
        } else {
            rows.push(super::bands::band_row(&name, bands, RowKind::Plain));
        }
    }
    if 0 < schools {
        let title = format!("Менее 10 участников: {}", plural::nominative(schools, plural::SCHOOL));
        rows.push(small_row(title, pupils, super::bands::columns().len()));
    }
    if rows.is_empty() {
        return None;
    }
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Результаты по школам, {}", super::whose(context, chapter));
    Some(table(&name, caption, super::bands::columns(), rows, NOTE))
}

/// Schools of the focus; where there are more than forty, municipalities instead.
fn groups<'a, T>(context: &Context<'_>, find: impl Fn(Level, &str) -> Option<&'a T>) -> Vec<(String, &'a T)> {
    let schools: Vec<(String, &T)> = context
        .schools
        .iter()
        .filter_map(|id| Some((context.school(id).to_owned(), find(Level::School, id)?)))
        .collect();
    if schools.len() <= 40 {
        return schools;
    }
    context.municipalities.iter().filter_map(|name| Some((name.clone(), find(Level::Municipality, name)?))).collect()
}

fn small_row(title: String, n: u64, columns: usize) -> Row {
    let mut cells = vec![Cell::Text(title), Cell::Count(n)];
    cells.resize(columns, Cell::Missing);
    Row { cells, kind: RowKind::Total }
}
