//! S10: a task that many pupils of a school did not attempt.

use super::Settings;
use super::tested::{Test, Tested};
use crate::model::finding::{Matter, SignDefinition};
use crate::model::level::Level;
use crate::model::measures::Measures;
use crate::model::threshold::SourceTag;
use crate::model::unit::{Percent, as_f64};
use crate::statistics::hypergeometric;
use crate::wording::number;
use std::collections::BTreeMap;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S10",
    title: "к заданию не приступали чаще, чем в остальных школах",
    rule: "доля не приступавших больше, чем в остальных школах, не меньше чем на 15 п.п., q не больше 10 %, участников не \
           меньше 10; точный критерий (гипергеометрический)",
    thresholds: &["S10.difference", "S10.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "возможные объяснения: тема не пройдена, не хватило времени, задание пропущено при вводе",
};

/// The sign with its tests.
pub(super) const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S10.difference",
    tests,
    nothing: "Доля не приступавших к заданиям: школ, отличающихся от остальных, не выявлено.",
    keeps_checked: false,
};

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let limit = |id: &str| settings.thresholds.value(id);
    let mut all: BTreeMap<u16, (u64, u64)> = BTreeMap::new();
    let rows = || settings.schools.iter().flat_map(|school| measures.tasks_of(Level::School, school));
    for row in rows() {
        let (n, skipped) = all.entry(row.task).or_default();
        *n += row.counts.n;
        *skipped += row.counts.not_attempted;
    }
    let tested = rows().filter_map(|row| {
        let (n, skipped) = (row.counts.n, row.counts.not_attempted);
        let (n_all, skipped_all) = *all.get(&row.task)?;
        let own = Percent::of(skipped, n)?;
        let others = Percent::of(skipped_all - skipped, n_all - n)?;
        // Nobody, or everybody, left it out: there is nothing to find.
        let nothing = skipped_all == 0 || skipped_all == n_all;
        if as_f64(n) < limit("S10.participants") || nothing {
            return None;
        }
        let law = hypergeometric::pmf(n_all, skipped_all, n);
        let task = measures.exam.tasks.get(usize::from(row.task))?;
        let gap = own.minus(others).0;
        Some(Test {
            school: row.group.clone(),
            matter: Matter::Task(row.task),
            n,
            value: own.0,
            p: law.two_sided(skipped),
            attainable: law.smallest_attainable(),
            large: limit("S10.difference") <= gap,
            affected: as_f64(n) * gap / 100.0,
            text: format!(
                "{}: к заданию № {} не приступали {} из {} ({}), в остальных школах — {}.",
                settings.name(&row.group),
                task.id,
                number::count(skipped),
                number::count(n),
                number::percent(own, n),
                number::percent(others, n_all - n),
            ),
        })
    });
    tested.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::Scene;
    use crate::model::level::Level;
    use crate::model::measures::TaskRow;
    use crate::model::tally::TaskCounts;

    fn row(school: &str, n: u64, not_attempted: u64) -> TaskRow {
        let counts = TaskCounts { n, not_attempted, ..TaskCounts::default() };
        let group = school.to_owned();
        TaskRow { level: Level::School, group, task: 0, counts, pct: None, interval: None, pct_attempted: None }
    }

    #[test]
    fn a_task_left_out_by_half_a_school() {
        let mut scene = Scene::with_tasks(1);
        scene.tasks = vec![row("1", 30, 15), row("2", 100, 10), row("3", 100, 12), row("4", 8, 8)];
        let findings = scene.flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign == "S10").collect();
        assert_eq!(of_sign.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["1"]);
        assert!(of_sign[0].text.contains("15 из 30"), "{}", of_sign[0].text);
        // Nobody left it out anywhere.
        scene.tasks = vec![row("1", 30, 0), row("2", 100, 0)];
        assert!(scene.flagged().findings.iter().all(|one| one.sign != "S10"));
    }
}
