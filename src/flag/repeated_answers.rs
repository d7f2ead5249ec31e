//! S12: rows of answers that repeat another row of the class, more of them than between schools.

use super::Settings;
use super::tested::{self, Test, Tested};
use crate::model::finding::{Matter, SignDefinition};
use crate::model::measures::Measures;
use crate::model::row_patterns::EqualTotals;
use crate::model::threshold::SourceTag;
use crate::model::unit::as_f64;
use crate::statistics::poisson;
use crate::wording::number;
use crate::wording::sentence::signs::repeated;
use std::collections::BTreeMap;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S12",
    title: "одинаковые строки баллов внутри класса",
    rule: "число строк, повторяющих другую строку своего класса, против ожидаемого: по каждому баллу — пар внутри \
           классов, умноженных на большую из двух долей: совпадений среди пар участников разных школ с тем же баллом \
           и повторов на пару внутри классов остальных школ; закон Пуассона, q не больше {tests.q} %, повторов не \
           меньше {S12.rows}; заданий в работе не меньше {S12.tasks}; баллы, при которых пар меньше {S12.pairs} или \
           совпадает больше {S12.agreement} % пар, не учитываются",
    thresholds: &["S12.rows", "S12.tasks", "S12.pairs", "S12.agreement", "tests.q"],
    tag: SourceTag::Own,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: ошибка копирования при вводе, общие \
              пробелы класса, разбор тех же заданий перед работой",
};

/// The sign with its tests.
pub(super) const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S12.rows",
    tests,
    nothing: "Одинаковые строки баллов внутри классов: больше ожидаемого не выявлено.",
    background: tested::unknown,
    keeps_checked: true,
};

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let limit = |id: &str| settings.thresholds.value(id);
    if as_f64(measures.exam.tasks.len() as u64) < limit("S12.tasks") {
        return Vec::new();
    }
    let between = shares(limit("S12.pairs"), measures.patterns.between.iter());
    let schools = || settings.schools.iter().filter_map(|school| measures.patterns.of_school(school));
    let mut within: BTreeMap<u16, EqualTotals> = BTreeMap::new();
    for equal in schools().flat_map(|one| &one.repeated) {
        let all = within.entry(equal.total).or_insert(EqualTotals { pairs: 0, same: 0, ..*equal });
        all.pairs += equal.pairs;
        all.same += equal.same;
    }
    let tested = schools().filter_map(|one| {
        let others = one.repeated.iter().filter_map(|equal| {
            let all = within.get(&equal.total)?;
            Some(EqualTotals { pairs: all.pairs - equal.pairs, same: all.same - equal.same, ..*all })
        });
        let others: Vec<EqualTotals> = others.collect();
        let in_classes = shares(limit("S12.pairs"), others.iter());
        let expected_share = |total: u16| {
            let between = *between.get(&total)?;
            let share = in_classes.get(&total).map_or(between, |share| share.max(between));
            (100.0 * share <= limit("S12.agreement")).then_some(share)
        };
        let known = || one.repeated.iter().filter_map(|equal| Some((equal, expected_share(equal.total)?)));
        let pairs: u64 = known().map(|(equal, _)| equal.pairs).sum();
        let expected: f64 = known().map(|(EqualTotals { pairs, .. }, share)| as_f64(*pairs) * share).sum();
        let repeats: u64 = known().map(|(equal, _)| equal.same).sum();
        (0 < pairs).then(|| Test {
            school: one.school.clone(),
            matter: Matter::Work,
            n: one.n,
            value: as_f64(repeats),
            p: poisson::upper_tail(repeats, expected),
            attainable: 0.0,
            large: limit("S12.rows") <= as_f64(repeats),
            affected: as_f64(repeats),
            text: format!(
                "{}: {}, ожидалось {} (n\u{a0}= {}). Возможный маркер, требует дополнительного анализа.",
                settings.name(&one.school),
                repeated(repeats),
                about(expected),
                number::count(one.n),
            ),
        })
    });
    tested.collect()
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
    use super::super::tests::{Scene, school};
    use crate::model::row_patterns::EqualTotals;

    #[test]
    fn many_repeats_fire_where_schools_seldom_agree() {
        let mut scene = Scene::with_tasks(10);
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
        let findings = scene.flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign == "S12").collect();
        assert_eq!(of_sign.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["1", "2"]);
        assert!(of_sign[0].text.contains("4\u{a0}работы") && of_sign[1].text.is_empty(), "{}", of_sign[0].text);
        scene.measures_tasks(5);
        assert!(scene.flagged().findings.iter().all(|one| one.sign != "S12"));
    }
}
