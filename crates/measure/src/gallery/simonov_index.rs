//! Simonov's index («СОУ»).

use srez_model::measures::{MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::unit::as_f64;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "simonov-index",
    told: ToldIn::Tables,
    of: MeasuredOf::Marks,
    title: "Степень обученности учащихся (СОУ)",
    columns: &["marks.sou"],
    unit: "индекс от 0 до 100",
    plain: "доли отметок с весами: «5» — 100 %, «4» — 64 %, «3» — 36 %, «2» — 16 %; показатель не официальный",
    formula: "(100·n5 + 64·n4 + 36·n3 + 16·n2) / (n2 + n3 + n4 + n5)",
    degenerate: "нет ни одной отметки — не вычисляется",
    source: "практика (показатель В. П. Симонова); не официальный показатель",
};

/// Weights of the marks 2 to 5.
const WEIGHTS: [u64; 4] = [16, 36, 64, 100];

/// Index of the marks 2 to 5; none if there is no mark.
pub(crate) fn from_marks(by_mark: [u64; 4]) -> Option<f64> {
    let n: u64 = by_mark.iter().sum();
    let sum: u64 = WEIGHTS.iter().zip(by_mark).map(|(weight, count)| weight * count).sum();
    (n != 0).then(|| as_f64(sum) / as_f64(n))
}
