//! What every comparison of schools has in common: who is compared with whom.

use super::settings::Settings;
use srez_model::circle::Circles;
use std::collections::BTreeMap;

/// Fewest schools of a type that are shown, and that are tested.
const FEWEST_OF_TYPE: (usize, usize) = (3, 4);

/// Participants, and how many of them (or of their points) are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) k: u64,
    pub(super) n: u64,
}

impl Counted {
    pub(super) fn without(self, other: Self) -> Self {
        Self { k: self.k.saturating_sub(other.k), n: self.n.saturating_sub(other.n) }
    }
}

/// Nobody stands on the other side.
pub(super) const NOBODY: &str = "не проверялось: сравнить не с чем";

/// Schools that are compared with each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Circle {
    /// Municipality or type; empty for all files.
    pub(super) group: String,
    /// Kind of the reference.
    pub(super) kind: &'static str,
    /// Whether its schools are of one type.
    pub(super) is_of_type: bool,
    /// Places of all its schools.
    pub(super) members: Vec<usize>,
    /// Places of the schools that are compared in it.
    pub(super) asked: Vec<usize>,
    /// Why nothing is tested in it; empty where it is.
    pub(super) closed: &'static str,
}

/// Circles of the schools: municipalities, all files for schools of small municipalities, and types within them.
pub(super) fn circles(settings: &Settings, schools: &[&str], with_types: bool) -> Vec<Circle> {
    let homes = settings.municipalities();
    let Circles { municipalities, others: alone } =
        Circles::new(schools, |school| homes.get(school).copied().unwrap_or_default());
    let others = |group: &str, members: Vec<usize>, asked: Vec<usize>| Circle {
        group: group.to_owned(),
        kind: "others",
        is_of_type: false,
        members,
        asked,
        closed: "",
    };
    let mut circles: Vec<Circle> =
        municipalities.into_iter().map(|(home, places)| others(home, places.clone(), places)).collect();
    if !alone.is_empty() {
        circles.push(others("", (0..schools.len()).collect(), alone));
    }
    if with_types {
        let types: BTreeMap<&str, &str> =
            settings.register.schools.iter().map(|school| (school.id.as_str(), school.school_type.as_str())).collect();
        let mut alike: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (place, school) in schools.iter().enumerate() {
            if let (Some(home), Some(of_type)) = (homes.get(school), types.get(school).filter(|name| !name.is_empty()))
            {
                alike.entry((home, of_type)).or_default().push(place);
            }
        }
        let shown = alike.into_iter().filter(|(_, places)| FEWEST_OF_TYPE.0 <= places.len());
        circles.extend(shown.map(|((_, of_type), places)| Circle {
            group: of_type.to_owned(),
            kind: "same type",
            is_of_type: true,
            closed: if places.len() < FEWEST_OF_TYPE.1 {
                "не проверялось: школ этого типа меньше четырёх"
            } else {
                ""
            },
            asked: places.clone(),
            members: places,
        }));
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::super::counted::settings;
    use super::circles;
    use srez_model::place::School;

    #[test]
    fn small_municipalities_are_compared_with_all_files() {
        let mut settings = settings();
        for (id, home, of_type) in [
            ("1", "А", "СОШ"),
            ("2", "А", "СОШ"),
            ("3", "А", "СОШ"),
            ("4", "А", "Лицей"),
            ("5", "А", ""),
            ("6", "Б", "СОШ"),
        ] {
            settings.register.schools.push(School {
                id: id.to_owned(),
                municipality: home.to_owned(),
                school_type: of_type.to_owned(),
                ..School::default()
            });
        }
        let found = circles(&settings, &["1", "2", "3", "4", "5", "6", "7"], true);
        let seen: Vec<(&str, bool, &[usize], bool)> = found
            .iter()
            .map(|circle| (&*circle.group, circle.is_of_type, &*circle.asked, circle.closed.is_empty()))
            .collect();
        assert_eq!(
            seen,
            [
                ("А", false, &[0, 1, 2, 3, 4][..], true),
                ("", false, &[6, 5][..], true),
                ("СОШ", true, &[0, 1, 2], false)
            ]
        );
        assert_eq!(found[1].members.len(), 7);
    }
}
