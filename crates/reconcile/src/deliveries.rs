//! Did a school deliver the same exam more than once?

use super::decided::{self, OTHER_FILE, Preferences};
use super::{note_about, set_rows};
use srez_model::block::{Block, RowState};
use srez_model::decision::Decision;
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// The same rows again.
pub(super) const SAME: NoteDefinition = NoteDefinition {
    id: NoteCode::RepeatedDelivery,
    severity: Severity::Warning,
    title: "результаты школы уже есть в другом месте",
    explanation: "Строки класса школы по этой работе полностью совпадают со строками другого файла или листа: они \
                  учтены один раз.",
    hint: "ничего делать не нужно; лишний файл можно убрать",
};

/// A later upload.
pub(super) const LATER: NoteDefinition = NoteDefinition {
    id: NoteCode::LaterDelivery,
    severity: Severity::Warning,
    title: "есть более поздний файл школы",
    explanation: "Школа прислала работу дважды; по дате загрузки или дате формы остаётся последняя.",
    hint: "ничего делать не нужно; если верен прежний файл, уберите новый",
};

/// Two deliveries that differ, and nothing tells which is right.
pub(super) const DIFFERENT: NoteDefinition = NoteDefinition {
    id: NoteCode::DifferentDeliveries,
    severity: Severity::RejectFile,
    title: "два разных файла школы по одной работе",
    explanation: "Результаты школы по одной работе пришли в двух файлах с разными строками, и даты не говорят, какой \
                  позднее. Не приняты оба.",
    hint: "школе — сообщить, какой файл верный, или прислать его заново; верный отметить в рабочем месте («Верен этот \
           файл») или оставить в папке только его",
};

/// A class of a school, as blocks name them.
type Unit = (String, String);

/// Keeps one delivery of each class of each school; deliveries of another kind of paper stand beside it. The order of
/// the blocks decides nothing but which of two equal deliveries is called the copy. Handed back are the files that
/// contradict each other.
pub(super) fn keep_one(
    blocks: &mut [Block],
    kinds: &[usize],
    preferences: &Preferences,
    notes: &mut Vec<Note>,
) -> BTreeSet<(String, String)> {
    let mut of_unit: BTreeMap<(Unit, usize), Vec<usize>> = BTreeMap::new();
    for (place, (block, kind)) in blocks.iter().zip(kinds).enumerate() {
        let present: BTreeSet<(u32, u32)> = (0..block.rows())
            .filter(|row| counts(block, *row))
            .filter_map(|row| Some((block.school.of_row.get(row).copied()?, block.class.of_row.get(row).copied()?)))
            .collect();
        for (school, class) in present {
            let name = |names: &[String], label: u32| names.get(label as usize).cloned().unwrap_or_default();
            let unit = (name(&block.school.names, school), name(&block.class.names, class));
            of_unit.entry((unit, *kind)).or_default().push(place);
        }
    }
    let mut told: BTreeSet<Note> = BTreeSet::new();
    let mut rivals = BTreeSet::new();
    for ((unit, _), places) in of_unit.into_iter().filter(|(_, places)| places.len() > 1) {
        rivals.extend(decide(blocks, &unit, &places, preferences, &mut told));
    }
    notes.extend(told);
    rivals
}

fn counts(block: &Block, row: usize) -> bool {
    matches!(block.state.get(row), Some(RowState::Accepted | RowState::Absent))
}

/// A delivery of a unit: its block, those that are copies of it, and its rows.
struct Delivery {
    place: usize,
    copies: Vec<usize>,
    rows: BTreeMap<String, Row>,
}

impl Delivery {
    /// Files that hold it.
    fn files<'a>(&self, blocks: &'a [Block]) -> Vec<&'a str> {
        let places = self.copies.iter().chain([&self.place]);
        places.filter_map(|place| Some(blocks.get(*place)?.file.as_str())).collect()
    }
}

/// What becomes of a delivery: its place, that of the one that speaks against it, and why.
struct Verdict<'a> {
    place: usize,
    other: usize,
    code: &'static NoteDefinition,
    decision: Option<&'a Decision>,
}

/// Decides on the deliveries of one unit: each is the same as, apart from, worse by decision than, later than or
/// against the others. Handed back are the files that contradict each other.
fn decide(
    blocks: &mut [Block],
    unit: &Unit,
    places: &[usize],
    preferences: &Preferences,
    told: &mut BTreeSet<Note>,
) -> BTreeSet<(String, String)> {
    let mut deliveries: Vec<Delivery> = Vec::new();
    for place in places {
        let Some(block) = blocks.get(*place) else { continue };
        let rows = rows_of(block, unit);
        match deliveries.iter_mut().find(|first| are_alike(&first.rows, &rows)) {
            Some(first) => first.copies.push(*place),
            None => deliveries.push(Delivery { place: *place, copies: Vec::new(), rows }),
        }
    }
    let mut rivals = BTreeSet::new();
    for Verdict { place, other, code, decision } in verdicts(blocks, unit, &deliveries, preferences) {
        let there = blocks.get(other).map(|block| (block.file.clone(), block.sheet.clone())).unwrap_or_default();
        let Some(block) = blocks.get_mut(place) else { continue };
        if code.id != SAME.id {
            rivals.extend(decided::pair(&block.file, &there.0));
        }
        let (place, hint) = where_else(block, &there);
        let note = note_about(code, block, message(code.id, unit, &place, decision)).stated(&unit.0);
        told.insert(hint.map_or(note.clone(), |hint| note.hint(hint)));
        let state = if code.id == DIFFERENT.id { RowState::Rejected } else { RowState::Superseded };
        set_rows(block, state, |block, row| block.school.name(row) == unit.0 && block.class.name(row) == unit.1);
    }
    rivals
}

fn verdicts<'a>(
    blocks: &[Block],
    unit: &Unit,
    deliveries: &[Delivery],
    preferences: &'a Preferences,
) -> Vec<Verdict<'a>> {
    let copies = deliveries.iter().flat_map(|first| first.copies.iter().map(move |copy| (*copy, first.place)));
    let mut verdicts: Vec<Verdict<'a>> =
        copies.map(|(place, other)| Verdict { place, other, code: &SAME, decision: None }).collect();
    let chosen =
        |one: &Delivery, other: &Delivery| decided::between(preferences, &one.files(blocks), &other.files(blocks));
    for own in deliveries {
        let others = || deliveries.iter().filter(|other| own.place != other.place && meets(own, other));
        // What was decided is not asked of the dates.
        let undecided = || others().filter(|other| chosen(own, other).is_none());
        let is_later = |other: &&Delivery| is_earlier(blocks, own.place, other.place, unit) == Some(true);
        let is_against = |other: &&Delivery| is_earlier(blocks, own.place, other.place, unit).is_none();
        let verdict =
            |other: &Delivery, code, decision| Verdict { place: own.place, other: other.place, code, decision };
        if let Some((other, decision)) = others().find_map(|other| Some((other, chosen(other, own)?))) {
            verdicts.push(verdict(other, &OTHER_FILE, Some(decision)));
        } else if let Some(later) = undecided().find(is_later) {
            verdicts.push(verdict(later, &LATER, None));
        } else if let Some(against) = undecided().find(is_against) {
            verdicts.push(verdict(against, &DIFFERENT, None));
        }
    }
    verdicts
}

/// Where the other delivery stands, and what to do instead of the advice of the code: a sheet of the same workbook is
/// called by its name, and the file that holds the data is never to be removed.
fn where_else(block: &Block, (file, sheet): &(String, String)) -> (String, Option<String>) {
    if block.file != *file {
        return (format!("в файле {file}"), None);
    }
    let own = &block.sheet;
    let hint = format!("оставьте в книге один из листов «{sheet}» и «{own}»; сам файл нужен");
    (format!("на листе «{sheet}» этого же файла"), Some(hint))
}

fn message(code: NoteCode, (school, class): &Unit, there: &str, decision: Option<&Decision>) -> String {
    let whose = if class.is_empty() {
        format!("школа {school}")
    } else {
        format!("школа {school}, класс {class}")
    };
    if let Some(decision) = decision {
        return format!("{whose}: верны результаты {there}, так решено, {}", decision.who_and_when());
    }
    match code {
        NoteCode::RepeatedDelivery => format!("{whose}: то же, что {there}"),
        NoteCode::LaterDelivery => format!("{whose}: более поздние результаты {there}"),
        _ => format!("{whose}: другие результаты по той же работе {there}; не приняты оба"),
    }
}

/// True where two deliveries speak of the same participant.
fn meets(first: &Delivery, second: &Delivery) -> bool {
    first.rows.keys().any(|participant| second.rows.contains_key(participant))
}

/// What a participant of a school has in a block: values that must be equal, and the mark of the file.
type Row = ((String, Option<u16>, Option<u16>, Option<u8>, Vec<u8>), Option<u16>);

/// The same rows. A form without marks does not contradict one that has them; two marks contradict each other, even
/// where the scale gives both the same: whether the marks of the files count is not known yet.
fn are_alike(one: &BTreeMap<String, Row>, other: &BTreeMap<String, Row>) -> bool {
    let alike = |((name, row), (other_name, other)): ((&String, &Row), (&String, &Row))| {
        name == other_name && row.0 == other.0 && (row.1 == other.1 || row.1.is_none() || other.1.is_none())
    };
    one.len() == other.len() && one.iter().zip(other).all(alike)
}

fn rows_of(block: &Block, (school, class): &Unit) -> BTreeMap<String, Row> {
    (0..block.rows())
        .filter(|row| counts(block, *row) && block.school.name(*row) == school && block.class.name(*row) == class)
        .map(|row| {
            let points = block.points.iter().filter_map(|column| column.get(row).copied()).collect();
            let value = (
                block.variant.name(row).to_owned(),
                block.total.get(row).copied().flatten(),
                block.result.get(row).copied().flatten(),
                block.journal.get(row).copied().flatten(),
                points,
            );
            let declared = block.declared_result.get(row).copied().flatten();
            (block.participant.name(row).to_owned(), (value, declared))
        })
        .collect()
}

/// Whether the first block is earlier than the second for a unit; none where nothing tells.
fn is_earlier(blocks: &[Block], first: usize, second: usize, (school, class): &Unit) -> Option<bool> {
    let time = |place: usize| -> Option<String> {
        let block = blocks.get(place)?;
        let uploaded = (0..block.rows())
            .filter(|row| block.school.name(*row) == school && block.class.name(*row) == class)
            .map(|row| block.uploaded.name(row))
            .max()
            .unwrap_or_default();
        let time = if uploaded.is_empty() { &block.date } else { uploaded };
        (!time.is_empty()).then(|| time.to_owned())
    };
    let (first, second) = (time(first)?, time(second)?);
    (first != second).then_some(first < second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{ExamKey, Procedure};
    use srez_model::block::{BlockTask, Labels};

    /// A block of one school: class, participant, points.
    fn block(file: &str, date: &str, rows: &[(&str, &str, u8)]) -> Block {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        let mut block = Block::new(key, "form", file, "Лист1");
        block.date = date.to_owned();
        let id = "1".to_owned();
        block.tasks = vec![BlockTask { id, by_position: false, max: Some(9), difficulty: None, column: 5 }];
        block.points = vec![rows.iter().map(|row| row.2).collect()];
        for (number, (class, participant, _)) in (7..).zip(rows) {
            block.row.push(number);
            block.state.push(RowState::Accepted);
            block.school.push("edu1");
            block.class.push(class);
            block.participant.push(participant);
        }
        block.variant = Labels { names: vec![String::new()], of_row: vec![0; rows.len()] };
        block
    }

    /// Rows that count and codes of the notes, by file, after the deliveries came in some order.
    fn outcome(blocks: Vec<Block>) -> BTreeMap<String, (usize, Vec<String>)> {
        outcome_with(blocks, &Preferences::new())
    }

    fn outcome_with(mut blocks: Vec<Block>, preferences: &Preferences) -> BTreeMap<String, (usize, Vec<String>)> {
        let mut notes = Vec::new();
        let kinds = vec![0; blocks.len()];
        keep_one(&mut blocks, &kinds, preferences, &mut notes);
        let of_file = |block: &Block| {
            let codes = notes.iter().filter(|note| note.file == block.file).map(|note| note.code.to_string()).collect();
            (block.file.clone(), ((0..block.rows()).filter(|row| counts(block, *row)).count(), codes))
        };
        blocks.iter().map(of_file).collect()
    }

    /// Outcome in every order of the blocks, which must be the same.
    fn outcome_in_any_order(blocks: &[Block]) -> Vec<(usize, Vec<String>)> {
        let first = outcome(blocks.to_vec());
        for turn in 0..blocks.len() {
            let mut turned = blocks.to_vec();
            turned.rotate_left(turn);
            assert_eq!(outcome(turned.clone()), first);
            turned.reverse();
            assert_eq!(outcome(turned), first);
        }
        first.into_values().collect()
    }

    fn codes(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn two_different_deliveries_are_both_left_out_whoever_comes_first() {
        let (one, other) = ([("8А", "1", 3), ("8А", "2", 4)], [("8А", "1", 5), ("8А", "2", 4)]);
        let blocks = [block("a", "", &one), block("b", "", &other)];
        assert_eq!(outcome_in_any_order(&blocks), [(0, codes(&["C07"])), (0, codes(&["C07"]))]);
        let third = [block("a", "", &one), block("b", "", &other), block("c", "", &[("8А", "2", 9)])];
        assert!(outcome_in_any_order(&third).iter().all(|(rows, codes)| *rows == 0 && codes == &["C07"]));
    }

    #[test]
    fn a_copy_of_a_delivery_does_not_slip_in_after_a_conflict() {
        let one = [("8А", "1", 3)];
        let blocks = vec![block("a", "", &one), block("b", "", &[("8А", "1", 5)]), block("c", "", &one)];
        let rivals = keep_one(&mut blocks.clone(), &[0; 3], &Preferences::new(), &mut Vec::new());
        assert_eq!(rivals.into_iter().collect::<Vec<_>>(), [("a".to_owned(), "b".to_owned())]);
        assert!(outcome(blocks).values().all(|(rows, _)| *rows == 0));
    }

    #[test]
    fn a_later_delivery_replaces_the_classes_that_it_has() {
        let blocks =
            [block("a", "2026-05-01", &[("8А", "1", 3), ("8Б", "2", 4)]), block("b", "2026-05-08", &[("8А", "1", 5)])];
        assert_eq!(outcome_in_any_order(&blocks), [(1, codes(&["C06"])), (1, Vec::new())]);
    }

    #[test]
    fn a_copy_of_a_sheet_is_called_by_its_name_and_costs_no_file() {
        let one = [("8А", "1", 3), ("8А", "2", 4)];
        let (first, mut copy) = (block("a", "", &one), block("a", "", &one));
        "Протокол копия".clone_into(&mut copy.sheet);
        let mut blocks = vec![first, copy];
        let mut notes = Vec::new();
        keep_one(&mut blocks, &[0, 0], &Preferences::new(), &mut notes);
        let [note] = notes.as_slice() else { panic!("{notes:?}") };
        assert_eq!((note.code.as_str(), note.sheet.as_str()), ("C05", "Протокол копия"));
        assert!(note.message.ends_with("то же, что на листе «Лист1» этого же файла"), "{}", note.message);
        assert!(note.hint.contains("«Протокол копия»") && !note.hint.contains("убрать"));
        assert_eq!(blocks.iter().map(|block| (0..2).filter(|row| counts(block, *row)).count()).sum::<usize>(), 2);
    }

    fn preferring(right: &str, other: &str) -> Preferences {
        let decision = Decision {
            number: 1,
            file: "h".to_owned(),
            name: right.to_owned(),
            ruling: srez_model::decision::Ruling::Prefer { over: vec!["g".to_owned()] },
            who: "методист".to_owned(),
            at: "2026-06-05 10:00".to_owned(),
        };
        [((right.to_owned(), other.to_owned()), decision)].into()
    }

    #[test]
    fn the_file_that_was_decided_on_counts_whatever_the_dates_say() {
        let (one, other) = ([("8А", "1", 3), ("8А", "2", 4)], [("8А", "1", 5), ("8А", "2", 4)]);
        for dates in [("", ""), ("2026-05-01", "2026-05-08"), ("2026-05-08", "2026-05-01")] {
            let blocks = vec![block("a", dates.0, &one), block("b", dates.1, &other)];
            for (right, counted) in [("a", [2, 0]), ("b", [0, 2])] {
                let wrong = if right == "a" { "b" } else { "a" };
                let found = outcome_with(blocks.clone(), &preferring(right, wrong));
                let rows: Vec<usize> = found.values().map(|(rows, _)| *rows).collect();
                assert_eq!(rows, counted, "{dates:?} {right}");
                assert_eq!((&found[right].1, &found[wrong].1), (&Vec::new(), &codes(&["C29"])), "{dates:?} {right}");
            }
        }
    }

    #[test]
    fn a_decision_on_two_files_says_nothing_on_a_third() {
        let blocks = vec![
            block("a", "", &[("8А", "1", 3)]),
            block("b", "", &[("8А", "1", 5)]),
            block("c", "", &[("8А", "1", 7)]),
        ];
        let found = outcome_with(blocks, &preferring("a", "b"));
        assert_eq!(found["a"], (0, codes(&["C07"])));
        assert_eq!(found["b"], (0, codes(&["C29"])));
        assert_eq!(found["c"], (0, codes(&["C07"])));
    }

    #[test]
    fn parts_of_a_class_stand_side_by_side() {
        let blocks = [block("a", "", &[("8А", "1", 3)]), block("b", "", &[("8А", "2", 4)])];
        assert_eq!(outcome_in_any_order(&blocks), [(1, Vec::new()), (1, Vec::new())]);
    }
}
