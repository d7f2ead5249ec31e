//! The charts of every exam.

use super::compose::Scene;
use super::guarded::{Failure, attempt};
use super::watcher::{Watcher, go_on};
use rayon::prelude::*;
use srez_model::figure::Figure;
use srez_model::finding::Findings;
use srez_model::measures::Measures;
use std::sync::Arc;

/// Draws the charts of every exam.
pub(super) fn draw(
    scene: &Scene<'_>,
    measures: &[Measures],
    findings: &[Findings],
    watcher: &dyn Watcher,
) -> (Vec<Vec<Arc<Figure>>>, Vec<Failure>) {
    watcher.stage("Диаграммы", measures.len() as u64);
    let drawn: Vec<_> = measures
        .par_iter()
        .zip(findings)
        .map(|(measures, findings)| {
            let drawn = attempt(&format!("диаграммы: {}", measures.exam.title()), || {
                go_on(watcher)?;
                Ok(srez_chart::draw(&scene.chart_settings(), measures, findings))
            });
            watcher.step();
            for figure in drawn.iter().flatten() {
                watcher.bytes((figure.svg.len() + figure.png.len()) as u64);
            }
            drawn.map(|drawn| drawn.into_iter().map(Arc::new).collect::<Vec<_>>())
        })
        .collect();
    // An exam whose charts broke off keeps its place, without charts.
    let failures = drawn.iter().filter_map(|drawn| drawn.as_ref().err().cloned()).collect();
    (drawn.into_iter().map(|drawn| drawn.unwrap_or_default()).collect(), failures)
}
