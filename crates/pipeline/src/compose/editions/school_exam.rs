//! One exam in the edition of a school: its own groups, quartiles of the schools that are large enough, thresholds.

use super::Cleared;
use srez_model::edition::{Cut, GroupCounts, PupilRow, SchoolExam, SkillTasks};
use srez_model::level::Level;
use srez_model::unit::Percent;
use srez_privacy::Rules;

/// The exam as the school sees it, with its participants.
pub(super) fn compose(rules: &Rules, exam: &Cleared<'_>, school: &str, pupils: Vec<PupilRow>) -> SchoolExam {
    let prefix = format!("{school}/");
    let classes = exam.measures.marks.iter().filter(|row| row.level == Level::Class && row.group.starts_with(&prefix));
    let own = srez_privacy::group_counts(exam.measures, Level::School, school);
    let classes = classes.filter_map(|row| srez_privacy::group_counts(exam.measures, Level::Class, &row.group));
    let groups: Vec<GroupCounts> = own.into_iter().chain(classes).collect();
    let compared: Vec<&GroupCounts> =
        exam.counts.schools.iter().filter(|school| !school.group.is_empty() && rules.group <= school.n).collect();
    let upper = |cut: Cut| {
        let shares = compared
            .iter()
            .filter(|school| school.has_bands())
            .filter_map(|school| Percent::of(cut.of(&school.bands).into_iter().skip(1).sum(), school.n));
        srez_privacy::quartiles(rules, &shares.collect::<Vec<_>>())
    };
    let of_task = |task: usize| {
        let shares = compared.iter().filter_map(|school| school.tasks.get(task)?.share());
        srez_privacy::quartiles(rules, &shares.collect::<Vec<_>>())
    };
    SchoolExam {
        exam: exam.measures.exam.clone(),
        groups,
        marks: [upper(Cut::Pass), upper(Cut::Quality)],
        tasks: (0..exam.measures.exam.tasks.len()).map(of_task).collect(),
        skills: skills_of(exam),
        whole: exam.whole.clone(),
        thresholds: (0..exam.measures.exam.tasks.len()).map(|task| threshold_of(exam, task)).collect(),
        pupils,
    }
}

/// Skills of an exam with their tasks.
fn skills_of(exam: &Cleared<'_>) -> Vec<SkillTasks> {
    let tasks = |places: &Vec<u16>| places.iter().map(|place| usize::from(*place)).collect();
    let pairs = exam.skills.iter().zip(&exam.counts.skill_tasks);
    pairs.map(|(title, places)| SkillTasks { title: title.clone(), tasks: tasks(places) }).collect()
}

/// Threshold of the level of a task.
fn threshold_of(exam: &Cleared<'_>, task: usize) -> Option<f64> {
    exam.findings.verdicts.iter().find(|judged| usize::from(judged.task) == task)?.threshold
}
