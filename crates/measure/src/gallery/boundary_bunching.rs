//! Scores bunching just above the cut of a mark.

use super::super::census::Census;
use super::super::settings::Settings;
use srez_model::level::Level;
use srez_model::measures::{BoundaryRow, MeasureDefinition};
use srez_model::tally::{ParticipantCount, Tally};
use srez_model::unit::as_f64;
use srez_statistics::moments::Sums;
use srez_statistics::{Pmf, binomial, convolution, noncentral_hypergeometric};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "boundary-bunching",
    title: "Скопление работ у границ отметок",
    columns: &["boundaries.expected_share", "boundaries.p", "boundaries.q"],
    unit: "доля, вероятность",
    plain: "сколько работ получили ровно балл границы отметки и сколько их было бы, если бы баллы у границ лежали \
            как в остальных школах; больше ожидаемого — повод уточнить, а не вывод",
    formula: "на каждой границе c: доля работ с баллом c среди работ с баллами c − 1 и c; ожидаемая доля — по \
              остальным школам с поправкой на разность средних: логит ожидаемой доли = логит доли остальных + (средний \
              балл школы − средний балл остальных) / D, D — дисперсия балла внутри остальных школ; одна односторонняя \
              проверка суммы по границам свёрткой гипергеометрических (остальных работ меньше 20 на одну) или \
              биномиальных распределений; q — поправка Бенджамини — Хохберга. По 2000 имитаций на каждое число \
              участников 25, 50, 100, 200: при p не больше 0,05 ложных сигналов 2, 3, 3, 4 %, столько же у школы \
              сильнее остальных; если поднята половина работ на балл ниже границы, это видно в 30, 68, 94, 99 % \
              случаев",
    degenerate: "участников меньше 20, работ у границ меньше 10, нет других школ, доля в остальных школах 0 или 1 — \
                 не проверяется; от 20 до 49 участников — ориентировочно",
    source: "Dee, Dobbie, Jacob, Rockoff 2019; Diamond, Persson 2016; возможный маркер, требует дополнительного \
        анализа",
};

/// Status of a row whose test counts in full.
pub(crate) const OK: &str = "ok";
/// Status of a row whose test is only a hint.
pub(crate) const TENTATIVE: &str = "tentative";
/// Status of a row without a test.
pub(crate) const OFF: &str = "off";

/// A reference this many times larger is treated as free of error.
const LARGE_REFERENCE: u64 = 20;

/// Works one point below a cut and at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Pair {
    below: u64,
    at: u64,
}

impl Pair {
    fn n(self) -> u64 {
        self.below + self.at
    }

    fn without(self, other: Self) -> Self {
        Self { below: self.below.saturating_sub(other.below), at: self.at.saturating_sub(other.at) }
    }
}

struct School<'a> {
    name: &'a str,
    totals: Sums,
    pairs: Vec<Pair>,
}

/// What the test of one cut needs; the law is none if the cut is left out.
struct Test {
    expected_share: Option<f64>,
    law: Option<Pmf>,
    reason: &'static str,
}

/// Rows of every school and cut, and the pooled test of every school; none if the scale has no cuts.
pub(crate) fn rows(settings: &Settings, tally: &Tally, census: &Census) -> Vec<BoundaryRow> {
    let mut cuts: Vec<u16> = tally.exam.scale.cuts().into_iter().map(|(cut, _)| cut).filter(|cut| *cut > 0).collect();
    cuts.sort_unstable();
    cuts.dedup();
    if cuts.is_empty() {
        return Vec::new();
    }
    let schools: Vec<School<'_>> = census
        .at(tally, Level::School)
        .filter(|(.., counts)| counts.totals.n != 0)
        .map(|(index, name, counts)| School {
            name,
            totals: counts.totals,
            pairs: pairs(tally.participants_of(index), &cuts),
        })
        .collect();
    let everybody = Everybody::from_schools(&schools, cuts.len());
    schools.iter().flat_map(|school| school_rows(settings, school, &everybody, &cuts)).collect()
}

/// Sums over all schools, from which each school is subtracted to get the others.
struct Everybody {
    totals: Sums,
    pairs: Vec<Pair>,
    schools: u64,
    squares_within: f64,
}

impl Everybody {
    fn from_schools(schools: &[School<'_>], cuts: usize) -> Self {
        let mut sum = Self {
            totals: Sums::default(),
            pairs: vec![Pair::default(); cuts],
            schools: schools.len() as u64,
            squares_within: schools.iter().map(|school| school.totals.sum_of_squares()).sum(),
        };
        for school in schools {
            sum.totals.n += school.totals.n;
            sum.totals.sum += school.totals.sum;
            sum.totals.squares += school.totals.squares;
            for (pair, own) in sum.pairs.iter_mut().zip(&school.pairs) {
                pair.below += own.below;
                pair.at += own.at;
            }
        }
        sum
    }

    /// `(mean of the school − mean of the others) / σ²`; none if σ² is unknown or 0.
    fn shift(&self, school: &School<'_>) -> Option<f64> {
        let others = self.totals.without(school.totals);
        let degrees = others.n.checked_sub(self.schools.checked_sub(1)?).filter(|degrees| *degrees != 0)?;
        let variance = (self.squares_within - school.totals.sum_of_squares()) / as_f64(degrees);
        let difference = school.totals.mean()? - others.mean()?;
        (variance > 1e-9).then(|| difference / variance)
    }
}

fn pairs(participants: &[ParticipantCount], cuts: &[u16]) -> Vec<Pair> {
    let mut pairs = vec![Pair::default(); cuts.len()];
    for cell in participants {
        let Ok(total) = u16::try_from(cell.stratum.total) else { continue };
        for (pair, cut) in pairs.iter_mut().zip(cuts) {
            if total == *cut {
                pair.at += u64::from(cell.n);
            } else if total + 1 == *cut {
                pair.below += u64::from(cell.n);
            }
        }
    }
    pairs
}

fn school_rows(settings: &Settings, school: &School<'_>, everybody: &Everybody, cuts: &[u16]) -> Vec<BoundaryRow> {
    let limit = |id: &str| settings.thresholds.value(id);
    let n = as_f64(school.totals.n);
    let (status, few) = if n < limit("S05.participants") {
        (OFF, "не проверяется: мало участников")
    } else if n < limit("F05.informative") {
        (TENTATIVE, "ориентировочно: участников меньше, чем нужно для уверенного вывода")
    } else {
        (OK, "")
    };
    let shift = everybody.shift(school);
    let mut rows = Vec::with_capacity(cuts.len() + 1);
    let mut laws: Vec<(Pair, Pair, f64, Pmf)> = Vec::new();
    let mut last_kept: Option<u16> = None;
    for (place, cut) in cuts.iter().enumerate() {
        let own = school.pairs.get(place).copied().unwrap_or_default();
        let others = everybody.pairs.get(place).copied().unwrap_or_default().without(own);
        let shares_works = last_kept.is_some_and(|low| cut - low < 2);
        if !shares_works {
            last_kept = Some(*cut);
        }
        let test = test(own, others, shift, shares_works);
        let p = test.law.as_ref().filter(|_| status != OFF && own.n() != 0).map(|law| law.upper_tail(own.at));
        let open = test.law.is_some() && status != OFF;
        rows.push(BoundaryRow {
            cut: Some(*cut),
            expected_share: test.expected_share,
            p,
            status: if open { status } else { OFF }.to_owned(),
            reason: super::super::reason::join([few, test.reason]),
            ..empty(school.name, own, others.n(), shift.is_some())
        });
        if let (Some(share), Some(law)) = (test.expected_share, test.law) {
            laws.push((own, others, share, law));
        }
    }
    rows.push(pooled(school.name, &laws, (status, few), shift.is_some(), limit("S05.pair")));
    rows
}

/// The law of the works at one cut.
fn test(own: Pair, others: Pair, shift: Option<f64>, shares_works: bool) -> Test {
    let closed = |reason| Test { expected_share: None, law: None, reason };
    if shares_works {
        return closed("не проверяется: граница делит работы с соседней границей");
    }
    if others.n() == 0 {
        return closed("не проверяется: в остальных школах нет работ у этой границы");
    }
    if others.at == 0 || others.below == 0 {
        return closed("не проверяется: в остальных школах все работы по одну сторону границы");
    }
    let odds = shift.map_or(1.0, f64::exp);
    let odds_of_share = as_f64(others.at) / as_f64(others.below) * odds;
    let share = odds_of_share / (1.0 + odds_of_share);
    let law = if LARGE_REFERENCE * own.n() <= others.n() {
        binomial::pmf(own.n(), share)
    } else {
        noncentral_hypergeometric::pmf(own.at + others.at, own.below + others.below, own.n(), odds)
    };
    let reason = if shift.is_some() {
        ""
    } else {
        "разность средних не учтена: дисперсия внутри школ неизвестна"
    };
    Test { expected_share: Some(share), law: Some(law), reason }
}

/// The one test of a school: the sum over its cuts against the convolution of their laws.
fn pooled(
    name: &str,
    laws: &[(Pair, Pair, f64, Pmf)],
    (status, few): (&str, &'static str),
    shifted: bool,
    fewest: f64,
) -> BoundaryRow {
    let mut sum = Pair::default();
    let (mut others, mut expected) = (0, 0.0);
    for (own, reference, share, _) in laws {
        sum.below += own.below;
        sum.at += own.at;
        others += reference.n();
        expected += as_f64(own.n()) * share;
    }
    let n = as_f64(sum.n());
    let thin = if laws.is_empty() {
        "не проверяется: нет границ, пригодных для проверки"
    } else if n < fewest {
        "не проверяется: мало работ у границ"
    } else {
        ""
    };
    let open = status != OFF && thin.is_empty();
    BoundaryRow {
        expected_share: (sum.n() != 0).then(|| expected / n),
        p: open.then(|| convolution::sum(laws.iter().map(|(.., law)| law)).upper_tail(sum.at)),
        status: if open { status } else { OFF }.to_owned(),
        reason: super::super::reason::join([few, thin]),
        ..empty(name, sum, others, shifted)
    }
}

fn empty(name: &str, own: Pair, n_reference: u64, shift_adjusted: bool) -> BoundaryRow {
    BoundaryRow {
        level: Level::School,
        group: name.to_owned(),
        cut: None,
        n_below: own.below,
        n_at: own.at,
        n_reference,
        expected_share: None,
        shift_adjusted,
        p: None,
        q: None,
        status: OFF.to_owned(),
        reason: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Pair, pooled, test};

    #[test]
    fn the_size_of_the_reference_chooses_the_law() {
        let own = Pair { below: 5, at: 20 };
        let p = |below, at, shift| test(own, Pair { below, at }, shift, false).law.unwrap().upper_tail(20);
        for (below, at, shift, expected) in [
            (300, 300, None, 0.00204),
            (30, 30, None, 0.00892),
            (15, 15, None, 0.0206),
            (30, 30, Some(4.0 / 12.25), 0.0441),
            (300, 300, Some(4.0 / 12.25), 0.0188),
        ] {
            let found = p(below, at, shift);
            assert!((found - expected).abs() < 6e-5, "{below} {at} {shift:?}: {found}");
        }
        assert!(test(own, Pair { below: 0, at: 9 }, None, false).law.is_none());
    }

    #[test]
    fn cuts_are_pooled_into_one_test() {
        let laws: Vec<_> = [(9_u64, 6_u64, 200, 200), (9, 6, 220, 180), (8, 6, 240, 160)]
            .map(|(n, at, below, above)| {
                let (own, others) = (Pair { below: n - at, at }, Pair { below, at: above });
                let test = test(own, others, None, false);
                (own, others, test.expected_share.unwrap(), test.law.unwrap())
            })
            .to_vec();
        let row = pooled("1", &laws, ("ok", ""), false, 10.0);
        assert_eq!((row.n_at, row.n_below), (18, 8));
        assert!((row.expected_share.unwrap() * 26.0 - 11.75).abs() < 1e-9);
        assert!((row.p.unwrap() - 0.01137).abs() < 5e-6, "{:?}", row.p);
    }
}
