//! The same participant twice in one block.

use super::note_at;
use rustc_hash::FxHashMap;
use srez_model::block::{Block, RowState};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};

/// An identical row twice: one is dropped.
pub(super) const SAME: NoteDefinition = NoteDefinition {
    id: NoteCode::RepeatedRow,
    severity: Severity::RejectRow,
    title: "строка повторена",
    explanation: "Две строки одного участника совпадают во всём: остаётся первая.",
    hint: "удалите лишнюю строку",
};

/// Different rows of one participant: both are kept out, since nobody knows which is right.
pub(super) const DIFFERENT: NoteDefinition = NoteDefinition {
    id: NoteCode::RepeatedParticipant,
    severity: Severity::RejectRow,
    title: "один код у разных строк",
    explanation: "Код участника в школе и работе должен быть один. Строки с одним кодом и разными баллами не приняты \
                  обе: какая из них верна, решает школа.",
    hint: "проверьте коды участников: исправьте код или удалите лишнюю строку",
};

/// The school uploaded again: the later row stands.
pub(super) const LATER: NoteDefinition = NoteDefinition {
    id: NoteCode::LaterUpload,
    severity: Severity::Warning,
    title: "есть более поздняя загрузка",
    explanation: "Школа загружала работу несколько раз; строки одного участника сравниваются по времени загрузки, \
                  остаётся последняя.",
    hint: "ничего делать не нужно; если верна прежняя загрузка, удалите новую",
};

pub(super) fn check(block: &mut Block, notes: &mut Vec<Note>) {
    let mut rows_of: FxHashMap<(u32, u32), Vec<usize>> = FxHashMap::default();
    let mut order = Vec::new();
    for row in 0..block.rows() {
        let counts = block.state.get(row).is_some_and(|state| matches!(state, RowState::Accepted | RowState::Absent));
        if !counts || block.participant.name(row).is_empty() {
            continue;
        }
        let key = (index(&block.school.of_row, row), index(&block.participant.of_row, row));
        let rows = rows_of.entry(key).or_default();
        if rows.len() == 1 {
            order.push(key);
        }
        rows.push(row);
    }
    for key in order {
        let rows = rows_of.remove(&key).unwrap_or_default();
        let Some((first, others)) = rows.split_first() else { continue };
        if supersede_earlier(block, &rows, notes) {
            continue;
        }
        let same = others.iter().all(|row| is_same(block, *first, *row));
        let out: &[usize] = if same { others } else { &rows };
        for row in out {
            let number = |row: usize| block.row.get(row).copied().unwrap_or(0);
            let others: Vec<String> =
                rows.iter().filter(|seen| *seen != row).map(|seen| number(*seen).to_string()).collect();
            let code = if same { &SAME } else { &DIFFERENT };
            let message = if same {
                format!("строка повторяет строку {}", number(*first))
            } else {
                format!("тот же код участника в строке {}, баллы разные", others.join(", "))
            };
            notes.push(note_at(code, block, *row, block.columns.participant, message));
        }
        for row in out {
            if let Some(state) = block.state.get_mut(*row) {
                *state = RowState::Rejected;
            }
        }
    }
}

/// Keeps the row of the latest upload; false where the times do not tell.
fn supersede_earlier(block: &mut Block, rows: &[usize], notes: &mut Vec<Note>) -> bool {
    let mut times: Vec<(&str, usize)> = rows.iter().map(|row| (block.uploaded.name(*row), *row)).collect();
    times.sort_unstable();
    let (Some(last), Some(before)) = (times.last().copied(), times.iter().rev().nth(1).copied()) else { return false };
    if before.0.is_empty() || before.0 == last.0 {
        return false;
    }
    let kept = block.row.get(last.1).copied().unwrap_or(0);
    for row in rows.iter().filter(|row| **row != last.1) {
        let message = format!("более поздняя загрузка стоит в строке {kept}");
        notes.push(note_at(&LATER, block, *row, block.columns.participant, message));
        if let Some(state) = block.state.get_mut(*row) {
            *state = RowState::Superseded;
        }
    }
    true
}

fn index(column: &[u32], row: usize) -> u32 {
    column.get(row).copied().unwrap_or(u32::MAX)
}

fn is_same(block: &Block, first: usize, second: usize) -> bool {
    let same = |column: &[u32]| column.get(first) == column.get(second);
    block.points.iter().all(|column| column.get(first) == column.get(second))
        && same(&block.class.of_row)
        && same(&block.variant.of_row)
        && same(&block.sex.of_row)
        && block.journal.get(first) == block.journal.get(second)
        && block.state.get(first) == block.state.get(second)
        && block.declared_total.get(first) == block.declared_total.get(second)
        && block.declared_result.get(first) == block.declared_result.get(second)
}
