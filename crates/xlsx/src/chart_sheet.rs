//! The sheet «Диаграммы»: charts that Excel draws from the cells of the tables.

use super::failure::failure;
use super::grid::Part;
use super::names::CHARTS;
use super::table_sheet::Place;
use super::{formats, sheet};
use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Worksheet,
};
use srez_model::error::Result;
use srez_model::report::{NativeChart, NativeChartKind, Report};
use srez_render::office::{HAIR, INK, INK_2, MARK_LINES, MARKS, OWN, PARTS, REFERENCE, printable};

const WIDTH: u32 = 980;
/// Height that a printed page has for charts of this width, in pixels.
const PAGE: u32 = 660;
/// Height of a row of the sheet in pixels.
const ROW: u32 = 20;
const SHADES: [u32; 4] = [OWN, REFERENCE, 0x5E_97BD, 0xC9_973F];
const MARKERS: [ChartMarkerType; 4] =
    [ChartMarkerType::Triangle, ChartMarkerType::Diamond, ChartMarkerType::Square, ChartMarkerType::Circle];

/// The sheet; none where no table has a chart with cells to draw.
///
/// # Errors
/// Where the library refuses a chart.
pub(super) fn write(report: &Report, places: &[Place<'_>]) -> Result<Option<Worksheet>> {
    let mut page = sheet::new(CHARTS, report)?;
    let mut row = 2;
    let (mut drawn, mut on_page, mut breaks) = (0, 0, Vec::new());
    for place in places {
        let Some(wish) = &place.table.chart else { continue };
        let Some(mut chart) = draw(wish, place) else { continue };
        let height = height(wish.kind, place);
        chart.set_width(WIDTH).set_height(height).set_alt_text(clean(&place.table.caption));
        if PAGE < on_page + height {
            breaks.push(row);
            on_page = 0;
        }
        page.insert_chart_with_offset(row, 0, &chart, 0, 6).map_err(|error| failure(&error))?;
        row += height / ROW + 2;
        on_page += height + 2 * ROW;
        drawn += 1;
    }
    if drawn == 0 {
        return Ok(None);
    }
    page.set_page_breaks(&breaks).map_err(|error| failure(&error))?;
    let words = "Диаграммы построены по ячейкам таблиц и следуют за ними";
    sheet::text(&mut page, 0, 0, words, &formats::heading())?;
    Ok(Some(page))
}

fn draw(wish: &NativeChart, place: &Place<'_>) -> Option<Chart> {
    let categories = column(place, wish.categories)?;
    let values: Vec<u16> = (0_u16..)
        .zip(&place.columns)
        .filter(|(_, column)| match column.stands_for {
            Some((source, Part::Share(_))) if wish.values.contains(&source) => true,
            _ => wish.values.contains(&column.source) && is_drawn(column.part),
        })
        .map(|(column, _)| column)
        .collect();
    if values.is_empty() {
        return None;
    }
    let mut chart = Chart::new(match wish.kind {
        NativeChartKind::StackedMarks => ChartType::BarStacked,
        NativeChartKind::Distribution => ChartType::Column,
        NativeChartKind::MarkProfiles => ChartType::Line,
        NativeChartKind::TaskBars => ChartType::Bar,
    });
    for (order, column) in values.iter().enumerate() {
        let title = place.columns.get(usize::from(*column)).map_or("", |column| column.title.as_str());
        let series = chart.add_series();
        series
            .set_categories((place.sheet.as_str(), place.first, categories, place.last, categories))
            .set_values((place.sheet.as_str(), place.first, *column, place.last, *column))
            .set_name(title)
            .set_gap(if wish.kind == NativeChartKind::Distribution { 30 } else { 45 });
        if wish.kind == NativeChartKind::StackedMarks {
            series.set_overlap(100);
        }
        if wish.kind == NativeChartKind::MarkProfiles {
            line(series, order);
        } else {
            let colour = colour(wish.kind, place, *column, order);
            let mut format = ChartFormat::new();
            format.set_solid_fill(ChartSolidFill::new().set_color(colour));
            if colour == 0xFF_FFFF {
                format.set_border(ChartLine::new().set_color(REFERENCE).set_width(0.75));
            }
            series.set_format(&mut format);
            label(series, wish.kind, order);
        }
    }
    dress(&mut chart, wish, &title(place), values.len());
    Some(chart)
}

/// The number on a bar, where it has room.
fn label(series: &mut rust_xlsxwriter::ChartSeries, kind: NativeChartKind, order: usize) {
    let mut font = ChartFont::new();
    font.set_name("PT Sans").set_size(9);
    let mut label = ChartDataLabel::new();
    label.show_value();
    match kind {
        NativeChartKind::StackedMarks => {
            font.set_color(if order == 0 || order == 3 { 0xFF_FFFF } else { INK });
            label.set_num_format("[>=4]0;;").set_position(ChartDataLabelPosition::Center);
        }
        NativeChartKind::TaskBars => {
            font.set_color(INK_2);
            label.set_num_format("0").set_position(ChartDataLabelPosition::OutsideEnd);
        }
        NativeChartKind::Distribution | NativeChartKind::MarkProfiles => return,
    }
    series.set_data_label(label.set_font(&font));
}

/// «Выполнение заданий, Северная Долина (n = 462), 8 класс».
fn title(place: &Place<'_>) -> String {
    let title = clean(&place.table.caption);
    if place.chapter.is_empty() || title.contains(&place.chapter) {
        title
    } else {
        format!("{title}, {}", place.chapter)
    }
}

fn line(series: &mut rust_xlsxwriter::ChartSeries, order: usize) {
    let colour = MARK_LINES.get(order).copied().unwrap_or(REFERENCE);
    let kind = MARKERS.get(order).copied().unwrap_or(ChartMarkerType::Circle);
    series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(1.75)));
    let mut marker = ChartMarker::new();
    let mut fill = ChartFormat::new();
    fill.set_solid_fill(ChartSolidFill::new().set_color(colour)).set_border(ChartLine::new().set_color(colour));
    marker.set_type(kind).set_size(6).set_format(&mut fill);
    series.set_marker(&marker);
}

fn colour(kind: NativeChartKind, place: &Place<'_>, column: u16, order: usize) -> u32 {
    let part = place.columns.get(usize::from(column)).map(|column| column.part);
    let palette = match (kind, part) {
        (NativeChartKind::StackedMarks, _) => MARKS,
        (_, Some(Part::Share(_))) => PARTS,
        _ => SHADES,
    };
    palette.get(order % palette.len()).copied().unwrap_or(OWN)
}

fn dress(chart: &mut Chart, wish: &NativeChart, title: &str, series: usize) {
    let font = |size: u32, colour: u32| {
        let mut font = ChartFont::new();
        font.set_name("PT Sans").set_size(size).set_color(colour).unset_bold();
        font
    };
    chart.title().set_name(title).set_font(font(12, INK).set_bold());
    let lies = matches!(wish.kind, NativeChartKind::StackedMarks | NativeChartKind::TaskBars);
    let categories = if lies { chart.y_axis() } else { chart.x_axis() };
    categories.set_font(&font(9, INK_2)).set_major_gridlines(false);
    if lies {
        categories.set_reverse().set_crossing(ChartAxisCrossing::Max);
    }
    if !wish.category_axis.is_empty() {
        categories.set_name(clean(wish.category_axis).as_str()).set_name_font(&font(9, INK_2));
    }
    let values = if lies { chart.x_axis() } else { chart.y_axis() };
    values.set_font(&font(9, INK_2)).set_major_gridlines(true).set_num_format("0");
    values.set_major_gridlines_line(ChartLine::new().set_color(HAIR).set_width(0.75)).set_min(0);
    if wish.kind != NativeChartKind::Distribution {
        values.set_max(100).set_major_unit(20);
    }
    if !wish.value_axis.is_empty() {
        values.set_name(clean(wish.value_axis).as_str()).set_name_font(&font(9, INK_2));
    }
    if series < 2 {
        chart.legend().set_hidden();
    } else {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9, INK_2));
    }
}

fn height(kind: NativeChartKind, place: &Place<'_>) -> u32 {
    let bars = place.last + 1 - place.first;
    match kind {
        NativeChartKind::StackedMarks | NativeChartKind::TaskBars => (bars * 24 + 140).clamp(260, 620),
        NativeChartKind::Distribution | NativeChartKind::MarkProfiles => 400,
    }
}

/// A threshold or a bound of an interval is no series of a chart.
fn is_drawn(part: Part) -> bool {
    matches!(part, Part::Whole | Part::Value | Part::Share(_))
}

/// First column of the sheet that shows a column of the document.
fn column(place: &Place<'_>, source: usize) -> Option<u16> {
    place.columns.iter().position(|column| column.source == source).and_then(|column| u16::try_from(column).ok())
}

fn clean(text: &str) -> String {
    printable(text).chars().take(200).collect()
}
