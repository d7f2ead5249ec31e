//! The gallery: every chart with ordinary and with nasty data. `SREZ_GALLERY=folder` keeps the pictures.

mod made_up;
mod schools;
mod shapes;

use super::*;
use made_up::{focus, made_up};
use shapes::{Shape, gallery, plain};
use srez_model::check::CheckState;
use srez_model::measures::BoundaryRow;
use srez_model::threshold::{SourceTag, Threshold};
use srez_testkit::sample::hostile;
use std::collections::{BTreeMap, BTreeSet};

const HOME: &str = "Северная Долина";

/// What a drawing needs beside the numbers.
struct Scene {
    schools: Vec<String>,
    names: BTreeMap<String, String>,
    thresholds: Thresholds,
}

impl Scene {
    fn new() -> Self {
        let (schools, names) = schools::names();
        let others = Threshold {
            id: "analysis.others".to_owned(),
            title: "все участники рядом с муниципалитетом".to_owned(),
            value: 10.0,
            unit: "%".to_owned(),
            tag: SourceTag::Practice,
            document: String::new(),
            page: String::new(),
            reason: String::new(),
        };
        let thresholds = Thresholds { entries: [("analysis.others".to_owned(), others)].into() };
        Self { schools, names, thresholds }
    }

    fn settings(&self, shape: &Shape, png: bool) -> Settings<'_> {
        Settings {
            focus: focus(shape),
            focus_title: shape.title.to_owned(),
            schools: &self.schools,
            names: &self.names,
            thresholds: &self.thresholds,
            png,
            counts: true,
        }
    }
}

fn drawn(shape: &Shape, png: bool) -> Vec<Figure> {
    drawn_in(&Scene::new(), shape, png)
}

fn drawn_in(scene: &Scene, shape: &Shape, png: bool) -> Vec<Figure> {
    let (measures, findings) = made_up(shape);
    draw(&scene.settings(shape, png), &measures, &findings)
}

/// Names of the elements of a drawing, and its words; a fault of the markup fails.
fn elements_and_words(svg: &str) -> (BTreeSet<String>, String) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut elements, mut words) = (BTreeSet::new(), String::new());
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
    let mut scene = Scene::new();
    let plain: BTreeMap<String, _> =
        drawn(&shape, false).into_iter().map(|figure| (figure.chart, elements_and_words(&figure.svg).0)).collect();
    let strings = hostile::hostile_strings();
    assert!(strings.len() > 500);
    let mut shown = 0;
    for part in strings.chunks(scene.schools.len()) {
        scene.names = scene.schools.iter().cloned().zip(part.iter().cloned()).collect();
        // One in seven is also rasterised; the names only matter for the drawing.
        for figure in drawn_in(&scene, &shape, part[0].len() % 7 == 0) {
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
    let (scene, shape) = (Scene::new(), plain());
    let profile = |counts: bool| {
        let settings = Settings { counts, ..scene.settings(&shape, false) };
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
    let scene = Scene::new();
    let settings = scene.settings(&plain(), false);
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
