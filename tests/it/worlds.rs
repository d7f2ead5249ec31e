//! Worlds: municipalities in which it is known how schools and classes differ and who did what with the works.
//!
//! Pupils of ability N(0, 1) around their school and class write eighteen tasks of one point; from them rows of a form.
//! The truth of a school is what its pupils score on average, by integration: with its classes as they were drawn (the
//! year), and with classes integrated out (the school).

use crate::municipalities::{id, judge};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Normal};
use srez_model::assessment::{Exam, ExamKey, Procedure, Scale, Task};
use srez_model::block::{Block, BlockTask, RowState};
use srez_model::finding::Findings;
use srez_model::measures::Measures;
use srez_model::place::School;
use std::sync::Arc;

pub(crate) const TASKS: usize = 18;
/// Least score of the marks 3, 4 and 5.
const CUTS: [(u16, u8); 3] = [(6, 3), (10, 4), (14, 5)];
/// Equal works of a class in which works are copied.
const COPIES: usize = 12;
/// Pupils of a class.
const CLASS: usize = 25;

/// What was done in a school that stands out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Deed {
    /// Nothing: an ordinary school.
    Nothing,
    /// Its pupils know less or more, in logits.
    Knows(f64),
    /// This share of the works one point below a cut is lifted to it.
    Lifts(f64),
    /// Twelve pupils of one class have the same row.
    Copies,
}

/// A municipality.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) schools: usize,
    /// True deviation of the schools and of the classes of a school, in logits.
    pub(crate) between: f64,
    pub(crate) classes: f64,
    /// One class in every school, however large.
    pub(crate) one_class: bool,
    /// Share of schools that choose their pupils, whose level is higher by one logit.
    pub(crate) selective: f64,
    /// What all schools do.
    pub(crate) all: Deed,
    /// What the first schools do, and their participants; the others are of ordinary sizes.
    pub(crate) planted: Vec<(Deed, usize)>,
}

/// Schools of about 36 pupils, alike in everything.
pub(crate) const ALIKE: World = World {
    name: "alike",
    schools: 30,
    between: 0.0,
    classes: 0.0,
    one_class: false,
    selective: 0.0,
    all: Deed::Nothing,
    planted: Vec::new(),
};
/// Schools and classes differ as they do.
pub(crate) const ORDINARY: World = World {
    name: "8 points, classes 0.3",
    schools: 30,
    between: 0.45,
    classes: 0.3,
    one_class: false,
    selective: 0.0,
    all: Deed::Nothing,
    planted: Vec::new(),
};

/// What is true of a school: share of the maximum less that of the other schools, in percentage points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Truth {
    /// With these classes.
    pub(crate) year: f64,
    /// Classes integrated out.
    pub(crate) school: f64,
}

/// What the program says of a world, and what is true.
pub(crate) struct Judged {
    pub(crate) truths: Vec<Truth>,
    pub(crate) measures: Measures,
    pub(crate) findings: Findings,
}

/// A school as drawn.
struct Drawn {
    /// Level, and the levels of its classes.
    level: f64,
    classes: Vec<f64>,
    pupils: usize,
    selective: bool,
}

impl World {
    /// What a school does.
    pub(crate) fn deed(&self, school: usize) -> Deed {
        self.planted.get(school).map_or(self.all, |(deed, _)| *deed)
    }

    /// The municipality of this seed, judged by the whole way from rows to findings.
    pub(crate) fn judged(&self, seed: u64) -> Judged {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let exam = Arc::new(exam());
        let drawn: Vec<Drawn> = (0..self.schools).map(|school| self.draw(&mut random, school)).collect();
        let mut block = Block::new(exam.key.clone(), "form", "file.xlsx", "Лист1");
        let column = |column: u16| BlockTask {
            id: column.to_string(),
            by_position: false,
            max: Some(1),
            difficulty: None,
            column: column.into(),
        };
        block.tasks = (1..=TASKS as u16).map(column).collect();
        block.points = vec![Vec::new(); TASKS];
        for (school, own) in drawn.iter().enumerate() {
            self.write(&mut random, (&mut block, &exam), school, own);
        }
        let schools = drawn.iter().enumerate().map(|(school, own)| School {
            id: id(school),
            login: id(school),
            school_type: if own.selective { "лицей" } else { "СОШ" }.to_owned(),
            ..School::default()
        });
        let (measures, findings) = judge(exam, &block, schools.collect());
        Judged { truths: self.truths(&drawn), measures, findings }
    }

    fn draw(&self, random: &mut ChaCha8Rng, school: usize) -> Drawn {
        let normal = Normal::new(0.0, 1.0).unwrap();
        let selective = random.random::<f64>() < self.selective;
        let own = self.between * normal.sample(random) + f64::from(u8::from(selective));
        let size: f64 = (3.6 + 0.5 * normal.sample(random)).exp();
        let planted = self.planted.get(school);
        let pupils = planted.map_or(size.clamp(12.0, 90.0) as usize, |(_, pupils)| *pupils);
        let level = if let Some((Deed::Knows(level), _)) = planted { *level } else { own };
        let classes = if self.one_class { 1 } else { pupils.div_ceil(CLASS).max(1) };
        let classes = (0..classes).map(|_| level + self.classes * normal.sample(random)).collect();
        Drawn { level, classes, pupils, selective }
    }

    fn write(&self, random: &mut ChaCha8Rng, (block, exam): (&mut Block, &Exam), school: usize, own: &Drawn) {
        let normal = Normal::new(0.0, 1.0).unwrap();
        let deed = self.deed(school);
        let mut rows: Vec<(usize, Vec<u8>)> = Vec::new();
        for pupil in 0..own.pupils {
            let class = pupil % own.classes.len();
            let ability = own.classes[class] + normal.sample(random);
            let solved =
                |task: usize, random: &mut ChaCha8Rng| u8::from(random.random::<f64>() < chance(ability, task));
            let mut points: Vec<u8> = (0..TASKS).map(|task| solved(task, random)).collect();
            if let Deed::Lifts(share) = deed {
                let is_below = CUTS.iter().any(|(cut, _)| total(&points) + 1 == *cut);
                if is_below && random.random::<f64>() < share {
                    let lost = points.iter().position(|points| *points == 0).unwrap();
                    points[lost] = 1;
                }
            }
            rows.push((class, points));
        }
        if deed == Deed::Copies {
            let middle = |row: &&(usize, Vec<u8>)| total(&row.1).abs_diff(9);
            let copied = rows.iter().min_by_key(middle).unwrap().1.clone();
            rows.iter_mut().filter(|(class, _)| *class == 0).take(COPIES).for_each(|row| row.1.clone_from(&copied));
        }
        for (class, points) in rows {
            let seen = f64::from(total(&points)) + 1.5 + 1.8 * normal.sample(random);
            let journal = 2 + CUTS.iter().filter(|(cut, _)| f64::from(*cut) <= seen).count() as u8;
            push((block, exam), (school, class), (&points, journal), random.random::<bool>());
        }
    }

    fn truths(&self, drawn: &[Drawn]) -> Vec<Truth> {
        let all: usize = drawn.iter().map(|own| own.pupils).sum();
        let year = |own: &Drawn| {
            let mean: f64 = own.classes.iter().map(|level| mean_share(*level, 1.0)).sum();
            mean / own.classes.len() as f64
        };
        let school = |own: &Drawn| mean_share(own.level, (1.0 + self.classes * self.classes).sqrt());
        let gaps = |of: &dyn Fn(&Drawn) -> f64| -> Vec<f64> {
            let sum: f64 = drawn.iter().map(|own| own.pupils as f64 * of(own)).sum();
            let gap = |own: &Drawn| {
                let others = (all - own.pupils) as f64;
                100.0 * (of(own) - (sum - own.pupils as f64 * of(own)) / others)
            };
            drawn.iter().map(gap).collect()
        };
        gaps(&year).into_iter().zip(gaps(&school)).map(|(year, school)| Truth { year, school }).collect()
    }
}

fn total(points: &[u8]) -> u16 {
    points.iter().map(|points| u16::from(*points)).sum()
}

/// Difficulties from −1.7 to 1.7 logits.
fn chance(ability: f64, task: usize) -> f64 {
    let difficulty = -1.7 + 3.4 * task as f64 / (TASKS - 1) as f64;
    1.0 / (1.0 + (difficulty - ability).exp())
}

/// Mean share of the maximum where abilities are N(level, deviation).
fn mean_share(level: f64, deviation: f64) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for step in -40..=40 {
        let z = f64::from(step) / 10.0;
        let weight = (-z * z / 2.0).exp();
        let share: f64 = (0..TASKS).map(|task| chance(level + deviation * z, task)).sum::<f64>() / TASKS as f64;
        sum += weight * share;
        weights += weight;
    }
    sum / weights
}

fn exam() -> Exam {
    let skills = ["счёт", "дроби", "фигуры", "данные"];
    let task = |position: u16| Task {
        id: position.to_string(),
        position,
        max: Some(1),
        skill: skills[usize::from(position) % skills.len()].to_owned(),
        ..Task::default()
    };
    Exam {
        subject_title: "Математика".to_owned(),
        max_primary: Some(TASKS as u16),
        tasks: (1..=TASKS as u16).map(task).collect(),
        scale: Scale::Marks([(0, 2)].into_iter().chain(CUTS).collect()),
        specified: true,
        ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "math", 8))
    }
}

fn push(
    (block, exam): (&mut Block, &Exam),
    (school, class): (usize, usize),
    (points, journal): (&[u8], u8),
    girl: bool,
) {
    let row = block.row.len();
    block.row.push(u32::try_from(row + 5).unwrap());
    block.state.push(RowState::Accepted);
    block.school.push(&id(school));
    block.municipality.push("Долина");
    let letter = ["А", "Б", "В", "Г", "Д", "Е", "Ж", "З"][class % 8];
    block.class.push(&format!("8{letter}"));
    block.participant.push(&row.to_string());
    block.variant.push(["1", "2"][row % 2]);
    block.sex.push(if girl { "ж" } else { "м" });
    block.textbook.push("");
    block.uploaded.push("");
    block.journal.push(Some(journal).filter(|mark| *mark != 0));
    block.declared_total.push(None);
    block.declared_result.push(None);
    block.total.push(Some(total(points)));
    let mark = exam.mark_of(total(points), |task| points.get(task).map(|points| u16::from(*points)));
    block.result.push(mark.map(u16::from));
    for (column, points) in block.points.iter_mut().zip(points) {
        column.push(*points);
    }
}
