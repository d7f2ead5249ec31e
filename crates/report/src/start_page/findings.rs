//! What is to be looked at first.

use super::Shelf;
use crate::context::Chapter;
use srez_model::finding::{Finding, Status};
use srez_model::start_page::MainFinding;

/// Findings that the page shows; the rest stands in the documents.
const MOST: usize = 10;

/// Deficits and tested findings about schools by the pupils that they concern, and how many more there are.
///
/// Signs of the sheet of particulars are left to it: one of them alone is no news.
pub(super) fn main(chapters: &[Chapter<'_>], shelf: &Shelf<'_>) -> (Vec<MainFinding>, u64) {
    let is_main = |finding: &Finding| {
        let tested = finding.status == Status::Probable && finding.sign.group.is_none();
        (tested || finding.sign.id == "F07") && finding.is_told()
    };
    let mut main: Vec<(usize, &Finding)> = chapters
        .iter()
        .enumerate()
        .flat_map(|(place, chapter)| chapter.findings.findings.iter().map(move |finding| (place, finding)))
        .filter(|(_, finding)| is_main(finding))
        .collect();
    main.sort_by(|(_, left), (_, right)| right.affected.total_cmp(&left.affected));
    let more = main.len().saturating_sub(MOST) as u64;
    let shown = main.into_iter().take(MOST).map(|(place, finding)| MainFinding {
        status: finding.status,
        exam: chapters[place].measures.exam.title(),
        text: finding.text(),
        link: shelf.works.get(place).map_or_else(String::new, |shelf| shelf.page.clone()),
    });
    (shown.collect(), more)
}
