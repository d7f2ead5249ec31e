//! `srez explain ID КОНВЕЙЕР`: a finding or a number down to rows, file, sheet, cells and hash.

use super::explain_evidence::{self, MOST_ROWS};
use super::terminal::{Progress, say, table};
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::compared::MeasureId;
use srez_model::error::{Error, Result};
use srez_model::finding::Finding;
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::Evidence;
use srez_pipeline::explained::{self, Address};
use srez_pipeline::recount::{Recount, SourceRows, recount};
use srez_wording::{number, plural};

/// Sheets that are shown.
const MOST_SHEETS: usize = 20;

/// Explains a finding by its id, or a number by its address `exam/level/group/table.column`.
pub(super) fn explain(id: &str, plan: &Plan) -> Result<()> {
    let recounted = recount(plan, &Progress::new())?;
    let found = recounted.findings.iter().flat_map(|of_exam| &of_exam.findings).find(|one| one.id == id);
    if let Some(finding) = found {
        return explain_finding(plan, &recounted, finding);
    }
    let address = Address::parse(id).ok_or_else(|| {
        let near = recounted.findings.iter().flat_map(|of_exam| &of_exam.findings).map(|one| one.id.as_str());
        let near = srez_config::faults::nearest(id, near);
        let hint = "код вывода — столбец id в data/findings.csv; адрес числа — работа/уровень/группа/таблица.столбец, \
                    например vpr-2026-math-8/school/edu1/marks.pass_pct";
        Error::usage(format!("вывода или числа «{id}» нет"))
            .hint(near.map_or_else(|| hint.to_owned(), |near| format!("ближайший вывод — {near}; {hint}")))
    })?;
    explain_number(plan, &recounted, &address)
}

fn explain_finding(plan: &Plan, recounted: &Recount, finding: &Finding) -> Result<()> {
    for line in explained::finding_lines(plan, finding) {
        say(&line);
    }
    let measures = recounted.measures.iter().find(|one| one.exam.id() == finding.exam);
    let task = explained::task_of(recounted, finding);
    if let Some(measures) = measures {
        counts(measures, finding.level, &finding.group, task.as_deref());
    }
    explain_evidence::show(recounted, finding)?;
    show(&recounted.sources(&finding.exam, finding.level, &finding.group, task.as_deref())?);
    for before in before(finding, measures) {
        say(&format!("Работа, с которой сравнивается: {before}"));
        show(&recounted.sources(&before.id(), finding.level, &finding.group, task.as_deref())?);
    }
    Ok(())
}

/// Exams of earlier years that a finding over years compares with.
fn before<'a>(finding: &Finding, measures: Option<&'a Measures>) -> Vec<&'a ExamKey> {
    let evidence = finding.sign.evidence;
    let rows = measures.filter(|_| evidence.is_over_years()).into_iter();
    let rows = rows.flat_map(|measures| measures.dynamics_of(finding.level, &finding.group));
    let is_cohort = |row: &&DynamicsRow| matches!(row.measure, MeasureId::Cohort(_)) == (evidence == Evidence::Cohort);
    let mut exams: Vec<&ExamKey> =
        rows.filter(is_cohort).filter(|row| row.before.is_some()).map(|row| &row.before_exam).collect();
    exams.sort_unstable();
    exams.dedup();
    exams
}

/// The counts behind a finding.
fn counts(measures: &Measures, level: Level, group: &str, task: Option<&str>) {
    if let Some(row) = measures.marks_of(level, group) {
        let [two, three, four, five] = row.by_mark;
        let marks = format!("; отметок «2» {two}, «3» {three}, «4» {four}, «5» {five}");
        let marks = if row.marked() == 0 { String::new() } else { marks };
        say(&format!("Участников {}{marks}", number::count(row.n)));
    }
    let row = measures
        .tasks_of(level, group)
        .find(|row| measures.exam.tasks.get(usize::from(row.task)).is_some_and(|one| Some(one.id.as_str()) == task));
    if let Some(row) = row {
        let counts = row.counts;
        say(&format!(
            "Задание {}: сумма баллов {} у {}; полный балл {}, частичный {}, ноль {}, не приступали {}",
            task.unwrap_or_default(),
            number::count(counts.sum),
            plural::genitive(counts.n, plural::PARTICIPANT),
            counts.full,
            counts.partial,
            counts.zero,
            counts.not_attempted
        ));
    }
}

fn explain_number(plan: &Plan, recounted: &Recount, address: &Address) -> Result<()> {
    let found = explained::explain_number(recounted, address)?;
    say(&format!("{} — {}", found.full, found.label));
    if let Some(definition) = found.measure {
        say(&format!("Показатель: {}", definition.title));
        say(&format!("Формула: {}", srez_wording::rule::filled(definition.formula, &plan.thresholds)));
        say(&format!("Источник: {}", definition.source));
    }
    let head: Vec<&str> = found.columns.iter().map(|(name, _)| *name).collect();
    let lines: Vec<Vec<String>> = found.rows.iter().take(MOST_ROWS).cloned().collect();
    table(&head, &lines);
    if MOST_ROWS < found.rows.len() {
        say(&format!("Ещё строк: {}", found.rows.len() - MOST_ROWS));
    }
    show(&found.sources);
    Ok(())
}

fn show(sources: &[SourceRows]) {
    let rows: usize = sources.iter().map(|source| source.rows).sum();
    say(&format!("Строк в файлах: {rows}"));
    let lines: Vec<Vec<String>> = sources
        .iter()
        .take(MOST_SHEETS)
        .map(|source| {
            let hash = source.blake3.get(..16).unwrap_or("файла во входных папках нет");
            vec![
                source.file.clone(),
                source.sheet.clone(),
                source.cells.clone(),
                source.rows.to_string(),
                hash.to_owned(),
            ]
        })
        .collect();
    table(&["Файл", "Лист", "Ячейки", "Строк", "BLAKE3, начало"], &lines);
    if MOST_SHEETS < sources.len() {
        say(&format!("Ещё листов: {}", sources.len() - MOST_SHEETS));
    }
}
