//! S03: schools above the other schools, «школы, чей опыт стоит изучить», in the order of the register.

use crate::{Entry, Found, Settings, finding, others, skill_words, with_interval};
use srez_model::compared::{SKILL, TOTAL};
use srez_model::finding::{Findings, ListedSchool, Matter, Said, SchoolList, Status};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Measures};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, as_f64};
use srez_wording::{number, rule};

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S03"),
    title: "школы, чей опыт стоит изучить",
    rule: "выполнение этого года с вероятностью не меньше {gap.sure} % выше, чем в остальных школах, не менее чем на \
           {gap.size} п.п.; участников не меньше {S03.participants}, групп признаков необъективности меньше \
           {S03.groups}; та же модель, что в S01; если умений у работы нет — по работе в целом",
    thresholds: &["gap.size", "gap.sure", "S03.participants", "S03.groups"],
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

/// What a school is compared in: name in `comparisons.csv`, matter, words.
type Compared = (String, Matter, String);

/// After the groups of signs: a school with two of them or more is left out.
fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let compared = compared(measures);
    let mut entries = Vec::new();
    for (measure, matter, words) in &compared {
        for school in settings.schools {
            let Some(row) = measures.comparison_of(Level::School, school, measure) else { continue };
            let (Some(share), Some(reference)) = (row.value, row.reference) else { continue };
            if !stands_out(settings, findings, row) {
                continue;
            }
            findings.count(SIGN.id, 0, 1);
            let mut one = finding(&SIGN, measures, (Level::School, school), matter.clone());
            one.status = Status::Probable;
            let size = settings.thresholds.get("gap.size");
            one.value = row.gap.map(|gap| gap.0);
            one.threshold = Some(size.value);
            one.threshold_source = size.source();
            one.unit.clone_from(&size.unit);
            one.n = row.n;
            one.sure = row.sure;
            one.said = Said::of_school(
                settings.name(school),
                &format!(
                    "{}. {words}: {} (n\u{a0}=\u{a0}{}) при {} {} (n\u{a0}=\u{a0}{}). Опыт стоит изучить.",
                    settings.name(school),
                    number::percent(share, row.n),
                    number::count(row.n),
                    number::percent(reference, row.n_reference),
                    others(row),
                    number::count(row.n_reference),
                ),
            );
            findings.findings.push(one);
            entries.push(entry(school, matter, words, row, share, reference));
        }
    }
    let chosen = |school: &&String| entries.iter().any(|entry: &ListedSchool| entry.school == **school);
    let schools: Vec<String> = settings.schools.iter().filter(chosen).cloned().collect();
    let reason = if entries.is_empty() { reason(settings, measures, &compared) } else { String::new() };
    findings.lists.push(SchoolList { sign: SIGN.id, title: TITLE.to_owned(), schools, reason, entries });
}

/// The skills; where there is none that is less than the whole work, the whole work.
fn compared(measures: &Measures) -> Vec<Compared> {
    let is_compared = |measure: &str| {
        let mut rows = measures.comparisons.iter().filter(|row| row.level == Level::School && row.measure == *measure);
        rows.any(|row| row.gap.is_some())
    };
    let skills: Vec<Compared> = measures
        .skills_of(Level::All, "")
        .map(|skill| (format!("{SKILL}{}", skill.title), Matter::Skill(skill.skill), skill_words(measures, skill)))
        .filter(|(measure, ..)| is_compared(measure))
        .collect();
    if skills.is_empty() {
        return vec![(TOTAL.to_owned(), Matter::Work, "Работа в целом".to_owned())];
    }
    skills
}

fn stands_out(settings: &Settings<'_>, findings: &Findings, row: &ComparisonRow) -> bool {
    let value = |id: &str| settings.thresholds.value(id);
    row.is_found_above()
        && value("S03.participants") <= as_f64(row.n)
        && as_f64(groups_of_signs(findings, &row.group)) < value("S03.groups")
}

/// Groups of signs that fired for a school.
fn groups_of_signs(findings: &Findings, school: &str) -> u64 {
    findings.particulars.iter().find(|one| one.school == school).map_or(0, |one| one.fired() as u64)
}

fn entry(
    school: &str,
    matter: &Matter,
    words: &str,
    row: &ComparisonRow,
    share: Percent,
    reference: Percent,
) -> ListedSchool {
    ListedSchool {
        school: school.to_owned(),
        matter: matter.clone(),
        matter_title: words.to_owned(),
        value: share,
        interval: with_interval(share, row.n),
        reference,
        n: row.n,
        n_reference: Some(row.n_reference),
    }
}

fn reason(settings: &Settings<'_>, measures: &Measures, compared: &[Compared]) -> String {
    let tested = |measure: &String| {
        measures
            .comparisons
            .iter()
            .any(|row| row.level == Level::School && row.measure == *measure && row.state.is_tested())
    };
    if compared.iter().any(|(measure, ..)| tested(measure)) {
        let least = rule::plain(settings.thresholds.value("S03.participants"));
        format!("отличие не выявлено ни у одной школы с числом участников не менее {least}")
    } else {
        format!("школы не сравнивались: {}", not_compared(settings, measures))
    }
}

/// Why no school of a work was tested against the others.
fn not_compared(settings: &Settings<'_>, measures: &Measures) -> &'static str {
    let took = |school: &&String| {
        let of_marks = measures.marks_of(Level::School, school).is_some_and(|row| row.n > 0);
        of_marks || measures.bands_of(Level::School, school).is_some_and(|row| row.n > 0)
    };
    match settings.schools.iter().filter(took).count() {
        0 => "результатов по школам нет",
        1 => "результаты есть только у одной школы",
        _ if measures.tasks.is_empty() => "у работы нет баллов за задания",
        _ => "участников мало, отличие нельзя было бы подтвердить",
    }
}
