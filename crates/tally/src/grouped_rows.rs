//! Rows as integers: the groups of every participant, stratum, and one outcome column per task of the exam.

use super::TallyRequest;
use super::key::MOST_GROUPS;
use rustc_hash::FxHashMap;
use srez_model::block::{ABSENT_PART, Block, Labels, NOT_OFFERED, PointCode, RowState, UNREADABLE};
use srez_model::level::Level;
use srez_model::place::Places;
use srez_model::tally::{Group, Stratum};
use std::collections::BTreeMap;

/// In place of a group where a row has none.
pub(super) const NO_GROUP: u32 = u32::MAX;

/// Participants of one exam, as columns.
///
/// Grain: one entry of every column per accepted row. Order: of the blocks and their rows.
#[derive(Debug, Default)]
pub(super) struct GroupedRows {
    /// Groups with an accepted or absent row, sorted.
    pub(super) groups: Vec<Group>,
    /// Index into `groups` or [`NO_GROUP`]: one column per level, in the order of [`Level::ALL`].
    pub(super) of_level: [Vec<u32>; Level::ALL.len()],
    /// Total, result, completeness.
    pub(super) strata: Vec<Stratum>,
    /// Journal mark.
    pub(super) journal: Vec<Option<u8>>,
    /// Outcomes: one column per task of the exam.
    pub(super) outcomes: Vec<Vec<PointCode>>,
    /// Absent rows per group.
    pub(super) absent: Vec<u32>,
}

impl GroupedRows {
    /// Number of participants.
    pub(super) fn participants(&self) -> usize {
        self.strata.len()
    }

    /// Groups of the participants at one level.
    pub(super) fn column(&self, level: Level) -> &[u32] {
        let place = Level::ALL.iter().position(|one| *one == level);
        place.and_then(|place| self.of_level.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Name of a group; empty for [`NO_GROUP`].
    pub(super) fn name(&self, group: u32) -> &str {
        self.groups.get(group as usize).map_or("", |group| group.name.as_str())
    }

    /// Rows of a request.
    ///
    /// # Panics
    /// Where there are more groups than a key can hold: over eight million in one exam is a bug.
    pub(super) fn new(request: &TallyRequest<'_>) -> Self {
        let mut rows = Self { outcomes: vec![Vec::new(); request.exam.tasks.len()], ..Self::default() };
        let mut names = BTreeMap::new();
        for block in request.blocks {
            rows.add_block(block, request, &mut names);
        }
        assert!(names.len() <= MOST_GROUPS, "one exam has more groups than a key of the tally can hold");
        rows.sort_groups(names);
        rows
    }

    fn add_block(&mut self, block: &Block, request: &TallyRequest<'_>, names: &mut BTreeMap<Group, u32>) {
        let accepted: Vec<usize> = block
            .state
            .iter()
            .enumerate()
            .filter(|(_, state)| **state == RowState::Accepted)
            .map(|(row, _)| row)
            .collect();
        let first = self.participants();
        let complete = self.add_outcomes(block, &accepted, request);
        for (row, complete) in accepted.iter().zip(complete) {
            let cell = |column: &[Option<u16>]| column.get(*row).copied().flatten();
            self.strata.push(Stratum { total: cell(&block.total), result: cell(&block.result), complete });
            self.journal.push(block.journal.get(*row).copied().flatten());
        }
        debug_assert_eq!(first + accepted.len(), self.participants(), "one stratum per participant");
        let mut seats = Seats::new(block, request.places);
        for (row, state) in block.state.iter().enumerate() {
            match state {
                RowState::Accepted => {
                    let groups = seats.of_row(row, names);
                    for (column, group) in self.of_level.iter_mut().zip(groups) {
                        column.push(group);
                    }
                }
                RowState::Absent => {
                    let groups = seats.of_row(row, names);
                    self.absent.resize(names.len(), 0);
                    for group in groups {
                        if let Some(count) = self.absent.get_mut(group as usize) {
                            *count += 1;
                        }
                    }
                }
                RowState::Rejected | RowState::Superseded => {}
            }
        }
    }

    /// Adds one column per task, matched by id, and tells which of the rows are complete.
    fn add_outcomes(&mut self, block: &Block, accepted: &[usize], request: &TallyRequest<'_>) -> Vec<bool> {
        let mut complete = vec![true; accepted.len()];
        for (task, column) in request.exam.tasks.iter().zip(&mut self.outcomes) {
            let source =
                block.tasks.iter().position(|seen| seen.id == task.id).and_then(|place| block.points.get(place));
            for (row, complete) in accepted.iter().zip(&mut complete) {
                let outcome = source.and_then(|points| points.get(*row)).copied().unwrap_or(NOT_OFFERED);
                *complete &= !matches!(outcome, NOT_OFFERED | ABSENT_PART | UNREADABLE);
                column.push(outcome);
            }
        }
        complete
    }

    /// Renumbers the groups from the order of first appearance to the sorted order.
    fn sort_groups(&mut self, names: BTreeMap<Group, u32>) {
        let mut place_of = vec![NO_GROUP; names.len()];
        let mut absent = vec![0; names.len()];
        for ((place, (group, seen)), absent) in (0_u32..).zip(names).zip(&mut absent) {
            if let Some(slot) = place_of.get_mut(seen as usize) {
                *slot = place;
            }
            *absent = self.absent.get(seen as usize).copied().unwrap_or(0);
            self.groups.push(group);
        }
        self.absent = absent;
        for group in self.of_level.iter_mut().flatten() {
            *group = place_of.get(*group as usize).copied().unwrap_or(NO_GROUP);
        }
    }
}

/// Groups of the rows of one block; every name is looked up once.
struct Seats<'a> {
    block: &'a Block,
    places: &'a Places,
    /// Region, municipality, school, type, locality, and the school's id, by school and municipality label.
    schools: FxHashMap<(u32, u32), ([u32; 5], String)>,
    classes: FxHashMap<(u32, u32), u32>,
    sex: Vec<Option<u32>>,
    textbook: Vec<Option<u32>>,
    variant: Vec<Option<u32>>,
}

impl<'a> Seats<'a> {
    fn new(block: &'a Block, places: &'a Places) -> Self {
        Self {
            block,
            places,
            schools: FxHashMap::default(),
            classes: FxHashMap::default(),
            sex: vec![None; block.sex.names.len()],
            textbook: vec![None; block.textbook.names.len()],
            variant: vec![None; block.variant.names.len()],
        }
    }

    /// Groups of a row, one per level in the order of [`Level::ALL`].
    fn of_row(&mut self, row: usize, names: &mut BTreeMap<Group, u32>) -> [u32; Level::ALL.len()] {
        let block = self.block;
        let index = |labels: &Labels| labels.of_row.get(row).copied().unwrap_or(u32::MAX);
        let places = self.places;
        let (school_groups, school_id) =
            self.schools.entry((index(&block.school), index(&block.municipality))).or_insert_with(|| {
                let school = places.school(block.school.name(row), block.municipality.name(row));
                let region = places.regions.get(&school.municipality).map_or("", String::as_str);
                let groups = [
                    seat(Level::Region, region, names),
                    seat(Level::Municipality, &school.municipality, names),
                    seat(Level::School, &school.id, names),
                    seat(Level::SchoolType, &school.school_type, names),
                    seat(Level::Locality, &school.locality, names),
                ];
                (groups, school.id)
            });
        let [region, municipality, school, school_type, locality] = *school_groups;
        let class = *self.classes.entry((school, index(&block.class))).or_insert_with(|| {
            let class = block.class.name(row);
            if class.is_empty() { NO_GROUP } else { seat(Level::Class, &format!("{school_id}/{class}"), names) }
        });
        let all = names.len();
        let all = *names.entry(Group { level: Level::All, name: String::new() }).or_insert_with(|| narrow(all));
        let mut of_label = |level: Level, labels: &Labels, seats: &mut [Option<u32>]| {
            let slot = labels.of_row.get(row).and_then(|index| seats.get_mut(*index as usize));
            slot.map_or(NO_GROUP, |slot| *slot.get_or_insert_with(|| seat(level, labels.name(row), names)))
        };
        let sex = of_label(Level::Sex, &block.sex, &mut self.sex);
        let textbook = of_label(Level::Textbook, &block.textbook, &mut self.textbook);
        let variant = of_label(Level::Variant, &block.variant, &mut self.variant);
        [all, region, municipality, school, class, sex, school_type, locality, textbook, variant]
    }
}

/// Number of a group in the order of first appearance; none where the name is empty.
fn seat(level: Level, name: &str, names: &mut BTreeMap<Group, u32>) -> u32 {
    if name.is_empty() {
        return NO_GROUP;
    }
    let next = narrow(names.len());
    *names.entry(Group { level, name: name.to_owned() }).or_insert(next)
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NO_GROUP)
}
