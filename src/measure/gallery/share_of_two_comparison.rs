//! Share of «2» of a school against the other schools, and of the home municipality against the region.

use super::super::census::{Census, GroupCensus, ResultKind};
use super::super::settings::{FEWEST_FOR_SHRINKAGE, FEWEST_SCHOOLS, Settings, family};
use crate::model::compared::SHARE_OF_TWO;
use crate::model::level::Level;
use crate::model::measures::{ComparisonRow, MeasureDefinition, ReferenceRow};
use crate::model::reference::ReferenceKind;
use crate::model::tally::Tally;
use crate::model::unit::{Percent, PercentagePoints, as_f64};
use crate::statistics::shrinkage::Spread;
use crate::statistics::{detectable, funnel, hypergeometric};
use std::collections::BTreeMap;

/// Definition.
pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "share-of-two-comparison",
    title: "Доля отметок «2» в сравнении с остальными школами",
    columns: &[
        "comparisons.value",
        "comparisons.reference",
        "comparisons.difference",
        "comparisons.shrunk",
        "comparisons.min_detectable",
        "comparisons.p",
        "comparisons.q",
        "comparisons.q_min_attainable",
        "comparisons.funnel",
    ],
    unit: "%, п.п., вероятность",
    formula: "школа сравнивается с остальными школами своего муниципалитета (без неё самой), при числе школ меньше 5 — \
              с остальными школами всех файлов; муниципалитет — с остальной частью региона; двустороннее p = \
              min(1, 2 · меньший хвост) гипергеометрического распределения; q — поправка Бенджамини — Хохберга по \
              всем школам и работам процедуры за год, у которых участников достаточно и наименьшее достижимое p не \
              больше порога; рядом доля, сжатая к среднему школ (при 8 школах и больше); \
              наименьшее заметное отличие — наименьшее из роста и снижения, которое проверка при p = 0,05 обнаруживает с вероятностью 80 %",
    degenerate: "одна школа, нет отметок или все результаты одинаковы — не проверяется",
    source: "точный критерий Фишера; Benjamini, Hochberg 1995; Spiegelhalter 2005; Efron, Morris 1975; Bloom 1995",
};

/// Probability of a false alarm at which the smallest detectable difference is given.
const DETECTION_LEVEL: f64 = 0.05;

/// «2» and marks of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Twos {
    k: u64,
    n: u64,
}

impl Twos {
    fn of(counts: &GroupCensus) -> Self {
        Self { k: counts.by_category[0], n: counts.categorised() }
    }

    fn plus(self, other: Self) -> Self {
        Self { k: self.k + other.k, n: self.n + other.n }
    }

    fn without(self, other: Self) -> Self {
        Self { k: self.k.saturating_sub(other.k), n: self.n.saturating_sub(other.n) }
    }
}

/// With whom a group is compared.
struct Reference<'a> {
    twos: Twos,
    group: &'a str,
    kind: &'static str,
    shrunk: Option<f64>,
}

/// Schools that are compared with each other.
#[derive(Default)]
struct Peers {
    schools: Vec<Twos>,
    sum: Twos,
    spread: Option<Spread>,
}

impl Peers {
    fn add(&mut self, twos: Twos) {
        self.schools.push(twos);
        self.sum = self.sum.plus(twos);
    }

    fn finish(&mut self) {
        if FEWEST_FOR_SHRINKAGE <= self.schools.len() {
            let counts: Vec<(u64, u64)> = self.schools.iter().map(|twos| (twos.k, twos.n)).collect();
            self.spread = Spread::of(&counts);
        }
    }
}

/// Rows of the schools in the order of the tally, behind that of the home municipality.
pub(crate) fn rows(
    settings: &Settings,
    tally: &Tally,
    census: &Census,
    references: &[ReferenceRow],
) -> Vec<ComparisonRow> {
    if census.kind != ResultKind::Mark {
        return Vec::new();
    }
    let mut rows = Vec::new();
    rows.extend(municipality(settings, tally, census, references));
    let homes = settings.municipalities();
    let mut all = Peers::default();
    let mut by_municipality: BTreeMap<&str, Peers> = BTreeMap::new();
    for (_, name, counts) in census.at(tally, Level::School).filter(|(.., counts)| counts.categorised() != 0) {
        all.add(Twos::of(counts));
        if let Some(home) = homes.get(name) {
            by_municipality.entry(home).or_default().add(Twos::of(counts));
        }
    }
    all.finish();
    by_municipality.values_mut().for_each(Peers::finish);
    for (_, name, counts) in census.at(tally, Level::School) {
        let twos = Twos::of(counts);
        let own = homes.get(name).and_then(|home| by_municipality.get(home).map(|peers| (*home, peers)));
        let (group, peers) = own.filter(|(_, peers)| FEWEST_SCHOOLS <= peers.schools.len()).unwrap_or(("", &all));
        let shrunk = peers.spread.and_then(|spread| spread.shrunk(twos.k, twos.n));
        let reference = Reference { twos: peers.sum.without(twos), group, kind: "others", shrunk };
        rows.push(row(settings, tally, (Level::School, name), twos, &reference));
    }
    rows
}

/// The home municipality against the rest of its region, where the region's counts can be recovered.
fn municipality(
    settings: &Settings,
    tally: &Tally,
    census: &Census,
    references: &[ReferenceRow],
) -> Option<ComparisonRow> {
    let (_, name, counts) = census.at(tally, Level::Municipality).find(|(_, name, _)| *name == settings.home)?;
    let region = references.iter().find(|row| row.kind == ReferenceKind::Region)?;
    let counts_of_region = region.marks.counts?;
    let whole = Twos { k: counts_of_region[0], n: counts_of_region.iter().sum() };
    let own = Twos::of(counts);
    let contained = own.n <= whole.n && own.k <= whole.k && own.n - own.k <= whole.n - whole.k;
    let rest = if contained { whole.without(own) } else { whole };
    let reference = Reference { twos: rest, group: &region.marks.name, kind: "region", shrunk: None };
    Some(row(settings, tally, (Level::Municipality, name), own, &reference))
}

fn row(
    settings: &Settings,
    tally: &Tally,
    (level, group): (Level, &str),
    own: Twos,
    reference: &Reference<'_>,
) -> ComparisonRow {
    let limit = |id: &str| settings.thresholds.value(id);
    let rest = reference.twos;
    let law = (own.n != 0 && rest.n != 0).then(|| hypergeometric::pmf(own.n + rest.n, own.k + rest.k, own.n));
    let attainable = law.as_ref().map(crate::statistics::Pmf::smallest_attainable);
    let p = law.as_ref().filter(|law| law.first() < law.last()).map(|law| law.two_sided(own.k));
    let few = as_f64(own.n) < limit("S02.participants");
    let why = match (own.n, rest.n, p) {
        (0, ..) => super::super::reason::NO_MARKS,
        (_, 0, _) => "не проверяется: не с кем сравнить",
        (.., None) => "не проверяется: результаты всех участников одинаковы",
        _ if few => "в поправку не входит: мало участников",
        _ if attainable.is_some_and(|least| settings.greatest_q() + 1e-12 < least) => {
            "данных недостаточно: отличие не могло быть выявлено ни при каком результате"
        }
        _ => "",
    };
    let sign = if level == Level::School { "S02" } else { "T05" };
    ComparisonRow {
        level,
        group: group.to_owned(),
        measure: SHARE_OF_TWO.to_owned(),
        n: own.n,
        k: own.k,
        value: Percent::of(own.k, own.n),
        reference: Percent::of(rest.k, rest.n),
        reference_group: reference.group.to_owned(),
        reference_kind: reference.kind.to_owned(),
        n_reference: rest.n,
        method: if p.is_some() { "hypergeometric".to_owned() } else { String::new() },
        p,
        family: if why.is_empty() { family(sign, &tally.exam.key) } else { String::new() },
        q: None,
        q_min_attainable: attainable,
        funnel: p.map_or_else(String::new, |p| {
            funnel::word(p, limit("funnel.alert"), limit("funnel.alarm")).id().to_owned()
        }),
        shrunk: reference.shrunk.map(|share| Percent(100.0 * share)),
        min_detectable: min_detectable(own, rest),
        reason: why.to_owned(),
    }
}

/// The smaller of rise and fall that the test finds.
fn min_detectable(own: Twos, rest: Twos) -> Option<PercentagePoints> {
    let rise = detectable::rise(own.n, rest.k, rest.n, DETECTION_LEVEL);
    let fall = detectable::fall(own.n, rest.k, rest.n, DETECTION_LEVEL);
    let least = rise.into_iter().chain(fall).reduce(f64::min)?;
    Some(PercentagePoints(100.0 * least))
}
