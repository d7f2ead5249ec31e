//! «Город и край»: the shares of good and of low results against the rest of the region, grade by grade.

use super::Note;
use crate::facts::standing::{self, Side};
use crate::sections::{other, text};
use crate::table::TableOf;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::measures::ComparisonRow;
use srez_model::place_words::PlaceWords;
use srez_model::report::{Align, Block, Cell};
use srez_wording::{number, text as words};

/// One line: measure in words, chapter, comparison.
struct Line<'a> {
    what: &'static str,
    /// True where more is worse.
    is_bad: bool,
    chapter: usize,
    row: &'a ComparisonRow,
}

/// The table; nothing where the region is not known.
pub(crate) fn blocks(note: &Note<'_, '_>) -> Vec<Block> {
    let lines: Vec<Line<'_>> = lines(note);
    if lines.is_empty() {
        return Vec::new();
    }
    let style = &note.context.style;
    let place = words::capitalised(style.place.nominative);
    let region = words::capitalised(style.region.nominative);
    let caption = format!("Результат: {} и остальные школы {}", style.place.nominative, style.region.genitive);
    let share = |value: Option<srez_model::unit::Percent>, n: u64| crate::sections::share(value, n);
    let mut table = TableOf::new(lines).text("Показатель", 2.6, |line| line.what.to_owned());
    if note.has_several() {
        table = table.text("Класс", 1.2, |line| grade(note, line.chapter));
    }
    let table = table
        .count("Писали", 1.0, |line| line.row.n)
        .number(&format!("{place}, %"), 1.0, |line| share(line.row.value, line.row.n))
        .number(&format!("{region}, %"), 1.0, |line| share(line.row.reference, line.row.n_reference))
        .number("Разница, п.п.", 1.1, |line| {
            let decimals = number::share_decimals(line.row.n);
            standing::difference(line.row).map_or(Cell::Missing, |value| Cell::difference(value, decimals))
        })
        .column(other("95 % инт.", Align::Right, 1.4), |line| interval(line.row))
        .column(text("Вывод", 2.0), |line| {
            Cell::Text(verdict_words(note.context.style.region, line.row, line.is_bad))
        });
    let what = format!(
        "{region} — все участники, кроме своих; писали — получившие отметку или балл. Интервал учитывает, что школы \
         различаются между собой; отличие есть, если он не содержит нуля."
    );
    vec![table.named("region", caption, what)]
}

fn lines<'a>(note: &Note<'a, '_>) -> Vec<Line<'a>> {
    let of = |measure: fn(&srez_model::assessment::Exam) -> (MeasureId, &'static str, bool)| {
        let of_chapter = move |(place, chapter): (usize, &crate::context::Chapter<'a>)| {
            let (id, what, is_bad) = measure(&chapter.measures.exam);
            let row = standing::of(note.context, chapter.measures, &id).filter(|row| standing::is_tested(row))?;
            Some(Line { what, is_bad, chapter: place, row })
        };
        note.chapters.iter().enumerate().filter_map(of_chapter).collect::<Vec<_>>()
    };
    let mut lines = of(|exam| {
        if exam.has_test_scores() {
            (MeasureId::FROM_81, "От 81 до 100 баллов", false)
        } else {
            (MeasureId::ShareOfFourAndFive, "«4» и «5»", false)
        }
    });
    lines.extend(of(|exam| {
        let low = LowResult::of_exam(exam);
        (
            low.compared(),
            if exam.has_test_scores() {
                "Ниже минимального балла"
            } else {
                "Отметка «2»"
            },
            true,
        )
    }));
    lines.extend(of(|_| (MeasureId::Total, "Баллы, % от максимума", false)));
    lines
}

fn grade(note: &Note<'_, '_>, chapter: usize) -> String {
    let exam = &note.chapters[chapter].measures.exam;
    format!("{}{}", exam.key.grade, exam.paper_words())
}

fn interval(row: &ComparisonRow) -> Cell {
    let decimals = number::share_decimals(row.n);
    row.low.zip(row.high).map_or(Cell::Missing, |(low, high)| Cell::interval(low.0, high.0, decimals))
}

/// The verdict of a comparison; `is_bad` where more is worse.
pub(crate) fn verdict_words(region: PlaceWords, row: &ComparisonRow, is_bad: bool) -> String {
    match (standing::side(row), row.state) {
        (Some(Side::Below), _) if is_bad => format!("меньше, чем в {}", region.prepositional),
        (Some(Side::Above), _) if is_bad => format!("больше, чем в {}", region.prepositional),
        (Some(Side::Below), _) => format!("ниже {}", region.genitive),
        (Some(Side::Above), _) => format!("выше {}", region.genitive),
        (None, CheckState::NotFound) => "отличие не выявлено".to_owned(),
        (None, _) => "не различить".to_owned(),
    }
}
