//! Whether an action changed what it was meant to change.

use super::super::over_years::classes::Classes;
use super::super::over_years::comparability::gate;
use super::super::over_years::effect::{Assessment, Favourable, Lack, Pair, Peers, assess, place, pooled, verdict};
use super::super::over_years::reading::Reading;
use super::super::settings::Settings;
use srez_model::action::{EffectRow, EffectVerdict};
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{MeasureDefinition, MeasuredOf, Measures, ToldIn};
use srez_statistics::pair_model::FEWEST;
use srez_statistics::school_model::Group;
use std::collections::BTreeSet;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "effectiveness",
    told: ToldIn::Text,
    of: MeasuredOf::Run,
    title: "Эффективность мер",
    columns: &[
        "effectiveness.expected",
        "effectiveness.effect",
        "effectiveness.chance",
        "effectiveness.min_detectable",
        "effectiveness.verdict",
    ],
    unit: "п.п., балл",
    plain: "значение после меры минус то, чего следовало ждать без неё: очень низкий результат обычно растёт и без \
            меры",
    formula: "по школам муниципалитета без этой меры: пары (до, после) — двумерный нормальный закон с дисперсиями \
              τ² + v, v — учеников и классов, и ковариацией ρτ²; τ и ρ не оцениваются, а усредняются по решётке; без \
              меры ожидалось E = Σw(m1 + b(y0 − m0)), b = ρτ²/(τ² + v0), w — по участникам после; эффект — значение \
              после − E, интервал предсказательный 95 %; P — вероятность, что без меры значение было бы хуже. \
              «Подтверждён» и «возможен» — P не меньше двух порогов; «данных недостаточно» — участников в одном из лет \
              мало или заметно только отличие больше того, что обещает дорожная карта; по отдельным школам меры вывода \
              нет (числа — в таблице порогов)",
    degenerate: "нет одного из годов — «нет базы»; школ без меры меньше 8 — «сравнить не с чем»; изменилась шкала или \
                 задание — только место среди школ; участников мало — «данных недостаточно»",
    source: "Barnett, van der Pols, Dobson 2005; Gelman 2006",
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
    /// As in `dynamics.csv`.
    pub measure: &'a MeasureId,
    /// Exam after.
    pub now: &'a Measures,
    /// Exam before.
    pub before: &'a Measures,
}

/// The row of all schools of an action together, then one per school.
pub fn effectiveness(settings: &Settings, aim: &Aim<'_>) -> Vec<EffectRow> {
    let homes = settings.municipalities();
    let (now, before) = (Classes::new(aim.now), Classes::new(aim.before));
    let mut treated: Vec<(&str, Pair)> = Vec::new();
    let mut untreated: Vec<Pair> = Vec::new();
    for row in aim.now.marks.iter().filter(|row| row.level == Level::School) {
        let school = row.group.as_str();
        let read = |year: &Classes<'_>| year.of(school, aim.measure);
        let (Some(after), Some(before)) = (read(&now), read(&before)) else { continue };
        let at_home = settings.home.is_empty() || homes.get(school).is_some_and(|home| *home == settings.home);
        if aim.schools.contains(school) {
            treated.push((school, Pair { before, after }));
        } else if at_home && !aim.others.contains(school) {
            untreated.push(Pair { before, after });
        }
    }
    let peers = Peers::new(settings, &untreated);
    let found = Found { settings, aim, peers: &peers, untreated: untreated.len() };
    let pairs: Vec<&Pair> = treated.iter().map(|(_, pair)| pair).collect();
    let mut rows = vec![found.row((Level::Municipality, &settings.home), &pairs)];
    if treated.len() > 1 && !untreated.is_empty() {
        rows.extend(treated.iter().map(|(school, pair)| found.row((Level::School, school), &[pair])));
    }
    rows
}

/// What all rows of an action rest on.
struct Found<'a> {
    settings: &'a Settings,
    aim: &'a Aim<'a>,
    peers: &'a Result<Peers, Lack>,
    untreated: usize,
}

impl Found<'_> {
    fn row(&self, (level, group): (Level, &str), treated: &[&Pair]) -> EffectRow {
        let (settings, aim) = (self.settings, self.aim);
        let year =
            |of: fn(&Pair) -> &Group<Reading>| pooled(&treated.iter().map(|pair| of(pair).clone()).collect::<Vec<_>>());
        let whole = year(|pair| &pair.before).zip(year(|pair| &pair.after));
        let of_group = if level == Level::School { (level, group) } else { (Level::All, "") };
        let gate = gate(&settings.thresholds, aim.now, aim.before, of_group, aim.measure);
        let peers = self.peers.as_ref().ok();
        let favourable = Favourable::of(aim.measure);
        let found =
            peers.filter(|_| gate.open).and_then(|peers| assess(&settings.thresholds, peers, treated, favourable));
        let n = whole.map_or((0, 0), |(before, after)| (before.n(), after.n()));
        let (verdict, reason) = match (whole, &found) {
            (None, _) => (EffectVerdict::NoBase, "у школ меры нет результатов одного из двух лет".to_owned()),
            _ if !gate.open => (EffectVerdict::NotComparable, gate.reason.clone()),
            (_, Some(_)) if level == Level::School => (EffectVerdict::Part, gate.reason.clone()),
            (_, Some(found)) => (verdict(&settings.thresholds, found, aim.measure, n.0.min(n.1)), gate.reason.clone()),
            _ => (EffectVerdict::NoComparison, self.nobody(level, group)),
        };
        let of = |value: fn(&Assessment) -> f64| found.as_ref().map(value);
        EffectRow {
            action: aim.action,
            level,
            group: group.to_owned(),
            exam: aim.now.exam.id(),
            before_exam: aim.before.exam.id(),
            measure: Some(aim.measure.clone()),
            schools: treated.len() as u64,
            values: whole.and_then(|(before, after)| Some((before.value()?, after.value()?))),
            n,
            peers: self.untreated as u64,
            peers_change: self.change_elsewhere(level, group),
            expected: of(|found| found.expected),
            effect: found.as_ref().map(|found| found.effect),
            chance: of(|found| found.chance),
            min_detectable: found.as_ref().and_then(|found| found.min_detectable),
            place: peers.filter(|_| !gate.open).and_then(|peers| places(peers, treated)),
            verdict,
            reason,
        }
    }

    /// Change of the schools without the action; if every school took it, that of the region.
    fn change_elsewhere(&self, level: Level, group: &str) -> Option<f64> {
        if let Ok(peers) = self.peers {
            return Some(peers.together.1.value()? - peers.together.0.value()?);
        }
        self.region_change(level, group)
    }

    fn region_change(&self, level: Level, group: &str) -> Option<f64> {
        let aim = self.aim;
        let rows = aim.now.dynamics_of(level, group);
        let row = rows.iter().find(|row| row.measure == *aim.measure && row.before_exam == aim.before.exam.key)?;
        let distance = row.distance.as_ref().filter(|distance| self.untreated == 0 && distance.kind == "region")?;
        Some(distance.reference.0 - distance.reference.1)
    }

    /// Why there is no comparison.
    fn nobody(&self, level: Level, group: &str) -> String {
        match (self.untreated, self.region_change(level, group).is_some()) {
            (0, true) => {
                "мера охватила все школы с результатами; рядом — регион, возврат к среднему не оценивается".to_owned()
            }
            (0, false) => "мера охватила все школы с результатами".to_owned(),
            (1..FEWEST, _) => format!("школ без меры меньше {FEWEST}"),
            _ => "не вычисляется: нет разброса".to_owned(),
        }
    }
}

/// Place of one school among the schools without the action, before and after; none of several schools.
fn places(peers: &Peers, treated: &[&Pair]) -> Option<(f64, f64)> {
    let [pair] = treated else { return None };
    let before = place(&pair.before, &peers.spreads.0, peers.together.0)?;
    Some((before, place(&pair.after, &peers.spreads.1, peers.together.1)?))
}

#[cfg(test)]
mod tests;
