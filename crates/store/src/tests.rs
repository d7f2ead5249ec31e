//! What a store keeps, replaces, distinguishes and refuses; here the blocks that all its tests are made of.

mod commits;
mod files;
mod versions;

use super::*;
use camino::Utf8PathBuf;
use srez_model::assessment::{Confirmation, Procedure, Scale};
use srez_model::block::{BlockTask, Labels, RowState};

pub(super) fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().join("store")).unwrap();
    (folder, path)
}

pub(super) fn exam(subject: &str) -> Exam {
    Exam {
        subject_title: "Математика".to_owned(),
        max_primary: Some(9),
        scale: Scale::Marks(vec![(0, 2), (3, 3)]),
        scale_confirmed: Confirmation::One,
        tasks_confirmed: Confirmation::One,
        specified: true,
        ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, subject, 8))
    }
}

/// A block of tasks `1`, `2`, … in which row `(school, participant, points)` scores the same on every task.
pub(super) fn block(subject: &str, file: &str, tasks: u8, rows: &[(u8, u8, u8)]) -> Block {
    let mut block = Block::new(exam(subject).key, "form", file, "Лист1");
    let task = |number: u8| BlockTask {
        id: number.to_string(),
        by_position: false,
        max: Some(9),
        difficulty: None,
        column: u32::from(number) + 4,
    };
    block.tasks = (1..=tasks).map(task).collect();
    block.points = vec![Vec::new(); block.tasks.len()];
    for (number, (school, participant, points)) in (7_u32..).zip(rows) {
        block.row.push(number);
        block.state.push(match points {
            8 => RowState::Rejected,
            9 => RowState::Absent,
            _ => RowState::Accepted,
        });
        block.school.push(&format!("edu{school}"));
        block.municipality.push("Северная Долина");
        block.class.push(if participant % 2 == 0 { "8А" } else { "" });
        block.participant.push(&participant.to_string());
        block.variant.push("1");
        block.sex.push("");
        block.textbook.push("");
        block.uploaded.push("");
        block.journal.push(Some(points % 4 + 2));
        block.declared_total.push(None);
        block.declared_result.push(Some(u16::from(*points)));
        block.total.push(Some(u16::from(*points) * u16::from(tasks)));
        block.result.push(Some(u16::from(points % 4)));
        block.points.iter_mut().for_each(|column| column.push(*points));
    }
    block
}

pub(super) fn delivery(blocks: &[Block]) -> Vec<ExamDelivery> {
    let one = |block: &Block| ExamDelivery { exam: exam(&block.exam.subject), blocks: vec![block.clone()] };
    blocks.iter().map(one).collect()
}

/// Participants in force with their points on the first task.
pub(super) fn points_of(store: &Store, subject: &str) -> Vec<(String, u8)> {
    let blocks = store.read(&exam(subject).key).map(|stored| stored.blocks).unwrap_or_default();
    let rows = |block: &Block| -> Vec<(String, u8)> {
        (0..block.rows()).map(|row| (block.participant.name(row).to_owned(), block.points[0][row])).collect()
    };
    let mut points: Vec<_> = blocks.iter().flat_map(rows).collect();
    points.sort();
    points
}

/// A block of one class: participants with their points.
pub(super) fn class_block(file: &str, class: &str, rows: &[(u8, u8)]) -> Block {
    let rows: Vec<(u8, u8, u8)> = rows.iter().map(|(participant, points)| (1, *participant, *points)).collect();
    let mut block = block("a", file, 1, &rows);
    block.class = Labels::default();
    rows.iter().for_each(|_| block.class.push(class));
    block
}
