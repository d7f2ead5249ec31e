//! The engines against a loop over rows that shares no line with them.

use super::{PlainLoop, PolarsEngine, TallyEngine, TallyRequest, purified};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert_eq, proptest};
use srez_model::assessment::{Exam, ExamKey, Procedure, Task};
use srez_model::block::*;
use srez_model::level::Level;
use srez_model::place::{Places, School};
use srez_model::row_patterns::{LabelSums, OwnLevel, PatternSums, Purification};
use srez_model::tally::{Stratum, Tally};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

const TASKS: [(&str, Option<u16>, &str); 4] =
    [("1", Some(1), "счёт"), ("2", Some(2), ""), ("3", None, "счёт"), ("4", Some(3), "счёт")];

fn exam() -> Exam {
    let task = |(position, (id, max, skill)): (u16, (&str, Option<u16>, &str))| Task {
        id: id.to_owned(),
        position,
        max,
        skill: skill.to_owned(),
        content_codes: if id == "2" { vec!["1.5".to_owned()] } else { Vec::new() },
        ..Task::default()
    };
    Exam {
        subject_title: "Математика".to_owned(),
        tasks: (1..).zip(TASKS).map(task).collect(),
        specified: true,
        ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "math", 8))
    }
}

fn places() -> Places {
    let school = |id: &str, school_type: &str| School {
        id: id.to_owned(),
        school_type: school_type.to_owned(),
        locality: if id == "s0" { "город".to_owned() } else { String::new() },
        municipality: "Долина".to_owned(),
        ..School::default()
    };
    Places {
        schools: [("l0", school("s0", "СОШ")), ("l1", school("s1", "Лицей")), ("l2", school("s1", "Лицей"))]
            .map(|(label, school)| (label.to_owned(), school))
            .into(),
        municipality_aliases: [("Гора".to_owned(), "Горный".to_owned())].into(),
        regions: [("Долина".to_owned(), "Край".to_owned())].into(),
    }
}

/// One row as numbers: school, class, sex, total, mark, journal, outcomes in the order of the block, state.
type Row = (u8, u8, u8, i16, i16, u8, [u8; 4], u8);

fn block(rows: &[Row], order: &[usize]) -> Block {
    let mut block = Block::new(exam().key, "form", "file.xlsx", "Лист1");
    let task = |place: &usize| BlockTask {
        id: TASKS[*place].0.to_owned(),
        by_position: false,
        max: TASKS[*place].1,
        difficulty: None,
        column: 1,
    };
    block.tasks = order.iter().map(task).collect();
    block.points = vec![Vec::new(); order.len()];
    for (number, (school, class, sex, total, mark, journal, outcomes, state)) in (1_u32..).zip(rows) {
        block.row.push(number);
        let states = [RowState::Accepted, RowState::Accepted, RowState::Absent, RowState::Rejected];
        block.state.push(states[usize::from(*state)]);
        block.school.push(&format!("l{school}"));
        block.municipality.push(if *school == 3 { "Гора" } else { "" });
        block.class.push(["", "8А", "8Б"][usize::from(*class)]);
        block.participant.push(&number.to_string());
        block.variant.push(["1", "2"][usize::from(*sex % 2)]);
        block.sex.push(["", "м", "ж"][usize::from(*sex)]);
        block.textbook.push("");
        block.uploaded.push("");
        block.journal.push(Some(*journal).filter(|mark| *mark != 0));
        block.declared_total.push(None);
        block.declared_result.push(None);
        block.total.push(u16::try_from(*total).ok());
        block.result.push(u16::try_from(*mark).ok());
        for (column, outcome) in block.points.iter_mut().zip(outcomes) {
            column.push([0, 1, 2, NOT_ATTEMPTED, NOT_OFFERED, ABSENT_PART, UNREADABLE][usize::from(*outcome)]);
        }
    }
    block
}

fn any_row() -> impl Strategy<Value = Row> {
    (0..5_u8, 0..3_u8, 0..3_u8, -1..4_i16, -1..6_i16, 0..6_u8, proptest::array::uniform4(0..7_u8), 0..4_u8)
}

fn any_block() -> impl Strategy<Value = Block> {
    let row = any_row();
    let orders = proptest::sample::select(vec![vec![0, 1, 2, 3], vec![3, 0, 2], vec![2, 1, 0, 3], vec![]]);
    (proptest::collection::vec(row, 0..30), orders).prop_map(|(rows, order)| block(&rows, &order))
}

fn tally_with(engine: &impl TallyEngine, blocks: &[Block]) -> Tally {
    let (exam, places) = (Arc::new(exam()), places());
    engine.tally(&TallyRequest { exam, blocks, places: &places, lists_absent: false }).unwrap()
}

type Table = BTreeMap<String, u32>;

fn add(table: &mut Table, kind: &str, group: &(Level, String), cell: impl Debug, n: u32) {
    *table.entry(format!("{kind} {group:?} {cell:?}")).or_default() += n;
}

/// A tally as text with counts, groups by name.
fn as_table(tally: &Tally) -> Table {
    let mut table = Table::new();
    let named = |group: u32| {
        let group = &tally.groups[group as usize];
        (group.level, group.name.clone())
    };
    for group in &tally.groups {
        table.insert(format!("group {:?}", (group.level, &group.name)), 0);
    }
    for cell in &tally.outcomes {
        add(&mut table, "outcome", &named(cell.group), (cell.task, cell.stratum, cell.outcome), cell.n);
    }
    for cell in &tally.participants {
        add(&mut table, "participants", &named(cell.group), cell.stratum, cell.n);
    }
    for cell in &tally.journal {
        add(&mut table, "journal", &named(cell.group), (cell.mark, cell.journal), cell.n);
    }
    for cell in &tally.skill_counts {
        let name = &tally.skills[usize::from(cell.skill)];
        add(&mut table, "skill", &named(cell.group), (name, cell.sum, cell.max_sum), cell.n);
    }
    for (group, n) in (0_u32..).zip(tally.absent.iter().flatten()).filter(|(_, n)| **n > 0) {
        add(&mut table, "absent", &named(group), (), *n);
    }
    table
}

/// Groups of a row, straight from the labels.
fn groups_of(block: &Block, row: usize) -> Vec<(Level, String)> {
    let school = places().school(block.school.name(row), block.municipality.name(row));
    let region = if school.municipality == "Долина" { "Край" } else { "" };
    let class = match block.class.name(row) {
        "" => String::new(),
        class => format!("{}/{class}", school.id),
    };
    let named = [
        (Level::Region, region.to_owned()),
        (Level::Municipality, school.municipality),
        (Level::School, school.id),
        (Level::Class, class),
        (Level::Sex, block.sex.name(row).to_owned()),
        (Level::SchoolType, school.school_type),
        (Level::Locality, school.locality),
        (Level::Variant, block.variant.name(row).to_owned()),
    ];
    let named = named.into_iter().filter(|(_, name)| !name.is_empty());
    [(Level::All, String::new())].into_iter().chain(named).collect()
}

/// The tally by a loop over rows that shares no line with the engines.
fn oracle(blocks: &[Block]) -> Table {
    let mut table = Table::new();
    for block in blocks {
        for row in 0..block.rows() {
            let state = block.state[row];
            if state == RowState::Rejected {
                continue;
            }
            for group in groups_of(block, row) {
                table.entry(format!("group {group:?}")).or_default();
                match state {
                    RowState::Absent => add(&mut table, "absent", &group, (), 1),
                    _ => add_participant(&mut table, block, row, &group),
                }
            }
        }
    }
    table
}

fn add_participant(table: &mut Table, block: &Block, row: usize, group: &(Level, String)) {
    let outcomes: Vec<u8> = (TASKS.iter())
        .map(|(id, _, _)| {
            block.tasks.iter().position(|task| task.id == *id).map_or(NOT_OFFERED, |at| block.points[at][row])
        })
        .collect();
    let is_open = |outcome: u8| [NOT_OFFERED, ABSENT_PART, UNREADABLE].contains(&outcome);
    let full =
        Stratum { total: block.total[row], result: block.result[row], complete: !outcomes.iter().any(|o| is_open(*o)) };
    let kept = match group.0 {
        Level::Class => Stratum { total: None, result: None, complete: false },
        Level::Region | Level::Municipality | Level::School => Stratum { total: None, complete: false, ..full },
        _ => full,
    };
    add(table, "participants", group, full, 1);
    for (task, outcome) in (0_u16..).zip(&outcomes) {
        add(table, "outcome", group, (task, kept, *outcome), 1);
    }
    if let (Some(mark @ 2..=5), Some(journal @ 2..=5)) = (full.result, block.journal[row])
        && group.0 <= Level::Class
    {
        add(table, "journal", group, (mark, journal), 1);
    }
    for (skill, tasks) in [("счёт", vec![0, 3]), ("1.5", vec![1])] {
        let read: Vec<usize> = tasks.into_iter().filter(|task| !is_open(outcomes[*task])).collect();
        let points = |task: &usize| if outcomes[*task] == NOT_ATTEMPTED { 0 } else { u32::from(outcomes[*task]) };
        let sum: u32 = read.iter().map(points).sum();
        let max_sum: u32 = read.iter().map(|task| u32::from(TASKS[*task].1.unwrap())).sum();
        if max_sum > 0 {
            add(table, "skill", group, (skill, sum, max_sum), 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn engines_agree_with_a_loop_over_rows(blocks in proptest::collection::vec(any_block(), 0..4)) {
        let tally = tally_with(&PlainLoop, &blocks);
        prop_assert_eq!(as_table(&tally), oracle(&blocks));
        prop_assert_eq!(format!("{tally:?}"), format!("{:?}", tally_with(&PolarsEngine, &blocks)));
        let key = |cell: &srez_model::tally::OutcomeCount| (cell.group, cell.task, cell.stratum, cell.outcome);
        for (school, class) in &tally.classes {
            let (school, class) = (&tally.groups[*school as usize], &tally.groups[*class as usize]);
            let rest = class.name.strip_prefix(&school.name).unwrap();
            assert!(rest.starts_with('/') && class.level == Level::Class && school.level == Level::School);
        }
        let classes = tally.participants.iter().map(|cell| cell.group);
        let is_class = |group: &u32| tally.groups[*group as usize].level == Level::Class;
        let seen: std::collections::BTreeSet<u32> = classes.filter(is_class).collect();
        let tied: std::collections::BTreeSet<u32> = tally.classes.iter().map(|(_, class)| *class).collect();
        prop_assert_eq!(seen, tied);
        assert!(tally.classes.is_sorted());
        assert!(tally.groups.is_sorted() && tally.outcomes.is_sorted_by(|a, b| key(a) < key(b)));
        assert!(tally.participants.is_sorted() && tally.journal.is_sorted() && tally.skill_counts.is_sorted());
    }

    #[test]
    fn order_and_splitting_change_nothing(rows in proptest::collection::vec(any_row(), 0..40), cut in 0..40_usize) {
        let order = [0, 1, 2, 3];
        let whole = as_table(&tally_with(&PlainLoop, &[block(&rows, &order)]));
        let (first, second) = rows.split_at(cut.min(rows.len()));
        let reversed: Vec<Row> = rows.iter().rev().copied().collect();
        for blocks in [vec![block(&reversed, &order)], vec![block(second, &order), block(first, &order)]] {
            prop_assert_eq!(&whole, &as_table(&tally_with(&PlainLoop, &blocks)));
        }
    }

    #[test]
    fn tallies_of_two_halves_add_up(one in any_block(), two in any_block()) {
        let whole = as_table(&tally_with(&PlainLoop, &[one.clone(), two.clone()]));
        let mut sum = as_table(&tally_with(&PlainLoop, &[one]));
        for (cell, n) in as_table(&tally_with(&PlainLoop, &[two])) {
            *sum.entry(cell).or_default() += n;
        }
        prop_assert_eq!(whole, sum);
    }
}

#[test]
fn nobody_absent_is_not_the_same_as_not_listed() {
    let blocks = [block(&[(0, 1, 1, 3, 3, 3, [0; 4], 0)], &[0, 1, 2, 3])];
    assert_eq!(tally_with(&PlainLoop, &blocks).absent, None);
    let (exam, places) = (Arc::new(exam()), places());
    let request = TallyRequest { exam, blocks: &blocks, places: &places, lists_absent: true };
    let tally = PlainLoop.tally(&request).unwrap();
    assert_eq!(tally.absent, Some(vec![0; tally.groups.len()]));
    assert_eq!(
        (tally.skills, tally.skill_tasks),
        (vec!["счёт".to_owned(), "1.5".to_owned()], vec![vec![0, 2, 3], vec![1]])
    );
}

#[test]
fn skills_are_set_against_the_other_tasks_by_class() {
    let mut exam = exam();
    exam.tasks[2].max = Some(2);
    // «счёт» has 6 of 8 points, «1.5» has 2. Points 1, 0, 2, 1; then 0, 2, 0 and not attempted; the last is incomplete.
    let rows =
        [(0, 1, 1, 4, 3, 3, [1, 0, 2, 1], 0), (0, 0, 1, 2, 3, 3, [0, 2, 0, 3], 0), (0, 1, 1, 2, 3, 3, [0, 2, 4, 0], 0)];
    let blocks = [block(&rows, &[0, 1, 2, 3])];
    let places = places();
    let request = TallyRequest { exam: Arc::new(exam), blocks: &blocks, places: &places, lists_absent: false };
    let found = super::row_patterns(&request, "").own_levels;
    let sums = |sum: i64| PatternSums { n: 1, sum, squares: sum.unsigned_abs().pow(2) };
    let classes =
        vec![(String::new(), vec![sums(-12), sums(12)]), ("s0/8А".to_owned(), vec![sums(4 * 8 - 4 * 6), sums(-4 * 2)])];
    assert_eq!(found, [OwnLevel { school: "s0".to_owned(), classes }]);
}

/// Three pupils with three points each; the first task leaves the score of all tasks but itself.
#[test]
fn a_task_that_leaves_the_score_stays_in_its_own() {
    let row = |sex: u8, outcomes: [u8; 4]| (0, 1, sex, 3, 4, 4, outcomes, 0);
    let (boy, girl) = (1, 2);
    let rows = [row(boy, [1, 0, 0, 2]), row(girl, [0, 1, 0, 2]), row(girl, [1, 1, 0, 1])];
    let (exam, places, blocks) = (Arc::new(exam()), places(), [block(&rows, &[0, 1, 2, 3])]);
    let request = TallyRequest { exam, blocks: &blocks, places: &places, lists_absent: false };
    let wanted =
        Purification { level: Level::Sex, focal: "ж".to_owned(), rest: vec!["м".to_owned()], dropped: vec![0] };
    let found = &purified(&request, &[wanted])[0];
    assert_eq!(found.strata[0], [(vec![0, 1], vec![1, 1])]);
    // Without the first task: boy and second girl 2 points, first girl 3.
    assert_eq!(found.strata[1], [(vec![1], vec![0, 1]), (vec![], vec![0, 1])]);
    let sides: Vec<(bool, u64, f64)> =
        found.schools.iter().map(|one| (one.is_focal, one.complete, one.beyond_equals[1])).collect();
    assert_eq!(sides, [(false, 1, -0.5), (true, 2, 0.5)]);
    assert!(purified(&request, &[]).is_empty());
}

/// Labels of a school carry their own sums.
#[test]
fn a_school_knows_its_girls_and_boys_and_its_variants() {
    let row = |sex: u8, outcomes: [u8; 4]| (0, 1, sex, 3, 2, 4, outcomes, 0);
    let rows = [row(1, [1, 0, 0, 2]), row(2, [0, 1, 0, 2]), row(2, [1, 1, 0, 1])];
    let (exam, places, blocks) = (Arc::new(exam()), places(), [block(&rows, &[0, 1, 2, 3])]);
    let request = TallyRequest { exam, blocks: &blocks, places: &places, lists_absent: false };
    let sums = &super::row_patterns(&request, "").sums[0];
    let of = |level: Level| -> Vec<(&str, u64, i64, i64, u64)> {
        let one = |one: &'_ LabelSums| (one.scores.n, one.scores.sum, one.low.sum, one.complete);
        sums.labelled(level)
            .map(|sums| {
                let (n, scores, low, complete) = one(sums);
                (sums.label.as_str(), n, scores, low, complete)
            })
            .collect()
    };
    assert_eq!(of(Level::Sex), [("ж", 2, 6, 2, 2), ("м", 1, 3, 1, 1)]);
    assert_eq!(of(Level::Variant), [("1", 2, 6, 2, 2), ("2", 1, 3, 1, 1)]);
    // On the second task girls have 2 points where equals have 2/3 each.
    let girls = sums.labelled(Level::Sex).next().unwrap();
    assert!((girls.beyond_equals[1] - (2.0 - 4.0 / 3.0)).abs() < 1e-12);
}
