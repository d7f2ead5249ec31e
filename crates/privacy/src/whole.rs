//! What a school learns about all participants of its municipality together.

use super::{Decision, Rules, association_edition};
use srez_model::assessment::Exam;
use srez_model::compared::MeasureId;
use srez_model::edition::Whole;
use srez_model::measures::{ComparisonRow, Measures};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use std::sync::Arc;

/// The shares of all together, in whole percent: what the tables of an association show, and nothing where so few other
/// schools are left that the sum without the own school would tell of one of them. `packet` holds the measures that a
/// packet may print.
pub fn whole(
    rules: &Rules,
    exam: &Arc<Exam>,
    skills: &[String],
    focus: &Group,
    decision: &Decision,
    packet: &Measures,
) -> Whole {
    let schools = &decision.publication().counts.schools;
    let large = schools.iter().filter(|school| !school.group.is_empty() && rules.group <= school.n).count();
    if large < rules.quartile_schools.max(1) {
        return Whole::default();
    }
    let edition = association_edition(exam, skills, focus, decision);
    let Some(total) = edition.total() else { return Whole::default() };
    let by_mark = |mark: u8| {
        let rows = packet.tasks_by_mark_of(focus.level, &focus.name);
        let of = |task: usize| rows.iter().find(|row| usize::from(row.task) == task && row.mark == mark)?.pct;
        (0..exam.tasks.len()).map(of).map(rounded).collect()
    };
    Whole {
        tasks: total.tasks.iter().copied().map(rounded).collect(),
        skills: total.skills.iter().copied().map(rounded).collect(),
        by_mark: [by_mark(3), by_mark(5)],
        region: Vec::new(),
    }
}

/// Completion by task in the rest of the region, which others publish.
pub fn region(exam: &Exam, compared: &[ComparisonRow]) -> Vec<Option<Percent>> {
    let of = |id: &str| {
        let measure = MeasureId::task(id);
        let row = compared.iter().find(|row| row.reference_kind == "region" && row.measure == measure)?;
        row.reference
    };
    exam.tasks.iter().map(|task| rounded(of(&task.id))).collect()
}

fn rounded(share: Option<Percent>) -> Option<Percent> {
    share.map(|share| Percent(share.0.round()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{ExamKey, Procedure, Task};
    use srez_model::edition::{ExamCounts, GroupCounts, Part};
    use srez_model::level::Level;

    fn told(schools: u64) -> Whole {
        let rules = Rules::from_thresholds(&srez_config::thresholds::built_in().unwrap());
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        let task = Task { id: "1".to_owned(), max: Some(1), ..Task::default() };
        let exam = Arc::new(Exam { tasks: vec![task], ..Exam::unspecified(key) });
        let school = |place: u64| GroupCounts {
            group: format!("edu{place}"),
            n: 40,
            bands: [10, 10, 10, 10],
            tasks: vec![Part { sum: 17 + place, most: 40 }],
            skills: Vec::new(),
        };
        let counts =
            ExamCounts { schools: (0..schools).map(school).collect(), task_max: vec![1], ..ExamCounts::default() };
        let focus = Group { level: Level::Municipality, name: "Северная Долина".to_owned() };
        let decision = crate::decide(&rules, "2026-06", &counts, None, &[]);
        whole(&rules, &exam, &[], &focus, &decision, &Measures::empty(Arc::clone(&exam)))
    }

    #[test]
    fn a_school_of_few_is_told_nothing_of_all_together() {
        assert_eq!(told(6).tasks, [Some(Percent(49.0))], "48.75 % in whole percent");
        assert_eq!(told(2), Whole::default(), "what is left without the own school is one other");
    }
}
