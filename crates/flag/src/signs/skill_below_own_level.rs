//! S01b: a skill on which a school is weaker than its own level on the other tasks.

use crate::tested::{self, Test, Tested};
use crate::{Entry, Found, Settings, skill_words};
use srez_model::finding::Matter;
use srez_model::level::Level;
use srez_model::measures::{Measures, SkillRow};
use srez_model::row_patterns::{PatternSums, SchoolPatterns};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::{PercentagePoints, as_f64};
use srez_statistics::student;
use srez_wording::number;

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("S01b"),
    title: "умение слабее собственного уровня школы",
    rule: "по каждому участнику — доля баллов на умение минус доля баллов на остальные задания; среднее школы минус \
           среднее остальных школ не больше {S01b.difference} п.п., q не больше {tests.q} %, участников не меньше \
           {S01.participants}; критерий Стьюдента с отклонением внутри школ; только полные работы и умения, по \
           которым суждение о школе допустимо",
    thresholds: &["S01b.difference", "S01.participants", "tests.q"],
    tag: SourceTag::Own,
    caution: "показывает, на чём сосредоточиться школе, а не оценку школы",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::NeedsRows,
    cause: Cause::WeakSkill,
    evidence: Evidence::Skill,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S01b.difference",
    tests,
    nothing: |_, _| "Умения слабее собственного уровня школы: не выявлено.",
    background: tested::unknown,
    keeps_checked: false,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

/// Fewest degrees of freedom for the deviation within schools.
const FEWEST_FREE: u64 = 30;
/// Fewest schools.
const FEWEST_SCHOOLS: usize = 3;

fn tests(settings: &Settings<'_>, measures: &Measures) -> Vec<Test> {
    let patterns = &measures.patterns;
    let schools: Vec<&SchoolPatterns> =
        settings.schools.iter().filter_map(|school| patterns.of_school(school)).filter(|one| one.n > 0).collect();
    if schools.len() < FEWEST_SCHOOLS {
        return Vec::new();
    }
    let skills = measures.skills_of(Level::All, "").filter(|skill| skill.reportable);
    skills.flat_map(|skill| of_skill(settings, measures, &schools, skill)).collect()
}

fn of_skill(settings: &Settings<'_>, measures: &Measures, schools: &[&SchoolPatterns], skill: &SkillRow) -> Vec<Test> {
    let place = usize::from(skill.skill);
    let max = measures.patterns.skill_maxima.get(place).copied().unwrap_or(0);
    let rest = measures.patterns.maximum.saturating_sub(max);
    let sums: Vec<(&str, PatternSums)> =
        schools.iter().filter_map(|one| Some((one.school.as_str(), *one.skills.get(place)?))).collect();
    let all = sums.iter().fold(PatternSums::default(), |all, (_, own)| all.plus(*own));
    let free = all.n.saturating_sub(sums.len() as u64);
    let squares: f64 = sums.iter().map(|(_, own)| own.sum_of_squares()).sum();
    if max == 0 || rest == 0 || free < FEWEST_FREE || squares <= 0.0 {
        return Vec::new();
    }
    // The sums hold `s·m_x − x·m_s`: divided by `m_s·(m_x − m_s)` that is the difference of the two shares.
    let unit = as_f64(max * rest);
    let deviation = (squares / as_f64(free)).sqrt() / unit;
    let limit = |id: &str| settings.thresholds.value(id);
    let tested = sums.iter().filter_map(|(school, own)| {
        let others = all.without(*own);
        let gap = (own.mean()? - others.mean()?) / unit;
        let points =
            |share: f64| number::percentage_points(PercentagePoints(100.0 * share), u8::from(own.n >= 50), true);
        let error = deviation * (1.0 / as_f64(own.n) + 1.0 / as_f64(others.n)).sqrt();
        if as_f64(own.n) < limit("S01.participants") {
            return None;
        }
        Some(Test {
            school: (*school).to_owned(),
            matter: Matter::Skill(skill.skill),
            n: own.n,
            value: 100.0 * gap,
            p: student::two_sided(gap / error, as_f64(free)),
            attainable: 0.0,
            large: 100.0 * gap <= limit("S01b.difference"),
            affected: as_f64(own.n) * gap.abs(),
            text: format!(
                "{}. {}: слабее собственного уровня школы. Выполнение этого умения минус выполнение остальных заданий: \
                 {} (n\u{a0}=\u{a0}{}), в остальных школах — {} (n\u{a0}=\u{a0}{}).",
                settings.name(school),
                skill_words(measures, skill),
                points(own.mean()? / unit),
                number::count(own.n),
                points(others.mean()? / unit),
                number::count(others.n),
            ),
        })
    });
    tested.collect()
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, school};
    use srez_model::row_patterns::PatternSums;

    fn scene(first: i64) -> Scene {
        let mut scene = Scene::default();
        scene.reportable = true;
        scene.patterns.skill_maxima = vec![4];
        scene.patterns.maximum = 20;
        for id in ["1", "2", "3", "4"] {
            let mut sums = PatternSums::default();
            // One pupil's number is 64 times the difference of his two shares.
            let centre = if id == "1" { first } else { 0 };
            (0..40).zip([-16, 16].into_iter().cycle()).for_each(|(_, off)| sums.add(centre + off));
            scene.patterns.schools.push(school(id, |one| (one.skills, one.n) = (vec![sums], 40)));
        }
        scene
    }

    #[test]
    fn a_skill_behind_the_other_tasks() {
        let findings = scene(-8).flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign.id == "S01b").collect();
        assert_eq!(of_sign.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["1"]);
        assert_eq!(of_sign[0].value, Some(-12.5));
        // A gap of five points is sure enough, but small.
        let small = scene(-4).flagged();
        assert!(small.findings.iter().all(|one| one.sign.id != "S01b" || one.group != "1"));
        // The skill is the whole work.
        let mut whole = scene(-8);
        whole.patterns.maximum = 4;
        assert!(whole.flagged().findings.iter().all(|one| one.sign.id != "S01b"));
    }
}
