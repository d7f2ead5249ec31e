//! S05: more works exactly at the cuts of the marks than a smooth distribution of scores has; the municipality first.

use crate::{Entry, Found, Settings, finding};
use srez_model::check::CheckState;
use srez_model::finding::{Finding, Findings, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::{BoundaryRow, Measures, Moved};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::binomial;
use srez_wording::number;
use srez_wording::sentence::checks;
use srez_wording::sentence::signs::{at_the_cuts, beside_a_cut, beyond_all};
use std::collections::BTreeSet;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S05"),
    title: "скопление работ у границ отметок",
    rule: "по баллам всего муниципалитета без баллов у границ (граница и балл ниже неё) проводится плавная кривая. \
           Муниципалитет: доля работ, сдвинутых через границы, не меньше {city.bunching_share} %, p не больше \
           {city.bunching_p} %, работ не меньше {city.bunching_works}, и без школы с наибольшим скоплением p не больше \
           {city.bunching_without} %. Школа: одна проверка на школу и работу — превышение над той же кривой с \
           поправкой на средний балл школы против остальных школ, с учётом того, насколько школы расходятся между \
           собой; q не больше {tests.q} %, превышение больше, чем в остальных школах, не меньше чем на {S05.excess} \
           п.п., участников не меньше {S05.participants}, работ в баллах у границ не меньше {S05.pair}, школ не меньше \
           {unusual.schools}; отклонение не меньше {S05.apart} п.п. при точном p не больше {S05.certain} называется и \
           без отметки",
    thresholds: &[
        "city.bunching_p",
        "city.bunching_share",
        "city.bunching_without",
        "city.bunching_works",
        "S05.apart",
        "S05.certain",
        "S05.excess",
        "S05.pair",
        "S05.participants",
        "tests.q",
        "unusual.schools",
    ],
    tag: SourceTag::Literature,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: перепроверка пограничных работ \
              по правилу, малое число участников, один сильный класс, подготовка к формату; где скопление общее, школы \
              сравниваются с муниципалитетом, и не отмеченная школа от него не свободна",
    works: Works::Vpr,
    group: Some(Membership::Full(SignGroup::Distribution)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Boundaries,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

/// True where this sign was tested on a school: a test that did not fire leaves no finding.
pub(crate) fn is_tested(sign: &SignDefinition, measures: &Measures, school: &str) -> bool {
    let row = measures.bunching_of(Level::School, school);
    sign.id == SIGN.id && row.and_then(|row| row.state).is_some_and(CheckState::is_tested)
}

/// True where all schools of the focus bunch together, so that none is free of it.
pub(crate) fn is_common(sign: &SignDefinition, settings: &Settings<'_>, measures: &Measures) -> bool {
    sign.id == SIGN.id && of_focus(settings, measures).is_some_and(BoundaryRow::is_found)
}

fn of_focus<'a>(settings: &Settings<'_>, measures: &'a Measures) -> Option<&'a BoundaryRow> {
    let Group { level, name } = &settings.focus;
    measures.bunching_of(*level, name)
}

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let city = of_focus(settings, measures);
    let common = city.is_some_and(BoundaryRow::is_found);
    let schools: Vec<&BoundaryRow> =
        settings.schools.iter().filter_map(|school| measures.bunching_of(Level::School, school)).collect();
    for row in &schools {
        findings.count_state(SIGN.id, row.state.unwrap_or_default());
    }
    let mut found: Vec<Finding> = schools
        .iter()
        .filter(|row| row.is_found())
        .filter_map(|row| of_school(settings, measures, row, common))
        .collect();
    found.extend(city.and_then(|city| of_all(settings, measures, city, &schools)));
    findings.findings.extend(found);
}

/// A finding with a size in percent and its threshold.
fn sized(settings: &Settings<'_>, one: Finding, size: Option<f64>, threshold: &str) -> Finding {
    let threshold = settings.thresholds.get(threshold);
    Finding {
        value: size.map(|size| 100.0 * size),
        threshold: Some(threshold.value),
        threshold_source: threshold.source(),
        unit: threshold.unit.clone(),
        ..one
    }
}

fn of_school(settings: &Settings<'_>, measures: &Measures, row: &BoundaryRow, common: bool) -> Option<Finding> {
    let (expected, name) = (row.expected?, settings.name(&row.group));
    let relative = if common {
        " Это относительно муниципалитета, в котором скопление общее."
    } else {
        ""
    };
    let text = format!(
        "{name}: {}{}.{relative} Особенность требует уточнения; возможные объяснения: перепроверка пограничных работ \
         по правилу, малое число участников, один сильный класс.",
        at_the_cuts(row.n_at, row.works(), &number::decimal(expected, 0)),
        at_the_greatest(measures, row).map_or_else(String::new, |words| format!("; {words}")),
    );
    let one = Finding {
        status: Status::Probable,
        n: row.n,
        p: row.p,
        q: row.q,
        affected: (as_f64(row.n_at) - expected).max(0.0),
        said: Said::of_school(name, &text),
        ..finding(&SIGN, measures, (Level::School, &row.group), Matter::Work)
    };
    let beyond = row.excess.zip(row.excess_others).map(|(own, others)| own - others);
    Some(sized(settings, one, beyond, "S05.excess"))
}

/// The cut with the greatest excess.
fn at_the_greatest(measures: &Measures, row: &BoundaryRow) -> Option<String> {
    let excess = |one: &BoundaryRow| one.expected.map_or(0.0, |expected| as_f64(one.n_at) - expected);
    let cuts = measures.boundaries_of(row.level, &row.group).iter().filter(|one| one.cut.is_some());
    let greatest = cuts.max_by(|left, right| excess(left).total_cmp(&excess(right)))?;
    let cut = greatest.cut?;
    Some(beside_a_cut(greatest.n_below, greatest.n_at, &cut.saturating_sub(1).to_string(), &cut.to_string()))
}

/// What was found of all schools together, or the grey sentence: once per exam.
fn of_all(
    settings: &Settings<'_>,
    measures: &Measures,
    city: &BoundaryRow,
    schools: &[&BoundaryRow],
) -> Option<Finding> {
    let status = match city.state? {
        CheckState::Found => Status::Probable,
        _ if schools.iter().any(|row| row.state.is_some_and(CheckState::is_tested)) => Status::Checked,
        CheckState::NotFound | CheckState::Indistinct => Status::Checked,
        CheckState::NotTested => Status::NoData,
    };
    let words = match (city.state?, city.moved) {
        (CheckState::Found, Some(moved)) => common(settings, measures, city, moved, schools),
        _ => format!(
            "Скопление работ у границ отметок. {} {}{}",
            city_checked(settings, city),
            schools_checked(schools),
            farthest(settings, schools)
        ),
    };
    let one = Finding {
        status,
        n: city.n,
        p: city.p,
        said: Said::sentence(words),
        ..finding(&SIGN, measures, (city.level, &city.group), Matter::Work)
    };
    Some(sized(settings, one, city.moved.map(|moved| moved.share), "city.bunching_share"))
}

/// «около 73 % работ … (95 %: 66–80 %)».
fn moved_words(moved: Moved) -> String {
    let percent = |share: f64| 100.0 * share.clamp(0.0, 1.0);
    format!(
        "около {} (95\u{a0}%: {}\u{a0}%)",
        number::percent_exact(percent(moved.share), 0),
        number::range(percent(moved.low), percent(moved.high), 0)
    )
}

fn common(
    settings: &Settings<'_>,
    measures: &Measures,
    city: &BoundaryRow,
    moved: Moved,
    schools: &[&BoundaryRow],
) -> String {
    let state =
        |wanted: fn(CheckState) -> bool| schools.iter().filter(|row| row.state.is_some_and(wanted)).count() as u64;
    let whole = if settings.focus.level == Level::Municipality {
        "По всему муниципалитету"
    } else {
        "По всем школам"
    };
    let mut words = format!(
        "{whole} у\u{a0}границ отметок работ больше, чем даёт плавное распределение баллов: из работ, которые имели бы \
         на балл меньше, балл границы имеют {}",
        moved_words(moved)
    );
    if let Some(cut) = at_the_greatest(measures, city) {
        words.push_str(&format!("; {cut}"));
    }
    words.push('.');
    // The same on all files, where they are more than the municipality.
    let beside = measures.bunching_of(Level::All, "").filter(|all| city.n < all.n && city.level != Level::All);
    if let Some(moved) = beside.and_then(|all| all.moved) {
        words.push_str(&format!(" По всем муниципалитетам выгрузки\u{a0}— {}.", moved_words(moved)));
    }
    format!(
        "{words} Возможный маркер, требует дополнительного анализа. {}",
        beyond_all(state(|one| one == CheckState::Found), state(CheckState::is_tested))
    )
}

fn city_checked(settings: &Settings<'_>, city: &BoundaryRow) -> String {
    let whole = if settings.focus.level == Level::Municipality {
        "По муниципалитету в целом"
    } else {
        "По всем школам вместе"
    };
    let least = city.detectable.map_or_else(String::new, |least| number::percent_exact((100.0 * least).ceil(), 0));
    match city.state.unwrap_or_default() {
        _ if city.of_one_school => format!("{whole}: скопление создаёт одна школа."),
        CheckState::Found => String::new(),
        CheckState::NotFound => format!("{whole} не выявлено."),
        CheckState::Indistinct => format!(
            "{whole} не выявлено, но и не различимо: долю сдвинутых работ меньше {least} по этим данным не заметить."
        ),
        CheckState::NotTested => format!("{whole} не проверялось: {}.", plain(&city.reason)),
    }
}

fn schools_checked(schools: &[&BoundaryRow]) -> String {
    let of = |state: CheckState| schools.iter().filter(move |row| row.state == Some(state));
    let count = |state| of(state).count() as u64;
    let sizes = of(CheckState::Indistinct).filter_map(|row| row.detectable);
    let size = sizes
        .min_by(f64::total_cmp)
        .map_or_else(String::new, |size| format!("{}\u{a0}п.п.", number::decimal((100.0 * size).ceil(), 0)));
    let reasons: BTreeSet<&str> = of(CheckState::NotTested).map(|row| plain(&row.reason)).collect();
    let said = checks::of_schools(
        count(CheckState::Found),
        count(CheckState::NotFound),
        count(CheckState::Indistinct),
        count(CheckState::NotTested),
        &size,
        &reasons.into_iter().collect::<Vec<_>>().join("; "),
    );
    format!("По школам. {said}")
}

/// The school that is farthest off where none is marked: what anybody would see in the table is not passed over, and is
/// no verdict.
fn farthest(settings: &Settings<'_>, schools: &[&BoundaryRow]) -> String {
    let limit = |id: &str| settings.thresholds.value(id);
    let is_clear = |row: &&&BoundaryRow| {
        let (Some(excess), Some(others), Some(expected)) = (row.excess, row.excess_others, row.expected) else {
            return false;
        };
        let works = row.works();
        limit("S05.pair") <= as_f64(works)
            && limit("S05.apart") <= 100.0 * (excess - others)
            && binomial::pmf(works, expected / as_f64(works)).upper_tail(row.n_at) <= limit("S05.certain")
    };
    if schools.iter().any(|row| row.is_found()) {
        return String::new();
    }
    let beyond = |row: &BoundaryRow| row.excess.unwrap_or(0.0) - row.excess_others.unwrap_or(0.0);
    let most = schools.iter().filter(is_clear).max_by(|left, right| beyond(left).total_cmp(&beyond(right)));
    most.map_or_else(String::new, |row| {
        let expected = number::decimal(row.expected.unwrap_or(0.0), 0);
        format!(
            " Больше всего отличается {}: {}; среди школ, которые так расходятся, это ещё не вывод.",
            settings.name(&row.group),
            at_the_cuts(row.n_at, row.works(), &expected)
        )
    })
}

/// A reason without the words that the sentence has.
fn plain(reason: &str) -> &str {
    reason.strip_prefix("не проверяется: ").unwrap_or(reason)
}

#[cfg(test)]
mod tests;
