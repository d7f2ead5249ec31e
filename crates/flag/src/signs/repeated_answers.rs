//! S12: rows of answers that repeat another row of the class, more of them than between schools.

use crate::tested::{self, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::finding::Matter;
use srez_model::measures::Measures;
use srez_model::row_patterns::{EqualTotals, SchoolPatterns};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::{binomial, poisson};
use srez_wording::number;
use srez_wording::sentence::signs::repeated;
use std::collections::BTreeMap;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S12"),
    title: "одинаковые строки баллов внутри класса",
    rule: "число строк, повторяющих другую строку своего класса, против ожидаемого: по каждому баллу — пар внутри \
           классов, умноженных на большую из двух долей: совпадений среди пар участников разных школ с тем же баллом \
           и повторов на пару внутри классов остальных школ; p — большее из двух: закон Пуассона и биномиальный закон \
           для доли повторов школы среди повторов всех школ, если повторы распределены как пары разных школ \
           («чаще, чем в классах остальных школ»); q не больше {tests.q} %, повторов не меньше {S12.rows}; заданий в \
           работе не меньше {S12.tasks}; баллы, при которых пар меньше {S12.pairs} или совпадает больше \
           {S12.agreement} % пар, не учитываются",
    thresholds: &["S12.rows", "S12.tasks", "S12.pairs", "S12.agreement", "tests.q"],
    tag: SourceTag::Own,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: ошибка копирования при вводе, \
              общие пробелы класса, разбор тех же заданий перед работой",
    works: Works::All,
    group: Some(Membership::Full(SignGroup::Answers)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::NeedsRows,
    cause: Cause::Own,
    evidence: Evidence::EqualRows,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S12.rows",
    tests,
    nothing: |_, _| "Одинаковые строки баллов внутри классов: больше ожидаемого не выявлено.",
    background: tested::unknown,
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let limit = |id: &str| settings.thresholds.value(id);
    if as_f64(measures.exam.tasks.len() as u64) < limit("S12.tasks") {
        return Vec::new();
    }
    let counted = counted(settings, measures);
    let repeats: u64 = counted.iter().map(|own| own.repeats).sum();
    let between: f64 = counted.iter().map(|own| own.between).sum();
    let tested = counted.iter().filter_map(|own| {
        // Pupils of one class are alike anyway, and how much tell the other classes: without them nobody is tested.
        let others = between - own.between;
        if others <= 0.0 {
            return None;
        }
        let as_elsewhere = own.between * as_f64(repeats - own.repeats) / others;
        let (by_chance, unusual) = (
            poisson::upper_tail(own.repeats, own.expected),
            binomial::pmf(repeats, own.between / between).upper_tail(own.repeats),
        );
        Some(Test {
            school: own.school.school.clone(),
            matter: Matter::Work,
            n: own.school.n,
            value: as_f64(own.repeats),
            p: by_chance.max(unusual),
            attainable: 0.0,
            large: limit("S12.rows") <= as_f64(own.repeats),
            affected: as_f64(own.repeats),
            text: format!(
                "{}: {}, ожидалось {} (n\u{a0}= {}). Возможный маркер, требует дополнительного анализа.",
                settings.name(&own.school.school),
                repeated(own.repeats),
                about(own.expected.max(as_elsewhere)),
                number::count(own.school.n),
            ),
        })
    });
    tested.collect()
}

/// Repeated rows of the schools, and how many there would be.
fn counted<'a>(settings: &Settings<'_>, measures: &'a Measures) -> Vec<Repeats<'a>> {
    let limit = |id: &str| settings.thresholds.value(id);
    let between = shares(limit("S12.pairs"), measures.patterns.between.iter());
    let schools = || settings.schools.iter().filter_map(|school| measures.patterns.of_school(school));
    let mut within: BTreeMap<u16, EqualTotals> = BTreeMap::new();
    for equal in schools().flat_map(|one| &one.repeated) {
        let all = within.entry(equal.total).or_insert(EqualTotals { pairs: 0, same: 0, ..*equal });
        all.pairs += equal.pairs;
        all.same += equal.same;
    }
    let repeats = schools().filter_map(|one| {
        let others = one.repeated.iter().filter_map(|equal| {
            let all = within.get(&equal.total)?;
            Some(EqualTotals { pairs: all.pairs - equal.pairs, same: all.same - equal.same, ..*all })
        });
        let others: Vec<EqualTotals> = others.collect();
        let in_classes = shares(limit("S12.pairs"), others.iter());
        let mut own = Repeats { school: one, repeats: 0, between: 0.0, expected: 0.0 };
        for EqualTotals { total, pairs, same } in &one.repeated {
            let Some(share) = between.get(total) else { continue };
            let expected = in_classes.get(total).map_or(*share, |of_classes| of_classes.max(*share));
            if 100.0 * expected <= limit("S12.agreement") && *pairs != 0 {
                own.repeats += same;
                own.between += as_f64(*pairs) * share;
                own.expected += as_f64(*pairs) * expected;
            }
        }
        (own.between > 0.0).then_some(own)
    });
    repeats.collect()
}

/// Rows of a school that repeat another of the class, and how many would by the share of pairs between schools, and by
/// the larger of this share and that within other classes.
struct Repeats<'a> {
    school: &'a SchoolPatterns,
    repeats: u64,
    between: f64,
    expected: f64,
}

/// Share of pairs that agree, by primary score; one more pair than seen, so that a score without a single match still
/// gives a chance of one. Scores with few pairs are left out.
fn shares<'a>(fewest: f64, counts: impl Iterator<Item = &'a EqualTotals>) -> BTreeMap<u16, f64> {
    let many = counts.filter(|equal| fewest <= as_f64(equal.pairs));
    many.map(|equal| (equal.total, as_f64(equal.same + 1) / as_f64(equal.pairs + 1))).collect()
}

/// «около 0,4», «меньше 0,1».
fn about(expected: f64) -> String {
    if expected < 0.1 { "меньше 0,1".to_owned() } else { format!("около {}", number::decimal(expected, 1)) }
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, school};
    use srez_model::level::Level;
    use srez_model::row_patterns::EqualTotals;

    #[test]
    fn many_repeats_fire_where_schools_seldom_agree() {
        let mut scene = Scene::with_schools(9);
        scene.measures_tasks(10);
        scene.patterns.between = vec![
            EqualTotals { total: 7, pairs: 9_999, same: 49 },
            // Everybody with full points agrees, and few pairs say nothing.
            EqualTotals { total: 10, pairs: 900, same: 900 },
            EqualTotals { total: 3, pairs: 20, same: 0 },
        ];
        let equal = |total, pairs, same| vec![EqualTotals { total, pairs, same }];
        for (id, repeated) in
            [("1", equal(7, 60, 4)), ("2", equal(7, 60, 1)), ("3", equal(10, 60, 12)), ("4", equal(3, 9, 4))]
        {
            scene.patterns.schools.push(school(id, |one| one.repeated = repeated));
        }
        for id in ["5", "6", "7", "8", "9"] {
            scene.patterns.schools.push(school(id, |one| one.repeated = equal(7, 60, 0)));
        }
        let named = |scene: &Scene| {
            let findings = scene.flagged().findings;
            let of_sign = findings.into_iter().filter(|one| one.sign.id == "S12" && one.level == Level::School);
            of_sign.map(|one| (one.group.clone(), one.text())).collect::<Vec<_>>()
        };
        let found = named(&scene);
        let groups: Vec<&str> = found.iter().map(|(group, _)| group.as_str()).collect();
        assert_eq!(groups, ["1", "2", "5", "6", "7", "8", "9"]);
        assert!(
            found[0].1.contains("4\u{a0}работы") && found[1..].iter().all(|(_, text)| text.is_empty()),
            "{found:?}"
        );
        // Where the classes of every school agree as much, no school is named.
        scene.patterns.schools.iter_mut().for_each(|one| one.repeated.iter_mut().for_each(|equal| equal.same = 4));
        assert!(named(&scene).iter().all(|(_, text)| text.is_empty()));
        scene.measures_tasks(5);
        assert!(scene.flagged().findings.iter().all(|one| one.sign.id != "S12"));
    }
}
