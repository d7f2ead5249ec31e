//! S07: means that differ between the classes, or between the variants, of one school.

use super::Settings;
use super::tested::{Test, Tested};
use crate::model::finding::{Matter, SignDefinition};
use crate::model::measures::Measures;
use crate::model::row_patterns::{PatternSums, SchoolPatterns};
use crate::model::threshold::SourceTag;
use crate::model::unit::as_f64;
use crate::statistics::fisher;
use crate::wording::number;
use std::collections::BTreeMap;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S07",
    title: "скачок между классами или вариантами школы",
    rule: "средние первичные баллы классов (вариантов) одной школы различаются: F-критерий, q не больше 10 %, в классе \
           (варианте) не меньше 10 участников; вариант сравнивается за вычетом среднего этого варианта в остальных \
           школах; если проверены и классы, и варианты, берётся меньшее p, удвоенное",
    thresholds: &["S07.participants", "tests.q"],
    tag: SourceTag::Literature,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: один сильный или коррекционный \
              класс, профильный набор, другой вариант работы, малое число участников",
};

/// The sign with its tests.
pub(super) const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S07.participants",
    tests,
    nothing: "Классы и варианты внутри школ: скачков средних баллов не выявлено.",
    keeps_checked: true,
};

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let schools: Vec<&SchoolPatterns> =
        settings.schools.iter().filter_map(|school| measures.patterns.of_school(school)).collect();
    let mut variants: BTreeMap<&str, PatternSums> = BTreeMap::new();
    for (variant, sums) in schools.iter().flat_map(|one| &one.variants) {
        let all = variants.entry(variant).or_default();
        *all = all.plus(*sums);
    }
    let tested = schools.into_iter().filter_map(|one| {
        let classes = one.classes.iter().map(|(class, sums)| (class.rsplit('/').next().unwrap_or(class), *sums, 0.0));
        let of_variants = one.variants.iter().filter_map(|(variant, sums)| {
            let others = variants.get(variant.as_str())?.without(*sums);
            (sums.n <= others.n).then_some((variant.as_str(), *sums, others.mean()?))
        });
        let of_classes = test(settings, &one.school, "классы", classes.collect());
        let of_variants = test(settings, &one.school, "варианты", of_variants.collect());
        match (of_classes, of_variants) {
            (Some(left), Some(right)) => {
                let smaller = if right.p < left.p { right } else { left };
                Some(Test { p: (2.0 * smaller.p).min(1.0), ..smaller })
            }
            (one, other) => one.or(other),
        }
    });
    tested.collect()
}

/// F test over groups given as name, sums and the mean that is taken off; none with fewer than two large groups.
fn test(settings: &Settings<'_>, school: &str, what: &str, groups: Vec<(&str, PatternSums, f64)>) -> Option<Test> {
    let fewest = settings.thresholds.value("S07.participants");
    let groups: Vec<_> = groups.into_iter().filter(|(_, sums, _)| fewest <= as_f64(sums.n)).collect();
    let n: u64 = groups.iter().map(|(_, sums, _)| sums.n).sum();
    let means: Vec<(f64, f64)> =
        groups.iter().filter_map(|(_, sums, taken)| Some((sums.mean()? - taken, as_f64(sums.n)))).collect();
    let (count, size) = (as_f64(means.len() as u64), as_f64(n));
    let within: f64 = groups.iter().map(|(_, sums, _)| sums.sum_of_squares()).sum();
    if means.len() < 2 || within <= 0.0 {
        return None;
    }
    let grand = means.iter().map(|(mean, n)| mean * n).sum::<f64>() / size;
    let between: f64 = means.iter().map(|(mean, n)| n * (mean - grand).powi(2)).sum();
    let ratio = (between / (count - 1.0)) / (within / (size - count));
    let words: Vec<String> = groups
        .iter()
        .filter_map(|(name, sums, _)| {
            Some(format!("{name}\u{a0}— {} (n\u{a0}= {})", number::decimal(sums.mean()?, 1), sums.n))
        })
        .collect();
    Some(Test {
        school: school.to_owned(),
        matter: Matter::Work,
        n,
        value: ratio,
        p: fisher::upper_tail(ratio, count - 1.0, size - count)?,
        attainable: 0.0,
        large: true,
        affected: 0.0,
        text: format!(
            "{}: средние первичные баллы различаются больше обычного, {what}: {}. Возможный маркер, требует \
             дополнительного анализа.",
            settings.name(school),
            words.join(", "),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Scene, school};
    use crate::model::row_patterns::PatternSums;

    fn sums(around: i64, n: u64) -> PatternSums {
        let mut sums = PatternSums::default();
        (0..n).zip([-2, -1, 0, 1, 2].into_iter().cycle()).for_each(|(_, off)| sums.add(around + off));
        sums
    }

    #[test]
    fn a_class_apart_is_named_and_alike_classes_are_not() {
        let mut scene = Scene::default();
        for (id, second) in [("1", 14), ("2", 10), ("3", 11)] {
            let classes = vec![(format!("{id}/8А"), sums(10, 20)), (format!("{id}/8Б"), sums(second, 20))];
            scene.patterns.schools.push(school(id, |one| one.classes = classes));
        }
        // One class only, or classes of a few: no test.
        scene.patterns.schools.push(school("4", |one| one.classes = vec![("4/8А".to_owned(), sums(3, 25))]));
        scene.patterns.schools.push(school("5", |one| one.classes = vec![("5/8А".to_owned(), sums(3, 5)); 2]));
        let findings = scene.flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign == "S07").collect();
        assert_eq!(of_sign.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
        assert!(of_sign[0].text.contains("8Б") && of_sign[1].text.is_empty());
        assert!(of_sign[0].q.unwrap() < 0.001);
    }

    #[test]
    fn a_variant_that_is_hard_for_everybody_is_no_jump() {
        let mut scene = Scene::default();
        for id in ["1", "2", "3"] {
            let second = if id == "3" { 10 } else { 6 };
            let variants = vec![("1".to_owned(), sums(10, 20)), ("2".to_owned(), sums(second, 20))];
            scene.patterns.schools.push(school(id, |one| one.variants = variants));
        }
        let findings = scene.flagged();
        let text = |id: &str| findings.findings.iter().find(|one| one.sign == "S07" && one.group == id).unwrap();
        assert!(text("3").text.contains("варианты"), "{:?}", text("3"));
        assert!(text("3").p.unwrap() < text("1").p.unwrap());
    }
}
