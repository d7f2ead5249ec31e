//! Findings worked out anew from the history, without writing anything: for «what if» and for explanations.

use super::count::{self, Lists, count};
use super::{Watcher, account, agreed, compose, names, originals, pseudonym_key, receive, schools, years};
use srez_config::plan::Plan;
use srez_model::block::{Block, PointCode, RowState, points_in_total};
use srez_model::error::{Error, Result};
use srez_model::finding::Findings;
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::note::column_name;
use srez_model::place::{Places, Register};
use srez_model::raw_sheet::RawSheet;
use srez_model::threshold::Thresholds;
use srez_reconcile::Textbooks;
use srez_store::Snapshot;
use std::collections::{BTreeMap, BTreeSet};

/// What the history holds, measured and judged.
pub struct Recount {
    history: Snapshot,
    thresholds: Thresholds,
    year: Option<u16>,
    register: Register,
    received: receive::Received,
    /// Short names of schools by id.
    pub names: BTreeMap<String, String>,
    /// Measures of the reported exams.
    pub measures: Vec<Measures>,
    /// What the signs say, exam by exam.
    pub findings: Vec<Findings>,
}

/// Rows of one sheet behind a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceRows {
    /// Path of the file as listed in `files.csv`.
    pub file: String,
    /// Its hash; empty where the file is no longer among the inputs.
    pub blake3: String,
    pub sheet: String,
    /// Cell ranges: `F5:Q28, F30:Q31`.
    pub cells: String,
    pub rows: usize,
    /// The first row, counted from 1.
    pub first_row: u32,
    /// The first and the last column of points, counted from 1; 0 where they are unknown.
    pub first_column: u32,
    pub last_column: u32,
}

/// Measures and judges what the history holds, by the thresholds of the plan.
///
/// # Errors
/// Where an input folder or the history cannot be read, or nothing was run yet.
pub fn recount(plan: &Plan, watcher: &dyn Watcher) -> Result<Recount> {
    let mut received = receive::receive(plan, &pseudonym_key::throwaway()?, watcher)?;
    account::take_facts(&mut received);
    let history = Snapshot::open(&plan.store)?;
    if history.exams().is_empty() {
        return Err(
            Error::usage("в хранилище ещё нет результатов").hint("сначала выполните `srez run` для этого конвейера")
        );
    }
    let (register, _) = schools::of_history(plan, &received, &history)?;
    let (measures, findings) = judged(plan, &history, &register, &received, watcher)?;
    watcher.finish();
    let names = names::by_id(&register, |school| &school.short_name);
    let thresholds = plan.thresholds.clone();
    Ok(Recount { history, thresholds, year: plan.year, register, received, names, measures, findings })
}

fn judged(
    plan: &Plan,
    history: &Snapshot,
    register: &Register,
    received: &receive::Received,
    watcher: &dyn Watcher,
) -> Result<(Vec<Measures>, Vec<Findings>)> {
    let exams = years::of_interest(plan, &history.exams())?;
    let settings = count::settings(plan, register, received);
    let textbooks = Textbooks::of(&received.facts, register, plan.year).after(history.known_lists(None)?.record);
    let measures =
        count(plan, &Lists { settings: &settings, textbooks: &textbooks }, history, &exams, watcher)?.reported;
    let scene = compose::Scene::new(plan, register, &received.facts, &measures, history);
    let findings = srez_flag::flag(&scene.flag_settings(), &measures);
    Ok((measures, findings))
}

impl Recount {
    /// The findings under other thresholds.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn under(&self, plan: &Plan, watcher: &dyn Watcher) -> Result<(Vec<Measures>, Vec<Findings>)> {
        let judged = judged(plan, &self.history, &self.register, &self.received, watcher);
        watcher.finish();
        judged
    }

    /// The rows of the files behind a group of an exam; `task` narrows the cells to one column.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn sources(&self, exam: &str, level: Level, group: &str, task: Option<&str>) -> Result<Vec<SourceRows>> {
        let Some(held) = self.held(exam)? else { return Ok(Vec::new()) };
        let places = srez_reconcile::places(&self.register, &held.blocks);
        let found = held.blocks.iter().filter_map(|block| {
            let rows: BTreeSet<u32> = (0..block.rows())
                .filter(|row| {
                    block.state.get(*row) == Some(&RowState::Accepted) && is_in(block, *row, &places, level, group)
                })
                .filter_map(|row| block.row.get(row).copied())
                .collect();
            if rows.is_empty() {
                return None;
            }
            let file = self.received.parts.iter().find(|part| part.file.name == block.file);
            Some(SourceRows {
                file: block.file.clone(),
                blake3: file.map_or_else(String::new, |part| part.file.blake3.clone()),
                sheet: block.sheet.clone(),
                cells: ranges(block, &rows, task),
                rows: rows.len(),
                first_row: rows.first().copied().unwrap_or(0),
                first_column: columns(block, task).0,
                last_column: columns(block, task).1,
            })
        });
        let mut sources: Vec<SourceRows> = found.collect();
        sources.sort();
        Ok(sources)
    }

    /// The visible sheets of these files as they lie now; a file that changed since is left out.
    ///
    /// # Errors
    /// Where no reader can be started.
    pub fn sheets(&self, plan: &Plan, files: &BTreeSet<&str>) -> Result<BTreeMap<String, Vec<RawSheet>>> {
        originals::all_sheets(plan, &self.received, files)
    }

    /// What the history holds of an exam, of an earlier year too; none where it does not know the exam.
    fn held(&self, exam: &str) -> Result<Option<agreed::Held>> {
        let Some(key) = self.history.exams().into_iter().find(|key| key.id() == exam) else { return Ok(None) };
        let mut held = agreed::read(&self.thresholds, &self.history, &key)?;
        Textbooks::of(&self.received.facts, &self.register, self.year).fill(&self.register, &key, &mut held.blocks);
        Ok(Some(held))
    }

    /// Rows of a school that agree on all tasks with another row of their class, those with the same points together.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn repeated(&self, exam: &str, school: &str) -> Result<Vec<RepeatedRows>> {
        let Some(held) = self.held(exam)? else { return Ok(Vec::new()) };
        let places = srez_reconcile::places(&self.register, &held.blocks);
        let mut found: BTreeMap<(&str, Vec<PointCode>), RowsBySheet<'_>> = BTreeMap::new();
        for block in &held.blocks {
            for row in 0..block.rows() {
                let accepted = block.state.get(row) == Some(&RowState::Accepted);
                if !accepted || !is_in(block, row, &places, Level::School, school) || block.class.name(row).is_empty() {
                    continue;
                }
                let outcomes = block.points.iter().filter_map(|task| task.get(row).copied());
                let Some(points) = outcomes.map(points_in_total).collect::<Option<Vec<PointCode>>>() else { continue };
                let of_points = found.entry((block.class.name(row), points)).or_default();
                let of_sheet = of_points.entry((block.file.as_str(), block.sheet.as_str())).or_default();
                of_sheet.extend(block.row.get(row));
            }
        }
        let several = found.into_iter().filter(|(_, rows)| rows.values().map(Vec::len).sum::<usize>() > 1);
        Ok(several
            .map(|((class, points), rows)| RepeatedRows {
                class: class.to_owned(),
                total: points.iter().map(|points| u64::from(*points)).sum(),
                rows: rows
                    .into_iter()
                    .map(|((file, sheet), rows)| SheetRows { file: file.to_owned(), sheet: sheet.to_owned(), rows })
                    .collect(),
            })
            .collect())
    }

    /// Where an official list speaks of a school.
    pub fn listed(&self, school: &str) -> Vec<ListedRow> {
        let tables = self.received.facts.iter().filter(|table| table.topic == srez_reconcile::OFFICIAL_LIST);
        let id = |login: &str| {
            let found = self.register.find(login).and_then(|place| self.register.schools.get(place));
            found.map_or_else(|| srez_model::place::canonical_login(login), |school| school.id.clone())
        };
        // One row of a list speaks of several works.
        let rows: BTreeSet<ListedRow> = tables
            .flat_map(|table| table.rows.iter().map(move |row| (table, row)))
            .filter(|(_, row)| id(&row.school) == school)
            .map(|(table, row)| ListedRow { file: table.file.clone(), sheet: table.sheet.clone(), row: row.row })
            .collect();
        rows.into_iter().collect()
    }
}

/// Numbers of rows by file and sheet.
type RowsBySheet<'a> = BTreeMap<(&'a str, &'a str), Vec<u32>>;

/// Rows of a class with the same points on all tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedRows {
    pub class: String,
    /// Their primary score.
    pub total: u64,
    /// Sheet by sheet.
    pub rows: Vec<SheetRows>,
}

/// Numbers of rows of one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRows {
    pub file: String,
    pub sheet: String,
    pub rows: Vec<u32>,
}

/// A row of an official list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedRow {
    pub file: String,
    pub sheet: String,
    pub row: u32,
}

fn is_in(block: &Block, row: usize, places: &Places, level: Level, group: &str) -> bool {
    let school = || places.school(block.school.name(row), block.municipality.name(row));
    match level {
        Level::All => true,
        Level::Region => places.regions.get(&school().municipality).is_some_and(|region| region == group),
        Level::Municipality => school().municipality == group,
        Level::School => school().id == group,
        Level::Class => format!("{}/{}", school().id, block.class.name(row)) == group,
        Level::SchoolType => school().school_type == group,
        Level::Locality => school().locality == group,
        Level::Sex => block.sex.name(row) == group,
        Level::Textbook => block.textbook.name(row) == group,
        Level::Variant => block.variant.name(row) == group,
    }
}

/// The first and the last column of points, of one task or of all.
fn columns(block: &Block, task: Option<&str>) -> (u32, u32) {
    let of_task = block.tasks.iter().filter(|one| task.is_none_or(|task| one.id == task));
    let columns: Vec<u32> = of_task.map(|one| one.column).collect();
    (columns.iter().min().copied().unwrap_or(0), columns.iter().max().copied().unwrap_or(0))
}

/// Neighbouring rows as ranges over the columns of points.
fn ranges(block: &Block, rows: &BTreeSet<u32>, task: Option<&str>) -> String {
    let (first, last) = columns(block, task);
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match spans.last_mut() {
            Some((_, end)) if *end + 1 == *row => *end = *row,
            _ => spans.push((*row, *row)),
        }
    }
    let cells = spans.iter().map(|(from, to)| match (first, from == to && first == last) {
        (0, _) => format!("строки {from}–{to}"),
        (_, true) => format!("{}{from}", column_name(first)),
        _ => format!("{}{from}:{}{to}", column_name(first), column_name(last)),
    });
    cells.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::ranges;
    use srez_model::assessment::{ExamKey, Procedure};
    use srez_model::block::{Block, BlockTask};

    #[test]
    fn neighbouring_rows_are_one_range() {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        let mut block = Block::new(key, "form", "file.xlsx", "8А");
        let task = |(id, column): (&str, u32)| BlockTask {
            id: id.to_owned(),
            by_position: false,
            max: Some(1),
            difficulty: None,
            column,
        };
        block.tasks = [("1", 6), ("2", 7)].map(task).to_vec();
        let rows = [5, 6, 7, 9].into();
        assert_eq!(ranges(&block, &rows, None), "F5:G7, F9:G9");
        assert_eq!(ranges(&block, &rows, Some("2")), "G5:G7, G9");
        block.tasks.clear();
        assert_eq!(ranges(&block, &[5, 6].into(), None), "строки 5–6");
    }
}
