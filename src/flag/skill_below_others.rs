//! S01: a skill on which a school is below the other schools; silent where the school is below in the whole work.

use super::{Settings, difference_word, finding, has_fired, others, skill_words, with_interval};
use crate::model::compared::SKILL;
use crate::model::finding::{Findings, Matter, SignDefinition, Status};
use crate::model::level::Level;
use crate::model::measures::Measures;
use crate::model::threshold::SourceTag;
use crate::model::unit::as_f64;
use crate::wording::number;

/// The sign.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "S01",
    title: "выполнение умения ниже, чем в остальных школах",
    rule: "q не больше 10 %, разность не больше −8 п.п., участников не меньше 10; точное распределение суммы баллов \
           (свёртка); только умения, которые говорят о школе больше, чем работа в целом; у школы, результат которой \
           ниже по работе в целом, умения отдельно не перечисляются",
    thresholds: &["S01.difference", "S01.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "зона внимания, а не оценка школы; в малой школе заметны только большие отличия; отличие умения от \
              собственного уровня школы (S01b) не вычислялось",
};

/// After S01a: its findings decide for which schools the skills are printed.
pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let value = |id: &str| settings.thresholds.value(id);
    for school in settings.schools {
        let below = has_fired(findings, "S01a", school);
        for skill in measures.skills_of(Level::All, "") {
            let measure = format!("{SKILL}{}", skill.title);
            let Some(row) = measures.comparison_of(Level::School, school, &measure) else { continue };
            let (Some(share), Some(reference), Some(q)) = (row.value, row.reference, row.q) else { continue };
            findings.checked += 1;
            let enough = value("S01.participants") <= as_f64(row.n);
            if !enough || value("tests.q") < q * 100.0 || value("S01.difference") < share.minus(reference).0 || below {
                continue;
            }
            findings.fired += 1;
            let mut one = finding(&SIGN, measures, (Level::School, school), Matter::Skill(skill.skill));
            one.status = Status::Probable;
            one.severity.clone_from(&row.funnel);
            one.value = Some(share.0);
            one.threshold = Some(value("S01.difference"));
            one.threshold_source = settings.thresholds.get("S01.difference").source();
            one.n = row.n;
            one.p = row.p;
            one.q = row.q;
            one.text = format!(
                "{}. {}: выполнение {} ({}n = {}), {} — {}. Отличие {}.",
                settings.name(school),
                skill_words(measures, skill),
                number::percent(share, row.n),
                with_interval(share, row.n)
                    .map_or_else(String::new, |whole| { format!("{}; ", number::percent_interval(&whole, row.n)) }),
                number::count(row.n),
                others(row),
                number::percent(reference, row.n_reference),
                difference_word(&row.funnel),
            );
            findings.findings.push(one);
        }
    }
}
