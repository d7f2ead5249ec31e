//! What the other schools let expect of the journal marks of one school.

use crate::Settings;
use crate::circles::Circles;
use crate::standing;
use srez_model::measures::Measures;
use srez_model::row_patterns::JournalMark;
use srez_model::unit::as_f64;
use srez_statistics::permutation::{self, Stratum};
use srez_statistics::school_model::{Group, Observed};

/// To which side a school lies off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Lowered,
    Raised,
}

impl Way {
    /// The side of a deviation of raised less lowered.
    pub(super) fn of(value: f64) -> Self {
        if value < 0.0 { Self::Lowered } else { Self::Raised }
    }

    fn count(self, mark: JournalMark) -> u64 {
        match self {
            Self::Lowered => mark.lowered,
            Self::Raised => mark.raised,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Lowered => "отметка за работу ниже журнальной",
            Self::Raised => "отметка за работу выше журнальной",
        }
    }
}

type Marks = [JournalMark; 4];

/// A school with its journal marks by class, and those of all other schools of its circle.
pub(super) struct Own<'a> {
    pub(super) school: &'a str,
    classes: &'a [(String, Marks)],
    others: Marks,
}

/// Schools of the focus with journal marks.
pub(super) fn schools<'a>(settings: &Settings<'_>, measures: &'a Measures) -> Vec<Own<'a>> {
    let patterns = &measures.patterns;
    let has_marks = |school: &str| patterns.of_school(school).is_some_and(|one| !one.journal.is_empty());
    let circles = Circles::new(settings, has_marks);
    let sums = circles.sums(|all: &mut Marks, school| {
        patterns.of_school(school).iter().flat_map(|one| &one.journal).for_each(|(_, marks)| add(all, marks));
    });
    let own = |school: &'_ String| {
        let one = patterns.of_school(school)?;
        let all = sums.get(circles.of(school)?)?;
        let mut own = Marks::default();
        one.journal.iter().for_each(|(_, marks)| add(&mut own, marks));
        let mut others = *all;
        for (left, own) in others.iter_mut().zip(own) {
            left.n -= own.n;
            left.lowered -= own.lowered;
            left.raised -= own.raised;
        }
        Some(Own { school: one.school.as_str(), classes: &one.journal, others })
    };
    settings.schools.iter().filter_map(own).collect()
}

fn add(all: &mut Marks, marks: &Marks) {
    for (sum, own) in all.iter_mut().zip(marks) {
        sum.n += own.n;
        sum.lowered += own.lowered;
        sum.raised += own.raised;
    }
}

impl Own<'_> {
    /// Its journal marks that the others have too, with those of the others.
    fn known(&self) -> Vec<(JournalMark, JournalMark)> {
        let mut own = Marks::default();
        self.classes.iter().for_each(|(_, marks)| add(&mut own, marks));
        own.into_iter().zip(self.others).filter(|(own, others)| own.n > 0 && others.n > 0).collect()
    }

    /// Participants with a journal mark that the others have too.
    pub(super) fn n(&self) -> u64 {
        self.known().iter().map(|(own, _)| own.n).sum()
    }

    /// Participants with one that nobody else has.
    pub(super) fn left_out(&self) -> u64 {
        self.classes.iter().flat_map(|(_, marks)| marks).map(|mark| mark.n).sum::<u64>() - self.n()
    }

    /// How many lie to this side, and how many would at the shares of the others.
    pub(super) fn counts(&self, way: Way) -> (u64, f64) {
        let known = self.known();
        let share = |mark: JournalMark| as_f64(way.count(mark)) / as_f64(mark.n);
        let expected = known.iter().map(|(own, others)| as_f64(own.n) * share(*others)).sum();
        (known.iter().map(|(own, _)| way.count(*own)).sum(), expected)
    }

    /// Its classes: `sign(mark − journal) − r_j` of every participant, `r_j` the mean of the sign among the
    /// participants of the others with the same journal mark.
    pub(super) fn parts(&self) -> Vec<(bool, Observed)> {
        let of_class = |(class, marks): &(String, Marks)| Some((!class.is_empty(), self.observed(marks)?));
        self.classes.iter().filter_map(of_class).collect()
    }

    /// The same as one school.
    pub(super) fn group(&self) -> Group<Observed> {
        standing::by_classes(self.parts())
    }

    fn observed(&self, marks: &Marks) -> Option<Observed> {
        let (mut n, mut sum, mut squares) = (0, 0.0, 0.0);
        for (own, others) in marks.iter().zip(self.others).filter(|(own, others)| own.n > 0 && others.n > 0) {
            let expected = (as_f64(others.raised) - as_f64(others.lowered)) / as_f64(others.n);
            let (raised, lowered) = (as_f64(own.raised), as_f64(own.lowered));
            let same = as_f64(own.n) - raised - lowered;
            n += own.n;
            sum += raised - lowered - as_f64(own.n) * expected;
            squares += (1.0 - expected).powi(2) * raised + (1.0 + expected).powi(2) * lowered + expected.powi(2) * same;
        }
        Observed::from_sums(n, sum, squares)
    }

    /// p of the count to this side if the participants were dealt out among the schools, twice for both sides.
    pub(super) fn plain_p(&self, way: Way) -> f64 {
        let of_mark = |(own, others): &(JournalMark, JournalMark)| Stratum {
            n: own.n,
            all: own.n + others.n,
            counted: way.count(*own) + way.count(*others),
        };
        let strata: Vec<Stratum> = self.known().iter().map(of_mark).collect();
        (2.0 * permutation::two_sided(self.counts(way).0, &strata)).min(1.0)
    }
}
