//! «Динамика»: the year against the year before, where the comparability gate is open.

use super::{other, row, table, text};
use crate::model::measures::DynamicsRow;
use crate::model::report::{Align, Block, Cell, Row, Text};
use crate::report::context::{Chapter, Context};
use crate::wording::number as print;

/// A measure of the table: id, name, unit, decimals.
type Measure = (&'static str, &'static str, &'static str, u8);

/// Measures in the order of the table.
const MEASURES: &[Measure] = &[
    ("share_of_2", "Отметки «2»", "%", 1),
    ("pass_pct", "Успеваемость", "%", 1),
    ("quality_pct", "Качество", "%", 1),
    ("mean_mark", "Средняя отметка", "отметка", 2),
    ("below_min_pct", "Ниже минимального балла", "%", 1),
    ("from_min_to_60_pct", "От минимального до 60", "%", 1),
    ("from_61_to_80_pct", "От 61 до 80", "%", 1),
    ("from_81_to_100_pct", "От 81 до 100", "%", 1),
    ("mean_test", "Средний тестовый балл", "балл", 1),
];

/// The table of the focus; a line that says why where there is none.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let measures = chapter.measures;
    let (level, group) = &context.focus;
    let of_focus =
        |id: &str| measures.dynamics.iter().find(|row| row.level == *level && row.group == *group && row.measure == id);
    let found: Vec<(&DynamicsRow, &Measure)> =
        MEASURES.iter().filter_map(|measure| Some((of_focus(measure.0)?, measure))).collect();
    let Some((first, _)) = found.first() else {
        return vec![Block::Note(Text::plain("Динамика: нет данных, прошлых лет по этой работе в базе нет."))];
    };
    let (now, before) = (measures.exam.key.year, year_of(&first.before_exam));
    if let Some((closed, _)) = found.iter().find(|(row, _)| !row.comparable) {
        return vec![Block::Note(Text::plain(format!("Сравнение с {before} годом не проводится: {}.", closed.reason)))];
    }
    let rows: Vec<Row> = found.iter().map(|(dynamics, measure)| line(dynamics, measure)).collect();
    let columns = vec![
        text("Показатель", 3.4),
        text("Единица", 1.0),
        other(&before, Align::Right, 1.0),
        other(&now.to_string(), Align::Right, 1.0),
        other("Разность", Align::Right, 1.0),
        other("95 % инт. разности", Align::Right, 1.6),
    ];
    let note = format!(
        "Участников: {} в {before} году и {} в {now} году. Разность долей — в п.п. Сравниваются работы с той же шкалой; \
         одинаковая спецификация — не одинаковая трудность. {}.",
        print::count(first.n.1),
        print::count(first.n.0),
        crate::wording::text::capitalised(&first.reason)
    );
    let name = format!("dynamics_{}", measures.exam.id().replace('-', "_"));
    vec![table(
        &name,
        format!("Динамика, {}", super::whose(context, chapter)),
        columns,
        rows,
        note.trim_end_matches(" ."),
    )]
}

fn line(dynamics: &DynamicsRow, measure: &Measure) -> Row {
    let (_, title, unit, decimals) = *measure;
    let value = |number: Option<f64>| number.map_or(Cell::Missing, |number| Cell::Number(number, decimals));
    row(vec![
        Cell::Text(title.to_owned()),
        Cell::Text(unit.to_owned()),
        value(dynamics.before),
        value(dynamics.now),
        dynamics.difference.map_or(Cell::Missing, |difference| Cell::Difference(difference, decimals)),
        dynamics.interval.map_or(Cell::Missing, |(low, high)| Cell::Interval(low, high, decimals)),
    ])
}

/// Year of an exam's name: `vpr-2025-math-8`.
fn year_of(exam: &str) -> String {
    exam.split('-').nth(1).unwrap_or_default().to_owned()
}
