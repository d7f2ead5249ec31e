//! The map of a class: its pupils by points in three groups, their points by skill, and the tasks to begin with.

use srez_model::assessment::{Difficulty, Exam, Scale};
use srez_model::block::{NOT_ATTEMPTED, PointCode, ZEROED, points_in_total};
use srez_model::edition::{PupilRow, SchoolExam, SkillTasks};
use srez_model::threshold::Thresholds;
use srez_model::unit::{Percent, as_f64};

/// Skills that stand beside each other; of more the smallest are taken together.
const MOST_SKILLS: usize = 8;
/// Tasks that stand beside each other where the work tells no skills.
const MOST_TASKS: usize = 20;
/// Tasks that a group begins with.
const MOST_CHOSEN: usize = 3;
/// Test scores that begin the upper bands.
const UPPER_SCORES: [u16; 2] = [61, 81];

/// What the rest of the skills or tasks is called.
pub(crate) const THE_REST: &str = "остальное";

/// A class in one work.
pub(crate) struct ClassMap<'a> {
    pub(crate) exam: &'a SchoolExam,
    /// Name of the class; empty where the protocol has none.
    pub(crate) class: &'a str,
    /// Pupils with a total in three groups, each from low to high.
    pub(crate) groups: [PointGroup<'a>; 3],
    /// Pupils without a total.
    pub(crate) unread: Vec<&'a PupilRow>,
}

/// Pupils of like totals.
pub(crate) struct PointGroup<'a> {
    /// Least and greatest total; the ends are open.
    pub(crate) from: u16,
    pub(crate) to: u16,
    pub(crate) pupils: Vec<&'a PupilRow>,
}

/// A task that a group is to begin with.
pub(crate) struct Chosen {
    pub(crate) task: usize,
    /// Pupils of the group with full points.
    pub(crate) solved: u64,
    /// Those to whom it was put.
    pub(crate) all: u64,
    /// Completion of those whom the group is to become like.
    pub(crate) share: Option<Percent>,
}

impl<'a> ClassMap<'a> {
    /// The maps of the classes of a school in one work, by class.
    pub(crate) fn of(exam: &'a SchoolExam) -> Vec<Self> {
        let mut classes: Vec<&str> = exam.pupils.iter().map(|pupil| pupil.class.as_str()).collect();
        classes.dedup();
        classes.into_iter().map(|class| Self::of_class(exam, class)).collect()
    }

    fn of_class(exam: &'a SchoolExam, class: &'a str) -> Self {
        let own = exam.pupils.iter().filter(|pupil| pupil.class == class);
        let (mut read, unread): (Vec<&PupilRow>, Vec<&PupilRow>) = own.partition(|pupil| pupil.total.is_some());
        // Stable: pupils of one total stay in the order of their codes.
        read.sort_by_key(|pupil| pupil.total);
        let [low, high] = bounds(&exam.exam, &read);
        let group = |from: u16, to: u16| {
            let inside = |pupil: &&&PupilRow| pupil.total.is_some_and(|total| (from..=to).contains(&total));
            PointGroup { from, to, pupils: read.iter().filter(inside).copied().collect() }
        };
        let groups = [
            group(0, low),
            group(low.saturating_add(1), high.saturating_sub(1)),
            group(high.max(low.saturating_add(1)), u16::MAX),
        ];
        Self { exam, class, groups, unread }
    }

    /// Pupils with a total, from low to high.
    pub(crate) fn pupils(&self) -> impl Iterator<Item = &'a PupilRow> {
        self.groups.iter().flat_map(|group| group.pupils.iter().copied())
    }

    /// The tasks that a group does not solve and is nearest to solving, the nearest first.
    pub(crate) fn chosen(&self, place: usize, thresholds: &Thresholds) -> Vec<Chosen> {
        let exam = &self.exam.exam;
        let has_levels = exam.tasks.iter().any(|task| task.difficulty.is_some());
        let fits = |level: Option<Difficulty>| match level {
            Some(Difficulty::Basic) => true,
            Some(Difficulty::Raised) => place == 2,
            Some(Difficulty::High) => false,
            None => !has_levels,
        };
        let most = thresholds.value("map.solved");
        let mut chosen: Vec<Chosen> = exam
            .tasks
            .iter()
            .enumerate()
            .filter(|(_, task)| fits(task.difficulty))
            .filter_map(|(task, of)| {
                let (solved, all) = solved(&self.groups[place].pupils, task, of.max?);
                let is_hard = 100.0 * as_f64(solved) <= most * as_f64(all);
                let share = self.share(place, task);
                (all > 0 && is_hard).then_some(Chosen { task, solved, all, share })
            })
            .collect();
        let near = |one: &Chosen| one.share.map_or(as_f64(one.solved) / as_f64(one.all), |share| share.0);
        chosen.sort_by(|first, second| near(second).total_cmp(&near(first)));
        chosen.truncate(MOST_CHOSEN);
        chosen
    }

    /// Completion of a task by all participants like the group; by all together where that may not be known.
    fn share(&self, place: usize, task: usize) -> Option<Percent> {
        let whole = &self.exam.whole;
        let all = || whole.tasks.get(task).copied().flatten();
        match place {
            0 => whole.by_mark[0].get(task).copied().flatten().or_else(all),
            1 => all(),
            _ => whole.by_mark[1].get(task).copied().flatten().or_else(all),
        }
    }

    /// The skill on which the class lags farthest behind all participants; without those the lowest.
    pub(crate) fn lowest(&self, columns: &[SkillTasks]) -> Option<Lowest> {
        let shares = columns.iter().enumerate().filter(|(_, column)| column.title != THE_REST);
        let shares = shares.filter_map(|(place, column)| {
            let own = of_class(self.pupils(), &self.exam.exam, &column.tasks)?;
            Some(Lowest { place, own, all: self.of_all(column) })
        });
        let lag = |one: &Lowest| one.all.map_or(-one.own.0, |all| all.0 - one.own.0);
        shares.max_by(|first, second| lag(first).total_cmp(&lag(second)))
    }

    /// Completion of a skill by all participants; none where a task of it may not be known.
    pub(crate) fn of_all(&self, column: &SkillTasks) -> Option<Percent> {
        let whole = &self.exam.whole;
        if let Some(place) = self.exam.skills.iter().position(|skill| skill == column) {
            return whole.skills.get(place).copied().flatten();
        }
        match column.tasks.as_slice() {
            [task] => whole.tasks.get(*task).copied().flatten(),
            _ => None,
        }
    }
}

/// Least primary scores of what comes next, with its name: the marks, or the minimum and the upper bands.
pub(crate) fn steps(exam: &Exam) -> Vec<(u16, String)> {
    let mut steps = exam.scale.cuts();
    if let Scale::Test { table, .. } = &exam.scale {
        for score in UPPER_SCORES {
            let primary = table.iter().position(|test| score <= *test);
            steps.extend(primary.and_then(|at| u16::try_from(at).ok()).map(|at| (at, format!("{score} балла"))));
        }
    }
    steps
}

/// The greatest total of the first group and the least of the last: one point above the first step, and the second
/// step; thirds of the pupils where no scale is known.
fn bounds(exam: &Exam, read: &[&PupilRow]) -> [u16; 2] {
    if let [(first, _), (second, _), ..] = steps(exam).as_slice() {
        return [first.saturating_add(1), *second];
    }
    let total = |place: usize| read.get(place).and_then(|pupil| pupil.total).unwrap_or(0);
    let last = read.len().saturating_sub(1);
    let low = total(last / 3);
    [low, total(2 * last / 3).max(low).saturating_add(1)]
}

/// The lowest skill of a class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lowest {
    /// Its place among the columns.
    pub(crate) place: usize,
    /// Completion by the class.
    pub(crate) own: Percent,
    /// Completion by all participants, where it may be known.
    pub(crate) all: Option<Percent>,
}

/// Points over some tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Points {
    pub(crate) got: u16,
    /// Points that could be had.
    pub(crate) most: u16,
}

/// Pupils with full points, and those to whom the task was put.
fn solved(pupils: &[&PupilRow], task: usize, max: u16) -> (u64, u64) {
    let outcomes = pupils.iter().filter_map(|pupil| pupil.points.get(task).copied());
    let put = outcomes.filter(|outcome| *outcome != ZEROED).filter_map(points_in_total);
    put.fold((0, 0), |(solved, all), points| (solved + u64::from(max <= u16::from(points)), all + 1))
}

/// Points of a pupil over some tasks: tasks that were not put to the pupil, cannot be read
/// or were zeroed by a rule say nothing.
pub(crate) fn points_of(pupil: &PupilRow, exam: &Exam, tasks: &[usize]) -> Points {
    let put = tasks.iter().filter_map(|task| {
        let outcome: PointCode = *pupil.points.get(*task)?;
        let points = points_in_total(outcome).filter(|_| outcome != ZEROED)?;
        Some((u16::from(points), exam.tasks.get(*task)?.max?))
    });
    put.fold(Points::default(), |all, (points, max)| Points { got: all.got + points, most: all.most + max })
}

/// Completion of some tasks by a class.
pub(crate) fn of_class<'a>(
    pupils: impl Iterator<Item = &'a PupilRow>,
    exam: &Exam,
    tasks: &[usize],
) -> Option<Percent> {
    let (got, most) = pupils
        .map(|pupil| points_of(pupil, exam, tasks))
        .fold((0, 0), |(got, most), points| (got + u64::from(points.got), most + u64::from(points.most)));
    Percent::of(got, most)
}

/// Tasks that a pupil did not attempt.
pub(crate) fn skipped(pupil: &PupilRow) -> u64 {
    pupil.points.iter().filter(|points| **points == NOT_ATTEMPTED).count() as u64
}

/// What stands beside each other: skills, the smallest taken together where they are many; tasks where there are none.
pub(crate) fn columns(exam: &SchoolExam) -> Vec<SkillTasks> {
    let named: Vec<&SkillTasks> = exam.skills.iter().filter(|skill| !skill.title.is_empty()).collect();
    if named.is_empty() {
        let task = |(place, task): (usize, &srez_model::assessment::Task)| SkillTasks {
            title: format!("№\u{a0}{}", task.id),
            tasks: vec![place],
        };
        return exam.exam.tasks.iter().enumerate().take(MOST_TASKS).map(task).collect();
    }
    let size = |skill: &SkillTasks| -> u64 {
        let max = |task: &usize| exam.exam.tasks.get(*task).and_then(|task| task.max).map_or(0, u64::from);
        skill.tasks.iter().map(max).sum()
    };
    let whole = named.iter().map(|skill| skill.tasks.len()).sum::<usize>() == exam.exam.tasks.len();
    let room = if whole && named.len() <= MOST_SKILLS { named.len() } else { MOST_SKILLS - 1 };
    let mut largest: Vec<usize> = (0..named.len()).collect();
    // Stable: skills of one size stay in their order.
    largest.sort_by_key(|place| std::cmp::Reverse(size(named[*place])));
    largest.truncate(room);
    largest.sort_unstable();
    let mut kept: Vec<SkillTasks> = largest.into_iter().map(|place| named[place].clone()).collect();
    let is_kept = |task: &usize| kept.iter().any(|skill| skill.tasks.contains(task));
    let rest: Vec<usize> = (0..exam.exam.tasks.len()).filter(|task| !is_kept(task)).collect();
    if !rest.is_empty() {
        kept.push(SkillTasks { title: THE_REST.to_owned(), tasks: rest });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{ExamKey, Procedure, Task};
    use srez_model::block::NOT_OFFERED;
    use srez_model::edition::Whole;
    use std::sync::Arc;

    fn pupil(code: &str, points: [u8; 4]) -> PupilRow {
        let total: u8 = points.iter().filter(|points| **points < NOT_OFFERED).sum();
        PupilRow {
            class: "8А".to_owned(),
            place: 0,
            code: code.to_owned(),
            total: Some(u16::from(total)),
            result: None,
            points: points.to_vec(),
        }
    }

    fn exam(scale: Scale, pupils: Vec<PupilRow>) -> SchoolExam {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        let task = |(id, difficulty): (u16, Difficulty)| Task {
            id: id.to_string(),
            max: Some(3),
            difficulty: Some(difficulty),
            ..Task::default()
        };
        let levels = [Difficulty::Basic, Difficulty::Basic, Difficulty::Raised, Difficulty::High];
        let tasks = (1..).zip(levels).map(task).collect();
        let skill = |title: &str, tasks: &[usize]| SkillTasks { title: title.to_owned(), tasks: tasks.to_vec() };
        SchoolExam {
            exam: Arc::new(Exam { scale, tasks, ..Exam::unspecified(key) }),
            groups: Vec::new(),
            marks: [None, None],
            tasks: Vec::new(),
            skills: vec![skill("числа", &[0, 1]), skill("графики", &[2, 3])],
            whole: Whole { skills: vec![Some(Percent(60.0)), Some(Percent(20.0))], ..Whole::default() },
            thresholds: Vec::new(),
            pupils,
        }
    }

    fn marks() -> Scale {
        Scale::Marks(vec![(0, 2), (4, 3), (8, 4), (11, 5)])
    }

    #[test]
    fn groups_lie_between_the_borders_of_the_marks() {
        let all = [[1, 0, 0, 0], [3, 1, 1, 0], [3, 3, 0, 0], [3, 3, 1, 0], [3, 3, 2, 0], [3, 3, 3, 3]];
        let exam = exam(marks(), all.iter().map(|points| pupil("1", *points)).collect());
        let [map] = &ClassMap::of(&exam)[..] else { panic!("one class") };
        let totals =
            |place: usize| -> Vec<Option<u16>> { map.groups[place].pupils.iter().map(|pupil| pupil.total).collect() };
        assert_eq!(totals(0), [Some(1), Some(5)], "up to one point above «3»");
        assert_eq!(totals(1), [Some(6), Some(7)]);
        assert_eq!(totals(2), [Some(8), Some(12)], "from «4»");
    }

    #[test]
    fn without_a_scale_the_groups_are_thirds_and_hold_everybody() {
        let exam = exam(Scale::Unknown, (0..6).map(|points| pupil("1", [points.min(3), points / 2, 0, 0])).collect());
        let [map] = &ClassMap::of(&exam)[..] else { panic!("one class") };
        assert!(steps(&exam.exam).is_empty());
        assert_eq!(map.pupils().count(), 6);
        assert!(map.groups.iter().all(|group| !group.pupils.is_empty()));
    }

    #[test]
    fn a_group_begins_with_what_it_does_not_solve_on_its_level() {
        let all = [[3, 0, 0, 0], [3, 0, 0, 0], [0, 3, 0, 0]];
        let exam = exam(marks(), all.iter().map(|points| pupil("1", *points)).collect());
        let [map] = &ClassMap::of(&exam)[..] else { panic!("one class") };
        let thresholds = srez_config::thresholds::built_in().unwrap();
        let tasks: Vec<(usize, u64, u64)> =
            map.chosen(0, &thresholds).iter().map(|one| (one.task, one.solved, one.all)).collect();
        assert_eq!(tasks, [(1, 1, 3)], "two of three solve the first, the others are not basic");
        assert!(map.chosen(1, &thresholds).is_empty(), "nobody is in the group");
    }

    #[test]
    fn what_was_not_put_to_a_pupil_is_no_loss() {
        let exam = exam(marks(), Vec::new());
        let of = |points| points_of(&pupil("1", points), &exam.exam, &[0, 1, 2]);
        assert_eq!(of([1, NOT_ATTEMPTED, 3, 0]), Points { got: 4, most: 9 });
        assert_eq!(of([1, NOT_OFFERED, 3, 0]), Points { got: 4, most: 6 });
        assert_eq!(of([1, ZEROED, 3, 0]), Points { got: 4, most: 6 });
    }

    #[test]
    fn the_skill_that_lags_farthest_is_told() {
        let exam = exam(marks(), vec![pupil("1", [3, 0, 0, 0]), pupil("2", [0, 0, 1, 1])]);
        let [map] = &ClassMap::of(&exam)[..] else { panic!("one class") };
        let columns = columns(&exam);
        let lowest = map.lowest(&columns).unwrap();
        let expected = Lowest { place: 0, own: Percent(25.0), all: Some(Percent(60.0)) };
        assert_eq!(lowest, expected, "35 points behind, not 3");
    }

    #[test]
    fn many_skills_become_eight_columns_that_hold_every_task() {
        let mut exam = exam(marks(), Vec::new());
        let tasks = (1..=12).map(|id: u16| Task { id: id.to_string(), max: Some(1), ..Task::default() }).collect();
        exam.exam = Arc::new(Exam { tasks, ..(*exam.exam).clone() });
        exam.skills = (0..12).map(|task| SkillTasks { title: format!("умение {task}"), tasks: vec![task] }).collect();
        let columns = columns(&exam);
        assert!(columns.len() <= MOST_SKILLS, "{}", columns.len());
        assert_eq!(columns.iter().map(|column| column.tasks.len()).sum::<usize>(), 12);
    }
}
