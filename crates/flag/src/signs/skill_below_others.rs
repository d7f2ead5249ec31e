//! S01: a skill on which a school is below the other schools; silent where the school is below in the whole work.

use crate::compared::skills_below;
use crate::{Entry, Found, Settings, Way, others_words, skill_words};
use srez_model::compared::MeasureId;
use srez_model::finding::Findings;
use srez_model::measures::{Measures, SkillRow};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_wording::number;
use srez_wording::sentence::differences as said;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S01"),
    title: "выполнение умения в этом году ниже, чем в остальных школах",
    rule: "выполнение этого года с вероятностью не меньше {gap.sure} % ниже, чем в остальных школах, не менее чем на \
           {gap.size} п.п.; участников не меньше {S01.participants}; модель «школа, класс, ученик»; у школы, результат \
           которой ниже по работе в целом (S01a), печатаются только умения слабее её собственного уровня (S01b)",
    thresholds: &["gap.size", "gap.sure", "S01.participants"],
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
    let ways: [Way; 3] = [said::skill_below, said::skill_below_done, said::skill_below_plainly];
    let measure = |skill: &SkillRow| MeasureId::skill(&skill.title);
    skills_below(settings, measures, findings, (&SIGN, measure), |skill, school| {
        let row = school.row;
        let own = format!("{} (n\u{a0}=\u{a0}{})", number::percent(school.value, row.n), number::count(row.n));
        let (way, name) = (settings.in_turn(&row.group, ways), settings.name(&row.group));
        let (title, others) = (skill_words(measures, skill), others_words(row, school.reference));
        way(&format!("{name}. {title}"), &own, &others, &school.gap, school.lasting)
    });
}
