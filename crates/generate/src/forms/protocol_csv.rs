//! Protocols as text with semicolons: with gaps between columns and footers, or dense for the base mathematics.

use super::protocol::{Line, Protocol};
use std::fmt::Write;

/// ЕГЭ with gaps: `№;;Код МСУ;;Код ОО;;…`; `least` is the test score that passes.
pub(crate) fn with_gaps(protocol: &Protocol, least: u16) -> String {
    let mut text = format!("{};;;;;;\r\n", protocol.title);
    text.push_str("№;;Код МСУ;;Код ОО;;Класс;;Код ППЭ;;Аудитория;;Фамилия;Имя;Отчество;;Серия;;Номер;;");
    text.push_str("Задания с кратким ответом;;Задания с развёрнутым ответом;;Первичный балл;;Балл;\r\n");
    for (at, line) in protocol.lines.iter().enumerate() {
        let Line { school, municipality, class, point, room, names, document, .. } = line;
        let _ = write!(text, "{};;{municipality};;{school};;{class};;{point};;{room};;", at + 1);
        let _ = write!(text, "{};{};{};;{};;{};;", names[0], names[1], names[2], document[0], document[1]);
        let _ = write!(text, "{};;{};;{};;{};\r\n", line.short, line.extended, line.primary, line.result);
    }
    let gap = ";".repeat(24);
    let n = u64::try_from(protocol.lines.len()).unwrap_or(0);
    let mean = |of: fn(&Line) -> u16| {
        let sum: u64 = protocol.lines.iter().map(|line| u64::from(of(line))).sum();
        let tenths = (10 * sum + n.max(1) / 2) / n.max(1);
        format!("{},{}", tenths / 10, tenths % 10)
    };
    let _ = write!(text, "Средние{gap};{};;{};\r\n", mean(|line| line.primary), mean(|line| line.result));
    let _ = write!(text, "Минимальная граница{gap};;;{least};\r\n");
    let _ = write!(text, "Всего участников{gap};{n};;;\r\n");
    text
}

/// The base mathematics: no extended answers, a mark at the end.
pub(crate) fn dense(protocol: &Protocol) -> String {
    let mut text = format!("{}\r\n", protocol.title);
    text.push_str("№;Код ОО;Класс;Код ППЭ;Аудитория;Фамилия;Имя;Отчество;Серия;Номер;");
    text.push_str("Задания с кратким ответом;Первичный балл;Оценка\r\n");
    for (at, line) in protocol.lines.iter().enumerate() {
        let Line { school, class, point, room, names, document, .. } = line;
        let _ = write!(text, "{};{school};{class};{point};{room};{};{};{};", at + 1, names[0], names[1], names[2]);
        let _ = write!(text, "{};{};{};{};{}\r\n", document[0], document[1], line.short, line.primary, line.result);
    }
    let _ = write!(text, "Всего участников;{}\r\n", protocol.lines.len());
    text
}
