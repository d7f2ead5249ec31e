//! «Динамика»: the year against the years before, where the comparability gate is open; else the distance to the
//! region.

use super::origin::Origin;
use super::{other, row, table, text};
use crate::context::{Chapter, Context};
use crate::facts::looked_at;
use srez_model::assessment::ExamKey;
use srez_model::band::Band;
use srez_model::compared::MeasureId;
use srez_model::measures::DynamicsRow;
use srez_model::provenance::CellSource;
use srez_model::report::{Align, Block, Cell, Column, Row, Section, Text};
use srez_model::tally::Group;
use srez_wording::number as print;

/// A measure of the table.
struct Measure {
    id: MeasureId,
    title: &'static str,
    unit: &'static str,
    decimals: u8,
}

/// Measures in the order of the table.
const MEASURES: &[Measure] = &[
    share(MeasureId::ShareOfTwo, "Отметки «2»"),
    share(MeasureId::Pass, "Успеваемость"),
    share(MeasureId::Quality, "Качество"),
    Measure { id: MeasureId::MeanMark, title: "Средняя отметка", unit: "отметка", decimals: 2 },
    share(MeasureId::BandOverYears(Band::BelowMinimum), "Ниже минимального балла"),
    share(MeasureId::BandOverYears(Band::UpTo60), "От минимального до 60"),
    share(MeasureId::BandOverYears(Band::UpTo80), "От 61 до 80"),
    share(MeasureId::BandOverYears(Band::UpTo100), "От 81 до 100"),
    Measure {
        id: MeasureId::MeanTest, title: "Средний тестовый балл", unit: "балл", decimals: 1
    },
];

const fn share(id: MeasureId, title: &'static str) -> Measure {
    Measure { id, title, unit: "%", decimals: 1 }
}

/// Earlier years that the table holds.
const MOST_YEARS: usize = 4;

/// The table of the focus; a line that says why where there is none.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let measures = chapter.measures;
    let found = found(context, chapter);
    let Some((_, first)) = found.first() else {
        let why = looked_at::why_no_years(context, std::slice::from_ref(chapter));
        return vec![Block::Note(Text::plain(format!("Динамика: нет данных, {why}.")))];
    };
    let mut years: Vec<&ExamKey> =
        first.iter().filter(|row| row.comparable).take(MOST_YEARS).map(|row| &row.before_exam).collect();
    years.reverse();
    let mut blocks = Vec::new();
    if !years.is_empty() {
        let name = format!("dynamics_{}", measures.exam.id().replace('-', "_"));
        let lines = found.iter().map(|(measure, rows)| line((context, chapter), measure, rows, &years)).collect();
        let caption = format!("Динамика, {}", super::whose(context, chapter));
        let now = measures.exam.key.year.to_string();
        let note = format!("{}{}", note(first, &years, &now), unrounded(&found, &years));
        blocks.push(table(&name, caption, columns(&years, &now), lines, &note));
    }
    for closed in first.iter().filter(|row| !row.comparable) {
        let why = closed.reason.trim_start_matches("несопоставимо: ");
        let year = closed.before_exam.year;
        blocks.push(Block::Note(Text::plain(format!("Сравнение с {year} годом не проводится: {why}."))));
    }
    // Where years are compared, the change of the region stands beside them, and the distances are left to the
    // workbook.
    if years.is_empty() {
        blocks.extend(distances(context, chapter, &found));
    }
    blocks
}

/// Distances to the region of every grade, for the workbook.
pub(crate) fn all_distances(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let found = found(context, chapter);
        let table = distances(context, chapter, &found).filter(|_| is_compared(&found))?;
        Some((chapter.measures.exam.grade_title(), vec![table]))
    };
    super::annex_by_grade("Расстояние до региона", Vec::new(), chapters.iter().filter_map(of_chapter).collect())
}

/// True where the body has a table of years.
fn is_compared(found: &[(&Measure, Vec<&DynamicsRow>)]) -> bool {
    found.first().is_some_and(|(_, rows)| rows.iter().any(|row| row.comparable))
}

/// The measures of which an earlier year is known, with their rows, the nearest year first.
fn found<'a>(context: &Context<'_>, chapter: &Chapter<'a>) -> Vec<(&'static Measure, Vec<&'a DynamicsRow>)> {
    let Group { level, name: group } = &context.focus;
    let rows = chapter.measures.dynamics_of(*level, group);
    let of_measure = |measure: &Measure| rows.iter().filter(|row| row.measure == measure.id).collect::<Vec<_>>();
    MEASURES.iter().map(|measure| (measure, of_measure(measure))).filter(|(_, rows)| !rows.is_empty()).collect()
}

/// The drawing where it shows more than the table of two years says.
pub(super) fn figure(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let Group { level, name: group } = &context.focus;
    let rows = chapter.measures.dynamics_of(*level, group);
    let most =
        MEASURES.iter().map(|measure| rows.iter().filter(|row| row.comparable && row.measure == measure.id).count());
    (most.max().unwrap_or(0) > 1).then(|| chapter.figure("dynamics").map(Block::Figure)).flatten()
}

fn columns(years: &[&ExamKey], now: &str) -> Vec<Column> {
    let mut columns = vec![text("Показатель", 3.4), text("Единица", 1.0)];
    columns.extend(years.iter().map(|exam| other(&exam.year.to_string(), Align::Right, 1.0)));
    columns.push(other(now, Align::Right, 1.0));
    let nearest = years.last().map(|exam| exam.year.to_string()).unwrap_or_default();
    columns.push(other(&format!("К {nearest} г."), Align::Right, 1.0));
    columns.push(other("95 % инт. разности", Align::Right, 1.6));
    columns.push(text("Вывод", 1.6));
    columns.push(other("Регион: изменение", Align::Right, 1.2));
    columns
}

/// One measure: values of the comparable years, change against the nearest of them.
fn line(
    (context, chapter): (&Context<'_>, &Chapter<'_>),
    measure: &Measure,
    rows: &[&DynamicsRow],
    years: &[&ExamKey],
) -> Row {
    let Measure { title, unit, decimals, .. } = *measure;
    let origin = Origin::focus(context, &chapter.measures.exam).named(title);
    let value = |number: Option<f64>| number.map_or(Cell::Missing, |number| Cell::number(number, decimals));
    let of_year = |exam: &&ExamKey| rows.iter().find(|row| row.before_exam == **exam && row.comparable).copied();
    let before = |exam: &&ExamKey| {
        let Some(row) = of_year(exam) else { return Cell::Missing };
        let words = || format!("участников — {}; {}", print::count(row.n.1), row.before_exam);
        value(row.before).from_source(|| CellSource {
            exams: vec![row.before_exam.id()],
            ..origin.source("dynamics.before", words())
        })
    };
    let now = rows.first().map_or(Cell::Missing, |row| {
        let words = || format!("участников — {}", print::count(row.n.0));
        value(row.now).from_source(|| origin.source("dynamics.now", words()))
    });
    let mut cells = vec![Cell::Text(title.to_owned()), Cell::Text(unit.to_owned())];
    cells.extend(years.iter().map(before));
    cells.push(now);
    cells.extend(match years.last().and_then(of_year) {
        Some(nearest) => change(context, measure, nearest, origin),
        None => [Cell::Missing, Cell::Missing, Cell::Missing, Cell::Missing],
    });
    row(cells)
}

/// Difference to an earlier year, its interval, and the change of the region.
fn change(context: &Context<'_>, measure: &Measure, row: &DynamicsRow, origin: Origin<'_>) -> [Cell; 4] {
    let decimals = measure.decimals;
    let change = |number: Option<f64>| number.map_or(Cell::Missing, |number| Cell::difference(number, decimals));
    let mut difference = change(row.difference);
    let mut interval = row.interval.map_or(Cell::Missing, |(low, high)| Cell::interval(low, high, decimals));
    if let Some(words) = counts_of_change(row, decimals) {
        let source = |column| {
            let mut source = origin.source(column, words.clone());
            source.exams.push(row.before_exam.id());
            source
        };
        let threshold = || threshold_of_change(context, measure);
        difference = difference.from_source(|| CellSource { threshold: threshold(), ..source("dynamics.difference") });
        interval = interval.from_source(|| source("dynamics.low"));
    }
    let of_region = row.reference_change.map_or(Cell::Missing, |number| {
        let words = format!("изменение той же доли в таблицах региона: {}", print::signed(number, decimals));
        change(Some(number)).from_source(|| origin.source("dynamics.reference_change", words))
    });
    [difference, interval, changed(row), of_region]
}

/// Whether a change is more than chance: its interval leaves out 0.
fn changed(row: &DynamicsRow) -> Cell {
    let word = |(low, high): (f64, f64)| match (low, high) {
        _ if 0.0 < low => "больше",
        _ if high < 0.0 => "меньше",
        _ => "не выявлено",
    };
    row.interval.map_or(Cell::Missing, |bounds| Cell::Text(word(bounds).to_owned()))
}

/// «41,2 − 38,5; участников 950 и 930».
fn counts_of_change(row: &DynamicsRow, decimals: u8) -> Option<String> {
    let (now, before) = (print::decimal(row.now?, decimals), print::decimal(row.before?, decimals));
    Some(format!("{now} − {before}; участников {} и {}", print::count(row.n.0), print::count(row.n.1)))
}

/// The threshold of a change, with its source; empty for measures without one.
fn threshold_of_change(context: &Context<'_>, measure: &Measure) -> String {
    if measure.id != MeasureId::ShareOfTwo {
        return String::new();
    }
    let limit = context.thresholds.get("F03.rise");
    format!("{} {}; {}", print::decimal(limit.value, 0), limit.unit, limit.source())
}

/// Why a printed difference is not that of the printed values; empty where all are.
fn unrounded(found: &[(&Measure, Vec<&DynamicsRow>)], years: &[&ExamKey]) -> String {
    let differs = |(measure, rows): &(&Measure, Vec<&DynamicsRow>)| {
        let row = rows.iter().find(|row| row.comparable && years.last() == Some(&&row.before_exam))?;
        Some(print::differs_in_print(row.now?, row.before?, row.difference?, measure.decimals))
    };
    if found.iter().any(|of| differs(of) == Some(true)) { format!(" {}", print::UNROUNDED) } else { String::new() }
}

fn note(first: &[&DynamicsRow], years: &[&ExamKey], now: &str) -> String {
    let participants = |exam: &ExamKey| first.iter().find(|row| row.before_exam == *exam).map_or(0, |row| row.n.1);
    let mut counts: Vec<String> =
        years.iter().map(|exam| format!("{} в {} году", print::count(participants(exam)), exam.year)).collect();
    counts.push(format!("{} в {now} году", print::count(first.first().map_or(0, |row| row.n.0))));
    let reserve = first.iter().find(|row| row.comparable).map_or("", |row| row.reason.as_str());
    let reserve =
        if reserve.is_empty() { String::new() } else { format!(" {}.", srez_wording::text::capitalised(reserve)) };
    format!(
        "Участников: {}. Разность долей — в п.п. Сравниваются работы с той же шкалой; одинаковая спецификация — не \
         одинаковая трудность, поэтому рядом стоит изменение региона.{reserve}",
        srez_wording::text::list(&counts)
    )
}

/// Distance to the region in this and the nearest year, for measures whose reference is known.
fn distances(context: &Context<'_>, chapter: &Chapter<'_>, found: &[(&Measure, Vec<&DynamicsRow>)]) -> Option<Block> {
    let rows: Vec<Row> = found
        .iter()
        .filter_map(|(measure, rows)| {
            let Measure { title, decimals, .. } = **measure;
            let distance = rows.first()?.distance.as_ref()?;
            Some(row(vec![
                Cell::Text(title.to_owned()),
                Cell::difference(distance.before, decimals),
                Cell::difference(distance.now, decimals),
                Cell::difference(distance.change, decimals),
                distance.interval.map_or(Cell::Missing, |(low, high)| Cell::interval(low, high, decimals)),
            ]))
        })
        .collect();
    let before = found.first()?.1.first()?.before_exam.year.to_string();
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        text("Показатель", 3.4),
        other(&before, Align::Right, 1.0),
        other(&chapter.measures.exam.key.year.to_string(), Align::Right, 1.0),
        other("Изменение", Align::Right, 1.1),
        other("95 % инт. изменения", Align::Right, 1.6),
    ];
    let name = format!("distance_{}", chapter.measures.exam.id().replace('-', "_"));
    let caption = format!("Расстояние до региона, {}", super::whose(context, chapter));
    let differs = |(measure, rows): &(&Measure, Vec<&DynamicsRow>)| {
        let distance = rows.first()?.distance.as_ref()?;
        Some(print::differs_in_print(distance.now, distance.before, distance.change, measure.decimals))
    };
    let mut note =
        "Значение муниципалитета минус значение остальной части региона: доли — в п.п., средняя отметка — в \
                    отметках. Сравнивается и там, где сами годы несопоставимы."
            .to_owned();
    if found.iter().any(|of| differs(of) == Some(true)) {
        note.push_str(&format!(" {}", print::UNROUNDED));
    }
    Some(table(&name, caption, columns, rows, &note))
}
