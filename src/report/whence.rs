//! From the cells of a document back to counts, formulas, thresholds and files.
//!
//! A cell is explained only where it holds the very number of the measures, so that an explanation cannot speak of
//! another number than the one beside it.

use super::context::{Chapter, Context};
use crate::model::level::Level;
use crate::model::measures::{Interval, MarksRow, SkillRow, TaskRow};
use crate::model::report::{Block, Cell, Report, Row, Table};
use crate::model::whence::{Explanation, SourceFile, Whence};
use crate::report::render::printed;
use crate::wording::number::{count, decimal};
use std::collections::BTreeMap;

/// A number of the measures with what is to be told of it.
struct Known {
    column: &'static str,
    numbers: [Option<f64>; 2],
    counts: String,
    threshold: String,
}

/// Explanations for the tables of marks, schools, tasks and skills of a document.
pub fn of(report: &Report, context: &Context<'_>, chapters: &[Chapter<'_>]) -> Whence {
    let mut made = Maker { context, whence: Whence::default(), lists: BTreeMap::new() };
    for section in &report.sections {
        for block in &section.blocks {
            let Block::Table(table) = block else { continue };
            let of_table = |chapter: &&Chapter<'_>| {
                table.name.split_once('_').is_some_and(|(_, exam)| exam == chapter.measures.exam.id().replace('-', "_"))
            };
            if let Some(chapter) = chapters.iter().find(of_table) {
                made.table(table, chapter);
            }
        }
    }
    made.whence
}

struct Maker<'a> {
    context: &'a Context<'a>,
    whence: Whence,
    lists: BTreeMap<(String, Level, String), usize>,
}

impl Maker<'_> {
    fn table(&mut self, table: &Table, chapter: &Chapter<'_>) {
        let kind = table.name.split('_').next().unwrap_or_default();
        for (line, row) in table.rows.iter().enumerate() {
            let Some((level, group, who)) = self.whom(kind, row) else { continue };
            let measures = chapter.measures;
            for (place, column) in table.columns.iter().enumerate() {
                let title = column.title.as_str();
                let known = match kind {
                    "marks" | "schools" => measures.marks_of(level, &group).and_then(|marks| of_marks(marks, title)),
                    "tasks" => task_of(chapter, row, level, &group)
                        .and_then(|task| of_task(self.context, chapter, task, title)),
                    "skills" => skill_of(chapter, row, level, &group).and_then(|skill| of_skill(skill, title)),
                    _ => None,
                };
                let (Some(known), Some(cell)) = (known, row.cells.get(place)) else { continue };
                if holds(cell, known.numbers) {
                    let whose = format!("{}{who}, {}", matter(kind, row), measures.exam.title());
                    self.add((table, line, place), cell, known, (chapter, level, &group, whose));
                }
            }
        }
    }

    /// Of whom a row speaks.
    fn whom(&self, kind: &str, row: &Row) -> Option<(Level, String, String)> {
        let (level, group) = self.context.focus.clone();
        let own = (level, group, self.context.focus_title.clone());
        let Some(Cell::Text(name)) = row.cells.first() else { return None };
        match kind {
            "tasks" | "skills" => Some(own),
            "marks" if *name == self.context.focus_title => Some(own),
            "marks" if name == "Все участники в выгрузке" => {
                Some((Level::All, String::new(), name.clone()))
            }
            "schools" => {
                let school = self.context.schools.iter().find(|id| self.context.school(id) == name)?;
                Some((Level::School, school.clone(), name.clone()))
            }
            _ => None,
        }
    }

    fn add(
        &mut self,
        (table, line, place): (&Table, usize, usize),
        cell: &Cell,
        known: Known,
        (chapter, level, group, whose): (&Chapter<'_>, Level, &str, String),
    ) {
        let exam = chapter.measures.exam.id();
        let definition = self.context.measures.iter().find(|one| one.columns.contains(&known.column));
        let name = definition.map_or_else(
            || table.columns.get(place).map_or("", |column| column.title.as_str()).to_owned(),
            |definition| definition.title.to_owned(),
        );
        let explanation = Explanation {
            title: format!("{name}. {whose}"),
            value: printed::cell(cell),
            formula: definition.map_or_else(|| counted(known.column).to_owned(), |one| one.formula.to_owned()),
            source: definition.map_or_else(|| "подсчёт по строкам файлов".to_owned(), |one| one.source.to_owned()),
            counts: known.counts,
            threshold: known.threshold,
            address: format!("{exam}/{}/{group}/{}", level.id(), known.column),
            files: self.files(&exam, level, group),
        };
        self.whence.cells.insert((table.name.clone(), line, place), self.whence.explanations.len());
        self.whence.explanations.push(explanation);
    }

    /// Files with rows of a group.
    fn files(&mut self, exam: &str, level: Level, group: &str) -> usize {
        let key = (exam.to_owned(), level, group.to_owned());
        if let Some(known) = self.lists.get(&key) {
            return *known;
        }
        let concerns = |school: &String| match level {
            Level::School => school == group,
            Level::All => true,
            _ => self.context.schools.contains(school),
        };
        let found = self.context.files.iter().filter(|entry| {
            0 < entry.rows.accepted && entry.exams.iter().any(|one| one == exam) && entry.schools.iter().any(concerns)
        });
        let list = found.map(|entry| SourceFile {
            file: entry.file.name.clone(),
            rows: u64::from(entry.rows.accepted),
            hash: entry.file.blake3.chars().take(16).collect(),
        });
        self.whence.files.push(list.collect());
        let place = self.whence.files.len() - 1;
        self.lists.insert(key, place);
        place
    }
}

/// The task or skill of a row, for titles; empty where the row names a group.
fn matter(kind: &str, row: &Row) -> String {
    match (kind, row.cells.first()) {
        ("tasks", Some(Cell::Text(id))) => format!("№\u{a0}{id}. "),
        ("skills", Some(Cell::Text(name))) => format!("{name}. "),
        _ => String::new(),
    }
}

/// Formula of a column that no measure defines: counts and their shares.
fn counted(column: &str) -> &'static str {
    if column == "marks.n" {
        "число участников"
    } else {
        "число отметок / число получивших отметку · 100"
    }
}

fn holds(cell: &Cell, numbers: [Option<f64>; 2]) -> bool {
    let same = |printed: f64, known: Option<f64>| known.is_some_and(|known| (printed - known).abs() < 1e-9);
    match cell {
        Cell::Count(value) => same(crate::model::unit::as_f64(*value), numbers[0]),
        Cell::Number(value, _) => same(*value, numbers[0]),
        Cell::Interval(low, high, _) => same(*low, numbers[0]) && same(*high, numbers[1]),
        _ => false,
    }
}

fn bounds(interval: Option<Interval>) -> [Option<f64>; 2] {
    [interval.map(|one| one.low.0), interval.map(|one| one.high.0)]
}

fn of_marks(marks: &MarksRow, title: &str) -> Option<Known> {
    let [two, three, four, five] = marks.by_mark;
    let all = marks.marked();
    let known = |column, numbers, counts| Some(Known { column, numbers, counts, threshold: String::new() });
    let share = |mark: u8| [marks.share(mark).map(|share| share.0), None];
    let part = |n: u64| format!("{} / {} · 100", count(n), count(all));
    match title {
        "Чел." => known(
            "marks.n",
            [Some(crate::model::unit::as_f64(marks.n)), None],
            format!("«2» — {two}, «3» — {three}, «4» — {four}, «5» — {five}, без отметки — {}", marks.n_without_mark),
        ),
        "«2», %" => known("marks.n2", share(2), part(two)),
        "«3», %" => known("marks.n3", share(3), part(three)),
        "«4», %" => known("marks.n4", share(4), part(four)),
        "«5», %" => known("marks.n5", share(5), part(five)),
        "Средняя" => known(
            "marks.mean_mark",
            [marks.mean_mark.map(|mean| mean.0), None],
            format!("(2 · {two} + 3 · {three} + 4 · {four} + 5 · {five}) / {all}"),
        ),
        "Успев., %" => {
            known("marks.pass_pct", [marks.pass.map(|pass| pass.value.0), None], part(three + four + five))
        }
        "Качество, %" => {
            known("marks.quality_pct", [marks.quality.map(|one| one.value.0), None], part(four + five))
        }
        "95 % инт." => {
            known("marks.quality_low", bounds(marks.quality), format!("«4» и «5» у {} из {all}", four + five))
        }
        _ => None,
    }
}

fn task_of<'a>(chapter: &Chapter<'a>, row: &Row, level: Level, group: &str) -> Option<&'a TaskRow> {
    let Some(Cell::Text(id)) = row.cells.first() else { return None };
    let place = chapter.measures.exam.tasks.iter().position(|task| task.id == *id)?;
    chapter.measures.task_of(level, group, u16::try_from(place).ok()?)
}

fn of_task(context: &Context<'_>, chapter: &Chapter<'_>, task: &TaskRow, title: &str) -> Option<Known> {
    let counts = task.counts;
    let max = chapter.measures.exam.tasks.get(usize::from(task.task)).and_then(|task| task.max);
    let words = format!(
        "{} / ({} · {}) · 100; полный балл — {}, частичный — {}, ноль — {}, не приступали — {}",
        count(counts.sum),
        count(counts.n),
        max.map_or_else(|| "максимум".to_owned(), |max| max.to_string()),
        counts.full,
        counts.partial,
        counts.zero,
        counts.not_attempted
    );
    let judged = chapter.findings.verdicts.iter().find(|one| one.task == task.task);
    let limit = judged.and_then(|one| one.threshold).map(|limit| {
        let procedure = chapter.measures.exam.key.procedure;
        let id = if procedure.has_attempts() { "F20.basic" } else { "F01.sufficient" };
        format!("{} %; {}", decimal(limit, 1), context.thresholds.get(id).source())
    });
    let numbers = match title {
        "%" => [task.pct.map(|pct| pct.0), None],
        "95 % инт." => bounds(task.interval),
        _ => return None,
    };
    Some(Known { column: "tasks.pct", numbers, counts: words, threshold: limit.unwrap_or_default() })
}

fn skill_of<'a>(chapter: &Chapter<'a>, row: &Row, level: Level, group: &str) -> Option<&'a SkillRow> {
    let Some(Cell::Text(name)) = row.cells.first() else { return None };
    let rows = chapter.measures.skills.iter();
    rows.filter(|row| row.level == level && row.group == group)
        .find(|row| row.title == *name || crate::wording::text::capitalised(&row.title) == *name)
}

fn of_skill(skill: &SkillRow, title: &str) -> Option<Known> {
    let numbers = match title {
        "%" => [skill.pct.map(|pct| pct.value.0), None],
        "95 % инт." => bounds(skill.pct),
        _ => return None,
    };
    let counts = format!("{} / {} · 100; заданий — {}", count(skill.sum), count(skill.max_sum), skill.tasks);
    Some(Known { column: "skills.pct", numbers, counts, threshold: String::new() })
}
