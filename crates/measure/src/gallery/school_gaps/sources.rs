//! Where the numbers of the schools come from.

use super::super::super::census::{Census, ResultKind};
use super::super::super::comparing::Counted;
use super::super::super::reason;
use super::super::super::shares::{OF_BANDS, OF_MARKS, Share};
use super::known::Known;
use super::quantity::{Pupils, Quantity, Seen};
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Measures};
use srez_model::row_patterns::{OwnLevel, PatternSums};
use srez_model::tally::Tally;
use srez_model::unit::as_f64;
use srez_statistics::moments::Sums;
use srez_statistics::school_model::{Count, Observed};
use std::collections::BTreeMap;

/// A skill that all tasks belong to says what the whole work says.
const WHOLE_WORK: &str = "не проверялось: умение — вся работа";

/// Skills, the whole work, shares of marks or bands.
pub(super) fn of_tally<'a>(tally: &'a Tally, census: &Census) -> Vec<Quantity<'a>> {
    let skills = (0_u16..).zip(&tally.skills).filter_map(|(skill, title)| of_skill(tally, skill, title));
    let shares = shares(census).iter().map(|share| of_share(tally, census, share));
    skills.chain(of_total(tally)).chain(shares).collect()
}

fn shares(census: &Census) -> &'static [Share] {
    match census.kind {
        ResultKind::Mark => &OF_MARKS,
        ResultKind::Test(Some(_)) => &OF_BANDS,
        ResultKind::Test(None) => &[],
    }
}

/// Schools whose participants have no mark: the row says why it is empty.
pub(super) fn without_marks(tally: &Tally, census: &Census) -> Vec<ComparisonRow> {
    let empty = census.at(tally, Level::School).filter(|(_, _, counts)| counts.categorised() == 0);
    let names: Vec<&str> = empty.map(|(_, name, _)| name).collect();
    let rows = shares(census).iter().flat_map(|share| {
        names.iter().map(|name| ComparisonRow {
            reference_kind: "others".to_owned(),
            reason: reason::NO_MARKS.to_owned(),
            ..ComparisonRow::new(Level::School, name, share.measure.clone())
        })
    });
    rows.collect()
}

/// Points on a skill; participants whose maximum differs from most were not given all of its tasks, and are left out.
fn of_skill<'a>(tally: &'a Tally, skill: u16, title: &str) -> Option<Quantity<'a>> {
    let mut by_maximum: BTreeMap<u32, u64> = BTreeMap::new();
    for cell in tally.skills_of(tally.group(Level::All, "")?, skill) {
        *by_maximum.entry(cell.max_sum).or_default() += u64::from(cell.n);
    }
    let (max, _) = by_maximum.into_iter().max_by_key(|(max, n)| (*n, *max)).filter(|(max, _)| *max != 0)?;
    let is_whole = tally.skill_tasks.get(usize::from(skill)).is_some_and(|tasks| tasks.len() == tally.exam.tasks.len());
    let points = |group: u32| {
        let mut sums = Sums::default();
        for cell in tally.skills_of(group, skill).iter().filter(|cell| cell.max_sum == max) {
            sums.add(u64::from(cell.sum), u64::from(cell.n));
        }
        sums
    };
    let quantity = of_points(tally, MeasureId::skill(title), u64::from(max), points);
    // Whose experience is worth studying is asked among schools of one type.
    let mut quantity = Quantity { has_types: !is_whole, ..quantity };
    if is_whole {
        WHOLE_WORK.clone_into(&mut quantity.closed);
    }
    Some(quantity)
}

/// Primary scores of the whole work; none if the maximum is unknown.
fn of_total(tally: &Tally) -> Option<Quantity<'_>> {
    let max = tally.exam.max_primary.or_else(|| tally.exam.sum_of_maxima()).filter(|max| *max != 0)?;
    let points = |group: u32| {
        let mut sums = Sums::default();
        for cell in tally.participants_of(group) {
            if let Some(total) = cell.stratum.total {
                sums.add(u64::from(total.min(max)), u64::from(cell.n));
            }
        }
        sums
    };
    Some(Quantity { has_types: true, ..of_points(tally, MeasureId::Total, u64::from(max), points) })
}

fn of_points(tally: &Tally, measure: MeasureId, max: u64, points: impl Fn(u32) -> Sums) -> Quantity<'_> {
    let (mut schools, mut groups) = (Vec::new(), Vec::new());
    for (name, known) in by_school(tally, points) {
        let Some(group) = known.group(|sums| Observed::from_points(sums, max)) else { continue };
        let Known { whole, classes, .. } = known;
        schools.push(Seen { name, n: whole.n, k: whole.sum, sum: 0.0, classes });
        groups.push(group);
    }
    Quantity {
        measure,
        max: Some(max),
        less_is_better: false,
        has_types: false,
        participants: "S01.participants",
        closed: String::new(),
        schools,
        pupils: Pupils::Values(groups),
    }
}

fn of_share<'a>(tally: &'a Tally, census: &Census, share: &Share) -> Quantity<'a> {
    let count = |group: u32| census.groups.get(group as usize).map_or_else(Counted::default, |own| share.count(own));
    let (mut schools, mut groups) = (Vec::new(), Vec::new());
    for (name, known) in by_school(tally, count) {
        let Some(group) = known.group(|own| (own.n != 0).then_some(Count { k: own.k, n: own.n })) else { continue };
        let Known { whole, classes, .. } = known;
        schools.push(Seen { name, n: whole.n, k: whole.k, sum: 0.0, classes });
        groups.push(group);
    }
    Quantity {
        measure: share.measure.clone(),
        max: Some(1),
        less_is_better: share.less_is_better,
        // The row against schools of the same type complements the share that a sign uses.
        has_types: share.less_is_better,
        participants: "S02.participants",
        closed: String::new(),
        schools,
        pupils: Pupils::Counts(groups),
    }
}

fn by_school<T: super::known::OfPupils>(
    tally: &Tally,
    of_group: impl Fn(u32) -> T,
) -> impl Iterator<Item = (&str, Known<T>)> {
    let schools = (0_u32..).zip(&tally.groups).filter(|(_, group)| group.level == Level::School);
    schools.map(move |(school, group)| {
        let classes = tally.classes_of(school).iter().map(|(_, class)| of_group(*class));
        (group.name.as_str(), Known::new(of_group(school), classes))
    })
}

/// Skills against the school's own level: per pupil the share of points on the skill less that on the other tasks.
pub(super) fn of_patterns(measures: &Measures) -> Vec<Quantity<'_>> {
    let patterns = &measures.patterns;
    let titles: BTreeMap<u16, &str> = measures.skills.iter().map(|row| (row.skill, row.title.as_str())).collect();
    let of_skill = |(skill, title): (u16, &str)| {
        let max = patterns.skill_maxima.get(usize::from(skill)).copied().filter(|max| *max != 0)?;
        let rest = patterns.maximum.checked_sub(max).filter(|rest| *rest != 0)?;
        // The sums hold `s·m_x − x·m_s`: divided by `m_s·(m_x − m_s)` that is the difference of the two shares.
        Some(against_own_level(&patterns.own_levels, skill, title, as_f64(max * rest)))
    };
    titles.into_iter().filter_map(of_skill).collect()
}

fn against_own_level<'a>(own_levels: &'a [OwnLevel], skill: u16, title: &str, unit: f64) -> Quantity<'a> {
    let (mut schools, mut groups) = (Vec::new(), Vec::new());
    let observed = |sums: &PatternSums| {
        let mean = sums.mean()? / unit;
        Some(Observed { n: sums.n, mean, spread: sums.sum_of_squares() / (unit * unit) })
    };
    for school in own_levels {
        let own = |named: bool| {
            let classes = school.classes.iter().filter(move |(name, _)| !named || !name.is_empty());
            classes.filter_map(move |(_, sums)| sums.get(usize::from(skill)).copied())
        };
        let whole = own(false).fold(PatternSums::default(), PatternSums::plus);
        let known = Known::new(whole, own(true));
        let (Some(group), Some(mean)) = (known.group(observed), whole.mean()) else { continue };
        let sum = as_f64(whole.n) * mean / unit;
        schools.push(Seen { name: &school.school, n: whole.n, k: 0, sum, classes: known.classes });
        groups.push(group);
    }
    Quantity {
        measure: MeasureId::SkillOwn(title.to_owned()),
        max: None,
        less_is_better: false,
        has_types: false,
        participants: "S01.participants",
        closed: String::new(),
        schools,
        pupils: Pupils::Values(groups),
    }
}
