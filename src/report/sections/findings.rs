//! Findings of some signs as statements, and what share of a list may be chance.

use crate::model::finding::{Finding, Status};
use crate::model::report::{Block, Statement, Text};
use crate::report::context::Chapter;
use crate::wording::sentence::{files, schools};

/// Most statements of one call; the rest is counted.
const MOST: usize = 8;

/// Findings of these signs with a sentence that are no part of another, in the order of the signs.
pub(super) fn of<'a>(chapter: &Chapter<'a>, signs: &[&str]) -> Vec<&'a Finding> {
    let all = &chapter.findings.findings;
    let printed = |one: &&Finding| !one.text.is_empty() && one.part_of.is_empty();
    signs.iter().flat_map(|sign| all.iter().filter(move |one| one.sign == *sign).filter(printed)).collect()
}

/// The same as statements.
pub(super) fn statements(chapter: &Chapter<'_>, signs: &[&str]) -> Vec<Block> {
    let found = of(chapter, signs);
    let mut blocks: Vec<Block> = found.iter().take(MOST).map(|one| super::conclusions::statement(one)).collect();
    if MOST < found.len() {
        let rest = (found.len() - MOST) as u64;
        blocks.push(Block::Note(Text::plain(files::more_conclusions(rest))));
    }
    blocks
}

/// Under a list of tested findings: how many were checked, how many fired. What that may be worth is said once, on the
/// first page and in the annex of methods.
pub(super) fn chance(chapter: &Chapter<'_>, signs: &[&str]) -> Option<Block> {
    let families = chapter.findings.families.iter().filter(|family| signs.contains(&family.sign));
    let (checked, fired) = families.fold((0, 0), |sum, family| (sum.0 + family.checked, sum.1 + family.fired));
    if checked == 0 {
        return None;
    }
    let rules = signs.join(", ");
    Some(Block::Statement(Statement {
        status: Status::Checked,
        text: Text::plain(schools::checked(checked as u64, fired as u64, &rules)),
    }))
}
