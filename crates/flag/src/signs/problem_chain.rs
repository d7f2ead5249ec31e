//! F11: from a deficit to a possible cause and what to do, as the problem-oriented analysis wants.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Finding, Findings, Said, Status};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F11"),
    title: "возможная причина того, что умение западает",
    rule: "для каждого умения, большинство заданий на которое ниже порога (F07), называется одна возможная причина — \
           та, \
           на которую указывают сами данные: не приступавших не меньше {F11.not_attempted} %, или частичного \
           выполнения не меньше {F11.partial} %, или ни того ни другого",
    thresholds: &["F11.not_attempted", "F11.partial"],
    tag: SourceTag::OfficialTranscript,
    caution: "причина — предположение, требует проверки; о работе учителя ничего не говорит",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

/// After F07: its findings are the deficits.
fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let deficits: Vec<Finding> =
        findings.findings.iter().filter(|one| one.sign.cause == Cause::SkillDeficit).cloned().collect();
    for deficit in deficits {
        let mut one = finding(&SIGN, measures, (deficit.level, &deficit.group), deficit.matter.clone());
        let (value, cause) = cause(settings, measures, &deficit);
        one.status = Status::Hypothesis;
        one.value = value;
        one.n = deficit.n;
        one.part_of.clone_from(&deficit.id);
        one.said = Said::sentence(format!(
            "Умение «{}»: возможная причина — {cause}. Требует проверки.",
            deficit.matter_title
        ));
        findings.findings.push(one);
    }
}

/// The cause that the outcomes on the tasks of the skill suggest.
fn cause(settings: &Settings<'_>, measures: &Measures, deficit: &Finding) -> (Option<f64>, &'static str) {
    let Group { level, name: group } = &settings.focus;
    let of_skill = measures.tasks_of(*level, group).filter(|row| {
        let task = measures.exam.tasks.get(usize::from(row.task));
        task.is_some_and(|task| task.matter() == deficit.matter_title)
    });
    let (mut n, mut skipped, mut partial) = (0, 0, 0);
    for row in of_skill {
        n += row.counts.n;
        skipped += row.counts.not_attempted;
        partial += row.counts.partial;
    }
    let share = |count: u64| srez_model::unit::Percent::of(count, n).map(|share| share.0);
    let over = |count: u64, id: &str| share(count).is_some_and(|share| settings.thresholds.value(id) <= share);
    if over(skipped, "F11.not_attempted") {
        let words = "тема не пройдена к дате работы или на задание не хватило времени: многие не приступали; сверить с \
                     календарно-тематическим планированием";
        (share(skipped), words)
    } else if over(partial, "F11.partial") {
        let words = "решение не доводится до конца: велика доля частичного выполнения; разобрать критерии и оформление";
        (share(partial), words)
    } else {
        let words = "умение отработано мало: задание выполняют, но неверно; разобрать ошибки и добавить тренировку";
        (share(skipped), words)
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::finding::Status;

    #[test]
    fn a_deficit_has_a_possible_cause_and_without_one_nothing_is_said() {
        let of = |not_attempted: u64, partial: u64| {
            let mut scene = Scene::with_deficit();
            for row in &mut scene.tasks {
                (row.counts.not_attempted, row.counts.partial) = (not_attempted, partial);
            }
            let findings = scene.flagged();
            findings.findings.into_iter().find(|one| one.sign.id == "F11").unwrap()
        };
        let skipped = of(40, 0);
        assert!(skipped.text().contains("не приступали") && skipped.status == Status::Hypothesis);
        assert!(of(2, 45).text().contains("частичного"));
        assert!(of(2, 2).text().contains("неверно") && !of(2, 2).part_of.is_empty());
        assert!(Scene::with_tasks(2).flagged().findings.iter().all(|one| one.sign.id != "F11"));
    }
}
