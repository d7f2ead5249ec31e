//! Participants of every group, counted once for marks, bands, comparisons and boundaries.

use srez_model::assessment::{Procedure, Scale};
use srez_model::level::Level;
use srez_model::tally::{Stratum, Tally};
use srez_statistics::moments::Sums;

/// The kind of result that participants have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResultKind {
    /// Marks 2 to 5.
    Mark,
    /// Test scores, with the minimum that passes; none if the scale is unknown.
    Test(Option<u16>),
}

impl ResultKind {
    fn from_tally(tally: &Tally) -> Self {
        match &tally.exam.scale {
            Scale::Test { min_test, .. } => Self::Test(Some(*min_test)),
            Scale::Marks(_) => Self::Mark,
            Scale::Unknown => {
                let scores = tally.exam.key.procedure == Procedure::Ege
                    && tally.participants.iter().any(|cell| cell.stratum.result > Some(5));
                if scores { Self::Test(None) } else { Self::Mark }
            }
        }
    }

    /// Mark 2 to 5, or band 1 to 4 of a test score; none if the participant has neither.
    pub(super) fn category(self, stratum: &Stratum) -> Option<u8> {
        match self {
            Self::Mark => u8::try_from(stratum.result?).ok().filter(|mark| (2..=5).contains(mark)),
            Self::Test(minimum) => {
                let test = stratum.result?;
                Some(match (minimum?, test) {
                    (minimum, test) if test < minimum => 1,
                    (_, ..=60) => 2,
                    (_, 61..=80) => 3,
                    _ => 4,
                })
            }
        }
    }

    /// Marks or bands in order.
    pub(super) fn categories(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Mark => 2..=5,
            Self::Test(_) => 1..=4,
        }
    }
}

/// Participants of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct GroupCensus {
    /// Participants.
    pub(super) n: u64,
    /// By mark 2 to 5, or by band 1 to 4.
    pub(super) by_category: [u64; 4],
    /// Primary scores.
    pub(super) totals: Sums,
    /// Marks or test scores.
    pub(super) results: Sums,
}

impl GroupCensus {
    /// Participants with a mark or band.
    pub(super) fn categorised(&self) -> u64 {
        self.by_category.iter().sum()
    }
}

/// Participants of all groups of a tally, in its order.
#[derive(Clone, Debug)]
pub(super) struct Census {
    /// Marks or test scores.
    pub(super) kind: ResultKind,
    pub(super) groups: Vec<GroupCensus>,
}

impl Census {
    /// Counts the participants of every group.
    pub(super) fn from_tally(tally: &Tally) -> Self {
        let kind = ResultKind::from_tally(tally);
        let first = *kind.categories().start();
        let mut groups = vec![GroupCensus::default(); tally.groups.len()];
        for cell in &tally.participants {
            let Some(group) = groups.get_mut(cell.group as usize) else { continue };
            let n = u64::from(cell.n);
            group.n += n;
            if let Some(total) = cell.stratum.total {
                group.totals.add(total.into(), n);
            }
            let category = kind.category(&cell.stratum);
            if let Some(count) = category.and_then(|category| group.by_category.get_mut(usize::from(category - first)))
            {
                *count += n;
            }
            let counts = matches!(kind, ResultKind::Test(_)) || category.is_some();
            if let (true, Some(result)) = (counts, cell.stratum.result) {
                group.results.add(result.into(), n);
            }
        }
        Self { kind, groups }
    }

    /// Groups of a tally at one level, with their index and name.
    pub(super) fn at<'a>(
        &'a self,
        tally: &'a Tally,
        level: Level,
    ) -> impl Iterator<Item = (u32, &'a str, &'a GroupCensus)> {
        let groups = (0_u32..).zip(&tally.groups).zip(&self.groups);
        groups
            .filter(move |((_, group), _)| group.level == level)
            .map(|((index, group), census)| (index, group.name.as_str(), census))
    }
}
