//! Random sequences of deliveries, corrections, withdrawals and returns against a plain model in memory.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// What an analyst does.
#[derive(Clone, Debug)]
enum Deed {
    Deliver(Vec<(usize, Vec<Row>)>),
    DeliverAgain(usize),
    Withdraw(usize, u8, Option<u8>),
    Readmit(usize, u8, Option<u8>),
    Undo,
    Return(u64),
    Reopen,
}

/// A unit of the model: the version that brought it, and its rows as participant and text.
#[derive(Clone, Debug, PartialEq)]
struct Unit {
    since: u64,
    rows: Vec<(String, String)>,
}

type Units = BTreeMap<(String, String), Unit>;

/// In force and withdrawn, by exam.
type State = BTreeMap<String, (Units, Units)>;

/// All states, one per version; the first is empty.
struct Model(Vec<State>);

impl Model {
    fn version(&self) -> u64 {
        self.0.len() as u64 - 1
    }

    fn last(&self) -> &State {
        self.0.last().unwrap()
    }

    fn deliver(&mut self, blocks: &[Block]) {
        let since = self.version() + 1;
        let mut delivered: BTreeMap<String, Units> = BTreeMap::new();
        for block in blocks {
            for row in (0..block.rows()).filter(|row| block.state[*row] != RowState::Rejected) {
                let key = (block.school.name(row).to_owned(), block.class.name(row).to_owned());
                let points: Vec<u8> = block.points.iter().map(|column| column[row]).collect();
                let names = [&key.0, &key.1, block.participant.name(row)];
                let text = format!("{names:?} {points:?} {}", block.state[row] == RowState::Absent);
                let units = delivered.entry(block.exam.id()).or_default();
                let unit = units.entry(key.clone()).or_insert(Unit { since, rows: Vec::new() });
                unit.rows.push((block.participant.name(row).to_owned(), text));
            }
        }
        let mut state = self.last().clone();
        let mut changes = false;
        for (exam, units) in delivered {
            let (in_force, withdrawn) = state.entry(exam).or_default();
            for (key, mut unit) in units {
                unit.rows.sort();
                let same = |held: Option<&Unit>| held.is_some_and(|held| held.rows == unit.rows);
                if !same(withdrawn.get(&key)) && !same(in_force.get(&key)) {
                    withdrawn.remove(&key);
                    in_force.insert(key, unit);
                    changes = true;
                }
            }
        }
        if changes {
            self.0.push(state);
        }
    }

    /// Moves units of a school; false if there are none.
    fn move_units(&mut self, exam: &str, school: &str, class: Option<&str>, back: bool) -> bool {
        let mut state = self.last().clone();
        let Some((in_force, withdrawn)) = state.get_mut(exam) else { return false };
        let (from, to) = if back { (withdrawn, in_force) } else { (in_force, withdrawn) };
        let is_chosen = |key: &&(String, String)| key.0 == school && class.is_none_or(|class| key.1 == class);
        let keys: Vec<_> = from.keys().filter(is_chosen).cloned().collect();
        for key in &keys {
            let unit = from.remove(key).unwrap();
            to.insert(key.clone(), unit);
        }
        if !keys.is_empty() {
            self.0.push(state);
        }
        !keys.is_empty()
    }

    fn return_to(&mut self, version: Option<u64>) -> bool {
        let last = self.version();
        let to = version.unwrap_or(last.saturating_sub(1));
        if last == 0 || last <= to {
            return false;
        }
        self.0.push(self.0[usize::try_from(to).unwrap()].clone());
        true
    }

    /// What is in force: of a participant's rows in a school only those of the latest version.
    fn content(&self) -> BTreeMap<String, Vec<String>> {
        let mut content = BTreeMap::new();
        for (exam, (in_force, _)) in self.last().iter().filter(|(_, (in_force, _))| !in_force.is_empty()) {
            let mut rows = Vec::new();
            for ((school, _), unit) in in_force {
                let of_school = in_force.iter().filter(|((other, _), _)| other == school);
                let latest = |participant: &str| {
                    let having = of_school.clone().filter(|(_, unit)| unit.rows.iter().any(|row| row.0 == participant));
                    having.map(|(_, unit)| unit.since).max()
                };
                let counts = unit.rows.iter().filter(|row| latest(&row.0) == Some(unit.since));
                rows.extend(counts.map(|row| row.1.clone()));
            }
            rows.sort();
            content.insert(exam.clone(), rows);
        }
        content
    }
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let rows = || proptest::collection::vec((1..4_u8, 0..3_u8, 0..8_u8, 0..10_u8), 1..9);
    let delivery = proptest::collection::vec((0..2_usize, rows()), 1..4);
    let units = (0..2_usize, 1..4_u8, proptest::option::of(0..3_u8));
    prop_oneof![
        6 => delivery.prop_map(Deed::Deliver),
        2 => (0..8_usize).prop_map(Deed::DeliverAgain),
        2 => units.clone().prop_map(|(exam, school, class)| Deed::Withdraw(exam, school, class)),
        1 => units.prop_map(|(exam, school, class)| Deed::Readmit(exam, school, class)),
        1 => Just(Deed::Undo),
        1 => (0..9_u64).prop_map(Deed::Return),
        1 => Just(Deed::Reopen),
    ]
}

/// Applies a deed to both; the error of the store if it refuses what the model refuses.
fn live(store: &mut Store, model: &mut Model, deed: &Deed, past: &mut Vec<Vec<Block>>) -> Result<(), TestCaseError> {
    match deed {
        Deed::Deliver(files) => {
            let blocks: Vec<Block> = files
                .iter()
                .enumerate()
                .map(|(place, (subject, rows))| super::block(SUBJECTS[*subject], &format!("{place}.xlsx"), rows))
                .collect();
            store.commit(&delivery(&blocks)).unwrap();
            model.deliver(&blocks);
            past.push(blocks);
        }
        Deed::DeliverAgain(place) => {
            if let Some(blocks) = past.get(*place) {
                store.commit(&delivery(blocks)).unwrap();
                model.deliver(blocks);
            }
        }
        Deed::Withdraw(subject, school, class) | Deed::Readmit(subject, school, class) => {
            let back = matches!(deed, Deed::Readmit(..));
            let (key, school) = (exam(SUBJECTS[*subject]).key, format!("edu{school}"));
            let class = class.map(class_name);
            let done = match back {
                true => store.readmit(&key, &school, class.as_deref(), ""),
                false => store.withdraw(&key, &school, class.as_deref(), ""),
            };
            prop_assert_eq!(done.is_ok(), model.move_units(&key.id(), &school, class.as_deref(), back));
        }
        Deed::Undo => prop_assert_eq!(store.return_to(None, "").is_ok(), model.return_to(None)),
        Deed::Return(version) => {
            prop_assert_eq!(store.return_to(Some(*version), "").is_ok(), model.return_to(Some(*version)));
        }
        Deed::Reopen => {}
    }
    Ok(())
}

fn sequences(cases: u32) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let deeds = proptest::collection::vec(any_deed(), 1..12);
    let outcome = runner.run(&deeds, |deeds| {
        let (_folder, path) = folder();
        let mut store = Store::open(&path).unwrap();
        let mut model = Model(vec![State::new()]);
        let mut past = Vec::new();
        for deed in &deeds {
            live(&mut store, &mut model, deed, &mut past)?;
            if matches!(deed, Deed::Reopen) {
                drop(store);
                store = Store::open(&path).unwrap();
            }
            prop_assert_eq!(store.version(), model.version());
            prop_assert_eq!(content(store.snapshot()), model.content());
        }
        drop(store);
        let snapshot = Snapshot::open(&path).unwrap();
        prop_assert_eq!(snapshot.verify().damages, []);
        for (version, state) in model.0.iter().enumerate() {
            let then = snapshot.at(version as u64).unwrap();
            prop_assert_eq!(content(&then), Model(vec![state.clone()]).content());
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

#[test]
fn a_store_does_what_a_plain_model_does() {
    sequences(60);
}

#[test]
#[ignore = "takes a minute"]
fn a_thousand_sequences_do_what_a_plain_model_does() {
    sequences(1000);
}
