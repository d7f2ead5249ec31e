//! Whether an action changed what it was meant to change.

use super::super::over_years::comparability::gate;
use super::super::over_years::effect::{Assessment, Favourable, Pair, assess, peers, pooled};
use super::super::over_years::reading::Reading;
use super::super::settings::{FEWEST_FOR_SHRINKAGE, Settings};
use srez_model::action::{EffectRow, EffectVerdict};
use srez_model::level::Level;
use srez_model::measures::{MeasureDefinition, Measures};
use srez_model::unit::as_f64;
use srez_statistics::before_after::Peers;
use std::collections::BTreeSet;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "effectiveness",
    title: "Эффективность мер",
    columns: &[
        "effectiveness.did",
        "effectiveness.expected",
        "effectiveness.effect",
        "effectiveness.min_detectable",
        "effectiveness.verdict",
    ],
    unit: "п.п., балл",
    plain: "изменение школ, где мера была, минус изменение остальных школ; учтено, что очень низкий результат \
            обычно растёт и без меры",
    formula: "изменение школ с мерой − изменение остальных школ муниципалитета; возврат к среднему: без меры ожидалось \
              m1 + ρ·B·(y0 − m0), B = τ²/(τ² + s0²), m и τ² — по школам без меры; эффект — значение после − \
              ожидавшееся, интервал предсказательный; ρ — по данным при 20 школах и больше, иначе 1 и 0,7, и вывод \
              держится на меньшем эффекте. «Подтверждён» — оба интервала 95 % не содержат 0 в благоприятную сторону, \
              «возможен» — оба интервала 80 %, «данных недостаточно» — изменение меньше наименьшего заметного при \
              таком числе участников",
    degenerate: "нет одного из годов — «нет базы»; школ без меры меньше 8 — «сравнить не с чем»; изменилась шкала или \
                 задание — только место среди школ; участников меньше 10 — «данных недостаточно»",
    source: "Barnett, van der Pols, Dobson 2005; DerSimonian, Laird 1986; Bloom 1995",
};

/// An action with its indicator and exams resolved.
#[derive(Clone, Debug)]
pub struct Aim<'a> {
    /// Number in the register, from 1.
    pub action: usize,
    /// Ids of its schools.
    pub schools: BTreeSet<&'a str>,
    /// Ids of schools with another action on the same measure of the same exam: they cannot serve as a comparison.
    pub others: BTreeSet<&'a str>,
    /// Measure, as in `dynamics.csv`.
    pub measure: &'a str,
    /// Exam after.
    pub now: &'a Measures,
    /// Exam before.
    pub before: &'a Measures,
}

/// The row of all schools of an action together, then one per school.
pub fn effectiveness(settings: &Settings, aim: &Aim<'_>) -> Vec<EffectRow> {
    let homes = settings.municipalities();
    let mut treated: Vec<(&str, Pair)> = Vec::new();
    let mut untreated: Vec<Pair> = Vec::new();
    for row in aim.now.marks.iter().filter(|row| row.level == Level::School) {
        let school = row.group.as_str();
        let read = |measures: &Measures| Reading::find(measures, Level::School, school, aim.measure);
        let (Some(after), Some(before)) = (read(aim.now), read(aim.before)) else { continue };
        let at_home = settings.home.is_empty() || homes.get(school).is_some_and(|home| *home == settings.home);
        if aim.schools.contains(school) {
            treated.push((school, Pair { before, after }));
        } else if at_home && !aim.others.contains(school) {
            untreated.push(Pair { before, after });
        }
    }
    let pairs: Vec<Pair> = treated.iter().map(|(_, pair)| *pair).collect();
    let mut rows = vec![row(settings, aim, (Level::Municipality, &settings.home), &pairs, &untreated)];
    if treated.len() > 1 && !untreated.is_empty() {
        rows.extend(
            treated.iter().map(|(school, pair)| row(settings, aim, (Level::School, school), &[*pair], &untreated)),
        );
    }
    rows
}

fn row(
    settings: &Settings,
    aim: &Aim<'_>,
    (level, group): (Level, &str),
    treated: &[Pair],
    untreated: &[Pair],
) -> EffectRow {
    let whole = pooled(treated);
    let peers = peers(untreated).filter(|_| FEWEST_FOR_SHRINKAGE <= untreated.len());
    let place = if level == Level::School { (level, group) } else { (Level::All, "") };
    let gate = gate(&settings.thresholds, aim.now, aim.before, place, aim.measure);
    let favourable = match aim.measure {
        "share_of_2" | "below_min_pct" => Favourable::Fall,
        _ => Favourable::Rise,
    };
    let found = peers.filter(|_| gate.open).and_then(|peers| assess(&peers, treated, favourable));
    // If every school took the action, only the region is left as a comparison.
    let region = aim
        .now
        .dynamics_of(level, group)
        .iter()
        .find(|row| untreated.is_empty() && row.measure == aim.measure && row.before_exam == aim.before.exam.key);
    let region = region.and_then(|row| row.distance.as_ref()).filter(|distance| distance.kind == "region");
    let (verdict, why) = match (whole, found) {
        (None, _) => (EffectVerdict::NoBase, "у школ меры нет результатов одного из двух лет".to_owned()),
        _ if !gate.open => (EffectVerdict::NotComparable, gate.reason.clone()),
        (_, Some(found)) => (found.verdict, gate.reason.clone()),
        _ => (EffectVerdict::NoComparison, nobody(untreated.len(), region.is_some())),
    };
    let n = |reading: Option<Reading>| reading.map_or(0, Reading::n);
    let of = |value: fn(&Assessment) -> f64| found.as_ref().map(value);
    EffectRow {
        action: aim.action,
        level,
        group: group.to_owned(),
        exam: aim.now.exam.id(),
        before_exam: aim.before.exam.id(),
        measure: aim.measure.to_owned(),
        schools: treated.len() as u64,
        values: whole.and_then(|whole| Some((whole.before.value()?, whole.after.value()?))),
        n: (n(whole.map(|whole| whole.before)), n(whole.map(|whole| whole.after))),
        peers: untreated.len() as u64,
        peers_change: of(|found| found.peers_change)
            .or(region.map(|distance| distance.reference.0 - distance.reference.1)),
        difference: found.as_ref().map(|found| found.difference).or_else(|| {
            let distance = region?;
            let (low, high) = distance.interval?;
            Some((distance.change, low, high))
        }),
        expected: of(|found| found.expected),
        effect: found.as_ref().map(|found| found.effect),
        min_detectable: found.as_ref().and_then(|found| found.min_detectable),
        place: peers.filter(|_| !gate.open).and_then(|peers| places(&peers, whole?)),
        verdict,
        reason: why,
    }
}

/// Why there is no comparison.
fn nobody(untreated: usize, has_region: bool) -> String {
    match (untreated, has_region) {
        (0, true) => {
            "мера охватила все школы с результатами; рядом — регион, возврат к среднему не оценивается".to_owned()
        }
        (0, false) => "мера охватила все школы с результатами".to_owned(),
        (1..FEWEST_FOR_SHRINKAGE, _) => format!("школ без меры меньше {FEWEST_FOR_SHRINKAGE}"),
        _ => "не вычисляется: нет разброса".to_owned(),
    }
}

/// Position among the schools without the action, before and after: distance to their mean in standard deviations for a
/// school of this size.
fn places(peers: &Peers, whole: Pair) -> Option<(f64, f64)> {
    let place = |reading: Reading, mean: f64, within: f64| {
        let deviation = (peers.between + within / as_f64(reading.n())).sqrt();
        Some((reading.value()? - mean) / deviation).filter(|place| place.is_finite())
    };
    let before = place(whole.before, peers.means.0, peers.within.0)?;
    Some((before, place(whole.after, peers.means.1, peers.within.1)?))
}
