//! Measures of the register in words: when, for whom, what was to change, what came of it.

use srez_model::action::{Action, EffectRow, EffectVerdict};
use srez_model::band::Band;
use srez_model::compared::MeasureId;
use srez_model::unit::PercentagePoints;
use srez_wording::{date, number, sentence};

/// «15.09.2025–30.03.2026».
pub(crate) fn when(action: &Action) -> String {
    let from = date::short(&action.from);
    if action.until.is_empty() { from } else { format!("{from}–{}", date::short(&action.until)) }
}

/// «3 школы», «все школы».
pub(crate) fn schools_words(action: &Action) -> String {
    if action.schools.is_empty() {
        "все школы".to_owned()
    } else {
        sentence::schools::schools(action.schools.len() as u64)
    }
}

/// «Без меры ожидалось 54,1 %, вышло 61,0 %, разница +6,9 п.п. (95 %: от 1,2 до 12,6)»; none where nothing was to be
/// expected.
pub(crate) fn expected_words(row: &EffectRow) -> Option<String> {
    let ((_, after), (effect, low, high)) = (row.values?, row.effect?);
    Some(format!(
        "без меры ожидалось {}, вышло {}, разница {} (95\u{a0}%: {})",
        value(row, row.expected?),
        value(row, after),
        change(row, effect),
        number::range(low, high, decimals(row))
    ))
}

/// The verdict with what it rests on.
pub(crate) fn verdict_words(row: &EffectRow) -> String {
    let title = row.verdict.title();
    match (row.verdict, row.min_detectable) {
        (EffectVerdict::TooFewData, Some(least)) => format!(
            "{title}: при таком числе участников заметно только отличие от ожидавшегося не меньше {}",
            change(row, least).trim_start_matches('+')
        ),
        (EffectVerdict::TooFewData, None) => format!("{title}: при таком числе участников отличие заметить нельзя"),
        (EffectVerdict::Confirmed | EffectVerdict::Possible, _) => {
            format!("{title}; это связь по времени: что ещё изменилось в школах, по данным не видно")
        }
        (EffectVerdict::NotComparable, _) => match row.place {
            Some((before, after)) => format!(
                "{}; место среди остальных школ: было {}, стало {} стандартного отклонения",
                row.reason,
                number::signed(before, 1),
                number::signed(after, 1)
            ),
            None => row.reason.clone(),
        },
        _ if row.reason.is_empty() => title.to_owned(),
        _ => format!("{title}: {}", row.reason),
    }
}

pub(crate) fn decimals(row: &EffectRow) -> u8 {
    match &row.measure {
        Some(MeasureId::MeanMark) => 2,
        Some(MeasureId::MeanTest) => 1,
        _ => number::share_decimals(row.n.0.min(row.n.1)),
    }
}

pub(crate) fn value(row: &EffectRow, value: f64) -> String {
    if row.measure.as_ref().is_some_and(MeasureId::is_mean_result) {
        number::decimal(value, decimals(row))
    } else {
        number::percent_exact(value, decimals(row))
    }
}

pub(crate) fn change(row: &EffectRow, value: f64) -> String {
    if row.measure.as_ref().is_some_and(MeasureId::is_mean_result) {
        number::signed(value, decimals(row))
    } else {
        number::percentage_points(PercentagePoints(value), decimals(row), true)
    }
}

/// What a measure was to change, for the reader.
pub(crate) fn indicator_title(row: &EffectRow) -> String {
    let Some(measure) = &row.measure else { return number::MISSING.to_owned() };
    let words = match measure {
        MeasureId::Task(id) => return format!("задание {id}"),
        MeasureId::Skill(title) => return format!("умение «{title}»"),
        MeasureId::ShareOfTwo => "доля отметок «2»",
        MeasureId::Pass => "успеваемость",
        MeasureId::Quality => "качество",
        MeasureId::MeanMark => "средняя отметка",
        MeasureId::MeanTest => "средний тестовый балл",
        MeasureId::Total => "работа в целом, % от максимума",
        MeasureId::BandOverYears(Band::BelowMinimum) => "доля ниже минимального балла",
        MeasureId::BandOverYears(Band::UpTo60) => "доля от минимального балла до 60",
        MeasureId::BandOverYears(Band::UpTo80) => "доля от 61 до 80 баллов",
        MeasureId::BandOverYears(Band::UpTo100) => "доля от 81 до 100 баллов",
        _ => number::MISSING,
    };
    words.to_owned()
}
