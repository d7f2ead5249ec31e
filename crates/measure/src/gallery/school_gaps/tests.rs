use super::super::super::counted::{Pupil, count, exam, settings};
use super::super::super::{add_patterns, measure};
use super::known::Known;
use super::quantity::{Pupils, Quantity, Seen};
use super::{Gaps, add};
use srez_model::assessment::Scale;
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Measures};
use srez_model::row_patterns::{OwnLevel, PatternSums, RowPatterns};
use srez_model::tally::{Group as TallyGroup, ParticipantCount};
use srez_statistics::moments::Sums;
use srez_statistics::school_model::{Count, Group, Observed};

/// Schools of the specification: school of the class, pupils, points, squares; 18 points at most.
const SIX: [(usize, u64, u64, u64); 12] = [
    (0, 24, 262, 3074),
    (0, 22, 228, 2570),
    (1, 25, 300, 3848),
    (1, 21, 246, 3080),
    (2, 18, 141, 1253),
    (2, 20, 152, 1370),
    (3, 12, 118, 1264),
    (4, 27, 301, 3597),
    (4, 26, 270, 3058),
    (4, 23, 246, 2838),
    (5, 14, 170, 2196),
    (5, 9, 99, 1191),
];
const NAMES: [&str; 6] = ["0", "1", "2", "3", "4", "5"];

fn rows(quantity: &Quantity<'_>) -> Vec<ComparisonRow> {
    let mut gaps = Gaps::default();
    add(&settings(), quantity, &mut gaps);
    gaps.comparisons.sort_by(|left, right| left.group.cmp(&right.group));
    gaps.comparisons
}

fn quantity(measure: &MeasureId, max: u64, schools: Vec<Seen<'static>>, pupils: Pupils) -> Quantity<'static> {
    Quantity {
        measure: measure.to_owned(),
        max: Some(max),
        less_is_better: max == 1,
        has_types: false,
        participants: "S01.participants",
        closed: String::new(),
        schools,
        pupils,
    }
}

fn six() -> Quantity<'static> {
    let of = |school: usize| {
        let classes = SIX.iter().filter(move |class| class.0 == school);
        classes.map(|(_, n, sum, squares)| Sums { n: *n, sum: *sum, squares: *squares })
    };
    let seen = |(school, name): (usize, &&'static str)| Seen {
        name,
        n: of(school).map(|class| class.n).sum(),
        k: of(school).map(|class| class.sum).sum(),
        sum: 0.0,
        classes: Some(of(school).count() as u64),
    };
    let groups =
        (0..6).map(|school| Group::Parts(of(school).filter_map(|sums| Observed::from_points(&sums, 18)).collect()));
    quantity(&MeasureId::Total, 18, NAMES.iter().enumerate().map(seen).collect(), Pupils::Values(groups.collect()))
}

fn near(found: Option<f64>, expected: f64, name: &str) {
    assert!((found.unwrap() - expected).abs() < 5e-6, "{name}: {found:?} instead of {expected}");
}

#[test]
fn six_schools_have_the_gaps_of_the_specification() {
    let rows = rows(&six());
    let gaps = [0.007_900, 0.080_979, -0.161_397, -0.028_041, 0.017_310, 0.056_206];
    let low = [-0.044_505, 0.027_483, -0.222_799, -0.114_666, -0.027_756, -0.011_326];
    let high = [0.060_502, 0.135_393, -0.100_530, 0.056_464, 0.062_587, 0.125_978];
    let sure = [0.115_093, 0.932_542, 0.999_966, 0.387_453, 0.162_133, 0.675_099];
    let lasting = [0.133_489, 0.859_729, 0.979_518, 0.361_020, 0.179_858, 0.613_326];
    let detectable = [13.6, 13.5, 14.5, 21.0, 12.4, 16.4];
    for (place, row) in rows.iter().enumerate() {
        let points = |points: Option<srez_model::unit::PercentagePoints>| points.map(|points| points.0 / 100.0);
        near(points(row.gap), gaps[place], "gap");
        near(points(row.low), low[place], "low");
        near(points(row.high), high[place], "high");
        near(row.sure, sure[place], "sure");
        near(row.sure_school, lasting[place], "sure of the school");
        let found = row.detectable.unwrap().0;
        assert!((2.0 * found).fract() == 0.0 && (-0.05..0.55).contains(&(found - detectable[place])), "{found}");
    }
    use CheckState::{Found, Indistinct, NotFound};
    let states: Vec<CheckState> = rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [NotFound, Found, Found, Indistinct, NotFound, Indistinct]);
    assert!(rows[2].is_found_below() && rows[1].is_found_above() && !rows[1].is_found_below());
    // 293 of 38·18 points, the others 2,240 of 203·18.
    assert!((rows[2].value.unwrap().0 - 29_300.0 / 684.0).abs() < 1e-9);
    assert!((rows[2].reference.unwrap().0 - 224_000.0 / 3_654.0).abs() < 1e-9, "{:?}", rows[2].reference);
}

#[test]
fn shares_have_the_probabilities_of_the_specification() {
    let counts = [
        (0, 3, 25),
        (0, 5, 24),
        (1, 2, 22),
        (1, 8, 26),
        (2, 1, 12),
        (3, 0, 20),
        (4, 9, 27),
        (4, 4, 25),
        (5, 12, 28),
        (5, 3, 24),
    ];
    let of = |school: usize| counts.iter().filter(move |class| class.0 == school);
    let seen = |(school, name): (usize, &&'static str)| Seen {
        name,
        n: of(school).map(|class| class.2).sum(),
        k: of(school).map(|class| class.1).sum(),
        sum: 0.0,
        classes: Some(of(school).count() as u64),
    };
    let groups = (0..6).map(|school| Group::Parts(of(school).map(|(_, k, n)| Count { k: *k, n: *n }).collect()));
    let rows = rows(&quantity(
        &MeasureId::ShareOfTwo,
        1,
        NAMES.iter().enumerate().map(seen).collect(),
        Pupils::Counts(groups.collect()),
    ));
    for (school, sure) in [(1, 0.275_249), (4, 0.548_859), (5, 0.724_008)] {
        near(rows[school].sure, sure, "share");
        assert!(0.0 < rows[school].gap.unwrap().0);
    }
    // Printed in percentage points of the share, not of the angle.
    let row = &rows[5];
    assert!(row.low < row.gap && row.gap < row.high && row.gap.unwrap().0 < row.value.unwrap().0, "{row:?}");
}

#[test]
fn a_class_without_a_name_is_one_more_class_where_few_pupils_have_none() {
    let sums = |n: u64| Sums { n, sum: n, squares: n };
    let parts = |known: &Known<Sums>| match known.group(|sums| Observed::from_points(sums, 2)).unwrap() {
        Group::Parts(parts) => parts.iter().map(|part| part.n).collect(),
        Group::Whole(whole) => vec![whole.n, 0],
    };
    let few = Known::new(sums(30), [sums(15), sums(12)]);
    assert_eq!((parts(&few), few.classes), (vec![15, 12, 3], Some(2)));
    let many = Known::new(sums(30), [sums(15), sums(11)]);
    assert_eq!((parts(&many), many.classes), (vec![30, 0], None));
    assert_eq!(parts(&Known::new(sums(30), [])), [30, 0]);
}

/// A weak school of one class lies below this year; whether the school or the class is weak, nobody can tell.
#[test]
fn one_class_in_every_school_says_nothing_of_the_schools() {
    let one = |school: usize| {
        let mut sums = Sums::default();
        (0..60).for_each(|pupil| sums.add(if school == 2 { 2 + pupil % 7 } else { 8 + pupil % 7 }, 1));
        sums
    };
    let seen = |(school, name): (usize, &&'static str)| Seen {
        name,
        n: one(school).n,
        k: one(school).sum,
        sum: 0.0,
        classes: Some(1),
    };
    let group = |school: usize| Group::Parts(vec![Observed::from_points(&one(school), 18).unwrap()]);
    let pupils = Pupils::Values((0..6).map(group).collect());
    let rows = rows(&quantity(&MeasureId::Total, 18, NAMES.iter().enumerate().map(seen).collect(), pupils));
    assert!(rows[2].is_found_below() && rows[2].sure_school.unwrap() < 0.9, "{:?}", rows[2]);
}

#[test]
fn classes_of_the_tally_belong_to_their_schools() {
    let pupil = |(school, mark): (&str, u8)| Pupil {
        school: school.to_owned(),
        journal: None,
        points: vec![mark],
        result: mark.into(),
    };
    let pupils: Vec<Pupil> = ["1", "2"]
        .into_iter()
        .flat_map(|school| (0..40).map(move |place| (school, 2 + place % 4)))
        .map(pupil)
        .collect();
    let mut tally = count(exam(2026, &[5], Scale::Unknown), &pupils, 0);
    // Two classes of the first school, each with half of its pupils.
    for (class, name) in [(3, "1/8А"), (4, "1/8Б")] {
        tally.groups.push(TallyGroup { level: Level::Class, name: name.to_owned() });
        let half = |cell: &ParticipantCount| ParticipantCount { group: class, n: cell.n / 2, ..*cell };
        let halves: Vec<ParticipantCount> = tally.participants_of(1).iter().map(half).collect();
        tally.participants.extend(halves);
        tally.classes.push((1, class));
    }
    let measures = measure(&settings(), &tally);
    for measure in [MeasureId::Total, MeasureId::ShareOfTwo] {
        let of = |school: &str| measures.comparison_of(Level::School, school, &measure).unwrap();
        assert_eq!((of("1").classes, of("2").classes), (Some(2), None));
        assert_eq!((of("1").n, of("2").n), (40, 40));
    }
}

/// Schools with marks by number of pupils with «2», «3», «4», «5»; a task of five points.
fn measured(schools: &[(&str, [usize; 4])]) -> Measures {
    let of_mark = |(school, marks): &(&str, [usize; 4])| -> Vec<Pupil> {
        let marks = (2_u8..).zip(*marks).flat_map(|(mark, n)| std::iter::repeat_n(mark, n));
        let pupil =
            |mark: u8| Pupil { school: (*school).to_owned(), journal: None, points: vec![mark], result: mark.into() };
        marks.map(pupil).collect()
    };
    let pupils: Vec<Pupil> = schools.iter().flat_map(of_mark).collect();
    measure(&settings(), &count(exam(2026, &[5], Scale::Marks(vec![(0, 2), (3, 3), (4, 4), (5, 5)])), &pupils, 0))
}

fn total<'a>(measures: &'a Measures, school: &str) -> &'a ComparisonRow {
    measures.comparison_of(Level::School, school, &MeasureId::Total).unwrap()
}

#[test]
fn one_school_has_nobody_to_be_compared_with() {
    assert!(measured(&[]).comparisons.is_empty());
    let one = measured(&[("1", [10, 10, 10, 10])]);
    for measure in [MeasureId::Total, MeasureId::ShareOfTwo] {
        let row = one.comparison_of(Level::School, "1", &measure).unwrap();
        assert_eq!((row.state, row.gap, row.sure), (CheckState::NotTested, None, None));
        assert!(row.reason.contains("сравнить не с чем") && row.value.is_some(), "{row:?}");
    }
}

#[test]
fn two_and_three_schools_have_gaps_and_hardly_a_name() {
    let two = measured(&[("1", [5, 10, 10, 5]), ("2", [3, 10, 10, 7])]);
    let three = measured(&[("1", [5, 10, 10, 5]), ("2", [3, 10, 10, 7]), ("3", [4, 10, 10, 6])]);
    for (measures, schools) in [(&two, 2), (&three, 3)] {
        for school in 1..=schools {
            let row = total(measures, &school.to_string());
            assert!(row.gap.is_some() && row.state != CheckState::Found && row.state.is_tested(), "{row:?}");
            // Without names of classes nothing is said of the school as a whole.
            assert!(row.classes.is_none() && row.sure_school.unwrap() < 0.9);
        }
    }
}

#[test]
fn few_pupils_take_part_and_are_never_named() {
    let measures =
        measured(&[("1", [9, 0, 0, 0]), ("2", [0, 20, 20, 20]), ("3", [0, 20, 20, 20]), ("4", [0, 0, 0, 1])]);
    for school in ["1", "4"] {
        let row = total(&measures, school);
        assert_eq!((row.state, row.sure), (CheckState::NotTested, None));
        assert_eq!(row.reason, "не проверялось: участников меньше 10");
        assert!(row.gap.is_some());
    }
    assert_eq!(total(&measures, "2").n_reference, 70, "they are among the others");
}

#[test]
fn without_spread_points_have_no_model_and_shares_no_difference() {
    for mark in [0, 3] {
        let mut marks = [0; 4];
        marks[mark] = 40;
        let measures = measured(&[("1", marks), ("2", marks.map(|n| n / 2)), ("3", marks)]);
        let row = total(&measures, "1");
        assert_eq!((row.state, row.gap), (CheckState::NotTested, None));
        assert!(row.reason.contains("нет разброса"), "{}", row.reason);
        for school in ["1", "2", "3"] {
            let row = measures.comparison_of(Level::School, school, &MeasureId::ShareOfTwo).unwrap();
            assert!(row.gap.unwrap().0.abs() < 1e-9 && row.state != CheckState::Found, "{row:?}");
        }
    }
    let few = measured(&[("1", [2, 2, 2, 2]), ("2", [2, 2, 2, 2])]);
    assert!(total(&few, "1").reason.contains("мало участников"));
}

#[test]
fn sixty_thousand_pupils_have_gaps_that_are_nearly_the_plain_differences() {
    let schools: Vec<(String, [usize; 4])> =
        (0..60).map(|place| (format!("{place:02}"), [100 + 5 * place, 300, 300, 300 - 5 * place])).collect();
    let borrowed: Vec<(&str, [usize; 4])> = schools.iter().map(|(name, marks)| (name.as_str(), *marks)).collect();
    let measures = measured(&borrowed);
    for (name, _) in &borrowed {
        let row = total(&measures, name);
        let plain = row.value.unwrap().minus(row.reference.unwrap()).0;
        assert!((row.gap.unwrap().0 - plain).abs() < 1.0 && row.state != CheckState::Indistinct, "{row:?}");
    }
    assert!(total(&measures, "59").is_found_below() && total(&measures, "00").is_found_above());
}

/// There is one law for all sizes: a school does not change its place because one pupil more wrote the work.
#[test]
fn nothing_jumps_where_a_school_grows_by_a_pupil() {
    let first = |n: u64| {
        let part = |n: u64, mean: f64| Observed { n, mean, spread: (n - 1) as f64 * 0.04 };
        let mut schools = vec![part(n, 0.53)];
        schools.extend((0..7).map(|place| part(400, 0.55 + 0.01 * f64::from(place))));
        let seen = |(name, part): (&'static str, &Observed)| Seen { name, n: part.n, k: 0, sum: 0.0, classes: Some(1) };
        let all = [NAMES.as_slice(), &["6", "7"]].concat();
        let seen = all.into_iter().zip(&schools).map(seen).collect();
        let groups = schools.iter().map(|part| Group::Parts(vec![*part])).collect();
        rows(&quantity(&MeasureId::Total, 18, seen, Pupils::Values(groups))).swap_remove(0)
    };
    for n in [40, 400, 1_111] {
        let (one, more) = (first(n), first(n + 1));
        assert!((one.sure.unwrap() - more.sure.unwrap()).abs() < 0.01, "{n}: {one:?}");
        assert!((one.gap.unwrap().0 - more.gap.unwrap().0).abs() < 0.05, "{n}: {one:?}");
    }
}

/// Numbers of one pupil are 64 times the difference of his two shares.
#[test]
fn a_skill_is_set_against_the_other_tasks_class_by_class() {
    let mut patterns = RowPatterns { skill_maxima: vec![4], maximum: 20, ..RowPatterns::default() };
    for id in ["1", "2", "3", "4", "5", "6"] {
        let class = |off: i64| {
            let mut sums = PatternSums::default();
            let centre = if id == "1" { -14 } else { 0 };
            (0..20).zip([-16, 16].into_iter().cycle()).for_each(|(_, own)| sums.add(centre + own + off));
            vec![sums]
        };
        let classes = vec![("8А".to_owned(), class(1)), ("8Б".to_owned(), class(-1))];
        patterns.own_levels.push(OwnLevel { school: id.to_owned(), classes });
    }
    let mut measures = measured(&[("1", [10, 10, 10, 10]), ("2", [10, 10, 10, 10])]);
    add_patterns(&settings(), &mut measures, patterns);
    let of = |school: &str| {
        measures.comparison_of(Level::School, school, &MeasureId::SkillOwn("содержание".to_owned())).unwrap()
    };
    let row = of("1");
    assert!((row.value.unwrap().0 - -21.875).abs() < 1e-9 && row.reference.unwrap().0.abs() < 1e-9, "{row:?}");
    assert!(row.is_found_below() && -21.875 < row.gap.unwrap().0 && row.gap.unwrap().0 < -4.0, "{row:?}");
    assert_eq!((row.n, row.n_reference, row.classes), (40, 200, Some(2)));
    assert!(["2", "6"].iter().all(|school| of(school).state != CheckState::Found));
    assert!(measures.comparisons.is_sorted_by_key(|row| (row.level, row.group.clone(), row.measure.clone())));
}

/// Prints the time of the school model of a region, 300 schools × 40 measures × 90 exams, from one exam:
/// `cargo test -p srez-measure --release -- --ignored --nocapture a_region_takes`.
#[test]
#[ignore = "a measurement"]
fn a_region_takes_seconds() {
    let mut chance = srez_testkit::chance::Chance::new(11);
    let names: Vec<String> = (0..300).map(|school| school.to_string()).collect();
    let mut quantities = Vec::new();
    for _ in 0..40 {
        let (mut schools, mut groups) = (Vec::new(), Vec::new());
        for name in &names {
            let level = 0.55 + 0.08 * chance.normal();
            let classes = 1 + chance.below(6) as u64;
            let parts: Vec<Observed> = (0..classes)
                .map(|_| Observed { n: 25, mean: level + 0.04 * chance.normal(), spread: 24.0 * 0.04 })
                .collect();
            let (n, sum) = (25 * classes, parts.iter().map(|part| 25.0 * part.mean).sum::<f64>());
            schools.push(Seen { name: name.as_str(), n, k: 0, sum, classes: Some(classes) });
            groups.push(Group::Parts(parts));
        }
        quantities.push(quantity_of(schools, groups));
    }
    let started = std::time::Instant::now();
    let mut gaps = Gaps::default();
    quantities.iter().for_each(|quantity| add(&settings(), quantity, &mut gaps));
    let one = started.elapsed();
    println!("one exam {one:?}, ninety {:?}", 90 * one);
    assert_eq!(gaps.comparisons.len(), 300 * 40);
}

fn quantity_of<'a>(schools: Vec<Seen<'a>>, groups: Vec<Group<Observed>>) -> Quantity<'a> {
    Quantity {
        measure: MeasureId::Total,
        max: Some(18),
        less_is_better: false,
        has_types: false,
        participants: "S01.participants",
        closed: String::new(),
        schools,
        pupils: Pupils::Values(groups),
    }
}
