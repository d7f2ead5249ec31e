//! Lists of schools that the program names, counted against what is true in simulated municipalities.

use crate::municipalities::id;
use crate::worlds::{Deed, Judged, World};
use rayon::prelude::*;
use srez_model::compared::MeasureId;
use srez_model::comparison::ComparisonRow;
use srez_model::finding::{Finding, Status};
use srez_model::level::Level;

/// Difference that a name claims, in percentage points, and the probability with which it is claimed.
const CLAIMED: f64 = 4.0;
const SURE: f64 = 0.9;

/// What a name claims of a school.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Claim {
    /// It is lower than the others.
    Lower,
    /// It is higher.
    Higher,
    /// Something was done in it.
    Done,
}

/// A list of schools.
pub(crate) struct List {
    pub(crate) sign: &'static str,
    /// Whether only those names count that are said of the school as a whole.
    pub(crate) is_lasting: bool,
    pub(crate) claim: Claim,
}

const fn list(sign: &'static str, claim: Claim) -> List {
    List { sign, is_lasting: false, claim }
}

/// Lists by results.
pub(crate) const RESULTS: [List; 5] = [
    list("S01a", Claim::Lower),
    List { sign: "S01a", is_lasting: true, claim: Claim::Lower },
    list("S02", Claim::Lower),
    list("S01", Claim::Lower),
    list("S03", Claim::Higher),
];
/// Lists with a question to how the work was written or marked. The first and the last have families of their own.
pub(crate) const MARKERS: [List; 7] = [
    list("S05", Claim::Done),
    list("S06", Claim::Done),
    list("S07", Claim::Done),
    list("S08", Claim::Done),
    list("S09", Claim::Done),
    list("S10", Claim::Done),
    list("S12", Claim::Done),
];

/// Sums over the runs of a world of what one list said.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) named: f64,
    /// Shares of false names, by the truth of the year and of the school.
    pub(crate) false_by_year: f64,
    pub(crate) false_by_school: f64,
    /// Runs with a name that is false by the truth of the year.
    pub(crate) with_false: f64,
    /// Planted schools that are named.
    pub(crate) found: f64,
    /// Runs with a sentence on the whole municipality.
    pub(crate) of_city: f64,
}

/// All lists over the runs of a world, and the intervals that stand beside them.
#[derive(Clone)]
pub(crate) struct Scores {
    lists: &'static [List],
    pub(crate) runs: f64,
    scores: Vec<Score>,
    pub(crate) intervals: f64,
    pub(crate) covering: f64,
    /// Runs with a false name of a sign of the common family.
    pub(crate) with_false_marker: f64,
}

pub(crate) fn total_of(judged: &Judged, school: usize) -> Option<&ComparisonRow> {
    judged.measures.comparisons_of(Level::School, &id(school)).iter().find(|row| row.measure == MeasureId::Total)
}

impl Score {
    fn new(world: &World, judged: &Judged, list: &List) -> Self {
        let is_named = |school: &usize| {
            let sure = || total_of(judged, *school).and_then(|row| row.sure_school);
            let lasts = || sure().is_some_and(|sure| SURE <= sure);
            judged.findings.has_fired(list.sign, &id(*school)) && (!list.is_lasting || lasts())
        };
        let named: Vec<usize> = (0..world.schools).filter(is_named).collect();
        let share = |gap: &dyn Fn(usize) -> f64| {
            let is_false = |school: &&usize| match list.claim {
                Claim::Lower => -CLAIMED < gap(**school),
                Claim::Higher => gap(**school) < CLAIMED,
                Claim::Done => world.deed(**school) == Deed::Nothing,
            };
            named.iter().filter(is_false).count() as f64 / named.len().max(1) as f64
        };
        let by_year = share(&|school| judged.truths[school].year);
        let is_of_city = |one: &Finding| {
            one.sign.id == *list.sign && one.level == Level::Municipality && one.status == Status::Probable
        };
        Self {
            named: named.len() as f64,
            false_by_year: by_year,
            false_by_school: share(&|school| judged.truths[school].school),
            with_false: f64::from(u8::from(by_year > 0.0)),
            found: named.iter().filter(|school| **school < world.planted.len()).count() as f64,
            of_city: f64::from(u8::from(judged.findings.findings.iter().any(is_of_city))),
        }
    }

    fn add(&mut self, other: Self) {
        self.named += other.named;
        self.false_by_year += other.false_by_year;
        self.false_by_school += other.false_by_school;
        self.with_false += other.with_false;
        self.found += other.found;
        self.of_city += other.of_city;
    }
}

impl Scores {
    fn new(lists: &'static [List]) -> Self {
        let scores = vec![Score::default(); lists.len()];
        Self { lists, runs: 0.0, scores, intervals: 0.0, covering: 0.0, with_false_marker: 0.0 }
    }

    /// One more municipality of the world.
    fn plus(mut self, world: &World, seed: u64) -> Self {
        let judged = world.judged(seed);
        let mut has_false_marker = false;
        for (score, list) in self.scores.iter_mut().zip(self.lists) {
            let one = Score::new(world, &judged, list);
            has_false_marker |= one.with_false > 0.0 && !["S05", "S12"].contains(&list.sign);
            score.add(one);
        }
        for (school, truth) in judged.truths.iter().enumerate() {
            let Some((low, high)) = total_of(&judged, school).and_then(|row| row.low.zip(row.high)) else { continue };
            self.intervals += 1.0;
            self.covering += f64::from(u8::from((low.0..=high.0).contains(&truth.year)));
        }
        self.runs += 1.0;
        self.with_false_marker += f64::from(u8::from(has_false_marker));
        self
    }

    fn merge(mut self, other: &Self) -> Self {
        self.scores.iter_mut().zip(&other.scores).for_each(|(own, other)| own.add(*other));
        self.runs += other.runs;
        self.intervals += other.intervals;
        self.covering += other.covering;
        self.with_false_marker += other.with_false_marker;
        self
    }

    pub(crate) fn of(&self, sign: &str) -> Score {
        let place = self.lists.iter().position(|list| list.sign == sign).unwrap();
        self.scores[place]
    }

    pub(crate) fn percent(&self, sum: f64) -> f64 {
        100.0 * sum / self.runs
    }

    /// False names of each list, in percent, by what it claims: of this year's result, or of the school.
    pub(crate) fn false_names(&self) -> Vec<f64> {
        let of = |(score, list): (&Score, &List)| {
            self.percent(if list.is_lasting { score.false_by_school } else { score.false_by_year })
        };
        self.scores.iter().zip(self.lists).map(of).collect()
    }

    /// A row: how many each list names, and the percentage of them that is false; of schools to learn from, who are
    /// said to be so in this year or as a school, by either truth.
    pub(crate) fn row(&self, world: &World) -> String {
        let cell = |((score, list), percent): ((&Score, &List), f64)| {
            let by_school = match list.claim {
                Claim::Higher => format!("; {:.1}", self.percent(score.false_by_school)),
                Claim::Lower | Claim::Done => String::new(),
            };
            format!(" {:.2}; {percent:.1}{by_school} |", score.named / self.runs)
        };
        let cells: String = self.scores.iter().zip(self.lists).zip(self.false_names()).map(cell).collect();
        let coverage = 100.0 * self.covering / self.intervals;
        format!("| {} | {} |{cells} {coverage:.1} |\n", world.name, world.schools)
    }
}

/// The lists over so many municipalities of a world.
pub(crate) fn simulate(world: &World, lists: &'static [List], runs: u64, seed: u64) -> Scores {
    let empty = || Scores::new(lists);
    (0..runs)
        .into_par_iter()
        .fold(empty, |scores, run| scores.plus(world, seed + run))
        .reduce(empty, |one, other| one.merge(&other))
}
