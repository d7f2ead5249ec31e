//! S04: a school whose share of low results rose against the year before more than in the other schools.

use crate::tested::{self, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::compared::LowResult;
use srez_model::finding::Matter;
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, PercentagePoints, as_f64};
use srez_statistics::normal;
use srez_statistics::shrinkage::Spread;
use srez_wording::number;
use srez_wording::sentence::differences as said;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S04"),
    title: "хуже прошлого года",
    rule: "изменение доли отметок «2» (на ЕГЭ — доли не достигших минимального балла) к прошлому году минус \
           изменение в остальных школах больше нуля, q не больше {tests.q} %, участников в оба года не меньше \
           {S04.participants}; дисперсия — сумма четырёх выборочных и 2·tau²·(1 − rho), rho = 0,7; только \
           сопоставимые годы",
    thresholds: &["S04.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "сравниваются разные ученики; годы сопоставимы только при той же шкале; изменение может объясняться \
              составом класса",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::ComparesYears,
    cause: Cause::Own,
    evidence: Evidence::LowShareOverYears,
};

/// A sentence about a school: by how much, from what to what, of how many, and the others.
type Said = fn(&str, &str, &str, &str, &str) -> String;

/// Ways to say it.
const WAYS: [Said; 2] = [said::rose, said::rose_first];

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S04.participants",
    tests,
    nothing,
    background: tested::unknown,
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Correlation of the true shares of a school in two years, where it cannot be estimated.
const CORRELATION: f64 = 0.7;
/// Fewest schools for a spread of true shares.
const FEWEST_SCHOOLS: usize = 8;

/// Low results of a school in two years: counts and participants, now and before.
#[derive(Clone, Copy, Default)]
struct Years {
    now: (u64, u64),
    before: (u64, u64),
}

impl Years {
    /// None where a year is missing or the years cannot be compared.
    fn of(row: &DynamicsRow) -> Option<Self> {
        let count = |percent: f64, n: u64| number::rounded(percent * as_f64(n) / 100.0, 0);
        let (now, before) = (row.now.filter(|_| row.comparable)?, row.before?);
        let whole = |count: f64, n: u64| (0..=n).find(|whole| (as_f64(*whole) - count).abs() < 0.5).map(|k| (k, n));
        Some(Self { now: whole(count(now, row.n.0), row.n.0)?, before: whole(count(before, row.n.1), row.n.1)? })
    }

    fn without(self, own: Self) -> Self {
        let less = |all: (u64, u64), own: (u64, u64)| (all.0.saturating_sub(own.0), all.1.saturating_sub(own.1));
        Self { now: less(self.now, own.now), before: less(self.before, own.before) }
    }
}

fn nothing(_: &Settings<'_>, _: &Measures) -> &'static str {
    "К прошлому году: школ, у которых доля низких результатов выросла больше, чем в остальных, не выявлено."
}

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let measure = LowResult::of_exam(&measures.exam).over_years();
    let found = |school: &&String| {
        measures.dynamics_of(Level::School, school).iter().find(|row| row.measure == measure).and_then(Years::of)
    };
    let schools: Vec<(&String, Years)> =
        settings.schools.iter().filter_map(|school| Some((school, found(&school)?))).collect();
    let mut all = Years::default();
    for (_, own) in &schools {
        all.now = (all.now.0 + own.now.0, all.now.1 + own.now.1);
        all.before = (all.before.0 + own.before.0, all.before.1 + own.before.1);
    }
    let counts: Vec<(u64, u64)> = schools.iter().map(|(_, own)| own.now).collect();
    let spread = (FEWEST_SCHOOLS <= counts.len()).then(|| Spread::from_counts(&counts)).flatten();
    let variance = spread.map_or(0.0, |spread| spread.variance);
    schools.iter().filter_map(|(school, own)| test(settings, school, *own, all.without(*own), variance)).collect()
}

fn test(settings: &Settings<'_>, school: &str, own: Years, others: Years, between: f64) -> Option<Test> {
    let fewest = settings.thresholds.value("S04.participants");
    let share = |(k, n): (u64, u64)| (fewest <= as_f64(n)).then(|| as_f64(k) / as_f64(n));
    let (now, before) = (share(own.now)?, share(own.before)?);
    let (others_now, others_before) = (share(others.now)?, share(others.before)?);
    // The variance of a share is taken at the pooled share of both years, so that 0 of 10 is not sure of itself.
    let pooled = |years: Years| as_f64(years.now.0 + years.before.0) / as_f64(years.now.1 + years.before.1);
    let sampling = |years: Years| {
        let p = pooled(years);
        p * (1.0 - p) * (1.0 / as_f64(years.now.1) + 1.0 / as_f64(years.before.1))
    };
    let variance = sampling(own) + sampling(others) + 2.0 * between * (1.0 - CORRELATION);
    let gap = (now - others_now) - (before - others_before);
    if variance <= 0.0 {
        return None;
    }
    let percent = |value: f64, n: u64| number::percent(Percent(100.0 * value), n);
    Some(Test {
        school: school.to_owned(),
        matter: Matter::Work,
        n: own.now.1,
        value: 100.0 * gap,
        p: normal::two_sided(gap / variance.sqrt()),
        attainable: 0.0,
        large: gap > 0.0 && before < now,
        affected: as_f64(own.now.1) * gap.abs(),
        text: settings.in_turn(school, WAYS)(
            settings.name(school),
            &number::by_percentage_points(PercentagePoints(100.0 * (now - before)), own.now.1, own.before.1),
            &format!("с {} до {}", percent(before, own.before.1), percent(now, own.now.1)),
            &format!("n = {} и {}", own.before.1, own.now.1),
            &format!("с {} до {}", percent(others_before, others.before.1), percent(others_now, others.now.1)),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{Years, test};
    use crate::tests::Scene;

    fn judged(own: [(u64, u64); 2], others: [(u64, u64); 2]) -> Option<super::Test> {
        let scene = Scene::default();
        let years = |[now, before]: [(u64, u64); 2]| Years { now, before };
        test(&scene.settings(), "1", years(own), years(others), 0.0)
    }

    #[test]
    fn a_rise_against_the_others() {
        let found = judged([(20, 50), (5, 50)], [(60, 400), (60, 400)]).unwrap();
        assert!(found.large && found.p < 0.01 && (found.value - 30.0).abs() < 1e-9, "{}", found.p);
        // All rose alike.
        let alike = judged([(20, 50), (10, 50)], [(160, 400), (80, 400)]).unwrap();
        assert!(alike.p > 0.9);
        // The others fell, the school did not rise.
        assert!(!judged([(10, 50), (10, 50)], [(20, 400), (80, 400)]).unwrap().large);
        assert!(judged([(4, 8), (1, 8)], [(60, 400), (60, 400)]).is_none(), "too few");
        assert!(judged([(0, 50), (0, 50)], [(0, 400), (0, 400)]).is_none(), "no spread");
    }
}
