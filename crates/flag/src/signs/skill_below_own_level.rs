//! S01b: a skill on which a school is weaker than its own level on the other tasks.

use crate::compared::skills_below;
use crate::{Entry, Found, Settings, others, skill_words};
use srez_model::compared::MeasureId;
use srez_model::finding::Findings;
use srez_model::measures::{Measures, SkillRow};
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
    let measure = |skill: &SkillRow| MeasureId::SkillOwn(skill.title.clone());
    skills_below(settings, measures, findings, (&SIGN, measure), |skill, school| {
        let row = school.row;
        let points = |share: Percent, n: u64| {
            let decimals = number::share_decimals(row.n);
            let points = number::percentage_points(PercentagePoints(share.0), decimals, true);
            format!("{points} (n\u{a0}=\u{a0}{})", number::count(n))
        };
        said::skill_below_own_level(
            &format!("{}. {}", settings.name(&row.group), skill_words(measures, skill)),
            &points(school.value, row.n),
            &format!("{} — {}", others(row), points(school.reference, row.n_reference)),
            &school.gap,
            school.lasting,
        )
    });
}
