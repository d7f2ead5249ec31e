//! Schools with several groups of signs, for the sheets of particulars: never a verdict.

use crate::context::{Chapter, Context};
use srez_model::finding::{GroupState, Particulars};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::tally::Group;
use srez_model::unit::{Percent, as_f64};
use srez_wording::number as print;

/// Schools of an exam with as many groups of signs as the registry wants, in the order of the register.
pub(crate) fn chosen<'a>(context: &Context<'_>, chapter: &Chapter<'a>) -> Vec<&'a Particulars> {
    let fewest = context.thresholds.value("groups.signs");
    chapter.findings.particulars.iter().filter(|one| fewest <= as_f64(one.fired() as u64)).collect()
}

/// The word of a group of signs.
pub(crate) fn word(state: GroupState) -> &'static str {
    match state {
        GroupState::Fired => "есть",
        GroupState::Quiet => "нет",
        GroupState::Common => "как у всех",
        GroupState::Indistinct => "не различить",
        GroupState::NotComputed => "не вычисляется",
    }
}

/// Pass rate and quality of the focus with and without these schools, from counts; none where there are no marks.
pub(crate) fn without(context: &Context<'_>, measures: &Measures, schools: &[&Particulars]) -> Option<String> {
    let Group { level, name: group } = &context.focus;
    let all = measures.marks_of(*level, group).filter(|row| row.marked() > 0)?.by_mark;
    let mut rest = all;
    for row in schools.iter().filter_map(|one| measures.marks_of(Level::School, &one.school)) {
        for (left, own) in rest.iter_mut().zip(row.by_mark) {
            *left = left.saturating_sub(own);
        }
    }
    let shares = |[two, three, four, five]: [u64; 4]| {
        let n = two + three + four + five;
        let pass = Percent::of(three + four + five, n)?;
        let quality = Percent::of(four + five, n)?;
        Some((print::percent(pass, n), print::percent(quality, n), print::count(n)))
    };
    let (whole, left) = (shares(all)?, shares(rest)?);
    let who = if schools.len() == 1 { "этой школы" } else { "школ с особенностями" };
    Some(format!(
        "Муниципалитет в целом: успеваемость {}, качество {} (n\u{a0}=\u{a0}{}); без {who}: {} и {} \
         (n\u{a0}=\u{a0}{}).",
        whole.0, whole.1, whole.2, left.0, left.1, left.2
    ))
}
