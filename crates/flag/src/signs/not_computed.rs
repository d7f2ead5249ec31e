//! Rules that are known and cannot be computed from anything that comes; their caution says why.

use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;

/// A rule in words alone.
const fn rule(
    id: &'static str,
    works: Works,
    tag: SourceTag,
    [title, rule, caution]: [&'static str; 3],
) -> SignDefinition {
    SignDefinition {
        id: SignId(id),
        title,
        rule,
        thresholds: &[],
        tag,
        caution,
        works,
        group: None,
        deficit: Deficit::Never,
        value: ValueOf::Other,
        year_before: YearBefore::Found,
        cause: Cause::Own,
        evidence: Evidence::Counts,
    }
}

/// Whether medals are confirmed by exams: what it needs never meets in one place.
const MEDALS: SignDefinition = rule(
    "F27",
    Works::Exams,
    SourceTag::Unverified,
    [
        "подтверждение медали результатами ЕГЭ",
        "I степень: русский язык не ниже 70 и ещё один предмет не ниже 70 (или «5» по базовой математике, если \
         сдаются только эти два экзамена); II степень: русский язык не ниже 60 и ещё один предмет не ниже 60; \
         итоговые отметки аттестата (приказ от 29.09.2023 № 730 по пересказу)",
        "не вычисляется, потому что итоговых отметок аттестата нет ни в одной форме, условие II степени о базовой \
         математике известно не полностью, а результаты одного участника по разным экзаменам программа не сводит: это \
         личные данные; проверяется вручную по списку награждённых",
    ],
);

/// Shares of schools that mark and assess objectively, by a re-check: no form brings the results of one.
const OBJECTIVE_MARKING: SignDefinition = rule(
    "F48",
    Works::Vpr,
    SourceTag::OfficialText,
    [
        "доля объективно проверенных работ и школ с объективной внутренней оценкой",
        "доля работ ВПР, оценка которых подтверждена перепроверкой, — 90 % и больше; доля школ с объективной ВСОКО \
         — 90 % и больше (Республика Хакасия, приказ от 08.02.2023 № 100-128)",
        "не вычисляется, потому что результатов перепроверки и экспертной оценки ВСОКО нет ни в одной форме; приказ \
         действует в одном регионе",
    ],
);

/// Groups of schools of one region by several years: how a school comes into one was not published.
const REGION_GROUPS: SignDefinition = rule(
    "F49",
    Works::All,
    SourceTag::Practice,
    [
        "группы школ по результатам нескольких лет",
        "стабильно низкие и стабильно высокие результаты за 2017–2019 годы, «группа риска» 2020 года \
         (Новосибирская область)",
        "не вычисляется, потому что опубликованы названия групп, но не правило, по которому школа попадает в группу",
    ],
);

/// Risk profile of a school by ten factors: they come from questionnaires and are entered by hand.
const RISK_PROFILE: SignDefinition = rule(
    "F51",
    Works::All,
    SourceTag::Unverified,
    [
        "рисковый профиль школы (проект «500+»)",
        "десять факторов риска: оснащение, нехватка кадров, предметная и методическая компетентность, ОВЗ, язык, \
         мотивация, школьный климат, вовлечённость родителей, неуспешность, доля учащихся с рисками",
        "не вычисляется, потому что девять факторов из десяти — ответы анкет, которых нет среди форм, а пороги не \
         найдены; вносится вручную в лист собеседования",
    ],
);

/// The rules, by their codes.
pub(super) const ALL: &[&SignDefinition] = &[&MEDALS, &OBJECTIVE_MARKING, &REGION_GROUPS, &RISK_PROFILE];
