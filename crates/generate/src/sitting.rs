//! One exam sat by the pupils of the district: points, totals, results.

use super::Settings;
use super::abilities::ResponseModel;
use super::district::{District, Habit, SampleSchool};
use super::pupils::{Pupil, cohort};
use super::stream::stream;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use srez_model::assessment::{Exam, ExamKey, Procedure, Scale};

/// The outcome of one pupil.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) pupil: Pupil,
    /// True if the pupil was absent: then there are no points.
    pub(crate) absent: bool,
    /// Variant of the paper.
    pub(crate) variant: u32,
    /// Points by task; none for «X».
    pub(crate) points: Vec<Option<u16>>,
    /// Sum of the points.
    pub(crate) total: u16,
    /// Mark 2 to 5, or test score.
    pub(crate) result: u16,
    /// Journal mark; none for «нет отметки».
    pub(crate) journal: Option<u8>,
}

/// Results of the district in one exam, school by school.
#[derive(Clone, Debug)]
pub(crate) struct Sitting {
    pub(crate) exam: Exam,
    /// Outcomes in the order of schools, classes and pupils.
    pub(crate) outcomes: Vec<Outcome>,
}

impl Sitting {
    /// Outcomes of one school.
    pub(crate) fn school_outcomes(&self, school: usize) -> Vec<Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.pupil.school == school).cloned().collect()
    }

    /// Schools that took part, in register order.
    pub(crate) fn schools(&self) -> Vec<usize> {
        let mut schools: Vec<_> = self.outcomes.iter().map(|outcome| outcome.pupil.school).collect();
        schools.dedup();
        schools
    }
}

/// Lets pupils sit an exam if `takes_part` holds for the pupil and a random number from 0 to 1.
pub(crate) fn sit(
    settings: &Settings,
    district: &District,
    exam: &Exam,
    takes_part: &dyn Fn(&Pupil, f64) -> bool,
) -> Sitting {
    let written_in_school = exam.key.procedure == Procedure::Vpr;
    let model = response_model(settings, exam);
    let mut outcomes = Vec::new();
    for pupil in cohort(settings, district, exam.key.year, exam.key.grade) {
        let school = &district.schools[pupil.school];
        let login = &school.school.login;
        let name = format!("{}-{login}-{}", exam.id(), pupil.ordinal);
        let mut random = stream(settings.seed, &name);
        let choice: f64 =
            stream(settings.seed, &format!("choice-{}-{login}-{}", exam.key.year, pupil.ordinal)).random();
        if !takes_part(&pupil, choice) {
            continue;
        }
        let ability = pupil.ability + subject_effect(settings, exam, login, pupil.ordinal);
        let absent = written_in_school && random.random::<f64>() < 0.06;
        let points = model.respond_in(ability, school, &mut random);
        let mut outcome = Outcome { pupil, absent, variant: 1, points, total: 0, result: 0, journal: None };
        outcome.variant = random.random_range(1..=2);
        if written_in_school && school.habit == Habit::LiftsAtCuts {
            lift(exam, &mut outcome.points, &mut random);
        }
        if let Some(neighbour) = copied_from(settings, exam, school, &outcome.pupil, outcomes.last()) {
            outcome.points.clone_from(&neighbour.points);
        }
        outcome.total = outcome.points.iter().flatten().sum();
        outcome.result = result(exam, &outcome.points, outcome.total);
        outcome.journal = journal(exam, outcome.total, school.habit, &mut random);
        if absent {
            outcome.points = vec![None; exam.tasks.len()];
        }
        outcomes.push(outcome);
    }
    Sitting { exam: exam.clone(), outcomes }
}

/// The model of an exam, as easy as such exams usually are.
pub(crate) fn response_model(settings: &Settings, exam: &Exam) -> ResponseModel {
    let primary = |found: Option<usize>| found.and_then(|at| u16::try_from(at).ok()).unwrap_or(0);
    let (goal, target) = match &exam.scale {
        Scale::Marks(bounds) => {
            let four = bounds.iter().find(|(_, mark)| *mark == 4).map_or(0, |(bound, _)| *bound);
            (four, share_of_fours_and_fives(exam.key.grade))
        }
        Scale::Test { table, .. } => (primary(table.iter().position(|test| *test >= 60)), 0.45),
        Scale::Unknown => (exam.sum_of_maxima().unwrap_or(0) / 2, 0.5),
    };
    ResponseModel::new(settings, exam, goal, target, exam.key.procedure == Procedure::Vpr)
}

/// Share of the marks 4 and 5 among ordinary pupils: it falls from primary school on.
fn share_of_fours_and_fives(grade: u8) -> f64 {
    match grade {
        0..=4 => 0.72,
        5 => 0.58,
        6 => 0.54,
        7 | 8 => 0.48,
        _ => 0.64,
    }
}

/// How far a pupil and a school are above their own average in a subject; the same over the years.
fn subject_effect(settings: &Settings, exam: &Exam, login: &str, ordinal: u32) -> f64 {
    let subject = exam.key.subject.split('-').next().unwrap_or_default();
    let birth = exam.key.year - u16::from(exam.key.grade);
    let mut of_school = stream(settings.seed, &format!("subject-{subject}-{login}"));
    let mut of_pupil = stream(settings.seed, &format!("subject-{subject}-{birth}-{login}-{ordinal}"));
    0.15 * of_school.sample::<f64, _>(StandardNormal) + 0.45 * of_pupil.sample::<f64, _>(StandardNormal)
}

/// Mark or test score for the points; conditions are applied until nothing changes.
pub(crate) fn result(exam: &Exam, points: &[Option<u16>], total: u16) -> u16 {
    if let Some(test) = exam.scale.test(total) {
        return test;
    }
    let mut mark = exam.scale.mark(total).unwrap_or(2);
    loop {
        let lowered = exam.conditions.iter().find(|condition| {
            let tasks = exam.tasks.iter().zip(points).filter(|(task, _)| condition.tasks.contains(&task.id));
            let sum: u16 = tasks.map(|(_, points)| points.unwrap_or(0)).sum();
            condition.for_marks.contains(&mark) && sum < condition.min && condition.otherwise < mark
        });
        match lowered {
            Some(condition) => mark = condition.otherwise,
            None => return u16::from(mark),
        }
    }
}

/// Gives many pupils who are one point below a mark the missing point.
fn lift(exam: &Exam, points: &mut [Option<u16>], random: &mut ChaCha8Rng) {
    let total: u16 = points.iter().flatten().sum();
    let below = exam.scale.cuts().iter().any(|(cut, _)| total + 1 == *cut);
    let lifts = random.random::<f64>() < 0.6;
    if below && lifts {
        let room = exam.tasks.iter().zip(points).find(|(task, points)| points.is_some_and(|p| Some(p) < task.max));
        if let Some((_, Some(points))) = room {
            *points += 1;
        }
    }
}

/// The neighbour whose answers a pupil copies: in one class of the school that lifts, in mathematics of the last
/// spring.
fn copied_from<'a>(
    settings: &Settings,
    exam: &Exam,
    school: &SampleSchool,
    pupil: &Pupil,
    before: Option<&'a Outcome>,
) -> Option<&'a Outcome> {
    let ExamKey { procedure, year, subject, .. } = &exam.key;
    let copies = school.habit == Habit::LiftsAtCuts && pupil.class == 1;
    if !copies || (*procedure, *year, subject.as_str()) != (Procedure::Vpr, 2026, "math") {
        return None;
    }
    let beside = before
        .filter(|other| (other.pupil.school, other.pupil.class) == (pupil.school, pupil.class) && !other.absent)?;
    let name = format!("copies-{}-{}-{}", exam.id(), school.school.login, pupil.ordinal);
    (stream(settings.seed, &name).random::<f64>() < 0.4).then_some(beside)
}

/// The journal mark: near the result or a little above it; far above it in one school.
fn journal(exam: &Exam, total: u16, habit: Habit, random: &mut ChaCha8Rng) -> Option<u8> {
    let noise: f64 = random.sample(StandardNormal);
    let missing = random.random::<f64>() < 0.015;
    let maximum = f64::from(exam.sum_of_maxima().unwrap_or(1));
    let generous = if habit == Habit::GenerousJournal { 0.26 } else { 0.06 };
    let seen = f64::from(total) + maximum * (generous + 0.095 * noise);
    let above = exam.scale.cuts().iter().filter(|(cut, _)| f64::from(*cut) <= seen).count();
    u8::try_from(2 + above).ok().filter(|_| !missing)
}
