//! Terms of the measures: a day where the pipeline names one, otherwise the part of the school year.

use crate::context::Names;
use srez_wording::date;

/// «До 27.08.2026», or the words where no day is named.
fn until(day: Option<&String>, otherwise: &str) -> String {
    day.map_or_else(|| otherwise.to_owned(), |day| format!("до\u{a0}{}", date::short(day)))
}

/// Until when associations meet first.
pub(crate) fn until_meeting(context: &Names<'_>) -> String {
    until(context.calendar.meeting.as_ref(), "до первого заседания учебного года")
}

/// Until when councils of schools read the results.
pub(crate) fn until_council(context: &Names<'_>) -> String {
    until(context.calendar.council.as_ref(), "до начала учебного года")
}

/// Until when schools are talked to.
pub(crate) fn until_interviews(context: &Names<'_>) -> String {
    until(context.calendar.interviews.as_ref(), "до конца I четверти")
}

/// «Проверочная работа 15.10.2026», or the words where no day is named.
fn event(name: &str, day: Option<&String>, otherwise: &str) -> String {
    day.map_or_else(|| otherwise.to_owned(), |day| format!("{name} {}", date::short(day)))
}

/// What fills the slots of the catalogue that stand for days.
pub(crate) fn slots(context: &Names<'_>) -> [(&'static str, String); 4] {
    let days = context.calendar;
    [
        ("meeting", until_meeting(context)),
        ("before_autumn", until(days.autumn.as_ref(), "I четверть")),
        ("autumn", event("проверочная работа", days.autumn.as_ref(), "проверочная работа в октябре")),
        ("trial", event("пробный экзамен", days.trial.as_ref(), "пробный экзамен")),
    ]
}

#[cfg(test)]
mod tests {
    use super::{event, until};

    #[test]
    fn a_term_without_a_day_is_told_in_words() {
        let day = "2026-10-15".to_owned();
        assert_eq!(until(Some(&day), "I четверть"), "до\u{a0}15.10.2026");
        assert_eq!(until(None, "I четверть"), "I четверть");
        assert_eq!(event("пробный экзамен", Some(&day), "пробный экзамен"), "пробный экзамен 15.10.2026");
        assert_eq!(event("пробный экзамен", None, "пробный экзамен зимой"), "пробный экзамен зимой");
    }
}
