//! Signs of a school against the others: which of S01 and S01a is printed, and who is worth studying.

use super::{Settings, flag};
use crate::model::assessment::{Confirmation, Exam, ExamKey, Procedure, Scale};
use crate::model::compared::{SKILL, TOTAL};
use crate::model::finding::Findings;
use crate::model::level::Level;
use crate::model::measures::{BoundaryRow, ComparisonRow, Measures, ReliabilityRow, SkillRow};
use crate::model::threshold::{SourceTag, Threshold, Thresholds};
use crate::model::unit::Percent;
use std::collections::BTreeMap;
use std::sync::Arc;

const READING: &str = "читать графики";

fn thresholds() -> Thresholds {
    let values = [
        ("tests.q", 10.0),
        ("F03.rise", 10.0),
        ("F04.gap", 2.0),
        ("F07.tasks", 2.0),
        ("F07.share", 50.0),
        ("S01.difference", -8.0),
        ("S01.participants", 10.0),
        ("S01a.difference", -8.0),
        ("S02.difference", 8.0),
        ("S02.participants", 10.0),
        ("S03.difference", 8.0),
        ("S03.participants", 20.0),
        ("S03.groups", 2.0),
    ];
    let entry = |(id, value): (&str, f64)| {
        let threshold = Threshold {
            id: id.to_owned(),
            title: String::new(),
            value,
            unit: String::new(),
            tag: SourceTag::Own,
            document: String::new(),
            page: String::new(),
            reason: String::new(),
        };
        (id.to_owned(), threshold)
    };
    Thresholds { entries: values.into_iter().map(entry).collect() }
}

fn comparison(school: &str, measure: &str, n: u64, value: f64, q: f64) -> ComparisonRow {
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
        funnel: if q < 0.01 { "alarm" } else { "alert" }.to_owned(),
        shrunk: None,
        min_detectable: None,
        k_reference: 0,
        max: 1,
        deviation: None,
        rank: None,
        mdd_up: None,
        mdd_down: None,
        reason: String::new(),
    }
}

fn bunching(school: &str) -> BoundaryRow {
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
        key: ExamKey { procedure: Procedure::Vpr, year: 2026, subject: "math".to_owned(), grade: 8 },
        subject_title: "Математика".to_owned(),
        max_primary: Some(20),
        tasks: Vec::new(),
        scale: Scale::Unknown,
        conditions: Vec::new(),
        scale_confirmed: Confirmation::None,
        scale_note: String::new(),
        tasks_confirmed: Confirmation::None,
        tasks_note: String::new(),
        specified: true,
        draft: false,
        disputed_cells: Vec::new(),
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
        reportable,
        reason: String::new(),
    };
    Measures {
        exam: Arc::new(exam),
        marks: Vec::new(),
        bands: Vec::new(),
        journal: Vec::new(),
        scores: Vec::new(),
        tasks: Vec::new(),
        tasks_by_mark: Vec::new(),
        points: Vec::new(),
        skills: vec![skill],
        items: Vec::new(),
        curves: Vec::new(),
        reliability: ReliabilityRow::default(),
        dif: Vec::new(),
        funnels: Vec::new(),
        comparisons,
        boundaries,
        dynamics: Vec::new(),
        references: Vec::new(),
    }
}

/// Schools «2», «1», «3», in this order of the register.
fn found(measures: Measures) -> Findings {
    let (thresholds, names) = (thresholds(), BTreeMap::new());
    let schools = ["2", "1", "3"].map(str::to_owned);
    let focus = (Level::Municipality, "Долина".to_owned());
    let settings = Settings { thresholds: &thresholds, focus, schools: &schools, names: &names };
    flag(&settings, &[measures]).remove(0)
}

fn signs(findings: &Findings) -> Vec<(&str, &str)> {
    findings.findings.iter().map(|one| (one.sign.as_str(), one.group.as_str())).collect()
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
    assert_eq!(signs(&findings), [("S01a", "1"), ("S01", "2")]);
    let nbsp = |text: &str| text.replace('\u{a0}', " ");
    assert_eq!(
        nbsp(&findings.findings[0].text),
        "1: результат ниже по работе в целом: 50 % от максимума (n = 40), в остальных школах муниципалитета — 60,0 %. \
         Отличие выявлено."
    );
    assert_eq!(
        nbsp(&findings.findings[1].text),
        "2. Читать графики: выполнение 48 % (33–63 %; n = 40), в остальных школах муниципалитета — 60,0 %. Отличие \
         выражено."
    );
    assert_eq!((findings.checked, findings.fired), (5, 2));
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
    assert!(findings.findings[0].text.contains("Работа в целом"), "{}", findings.findings[0].text);
    let nothing = found(measures(false, Vec::new(), Vec::new()));
    assert!(nothing.lists[0].entries.is_empty() && nothing.lists[0].reason.starts_with("данных недостаточно"));
}
