//! Mean mark.

use srez_model::measures::{MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::unit::{MeanMark, as_f64};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "mean-mark",
    told: ToldIn::Text,
    of: MeasuredOf::Marks,
    title: "Средняя отметка",
    columns: &["marks.mean_mark"],
    unit: "отметка",
    plain: "сумма отметок, делённая на их число",
    formula: "(2·n2 + 3·n3 + 4·n4 + 5·n5) / (n2 + n3 + n4 + n5)",
    degenerate: "нет ни одной отметки — не вычисляется",
    source: "практика; отметки — порядковая шкала, поэтому рядом стоят успеваемость и качество",
};

/// Mean of the marks 2 to 5; none if there is no mark.
pub(crate) fn from_marks(by_mark: [u64; 4]) -> Option<MeanMark> {
    let n: u64 = by_mark.iter().sum();
    let sum: u64 = (2..).zip(by_mark).map(|(mark, count)| mark * count).sum();
    (n != 0).then(|| MeanMark(as_f64(sum) / as_f64(n)))
}
