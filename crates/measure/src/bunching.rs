//! Primary scores of an exam as counts, for the tests at the cuts of its marks.

pub(super) mod groups;
pub(super) mod schools;

use super::census::Census;
use super::settings::Settings;
use srez_model::circle::Circles;
use srez_model::level::Level;
use srez_model::measures::BoundaryRow;
use srez_model::tally::{ParticipantCount, Tally};
use srez_statistics::moments::Sums;
use srez_statistics::smooth_counts::{Curve, Obstacle, Pair, testable};

/// Participants by primary score from 0 on.
pub(super) type Counts = Vec<u64>;

/// A school of the exam.
pub(super) struct School<'a> {
    pub(super) name: &'a str,
    municipality: &'a str,
    totals: Sums,
    counts: Counts,
}

/// A group of schools with a test of its own.
pub(super) struct GroupOfSchools<'a> {
    pub(super) level: Level,
    pub(super) name: &'a str,
    counts: Counts,
    /// Places of its schools.
    members: Vec<usize>,
}

/// The scores of an exam, and the cuts of its marks.
pub(super) struct Exam<'a> {
    schools: Vec<School<'a>>,
    /// All cuts: works beside them say nothing of the curve.
    cuts: Vec<usize>,
    /// Those that can be tested.
    tested: Vec<usize>,
    last: usize,
}

impl<'a> Exam<'a> {
    pub(super) fn new(settings: &'a Settings, tally: &'a Tally, census: &'a Census) -> Self {
        let homes = settings.municipalities();
        let mut cuts: Vec<usize> = tally.exam.scale.cuts().into_iter().map(|(cut, _)| usize::from(cut)).collect();
        cuts.retain(|cut| *cut > 0);
        cuts.sort_unstable();
        cuts.dedup();
        let seen = tally.participants.iter().filter_map(|cell| cell.stratum.total).map(usize::from).max();
        let known = tally.exam.max_primary.or_else(|| tally.exam.sum_of_maxima()).map(usize::from);
        let last = seen.max(known).unwrap_or(0);
        let schools = census.at(tally, Level::School).filter(|(.., own)| own.n != 0).map(|(index, name, own)| School {
            name,
            municipality: homes.get(name).copied().unwrap_or_default(),
            totals: own.totals,
            counts: counts(tally.participants_of(index), last),
        });
        Self { schools: schools.collect(), tested: testable(&cuts, last), cuts, last }
    }

    /// All participants, and every municipality.
    pub(super) fn groups<'b>(
        &'b self,
        tally: &'b Tally,
        census: &'b Census,
    ) -> impl Iterator<Item = GroupOfSchools<'b>> {
        let of_level = move |level: Level| {
            census.at(tally, level).filter(|(.., own)| own.n != 0).map(move |(index, name, _)| GroupOfSchools {
                level,
                name,
                counts: counts(tally.participants_of(index), self.last),
                members: self.places(|school| level == Level::All || school.municipality == name),
            })
        };
        of_level(Level::All).chain(of_level(Level::Municipality))
    }

    fn places(&self, is_member: impl Fn(&School<'_>) -> bool) -> Vec<usize> {
        (0..).zip(&self.schools).filter(|(_, school)| is_member(school)).map(|(place, _)| place).collect()
    }

    /// Schools that are tested together, and those of them that are asked about.
    fn circles(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let names: Vec<&str> = self.schools.iter().map(|school| school.name).collect();
        let municipality = |name: &str| {
            self.schools.iter().find(|school| school.name == name).map_or("", |school| school.municipality)
        };
        let circles = Circles::new(&names, municipality);
        let own = circles.municipalities.into_iter().map(|(_, places)| (places.clone(), places));
        let all = (self.places(|_| true), circles.others);
        own.chain([all]).filter(|(_, asked)| !asked.is_empty()).collect()
    }

    /// The smooth curve through counts, or why there is none.
    fn curve(&self, counts: &[u64]) -> Result<Curve, &'static str> {
        if self.cuts.is_empty() {
            return Err("не проверяется: границы отметок неизвестны");
        }
        if self.tested.is_empty() {
            return Err("не проверяется: нет границ, пригодных для проверки");
        }
        Curve::through(counts, &self.cuts).map_err(|obstacle| match obstacle {
            Obstacle::TooFewScores { .. } => "не проверяется: баллов вне границ мало для плавной кривой",
            Obstacle::NoMaximum => "не проверяется: по этим баллам плавной кривой не провести",
        })
    }

    /// Participants at the cuts that are tested.
    fn pairs(&self, counts: &[u64]) -> Vec<(usize, Pair)> {
        self.tested.iter().map(|cut| (*cut, pair(counts, *cut))).collect()
    }

    /// A row for every cut, with what the curve expects of it, and one for all of them.
    fn rows(&self, (level, name): (Level, &str), counts: &[u64], curve: Option<(&Curve, f64)>) -> Vec<BoundaryRow> {
        let empty = BoundaryRow { level, group: name.to_owned(), n: counts.iter().sum(), ..BoundaryRow::default() };
        let mut rows = Vec::with_capacity(self.cuts.len() + 1);
        let mut all = empty.clone();
        for cut in &self.cuts {
            let pair = pair(counts, *cut);
            let is_tested = self.tested.contains(cut);
            let found = curve.filter(|_| is_tested).and_then(|(curve, tilt)| curve.excess(&[(*cut, pair)], tilt));
            if is_tested {
                all.n_below += pair.below;
                all.n_at += pair.at;
                all.expected =
                    curve.map(|_| all.expected.unwrap_or(0.0) + found.as_ref().map_or(0.0, |own| own.expected));
            }
            rows.push(BoundaryRow {
                cut: u16::try_from(*cut).ok(),
                n_below: pair.below,
                n_at: pair.at,
                expected: found.as_ref().map(|own| own.expected),
                excess: found.as_ref().map(|own| own.value),
                reason: if is_tested {
                    ""
                } else {
                    "не проверяется: граница делит работы с соседней границей"
                }
                .to_owned(),
                ..empty.clone()
            });
        }
        all.excess = curve.and_then(|(curve, tilt)| curve.excess(&self.pairs(counts), tilt)).map(|own| own.value);
        rows.push(all);
        rows
    }
}

fn pair(counts: &[u64], cut: usize) -> Pair {
    let at = |score: Option<usize>| score.and_then(|score| counts.get(score)).copied().unwrap_or(0);
    Pair { below: at(cut.checked_sub(1)), at: at(Some(cut)) }
}

fn counts(participants: &[ParticipantCount], last: usize) -> Counts {
    let mut counts = vec![0; last + 1];
    for cell in participants {
        let place = cell.stratum.total.map(usize::from);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += u64::from(cell.n);
        }
    }
    counts
}

#[cfg(test)]
mod tests;
