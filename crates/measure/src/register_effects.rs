//! What came of the measures of a register: schools, exams before and after, and what cannot be said.

use super::{Aim, Settings, effectiveness};
use srez_model::action::{Action, EffectRow, EffectVerdict};
use srez_model::assessment::Exam;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::Measures;
use std::collections::BTreeSet;

/// The measure that the words of a register mean in an exam; none where the exam has nothing of the kind.
type Indicator = fn(&str, &Exam) -> Option<MeasureId>;

/// An action with what its words mean; an error says why not.
struct Meant<'a> {
    schools: BTreeSet<String>,
    unknown: Vec<String>,
    target: Result<(&'a Measures, &'a Measures, MeasureId), (EffectVerdict, String)>,
}

/// Effects of the measures of a register; `all` are the exams of all years at hand.
pub fn effects(settings: &Settings, actions: &[Action], all: &[&Measures], indicator: Indicator) -> Vec<EffectRow> {
    let meant: Vec<Meant<'_>> = actions.iter().map(|action| meaning(settings, action, all, indicator)).collect();
    let mut rows = Vec::new();
    for (place, own) in meant.iter().enumerate() {
        match &own.target {
            Err((verdict, why)) => rows.push(without_numbers(settings, place + 1, *verdict, why)),
            Ok((now, before, measure)) => {
                let alike = |other: &&Meant<'_>| {
                    other
                        .target
                        .as_ref()
                        .is_ok_and(|(their, _, name)| their.exam.key == now.exam.key && name == measure)
                };
                let others = meant.iter().filter(alike).flat_map(|other| &other.schools).map(String::as_str).collect();
                let schools = own.schools.iter().map(String::as_str).collect();
                let aim = Aim { action: place + 1, schools, others, measure, now, before };
                let mut made = effectiveness(settings, &aim);
                if let (Some(first), false) = (made.first_mut(), own.unknown.is_empty()) {
                    let words = format!("школы не найдены в реестре: {}", own.unknown.join(", "));
                    first.reason = if first.reason.is_empty() { words } else { format!("{}; {words}", first.reason) };
                }
                rows.extend(made);
            }
        }
    }
    rows
}

fn meaning<'a>(settings: &Settings, action: &Action, all: &[&'a Measures], indicator: Indicator) -> Meant<'a> {
    let register = &settings.register;
    let mut schools = BTreeSet::new();
    let mut unknown = Vec::new();
    for key in &action.schools {
        match register.find(key).and_then(|place| register.schools.get(place)) {
            Some(school) => drop(schools.insert(school.id.clone())),
            None => unknown.push(key.clone()),
        }
    }
    if action.schools.is_empty() {
        let at_home = |municipality: &str| settings.home.is_empty() || municipality == settings.home;
        let home = register.schools.iter().filter(|school| at_home(&school.municipality));
        schools.extend(home.map(|school| school.id.clone()));
    }
    Meant { schools, unknown, target: target(action, all, indicator) }
}

/// Exams before and after, and the measure.
fn target<'a>(
    action: &Action,
    all: &[&'a Measures],
    indicator: Indicator,
) -> Result<(&'a Measures, &'a Measures, MeasureId), (EffectVerdict, String)> {
    let not_understood = |why: String| (EffectVerdict::NotUnderstood, why);
    if action.exam.is_empty() {
        return Err(not_understood("работа не узнана: нужны процедура, предмет и класс".to_owned()));
    }
    let after = year_after(&action.from).ok_or_else(|| not_understood("дата меры не прочитана".to_owned()))?;
    let of_year = |year: u16| {
        all.iter().find(|measures| measures.exam.key.year == year && measures.exam.key.id_without_year() == action.exam)
    };
    let Some(now) = of_year(after) else {
        let latest = all.iter().map(|measures| measures.exam.key.year).max();
        return Err(if latest.is_some_and(|latest| after <= latest) {
            (EffectVerdict::NoBase, format!("результатов {after} года по этой работе нет"))
        } else {
            (EffectVerdict::Ahead, format!("результатов {after} года по этой работе ещё нет"))
        });
    };
    let Some(before) = of_year(after - 1) else {
        return Err((EffectVerdict::NoBase, format!("результатов {} года по этой работе нет", after - 1)));
    };
    let measure = indicator(&action.indicator, &now.exam)
        .ok_or_else(|| not_understood(format!("показатель «{}» не найден в этой работе", action.indicator)))?;
    Ok((now, before, measure))
}

/// Calendar year of the first exams that a measure can have changed: works are written in spring, so what begins in
/// April or later shows a year later.
fn year_after(from: &str) -> Option<u16> {
    let year: u16 = from.get(..4)?.parse().ok()?;
    let month: u8 = from.get(5..7)?.parse().ok()?;
    Some(if month <= 3 { year } else { year.checked_add(1)? })
}

fn without_numbers(settings: &Settings, action: usize, verdict: EffectVerdict, why: &str) -> EffectRow {
    EffectRow {
        action,
        level: Level::Municipality,
        group: settings.home.clone(),
        exam: String::new(),
        before_exam: String::new(),
        measure: None,
        schools: 0,
        values: None,
        n: (0, 0),
        peers: 0,
        peers_change: None,
        expected: None,
        effect: None,
        chance: None,
        min_detectable: None,
        place: None,
        verdict,
        reason: why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::year_after;

    #[test]
    fn what_begins_in_autumn_shows_in_the_next_spring() {
        assert_eq!(year_after("2025-09-15"), Some(2026));
        assert_eq!(year_after("2026-02-01"), Some(2026));
        assert_eq!(year_after("2026-04-20"), Some(2027));
        assert_eq!(year_after("осень"), None);
    }
}
