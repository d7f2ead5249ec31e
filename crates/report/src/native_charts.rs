//! Charts that a workbook draws itself from the tables of a document, so that they follow its cells.

use srez_model::report::{Block, Cell, NativeChart, NativeChartKind, Report, Table};

/// A chart for every table that has one: marks by group or school, tasks by completion, profiles by mark.
pub fn of(report: &Report) -> Vec<NativeChart> {
    let tables = report.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.filter_map(chart).collect()
}

fn chart(table: &Table) -> Option<NativeChart> {
    let made = |kind, categories, values, category_axis: &str, value_axis: &str| NativeChart {
        kind,
        title: table.caption.clone(),
        table: table.name.clone(),
        categories,
        values,
        category_axis: category_axis.to_owned(),
        value_axis: value_axis.to_owned(),
    };
    let column = |wanted: fn(&Cell) -> bool| table.rows.first()?.cells.iter().position(wanted);
    if let Some(marks) = column(|cell| matches!(cell, Cell::Marks(_))) {
        return Some(made(NativeChartKind::StackedMarks, 0, vec![marks], "", "Доля участников, %"));
    }
    if table.name.starts_with("tasks_") {
        let value = table.columns.iter().position(|column| column.title == "%")?;
        return Some(made(NativeChartKind::TaskBars, 0, vec![value], "Задание", "Выполнение, %"));
    }
    if table.name.starts_with("groups_") {
        let values: Vec<usize> = (3..table.columns.len()).collect();
        return Some(made(NativeChartKind::MarkProfiles, 0, values, "Задание", "Выполнение, %"));
    }
    None
}
