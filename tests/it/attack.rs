//! The printed editions against an attacker: over random districts, and over the demo's own editions.
//!
//! The attacker has the tables and the packet of an association and the public edition, of this month and the last;
//! whoever has less knows less. He may know which schools delivered something new, and that results were only added.

use crate::attacker::{Attack, Group, Month, SURE, Seen};
use crate::filter_page::{PageRow, data_of, rows_of};
use crate::random_district::{District, exam, home, rules};
use crate::trial::demo;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use srez_model::edition::{Cut, EditionExam, EditionRow, ExamCounts, GroupCounts, Part, Publication};
use srez_model::filter_page::FILE;
use srez_model::level::Level;
use srez_model::unit::{Percent, as_f64};
use srez_privacy::{Decision, Rules, association_edition, decide, public_edition};
use srez_testkit::sources::files_below;
use std::collections::{BTreeMap, BTreeSet};

fn printed(max: &[u64], decision: &Decision) -> EditionExam {
    association_edition(&exam(max), &["умение".to_owned()], &home(), decision)
}

fn printed_for_all(max: &[u64], decision: &Decision, types: &BTreeMap<String, String>) -> EditionExam {
    public_edition(&rules(), &exam(max), &["умение".to_owned()], &home(), decision, types)
}

/// What an attack found.
#[derive(Default, Debug)]
struct Haul {
    districts: usize,
    publications: usize,
    held: usize,
    packets: usize,
    types: usize,
    shown: usize,
    hidden: usize,
    recovered: usize,
    narrowest: Option<f64>,
    finds: Vec<String>,
    seed: u64,
}

/// A month as the attacker sees it and as it really was.
struct Truth<'a> {
    month: &'a Month,
    counts: &'a ExamCounts,
    cut: Cut,
    /// Numbers printed the month before that cannot have changed, by school and name of the number.
    told: BTreeSet<(String, String)>,
}

/// Numbers of a group by name, as seen and as they are.
fn numbers(group: &Group, counts: &GroupCounts, cut: Cut) -> Vec<(String, Seen, u64)> {
    let mut numbers = vec![("n".to_owned(), group.n, counts.n)];
    let tasks = group.tasks.iter().copied().zip(counts.tasks.iter().map(|part| part.sum)).enumerate();
    numbers.extend(tasks.map(|(task, (seen, sum))| (format!("task {task}"), seen, sum)));
    let columns = group.columns.iter().copied().zip(cut.of(&counts.bands)).enumerate();
    numbers.extend(columns.map(|(column, (seen, count))| (format!("{cut:?} column {column}"), seen, count)));
    numbers
}

impl Haul {
    fn attack(&mut self, attack: &mut Attack, months: &[Truth<'_>]) {
        for (place, truth) in months.iter().enumerate() {
            for (name, group) in truth.month {
                let counts = truth.counts.school(name).cloned().unwrap_or_else(|| truth.counts.total());
                for (what, seen, value) in numbers(group, &counts, truth.cut) {
                    if !truth.told.contains(&(name.clone(), what.clone())) {
                        self.number(attack, &format!("{name} of month {place}"), &what, seen, value);
                    }
                }
            }
        }
    }

    fn number(&mut self, attack: &mut Attack, name: &str, what: &str, seen: Seen, truth: u64) {
        let Seen::Hidden(variable) = seen else {
            self.shown += 1;
            return;
        };
        self.hidden += 1;
        let Some((low, high)) = attack.range(variable) else { return };
        let truth = as_f64(truth);
        assert!(
            low - 1e-4 <= truth && truth <= high + 1e-4,
            "district {}, {name} {what}: {truth} is not in {low}…{high}",
            self.seed
        );
        let width = high - low;
        self.narrowest = Some(self.narrowest.map_or(width, |narrowest| narrowest.min(width)));
        if width < SURE - 1e-6 {
            self.recovered += 1;
            self.finds.push(format!("district {}, {name} {what}: {low}…{high}, truly {truth}", self.seed));
        }
    }
}

/// What happens between the months.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Between {
    /// Results come in.
    Growth,
    /// Deliveries are corrected, upwards and downwards.
    Correction,
}

/// Publishes a random district for two months and attacks all that was printed, together.
fn attack_one(seed: u64, between: Between, haul: &mut Haul) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let first = District::random(&mut random);
    let second = match between {
        Between::Growth => first.later(&mut random),
        Between::Correction => first.corrected(&mut random),
    };
    let one = decide(&rules(), "2026-05", &first.counts(), None, &[]);
    let two = decide(&rules(), "2026-06", &second.counts(), Some(one.publication()), &[]);
    haul.seed = seed;
    attack_all(&[(&first, &one), (&second, &two)], between == Between::Growth, haul);
}

/// The same for three issues, the last of which is the first month once more; true if that was published.
fn attack_first_month_again(seed: u64, haul: &mut Haul) -> bool {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let first = District::random(&mut random);
    let second = first.later(&mut random);
    let third = second.corrected(&mut random);
    let may = decide(&rules(), "2026-05", &first.counts(), None, &[]);
    let june = decide(&rules(), "2026-06", &second.counts(), Some(may.publication()), &[]);
    let again = decide(&rules(), "2026-05", &third.counts(), Some(may.publication()), &[june.publication()]);
    haul.seed = seed;
    attack_all(&[(&first, &may), (&second, &june), (&third, &again)], false, haul);
    matches!(again, Decision::Publish(_))
}

/// Attacks all that was printed of a district, together; what is held back is not printed.
fn attack_all(issues: &[(&District, &Decision)], grows: bool, haul: &mut Haul) {
    let rules = rules();
    let Some((first, _)) = issues.first() else { return };
    let max = &first.max;
    haul.districts += 1;
    let mut attack = Attack::new(max, Some(first.bounds));
    let mut seen: Vec<(Month, ExamCounts, Cut)> = Vec::new();
    for (district, decision) in issues {
        if matches!(decision, Decision::Hold(_)) {
            haul.held += 1;
            continue;
        }
        haul.publications += 1;
        let edition = printed(max, decision);
        let mut month = attack.month(&edition, None);
        let packet = district.packet(decision);
        haul.packets += usize::from(!packet.is_empty());
        attack.packet(&mut month, &packet);
        let public = printed_for_all(max, decision, &first.types);
        haul.types += public.rows.len().saturating_sub(1);
        attack.public(&month, &public, &first.types, rules.public_step);
        seen.push((month, district.counts(), edition.cut));
    }
    let mut truths = Vec::new();
    for (place, (month, counts, cut)) in seen.iter().enumerate() {
        let mut told = without_a_hidden_part(month);
        for (before, then, then_cut) in &seen[..place] {
            let same = |school: &&GroupCounts| then.school(&school.group) == Some(school);
            let same: BTreeSet<String> =
                counts.schools.iter().filter(same).map(|school| school.group.clone()).collect();
            attack.unchanged(before, month, &same);
            if grows {
                attack.grows(before, month);
            }
            // What is printed about a school that delivered nothing since is known later too, whatever is hidden then.
            for (name, group) in before.iter().filter(|(name, _)| same.contains(name)) {
                let known = numbers(group, then.school(name).unwrap(), *then_cut);
                let known = known.into_iter().filter(|(_, seen, _)| matches!(seen, Seen::Known(_)));
                told.extend(known.map(|(what, ..)| (name.clone(), what)));
            }
        }
        truths.push(Truth { month, counts, cut: *cut, told });
    }
    haul.attack(&mut attack, &truths);
}

/// Totals of tasks of which every school is shown: whatever hides them, there is nobody to protect.
fn without_a_hidden_part(month: &Month) -> BTreeSet<(String, String)> {
    let Some(((total, group), schools)) = month.split_last() else { return BTreeSet::new() };
    let is_known = |seen: Option<&Seen>| matches!(seen, Some(Seen::Known(_)));
    let open = (0..group.tasks.len()).filter(|task| schools.iter().all(|(_, of)| is_known(of.tasks.get(*task))));
    open.map(|task| (total.clone(), format!("task {task}"))).collect()
}

/// Attacks many districts, both ways of going on.
fn attack_many(seeds: std::ops::Range<u64>) -> Haul {
    let mut haul = Haul::default();
    for seed in seeds {
        let between = if seed % 2 == 0 { Between::Growth } else { Between::Correction };
        attack_one(seed, between, &mut haul);
    }
    haul
}

#[test]
fn an_attacker_recovers_nothing_from_two_months_of_editions() {
    let haul = attack_many(0..80);
    assert_eq!(haul.recovered, 0, "{haul:?}");
    assert!(haul.hidden > 500 && haul.shown > 500 && haul.publications > 80, "{haul:?}");
    assert!(haul.packets > 10 && haul.types > 10 && haul.held > 0, "{haul:?}");
}

#[test]
fn an_attacker_recovers_nothing_from_a_month_that_is_issued_again_after_a_later_one() {
    let mut haul = Haul::default();
    let again = (5_000..5_060).filter(|seed| attack_first_month_again(*seed, &mut haul)).count();
    assert_eq!(haul.recovered, 0, "{haul:?}");
    assert!(again > 5 && haul.held > 5 && haul.hidden > 300, "{again} {haul:?}");
}

#[test]
#[ignore = "minutes: cargo test --release --test it a_thousand_districts -- --ignored --nocapture"]
fn an_attacker_recovers_nothing_from_a_thousand_districts() {
    let haul = attack_many(1_000..2_000);
    println!("{haul:?}");
    assert_eq!(haul.recovered, 0, "{haul:?}");
}

#[test]
fn the_attack_finds_what_is_not_protected() {
    let rules = Rules { together: 1, width: 0, ..rules() };
    let mut found = 0;
    for seed in 0..20 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let district = District::random(&mut random);
        let counts = district.counts();
        let decision = decide(&rules, "2026-05", &counts, None, &[]);
        let mut attack = Attack::new(&district.max, Some(district.bounds));
        let edition = printed(&district.max, &decision);
        let month = attack.month(&edition, None);
        let mut haul = Haul::default();
        let truth = Truth { month: &month, counts: &counts, cut: edition.cut, told: BTreeSet::new() };
        haul.attack(&mut attack, &[truth]);
        found += haul.recovered;
    }
    assert!(found > 0, "an attack that never succeeds proves nothing");
}

#[test]
fn an_attacker_recovers_nothing_from_the_editions_of_the_demo() {
    #[derive(serde::Deserialize)]
    struct Memory {
        exams: BTreeMap<String, Publication>,
    }
    let (trial, _) = demo();
    let text = std::fs::read_to_string(trial.path().join("store/editions/trial-2026-06.json")).unwrap();
    let memory: Memory = serde_json::from_str(&text).unwrap();
    let pages = pages_by_exam();
    let mut haul = Haul::default();
    let (mut complete_exams, mut on_pages) = (0, 0);
    for (exam, publication) in memory.exams {
        let counts = publication.counts.clone();
        let mut edition = printed(&counts.task_max, &Decision::Publish(publication));
        on_pages += pages.get(&exam).map_or(0, |page| read_page(&mut edition, page));
        // The scale constrains only if every pupil has a mark and was given every task.
        let total = counts.total();
        let all = |(part, max): (&Part, &u64)| part.most == max * total.n;
        let complete = total.tasks.iter().zip(&counts.task_max).all(all);
        let mut attack = Attack::new(&counts.task_max, counts.score_bounds.filter(|_| complete));
        attack.beyond = total
            .tasks
            .iter()
            .zip(&counts.task_max)
            .map(|(part, max)| as_f64(part.most.saturating_sub(max * total.n)))
            .collect();
        complete_exams += usize::from(complete);
        let month = attack.month(&edition, Some(&counts));
        haul.districts += 1;
        let truth = Truth { month: &month, counts: &counts, cut: edition.cut, told: BTreeSet::new() };
        haul.attack(&mut attack, &[truth]);
    }
    assert_eq!(haul.recovered, 0, "{haul:?}");
    assert!(haul.districts > 10 && haul.hidden > 1_000 && haul.shown > 500 && complete_exams > 0, "{haul:?}");
    assert!(on_pages > 500, "the pages that filter told {on_pages} numbers");
}

/// What the pages that filter tell of each exam, those of associations and the public one together.
fn pages_by_exam() -> BTreeMap<String, Vec<PageRow>> {
    let folder = demo().0.period().join("editions");
    let mut pages: BTreeMap<String, Vec<PageRow>> = BTreeMap::new();
    for path in files_below(&folder).iter().filter(|path| path.ends_with(FILE) && path.starts_with("association-")) {
        for row in rows_of(&data_of(&folder.join(path))) {
            pages.entry(row.exam.clone()).or_default().push(row);
        }
    }
    pages
}

/// Adds what a page tells to what the tables told, so that the attacker has both; how many numbers it told.
fn read_page(edition: &mut EditionExam, page: &[PageRow]) -> usize {
    let number = |text: &str| text.replace('\u{a0}', "").replace(',', ".").parse::<f64>().ok();
    let mut tasks: Vec<&str> = Vec::new();
    for row in page.iter().filter(|row| !row.task.is_empty()) {
        if !tasks.contains(&row.task.as_str()) {
            tasks.push(&row.task);
        }
    }
    // The page names only tasks of which something is told, in the order of the paper.
    let all = 0..edition.exam.tasks.len();
    let places: Vec<usize> =
        all.filter(|task| edition.rows.iter().any(|row| row.tasks.get(*task).is_some_and(Option::is_some))).collect();
    assert_eq!(tasks.len(), places.len(), "the page tells of other tasks than the tables");
    let mut told = 0;
    for row in page {
        let is_own = |own: &&mut EditionRow| {
            own.level.id() == row.level && (own.level != Level::School || own.group == row.group)
        };
        let Some(own) = edition.rows.iter_mut().find(is_own) else {
            panic!("the tables do not know the group of {row:?}")
        };
        if let Some(n) = number(&row.n) {
            told += 1;
            assert_eq!(own.n.map(as_f64), Some(n), "{row:?}");
        }
        let place = tasks.iter().position(|task| *task == row.task).map(|order| places[order]);
        let (Some(place), Some(share)) = (place, number(&row.share)) else { continue };
        told += 1;
        match own.tasks[place] {
            Some(known) => assert!((known.0 - share).abs() < 0.051, "{row:?} is {known:?} in the tables"),
            None => own.tasks[place] = Some(Percent(share)),
        }
    }
    told
}
