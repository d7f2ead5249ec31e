//! F01, F02: tasks against the thresholds of their level (ВПР). F20, F21: the same for ОГЭ and ЕГЭ, in tables only.

use super::{Settings, finding};
use srez_model::assessment::{Difficulty, Procedure};
use srez_model::finding::{Findings, Matter, SignDefinition, TaskVerdict, Verdict};
use srez_model::measures::{Measures, TaskRow};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_wording::number;

/// ВПР, basic level.
pub(super) const BASIC: SignDefinition = SignDefinition {
    id: "F01",
    title: "задание базового уровня: достаточный результат",
    rule: "выполнение выше {F01.sufficient+F01.zone} % — достаточный, от {F01.sufficient-F01.zone} до \
           {F01.sufficient+F01.zone} % — зона неопределённости, ниже {F01.sufficient-F01.zone} % — недостаточный",
    thresholds: &["F01.sufficient", "F01.zone"],
    tag: SourceTag::OfficialTranscript,
    caution: "для одной школы вывод ненадёжен, если интервал накрывает порог",
};

/// ВПР, raised and high level.
pub(super) const RAISED: SignDefinition = SignDefinition {
    id: "F02",
    title: "задание повышенного или высокого уровня: достаточный результат",
    rule: "выполнение выше {F02.sufficient+F02.zone} % — достаточный, от {F02.sufficient-F02.zone} до \
           {F02.sufficient+F02.zone} % — зона неопределённости, ниже {F02.sufficient-F02.zone} % — недостаточный",
    thresholds: &["F02.sufficient", "F02.zone"],
    tag: SourceTag::OfficialTranscript,
    caution: "для одной школы вывод ненадёжен, если интервал накрывает порог",
};

/// ОГЭ and ЕГЭ, basic level.
pub(super) const HARD_BASIC: SignDefinition = SignDefinition {
    id: "F20",
    title: "ЕГЭ, ОГЭ: сложное задание базового уровня",
    rule: "выполнение ниже {F20.basic} %; в тексте правило {F20.enabled}",
    thresholds: &["F20.basic", "F20.enabled"],
    tag: SourceTag::Unverified,
    caution: "правило не проверено: отметка в таблице; в тексте — только если правило включено в реестре порогов",
};

/// ОГЭ and ЕГЭ, raised and high level.
pub(super) const HARD_RAISED: SignDefinition = SignDefinition {
    id: "F21",
    title: "ЕГЭ, ОГЭ: сложное задание повышенного или высокого уровня",
    rule: "выполнение ниже {F21.raised} %; в тексте правило {F21.enabled}",
    thresholds: &["F21.raised", "F21.enabled"],
    tag: SourceTag::Unverified,
    caution: "правило не проверено: отметка в таблице; в тексте — только если правило включено в реестре порогов",
};

/// Threshold and half-width of the zone that a task's level has in its procedure.
fn limits(
    settings: &Settings<'_>,
    procedure: Procedure,
    difficulty: Difficulty,
) -> (&'static SignDefinition, f64, f64) {
    let value = |id: &str| settings.thresholds.value(id);
    match (procedure.has_attempts(), difficulty) {
        (false, Difficulty::Basic) => (&BASIC, value("F01.sufficient"), value("F01.zone")),
        (false, _) => (&RAISED, value("F02.sufficient"), value("F02.zone")),
        (true, Difficulty::Basic) => (&HARD_BASIC, value("F20.basic"), 0.0),
        (true, _) => (&HARD_RAISED, value("F21.raised"), 0.0),
    }
}

/// Verdict on a completion.
fn verdict(pct: f64, threshold: f64, zone: f64) -> Verdict {
    if pct < threshold - zone {
        Verdict::Insufficient
    } else if zone == 0.0 || threshold + zone < pct {
        Verdict::Sufficient
    } else {
        Verdict::Zone
    }
}

/// Verdicts on the tasks of the focus, in the order of the paper.
pub(super) fn verdicts(settings: &Settings<'_>, measures: &Measures) -> Vec<TaskVerdict> {
    let Group { level, name: group } = &settings.focus;
    measures.tasks_of(*level, group).map(|row| of_row(settings, measures, row)).collect()
}

fn of_row(settings: &Settings<'_>, measures: &Measures, row: &TaskRow) -> TaskVerdict {
    let known = measures.difficulty(row.task).zip(row.pct);
    let Some((difficulty, pct)) = known else {
        return TaskVerdict { task: row.task, verdict: Verdict::Unknown, reliable: false, threshold: None, zone: 0.0 };
    };
    let (_, threshold, zone) = limits(settings, measures.exam.key.procedure, difficulty);
    let holds = row.interval.is_some_and(|interval| interval.low.0 <= threshold && threshold <= interval.high.0);
    TaskVerdict {
        task: row.task,
        verdict: verdict(pct.0, threshold, zone),
        reliable: row.interval.is_some() && !holds,
        threshold: Some(threshold),
        zone,
    }
}

/// Sentences for ВПР; those of F20 and F21 are empty until the analyst enables the rules.
pub(super) fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let procedure = measures.exam.key.procedure;
    let Group { level, name: group } = &settings.focus;
    let found: Vec<_> = measures
        .tasks_of(*level, group)
        .zip(&findings.verdicts)
        .filter_map(|(row, judged)| {
            let (pct, difficulty) = (row.pct?, measures.difficulty(row.task)?);
            let (sign, threshold, zone) = limits(settings, procedure, difficulty);
            let task = measures.exam.tasks.get(usize::from(row.task))?;
            let n = row.counts.n;
            let text = match judged.verdict {
                Verdict::Insufficient => {
                    let interval = row
                        .interval
                        .map_or_else(String::new, |interval| format!("{}; ", number::percent_interval(&interval, n)));
                    let (source, tail) = (
                        settings.thresholds.get(sign.thresholds[0]).tag.title(),
                        if judged.reliable {
                            "."
                        } else {
                            ", но при таком числе участников вывод ненадёжен."
                        },
                    );
                    format!(
                        "Задание № {} ({}): {} ({interval}n\u{a0}=\u{a0}{}); ниже порога {} ({source}){tail}",
                        task.id,
                        difficulty.letter(),
                        number::percent(pct, n),
                        number::count(n),
                        number::percent_exact(threshold, 0),
                    )
                }
                Verdict::Zone => format!(
                    "Задание № {}: {} — зона неопределённости {} ± {} %.",
                    task.id,
                    number::percent(pct, n),
                    number::decimal(threshold, 0),
                    number::decimal(zone, u8::from(zone.fract() != 0.0)),
                ),
                Verdict::Sufficient | Verdict::Unknown => return None,
            };
            let mut found = finding(sign, measures, (*level, group), Matter::Task(row.task));
            judged.verdict.title().clone_into(&mut found.severity);
            found.value = Some(pct.0);
            found.threshold = Some(threshold);
            found.threshold_source = settings.thresholds.get(sign.thresholds[0]).source();
            found.n = n;
            if !procedure.has_attempts() || settings.is_enabled(sign.id) {
                found.text = text;
            }
            Some(found)
        })
        .collect();
    findings.findings.extend(found);
}

#[cfg(test)]
mod tests {
    use super::{Verdict, verdict};

    #[test]
    fn the_zone_holds_its_ends() {
        let of = |pct| verdict(pct, 60.0, 3.0);
        assert_eq!(
            [56.9, 57.0, 63.0, 63.1].map(of),
            [Verdict::Insufficient, Verdict::Zone, Verdict::Zone, Verdict::Sufficient]
        );
        assert_eq!([49.9, 50.0].map(|pct| verdict(pct, 50.0, 0.0)), [Verdict::Insufficient, Verdict::Sufficient]);
    }
}
