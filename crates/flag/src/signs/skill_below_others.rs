//! S01: a skill on which a school is below the other schools; silent where the school is below in the whole work.

use crate::compared::{Question, passed};
use crate::{Entry, Found, Settings, Way, difference_word, others_words, skill_words, with_interval};
use srez_model::compared::SKILL;
use srez_model::finding::{Findings, Matter, Said};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::differences as said;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S01"),
    title: "выполнение умения ниже, чем в остальных школах",
    rule: "q не больше {tests.q} %, разность не больше {S01.difference} п.п., участников не меньше \
           {S01.participants}; точное распределение суммы баллов (свёртка); только умения, которые говорят о школе \
           больше, чем работа в целом; у школы, результат которой ниже по работе в целом (S01a), печатаются только \
           умения слабее её собственного уровня (S01b)",
    thresholds: &["S01.difference", "S01.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "зона внимания, а не оценка школы; в малой школе заметны только большие отличия",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::LowSkill,
    evidence: Evidence::Comparisons,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

/// After S01a: its findings decide for which schools the skills are printed.
fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let mut found = Vec::new();
    for skill in measures.skills_of(Level::All, "") {
        let measure = format!("{SKILL}{}", skill.title);
        let question = Question {
            sign: &SIGN,
            measure: &measure,
            matter: Matter::Skill(skill.skill),
            difference: "S01.difference",
            participants: "S01.participants",
        };
        for school in passed(settings, measures, findings, &question) {
            let (row, mut one) = (school.row, school.finding);
            let interval = with_interval(school.value, row.n)
                .map_or_else(String::new, |whole| format!("{}; ", number::percent_interval(&whole, row.n)));
            let share = number::percent(school.value, row.n);
            let own = format!("{share} ({interval}n\u{a0}=\u{a0}{})", number::count(row.n));
            let ways: [Way; 3] = [said::skill_below, said::skill_below_done, said::skill_below_plainly];
            one.said = Said::of_school(
                settings.name(&row.group),
                &settings.in_turn(&row.group, ways)(
                    &format!("{}. {}", settings.name(&row.group), skill_words(measures, skill)),
                    &own,
                    &others_words(row, school.reference),
                    difference_word(row.funnel),
                ),
            );
            found.push(one);
        }
    }
    found.sort_by_key(|one| settings.schools.iter().position(|school| *school == one.group));
    findings.findings.extend(found);
}
