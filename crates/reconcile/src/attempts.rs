//! Did somebody sit an exam more than once in the year (reserve day, retake)?

use srez_model::block::{Block, RowState};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// The last attempt by date counts.
pub(super) const EARLIER: NoteDefinition = NoteDefinition {
    id: NoteCode::LaterAttempt,
    severity: Severity::Warning,
    title: "есть более поздняя попытка",
    explanation: "Участник сдавал предмет несколько раз за год: учтена последняя по дате попытка, строка повторного \
                  протокола — один раз.",
    hint: "ничего делать не нужно",
};

/// Two results of one day.
pub(super) const DIFFERENT: NoteDefinition = NoteDefinition {
    id: NoteCode::DifferentAttempts,
    severity: Severity::RejectRow,
    title: "разные результаты одного участника в один день",
    explanation: "У участника в один день два разных результата, и неизвестно, какой верен. Не приняты оба.",
    hint: "оставьте протокол, который верен, и запустите ещё раз",
};

/// Keeps the last attempt of every participant; attempts are those of one kind of paper.
pub(super) fn keep_last(blocks: &mut [Block], kinds: &[usize], notes: &mut Vec<Note>) {
    let mut of_participant: BTreeMap<(String, String, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (place, (block, kind)) in blocks.iter().zip(kinds).enumerate() {
        for row in 0..block.rows() {
            let participant = block.participant.name(row);
            if block.state.get(row) == Some(&RowState::Accepted) && !participant.is_empty() {
                let key = (block.school.name(row).to_owned(), participant.to_owned(), *kind);
                of_participant.entry(key).or_default().push((place, row));
            }
        }
    }
    for attempts in of_participant.into_values().filter(|attempts| attempts.len() > 1) {
        decide(blocks, &attempts, notes);
    }
}

fn decide(blocks: &mut [Block], attempts: &[(usize, usize)], notes: &mut Vec<Note>) {
    let date = |place: usize| blocks.get(place).map_or("", |block| block.date.as_str());
    let last = attempts.iter().map(|(place, _)| date(*place)).max().unwrap_or_default().to_owned();
    let of_last: Vec<(usize, usize)> = attempts.iter().copied().filter(|(place, _)| date(*place) == last).collect();
    let result = |(place, row): (usize, usize)| {
        blocks.get(place).map(|block| {
            let points: Vec<u8> = block.points.iter().filter_map(|column| column.get(row).copied()).collect();
            (block.total.get(row).copied(), block.result.get(row).copied(), points)
        })
    };
    // The scale may give both the same mark; whether the marks of the files count is not known yet.
    let declared: BTreeSet<u16> = of_last
        .iter()
        .filter_map(|(place, row)| blocks.get(*place)?.declared_result.get(*row).copied().flatten())
        .collect();
    let alike = declared.len() <= 1 && of_last.windows(2).all(|pair| result(pair[0]) == result(pair[1]));
    let kept = if alike { of_last.first().copied() } else { None };
    for attempt in attempts.iter().copied().filter(|attempt| Some(*attempt) != kept) {
        let conflicting = kept.is_none() && of_last.contains(&attempt);
        let Some(block) = blocks.get_mut(attempt.0) else { continue };
        let (code, state, message) = if conflicting {
            (&DIFFERENT, RowState::Rejected, "в тот же день у участника другой результат в другой строке".to_owned())
        } else {
            (&EARLIER, RowState::Superseded, format!("учтена попытка {last}"))
        };
        let line = block.row.get(attempt.1).copied().unwrap_or(0);
        notes.push(Note::about_file(code, &block.file, message).at_sheet(&block.sheet).at(line, 0));
        if let Some(seen) = block.state.get_mut(attempt.1) {
            *seen = state;
        }
    }
}
