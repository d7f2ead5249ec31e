//! F27: whether medals are confirmed by exams; what it needs never meets in one place.

use srez_model::finding::SignDefinition;
use srez_model::threshold::SourceTag;

/// The rule.
pub(super) const SIGN: SignDefinition = SignDefinition {
    id: "F27",
    title: "подтверждение медали результатами ЕГЭ",
    rule: "I степень: русский язык не ниже 70 и ещё один предмет не ниже 70 (или «5» по базовой математике, если \
           сдаются только эти два экзамена); II степень: русский язык не ниже 60 и ещё один предмет не ниже 60; \
           итоговые отметки аттестата (приказ от 29.09.2023 № 730 по пересказу)",
    thresholds: &[],
    tag: SourceTag::Unverified,
    caution: "не вычисляется, потому что итоговых отметок аттестата нет ни в одной форме, условие II степени о базовой \
              математике известно не полностью, а результаты одного участника по разным экзаменам программа не сводит: это \
              личные данные; проверяется вручную по списку награждённых",
};
