//! Results of an exam as an edition shows them: marks, skills and tasks of the group and, for an association, of
//! schools.

use super::{other, result_titles};
use crate::context::{EditionText, Names};
use crate::table::TableOf;
use srez_model::edition::{Cut, EditionExam, EditionRow};
use srez_model::level::Level;
use srez_model::report::{Align, Block, Cell, RowKind, Text};
use srez_model::unit::Percent;
use srez_wording::text as words;

/// Schools that fit beside each other on a page turned sideways.
const MOST_COLUMNS: usize = 16;

/// Columns of a table on an upright page.
const MOST_UPRIGHT: usize = 9;

/// Why a table merges marks.
const MERGED: &str = "Отметки объединены, чтобы нельзя было узнать отдельных участников.";

/// Foot of every page.
pub(crate) fn footer(context: &Names<'_>, text: &EditionText) -> String {
    format!("Издание {} · {}", text.recipient, context.data())
}

/// The tables of one exam, or why those of an earlier period stay in force.
pub(crate) fn of_exam(context: &Names<'_>, text: &EditionText, exam: &EditionExam) -> Vec<Block> {
    if !exam.held.is_empty() {
        return vec![Block::Note(Text::plain(format!(
            "С издания {} изменились результаты немногих участников; чтобы по разнице изданий нельзя было узнать \
             отдельные работы, таблицы не обновлены. Действуют таблицы издания {}.",
            exam.held, exam.held
        )))];
    }
    let mut blocks = vec![marks(context, text, exam)];
    blocks.extend(matters(context, text, exam, &Matters::skills(exam)));
    blocks.extend(matters(context, text, exam, &Matters::tasks(exam)));
    blocks
}

fn marks(context: &Names<'_>, text: &EditionText, exam: &EditionExam) -> Block {
    let titles = result_titles::columns(&exam.exam, exam.cut);
    let titles: Vec<(usize, &str)> = titles.into_iter().enumerate().collect();
    let table = TableOf::new(exam.rows.iter().enumerate())
        .text("Группа участников", 3.4, |(_, row)| name(context, row))
        .number("Чел.", 1.0, |(_, row)| row.n.map_or(Cell::Missing, Cell::count))
        .columns(
            &titles,
            |(_, title)| other(title, Align::Right, 1.2),
            |(_, row), (place, _)| share(row.shares.get(*place).copied(), text.decimals),
        )
        .kinds(|(place, _)| if *place == 0 { RowKind::Own } else { RowKind::Plain });
    let merged = format!("«—»: скрыто. {MERGED} Порядок — по реестру, это не рейтинг.");
    let note = match exam.cut {
        Cut::Four => "«—»: скрыто. Порядок — по реестру, это не рейтинг.",
        Cut::Pass | Cut::Quality => &merged,
        Cut::Count => "«—»: скрыто. Распределение по отметкам не показывается: групп достаточного размера нет.",
    };
    named(table, exam, "marks", "Участники и отметки", note)
}

/// Tasks or skills: what stands in the lines of a table.
struct Matters {
    name: &'static str,
    caption: &'static str,
    lines: Vec<(String, String)>,
    values: fn(&EditionRow) -> &Vec<Option<Percent>>,
}

impl Matters {
    fn skills(exam: &EditionExam) -> Self {
        let line = |title: &String| (String::new(), words::capitalised(title));
        Self {
            name: "skills",
            caption: "Умения и элементы содержания, % выполнения",
            lines: exam.skills.iter().map(line).collect(),
            values: |row| &row.skills,
        }
    }

    fn tasks(exam: &EditionExam) -> Self {
        let line = |task: &srez_model::assessment::Task| {
            (task.id.clone(), words::shortened(&words::capitalised(task.label()), 48))
        };
        Self {
            name: "tasks",
            caption: "Задания, % выполнения",
            lines: exam.exam.tasks.iter().map(line).collect(),
            values: |row| &row.tasks,
        }
    }
}

fn matters(context: &Names<'_>, text: &EditionText, exam: &EditionExam, matters: &Matters) -> Option<Block> {
    let total = exam.total()?;
    let schools: Vec<&EditionRow> =
        exam.rows.iter().filter(|row| row.level == Level::School && row.n.is_some()).collect();
    let beside = if schools.len() <= MOST_COLUMNS { schools } else { Vec::new() };
    let value = |row: &EditionRow, place: usize| (matters.values)(row).get(place).copied().flatten();
    let shown = |place: usize| value(total, place).is_some() || beside.iter().any(|row| value(row, place).is_some());
    let lines = matters.lines.iter().enumerate().filter(|(place, _)| shown(*place));
    let mut table = TableOf::new(lines);
    if table.is_empty() {
        return None;
    }
    if matters.lines.iter().any(|(number, _)| !number.is_empty()) {
        table = table.number("№", 0.7, |(_, (number, _))| Cell::Text(number.clone()));
    }
    let table = table
        .text("Что проверяется", 4.0, |(_, (_, title))| if title.is_empty() { "—".to_owned() } else { title.clone() })
        .number("Всего", 1.0, |(place, _)| share(value(total, *place), text.decimals))
        .columns(
            &beside,
            |row| other(context.school(&row.group), Align::Right, 1.0),
            |(place, _), row| share(value(row, *place), 0),
        );
    let note = "«—»: скрыто или не предлагалось. Процент выполнения — сумма баллов, делённая на наибольшую возможную.";
    Some(named(table, exam, matters.name, matters.caption, note))
}

fn name(context: &Names<'_>, row: &EditionRow) -> String {
    match row.level {
        Level::School => context.school(&row.group).to_owned(),
        Level::SchoolType => format!("Школы вида «{}»", row.group),
        _ => context.focus_title.clone(),
    }
}

fn share(value: Option<Percent>, decimals: u8) -> Cell {
    value.map_or(Cell::Missing, |value| Cell::number(value.0, decimals))
}

/// A table of an exam.
fn named<R>(table: TableOf<R>, exam: &EditionExam, name: &str, caption: &str, note: &str) -> Block {
    let name = format!("{name}_{}", exam.exam.id().replace('-', "_"));
    let wide = table.width() > MOST_UPRIGHT;
    table.wide(wide).named(&name, format!("{caption}. {}", exam.exam.title()), note)
}
