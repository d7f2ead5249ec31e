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

/// Participants of an exam by id of their school, each school sorted by class and code.
pub(super) fn of_exam(
    thresholds: &Thresholds,
    history: &Snapshot,
    register: &Register,
    exam: &Exam,
) -> Result<BTreeMap<String, Vec<PupilRow>>> {
    let mut of_school: BTreeMap<String, Vec<PupilRow>> = BTreeMap::new();
    for block in &agreed::read(thresholds, history, &exam.key)?.blocks {
        let columns: Vec<Option<usize>> =
            exam.tasks.iter().map(|task| block.tasks.iter().position(|seen| seen.id == task.id)).collect();
        for (row, state) in block.state.iter().enumerate() {
            if *state == RowState::Accepted {
                let label = block.school.name(row);
                let known = register.find(label).and_then(|place| register.schools.get(place));
                let id = known.map_or_else(|| label.to_owned(), |school| school.id.clone());
                of_school.entry(id).or_default().push(pupil(block, row, &columns));
            }
        }
    }
    of_school.values_mut().for_each(|pupils| pupils.sort());
    Ok(of_school)
}

fn pupil(block: &Block, row: usize, columns: &[Option<usize>]) -> PupilRow {
    let score = |column: &[Option<u16>]| column.get(row).copied().flatten();
    let point = |place: &Option<usize>| {
        place.and_then(|place| block.points.get(place)?.get(row).copied()).unwrap_or(NOT_OFFERED)
    };
    PupilRow {
        class: block.class.name(row).to_owned(),
        code: block.participant.name(row).to_owned(),
        total: score(&block.total),
        result: score(&block.result),
        points: columns.iter().map(point).collect(),
    }
}
