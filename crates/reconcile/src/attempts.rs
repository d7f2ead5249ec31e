//! Did somebody sit an exam more than once in the year (reserve day, retake)?

use super::decided::{self, OTHER_FILE, Preferences};
use srez_model::block::{Block, RowState};
use srez_model::decision::Decision;
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
    hint: "отметьте верный файл в рабочем месте («Верен этот файл») или оставьте в папке только его",
};

/// Keeps the last attempt of every participant; attempts are those of one kind of paper.
/// Handed back are the files that contradict each other.
pub(super) fn keep_last(
    blocks: &mut [Block],
    kinds: &[usize],
    preferences: &Preferences,
    notes: &mut Vec<Note>,
) -> BTreeSet<(String, String)> {
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
    let mut rivals = BTreeSet::new();
    for attempts in of_participant.into_values().filter(|attempts| attempts.len() > 1) {
        rivals.extend(decide(blocks, &attempts, preferences, notes));
    }
    rivals
}

fn decide(
    blocks: &mut [Block],
    attempts: &[(usize, usize)],
    preferences: &Preferences,
    notes: &mut Vec<Note>,
) -> BTreeSet<(String, String)> {
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
    let chosen = if alike { None } else { chosen(blocks, &of_last, preferences) };
    let kept = if alike { of_last.first().copied() } else { chosen.map(|(attempt, _)| attempt) };
    let file = |place: usize| blocks.get(place).map_or("", |block| block.file.as_str());
    let pairs = of_last.iter().zip(of_last.iter().skip(1)).filter(|_| !alike);
    let rivals: BTreeSet<(String, String)> =
        pairs.filter_map(|(one, other)| decided::pair(file(one.0), file(other.0))).collect();
    for attempt in attempts.iter().copied().filter(|attempt| Some(*attempt) != kept) {
        let conflicting = !alike && of_last.contains(&attempt);
        let Some(block) = blocks.get_mut(attempt.0) else { continue };
        let (code, state, message) = if let Some((_, decision)) = chosen.filter(|_| conflicting) {
            let message = format!("верен результат другого файла, так решено, {}", decision.who_and_when());
            (&OTHER_FILE, RowState::Superseded, message)
        } else if conflicting {
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
    rivals
}

/// The attempt whose file is right, by decision, against that of every other one of the day.
fn chosen<'a>(
    blocks: &[Block],
    of_day: &[(usize, usize)],
    preferences: &'a Preferences,
) -> Option<((usize, usize), &'a Decision)> {
    let file = |(place, _): (usize, usize)| blocks.get(place).map_or("", |block| block.file.as_str());
    of_day.iter().copied().find_map(|attempt| {
        let others = of_day.iter().copied().filter(|other| *other != attempt);
        let decisions = others.map(|other| decided::between(preferences, &[file(attempt)], &[file(other)]));
        Some((attempt, decisions.collect::<Option<Vec<_>>>()?.first().copied()?))
    })
}

#[cfg(test)]
mod tests {
    use super::{Preferences, keep_last};
    use srez_model::assessment::{ExamKey, Procedure};
    use srez_model::block::{Block, RowState};
    use srez_model::decision::{Decision, Ruling};

    /// A protocol of one day with one participant and his total.
    fn protocol(file: &str, total: u16) -> Block {
        let mut block = Block::new(ExamKey::new(Procedure::Oge, 2026, "math", 9), "form", file, "Лист1");
        "2026-05-28".clone_into(&mut block.date);
        block.row.push(7);
        block.state.push(RowState::Accepted);
        block.school.push("edu1");
        block.participant.push("1");
        block.total.push(Some(total));
        block
    }

    #[test]
    fn of_two_results_of_one_day_that_of_the_decided_file_counts() {
        let decision = Decision {
            number: 1,
            file: "h".to_owned(),
            name: "b".to_owned(),
            ruling: Ruling::Prefer { over: vec!["g".to_owned()] },
            who: "методист".to_owned(),
            at: "2026-06-05 10:00".to_owned(),
        };
        let decided: Preferences = [(("b".to_owned(), "a".to_owned()), decision)].into();
        let cases = [
            (Preferences::new(), [RowState::Rejected, RowState::Rejected], vec!["C09", "C09"]),
            (decided, [RowState::Superseded, RowState::Accepted], vec!["C29"]),
        ];
        for (preferences, states, codes) in cases {
            let (mut blocks, mut notes) = ([protocol("a", 20), protocol("b", 21)], Vec::new());
            let rivals = keep_last(&mut blocks, &[0, 0], &preferences, &mut notes);
            assert_eq!(blocks.map(|block| block.state[0]), states);
            assert_eq!(notes.iter().map(|note| note.code.as_str()).collect::<Vec<_>>(), codes);
            assert_eq!(rivals.into_iter().collect::<Vec<_>>(), [("a".to_owned(), "b".to_owned())]);
        }
    }
}
