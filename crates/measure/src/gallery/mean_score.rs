//! Mean primary score.

use srez_model::measures::{MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::unit::MeanScore;
use srez_statistics::moments::Sums;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "mean-score",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Средний первичный балл",
    columns: &["marks.mean_score", "marks.sd_score"],
    unit: "балл",
    plain: "сумма первичных баллов, делённая на число участников; стандартное отклонение — обычный разброс баллов \
            вокруг среднего",
    formula: "сумма первичных баллов / число участников с первичным баллом; стандартное отклонение с n − 1",
    degenerate: "нет первичных баллов — не вычисляется; один участник — нет стандартного отклонения",
    source: "практика; не сравнивается между годами с разным максимумом",
};

/// Mean of the primary scores; none if there is none.
pub(crate) fn from_totals(totals: &Sums) -> Option<MeanScore> {
    totals.mean().map(MeanScore)
}
