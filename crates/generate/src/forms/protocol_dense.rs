//! Dense protocols: title in A1, header in row 2, document next to the name.

use super::protocol::Protocol;
use crate::grid::{Grid, Value};

/// The sheet of one exam.
pub(crate) fn grid(protocol: &Protocol) -> Grid {
    let mut grid = Grid::new("Протокол");
    grid.push_texts(&[&protocol.title]);
    let mut header: Vec<Value> = [
        "№",
        "Код МСУ",
        "Код ОО",
        "Класс",
        "Код ППЭ",
        "Аудитория",
        "Фамилия",
        "Имя",
        "Отчество",
        "Серия",
        "Номер",
        "Задания с кратким ответом",
    ]
    .map(Value::from)
    .to_vec();
    if protocol.has_extended {
        header.push("Задания с развёрнутым ответом".into());
    }
    if protocol.has_oral {
        header.push("Устная часть".into());
    }
    header.extend(["Первичный балл", protocol.result_name].map(Value::from));
    grid.push(header);
    grid.bold = vec![0, 1];
    for (at, line) in protocol.lines.iter().enumerate() {
        let mut row: Vec<Value> = vec![u32::try_from(at + 1).unwrap_or(0).into()];
        row.extend([line.municipality.clone().into(), line.school.clone().into(), line.class.clone().into()]);
        row.extend([line.point.into(), line.room.clone().into()]);
        row.extend(line.names.iter().chain(&line.document).map(|text| Value::from(text.as_str())));
        row.push(line.short.clone().into());
        if protocol.has_extended {
            row.push(line.extended.clone().into());
        }
        if protocol.has_oral {
            row.push(line.oral.clone().into());
        }
        row.extend([line.primary.into(), line.result.into()]);
        grid.push(row);
    }
    grid
}

/// A list without answers, as it is made for ГВЭ.
pub(crate) fn list(protocol: &Protocol) -> Grid {
    let mut grid = Grid::new("Протокол");
    grid.push_texts(&[&protocol.title]);
    grid.push_texts(&["№", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Первичный балл", protocol.result_name]);
    grid.bold = vec![0, 1];
    for (number, line) in (1_u32..).zip(&protocol.lines) {
        let mut row: Vec<Value> = vec![number.into(), line.school.clone().into(), line.class.clone().into()];
        row.extend(line.names.iter().map(|name| Value::from(name.as_str())));
        row.extend([line.primary.into(), line.result.into()]);
        grid.push(row);
    }
    grid
}
