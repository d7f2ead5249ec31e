//! Intervals of the points of schools: their pupils have points, not ones and nothings, and came in classes.

use super::settings::Settings;
use super::whole_schools::{Roll, on_skill, on_task, usual_maximum};
use srez_model::level::Level;
use srez_model::measures::{Interval, SkillRow, TaskRow};
use srez_model::tally::Tally;
use srez_model::unit::Percent;
use srez_statistics::school_model::{Exactness, Group, Observed, Posterior, bounds_without_parts};
use std::collections::BTreeMap;

/// Replaces the intervals of tasks and skills of several points; those of one point are shares of pupils.
pub(super) fn fill(settings: &Settings, tally: &Tally, tasks: &mut [TaskRow], skills: &mut [SkillRow]) {
    let roll = Roll::of(tally);
    let places: BTreeMap<&str, usize> = roll.ids().zip(0..).collect();
    for (task, definition) in (0_u16..).zip(&tally.exam.tasks) {
        let Some(max) = definition.max.filter(|max| 1 < *max) else { continue };
        let bounds = Bounds::new(settings, roll.values(max.into(), |group| on_task(tally, group, task)));
        for row in tasks.iter_mut().filter(|row| row.task == task && row.level == Level::School) {
            let place = places.get(row.group.as_str()).copied();
            row.interval = place.and_then(|place| bounds.around(place, row.pct?)).or(row.interval);
        }
    }
    for (skill, _) in (0_u16..).zip(&tally.skills) {
        let Some(max) = usual_maximum(tally, skill).filter(|max| 1 < *max) else { continue };
        let bounds = Bounds::new(settings, roll.values(max.into(), |group| on_skill(tally, group, skill, max)));
        for row in skills.iter_mut().filter(|row| row.skill == skill && row.level == Level::School) {
            let place = places.get(row.group.as_str()).copied();
            row.pct = place.and_then(|place| bounds.around(place, row.pct?.value)).or(row.pct);
        }
    }
}

/// How exactly one measure of every school is known.
pub(super) struct Bounds {
    /// What is left where the model has no values.
    schools: Vec<Group<Observed>>,
    /// None where the model has no values: the classes are then left out.
    exactness: Option<Exactness>,
}

impl Bounds {
    pub(super) fn new(settings: &Settings, schools: Vec<Group<Observed>>) -> Self {
        let exactness = Exactness::new(&schools, &settings.assumptions()).ok();
        Self { schools, exactness }
    }

    /// Of schools whose model is known; none where it does not tell how exactly values are known.
    pub(super) fn of(model: &Posterior) -> Option<Self> {
        Some(Self { schools: Vec::new(), exactness: Some(Exactness::of(model).ok()?) })
    }

    /// The value of a school, which may rest on some more of its pupils, with its bounds.
    pub(super) fn around(&self, school: usize, value: Percent) -> Option<Interval> {
        let share = value.0 / 100.0;
        let (low, high) = match &self.exactness {
            Some(exactness) => exactness.bounds(school, share),
            None => bounds_without_parts(&self.schools.get(school)?.together()?, share),
        }?;
        Some(Interval { value, low: Percent(100.0 * low), high: Percent(100.0 * high) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::counted::{Pupil, count, exam, settings};
    use super::super::measure;
    use srez_model::assessment::Scale;
    use srez_model::compared::MeasureId;
    use srez_model::level::Level;
    use srez_model::measures::{Interval, Measures};
    use srez_statistics::wilson;

    /// Schools of these numbers of pupils; a task of ten points that pupils do by halves, and one of a point.
    fn measured(sizes: &[u8], points: impl Fn(u8, u8) -> u8) -> Measures {
        let pupil = |(school, place): (usize, u8)| Pupil {
            school: school.to_string(),
            journal: None,
            points: vec![points(u8::try_from(school).unwrap(), place), place % 2],
            result: 3,
        };
        let pupils: Vec<Pupil> = sizes
            .iter()
            .enumerate()
            .flat_map(|(school, n)| (0..*n).map(move |place| (school, place)))
            .map(pupil)
            .collect();
        measure(&settings(), &count(exam(2026, &[10, 1], Scale::Unknown), &pupils, 0))
    }

    fn width(interval: Interval) -> f64 {
        interval.high.0 - interval.low.0
    }

    fn plain(interval: Interval, n: u64) -> f64 {
        width(wilson::around(interval.value, n).unwrap())
    }

    #[test]
    fn points_are_known_better_than_shares_and_shares_as_ever() {
        let measures = measured(&[40, 30, 25, 60], |school, place| 3 + (school + place) % 5);
        let of = |task| measures.task_of(Level::School, "0", task).unwrap().interval.unwrap();
        assert!(width(of(0)) < 0.8 * plain(of(0), 40), "{:?}", of(0));
        assert!((width(of(1)) - plain(of(1), 40)).abs() < 1e-9);
        let skill = measures.skills_of(Level::School, "0").next().unwrap().pct.unwrap();
        assert!(width(skill) < 0.8 * plain(skill, 40), "{skill:?}");
        // The same numbers stand in the comparisons.
        let total = measures.comparison_of(Level::School, "0", &MeasureId::Total).unwrap();
        let own = total.value_interval.unwrap();
        assert!((own.value.0 - total.value.unwrap().0).abs() < 1e-9 && width(own) < plain(own, 40), "{own:?}");
    }

    #[test]
    fn one_school_has_an_interval_too_and_equal_pupils_that_of_their_number() {
        let alone = measured(&[30], |_, place| 3 + place % 5);
        let own = alone.task_of(Level::School, "0", 0).unwrap().interval.unwrap();
        assert!(0.0 < width(own) && width(own) < plain(own, 30), "{own:?}");
        let equal = measured(&[30, 20], |_, _| 7);
        for (school, n) in [("0", 30), ("1", 20)] {
            let own = equal.task_of(Level::School, school, 0).unwrap().interval.unwrap();
            assert!((width(own) - plain(own, n)).abs() < 1e-9, "{own:?}");
        }
        // A school of one pupil.
        let small = measured(&[30, 1], |_, place| 3 + place % 5);
        let own = small.task_of(Level::School, "1", 0).unwrap().interval.unwrap();
        assert!(20.0 < width(own) && own.low.0 < own.value.0, "{own:?}");
    }
}
