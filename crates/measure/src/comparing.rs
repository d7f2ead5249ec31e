//! What every comparison has in common: who is compared with whom, the tests of groups of schools, and their row of
//! the table.

use super::settings::{Settings, family};
use srez_model::circle::Circles;
use srez_model::compared::SAME_TYPE;
use srez_model::level::Level;
use srez_model::measures::ComparisonRow;
use srez_model::tally::Tally;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::{Pmf, hypergeometric};
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
    pub(super) fn plus(self, other: Self) -> Self {
        Self { k: self.k + other.k, n: self.n + other.n }
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self { k: self.k.saturating_sub(other.k), n: self.n.saturating_sub(other.n) }
    }
}

/// What is asked about a group.
pub(super) struct Question<'a> {
    pub(super) level: Level,
    pub(super) group: &'a str,
    pub(super) measure: String,
    /// What names the family beside procedure and year.
    pub(super) sign: &'a str,
    /// Fewest participants for a place in the family.
    pub(super) fewest: f64,
    /// Points that one participant can have; 1 for shares.
    pub(super) max: u64,
    /// Why the test has no place in the family; empty where it has.
    pub(super) closed: &'a str,
}

/// With whom a group is compared.
pub(super) struct Against<'a> {
    pub(super) group: &'a str,
    pub(super) kind: &'static str,
    pub(super) counted: Counted,
}

/// A test: method, p and smallest attainable p.
pub(super) struct Test {
    pub(super) method: &'static str,
    pub(super) p: f64,
    pub(super) attainable: Option<f64>,
}

impl Test {
    /// By a law of what is counted.
    pub(super) fn exact(method: &'static str, law: &Pmf, k: u64) -> Self {
        Self { method, p: law.two_sided(k), attainable: Some(law.smallest_attainable()) }
    }

    /// Two counts; none where all participants are alike.
    pub(super) fn of_counts(own: Counted, rest: Counted) -> Result<Self, &'static str> {
        let law = hypergeometric::pmf(own.n + rest.n, own.k + rest.k, own.n);
        if law.first() < law.last() {
            Ok(Self::exact("hypergeometric", &law, own.k))
        } else {
            Err("не проверяется: результаты всех участников одинаковы")
        }
    }
}

/// Nobody stands on the other side.
pub(super) const NOBODY: &str = "не проверялось: сравнить не с чем";

/// The row of a comparison; what only some measures have is left empty.
pub(super) fn row(
    settings: &Settings,
    tally: &Tally,
    question: Question<'_>,
    own: Counted,
    against: &Against<'_>,
    test: Result<Test, &'static str>,
) -> ComparisonRow {
    let rest = against.counted;
    let attainable = test.as_ref().ok().and_then(|test| test.attainable);
    let why = match &test {
        _ if own.n == 0 => super::reason::NO_PARTICIPANTS,
        _ if rest.n == 0 => NOBODY,
        Err(why) => why,
        _ if as_f64(own.n) < question.fewest => "в поправку не входит: мало участников",
        _ if !question.closed.is_empty() => question.closed,
        _ if attainable.is_some_and(|least| settings.greatest_q() + 1e-12 < least) => {
            "данных недостаточно: отличие не могло быть выявлено ни при каком результате"
        }
        _ => "",
    };
    let test = test.ok().filter(|_| own.n != 0 && rest.n != 0);
    let p = test.as_ref().map(|test| test.p);
    ComparisonRow {
        n: own.n,
        k: own.k,
        value: Percent::of(own.k, own.n * question.max),
        reference: Percent::of(rest.k, rest.n * question.max),
        reference_group: against.group.to_owned(),
        reference_kind: against.kind.to_owned(),
        n_reference: rest.n,
        k_reference: rest.k,
        method: test.as_ref().map_or("", |test| test.method).to_owned(),
        p,
        family: if why.is_empty() { family(question.sign, &tally.exam.key) } else { String::new() },
        reason: why.to_owned(),
        ..ComparisonRow::new(question.level, question.group, &question.measure)
    }
}

/// Schools that are compared with each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Circle {
    /// Municipality or type; empty for all files.
    pub(super) group: String,
    /// Kind of the reference.
    pub(super) kind: &'static str,
    /// Suffix of the measure.
    pub(super) suffix: &'static str,
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
        suffix: "",
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
            suffix: SAME_TYPE,
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
        let seen: Vec<(&str, &str, &[usize], bool)> = found
            .iter()
            .map(|circle| (&*circle.group, circle.suffix, &*circle.asked, circle.closed.is_empty()))
            .collect();
        assert_eq!(
            seen,
            [
                ("А", "", &[0, 1, 2, 3, 4][..], true),
                ("", "", &[6, 5][..], true),
                ("СОШ", ":same-type", &[0, 1, 2], false)
            ]
        );
        assert_eq!(found[1].members.len(), 7);
    }
}
