//! The thresholds of tasks in words: those of ВПР are recommended, those of ОГЭ and ЕГЭ are the centre's own.

use super::standing::Side;
use crate::context::Names;
use srez_model::assessment::{Exam, Procedure};
use srez_model::finding::Verdict;
use srez_model::threshold::Threshold;
use srez_wording::number;

/// What the centre decided for ОГЭ and ЕГЭ, with its date; none until it has.
fn decision<'a>(context: &'a Names<'_>) -> Option<&'a str> {
    let basic = context.thresholds.get("F20.basic");
    Some(basic.reason.as_str()).filter(|reason| !reason.is_empty())
}

/// How a list of tasks below the threshold begins.
pub(crate) fn below(context: &Names<'_>, exam: &Exam) -> &'static str {
    if exam.key.procedure.has_attempts() && decision(context).is_none() {
        "Ниже порога, взятого для разбора (официального нет)"
    } else {
        "Ниже порога"
    }
}

/// Where a task stands to its threshold and to the region, in words; empty where both say nothing of note. `region` is
/// none where it is not known, and its side is none where no difference was found.
pub(crate) fn stands(context: &Names<'_>, told: Verdict, region: Option<Option<Side>>) -> String {
    let words = context.style.region;
    let (of_region, in_region) = (words.genitive, words.prepositional);
    match (told, region) {
        (Verdict::Unknown | Verdict::Sufficient, Some(Some(Side::Above))) => format!("выше {of_region}"),
        (Verdict::Unknown, Some(Some(Side::Below))) => format!("ниже {of_region}"),
        (Verdict::Sufficient, Some(Some(Side::Below))) => format!("порог взят, ниже {of_region}"),
        (Verdict::Unknown | Verdict::Sufficient, _) => String::new(),
        (Verdict::Zone, Some(Some(Side::Below))) => format!("у порога, ниже {of_region}"),
        (Verdict::Zone, Some(Some(Side::Above))) => format!("у порога, выше {of_region}"),
        (Verdict::Zone, _) => "у порога".to_owned(),
        (Verdict::Insufficient, None) => "ниже порога".to_owned(),
        (Verdict::Insufficient, Some(None)) => format!("ниже порога, как и в {in_region}"),
        (Verdict::Insufficient, Some(Some(Side::Below))) => format!("ниже порога и {of_region}"),
        (Verdict::Insufficient, Some(Some(Side::Above))) => format!("ниже порога, но выше {of_region}"),
    }
}

/// The thresholds and whose they are, as one sentence.
pub(crate) fn in_words(context: &Names<'_>, exam: &Exam) -> String {
    let value = |id: &str| {
        let value = context.thresholds.value(id);
        number::decimal(value, u8::from(value.fract() != 0.0))
    };
    if exam.key.procedure.has_attempts() {
        let limits = format!("{} / {}", value("F20.basic"), value("F21.raised"));
        return match decision(context) {
            Some(reason) => format!("Порог {limits} (базовый уровень / остальные): {reason}."),
            None => format!("По порогу {limits} (базовый уровень / остальные), взятому для разбора; официального нет."),
        };
    }
    let analogy = if exam.key.procedure == Procedure::Regional {
        "; к региональной работе применён по аналогии"
    } else {
        ""
    };
    format!(
        "Порог {} ± {} % для базового уровня, {} ± {} % для остальных: {}{analogy}.",
        value("F01.sufficient"),
        value("F01.zone"),
        value("F02.sufficient"),
        value("F02.zone"),
        document(context.thresholds.get("F01.sufficient"))
    )
}

/// «Рекомендации по анализу результатов ВПР, с. 6, 17», or whose decision it is.
pub(crate) fn document(entry: &Threshold) -> String {
    let mut words =
        if entry.document.is_empty() { "правило программы".to_owned() } else { entry.document.clone() };
    if !entry.page.is_empty() {
        words.push_str(&format!(", с.\u{a0}{}", entry.page));
    }
    if !entry.reason.is_empty() {
        words = entry.reason.clone();
    }
    words
}
