//! How the results changed against last year and the year before, row by row: item 2.5 of the analysis of ЕГЭ, 2.2.7 of
//! ОГЭ, and the dynamics of every other work.

use crate::context::{Chapter, Context};
use srez_model::band::Band;
use srez_model::finding::Status;
use srez_model::measures::DynamicsRow;
use srez_model::report::{Block, Text};
use srez_model::tally::Group;
use srez_model::unit::{MeanMark, MeanScore, Percent};
use srez_wording::number as print;

/// The rows of table 2-6 in its order, then those of works with marks, as a sentence begins.
const ROWS: [(&str, &str); 9] = [
    (Band::BelowMinimum.share(), "Доля участников, не набравших минимального балла,"),
    (Band::UpTo60.share(), "Доля участников с результатом от минимального балла до 60"),
    (Band::UpTo80.share(), "Доля участников с результатом от 61 до 80 баллов"),
    (Band::UpTo100.share(), "Доля участников с результатом от 81 до 100 баллов"),
    ("mean_test", "Средний тестовый балл"),
    ("share_of_2", "Доля отметок «2»"),
    ("pass_pct", "Успеваемость (доля «3», «4» и «5»)"),
    ("quality_pct", "Качество (доля «4» и «5»)"),
    ("mean_mark", "Средняя отметка"),
];

/// Years back that the template asks for.
const YEARS_BACK: u16 = 2;

/// The sentences of the focus; empty where there is no earlier year at all.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let Group { level, name: group } = &context.focus;
    let rows = chapter.measures.dynamics_of(*level, group);
    let year = chapter.measures.exam.key.year;
    let twos = chapter.findings.findings.iter().find(|one| one.sign.id == "F03");
    let rows_told = ROWS.iter().filter_map(|(measure, beginning)| {
        let of_measure: Vec<&DynamicsRow> = rows.iter().filter(|row| row.measure == *measure).collect();
        let first = of_measure.first()?;
        // What the test of the growth of «2» says stands beside, with its own sentence.
        if *measure == "share_of_2" && twos.is_some() {
            return None;
        }
        let value = match *measure {
            "mean_test" => print::test_score(MeanScore(first.now?)),
            "mean_mark" => print::mean_mark(MeanMark(first.now?)),
            _ => print::percent(Percent(first.now?), first.n.0),
        };
        let mut parts: Vec<(String, bool)> =
            (1..=YEARS_BACK).filter_map(|back| part(measure, &of_measure, year.checked_sub(back)?)).collect();
        // The pass rate is what the share of «2» leaves: both say the same of the year before.
        if *measure == "pass_pct"
            && twos.is_some_and(|one| one.status == Status::Checked)
            && let Some((_, doubtful)) = parts.first_mut()
        {
            *doubtful = true;
        }
        (!parts.is_empty()).then(|| (format!("{beginning}\u{a0}— {value}: "), parts))
    });
    let told: Vec<(String, Vec<(String, bool)>)> = rows_told.collect();
    if told.is_empty() {
        return Vec::new();
    }
    // Where every change may be chance, it is said once.
    let mut parts = told.iter().flat_map(|(_, parts)| parts);
    let all_doubtful = told.len() > 1 && parts.all(|(_, doubtful)| *doubtful);
    let sentence = |(beginning, parts): &(String, Vec<(String, bool)>)| {
        let parts: Vec<String> = parts
            .iter()
            .map(|(words, doubtful)| match *doubtful && !all_doubtful {
                true => format!("{words} (изменение может быть случайным)"),
                false => words.clone(),
            })
            .collect();
        Text::plain(format!("{beginning}{}.", parts.join("; ")))
    };
    let heading = if all_doubtful {
        "Изменение результатов по сравнению с прошлыми годами; каждое из этих изменений может быть случайным:"
    } else {
        "Изменение результатов по сравнению с прошлыми годами:"
    };
    let mut blocks = vec![Block::Paragraph(Text::plain(heading)), Block::List(told.iter().map(sentence).collect())];
    if chapter.measures.exam.key.procedure.has_attempts() {
        let known = |year: u16| rows.iter().any(|row| row.before_exam.year == year);
        let absent = (1..=YEARS_BACK).filter_map(|back| year.checked_sub(back)).filter(|year| !known(*year));
        blocks.extend(absent.map(|year| Block::Note(Text::plain(format!("Данных за {year} год в базе нет.")))));
    }
    blocks
}

/// «На 4,2 п.п. выше, чем в 2025 году», and whether that may be chance.
fn part(measure: &str, rows: &[&DynamicsRow], year: u16) -> Option<(String, bool)> {
    let row = rows.iter().find(|row| row.before_exam.year == year)?;
    let difference = row.difference?;
    let (size, decimals) = match measure {
        "mean_test" => (print::points_fraction(difference.abs()), 1),
        "mean_mark" => (print::decimal(difference.abs(), 2), 2),
        _ => {
            let decimals = print::share_decimals(row.n.0.min(row.n.1));
            let points = srez_model::unit::PercentagePoints(difference);
            (print::percentage_points(points, decimals, false), decimals)
        }
    };
    if print::decimal(difference.abs(), decimals) == print::decimal(0.0, decimals) {
        return Some((format!("столько же, сколько в {year} году"), false));
    }
    let direction = if difference > 0.0 { "выше" } else { "ниже" };
    let doubtful = row.interval.is_some_and(|(low, high)| low <= 0.0 && high >= 0.0);
    Some((format!("на\u{a0}{size} {direction}, чем в {year} году"), doubtful))
}

#[cfg(test)]
mod tests {
    use super::part;
    use srez_model::measures::DynamicsRow;

    #[test]
    fn a_part_names_size_direction_and_doubt() {
        let row = |year: u16, difference: Option<f64>, interval| DynamicsRow {
            difference,
            interval,
            n: (120, 110),
            reason: "несопоставимо: изменился минимальный балл".to_owned(),
            ..DynamicsRow::new("", format!("ege-{year}-russian").parse().unwrap())
        };
        let (near, far) = (row(2025, Some(-4.25), Some((-9.0, 0.5))), row(2024, None, None));
        let rows = [&near, &far];
        let of = |measure: &str, rows: &[&DynamicsRow], year| part(measure, rows, year).unwrap_or_default();
        assert_eq!(of("below_min_pct", &rows, 2025), ("на\u{a0}4,3\u{a0}п.п. ниже, чем в 2025 году".to_owned(), true));
        let surely = row(2025, Some(1.31), Some((0.2, 2.4)));
        assert_eq!(
            of("mean_test", &[&surely], 2025),
            ("на\u{a0}1,3\u{a0}балла выше, чем в 2025 году".to_owned(), false)
        );
        assert_eq!(of("mean_mark", &[&surely], 2025), ("на\u{a0}1,31 выше, чем в 2025 году".to_owned(), false));
        assert_eq!(
            of("mean_test", &[&row(2025, Some(0.04), None)], 2025),
            ("столько же, сколько в 2025 году".to_owned(), false)
        );
        assert_eq!([part("mean_test", &rows, 2024), part("mean_test", &rows, 2023)], [None, None]);
    }
}
