//! Where a number of the issue comes from, as its drawer shows it.

use crate::intake::id_of;
use crate::state::Desk;
use srez_config::plan::Plan;
use srez_model::error::{Error, Result};
use srez_model::finding::Finding;
use srez_pipeline::explained::{self, Address, Neighbourhood};
use srez_pipeline::recount::{Recount, SourceRows};
use srez_wording::number;

/// Most sheets that are named, and of them those whose cells are shown.
const MOST_SHEETS: usize = 20;
const SHEETS_SHOWN: usize = 2;
/// Columns that only find the row again.
const KEYS: [&str; 5] = ["exam", "part", "level", "group", "reason"];

/// The drawer.
pub(crate) struct Why {
    /// The number itself; empty for a finding.
    pub(crate) value: String,
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
    /// What else the row of the table says.
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) files: usize,
    pub(crate) rows: String,
    pub(crate) sources: Vec<Source>,
    pub(crate) more: usize,
    pub(crate) address: String,
}

/// A sheet behind the number.
pub(crate) struct Source {
    /// Id of the file for opening it; empty where it is gone.
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) sheet: String,
    pub(crate) cells: String,
    pub(crate) is_gone: bool,
    pub(crate) cells_around: Option<Neighbourhood>,
}

/// «12,6 %»; what is missing has no unit.
fn with_unit(value: String, unit: &str) -> String {
    if unit.is_empty() || value == number::MISSING { value } else { format!("{value}\u{a0}{unit}") }
}

impl Why {
    /// Explains a number by its address, or a finding by its id.
    ///
    /// # Errors
    /// Where there is no such number, nothing was run yet, or the history cannot be read.
    pub(crate) fn read(desk: &Desk, plan: &Plan, address: &str) -> Result<Self> {
        let recounted = desk.recounted(plan)?;
        let of_exams = recounted.findings.iter().flat_map(|of_exam| &of_exam.findings);
        if let Some(finding) = of_exams.clone().find(|one| one.id == address) {
            return Self::of_finding(plan, &recounted, finding);
        }
        let parsed = Address::parse(address).ok_or_else(|| {
            Error::usage(format!("вывода или числа «{address}» нет"))
                .hint("код вывода стоит в сноске документа, адрес числа — в таблицах папки data")
        })?;
        Self::of_number(plan, &recounted, &parsed, address)
    }

    fn of_number(plan: &Plan, recounted: &Recount, parsed: &Address, address: &str) -> Result<Self> {
        let found = explained::explain_number(recounted, parsed)?;
        let exam = plan.exams.values().find(|exam| exam.id() == parsed.exam);
        let work = exam.map_or_else(|| parsed.exam.clone(), srez_model::assessment::Exam::title);
        let whose = recounted.names.get(&parsed.group).unwrap_or(&parsed.group);
        let whose = if whose.is_empty() { "все участники" } else { whose.as_str() };
        let row = found.rows.first().map_or(&[][..], Vec::as_slice);
        let lines = found.measure.map_or_else(Vec::new, |measure| {
            vec![
                format!("Как считается: {}", srez_wording::rule::filled(measure.formula, &plan.thresholds)),
                format!("Источник формулы: {}", measure.source),
            ]
        });
        let facts = found
            .columns
            .iter()
            .zip(row)
            .filter(|((name, _), value)| !KEYS.contains(name) && **value != number::MISSING && !value.is_empty());
        Ok(Self {
            value: with_unit(row.get(found.column).cloned().unwrap_or_default(), found.unit),
            title: format!("{}. {work}. {whose}.", found.label),
            lines,
            facts: facts.map(|((_, label), value)| ((*label).to_owned(), value.clone())).collect(),
            ..Self::of_sources(plan, recounted, &found.sources, address)?
        })
    }

    fn of_finding(plan: &Plan, recounted: &Recount, finding: &Finding) -> Result<Self> {
        let task = explained::task_of(recounted, finding);
        let sources = recounted.sources(&finding.exam, finding.level, &finding.group, task.as_deref())?;
        let mut lines = explained::finding_lines(plan, finding);
        let title = lines.remove(0);
        Ok(Self { title, lines, ..Self::of_sources(plan, recounted, &sources, &finding.id)? })
    }

    fn of_sources(plan: &Plan, recounted: &Recount, sources: &[SourceRows], address: &str) -> Result<Self> {
        let mut shown = Vec::new();
        for (place, source) in sources.iter().take(MOST_SHEETS).enumerate() {
            let is_shown = place < SHEETS_SHOWN;
            shown.push(Source {
                id: if source.blake3.is_empty() { String::new() } else { id_of(&source.file) },
                file: source.file.clone(),
                sheet: source.sheet.clone(),
                cells: source.cells.clone(),
                is_gone: source.blake3.is_empty(),
                cells_around: if is_shown { explained::neighbourhood(plan, recounted, source)? } else { None },
            });
        }
        let files: std::collections::BTreeSet<&str> = sources.iter().map(|source| source.file.as_str()).collect();
        Ok(Self {
            value: String::new(),
            title: String::new(),
            lines: Vec::new(),
            facts: Vec::new(),
            files: files.len(),
            rows: number::count(sources.iter().map(|source| source.rows as u64).sum()),
            sources: shown,
            more: sources.len().saturating_sub(MOST_SHEETS),
            address: address.to_owned(),
        })
    }
}
