//! F22–F25: lists of schools with high and low results, for ОГЭ and ЕГЭ only, printed in the order of the register.

use crate::{Entry, Found, Settings};
use srez_model::finding::{Findings, SchoolList};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::rule;

/// How long a list is.
const SIZE: SignDefinition = SignDefinition {
    id: SignId("F22"),
    title: "перечни школ по ЕГЭ и ОГЭ: сколько школ и с каким числом участников",
    rule: "в перечень входят не больше {F22.share} % школ, у которых не меньше {F22.participants} участников",
    thresholds: &["F22.participants", "F22.share"],
    tag: SourceTag::Unverified,
    caution: "правило не проверено; по ВПР перечней школ нет",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Never,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// ЕГЭ, high.
const HIGH_EGE: SignDefinition = SignDefinition {
    id: SignId("F23"),
    title: "ЕГЭ: школы с наиболее высокими результатами",
    rule: "наибольшая доля 81–100 баллов и наименьшая доля ниже минимума; не менее {F22.participants} участников; не \
           более {F22.share} % школ",
    thresholds: &["F22.participants", "F22.share"],
    tag: SourceTag::Unverified,
    caution: "только для внутреннего издания; школы стоят в порядке реестра, это не рейтинг",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Never,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// ЕГЭ, low.
const LOW_EGE: SignDefinition = SignDefinition {
    id: SignId("F24"),
    title: "ЕГЭ: школы с низкими результатами",
    rule: "наибольшая доля ниже минимума и наименьшая доля 61–100 баллов; не менее {F22.participants} участников; не \
           более {F22.share} % школ",
    thresholds: &["F22.participants", "F22.share"],
    tag: SourceTag::Unverified,
    caution: "только для внутреннего издания; школы стоят в порядке реестра, это не рейтинг",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// ОГЭ, both.
const OGE: SignDefinition = SignDefinition {
    id: SignId("F25"),
    title: "ОГЭ: школы с высокими и низкими результатами",
    rule: "наибольшее качество и наименьшая доля «2», и наоборот; не менее {F22.participants} участников; не более \
           {F22.share} % школ",
    thresholds: &["F22.participants", "F22.share"],
    tag: SourceTag::Unverified,
    caution: "только для внутреннего издания; школы стоят в порядке реестра, это не рейтинг",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIZE, &HIGH_EGE, &LOW_EGE, &OGE], found: Found::AfterGroups(find) };

/// Shares by which a school is chosen: first the one that must be great, then the one that must be small.
type Key = (f64, f64);

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    if !measures.exam.key.procedure.has_attempts() {
        return;
    }
    let least = settings.thresholds.value("F22.participants");
    let mut high: Vec<(Key, &String)> = Vec::new();
    let mut low: Vec<(Key, &String)> = Vec::new();
    for school in settings.schools {
        let shares = if measures.exam.has_test_scores() {
            measures.bands_of(Level::School, school).filter(|row| least <= as_f64(row.n)).map(|row| {
                let share = |count: u64| as_f64(count) / as_f64(row.n);
                let [below, _, good, best] = row.by_band;
                ((share(best), share(below)), (share(below), share(good + best)))
            })
        } else {
            measures.marks_of(Level::School, school).filter(|row| least <= as_f64(row.marked())).map(|row| {
                let share = |count: u64| as_f64(count) / as_f64(row.marked());
                let [two, _, four, five] = row.by_mark;
                ((share(four + five), share(two)), (share(two), share(four + five)))
            })
        };
        if let Some((of_high, of_low)) = shares {
            high.push((of_high, school));
            low.push((of_low, school));
        }
    }
    let (of_high, of_low) = if measures.exam.has_test_scores() { (HIGH_EGE.id, LOW_EGE.id) } else { (OGE.id, OGE.id) };
    let share = settings.thresholds.value("F22.share");
    findings.lists = vec![
        list(settings, of_high, "Школы с наиболее высокими результатами", high, share),
        list(settings, of_low, "Школы с низкими результатами", low, share),
    ];
}

fn list(
    settings: &Settings<'_>,
    sign: SignId,
    title: &str,
    mut schools: Vec<(Key, &String)>,
    share: f64,
) -> SchoolList {
    let candidates = schools.len();
    // Greatest first share, then smallest second; ties by id, so that the choice does not depend on the order read.
    schools.sort_by(|((first, second), id), ((other_first, other_second), other)| {
        other_first.total_cmp(first).then(second.total_cmp(other_second)).then(id.cmp(other))
    });
    let most = (1..=candidates).take_while(|count| as_f64(*count as u64) * 100.0 <= share * as_f64(candidates as u64));
    let most = most.last().unwrap_or(0);
    schools.truncate(most);
    let chosen: Vec<&String> = schools.into_iter().filter(|((first, _), _)| *first > 0.0).map(|(_, id)| id).collect();
    let in_order = settings.schools.iter().filter(|school| chosen.contains(school)).cloned().collect::<Vec<_>>();
    let reason = if in_order.is_empty() {
        let least = rule::plain(settings.thresholds.value("F22.participants"));
        format!("школ с числом участников не менее {least}: {candidates}; перечень не составляется")
    } else {
        String::new()
    };
    SchoolList { sign, title: title.to_owned(), schools: in_order, reason, entries: Vec::new() }
}
