//! The numbers behind a finding: the rows of the tables that its sign reads, the rows of files where a table holds
//! none.

use super::terminal::{say, table};
use srez_model::compared::MeasureId;
use srez_model::data_table::{DataTable, Value};
use srez_model::error::Result;
use srez_model::finding::{Finding, Matter};
use srez_model::level::Level;
use srez_model::sign::Evidence;
use srez_pipeline::explained::printed;
use srez_pipeline::recount::{Recount, SheetRows};
use srez_wording::{plural, text};

/// Rows of a table that are shown; a distribution may have many.
pub(super) const MOST_ROWS: usize = 40;

/// Rows of one table: which table, and which of its rows.
struct Rows<'a> {
    table: &'static str,
    /// None: every exam of the run.
    exam: Option<&'a str>,
    level: Level,
    /// The group; for classes the school that they belong to.
    group: &'a str,
    /// Whether a row with this measure, task, skill or kind belongs to it; true for tables without them.
    wanted: Wanted<'a>,
}

/// Prints what the sign of a finding has read.
pub(super) fn show(recounted: &Recount, finding: &Finding) -> Result<()> {
    let tables = srez_measure::tables(&recounted.measures);
    for one in evidence(finding) {
        let Some(found) = tables.iter().find(|table| table.name == one.table) else { continue };
        print(found, &one);
    }
    match finding.sign.evidence {
        Evidence::EqualRows => repeated(recounted, finding)?,
        Evidence::OfficialList => {
            let rows = recounted.listed(&finding.group).into_iter();
            let rows: Vec<Vec<String>> = rows.map(|one| vec![one.file, one.sheet, one.row.to_string()]).collect();
            if !rows.is_empty() {
                say("Официальный перечень:");
                table(&["Файл", "Лист", "Строка"], &rows);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Which measure, task, skill or kind a row must have.
type Wanted<'a> = Box<dyn Fn(&str) -> bool + 'a>;

/// Rows of these measures.
fn measured(is_wanted: fn(&MeasureId) -> bool) -> Wanted<'static> {
    Box::new(move |about| about.parse().is_ok_and(|measure| is_wanted(&measure)))
}

/// Whether a measure is the completion of a skill, against whatever.
fn is_of_skill(measure: &MeasureId, skill: &str) -> bool {
    matches!(measure.plain(), MeasureId::Skill(title) | MeasureId::SkillOwn(title) if title == skill)
}

fn evidence(finding: &Finding) -> Vec<Rows<'_>> {
    let of = |table, wanted| Rows {
        table,
        exam: Some(finding.exam.as_str()),
        level: finding.level,
        group: finding.group.as_str(),
        wanted,
    };
    let all = || -> Wanted<'_> { Box::new(|_| true) };
    let low = || measured(|measure| measure == measure.plain() && measure.is_low_share());
    let of_matter = || -> Wanted<'_> {
        let title = finding.matter_title.as_str();
        Box::new(move |about| about == title || about.parse().is_ok_and(|measure| is_of_skill(&measure, title)))
    };
    match finding.sign.evidence {
        Evidence::Comparisons if finding.matter == Matter::Work => {
            vec![of("comparisons", measured(|measure| *measure.plain() == MeasureId::Total))]
        }
        Evidence::Comparisons => vec![of("comparisons", of_matter())],
        Evidence::LowShareCompared => vec![of("comparisons", low())],
        Evidence::Skill => vec![of("skills", of_matter())],
        Evidence::LowShareOverYears => vec![of("dynamics", low())],
        Evidence::BandsOverYears => {
            let is_of_result = |measure: &MeasureId| {
                !matches!(measure, MeasureId::Task(_) | MeasureId::Skill(_) | MeasureId::Cohort(_))
            };
            vec![of("dynamics", measured(is_of_result))]
        }
        Evidence::Cohort => vec![of("dynamics", measured(|measure| matches!(measure, MeasureId::Cohort(_))))],
        Evidence::Boundaries => vec![of("boundaries", all())],
        Evidence::Journal => vec![of("journal", all())],
        Evidence::Classes => vec![Rows { level: Level::Class, ..of("marks", all()) }],
        Evidence::Scores => vec![of("scores", Box::new(|kind| kind == "primary"))],
        Evidence::TaskByMark => vec![of("tasks_by_mark", Box::new(|task| task == finding.task_number))],
        Evidence::LowResults => vec![of("marks", all()), of("bands", all())],
        Evidence::LowResultsOfAllExams => {
            vec![Rows { exam: None, ..of("marks", all()) }, Rows { exam: None, ..of("bands", all()) }]
        }
        Evidence::MarksOfSchools => vec![Rows { level: Level::School, group: "", ..of("marks", all()) }],
        Evidence::Counts | Evidence::EqualRows | Evidence::OfficialList => Vec::new(),
    }
}

fn print(found: &DataTable, one: &Rows<'_>) {
    let place = |name: &str| found.columns.iter().position(|column| column.name == name);
    let cell = |row: &[Value], name: &str| match place(name).and_then(|place| row.get(place)) {
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::Missing) => Some(String::new()),
        _ => None,
    };
    let is_in = |group: &str| match one.level {
        Level::Class => group.strip_prefix(one.group).is_some_and(|rest| rest.starts_with('/')),
        Level::School if one.group.is_empty() => true,
        _ => group == one.group,
    };
    let wanted = |row: &&Vec<Value>| {
        let about = ["measure", "task", "skill", "kind"].into_iter().find_map(|name| cell(row, name));
        one.exam.is_none_or(|exam| cell(row, "exam").is_some_and(|own| own == exam))
            && cell(row, "level").is_some_and(|level| level == one.level.id())
            && cell(row, "group").is_some_and(|group| is_in(&group))
            && about.is_none_or(|about| (one.wanted)(&about))
    };
    let rows: Vec<&Vec<Value>> = found.rows.iter().filter(wanted).collect();
    if rows.is_empty() {
        return;
    }
    // Columns in which nothing stands are left out: a table has many, and each row uses some of them.
    let filled = |column: &usize| rows.iter().any(|row| !matches!(row.get(*column), None | Some(Value::Missing)));
    let columns: Vec<usize> = (0..found.columns.len()).filter(filled).collect();
    let head: Vec<&str> =
        columns.iter().filter_map(|column| found.columns.get(*column)).map(|column| column.name).collect();
    let cells = |row: &&Vec<Value>| {
        columns.iter().map(|column| row.get(*column).map_or(String::new(), printed)).collect::<Vec<String>>()
    };
    say(&format!("Таблица {}:", found.name));
    table(&head, &rows.iter().take(MOST_ROWS).map(cells).collect::<Vec<_>>());
    if MOST_ROWS < rows.len() {
        say(&format!("Ещё строк: {}", rows.len() - MOST_ROWS));
    }
}

/// Rows with the same points, to be looked at in the files.
fn repeated(recounted: &Recount, finding: &Finding) -> Result<()> {
    let found = recounted.repeated(&finding.exam, &finding.group)?;
    if !found.is_empty() {
        say("Строки с одинаковыми баллами за все задания внутри класса (баллы, при которых строки совпадают часто, \
             признаком не учитываются):");
    }
    for one in found {
        let rows: Vec<String> = one
            .rows
            .iter()
            .map(|SheetRows { file, sheet, rows }| {
                let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
                format!("строки {} — {file}, лист «{sheet}»", text::list(&rows))
            })
            .collect();
        let points = plural::nominative(one.total, plural::POINT);
        say(&format!("  класс {}, {points}: {}", one.class, rows.join("; ")));
    }
    Ok(())
}
