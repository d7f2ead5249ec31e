//! S01b: a skill on which a school is weaker than its own level on the other tasks.

use crate::compared::{Checks, Question, Side, found};
use crate::{Entry, Found, Settings, others, skill_words};
use srez_model::compared::MeasureId;
use srez_model::finding::{Findings, Matter, Said};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, PercentagePoints};
use srez_wording::number;
use srez_wording::sentence::differences as said;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S01b"),
    title: "умение в этом году слабее собственного уровня школы",
    rule: "по каждому участнику — доля баллов на умение минус доля баллов на остальные задания; среднее школы этого \
           года с вероятностью не меньше {gap.sure} % ниже, чем в остальных школах, не менее чем на {gap.size} п.п.; \
           участников не меньше {S01.participants}; модель «школа, класс, ученик»; только полные работы",
    thresholds: &["gap.size", "gap.sure", "S01.participants"],
    tag: SourceTag::Own,
    caution: "показывает, на чём сосредоточиться школе, а не оценку школы",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::NeedsRows,
    cause: Cause::WeakSkill,
    evidence: Evidence::Comparisons,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let mut all = Vec::new();
    let mut checks = Checks::default();
    for skill in measures.skills_of(Level::All, "") {
        let measure = MeasureId::SkillOwn(skill.title.clone());
        let matter = Matter::Skill(skill.skill);
        let question = Question { sign: &SIGN, measure: &measure, matter, side: Side::Below };
        for school in found(settings, measures, findings, &mut checks, &question) {
            let (row, mut one) = (school.row, school.finding);
            let points = |share: Percent, n: u64| {
                let decimals = number::share_decimals(row.n);
                let points = number::percentage_points(PercentagePoints(share.0), decimals, true);
                format!("{points} (n\u{a0}=\u{a0}{})", number::count(n))
            };
            let name = settings.name(&row.group);
            let sentence = said::skill_below_own_level(
                &format!("{name}. {}", skill_words(measures, skill)),
                &points(school.value, row.n),
                &format!("{} — {}", others(row), points(school.reference, row.n_reference)),
                &school.gap,
                school.lasting,
            );
            one.said = Said::of_school(name, &sentence);
            all.push(one);
        }
    }
    all.sort_by_key(|one| settings.schools.iter().position(|school| *school == one.group));
    findings.findings.extend(all);
    findings.findings.extend(checks.grey(settings, measures, &SIGN));
}
