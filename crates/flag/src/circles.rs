//! Which schools a school is set against: those of its municipality, or all of them where its municipality has few.

use super::Settings;
use srez_model::circle;
use std::collections::BTreeMap;

/// Circles of schools; every school has one.
pub(super) struct Circles<'a> {
    /// Everybody first: with all are compared those that have no circle of their own.
    members: Vec<Vec<&'a str>>,
    of: BTreeMap<&'a str, usize>,
}

impl<'a> Circles<'a> {
    /// Circles of the schools of the focus that have something to compare.
    pub(super) fn new(settings: &Settings<'a>, has_data: impl Fn(&str) -> bool) -> Self {
        let schools: Vec<&'a str> = settings.schools.iter().map(String::as_str).filter(|id| has_data(id)).collect();
        let home = |school: &str| settings.municipalities.get(school).map_or("", String::as_str);
        let circles = circle::Circles::new(&schools, home);
        let mut of: BTreeMap<&str, usize> = schools.iter().map(|school| (*school, 0)).collect();
        let mut members = vec![schools];
        for (_, places) in circles.municipalities {
            let own: Vec<&str> = places.iter().filter_map(|place| members[0].get(*place).copied()).collect();
            of.extend(own.iter().map(|school| (*school, members.len())));
            members.push(own);
        }
        Self { members, of }
    }

    /// Place of the circle of a school.
    pub(super) fn of(&self, school: &str) -> Option<usize> {
        self.of.get(school).copied()
    }

    /// One sum per circle over all its members, the school that is asked about included.
    pub(super) fn sums<T: Default>(&self, add: impl Fn(&mut T, &str)) -> Vec<T> {
        let sum = |members: &Vec<&str>| {
            let mut all = T::default();
            members.iter().for_each(|school| add(&mut all, school));
            all
        };
        self.members.iter().map(sum).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Scene;
    use super::Circles;

    #[test]
    fn a_large_municipality_stands_by_itself_and_a_small_one_with_all() {
        let mut scene = Scene::default();
        for (school, home) in [("1", "А"), ("2", "А"), ("3", "А"), ("4", "А"), ("5", "А"), ("6", "Б")] {
            scene.municipalities.insert(school.to_owned(), home.to_owned());
        }
        let count = |has_data: &dyn Fn(&str) -> bool| {
            let circles = Circles::new(&scene.settings(), has_data);
            let sums = circles.sums(|n: &mut usize, _| *n += 1);
            ["1", "6"].map(|school| circles.of(school).and_then(|place| sums.get(place).copied()))
        };
        assert_eq!(count(&|_| true), [Some(5), Some(6)]);
        assert_eq!(count(&|school| school != "5"), [Some(5), Some(5)], "four schools are no circle: all of them");
        assert_eq!(count(&|school| school != "6"), [Some(5), None]);
    }
}
