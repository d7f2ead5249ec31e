//! What came of the measures of the register and of last year's recommendations.

use super::compose::Scene;
use super::receive::Received;
use crate::config::plan::Plan;
use crate::flag;
use crate::measure::{self, Aim, Settings};
use crate::model::action::{Action, DeficitState, EffectRow, EffectVerdict, RecommendationRow};
use crate::model::compared::{SKILL, TASK, TOTAL};
use crate::model::finding::{Finding, Findings, Matter, Status, Verdict};
use crate::model::level::Level;
use crate::model::measures::Measures;
use crate::model::place::Register;
use crate::wording::slug::slug;
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

/// Effects of the register's measures, and last year's deficits joined to this year's results.
pub(super) fn assess(
    plan: &Plan,
    settings: &Settings,
    scene: &Scene<'_>,
    received: &Received,
    (now, findings): (&[Measures], &[Findings]),
    earlier: Vec<Measures>,
) -> Effects {
    let read = received.parts.iter().flat_map(|part| &part.recognised.actions);
    let actions: Vec<Action> = read.chain(&plan.actions).cloned().collect();
    let (last, older): (Vec<Measures>, Vec<Measures>) =
        earlier.into_iter().partition(|measures| plan.year == Some(measures.exam.key.year + 1));
    let all: Vec<&Measures> = now.iter().chain(&last).chain(&older).collect();
    let rows = of_actions(settings, &settings.register, &actions, &all);
    let focus = scene.flag_settings().focus;
    let recommendations = if plan.year.is_some() {
        let before = flag::flag(&scene.flag_settings(), &last);
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
                let mut made = measure::effectiveness(settings, &aim);
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
        return Err((EffectVerdict::NoBase, format!("результатов {after} года по этой работе ещё нет")));
    };
    let Some(before) = of_year(after - 1) else {
        return Err((EffectVerdict::NoBase, format!("результатов {} года по этой работе нет", after - 1)));
    };
    let measure = indicator(&action.indicator, now)
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

/// The measure that the words of a register mean in an exam.
fn indicator(words: &str, exam: &Measures) -> Option<String> {
    let text = words.to_lowercase().replace(['«', '»', '"', '„', '“'], "").replace('ё', "е");
    let text = text.trim();
    let known = ["share_of_2", "pass_pct", "quality_pct", "mean_mark", TOTAL, "below_min_pct", "mean_test"];
    if let Some(id) = known.iter().find(|id| text == **id) {
        return Some((*id).to_owned());
    }
    if let Some(found) = of_finding(words.trim(), exam) {
        return Some(found);
    }
    let has = |stem: &str| text.contains(stem);
    if let Some(number) = text.strip_prefix(TASK).or_else(|| text.split_once("задани").map(|(_, rest)| rest)) {
        let id = number.split(|letter: char| letter.is_whitespace() || letter == '№').rfind(|part| !part.is_empty())?;
        let task = exam.exam.tasks.iter().find(|task| task.id.to_lowercase() == id)?;
        return Some(format!("{TASK}{}", task.id));
    }
    let plain = text.trim_start_matches(SKILL).trim_start_matches("умение").trim_start_matches([':', ' ']);
    let titles: BTreeSet<&str> = exam.skills.iter().map(|row| row.title.as_str()).collect();
    if let Some(title) = titles.iter().find(|title| title.to_lowercase().replace('ё', "е") == plain) {
        return Some(format!("{SKILL}{title}"));
    }
    let by_stem = [
        ("ниже минимальн", "below_min_pct"),
        ("тестов", "mean_test"),
        ("успеваемост", "pass_pct"),
        ("качеств", "quality_pct"),
        ("средняя отметка", "mean_mark"),
        ("в целом", TOTAL),
        ("первичный балл", TOTAL),
    ];
    if let Some((_, measure)) = by_stem.iter().find(|(stem, _)| has(stem)) {
        return Some((*measure).to_owned());
    }
    let two = has("двоек")
        || (text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "2")
            && (has("дол") || has("отмет")));
    two.then(|| "share_of_2".to_owned())
}

/// The measure behind the id of a finding.
fn of_finding(id: &str, exam: &Measures) -> Option<String> {
    let (sign, rest) = id.split_once('-')?;
    let rest = rest.strip_prefix(&exam.exam.key.id_without_year())?;
    match sign {
        "S02" | "S04" | "F03" => return Some("share_of_2".to_owned()),
        "S01a" => return Some(TOTAL.to_owned()),
        _ => {}
    }
    let task =
        exam.exam.tasks.iter().find(|task| rest.ends_with(&format!("-{}", slug(&format!("задание {}", task.id)))));
    if let Some(task) = task {
        return Some(format!("{TASK}{}", task.id));
    }
    let skill = exam.skills.iter().find(|row| rest.ends_with(&format!("-{}", slug(&row.title))))?;
    Some(format!("{SKILL}{}", skill.title))
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
