//! S03: «школы, чей опыт стоит изучить»: above the schools of their type as a whole, or above all in this year.

use crate::compared::{Checks, Side, state};
use crate::{Entry, Found, Settings, finding, others, skill_words};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::finding::{Finding, Findings, ListedSchool, Matter, Said, SchoolList, Status};
use srez_model::level::Level;
use srez_model::measures::{BoundaryRow, ComparisonRow, Measures};
use srez_model::place::is_selective;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::sentence::differences as said;
use srez_wording::{number, rule};

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S03"),
    title: "школы, чей опыт стоит изучить",
    rule: "школа в целом с вероятностью не меньше {S03.sure} % выше школ своего типа не менее чем на {gap.size} п.п. \
           (та же модель, что в S01, только среди школ типа); если школ этого типа меньше четырёх или тип неизвестен — \
           результат этого года с вероятностью не меньше {gap.sure} % выше, чем во всех остальных школах, не менее чем \
           на столько же, а школа с отбором учеников не сравнивается; участников не меньше {S03.participants}; если \
           прошлый год сопоставим, вероятность, что школа была выше и тогда, не меньше {S03.before} %; групп признаков \
           необъективности меньше {S03.groups}, нет признаков S05 и S12, а при общем скоплении у границ отметок \
           собственное превышение не больше {S03.excess} п.п.; называется не больше {S03.most} школ по умению, сначала \
           сравнённые со школами своего типа",
    thresholds: &[
        "gap.size",
        "gap.sure",
        "S03.participants",
        "S03.groups",
        "S03.sure",
        "S03.before",
        "S03.excess",
        "S03.most",
    ],
    tag: SourceTag::Own,
    caution: "повод изучить опыт, а не место в ряду; порядок — по реестру",
    works: Works::All,
    group: None,
    deficit: Deficit::Never,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Comparisons,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::AfterGroups(find) };

/// Heading of the list.
const TITLE: &str = "Школы, чей опыт стоит изучить";
/// Signs after which a result is no example until it is looked into.
const DOUBTFUL: [&str; 2] = ["S05", "S12"];

/// What a school is compared in.
struct Compared {
    /// As in `comparisons.csv`.
    measure: MeasureId,
    matter: Matter,
    words: String,
}

/// A school in one matter.
struct Judged<'a> {
    school: &'a str,
    /// The comparison that decides.
    row: &'a ComparisonRow,
    /// True where the school as a whole is judged among the schools of its type, false where this year among all.
    is_lasting: bool,
    /// Probability that it lies above by the size that counts.
    sure: f64,
    state: CheckState,
    /// Why it was not tested.
    why: String,
}

/// After the groups of signs: they say whose result is no example.
fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let most = settings.thresholds.value("S03.most");
    let mut checks = Checks::default();
    let (mut entries, mut found) = (Vec::new(), Vec::new());
    for compared in compared(measures) {
        let judged =
            settings.schools.iter().filter_map(|school| judge(settings, measures, findings, school, &compared));
        let judged: Vec<Judged<'_>> = judged.collect();
        let mut above: Vec<&Judged<'_>> = Vec::new();
        for one in &judged {
            findings.count_state(SIGN.id, one.state);
            checks.put(&one.row.group, one.state, None, &one.why);
            above.extend((one.state == CheckState::Found).then_some(one));
        }
        let mut named = above.clone();
        named.sort_by(|left, right| {
            right
                .is_lasting
                .cmp(&left.is_lasting)
                .then(right.sure.total_cmp(&left.sure))
                .then(left.school.cmp(right.school))
        });
        let named: Vec<&str> =
            named.iter().zip(1..).take_while(|(_, n)| as_f64(*n) <= most).map(|(one, _)| one.school).collect();
        for one in above {
            let is_named = named.contains(&one.school);
            found.extend(of_school(settings, measures, &compared, one, is_named));
            entries.extend(entry(&compared, one).filter(|_| is_named));
        }
    }
    let chosen = |school: &&String| entries.iter().any(|entry: &ListedSchool| entry.school == **school);
    let schools: Vec<String> = settings.schools.iter().filter(chosen).cloned().collect();
    let reason = if entries.is_empty() { reason(&checks) } else { String::new() };
    findings.findings.extend(found);
    findings.worth_studying = Some(SchoolList { title: TITLE.to_owned(), schools, reason, entries });
}

/// The work as a whole and its skills, where schools are compared in them.
fn compared(measures: &Measures) -> Vec<Compared> {
    let total =
        Compared { measure: MeasureId::Total, matter: Matter::Work, words: "Работа в целом".to_owned() };
    let skills = measures.skills_of(Level::All, "").map(|skill| Compared {
        measure: MeasureId::skill(&skill.title),
        matter: Matter::Skill(skill.skill),
        words: skill_words(measures, skill),
    });
    let is_compared = |skill: &Compared| {
        let mut rows = measures.comparisons.iter().filter(|row| row.level == Level::School);
        rows.any(|row| row.measure == skill.measure && row.gap.is_some())
    };
    std::iter::once(total).chain(skills.filter(is_compared)).collect()
}

/// A school that has a value; whether its result stands out, and whether it may be an example.
fn judge<'a>(
    settings: &Settings<'_>,
    measures: &'a Measures,
    findings: &Findings,
    school: &'a str,
    compared: &Compared,
) -> Option<Judged<'a>> {
    let value = |id: &str| settings.thresholds.value(id);
    let row = |measure: &MeasureId| measures.comparison_of(Level::School, school, measure);
    let all = row(&compared.measure).filter(|row| row.value.is_some())?;
    let of_type = row(&compared.measure.against_same_type()).filter(|row| row.gap.is_some());
    let (row, is_lasting) = of_type.map_or((all, false), |row| (row, true));
    let sure = if is_lasting { row.above_school } else { row.sure };
    let judged = |state, why: String| Some(Judged { school, row, is_lasting, sure: sure.unwrap_or(0.0), state, why });
    let untested = |why: &str| judged(CheckState::NotTested, why.to_owned());
    if as_f64(row.n) < value("S03.participants") {
        return untested(&format!("участников меньше {}", rule::plain(value("S03.participants"))));
    }
    if !is_lasting && settings.types.get(school).is_some_and(|kind| is_selective(kind)) {
        return untested("школ того же типа мало, сравнить не с кем");
    }
    let state = match row.above_school {
        Some(above) if is_lasting => lasting(above, value("S03.sure") / 100.0),
        _ => state(row, Side::Above),
    };
    match state {
        CheckState::NotTested => untested(&row.reason),
        CheckState::Found if row.above_before.is_some_and(|above| 100.0 * above < value("S03.before")) => {
            judged(CheckState::NotFound, String::new())
        }
        CheckState::Found if is_doubtful(settings, measures, findings, school) => {
            untested("сначала нужно проверить сам результат школы")
        }
        state => judged(state, String::new()),
    }
}

/// The probability decides both ways; between them nothing is said.
fn lasting(above: f64, sure: f64) -> CheckState {
    if sure <= above {
        CheckState::Found
    } else if above <= 1.0 - sure {
        CheckState::NotFound
    } else {
        CheckState::Indistinct
    }
}

/// Whether signs say that the result must be looked into first.
fn is_doubtful(settings: &Settings<'_>, measures: &Measures, findings: &Findings, school: &str) -> bool {
    let value = |id: &str| settings.thresholds.value(id);
    let signs = findings.particulars.iter().find(|one| one.school == school);
    let has_signs = signs.is_some_and(|one| {
        value("S03.groups") <= as_f64(one.fired() as u64)
            || one.signs.iter().any(|sign| DOUBTFUL.contains(&sign.as_str()))
    });
    let city = measures.bunching_of(settings.focus.level, &settings.focus.name);
    let own = measures.bunching_of(Level::School, school).and_then(|row| row.excess);
    let is_common = city.is_some_and(BoundaryRow::is_found);
    has_signs || is_common && own.is_some_and(|own| value("S03.excess") < 100.0 * own)
}

fn of_school(
    settings: &Settings<'_>,
    measures: &Measures,
    compared: &Compared,
    one: &Judged<'_>,
    is_named: bool,
) -> Option<Finding> {
    let (row, name, size) = (one.row, settings.name(one.school), settings.thresholds.get("gap.size"));
    let counted = |share, n| format!("{} (n\u{a0}=\u{a0}{})", number::percent(share, n), number::count(n));
    let (own, reference) = (counted(row.value?, row.n), counted(row.reference?, row.n_reference));
    let text = if one.is_lasting {
        said::worth_studying_as_a_whole(name, &compared.words, &own, &reference, &row.reference_group, row.years)
    } else {
        said::worth_studying_this_year(name, &compared.words, &own, &reference, others(row))
    };
    Some(Finding {
        status: Status::Probable,
        state: Some(CheckState::Found),
        value: row.gap.map(|gap| gap.0),
        threshold: Some(size.value),
        threshold_source: size.source(),
        unit: size.unit.clone(),
        n: row.n,
        sure: Some(one.sure),
        // The others stand in the table alone.
        said: if is_named { Said::of_school(name, &text) } else { Said::Silent },
        ..finding(&SIGN, measures, (Level::School, one.school), compared.matter.clone())
    })
}

fn entry(compared: &Compared, one: &Judged<'_>) -> Option<ListedSchool> {
    let (row, value) = (one.row, one.row.value?);
    Some(ListedSchool {
        school: one.school.to_owned(),
        matter: compared.matter.clone(),
        matter_title: compared.words.clone(),
        kind: if one.is_lasting { row.reference_group.clone() } else { String::new() },
        is_lasting: one.is_lasting,
        value,
        interval: row.value_interval,
        reference: row.reference?,
        n: row.n,
        n_reference: Some(row.n_reference),
    })
}

/// Why nobody is named.
fn reason(checks: &Checks<'_>) -> String {
    let Some(words) = checks.unfound() else { return "результатов по школам нет".to_owned() };
    let mut letters = words.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
