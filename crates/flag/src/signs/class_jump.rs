//! S07: means that differ between the classes, or between the variants, of one school.

use crate::tested::{self, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::finding::Matter;
use srez_model::measures::Measures;
use srez_model::row_patterns::{PatternSums, SchoolPatterns};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::fisher;
use srez_wording::number;
use std::collections::BTreeMap;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S07"),
    title: "скачок между классами или вариантами школы",
    rule: "средние первичные баллы классов (вариантов) одной школы различаются не меньше чем на {S07.difference} % \
           максимума: F-критерий, q не больше {tests.q} %, в классе (варианте) не меньше {S07.participants} \
           участников; F делится на 1 + n0·tau²/S² — насколько классы расходятся внутри остальных школ; если их нет, \
           школа не проверяется; вариант сравнивается за вычетом среднего этого \
           варианта в остальных школах; если проверены и классы, и варианты, берётся меньшее p, удвоенное",
    thresholds: &["S07.difference", "S07.participants", "tests.q"],
    tag: SourceTag::Literature,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: один сильный класс, \
              коррекционный класс, профильный набор, другой вариант работы, малое число участников",
    works: Works::All,
    group: Some(Membership::Full(SignGroup::Answers)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::NeedsRows,
    cause: Cause::Own,
    evidence: Evidence::Classes,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S07.participants",
    tests,
    nothing,
    background: tested::unknown,
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let (by_class, by_variant) = by_class_and_variant(settings, measures);
    let both = by_class.into_iter().zip(by_variant).filter_map(|pair| match pair {
        (Some(left), Some(right)) => {
            let smaller = if right.p < left.p { right } else { left };
            Some(Test { p: (2.0 * smaller.p).min(1.0), ..smaller })
        }
        (one, other) => one.or(other),
    });
    both.collect()
}

/// Of what was compared: files without classes or with one variant leave nothing to say of these.
fn nothing(settings: &Settings<'_>, measures: &Measures) -> &'static str {
    let (by_class, by_variant) = by_class_and_variant(settings, measures);
    match [by_class, by_variant].map(|tests| tests.iter().any(Option::is_some)) {
        [true, false] => "Классы внутри школ: скачков средних баллов не выявлено.",
        [false, true] => "Варианты внутри школ: скачков средних баллов не выявлено.",
        _ => "Классы и варианты внутри школ: скачков средних баллов не выявлено.",
    }
}

/// Tests of the classes and of the variants of each school.
fn by_class_and_variant(settings: &Settings<'_>, measures: &Measures) -> (Vec<Option<Test>>, Vec<Option<Test>>) {
    let schools: Vec<&SchoolPatterns> =
        settings.schools.iter().filter_map(|school| measures.patterns.of_school(school)).collect();
    let mut variants: BTreeMap<&str, PatternSums> = BTreeMap::new();
    for (variant, sums) in schools.iter().flat_map(|one| &one.variants) {
        let all = variants.entry(variant).or_default();
        *all = all.plus(*sums);
    }
    let of_classes = schools.iter().map(|one| {
        let groups = one.classes.iter().map(|(class, sums)| Group {
            name: class.rsplit('/').next().unwrap_or(class),
            sums: *sums,
            expected: 0.0,
        });
        Apart::of(settings, groups.collect())
    });
    let of_variants = schools.iter().map(|one| {
        let groups = one.variants.iter().filter_map(|(variant, sums)| {
            let others = variants.get(variant.as_str())?.without(*sums);
            let expected = others.mean().filter(|_| sums.n <= others.n)?;
            Some(Group { name: variant.as_str(), sums: *sums, expected })
        });
        Apart::of(settings, groups.collect())
    });
    let maximum = measures.patterns.maximum;
    let (of_classes, of_variants): (Vec<_>, Vec<_>) = (of_classes.collect(), of_variants.collect());
    let by_class = judged(settings, &schools, "классы", &of_classes, maximum);
    let by_variant = judged(settings, &schools, "варианты", &of_variants, maximum);
    (by_class, by_variant)
}

/// A class or variant, and the mean that it would have for reasons of its own.
struct Group<'a> {
    name: &'a str,
    sums: PatternSums,
    expected: f64,
}

impl Group<'_> {
    fn mean(&self) -> f64 {
        self.sums.mean().unwrap_or(0.0) - self.expected
    }
}

/// Sums of squares between and within the groups of one school, or of several schools together.
#[derive(Clone, Copy, Default)]
struct Squares {
    between: f64,
    free_between: f64,
    within: f64,
    free_within: f64,
    /// `N − Σn²/N`: what the variance between groups is multiplied by in the sum of squares.
    size: f64,
}

impl Squares {
    fn add(&mut self, other: &Self, sign: f64) {
        self.between += sign * other.between;
        self.free_between += sign * other.free_between;
        self.within += sign * other.within;
        self.free_within += sign * other.free_within;
        self.size += sign * other.size;
    }

    /// Variance of true means of groups over the variance within them, from these schools.
    fn usual(&self) -> f64 {
        let within = self.within / self.free_within;
        ((self.between / within - self.free_between) / self.size).max(0.0)
    }
}

/// The groups of one school that are large enough.
struct Apart<'a> {
    groups: Vec<Group<'a>>,
    squares: Squares,
}

impl<'a> Apart<'a> {
    /// None with fewer than two groups, or without a spread within them.
    fn of(settings: &Settings<'_>, groups: Vec<Group<'a>>) -> Option<Self> {
        let fewest = settings.thresholds.value("S07.participants");
        let groups: Vec<Group<'a>> =
            groups.into_iter().filter(|group| fewest.max(1.0) <= as_f64(group.sums.n)).collect();
        let n = as_f64(groups.iter().map(|group| group.sums.n).sum());
        let within: f64 = groups.iter().map(|group| group.sums.sum_of_squares()).sum();
        if groups.len() < 2 || within <= 0.0 {
            return None;
        }
        let grand = groups.iter().map(|group| group.mean() * as_f64(group.sums.n)).sum::<f64>() / n;
        let between = groups.iter().map(|group| as_f64(group.sums.n) * (group.mean() - grand).powi(2)).sum();
        let squared: f64 = groups.iter().map(|group| as_f64(group.sums.n).powi(2)).sum();
        let count = as_f64(groups.len() as u64);
        let squares =
            Squares { between, free_between: count - 1.0, within, free_within: n - count, size: n - squared / n };
        Some(Self { groups, squares })
    }

    /// Greatest difference of means.
    fn range(&self) -> f64 {
        let means = || self.groups.iter().map(Group::mean);
        means().fold(f64::MIN, f64::max) - means().fold(f64::MAX, f64::min)
    }
}

/// Tests of one kind of groups, school by school in the order given.
fn judged(
    settings: &Settings<'_>,
    schools: &[&SchoolPatterns],
    what: &str,
    apart: &[Option<Apart<'_>>],
    maximum: u64,
) -> Vec<Option<Test>> {
    let mut all = Squares::default();
    for one in apart.iter().flatten() {
        all.add(&one.squares, 1.0);
    }
    let of_school = |(one, school): (&Option<Apart<'_>>, &&SchoolPatterns)| {
        let one = one.as_ref()?;
        let mut others = all;
        others.add(&one.squares, -1.0);
        if others.free_between < 1.0 { None } else { test(settings, &school.school, (what, others), one, maximum) }
    };
    apart.iter().zip(schools).map(of_school).collect()
}

/// F test of the groups of one school, against how far such groups lie apart in the other schools. That distance is an
/// estimate from as many degrees as the other schools have groups to spare: where they are few, only a far group is
/// named.
fn test(
    settings: &Settings<'_>,
    school: &str,
    (what, others): (&str, Squares),
    one: &Apart<'_>,
    maximum: u64,
) -> Option<Test> {
    let squares = &one.squares;
    let ratio = (squares.between / squares.free_between) / (squares.within / squares.free_within);
    let words: Vec<String> = one
        .groups
        .iter()
        .filter_map(|Group { name, sums, .. }| {
            Some(format!("{name}\u{a0}— {} (n\u{a0}= {})", number::decimal(sums.mean()?, 1), sums.n))
        })
        .collect();
    let (between, within) = (squares.free_between, squares.free_within);
    let by_chance = fisher::upper_tail(ratio, between, within)?;
    let usual = (others.within / others.free_within) * (1.0 + others.usual() * squares.size / between);
    let unusual = fisher::upper_tail(squares.between / between / usual, between, others.free_between)?;
    Some(Test {
        school: school.to_owned(),
        matter: Matter::Work,
        n: one.groups.iter().map(|group| group.sums.n).sum(),
        value: ratio,
        p: unusual.max(by_chance),
        attainable: 0.0,
        large: settings.thresholds.value("S07.difference") * as_f64(maximum) <= 100.0 * one.range(),
        affected: 0.0,
        text: format!(
            "{}: средние первичные баллы расходятся больше, чем обычно внутри одной школы, {what}: {}. Возможный \
             маркер, требует дополнительного анализа.",
            settings.name(school),
            words.join(", "),
        ),
    })
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, school};
    use srez_model::finding::{Findings, Status};
    use srez_model::level::Level;
    use srez_model::row_patterns::PatternSums;

    fn sums(around: i64, n: u64) -> PatternSums {
        let mut sums = PatternSums::default();
        (0..n).zip([-2, -1, 0, 1, 2].into_iter().cycle()).for_each(|(_, off)| sums.add(around + off));
        sums
    }

    /// Schools "11" to "22", each with two classes of twenty: one around 10, one around this.
    fn of_two_classes(second: impl Fn(u64) -> i64) -> Scene {
        let mut scene = Scene::with_schools(24);
        scene.patterns.maximum = 20;
        for id in 11..=22 {
            let classes = vec![(format!("{id}/8А"), sums(10, 20)), (format!("{id}/8Б"), sums(second(id), 20))];
            scene.patterns.schools.push(school(&id.to_string(), |one| one.classes = classes));
        }
        scene
    }

    fn judged(findings: &Findings) -> Vec<(&str, bool)> {
        let of_sign = findings.findings.iter().filter(|one| one.sign.id == "S07" && one.level == Level::School);
        of_sign.map(|one| (one.group.as_str(), one.status == Status::Probable)).collect()
    }

    #[test]
    fn a_class_apart_is_named_and_alike_classes_are_not() {
        let mut scene = of_two_classes(|id| [14, 10, 11][usize::try_from(id - 11).unwrap().min(2)]);
        // One class only, or classes of a few: no test.
        scene.patterns.schools.push(school("23", |one| one.classes = vec![("23/8А".to_owned(), sums(3, 25))]));
        scene.patterns.schools.push(school("24", |one| one.classes = vec![("24/8А".to_owned(), sums(3, 5)); 2]));
        let findings = scene.flagged();
        assert_eq!(judged(&findings).len(), 12);
        assert_eq!(judged(&findings)[..2], [("11", true), ("12", false)]);
        assert!(judged(&findings)[1..].iter().all(|(_, named)| !named));
        let named = findings.findings.iter().find(|one| one.sign.id == "S07" && one.group == "11").unwrap();
        assert!(named.text().contains("8Б") && named.q.unwrap() < 0.05, "{named:?}");
        // Four points of a hundred are no jump, however sure.
        scene.patterns.maximum = 100;
        assert!(judged(&scene.flagged()).iter().all(|(_, named)| !named));
    }

    #[test]
    fn without_classes_elsewhere_nothing_is_said() {
        let mut scene = of_two_classes(|_| 14);
        scene.patterns.schools.truncate(1);
        assert!(scene.flagged().findings.iter().all(|one| one.sign.id != "S07"));
        // One other school tells little of how far classes lie apart.
        let mut scene = of_two_classes(|id| if id == 11 { 14 } else { 11 });
        scene.patterns.schools.truncate(2);
        assert_eq!(judged(&scene.flagged()), [("11", false), ("12", false)]);
    }

    #[test]
    fn where_classes_differ_everywhere_only_one_far_from_all_is_named() {
        let scene = of_two_classes(|id| if id == 11 { 20 } else { [10, 13, 7, 12][usize::try_from(id % 4).unwrap()] });
        let findings = scene.flagged();
        let named: Vec<&str> = judged(&findings).into_iter().filter(|(_, named)| *named).map(|(id, _)| id).collect();
        assert_eq!(named, ["11"]);
    }

    #[test]
    fn a_variant_that_is_hard_for_everybody_is_no_jump() {
        let mut scene = Scene::with_schools(24);
        scene.patterns.maximum = 20;
        for id in 11..=22 {
            let second = if id == 22 { 10 } else { 6 };
            let variants = vec![("1".to_owned(), sums(10, 20)), ("2".to_owned(), sums(second, 20))];
            scene.patterns.schools.push(school(&id.to_string(), |one| one.variants = variants));
        }
        let findings = scene.flagged();
        let text = |id: &str| findings.findings.iter().find(|one| one.sign.id == "S07" && one.group == id).unwrap();
        assert!(text("22").text().contains("варианты"), "{:?}", text("22"));
        assert!(judged(&findings)[..11].iter().all(|(_, named)| !named));
    }
    #[test]
    fn the_quiet_sentence_names_only_what_was_compared() {
        let quiet = |scene: &Scene| {
            let findings = scene.flagged();
            let of_all = findings.findings.iter().find(|one| one.sign.id == "S07" && one.level != Level::School);
            of_all.map(|one| one.text().split(':').next().unwrap_or_default().to_owned())
        };
        let classes = of_two_classes(|_| 10);
        assert_eq!(quiet(&classes).as_deref(), Some("Классы внутри школ"));
        let mut variants = of_two_classes(|_| 10);
        for one in &mut variants.patterns.schools {
            let of_class = |(class, sums): (String, PatternSums)| (class.replace("8А", "1").replace("8Б", "2"), sums);
            one.variants = std::mem::take(&mut one.classes).into_iter().map(of_class).collect();
            one.variants.iter_mut().for_each(|(variant, _)| *variant = variant.split_off(variant.len() - 1));
        }
        assert_eq!(quiet(&variants).as_deref(), Some("Варианты внутри школ"));
        let mut both = of_two_classes(|_| 10);
        for (one, with) in both.patterns.schools.iter_mut().zip(&variants.patterns.schools) {
            one.variants.clone_from(&with.variants);
        }
        assert_eq!(quiet(&both).as_deref(), Some("Классы и варианты внутри школ"));
        both.patterns.schools.clear();
        assert_eq!(quiet(&both), None);
    }
}
