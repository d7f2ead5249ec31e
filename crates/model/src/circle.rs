//! Among whom a school is compared: the schools of its municipality, or all where its municipality has few.

use std::collections::BTreeMap;

/// Fewest schools of a municipality among which a school is compared.
pub const FEWEST_SCHOOLS: usize = 5;

/// Schools as places in a list, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circles<'a> {
    /// Municipalities with enough schools, by name.
    pub municipalities: Vec<(&'a str, Vec<usize>)>,
    /// Schools of the other municipalities and of none: compared with all.
    pub others: Vec<usize>,
}

impl<'a> Circles<'a> {
    /// Divides schools by their municipality; one without a municipality has an empty name.
    pub fn new(schools: &[&str], municipality: impl Fn(&str) -> &'a str) -> Self {
        let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, school) in schools.iter().enumerate() {
            members.entry(municipality(school)).or_default().push(place);
        }
        let mut circles = Self::default();
        for (name, places) in members {
            if name.is_empty() || places.len() < FEWEST_SCHOOLS {
                circles.others.extend(places);
            } else {
                circles.municipalities.push((name, places));
            }
        }
        circles
    }
}
