//! Names of the columns of marks or bands, as far as an edition may tell them apart.

use srez_model::assessment::Exam;
use srez_model::edition::Cut;

/// Names of the columns of marks or bands.
pub(crate) fn columns(exam: &Exam, cut: Cut) -> Vec<&'static str> {
    match (exam.has_test_scores(), cut) {
        (_, Cut::Count) => Vec::new(),
        (false, Cut::Four) => vec!["«2», %", "«3», %", "«4», %", "«5», %"],
        (false, Cut::Pass) => vec!["«2», %", "«3»–«5», %"],
        (false, Cut::Quality) => vec!["«2» и «3», %", "«4» и «5», %"],
        (true, Cut::Four) => vec!["Ниже мин., %", "Мин.–60, %", "61–80, %", "81–100, %"],
        (true, Cut::Pass) => vec!["Ниже мин., %", "От мин., %"],
        (true, Cut::Quality) => vec!["До 60, %", "61–100, %"],
    }
}
