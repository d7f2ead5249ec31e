//! Verdicts on tasks by the thresholds of their level (F01, F02, F20, F21), and on skills by those on their tasks
//! (F07).

use super::Settings;
use srez_model::assessment::{Difficulty, Procedure};
use srez_model::finding::{SkillVerdict, TaskVerdict, Verdict};
use srez_model::measures::{Measures, SkillRow, TaskRow};
use srez_model::tally::Group;

/// Threshold and half-width of the zone that a task's level has in its procedure.
fn limits(settings: &Settings<'_>, procedure: Procedure, difficulty: Difficulty) -> (f64, f64) {
    let value = |id: &str| settings.thresholds.value(id);
    match (procedure.has_attempts(), difficulty) {
        (false, Difficulty::Basic) => (value("F01.sufficient"), value("F01.zone")),
        (false, _) => (value("F02.sufficient"), value("F02.zone")),
        (true, Difficulty::Basic) => (value("F20.basic"), 0.0),
        (true, _) => (value("F21.raised"), 0.0),
    }
}

/// Verdict on a completion.
fn verdict(pct: f64, threshold: f64, zone: f64) -> Verdict {
    if pct < threshold - zone {
        Verdict::Insufficient
    } else if zone == 0.0 || threshold + zone < pct {
        Verdict::Sufficient
    } else {
        Verdict::Zone
    }
}

/// Verdicts on the tasks of the focus, in the order of the paper.
pub(super) fn of_tasks(settings: &Settings<'_>, measures: &Measures) -> Vec<TaskVerdict> {
    let Group { level, name: group } = &settings.focus;
    measures.tasks_of(*level, group).map(|row| of_task(settings, measures, row)).collect()
}

fn of_task(settings: &Settings<'_>, measures: &Measures, row: &TaskRow) -> TaskVerdict {
    let known = measures.difficulty(row.task).zip(row.pct);
    let Some((difficulty, pct)) = known else {
        return TaskVerdict { task: row.task, verdict: Verdict::Unknown, reliable: false, threshold: None, zone: 0.0 };
    };
    let (threshold, zone) = limits(settings, measures.exam.key.procedure, difficulty);
    let holds = row.interval.is_some_and(|interval| interval.low.0 <= threshold && threshold <= interval.high.0);
    TaskVerdict {
        task: row.task,
        verdict: verdict(pct.0, threshold, zone),
        reliable: row.interval.is_some() && !holds,
        threshold: Some(threshold),
        zone,
    }
}

/// Verdicts on the skills of every group.
pub(super) fn of_skills(settings: &Settings<'_>, measures: &Measures) -> Vec<SkillVerdict> {
    let groups = measures.skills.chunk_by(|left, right| (left.level, &left.group) == (right.level, &right.group));
    let mut all: Vec<SkillVerdict> = groups.flat_map(|rows| of_group(settings, measures, rows)).collect();
    all.sort_by(|left, right| (left.level, &left.group).cmp(&(right.level, &right.group)));
    all
}

/// Verdicts on the skills of one group, in the order of its rows.
fn of_group(settings: &Settings<'_>, measures: &Measures, rows: &[SkillRow]) -> Vec<SkillVerdict> {
    let Some(first) = rows.first() else { return Vec::new() };
    let confirmed = !measures.exam.key.procedure.has_attempts();
    let judged: Vec<TaskVerdict> =
        measures.tasks_of(first.level, &first.group).map(|row| of_task(settings, measures, row)).collect();
    let of_row = |row: &SkillRow| {
        let is_of_skill = |judged: &&TaskVerdict| {
            measures.exam.tasks.get(usize::from(judged.task)).is_some_and(|task| task.matter() == row.title)
        };
        let (tasks, verdicts): (Vec<u16>, Vec<Verdict>) =
            judged.iter().filter(is_of_skill).map(|judged| (judged.task, judged.verdict)).unzip();
        SkillVerdict {
            level: row.level,
            group: row.group.clone(),
            skill: row.skill,
            verdict: if confirmed { of_skill(settings, &verdicts) } else { Verdict::Unknown },
            tasks,
        }
    };
    rows.iter().map(of_row).collect()
}

/// Verdict on a skill by those on its tasks: enough of them, and too many insufficient, are a deficit.
fn of_skill(settings: &Settings<'_>, tasks: &[Verdict]) -> Verdict {
    let count = |wanted: Verdict| tasks.iter().filter(|verdict| **verdict == wanted).count();
    let number = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    let (all, known) = (tasks.len(), tasks.len() - count(Verdict::Unknown));
    let (low, zone) = (count(Verdict::Insufficient), count(Verdict::Zone));
    let is_many = settings.thresholds.value("F07.tasks") <= number(all);
    if known == 0 {
        Verdict::Unknown
    } else if is_many && settings.thresholds.value("F07.share") * number(all) < 100.0 * number(low) {
        Verdict::Insufficient
    } else if low > 0 || known < 2 * zone {
        Verdict::Zone
    } else {
        Verdict::Sufficient
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, of_skill, verdict};
    use crate::tests::Scene;

    #[test]
    fn the_zone_holds_its_ends() {
        let of = |pct| verdict(pct, 60.0, 3.0);
        assert_eq!(
            [56.9, 57.0, 63.0, 63.1].map(of),
            [Verdict::Insufficient, Verdict::Zone, Verdict::Zone, Verdict::Sufficient]
        );
        assert_eq!([49.9, 50.0].map(|pct| verdict(pct, 50.0, 0.0)), [Verdict::Insufficient, Verdict::Sufficient]);
    }

    #[test]
    fn more_than_half_of_the_tasks_decide() {
        use Verdict::{Insufficient as Red, Sufficient as Green, Unknown, Zone};
        let mut scene = Scene::default();
        let of = |scene: &Scene, verdicts: &[Verdict]| of_skill(&scene.settings(), verdicts);
        assert_eq!(of(&scene, &[Red, Red, Green]), Red);
        assert_eq!(of(&scene, &[Red, Green]), Zone);
        assert_eq!(of(&scene, &[Zone, Zone, Green]), Zone);
        assert_eq!(of(&scene, &[Zone, Green]), Green);
        // A task without a level counts among the tasks of its skill, and one task alone is no system.
        assert_eq!(of(&scene, &[Red, Unknown, Unknown]), Zone);
        assert_eq!(of(&scene, &[Red]), Zone);
        assert_eq!(of(&scene, &[Unknown]), Unknown);
        assert_eq!(of(&scene, &[]), Unknown);
        scene.set("F07.tasks", 1.0);
        assert_eq!(of(&scene, &[Red]), Red);
        scene.set("F07.share", 70.0);
        assert_eq!(of(&scene, &[Red, Red, Green]), Zone);
    }
}
