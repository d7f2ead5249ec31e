//! Simulated municipalities with known weak schools, lifted marks and a task that is harder for one half of the pupils:
//! how much is found, and how much falsely, compared with the rules without a test.
//!
//! The tests make a short run; the long one is `cargo test --release --test it municipalities -- --ignored
//! --nocapture`.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Normal};
use srez_flag::flag;
use srez_measure::measure;
use srez_model::assessment::{Exam, ExamKey, Procedure, Scale, Task};
use srez_model::block::{Block, BlockTask, NOT_ATTEMPTED, RowState};
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::place::{Places, Register, School};
use srez_model::tally::Group;
use srez_tally::{PlainLoop, TallyEngine, TallyRequest, row_patterns};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

pub(crate) const SCHOOLS: usize = 30;
/// Schools that are weak by 0.9 logits, about 15 percentage points.
const WEAK: [usize; 4] = [3, 9, 17, 24];
/// Schools in which most works one point below a cut are lifted to it.
const LIFTED: [usize; 2] = [6, 20];
/// Schools whose journals may be shifted.
pub(crate) const SHIFTED: [usize; 3] = [2, 13, 27];
/// True spread of the other schools, in logits.
const SPREAD: f64 = 0.25;
/// Task that is harder by 0.9 logits for girls.
const DIF_TASK: usize = 7;
/// Difficulty of each task, in logits, and its maximum.
const TASKS: [(f64, u16); 14] = [
    (-1.8, 1),
    (-1.4, 1),
    (-1.1, 1),
    (-0.8, 1),
    (-0.6, 2),
    (-0.4, 1),
    (-0.2, 1),
    (0.0, 1),
    (0.2, 1),
    (0.4, 2),
    (0.7, 1),
    (1.0, 1),
    (1.4, 2),
    (1.8, 2),
];
/// Least score of the marks 3, 4 and 5.
const CUTS: [(u16, u8); 3] = [(6, 3), (10, 4), (14, 5)];

/// How the schools of a municipality differ.
#[derive(Clone, Copy)]
pub(crate) struct Differences {
    /// How many schools there are, [`SCHOOLS`] at most.
    pub(crate) count: usize,
    /// Whether there are weak schools, lifted marks and a task that is harder for girls.
    pub(crate) planted: bool,
    /// True spread of the schools, in logits.
    pub(crate) schools: f64,
    /// True spread of the classes of a school, in logits.
    pub(crate) classes: f64,
    /// Spread of how generous the journals of the schools are, in points.
    pub(crate) journals: f64,
    /// Points by which the journals of the first schools of [`SHIFTED`] are more generous than those of the others.
    pub(crate) shift: (usize, f64),
    /// Spread of how often a school writes «X» where a pupil has no points, in logits.
    pub(crate) skips: f64,
}

/// The municipality with planted weak schools.
const PLANTED: Differences = Differences {
    count: SCHOOLS,
    planted: true,
    schools: SPREAD,
    classes: 0.0,
    journals: 0.0,
    shift: (0, 0.0),
    skips: 0.0,
};

pub(crate) fn id(school: usize) -> String {
    format!("edu{school:02}")
}

fn exam() -> Exam {
    let skills = ["счёт", "дроби", "фигуры", "данные"];
    let task = |(position, (_, max)): (u16, &(f64, u16))| Task {
        id: position.to_string(),
        position,
        max: Some(*max),
        skill: skills[usize::from(position) % skills.len()].to_owned(),
        ..Task::default()
    };
    let max: u16 = TASKS.iter().map(|(_, max)| max).sum();
    Exam {
        subject_title: "Математика".to_owned(),
        max_primary: Some(max),
        tasks: (1..).zip(&TASKS).map(task).collect(),
        scale: Scale::Marks([(0, 2)].into_iter().chain(CUTS).collect()),
        specified: true,
        ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "math", 8))
    }
}

/// A municipality: rows of answers, and the true level of every school in percent of the maximum.
pub(crate) struct Municipality {
    block: Block,
    truth: Vec<f64>,
}

fn municipality(seed: u64, exam: &Exam, differ: &Differences) -> Municipality {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let normal = Normal::new(0.0, 1.0).unwrap();
    let mut block = Block::new(exam.key.clone(), "form", "file.xlsx", "Лист1");
    block.tasks = (1..)
        .zip(&TASKS)
        .map(|(column, (_, max))| BlockTask {
            id: column.to_string(),
            by_position: false,
            max: Some(*max),
            difficulty: None,
            column,
        })
        .collect();
    block.points = vec![Vec::new(); TASKS.len()];
    let mut truth = Vec::new();
    for school in 0..differ.count {
        let own = differ.schools * normal.sample(&mut random);
        let weak = if differ.planted && WEAK.contains(&school) { -0.9 } else { own };
        truth.push(weak);
        let (shifted, by) = differ.shift;
        let shift = if SHIFTED.iter().take(shifted).any(|one| *one == school) { by } else { 0.0 };
        let generous = 1.5 + shift + differ.journals * normal.sample(&mut random);
        let skips = 1.0 / (1.0 + (2.0 - differ.skips * normal.sample(&mut random)).exp());
        let classes = [0; 2].map(|_| differ.classes * normal.sample(&mut random));
        let size: f64 = (3.6 + 0.5 * normal.sample(&mut random)).exp();
        for pupil in 0..(size.clamp(12.0, 90.0) as usize) {
            let girl = random.random::<bool>();
            let ability = weak + classes[pupil % 2] + normal.sample(&mut random);
            let mut points: Vec<u8> = TASKS
                .iter()
                .enumerate()
                .map(|(place, (difficulty, max))| {
                    let harder = if differ.planted && girl && place == DIF_TASK { 0.9 } else { 0.0 };
                    let chance = 1.0 / (1.0 + (-(ability - difficulty - harder)).exp());
                    (0..*max).map(|_| u8::from(random.random::<f64>() < chance)).sum()
                })
                .collect();
            let total = |points: &[u8]| points.iter().map(|points| u16::from(*points)).sum::<u16>();
            let below = CUTS.iter().any(|(cut, _)| total(&points) + 1 == *cut);
            if differ.planted && LIFTED.contains(&school) && below && random.random::<f64>() < 0.8 {
                let lost = points.iter().zip(&TASKS).position(|(points, (_, max))| u16::from(*points) < *max).unwrap();
                points[lost] += 1;
            }
            let seen = f64::from(total(&points)) + generous + 1.8 * normal.sample(&mut random);
            let journal = 2 + CUTS.iter().filter(|(cut, _)| f64::from(*cut) <= seen).count() as u8;
            for points in &mut points {
                if *points == 0 && random.random::<f64>() < skips {
                    *points = NOT_ATTEMPTED;
                }
            }
            push(&mut block, (school, pupil, girl), (&points, journal), exam);
        }
    }
    Municipality { block, truth }
}

fn push(block: &mut Block, (school, pupil, girl): (usize, usize, bool), (points, journal): (&[u8], u8), exam: &Exam) {
    let row = block.row.len();
    block.row.push(u32::try_from(row + 5).unwrap());
    block.state.push(RowState::Accepted);
    block.school.push(&id(school));
    block.municipality.push("Долина");
    block.class.push(if pupil % 2 == 0 { "8А" } else { "8Б" });
    block.participant.push(&row.to_string());
    block.variant.push(["1", "2"][pupil / 2 % 2]);
    block.sex.push(if girl { "ж" } else { "м" });
    block.textbook.push("");
    block.uploaded.push("");
    block.journal.push(Some(journal).filter(|mark| *mark != 0));
    block.declared_total.push(None);
    block.declared_result.push(None);
    let of = |points: &u8| if *points == NOT_ATTEMPTED { 0 } else { u16::from(*points) };
    let total: u16 = points.iter().map(of).sum();
    block.total.push(Some(total));
    let mark = exam.mark_of(total, |task| points.get(task).map(of));
    block.result.push(mark.map(u16::from));
    for (column, points) in block.points.iter_mut().zip(points) {
        column.push(*points);
    }
}

/// What the program says about the municipality of this seed.
pub(crate) fn judged(seed: u64, differ: &Differences) -> (Municipality, Measures, Findings) {
    let exam = Arc::new(exam());
    let made = municipality(seed, &exam, differ);
    let schools = (0..differ.count).map(|school| School { id: id(school), login: id(school), ..School::default() });
    let (measures, findings) = judge(exam, &made.block, schools.collect());
    (made, measures, findings)
}

/// What the program says about these rows of one municipality, «Долина».
pub(crate) fn judge(exam: Arc<Exam>, block: &Block, mut schools: Vec<School>) -> (Measures, Findings) {
    let thresholds = srez_config::thresholds::built_in().unwrap();
    schools.iter_mut().for_each(|school| "Долина".clone_into(&mut school.municipality));
    let register = Register { schools, ..Register::default() };
    let schools: Vec<String> = register.schools.iter().map(|school| school.id.clone()).collect();
    let places = Places::new(&register, schools.iter().map(String::as_str));
    let blocks = std::slice::from_ref(block);
    let request = TallyRequest { exam, blocks, places: &places, lists_absent: false };
    let settings = srez_measure::Settings {
        thresholds: thresholds.clone(),
        home: "Долина".to_owned(),
        register,
        ..srez_measure::Settings::default()
    };
    let mut measures = vec![measure(&settings, &PlainLoop.tally(&request).unwrap())];
    srez_measure::add_patterns(&settings, &mut measures[0], row_patterns(&request, "Долина"));
    srez_measure::adjust(&settings, &mut measures);
    let (names, municipalities) = (BTreeMap::new(), BTreeMap::new());
    let of_type = |school: &School| (school.id.clone(), school.school_type.clone());
    let types: BTreeMap<String, String> = settings.register.schools.iter().map(of_type).collect();
    let focus = Group { level: Level::Municipality, name: "Долина".to_owned() };
    let settings = srez_flag::Settings {
        thresholds: &thresholds,
        focus,
        schools: &schools,
        names: &names,
        types: &types,
        municipalities: &municipalities,
        listed: &[],
    };
    let findings = flag(&settings, &measures).remove(0);
    (measures.remove(0), findings)
}

/// How a rule did: how many of the schools it should find it found; and how many of those it named should not be named.
#[derive(Default)]
struct Score {
    found: usize,
    to_find: usize,
    named: usize,
    falsely: usize,
    /// Runs with at least one false name.
    runs_with_false: usize,
}

impl Score {
    fn add(
        &mut self,
        named: impl Fn(usize) -> bool,
        is_true: impl Fn(usize) -> bool,
        may_be_named: impl Fn(usize) -> bool,
    ) {
        let mut falsely = 0;
        for school in 0..SCHOOLS {
            self.to_find += usize::from(is_true(school));
            self.found += usize::from(is_true(school) && named(school));
            self.named += usize::from(named(school));
            falsely += usize::from(named(school) && !may_be_named(school));
        }
        self.falsely += falsely;
        self.runs_with_false += usize::from(falsely > 0);
    }

    fn power(&self) -> f64 {
        self.found as f64 / self.to_find.max(1) as f64
    }

    fn false_share(&self) -> f64 {
        self.falsely as f64 / self.named.max(1) as f64
    }

    fn line(&self, name: &str, runs: usize) -> String {
        format!(
            "{name:<44} найдено {:>5.1} %  названо за раз {:>5.2}  из названных ложно {:>5.1} %  раз с ложным {:>5.1} \
             %",
            100.0 * self.power(),
            self.named as f64 / runs as f64,
            100.0 * self.false_share(),
            100.0 * self.runs_with_false as f64 / runs as f64
        )
    }
}

#[derive(Default)]
struct Scores {
    tested: Score,
    naive: Score,
    fixed: Score,
    bunching: Score,
    groups: Score,
    dif_found: usize,
    dif_falsely: usize,
    dif_tests: usize,
}

fn simulate(runs: usize) -> Scores {
    let mut scores = Scores::default();
    for seed in 0..runs {
        let (made, measures, findings) = judged(2026 + seed as u64, &PLANTED);
        let fired = |sign: &str, school: usize| findings.has_fired(sign, &id(school));
        let value =
            |school: usize, measure: &MeasureId| measures.comparison_of(Level::School, &id(school), measure).cloned();
        let gap = |school: usize, measure: &MeasureId| {
            value(school, measure).and_then(|row| Some((row.n, row.value?.minus(row.reference?).0)))
        };
        let weak = |school: usize| WEAK.contains(&school);
        // A school whose true level is below the middle by 0.2 logits, about 3 points, does not count as a false name.
        let truly_low = |school: usize| made.truth[school] < -0.2;
        scores.tested.add(|one| fired("S01a", one) || fired("S02", one), weak, truly_low);
        scores.naive.add(|one| gap(one, &MeasureId::Total).is_some_and(|(_, gap)| gap <= -10.0), weak, truly_low);
        let fixed = |one| {
            let total = gap(one, &MeasureId::Total).is_some_and(|(n, gap)| n >= 10 && gap <= -8.0);
            total || gap(one, &MeasureId::ShareOfTwo).is_some_and(|(n, gap)| n >= 10 && gap >= 8.0)
        };
        scores.fixed.add(fixed, weak, truly_low);
        let lifted = |school: usize| LIFTED.contains(&school);
        scores.bunching.add(|one| fired("S05", one), lifted, lifted);
        let several =
            |one: usize| findings.particulars.iter().any(|found| found.school == id(one) && found.fired() > 1);
        scores.groups.add(several, lifted, lifted);
        for row in measures.dif.iter().filter(|row| row.level == Level::Sex) {
            let named = matches!(row.class, Some('B' | 'C')) && row.q.is_some_and(|q| q <= 0.1);
            let harder = usize::from(row.task) == DIF_TASK;
            scores.dif_found += usize::from(named && harder);
            scores.dif_falsely += usize::from(named && !harder);
            scores.dif_tests += usize::from(!harder);
        }
        assert!(
            findings.findings.iter().filter(|one| one.status == Status::Probable && one.is_silent()).all(|one| [
                "S01b", "S03"
            ]
            .iter()
            .any(|sign| one.sign.id == *sign))
        );
    }
    scores
}

fn report(scores: &Scores, runs: usize) -> String {
    let mut text = format!(
        "Муниципалитетов {runs}, школ {SCHOOLS}: слабых {}, с поднятыми работами {}\n",
        WEAK.len(),
        LIFTED.len()
    );
    for (name, score) in [
        ("S01a или S02, модель школ", &scores.tested),
        ("«ниже среднего на 10 п.п.»", &scores.naive),
        ("те же пороги 8 п.п. и n ≥ 10 без проверки", &scores.fixed),
        ("S05, поднятые работы", &scores.bunching),
        ("две группы признаков", &scores.groups),
    ] {
        writeln!(text, "{}", score.line(name, runs)).unwrap();
    }
    writeln!(
        text,
        "задание с DIF найдено {:.1} %, другие задания названы {:.2} %",
        100.0 * scores.dif_found as f64 / runs as f64,
        100.0 * scores.dif_falsely as f64 / scores.dif_tests.max(1) as f64
    )
    .unwrap();
    text
}

#[test]
fn tested_signs_find_weak_schools_and_seldom_others() {
    let runs = 8;
    let scores = simulate(runs);
    let text = report(&scores, runs);
    assert!(scores.tested.power() > 0.6, "{text}");
    assert!(scores.tested.false_share() <= 0.15, "{text}");
    assert!(scores.tested.false_share() <= scores.naive.false_share(), "{text}");
}

#[test]
#[ignore = "200 municipalities take some minutes"]
fn two_hundred_municipalities() {
    let runs = 200;
    let scores = simulate(runs);
    println!("{}", report(&scores, runs));
    assert!(scores.tested.false_share() <= 0.10);
}
