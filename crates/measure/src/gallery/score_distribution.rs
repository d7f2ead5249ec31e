//! Distribution of primary and test scores.

use super::super::census::{Census, ResultKind};
use srez_model::level::Level;
use srez_model::measures::{MeasureDefinition, MeasuredOf, ScoreKind, ScoreRow, ToldIn};
use srez_model::tally::Tally;
use std::collections::BTreeMap;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "score-distribution",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Распределение баллов",
    columns: &["scores.n"],
    unit: "чел.",
    plain: "сколько участников набрали каждый балл",
    formula: "число участников с данным первичным или тестовым баллом",
    degenerate: "балл, которого никто не получил, строки не имеет",
    source: "практика",
};

/// One row per group of all, municipalities and schools, kind and score that somebody has.
pub(crate) fn rows(tally: &Tally, census: &Census) -> Vec<ScoreRow> {
    let tests = matches!(census.kind, ResultKind::Test(_));
    let mut rows = Vec::new();
    for cells in tally.participants.chunk_by(|left, right| left.group == right.group) {
        let Some(group) = cells.first().and_then(|cell| tally.groups.get(cell.group as usize)) else { continue };
        if !matches!(group.level, Level::All | Level::Municipality | Level::School) {
            continue;
        }
        let mut counts: BTreeMap<(ScoreKind, u16), u64> = BTreeMap::new();
        for cell in cells {
            if let Some(total) = cell.stratum.total {
                *counts.entry((ScoreKind::Primary, total)).or_default() += u64::from(cell.n);
            }
            if let (true, Some(test)) = (tests, cell.stratum.result) {
                *counts.entry((ScoreKind::Test, test)).or_default() += u64::from(cell.n);
            }
        }
        let (level, name) = (group.level, &group.name);
        let scores = counts.into_iter().filter(|(_, n)| *n != 0);
        rows.extend(scores.map(|((kind, score), n)| ScoreRow {
            level,
            group: name.clone(),
            kind,
            score,
            n,
            expected: None,
        }));
    }
    rows
}
