//! Charts: one per file, drawn once as SVG and rasterised from the same drawing.
//!
//! A chart that does not apply to an exam (no journal marks in the form, no scale of marks) is left out; one that
//! applies but has no participants is a frame that says why.
//!
//! In: measures and findings of one exam. Out: figures, each with a text alternative.
//!
//! Invariants:
//! - The same data give the same bytes (`every_shape_is_drawn_and_twice_the_same`).
//! - Fewer than ten participants are shown as counts, never as shares (`few_participants_get_counts_and_no_shares`).
//! - Every character has a glyph in the embedded fonts; system fonts are never used
//!   (`every_sign_that_charts_print_has_a_glyph`).
//! - A chart knows no page and no format: of the workspace it depends on `model` and `wording` only (Cargo).

mod caterpillar;
mod dynamics;
mod funnel;
mod item_curves;
mod item_map;
mod journal;
mod marks_stacked;
mod score_distribution;
mod skill_school_heat_map;
mod task_levels;
mod task_profile_by_mark;
mod theme;

use rayon::prelude::*;
use srez_model::figure::Figure;
use srez_model::finding::Findings;
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::tally::Group;
use srez_model::threshold::Thresholds;
use srez_model::unit::as_f64;
use std::collections::BTreeMap;

/// Definition of a chart, so that the methods chapter is generated from it.
#[derive(Clone, Copy, Debug)]
pub struct ChartDefinition {
    /// Kebab-case of the file name.
    pub id: &'static str,
    /// Name for the reader.
    pub title: &'static str,
    /// What it shows and how it is read.
    pub shows: &'static str,
    draw: fn(&View<'_>) -> Option<Drawing>,
}

/// The charts in the order in which the documents use them.
pub const CHARTS: &[ChartDefinition] = &[
    marks_stacked::DEFINITION,
    score_distribution::DEFINITION,
    task_levels::DEFINITION,
    task_profile_by_mark::DEFINITION,
    journal::DEFINITION,
    dynamics::DEFINITION,
    skill_school_heat_map::DEFINITION,
    funnel::DEFINITION,
    caterpillar::DEFINITION,
    item_map::DEFINITION,
    item_curves::DEFINITION,
];

/// The group that the charts of one exam are about.
#[derive(Clone, Debug)]
pub struct Settings<'a> {
    /// Level and name of the group that the documents are about: the home municipality, or all participants with an
    /// empty name.
    pub focus: Group,
    /// The name of this group as it is printed: «Северная Долина»; empty for «Все участники».
    pub focus_title: String,
    /// Schools in the order of the register.
    pub schools: &'a [String],
    /// Short names of schools, by id.
    pub names: &'a BTreeMap<String, String>,
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
    /// False if only SVG is needed, for instance for an offline page.
    pub png: bool,
    /// False if the sizes of groups by mark must not be revealed.
    pub counts: bool,
}

/// The data of one chart.
struct View<'a> {
    settings: &'a Settings<'a>,
    measures: &'a Measures,
    findings: &'a Findings,
}

/// What one chart gives.
struct Drawing {
    caption: String,
    alt: String,
    height_mm: f64,
    svg: String,
}

/// Draws all charts that apply to one exam, in the order of [`CHARTS`].
pub fn draw(settings: &Settings<'_>, measures: &Measures, findings: &Findings) -> Vec<Figure> {
    let view = View { settings, measures, findings };
    CHARTS.par_iter().filter_map(|chart| figure(chart, &view)).collect()
}

/// The charts of an exam with these ids, in the order of [`CHARTS`].
pub fn draw_only(settings: &Settings<'_>, measures: &Measures, findings: &Findings, ids: &[&str]) -> Vec<Figure> {
    let view = View { settings, measures, findings };
    CHARTS.iter().filter(|chart| ids.contains(&chart.id)).filter_map(|chart| figure(chart, &view)).collect()
}

fn figure(chart: &ChartDefinition, view: &View<'_>) -> Option<Figure> {
    let Drawing { caption, alt, height_mm, svg } = (chart.draw)(view)?;
    let png = if view.settings.png { theme::raster::png(&svg) } else { Vec::new() };
    Some(Figure {
        chart: chart.id.to_owned(),
        name: format!("{}-{}", view.measures.exam.id(), chart.id),
        caption,
        alt,
        width_mm: theme::WIDTH_MM,
        height_mm,
        svg,
        png,
    })
}

impl<'a> View<'a> {
    /// Level of the group that the documents are about.
    fn level(&self) -> Level {
        self.settings.focus.level
    }

    /// Its name in the tables.
    fn group(&self) -> &str {
        &self.settings.focus.name
    }

    /// Its name for the reader.
    fn own_title(&self) -> String {
        if self.settings.focus_title.is_empty() {
            srez_wording::text::capitalised(ALL_TITLE)
        } else {
            srez_wording::text::typeset(&self.settings.focus_title)
        }
    }

    /// True if the whole run has so many more participants than this group that it says something else.
    fn has_whole_run(&self) -> bool {
        let size = |level: Level, group: &str| {
            let marks = self.measures.marks_of(level, group).map(|row| row.n);
            marks.or_else(|| self.measures.bands_of(level, group).map(|row| row.n))
        };
        let more = 1.0 + self.settings.thresholds.value("analysis.others") / 100.0;
        let sizes = size(Level::All, "").zip(size(self.level(), self.group()));
        self.level() != Level::All && sizes.is_some_and(|(all, own)| as_f64(own) * more <= as_f64(all))
    }

    /// Names of the four marks, or of the four bands of the test score.
    fn result_titles(&self) -> [String; 4] {
        let titles = if self.measures.exam.has_test_scores() {
            ["до минимума", "от минимума до 60", "61–80", "81–100"]
        } else {
            ["«2»", "«3»", "«4»", "«5»"]
        };
        titles.map(str::to_owned)
    }

    /// Short name of a school.
    fn school(&self, id: &str) -> &'a str {
        match self.settings.names.get_key_value(id) {
            Some((id, name)) => {
                if name.is_empty() {
                    id
                } else {
                    name
                }
            }
            None => "школа",
        }
    }

    /// Number of a task as printed.
    fn task_id(&self, task: u16) -> &'a str {
        self.measures.exam.tasks.get(usize::from(task)).map_or("", |task| &task.id)
    }
}

/// The whole run for the reader.
const ALL_TITLE: &str = "все участники";

#[cfg(test)]
mod tests;
