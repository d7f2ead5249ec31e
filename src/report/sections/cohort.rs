//! «Когорта»: the same pupils in an earlier exam, school by school, by their distance to the other schools.

use super::{other, row, table, text};
use crate::model::compared::COHORT;
use crate::model::level::Level;
use crate::model::measures::DynamicsRow;
use crate::model::report::{Align, Block, Cell, Row, Text};
use crate::report::context::{Chapter, Context};

/// Fewest participants of a school in both exams for a row of its own.
const FEWEST: u64 = 10;
/// Most schools of a table in a document; the rest stands in `data/dynamics.csv`.
const MOST_SCHOOLS: usize = 40;

/// A sentence on the focus and the table of its schools; nothing where no earlier exam of these pupils is known.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let measure = format!("{COHORT}pass_pct");
    let of = |level: Level, group: &str| {
        chapter.measures.dynamics_of(level, group).iter().find(|row| row.measure == measure).filter(|row| row.n.1 != 0)
    };
    let (level, group) = &context.focus;
    let Some(own) = of(*level, group) else { return Vec::new() };
    let title = context.title_of(&own.before_exam);
    let mut blocks = vec![sentence(own, title)];
    let schools: Vec<(&String, &DynamicsRow)> =
        context.schools.iter().filter_map(|school| Some((school, of(Level::School, school)?))).collect();
    let shown: Vec<Row> = schools
        .iter()
        .filter(|(_, row)| FEWEST <= row.n.0.min(row.n.1))
        .filter_map(|(school, found)| {
            let distance = found.distance.as_ref()?;
            Some(row(vec![
                Cell::Text(context.school(school).to_owned()),
                Cell::Count(found.n.1),
                Cell::Count(found.n.0),
                Cell::Difference(distance.before, 1),
                Cell::Difference(distance.now, 1),
                Cell::Difference(distance.change, 1),
                distance.interval.map_or(Cell::Missing, |(low, high)| Cell::Interval(low, high, 1)),
            ]))
        })
        .collect();
    if shown.is_empty() || MOST_SCHOOLS < shown.len() {
        return blocks;
    }
    let columns = vec![
        text("Школа", 3.2),
        other("Было чел.", Align::Right, 0.9),
        other("Стало чел.", Align::Right, 0.9),
        other("Было, п.п.", Align::Right, 1.0),
        other("Стало, п.п.", Align::Right, 1.0),
        other("Изменение", Align::Right, 1.0),
        other("95 % инт. изменения", Align::Right, 1.6),
    ];
    let note = format!(
        "Успеваемость школы минус успеваемость остальных школ муниципалитета: в работе «{title}» и в этой. Школы — в \
         порядке реестра; школы, где участников меньше {FEWEST}, не показаны. Интервал учитывает обычные расхождения \
         школ от года к году; работы разные, сами доли не вычитаются, составы учеников за год меняются."
    );
    let name = format!("cohort_{}", chapter.measures.exam.id().replace('-', "_"));
    blocks.push(table(&name, format!("Те же ученики раньше: {title}"), columns, shown, &note));
    blocks
}

fn sentence(own: &DynamicsRow, title: &str) -> Block {
    let words = match &own.distance {
        Some(distance) => {
            let points = |value: f64| {
                crate::wording::number::percentage_points(crate::model::unit::PercentagePoints(value), 1, true)
            };
            format!(
                "Те же ученики раньше — «{title}». Успеваемость относительно региона: было {}, стало {}.",
                points(distance.before),
                points(distance.now)
            )
        }
        None => format!(
            "Те же ученики раньше — «{title}». Положение муниципалитета относительно региона не вычисляется: нет \
             регионального отчёта по одной из работ."
        ),
    };
    Block::Note(Text::plain(words))
}
