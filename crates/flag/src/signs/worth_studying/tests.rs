use crate::tests::{FOCUS, READING, Scene, bunching, comparison, plain};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, SchoolList};
use srez_model::measures::{BoundaryRow, ComparisonRow};
use srez_model::unit::PercentagePoints;

/// A school among those of its type: the probability that it lies above as a whole.
fn of_type(school: &str, measure: &MeasureId, value: f64, above: f64) -> ComparisonRow {
    ComparisonRow {
        reference_kind: "same type".to_owned(),
        reference_group: "СОШ".to_owned(),
        n_reference: 200,
        above_school: Some(above),
        ..comparison(school, measure.against_same_type(), 40, value, 0.99)
    }
}

fn flagged(rows: Vec<ComparisonRow>, change: impl FnOnce(&mut Scene)) -> Findings {
    let mut scene = Scene::default();
    scene.comparisons = rows;
    (1..=6).for_each(|school: u8| scene.school_marks(&school.to_string(), [5, 20, 10, 5]));
    scene.comparisons.sort_by(|left, right| (&left.group, &left.measure).cmp(&(&right.group, &right.measure)));
    change(&mut scene);
    scene.flagged()
}

fn list(findings: &Findings) -> &SchoolList {
    findings.worth_studying.as_ref().unwrap()
}

fn texts(findings: &Findings) -> Vec<String> {
    findings.findings.iter().filter(|one| one.sign.id == "S03").map(|one| plain(&one.text())).collect()
}

/// How many checks were made, found something, could not tell, and were not made.
fn counts(findings: &Findings) -> [usize; 4] {
    let family = findings.families.iter().find(|family| family.sign == "S03").unwrap();
    [family.checked, family.fired, family.indistinct, family.untested]
}

#[test]
fn a_school_is_judged_as_a_whole_among_its_type_and_in_this_year_where_the_type_has_few() {
    let rows = vec![
        comparison("1", MeasureId::Total, 40, 75.0, 0.99),
        of_type("1", &MeasureId::Total, 75.0, 0.80),
        // Sure against all, but neither sure nor surely not as a whole among its type.
        comparison("2", MeasureId::Total, 40, 75.0, 0.99),
        of_type("2", &MeasureId::Total, 66.0, 0.60),
        comparison("3", MeasureId::Total, 40, 75.0, 0.99),
        of_type("3", &MeasureId::Total, 60.0, 0.10),
        // No four schools of its type.
        comparison("4", MeasureId::Total, 40, 75.0, 0.95),
        comparison("5", MeasureId::Total, 40, 75.0, 0.95),
        comparison("6", MeasureId::Total, 19, 75.0, 0.99),
    ];
    let findings = flagged(rows, |scene| {
        scene.types = [("4", "ООШ"), ("5", "Лицей")].map(|(id, kind)| (id.to_owned(), kind.to_owned())).into();
    });
    assert_eq!(list(&findings).schools, ["1", "4"]);
    assert_eq!(counts(&findings), [4, 2, 1, 2]);
    assert_eq!(
        texts(&findings),
        [
            "1. Работа в целом: 75 % (n = 40) при 60,0 % (n = 200) в остальных школах того же типа (СОШ). Это \
             относится к школе в целом, а не к одному классу. Опыт стоит изучить.",
            "4. Работа в целом, в этом году: 75 % (n = 40) при 60,0 % (n = 400) в остальных школах муниципалитета. \
             Опыт этого года стоит изучить.",
        ]
    );
    let said: Vec<(&str, bool)> =
        list(&findings).entries.iter().map(|entry| (entry.kind.as_str(), entry.is_lasting)).collect();
    assert_eq!(said, [("СОШ", true), ("", false)]);
}

#[test]
fn a_school_that_was_not_above_the_year_before_is_not_named() {
    let of = |above: Option<f64>| {
        let row = ComparisonRow { above_before: above, ..of_type("1", &MeasureId::Total, 75.0, 0.95) };
        flagged(vec![comparison("1", MeasureId::Total, 40, 75.0, 0.99), row], |_| {})
    };
    assert_eq!(list(&of(None)).schools, ["1"]);
    assert_eq!(list(&of(Some(0.80))).schools, ["1"]);
    let fell = of(Some(0.79));
    assert_eq!(list(&fell).reason, "проверено школ: 1; не выявлено");
    assert!(texts(&fell).is_empty());
}

#[test]
fn a_result_that_must_be_looked_into_is_no_example() {
    let rows = || vec![comparison("1", MeasureId::Total, 40, 75.0, 0.99), of_type("1", &MeasureId::Total, 75.0, 0.95)];
    let marked = flagged(rows(), |scene| scene.boundaries = vec![bunching("1")]);
    assert_eq!(list(&marked).reason, "не проверялось\u{a0}— 1 (сначала нужно проверить сам результат школы)");
    // All schools bunch together: a school is an example only where its own excess is small.
    let own = |excess: f64| BoundaryRow { excess: Some(excess), state: Some(CheckState::NotFound), ..bunching("1") };
    let city = || BoundaryRow { level: FOCUS.0, group: FOCUS.1.to_owned(), ..bunching("1") };
    for (excess, named) in [(0.10, 1), (0.11, 0)] {
        let findings = flagged(rows(), |scene| scene.boundaries = vec![city(), own(excess)]);
        assert_eq!(list(&findings).schools.len(), named, "{excess}");
    }
    let alone = flagged(rows(), |scene| scene.boundaries = vec![own(0.5)]);
    assert_eq!(list(&alone).schools, ["1"]);
}

#[test]
fn at_most_three_schools_of_a_skill_are_named_those_of_their_type_first_in_the_order_of_the_register() {
    let reading = MeasureId::skill(READING);
    let mut rows = vec![of_type("6", &reading, 70.0, 0.76), comparison("6", reading.clone(), 40, 70.0, 0.95)];
    for (school, sure) in [("1", 0.91), ("2", 0.99), ("3", 0.97), ("4", 0.92)] {
        rows.push(comparison(school, reading.clone(), 20, 75.0, sure));
    }
    let findings = flagged(rows, |_| {});
    assert_eq!(list(&findings).schools, ["2", "3", "6"]);
    let silent = findings.findings.iter().filter(|one| one.sign.id == "S03" && !one.is_told()).count();
    assert_eq!((silent, counts(&findings)), (2, [5, 5, 0, 0]));
}

#[test]
fn what_could_not_be_told_is_not_said_to_be_absent() {
    let mut unsure = of_type("1", &MeasureId::Total, 66.0, 0.5);
    unsure.gap = Some(PercentagePoints(5.0));
    let findings = flagged(vec![comparison("1", MeasureId::Total, 40, 66.0, 0.7), unsure], |_| {});
    assert!(list(&findings).reason.ends_with("найдено: 0; у\u{a0}1\u{a0}школы различить ничего нельзя"));
    assert_eq!(list(&flagged(Vec::new(), |_| {})).reason, "результатов по школам нет");
}
