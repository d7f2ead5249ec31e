//! F49: groups of schools of one region by several years; how a school comes into one was not published.

use srez_model::finding::SignDefinition;
use srez_model::threshold::SourceTag;

/// The rule.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "F49",
    title: "группы школ по результатам нескольких лет",
    rule: "стабильно низкие и стабильно высокие результаты за 2017–2019 годы, «группа риска» 2020 года \
           (Новосибирская область)",
    thresholds: &[],
    tag: SourceTag::Practice,
    caution: "не вычисляется, потому что опубликованы названия групп, но не правило, по которому школа попадает в группу",
};
