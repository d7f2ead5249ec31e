//! What came of the measures of the register and of last year's recommendations.

use super::compose::Scene;
use super::indicator;
use super::receive::Received;
use srez_config::plan::Plan;
use srez_measure::{Aim, Settings};
use srez_model::action::{Action, DeficitState, EffectRow, EffectVerdict, RecommendationRow};
use srez_model::assessment::Exam;
use srez_model::compared::{SKILL, TASK};
use srez_model::finding::{Finding, Findings, Matter, Status, Verdict};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::note::Note;
use srez_model::place::Register;
use srez_model::skill::Skill;
use srez_reconcile::ExamResults;
use std::collections::BTreeSet;

/// Effects of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Effects {
    /// Measures in the order of the register.
    pub(super) actions: Vec<Action>,
    /// What came of them.
    pub(super) rows: Vec<EffectRow>,
    /// What became of last year's deficits.
    pub(super) recommendations: Vec<RecommendationRow>,
}

/// An action with what its words mean; an error says why not.
struct Meant<'a> {
    schools: BTreeSet<String>,
    unknown: Vec<String>,
    target: Result<(&'a Measures, &'a Measures, String), (EffectVerdict, String)>,
}

/// What is wrong in the registers of measures.
pub(super) fn check_register(
    plan: &Plan,
    register: &Register,
    received: &Received,
    results: &[ExamResults],
) -> Vec<Note> {
    let of_results = results.iter().map(|of_exam| &of_exam.exam);
    let exams: Vec<&Exam> = of_results.chain(plan.exams.values()).collect();
    let unknown = |action: &Action| {
        let of_action = exams.iter().filter(|exam| exam.key.id_without_year() == action.exam);
        let exam = of_action.max_by_key(|exam| exam.key.year)?;
        let known = indicator::meant(&action.indicator, exam).is_some();
        (!known).then(|| Skill::titles(exam).join("; "))
    };
    srez_reconcile::check_actions(register, actions(plan, received), unknown)
}

/// The measures of the registers, those of the inputs first.
fn actions<'a>(plan: &'a Plan, received: &'a Received) -> impl Iterator<Item = &'a Action> {
    received.parts.iter().flat_map(|part| &part.recognised.actions).chain(&plan.actions)
}

/// Effects of the register's measures, and last year's deficits joined to this year's results.
pub(super) fn assess(
    plan: &Plan,
    settings: &Settings,
    scene: &Scene<'_>,
    received: &Received,
    (now, findings): (&[Measures], &[Findings]),
    earlier: Vec<Measures>,
) -> Effects {
    let actions: Vec<Action> = actions(plan, received).cloned().collect();
    let (last, older): (Vec<Measures>, Vec<Measures>) =
        earlier.into_iter().partition(|measures| plan.year == Some(measures.exam.key.year + 1));
    let all: Vec<&Measures> = now.iter().chain(&last).chain(&older).collect();
    let rows = of_actions(settings, &settings.register, &actions, &all);
    let focus = scene.flag_settings().focus;
    let recommendations = if plan.year.is_some() {
        let before = srez_flag::flag(&scene.flag_settings(), &last);
        of_recommendations(&focus, (now, findings), (&last, &before), &rows)
    } else {
        of_recommendations(&focus, (now, findings), (now, findings), &rows)
    };
    Effects { actions, rows, recommendations }
}

/// Effects of the actions; `all` are the exams of all years at hand.
fn of_actions(settings: &Settings, register: &Register, actions: &[Action], all: &[&Measures]) -> Vec<EffectRow> {
    let meant: Vec<Meant<'_>> = actions.iter().map(|action| meaning(settings, register, action, all)).collect();
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
                let mut made = srez_measure::effectiveness(settings, &aim);
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

fn meaning<'a>(settings: &Settings, register: &Register, action: &Action, all: &[&'a Measures]) -> Meant<'a> {
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
    Meant { schools, unknown, target: target(action, all) }
}

/// Exams before and after, and the measure.
fn target<'a>(
    action: &Action,
    all: &[&'a Measures],
) -> Result<(&'a Measures, &'a Measures, String), (EffectVerdict, String)> {
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
    let measure = indicator::meant(&action.indicator, &now.exam)
        .ok_or_else(|| not_understood(format!("показатель «{}» не найден в этой работе", action.indicator)))?;
    Ok((now, before, measure))
}

/// Calendar year of the first exams that a measure can have changed: works are written in spring, so what begins in April
/// or later shows a year later.
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
        measure: String::new(),
        schools: 0,
        values: None,
        n: (0, 0),
        peers: 0,
        peers_change: None,
        difference: None,
        expected: None,
        effect: None,
        min_detectable: None,
        place: None,
        verdict,
        reason: why.to_owned(),
    }
}

/// Last year's deficits of the focus and what became of them; `earlier` with its findings are the exams before.
fn of_recommendations(
    focus: &(Level, String),
    (now, now_findings): (&[Measures], &[Findings]),
    (earlier, earlier_findings): (&[Measures], &[Findings]),
    effects: &[EffectRow],
) -> Vec<RecommendationRow> {
    let mut rows = Vec::new();
    for (measures, findings) in now.iter().zip(now_findings) {
        let key = &measures.exam.key;
        let before = earlier.iter().zip(earlier_findings).find(|(before, _)| {
            before.exam.key.year + 1 == key.year && before.exam.key.id_without_year() == key.id_without_year()
        });
        let Some((before, deficits)) = before else { continue };
        let deficits = deficits.findings.iter().filter(|finding| is_deficit(finding, focus));
        rows.extend(deficits.filter_map(|deficit| recommendation(deficit, before, (measures, findings), effects)));
    }
    rows.sort_by(|left, right| {
        (&left.exam, &left.measure, &left.finding).cmp(&(&right.exam, &right.measure, &right.finding))
    });
    rows.dedup_by(|left, right| (&left.exam, &left.measure) == (&right.exam, &right.measure));
    rows
}

fn is_deficit(finding: &Finding, (level, group): &(Level, String)) -> bool {
    let of_focus = finding.level == *level && finding.group == *group;
    let counts = !matches!(finding.status, Status::Checked | Status::NoData);
    let insufficient = finding.sign == "F07" || finding.severity == Verdict::Insufficient.title();
    of_focus && counts && insufficient && ["F01", "F02", "F07"].contains(&finding.sign.as_str())
}

fn recommendation(
    deficit: &Finding,
    before: &Measures,
    (now, findings): (&Measures, &Findings),
    effects: &[EffectRow],
) -> Option<RecommendationRow> {
    let measure = match deficit.matter {
        Matter::Task(task) => format!("{TASK}{}", before.exam.tasks.get(usize::from(task))?.id),
        Matter::Skill(_) => format!("{SKILL}{}", deficit.matter_title),
        Matter::Work => return None,
    };
    let before_exam = before.exam.id();
    let row = now
        .dynamics_of(deficit.level, &deficit.group)
        .iter()
        .find(|row| row.measure == measure && row.before_exam == before_exam);
    let open = row.filter(|row| row.comparable);
    let difference = open.and_then(|row| Some((row.difference?, row.interval?.0, row.interval?.1)));
    let persists =
        findings.findings.iter().any(|finding| finding.id == deficit.id && finding.status != Status::Checked);
    let sufficient = match deficit.matter {
        Matter::Task(_) => findings.verdicts.iter().any(|verdict| {
            let id = now.exam.tasks.get(usize::from(verdict.task)).map(|task| task.id.as_str());
            measure.strip_prefix(TASK) == id && verdict.verdict == Verdict::Sufficient
        }),
        _ => !persists,
    };
    let state = match difference {
        None => DeficitState::NotComparable,
        Some(_) if sufficient => DeficitState::Removed,
        Some((_, low, _)) if 0.0 < low => DeficitState::Improved,
        Some((.., high)) if high < 0.0 => DeficitState::Grown,
        Some(_) => DeficitState::Same,
    };
    let aimed = effects.iter().filter(|effect| effect.exam == now.exam.id() && effect.measure == measure);
    Some(RecommendationRow {
        finding: deficit.id.clone(),
        exam: now.exam.id(),
        before_exam,
        matter: deficit.matter_title.clone(),
        values: (row.and_then(|row| row.before).or(deficit.value)?, row.and_then(|row| row.now)),
        n: (row.map_or(deficit.n, |row| row.n.1), row.map_or(0, |row| row.n.0)),
        difference,
        state,
        actions: aimed.map(|effect| effect.action).collect::<BTreeSet<_>>().into_iter().collect(),
        reason: row.map_or_else(|| "несопоставимо: такого задания или умения нет".to_owned(), |row| row.reason.clone()),
        measure,
    })
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
