//! Signs of a school against the others: which of S01 and S01a is printed, and what is said of it.

use crate::tests::{READING, comparison, found, measures, plain, signs};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::finding::Status;
use srez_model::measures::ComparisonRow;
use srez_model::unit::{Percent, PercentagePoints};

#[test]
fn a_school_below_in_the_whole_work_is_not_listed_skill_by_skill() {
    let reading = MeasureId::skill(READING);
    let rows = vec![
        comparison("1", reading.clone(), 40, 48.0, 0.99),
        comparison("1", MeasureId::Total, 40, 50.0, 0.95),
        comparison("2", reading.clone(), 40, 48.0, 0.99),
        comparison("2", MeasureId::Total, 40, 53.0, 0.85),
        comparison("3", reading.clone(), 40, 48.0, 0.89),
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
        let row = ComparisonRow {
            sure_school: Some(sure_school),
            classes,
            ..comparison("1", MeasureId::Total, 40, 40.0, 0.99)
        };
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
        ..comparison(school, MeasureId::Total, 40, 55.0, 0.3)
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
    let above = found(measures(vec![comparison("1", MeasureId::Total, 40, 90.0, 0.99)], Vec::new()));
    assert!(plain(&above.findings[0].text()).ends_with("Проверено школ: 1; не выявлено."));
}

#[test]
fn a_skill_below_the_own_level_is_a_part_of_the_skill_below_others() {
    let own = MeasureId::SkillOwn(READING.to_owned());
    let rows = vec![
        comparison("1", MeasureId::skill(READING), 40, 40.0, 0.99),
        ComparisonRow {
            value: Some(Percent(-12.5)),
            reference: Some(Percent(0.4)),
            gap: Some(PercentagePoints(-10.0)),
            ..comparison("1", own.clone(), 40, 47.0, 0.95)
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
    let rows =
        vec![comparison("1", MeasureId::ShareOfTwo, 40, 75.0, 0.99), comparison("1", MeasureId::Total, 40, 40.0, 0.99)];
    let findings = found(measures(rows, Vec::new()));
    assert_eq!(signs(&findings), [("S02", "1"), ("S01a", "1")]);
    assert_eq!(findings.findings[1].part_of, findings.findings[0].id);
    assert!(findings.findings[0].text().ends_with("Результат ниже и по работе в целом."));
}

#[test]
fn more_pupils_come_first() {
    let rows =
        vec![comparison("1", MeasureId::Total, 12, 30.0, 0.99), comparison("2", MeasureId::Total, 80, 48.0, 0.99)];
    let findings = found(measures(rows, Vec::new()));
    assert_eq!(signs(&findings), [("S01a", "2"), ("S01a", "1")]);
}
