//! A made-up district of one exam: pupils as points, what happens to it in a month, and its counts.

use rand::{Rng, RngExt};
use srez_model::assessment::{Confirmation, Exam, ExamKey, Procedure, Task};
use srez_model::edition::{ExamCounts, GroupCounts, Part};
use srez_model::finding::Findings;
use srez_model::level::Level;
use srez_model::measures::{Measures, TaskByMarkRow};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_privacy::{Decision, Rules, for_packet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The municipality that publishes.
pub(crate) fn home() -> Group {
    Group { level: Level::Municipality, name: "home".to_owned() }
}
/// Types of schools.
const TYPES: [&str; 3] = ["СОШ", "ООШ", "Лицей"];

pub(crate) fn rules() -> Rules {
    Rules::from_thresholds(&srez_config::thresholds::built_in().unwrap())
}

/// Maxima of the tasks, bounds of the marks, and the pupils of each school as points.
#[derive(Clone)]
pub(crate) struct District {
    pub(crate) max: Vec<u64>,
    pub(crate) bounds: [(u64, u64); 4],
    schools: BTreeMap<String, Vec<Vec<u64>>>,
    pub(crate) types: BTreeMap<String, String>,
}

impl District {
    pub(crate) fn random(random: &mut impl Rng) -> Self {
        let max: Vec<u64> = (0..random.random_range(3..7)).map(|_| random.random_range(1..4)).collect();
        let sum: u64 = max.iter().sum();
        let cuts = [0, sum * 3 / 10, sum * 55 / 100, sum * 8 / 10, sum + 1];
        let bounds = [0, 1, 2, 3].map(|place| (cuts[place], cuts[place + 1].max(1) - 1));
        let name = |school: usize| format!("s{school:02}");
        let kinds = random.random_range(1..4);
        let types = (0..12).map(|school| (name(school), TYPES[random.random_range(0..kinds)].to_owned())).collect();
        let mut district = Self { max, bounds, schools: BTreeMap::new(), types };
        for school in 0..random.random_range(1..11) {
            let size = match random.random_range(0..4) {
                0 => random.random_range(1..10),
                1 => random.random_range(10..15),
                _ => random.random_range(15..60),
            };
            district.deliver(&name(school), size, random);
        }
        district
    }

    /// More pupils of a school; some schools are good at everything, and some tasks nobody can solve.
    fn deliver(&mut self, school: &str, size: usize, random: &mut impl Rng) {
        let skill: f64 = random.random_range(0.2..0.98);
        let tasks: Vec<f64> =
            self.max.iter().map(|_| (skill + random.random_range(-0.4..0.3)).clamp(0.0, 1.0)).collect();
        for _ in 0..size {
            let points = |(max, ease): (&u64, &f64)| (0..*max).filter(|_| random.random_bool(*ease)).count() as u64;
            let pupil: Vec<u64> = self.max.iter().zip(&tasks).map(points).collect();
            self.schools.entry(school.to_owned()).or_default().push(pupil);
        }
    }

    /// A month later: late schools and pupils, or nothing.
    pub(crate) fn later(&self, random: &mut impl Rng) -> Self {
        let mut later = self.clone();
        for _ in 0..random.random_range(0..4) {
            let school = format!("s{:02}", random.random_range(0..12));
            later.deliver(&school, random.random_range(1..25), random);
        }
        later
    }

    /// A month later, with corrections: pupils removed, works marked anew, a school withdrawn, another one late.
    pub(crate) fn corrected(&self, random: &mut impl Rng) -> Self {
        let mut later = self.clone();
        for _ in 0..random.random_range(1..5) {
            let schools: Vec<String> = later.schools.keys().cloned().collect();
            if schools.is_empty() {
                break;
            }
            let school = schools[random.random_range(0..schools.len())].clone();
            let pupils = later.schools.get_mut(&school).unwrap();
            match random.random_range(0..6) {
                0 if schools.len() > 1 => drop(later.schools.remove(&school)),
                1 => {
                    let late = format!("s{:02}", random.random_range(0..12));
                    later.deliver(&late, random.random_range(1..25), random);
                }
                2 => {
                    let left = pupils.len() - random.random_range(0..pupils.len().min(20));
                    pupils.truncate(left);
                }
                3 => {
                    let size = pupils.len();
                    pupils.clear();
                    later.deliver(&school, size, random);
                }
                _ => {
                    let task = random.random_range(0..later.max.len());
                    let marked = random.random_range(0..=pupils.len());
                    pupils.iter_mut().take(marked).for_each(|pupil| pupil[task] = pupil[task].saturating_sub(1));
                }
            }
        }
        later
    }

    fn mark(&self, pupil: &[u64]) -> usize {
        let total: u64 = pupil.iter().sum();
        self.bounds.iter().rposition(|(least, _)| *least <= total).unwrap()
    }

    pub(crate) fn counts(&self) -> ExamCounts {
        let schools = self.schools.iter().map(|(name, pupils)| {
            let mut school = GroupCounts { group: name.clone(), n: pupils.len() as u64, ..GroupCounts::default() };
            for pupil in pupils {
                school.bands[self.mark(pupil)] += 1;
            }
            let of_task = |(task, max): (usize, &u64)| Part {
                sum: pupils.iter().map(|pupil| pupil[task]).sum(),
                most: max * pupils.len() as u64,
            };
            school.tasks = self.max.iter().enumerate().map(of_task).collect();
            school.skills = vec![Part {
                sum: school.tasks.iter().take(2).map(|part| part.sum).sum(),
                most: school.tasks.iter().take(2).map(|part| part.most).sum(),
            }];
            school
        });
        ExamCounts {
            schools: schools.collect(),
            task_max: self.max.clone(),
            skill_tasks: vec![vec![0, 1]],
            score_bounds: Some(self.bounds),
        }
    }

    /// What the packet prints of the groups by mark.
    pub(crate) fn packet(&self, decision: &Decision) -> Vec<TaskByMarkRow> {
        let mut rows = Vec::new();
        for (task, max) in (0_u16..).zip(&self.max) {
            for mark in 2..6_u8 {
                let pupils = self.schools.values().flatten();
                let points: Vec<u64> = pupils
                    .filter(|pupil| self.mark(pupil) + 2 == usize::from(mark))
                    .map(|pupil| pupil[usize::from(task)])
                    .collect();
                let n = points.len() as u64;
                let pct = Percent::of(points.iter().sum(), max * n);
                let Group { level, name: group } = home();
                rows.push(TaskByMarkRow { level, group, task, mark, n, pct });
            }
        }
        let measures = Measures { tasks_by_mark: rows, ..no_measures(&self.max) };
        let group = rules().group;
        for_packet(&measures, &Findings::default(), &home(), decision, group).0.tasks_by_mark
    }
}

pub(crate) fn exam(max: &[u64]) -> Arc<Exam> {
    let task = |(place, max): (usize, &u64)| Task {
        id: (place + 1).to_string(),
        max: u16::try_from(*max).ok(),
        ..Task::default()
    };
    Arc::new(Exam {
        subject_title: "Математика".to_owned(),
        scale_confirmed: Confirmation::One,
        tasks_confirmed: Confirmation::One,
        specified: true,
        tasks: max.iter().enumerate().map(task).collect(),
        ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "math", 8))
    })
}

fn no_measures(max: &[u64]) -> Measures {
    Measures::empty(exam(max))
}
