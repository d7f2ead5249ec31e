//! The big numbers of the first page: the explanation of the same number in a table, of a finding, or of a count.

use super::Maker;
use super::known::threshold_of;
use crate::context::Chapter;
use srez_model::finding::{Finding, Verdict};
use srez_model::report::{Block, Conclusion, Report};
use srez_model::tally::Group;
use srez_model::whence::Explanation;
use srez_wording::NBSP;
use srez_wording::number::{count, decimal, percent, probability};
use srez_wording::{rule, text};

/// Explains the conclusions of a document whose number is known.
pub(super) fn add(made: &mut Maker<'_>, report: &Report, chapters: &[Chapter<'_>]) {
    let conclusions = report.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Conclusion(conclusion) => Some(conclusion),
        _ => None,
    });
    for (place, conclusion) in conclusions.enumerate() {
        let found = of_table(made, conclusion).or_else(|| {
            let made_here = of_finding(made, conclusion, chapters).or_else(|| of_count(made, conclusion, chapters))?;
            made.whence.explanations.push(made_here);
            Some(made.whence.explanations.len() - 1)
        });
        if let Some(found) = found {
            made.whence.conclusions.insert(place, found);
        }
    }
}

/// The explanation of the same number where a table prints it.
fn of_table(made: &Maker<'_>, conclusion: &Conclusion) -> Option<usize> {
    let (address, task) = conclusion.about.split_once('#').unwrap_or((&conclusion.about, ""));
    let number = conclusion.value.split(NBSP).next().unwrap_or_default();
    let of_task = format!("№{NBSP}{task}. ");
    made.whence.explanations.iter().position(|one| {
        one.address == address && one.value == number && (task.is_empty() || one.title.contains(&of_task))
    })
}

/// The explanation of the finding that a conclusion tells.
fn of_finding(made: &mut Maker<'_>, conclusion: &Conclusion, chapters: &[Chapter<'_>]) -> Option<Explanation> {
    let of_chapter = |chapter: &'_ Chapter<'_>| {
        let found = chapter.findings.findings.iter().find(|finding| finding.id == conclusion.about);
        found.map(|finding| (finding.clone(), chapter.measures.exam.title(), chapter.measures.exam.id()))
    };
    let (finding, title, exam): (Finding, String, String) = chapters.iter().find_map(of_chapter)?;
    let sign = finding.sign;
    let mut counts = format!("участников — {}", count(finding.n));
    for (name, value) in [("p", finding.p), ("q", finding.q)] {
        if let Some(value) = value {
            counts.push_str(&format!("; {name}{NBSP}= {}", probability(value)));
        }
    }
    Some(Explanation {
        title: format!("{}. {}, {title}", text::capitalised(sign.title), made.context.school(&finding.group)),
        value: conclusion.value.clone(),
        formula: rule::in_force(sign, made.context.thresholds),
        source: sign.tag.title().to_owned(),
        counts,
        threshold: finding.threshold_source.clone(),
        address: finding.id.clone(),
        files: made.files(&[exam], finding.level, &finding.group),
    })
}

/// How many tasks are insufficient: each of them with its number.
fn of_count(made: &mut Maker<'_>, conclusion: &Conclusion, chapters: &[Chapter<'_>]) -> Option<Explanation> {
    let Group { level, name: group } = made.context.focus.clone();
    let exam_of = |chapter: &&Chapter<'_>| conclusion.about.starts_with(&format!("{}/", chapter.measures.exam.id()));
    let chapter = chapters.iter().find(exam_of).filter(|_| conclusion.about.ends_with("/tasks.pct"))?;
    let rows = chapter.measures.tasks_of(level, &group).zip(&chapter.findings.verdicts);
    let insufficient =
        rows.filter(|(_, judged)| judged.verdict == Verdict::Insufficient).filter_map(|(row, judged)| {
            let (done, id) = (percent(row.pct?, row.counts.n), chapter.task_id(row.task));
            Some(format!("№{NBSP}{id}{NBSP}— {done} при пороге {}", decimal(judged.threshold?, 1)))
        });
    let insufficient: Vec<String> = insufficient.collect();
    let measures = chapter.measures;
    Some(Explanation {
        title: format!("Заданий с недостаточным уровнем. {}, {}", made.context.focus_title, measures.exam.title()),
        value: conclusion.value.clone(),
        formula: "задания, где выполнение ниже порога и зоны вокруг него; всего — задания, уровень которых известен"
            .to_owned(),
        source: "правила F01 и F02".to_owned(),
        counts: if insufficient.is_empty() {
            "таких заданий нет".to_owned()
        } else {
            insufficient.join("; ")
        },
        threshold: made.context.thresholds.get(threshold_of(chapter)).source(),
        address: conclusion.about.clone(),
        files: made.files(&[measures.exam.id()], level, &group),
    })
}
