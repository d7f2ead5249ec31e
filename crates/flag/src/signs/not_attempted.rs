//! S10: a task that many pupils of a school did not attempt.

use crate::circles::Circles;
use crate::tested::{self, Test, Tested};
use crate::{Entry, Found, Settings, WayWithCounts};
use srez_model::finding::Matter;
use srez_model::level::Level;
use srez_model::measures::{Measures, TaskRow};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::hypergeometric;
use srez_statistics::overdispersion::{self, Excess};
use srez_wording::number;
use srez_wording::sentence::differences as said;
use std::collections::BTreeMap;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S10"),
    title: "к заданию не приступали чаще, чем в остальных школах",
    rule: "доля не приступавших больше, чем в остальных школах муниципалитета, не меньше чем на {S10.difference} \
           п.п., q не больше {tests.q} %, участников не меньше {S10.participants}; p — большее из двух: точный \
           критерий (гипергеометрический) и отклонение логита этой доли от обычного для школы по другим заданиям, с \
           учётом того, насколько школы расходятся между собой (tau²), школ не меньше {unusual.schools}: школа, \
           которая везде вместо нуля ставит «X», не отмечается; все такие задания школы — один вывод",
    thresholds: &["S10.difference", "S10.participants", "unusual.schools", "tests.q"],
    tag: SourceTag::Own,
    caution: "возможные объяснения: тема не пройдена, не хватило времени, задание пропущено при вводе, вместо нуля \
              баллов поставлен «X»",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::TaskLeftOut,
    evidence: Evidence::Counts,
};

/// Ways to say it.
const WAYS: [WayWithCounts; 2] = [said::not_attempted, said::not_attempted_share];

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S10.difference",
    tests,
    nothing: |_, _| "Доля не приступавших к заданиям: школ, отличающихся от остальных, не выявлено.",
    background: tested::unknown,
    keeps_checked: false,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Participants, and how many of them did not attempt, by task.
type ByTask = BTreeMap<u16, (u64, u64)>;

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let circles = Circles::new(settings, |school| measures.tasks_of(Level::School, school).any(|row| row.counts.n > 0));
    let all = circles.sums(|all: &mut ByTask, school| {
        for row in measures.tasks_of(Level::School, school) {
            let (n, skipped) = all.entry(row.task).or_default();
            *n += row.counts.n;
            *skipped += row.counts.not_attempted;
        }
    });
    let of_circle = |school: &str| all.get(circles.of(school)?);
    let mut by_task: BTreeMap<u16, Vec<(Test, Excess)>> = BTreeMap::new();
    for school in settings.schools {
        let Some(sums) = of_circle(school) else { continue };
        let rows = measures.tasks_of(Level::School, school);
        let found = rows.filter_map(|row| {
            let (test, offset) = test(settings, measures, row, *sums.get(&row.task)?)?;
            Some((row.task, test, offset))
        });
        for (task, test, excess) in against_own_level(found.collect()) {
            by_task.entry(task).or_default().push((test, excess));
        }
    }
    let fewest = settings.thresholds.value("unusual.schools");
    let with_spread = |tests: Vec<(Test, Excess)>| {
        let excesses: Vec<Excess> = tests.iter().map(|(_, excess)| *excess).collect();
        let unusual = overdispersion::two_sided(&excesses, fewest);
        // Where the schools are too few to know how far they differ anyway, none is tested.
        let worse = |((test, excess), unusual): ((Test, Excess), Option<f64>)| {
            // Left out more often than elsewhere, and yet less often than the school leaves tasks out: no wonder.
            let unusual = unusual?;
            let p = if excess.value <= 0.0 { 1.0 } else { unusual.max(test.p) };
            Some(Test { p, ..test })
        };
        tests.into_iter().zip(unusual).filter_map(worse).collect::<Vec<Test>>()
    };
    by_task.into_values().flat_map(with_spread).collect()
}

/// Fewest other tasks that tell how often a school leaves a task out.
const FEWEST_TASKS: usize = 3;

/// Offset of every task less the mean offset of the school's other tasks, weighted by how sure they are.
fn against_own_level(tasks: Vec<(u16, Test, Excess)>) -> Vec<(u16, Test, Excess)> {
    let weight = |offset: &Excess| 1.0 / offset.variance;
    let weights: f64 = tasks.iter().map(|(_, _, offset)| weight(offset)).sum();
    let sum: f64 = tasks.iter().map(|(_, _, offset)| weight(offset) * offset.value).sum();
    let enough = FEWEST_TASKS < tasks.len();
    let beyond = |(task, test, offset): (u16, Test, Excess)| {
        let others = weights - weight(&offset);
        let excess = Excess {
            value: offset.value - (sum - weight(&offset) * offset.value) / others,
            variance: offset.variance + 1.0 / others,
        };
        (task, test, if enough { excess } else { offset })
    };
    tasks.into_iter().map(beyond).collect()
}

/// Difference of the logits of two shares, half a pupil added to every count.
fn offset(own: (u64, u64), others: (u64, u64)) -> Excess {
    let cells = |(skipped, n): (u64, u64)| (as_f64(skipped) + 0.5, as_f64(n - skipped) + 0.5);
    let (own, others) = (cells(own), cells(others));
    Excess { value: (own.0 / own.1).ln() - (others.0 / others.1).ln(), variance: 1.0 / own.0 + 1.0 / own.1 }
}

/// None where the school is small, or nobody (everybody) left the task out.
fn test(
    settings: &Settings<'_>,
    measures: &Measures,
    row: &TaskRow,
    (n_all, skipped_all): (u64, u64),
) -> Option<(Test, Excess)> {
    let limit = |id: &str| settings.thresholds.value(id);
    let (n, skipped) = (row.counts.n, row.counts.not_attempted);
    let own = Percent::of(skipped, n)?;
    let others = Percent::of(skipped_all - skipped, n_all - n)?;
    if as_f64(n) < limit("S10.participants") || skipped_all == 0 || skipped_all == n_all {
        return None;
    }
    let law = hypergeometric::pmf(n_all, skipped_all, n);
    let task = measures.exam.tasks.get(usize::from(row.task))?;
    let gap = own.minus(others).0;
    let test = Test {
        school: row.group.clone(),
        matter: Matter::Task(row.task),
        n,
        value: own.0,
        p: law.two_sided(skipped),
        attainable: law.smallest_attainable(),
        large: limit("S10.difference") <= gap,
        affected: as_f64(n) * gap / 100.0,
        text: settings.in_turn(&row.group, WAYS)(
            settings.name(&row.group),
            &task.id,
            skipped,
            n,
            &number::percent(own, n),
            &number::percent(others, n_all - n),
        ),
    };
    Some((test, offset((skipped, n), (skipped_all - skipped, n_all - n))))
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::level::Level;
    use srez_model::measures::TaskRow;
    use srez_model::tally::TaskCounts;

    fn row(school: &str, n: u64, not_attempted: u64) -> TaskRow {
        let counts = TaskCounts { n, not_attempted, ..TaskCounts::default() };
        let group = school.to_owned();
        TaskRow { level: Level::School, group, task: 0, counts, pct: None, interval: None, pct_attempted: None }
    }

    #[test]
    fn a_task_left_out_by_half_a_school() {
        let mut scene = Scene::with_schools(9);
        scene.measures_tasks(1);
        scene.tasks = vec![row("1", 30, 20), row("2", 8, 8)];
        scene.tasks.extend(["3", "4", "5", "6", "7", "8", "9"].map(|school| row(school, 100, 11)));
        let findings = scene.flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign.id == "S10").collect();
        assert_eq!(of_sign.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["1"]);
        assert!(of_sign[0].text().contains("20 из 30"), "{}", of_sign[0].text());
        // Nobody left it out anywhere.
        scene.tasks = vec![row("1", 30, 0), row("2", 100, 0), row("3", 100, 0)];
        assert!(scene.flagged().findings.iter().all(|one| one.sign.id != "S10"));
        // Two schools differ, and nobody knows how far schools differ anyway.
        scene.tasks = vec![row("1", 30, 20), row("3", 100, 11)];
        assert!(scene.flagged().findings.iter().all(|one| one.sign.id != "S10"));
    }

    #[test]
    fn a_school_that_writes_x_for_zero_is_not_named_and_a_task_that_it_skipped_is() {
        let mut scene = Scene::with_schools(12);
        scene.measures_tasks(6);
        for place in 1..=12_u64 {
            for task in 0..6_u16 {
                let usual = 2 + (place + u64::from(task)) % 3;
                // School 1 writes «X» everywhere, school 2 left one task out.
                let skipped = match (place, task) {
                    (1, _) => 20 + u64::from(task) % 2,
                    (2, 3) => 25,
                    _ => usual,
                };
                scene.tasks.push(TaskRow { task, ..row(&place.to_string(), 40, skipped) });
            }
        }
        scene.tasks.sort_by(|left, right| (&left.group, left.task).cmp(&(&right.group, right.task)));
        let findings = scene.flagged();
        let fired: Vec<(&str, &str)> = findings
            .findings
            .iter()
            .filter(|one| one.sign.id == "S10")
            .map(|one| (one.group.as_str(), one.matter_title.as_str()))
            .collect();
        assert_eq!(fired, [("2", "задание 4")]);
    }
}
