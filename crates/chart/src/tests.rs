//! The gallery: every chart with ordinary and with nasty data. `SREZ_GALLERY=folder` keeps the pictures.

use super::*;
use srez_model::assessment::{Confirmation, Difficulty, Exam, ExamKey, Procedure, Scale, Task};
use srez_model::check::CheckState;
use srez_model::compared;
use srez_model::finding::{TaskVerdict, Verdict};
use srez_model::measures::*;
use srez_model::reference::{ReferenceKind, ReferenceMarks};
use srez_model::tally::Group;
use srez_model::tally::TaskCounts;
use srez_model::unit::{MeanScore, Percent, PercentagePoints, as_f64};
use srez_testkit::sample::hostile;
use std::collections::BTreeMap;
use std::sync::Arc;

const HOME: &str = "Северная Долина";
const MATTERS: [&str; 5] = [
    "Выполнять действия с дробями",
    "Применять геометрические факты для решения задач, в том числе предполагающих несколько шагов",
    "Решать уравнения",
    "Строить график по описанию",
    "",
];

/// What a made-up exam is like.
#[derive(Clone)]
struct Shape {
    tasks: u16,
    n: u64,
    ids: fn(u16) -> String,
    level: fn(u16) -> Option<Difficulty>,
    scale: Scale,
    /// Score by participant number, both from 0 to 1.
    ability: fn(u64, u64) -> f64,
    home: bool,
    title: &'static str,
}

fn plain() -> Shape {
    Shape {
        tasks: 20,
        n: 950,
        ids: |task| if task < 15 { (task + 1).to_string() } else { format!("16.{}", task - 14) },
        level: |task| {
            Some(if task < 14 {
                Difficulty::Basic
            } else if task < 18 {
                Difficulty::Raised
            } else {
                Difficulty::High
            })
        },
        scale: Scale::Marks(vec![(0, 2), (8, 3), (14, 4), (18, 5)]),
        ability: |place, n| 0.5 + 0.13 * ((as_f64(place) + 0.5) / (as_f64(n - place) - 0.5)).ln(),
        home: true,
        title: HOME,
    }
}

fn exam(shape: &Shape) -> Exam {
    let tests = matches!(shape.scale, Scale::Test { .. });
    let task = |index: u16| Task {
        id: (shape.ids)(index),
        position: index + 1,
        max: Some(1),
        difficulty: (shape.level)(index),
        content: MATTERS[usize::from(index) % MATTERS.len()].to_owned(),
        ..Task::default()
    };
    Exam {
        subject_title: "Математика".to_owned(),
        max_primary: Some(shape.tasks),
        tasks: (0..shape.tasks).map(task).collect(),
        scale: shape.scale.clone(),
        scale_confirmed: Confirmation::Two,
        tasks_confirmed: Confirmation::Two,
        specified: true,
        ..Exam::unspecified(ExamKey::new(if tests { Procedure::Ege } else { Procedure::Vpr }, 2026, "math", 8))
    }
}

fn interval(share: f64, n: u64) -> Interval {
    let half = 196.0 * (share / 100.0 * (1.0 - share / 100.0) / as_f64(n.max(1))).sqrt();
    Interval { value: Percent(share), low: Percent((share - half).max(0.0)), high: Percent((share + half).min(100.0)) }
}

/// Index of a score among the four marks or bands.
fn result(exam: &Exam, score: u16) -> Option<usize> {
    match &exam.scale {
        Scale::Unknown => None,
        Scale::Marks(_) => exam.scale.mark(score).map(|mark| usize::from(mark) - 2),
        Scale::Test { min_test, .. } => exam.scale.test(score).map(|test| match test {
            test if test < *min_test => 0,
            0..=60 => 1,
            61..=80 => 2,
            _ => 3,
        }),
    }
}

#[expect(clippy::too_many_lines, reason = "every table of one made-up group, in the order of the model")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores of a made-up paper")]
fn add_group(measures: &mut Measures, shape: &Shape, level: Level, group: &str, n: u64, shift: f64) {
    let exam = Arc::clone(&measures.exam);
    let scores: Vec<u16> = (0..n)
        .map(|place| (((shape.ability)(place, n) + shift).clamp(0.0, 1.0) * f64::from(shape.tasks)).round() as u16)
        .collect();
    let mut by_mark = [0_u64; 4];
    for place in scores.iter().filter_map(|score| result(&exam, *score)) {
        by_mark[place] += 1;
    }
    let tests = exam.has_test_scores();
    let group = group.to_owned();
    if tests {
        measures.bands.push(BandsRow {
            level,
            group: group.clone(),
            n,
            by_band: by_mark,
            best: None,
            mean_test: None,
            sd_test: None,
        });
    } else {
        let row = MarksRow {
            level,
            group: group.clone(),
            n,
            n_absent: None,
            by_mark,
            n_without_mark: n - by_mark.iter().sum::<u64>(),
            mean_mark: None,
            pass: None,
            quality: None,
            sou: None,
            mean_score: (n != 0).then_some(MeanScore(f64::from(shape.tasks) / 2.0)),
            sd_score: None,
            reason: String::new(),
        };
        measures.marks.push(row);
        let part = n / 10;
        let journal = JournalRow {
            level,
            group: group.clone(),
            n,
            lowered: 4 * part,
            confirmed: n - 4 * part - part / 3,
            raised: part / 3,
            gap2: part / 9,
            lowered_share: None,
        };
        measures.journal.push(journal);
    }
    for score in 0..=shape.tasks {
        let counted = scores.iter().filter(|other| **other == score).count() as u64;
        let kind = if tests { ScoreKind::Test } else { ScoreKind::Primary };
        let score = exam.scale.test(score).unwrap_or(score);
        if counted != 0 {
            measures.scores.push(ScoreRow { level, group: group.clone(), kind, score, n: counted, expected: None });
        }
    }
    let mean = scores.iter().map(|score| f64::from(*score)).sum::<f64>() / as_f64(n.max(1)) / f64::from(shape.tasks);
    for task in 0..shape.tasks {
        let ease = f64::from((task * 7 + 3) % 11) / 11.0 - 0.4 - f64::from(task) / 40.0;
        let share = if mean == 0.0 { 0.0 } else { 100.0 * (mean + 0.6 * ease).clamp(0.02, 0.98) };
        measures.tasks.push(TaskRow {
            level,
            group: group.clone(),
            task,
            counts: TaskCounts { n, ..TaskCounts::default() },
            pct: (n != 0).then_some(Percent(share)),
            interval: (n != 0).then(|| interval(share, n)),
            pct_attempted: None,
        });
        for (place, n) in by_mark.iter().enumerate().filter(|(_, n)| **n != 0) {
            let spread = (f64::from(place as u8) - 1.3) * 22.0 * (1.0 - (share - 50.0).abs() / 70.0);
            measures.tasks_by_mark.push(TaskByMarkRow {
                level,
                group: group.clone(),
                task,
                mark: place as u8 + if tests { 1 } else { 2 },
                n: *n,
                pct: Some(Percent((share + spread).clamp(0.0, 100.0))),
            });
        }
    }
}

fn made_up(shape: &Shape) -> (Measures, Findings) {
    let mut measures = Measures::empty(Arc::new(exam(shape)));
    add_group(&mut measures, shape, Level::All, "", if shape.home { 14 * shape.n + 862 } else { shape.n }, 0.0);
    if shape.home {
        add_group(&mut measures, shape, Level::Municipality, HOME, shape.n, -0.05);
        for (kind, n) in [(ReferenceKind::Region, 14_862), (ReferenceKind::Country, 1_284_506)] {
            let percent = [20.04, 40.8, 30.36, 8.8];
            let marks =
                ReferenceMarks { kind, name: String::new(), code: String::new(), n, percent, counts: None, row: 1 };
            measures.references.push(ReferenceRow { kind, marks, file: String::new() });
        }
        for (level, group, now) in [(Level::All, "", 20.0), (Level::Municipality, HOME, 21.2)] {
            measures.dynamics.push(DynamicsRow {
                level,
                group: group.to_owned(),
                now: Some(now),
                before: Some(19.1),
                n: (shape.n, shape.n),
                difference: Some(now - 19.1),
                interval: Some((-1.6, 5.6)),
                comparable: true,
                ..DynamicsRow::new("share_of_2", "vpr-2025-math-8".parse().unwrap())
            });
        }
    }
    add_schools(&mut measures, shape);
    let focus = focus(shape);
    let verdict = |row: &TaskRow| {
        let threshold = (shape.level)(row.task).map(|level| if level == Difficulty::Basic { 60.0 } else { 30.0 });
        let verdict = match (threshold, row.pct) {
            (Some(threshold), Some(Percent(share))) if share < 0.95 * threshold => Verdict::Insufficient,
            (Some(threshold), Some(Percent(share))) if share <= 1.05 * threshold => Verdict::Zone,
            (Some(_), Some(_)) => Verdict::Sufficient,
            _ => Verdict::Unknown,
        };
        TaskVerdict { task: row.task, verdict, reliable: true, threshold, zone: 3.0 }
    };
    let verdicts = measures.tasks_of(focus.level, &focus.name).map(verdict).collect();
    (measures, Findings { verdicts, ..Findings::default() })
}

/// Schools of the made-up home, in the order of its register, with names of all lengths.
fn schools() -> (Vec<String>, BTreeMap<String, String>) {
    let names = ["Гимназия № 2", "СОШ № 5", "Еловская ООШ", "", "Верхнекраснопартизанская СОШ имени Героев Труда № 7"];
    let of = |place: usize| (format!("edu99{place:04}"), names[place % names.len()].to_owned());
    ((0..15).map(|place| of(place).0).collect(), (0..15).map(of).collect())
}

/// Skills of every group and comparisons of the schools: strong, weak, small and not judged.
#[expect(clippy::too_many_lines, reason = "the tables of fifteen made-up schools, in the order of the model")]
fn add_schools(measures: &mut Measures, shape: &Shape) {
    const SKILLS: [&str; 3] = ["вычисления", "функции и графики на координатной плоскости", "геометрия"];
    let skill = |level, group: &str, skill: u16, n: u64, share: f64| SkillRow {
        level,
        group: group.to_owned(),
        skill,
        title: SKILLS[usize::from(skill)].to_owned(),
        tasks: 3,
        n,
        sum: 0,
        max_sum: 0,
        sd: None,
        pct: (n != 0).then(|| interval(share, n)),
        reason: String::new(),
    };
    for (level, group) in [(Level::All, ""), (Level::Municipality, HOME)] {
        measures
            .skills
            .extend((0..3).map(|number| skill(level, group, number, shape.n, 55.0 - 9.0 * f64::from(number))));
    }
    for (place, school) in schools().0.iter().enumerate() {
        let n = (shape.n / 12).saturating_sub(5 * place as u64);
        let share = (28.0 + 4.0 * as_f64(place as u64)).min(97.0);
        for number in 0..3 {
            measures.skills.push(skill(Level::School, school, number, n, share));
        }
        for measure in
            [compared::TOTAL.to_owned(), compared::SHARE_OF_TWO.to_owned(), format!("{}{}", compared::SKILL, SKILLS[0])]
        {
            let gap = 0.8 * (share - 52.0);
            let spread = 60.0 / as_f64(n.max(4)).sqrt();
            measures.comparisons.push(ComparisonRow {
                n,
                value: (n != 0).then_some(Percent(share)),
                value_interval: None,
                reference: Some(Percent(52.0)),
                reference_group: HOME.to_owned(),
                reference_kind: "others".to_owned(),
                n_reference: shape.n,
                gap: (place % 5 != 0).then_some(PercentagePoints(gap)),
                low: (place % 5 != 0).then_some(PercentagePoints(gap - spread)),
                high: (place % 5 != 0).then_some(PercentagePoints(gap + spread)),
                state: CheckState::ALL[place % 4],
                ..ComparisonRow::new(Level::School, school, &measure)
            });
        }
        let marks = MarksRow {
            level: Level::School,
            group: school.clone(),
            n,
            n_absent: None,
            by_mark: [n, 0, 0, 0],
            n_without_mark: 0,
            mean_mark: None,
            pass: None,
            quality: None,
            sou: None,
            mean_score: None,
            sd_score: Some(3.4),
            reason: String::new(),
        };
        measures.marks.push(marks);
    }
    add_curves_and_limits(measures, shape);
}

/// Curves of every task and limits of the schools' shares.
fn add_curves_and_limits(measures: &mut Measures, shape: &Shape) {
    for task in 0..shape.tasks {
        measures.items.push(ItemRow {
            task,
            n: shape.n,
            difficulty: None,
            sd: None,
            item_total: None,
            item_rest: Some(0.3),
            d27: None,
            alpha_drop: None,
            rasch: (shape.n != 0).then(|| 4.0 * f64::from(task) / f64::from(shape.tasks) - 2.0),
            rasch_se: None,
            infit: None,
            outfit: None,
            reason: String::new(),
        });
        measures.curves.extend((0..=shape.tasks / 3).map(|step| CurveRow {
            task,
            score_low: 3 * step,
            score_high: (3 * step + 2).min(shape.tasks),
            n: shape.n / 8,
            sum: 0,
            pct: (shape.n != 0).then(|| Percent((f64::from(step) * 300.0 / f64::from(shape.tasks)).min(100.0))),
        }));
    }
    measures.abilities.extend((1..shape.tasks).filter(|_| shape.n != 0).map(|score| AbilityRow {
        score,
        n: 1 + shape.n / 20,
        ability: 6.0 * f64::from(score) / f64::from(shape.tasks) - 3.0,
        error: 0.5,
    }));
    let around = |n: u64, z: f64| {
        let half = z * 21.0 / as_f64(n).sqrt() * 2.0;
        (Percent((21.0 - half).max(0.0)), Percent(21.0 + half))
    };
    measures.funnels.extend((0..15).map(|place| (shape.n / 12).saturating_sub(5 * place)).filter(|n| *n != 0).map(
        |n| {
            let group = if shape.home { HOME.to_owned() } else { String::new() };
            let (measure, centre) = (compared::SHARE_OF_TWO.to_owned(), Percent(21.0));
            FunnelRow {
                measure,
                group,
                schools: 15,
                n,
                centre,
                by_chance: around(n, 1.0),
                among_schools: Some(around(n, 1.6)),
            }
        },
    ));
}

fn focus(shape: &Shape) -> Group {
    let (level, name) = if shape.home { (Level::Municipality, HOME) } else { (Level::All, "") };
    Group { level, name: name.to_owned() }
}

/// The gallery: name and shape.
fn gallery() -> Vec<(&'static str, Shape)> {
    let test = Scale::Test {
        table: (0..=32_u16)
            .map(|primary| if primary < 12 { primary * 6 } else { 64 + (primary - 12) * 36 / 20 })
            .collect(),
        min_test: 27,
        min_certificate: None,
    };
    vec![
        ("plain", plain()),
        ("town-alone", Shape { home: false, title: "", ..plain() }),
        (
            "forty-tasks",
            Shape {
                tasks: 40,
                ids: |task| {
                    if task % 3 == 0 {
                        format!("{}К{}", task / 3 + 10, task % 4 + 1)
                    } else {
                        format!("{}.{}", task / 2 + 1, task % 2 + 1)
                    }
                },
                level: |task| [Some(Difficulty::Basic), Some(Difficulty::Raised), None][usize::from(task) % 3],
                scale: Scale::Marks(vec![(0, 2), (15, 3), (24, 4), (33, 5)]),
                title: "Верхнекраснопартизанский муниципальный округ имени Героев",
                ..plain()
            },
        ),
        ("no-levels-no-scale", Shape { level: |_| None, scale: Scale::Unknown, ..plain() }),
        ("state-exam", Shape { tasks: 32, n: 180, scale: test, ..plain() }),
        ("one-pupil", Shape { n: 1, ..plain() }),
        ("seven-pupils", Shape { n: 7, home: false, title: "", ..plain() }),
        ("forty-pupils", Shape { n: 40, ..plain() }),
        ("all-zero", Shape { ability: |_, _| 0.0, ..plain() }),
        ("all-full", Shape { ability: |_, _| 1.1, ..plain() }),
        ("nobody", Shape { n: 0, home: false, title: "", ..plain() }),
        ("one-task", Shape { tasks: 1, scale: Scale::Marks(vec![(0, 2), (1, 5)]), ..plain() }),
    ]
}

fn drawn(shape: &Shape, png: bool) -> Vec<Figure> {
    drawn_for(shape, png, &schools().1)
}

/// The same with other names of the schools, by id.
fn drawn_for(shape: &Shape, png: bool, names: &BTreeMap<String, String>) -> Vec<Figure> {
    let (measures, findings) = made_up(shape);
    let thresholds = Thresholds::default();
    let (schools, _) = schools();
    let settings = Settings {
        focus: focus(shape),
        focus_title: shape.title.to_owned(),
        schools: &schools,
        names,
        thresholds: &thresholds,
        png,
        counts: true,
    };
    draw(&settings, &measures, &findings)
}

/// Names of the elements of a drawing, and its words; a fault of the markup fails.
fn elements_and_words(svg: &str) -> (std::collections::BTreeSet<String>, String) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut elements, mut words) = (std::collections::BTreeSet::new(), String::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {svg}")) {
            Event::Eof => return (elements, words),
            Event::Start(tag) | Event::Empty(tag) => {
                elements.insert(tag.name().0.to_owned());
            }
            Event::Text(text) => words.push_str(&text),
            _ => {}
        }
    }
}

#[test]
fn names_that_try_to_be_more_than_text_stay_text() {
    let shape = plain();
    let (ids, _) = schools();
    let plain: BTreeMap<String, _> =
        drawn(&shape, false).into_iter().map(|figure| (figure.chart, elements_and_words(&figure.svg).0)).collect();
    let strings = hostile::hostile_strings();
    assert!(strings.len() > 500);
    let mut shown = 0;
    for part in strings.chunks(ids.len()) {
        let names = ids.iter().cloned().zip(part.iter().cloned()).collect();
        // One in seven is also rasterised; the names only matter for the drawing.
        for figure in drawn_for(&shape, part[0].len() % 7 == 0, &names) {
            let (elements, words) = elements_and_words(&figure.svg);
            let new: Vec<&String> = elements.difference(&plain[&figure.chart]).collect();
            assert!(new.is_empty(), "{}: {new:?} of {part:?}", figure.chart);
            if figure.chart == "caterpillar" {
                let words = hostile::literal(&words);
                // A long name is cut with dots, so its beginning is searched.
                let begins = |name: &String| hostile::literal(name).chars().take(6).collect::<String>();
                let plain = |name: &&String| !name.contains(['&', '<', '>']);
                shown += part.iter().filter(plain).filter(|name| words.contains(&begins(name))).count();
            }
        }
    }
    assert!(shown > 300, "only {shown} names are shown");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the gallery is for a person's eyes and is no output of a run")]
fn every_shape_is_drawn_and_twice_the_same() {
    let folder = std::env::var("SREZ_GALLERY").ok();
    for (name, shape) in gallery() {
        let figures = drawn(&shape, folder.is_some());
        assert!(figures.len() >= 3, "{name}: {}", figures.len());
        assert_eq!(figures, drawn(&shape, folder.is_some()), "{name}");
        for figure in &figures {
            assert!(!figure.svg.contains("NaN") && !figure.svg.contains("inf"), "{name} {}", figure.chart);
            assert!(
                !figure.caption.ends_with('.') && figure.alt.ends_with('.'),
                "{name}: {} / {}",
                figure.caption,
                figure.alt
            );
            let printed: String = figure.svg.split('>').filter_map(|part| part.split('<').next()).collect();
            let printed = printed.replace(['\n', '&'], "");
            assert!(theme::typeface::covers(&printed), "{name} {}: {printed}", figure.chart);
            if let Some(folder) = &folder {
                std::fs::write(format!("{folder}/{name}-{}.png", figure.chart), &figure.png).unwrap();
                std::fs::write(format!("{folder}/{name}-{}.svg", figure.chart), &figure.svg).unwrap();
                println!("{name} {}: {} | {}", figure.chart, figure.caption, figure.alt);
            }
        }
    }
}

#[test]
fn a_chart_that_does_not_apply_is_left_out() {
    let ids = |shape: &Shape| drawn(shape, false).into_iter().map(|figure| figure.chart).collect::<Vec<_>>();
    assert_eq!(ids(&plain()), CHARTS.iter().map(|chart| chart.id).collect::<Vec<_>>());
    let exam = gallery().into_iter().find(|(name, _)| *name == "state-exam").map(|(_, shape)| shape).unwrap();
    assert!(!ids(&exam).contains(&"journal".to_owned()));
}

#[test]
fn few_participants_get_counts_and_no_shares() {
    let figures = drawn(&Shape { n: 7, ..plain() }, false);
    let marks = figures.iter().find(|figure| figure.chart == "marks-stacked").unwrap();
    assert!(marks.svg.contains("человек: «2»"), "{}", marks.svg);
    let levels = figures.iter().find(|figure| figure.chart == "task-levels").unwrap();
    assert!(levels.alt.contains("Участников мало (7)"));
}

#[test]
fn a_picture_is_a_png_of_print_size() {
    let figures = drawn(&plain(), true);
    for figure in &figures {
        assert_eq!(figure.png.get(..4), Some(&b"\x89PNG"[..]));
        let width = u32::from_be_bytes(figure.png[16..20].try_into().unwrap());
        assert_eq!(width, 1286, "{}", figure.chart);
    }
}

#[test]
fn sizes_of_groups_are_told_only_where_they_may_be() {
    let (measures, findings) = made_up(&plain());
    let thresholds = Thresholds::default();
    let (schools, names) = schools();
    let profile = |counts: bool| {
        let settings = Settings {
            focus: focus(&plain()),
            focus_title: HOME.to_owned(),
            schools: &schools,
            names: &names,
            thresholds: &thresholds,
            png: false,
            counts,
        };
        let mut drawn = draw_only(&settings, &measures, &findings, &["task-profile-by-mark"]);
        assert_eq!(drawn.len(), 1);
        drawn.remove(0).svg
    };
    assert!(profile(true).contains("n\u{a0}=\u{a0}") && !profile(false).contains("n\u{a0}=\u{a0}"));
}

/// Works at the cuts are tested against a curve; where they bunch the drawing shows it.
#[test]
fn the_curve_that_the_rule_sees_is_drawn() {
    let (mut measures, findings) = made_up(&plain());
    let thresholds = Thresholds::default();
    let (schools, names) = schools();
    let settings = Settings {
        focus: focus(&plain()),
        focus_title: HOME.to_owned(),
        schools: &schools,
        names: &names,
        thresholds: &thresholds,
        png: false,
        counts: true,
    };
    let drawn = |measures: &Measures| {
        draw_only(&settings, measures, &findings, &["score-distribution"]).into_iter().next().unwrap()
    };
    let plain = drawn(&measures);
    assert!(!plain.caption.contains("плавное") && !plain.alt.contains("кривой"), "{}", plain.alt);
    let of_home = |level: Level| level == Level::Municipality;
    measures.scores.iter_mut().filter(|row| of_home(row.level)).for_each(|row| row.expected = Some(30.4));
    let row = BoundaryRow {
        level: Level::Municipality,
        group: HOME.to_owned(),
        state: Some(CheckState::Found),
        ..BoundaryRow::default()
    };
    measures.boundaries = vec![row];
    let with_curve = drawn(&measures);
    assert!(with_curve.caption.contains("линия — плавное распределение"), "{}", with_curve.caption);
    assert!(with_curve.alt.contains("по плавной кривой было бы 30."), "{}", with_curve.alt);
    let lines = |svg: &str| svg.matches("<polyline").count();
    assert_eq!(lines(&with_curve.svg), lines(&plain.svg) + 1);
}

/// Run by hand: `cargo test --release --lib chart::tests::speed -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn speed() {
    let (measures, findings) = made_up(&plain());
    let thresholds = Thresholds::default();
    let (schools, names) = schools();
    for png in [false, true] {
        let settings = Settings {
            focus: focus(&plain()),
            focus_title: HOME.to_owned(),
            schools: &schools,
            names: &names,
            thresholds: &thresholds,
            png,
            counts: true,
        };
        let start = std::time::Instant::now();
        let figures: usize = (0..13).map(|_| draw(&settings, &measures, &findings).len()).sum();
        let bytes: usize = draw(&settings, &measures, &findings).iter().map(|figure| figure.png.len()).sum();
        println!("{figures} charts, png {png}: {:?}; PNG of one exam {bytes} bytes", start.elapsed());
    }
}
