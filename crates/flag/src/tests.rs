//! Signs of a school against the others: which of S01 and S01a is printed, and who is worth studying.

use super::{NOT_COMPUTED, SIGNS, Settings, flag};
use srez_model::assessment::{Difficulty, Exam, ExamKey, Procedure, Scale, Task};
use srez_model::check::CheckState;
use srez_model::compared::{SHARE_OF_TWO, SKILL, TOTAL};
use srez_model::finding::{Findings, GroupState};
use srez_model::funnel::FunnelWord;
use srez_model::level::Level;
use srez_model::measures::{
    BoundaryRow, ComparisonRow, DynamicsRow, JournalRow, MarksRow, Measures, ScoreRow, SkillRow, TaskByMarkRow, TaskRow,
};
use srez_model::official_list::ListedMark;
use srez_model::row_patterns::{RowPatterns, SchoolPatterns};
use srez_model::sign::SignId;
use srez_model::tally::Group;
use srez_model::tally::TaskCounts;
use srez_model::threshold::Thresholds;
use srez_model::unit::Percent;
use srez_wording::rule::in_force;
use std::collections::BTreeMap;
use std::sync::Arc;

const READING: &str = "читать графики";

fn thresholds() -> Thresholds {
    srez_config::thresholds::built_in().unwrap()
}

/// One exam and what the tests say of it; empty but for what a test puts in.
pub(super) struct Scene {
    thresholds: Thresholds,
    schools: Vec<String>,
    names: BTreeMap<String, String>,
    pub(super) municipalities: BTreeMap<String, String>,
    pub(super) listed: Vec<ListedMark>,
    key: ExamKey,
    scale: Scale,
    task_count: u16,
    pub(super) reportable: bool,
    pub(super) patterns: RowPatterns,
    pub(super) scores: Vec<ScoreRow>,
    pub(super) tasks: Vec<TaskRow>,
    pub(super) tasks_by_mark: Vec<TaskByMarkRow>,
    pub(super) boundaries: Vec<BoundaryRow>,
    pub(super) dynamics: Vec<DynamicsRow>,
    marks: Vec<MarksRow>,
    journal: Vec<JournalRow>,
    comparisons: Vec<ComparisonRow>,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            thresholds: thresholds(),
            schools: ["1", "2", "3", "4", "5", "6"].map(str::to_owned).to_vec(),
            names: BTreeMap::new(),
            municipalities: BTreeMap::new(),
            listed: Vec::new(),
            key: ExamKey::new(Procedure::Vpr, 2026, "math", 8),
            scale: Scale::Unknown,
            task_count: 0,
            reportable: false,
            patterns: RowPatterns::default(),
            scores: Vec::new(),
            tasks: Vec::new(),
            tasks_by_mark: Vec::new(),
            boundaries: Vec::new(),
            dynamics: Vec::new(),
            marks: Vec::new(),
            journal: Vec::new(),
            comparisons: Vec::new(),
        }
    }
}

pub(super) const FOCUS: (Level, &str) = (Level::Municipality, "Долина");

impl Scene {
    /// Tasks of one point and basic level, all of one skill.
    pub(super) fn with_tasks(count: u16) -> Self {
        Self { task_count: count, ..Self::default() }
    }

    /// Schools «1» to «count».
    pub(super) fn with_schools(count: u32) -> Self {
        Self { schools: (1..=count).map(|id| id.to_string()).collect(), ..Self::default() }
    }

    /// Two tasks, both insufficient.
    pub(super) fn with_deficit() -> Self {
        let mut scene = Self::with_tasks(2);
        scene.tasks = (0..2)
            .map(|task| TaskRow {
                level: FOCUS.0,
                group: FOCUS.1.to_owned(),
                task,
                counts: TaskCounts { n: 100, ..TaskCounts::default() },
                pct: Some(Percent(40.0)),
                interval: None,
                pct_attempted: None,
            })
            .collect();
        scene
    }

    pub(super) fn ege() -> Self {
        let key = ExamKey::new(Procedure::Ege, 2026, "math-profile", 11);
        let scale = Scale::Test { table: vec![0, 50, 100], min_test: 27, min_certificate: None };
        Self { key, scale, ..Self::default() }
    }

    pub(super) fn exam(&mut self, subject: &str, grade: u8) {
        self.key = ExamKey::new(Procedure::Vpr, 2026, subject, grade);
    }

    pub(super) fn procedure(&mut self, procedure: Procedure) {
        self.key.procedure = procedure;
    }

    pub(super) fn measures_tasks(&mut self, count: u16) {
        self.task_count = count;
    }

    pub(super) fn set(&mut self, id: &str, value: f64) {
        self.thresholds.entries.get_mut(id).unwrap().value = value;
    }

    /// Participants of the focus, all without a mark.
    pub(super) fn participants(&mut self, n: u64) {
        self.marks = vec![MarksRow { n, n_without_mark: n, ..marks_row(FOCUS, [0; 4]) }];
    }

    /// Marks of the focus.
    pub(super) fn marks(&mut self, by_mark: [u64; 4]) {
        self.marks = vec![marks_row(FOCUS, by_mark)];
    }

    pub(super) fn school_marks(&mut self, school: &str, by_mark: [u64; 4]) {
        self.marks.push(marks_row((Level::School, school), by_mark));
    }

    pub(super) fn without_mark(&mut self, school: &str, n: u64) {
        let row = self.marks.iter_mut().find(|row| row.group == school).unwrap();
        (row.n, row.n_without_mark) = (row.n + n, n);
    }

    pub(super) fn journal(&mut self, lowered: u64, n: u64) {
        let (level, group) = (FOCUS.0, FOCUS.1.to_owned());
        self.journal = vec![JournalRow {
            level,
            group,
            n,
            lowered,
            confirmed: n - lowered,
            raised: 0,
            gap2: 0,
            lowered_share: None,
        }];
    }

    pub(super) fn settings(&self) -> Settings<'_> {
        let focus = Group { level: FOCUS.0, name: FOCUS.1.to_owned() };
        Settings {
            thresholds: &self.thresholds,
            focus,
            schools: &self.schools,
            names: &self.names,
            municipalities: &self.municipalities,
            listed: &self.listed,
        }
    }

    pub(super) fn flagged(&self) -> Findings {
        flag(&self.settings(), &[self.measures()]).remove(0)
    }

    pub(super) fn flagged_together(scenes: &[Self], thresholds: &[(&str, f64)]) -> Vec<Findings> {
        let all: Vec<Measures> = scenes.iter().map(Self::measures).collect();
        let mut first = Self::default();
        thresholds.iter().for_each(|(id, value)| first.set(id, *value));
        flag(&first.settings(), &all)
    }

    fn measures(&self) -> Measures {
        let mut measures = measures(self.reportable, self.comparisons.clone(), self.boundaries.clone());
        let exam = Arc::get_mut(&mut measures.exam).unwrap();
        exam.key = self.key.clone();
        exam.scale = self.scale.clone();
        exam.tasks = (1..=self.task_count).map(task).collect();
        if self.task_count > 0 {
            measures.skills.push(SkillRow {
                level: FOCUS.0,
                group: FOCUS.1.to_owned(),
                title: READING.to_owned(),
                ..measures.skills[0].clone()
            });
        }
        measures.marks.clone_from(&self.marks);
        measures.marks.sort_by(|left, right| (left.level, &left.group).cmp(&(right.level, &right.group)));
        measures.journal.clone_from(&self.journal);
        measures.scores.clone_from(&self.scores);
        measures.tasks.clone_from(&self.tasks);
        measures.tasks_by_mark.clone_from(&self.tasks_by_mark);
        measures.dynamics.clone_from(&self.dynamics);
        measures.patterns = self.patterns.clone();
        measures
    }
}

fn task(position: u16) -> Task {
    Task {
        id: position.to_string(),
        position,
        max: Some(1),
        difficulty: Some(Difficulty::Basic),
        skill: READING.to_owned(),
        ..Task::default()
    }
}

fn marks_row((level, group): (Level, &str), by_mark: [u64; 4]) -> MarksRow {
    MarksRow {
        level,
        group: group.to_owned(),
        n: by_mark.iter().sum(),
        n_absent: None,
        by_mark,
        n_without_mark: 0,
        mean_mark: None,
        pass: None,
        quality: None,
        sou: None,
        mean_score: None,
        sd_score: None,
        reason: String::new(),
    }
}

/// Rows of a school, changed as a test wants.
pub(super) fn school(id: &str, change: impl FnOnce(&mut SchoolPatterns)) -> SchoolPatterns {
    let mut one = SchoolPatterns { school: id.to_owned(), ..SchoolPatterns::default() };
    change(&mut one);
    one
}

/// A change of the focus by twelve, or one that cannot be compared.
pub(super) fn change(measure: &str, comparable: bool) -> DynamicsRow {
    DynamicsRow {
        level: FOCUS.0,
        group: FOCUS.1.to_owned(),
        now: Some(32.0),
        before: Some(20.0),
        n: (100, 100),
        difference: comparable.then_some(12.0),
        comparable,
        reason: "несопоставимо: изменилась шкала".to_owned(),
        ..DynamicsRow::new(measure, "vpr-2025-math-8".parse().unwrap())
    }
}

pub(super) fn comparison(school: &str, measure: &str, n: u64, value: f64, q: f64) -> ComparisonRow {
    ComparisonRow {
        level: Level::School,
        group: school.to_owned(),
        measure: measure.to_owned(),
        n,
        k: 0,
        value: Some(Percent(value)),
        reference: Some(Percent(60.0)),
        reference_group: "Долина".to_owned(),
        reference_kind: "others".to_owned(),
        n_reference: 400,
        method: "convolution".to_owned(),
        p: Some(q / 4.0),
        family: "S01-vpr-2026".to_owned(),
        q: Some(q),
        q_min_attainable: Some(0.0),
        funnel: Some(if q < 0.01 { FunnelWord::Alarm } else { FunnelWord::Alert }),
        shrunk: None,
        min_detectable: None,
        k_reference: 0,
        max: 1,
        deviation: None,
        rank: None,
        mdd_up: None,
        mdd_down: None,
        gap: None,
        low: None,
        high: None,
        sure: None,
        sure_school: None,
        detectable: None,
        state: CheckState::default(),
        reason: String::new(),
    }
}

pub(super) fn bunching(school: &str) -> BoundaryRow {
    BoundaryRow {
        level: Level::School,
        group: school.to_owned(),
        cut: None,
        n_below: 1,
        n_at: 20,
        n_reference: 100,
        expected_share: Some(0.5),
        shift_adjusted: true,
        p: Some(0.001),
        q: Some(0.01),
        status: "ok".to_owned(),
        reason: String::new(),
    }
}

fn measures(reportable: bool, comparisons: Vec<ComparisonRow>, boundaries: Vec<BoundaryRow>) -> Measures {
    let exam = Exam {
        subject_title: "Математика".to_owned(),
        max_primary: Some(20),
        specified: true,
        ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "math", 8))
    };
    let skill = SkillRow {
        level: Level::All,
        group: String::new(),
        skill: 0,
        title: READING.to_owned(),
        tasks: 2,
        n: 500,
        sum: 1_200,
        max_sum: 2_000,
        sd: None,
        reductions: None,
        pct: None,
        reportable,
        reason: String::new(),
    };
    Measures { skills: vec![skill], comparisons, boundaries, ..Measures::empty(Arc::new(exam)) }
}

/// Schools «2», «1», «3», in this order of the register.
fn found(measures: Measures) -> Findings {
    let (thresholds, names) = (thresholds(), BTreeMap::new());
    let schools = ["2", "1", "3"].map(str::to_owned);
    let focus = Group { level: Level::Municipality, name: "Долина".to_owned() };
    let municipalities = BTreeMap::new();
    let settings = Settings {
        thresholds: &thresholds,
        focus,
        schools: &schools,
        names: &names,
        municipalities: &municipalities,
        listed: &[],
    };
    flag(&settings, &[measures]).remove(0)
}

fn signs(findings: &Findings) -> Vec<(&str, &str)> {
    findings.findings.iter().map(|one| (one.sign.id.as_str(), one.group.as_str())).collect()
}

#[test]
fn a_school_below_in_the_whole_work_is_not_listed_skill_by_skill() {
    let reading = format!("{SKILL}{READING}");
    let rows = vec![
        comparison("1", &reading, 40, 48.0, 0.004),
        comparison("1", TOTAL, 40, 50.0, 0.04),
        comparison("2", &reading, 40, 48.0, 0.004),
        comparison("2", TOTAL, 40, 53.0, 0.04),
        comparison("3", &reading, 40, 48.0, 0.11),
    ];
    let findings = found(measures(true, rows, Vec::new()));
    assert_eq!(signs(&findings), [("S01a", "1"), ("S01", "1"), ("S01", "2")]);
    let nbsp = |text: &str| text.replace('\u{a0}', " ");
    assert_eq!(
        nbsp(&findings.findings[0].text()),
        "1: за работу в целом набрано 50 % от максимума (n = 40); в остальных школах муниципалитета — 60,0 % (n = \
         400). Результат ниже, отличие выявлено."
    );
    // The skill of a school that is low in everything is a part of that.
    assert_eq!(findings.findings[1].part_of, findings.findings[0].id);
    assert_eq!(
        nbsp(&findings.findings[2].text()),
        "2. Читать графики: выполнение 48 % (33–63 %; n = 40), в остальных школах муниципалитета — 60,0 % (n = 400). \
         Отличие выражено."
    );
    assert_eq!((findings.checked, findings.fired), (5, 3));
}

#[test]
fn more_twos_and_a_low_total_are_one_finding() {
    let rows = vec![comparison("1", SHARE_OF_TWO, 40, 75.0, 0.004), comparison("1", TOTAL, 40, 40.0, 0.004)];
    let findings = found(measures(true, rows, Vec::new()));
    assert_eq!(signs(&findings), [("S02", "1"), ("S01a", "1")]);
    assert_eq!(findings.findings[1].part_of, findings.findings[0].id);
    assert!(findings.findings[0].text().ends_with("Результат ниже и по работе в целом."));
}

#[test]
fn more_pupils_come_first() {
    let rows = vec![comparison("1", TOTAL, 12, 30.0, 0.01), comparison("2", TOTAL, 80, 48.0, 0.01)];
    let findings = found(measures(true, rows, Vec::new()));
    assert_eq!(signs(&findings), [("S01a", "2"), ("S01a", "1")]);
}

#[test]
fn groups_of_signs_are_counted_once_each_and_an_even_distribution_never_alone() {
    let mut scene = Scene { boundaries: vec![bunching("1")], ..Scene::default() };
    for id in ["1", "2", "3"] {
        scene.school_marks(id, [5, 20, 10, 5]);
        let reversed = if id == "1" { 6 } else { 0 };
        scene.patterns.schools.push(school(id, |one| (one.compared, one.reversed) = (Some(40), reversed)));
    }
    let findings = scene.flagged();
    let first = &findings.particulars[0];
    assert_eq!((first.fired(), first.signs.as_slice()), (2, [SignId("S05"), SignId("S09")].as_slice()));
    assert_eq!(first.groups[1], GroupState::NotComputed);
    assert_eq!(findings.particulars[1].groups[2], GroupState::Quiet);
    // One of three schools in each of two groups: 3 · 1/9.
    assert!((findings.by_chance - 1.0 / 3.0).abs() < 1e-12);
}

#[test]
fn schools_worth_studying_stand_in_the_order_of_the_register() {
    let reading = format!("{SKILL}{READING}");
    let rows = || {
        vec![
            comparison("1", &reading, 40, 75.0, 0.004),
            comparison("1", TOTAL, 40, 90.0, 0.004),
            comparison("2", &reading, 20, 70.0, 0.10),
            comparison("3", &reading, 19, 90.0, 0.004),
        ]
    };
    let findings = found(measures(true, rows(), vec![bunching("1")]));
    // One group of signs does not exclude.
    assert_eq!(signs(&findings), [("S05", "1"), ("S03", "2"), ("S03", "1")]);
    let list = findings.lists.iter().find(|list| list.sign == "S03").unwrap();
    assert_eq!(list.schools, ["2", "1"]);
    let entries: Vec<(&str, u64, f64)> =
        list.entries.iter().map(|entry| (entry.school.as_str(), entry.n, entry.value.0)).collect();
    assert_eq!(entries, [("2", 20, 70.0), ("1", 40, 75.0)]);
    // No skill may be judged by school: the whole work stands in.
    let findings = found(measures(false, rows(), Vec::new()));
    assert_eq!(signs(&findings), [("S03", "1")]);
    assert!(findings.findings[0].text().contains("Работа в целом"), "{}", findings.findings[0].text());
    let nothing = found(measures(false, Vec::new(), Vec::new()));
    assert!(nothing.lists[0].entries.is_empty() && nothing.lists[0].reason.starts_with("школы не сравнивались"));
}

#[test]
fn every_threshold_of_a_sign_stands_in_its_rule_and_an_override_changes_it() {
    let built_in = srez_config::thresholds::built_in().unwrap();
    for sign in SIGNS.iter().chain(NOT_COMPUTED) {
        let rule = in_force(sign, &built_in);
        assert!(!rule.contains(['{', '}']), "{}: {rule}", sign.id);
        for id in sign.thresholds {
            let mut changed = built_in.clone();
            let entry = changed.entries.get_mut(*id).unwrap();
            entry.value = if id.ends_with(".enabled") { 1.0 - entry.value } else { entry.value + 37.0 };
            assert_ne!(in_force(sign, &changed), rule, "{} does not say {id}", sign.id);
        }
        for slot in sign.rule.split('{').skip(1) {
            let ids = slot.split_once('}').unwrap().0.split(['+', '-']);
            ids.for_each(|id| assert!(sign.thresholds.contains(&id), "{}: {id} is no threshold of it", sign.id));
        }
    }
}
