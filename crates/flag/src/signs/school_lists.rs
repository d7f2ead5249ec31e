//! F22–F25: lists of schools with high and low results, for ОГЭ and ЕГЭ only, printed in the order of the register.

use crate::{Entry, Found, Settings};
use srez_model::compared::MeasureId;
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
    rule: "в перечень входят не больше {F22.share} % школ, у которых не меньше {F22.participants} участников; доли \
           школ берутся с поправкой на случайность набора учеников (та же модель, что в S02), школы располагаются по \
           сумме двух мест",
    thresholds: &["F22.participants", "F22.share"],
    tag: SourceTag::Unverified,
    caution: "правило не проверено, перечень неточен; по ВПР перечней школ нет",
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
    rule: "сумма мест по доле 81–100 баллов (наибольшая — первая) и доле ниже минимума (наименьшая — первая); не менее \
           {F22.participants} участников; не более {F22.share} % школ",
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
    rule: "сумма мест по доле ниже минимума (наибольшая — первая) и доле 61–100 баллов (наименьшая — первая); не менее \
           {F22.participants} участников; не более {F22.share} % школ",
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
    rule: "сумма мест по качеству (наибольшее — первое) и доле «2» (наименьшая — первая), и наоборот; не менее \
           {F22.participants} участников; не более {F22.share} % школ",
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

/// A list: the share that must be great and the one that must be small.
struct Choice {
    sign: SignId,
    title: &'static str,
    great: MeasureId,
    small: MeasureId,
}

const HIGH: &str = "Школы с наиболее высокими результатами";
const LOW: &str = "Школы с низкими результатами";

const OF_EGE: [Choice; 2] = [
    Choice { sign: HIGH_EGE.id, title: HIGH, great: MeasureId::FROM_81, small: MeasureId::BELOW_MINIMUM },
    Choice { sign: LOW_EGE.id, title: LOW, great: MeasureId::BELOW_MINIMUM, small: MeasureId::From61 },
];
const OF_OGE: [Choice; 2] = [
    Choice { sign: OGE.id, title: HIGH, great: MeasureId::ShareOfFourAndFive, small: MeasureId::ShareOfTwo },
    Choice { sign: OGE.id, title: LOW, great: MeasureId::ShareOfTwo, small: MeasureId::ShareOfFourAndFive },
];

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    if !measures.exam.key.procedure.has_attempts() {
        return;
    }
    let choices = if measures.exam.has_test_scores() { &OF_EGE } else { &OF_OGE };
    findings.lists = choices.iter().map(|choice| list(settings, measures, choice)).collect();
}

/// A school with the two shares, drawn towards the others by how much chance its participants leave.
struct Candidate<'a> {
    school: &'a str,
    great: f64,
    small: f64,
    /// False where nobody has the result that must be frequent.
    has_any: bool,
}

fn list(settings: &Settings<'_>, measures: &Measures, choice: &Choice) -> SchoolList {
    let least = settings.thresholds.value("F22.participants");
    let share = settings.thresholds.value("F22.share");
    let candidate = |school: &'_ String| {
        let row = |measure: &MeasureId| measures.comparison_of(Level::School, school, measure);
        let (great, small) = (row(&choice.great)?, row(&choice.small)?);
        let has_any = great.value.is_some_and(|value| 0.0 < value.0);
        let (great_share, small_share) = (great.shrunk()?.0, small.shrunk()?.0);
        let one = Candidate { school: great.group.as_str(), great: great_share, small: small_share, has_any };
        (least <= as_f64(great.n)).then_some(one)
    };
    let mut schools: Vec<Candidate<'_>> = settings.schools.iter().filter_map(candidate).collect();
    let candidates = schools.len();
    let places: Vec<usize> = schools.iter().map(|one| sum_of_places(&schools, one)).collect();
    let mut placed: Vec<(usize, Candidate<'_>)> = places.into_iter().zip(schools.drain(..)).collect();
    // Ties by the share that must be great, then by id, so that the choice does not depend on the order read.
    placed.sort_by(|(place, one), (other_place, other)| {
        place.cmp(other_place).then(other.great.total_cmp(&one.great)).then(one.school.cmp(other.school))
    });
    let most = (1..=candidates).take_while(|count| as_f64(*count as u64) * 100.0 <= share * as_f64(candidates as u64));
    placed.truncate(most.last().unwrap_or(0));
    let is_chosen = |school: &&String| placed.iter().any(|(_, one)| one.has_any && one.school == school.as_str());
    let schools: Vec<String> = settings.schools.iter().filter(is_chosen).cloned().collect();
    let reason = if schools.is_empty() {
        format!("школ с числом участников не менее {}: {candidates}; перечень не составляется", rule::plain(least))
    } else {
        String::new()
    };
    SchoolList { sign: choice.sign, title: choice.title.to_owned(), schools, reason, entries: Vec::new() }
}

/// How many schools stand before this one by the share that must be great, and how many by the one that must be small.
fn sum_of_places(schools: &[Candidate<'_>], own: &Candidate<'_>) -> usize {
    let before = |is_before: &dyn Fn(&Candidate<'_>) -> bool| schools.iter().filter(|one| is_before(one)).count();
    before(&|one| own.great < one.great) + before(&|one| one.small < own.small)
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, comparison};
    use srez_model::assessment::Procedure;
    use srez_model::compared::MeasureId;
    use srez_model::finding::SchoolList;
    use srez_model::measures::ComparisonRow;
    use srez_model::unit::{Percent, PercentagePoints};

    fn row(school: usize, measure: &MeasureId, n: u64, value: f64, gap: f64) -> ComparisonRow {
        ComparisonRow {
            reference: Some(Percent(20.0)),
            gap: Some(PercentagePoints(gap)),
            ..comparison(&school.to_string(), measure.clone(), n, value, 0.5)
        }
    }

    fn lists(mut scene: Scene, mut rows: Vec<ComparisonRow>) -> Vec<SchoolList> {
        rows.sort_by(|left, right| (&left.group, &left.measure).cmp(&(&right.group, &right.measure)));
        scene.comparisons = rows;
        let mut lists = scene.flagged().lists;
        lists.retain(|list| list.sign != "S03");
        lists
    }

    /// Fourteen schools, of which two may be listed. «1» has the greatest share of «2» by far, but of ten participants:
    /// drawn towards the others it is an ordinary school.
    #[test]
    fn a_list_is_chosen_by_values_that_small_schools_do_not_lead_by_chance() {
        let rows = (1..=14).flat_map(|school| {
            let (n, two, gap) = match school {
                1 => (10, 70.0, 2.0),
                2 => (60, 45.0, 20.0),
                3 => (60, 40.0, 15.0),
                // Never listed: too few participants.
                4 => (9, 90.0, 60.0),
                _ => (40, 20.0, f64::from(school) / 100.0),
            };
            let school = usize::try_from(school).unwrap();
            [
                row(school, &MeasureId::ShareOfTwo, n, two, gap),
                row(school, &MeasureId::ShareOfFourAndFive, n, 60.0, -gap),
            ]
        });
        let mut scene = Scene::with_schools(14);
        scene.procedure(Procedure::Oge);
        let found = lists(scene, rows.collect());
        // 15 % of the 13 schools with at least ten participants is one.
        assert_eq!(
            (found[1].title.as_str(), found[1].schools.as_slice()),
            ("Школы с низкими результатами", &["2".to_owned()][..])
        );
    }

    #[test]
    fn places_by_both_shares_are_added_and_a_list_of_few_says_why() {
        let rows = |schools: usize| -> Vec<ComparisonRow> {
            (1..=schools)
                .flat_map(|school| {
                    // «1» is first by one share and last by the other, «2» second by both.
                    let (best, below, from_61) = match school {
                        1 => (30.0, 20.0, 10.0),
                        2 => (25.0, -10.0, 12.0),
                        _ => (0.0, 0.0, 0.0),
                    };
                    [
                        row(school, &MeasureId::FROM_81, 30, 40.0, best),
                        row(school, &MeasureId::BELOW_MINIMUM, 30, 5.0, below),
                        row(school, &MeasureId::From61, 30, 60.0, from_61),
                    ]
                })
                .collect()
        };
        let ege = |schools: usize| {
            let ids = Scene::with_schools(u32::try_from(schools).unwrap());
            let mut scene = Scene::ege();
            scene.take_schools(ids);
            lists(scene, rows(schools))
        };
        assert_eq!(ege(7)[0].schools, ["2"]);
        let few = ege(6);
        assert!(few.iter().all(|list| list.schools.is_empty()));
        assert_eq!(few[0].reason, "школ с числом участников не менее 10: 6; перечень не составляется");
    }
}
