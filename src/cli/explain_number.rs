//! `srez explain ID КОНВЕЙЕР`: a finding or a number down to rows, file, sheet, cells and hash.

use super::explain_evidence::{self, MOST_ROWS, printed};
use super::terminal::{Progress, say, table};
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::compared::MeasureId;
use srez_model::data_table::{DataTable, Value};
use srez_model::error::{Error, Result};
use srez_model::finding::{Finding, Matter};
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::Evidence;
use srez_pipeline::recount::{Recount, SourceRows, recount};
use srez_wording::{number, plural, rule};

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
    say(&format!("{} — {}", finding.id, finding.status.title().to_lowercase()));
    if !finding.is_silent() {
        say(&finding.text());
    }
    let real = |value: Option<f64>, decimals| {
        value.map_or(number::MISSING.to_owned(), |value| number::decimal(value, decimals))
    };
    let probability = |value: Option<f64>| value.map_or(number::MISSING.to_owned(), number::probability);
    let unit = if finding.unit.is_empty() { String::new() } else { format!("\u{a0}{}", finding.unit) };
    let how_sure = match finding.sure {
        Some(sure) => format!("вероятность отличия не меньше порога: {}", number::decimal(sure, 3)),
        None => format!("p = {}; q = {}", probability(finding.p), probability(finding.q)),
    };
    say(&format!("Значение: {}{unit}; участников: {}; {how_sure}", real(finding.value, 2), number::count(finding.n)));
    let sign = finding.sign;
    say(&format!("Правило {}: {} — {}", sign.id, sign.title, rule::in_force(sign, &plan.thresholds)));
    say(&format!("Источник правила: {}", sign.tag.title()));
    for id in sign.thresholds {
        let entry = plan.thresholds.get(id);
        say(&format!("Порог {id}: {} {} — {}", rule::plain(entry.value), entry.unit, entry.source()));
    }
    say(&format!("Осторожно: {}", sign.caution));
    if !finding.part_of.is_empty() {
        say(&format!("Часть вывода {}", finding.part_of));
    }
    let measures = recounted.measures.iter().find(|one| one.exam.id() == finding.exam);
    let task = match (&finding.matter, measures) {
        (Matter::Task(task), Some(measures)) => measures.exam.tasks.get(usize::from(*task)).map(|task| task.id.clone()),
        _ => None,
    };
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

/// The address of a number: `exam/level/group/table.column`. A group may contain a slash; the group of all participants
/// is empty.
#[derive(Debug, PartialEq, Eq)]
struct Address {
    exam: String,
    level: Level,
    group: String,
    table: String,
    column: String,
}

impl Address {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let exam = parts.next()?.to_owned();
        let level = parts.next()?;
        let level = Level::ALL.into_iter().find(|one| one.id() == level)?;
        let rest: Vec<&str> = parts.collect();
        let (last, group) = rest.split_last()?;
        let (table, column) = last.split_once('.')?;
        let (table, column) = (table.to_owned(), column.to_owned());
        Some(Self { exam, level, group: group.join("/"), table, column })
    }
}

fn explain_number(plan: &Plan, recounted: &Recount, address: &Address) -> Result<()> {
    let tables = srez_measure::tables(&recounted.measures);
    let missing = |what: String, hint: String| Err(Error::usage(what).hint(hint));
    let Some(found) = tables.iter().find(|table| table.name == address.table) else {
        let names: Vec<&str> = tables.iter().map(|table| table.name).collect();
        return missing(format!("таблицы «{}» нет", address.table), format!("таблицы: {}", names.join(", ")));
    };
    let Some(column) = found.columns.iter().position(|column| column.name == address.column) else {
        let names: Vec<&str> = found.columns.iter().map(|column| column.name).collect();
        return missing(format!("столбца «{}» нет", address.column), format!("столбцы: {}", names.join(", ")));
    };
    let rows = rows_of(found, address);
    if rows.is_empty() {
        return missing(
            "такой строки в таблице нет".to_owned(),
            "проверьте работу, уровень и группу: первые столбцы таблицы в папке data".to_owned(),
        );
    }
    let described = found.columns.get(column);
    let label = described.map_or("", |column| column.label);
    say(&format!("{}.{} — {label}", address.table, address.column));
    let full = format!("{}.{}", address.table, address.column);
    if let Some(definition) = srez_measure::MEASURES.iter().find(|one| one.columns.contains(&full.as_str())) {
        say(&format!("Показатель: {}", definition.title));
        say(&format!("Формула: {}", rule::filled(definition.formula, &plan.thresholds)));
        say(&format!("Источник: {}", definition.source));
    }
    let head: Vec<&str> = found.columns.iter().map(|column| column.name).collect();
    let lines: Vec<Vec<String>> = rows.iter().take(MOST_ROWS).map(|row| row.iter().map(printed).collect()).collect();
    table(&head, &lines);
    if MOST_ROWS < rows.len() {
        say(&format!("Ещё строк: {}", rows.len() - MOST_ROWS));
    }
    show(&recounted.sources(&address.exam, address.level, &address.group, None)?);
    Ok(())
}

/// Rows of a table at an address; tables of an exam as a whole have no level.
fn rows_of<'a>(table: &'a DataTable, address: &Address) -> Vec<&'a Vec<Value>> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let is = |row: &[Value], name: &str, wanted: &str| match place(name).and_then(|place| row.get(place)) {
        Some(Value::Text(text)) => text == wanted,
        Some(Value::Missing) => wanted.is_empty(),
        Some(_) => false,
        None => true,
    };
    let wanted = |row: &&Vec<Value>| {
        is(row, "exam", &address.exam) && is(row, "level", address.level.id()) && is(row, "group", &address.group)
    };
    table.rows.iter().filter(wanted).collect()
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

#[cfg(test)]
mod tests {
    use super::{Address, Level};

    #[test]
    fn an_address_may_have_a_group_with_a_slash_or_none() {
        let of = |text: &str| Address::parse(text).map(|found| (found.level, found.group, found.table, found.column));
        let cell = |level, group: &str| (level, group.to_owned(), "marks".to_owned(), "pass_pct".to_owned());
        assert_eq!(of("vpr-2026-math-8/class/edu1/8А/marks.pass_pct"), Some(cell(Level::Class, "edu1/8А")));
        assert_eq!(of("vpr-2026-math-8/all//marks.pass_pct"), Some(cell(Level::All, "")));
        assert_eq!((of("vpr-2026-math-8/planet/x/marks.n"), of("S02-vpr"), of("a/all/marks")), (None, None, None));
    }
}
