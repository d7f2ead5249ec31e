//! Signs of a school against the others: which of S01 and S01a is printed, and who is worth studying.

use super::{NOT_COMPUTED, SIGNS, Settings, flag};
use srez_model::assessment::{Difficulty, Exam, ExamKey, Procedure, Scale, Task};
use srez_model::check::CheckState;
use srez_model::compared::{SHARE_OF_TWO, SKILL, SKILL_OWN, TOTAL};
use srez_model::finding::{Findings, GroupState, Status};
use srez_model::level::Level;
use srez_model::measures::{
    BoundaryRow, ComparisonRow, DynamicsRow, JournalRow, MarksRow, Measures, ScoreRow, SkillRow, TaskByMarkRow, TaskRow,
};
use srez_model::official_list::ListedMark;
use srez_model::row_patterns::{HalfSums, PatternSums, RowPatterns, SchoolPatterns};
use srez_model::sign::SignId;
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

/// A school of two classes against 60 %; the gap is a little less than the plain difference.
pub(super) fn comparison(school: &str, measure: &str, n: u64, value: f64, sure: f64) -> ComparisonRow {
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

fn measures(comparisons: Vec<ComparisonRow>, boundaries: Vec<BoundaryRow>) -> Measures {
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
fn found(measures: Measures) -> Findings {
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
fn signs(findings: &Findings) -> Vec<(&str, &str)> {
    let told = findings.findings.iter().filter(|one| one.status != Status::Checked);
    told.map(|one| (one.sign.id.as_str(), one.group.as_str())).collect()
}

pub(super) fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn a_school_below_in_the_whole_work_is_not_listed_skill_by_skill() {
    let reading = format!("{SKILL}{READING}");
    let rows = vec![
        comparison("1", &reading, 40, 48.0, 0.99),
        comparison("1", TOTAL, 40, 50.0, 0.95),
        comparison("2", &reading, 40, 48.0, 0.99),
        comparison("2", TOTAL, 40, 53.0, 0.85),
        comparison("3", &reading, 40, 48.0, 0.89),
    ];
    let findings = found(measures(rows, Vec::new()));
    assert_eq!(signs(&findings), [("S01a", "1"), ("S01", "1"), ("S01", "2")]);
    assert_eq!(
        plain(&findings.findings[0].text()),
        "1: за работу в целом набрано 50 % от максимума (n = 40); в остальных школах муниципалитета — 60,0 % (n = \
         400). Результат этого года ниже: с учётом случайности разность около −9 п.п. (95 %: от −15 до −3 п.п.). По \
         классам этого года о школе в целом судить нельзя."
    );
    // The skill of a school that is low in everything is a part of that.
    assert_eq!(findings.findings[1].part_of, findings.findings[0].id);
    assert_eq!(
        plain(&findings.findings[2].text()),
        "2. Читать графики: выполнение этого года 48 % (n = 40), в остальных школах муниципалитета — 60,0 % (n = \
         400); с учётом случайности разность около −11 п.п. (95 %: от −17 до −5 п.п.). По классам этого года о школе в \
         целом судить нельзя."
    );
    assert_eq!((findings.checked, findings.fired), (10, 3));
    // Value and threshold are of one thing.
    let one = &findings.findings[0];
    assert_eq!(
        (one.value, one.threshold, one.unit.as_str(), one.sure, one.q),
        (Some(-9.0), Some(-4.0), "п.п.", Some(0.95), None)
    );
}

#[test]
fn a_result_is_said_of_the_school_as_a_whole_only_where_it_is() {
    let said = |sure_school: f64, classes: Option<u64>| {
        let row = ComparisonRow { sure_school: Some(sure_school), classes, ..comparison("1", TOTAL, 40, 40.0, 0.99) };
        let text = found(measures(vec![row], Vec::new())).findings[0].text();
        text.rsplit_once("). ").unwrap().1.to_owned()
    };
    assert_eq!(said(0.90, Some(2)), "Это относится к школе в целом, а не к одному классу.");
    assert_eq!(said(0.89, Some(2)), "По классам этого года о школе в целом судить нельзя.");
    assert_eq!(said(0.89, Some(1)), "В параллели один класс: отличить школу от класса нельзя.");
    assert_eq!(said(0.89, None), "Классы в данных не названы: о школе в целом судить нельзя.");
}

#[test]
fn what_was_not_found_is_told_with_what_could_not_be_seen() {
    let with = |school: &str, state: CheckState, reason: &str| ComparisonRow {
        state,
        reason: reason.to_owned(),
        ..comparison(school, TOTAL, 40, 55.0, 0.3)
    };
    let rows = vec![
        with("1", CheckState::NotFound, ""),
        with("2", CheckState::Indistinct, ""),
        with("3", CheckState::NotTested, "не проверялось: участников меньше 10"),
    ];
    let findings = found(measures(rows.clone(), Vec::new()));
    let grey: Vec<_> = findings.findings.iter().filter(|one| one.sign.id == "S01a").collect();
    assert_eq!(grey.len(), 1);
    assert_eq!(
        (grey[0].status, plain(&grey[0].text()).as_str()),
        (
            Status::Checked,
            "Результат этого года по работе в целом ниже, чем в остальных школах. Проверено школ: 2; найдено: 0; у 1 \
             школы отличие меньше 11,5 п.п. по этим данным не различить; не проверялось — 1 (участников меньше 10)."
        )
    );
    let family = findings.families.iter().find(|family| family.sign == "S01a").unwrap();
    assert_eq!((family.checked, family.fired, family.indistinct, family.untested), (2, 0, 1, 1));
    // Nothing was checked: nothing is said.
    assert!(found(measures(rows[2..].to_vec(), Vec::new())).findings.is_empty());
    // A school that is surely above is not below.
    let above = found(measures(vec![comparison("1", TOTAL, 40, 90.0, 0.99)], Vec::new()));
    assert!(plain(&above.findings[0].text()).ends_with("Проверено школ: 1; не выявлено."));
}

#[test]
fn a_skill_below_the_own_level_is_a_part_of_the_skill_below_others() {
    let own = format!("{SKILL_OWN}{READING}");
    let rows = vec![
        comparison("1", &format!("{SKILL}{READING}"), 40, 40.0, 0.99),
        ComparisonRow {
            value: Some(Percent(-12.5)),
            reference: Some(Percent(0.4)),
            gap: Some(PercentagePoints(-10.0)),
            ..comparison("1", &own, 40, 47.0, 0.95)
        },
    ];
    let findings = found(measures(rows, Vec::new()));
    let of = |sign: &str| findings.findings.iter().find(|one| one.sign.id == *sign && one.status == Status::Probable);
    let (skill, weak) = (of("S01").unwrap(), of("S01b").unwrap());
    assert_eq!(weak.part_of, skill.id);
    assert_eq!(
        plain(&weak.text()),
        "1. Читать графики: в этом году слабее собственного уровня школы. Выполнение этого умения минус выполнение \
         остальных заданий: −13 п.п. (n = 40), в остальных школах муниципалитета — 0 п.п. (n = 400); с учётом \
         случайности разность около −10 п.п. (95 %: от −18 до −6 п.п.). По классам этого года о школе в целом \
         судить нельзя."
    );
}

#[test]
fn more_twos_and_a_low_total_are_one_finding() {
    let rows = vec![comparison("1", SHARE_OF_TWO, 40, 75.0, 0.99), comparison("1", TOTAL, 40, 40.0, 0.99)];
    let findings = found(measures(rows, Vec::new()));
    assert_eq!(signs(&findings), [("S02", "1"), ("S01a", "1")]);
    assert_eq!(findings.findings[1].part_of, findings.findings[0].id);
    assert!(findings.findings[0].text().ends_with("Результат ниже и по работе в целом."));
}

#[test]
fn more_pupils_come_first() {
    let rows = vec![comparison("1", TOTAL, 12, 30.0, 0.99), comparison("2", TOTAL, 80, 48.0, 0.99)];
    let findings = found(measures(rows, Vec::new()));
    assert_eq!(signs(&findings), [("S01a", "2"), ("S01a", "1")]);
}

#[test]
fn groups_of_signs_are_counted_once_each_and_an_even_distribution_never_alone() {
    let mut scene = Scene { boundaries: vec![bunching("1")], ..Scene::with_schools(9) };
    scene.patterns.half_maxima = (5, 5);
    for place in 1..=9_i64 {
        let id = place.to_string();
        scene.school_marks(&id, [5, 20, 10, 5]);
        // School «1» has its hard tasks done and its easy ones not.
        let around = if place == 1 { 9 } else { place % 3 };
        let mut sums = PatternSums::default();
        (0..40).zip([-2, 2].into_iter().cycle()).for_each(|(_, off)| sums.add(around + off));
        let halves = vec![HalfSums { class: String::new(), total: 5, sums }];
        scene.patterns.schools.push(school(&id, |one| one.halves = halves));
    }
    let findings = scene.flagged();
    let first = &findings.particulars[0];
    assert_eq!((first.fired(), first.signs.as_slice()), (2, [SignId("S05"), SignId("S09")].as_slice()));
    assert_eq!(first.groups[1], GroupState::NotComputed);
    // Beside a school so far off little can be told of the others.
    assert_eq!(findings.particulars[1].groups[2], GroupState::Indistinct);
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
