//! What the made-up exams of the gallery are like: one ordinary shape, and those in which a chart could go wrong.

use super::HOME;
use srez_model::assessment::{Difficulty, Scale};
use srez_model::unit::as_f64;

/// What a made-up exam is like.
#[derive(Clone)]
pub(super) struct Shape {
    pub(super) tasks: u16,
    pub(super) n: u64,
    pub(super) ids: fn(u16) -> String,
    pub(super) level: fn(u16) -> Option<Difficulty>,
    pub(super) scale: Scale,
    /// Score by participant number, both from 0 to 1.
    pub(super) ability: fn(u64, u64) -> f64,
    pub(super) home: bool,
    pub(super) title: &'static str,
}

pub(super) fn plain() -> Shape {
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
        ability: |place, n| 0.5 + 0.13 * libm::log((as_f64(place) + 0.5) / (as_f64(n - place) - 0.5)),
        home: true,
        title: HOME,
    }
}

/// The gallery: name and shape.
pub(super) fn gallery() -> Vec<(&'static str, Shape)> {
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
