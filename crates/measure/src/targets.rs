//! What may be promised of the next year: the value at which an effect would be seen four times out of five.
//!
//! Of schools, one or several together: what is to be expected of them without a measure, and as far from it as makes
//! an effect possible. Of the municipality: the value now, and the smallest change of its mean that is found. Never
//! less than a gain worth the name, and nothing where it is farther than may be promised.
//! Degenerate: fewer than eight schools expect nothing of one school.

use super::over_years::classes::{Classes, Spread, whole};
use super::over_years::comparability::gate;
use super::over_years::effect::{Favourable, possible};
use super::over_years::reading::{Reading, UNIT};
use super::settings::Settings;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::level::Level;
use srez_model::measures::{Measures, Target};
use srez_model::unit::as_f64;
use srez_statistics::clusters::{Difference, Years};
use srez_statistics::pair_model::{Pair, PairModel, Treated};
use srez_statistics::school_model::{Estimate, Group};
use std::collections::BTreeMap;

/// Fills the targets of the reported exams; `earlier` are those of the years before.
pub fn set_targets(settings: &Settings, reported: &mut [Measures], earlier: &[Measures]) {
    for now in reported {
        let is_last = |before: &&Measures| {
            before.exam.key.year + 1 == now.exam.key.year
                && before.exam.key.id_without_year() == now.exam.key.id_without_year()
        };
        now.targets = targets(settings, now, earlier.iter().find(is_last));
    }
}

fn targets(settings: &Settings, now: &Measures, before: Option<&Measures>) -> Vec<Target> {
    let mut measures = vec![LowResult::of_exam(&now.exam).over_years(), MeasureId::Total];
    measures.extend(now.skills_of(Level::All, "").map(|row| MeasureId::skill(&row.title)));
    measures.extend(now.exam.tasks.iter().map(|task| MeasureId::task(&task.id)));
    let of_measure =
        |measure: &MeasureId| Subject::new(settings, now, before, measure).map(|subject| subject.targets());
    measures.iter().filter_map(of_measure).flatten().collect()
}

/// One measure of the schools at home.
struct Subject<'a> {
    settings: &'a Settings,
    now: &'a Measures,
    measure: &'a MeasureId,
    favourable: Favourable,
    /// Variance of one participant.
    within: f64,
    /// Schools now, with their participants.
    schools: BTreeMap<&'a str, (Estimate, u64)>,
    /// Schools that are in both years, which can be compared.
    years: Vec<Years>,
    /// What the year to come lets expect; none where schools are too few.
    model: Option<PairModel>,
}

impl<'a> Subject<'a> {
    fn new(
        settings: &'a Settings,
        now: &'a Measures,
        before: Option<&Measures>,
        measure: &'a MeasureId,
    ) -> Option<Self> {
        let homes = settings.municipalities();
        let is_at_home =
            |school: &str| settings.home.is_empty() || homes.get(school).is_some_and(|home| *home == settings.home);
        let rows = now.marks.iter().filter(|row| row.level == Level::School && is_at_home(&row.group));
        let classes = Classes::new(now);
        let groups: BTreeMap<&str, Group<Reading>> =
            rows.filter_map(|row| Some((row.group.as_str(), classes.of(&row.group, measure)?))).collect();
        let mut spread = Spread::new(settings, &groups.values().cloned().collect::<Vec<_>>())?;
        let mut within = spread.within;
        let mut pairs = Vec::new();
        let all = (Level::All, "");
        if let Some(before) = before.filter(|before| gate(&settings.thresholds, now, before, all, measure).open) {
            let classes = Classes::new(before);
            let both: Vec<(&Group<Reading>, Group<Reading>)> =
                groups.iter().filter_map(|(school, now)| Some((now, classes.of(school, measure)?))).collect();
            let earlier: Vec<_> = both.iter().map(|(_, before)| before.clone()).collect();
            if let Some(mut old) = Spread::new(settings, &earlier) {
                let classes = f64::midpoint(old.classes, spread.classes);
                (old.classes, spread.classes) = (classes, classes);
                within = f64::midpoint(old.within, spread.within);
                let pair = |(now, before): &(&Group<Reading>, Group<Reading>)| {
                    Some(Years { before: old.estimate(before)?, after: spread.estimate(now)? })
                };
                pairs.extend(both.iter().filter_map(pair));
            }
        }
        let school = |(school, group): (&&'a str, &Group<Reading>)| {
            Some((*school, (spread.estimate(group)?, whole(group)?.n())))
        };
        let schools: BTreeMap<&str, (Estimate, u64)> = groups.iter().filter_map(school).collect();
        let model = expectation(settings, &pairs, &schools, within);
        let favourable = Favourable::of(measure);
        Some(Self { settings, now, measure, favourable, within, schools, years: pairs, model })
    }

    fn targets(&self) -> Vec<Target> {
        let mut targets: Vec<Target> = self.of_home().into_iter().collect();
        // Of tasks no school is spoken of.
        if matches!(self.measure, MeasureId::Task(_)) {
            return targets;
        }
        for school in self.schools.keys() {
            let row = |(from, n, to)| self.row((Level::School, school), Vec::new(), (from, n, to));
            targets.extend(self.of_schools(&[school]).map(row));
        }
        let below = self.named();
        if 1 < below.len() {
            let schools = below.iter().map(|school| (*school).to_owned()).collect();
            targets.extend(self.of_schools(&below).map(|found| self.row((Level::School, ""), schools, found)));
        }
        targets
    }

    fn row(&self, (level, group): (Level, &str), schools: Vec<String>, found: (f64, u64, Option<f64>)) -> Target {
        let (from, n, to) = found;
        Target { level, group: group.to_owned(), schools, measure: self.measure.clone(), from, n, to }
    }

    /// Schools that the comparison finds to be worse than the others.
    fn named(&self) -> Vec<&str> {
        let low = LowResult::of_exam(&self.now.exam);
        let compared = if *self.measure == low.over_years() { low.compared() } else { self.measure.clone() };
        let is_worse = |school: &&str| {
            let row = self.now.comparison_of(Level::School, school, &compared);
            row.is_some_and(|row| {
                row.state == CheckState::Found && row.gap.is_some_and(|gap| gap.0 * self.favourable.sign() < 0.0)
            })
        };
        self.schools.keys().copied().filter(is_worse).collect()
    }

    /// Value now, participants, and the target of schools together.
    fn of_schools(&self, schools: &[&str]) -> Option<(f64, u64, Option<f64>)> {
        let found: Vec<&(Estimate, u64)> = schools.iter().filter_map(|school| self.schools.get(school)).collect();
        let n: u64 = found.iter().map(|(_, n)| n).sum();
        let from = found.iter().map(|(one, _)| one.weight * one.value).sum::<f64>() / as_f64(n);
        let treated =
            |(one, _): &&(Estimate, u64)| Treated { before: *one, variance: one.variance, weight: one.weight };
        let treated: Vec<Treated> = found.iter().map(treated).collect();
        let to = self.model.as_ref().and_then(|model| {
            let expected = model.expected(&treated)?;
            let step = expected.step(self.within, n, possible(&self.settings.thresholds))?;
            self.promised(UNIT * from, UNIT * (expected.mean + self.favourable.sign() * step))
        });
        from.is_finite().then_some((UNIT * from, n, to))
    }

    fn of_home(&self) -> Option<Target> {
        let home = self.settings.home.as_str();
        let level = if home.is_empty() { Level::All } else { Level::Municipality };
        let own = Reading::find(self.now, level, home, self.measure)?;
        let from = own.value()?;
        let to = if self.years.is_empty() {
            let all: Vec<&str> = self.schools.keys().copied().collect();
            self.of_schools(&all).and_then(|(.., to)| to)
        } else {
            let change = Difference::between_years(&self.years, self.within, self.settings.assumptions()).ok()?;
            self.promised(from, from + self.favourable.sign() * UNIT * change.detectable())
        };
        Some(self.row((level, home), Vec::new(), (from, own.n(), to)))
    }

    /// The value, or one gain farther if it is nearer than that; none where it is farther than may be promised.
    fn promised(&self, from: f64, to: f64) -> Option<f64> {
        let (sign, value) = (self.favourable.sign(), |id: &str| self.settings.thresholds.value(id));
        let gain = (sign * (to - from)).max(value("plan.gain"));
        let to = from + sign * gain;
        (gain <= value("plan.most") && (0.0..=100.0).contains(&to)).then_some(to)
    }
}

/// Of two years, or of this year alone.
fn expectation(
    settings: &Settings,
    years: &[Years],
    schools: &BTreeMap<&str, (Estimate, u64)>,
    within: f64,
) -> Option<PairModel> {
    let scale = settings.assumptions().groups;
    let pairs: Vec<Pair> = years.iter().map(|one| Pair { before: one.before, after: one.after }).collect();
    match PairModel::new(&pairs, within, scale) {
        Ok(model) => Some(model.onward()),
        Err(_) => {
            let schools: Vec<Estimate> = schools.values().map(|(one, _)| *one).collect();
            PairModel::from_one_year(&schools, within, scale).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::set_targets;
    use crate::counted::{Pupil, count, exam, settings};
    use crate::measure;
    use srez_model::assessment::Scale;
    use srez_model::check::CheckState;
    use srez_model::compared::MeasureId;
    use srez_model::level::Level;
    use srez_model::measures::{Measures, Target};
    use srez_model::unit::PercentagePoints;

    /// Schools of `n` pupils, of whom so many have a «2».
    fn year(year: u16, n: u16, twos: &[u16]) -> Measures {
        let of_school = |(school, twos): (usize, &u16)| {
            let twos = *twos;
            (0..n).map(move |place| {
                let has_two = place < twos;
                Pupil {
                    school: school.to_string(),
                    journal: None,
                    points: vec![u8::from(!has_two)],
                    result: if has_two { 2 } else { 4 },
                }
            })
        };
        let pupils: Vec<Pupil> = twos.iter().enumerate().flat_map(of_school).collect();
        measure(&settings(), &count(exam(year, &[1], Scale::Marks(vec![(0, 2), (1, 4)])), &pupils, 0))
    }

    fn find<'a>(measures: &'a Measures, level: Level, group: &str, measure: &MeasureId) -> Option<&'a Target> {
        let is_it = |one: &&Target| {
            one.level == level && one.group == group && one.measure == *measure && one.schools.is_empty()
        };
        measures.targets.iter().find(is_it)
    }

    const TWOS: [u16; 10] = [20, 10, 9, 12, 10, 8, 11, 10, 9, 10];
    /// The same without the school that is far from the others.
    const LIKE: [u16; 10] = [12, 10, 9, 12, 10, 8, 11, 10, 9, 10];

    #[test]
    fn a_small_school_is_promised_nothing_and_all_together_are() {
        let mut all = [year(2026, 25, &TWOS)];
        let before = year(2025, 25, &[18, 11, 9, 11, 10, 9, 12, 9, 8, 10]);
        set_targets(&settings(), &mut all, std::slice::from_ref(&before));
        let school = find(&all[0], Level::School, "0", &MeasureId::ShareOfTwo).unwrap();
        assert_eq!((school.from, school.n, school.to), (80.0, 25, None), "more than 20 points away");
        let together = find(&all[0], Level::All, "", &MeasureId::ShareOfTwo).unwrap();
        let to = together.to.unwrap();
        assert!(together.from - 20.0 <= to && to <= together.from - 5.0, "{together:?}");
        // Completion shall rise.
        let total = find(&all[0], Level::All, "", &MeasureId::Total).unwrap();
        assert!(total.from + 5.0 <= total.to.unwrap(), "{total:?}");
        assert!(find(&all[0], Level::School, "0", &MeasureId::task("1")).is_none());
    }

    #[test]
    fn a_large_school_of_one_year_is_promised_what_would_be_seen() {
        let twos = LIKE.map(|k| 16 * k);
        let mut all = [year(2026, 400, &twos)];
        set_targets(&settings(), &mut all, &[]);
        let one = find(&all[0], Level::School, "1", &MeasureId::ShareOfTwo).unwrap();
        let gain = one.from - one.to.unwrap();
        assert!((5.0..=20.0).contains(&gain), "{one:?}");
        assert!(find(&all[0], Level::All, "", &MeasureId::ShareOfTwo).unwrap().to.is_some());
    }

    #[test]
    fn schools_that_are_named_together_have_a_target_together() {
        let mut all = [year(2026, 60, &LIKE.map(|k| 2 * k))];
        for row in all[0].comparisons.iter_mut().filter(|row| row.measure == MeasureId::ShareOfTwo) {
            let is_high = ["0", "3", "6"].contains(&row.group.as_str());
            (row.state, row.gap) = (CheckState::Found, Some(PercentagePoints(if is_high { 8.0 } else { -8.0 })));
        }
        set_targets(&settings(), &mut all, &[]);
        let group = all[0].targets.iter().find(|one| !one.schools.is_empty()).unwrap();
        assert_eq!(
            (group.schools.join(" "), group.n, &group.measure),
            ("0 3 6".to_owned(), 180, &MeasureId::ShareOfTwo)
        );
        let one = find(&all[0], Level::School, "6", &MeasureId::ShareOfTwo).unwrap();
        assert!(group.to.is_some() && one.n == 60, "{group:?} {one:?}");
    }

    #[test]
    fn seven_schools_expect_nothing_of_one() {
        let mut all = [year(2026, 400, &TWOS.map(|k| 16 * k)[..7])];
        set_targets(&settings(), &mut all, &[]);
        assert_eq!(find(&all[0], Level::School, "1", &MeasureId::ShareOfTwo).unwrap().to, None);
        assert_eq!(find(&all[0], Level::All, "", &MeasureId::ShareOfTwo).unwrap().to, None);
    }
}
