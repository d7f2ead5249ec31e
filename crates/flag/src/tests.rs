//! What the tests of the signs share: a scene of one exam, and rows for it.

use super::{NOT_COMPUTED, SIGNS, Settings, flag};
use srez_model::assessment::{Difficulty, Exam, ExamKey, Procedure, Scale, Task};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, Status};
use srez_model::level::Level;
use srez_model::measures::{
    BoundaryRow, ComparisonRow, DynamicsRow, JournalRow, MarksRow, Measures, ScoreRow, SkillRow, TaskByMarkRow, TaskRow,
};
use srez_model::official_list::ListedMark;
use srez_model::row_patterns::{RowPatterns, SchoolPatterns};
use srez_model::tally::Group;
use srez_model::tally::TaskCounts;
use srez_model::threshold::Thresholds;
use srez_model::unit::{Percent, PercentagePoints};
use srez_wording::rule::in_force;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) const READING: &str = "читать графики";

fn thresholds() -> Thresholds {
    srez_config::thresholds::built_in().unwrap()
}

/// One exam and what the tests say of it; empty but for what a test puts in.
pub(super) struct Scene {
    thresholds: Thresholds,
    schools: Vec<String>,
    names: BTreeMap<String, String>,
    pub(super) types: BTreeMap<String, String>,
    pub(super) municipalities: BTreeMap<String, String>,
    pub(super) listed: Vec<ListedMark>,
    key: ExamKey,
    scale: Scale,
    task_count: u16,
    pub(super) patterns: RowPatterns,
    pub(super) scores: Vec<ScoreRow>,
    pub(super) tasks: Vec<TaskRow>,
    pub(super) tasks_by_mark: Vec<TaskByMarkRow>,
    pub(super) boundaries: Vec<BoundaryRow>,
    pub(super) dynamics: Vec<DynamicsRow>,
    marks: Vec<MarksRow>,
    journal: Vec<JournalRow>,
    pub(super) comparisons: Vec<ComparisonRow>,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            thresholds: thresholds(),
            schools: ["1", "2", "3", "4", "5", "6"].map(str::to_owned).to_vec(),
            names: BTreeMap::new(),
            types: BTreeMap::new(),
            municipalities: BTreeMap::new(),
            listed: Vec::new(),
            key: ExamKey::new(Procedure::Vpr, 2026, "math", 8),
            scale: Scale::Unknown,
            task_count: 0,
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
            types: &self.types,
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

    /// Several exams under the settings of the first.
    pub(super) fn flagged_of(scenes: &[Self]) -> Vec<Findings> {
        let all: Vec<Measures> = scenes.iter().map(Self::measures).collect();
        flag(&scenes[0].settings(), &all)
    }

    pub(super) fn measures(&self) -> Measures {
        let mut measures = measures(self.comparisons.clone(), self.boundaries.clone());
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
        measures.boundaries.sort_by(|left, right| (left.level, &left.group).cmp(&(right.level, &right.group)));
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
pub(super) fn change(measure: MeasureId, comparable: bool) -> DynamicsRow {
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

/// A school of two classes against 60 %; the gap is a little less than the plain difference.
pub(super) fn comparison(school: &str, measure: MeasureId, n: u64, value: f64, sure: f64) -> ComparisonRow {
    let gap = 0.9 * (value - 60.0);
    ComparisonRow {
        n,
        value: Some(Percent(value)),
        value_interval: None,
        reference: Some(Percent(60.0)),
        reference_group: "Долина".to_owned(),
        reference_kind: "others".to_owned(),
        n_reference: 400,
        gap: Some(PercentagePoints(gap)),
        low: Some(PercentagePoints(gap - 6.0)),
        high: Some(PercentagePoints(gap + 6.0)),
        sure: Some(sure),
        sure_school: Some(0.5),
        detectable: Some(PercentagePoints(11.5)),
        classes: Some(2),
        state: if sure < 0.9 { CheckState::NotFound } else { CheckState::Found },
        ..ComparisonRow::new(Level::School, school, measure)
    }
}

pub(super) fn bunching(school: &str) -> BoundaryRow {
    BoundaryRow {
        level: Level::School,
        group: school.to_owned(),
        cut: None,
        n: 40,
        n_below: 5,
        n_at: 20,
        expected: Some(12.0),
        excess: Some(0.32),
        excess_others: Some(0.04),
        p: Some(0.001),
        q: Some(0.01),
        state: Some(CheckState::Found),
        ..BoundaryRow::default()
    }
}

pub(super) fn measures(comparisons: Vec<ComparisonRow>, boundaries: Vec<BoundaryRow>) -> Measures {
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
        pct: None,
        reason: String::new(),
    };
    Measures { skills: vec![skill], comparisons, boundaries, ..Measures::empty(Arc::new(exam)) }
}

/// Schools «2», «1», «3», in this order of the register.
pub(super) fn found(measures: Measures) -> Findings {
    let (thresholds, names) = (thresholds(), BTreeMap::new());
    let schools = ["2", "1", "3"].map(str::to_owned);
    let focus = Group { level: Level::Municipality, name: "Долина".to_owned() };
    let municipalities = BTreeMap::new();
    let types = BTreeMap::new();
    let settings = Settings {
        types: &types,
        thresholds: &thresholds,
        focus,
        schools: &schools,
        names: &names,
        municipalities: &municipalities,
        listed: &[],
    };
    flag(&settings, &[measures]).remove(0)
}

/// What was found, without what was checked and not found.
pub(super) fn signs(findings: &Findings) -> Vec<(&str, &str)> {
    let told = findings.findings.iter().filter(|one| one.status != Status::Checked);
    told.map(|one| (one.sign.id.as_str(), one.group.as_str())).collect()
}

pub(super) fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
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
