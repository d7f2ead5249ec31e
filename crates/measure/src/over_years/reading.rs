//! One measure of one group in one year, kept as counts, so that a part can be subtracted from a whole.

use srez_model::band::Band;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ClassScores, Measures, ScoreKind};
use srez_model::unit::as_f64;
use srez_statistics::moments::Sums;
use srez_statistics::school_model::Observed;
use srez_statistics::{Z_95, wilson};

/// Measures of exams with marks.
pub(crate) const MARKS: [MeasureId; 4] =
    [MeasureId::ShareOfTwo, MeasureId::Pass, MeasureId::Quality, MeasureId::MeanMark];
/// Measures of exams with test scores.
pub(crate) const BANDS: [MeasureId; 5] = [
    MeasureId::BandOverYears(Band::BelowMinimum),
    MeasureId::BandOverYears(Band::UpTo60),
    MeasureId::BandOverYears(Band::UpTo80),
    MeasureId::BandOverYears(Band::UpTo100),
    MeasureId::MeanTest,
];

/// The models of schools count in hundredths of the unit of a measure: of percents in shares.
pub(crate) const UNIT: f64 = 100.0;

/// Counts behind a value. Values are percent, marks or test scores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reading {
    /// Participants counted, of all.
    Count { k: u64, n: u64 },
    /// Points, of the greatest that the participants could have; the participant is the unit, `squares` the sum of the
    /// squared completions, if known.
    Points { sum: u64, max_sum: u64, n: u64, squares: Option<f64> },
    /// A number per participant, times a scale.
    Numbers { sums: Sums, scale: f64 },
}

impl Reading {
    /// The measure of a group; none if there is no number.
    pub(crate) fn find(measures: &Measures, level: Level, group: &str, measure: &MeasureId) -> Option<Self> {
        let found = match measure {
            MeasureId::Task(id) => {
                let place = measures.exam.tasks.iter().position(|task| task.id == *id)?;
                task(measures, level, group, u16::try_from(place).ok()?)
            }
            MeasureId::Skill(title) => {
                let mut rows = measures.skills_of(level, group).chain(measures.class_skills_of(group));
                let row = rows.find(|row| (row.level, &row.title) == (level, title))?;
                let mean = row.pct.map_or(0.0, |pct| pct.value.0);
                let squares = row.sd.map(|sd| sd * sd * (as_f64(row.n) - 1.0) + as_f64(row.n) * mean * mean);
                Some(Self::Points { sum: row.sum, max_sum: row.max_sum, n: row.n, squares })
            }
            MeasureId::Total => {
                let max = measures.exam.max_primary.filter(|max| *max != 0)?;
                let sums = scores(measures, level, group, ScoreKind::Primary);
                Some(Self::Numbers { sums, scale: 100.0 / f64::from(max) })
            }
            MeasureId::FromMinimum => {
                let row = measures.bands_of(level, group)?;
                Some(Self::Count { k: row.n.checked_sub(row.by_band[0])?, n: row.n })
            }
            MeasureId::BandOverYears(band) => {
                let row = measures.bands_of(level, group)?;
                let place = Band::ALL.iter().position(|one| one == band)?;
                Some(Self::Count { k: *row.by_band.get(place)?, n: row.n })
            }
            MeasureId::MeanTest => {
                measures.bands_of(level, group)?;
                Some(Self::Numbers { sums: scores(measures, level, group, ScoreKind::Test), scale: 1.0 })
            }
            _ => Self::from_marks(measures.marks_of(level, group)?.by_mark, measure),
        };
        found.filter(|reading| reading.value().is_some())
    }

    /// The measure of counts of the marks 2 to 5; none where it is not of marks.
    pub(crate) fn from_marks(by_mark: [u64; 4], measure: &MeasureId) -> Option<Self> {
        let [two, three, four, five] = by_mark;
        let n = two + three + four + five;
        Some(match measure {
            MeasureId::ShareOfTwo => Self::Count { k: two, n },
            MeasureId::Pass => Self::Count { k: three + four + five, n },
            MeasureId::Quality => Self::Count { k: four + five, n },
            MeasureId::MeanMark => {
                let mut sums = Sums::default();
                for (mark, count) in (2..).zip(by_mark) {
                    sums.add(mark, count);
                }
                Self::Numbers { sums, scale: 1.0 }
            }
            _ => return None,
        })
    }

    /// Participants.
    pub(crate) fn n(self) -> u64 {
        match self {
            Self::Count { n, .. } | Self::Points { n, .. } => n,
            Self::Numbers { sums, .. } => sums.n,
        }
    }

    /// The value; none without participants.
    pub(crate) fn value(self) -> Option<f64> {
        match self {
            Self::Count { k: part, n: whole } | Self::Points { sum: part, max_sum: whole, .. } => {
                (whole != 0).then(|| 100.0 * as_f64(part) / as_f64(whole))
            }
            Self::Numbers { sums, scale } => sums.mean().map(|mean| mean * scale),
        }
    }

    /// Variance of one participant; for points without squares the variance of a share, which is never too small. None
    /// with one participant.
    pub(crate) fn variance(self) -> Option<f64> {
        match self {
            Self::Numbers { sums, scale } => sums.variance().map(|variance| variance * scale * scale),
            Self::Points { n, squares: Some(squares), .. } if n > 1 => {
                let mean = self.value()?;
                Some(((squares - as_f64(n) * mean * mean) / (as_f64(n) - 1.0)).max(0.0))
            }
            _ => self.value().map(|value| value * (100.0 - value)),
        }
    }

    /// The participants as units of the models of schools, in hundredths of the measure's unit: shares as such.
    pub(crate) fn observed(self) -> Option<Observed> {
        if let Self::Count { k, n } = self {
            return Observed::from_count(k, n);
        }
        let degrees = match self {
            Self::Numbers { .. } | Self::Points { squares: Some(_), .. } => self.n().saturating_sub(1),
            _ => self.n(),
        };
        let spread = self.variance().map_or(0.0, |variance| variance * as_f64(degrees) / (UNIT * UNIT));
        Some(Observed { n: self.n(), mean: self.value()? / UNIT, spread })
    }

    /// The reading of the others, if `part` is contained; none if it is not, or if they measure different things.
    pub(crate) fn without(self, part: Self) -> Option<Self> {
        let left = match (self, part) {
            (Self::Count { k, n }, Self::Count { k: k_part, n: n_part }) => {
                Self::Count { k: k.checked_sub(k_part)?, n: n.checked_sub(n_part)? }
            }
            (
                Self::Points { sum, max_sum, n, squares },
                Self::Points { sum: s, max_sum: m, n: n_part, squares: part },
            ) => Self::Points {
                sum: sum.checked_sub(s)?,
                max_sum: max_sum.checked_sub(m)?,
                n: n.checked_sub(n_part)?,
                squares: squares.zip(part).map(|(whole, part)| whole - part),
            },
            (Self::Numbers { sums, scale }, Self::Numbers { sums: part, .. }) => {
                (part.n <= sums.n).then(|| Self::Numbers { sums: sums.without(part), scale })?
            }
            _ => return None,
        };
        left.value().map(|_| left)
    }

    /// Both together; none if they measure different things.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Count { k, n }, Self::Count { k: k_other, n: n_other }) => {
                Self::Count { k: k + k_other, n: n + n_other }
            }
            (
                Self::Points { sum, max_sum, n, squares },
                Self::Points { sum: s, max_sum: m, n: n_other, squares: other },
            ) => Self::Points {
                sum: sum + s,
                max_sum: max_sum + m,
                n: n + n_other,
                squares: squares.zip(other).map(|(one, other)| one + other),
            },
            (Self::Numbers { sums, scale }, Self::Numbers { sums: other, .. }) => {
                let sums =
                    Sums { n: sums.n + other.n, sum: sums.sum + other.sum, squares: sums.squares + other.squares };
                Self::Numbers { sums, scale }
            }
            _ => return None,
        })
    }

    /// Interval of the value, 95 %: Wilson for shares, normal for means; none below five participants.
    pub(crate) fn interval(self) -> Option<(f64, f64)> {
        const FEWEST: u64 = 5;
        let value = self.value().filter(|_| FEWEST <= self.n())?;
        match self {
            Self::Numbers { .. } => {
                let half = Z_95 * (self.variance()? / as_f64(self.n())).sqrt();
                Some((value - half, value + half))
            }
            _ => wilson::interval(value / 100.0, self.n()).map(|(low, high)| (100.0 * low, 100.0 * high)),
        }
    }
}

/// Completion of a task: a count of participants if the maximum is one point.
fn task(measures: &Measures, level: Level, group: &str, place: u16) -> Option<Reading> {
    let max = u64::from(measures.exam.tasks.get(usize::from(place))?.max?);
    let counts = measures.task_of(level, group, place)?.counts;
    Some(match max {
        1 => Reading::Count { k: counts.sum, n: counts.n },
        _ => Reading::Points { sum: counts.sum, max_sum: max * counts.n, n: counts.n, squares: None },
    })
}

fn scores(measures: &Measures, level: Level, group: &str, kind: ScoreKind) -> Sums {
    if level == Level::Class {
        let sums = |row: &ClassScores| Sums { n: row.n, sum: row.sum, squares: row.squares };
        return measures.class_scores_of(group, kind).map(sums).unwrap_or_default();
    }
    let mut sums = Sums::default();
    for row in measures.scores_of(level, group).iter().filter(|row| row.kind == kind) {
        sums.add(u64::from(row.score), row.n);
    }
    sums
}
