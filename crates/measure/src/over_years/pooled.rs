//! Several years of a school together: what is true of the school as a whole, whatever its classes of one year.
//!
//! The classes of all years that can be compared are classes of the school, each less the mean of the participants of
//! its year; the drift between years is then part of what classes differ by. Where only the test is another one, a year
//! counts in deviations of its own participants. Weights are those of this year.
//! Degenerate: one year alone says nothing lasting and is left as it is; where classes are not known, a year of a
//! school is one class.

use super::super::settings::Settings;
use super::classes::{Classes, observed};
use super::comparability::{gate, years_gate};
use super::reading::{Reading, UNIT};
use srez_model::band::Band;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Measures};
use srez_model::unit::as_f64;
use srez_statistics::school_model::{Effect, Estimate, Group, Posterior, Sample, shares};
use std::collections::{BTreeMap, BTreeSet};

/// A reference of all other schools of a circle.
const OTHERS: &str = "others";
/// Years before this one that are taken.
const EARLIER: u16 = 2;

/// What several years say of a school. The probabilities are those of a gap of the size that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Lasting {
    school: String,
    /// As in `comparisons.csv`.
    measure: MeasureId,
    years: u64,
    below: f64,
    above: f64,
    /// Probability that in the year before it lay above the others at all; none where that year is not among them.
    above_before: Option<f64>,
}

/// What the years before say together with this one; `all` are the exams of all years at hand.
pub fn pool_years(settings: &Settings, now: &Measures, all: &[Measures]) -> Vec<Lasting> {
    let year = now.exam.key.year;
    let is_earlier = |other: &&Measures| {
        other.exam.key.year < year
            && year <= other.exam.key.year + EARLIER
            && other.exam.key.id_without_year() == now.exam.key.id_without_year()
            && other.exam.key.grade == now.exam.key.grade
    };
    let earlier: Vec<&Measures> = all.iter().filter(is_earlier).collect();
    if earlier.is_empty() {
        return Vec::new();
    }
    let homes = settings.municipalities();
    let mut circles: BTreeMap<(&MeasureId, &str, &str), BTreeSet<&str>> = BTreeMap::new();
    for row in now.comparisons.iter().filter(|row| is_pooled(row)) {
        // Schools of one type are compared within their municipality, whose name the row does not have.
        let home = if row.reference_kind == OTHERS { None } else { homes.get(row.group.as_str()) };
        let circle = (&row.measure, row.reference_group.as_str(), home.copied().unwrap_or_default());
        circles.entry(circle).or_default().insert(&row.group);
    }
    let this = Classes::new(now);
    let earlier: Vec<Classes<'_>> = earlier.into_iter().map(Classes::new).collect();
    let of_one = |((measure, ..), schools): (&(&MeasureId, &str, &str), &BTreeSet<&str>)| {
        of_circle(settings, &this, &earlier, measure, schools)
    };
    circles.iter().flat_map(of_one).collect()
}

/// Puts it into the comparisons: the probability of the school as a whole, and how many years it rests on.
pub fn set_lasting(measures: &mut Measures, found: &[Lasting]) {
    let found: BTreeMap<(&str, &MeasureId), &Lasting> =
        found.iter().map(|one| ((one.school.as_str(), &one.measure), one)).collect();
    for row in measures.comparisons.iter_mut().filter(|row| is_pooled(row)) {
        let Some(one) = found.get(&(row.group.as_str(), &row.measure)) else { continue };
        row.years = one.years;
        row.sure_school = row.gap.map(|gap| if gap.0 < 0.0 { one.below } else { one.above });
        (row.above_school, row.above_before) = (Some(one.above), one.above_before);
    }
}

fn is_pooled(row: &ComparisonRow) -> bool {
    let is_known = matches!(
        row.measure.plain(),
        MeasureId::Total | MeasureId::ShareOfTwo | MeasureId::Band(Band::BelowMinimum) | MeasureId::Skill(_)
    );
    row.level == Level::School && [OTHERS, "same type"].contains(&row.reference_kind.as_str()) && is_known
}

/// A school's classes of one year: distances from all schools of the circle together.
type OfYear<'a> = BTreeMap<&'a str, Vec<Estimate>>;

fn of_circle(
    settings: &Settings,
    now: &Classes<'_>,
    earlier: &[Classes<'_>],
    compared: &MeasureId,
    schools: &BTreeSet<&str>,
) -> Vec<Lasting> {
    let low = LowResult::of_exam(&now.measures().exam);
    let over_years = low.over_years();
    let measure = if *compared.plain() == low.compared() { &over_years } else { compared.plain() };
    let Some(this) = Year::new(now, measure, schools) else { return Vec::new() };
    let mut others: Vec<(Year<'_>, bool)> = Vec::new();
    let mut before = BTreeMap::new();
    for earlier in earlier {
        let Some(is_same) = is_same(settings, now.measures(), earlier.measures(), measure) else { continue };
        let Some(year) = Year::new(earlier, measure, schools) else { continue };
        if earlier.measures().exam.key.year + 1 == now.measures().exam.key.year {
            before = year.above(settings);
        }
        others.push((year, is_same));
    }
    // Years of another test count in deviations of this year's participants.
    let same: Vec<f64> = others.iter().filter(|(_, is_same)| *is_same).map(|(year, _)| year.within).collect();
    let within = (this.within + same.iter().sum::<f64>()) / as_f64(1 + same.len() as u64);
    let mut years: Vec<OfYear<'_>> = vec![this.distances(1.0, within)];
    for (year, is_same) in &others {
        let scale = if *is_same { 1.0 } else { (within / year.within).sqrt() };
        years.push(year.distances(scale, within));
    }
    let present: Vec<(&str, Vec<Estimate>, u64)> = this
        .schools
        .keys()
        .map(|school| {
            let of_school = || years.iter().filter_map(|year| year.get(school));
            (*school, of_school().flatten().copied().collect(), of_school().count() as u64)
        })
        .collect();
    let mut found = judge(settings, compared, &this, within, present);
    found.iter_mut().for_each(|one| one.above_before = before.get(one.school.as_str()).copied());
    found
}

fn judge(
    settings: &Settings,
    compared: &MeasureId,
    this: &Year<'_>,
    within: f64,
    schools: Vec<(&str, Vec<Estimate>, u64)>,
) -> Vec<Lasting> {
    let weight = |school: &str| this.schools.get(school).map_or(0.0, |classes| weight(classes));
    let weights: Vec<f64> = schools.iter().map(|(school, ..)| weight(school)).collect();
    let groups: Vec<_> = schools.iter().map(|(_, classes, _)| Group::Parts(classes.clone())).collect();
    let Ok(sample) = Sample::from_estimates(&groups, within) else { return Vec::new() };
    let posterior = Posterior::new(sample.with_weights(&weights), settings.assumptions());
    let size = settings.thresholds.value("gap.size") / UNIT;
    let mut found = Vec::new();
    for (place, (school, _, years)) in schools.into_iter().enumerate().filter(|(_, (.., years))| 1 < *years) {
        let Some(reference) = this.without(school) else { continue };
        let step = |size: f64| if this.is_share { shares::step(reference, size) } else { size };
        let below = posterior.below(place, Effect::Lasting, step(-size));
        let above = posterior.above(place, Effect::Lasting, step(size));
        if let (Ok(below), Ok(above)) = (below, above) {
            let (school, measure) = (school.to_owned(), compared.clone());
            found.push(Lasting { school, measure, years, below, above, above_before: None });
        }
    }
    found
}

/// Whether the test is the same; none where the years cannot be taken together at all.
fn is_same(settings: &Settings, now: &Measures, before: &Measures, measure: &MeasureId) -> Option<bool> {
    let all = (Level::All, "");
    if gate(&settings.thresholds, now, before, all, measure).open {
        return Some(true);
    }
    // A share of marks by another scale is another share; points can be counted in deviations.
    let is_points = matches!(measure, MeasureId::Total | MeasureId::Skill(_));
    (is_points && years_gate(&settings.thresholds, now, before, all).open).then_some(false)
}

/// The schools of a circle in one year, on the scale of the model.
struct Year<'a> {
    schools: BTreeMap<&'a str, Vec<Estimate>>,
    /// Variance of one participant within a class.
    within: f64,
    is_share: bool,
}

impl<'a> Year<'a> {
    fn new(classes: &Classes<'_>, measure: &MeasureId, schools: &BTreeSet<&'a str>) -> Option<Self> {
        let known: BTreeMap<&str, Group<Reading>> =
            schools.iter().filter_map(|school| Some((*school, classes.of(school, measure)?))).collect();
        let is_share = known.values().flat_map(Group::known).all(|one| matches!(one, Reading::Count { .. }));
        let within = if is_share {
            shares::WITHIN
        } else {
            Sample::from_values(&known.values().map(observed).collect::<Vec<_>>()).ok()?.within()
        };
        let estimate = |class: &Reading| match *class {
            Reading::Count { k, n } => {
                Some(Estimate { value: shares::angle(k, n), variance: shares::variance(n), weight: as_f64(n) })
            }
            class => {
                let (value, n) = (class.value()? / UNIT, as_f64(class.n()));
                Some(Estimate { value, variance: within / n, weight: n })
            }
        };
        let schools = known
            .into_iter()
            .map(|(school, classes)| (school, classes.known().iter().filter_map(estimate).collect()))
            .collect();
        Some(Self { schools, within, is_share })
    }

    /// Mean of the participants of these schools.
    fn mean<'b>(schools: impl Iterator<Item = &'b Vec<Estimate>>) -> Option<f64> {
        let (mut sum, mut all) = (0.0, 0.0);
        for class in schools.flatten() {
            sum += class.weight * class.value;
            all += class.weight;
        }
        (0.0 < all).then(|| sum / all)
    }

    /// That of the others.
    fn without(&self, school: &str) -> Option<f64> {
        Self::mean(self.schools.iter().filter(|(other, _)| **other != school).map(|(_, classes)| classes))
    }

    /// Probability of every school to lie above the others as a whole, by this year alone.
    fn above(&self, settings: &Settings) -> BTreeMap<&'a str, f64> {
        let groups: Vec<_> = self.schools.values().map(|classes| Group::Parts(classes.clone())).collect();
        let Ok(sample) = Sample::from_estimates(&groups, self.within) else { return BTreeMap::new() };
        let posterior = Posterior::new(sample, settings.assumptions());
        let above =
            |(place, school): (usize, &&'a str)| Some((*school, posterior.above(place, Effect::Lasting, 0.0).ok()?));
        self.schools.keys().enumerate().filter_map(above).collect()
    }

    /// Classes as distances from the mean of the year, times a scale; their errors are those of participants of this
    /// variance.
    fn distances(&self, scale: f64, within: f64) -> OfYear<'a> {
        let mean = Self::mean(self.schools.values()).unwrap_or_default();
        let distance = |class: &Estimate| Estimate {
            value: scale * (class.value - mean),
            variance: if self.is_share { class.variance } else { within / class.weight },
            ..*class
        };
        self.schools.iter().map(|(school, classes)| (*school, classes.iter().map(distance).collect())).collect()
    }
}

fn weight(classes: &[Estimate]) -> f64 {
    classes.iter().map(|class| class.weight).sum()
}

#[cfg(test)]
mod tests {
    use super::{Lasting, pool_years, set_lasting};
    use crate::counted::{Pupil, count, exam, settings};
    use crate::measure;
    use srez_model::assessment::Scale;
    use srez_model::compared::MeasureId;
    use srez_model::level::Level;
    use srez_model::measures::Measures;
    use srez_model::place::School;
    use srez_model::tally::Tally;
    use srez_model::unit::PercentagePoints;

    /// Ten schools of thirty pupils with ten tasks; the first has a mean of `low` points, the others of about six.
    fn year(year: u16, low: u8) -> Measures {
        measure(&settings(), &tally(year, low))
    }

    fn tally(year: u16, low: u8) -> Tally {
        let pupil = |school: u8, place: u8| {
            let mean = if school == 0 { low } else { 6 + school % 2 };
            let points = (mean + place % 5).saturating_sub(2).min(10);
            let tasks = (0..10).map(|task| u8::from(task < points)).collect();
            let result = if points < 4 { 2 } else { 4 };
            Pupil { school: school.to_string(), journal: None, points: tasks, result }
        };
        let pupils: Vec<Pupil> =
            (0..10).flat_map(|school| (0..30).map(move |place| (school, place))).map(|(s, p)| pupil(s, p)).collect();
        let scale = Scale::Marks(vec![(0, 2), (4, 4)]);
        count(exam(year, &[1; 10], scale), &pupils, 0)
    }

    fn of<'a>(found: &'a [Lasting], school: &str, measure: &MeasureId) -> Option<&'a Lasting> {
        found.iter().find(|one| one.school == school && one.measure == *measure)
    }

    #[test]
    fn years_that_agree_make_it_surer_and_one_year_says_nothing_lasting() {
        let now = year(2026, 4);
        assert!(pool_years(&settings(), &now, &[]).is_empty());
        let alike = pool_years(&settings(), &now, &[year(2025, 4), year(2024, 4)]);
        let two = pool_years(&settings(), &now, &[year(2025, 4)]);
        let changed = pool_years(&settings(), &now, &[year(2025, 7), year(2024, 7)]);
        for name in [MeasureId::Total, MeasureId::ShareOfTwo] {
            let [alike, two, changed] = [&alike, &two, &changed].map(|found| of(found, "0", &name).unwrap());
            assert_eq!((alike.years, two.years, changed.years), (3, 2, 3));
            assert!(two.below.max(two.above) < alike.below.max(alike.above), "{name}: {two:?} {alike:?}");
            assert!(changed.below.max(changed.above) < 0.5, "{name}: {changed:?}");
        }
        assert!(0.9 < of(&alike, "0", &MeasureId::Total).unwrap().below);
        // The school that was weak the year before was not above then; one that was strong was.
        let above = |found: &[Lasting]| of(found, "0", &MeasureId::Total).unwrap().above_before.unwrap();
        assert!(above(&alike) < 0.1 && 0.5 < above(&pool_years(&settings(), &now, &[year(2025, 9)])));
        let older = pool_years(&settings(), &now, &[year(2024, 4)]);
        assert_eq!(of(&older, "0", &MeasureId::Total).unwrap().above_before, None);
        // The year before the last two is too old.
        assert!(pool_years(&settings(), &now, &[year(2023, 4)]).is_empty());
    }

    #[test]
    fn the_row_holds_the_side_of_its_gap_and_the_number_of_years() {
        let mut now = year(2026, 4);
        let found = pool_years(&settings(), &now, &[year(2025, 4)]);
        for row in now.comparisons.iter_mut().filter(|row| row.group == "0" && row.measure == MeasureId::Total) {
            row.gap = Some(PercentagePoints(-15.0));
        }
        set_lasting(&mut now, &found);
        let row = now.comparison_of(Level::School, "0", &MeasureId::Total).unwrap();
        assert_eq!((row.years, row.sure_school), (2, Some(of(&found, "0", &MeasureId::Total).unwrap().below)));
        assert_eq!(now.comparison_of(Level::School, "0", &MeasureId::ShareOfFourAndFive).unwrap().years, 1);
    }

    #[test]
    fn schools_of_one_type_are_pooled_among_themselves_and_by_municipality() {
        let mut settings = settings();
        for school in 0..10 {
            settings.register.schools.push(School {
                id: school.to_string(),
                municipality: if school < 5 { "А" } else { "Б" }.to_owned(),
                school_type: "СОШ".to_owned(),
                ..School::default()
            });
        }
        let of_year = |year: u16| measure(&settings, &tally(year, 4));
        let found = pool_years(&settings, &of_year(2026), &[of_year(2025)]);
        let own = of(&found, "0", &MeasureId::SameType(Box::new(MeasureId::Total))).unwrap();
        let all = of(&found, "0", &MeasureId::Total).unwrap();
        // Both circles are the five schools of the municipality.
        assert!((own.below - all.below).abs() < 1e-12 && own.years == 2, "{own:?} {all:?}");
        let mut now = of_year(2026);
        set_lasting(&mut now, &found);
        let row = now.comparison_of(Level::School, "0", &MeasureId::SameType(Box::new(MeasureId::Total))).unwrap();
        assert_eq!((row.above_school, row.above_before), (Some(own.above), own.above_before));
    }

    /// Another number of tasks: points cannot be subtracted, but a year counts in deviations of its own pupils; where
    /// one of the years has too few participants, nothing is taken together.
    #[test]
    fn another_test_counts_in_its_own_deviations() {
        let now = year(2026, 4);
        let mut other = year(2025, 4);
        let exam = std::sync::Arc::make_mut(&mut other.exam);
        exam.max_primary = Some(20);
        let found = pool_years(&settings(), &now, std::slice::from_ref(&other));
        let same = pool_years(&settings(), &now, &[year(2025, 4)]);
        let (found, same) = (of(&found, "0", &MeasureId::Total).unwrap(), of(&same, "0", &MeasureId::Total).unwrap());
        assert!((found.below - same.below).abs() < 0.02, "{found:?} {same:?}");
        let mut strict = settings();
        strict.thresholds.entries.get_mut("gate.participants").unwrap().value = 1_000.0;
        assert!(pool_years(&strict, &now, &[other]).is_empty());
    }
}
