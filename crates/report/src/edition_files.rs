//! Tables of an edition: read off the shown rows, never off the counts.

use srez_model::artifact::Artifact;
use srez_model::assessment::Exam;
use srez_model::block::{ABSENT_PART, GREATEST_POINTS, NOT_ATTEMPTED, NOT_OFFERED, PointCode, ZEROED};
use srez_model::data_table::{ColumnType, DataColumn, DataTable, PART, Value};
use srez_model::edition::{Cut, EditionExam, EditionRow, SchoolExam};
use srez_model::unit::Percent;
use srez_render::csv;

const HIDDEN: &str = "скрыто по правилам издания или не предлагалось";

const fn column(name: &'static str, label: &'static str, kind: ColumnType, missing: &'static str) -> DataColumn {
    DataColumn { name, label, kind, unit: "", decimals: 0, missing }
}

const EXAM: DataColumn = column("exam", "Работа", ColumnType::Text, "");
const LEVEL: DataColumn = column("level", "Уровень группы", ColumnType::Text, "");
const GROUP: DataColumn = column("group", "Группа", ColumnType::Text, "все участники");
const PCT: DataColumn =
    DataColumn { name: "pct", label: "Доля", kind: ColumnType::Real, unit: "%", decimals: 1, missing: HIDDEN };

const MARKS: &[DataColumn] = &[
    EXAM,
    PART,
    LEVEL,
    GROUP,
    column("n", "Число участников", ColumnType::Integer, HIDDEN),
    column("marks", "Отметки или группы по тестовому баллу, от–до", ColumnType::Text, "доли не показываются"),
    PCT,
];
const TASKS: &[DataColumn] = &[EXAM, PART, LEVEL, GROUP, column("task", "Номер задания", ColumnType::Text, ""), PCT];
const SKILLS: &[DataColumn] = &[EXAM, PART, LEVEL, GROUP, column("skill", "Умение", ColumnType::Text, ""), PCT];
const PUPILS: &[DataColumn] = &[
    EXAM,
    PART,
    column("class", "Класс", ColumnType::Text, "неизвестен"),
    column("pupil", "Код участника", ColumnType::Text, ""),
    column("total", "Первичный балл", ColumnType::Integer, "не все задания прочитаны"),
    column("result", "Отметка или тестовый балл", ColumnType::Integer, "нет"),
];
const POINTS: &[DataColumn] = &[
    EXAM,
    PART,
    column("class", "Класс", ColumnType::Text, "неизвестен"),
    column("pupil", "Код участника", ColumnType::Text, ""),
    column("task", "Номер задания", ColumnType::Text, ""),
    column("points", "Баллы", ColumnType::Integer, "причина в state"),
    column("state", "points, not-attempted, not-offered, absent-part, zeroed, unreadable", ColumnType::Text, ""),
];

/// Files of data of an edition, and what they hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EditionFiles {
    pub files: Vec<Artifact>,
    pub rows: u64,
    /// Rows that are about one pupil each.
    pub pupil_rows: u64,
}

/// `marks.csv`, `tasks.csv`, `skills.csv` and their description; shares rounded to so many decimals.
pub fn of_exams(folder: &str, exams: &[EditionExam], decimals: u8) -> EditionFiles {
    let mut marks = DataTable { name: "marks", columns: MARKS.to_vec(), rows: Vec::new() };
    let mut tasks = DataTable { name: "tasks", columns: TASKS.to_vec(), rows: Vec::new() };
    let mut skills = DataTable { name: "skills", columns: SKILLS.to_vec(), rows: Vec::new() };
    for exam in exams {
        let (id, part) = (exam.exam.id(), &exam.exam.key.part);
        for row in &exam.rows {
            let key = || vec![text(&id), text(part), text(row.level.id()), text(&row.group)];
            marks.rows.extend(marks_of(exam, row, decimals).into_iter().map(|cells| [key(), cells].concat()));
            let values = exam.exam.tasks.iter().zip(&row.tasks);
            tasks.rows.extend(values.map(|(task, pct)| [key(), vec![text(&task.id), share(*pct, decimals)]].concat()));
            let values = exam.skills.iter().zip(&row.skills);
            skills.rows.extend(values.map(|(name, pct)| [key(), vec![text(name), share(*pct, decimals)]].concat()));
        }
    }
    written(folder, &[marks, tasks, skills])
}

fn marks_of(exam: &EditionExam, row: &EditionRow, decimals: u8) -> Vec<Vec<Value>> {
    let n = row.n.map_or(Value::Missing, count);
    if exam.cut == Cut::Count || row.shares.is_empty() {
        return vec![vec![n, Value::Missing, Value::Missing]];
    }
    let first = if exam.exam.has_test_scores() { 1 } else { 2 };
    let name = |column: &&[usize]| match (column.first(), column.last()) {
        (Some(from), Some(to)) if from == to => (from + first).to_string(),
        (Some(from), Some(to)) => format!("{}-{}", from + first, to + first),
        _ => String::new(),
    };
    let columns = exam.cut.columns().iter().zip(&row.shares);
    columns.map(|(column, pct)| vec![n.clone(), text(&name(column)), share(Some(*pct), decimals)]).collect()
}

/// `pupils.csv` and `points.csv` of one school and their description.
pub fn of_school(folder: &str, exams: &[SchoolExam]) -> EditionFiles {
    let mut pupils = DataTable { name: "pupils", columns: PUPILS.to_vec(), rows: Vec::new() };
    let mut points = DataTable { name: "points", columns: POINTS.to_vec(), rows: Vec::new() };
    for exam in exams {
        let (id, part) = (exam.exam.id(), &exam.exam.key.part);
        for pupil in &exam.pupils {
            let key = || vec![text(&id), text(part), text(&pupil.class), text(&pupil.code)];
            let whole = |value: Option<u16>| value.map_or(Value::Missing, |value| count(u64::from(value)));
            pupils.rows.push([key(), vec![whole(pupil.total), whole(pupil.result)]].concat());
            points.rows.extend(cells(&exam.exam, &pupil.points).map(|cells| [key(), cells].concat()));
        }
    }
    let pupil_rows = pupils.rows.len() as u64;
    EditionFiles { pupil_rows, ..written(folder, &[pupils, points]) }
}

fn cells<'a>(exam: &'a Exam, points: &'a [PointCode]) -> impl Iterator<Item = Vec<Value>> + 'a {
    exam.tasks.iter().zip(points).map(|(task, point)| {
        let (value, state) = match *point {
            NOT_ATTEMPTED => (Value::Missing, "not-attempted"),
            NOT_OFFERED => (Value::Missing, "not-offered"),
            ABSENT_PART => (Value::Missing, "absent-part"),
            ZEROED => (count(0), "zeroed"),
            points if points <= GREATEST_POINTS => (count(u64::from(points)), "points"),
            _ => (Value::Missing, "unreadable"),
        };
        vec![text(&task.id), value, text(state)]
    })
}

fn written(folder: &str, tables: &[DataTable]) -> EditionFiles {
    let rows = tables.iter().map(|table| table.rows.len() as u64).sum();
    let file =
        |table: &DataTable| Artifact { path: format!("{folder}/data/{}.csv", table.name), bytes: csv::render(table) };
    let mut files: Vec<Artifact> = tables.iter().map(file).collect();
    files.push(Artifact { path: format!("{folder}/data/metadata.csv"), bytes: csv::metadata(tables) });
    EditionFiles { files, rows, pupil_rows: 0 }
}

fn text(words: &str) -> Value {
    if words.is_empty() { Value::Missing } else { Value::Text(words.to_owned()) }
}

fn count(n: u64) -> Value {
    i64::try_from(n).map_or(Value::Missing, Value::Integer)
}

/// A share as it is printed: more digits would give the counts away.
fn share(pct: Option<Percent>, decimals: u8) -> Value {
    pct.map_or(Value::Missing, |pct| Value::Real(srez_wording::number::rounded(pct.0, decimals)))
}
