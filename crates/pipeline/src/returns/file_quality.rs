//! What the files of a run say of the quality of a school's data: rows with a value that is lost or changed, files of
//! which not everything is known for sure.

use super::Settled;
use super::addresses::Addresses;
use super::recipients::{Concern, is_current, is_home, is_of_office};
use srez_model::block::{Block, RowState};
use srez_model::data_quality::QualityCounts;
use srez_model::note::{Note, NoteCode, Severity};
use srez_reconcile::ExamResults;
use std::collections::{BTreeMap, BTreeSet};

/// Notes on a row of which a value is lost or changed.
const CELLS: &[NoteCode] = &[
    NoteCode::UnreadablePoints,
    NoteCode::AbsentWithPoints,
    NoteCode::RowWithoutPoints,
    NoteCode::OddJournal,
    NoteCode::OddSex,
    NoteCode::OddTotal,
    NoteCode::PointsBeyondTasks,
    NoteCode::AnswersDiffer,
    NoteCode::TableRefused,
    NoteCode::PointsWithFraction,
    NoteCode::FilledDown,
    NoteCode::OverMaximum,
    NoteCode::DeclaredTotal,
    NoteCode::DeclaredTestScore,
    NoteCode::RepeatedRow,
    NoteCode::RaggedRow,
    NoteCode::HeaderReordered,
];

/// Notes by which it is not known for sure of which school, work, class or participants a file is: it cannot be read at
/// all, or something of this had to be guessed.
const IDENTITY: &[NoteCode] = &[
    NoteCode::EmptyFile,
    NoteCode::Encrypted,
    NoteCode::Damaged,
    NoteCode::UnknownKind,
    NoteCode::UnsupportedKind,
    NoteCode::TooLarge,
    NoteCode::TooManyCells,
    NoteCode::Bomb,
    NoteCode::MemberRefused,
    NoteCode::NotARegularFile,
    NoteCode::ReaderDied,
    NoteCode::ReaderTimedOut,
    NoteCode::UnreadableFile,
    NoteCode::UnclosedQuote,
    NoteCode::LongCell,
    NoteCode::Undecodable,
    NoteCode::UnknownForm,
    NoteCode::MissingColumns,
    NoteCode::IdentityMissing,
    NoteCode::IdentityConflict,
    NoteCode::RowWithoutSchool,
    NoteCode::OddClass,
    NoteCode::ParticipantsDiffer,
    NoteCode::OtherGrade,
    NoteCode::ClassUnknown,
    NoteCode::ParticipantUnknown,
    NoteCode::PointsOfNobody,
    NoteCode::CodeIsNone,
    NoteCode::NothingAccepted,
    NoteCode::CodeWithFraction,
    NoteCode::CodeLikeFormula,
    NoteCode::RepeatedParticipant,
    NoteCode::ParticipantCodeLength,
    NoteCode::DifferentAttempts,
    NoteCode::UnknownSchool,
    NoteCode::SchoolCodeMended,
    NoteCode::SchoolCodeLength,
    NoteCode::SameFileOtherIdentity,
];

/// Rows and files of the schools of the home municipality in the reported year, but for protocols that the region hands
/// out.
pub(crate) fn file_quality(settled: &Settled<'_>, concerns: &[Concern]) -> BTreeMap<String, QualityCounts> {
    let &Settled { plan, register, received, results, files } = settled;
    let addresses = Addresses::new(register);
    let of_year = |of_exam: &&ExamResults| plan.year.is_none_or(|year| of_exam.exam.key.year == year);
    let mut blocks: BTreeMap<&str, Vec<&Block>> = BTreeMap::new();
    for block in results.iter().filter(of_year).flat_map(|of_exam| &of_exam.blocks) {
        blocks.entry(&block.file).or_default().push(block);
    }
    let mut doubts: BTreeMap<&str, Vec<(usize, &Note)>> = BTreeMap::new();
    let notes = received.notes.iter().enumerate();
    for (place, note) in notes.filter(|(_, note)| IDENTITY.contains(&note.code)) {
        doubts.entry(&note.file).or_default().push((place, note));
    }
    let mut concerning: BTreeMap<(&str, &str), &Concern> = BTreeMap::new();
    for concern in concerns {
        concerning.insert((concern.file.as_str(), concern.school.as_str()), concern);
    }
    let mut of_schools: BTreeMap<String, QualityCounts> = BTreeMap::new();
    for entry in files.iter().filter(|entry| is_current(plan, entry) && !is_of_office(plan, entry)) {
        let file = entry.file.name.as_str();
        let sheets = Sheets::of(&addresses, blocks.get(file).map_or(&[][..], Vec::as_slice));
        let by_path = addresses.in_path(file).map(str::to_owned);
        let named: Vec<&String> =
            if entry.schools.is_empty() { by_path.iter().collect() } else { entry.schools.iter().collect() };
        let is_alone = named.len() == 1;
        let doubts = doubts.get(file).map_or(&[][..], Vec::as_slice);
        let doubts: Vec<_> = doubts.iter().map(|(place, note)| (place, sheets.school_of(note))).collect();
        for school in named.into_iter().filter(|school| is_home(plan, &addresses.school(school))) {
            let concern = concerning.get(&(file, school.as_str()));
            let places = concern.map_or(&[][..], |concern| concern.notes.as_slice());
            let concerns_school = |(place, of_row): &(&usize, Option<&str>)| {
                is_alone || *of_row == Some(school.as_str()) || places.contains(*place)
            };
            let notes: Vec<&Note> = places.iter().filter_map(|place| received.notes.get(*place)).collect();
            let of_school = of_schools.entry(school.clone()).or_default();
            of_school.files += 1;
            of_school.identified_files += u64::from(!doubts.iter().any(concerns_school));
            let (rows, faulty) = sheets.rows(school, &notes);
            of_school.rows += rows;
            of_school.faulty_rows += faulty;
        }
    }
    of_schools
}

/// Rows of participants of one file that still count.
struct Sheets<'a> {
    blocks: &'a [&'a Block],
    /// Ids of the schools of each block, by label.
    schools: Vec<Vec<&'a str>>,
    /// Rows that no later delivery replaced, by school.
    rows: BTreeMap<&'a str, u64>,
}

impl<'a> Sheets<'a> {
    fn of(addresses: &'a Addresses<'_>, blocks: &'a [&'a Block]) -> Self {
        let ids = |block: &&'a Block| block.school.names.iter().map(|label| addresses.id(label)).collect();
        let schools: Vec<Vec<&str>> = blocks.iter().map(ids).collect();
        let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
        for (block, ids) in blocks.iter().zip(&schools) {
            let mut of_label = vec![0_u64; ids.len()];
            for (label, state) in block.school.of_row.iter().zip(&block.state) {
                if let Some(rows) = of_label.get_mut(*label as usize).filter(|_| *state != RowState::Superseded) {
                    *rows += 1;
                }
            }
            for (id, of_label) in ids.iter().zip(of_label) {
                *rows.entry(id).or_default() += of_label;
            }
        }
        Self { blocks, schools, rows }
    }

    /// The school of the row of a note, if the row still counts.
    fn school_of(&self, note: &Note) -> Option<&'a str> {
        self.blocks.iter().zip(&self.schools).filter(|(block, _)| block.sheet == note.sheet).find_map(|(block, ids)| {
            let row = block.row.binary_search(&note.row).ok()?;
            let label = *block.school.of_row.get(row)? as usize;
            ids.get(label).copied().filter(|_| block.state.get(row) != Some(&RowState::Superseded))
        })
    }

    /// Rows of a school, and those of them with a value that is lost or changed; a row that was refused before it came
    /// into a block is a row of the school all the same.
    fn rows(&self, school: &str, notes: &[&Note]) -> (u64, u64) {
        let (mut faulty, mut refused) = (BTreeSet::new(), BTreeSet::new());
        for note in notes.iter().filter(|note| note.row > 0 && CELLS.contains(&note.code)) {
            if self.school_of(note) == Some(school) {
                faulty.insert((note.sheet.as_str(), note.row));
            } else if note.severity == Severity::RejectRow {
                refused.insert((note.sheet.as_str(), note.row));
            }
        }
        let rows = self.rows.get(school).copied().unwrap_or_default() + refused.len() as u64;
        (rows, (faulty.len() + refused.len()) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::{CELLS, IDENTITY};
    use srez_model::note::{NoteCode, Severity};

    /// Notes on rows of forms that hold no results of a school: registers, references, appeals, descriptions, measures.
    const OF_OTHER_FORMS: [NoteCode; 6] = [
        NoteCode::ReferenceRow,
        NoteCode::SchoolWithoutKey,
        NoteCode::AppealRow,
        NoteCode::DescriptorRow,
        NoteCode::ActionWithoutTitle,
        NoteCode::ActionWithoutDate,
    ];

    #[test]
    fn every_lost_row_and_cell_counts_in_one_part() {
        let codes: Vec<_> = crate::codes().collect();
        for id in NoteCode::ALL {
            assert_eq!(codes.iter().filter(|code| code.id == *id).count(), 1, "no room tells what {id} is, or two do");
        }
        for code in codes.iter().filter(|code| matches!(code.severity, Severity::RejectRow | Severity::UnreadableCell))
        {
            let parts = [CELLS, IDENTITY, &OF_OTHER_FORMS].iter().filter(|part| part.contains(&code.id)).count();
            assert_eq!(parts, 1, "{} — {}", code.id, code.title);
        }
    }
}
