//! Findings of some signs as statements, and what share of a list may be chance.

use crate::context::{Chapter, Context};
use srez_model::finding::{Family, FamilyCount, Finding, Status};
use srez_model::report::{Block, Statement, Text};
use srez_model::sign::SignId;
use srez_wording::rule;
use srez_wording::sentence::{files, schools};
use std::collections::{BTreeMap, BTreeSet};

/// Most statements of one call; the rest is counted.
const MOST: usize = 8;

/// Findings of these signs with a sentence that are no part of another, in the order of the signs.
pub(super) fn of<'a>(chapter: &Chapter<'a>, signs: &[&str]) -> Vec<&'a Finding> {
    let all = &chapter.findings.findings;
    let printed = |one: &&Finding| one.is_told();
    signs.iter().flat_map(|sign| all.iter().filter(move |one| one.sign.id == **sign).filter(printed)).collect()
}

/// The same as statements; what was checked and not found is said once, by [`checked`].
pub(super) fn statements(chapter: &Chapter<'_>, signs: &[&str]) -> Vec<Block> {
    let found: Vec<&Finding> = of(chapter, signs).into_iter().filter(|one| one.status != Status::Checked).collect();
    let mut blocks: Vec<Block> = found.iter().take(MOST).map(|one| super::conclusions::statement(one)).collect();
    if MOST < found.len() {
        let rest = (found.len() - MOST) as u64;
        blocks.push(Block::Note(Text::plain(files::more_conclusions(rest))));
    }
    blocks
}

/// Under a list of tested findings: what became of the checks of each rule, and how much of its marks may be chance.
pub(super) fn checked(context: &Context<'_>, chapter: &Chapter<'_>, signs: &[&str]) -> Vec<Block> {
    let stated = |words: String| Block::Statement(Statement { status: Status::Checked, text: Text::plain(words) });
    let families = &chapter.findings.families;
    let mut blocks: Vec<Block> = Vec::new();
    for sign in signs {
        // A rule says itself what became of its checks, or has counts alone.
        let of_all = of(chapter, &[sign]).into_iter().find(|one| one.status == Status::Checked);
        let count = families.iter().find(|family| family.sign == **sign && family.checked > 0);
        let words = of_all.map(|one| one.text()).or_else(|| {
            let counted = count?;
            Some(schools::checked(counted.checked as u64, counted.fired as u64, sign))
        });
        blocks.extend(words.map(stated));
    }
    if families.iter().any(|it| signs.contains(&it.sign.as_str()) && it.fired > 0 && is_by_gap(context, it.sign)) {
        blocks.push(stated(promise(context)));
    }
    blocks
        .extend(by_chance(context, families.iter().filter(|family| signs.contains(&family.sign.as_str()))).map(stated));
    blocks
}

/// How much of what the rules marked may be chance: said of the rules whose tests are one family together, and of each
/// of the others by itself; none where nothing was tested.
pub(crate) fn by_chance<'a>(context: &Context<'_>, families: impl Iterator<Item = &'a FamilyCount>) -> Option<String> {
    let mut of_family: BTreeMap<Family, BTreeSet<SignId>> = BTreeMap::new();
    for family in families.filter(|family| family.checked > 0 && !is_by_gap(context, family.sign)) {
        of_family.entry(family.family).or_default().insert(family.sign);
    }
    let rules = |family: Family| {
        let signs = of_family.get(&family)?;
        Some(signs.iter().map(|sign| sign.as_str()).collect::<Vec<_>>().join(", "))
    };
    let share = context.limit("tests.q");
    let together = rules(Family::Markers).map(|rules| schools::chance_together(&rules, &share));
    let apart = rules(Family::Own).map(|rules| schools::chance_of_each(&rules, &share));
    let said: Vec<String> = together.into_iter().chain(apart).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// True of a sign that names schools by the probability of their gap: nothing is corrected there for many tests.
fn is_by_gap(context: &Context<'_>, sign: SignId) -> bool {
    context.signs.iter().any(|one| one.id == sign && one.thresholds.contains(&"gap.size"))
}

/// What the names of schools that differ from the others are worth.
pub(super) fn promise(context: &Context<'_>) -> String {
    let wrong = 100.0 - context.thresholds.value("gap.sure");
    schools::named_by_gap(&context.limit("gap.sure"), &context.limit("gap.size"), &rule::plain(wrong))
}
