//! The municipality first; then no school is said to be free of what all have.

use crate::tests::{FOCUS, Scene, bunching};
use srez_model::check::CheckState;
use srez_model::finding::{Finding, Findings, GroupState, Status};
use srez_model::level::Level;
use srez_model::measures::{BoundaryRow, Moved};

/// 131 works of 7 points and 869 of 8.
fn city(state: CheckState) -> Vec<BoundaryRow> {
    let all = BoundaryRow {
        level: FOCUS.0,
        group: FOCUS.1.to_owned(),
        n: 2_159,
        n_below: 131,
        n_at: 869,
        expected: Some(519.0),
        moved: Some(Moved { share: 0.7275, low: 0.652, high: 0.803 }),
        p: Some(1.4e-10),
        p_without: Some(1e-9),
        detectable: Some(0.234),
        state: Some(state),
        ..BoundaryRow::default()
    };
    vec![BoundaryRow { cut: Some(8), state: None, ..all.clone() }, all]
}

fn school(id: &str, state: CheckState, reason: &str) -> BoundaryRow {
    BoundaryRow { state: Some(state), reason: reason.to_owned(), detectable: Some(0.245), ..bunching(id) }
}

fn flagged(city: Vec<BoundaryRow>, schools: Vec<BoundaryRow>) -> Findings {
    let mut scene = Scene::default();
    scene.boundaries = city.into_iter().chain(schools).collect();
    ["1", "2", "3", "4"].iter().for_each(|id| scene.school_marks(id, [5, 20, 10, 5]));
    scene.flagged()
}

fn of_focus(findings: &Findings) -> &Finding {
    findings.findings.iter().find(|one| one.sign.id == "S05" && one.level == FOCUS.0).unwrap()
}

fn words(finding: &Finding) -> String {
    finding.text().replace('\u{a0}', " ")
}

#[test]
fn a_municipality_that_bunches_is_told_so_and_no_school_is_free_of_it() {
    let schools = vec![bunching("1"), school("2", CheckState::NotFound, ""), school("3", CheckState::NotTested, "")];
    let mut found = flagged(city(CheckState::Found), schools);
    let one = of_focus(&found);
    assert_eq!((one.status, one.n, one.threshold), (Status::Probable, 2_159, Some(15.0)));
    assert!((one.value.unwrap() - 72.75).abs() < 1e-9);
    assert_eq!(
        words(one),
        "По всему муниципалитету у границ отметок работ больше, чем даёт плавное распределение баллов: из работ, \
         которые имели бы на балл меньше, балл границы имеют около 73 % (95 %: 65–80 %); больше всего — у границы 8: с \
         баллом 7 — 131 работа, с баллом 8 — 869 работ. Возможный маркер, требует дополнительного анализа. Сильнее, \
         чем в остальных школах, скопление в 1 школе из 2 проверенных; о прочих это не говорит, что скопления в них \
         нет."
    );
    let first = found.findings.iter().find(|one| one.group == "1").unwrap();
    assert!(words(first).contains("Это относительно муниципалитета, в котором скопление общее."), "{}", words(first));
    let states: Vec<GroupState> = found.particulars.iter().map(|one| one.groups[0]).collect();
    assert_eq!(states, [GroupState::Fired, GroupState::Common, GroupState::NotComputed, GroupState::NotComputed]);
    // Without it a school that was tested is quiet, and one that was not is not.
    found = flagged(city(CheckState::NotFound), vec![school("2", CheckState::NotFound, "")]);
    let states: Vec<GroupState> = found.particulars.iter().map(|one| one.groups[0]).collect();
    assert_eq!(states[..2], [GroupState::NotComputed, GroupState::Quiet]);
}

#[test]
fn a_school_is_named_with_its_cut_and_its_size() {
    let mut rows = city(CheckState::NotFound);
    let at = |cut, n_below, n_at, expected| BoundaryRow {
        cut: Some(cut),
        n_below,
        n_at,
        expected: Some(expected),
        state: None,
        ..bunching("1")
    };
    rows.extend([at(6, 4, 5, 4.6), at(10, 1, 15, 7.9), bunching("1")]);
    let found = flagged(rows, Vec::new());
    let one = found.findings.iter().find(|one| one.level == Level::School).unwrap();
    assert_eq!((one.n, one.q, one.threshold), (40, Some(0.01), Some(10.0)));
    assert!((one.value.unwrap() - 28.0).abs() < 1e-9);
    assert!(
        words(one).starts_with(
            "1: баллы, равные границам отметок, получены в 20 работах из 25, по плавному распределению баллов \
             ожидалось около 12; больше всего — у границы 10: с баллом 9 — 1 работа, с баллом 10 — 15 работ. Особен"
        ),
        "{}",
        words(one)
    );
    let family = found.families.iter().find(|family| family.sign == "S05").unwrap();
    assert_eq!((family.checked, family.fired), (1, 1));
}

#[test]
fn the_grey_sentence_counts_four_states() {
    let schools = vec![
        school("1", CheckState::NotFound, ""),
        school("2", CheckState::Indistinct, ""),
        school("3", CheckState::NotTested, "не проверяется: мало участников"),
    ];
    let found = flagged(city(CheckState::NotFound), schools.clone());
    assert_eq!(
        words(of_focus(&found)),
        "Скопление работ у границ отметок. По муниципалитету в целом не выявлено. По школам. Проверено школ: 2; \
         найдено: 0; у 1 школы отличие меньше 25 п.п. по этим данным не различить; не проверялось — 1 (мало \
         участников)."
    );
    assert_eq!(of_focus(&found).status, Status::Checked);
    let family = found.families.iter().find(|family| family.sign == "S05").unwrap();
    assert_eq!((family.checked, family.fired, family.indistinct, family.untested), (2, 0, 1, 1));
    let indistinct = flagged(city(CheckState::Indistinct), Vec::new());
    assert!(words(of_focus(&indistinct)).contains("сдвинутых работ меньше 24 % по этим данным не заметить"));
    let mut alone = city(CheckState::NotFound);
    alone.iter_mut().for_each(|row| row.of_one_school = true);
    let alone = flagged(alone, schools);
    assert!(words(of_focus(&alone)).contains("По муниципалитету в целом: скопление создаёт одна школа."));
}

#[test]
fn what_was_not_tested_is_no_absence() {
    let mut city = city(CheckState::NotTested);
    for row in &mut city {
        (row.moved, row.p, row.reason) = (None, None, "не проверяется: границы отметок неизвестны".to_owned());
    }
    let one = school("1", CheckState::NotTested, "не проверяется: границы отметок неизвестны");
    let found = flagged(city, vec![one]);
    let said = of_focus(&found);
    assert_eq!(said.status, Status::NoData);
    assert_eq!(
        words(said),
        "Скопление работ у границ отметок. По муниципалитету в целом не проверялось: границы отметок неизвестны. По \
         школам. Не проверялось — 1 (границы отметок неизвестны)."
    );
}
