//! S10: a task that many pupils of a school did not attempt.
//!
//! The logit of the share that left a task out is compared with that of the other schools, less the same of the
//! school's other tasks: a school that writes «X» for zero does so everywhere. A school has one p, the least of its
//! tasks times their number.

use crate::circles::Circles;
use crate::standing::{self, Standing};
use crate::tested::{self, Checks, Test, Tested};
use crate::{Entry, Found, Settings, WayWithCounts};
use srez_model::finding::{Family, Matter};
use srez_model::level::Level;
use srez_model::measures::{Measures, TaskRow};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::unusual::Unit;
use srez_wording::sentence::differences as said;
use srez_wording::{number, text};
use std::collections::BTreeMap;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S10"),
    title: "к заданию не приступали чаще, чем в остальных школах",
    rule: "доля не приступавших больше, чем в остальных школах муниципалитета, не меньше чем на {S10.difference} \
           п.п., q не больше {tests.q} % (вместе с другими маркерами), участников не меньше {S10.participants}; p — \
           отклонение логита этой доли от обычного для школы по другим заданиям, его место в распределении, которое \
           предсказывают для школы остальные школы с учётом того, насколько они расходятся между собой; наименьшее p \
           школы умножается на число её заданий; школ не меньше {unusual.schools}; школа, которая везде вместо нуля \
           ставит «X», не отмечается; все такие задания школы — один вывод",
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
    threshold: GATE,
    family: Family::Markers,
    tests,
    joint: None,
    subject: |_, _| "Доля не приступавших к заданиям",
    keeps_checked: false,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Its size gate.
const GATE: &str = "S10.difference";

/// Participants, and how many of them did not attempt, by task.
type ByTask = BTreeMap<u16, (u64, u64)>;

/// One task of one school against the others, and how far that is from the school's other tasks.
#[derive(Clone, Copy)]
struct Offset<'a> {
    row: &'a TaskRow,
    /// Participants and those who left the task out, of the others.
    others: (u64, u64),
    n: u64,
    unit: Unit,
}

impl Offset<'_> {
    /// Share of this school less that of the others, in percentage points; 0 without participants.
    fn gap(&self) -> f64 {
        let share = |n: u64, skipped: u64| Percent::of(skipped, n).unwrap_or(Percent(0.0));
        let own = share(self.row.counts.n, self.row.counts.not_attempted);
        own.minus(share(self.others.0, self.others.1)).0
    }
}

/// A task with its place among the schools.
type Placed<'a> = (Offset<'a>, Standing);

fn tests(settings: &Settings<'_>, measures: &Measures) -> Checks {
    let schools = offsets(settings, measures);
    let mut tasks: Vec<u16> = schools.iter().flat_map(|(_, offsets)| offsets).map(|one| one.row.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let mut placed: Vec<Vec<Placed<'_>>> = schools.iter().map(|_| Vec::new()).collect();
    let mut why = String::new();
    for task in tasks {
        let of_task =
            |offsets: &[Offset<'_>]| offsets.iter().find(|one| one.row.task == task).map(|one| (one.n, one.unit));
        let units: Vec<Option<(u64, Unit)>> = schools.iter().map(|(_, offsets)| of_task(offsets)).collect();
        let found = standing::among_others(settings, &units);
        for ((placed, found), (_, offsets)) in placed.iter_mut().zip(found).zip(&schools) {
            match (found, offsets.iter().find(|one| one.row.task == task)) {
                (Some(Ok(found)), Some(offset)) => placed.push((*offset, found)),
                (Some(Err(reason)), _) => why = reason,
                _ => {}
            }
        }
    }
    let mut checks = Checks::default();
    for ((school, offsets), placed) in schools.iter().zip(placed) {
        match test(settings, measures, &placed) {
            Some(test) => checks.tests.push(test),
            None if offsets.is_empty() => {
                checks.untested.push(((*school).to_owned(), reason(settings, measures, school)));
            }
            None => checks.untested.push(((*school).to_owned(), why.clone())),
        }
    }
    checks
}

/// Why a school has no task to test.
fn reason(settings: &Settings<'_>, measures: &Measures, school: &str) -> String {
    let fewest = settings.thresholds.value("S10.participants");
    if measures.tasks_of(Level::School, school).all(|row| as_f64(row.counts.n) < fewest) {
        standing::few_pupils(settings, "S10.participants")
    } else {
        "нет заданий, к которым приступали не все".to_owned()
    }
}

/// The schools of the focus with their tasks, each against the others and the school's own other tasks.
fn offsets<'a>(settings: &Settings<'a>, measures: &'a Measures) -> Vec<(&'a str, Vec<Offset<'a>>)> {
    let circles = Circles::new(settings, |school| measures.tasks_of(Level::School, school).any(|row| row.counts.n > 0));
    let all = circles.sums(|all: &mut ByTask, school| {
        for row in measures.tasks_of(Level::School, school) {
            let (n, skipped) = all.entry(row.task).or_default();
            *n += row.counts.n;
            *skipped += row.counts.not_attempted;
        }
    });
    let of_school = |school: &'a String| {
        let sums = all.get(circles.of(school)?)?;
        let rows = measures.tasks_of(Level::School, school);
        let found = rows.filter_map(|row| offset(settings, row, *sums.get(&row.task)?));
        Some((school.as_str(), against_own_level(found.collect())))
    };
    settings.schools.iter().filter_map(of_school).collect()
}

/// Fewest other tasks that tell how often a school leaves a task out.
const FEWEST_TASKS: usize = 3;

/// Offset of every task less the mean offset of the school's other tasks, weighted by how sure they are.
fn against_own_level(tasks: Vec<Offset<'_>>) -> Vec<Offset<'_>> {
    let weight = |unit: &Unit| 1.0 / unit.variance;
    let weights: f64 = tasks.iter().map(|task| weight(&task.unit)).sum();
    let sum: f64 = tasks.iter().map(|task| weight(&task.unit) * task.unit.value).sum();
    let enough = FEWEST_TASKS < tasks.len();
    let beyond = |unit: Unit| {
        let others = weights - weight(&unit);
        Unit { value: unit.value - (sum - weight(&unit) * unit.value) / others, variance: unit.variance + 1.0 / others }
    };
    tasks.into_iter().map(|task| if enough { Offset { unit: beyond(task.unit), ..task } } else { task }).collect()
}

/// Difference of the logits of two shares, half a pupil added to every count; none where the school is small, or nobody
/// (everybody) left the task out.
fn offset<'a>(settings: &Settings<'_>, row: &'a TaskRow, all: (u64, u64)) -> Option<Offset<'a>> {
    let (n, skipped) = (row.counts.n, row.counts.not_attempted);
    let others = (all.0 - n, all.1 - skipped);
    if as_f64(n) < settings.thresholds.value("S10.participants") || others.0 == 0 || all.1 == 0 || all.1 == all.0 {
        return None;
    }
    let cells = |(n, skipped): (u64, u64)| (as_f64(skipped) + 0.5, as_f64(n - skipped) + 0.5);
    let (own, rest) = (cells((n, skipped)), cells(others));
    let value = libm::log(own.0 / own.1) - libm::log(rest.0 / rest.1);
    Some(Offset { row, others, n, unit: Unit { value, variance: 1.0 / own.0 + 1.0 / own.1 } })
}

/// The least p of the tasks of a school times their number; none without tasks.
fn test(settings: &Settings<'_>, measures: &Measures, tasks: &[Placed<'_>]) -> Option<Test> {
    let count = as_f64(tasks.len() as u64);
    let p = |(_, found): &Placed<'_>| (count * found.place.up).min(1.0);
    let lead = tasks.iter().min_by(|left, right| left.1.place.up.total_cmp(&right.1.place.up))?;
    let (offset, found) = lead;
    let row = offset.row;
    let gap = offset.gap();
    let detectable = points_of(offset, found.detectable);
    let gate = settings.thresholds.value(GATE);
    // The others that lie as far off are told with it.
    let limit = settings.thresholds.value("tests.q") / 100.0;
    let is_told = |one: &&Placed<'_>| one.0.row.task != row.task && gate <= one.0.gap() && p(one) <= limit;
    let others: Vec<u16> = tasks.iter().filter(is_told).map(|(one, _)| one.row.task).collect();
    let task = measures.exam.tasks.get(usize::from(row.task))?;
    let (n, skipped) = (row.counts.n, row.counts.not_attempted);
    let said = settings.in_turn(&row.group, WAYS)(
        settings.name(&row.group),
        &task.id,
        skipped,
        n,
        &number::percent(Percent::of(skipped, n)?, n),
        &number::percent(Percent::of(offset.others.1, offset.others.0)?, offset.others.0),
    );
    Some(Test {
        school: row.group.clone(),
        matter: Matter::Task(row.task),
        tasks: std::iter::once(row.task).chain(others.iter().copied()).collect(),
        n,
        value: gap,
        p: p(lead),
        large: gate <= gap,
        detectable: Some(detectable),
        is_distinct: tested::is_distinct(settings, GATE, detectable),
        affected: as_f64(n) * gap.max(0.0) / 100.0,
        text: format!("{said}{}", the_same(measures, &others)),
    })
}

/// How many percentage points more than the others leave the task out at this distance of logits.
fn points_of(offset: &Offset<'_>, distance: f64) -> f64 {
    let (n, skipped) = offset.others;
    let odds = (as_f64(skipped) + 0.5) / (as_f64(n - skipped) + 0.5);
    let share = |odds: f64| 100.0 * odds / (1.0 + odds);
    share(odds * libm::exp(distance)) - share(odds)
}

/// « То же — задания 3 и 5.»
fn the_same(measures: &Measures, tasks: &[u16]) -> String {
    let id = |task: &u16| measures.exam.tasks.get(usize::from(*task)).map(|task| task.id.as_str());
    let ids: Vec<&str> = tasks.iter().filter_map(id).collect();
    match ids.len() {
        0 => String::new(),
        1 => format!(" То же — задание {}.", text::task_list(&ids)),
        _ => format!(" То же — задания {}.", text::task_list(&ids)),
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::finding::{Finding, Findings};
    use srez_model::level::Level;
    use srez_model::measures::TaskRow;
    use srez_model::tally::TaskCounts;

    fn row(school: &str, n: u64, not_attempted: u64) -> TaskRow {
        let counts = TaskCounts { n, not_attempted, ..TaskCounts::default() };
        let group = school.to_owned();
        TaskRow { level: Level::School, group, task: 0, counts, pct: None, interval: None, pct_attempted: None }
    }

    fn of_schools(findings: &Findings) -> Vec<&Finding> {
        findings.findings.iter().filter(|one| one.sign.id == "S10" && one.level == Level::School).collect()
    }

    fn quiet(findings: &Findings) -> String {
        let of_all = findings.findings.iter().find(|one| one.sign.id == "S10" && one.level != Level::School);
        of_all.map_or(String::new(), |one| one.text().replace('\u{a0}', " "))
    }

    #[test]
    fn a_task_left_out_by_half_a_school() {
        let mut scene = Scene::with_schools(9);
        scene.measures_tasks(1);
        scene.tasks = vec![row("1", 30, 20), row("2", 8, 8)];
        scene.tasks.extend(["3", "4", "5", "6", "7", "8", "9"].map(|school| row(school, 100, 11)));
        let findings = scene.flagged();
        let of_sign: Vec<_> = of_schools(&findings);
        assert_eq!(of_sign.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["1"]);
        assert!((of_sign[0].value.unwrap() - 54.7).abs() < 0.1 && of_sign[0].threshold == Some(15.0), "{of_sign:?}");
        assert!(of_sign[0].text().contains("20 из 30"), "{}", of_sign[0].text());
        assert!(quiet(&findings).contains("не проверялось — 1 (участников меньше 10)"), "{}", quiet(&findings));
        // Nobody left it out anywhere.
        scene.tasks = vec![row("1", 30, 0), row("2", 100, 0), row("3", 100, 0)];
        let findings = scene.flagged();
        assert!(of_schools(&findings).is_empty() && quiet(&findings).contains("Не проверялось — 3"));
        // Two schools differ, and nobody knows how far schools differ anyway.
        scene.tasks = vec![row("1", 30, 20), row("3", 100, 11)];
        let findings = scene.flagged();
        assert!(of_schools(&findings).is_empty() && !quiet(&findings).contains("не выявлено"), "{}", quiet(&findings));
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
                    (2, 3) => 30,
                    _ => usual,
                };
                scene.tasks.push(TaskRow { task, ..row(&place.to_string(), 40, skipped) });
            }
        }
        scene.tasks.sort_by(|left, right| (&left.group, left.task).cmp(&(&right.group, right.task)));
        let findings = scene.flagged();
        let fired: Vec<(&str, &str)> =
            of_schools(&findings).into_iter().map(|one| (one.group.as_str(), one.matter_title.as_str())).collect();
        assert_eq!(fired, [("2", "задание 4")]);
    }
}
