//! Tasks of a subject that need attention, and what a meeting makes of them: agenda and draft decision.

use crate::model::finding::Verdict;
use crate::model::report::{Bar, Text};
use crate::report::context::{Chapter, Context};
use crate::wording::text as words;

/// Decision of a meeting: three draft points.
pub(in crate::report) fn decision(attention: &[Attention]) -> Vec<Text> {
    let target = attention.first().map_or_else(
        || "показатель: доля заданий с достаточным уровнем".to_owned(),
        |seen| format!("показатель: выполнение задания на это умение не ниже порога ({} класс)", seen.grade),
    );
    vec![
        Text::plain(format!(
            "Включить в рабочие планы задания на умения из таблицы; {target}. Срок:\u{a0}____________"
        )),
        Text::plain("Провести открытый урок или мастер-класс в школе, у которой получается. Срок:\u{a0}____________"),
        Text::plain(
            "Провести короткую проверочную работу по этим умениям и сравнить с таблицей. Срок:\u{a0}____________",
        ),
    ]
}

/// A task that needs attention. Shares are percent.
pub(in crate::report) struct Attention {
    pub(in crate::report) exam: String,
    pub(in crate::report) grade: u8,
    pub(in crate::report) task: String,
    pub(in crate::report) matter: String,
    pub(in crate::report) pct: f64,
    pub(in crate::report) n: u64,
    pub(in crate::report) below: f64,
    pub(in crate::report) bar: Bar,
    pub(in crate::report) parts: [f64; 4],
    pub(in crate::report) groups: [Option<f64>; 2],
    pub(in crate::report) bands: bool,
}

/// The tasks farthest below their thresholds, five at most; where none is below, those nearest to them.
pub(in crate::report) fn find(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Attention> {
    let mut found = candidates(context, chapters);
    if found.iter().any(|seen| seen.bar.verdict == Verdict::Insufficient) {
        found.retain(|seen| seen.bar.verdict == Verdict::Insufficient);
    }
    found.sort_by(|first, second| second.below.total_cmp(&first.below));
    found.truncate(5);
    found
}

/// Every task of which a level and enough participants are known.
fn candidates(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Attention> {
    let (level, group) = &context.focus;
    let mut found: Vec<Attention> = Vec::new();
    for chapter in chapters {
        let measures = chapter.measures;
        for (row, judged) in measures.tasks_of(*level, group).zip(&chapter.findings.verdicts) {
            let (Some(pct), Some(threshold)) = (row.pct, judged.threshold) else { continue };
            if row.counts.n < 10 {
                continue;
            }
            let Some(task) = measures.exam.tasks.get(usize::from(row.task)) else { continue };
            let part = |count: u64| crate::model::unit::Percent::of(count, row.counts.n).map_or(0.0, |share| share.0);
            let of_mark = |mark: u8| {
                measures
                    .tasks_by_mark
                    .iter()
                    .find(|seen| {
                        seen.level == *level && seen.group == *group && seen.task == row.task && seen.mark == mark
                    })
                    .filter(|seen| 10 <= seen.n)
                    .and_then(|seen| seen.pct)
                    .map(|pct| pct.0)
            };
            let ends = if measures.exam.has_test_scores() { [2, 4] } else { [3, 5] };
            found.push(Attention {
                exam: measures.exam.title(),
                grade: measures.exam.key.grade,
                task: task.id.clone(),
                matter: task.label().to_owned(),
                pct: pct.0,
                n: row.counts.n,
                below: threshold - pct.0,
                bar: Bar { value: pct.0, threshold: Some(threshold), reference: None, verdict: judged.verdict },
                parts: [row.counts.full, row.counts.partial, row.counts.zero, row.counts.not_attempted].map(part),
                groups: ends.map(of_mark),
                bands: measures.exam.has_test_scores(),
            });
        }
    }
    found
}

pub(in crate::report) fn agenda(attention: &[Attention]) -> Vec<Text> {
    let tasks: Vec<String> =
        attention.iter().take(2).map(|seen| format!("№ {} ({} класс)", seen.task, seen.grade)).collect();
    let second = if tasks.is_empty() {
        "25 минут — два задания по выбору методиста".to_owned()
    } else {
        format!("25 минут — разбор заданий {}", words::list(&tasks))
    };
    vec![
        Text::plain("10 минут — факты: умения, требующие внимания (таблица ниже)"),
        Text::plain(second),
        Text::plain("15 минут — опыт школ, у которых эти задания получаются"),
        Text::plain("10 минут — решения, сроки, показатели"),
    ]
}
