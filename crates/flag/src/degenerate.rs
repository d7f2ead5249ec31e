//! Municipalities of which little can be told, from their counts to what is said of them.

use super::{Settings, flag};
use srez_measure::{adjust, measure};
use srez_model::assessment::{Exam, ExamKey, Procedure, Scale, Task};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::place::School;
use srez_model::tally::{Group, OutcomeCount, ParticipantCount, SkillCount, Stratum, Tally};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Greatest score.
const MOST: u16 = 20;

/// A school: its classes, each with the scores of its pupils; a class without a name is no class.
type Classes<'a> = Vec<(&'a str, Vec<u16>)>;

/// An exam whose marks begin at 5, 10 and 15 points, as one task if `has_task`.
fn exam(scale: Scale, has_task: bool) -> Exam {
    let task = Task { id: "1".to_owned(), position: 1, max: Some(MOST), ..Task::default() };
    Exam {
        subject_title: "Математика".to_owned(),
        max_primary: Some(MOST),
        tasks: if has_task { vec![task] } else { Vec::new() },
        scale,
        specified: true,
        ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "math", 8))
    }
}

fn marks() -> Scale {
    Scale::Marks(vec![(0, 2), (5, 3), (10, 4), (15, 5)])
}

fn tally(exam: Exam, schools: &[(&str, Classes<'_>)]) -> Tally {
    let named = |level: Level, name: &str| Group { level, name: name.to_owned() };
    let mut groups = vec![named(Level::All, "")];
    groups.extend(schools.iter().map(|(school, _)| named(Level::School, school)));
    for (school, classes) in schools {
        let with_name = classes.iter().filter(|(class, _)| !class.is_empty());
        groups.extend(with_name.map(|(class, _)| named(Level::Class, &format!("{school}/{class}"))));
    }
    groups.sort();
    let place = |group: &Group| u32::try_from(groups.binary_search(group).unwrap()).unwrap();
    let mut participants: BTreeMap<(u32, u16), u32> = BTreeMap::new();
    let mut belonging = Vec::new();
    for (school, classes) in schools {
        let of_school = place(&named(Level::School, school));
        for (class, scores) in classes {
            let mut seats = vec![0, of_school];
            if !class.is_empty() {
                let of_class = place(&named(Level::Class, &format!("{school}/{class}")));
                seats.push(of_class);
                belonging.push((of_school, of_class));
            }
            for score in scores {
                seats.iter().for_each(|seat| *participants.entry((*seat, *score)).or_default() += 1);
            }
        }
    }
    belonging.sort_unstable();
    let stratum =
        |score: u16| Stratum { total: Some(score), result: Some(2 + score.min(MOST - 1) / 5), complete: true };
    let has_task = !exam.tasks.is_empty();
    let cells = || participants.iter().map(|((group, score), n)| (*group, *score, *n));
    let of_task = |(group, score, n): (u32, u16, u32)| {
        let outcome = u8::try_from(score).unwrap();
        OutcomeCount { group, task: 0, stratum: stratum(score), outcome, n }
    };
    let of_skill =
        |(group, score, n): (u32, u16, u32)| SkillCount { group, skill: 0, sum: score.into(), max_sum: MOST.into(), n };
    Tally {
        absent: None,
        outcomes: cells().filter(|_| has_task).map(of_task).collect(),
        participants: cells().map(|(group, score, n)| ParticipantCount { group, stratum: stratum(score), n }).collect(),
        journal: Vec::new(),
        skills: if has_task { vec!["вычисления".to_owned()] } else { Vec::new() },
        skill_tasks: if has_task { vec![vec![0]] } else { Vec::new() },
        skill_counts: cells().filter(|_| has_task).map(of_skill).collect(),
        classes: belonging,
        demands: Vec::new(),
        exam: Arc::new(exam),
        groups,
    }
}

/// From the counts to the findings, as a run does it.
fn judged(exam: Exam, schools: &[(&str, Classes<'_>)]) -> (Measures, Findings) {
    let thresholds = srez_config::thresholds::built_in().unwrap();
    let mut settings = srez_measure::Settings { thresholds: thresholds.clone(), ..srez_measure::Settings::default() };
    let of = |(id, _): &(&str, Classes<'_>)| School { id: (*id).to_owned(), ..School::default() };
    settings.register.schools = schools.iter().map(of).collect();
    let mut all = vec![measure(&settings, &tally(exam, schools))];
    adjust(&settings, &mut all);
    let ids: Vec<String> = schools.iter().map(|(id, _)| (*id).to_owned()).collect();
    let nothing = BTreeMap::new();
    let settings = Settings {
        thresholds: &thresholds,
        focus: Group { level: Level::All, name: String::new() },
        schools: &ids,
        names: &nothing,
        types: &nothing,
        municipalities: &nothing,
        listed: &[],
    };
    let findings = flag(&settings, &all).remove(0);
    (all.remove(0), findings)
}

/// Pupils with scores around a mean, from five below to five above.
fn around(mean: u16, n: u16) -> Vec<u16> {
    (0..n).map(|place| (mean + place % 11).saturating_sub(5).min(MOST)).collect()
}

fn two_classes(mean: u16, n: u16) -> Classes<'static> {
    vec![("8А", around(mean, n / 2)), ("8Б", around(mean, n - n / 2))]
}

/// What is said of a sign, of all its findings together.
fn told(findings: &Findings, sign: &str) -> String {
    let of = findings.findings.iter().filter(|one| one.sign.id == *sign && one.is_told());
    of.map(|one| one.text().replace('\u{a0}', " ")).collect::<Vec<_>>().join(" | ")
}

fn named(findings: &Findings) -> Vec<(&str, &str)> {
    let of_schools =
        findings.findings.iter().filter(|one| one.level == Level::School && one.status == Status::Probable);
    of_schools.map(|one| (one.sign.id.as_str(), one.group.as_str())).collect()
}

fn reason(findings: &Findings) -> String {
    findings.worth_studying.as_ref().unwrap().reason.replace('\u{a0}', " ")
}

/// A rule that did not run, or could not have seen anything, never says that there is nothing.
fn never_says_absent(findings: &Findings) {
    for one in findings.findings.iter().filter(|one| one.level != Level::School && one.is_told()) {
        let text = one.text().replace("не выявлено, но и не различимо", "");
        assert!(!text.contains("не выявлено") && !text.contains("отличий нет"), "{}: {text}", one.sign.id);
    }
}

#[test]
fn without_schools_nothing_is_said() {
    let (measures, findings) = judged(exam(marks(), false), &[]);
    assert!(measures.comparisons.is_empty() && named(&findings).is_empty());
    assert_eq!(reason(&findings), "результатов по школам нет");
    never_says_absent(&findings);
}

#[test]
fn one_school_has_nobody_beside_it_and_two_or_three_are_not_called_alike() {
    let all = [("1", two_classes(8, 40)), ("2", two_classes(9, 40)), ("3", two_classes(10, 30))];
    let (_, one) = judged(exam(marks(), false), &all[..1]);
    assert_eq!(reason(&one), "не проверялось — 1 (сравнить не с чем)");
    assert!(told(&one, "S01a").is_empty() && told(&one, "S02").is_empty());
    never_says_absent(&one);
    for schools in [2, 3] {
        let (_, few) = judged(exam(marks(), false), &all[..schools]);
        assert!(named(&few).is_empty(), "{:?}", named(&few));
        let words = told(&few, "S01a");
        assert!(words.contains(&format!("Проверено школ: {schools}; найдено: 0")), "{words}");
        assert!(words.contains("по этим данным не различить") || words.contains("различить ничего нельзя"), "{words}");
        never_says_absent(&few);
    }
}

/// Eight schools, the first of which is below.
fn eight(low: u16, classes: impl Fn(u16) -> Classes<'static>) -> Vec<(&'static str, Classes<'static>)> {
    let means = [low, 11, 12, 11, 12, 11, 12, 11];
    ["1", "2", "3", "4", "5", "6", "7", "8"].into_iter().zip(means).map(|(id, mean)| (id, classes(mean))).collect()
}

#[test]
fn what_is_known_of_the_classes_decides_what_is_said_of_the_school() {
    let of = |classes: &dyn Fn(u16) -> Classes<'static>| {
        let (_, findings) = judged(exam(marks(), false), &eight(8, classes));
        assert!(named(&findings).contains(&("S01a", "1")), "{:?}", named(&findings));
        findings.findings.iter().find(|one| one.sign.id == "S01a" && one.group == "1").unwrap().text()
    };
    let one_class = of(&|mean| vec![("8А", around(mean, 30))]);
    assert!(one_class.contains("В параллели один класс: отличить школу от класса нельзя."), "{one_class}");
    let no_names = of(&|mean| vec![("", around(mean, 30))]);
    assert!(no_names.contains("Классы в данных не названы: о школе в целом судить нельзя."), "{no_names}");
    let many = of(&|mean| ["8А", "8Б", "8В", "8Г", "8Д", "8Е"].map(|class| (class, around(mean, 25))).to_vec());
    assert!(many.contains("Это относится к школе в целом, а не к одному классу."), "{many}");
}

#[test]
fn a_school_of_one_pupil_takes_part_and_is_not_tested() {
    let mut schools = eight(4, |mean| two_classes(mean, 40));
    schools.push(("9", vec![("8А", vec![0])]));
    let (measures, findings) = judged(exam(marks(), false), &schools);
    let row = measures.comparison_of(Level::School, "9", &MeasureId::Total).unwrap();
    assert_eq!((row.state, row.reason.as_str()), (CheckState::NotTested, "не проверялось: участников меньше 10"));
    assert!(named(&findings).iter().all(|(_, school)| *school != "9"));
    let studied = findings.families.iter().find(|family| family.sign == "S03").unwrap();
    assert_eq!((studied.checked, studied.untested), (8, 1));
}

#[test]
fn an_exam_of_one_task_is_compared_as_a_whole_and_not_by_its_only_skill() {
    let (measures, findings) = judged(exam(marks(), true), &eight(4, |mean| two_classes(mean, 40)));
    let skill = measures.comparison_of(Level::School, "1", &MeasureId::skill("вычисления")).unwrap();
    assert_eq!((skill.state, skill.reason.as_str()), (CheckState::NotTested, "не проверялось: умение — вся работа"));
    assert!(named(&findings).contains(&("S01a", "1")) && told(&findings, "S01").is_empty());
    assert!(!reason(&findings).contains("умение — вся работа"), "{}", reason(&findings));
}

#[test]
fn where_all_pupils_are_equal_nobody_is_named_and_points_are_not_computed() {
    for score in [7, MOST, 0] {
        let schools: Vec<(&str, Classes<'_>)> =
            ["1", "2", "3", "4", "5", "6", "7"].map(|id| (id, vec![("8А", vec![score; 30])])).to_vec();
        let (measures, findings) = judged(exam(marks(), false), &schools);
        let row = measures.comparison_of(Level::School, "1", &MeasureId::Total).unwrap();
        assert!(row.gap.is_none() && row.reason.contains("нет разброса"), "{score}: {row:?}");
        // The interval of the value is that of thirty pupils, whatever the model.
        assert!(row.value_interval.is_some(), "{score}");
        let share = measures.comparison_of(Level::School, "1", &MeasureId::ShareOfTwo).unwrap();
        assert!(share.gap.unwrap().0.abs() < 1e-6, "{score}: {share:?}");
        assert!(named(&findings).is_empty(), "{score}: {:?}", named(&findings));
        assert!(told(&findings, "S01a").is_empty(), "{}", told(&findings, "S01a"));
    }
}

#[test]
fn two_modes_are_no_finding_where_all_schools_have_them() {
    let halves = |n: u16| (0..n).map(|place| if place % 2 == 0 { 3 } else { 17 }).collect::<Vec<u16>>();
    let schools: Vec<(&str, Classes<'_>)> =
        ["1", "2", "3", "4", "5", "6", "7", "8"].map(|id| (id, vec![("8А", halves(30)), ("8Б", halves(30))])).to_vec();
    let (measures, findings) = judged(exam(marks(), false), &schools);
    assert!(named(&findings).is_empty(), "{:?}", named(&findings));
    let row = measures.comparison_of(Level::School, "1", &MeasureId::Total).unwrap();
    assert!(row.gap.unwrap().0.abs() < 0.5 && row.state.is_tested(), "{row:?}");
}

#[test]
fn marks_whose_scale_is_not_known_are_compared_and_their_cuts_are_not_tested() {
    let (measures, findings) = judged(exam(Scale::Unknown, false), &eight(4, |mean| two_classes(mean, 40)));
    assert!(measures.comparison_of(Level::School, "1", &MeasureId::ShareOfTwo).unwrap().gap.is_some());
    assert!(named(&findings).contains(&("S02", "1")), "{:?}", named(&findings));
    let bunching = told(&findings, "S05");
    assert!(!bunching.contains("не выявлено"), "{bunching}");
    assert!(named(&findings).iter().all(|(sign, _)| *sign != "S05"));
}
