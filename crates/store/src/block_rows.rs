//! Rows of blocks as the store keeps them.

use rustc_hash::FxHashMap;
use srez_model::block::{Block, Labels, RowState};

/// Columns of labels, in the order in which they are stored.
pub(super) const NAME_COLUMNS: [&str; 8] =
    ["school", "municipality", "class", "participant", "variant", "sex", "textbook", "uploaded"];

/// Columns of labels of a block, in the same order.
pub(super) fn name_columns(block: &Block) -> [&Labels; NAME_COLUMNS.len()] {
    [
        &block.school,
        &block.municipality,
        &block.class,
        &block.participant,
        &block.variant,
        &block.sex,
        &block.textbook,
        &block.uploaded,
    ]
}

/// The same, to be filled.
pub(super) fn name_columns_mut(block: &mut Block) -> [&mut Labels; NAME_COLUMNS.len()] {
    [
        &mut block.school,
        &mut block.municipality,
        &mut block.class,
        &mut block.participant,
        &mut block.variant,
        &mut block.sex,
        &mut block.textbook,
        &mut block.uploaded,
    ]
}

/// Values of a row other than its points and its row number, as the data files keep them: -1, of journals 0, for none.
pub(super) struct StoredRow<'a> {
    pub(super) names: [&'a str; NAME_COLUMNS.len()],
    pub(super) state: u8,
    pub(super) journal: u8,
    pub(super) declared_total: i16,
    pub(super) declared_result: i16,
    pub(super) total: i16,
    pub(super) result: i16,
}

/// Code of a state in the data files; none if such rows are not kept.
pub(super) fn state_code(state: RowState) -> Option<u8> {
    match state {
        RowState::Accepted => Some(0),
        RowState::Absent => Some(1),
        RowState::Rejected | RowState::Superseded => None,
    }
}

/// State behind a code.
pub(super) fn state_of_code(code: u8) -> Option<RowState> {
    [RowState::Accepted, RowState::Absent].into_iter().find(|state| state_code(*state) == Some(code))
}

/// Code of a total or result in the data files.
fn score_code(score: Option<u16>) -> i16 {
    score.and_then(|score| i16::try_from(score).ok()).unwrap_or(-1)
}

/// Total or result behind a code.
pub(super) fn score_of_code(code: i16) -> Option<u16> {
    u16::try_from(code).ok()
}

/// True if the row is accepted or absent.
pub(super) fn is_kept(block: &Block, row: usize) -> bool {
    block.state.get(row).copied().and_then(state_code).is_some()
}

/// Values of a row that is kept.
pub(super) fn stored_row(block: &Block, row: usize) -> StoredRow<'_> {
    let number = |column: &[Option<u16>]| score_code(column.get(row).copied().flatten());
    StoredRow {
        names: name_columns(block).map(|labels| labels.name(row)),
        state: block.state.get(row).copied().and_then(state_code).unwrap_or(0),
        journal: block.journal.get(row).copied().flatten().unwrap_or(0),
        declared_total: number(&block.declared_total),
        declared_result: number(&block.declared_result),
        total: number(&block.total),
        result: number(&block.result),
    }
}

/// Some rows of a block, with labels in the order of their first appearance.
pub(super) fn take(block: &Block, rows: &[usize]) -> Block {
    fn picked<T: Copy>(column: &[T], rows: &[usize]) -> Vec<T> {
        rows.iter().filter_map(|row| column.get(*row).copied()).collect()
    }
    let mut part = Block {
        row: picked(&block.row, rows),
        state: picked(&block.state, rows),
        journal: picked(&block.journal, rows),
        declared_total: picked(&block.declared_total, rows),
        declared_result: picked(&block.declared_result, rows),
        total: picked(&block.total, rows),
        result: picked(&block.result, rows),
        points: block.points.iter().map(|column| picked(column, rows)).collect(),
        ..block.clone()
    };
    for (labels, whole) in name_columns_mut(&mut part).into_iter().zip(name_columns(block)) {
        *labels = intern(rows.iter().map(|row| whole.name(*row)));
    }
    part
}

/// A column of labels from its names; fast also if every name is different.
pub(super) fn intern<'a>(names: impl Iterator<Item = &'a str>) -> Labels {
    let mut labels = Labels::default();
    let mut index_of: FxHashMap<&str, u32> = FxHashMap::default();
    for name in names {
        let next = u32::try_from(labels.names.len()).unwrap_or(u32::MAX);
        let index = *index_of.entry(name).or_insert_with(|| {
            labels.names.push(name.to_owned());
            next
        });
        labels.of_row.push(index);
    }
    labels
}

/// Panics if a column is shorter than the block: no row may lose a value on its way into the store.
///
/// # Panics
/// If columns differ in length, which is a bug of the crate that made the block.
pub(super) fn check(block: &Block) {
    let rows = block.rows();
    let names = name_columns(block).into_iter().map(|labels| labels.of_row.len());
    let numbers = [&block.declared_total, &block.declared_result, &block.total, &block.result].map(Vec::len);
    let points = block.points.iter().map(Vec::len);
    let mut lengths = names.chain(numbers).chain(points).chain([block.state.len(), block.journal.len()]);
    let whole = lengths.all(|length| length == rows) && block.points.len() == block.tasks.len();
    assert!(whole, "a block of {} has columns of different length", block.exam.id());
}
