//! Facts that several documents share, drawn from the measures and findings: nothing here is tested or estimated anew.

pub(in crate::report) mod deficits;
pub(in crate::report) mod partners;
pub(in crate::report) mod results;
pub(in crate::report) mod skills;

use crate::model::recommendations::filled;
use crate::report::context::{Chapter, Context};
use crate::wording::number;

/// Text of the catalogue with its slots filled for an exam and a skill.
pub(in crate::report) fn catalogue_text(
    context: &Context<'_>,
    chapter: &Chapter<'_>,
    text: &str,
    skill: &str,
) -> String {
    let exam = &chapter.measures.exam;
    let of = |words: &std::collections::BTreeMap<String, String>| {
        words.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone())
    };
    let threshold = number::percent_exact(context.thresholds.value("F01.sufficient"), 0);
    filled(
        text,
        &[
            ("subject", &of(context.genitive)),
            ("by_subject", &of(context.dative)),
            ("skill", skill),
            ("work", &exam.title()),
            ("threshold", &threshold),
        ],
    )
}
