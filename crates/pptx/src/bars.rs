//! Lying bars of completion, each inside the frame of its threshold.

use super::chart::{Chart, Label, Point, Series};
use srez_model::deck::{LevelBar, Shown};
use srez_render::office::{INK, INK_2, verdict_bar};

/// The chart: the threshold is an outline over the bar, so that both are seen whichever is longer.
pub(super) fn chart(bars: &[LevelBar]) -> Chart {
    let value = |bar: &LevelBar| Some(Point { shown: bar.value, colour: Some(verdict_bar(bar.verdict)) });
    let threshold =
        |bar: &LevelBar| bar.threshold.map(|percent| Point { shown: Shown { percent, decimals: 0 }, colour: None });
    let mut series = vec![Series {
        name: "Выполнение, %".to_owned(),
        points: bars.iter().map(value).collect(),
        fill: Some(verdict_bar(srez_model::finding::Verdict::Unknown)),
        outline: None,
        label: Label { before: "", size: 44, bold: true, colour: INK, place: "inBase" },
    }];
    if bars.iter().any(|bar| bar.threshold.is_some()) {
        series.push(Series {
            name: "Порог, %".to_owned(),
            points: bars.iter().map(threshold).collect(),
            fill: None,
            outline: Some(INK),
            label: Label { before: "порог ", size: 18, bold: false, colour: INK_2, place: "outEnd" },
        });
    }
    Chart {
        lies: true,
        categories: bars.iter().map(|bar| category(&bar.name, &bar.about)).collect(),
        series,
        largest: 100.0,
        gap: 60,
        overlap: 100,
        inner: [0.36, 0.0, 0.62, 1.0],
        has_legend: false,
    }
}

/// Name and what is checked, on lines of their own.
pub(super) fn category(name: &str, about: &str) -> String {
    if about.is_empty() { name.to_owned() } else { format!("{name}\n{about}") }
}
