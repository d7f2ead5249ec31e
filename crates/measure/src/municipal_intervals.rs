//! Intervals of the points of municipalities and of all participants: whole schools are the units.

use super::settings::Settings;
use super::whole_schools::{Roll, mean, on_skill, on_task, usual_maximum};
use srez_model::level::Level;
use srez_model::measures::{Interval, SkillRow, TaskRow};
use srez_model::tally::Tally;
use srez_model::unit::Percent;
use srez_statistics::school_model::{Group, Observed};

/// Replaces the intervals of tasks and skills of several points; those of one point are shares of pupils.
pub(super) fn fill(settings: &Settings, tally: &Tally, tasks: &mut [TaskRow], skills: &mut [SkillRow]) {
    let roll = Roll::of(tally);
    let homes = settings.municipalities();
    let members = |level: Level, group: &str, values: &[Group<Observed>]| -> Vec<Group<Observed>> {
        let is_own = |id: &str| level == Level::All || homes.get(id).is_some_and(|home| *home == group);
        roll.ids().zip(values).filter(|(id, _)| is_own(id)).map(|(_, pupils)| pupils.clone()).collect()
    };
    let around = |value: Percent, schools: &[Group<Observed>]| Some(shifted(value, &mean(settings, schools).ok()?));
    let is_wide = |level: Level| matches!(level, Level::All | Level::Municipality);
    for (task, definition) in (0_u16..).zip(&tally.exam.tasks) {
        let Some(max) = definition.max.filter(|max| 1 < *max) else { continue };
        let values = roll.values(max.into(), |group| on_task(tally, group, task));
        for row in tasks.iter_mut().filter(|row| row.task == task && is_wide(row.level)) {
            let schools = members(row.level, &row.group, &values);
            row.interval = row.pct.and_then(|value| around(value, &schools)).or(row.interval);
        }
    }
    for (skill, _) in (0_u16..).zip(&tally.skills) {
        let Some(max) = usual_maximum(tally, skill).filter(|max| 1 < *max) else { continue };
        let values = roll.values(max.into(), |group| on_skill(tally, group, skill, max));
        for row in skills.iter_mut().filter(|row| row.skill == skill && is_wide(row.level)) {
            let schools = members(row.level, &row.group, &values);
            row.pct = row.pct.and_then(|pct| around(pct.value, &schools)).or(row.pct);
        }
    }
}

/// The interval of a mean over schools around the value that is printed.
fn shifted(value: Percent, mean: &srez_statistics::clusters::Mean) -> Interval {
    let half = 100.0 * (mean.interval().1 - mean.value);
    let bound = |at: f64| Percent(at.clamp(0.0, 100.0));
    Interval { value, low: bound(value.0 - half), high: bound(value.0 + half) }
}

#[cfg(test)]
mod tests {
    use super::super::counted::{Pupil, count, exam, settings};
    use super::super::measure;
    use srez_model::assessment::Scale;
    use srez_model::level::Level;

    /// Six schools of the second program; each pupil has the mean of the school, out of 100, and one task of a point.
    #[test]
    fn points_of_all_have_the_interval_of_whole_schools_and_shares_that_of_pupils() {
        let schools = [(52, 40), (61, 75), (47, 28), (58, 60), (66, 33), (50, 52)];
        let pupils: Vec<Pupil> = schools
            .iter()
            .enumerate()
            .flat_map(|(school, (points, n))| {
                (0..*n).map(move |place| Pupil {
                    school: school.to_string(),
                    journal: None,
                    points: vec![*points, place % 2],
                    result: 3,
                })
            })
            .collect();
        let measures = measure(&settings(), &count(exam(2026, &[100, 1], Scale::Unknown), &pupils, 0));
        let task = measures.task_of(Level::All, "", 0).unwrap().interval.unwrap();
        assert!((task.value.0 - 56.3507).abs() < 5e-5, "{task:?}");
        assert!((task.high.0 - task.value.0 - 2.682_84 * 2.5250).abs() < 5e-3, "{task:?}");
        let share = measures.task_of(Level::All, "", 1).unwrap();
        let wilson = srez_statistics::wilson::from_counts(share.counts.sum, share.counts.n).unwrap();
        assert!((share.interval.unwrap().low.0 - 100.0 * wilson.0).abs() < 1e-9);
        let skill = measures.skills_of(Level::All, "").next().unwrap().pct.unwrap();
        assert!(5.0 < skill.high.0 - skill.low.0, "{skill:?}");
    }
}
