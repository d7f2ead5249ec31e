//! S06: more marks below (or above) the journal than the journal marks of the school let expect.
//!
//! Why a school must also stand out among the others: journals differ from school to school anyway. Asked only whether
//! a school differs from the rest, this sign names half of the schools of a city, and in simulated municipalities whose
//! journals are all alike 16 % of its names are false, because levels differ; asked both, at most 6 % are, however far
//! the journals lie apart (400 municipalities for each of 28 kinds: `tests/it/journal_power.rs`). What both questions
//! cost is power where journals differ much; how much, the grey sentence says.

use crate::circles::Circles;
use crate::tested::{Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::finding::Matter;
use srez_model::measures::Measures;
use srez_model::row_patterns::JournalMark;
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::overdispersion::{Excess, Usual};
use srez_statistics::{benjamini_hochberg, convolution, hypergeometric};
use srez_wording::sentence::signs::apart_from_expected;
use srez_wording::{number, rule};

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S06"),
    title: "расхождение с журналом больше ожидаемого",
    rule: "доля понизивших (повысивших) отметку отличается от ожидаемой по остальным школам не меньше чем на \
           {S06.difference} п.п., участников с обеими отметками не меньше {S06.participants}, q не больше {tests.q} \
           %; ожидаемое: сумма по отметкам журнала числа участников школы с этой отметкой, умноженного на долю \
           понизивших среди участников остальных школ муниципалитета с той же отметкой; p — большее из двух: свёртка \
           гипергеометрических распределений, двусторонняя («отличается от остальных»), и отклонение разности \
           повысивших и понизивших с учётом того, насколько школы расходятся между собой (tau²; «необычна среди \
           школ»); школ не меньше {unusual.schools}",
    thresholds: &["S06.difference", "S06.participants", "unusual.schools", "tests.q"],
    tag: SourceTag::Own,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: иные критерии отметок в школе, \
              отметка за четверть учитывает устную работу, малое число участников, подготовка к формату",
    works: Works::Vpr,
    group: Some(Membership::Full(SignGroup::Journal)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::NeedsRows,
    cause: Cause::Own,
    evidence: Evidence::Journal,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S06.difference",
    tests,
    nothing: |_, _| "Расхождение отметок за работу с журнальными: школ, необычных среди остальных, не выявлено.",
    background,
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

#[derive(Clone, Copy)]
enum Direction {
    Lowered,
    Raised,
}

impl Direction {
    fn of(self, mark: JournalMark) -> u64 {
        match self {
            Self::Lowered => mark.lowered,
            Self::Raised => mark.raised,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Lowered => "отметка за работу ниже журнальной",
            Self::Raised => "отметка за работу выше журнальной",
        }
    }
}

/// A school with its journal marks and those of all schools of its circle, itself included.
type Own<'a> = (&'a str, [JournalMark; 4], [JournalMark; 4]);

/// Schools of the focus with journal marks.
fn schools<'a>(settings: &Settings<'_>, measures: &'a Measures) -> Vec<Own<'a>> {
    let patterns = &measures.patterns;
    let has_marks =
        |school: &str| patterns.of_school(school).is_some_and(|one| one.journal.iter().any(|mark| mark.n > 0));
    let circles = Circles::new(settings, has_marks);
    let sums = circles.sums(|all: &mut [JournalMark; 4], school| {
        for (sum, own) in
            all.iter_mut().zip(patterns.of_school(school).map_or([JournalMark::default(); 4], |o| o.journal))
        {
            sum.n += own.n;
            sum.lowered += own.lowered;
            sum.raised += own.raised;
        }
    });
    let own = |school: &'_ String| {
        let one = patterns.of_school(school)?;
        Some((one.school.as_str(), one.journal, *sums.get(circles.of(school)?)?))
    };
    settings.schools.iter().filter_map(own).collect()
}

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let (tests, usual) = among_others(settings, measures);
    // The two directions of one school are one question: the smaller p, doubled, is its p. Whether the school stands
    // out is asked of both directions at once, because their difference is the least skewed.
    // Where the schools are too few to know how far they differ anyway, none is tested.
    let with_spread = |(test, excess): (Test, Excess)| {
        let unusual = usual?.two_sided(excess)?;
        Some(Test { p: unusual.max(test.p), ..test })
    };
    tests.into_iter().filter_map(with_spread).collect()
}

/// The tests of the schools, and how the schools usually lie about what the others let expect.
fn among_others(settings: &Settings<'_>, measures: &Measures) -> (Vec<(Test, Excess)>, Option<Usual>) {
    let tests: Vec<(Test, Excess)> = schools(settings, measures)
        .iter()
        .filter_map(|school| Some((both_ways(settings, school)?, excess(school))))
        .collect();
    let excesses: Vec<Excess> = tests.iter().map(|(_, excess)| *excess).collect();
    (tests, Usual::from_groups(&excesses, settings.thresholds.value("unusual.schools")))
}

/// Where a school must lie farther off to be noticed, the check tells nothing of a school, and says so.
const HARDLY: f64 = 0.5;

/// In how many schools the gap is there although none stands out, how far the schools differ anyway, and how far one
/// school of middling size would have to lie to be noticed.
fn background(settings: &Settings<'_>, measures: &Measures, family: u64) -> String {
    let (tests, usual) = among_others(settings, measures);
    let mut variances: Vec<f64> = tests.iter().map(|(_, excess)| excess.variance).collect();
    variances.sort_by(f64::total_cmp);
    let (Some(usual), Some(middle)) = (usual, variances.get(variances.len() / 2)) else { return String::new() };
    let limit = settings.thresholds.value("tests.q") / 100.0;
    let p: Vec<f64> = tests.iter().map(|(test, _)| test.p).collect();
    let q = benjamini_hochberg::adjusted(&p);
    let apart = tests.iter().zip(q).filter(|((test, _), q)| test.large && *q <= limit).count();
    let points = |share: f64| number::decimal(100.0 * share, 0);
    let noticed = usual.noticed(*middle, limit / as_f64(family.max(1)));
    let seen = if noticed < HARDLY {
        format!("школа средней величины была бы заметна при отклонении не меньше {}\u{a0}п.п.", points(noticed))
    } else {
        "при таком разбросе и числе школ отдельную школу выделить нельзя.".to_owned()
    };
    format!(
        " {} Обычное отклонение разности долей повысивших и понизивших от ожидаемой — {}\u{a0}п.п.; {seen}",
        apart_from_expected(
            apart as u64,
            tests.len() as u64,
            &rule::plain(settings.thresholds.value("S06.difference")),
            &rule::plain(100.0 * limit)
        ),
        points(usual.deviation()),
    )
}

fn both_ways(settings: &Settings<'_>, (school, own, all): &Own<'_>) -> Option<Test> {
    let both = [Direction::Lowered, Direction::Raised].map(|way| test(settings, school, (own, all), way));
    let test = both.into_iter().flatten().min_by(|left, right| left.p.total_cmp(&right.p))?;
    Some(Test { p: (2.0 * test.p).min(1.0), attainable: 2.0 * test.attainable, ..test })
}

/// Raised less lowered per pupil beyond what the others let expect, and its variance by chance.
fn excess((_, own, all): &Own<'_>) -> Excess {
    let (mut n, mut sum, mut variance) = (0.0, 0.0, 0.0);
    for (own, all) in own.iter().zip(all).filter(|(own, all)| 0 < own.n && own.n < all.n) {
        let (size, others) = (as_f64(own.n), as_f64(all.n - own.n));
        let net = |mark: JournalMark| as_f64(mark.raised) - as_f64(mark.lowered);
        let mean = net(*all) / as_f64(all.n);
        let spread = as_f64(all.raised + all.lowered) / as_f64(all.n) - mean * mean;
        n += size;
        sum += net(*own) - size * (net(*all) - net(*own)) / others;
        variance += size * spread * as_f64(all.n) / others;
    }
    Excess { value: sum / n, variance: variance / (n * n) }
}

/// None where too few pupils have a journal mark that the other schools know too.
fn test(
    settings: &Settings<'_>,
    school: &str,
    (own, all): (&[JournalMark; 4], &[JournalMark; 4]),
    way: Direction,
) -> Option<Test> {
    let known = || own.iter().zip(all).filter(|(own, all)| 0 < own.n && own.n < all.n);
    let n: u64 = known().map(|(own, _)| own.n).sum();
    if as_f64(n) < settings.thresholds.value("S06.participants") {
        return None;
    }
    let laws: Vec<_> = known().map(|(own, all)| hypergeometric::pmf(all.n, way.of(*all), own.n)).collect();
    let law = convolution::sum(&laws);
    let expected: f64 =
        known().map(|(own, all)| as_f64(own.n) * as_f64(way.of(*all) - way.of(*own)) / as_f64(all.n - own.n)).sum();
    let found: u64 = known().map(|(own, _)| way.of(*own)).sum();
    let gap = 100.0 * (as_f64(found) - expected) / as_f64(n);
    let left_out = own.iter().map(|mark| mark.n).sum::<u64>() - n;
    let tail = if left_out == 0 {
        String::new()
    } else {
        format!(" Не учтены {left_out} с отметкой журнала, которой нет в остальных школах.")
    };
    Some(Test {
        school: school.to_owned(),
        matter: Matter::Work,
        n,
        value: 100.0 * as_f64(found) / as_f64(n),
        p: law.two_sided(found),
        attainable: law.smallest_attainable(),
        large: settings.thresholds.value("S06.difference") <= gap.abs(),
        affected: (as_f64(found) - expected).abs(),
        text: format!(
            "{}: {} у {} из {}, при тех же долях, что в остальных школах, ожидалось около {}. Возможный маркер, \
             требует дополнительного анализа.{tail}",
            settings.name(school),
            way.words(),
            number::count(found),
            number::count(n),
            number::decimal(expected, 0),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{Direction, JournalMark, test};
    use crate::Settings;
    use crate::tests::{Scene, school};

    fn marks(cells: [(u64, u64); 3]) -> [JournalMark; 4] {
        let [three, four, five] = cells.map(|(lowered, n)| JournalMark { n, lowered, raised: 0 });
        [JournalMark::default(), three, four, five]
    }

    fn judged(own: [(u64, u64); 3], others: [(u64, u64); 3]) -> Option<super::Test> {
        let scene = Scene::default();
        let settings: Settings<'_> = scene.settings();
        let (own, mut all) = (marks(own), marks(others));
        for (sum, own) in all.iter_mut().zip(own) {
            sum.n += own.n;
            sum.lowered += own.lowered;
        }
        test(&settings, "1", (&own, &all), Direction::Lowered)
    }

    #[test]
    fn the_mix_of_journal_marks_is_expected() {
        let found = judged([(3, 10), (15, 30), (36, 60)], [(20, 100), (40, 100), (55, 100)]).unwrap();
        assert!((found.p - 0.257).abs() < 5e-4 && !found.large, "{}", found.p);
        assert!(found.text.contains("54 из 100") && found.text.contains("около 47"), "{}", found.text);
        // A mark that nobody else has is left out; fewer than ten pupils are no test.
        assert!(judged([(3, 9), (0, 0), (20, 30)], [(20, 100), (40, 100), (0, 0)]).is_none());
    }

    #[test]
    fn a_school_far_from_the_others_is_named_and_the_rest_is_kept_as_checked() {
        let mut scene = Scene::default();
        for id in ["1", "2", "3", "4", "5", "6"] {
            let lowered = if id == "1" { 28 } else { 9 };
            scene.patterns.schools.push(school(id, |one| one.journal = marks([(lowered, 40), (0, 0), (0, 0)])));
        }
        let findings = scene.flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign.id == "S06").collect();
        let fired: Vec<&str> = of_sign.iter().filter(|one| !one.is_silent()).map(|one| one.group.as_str()).collect();
        assert_eq!((of_sign.len(), fired), (6, vec!["1"]));
    }

    #[test]
    fn where_all_schools_differ_only_one_far_from_all_is_named() {
        let mut scene = Scene::with_schools(20);
        for place in 1..=20_u64 {
            let lowered = if place == 1 { 40 } else { 4 + 2 * (place % 10) };
            let id = place.to_string();
            scene.patterns.schools.push(school(&id, |one| one.journal = marks([(lowered, 40), (0, 0), (0, 0)])));
        }
        scene.patterns.schools.sort_by(|left, right| left.school.cmp(&right.school));
        let findings = scene.flagged();
        let fired: Vec<&str> = findings
            .findings
            .iter()
            .filter(|one| one.sign.id == "S06" && !one.is_silent())
            .map(|one| one.group.as_str())
            .collect();
        assert_eq!(fired, ["1"]);
    }
}
