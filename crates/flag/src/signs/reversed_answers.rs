//! S09: rows of answers with easy tasks wrong and hard ones right, more of them than in other schools.

use crate::tested::{self, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::finding::Matter;
use srez_model::measures::Measures;
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::binomial;
use srez_wording::number;
use srez_wording::sentence::signs::reversed;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S09"),
    title: "лёгкие задания не выполнены, трудные выполнены",
    rule: "число работ, в которых ошибок Гуттмана больше, чем у 99 % работ остальных школ с тем же баллом: \
           биномиальный критерий с вероятностью 1 %, q не больше {tests.q} % и не меньше {S09.rows} работ; только \
           полные работы",
    thresholds: &["S09.rows", "tests.q"],
    tag: SourceTag::Literature,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: тема ещё не пройдена, часть \
              работы пропущена, сдвиг столбцов при вводе, малое число участников",
    works: Works::All,
    group: Some(Membership::Full(SignGroup::Answers)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::NeedsRows,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S09.rows",
    tests,
    nothing: |_, _| "Сочетание невыполненных лёгких и выполненных трудных заданий: особенностей не выявлено.",
    background: tested::unknown,
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Share of rows above the limit where nothing is unusual.
const EXPECTED: f64 = 0.01;

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let schools = settings.schools.iter().filter_map(|school| measures.patterns.of_school(school));
    let counted = schools.filter_map(|one| Some((one, one.compared.filter(|n| *n > 0)?)));
    counted
        .map(|(one, n)| {
            let law = binomial::pmf(n, EXPECTED);
            Test {
                school: one.school.clone(),
                matter: Matter::Work,
                n,
                value: as_f64(one.reversed),
                p: law.upper_tail(one.reversed),
                attainable: law.upper_tail(n),
                large: settings.thresholds.value("S09.rows") <= as_f64(one.reversed),
                affected: as_f64(one.reversed),
                text: format!(
                    "{}: {}, при обычном порядке ожидается около {}. Возможный маркер, требует дополнительного \
                     анализа.",
                    settings.name(&one.school),
                    reversed(one.reversed, n),
                    number::decimal(EXPECTED * as_f64(n), 1),
                ),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, school};

    #[test]
    fn three_rows_of_twenty_fire_and_three_of_a_hundred_or_two_do_not() {
        let mut scene = Scene::default();
        for (id, n, reversed) in [("1", 20, 3), ("2", 120, 3), ("3", 12, 2)] {
            scene.patterns.schools.push(school(id, |one| (one.compared, one.reversed) = (Some(n), reversed)));
        }
        // No limit is known: no test.
        scene.patterns.schools.push(school("4", |one| one.reversed = 9));
        let findings = scene.flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign.id == "S09").collect();
        assert_eq!(of_sign.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
        assert_eq!(of_sign.iter().filter(|one| !one.is_silent()).count(), 1);
        assert!((of_sign[0].p.unwrap() - 0.001).abs() < 5e-6 && of_sign[1].p.unwrap() > 0.1);
    }
}
