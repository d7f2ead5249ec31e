//! A made-up exam of a shape: its tasks and scale, and the numbers of all, of the home municipality and of its schools.

use super::shapes::Shape;
use super::{HOME, schools};
use srez_model::assessment::{Confirmation, Difficulty, Exam, ExamKey, Procedure, Scale, Task};
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, TaskVerdict, Verdict};
use srez_model::level::Level;
use srez_model::measures::*;
use srez_model::reference::{ReferenceKind, ReferenceMarks};
use srez_model::tally::{Group, TaskCounts};
use srez_model::unit::{MeanScore, Percent, as_f64};
use std::sync::Arc;

const MATTERS: [&str; 5] = [
    "Выполнять действия с дробями",
    "Применять геометрические факты для решения задач, в том числе предполагающих несколько шагов",
    "Решать уравнения",
    "Строить график по описанию",
    "",
];

pub(super) fn made_up(shape: &Shape) -> (Measures, Findings) {
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
                ..DynamicsRow::new(MeasureId::ShareOfTwo, "vpr-2025-math-8".parse().unwrap())
            });
        }
    }
    schools::add(&mut measures, shape);
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

pub(super) fn focus(shape: &Shape) -> Group {
    let (level, name) = if shape.home { (Level::Municipality, HOME) } else { (Level::All, "") };
    Group { level, name: name.to_owned() }
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

pub(super) fn interval(share: f64, n: u64) -> Interval {
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
