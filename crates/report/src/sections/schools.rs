//! Results by school, always in the order of the register; small schools stand in one row.

use super::origin::Origin;
use super::{bands, demands, marks, no_data, section};
use crate::context::{Chapter, Context, Names};
use crate::table::TableOf;
use srez_model::assessment::Exam;
use srez_model::level::Level;
use srez_model::measures::{BandsRow, MarksRow};
use srez_model::report::{Block, Cell, RowKind, Section, Table, Text};

/// Schools with fewer participants stand in one row, with their number.
fn is_small(context: &Names<'_>, n: u64) -> bool {
    srez_model::unit::as_f64(n) < context.thresholds.value("privacy.group")
}

/// More rows than these stand in the workbook alone: the body is read, not searched.
const MOST_ROWS: usize = 25;

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let mut blocks = blocks(context, chapter);
    blocks.extend(super::school_lists::blocks(context, chapter));
    blocks.extend(super::school_lists::experience(context, chapter));
    section("Результаты школ", false, blocks)
}

/// The results of every school, and their skills as far as they fit one drawing.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let mut blocks = vec![match results(context, chapter) {
        Some(table) if is_long(&table) => Block::Note(Text::plain("Результаты всех школ — в рабочей книге.")),
        Some(table) => Block::Table(table),
        None => no_data("результатов по школам нет"),
    }];
    if context.schools.len() <= MOST_ROWS {
        blocks.extend(chapter.figure("skill-school-heat-map").map(Block::Figure));
    }
    blocks
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

/// Schools of a work without marks: primary scores.
fn scores_table(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let shown = groups(context, |level, id| measures.marks_of(level, id));
    let shown = shown.into_iter().filter(|group| !is_small(context, group.row.n));
    let number = |value: Option<f64>| value.map_or(Cell::Missing, |value| Cell::number(value, 1));
    let table = TableOf::new(shown)
        .text(whose_row(context), 4.0, |group| group.name.to_owned())
        .number("Чел.", 1.0, |group| marks::count_cell(group.row, group.origin(&measures.exam)))
        .number("Средний первичный балл", 1.0, |group| {
            number(group.row.mean_score.map(|mean| mean.0))
        })
        .number("Ст. отклонение", 1.0, |group| number(group.row.sd_score));
    if table.is_empty() {
        return None;
    }
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Первичные баллы по {}, {}", by_whom(context), super::whose(context, chapter));
    let note = format!(
        "Отметок у работы нет. Порядок — по реестру, это не рейтинг; школы с числом участников менее {} не показаны.",
        context.limit("privacy.group")
    );
    Some(table.named(&name, caption, note))
}

fn marks_table<'a>(context: &'a Context<'_>, chapter: &'a Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    if measures.marks_of(context.focus.level, &context.focus.name).is_some_and(|own| own.marked() == 0) {
        return scores_table(context, chapter);
    }
    let condition = demands::told(context, chapter);
    let line = |group: Group<'a, MarksRow>| {
        let shown = if is_small(context, group.row.n) {
            marks::Shown::Small(group.row.n)
        } else {
            marks::Shown::Group { marks: group.row, origin: group.origin(&measures.exam) }
        };
        let lowered = condition
            .zip(group.school)
            .and_then(|((place, _), school)| demands::lowered_in(chapter, place, Level::School, school));
        marks::Line { lowered, ..marks::Line::new(group.name.to_owned(), RowKind::Plain, shown) }
    };
    let lines: Vec<_> = groups(context, |level, id| measures.marks_of(level, id)).into_iter().map(line).collect();
    if lines.is_empty() {
        return None;
    }
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Отметки по {}, {}", by_whom(context), super::whose(context, chapter));
    let title = condition.map(|(_, mark)| format!("«{mark}» из-за условия"));
    Some(marks::of_groups(&name, caption, whose_row(context), lines, title.as_deref(), &note(context)))
}

fn note(context: &Context<'_>) -> String {
    format!(
        "Порядок — по реестру, это не рейтинг. «—»: участников меньше {}, выводов по долям нет.",
        context.limit("privacy.group")
    )
}

fn bands_table<'a>(context: &'a Context<'_>, chapter: &'a Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let line = |group: Group<'a, BandsRow>| {
        let shown = if is_small(context, group.row.n) {
            bands::Shown::Small(group.row.n)
        } else {
            bands::Shown::Group { bands: group.row, origin: group.origin(&measures.exam) }
        };
        bands::Line { name: group.name, kind: RowKind::Plain, shown }
    };
    let lines: Vec<_> = groups(context, |level, id| measures.bands_of(level, id)).into_iter().map(line).collect();
    if lines.is_empty() {
        return None;
    }
    let name = format!("schools_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Результаты по {}, {}", by_whom(context), super::whose(context, chapter));
    Some(bands::of_groups(whose_row(context), lines).named(&name, caption, note(context)))
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
