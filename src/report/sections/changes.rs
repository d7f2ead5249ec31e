//! Item 2.5 of the analysis of ЕГЭ: how the results changed against last year and the year before, row by row.

use super::dynamics::year_of;
use crate::model::measures::DynamicsRow;
use crate::model::report::{Block, Text};
use crate::model::unit::{MeanScore, Percent};
use crate::report::context::{Chapter, Context};
use crate::wording::number as print;

/// The rows of table 2-6 in its order, as a sentence begins.
const ROWS: [(&str, &str); 5] = [
    ("below_min_pct", "Доля участников, не набравших минимального балла,"),
    ("from_min_to_60_pct", "Доля участников с результатом от минимального балла до 60"),
    ("from_61_to_80_pct", "Доля участников с результатом от 61 до 80 баллов"),
    ("from_81_to_100_pct", "Доля участников с результатом от 81 до 100 баллов"),
    ("mean_test", "Средний тестовый балл"),
];

/// Years back that the template asks for.
const YEARS_BACK: u16 = 2;

/// The sentences of the focus; empty where there is no earlier year at all.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let (level, group) = &context.focus;
    let rows = chapter.measures.dynamics_of(*level, group);
    let year = chapter.measures.exam.key.year;
    let sentences: Vec<Text> = ROWS
        .iter()
        .filter_map(|(measure, beginning)| {
            let of_measure: Vec<&DynamicsRow> = rows.iter().filter(|row| row.measure == *measure).collect();
            let first = of_measure.first()?;
            let value = match *measure {
                "mean_test" => print::test_score(MeanScore(first.now?)),
                _ => print::percent(Percent(first.now?), first.n.0),
            };
            let parts: Vec<String> =
                (1..=YEARS_BACK).filter_map(|back| Some(part(measure, &of_measure, year.checked_sub(back)?))).collect();
            Some(Text::plain(format!("{beginning}\u{a0}— {value}: {}.", parts.join("; "))))
        })
        .collect();
    if sentences.is_empty() {
        return Vec::new();
    }
    let heading = Text::plain("Изменение результатов по сравнению с прошлым и позапрошлым годом:");
    vec![Block::Paragraph(heading), Block::List(sentences)]
}

/// «На 4,2 п.п. выше, чем в 2025 году (изменение может быть случайным)».
fn part(measure: &str, rows: &[&DynamicsRow], year: u16) -> String {
    let Some(row) = rows.iter().find(|row| year_of(&row.before_exam) == year.to_string()) else {
        return format!("данных за {year} год нет");
    };
    let Some(difference) = row.difference else {
        return format!("с {year} годом не сравнивается ({})", row.reason.trim_start_matches("несопоставимо: "));
    };
    let (size, decimals) = match measure {
        "mean_test" => (print::points_fraction(difference.abs()), 1),
        _ => {
            let decimals = print::share_decimals(row.n.0.min(row.n.1));
            let points = crate::model::unit::PercentagePoints(difference);
            (print::percentage_points(points, decimals, false), decimals)
        }
    };
    if print::decimal(difference.abs(), decimals) == print::decimal(0.0, decimals) {
        return format!("столько же, сколько в {year} году");
    }
    let direction = if 0.0 < difference { "выше" } else { "ниже" };
    let chance = match row.interval {
        Some((low, high)) if low <= 0.0 && 0.0 <= high => " (изменение может быть случайным)",
        _ => "",
    };
    format!("на\u{a0}{size} {direction}, чем в {year} году{chance}")
}

#[cfg(test)]
mod tests {
    use super::part;
    use crate::model::measures::DynamicsRow;

    #[test]
    fn a_part_names_size_direction_and_doubt() {
        let row = |year: u16, difference: Option<f64>, interval| DynamicsRow {
            before_exam: format!("ege-{year}-russian"),
            difference,
            interval,
            n: (120, 110),
            reason: "несопоставимо: изменился минимальный балл".to_owned(),
            ..DynamicsRow::default()
        };
        let (near, far) = (row(2025, Some(-4.25), Some((-9.0, 0.5))), row(2024, None, None));
        let rows = [&near, &far];
        assert_eq!(
            part("below_min_pct", &rows, 2025),
            "на\u{a0}4,3\u{a0}п.п. ниже, чем в 2025 году (изменение может быть случайным)"
        );
        assert_eq!(
            part("mean_test", &[&row(2025, Some(1.31), Some((0.2, 2.4)))], 2025),
            "на\u{a0}1,3\u{a0}балла выше, чем в 2025 году"
        );
        assert_eq!(part("mean_test", &rows, 2024), "с 2024 годом не сравнивается (изменился минимальный балл)");
        assert_eq!(part("mean_test", &rows, 2023), "данных за 2023 год нет");
        assert_eq!(part("mean_test", &[&row(2025, Some(0.04), None)], 2025), "столько же, сколько в 2025 году");
    }
}
