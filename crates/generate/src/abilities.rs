//! The model of item responses: partial credit with effects of skill, school and year.

use super::Settings;
use super::district::{Habit, SampleSchool};
use super::exams::level;
use super::stream::{exponential, logistic, stream};
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;
use srez_model::assessment::{Difficulty, Exam, Task};

/// The topics in which the district differs from the usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Figures, drawings, distances: weak in the whole district, and weaker every year.
    Geometry,
    /// Graphs, tables, diagrams: weak in one school.
    Graphs,
    /// Understanding of a text: weak in the same school.
    Texts,
    /// Parsing of words and sentences: somewhat weak in the whole district.
    Parsing,
    /// The rest.
    Other,
}

/// The topic of a task, from the words of its labels.
pub(crate) fn topic(task: &Task) -> Topic {
    let words = task.label().to_lowercase();
    let has = |stems: &[&str]| stems.iter().any(|stem| words.contains(stem));
    if has(&["еометр", "черт", "фигур", "периметр", "планиметр", "треугольн", "окружност", "стереометр", "пространств"])
    {
        Topic::Geometry
    } else if has(&["график", "диаграмм", "таблиц"]) {
        Topic::Graphs
    } else if has(&["по тексту", "в тексте", "план текста", "главная мысль", "письменный текст"])
    {
        Topic::Texts
    } else if has(&["разбор"]) {
        Topic::Parsing
    } else {
        Topic::Other
    }
}

/// Steps of one task in logits, and how readily it is skipped.
#[derive(Clone, Debug)]
struct TaskModel {
    steps: Vec<f64>,
    skipped: f64,
    topic: Topic,
}

/// Responses to one exam.
#[derive(Clone, Debug)]
pub(crate) struct ResponseModel {
    tasks: Vec<TaskModel>,
    year: u16,
    shift: f64,
    written_in_school: bool,
}

impl ResponseModel {
    /// The model of an exam; tasks keep their difficulty over the years, and easiness is set so that the share `target`
    /// of ordinary pupils reaches `goal` points or more.
    pub(crate) fn new(settings: &Settings, exam: &Exam, goal: u16, target: f64, written_in_school: bool) -> Self {
        let tasks =
            exam.tasks.iter().enumerate().map(|(at, task)| task_model(settings, exam, task, level(exam, at))).collect();
        let mut model = Self { tasks, year: exam.key.year, shift: 0.0, written_in_school };
        model.shift = model.easiness(settings, exam, goal, target);
        model
    }

    fn easiness(&self, settings: &Settings, exam: &Exam, goal: u16, target: f64) -> f64 {
        let (mut low, mut high) = (-5.0, 5.0);
        for _ in 0..20 {
            let mut tried = self.clone();
            tried.shift = f64::midpoint(low, high);
            let mut random = stream(settings.seed, &format!("easiness-{}", exam.key.id_without_year()));
            let mut reached = 0.0;
            for _ in 0..300 {
                let ability = 1.1 * random.sample::<f64, _>(StandardNormal);
                let points = tried.respond(ability, &|_| 0.0, &mut random);
                reached += f64::from(u8::from(goal <= points.iter().flatten().sum()));
            }
            if reached / 300.0 < target { low = tried.shift } else { high = tried.shift }
        }
        f64::midpoint(low, high)
    }

    /// Points of a participant of a school; none for «X».
    pub(crate) fn respond_in(&self, ability: f64, school: &SampleSchool, random: &mut impl Rng) -> Vec<Option<u16>> {
        let late = self.year >= 2026;
        let geometry = if self.written_in_school && late {
            -1.0
        } else if self.written_in_school {
            -0.7
        } else {
            -0.25
        };
        let growth = match school.habit {
            Habit::Grows if late => 0.35,
            Habit::Falls if late => -0.4,
            _ => 0.0,
        };
        let effect = |topic| match topic {
            Topic::Geometry if school.is_home() => geometry,
            Topic::Graphs if school.habit == Habit::WeakInReading => -1.2,
            Topic::Texts if school.habit == Habit::WeakInReading && self.written_in_school => -1.2,
            Topic::Parsing if school.is_home() => -0.45,
            _ => 0.0,
        };
        self.respond(ability + growth, &effect, random)
    }

    /// Points by ability alone, with an effect of each topic.
    pub(crate) fn respond(
        &self,
        ability: f64,
        effect: &dyn Fn(Topic) -> f64,
        random: &mut impl Rng,
    ) -> Vec<Option<u16>> {
        self.tasks
            .iter()
            .map(|task| {
                let skips = random.random::<f64>() < task.skipped * logistic(-1.2 * ability);
                let draw = random.random::<f64>();
                if skips && self.written_in_school {
                    return None;
                }
                Some(points(&task.steps, 0.85 * ability + self.shift + effect(task.topic), draw))
            })
            .collect()
    }
}

fn task_model(settings: &Settings, exam: &Exam, task: &Task, difficulty: Difficulty) -> TaskModel {
    let mut random = stream(settings.seed, &format!("task-{}-{}", exam.key.id_without_year(), task.id));
    let (location, skipped) = match difficulty {
        Difficulty::Basic => (-0.7, 0.04),
        Difficulty::Raised => (0.5, 0.16),
        Difficulty::High => (1.5, 0.36),
    };
    let max = task.max.unwrap_or(1);
    let location = location + 0.5 * random.sample::<f64, _>(StandardNormal) + 0.1 * f64::from(max - 1);
    let steps = (0..max)
        .map(|step| {
            let spread = 0.6 * (f64::from(step) - f64::from(max - 1) / 2.0);
            location + spread + 0.2 * random.sample::<f64, _>(StandardNormal)
        })
        .collect();
    TaskModel { steps, skipped, topic: topic(task) }
}

/// The points at which the cumulative distribution of partial credit passes `draw`.
fn points(steps: &[f64], ability: f64, draw: f64) -> u16 {
    let mut weights = vec![1.0];
    let mut sum = 0.0;
    for step in steps {
        sum += ability - step;
        weights.push(exponential(sum));
    }
    let mut left = draw * weights.iter().sum::<f64>();
    let mut points = 0;
    for weight in &weights[..steps.len()] {
        left -= weight;
        if left < 0.0 {
            break;
        }
        points += 1;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn partial_credit_reaches_both_ends() {
        let steps = [-0.5, 0.5];
        assert_eq!(points(&steps, 0.0, 0.0), 0);
        assert_eq!(points(&steps, 0.0, 0.9999), 2);
        assert_eq!(points(&steps, -20.0, 0.99), 0);
        assert_eq!(points(&steps, 20.0, 0.01), 2);
    }
}
