//! Where a school stands among schools that differ anyway: its mean with the chance of pupils and classes, and its
//! place in the law that the other schools predict for it.

use super::Settings;
use srez_model::unit::as_f64;
use srez_statistics::school_model::{Group, Observed, Obstacle, Posterior, Sample};
use srez_statistics::unusual::{self, LEVEL, Place, Unit};
use srez_wording::rule;

/// Where one school stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// Pupils.
    pub(super) n: u64,
    /// Mean of its pupils.
    pub(super) value: f64,
    pub(super) place: Place,
    /// Deviation that would be found four times out of five, in the unit of the value.
    pub(super) detectable: f64,
}

/// Share of the pupils of a school that must have a class for its classes to be known.
const KNOWN: f64 = 0.9;

/// A school by its classes, each with whether it has a name; as a whole where many pupils have no class.
pub(super) fn by_classes(classes: Vec<(bool, Observed)>) -> Group<Observed> {
    let n = |of: &dyn Fn(bool) -> bool| classes.iter().filter(|(is, _)| of(*is)).map(|(_, one)| one.n).sum::<u64>();
    let is_known = KNOWN * as_f64(n(&|_| true)) <= as_f64(n(&|is_named| is_named));
    let parts = Group::Parts(classes.into_iter().map(|(_, one)| one).collect());
    match parts.together() {
        Some(whole) if !is_known => Group::Whole(whole),
        _ => parts,
    }
}

/// Every school in the order given: where it stands, or why it could not be tested. `fewest` is the id of a threshold.
pub(super) fn of_schools(
    settings: &Settings<'_>,
    schools: &[Group<Observed>],
    fewest: &str,
) -> Vec<Result<Standing, String>> {
    let least = settings.thresholds.value(fewest);
    let sample = match Sample::from_values(schools) {
        Ok(sample) => sample,
        Err(obstacle) => return schools.iter().map(|_| Err(words(obstacle).to_owned())).collect(),
    };
    let posterior = Posterior::new(sample, settings.assumptions());
    let unit = |(place, school): (usize, &Group<Observed>)| {
        let whole = school.together().filter(|whole| least <= as_f64(whole.n))?;
        Some((whole.n, Unit { value: whole.mean, variance: posterior.sampling(place)? }))
    };
    let units: Vec<Option<(u64, Unit)>> = schools.iter().enumerate().map(unit).collect();
    let too_few = || few_pupils(settings, fewest);
    among_others(settings, &units).into_iter().map(|found| found.unwrap_or_else(|| Err(too_few()))).collect()
}

/// The same from values whose variance by chance is known; none for a school that has no value.
pub(super) fn among_others(
    settings: &Settings<'_>,
    units: &[Option<(u64, Unit)>],
) -> Vec<Option<Result<Standing, String>>> {
    let known: Vec<Unit> = units.iter().flatten().map(|(_, unit)| *unit).collect();
    let fewest = settings.thresholds.value("unusual.schools").max(as_f64(unusual::FEWEST as u64));
    let places = if as_f64(known.len() as u64) < fewest { None } else { unusual::places(&known).ok() };
    let Some(places) = places else {
        let why = format!("школ, которые можно сравнить, меньше {}", rule::plain(fewest));
        return units.iter().map(|unit| unit.map(|_| Err(why.clone()))).collect();
    };
    let tested = places.iter().flatten().count();
    let mut places = places.into_iter();
    let standing = |unit: &Option<(u64, Unit)>| {
        let (n, unit) = (*unit)?;
        let place = places.next().flatten();
        let found =
            place.map(|place| Standing { n, value: unit.value, place, detectable: place.detectable(tested, LEVEL) });
        Some(found.ok_or_else(|| "нет разброса".to_owned()))
    };
    units.iter().map(standing).collect()
}

/// Why a small school is not tested; `fewest` is the id of a threshold.
pub(super) fn few_pupils(settings: &Settings<'_>, fewest: &str) -> String {
    format!("участников меньше {}", rule::plain(settings.thresholds.value(fewest)))
}

/// Why the model of the schools has no values.
pub(super) fn words(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NoGroups => "нет данных",
        Obstacle::TooFewUnits => "участников во всех школах слишком мало",
        Obstacle::NoSpread => "нет разброса",
    }
}

#[cfg(test)]
mod tests {
    use super::{by_classes, of_schools};
    use crate::tests::Scene;
    use srez_statistics::school_model::{Group, Observed};

    fn class(k: u64, n: u64) -> Observed {
        Observed::from_count(k, n).unwrap()
    }

    #[test]
    fn classes_are_known_where_nearly_everybody_has_one() {
        let nine_of_ten = by_classes(vec![(true, class(9, 18)), (false, class(1, 2))]);
        assert!(matches!(nine_of_ten, Group::Parts(parts) if parts.len() == 2));
        let fewer = by_classes(vec![(true, class(8, 16)), (false, class(1, 2))]);
        assert!(matches!(fewer, Group::Whole(whole) if whole.n == 18));
        assert!(matches!(by_classes(Vec::new()), Group::Parts(parts) if parts.is_empty()));
    }

    #[test]
    fn a_school_far_from_all_stands_out_and_what_cannot_be_tested_says_why() {
        let scene = Scene::default();
        let school = |k: u64, n: u64| by_classes(vec![(true, class(k, n)), (true, class(k, n))]);
        let mut schools: Vec<Group<Observed>> = (0..7).map(|place| school(9 + place % 3, 20)).collect();
        schools.push(school(19, 20));
        schools.push(school(2, 4));
        let found = of_schools(&scene.settings(), &schools, "S06.participants");
        let far = found[7].as_ref().unwrap();
        assert!(far.place.up < 0.01 && far.n == 40, "{far:?}");
        let near = found[0].as_ref().unwrap();
        assert!(0.2 < near.place.two_sided() && near.value < near.detectable + 0.5, "{near:?}");
        assert_eq!(found[8].as_ref().unwrap_err(), "участников меньше 10");
        // Five schools do not tell how far schools lie off anyway.
        let few = of_schools(&scene.settings(), &schools[3..8], "S06.participants");
        assert!(few.iter().all(|one| one.as_ref().is_err_and(|why| why.ends_with("меньше 6"))), "{few:?}");
        let alike: Vec<Group<Observed>> = (0..8).map(|_| by_classes(vec![(true, class(0, 30))])).collect();
        let none = of_schools(&scene.settings(), &alike, "S06.participants");
        assert!(none.iter().all(|one| one.as_ref().is_err_and(|why| why == "нет разброса")), "{none:?}");
        assert!(of_schools(&scene.settings(), &[], "S06.participants").is_empty());
    }
}
