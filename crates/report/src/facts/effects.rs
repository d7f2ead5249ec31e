//! Measures of the register in words: when, for whom, what was to change, what came of it.

use srez_model::action::{Action, EffectRow, EffectVerdict};
use srez_model::band::Band;
use srez_model::compared::{SKILL, TASK};
use srez_model::unit::PercentagePoints;
use srez_wording::{date, number, sentence};

/// Measures whose unit is no percent.
const NUMBERS: [&str; 2] = ["mean_mark", "mean_test"];

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
    match row.measure.as_str() {
        "mean_mark" => 2,
        "mean_test" => 1,
        _ => number::share_decimals(row.n.0.min(row.n.1)),
    }
}

pub(crate) fn value(row: &EffectRow, value: f64) -> String {
    if NUMBERS.contains(&row.measure.as_str()) {
        number::decimal(value, decimals(row))
    } else {
        number::percent_exact(value, decimals(row))
    }
}

pub(crate) fn change(row: &EffectRow, value: f64) -> String {
    if NUMBERS.contains(&row.measure.as_str()) {
        number::signed(value, decimals(row))
    } else {
        number::percentage_points(PercentagePoints(value), decimals(row), true)
    }
}

/// A measure of `dynamics.csv` for the reader.
pub(crate) fn indicator_title(measure: &str) -> String {
    if let Some(id) = measure.strip_prefix(TASK) {
        return format!("задание {id}");
    }
    if let Some(title) = measure.strip_prefix(SKILL) {
        return format!("умение «{title}»");
    }
    let words = match measure {
        "share_of_2" => "доля отметок «2»",
        "pass_pct" => "успеваемость",
        "quality_pct" => "качество",
        "mean_mark" => "средняя отметка",
        "total" => "работа в целом, % от максимума",
        "mean_test" => "средний тестовый балл",
        _ => match Band::from_share(measure) {
            Some(Band::BelowMinimum) => "доля ниже минимального балла",
            Some(Band::UpTo60) => "доля от минимального балла до 60",
            Some(Band::UpTo80) => "доля от 61 до 80 баллов",
            Some(Band::UpTo100) => "доля от 81 до 100 баллов",
            None => "—",
        },
    };
    words.to_owned()
}
