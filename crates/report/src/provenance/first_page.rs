//! The big numbers of the first page: the explanation of the same number in a table, of a finding, or of a count.

use super::Maker;
use crate::context::Chapter;
use crate::sections::threshold_of_tasks;
use srez_model::finding::{Finding, Verdict};
use srez_model::provenance::{Explanation, NumberRef};
use srez_model::report::{Block, Conclusion, ConclusionSource, Report};
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
        let explanation = match &conclusion.about {
            None => continue,
            Some(ConclusionSource::Number(number, part)) => {
                // Where a table prints the number less or more exactly, the drawer would show another than the page.
                let value = conclusion.value.split(NBSP).next().unwrap_or_default();
                if let Some(found) = made.numbers.get(&(number.clone(), part.clone(), value.to_owned())) {
                    made.provenance.conclusions.insert(place, *found);
                }
                continue;
            }
            Some(ConclusionSource::Finding(id)) => of_finding(made, conclusion, id, chapters),
            Some(ConclusionSource::InsufficientTasks(number)) => of_count(made, conclusion, number, chapters),
        };
        if let Some(explanation) = explanation {
            made.provenance.conclusions.insert(place, made.provenance.explanations.len());
            made.provenance.explanations.push(explanation);
        }
    }
}

/// The explanation of the finding that a conclusion tells.
fn of_finding(
    made: &mut Maker<'_>,
    conclusion: &Conclusion,
    id: &str,
    chapters: &[Chapter<'_>],
) -> Option<Explanation> {
    let of_chapter = |chapter: &'_ Chapter<'_>| {
        let found = chapter.findings.findings.iter().find(|finding| finding.id == id);
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
fn of_count(
    made: &mut Maker<'_>,
    conclusion: &Conclusion,
    number: &NumberRef,
    chapters: &[Chapter<'_>],
) -> Option<Explanation> {
    let chapter = chapters.iter().find(|chapter| chapter.measures.exam.id() == number.exam)?;
    let rows = chapter.measures.tasks_of(number.level, &number.group).zip(&chapter.findings.verdicts);
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
        threshold: made.context.thresholds.get(threshold_of_tasks(chapter)).source(),
        address: number.to_string(),
        files: made.files(std::slice::from_ref(&number.exam), number.level, &number.group),
    })
}
