//! F51: risk profile of a school by ten factors; they come from questionnaires and are entered by hand.

use srez_model::finding::SignDefinition;
use srez_model::threshold::SourceTag;

/// The rule.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "F51",
    title: "рисковый профиль школы (проект «500+»)",
    rule: "десять факторов риска: оснащение, нехватка кадров, предметная и методическая компетентность, ОВЗ, язык, \
           мотивация, школьный климат, вовлечённость родителей, неуспешность, доля учащихся с рисками",
    thresholds: &[],
    tag: SourceTag::Unverified,
    caution: "не вычисляется, потому что девять факторов из десяти — ответы анкет, которых нет среди форм, а пороги не \
              найдены; вносится вручную в лист собеседования",
};
