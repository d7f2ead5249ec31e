//! What the editions print against an attacker: over random districts, and over the demo's own editions.

use crate::attacker::{Attack, Month, Seen};
use crate::trial::demo;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use srez::model::assessment::{Confirmation, Exam, ExamKey, Procedure};
use srez::model::edition::{Cut, EditionExam, ExamCounts, GroupCounts, Part, Publication};
use srez::model::level::Level;
use srez::model::unit::as_f64;
use srez::privacy::{Decision, Rules, decide, of_association};
use std::collections::BTreeMap;
use std::sync::Arc;

fn rules() -> Rules {
    Rules::of(&srez::config::thresholds::built_in().unwrap())
}

/// Maxima of the tasks, bounds of the marks, and the pupils of each school as points.
#[derive(Clone)]
struct District {
    max: Vec<u64>,
    bounds: [(u64, u64); 4],
    schools: BTreeMap<String, Vec<Vec<u64>>>,
}

impl District {
    fn random(random: &mut impl Rng) -> Self {
        let max: Vec<u64> = (0..random.random_range(3..7)).map(|_| random.random_range(1..4)).collect();
        let sum: u64 = max.iter().sum();
        let cuts = [0, sum * 3 / 10, sum * 55 / 100, sum * 8 / 10, sum + 1];
        let bounds = [0, 1, 2, 3].map(|place| (cuts[place], cuts[place + 1].max(1) - 1));
        let mut district = Self { max, bounds, schools: BTreeMap::new() };
        for school in 0..random.random_range(1..11) {
            let size = match random.random_range(0..4) {
                0 => random.random_range(1..10),
                1 => random.random_range(10..15),
                _ => random.random_range(15..60),
            };
            district.deliver(&format!("s{school:02}"), size, random);
        }
        district
    }

    /// More pupils of a school; some schools are good at everything, some tasks nobody can do.
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
    fn later(&self, random: &mut impl Rng) -> Self {
        let mut later = self.clone();
        for _ in 0..random.random_range(0..4) {
            let school = format!("s{:02}", random.random_range(0..12));
            later.deliver(&school, random.random_range(1..25), random);
        }
        later
    }

    fn counts(&self) -> ExamCounts {
        let schools = self.schools.iter().map(|(name, pupils)| {
            let mut school = GroupCounts { group: name.clone(), n: pupils.len() as u64, ..GroupCounts::default() };
            for pupil in pupils {
                let total: u64 = pupil.iter().sum();
                let band = self.bounds.iter().rposition(|(least, _)| *least <= total).unwrap();
                school.bands[band] += 1;
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
}

fn exam() -> Arc<Exam> {
    Arc::new(Exam {
        subject_title: "Математика".to_owned(),
        scale_confirmed: Confirmation::One,
        tasks_confirmed: Confirmation::One,
        specified: true,
        ..Exam::unspecified(ExamKey { procedure: Procedure::Vpr, year: 2026, subject: "math".to_owned(), grade: 8 })
    })
}

fn printed(decision: &Decision) -> EditionExam {
    of_association(&exam(), &["умение".to_owned()], (Level::Municipality, "home"), decision)
}

/// What an attack found.
#[derive(Default, Debug)]
struct Haul {
    tables: usize,
    publications: usize,
    held: usize,
    shown: usize,
    hidden: usize,
    recovered: usize,
    narrowest: Option<f64>,
    finds: Vec<String>,
    seed: u64,
}

impl Haul {
    fn attack(&mut self, attack: &Attack, months: &[(&Month, &ExamCounts, Cut)]) {
        for (place, (month, counts, cut)) in months.iter().enumerate() {
            for (name, group) in *month {
                let truth = counts.school(name).cloned().unwrap_or_else(|| counts.total());
                let mut numbers = vec![("n".to_owned(), group.n, truth.n)];
                let tasks = group.tasks.iter().copied().zip(truth.tasks.iter().map(|part| part.sum)).enumerate();
                numbers.extend(tasks.map(|(task, (seen, sum))| (format!("task {task}"), seen, sum)));
                let columns = group.columns.iter().copied().zip(cut.of(&truth.bands)).enumerate();
                numbers.extend(columns.map(|(column, (seen, count))| (format!("column {column}"), seen, count)));
                for (what, seen, value) in numbers {
                    self.number(attack, &format!("{name} of month {place}"), &what, seen, value);
                }
            }
        }
    }

    fn number(&mut self, attack: &Attack, name: &str, what: &str, seen: Seen, truth: u64) {
        let Seen::Hidden(variable) = seen else {
            self.shown += 1;
            return;
        };
        self.hidden += 1;
        let (low, high) = attack.range(variable);
        let truth = as_f64(truth);
        assert!(low - 1e-4 <= truth && truth <= high + 1e-4, "{name}: {truth} is not in {low}…{high}");
        let width = high - low;
        self.narrowest = Some(self.narrowest.map_or(width, |narrowest| narrowest.min(width)));
        if width < 5.0 - 1e-6 {
            self.recovered += 1;
            self.finds.push(format!("district {}, {name} {what}: {low}…{high}, truly {truth}", self.seed));
        }
    }
}

/// Publishes a random district for two months and attacks both publications together.
fn attack_one(seed: u64, haul: &mut Haul) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let first = District::random(&mut random);
    let second = first.later(&mut random);
    let rules = rules();
    let (counts, later) = (first.counts(), second.counts());
    let one = decide(&rules, "2026-05", &counts, None);
    let two = decide(&rules, "2026-06", &later, Some(one.publication()));
    haul.tables += 1;
    haul.seed = seed;
    haul.publications += 1;
    let mut attack = Attack::new(&first.max, Some(first.bounds));
    let first_edition = printed(&one);
    let may = attack.month(&first_edition, None);
    let of_may = (&may, &counts, first_edition.cut);
    match &two {
        Decision::Hold(_) => {
            haul.held += 1;
            haul.attack(&attack, &[of_may]);
        }
        Decision::Publish(_) => {
            haul.publications += 1;
            let edition = printed(&two);
            let june = attack.month(&edition, None);
            attack.grows(&may, &june);
            haul.attack(&attack, &[of_may, (&june, &later, edition.cut)]);
        }
    }
}

#[test]
fn an_attacker_recovers_nothing_from_two_months_of_tables() {
    let mut haul = Haul::default();
    (0..60).for_each(|seed| attack_one(seed, &mut haul));
    assert_eq!(haul.recovered, 0, "{haul:?}");
    assert!(500 < haul.hidden && 500 < haul.shown && 60 < haul.publications, "{haul:?}");
}

#[test]
#[ignore = "minutes: cargo test --release --test it a_thousand_districts -- --ignored --nocapture"]
fn an_attacker_recovers_nothing_from_a_thousand_districts() {
    let mut haul = Haul::default();
    (1_000..2_000).for_each(|seed| attack_one(seed, &mut haul));
    println!("{haul:?}");
    assert_eq!(haul.recovered, 0, "{haul:?}");
}

#[test]
fn the_attack_finds_what_is_not_protected() {
    let rules = Rules { together: 1, width: 0, ..rules() };
    let mut found = 0;
    for seed in 0..20 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let district = District::random(&mut random);
        let counts = district.counts();
        let decision = decide(&rules, "2026-05", &counts, None);
        let mut attack = Attack::new(&district.max, Some(district.bounds));
        let edition = printed(&decision);
        let month = attack.month(&edition, None);
        let mut haul = Haul::default();
        haul.attack(&attack, &[(&month, &counts, edition.cut)]);
        found += haul.recovered;
    }
    assert!(0 < found, "an attack that never succeeds proves nothing");
}

#[test]
fn an_attacker_recovers_nothing_from_the_editions_of_the_demo() {
    #[derive(serde::Deserialize)]
    struct Memory {
        exams: BTreeMap<String, Publication>,
    }
    let (trial, _) = demo();
    let text = std::fs::read_to_string(trial.path().join("store/editions/trial-2026-06.json")).unwrap();
    let memory: Memory = serde_json::from_str(&text).unwrap();
    let mut haul = Haul::default();
    let mut complete_exams = 0;
    for publication in memory.exams.into_values() {
        let counts = publication.counts.clone();
        let edition = printed(&Decision::Publish(publication));
        // The scale binds only where every pupil has a mark and was put to every task.
        let total = counts.total();
        let all = |(part, max): (&Part, &u64)| part.most == max * total.n;
        let complete = total.tasks.iter().zip(&counts.task_max).all(all);
        let mut attack = Attack::new(&counts.task_max, counts.score_bounds.filter(|_| complete));
        attack.beyond = total
            .tasks
            .iter()
            .zip(&counts.task_max)
            .map(|(part, max)| as_f64(part.most.saturating_sub(max * total.n)))
            .collect();
        complete_exams += usize::from(complete);
        let month = attack.month(&edition, Some(&counts));
        haul.tables += 1;
        haul.attack(&attack, &[(&month, &counts, edition.cut)]);
    }
    assert_eq!(haul.recovered, 0, "{haul:?}");
    assert!(10 < haul.tables && 1_000 < haul.hidden && 500 < haul.shown && 0 < complete_exams, "{haul:?}");
}
