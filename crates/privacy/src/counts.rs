//! Counts of an exam by school, the raw material of all editions.

use srez_model::assessment::{Exam, Scale};
use srez_model::edition::{ExamCounts, GroupCounts, Part};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::tally::Group;

/// Counts of the schools of a group; participants of the group outside these schools form a last entry without id.
pub fn counts(measures: &Measures, focus: &Group, schools: &[String]) -> ExamCounts {
    let of_schools = schools.iter().filter_map(|school| group_counts(measures, Level::School, school));
    let mut counts = ExamCounts {
        schools: of_schools.filter(|school| school.n > 0).collect(),
        task_max: measures.exam.tasks.iter().map(|task| task.max.map_or(0, u64::from)).collect(),
        skill_tasks: skill_tasks(measures, focus),
        score_bounds: score_bounds(&measures.exam),
    };
    let total = group_counts(measures, focus.level, &focus.name).unwrap_or_default();
    let rest = rest(&total, &counts.total());
    if rest.n != 0 || rest.has_bands() || rest.tasks.iter().any(|part| part.most != 0) {
        counts.schools.push(rest);
    }
    counts
}

/// Counts of one group, under its own name; none if it has no results.
pub fn group_counts(measures: &Measures, level: Level, group: &str) -> Option<GroupCounts> {
    let marks = measures.marks_of(level, group)?;
    let bands = match measures.bands_of(level, group) {
        Some(bands) => bands.by_band,
        None => marks.by_mark,
    };
    let n = match bands.iter().sum() {
        0 => marks.n,
        banded => banded,
    };
    let mut tasks = vec![Part::default(); measures.exam.tasks.len()];
    for row in measures.tasks_of(level, group) {
        let max = measures.exam.tasks.get(usize::from(row.task)).and_then(|task| task.max);
        if let (Some(part), Some(max)) = (tasks.get_mut(usize::from(row.task)), max) {
            *part = Part { sum: row.counts.sum, most: row.counts.n * u64::from(max) };
        }
    }
    let skills = measures.skills_of(level, group).map(|row| Part { sum: row.sum, most: row.max_sum }).collect();
    Some(GroupCounts { group: group.to_owned(), n, bands, tasks, skills })
}

/// The part of a total that belongs to none of its schools.
fn rest(total: &GroupCounts, schools: &GroupCounts) -> GroupCounts {
    let parts = |all: &[Part], some: &[Part]| {
        let less = |(place, all): (usize, &Part)| {
            let some = some.get(place).copied().unwrap_or_default();
            Part { sum: all.sum.saturating_sub(some.sum), most: all.most.saturating_sub(some.most) }
        };
        all.iter().enumerate().map(less).collect()
    };
    let mut bands = total.bands;
    bands.iter_mut().zip(schools.bands).for_each(|(all, some)| *all = all.saturating_sub(some));
    GroupCounts {
        group: String::new(),
        n: total.n.saturating_sub(schools.n),
        bands,
        tasks: parts(&total.tasks, &schools.tasks),
        skills: parts(&total.skills, &schools.skills),
    }
}

/// Tasks of each skill.
fn skill_tasks(measures: &Measures, focus: &Group) -> Vec<Vec<u16>> {
    let of_skill = |title: &str| {
        let tasks = (0_u16..).zip(&measures.exam.tasks);
        tasks
            .filter(|(_, task)| match task.matter() {
                "" => task.content_codes.first().is_some_and(|code| code == title),
                matter => matter == title,
            })
            .map(|(place, _)| place)
            .collect()
    };
    measures.skills_of(focus.level, &focus.name).map(|row| of_skill(&row.title)).collect()
}

/// Least and greatest primary score of each mark or band. Where conditions can lower a mark, only the lower bounds are
/// certain.
fn score_bounds(exam: &Exam) -> Option<[(u64, u64); 4]> {
    let max = u64::from(exam.max_primary?);
    let mut bounds = [(0, max); 4];
    match &exam.scale {
        Scale::Unknown => return None,
        Scale::Marks(lower) => {
            for (place, bound) in bounds.iter_mut().enumerate() {
                let mark = |mark: u8| usize::from(mark) == place + 2;
                let at = lower.iter().position(|(_, of)| mark(*of))?;
                bound.0 = u64::from(lower.get(at)?.0);
                if let (true, Some((next, _))) = (exam.conditions.is_empty(), lower.get(at + 1)) {
                    bound.1 = u64::from(*next).saturating_sub(1);
                }
            }
        }
        Scale::Test { table, min_test, .. } => {
            let ends = [0, *min_test, 61, 81, u16::MAX];
            for (place, bound) in bounds.iter_mut().enumerate() {
                let (from, to) = (*ends.get(place)?, *ends.get(place + 1)?);
                let inside = |test: &u16| (from..to).contains(test);
                bound.0 = table.iter().position(inside)? as u64;
                bound.1 = table.iter().rposition(inside)? as u64;
            }
        }
    }
    Some(bounds)
}
