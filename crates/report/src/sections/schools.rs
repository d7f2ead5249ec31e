//! Results by school, always in the order of the register; small schools stand in one row.

use super::origin::Origin;
use super::{marks, no_data, section, table, text};
use crate::context::{Chapter, Context, Names};
use srez_model::assessment::Exam;
use srez_model::finding::SchoolList;
use srez_model::level::Level;
use srez_model::report::{Block, Cell, Row, RowKind, Section, Table, Text};
use srez_wording::sentence::schools as said;

/// Schools with fewer participants stand in one row, with their number.
fn is_small(context: &Names<'_>, n: u64) -> bool {
    srez_model::unit::as_f64(n) < context.thresholds.value("privacy.group")
}

/// More rows than these stand in the annex: the body is read, not searched.
const MOST_ROWS: usize = 40;

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let mut blocks = vec![match results(context, chapter) {
        Some(table) if is_long(&table) => {
            Block::Note(Text::plain("Результаты всех школ — в приложении «Результаты по школам» и в рабочей книге."))
        }
        Some(table) => Block::Table(table),
        None => no_data("результатов по школам нет"),
    }];
    blocks.extend(chapter.figure("skill-school-heat-map").map(Block::Figure));
    blocks.extend(chapter.figure("funnel").map(Block::Figure));
    blocks.extend(super::findings::statements(chapter, &["S02", "S01a", "S01", "S04", "S10", "S11"]));
    blocks.extend(super::findings::checked(context, chapter, &["S01", "S01a", "S01b", "S02", "S03", "S04", "S10"]));
    blocks.extend(super::findings::statements(chapter, &["F50", "F50a", "F45", "F28", "F40"]));
    blocks.extend(super::worth_studying::blocks(context, chapter));
    let lists = chapter.findings.lists.iter().filter(|list| list.sign != "S03").zip(1..);
    blocks.extend(lists.map(|(list, number)| school_list(context, chapter, list, number)));
    section("Результаты школ", false, blocks)
}

/// The annex with the tables of schools that are too long for the body, a part per grade.
pub(crate) fn annex(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let table = results(context, chapter).filter(is_long)?;
        Some((chapter.measures.exam.grade_title(), vec![Block::Table(table)]))
    };
    super::annex_by_grade("Результаты по школам", Vec::new(), chapters.iter().filter_map(of_chapter).collect())
}

fn is_long(table: &Table) -> bool {
    MOST_ROWS < table.rows.len()
}

/// The table of results by school, in test scores, marks or primary scores.
fn results(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Table> {
    let made = if chapter.measures.exam.has_test_scores() {
        bands_table(context, chapter)
    } else {
        marks_table(context, chapter)
    };
    made.and_then(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

/// Tables 2-11 and 2-12 of the analysis of ЕГЭ, 2.2.5 and 2.2.6 of ОГЭ: chosen by rule, in the order of the register.
fn school_list(context: &Context<'_>, chapter: &Chapter<'_>, list: &SchoolList, number: usize) -> Block {
    if list.schools.is_empty() {
        return Block::Note(Text::plain(format!("{}. Перечень не составлен: {}.", list.title, list.reason)));
    }
    let measures = chapter.measures;
    let name = format!("list{number}_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("{}, {}", list.title, super::whose(context, chapter));
    let test = measures.exam.has_test_scores();
    let rows: Vec<Row> = list
        .schools
        .iter()
        .filter_map(|school| {
            let title = context.school(school);
            // The table of all schools explains the same numbers.
            if test {
                let bands = measures.bands_of(Level::School, school)?;
                return Some(super::bands::band_row(title, bands, RowKind::Plain, None));
            }
            Some(marks::group_row(title, measures.marks_of(Level::School, school)?, RowKind::Plain, None))
        })
        .collect();
    let note = format!(
        "{} Порядок — по реестру, это не рейтинг; правило не проверено, издание внутреннее.",
        said::LIST_IS_INEXACT
    );
    if test {
        table(&name, caption, super::bands::columns("Школа"), rows, &note)
    } else {
        marks::of_groups(&name, caption, "Школа", rows, &note)
    }
}

/// Schools of a work without marks: primary scores.
fn scores_table(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let rows: Vec<Row> = groups(context, |level, id| measures.marks_of(level, id))
        .into_iter()
        .filter(|group| !is_small(context, group.row.n))
        .map(|group| {
            let (marks, origin) = (group.row, group.origin(&measures.exam));
            let number = |value: Option<f64>| value.map_or(Cell::Missing, |value| Cell::number(value, 1));
            super::row(vec![
                Cell::Text(group.name.to_owned()),
                marks::count_cell(marks, origin),
                number(marks.mean_score.map(|mean| mean.0)),
                number(marks.sd_score),
            ])
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        text(whose_row(context), 4.0),
        super::number("Чел."),
        super::number("Средний первичный балл"),
        super::number("Ст. отклонение"),
    ];
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Первичные баллы по {}, {}", by_whom(context), super::whose(context, chapter));
    let note = format!(
        "Отметок у работы нет. Порядок — по реестру, это не рейтинг; школы с числом участников менее {} не показаны.",
        context.limit("privacy.group")
    );
    Some(table(&name, caption, columns, rows, &note))
}

fn marks_table(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    if measures.marks_of(context.focus.level, &context.focus.name).is_some_and(|own| own.marked() == 0) {
        return scores_table(context, chapter);
    }
    let mut rows: Vec<Row> = Vec::new();
    let (mut schools, mut pupils) = (0, 0);
    for group in groups(context, |level, id| measures.marks_of(level, id)) {
        if is_small(context, group.row.n) {
            schools += 1;
            pupils += group.row.n;
        } else {
            rows.push(marks::group_row(group.name, group.row, RowKind::Plain, group.origin(&measures.exam)));
        }
    }
    if schools > 0 {
        let title = said::small_row(schools, &context.limit("privacy.group"));
        rows.push(small_row(title, pupils, 11));
    }
    if rows.is_empty() {
        return None;
    }
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Отметки по {}, {}", by_whom(context), super::whose(context, chapter));
    Some(marks::of_groups(&name, caption, whose_row(context), rows, &note(context)))
}

fn note(context: &Context<'_>) -> String {
    format!(
        "Порядок — по реестру, это не рейтинг. Доли школ с числом участников менее {} не показываются: по ним выводы \
         не делаются. Интервал Уилсона; чем меньше участников, тем он шире.",
        context.limit("privacy.group")
    )
}

fn bands_table(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let mut rows: Vec<Row> = Vec::new();
    let (mut schools, mut pupils) = (0, 0);
    for group in groups(context, |level, id| measures.bands_of(level, id)) {
        if is_small(context, group.row.n) {
            schools += 1;
            pupils += group.row.n;
        } else {
            let origin = group.origin(&measures.exam);
            rows.push(super::bands::band_row(group.name, group.row, RowKind::Plain, origin));
        }
    }
    if schools > 0 {
        let title = said::small_row(schools, &context.limit("privacy.group"));
        rows.push(small_row(title, pupils, super::bands::columns(whose_row(context)).len()));
    }
    if rows.is_empty() {
        return None;
    }
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Результаты по {}, {}", by_whom(context), super::whose(context, chapter));
    Some(table(&name, caption, super::bands::columns(whose_row(context)), rows, &note(context)))
}

/// A school or a municipality with its row.
struct Group<'a, T> {
    name: &'a str,
    /// Id of the school; none for a municipality.
    school: Option<&'a str>,
    row: &'a T,
}

impl<'a, T> Group<'a, T> {
    /// Where its numbers come from; those of a municipality are not explained.
    fn origin(&self, exam: &'a Exam) -> Option<Origin<'a>> {
        Some(Origin::new(exam, Level::School, self.school?, self.name))
    }
}

/// Schools of the focus; of a whole region its municipalities instead.
fn groups<'a, T>(context: &'a Context<'_>, find: impl Fn(Level, &str) -> Option<&'a T>) -> Vec<Group<'a, T>> {
    if is_by_municipality(context) {
        let rows = context.municipalities.iter();
        return rows
            .filter_map(|name| Some(Group { name, school: None, row: find(Level::Municipality, name)? }))
            .collect();
    }
    let rows = context.schools.iter();
    rows.filter_map(|id| Some(Group { name: context.school(id), school: Some(id), row: find(Level::School, id)? }))
        .collect()
}

/// True where the document speaks of a region with more schools than a table can hold.
fn is_by_municipality(context: &Context<'_>) -> bool {
    context.focus.level == Level::All && MOST_ROWS < context.schools.len() && context.municipalities.len() > 1
}

/// What a row of the table is.
fn whose_row(context: &Context<'_>) -> &'static str {
    if is_by_municipality(context) { "Муниципалитет" } else { "Школа" }
}

fn by_whom(context: &Context<'_>) -> &'static str {
    if is_by_municipality(context) { "муниципалитетам" } else { "школам" }
}

fn small_row(title: String, n: u64, columns: usize) -> Row {
    let mut cells = vec![Cell::Text(title), Cell::count(n)];
    cells.resize(columns, Cell::Missing);
    Row { cells, kind: RowKind::Total }
}
