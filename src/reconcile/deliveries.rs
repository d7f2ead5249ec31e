//! Did a school deliver the same exam more than once?

use super::{note_about, set_rows};
use crate::model::block::{Block, RowState};
use crate::model::note::{Note, NoteCode, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// The same rows again.
pub(super) const SAME: NoteCode = NoteCode {
    id: "C05",
    severity: Severity::Warning,
    title: "результаты школы уже есть в другом файле",
    explanation: "Строки школы по этой работе полностью совпадают со строками другого файла: они учтены один раз.",
    hint: "ничего делать не нужно; лишний файл можно убрать",
};

/// A later upload.
pub(super) const LATER: NoteCode = NoteCode {
    id: "C06",
    severity: Severity::Warning,
    title: "есть более поздний файл школы",
    explanation: "Школа прислала работу дважды; по дате загрузки или дате формы остаётся последняя.",
    hint: "ничего делать не нужно; если верен прежний файл, уберите новый",
};

/// Two deliveries that differ, and nothing tells which is right.
pub(super) const DIFFERENT: NoteCode = NoteCode {
    id: "C07",
    severity: Severity::RejectFile,
    title: "два разных файла школы по одной работе",
    explanation: "Результаты школы по одной работе пришли в двух файлах с разными строками, и даты не говорят, какой \
                  позднее. Не приняты оба.",
    hint: "школе — сообщить, какой файл верный, или прислать его заново; в папке оставить только его",
};

/// Keeps one delivery of each school.
pub(super) fn keep_one(blocks: &mut [Block], notes: &mut Vec<Note>) {
    let mut of_school: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, block) in blocks.iter().enumerate() {
        let present: BTreeSet<u32> = (0..block.rows())
            .filter(|row| counts(block, *row))
            .filter_map(|row| block.school.of_row.get(row).copied())
            .collect();
        for label in present {
            let name = block.school.names.get(label as usize).cloned().unwrap_or_default();
            of_school.entry(name).or_default().push(place);
        }
    }
    for (school, places) in of_school.into_iter().filter(|(_, places)| 1 < places.len()) {
        decide(blocks, &school, places, notes);
    }
}

fn counts(block: &Block, row: usize) -> bool {
    matches!(block.state.get(row), Some(RowState::Accepted | RowState::Absent))
}

/// Goes through the deliveries of one school: each is the same as, apart from, later than or against those kept.
fn decide(blocks: &mut [Block], school: &str, places: Vec<usize>, notes: &mut Vec<Note>) {
    let mut kept: Vec<usize> = Vec::new();
    for place in places {
        let mut state = RowState::Accepted;
        let mut against = None;
        for other in kept.clone() {
            let (Some(first), Some(second)) = (blocks.get(other), blocks.get(place)) else { continue };
            let (rows, other_rows) = (rows_of(second, school), rows_of(first, school));
            if rows == other_rows {
                state = RowState::Superseded;
                notes.push(
                    note_about(&SAME, second, format!("школа {school}: то же, что в файле {}", first.file))
                        .found(school),
                );
                break;
            }
            if rows.keys().all(|participant| !other_rows.contains_key(participant)) {
                continue;
            }
            match later(first, second, school) {
                Some(true) => {
                    let message = format!("школа {school}: более поздние результаты в файле {}", second.file);
                    notes.push(note_about(&LATER, first, message).found(school));
                    kept.retain(|seen| *seen != other);
                    if let Some(block) = blocks.get_mut(other) {
                        supersede(block, school, RowState::Superseded);
                    }
                }
                Some(false) => {
                    let message = format!("школа {school}: более поздние результаты в файле {}", first.file);
                    notes.push(note_about(&LATER, second, message).found(school));
                    state = RowState::Superseded;
                    break;
                }
                None => against = Some(other),
            }
        }
        if let Some(other) = against {
            for (here, there) in [(place, other), (other, place)] {
                let there = blocks.get(there).map(|block| block.file.clone()).unwrap_or_default();
                if let Some(block) = blocks.get_mut(here) {
                    supersede(block, school, RowState::Rejected);
                    notes.push(
                        note_about(
                            &DIFFERENT,
                            block,
                            format!(
                                "школа {school}: другие результаты по той же работе в файле {there}; не приняты оба"
                            ),
                        )
                        .found(school),
                    );
                }
            }
            kept.retain(|seen| *seen != other);
        } else if state == RowState::Accepted {
            kept.push(place);
        } else if let Some(block) = blocks.get_mut(place) {
            supersede(block, school, state);
        }
    }
}

fn supersede(block: &mut Block, school: &str, state: RowState) {
    set_rows(block, state, |block, row| block.school.name(row) == school);
}

/// What a participant of a school has in a block.
type Row = (String, i16, i16, u8, Vec<u8>);

fn rows_of(block: &Block, school: &str) -> BTreeMap<(String, String), Row> {
    (0..block.rows())
        .filter(|row| counts(block, *row) && block.school.name(*row) == school)
        .map(|row| {
            let points = block.points.iter().filter_map(|column| column.get(row).copied()).collect();
            let value = (
                block.variant.name(row).to_owned(),
                block.total.get(row).copied().unwrap_or(-1),
                block.result.get(row).copied().unwrap_or(-1),
                block.journal.get(row).copied().unwrap_or(0),
                points,
            );
            ((block.class.name(row).to_owned(), block.participant.name(row).to_owned()), value)
        })
        .collect()
}

/// Whether the second block is later for a school; none where nothing tells.
fn later(first: &Block, second: &Block, school: &str) -> Option<bool> {
    let time = |block: &Block| -> String {
        let uploaded = (0..block.rows())
            .filter(|row| block.school.name(*row) == school)
            .map(|row| block.uploaded.name(row))
            .max()
            .unwrap_or_default();
        if uploaded.is_empty() { block.date.clone() } else { uploaded.to_owned() }
    };
    let (first, second) = (time(first), time(second));
    if first.is_empty() || second.is_empty() || first == second { None } else { Some(first < second) }
}
