//! The page of an edition: what its tables show, and nothing else; what is hidden was decided before.

use super::{Groups, NO_RANKING, READING, lines, order, work};
use crate::context::{EditionText, Names};
use crate::sections::edition_results::footer;
use srez_model::edition::{Cut, EditionExam, EditionRow};
use srez_model::filter_page::{FilterPage, GroupResults, HIDDEN, PrintedResult, ResultGroup, ResultLine, WorkResults};
use srez_model::unit::Percent;
use srez_wording::number;
use srez_wording::sentence::filtered;

/// The page; none where the edition shows no table.
pub fn compose(names: &Names<'_>, text: &EditionText, exams: &[EditionExam]) -> Option<FilterPage> {
    let mut groups = Groups::of(names);
    for row in exams.iter().flat_map(|exam| &exam.rows) {
        if place_of(&groups, row).is_none() {
            let name = format!("Школы вида «{}»", row.group);
            groups.groups.push(ResultGroup { level: row.level, id: row.group.clone(), name });
        }
    }
    let mut in_order: Vec<&EditionExam> = exams.iter().collect();
    in_order.sort_by_cached_key(|exam| order(&exam.exam));
    let works = in_order.into_iter().map(|exam| results(names, text, exam, &groups));
    let mut works: Vec<WorkResults> = works.filter(|work| !work.groups.is_empty()).collect();
    if works.is_empty() {
        return None;
    }
    let groups = groups.used(&mut works);
    let held = exams.iter().filter(|exam| !exam.held.is_empty());
    let held = held.map(|exam| format!("{}: действуют таблицы издания {}.", exam.exam.title(), exam.held));
    Some(FilterPage {
        title: format!("{}: все результаты с\u{a0}отбором", text.title),
        subtitle: names.focus_title.clone(),
        centre: names.centre.to_owned(),
        footer: footer(names, text),
        rules: [READING, NO_RANKING]
            .map(str::to_owned)
            .into_iter()
            .chain(text.rules.iter().cloned())
            .chain(held)
            .collect(),
        note: NO_RANKING.to_owned(),
        hidden_because: filtered::BY_THE_RULES.to_owned(),
        groups,
        works,
        sentence: filtered::parts(),
        ..FilterPage::default()
    })
}

fn place_of(groups: &Groups, row: &EditionRow) -> Option<usize> {
    groups.groups.iter().position(|group| group.level == row.level && group.id == row.group)
}

/// What of a row stands in a line.
type Value = Box<dyn Fn(&EditionRow) -> Option<Percent>>;

fn results(names: &Names<'_>, text: &EditionText, exam: &EditionExam, groups: &Groups) -> WorkResults {
    let told: Vec<(ResultLine, Value)> = told(exam)
        .into_iter()
        // What is told of nobody was not put to them, or is hidden everywhere.
        .filter(|(_, value)| exam.rows.iter().any(|row| value(row).is_some()))
        .collect();
    let of_row = |row: &EditionRow| {
        let n = row.n.map_or_else(|| HIDDEN.to_owned(), number::count);
        let one = |(_, value): &(ResultLine, Value)| {
            let share = value(row).map_or_else(|| HIDDEN.to_owned(), |pct| number::decimal(pct.0, text.decimals));
            PrintedResult { n: n.clone(), share, ..PrintedResult::default() }
        };
        Some(GroupResults {
            group: place_of(groups, row)?,
            list: None,
            results: told.iter().map(one).map(Some).collect(),
        })
    };
    let shown = if told.is_empty() { Vec::new() } else { exam.rows.iter().filter_map(of_row).collect() };
    let lines = told.into_iter().map(|(line, _)| line).collect();
    work(names, &exam.exam, lines, shown)
}

/// The lines of a work as the edition tells it.
fn told(exam: &EditionExam) -> Vec<(ResultLine, Value)> {
    let mut told: Vec<(ResultLine, Value)> = Vec::new();
    let columns = if exam.cut == Cut::Count { &[][..] } else { exam.cut.columns() };
    for (place, column) in columns.iter().enumerate() {
        let line = lines::of_results(&exam.exam, column);
        told.push((line, Box::new(move |row| row.shares.get(place).copied())));
    }
    for (place, title) in exam.skills.iter().enumerate() {
        told.push((lines::of_skill(title), Box::new(move |row| row.skills.get(place).copied().flatten())));
    }
    for (place, task) in exam.exam.tasks.iter().enumerate() {
        told.push((lines::of_task(task), Box::new(move |row| row.tasks.get(place).copied().flatten())));
    }
    told
}
