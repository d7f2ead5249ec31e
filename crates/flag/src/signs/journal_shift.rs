//! S06: more marks below (or above) the journal than the journal marks of the school let expect.
//!
//! Every participant is worth −1, 0 or 1 (mark of the work below, at or above the journal), less the mean of this among
//! the participants of the other schools with the same journal mark. Journals differ from school to school anyway, so
//! a school is named only where it lies farther off than schools lie off; where they differ much, one alone is hardly
//! ever found, and the sentence on the checks says so. What lies behind in every work of a school is found over all of
//! them together: each school has one such test in a procedure, beside those of its single works.

mod expected;
mod several_works;

use crate::tested::{self, Checks, Test, Tested};
use crate::{Entry, Found, Settings, standing};
use expected::{Own, Way};
use srez_model::finding::{Family, Matter};
use srez_model::measures::Measures;
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::number;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S06"),
    title: "расхождение с журналом больше ожидаемого",
    rule: "разность долей повысивших и понизивших отметку отличается от ожидаемой по остальным школам не меньше чем на \
           {S06.difference} п.п., участников с обеими отметками не меньше {S06.participants}, q не больше {tests.q} % \
           (вместе с другими маркерами); ожидаемая разность — та же разность у участников остальных школ \
           муниципалитета с той же отметкой журнала; p — место школы в распределении, которое предсказывают для неё \
           остальные школы с учётом того, насколько они расходятся между собой; школ не меньше {unusual.schools}; \
           сначала все работы школы вместе, затем каждая; отклонение не меньше {S06.apart} п.п. при точном p не больше \
           {S06.certain} называется и без отметки признака",
    thresholds: &["S06.difference", "S06.participants", "S06.apart", "S06.certain", "unusual.schools", "tests.q"],
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
    threshold: GATE,
    family: Family::Markers,
    tests,
    joint: Some(several_works::tests),
    subject: |_, _| "Отметки за работу против журнальных",
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Its size gate.
const GATE: &str = "S06.difference";
/// Fewest participants.
const FEWEST: &str = "S06.participants";

fn tests(settings: &Settings<'_>, measures: &Measures) -> Checks {
    let schools = expected::schools(settings, measures);
    let mut checks = Checks { untested: without_journal(settings, measures), ..Checks::default() };
    let groups: Vec<_> = schools.iter().map(Own::group).collect();
    let (mut spread, mut farthest): (Vec<f64>, Option<(f64, String)>) = (Vec::new(), None);
    for (own, found) in schools.iter().zip(standing::of_schools(settings, &groups, FEWEST)) {
        match found {
            Err(why) => checks.untested.push((own.school.to_owned(), why)),
            Ok(found) => {
                let test = test(settings, own, &found);
                spread.push(found.place.spread);
                if is_apart(settings, own, test.value)
                    && farthest.as_ref().is_none_or(|(value, _)| *value < test.value.abs())
                {
                    farthest = Some((test.value.abs(), farthest_words(settings, own)));
                }
                checks.tests.push(test);
            }
        }
    }
    if !spread.is_empty() {
        let usual = 100.0 * (spread.iter().sum::<f64>() / as_f64(spread.len() as u64)).sqrt();
        checks.remark = format!(
            " Школы и сами по себе расходятся между собой примерно на {}\u{a0}п.п.: чем это больше, тем труднее \
             выделить одну школу.",
            number::decimal(usual, 0)
        );
    }
    checks.if_nobody = farthest.map_or_else(String::new, |(_, words)| words);
    checks
}

/// Schools whose files hold no journal marks; exams have none.
fn without_journal(settings: &Settings<'_>, measures: &Measures) -> Vec<(String, String)> {
    let has_none = |school: &&String| measures.patterns.of_school(school).is_some_and(|one| one.journal.is_empty());
    let of_exam = settings.schools.iter().filter(|_| !measures.exam.key.procedure.has_attempts());
    of_exam.filter(has_none).map(|school| (school.clone(), "нет отметок журнала".to_owned())).collect()
}

fn test(settings: &Settings<'_>, own: &Own<'_>, found: &standing::Standing) -> Test {
    let (value, detectable) = (100.0 * found.value, 100.0 * found.detectable);
    let way = Way::of(value);
    let left_out = own.left_out();
    let tail = if left_out == 0 {
        String::new()
    } else {
        format!(" Не учтены {left_out} с отметкой журнала, которой нет в остальных школах.")
    };
    Test {
        school: own.school.to_owned(),
        matter: Matter::Work,
        tasks: Vec::new(),
        n: found.n,
        value,
        p: found.place.two_sided(),
        large: settings.thresholds.value(GATE) <= value.abs(),
        detectable: Some(detectable),
        // Who is as far off as that is not said to be like the others.
        is_distinct: tested::is_distinct(settings, GATE, detectable) && !is_apart(settings, own, value),
        affected: as_f64(found.n) * found.value.abs(),
        text: format!(
            "{}: {}. Возможный маркер, требует дополнительного анализа.{tail}",
            settings.name(own.school),
            counts(own, way)
        ),
    }
}

/// «отметка за работу ниже журнальной у 28 из 40, при тех же долях, что в остальных школах, ожидалось около 9».
fn counts(own: &Own<'_>, way: Way) -> String {
    let (found, expected) = own.counts(way);
    format!(
        "{} у {} из {}, при тех же долях, что в остальных школах, ожидалось около {}",
        way.words(),
        number::count(found),
        number::count(own.n()),
        number::decimal(expected, 0)
    )
}

/// True for a deviation that nobody may call nothing, whether or not schools lie as far off anyway.
fn is_apart(settings: &Settings<'_>, own: &Own<'_>, value: f64) -> bool {
    settings.thresholds.value("S06.apart") <= value.abs()
        && own.plain_p(Way::of(value)) <= settings.thresholds.value("S06.certain")
}

fn farthest_words(settings: &Settings<'_>, own: &Own<'_>) -> String {
    let way = Way::of(own.group().together().map_or(0.0, |whole| whole.mean));
    format!(
        " Больше всего отличается {}: {}; среди школ, которые так расходятся, это ещё не вывод.",
        settings.name(own.school),
        counts(own, way)
    )
}

#[cfg(test)]
mod tests;
