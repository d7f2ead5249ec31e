//! Tasks of a subject that need attention, and what a meeting makes of them: agenda and draft decision.

use crate::context::{Chapter, Names};
use crate::facts::results::is_small;
use crate::sections::planned::{self, Expected};
use srez_model::assessment::Difficulty;
use srez_model::compared::MeasureId;
use srez_model::finding::Verdict;
use srez_model::report::{Bar, Text};
use srez_model::tally::Group;
use srez_model::unit::{Percent, as_f64};
use srez_wording::sentence::tasks as said;
use srez_wording::{number, text as words};

/// Tasks that a meeting discusses.
pub(crate) const DISCUSSED: usize = 2;

/// Decision of a meeting: three draft points, each with who answers, until when, and a number by which it is checked.
pub(crate) fn decision(attention: &[Attention]) -> Vec<Text> {
    let tasks: Vec<String> =
        attention.iter().take(DISCUSSED).map(|seen| format!("№\u{a0}{} ({})", seen.task, seen.place())).collect();
    let which =
        if tasks.is_empty() { "названные объединением".to_owned() } else { words::list(&tasks) };
    let goals: Vec<String> = attention.iter().take(DISCUSSED).map(goal).collect();
    let goal = |place: usize| goals.get(place).or(goals.first()).cloned().unwrap_or_else(|| "____________".to_owned());
    vec![
        Text::plain(format!(
            "Разобрать по 20 работ: задания {which}; выписать типичные ошибки. Отвечают руководители школьных \
             объединений. Срок:\u{a0}____________. Показатель: сводка ошибок от каждой школы."
        )),
        Text::plain(format!(
            "Провести практикум по этим заданиям; ведут школы, у которых они получаются, а где таких нет\u{a0}— \
             методическое объединение. Срок:\u{a0}____________. Показатель: {}.",
            goal(0)
        )),
        Text::plain(format!(
            "Включить задания на эти умения в рабочие планы и дать короткую проверочную работу. Отвечают учителя этих \
             классов. Срок:\u{a0}____________. Показатель: {}.",
            goal(1)
        )),
    ]
}

/// «Выполнение № 14 (8 класс) не ниже 45 % в 2027 году (сейчас 35,4 %)».
fn goal(seen: &Attention) -> String {
    let now = number::percent(Percent(seen.pct), seen.n);
    let aim = match &seen.expected {
        Some(Expected::Target(target)) => format!("{target} (сейчас {now})"),
        Some(Expected::Later(later)) => format!("выше нынешних {now}, {later}"),
        None => format!("выше нынешних {now}"),
    };
    format!("выполнение №\u{a0}{} ({}) и подобных ему {aim}", seen.task, seen.place())
}

/// A task that needs attention. Shares are percent.
pub(crate) struct Attention {
    /// Id of the exam.
    pub(crate) work: String,
    pub(crate) exam: String,
    pub(crate) grade: String,
    pub(crate) task: String,
    pub(crate) matter: String,
    pub(crate) pct: f64,
    pub(crate) n: u64,
    /// Points below the threshold; none where no confirmed threshold is known.
    pub(crate) below: Option<f64>,
    /// What the road map would expect of a task below its threshold.
    pub(crate) expected: Option<Expected>,
    /// True for a task of one point, which has no partial result.
    pub(crate) single: bool,
    /// True where the files tell zero points from a task that was not attempted.
    pub(crate) tells_skipped: bool,
    pub(crate) bar: Bar,
    pub(crate) parts: [f64; 4],
    pub(crate) groups: [Option<f64>; 2],
    pub(crate) bands: bool,
}

impl Attention {
    /// «8 класс»; of an exam its name with the year, because its grade is known: «ОГЭ-2026».
    pub(crate) fn place(&self) -> &str {
        let exam = self.exam.split_once(". ").filter(|_| !self.tells_skipped);
        exam.map_or(&self.grade, |(name, _)| name)
    }
}

/// Most tasks of a packet.
const MOST: usize = 5;
/// Of them with a threshold, where there are tasks without one as well.
const MOST_JUDGED: usize = 3;

/// The tasks farthest below their thresholds, or nearest to them where none is below; then, up to five, those of ОГЭ
/// and ЕГЭ with the lowest completion, for which no confirmed threshold is known.
pub(crate) fn find(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Attention> {
    let (mut judged, mut others): (Vec<Attention>, Vec<Attention>) =
        candidates(context, chapters).into_iter().partition(|seen| seen.below.is_some());
    if judged.iter().any(|seen| seen.bar.verdict == Verdict::Insufficient) {
        judged.retain(|seen| seen.bar.verdict == Verdict::Insufficient);
    }
    let below = |seen: &Attention| seen.below.unwrap_or(f64::NEG_INFINITY);
    judged.sort_by(|first, second| below(second).total_cmp(&below(first)));
    others.sort_by(|first, second| first.pct.total_cmp(&second.pct));
    judged.truncate(if others.is_empty() { MOST } else { MOST_JUDGED });
    others.truncate(MOST - judged.len());
    judged.extend(others);
    judged
}

/// Every task with enough participants: of ВПР those with a level, of ОГЭ and ЕГЭ all, without the rules F20 and F21,
/// which are not confirmed.
fn candidates(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Attention> {
    let Group { level, name: group } = &context.focus;
    let mut found: Vec<Attention> = Vec::new();
    for chapter in chapters {
        let measures = chapter.measures;
        let basic = |task: u16| measures.difficulty(task) == Some(Difficulty::Basic);
        let levels = measures.tasks_of(*level, group).any(|row| basic(row.task));
        for (row, judged) in measures.tasks_of(*level, group).zip(&chapter.findings.verdicts) {
            let gia = measures.exam.key.procedure.has_attempts();
            // A task of high level is hard by intent: it is no news that few do it.
            if gia && levels && !basic(row.task) {
                continue;
            }
            let threshold = judged.threshold.filter(|_| !gia);
            let Some(pct) = row.pct.filter(|_| !is_small(context, row.counts.n) && (gia || threshold.is_some())) else {
                continue;
            };
            let Some(task) = measures.exam.tasks.get(usize::from(row.task)) else { continue };
            let part = |count: u64| srez_model::unit::Percent::of(count, row.counts.n).map_or(0.0, |share| share.0);
            let of_mark = |mark: u8| {
                measures
                    .tasks_by_mark
                    .iter()
                    .find(|seen| {
                        seen.level == *level && seen.group == *group && seen.task == row.task && seen.mark == mark
                    })
                    .filter(|seen| context.thresholds.value("F09.group") <= as_f64(seen.n))
                    .and_then(|seen| seen.pct)
                    .map(|pct| pct.0)
            };
            let ends = if measures.exam.has_test_scores() { [2, 4] } else { [3, 5] };
            found.push(Attention {
                work: measures.exam.id(),
                exam: measures.exam.title(),
                grade: measures.exam.grade_title(),
                task: task.id.clone(),
                matter: task.label().to_owned(),
                pct: pct.0,
                n: row.counts.n,
                below: threshold.map(|threshold| threshold - pct.0),
                expected: threshold
                    .filter(|threshold| pct.0 < *threshold)
                    .map(|_| planned::expected(context, chapter, &MeasureId::task(&task.id))),
                single: task.max == Some(1),
                tells_skipped: !gia,
                bar: Bar {
                    value: pct.0,
                    threshold,
                    zone: if gia { 0.0 } else { judged.zone },
                    reference: None,
                    verdict: if gia { Verdict::Unknown } else { judged.verdict },
                },
                parts: [row.counts.full, row.counts.partial, row.counts.zero, row.counts.not_attempted].map(part),
                groups: ends.map(of_mark),
                bands: measures.exam.has_test_scores(),
            });
        }
    }
    found
}

/// Agenda of an hour.
pub(crate) fn agenda(attention: &[Attention]) -> Vec<Text> {
    let tasks: Vec<String> =
        attention.iter().take(DISCUSSED).map(|seen| format!("№\u{a0}{} ({})", seen.task, seen.grade)).collect();
    let second = format!("25 минут — {}", said::discussed(tasks.len() as u64, &words::list(&tasks)));
    vec![
        Text::plain("10 минут — факты: умения, требующие внимания"),
        Text::plain(second),
        Text::plain("15 минут — опыт школ, у которых эти задания получаются"),
        Text::plain("10 минут — решения, сроки, показатели"),
    ]
}
