//! Findings of some signs as statements, and what share of a list may be chance.

use crate::context::{Chapter, Context};
use srez_model::finding::{Finding, Status};
use srez_model::report::{Block, Statement, Text};
use srez_wording::rule;
use srez_wording::sentence::{files, schools};

/// Most statements of one call; the rest is counted.
const MOST: usize = 8;

/// Findings of these signs with a sentence that are no part of another, in the order of the signs.
pub(super) fn of<'a>(chapter: &Chapter<'a>, signs: &[&str]) -> Vec<&'a Finding> {
    let all = &chapter.findings.findings;
    let printed = |one: &&Finding| one.is_told();
    signs.iter().flat_map(|sign| all.iter().filter(move |one| one.sign.id == **sign).filter(printed)).collect()
}

/// The same as statements; what was checked and not found is said once, by [`chance`].
pub(super) fn statements(chapter: &Chapter<'_>, signs: &[&str]) -> Vec<Block> {
    let found: Vec<&Finding> = of(chapter, signs).into_iter().filter(|one| one.status != Status::Checked).collect();
    let mut blocks: Vec<Block> = found.iter().take(MOST).map(|one| super::conclusions::statement(one)).collect();
    if MOST < found.len() {
        let rest = (found.len() - MOST) as u64;
        blocks.push(Block::Note(Text::plain(files::more_conclusions(rest))));
    }
    blocks
}

/// Under a list of tested findings: how many were checked, how many fired, and which rules found nothing. What that may
/// be worth is said once, on the first page and in the annex of methods.
pub(super) fn chance(context: &Context<'_>, chapter: &Chapter<'_>, signs: &[&str]) -> Option<Block> {
    let counted = |sign: &str| {
        let families = chapter.findings.families.iter().filter(|family| family.sign == sign);
        families.fold((0, 0), |sum, family| (sum.0 + family.checked, sum.1 + family.fired))
    };
    let families: Vec<(&str, usize, usize)> = signs
        .iter()
        .map(|sign| (*sign, counted(sign).0, counted(sign).1))
        .filter(|(_, checked, fired)| *checked != 0 || *fired != 0)
        .collect();
    let (checked, fired) = families.iter().fold((0, 0), |sum, (_, checked, fired)| (sum.0 + checked, sum.1 + fired));
    if checked == 0 {
        return None;
    }
    let rules: Vec<&str> = families.iter().map(|(sign, ..)| *sign).collect();
    let mut words = schools::checked(checked as u64, fired as u64, &rules.join(", "));
    let sign = |id: &str| context.signs.iter().find(|one| one.id == *id);
    let is_by_gap = |id: &str| sign(id).is_some_and(|sign| sign.thresholds.contains(&"gap.size"));
    if families.iter().any(|(id, _, found)| *found != 0 && is_by_gap(id)) {
        words.push_str(&format!(" {}", promise(context)));
    }
    // What a comparison of schools did not find is told with what it could not have found.
    let (by_gap, others): (Vec<&str>, Vec<&str>) =
        families.iter().filter(|(.., found)| *found == 0).map(|(id, ..)| *id).partition(|id| is_by_gap(id));
    let is_grey = |one: &&Finding| one.status == Status::Checked && by_gap.iter().any(|id| one.sign.id == **id);
    for one in chapter.findings.findings.iter().filter(is_grey) {
        words.push_str(&format!(" {} ({})", one.text().trim_end_matches('.'), one.sign.id));
        words.push('.');
    }
    if fired != 0 && !others.is_empty() {
        let titles = others.iter().map(|id| format!("{} ({id})", sign(id).map_or("", |one| one.title)));
        words.push_str(&format!(" Не отмечено ни разу: {}.", titles.collect::<Vec<_>>().join("; ")));
    }
    Some(Block::Statement(Statement { status: Status::Checked, text: Text::plain(words) }))
}

/// What the names of schools that differ from the others are worth.
pub(super) fn promise(context: &Context<'_>) -> String {
    let wrong = 100.0 - context.thresholds.value("gap.sure");
    schools::named_by_gap(&context.limit("gap.sure"), &context.limit("gap.size"), &rule::plain(wrong))
}
