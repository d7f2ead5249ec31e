//! F01, F02: tasks against the thresholds of their level (ВПР). F20, F21: the same for ОГЭ and ЕГЭ, in tables only.

use crate::{Entry, Found, Settings, finding};
use srez_model::assessment::{Difficulty, Procedure};
use srez_model::finding::{Findings, Matter, Said, Severity, Verdict};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_wording::number;

/// ВПР, basic level.
const BASIC: SignDefinition = SignDefinition {
    id: SignId("F01"),
    title: "задание базового уровня: достаточный результат",
    rule: "выполнение выше {F01.sufficient+F01.zone} % — достаточный, от {F01.sufficient-F01.zone} до \
           {F01.sufficient+F01.zone} % — зона неопределённости, ниже {F01.sufficient-F01.zone} % — недостаточный",
    thresholds: &["F01.sufficient", "F01.zone"],
    tag: SourceTag::OfficialTranscript,
    caution: "для одной школы вывод ненадёжен, если интервал накрывает порог",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Completion,
    year_before: YearBefore::Found,
    cause: Cause::LowTask,
    evidence: Evidence::Counts,
};

/// ВПР, raised and high level.
const RAISED: SignDefinition = SignDefinition {
    id: SignId("F02"),
    title: "задание повышенного или высокого уровня: достаточный результат",
    rule: "выполнение выше {F02.sufficient+F02.zone} % — достаточный, от {F02.sufficient-F02.zone} до \
           {F02.sufficient+F02.zone} % — зона неопределённости, ниже {F02.sufficient-F02.zone} % — недостаточный",
    thresholds: &["F02.sufficient", "F02.zone"],
    tag: SourceTag::OfficialTranscript,
    caution: "для одной школы вывод ненадёжен, если интервал накрывает порог",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Completion,
    year_before: YearBefore::Found,
    cause: Cause::LowTask,
    evidence: Evidence::Counts,
};

/// ОГЭ and ЕГЭ, basic level.
const HARD_BASIC: SignDefinition = SignDefinition {
    id: SignId("F20"),
    title: "ЕГЭ, ОГЭ: сложное задание базового уровня",
    rule: "выполнение ниже {F20.basic} %; в тексте правило {F20.enabled}",
    thresholds: &["F20.basic", "F20.enabled"],
    tag: SourceTag::Unverified,
    caution: "правило не проверено: отметка в таблице; в тексте — только если правило включено в реестре порогов",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::UnconfirmedCompletion,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// ОГЭ and ЕГЭ, raised and high level.
const HARD_RAISED: SignDefinition = SignDefinition {
    id: SignId("F21"),
    title: "ЕГЭ, ОГЭ: сложное задание повышенного или высокого уровня",
    rule: "выполнение ниже {F21.raised} %; в тексте правило {F21.enabled}",
    thresholds: &["F21.raised", "F21.enabled"],
    tag: SourceTag::Unverified,
    caution: "правило не проверено: отметка в таблице; в тексте — только если правило включено в реестре порогов",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::UnconfirmedCompletion,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry =
    Entry { signs: &[&BASIC, &RAISED, &HARD_BASIC, &HARD_RAISED], found: Found::InExam(find) };

/// The sign of a task's level in its procedure.
fn sign_of(procedure: Procedure, difficulty: Difficulty) -> &'static SignDefinition {
    match (procedure.has_attempts(), difficulty) {
        (false, Difficulty::Basic) => &BASIC,
        (false, _) => &RAISED,
        (true, Difficulty::Basic) => &HARD_BASIC,
        (true, _) => &HARD_RAISED,
    }
}

/// Sentences for ВПР; those of F20 and F21 are empty until the analyst enables the rules.
fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let procedure = measures.exam.key.procedure;
    let Group { level, name: group } = &settings.focus;
    let found: Vec<_> = measures
        .tasks_of(*level, group)
        .zip(&findings.verdicts)
        .filter_map(|(row, judged)| {
            let (pct, difficulty) = (row.pct?, measures.difficulty(row.task)?);
            let (sign, threshold, zone) = (sign_of(procedure, difficulty), judged.threshold?, judged.zone);
            let task = measures.exam.tasks.get(usize::from(row.task))?;
            let n = row.counts.n;
            let text = match judged.verdict {
                Verdict::Insufficient => {
                    let interval = row
                        .interval
                        .map_or_else(String::new, |interval| format!("{}; ", number::percent_interval(&interval, n)));
                    let tail = if judged.reliable {
                        "."
                    } else {
                        ", но при таком числе участников вывод ненадёжен."
                    };
                    format!(
                        "Задание № {} ({}): {} ({interval}n\u{a0}=\u{a0}{}); ниже порога {}{tail}",
                        task.id,
                        difficulty.letter(),
                        number::percent(pct, n),
                        number::count(n),
                        number::percent_exact(threshold, 0),
                    )
                }
                Verdict::Zone => format!(
                    "Задание № {}: {} — у порога ({} ± {} %): ни низким, ни достаточным не считается.",
                    task.id,
                    number::percent(pct, n),
                    number::decimal(threshold, 0),
                    number::decimal(zone, u8::from(zone.fract() != 0.0)),
                ),
                Verdict::Sufficient | Verdict::Unknown => return None,
            };
            let mut found = finding(sign, measures, (*level, group), Matter::Task(row.task));
            found.severity = Some(Severity::Judged(judged.verdict));
            found.value = Some(pct.0);
            found.threshold = Some(threshold);
            found.threshold_source = settings.thresholds.get(sign.thresholds[0]).source();
            found.unit.clone_from(&settings.thresholds.get(sign.thresholds[0]).unit);
            found.n = n;
            if !procedure.has_attempts() || settings.is_enabled(sign.id) {
                found.said = Said::sentence(text);
            }
            Some(found)
        })
        .collect();
    findings.findings.extend(found);
}
