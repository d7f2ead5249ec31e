//! Schools with their classes in one year, as the models of schools take them.

use super::super::settings::Settings;
use super::reading::{Reading, UNIT};
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::unit::as_f64;
use srez_statistics::school_model::{Estimate, Group, Observed, Posterior, Sample};
use std::collections::BTreeMap;

/// The classes of a school are known if they have at least 9 of 10 of its participants.
const KNOWN: (u64, u64) = (9, 10);

/// Schools of one exam with the names of their classes.
pub(crate) struct Classes<'a> {
    measures: &'a Measures,
    /// Names of classes by school.
    names: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Classes<'a> {
    pub(crate) fn new(measures: &'a Measures) -> Self {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in measures.marks.iter().filter(|row| row.level == Level::Class) {
            if let Some((school, _)) = row.group.split_once('/') {
                names.entry(school).or_default().push(&row.group);
            }
        }
        Self { measures, names }
    }

    /// The exam.
    pub(crate) fn measures(&self) -> &'a Measures {
        self.measures
    }

    /// A school with its classes, those of whom no class is known as one more; as a whole where few classes are known.
    /// None without a value.
    pub(crate) fn of(&self, school: &str, measure: &MeasureId) -> Option<Group<Reading>> {
        let whole = Reading::find(self.measures, Level::School, school, measure)?;
        let of_class = |class: &&str| Reading::find(self.measures, Level::Class, class, measure);
        let mut classes: Vec<Reading> =
            self.names.get(school).map(|names| names.iter().filter_map(of_class).collect()).unwrap_or_default();
        let known: u64 = classes.iter().map(|class| class.n()).sum();
        if KNOWN.1 * known < KNOWN.0 * whole.n() || classes.is_empty() {
            return Some(Group::Whole(whole));
        }
        let rest = classes.iter().try_fold(whole, |rest, class| rest.without(*class));
        classes.extend(rest);
        Some(Group::Parts(classes))
    }
}

/// The school without its classes.
pub(crate) fn whole(school: &Group<Reading>) -> Option<Reading> {
    let (first, others) = school.known().split_first()?;
    others.iter().try_fold(*first, |all, class| all.plus(*class))
}

/// Units of the models.
pub(crate) fn observed(school: &Group<Reading>) -> Group<Observed> {
    match school {
        Group::Parts(classes) => Group::Parts(classes.iter().filter_map(|class| class.observed()).collect()),
        Group::Whole(whole) => whole.observed().map_or_else(|| Group::Parts(Vec::new()), Group::Whole),
    }
}

/// Variances of one year, in squared hundredths of the unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    /// Of one participant within a class.
    pub(crate) within: f64,
    /// Of classes within schools.
    pub(crate) classes: f64,
    /// Of schools.
    pub(crate) schools: f64,
    /// Participants of a class where classes are not known.
    class_size: f64,
}

impl Spread {
    /// By the model of these schools; none where it has no values.
    pub(crate) fn new(settings: &Settings, schools: &[Group<Reading>]) -> Option<Self> {
        let assumptions = settings.assumptions();
        let groups: Vec<_> = schools.iter().map(observed).collect();
        let posterior = Posterior::new(Sample::from_values(&groups).ok()?, assumptions);
        let spread = posterior.spread();
        let within = share(schools).map_or(posterior.within(), |share| share * (1.0 - share));
        (0.0 < within).then_some(Self {
            within,
            classes: spread.parts,
            schools: spread.groups,
            class_size: assumptions.part_size,
        })
    }

    /// The value of a school and its variance by pupils and classes.
    pub(crate) fn estimate(&self, school: &Group<Reading>) -> Option<Estimate> {
        let whole = whole(school)?;
        let n = as_f64(whole.n());
        let concentration = match school {
            Group::Parts(classes) => classes.iter().map(|class| (as_f64(class.n()) / n).powi(2)).sum(),
            Group::Whole(_) => 1.0 / (n / self.class_size).ceil().max(1.0),
        };
        let variance = self.within / n + self.classes * concentration;
        Some(Estimate { value: whole.value()? / UNIT, variance, weight: n })
    }
}

/// The share that all participants together are; none of other measures.
fn share(schools: &[Group<Reading>]) -> Option<f64> {
    let mut all = (0, 0);
    for reading in schools.iter().flat_map(Group::known) {
        let Reading::Count { k, n } = reading else { return None };
        all = (all.0 + k, all.1 + n);
    }
    (all.1 != 0).then(|| as_f64(all.0) / as_f64(all.1))
}

#[cfg(test)]
mod tests {
    use super::{Classes, Spread, whole};
    use crate::counted::{exam, settings};
    use crate::over_years::reading::Reading;
    use srez_model::assessment::Scale;
    use srez_model::compared::MeasureId;
    use srez_model::level::Level;
    use srez_model::measures::{MarksRow, Measures, SkillRow};
    use srez_model::unit::Percent;
    use srez_statistics::school_model::Group;
    use srez_statistics::wilson;
    use std::sync::Arc;

    fn marks(level: Level, group: &str, by_mark: [u64; 4]) -> MarksRow {
        MarksRow {
            level,
            group: group.to_owned(),
            n: by_mark.iter().sum(),
            n_absent: None,
            by_mark,
            n_without_mark: 0,
            mean_mark: None,
            pass: None,
            quality: None,
            sou: None,
            mean_score: None,
            sd_score: None,
            reason: String::new(),
        }
    }

    fn measures() -> Measures {
        let rows = [
            (Level::School, "1", [8, 30, 8, 4]),
            (Level::School, "2", [5, 10, 5, 0]),
            (Level::School, "3", [2, 10, 5, 3]),
            (Level::Class, "1/8А", [6, 12, 4, 2]),
            (Level::Class, "1/8Б", [2, 15, 4, 1]),
            (Level::Class, "2/8А", [2, 4, 1, 0]),
        ];
        let marks = rows.into_iter().map(|(level, group, by_mark)| marks(level, group, by_mark)).collect();
        Measures { marks, ..Measures::empty(Arc::new(exam(2026, &[5], Scale::Unknown))) }
    }

    #[test]
    fn classes_are_known_where_nearly_everybody_has_one() {
        let measures = measures();
        let classes = Classes::new(&measures);
        let count = |k, n| Reading::Count { k, n };
        // 46 of 50 have a class; the other four are one more.
        let first = classes.of("1", &MeasureId::ShareOfTwo).unwrap();
        assert_eq!(first, Group::Parts(vec![count(6, 24), count(2, 22), count(0, 4)]));
        assert_eq!(whole(&first), Some(count(8, 50)));
        // 7 of 20 are not enough, and the third has none.
        assert_eq!(classes.of("2", &MeasureId::ShareOfTwo), Some(Group::Whole(count(5, 20))));
        assert_eq!(classes.of("3", &MeasureId::ShareOfTwo), Some(Group::Whole(count(2, 20))));
        assert_eq!(classes.of("4", &MeasureId::ShareOfTwo), None);
    }

    /// Skills are counted by class as the whole work is.
    #[test]
    fn the_classes_of_a_school_have_skills_of_their_own() {
        let mut measures = measures();
        let row = |level: Level, group: &str, n: u64, sum: u64| SkillRow {
            level,
            group: group.to_owned(),
            skill: 0,
            title: "чтение".to_owned(),
            tasks: 1,
            n,
            sum,
            max_sum: 4 * n,
            pct: wilson::around(Percent::of(sum, 4 * n).unwrap(), n),
            sd: Some(20.0),
            reason: String::new(),
        };
        measures.skills = vec![row(Level::School, "1", 50, 110)];
        measures.class_skills = vec![row(Level::Class, "1/8А", 24, 72), row(Level::Class, "1/8Б", 22, 30)];
        let classes = Classes::new(&measures);
        let found = classes.of("1", &MeasureId::skill("чтение")).unwrap();
        let sums: Vec<(u64, u64)> = found
            .known()
            .iter()
            .map(|one| if let Reading::Points { sum, n, .. } = one { (*sum, *n) } else { (0, 0) })
            .collect();
        assert_eq!(sums, [(72, 24), (30, 22), (8, 4)]);
        measures.class_skills.clear();
        let unknown = Classes::new(&measures).of("1", &MeasureId::skill("чтение")).unwrap();
        assert!(matches!(unknown, Group::Whole(_)), "{unknown:?}");
    }

    #[test]
    fn the_error_of_a_school_has_its_pupils_and_its_classes() {
        let measures = measures();
        let classes = Classes::new(&measures);
        let schools: Vec<_> =
            ["1", "2", "3"].into_iter().filter_map(|school| classes.of(school, &MeasureId::ShareOfTwo)).collect();
        let spread = Spread::new(&settings(), &schools).unwrap();
        // 15 of 90 have a «2».
        assert!((spread.within - 15.0 / 90.0 * 75.0 / 90.0).abs() < 1e-12 && 0.0 < spread.classes);
        let one = spread.estimate(&schools[0]).unwrap();
        let concentration = (24.0_f64.powi(2) + 22.0_f64.powi(2) + 16.0) / 2_500.0;
        assert!((one.variance - spread.within / 50.0 - spread.classes * concentration).abs() < 1e-12);
        let other = spread.estimate(&schools[1]).unwrap();
        assert!((other.variance - spread.within / 20.0 - spread.classes).abs() < 1e-12 && other.value == 0.25);
    }
}
