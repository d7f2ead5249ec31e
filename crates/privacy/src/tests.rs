//! What was released for other months counts, whichever month is made again.

use super::*;
use srez_model::edition::GroupCounts;

const RULES: Rules = Rules {
    group: 5,
    together: 3,
    width: 5,
    public_group: 30,
    public_schools: 3,
    public_edge: 5.0,
    public_step: 10,
    quartile_schools: 4,
};

/// Six schools, of which some have more participants with a «4».
fn counts(more: [u64; 6]) -> ExamCounts {
    let school = |(place, more): (usize, u64)| {
        let bands = [6, 9, 9 + more, 7];
        GroupCounts { group: format!("edu{place}"), n: bands.iter().sum(), bands, ..GroupCounts::default() }
    };
    ExamCounts { schools: (0..).zip(more).map(school).collect(), ..ExamCounts::default() }
}

fn publish(period: &str, counts: &ExamCounts, before: Option<&Publication>, others: &[&Publication]) -> Publication {
    match decide(&RULES, period, counts, before, others) {
        Decision::Publish(publication) => publication,
        Decision::Hold(publication) => panic!("held back, {} stays in force", publication.period),
    }
}

#[test]
fn an_earlier_month_again_is_compared_with_the_later_one() {
    let may = publish("2026-05", &counts([0; 6]), None, &[]);
    let june = publish("2026-06", &counts([8; 6]), Some(&may), &[]);
    let corrected = counts([9, 8, 8, 8, 8, 8]);
    // Beside May alone it would be published: there is the proof that June is what holds it back.
    publish("2026-05", &corrected, Some(&may), &[]);
    assert_eq!(decide(&RULES, "2026-05", &corrected, Some(&may), &[&june]), Decision::Hold(june.clone()));
    assert_eq!(decide(&RULES, "2026-04", &corrected, None, &[&may, &june]), Decision::Hold(june.clone()));
    let enough = counts([16; 6]);
    let again = publish("2026-05", &enough, Some(&may), &[&june]);
    assert_eq!((again.period.as_str(), &again.counts), ("2026-05", &enough));
    // Later on all three are known.
    let difference = counts([17, 16, 16, 16, 16, 16]);
    assert!(matches!(decide(&RULES, "2026-07", &difference, Some(&june), &[&may, &again]), Decision::Hold(_)));
}

#[test]
fn what_was_released_with_the_same_counts_is_released_again_as_it_was() {
    let may = publish("2026-05", &counts([0; 6]), None, &[]);
    let june = publish("2026-06", &counts([8; 6]), Some(&may), &[]);
    let again = publish("2026-05", &june.counts, Some(&may), &[&june]);
    assert_eq!(again, Publication { period: "2026-05".to_owned(), ..june.clone() });
    assert_eq!(publish("2026-05", &may.counts, Some(&again), &[&may, &june]), may);
}

#[test]
fn what_any_month_hid_stays_hidden() {
    let mut may = publish("2026-05", &counts([0; 6]), None, &[]);
    let june = publish("2026-06", &counts([8; 6]), Some(&may), &[]);
    let hidden = ["edu3", "edu4", "edu5"].map(str::to_owned);
    may.pattern.hidden = hidden.clone().into();
    let mut grown = counts([16; 6]);
    for school in &mut grown.schools {
        school.bands = school.bands.map(|count| count + 5);
        school.n = school.bands.iter().sum();
    }
    let july = publish("2026-07", &grown, Some(&june), &[&may]);
    assert!(hidden.iter().all(|school| july.pattern.hidden.contains(school)), "{:?}", july.pattern);
    let formers = std::iter::successors(july.former.as_deref(), |former| former.former.as_deref());
    assert_eq!(formers.map(|former| former.period.as_str()).collect::<Vec<_>>(), ["2026-06", "2026-05", "2026-05"]);
}

#[test]
fn what_different_months_told_protects_nobody_together() {
    let mut may = publish("2026-05", &counts([0; 6]), None, &[]);
    let mut june = Publication { period: "2026-06".to_owned(), ..may.clone() };
    // Four schools are hidden now: one of them was told in May, another in June, and two are too few.
    may.pattern.hidden = ["edu1", "edu2", "edu3"].map(str::to_owned).into();
    june.pattern.hidden = ["edu0", "edu2", "edu3"].map(str::to_owned).into();
    let later = counts([0, 0, 0, 0, 16, 16]);
    for alone in [&may, &june] {
        publish("2026-07", &later, Some(alone), &[]);
    }
    assert!(matches!(decide(&RULES, "2026-07", &later, Some(&june), &[&may]), Decision::Hold(_)));
}
