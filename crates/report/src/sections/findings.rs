//! What share of what rules marked may be chance.

use crate::context::Context;
use srez_model::finding::{Family, FamilyCount};
use srez_model::sign::SignId;
use srez_wording::sentence::schools;
use std::collections::{BTreeMap, BTreeSet};

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
