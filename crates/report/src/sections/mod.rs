//! Sections of documents, one per file; a section turns facts into blocks and knows no format.

pub(super) mod attention;
pub(super) mod bands;
pub(crate) mod blanks;
pub(super) mod chapter;
pub(super) mod class_map;
pub(super) mod cohort;
pub(super) mod completeness;
pub(super) mod data_quality;
mod demands;
mod dynamics;
pub(super) mod edition_results;
pub(crate) mod findings;
pub(super) mod interview_service;
pub(super) mod journal;
pub(super) mod marks;
mod mastered;
pub(super) mod measures_taken;
pub(super) mod methods;
pub(super) mod missing;
pub(super) mod municipal;
mod official_form;
mod origin;
pub(super) mod own_pupils;
pub(super) mod packet_conclusions;
pub(super) mod participants;
pub(super) mod particulars;
pub(super) mod plan;
pub(super) mod planned;
pub(super) mod points_by_group;
pub(super) mod result_titles;
pub(super) mod school_checks;
pub(super) mod school_conclusions;
pub(super) mod school_lists;
pub(super) mod school_plan;
pub(super) mod school_results;
pub(super) mod school_task_cards;
pub(super) mod schools;
pub(super) mod skills;
pub(super) mod slides;
pub(super) mod sources;
pub(super) mod specialist_tables;
pub(super) mod subject_note;
pub(super) mod support;
mod task_cards;
mod task_statements;
pub(super) mod task_tables;
pub(super) mod tasks;
pub(super) mod work_outline;
pub(super) mod worth_studying;

pub(super) use dynamics::all_distances;
pub(crate) use origin::ALL as ALL_PARTICIPANTS;

use crate::context::{Chapter, Context, Names};
use srez_model::report::{Align, Block, Cell, Column, NativeChart, NativeChartKind, Section, Table, Text};
use srez_model::unit::{Percent, as_f64};

/// A section that belongs to a chapter.
pub(super) fn section(title: &str, new_page: bool, blocks: Vec<Block>) -> Section {
    Section { id: "", title: title.to_owned(), depth: 1, new_page, annex: false, blocks }
}

/// An annex with a part per grade; one grade needs no heading of its own. Nothing where there are no parts.
pub(super) fn annex_by_grade(title: &str, opening: Vec<Block>, parts: Vec<(String, Vec<Block>)>) -> Vec<Section> {
    if parts.is_empty() {
        return Vec::new();
    }
    let several = parts.len() > 1;
    let mut made = vec![Section { annex: true, ..section(title, true, opening) }];
    for (grade, blocks) in parts {
        if several {
            made.push(Section { depth: 2, annex: true, ..section(&grade, false, blocks) });
        } else if let Some(first) = made.first_mut() {
            first.blocks.extend(blocks);
        }
    }
    made
}

/// True where all participants in the run are enough more than the own ones for a row of their own.
fn adds_enough(context: &Names<'_>, all: u64, own: u64) -> bool {
    let more = context.thresholds.value("analysis.others") / 100.0;
    as_f64(own) * (1.0 + more) <= as_f64(all)
}

/// A column of text.
pub(super) fn text(title: &str, weight: f64) -> Column {
    Column::new(title, Align::Left, weight)
}

/// A column of numbers.
pub(super) fn number(title: &str) -> Column {
    Column::new(title, Align::Right, 1.0)
}

/// A column of drawings or codes.
pub(super) fn other(title: &str, align: Align, weight: f64) -> Column {
    Column::new(title, align, weight)
}

/// A share with one decimal, or none below fifty participants.
pub(super) fn share(percent: Option<Percent>, n: u64) -> Cell {
    percent.map_or(Cell::Missing, |percent| Cell::number(percent.0, srez_wording::number::share_decimals(n)))
}

/// A table with a chart that a workbook draws from it; the first column names the categories.
fn charted(block: Block, kind: NativeChartKind, values: Vec<usize>, [category, value]: [&'static str; 2]) -> Block {
    match block {
        Block::Table(table) => {
            let chart = NativeChart { kind, categories: 0, values, category_axis: category, value_axis: value };
            Block::Table(Table { chart: Some(chart), ..table })
        }
        other => other,
    }
}

/// Lines for those who sign; `otherwise` where nobody is named.
pub(super) fn signed(context: &Context<'_>, otherwise: &str) -> Vec<Block> {
    let line = |text: String| Block::Paragraph(text.into());
    if context.style.signatures.is_empty() {
        return vec![line(otherwise.to_owned())];
    }
    context.style.signatures.iter().map(|one| line(one.line())).collect()
}

/// Of which grade and group a table speaks: «8 класс, Северная Долина».
fn whose(context: &Names<'_>, chapter: &Chapter<'_>) -> String {
    let exam = &chapter.measures.exam;
    if exam.key.procedure.has_attempts() {
        return context.focus_title.clone();
    }
    format!("{}, {}", exam.grade_title(), context.focus_title)
}

/// One line where a section has nothing to show.
pub(super) fn no_data(reason: &str) -> Block {
    Block::Note(Text::plain(format!("Нет данных: {reason}.")))
}
