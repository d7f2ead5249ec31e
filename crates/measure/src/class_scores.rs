//! Sums of scores by class, for what is asked of several years together.

use super::census::{Census, ResultKind};
use srez_model::level::Level;
use srez_model::measures::{ClassScores, ScoreKind};
use srez_model::tally::Tally;
use srez_statistics::moments::Sums;

/// One row per class and kind of score that somebody has.
pub(super) fn rows(tally: &Tally, census: &Census) -> Vec<ClassScores> {
    let tests = matches!(census.kind, ResultKind::Test(_));
    let row = |group: &str, kind: ScoreKind, sums: &Sums| ClassScores {
        group: group.to_owned(),
        kind,
        n: sums.n,
        sum: sums.sum,
        squares: sums.squares,
    };
    let mut rows = Vec::new();
    for (_, class, counts) in census.at(tally, Level::Class) {
        rows.push(row(class, ScoreKind::Primary, &counts.totals));
        rows.extend(tests.then(|| row(class, ScoreKind::Test, &counts.results)));
    }
    rows.retain(|row| row.n != 0);
    rows
}
