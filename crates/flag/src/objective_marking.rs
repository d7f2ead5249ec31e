//! F48: shares of schools that mark and assess objectively, by a re-check; no form brings the results of one.

use srez_model::finding::SignDefinition;
use srez_model::threshold::SourceTag;

/// The rule.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "F48",
    title: "доля объективно проверенных работ и школ с объективной внутренней оценкой",
    rule: "доля работ ВПР, оценка которых подтверждена перепроверкой, — 90 % и больше; доля школ с объективной ВСОКО \
           — 90 % и больше (Республика Хакасия, приказ от 08.02.2023 № 100-128)",
    thresholds: &[],
    tag: SourceTag::OfficialText,
    caution: "не вычисляется, потому что результатов перепроверки и экспертной оценки ВСОКО нет ни в одной форме; приказ \
              действует в одном регионе",
};
