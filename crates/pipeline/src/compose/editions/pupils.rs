//! Participants of each school, for the edition of that school and for nothing else.

use crate::agreed;
use srez_model::assessment::Exam;
use srez_model::block::{Block, NOT_OFFERED, RowState};
use srez_model::edition::PupilRow;
use srez_model::error::Result;
use srez_model::place::Register;
use srez_model::threshold::Thresholds;
use srez_store::Snapshot;
use std::collections::BTreeMap;

/// Letters of a pseudonym; a code of a form is shorter.
const PSEUDONYM: usize = 16;

/// Participants of an exam by id of their school, each school sorted by class, place and code.
pub(super) fn of_exam(
    thresholds: &Thresholds,
    history: &Snapshot,
    register: &Register,
    exam: &Exam,
) -> Result<BTreeMap<String, Vec<PupilRow>>> {
    let mut of_school: BTreeMap<String, Vec<PupilRow>> = BTreeMap::new();
    let mut protocols: BTreeMap<String, u32> = BTreeMap::new();
    for block in &agreed::read(thresholds, history, &exam.key)?.blocks {
        let columns: Vec<Option<usize>> =
            exam.tasks.iter().map(|task| block.tasks.iter().position(|seen| seen.id == task.id)).collect();
        let mut own: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (row, state) in block.state.iter().enumerate() {
            if *state == RowState::Accepted {
                let label = block.school.name(row);
                let known = register.find(label).and_then(|place| register.schools.get(place));
                let id = known.map_or_else(|| label.to_owned(), |school| school.id.clone());
                own.entry(id).or_default().push(row);
            }
        }
        let alone = own.len() == 1;
        for (school, rows) in own {
            let protocol = protocols.entry(school.clone()).or_default();
            *protocol += 1;
            let of_block = rows.iter().map(|row| (pupil(block, *row, &columns), block.row.get(*row).copied()));
            let mut of_block: Vec<(PupilRow, u32)> = of_block.map(|(pupil, row)| (pupil, row.unwrap_or(0))).collect();
            placed(&mut of_block, alone, *protocol);
            of_school.entry(school).or_default().extend(of_block.into_iter().map(|(pupil, _)| pupil));
        }
    }
    of_school.values_mut().for_each(|pupils| pupils.sort());
    Ok(of_school)
}

/// Names those without a code by what the school can find: the row of its own protocol, or, where the protocol is of
/// several schools, the place among the rows of the school, which is the order of its own list of results.
fn placed(pupils: &mut [(PupilRow, u32)], alone: bool, protocol: u32) {
    if !pupils.iter().any(|(pupil, _)| is_pseudonym(&pupil.code)) {
        return;
    }
    pupils.sort_by_key(|(_, row)| *row);
    for (number, (pupil, row)) in (1_u32..).zip(pupils.iter_mut()) {
        if is_pseudonym(&pupil.code) {
            let words = if alone { format!("строка\u{a0}{row}") } else { format!("№\u{a0}{number}") };
            pupil.code = if protocol == 1 { words } else { format!("{protocol}-й протокол, {words}") };
            // Protocols follow each other, whatever their rows are called.
            pupil.place = protocol.saturating_mul(1_000_000).saturating_add(number);
        }
    }
}

/// True for the letters that stand for a participant whose protocol has no code: nobody outside can find them.
fn is_pseudonym(code: &str) -> bool {
    code.len() == PSEUDONYM && code.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
}

fn pupil(block: &Block, row: usize, columns: &[Option<usize>]) -> PupilRow {
    let score = |column: &[Option<u16>]| column.get(row).copied().flatten();
    let point = |place: &Option<usize>| {
        place.and_then(|place| block.points.get(place)?.get(row).copied()).unwrap_or(NOT_OFFERED)
    };
    PupilRow {
        class: block.class.name(row).to_owned(),
        place: 0,
        code: block.participant.name(row).to_owned(),
        total: score(&block.total),
        result: score(&block.result),
        points: columns.iter().map(point).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{PupilRow, placed};

    fn pupils(codes: [&str; 3]) -> Vec<(PupilRow, u32)> {
        let pupil = |code: &str| PupilRow {
            class: String::new(),
            place: 0,
            code: code.to_owned(),
            total: None,
            result: None,
            points: Vec::new(),
        };
        codes.iter().zip([9, 7, 12]).map(|(code, row)| (pupil(code), row)).collect()
    }

    fn codes(of: &[(PupilRow, u32)]) -> Vec<String> {
        of.iter().map(|(pupil, _)| pupil.code.replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn who_has_no_code_is_named_by_what_the_school_can_find() {
        let nameless = ["cnqz5pqka3p6yiah", "aaaa5pqka3p6yiah", "bbbb5pqka3p6yiah"];
        let mut alone = pupils(nameless);
        placed(&mut alone, true, 1);
        assert_eq!(codes(&alone), ["строка 7", "строка 9", "строка 12"]);
        let mut shared = pupils(nameless);
        placed(&mut shared, false, 2);
        assert_eq!(codes(&shared), ["2-й протокол, № 1", "2-й протокол, № 2", "2-й протокол, № 3"]);
        let mut coded = pupils(["80012", "80013", "5А-012"]);
        placed(&mut coded, false, 1);
        assert_eq!(codes(&coded), ["80012", "80013", "5А-012"]);
    }
}
