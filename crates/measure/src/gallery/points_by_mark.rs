//! Points on a task by mark or band.

use super::super::census::Census;
use srez_model::block::{GREATEST_POINTS, NOT_ATTEMPTED};
use srez_model::level::Level;
use srez_model::measures::{MeasureDefinition, MeasuredOf, PointsRow, ToldIn};
use srez_model::tally::Tally;
use std::collections::BTreeMap;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "points-by-mark",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Баллы за задание у участников с разными отметками",
    columns: &["points.n"],
    unit: "чел.",
    plain: "сколько участников каждой группы получили 0, 1, 2 балла и больше за задание",
    formula: "число участников с данной отметкой (для ЕГЭ — группой) и данным числом баллов за задание; «X» — 0 баллов",
    degenerate: "сочетание, которого нет, строки не имеет",
    source: "шаблон статистико-аналитического отчёта",
};

/// One row per group of all and municipalities, task, mark or band and points that somebody has.
pub(crate) fn rows(tally: &Tally, census: &Census) -> Vec<PointsRow> {
    let mut rows = Vec::new();
    for cells in tally.outcomes.chunk_by(|left, right| (left.group, left.task) == (right.group, right.task)) {
        let Some(first) = cells.first() else { continue };
        let Some(group) = tally.groups.get(first.group as usize) else { continue };
        if !matches!(group.level, Level::All | Level::Municipality) {
            continue;
        }
        let mut counts: BTreeMap<(u8, u8), u64> = BTreeMap::new();
        for cell in cells {
            let points = match cell.outcome {
                NOT_ATTEMPTED => 0,
                points @ ..=GREATEST_POINTS => points,
                _ => continue,
            };
            if let Some(mark) = census.kind.category(&cell.stratum) {
                *counts.entry((mark, points)).or_default() += u64::from(cell.n);
            }
        }
        rows.extend(counts.into_iter().filter(|(_, n)| *n != 0).map(|((mark, points), n)| PointsRow {
            level: group.level,
            group: group.name.clone(),
            task: first.task,
            mark,
            points,
            n,
        }));
    }
    rows
}
