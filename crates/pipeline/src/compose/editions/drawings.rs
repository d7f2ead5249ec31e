//! Drawings of the analysis for an association.

use super::Scene;
use srez_model::figure::Figure;
use srez_model::finding::Findings;
use srez_model::measures::Measures;
use srez_model::unit::Percent;
use srez_wording::number;
use std::sync::Arc;

/// They are drawn from what the edition may say and print no number that its tables do not print; other charts count
/// groups by mark or name schools.
const CHARTS: [&str; 2] = ["task-levels", "task-profile-by-mark"];

/// Decimals of a share in the tables of the edition.
const DECIMALS: u8 = 1;

/// The drawings of an exam.
pub(super) fn draw(scene: &Scene<'_>, measures: &Measures, findings: &Findings) -> Vec<Arc<Figure>> {
    let settings = srez_chart::Settings { counts: false, ..scene.chart_settings() };
    srez_chart::draw_only(&settings, &as_printed(measures), findings, &CHARTS).into_iter().map(Arc::new).collect()
}

/// The measures with shares as exact as they are printed: a drawing can be measured, and the place of its line must not
/// tell more than the number in the table.
fn as_printed(measures: &Measures) -> Measures {
    let mut measures = measures.clone();
    let printed = |pct: Percent| Percent(number::rounded(pct.0, DECIMALS));
    for row in &mut measures.tasks {
        row.pct = row.pct.map(printed);
        if let Some(interval) = &mut row.interval {
            (interval.low, interval.high) = (printed(interval.low), printed(interval.high));
        }
    }
    for row in &mut measures.tasks_by_mark {
        row.pct = row.pct.map(printed);
    }
    measures
}
