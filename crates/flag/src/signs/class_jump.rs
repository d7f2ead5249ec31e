//! S07: a class, or a variant, that lies off the rest of its school farther than classes lie off each other.

use crate::tested::{self, Checks, Test, Tested};
use crate::{Entry, Found, Settings, standing};
use srez_model::finding::{Family, Matter};
use srez_model::measures::Measures;
use srez_model::row_patterns::{PatternSums, SchoolPatterns};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::school_model::{Group, Jumps, NoJump, Observed, PartSpread, Sample};
use srez_statistics::unusual::{LEVEL, detectable};
use srez_wording::{number, rule};
use std::collections::BTreeMap;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S07"),
    title: "скачок между классами или вариантами школы",
    rule: "средний первичный балл класса (варианта) отличается от среднего остальных классов (вариантов) той же школы \
           не меньше чем на {S07.difference} % максимума, q не больше {tests.q} % (вместе с другими маркерами), в \
           классе (варианте) не меньше {S07.participants} участников; p учитывает, насколько классы расходятся внутри \
           остальных школ, и умножается на число классов школы; вариант сравнивается за вычетом среднего этого \
           варианта в остальных школах и только там, где варианты розданы внутри школ; если проверены и классы, и \
           варианты, берётся меньшее p, удвоенное",
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
const TESTED: Tested =
    Tested { sign: &SIGN, threshold: GATE, family: Family::Markers, tests, joint: None, subject, keeps_checked: true };

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Its size gate.
const GATE: &str = "S07.difference";

fn tests(settings: &Settings<'_>, measures: &Measures) -> Checks {
    let schools = schools(settings, measures);
    let (by_class, by_variant) = by_class_and_variant(settings, measures, &schools);
    let mut checks = Checks::default();
    for ((one, class), variant) in schools.iter().zip(by_class).zip(by_variant) {
        match (class, variant) {
            (Ok(left), Ok(right)) => {
                let smaller = if right.p < left.p { right } else { left };
                checks.tests.push(Test { p: (2.0 * smaller.p).min(1.0), ..smaller });
            }
            (Ok(test), Err(_)) | (Err(_), Ok(test)) => checks.tests.push(test),
            (Err(why), Err(_)) => checks.untested.push((one.school.clone(), why)),
        }
    }
    checks
}

/// Schools of the focus with complete rows.
fn schools<'a>(settings: &Settings<'_>, measures: &'a Measures) -> Vec<&'a SchoolPatterns> {
    let all = settings.schools.iter().filter_map(|school| measures.patterns.of_school(school));
    all.filter(|one| !(one.classes.is_empty() && one.variants.is_empty())).collect()
}

/// What was compared: files without classes or with one variant leave nothing to say of these.
fn subject(settings: &Settings<'_>, measures: &Measures) -> &'static str {
    let (by_class, by_variant) = by_class_and_variant(settings, measures, &schools(settings, measures));
    match [by_class, by_variant].map(|tests| tests.iter().any(Result::is_ok)) {
        [_, false] => "Средние баллы классов внутри школ",
        [false, true] => "Средние баллы вариантов внутри школ",
        [true, true] => "Средние баллы классов и вариантов внутри школ",
    }
}

/// A test of each school, or why there is none.
type OfSchools = Vec<Result<Test, String>>;

/// Tests of the classes and of the variants of each school.
fn by_class_and_variant(
    settings: &Settings<'_>,
    measures: &Measures,
    schools: &[&SchoolPatterns],
) -> (OfSchools, OfSchools) {
    let maximum = measures.patterns.maximum;
    let fewest = settings.thresholds.value("S07.participants").max(1.0);
    let large = |sums: &PatternSums| fewest <= as_f64(sums.n);
    let part = |name: &str, sums: &PatternSums, expected: f64| {
        let observed = observed(sums, expected, maximum)?;
        Some(Part { name: name.rsplit('/').next().unwrap_or(name).to_owned(), sums: *sums, observed })
    };
    let classes = schools.iter().map(|one| {
        let large = one.classes.iter().filter(|(_, sums)| large(sums));
        large.filter_map(|(class, sums)| part(class, sums, 0.0)).collect()
    });
    let classes: Vec<Vec<Part>> = classes.collect();
    let all = of_variants(schools);
    let variants = schools.iter().map(|one| {
        let large = one.variants.iter().filter(|(_, sums)| large(sums));
        let against_others = |(variant, sums): &(String, PatternSums)| {
            let others = all.get(variant.as_str())?.without(*sums);
            part(variant, sums, others.mean().filter(|_| sums.n <= others.n)?)
        };
        large.filter_map(against_others).collect()
    });
    let variants: Vec<Vec<Part>> = variants.collect();
    let dealt_inside = variants.iter().filter(|parts| parts.len() > 1).count();
    let with_variants = variants.iter().filter(|parts| !parts.is_empty()).count();
    let by_class = judged(settings, schools, "классы", &classes);
    if 2 * dealt_inside < with_variants {
        return (by_class, schools.iter().map(|_| Err("вариант совпадает со школой".to_owned())).collect());
    }
    (by_class, judged(settings, schools, "варианты", &variants))
}

/// Primary scores by variant over all schools.
fn of_variants<'a>(schools: &[&'a SchoolPatterns]) -> BTreeMap<&'a str, PatternSums> {
    let mut all: BTreeMap<&str, PatternSums> = BTreeMap::new();
    for (variant, sums) in schools.iter().flat_map(|one| &one.variants) {
        let sum = all.entry(variant).or_default();
        *sum = sum.plus(*sums);
    }
    all
}

/// A class or a variant of a school.
struct Part {
    name: String,
    sums: PatternSums,
    /// As a share of the maximum, less the mean that it would have for reasons of its own.
    observed: Observed,
}

fn observed(sums: &PatternSums, expected: f64, maximum: u64) -> Option<Observed> {
    let maximum = as_f64(maximum);
    let mean = (sums.mean()? - expected) / maximum;
    let spread = sums.sum_of_squares() / (maximum * maximum);
    (maximum > 0.0).then_some(Observed { n: sums.n, mean, spread })
}

/// Tests of one kind of parts, school by school in the order given.
fn judged(settings: &Settings<'_>, schools: &[&SchoolPatterns], what: &str, parts: &[Vec<Part>]) -> OfSchools {
    let group = |parts: &Vec<Part>| Group::Parts(parts.iter().map(|part| part.observed).collect());
    let groups: Vec<Group<Observed>> = parts.iter().map(group).collect();
    let sample = match Sample::from_values(&groups) {
        Ok(sample) => sample,
        Err(obstacle) => return groups.iter().map(|_| Err(standing::words(obstacle).to_owned())).collect(),
    };
    let spread = PartSpread::new(&sample);
    let found: Vec<Result<Jumps, NoJump>> = (0..groups.len()).map(|place| spread.jumps(place)).collect();
    let tested = found.iter().flatten().count();
    let of_school = |((one, parts), found): ((&&SchoolPatterns, &Vec<Part>), Result<Jumps, NoJump>)| match found {
        Ok(found) => Ok(test(settings, &one.school, (what, parts), &found, tested)),
        Err(NoJump::TooFewParts) => Err(format!("{what} остальных школ слишком малочисленны")),
        Err(NoJump::Empty | NoJump::OnePart) => Err(format!(
            "в школе нет двух классов с числом участников от {}",
            rule::plain(settings.thresholds.value("S07.participants"))
        )),
    };
    schools.iter().zip(parts).zip(found).map(of_school).collect()
}

fn test(settings: &Settings<'_>, school: &str, (what, parts): (&str, &[Part]), found: &Jumps, tested: usize) -> Test {
    let words: Vec<String> = parts
        .iter()
        .filter_map(|Part { name, sums, .. }| {
            Some(format!("{name}\u{a0}— {} (n\u{a0}= {})", number::decimal(sums.mean()?, 1), sums.n))
        })
        .collect();
    let farthest = found.parts.iter().min_by(|left, right| left.p.total_cmp(&right.p));
    let value = farthest.map_or(0.0, |jump| 100.0 * jump.value);
    // The part that is hardest to see decides what could have been seen.
    let variance = found.parts.iter().map(|jump| jump.variance).fold(0.0, f64::max);
    let seen = 100.0 * detectable(variance, tested * found.parts.len(), LEVEL);
    Test {
        school: school.to_owned(),
        matter: Matter::Work,
        tasks: Vec::new(),
        n: parts.iter().map(|part| part.sums.n).sum(),
        value,
        p: found.p,
        large: settings.thresholds.value(GATE) <= value.abs(),
        detectable: Some(seen),
        is_distinct: tested::is_distinct(settings, GATE, seen),
        affected: 0.0,
        text: format!(
            "{}: средние первичные баллы расходятся больше, чем обычно внутри одной школы, {what}: {}. Возможный \
             маркер, требует дополнительного анализа.",
            settings.name(school),
            words.join(", "),
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, school};
    use srez_model::check::CheckState;
    use srez_model::finding::Findings;
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
        of_sign.map(|one| (one.group.as_str(), one.state == Some(CheckState::Found))).collect()
    }

    #[test]
    fn a_class_apart_is_named_and_alike_classes_are_not() {
        let mut scene = of_two_classes(|id| [14, 10, 11][usize::try_from(id - 11).unwrap().min(2)]);
        // One class only, or classes of a few: no test.
        scene.patterns.schools.push(school("23", |one| one.classes = vec![("23/8А".to_owned(), sums(3, 25))]));
        scene.patterns.schools.push(school("24", |one| one.classes = vec![("24/8А".to_owned(), sums(3, 4)); 2]));
        let findings = scene.flagged();
        assert_eq!(judged(&findings).len(), 12);
        assert_eq!(judged(&findings)[..2], [("11", true), ("12", false)]);
        assert!(judged(&findings)[1..].iter().all(|(_, named)| !named));
        let named = findings.findings.iter().find(|one| one.sign.id == "S07" && one.group == "11").unwrap();
        assert!(named.text().contains("8Б") && named.q.unwrap() < 0.1, "{named:?}");
        assert!((named.value.unwrap().abs() - 20.0).abs() < 1e-9 && named.threshold == Some(15.0), "{named:?}");
        // Four points of a hundred are no jump, however sure.
        scene.patterns.maximum = 100;
        assert!(judged(&scene.flagged()).iter().all(|(_, named)| !named));
    }

    #[test]
    fn without_classes_elsewhere_nothing_is_said() {
        let mut scene = of_two_classes(|_| 14);
        scene.patterns.schools.truncate(1);
        let alone = scene.flagged();
        assert!(judged(&alone).is_empty());
        let quiet = alone.findings.iter().find(|one| one.sign.id == "S07").unwrap();
        assert!(quiet.text().contains("Не проверялось") && !quiet.text().contains("не выявлено"), "{}", quiet.text());
        // One other school tells little of how far classes lie apart.
        let mut scene = of_two_classes(|id| if id == 11 { 14 } else { 11 });
        scene.patterns.schools.truncate(2);
        assert!(judged(&scene.flagged()).is_empty());
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

    /// Every school has a variant of its own: its variant is the school, and no jump inside it.
    #[test]
    fn variants_that_schools_share_among_them_are_not_tested() {
        let mut scene = Scene::with_schools(24);
        scene.patterns.maximum = 20;
        for id in 11..=22 {
            let variants = match id {
                11 | 12 => vec![("1".to_owned(), sums(14, 20)), ("2".to_owned(), sums(6, 20))],
                _ => vec![((id % 2 + 1).to_string(), sums(10, 40))],
            };
            scene.patterns.schools.push(school(&id.to_string(), |one| one.variants = variants));
        }
        assert!(judged(&scene.flagged()).is_empty());
    }

    #[test]
    fn the_quiet_sentence_names_only_what_was_compared() {
        let quiet = |scene: &Scene| {
            let findings = scene.flagged();
            let of_all = findings.findings.iter().find(|one| one.sign.id == "S07" && one.level != Level::School);
            of_all.map(|one| one.text().split(" (S07)").next().unwrap_or_default().to_owned())
        };
        let classes = of_two_classes(|_| 10);
        assert_eq!(quiet(&classes).as_deref(), Some("Средние баллы классов внутри школ"));
        let mut variants = of_two_classes(|_| 10);
        for one in &mut variants.patterns.schools {
            let of_class = |(class, sums): (String, PatternSums)| (class.replace("8А", "1").replace("8Б", "2"), sums);
            one.variants = std::mem::take(&mut one.classes).into_iter().map(of_class).collect();
            one.variants.iter_mut().for_each(|(variant, _)| *variant = variant.split_off(variant.len() - 1));
        }
        assert_eq!(quiet(&variants).as_deref(), Some("Средние баллы вариантов внутри школ"));
        let mut both = of_two_classes(|_| 10);
        for (one, with) in both.patterns.schools.iter_mut().zip(&variants.patterns.schools) {
            one.variants.clone_from(&with.variants);
        }
        assert_eq!(quiet(&both).as_deref(), Some("Средние баллы классов и вариантов внутри школ"));
        both.patterns.schools.clear();
        assert_eq!(quiet(&both), None);
    }
}
