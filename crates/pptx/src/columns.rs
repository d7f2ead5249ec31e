//! Standing columns of completion, side by side for groups of participants.

use super::bars::category;
use super::chart::{Chart, Label, Point, Series};
use srez_model::deck::{ColumnGroup, Columns};
use srez_render::office::{INK, MARKS};

/// Letters of the numbers of the first group, which is the one to work with, and of the others.
const SIZES: [u32; 2] = [44, 36];
/// End of the axis of percent: a number stands above a full column.
const LARGEST: f64 = 118.0;

pub(super) fn chart(columns: &Columns) -> Chart {
    let series = |(number, group): (usize, &ColumnGroup)| {
        let value = |task: &srez_model::deck::ColumnTask| {
            let shown = task.values.get(number).copied().flatten()?;
            Some(Point { shown, colour: None })
        };
        Series {
            name: group.name.clone(),
            points: columns.tasks.iter().map(value).collect(),
            fill: MARKS.get(group.colour).copied(),
            outline: (number == 0).then_some(INK),
            label: Label { before: "", size: SIZES[number.min(1)], bold: true, colour: INK, place: "outEnd" },
        }
    };
    Chart {
        lies: false,
        categories: columns.tasks.iter().map(|task| category(&task.name, &task.about)).collect(),
        series: columns.groups.iter().enumerate().map(series).collect(),
        largest: LARGEST,
        gap: 70,
        overlap: -10,
        inner: [0.0, 0.0, 1.0, 0.68],
        has_legend: true,
    }
}
