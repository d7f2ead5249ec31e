//! What a school learns about the others: quartiles over the schools of the municipality, none of them named.

use super::Rules;
use srez_model::edition::Quartiles;
use srez_model::unit::Percent;

/// Quartiles of the shares of schools, one share per school with enough participants; none with too few schools, or if
/// a quarter of them has 0 or 100 %.
///
/// Rounded to whole percent, so that no school's number is printed. Unit: percent.
pub fn quartiles(rules: &Rules, shares: &[Percent]) -> Option<Quartiles> {
    if shares.len() < rules.quartile_schools.max(1) {
        return None;
    }
    let shares = shares.iter().map(|share| share.0).collect();
    let [lower, median, upper] = srez_statistics::quartiles(shares)?.map(|share| Percent(share.round()));
    let found = Quartiles { lower, median, upper };
    (found.lower.0 > 0.0 && found.upper.0 < 100.0).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules::from_thresholds(&srez_config::thresholds::built_in().unwrap())
    }

    #[test]
    fn quartiles_of_five_schools_are_their_second_third_and_fourth() {
        let shares = [80.0, 20.4, 60.0, 40.0, 100.0].map(Percent);
        let found = quartiles(&rules(), &shares).unwrap();
        assert_eq!((found.lower, found.median, found.upper), (Percent(40.0), Percent(60.0), Percent(80.0)));
        assert_eq!(quartiles(&rules(), &shares[..4]), None, "four schools are too few");
        let all = [100.0, 100.0, 60.0, 40.0, 100.0].map(Percent);
        assert_eq!(quartiles(&rules(), &all), None, "a quarter of the schools has everything");
    }
}
