//! Units, and when two of them are equal.
//!
//! A later delivery replaces a unit as a whole, never single cells of it. Its content is every value of its rows, the
//! form, the date and the tasks with maxima and levels; not their position (file, sheet, row, column, order of rows and
//! of task columns) nor what a sheet declares about itself as a whole. So a renamed copy changes nothing, and one
//! corrected point changes its class.

use super::block_rows::{is_kept, stored_row};
use super::unit::{UnitKey, units};
use blake3::Hasher;
use srez_model::block::Block;
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

type Hash = [u8; 32];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// Hash of every row, sorted.
    rows: Vec<Hash>,
    /// Hashes of form, date and tasks of the blocks that the rows come from.
    frames: BTreeSet<Hash>,
}

impl Content {
    /// Number of rows.
    pub(super) fn rows(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// Hash of the whole.
    pub(super) fn hash(&self) -> String {
        let mut hasher = Hasher::new();
        for hash in self.rows.iter().chain([&[0; 32]]).chain(&self.frames) {
            hasher.update(hash);
        }
        hasher.finalize().to_hex().to_string()
    }

    /// Rows that differ: a corrected row counts once, and so does one that came or went.
    pub(super) fn rows_changed(&self, former: &Self) -> u32 {
        let (mut left, mut right) = (self.rows.iter().peekable(), former.rows.iter().peekable());
        let (mut only_left, mut only_right) = (0_u32, 0_u32);
        loop {
            match (left.peek(), right.peek()) {
                (None, None) => return only_left.max(only_right),
                (Some(own), Some(other)) if own == other => {
                    left.next();
                    right.next();
                }
                (Some(own), other) if other.is_none_or(|other| own < other) => {
                    only_left += 1;
                    left.next();
                }
                _ => {
                    only_right += 1;
                    right.next();
                }
            }
        }
    }
}

/// Contents of all units of the blocks.
pub(super) fn contents<B: Borrow<Block>>(blocks: &[B]) -> BTreeMap<UnitKey, Content> {
    let mut contents: BTreeMap<UnitKey, Content> = BTreeMap::new();
    for block in blocks.iter().map(Borrow::borrow) {
        let tasks = tasks_by_id(block);
        let frame = frame(block, &tasks);
        let (keys, of_row) = units(block);
        let mut of_unit: Vec<Content> = vec![Content::default(); keys.len()];
        let mut bytes = Vec::new();
        for (row, unit) in of_row.iter().enumerate().filter(|(row, _)| is_kept(block, *row)) {
            bytes.clear();
            write_row(block, row, &tasks, &mut bytes);
            if let Some(content) = of_unit.get_mut(*unit) {
                content.rows.push(*blake3::hash(&bytes).as_bytes());
            }
        }
        for (key, mut content) in keys.into_iter().zip(of_unit) {
            if !content.rows.is_empty() {
                let whole = contents.entry(key).or_default();
                whole.rows.append(&mut content.rows);
                whole.frames.insert(frame);
            }
        }
    }
    for content in contents.values_mut() {
        content.rows.sort_unstable();
    }
    contents
}

/// Rows of every participant, by unit; rows without participant are collected under an empty name.
pub(super) fn by_participant(blocks: &[Block]) -> BTreeMap<UnitKey, BTreeMap<String, Content>> {
    let mut of_unit: BTreeMap<UnitKey, BTreeMap<String, Content>> = BTreeMap::new();
    for block in blocks {
        let tasks = tasks_by_id(block);
        let (keys, of_row) = units(block);
        for (row, unit) in of_row.iter().enumerate().filter(|(row, _)| is_kept(block, *row)) {
            let Some(key) = keys.get(*unit) else { continue };
            let mut bytes = Vec::new();
            write_row(block, row, &tasks, &mut bytes);
            let participants = of_unit.entry(key.clone()).or_default();
            let content = participants.entry(block.participant.name(row).to_owned()).or_default();
            content.rows.push(*blake3::hash(&bytes).as_bytes());
        }
    }
    of_unit.values_mut().flat_map(BTreeMap::values_mut).for_each(|content| content.rows.sort_unstable());
    of_unit
}

/// Indices of the task columns, sorted by task id.
fn tasks_by_id(block: &Block) -> Vec<usize> {
    let mut places: Vec<usize> = (0..block.tasks.len()).collect();
    places.sort_by_key(|place| block.tasks.get(*place).map(|task| &task.id));
    places
}

fn frame(block: &Block, tasks: &[usize]) -> Hash {
    let mut bytes = Vec::new();
    write_text(&block.form, &mut bytes);
    write_text(&block.date, &mut bytes);
    for task in tasks.iter().filter_map(|place| block.tasks.get(*place)) {
        write_text(&task.id, &mut bytes);
        write_text(task.difficulty.map_or("", |difficulty| difficulty.letter()), &mut bytes);
        bytes.push(u8::from(task.by_position));
        bytes.extend(task.max.map_or(-1, i32::from).to_le_bytes());
    }
    *blake3::hash(&bytes).as_bytes()
}

fn write_row(block: &Block, row: usize, tasks: &[usize], bytes: &mut Vec<u8>) {
    let stored = stored_row(block, row);
    for name in stored.names {
        write_text(name, bytes);
    }
    bytes.extend([stored.state, stored.journal]);
    for number in [stored.declared_total, stored.declared_result, stored.total, stored.result] {
        bytes.extend(number.to_le_bytes());
    }
    for place in tasks {
        if let (Some(task), Some(points)) = (block.tasks.get(*place), block.points.get(*place)) {
            write_text(&task.id, bytes);
            bytes.extend(points.get(row));
        }
    }
}

/// Length, then bytes, so that neighbouring texts cannot be confused.
fn write_text(text: &str, bytes: &mut Vec<u8>) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}

/// Order of blocks that does not depend on the order in which they were read: by file and sheet, then by what is in
/// them.
pub(super) fn order(left: &Block, right: &Block) -> Ordering {
    place(left)
        .cmp(&place(right))
        .then_with(|| left.row.cmp(&right.row))
        .then_with(|| left.school.names.cmp(&right.school.names))
        .then_with(|| left.participant.names.cmp(&right.participant.names))
        .then_with(|| left.points.cmp(&right.points))
}

fn place(block: &Block) -> [&str; 4] {
    [&block.file, &block.sheet, &block.form, &block.date]
}
