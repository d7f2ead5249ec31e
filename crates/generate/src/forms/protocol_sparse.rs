//! Sparse protocols as they are printed to a sheet `Page 1`: merged cells, gaps between columns, footers.

use super::protocol::{Line, Protocol};
use crate::district::REGION;
use crate::grid::{Grid, Value};

/// Columns of ОГЭ, counted from 0, each reaching to the next.
const OGE: [u16; 13] = [0, 1, 2, 4, 6, 8, 10, 12, 13, 14, 17, 18, 20];
const OGE_NAMES: [&str; 12] = [
    "№",
    "Код ОО",
    "Класс",
    "Код ППЭ",
    "Аудитория",
    "Код МСУ",
    "Фамилия",
    "Имя",
    "Отчество",
    "Задания с кратким ответом",
    "Задания с развёрнутым ответом",
    "Первичный балл",
];
const EGE_NAMES: [&str; 12] = [
    "№",
    "Код МСУ",
    "Код ОО",
    "Класс",
    "Код ППЭ",
    "Аудитория",
    "Фамилия",
    "Имя",
    "Отчество",
    "Задания с кратким ответом",
    "Задания с развёрнутым ответом",
    "Первичный балл",
];

/// Several exams of ОГЭ on one sheet, one under another.
pub(crate) fn oge(protocols: &[Protocol]) -> Grid {
    let mut grid = Grid::new("Page 1");
    grid.push_texts(&["Протокол проверки результатов"]);
    grid.push_texts(&[&format!("99 - {REGION}")]);
    for protocol in protocols {
        grid.push_texts(&[&protocol.title]);
        grid.push(Vec::new());
        let mut header: Vec<_> = OGE_NAMES.map(Value::from).to_vec();
        header.push(protocol.result_name.into());
        place(&mut grid, &OGE, header);
        for (at, line) in protocol.lines.iter().enumerate() {
            let mut cells = vec![number(at + 1), code(&line.school), line.class.clone().into(), line.point.into()];
            cells.extend([code(&line.room), code(&line.municipality)]);
            cells.extend(tail(line));
            place(&mut grid, &OGE, cells);
        }
        footer(&mut grid, protocol, 18);
    }
    grid
}

/// One exam of ЕГЭ, columns 0, 2, 4 …
pub(crate) fn ege(protocol: &Protocol) -> Grid {
    let columns: Vec<u16> = (0..13).map(|at| 2 * at).collect();
    let mut grid = Grid::new("Page 1");
    grid.push_texts(&["Протокол проверки"]);
    grid.push_texts(&[&format!("99 - {REGION}")]);
    grid.rows.extend([Vec::new(), Vec::new(), Vec::new()]);
    grid.push_texts(&[&protocol.title]);
    grid.push(Vec::new());
    let mut header: Vec<_> = EGE_NAMES.map(Value::from).to_vec();
    header.push(protocol.result_name.into());
    place(&mut grid, &columns, header);
    for (at, line) in protocol.lines.iter().enumerate() {
        let mut cells = vec![number(at + 1), code(&line.municipality), code(&line.school), line.class.clone().into()];
        cells.extend([line.point.into(), line.room.clone().into()]);
        cells.extend(tail(line));
        place(&mut grid, &columns, cells);
    }
    footer(&mut grid, protocol, 22);
    grid
}

fn tail(line: &Line) -> Vec<Value> {
    let mut cells: Vec<_> = line.names.iter().map(|name| Value::from(name.as_str())).collect();
    cells.extend([line.short.clone().into(), line.extended.clone().into()]);
    cells.extend([line.primary.into(), line.result.into()]);
    cells
}

/// Puts cells into their columns and merges each with the gap after it.
fn place(grid: &mut Grid, columns: &[u16], cells: Vec<Value>) {
    let row = u32::try_from(grid.rows.len()).unwrap_or(u32::MAX);
    let mut placed = vec![Value::Empty; columns.last().map_or(0, |last| usize::from(*last) + 1)];
    for (at, cell) in cells.into_iter().enumerate() {
        let column = columns[at];
        if let Some(next) = columns.get(at + 1).filter(|next| column + 1 < **next) {
            grid.merged.push((row, column, row, next - 1));
        }
        placed[usize::from(column)] = if cell == Value::from("") { Value::Empty } else { cell };
    }
    grid.push(placed);
}

fn footer(grid: &mut Grid, protocol: &Protocol, primary: usize) {
    let n = u32::try_from(protocol.lines.len()).unwrap_or(0);
    let sum: u32 = protocol.lines.iter().map(|line| u32::from(line.primary)).sum();
    let mut means = vec![Value::Empty; primary + 1];
    means[0] = "Средние".into();
    means[primary] = ((10.0 * f64::from(sum) / f64::from(n.max(1))).round() / 10.0).into();
    grid.push(means);
    let mut count = vec![Value::Empty; primary + 1];
    count[0] = "Всего участников".into();
    count[primary] = n.into();
    grid.push(count);
}

fn code(digits: &str) -> Value {
    digits.parse::<u32>().map_or_else(|_| digits.into(), Value::from)
}

fn number(ordinal: usize) -> Value {
    u32::try_from(ordinal).unwrap_or(0).into()
}
