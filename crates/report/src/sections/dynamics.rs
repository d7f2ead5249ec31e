//! «Динамика»: the year against the years before, where the comparability gate is open; else the distance to the
//! region.

use super::origin::Origin;
use super::{other, text};
use crate::context::{Chapter, Context};
use crate::facts::looked_at;
use crate::table::TableOf;
use srez_model::assessment::ExamKey;
use srez_model::band::Band;
use srez_model::compared::MeasureId;
use srez_model::measures::DynamicsRow;
use srez_model::provenance::CellSource;
use srez_model::report::{Align, Block, Cell, Section, Text};
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

/// A measure with its rows, the nearest year first.
struct Followed<'a> {
    measure: &'static Measure,
    rows: Vec<&'a DynamicsRow>,
}

/// Earlier years that the table holds.
const MOST_YEARS: usize = 4;

/// The table of the focus; a line that says why where there is none.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let measures = chapter.measures;
    let found = found(context, chapter);
    let Some(Followed { rows: first, .. }) = found.first() else {
        let why = looked_at::why_no_years(context, std::slice::from_ref(chapter));
        return vec![Block::Note(Text::plain(format!("Динамика: нет данных, {why}.")))];
    };
    let mut years: Vec<&ExamKey> =
        first.iter().filter(|row| row.comparable).take(MOST_YEARS).map(|row| &row.before_exam).collect();
    years.reverse();
    let mut blocks = Vec::new();
    if !years.is_empty() {
        let name = format!("dynamics_{}", measures.exam.id().replace('-', "_"));
        let caption = format!("Динамика, {}", super::whose(context, chapter));
        let now = measures.exam.key.year.to_string();
        let note = format!("{}{}", note(first, &years, &now), unrounded(&found, &years));
        blocks.push(over_years((context, chapter), &found, &years).named(&name, caption, note));
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
fn is_compared(found: &[Followed<'_>]) -> bool {
    found.first().is_some_and(|one| one.rows.iter().any(|row| row.comparable))
}

/// The measures of which an earlier year is known, with their rows, the nearest year first.
fn found<'a>(context: &Context<'_>, chapter: &Chapter<'a>) -> Vec<Followed<'a>> {
    let Group { level, name: group } = &context.focus;
    let rows = chapter.measures.dynamics_of(*level, group);
    let followed = |measure: &'static Measure| Followed {
        measure,
        rows: rows.iter().filter(|row| row.measure == measure.id).collect(),
    };
    MEASURES.iter().map(followed).filter(|one| !one.rows.is_empty()).collect()
}

/// The drawing where it shows more than the table of two years says.
pub(super) fn figure(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let Group { level, name: group } = &context.focus;
    let rows = chapter.measures.dynamics_of(*level, group);
    let most =
        MEASURES.iter().map(|measure| rows.iter().filter(|row| row.comparable && row.measure == measure.id).count());
    (most.max().unwrap_or(0) > 1).then(|| chapter.figure("dynamics").map(Block::Figure)).flatten()
}

/// Values of the comparable years, change against the nearest of them.
fn over_years<'a>(
    (context, chapter): (&'a Context<'_>, &Chapter<'_>),
    found: &'a [Followed<'a>],
    years: &[&ExamKey],
) -> TableOf<&'a Followed<'a>> {
    let origin = |one: &Followed<'_>| Origin::focus(context, &chapter.measures.exam).named(one.measure.title);
    let nearest = years.last().copied();
    let nearest_title = nearest.map(|exam| exam.year.to_string()).unwrap_or_default();
    let change = |one: &Followed<'a>| one.of_year(nearest?).map(|row| Change { context, measure: one.measure, row });
    let number = |one: &Followed<'_>, value: Option<f64>| {
        value.map_or(Cell::Missing, |value| Cell::number(value, one.measure.decimals))
    };
    TableOf::new(found)
        .text("Показатель", 3.4, |one| one.measure.title.to_owned())
        .text("Единица", 1.0, |one| one.measure.unit.to_owned())
        .columns(
            years,
            |exam| other(&exam.year.to_string(), Align::Right, 1.0),
            |one, exam| {
                let Some(row) = one.of_year(exam) else { return Cell::Missing };
                let words = || format!("участников — {}; {}", print::count(row.n.1), row.before_exam);
                number(one, row.before).from_source(|| CellSource {
                    exams: vec![row.before_exam.id()],
                    ..origin(one).source("dynamics.before", words())
                })
            },
        )
        .number(&chapter.measures.exam.key.year.to_string(), 1.0, |one| {
            let Some(row) = one.rows.first() else { return Cell::Missing };
            let words = || format!("участников — {}", print::count(row.n.0));
            number(one, row.now).from_source(|| origin(one).source("dynamics.now", words()))
        })
        .number(&format!("К {nearest_title} г."), 1.0, |one| {
            change(one).map_or(Cell::Missing, |change| change.difference(origin(one)))
        })
        .number("95 % инт. разности", 1.6, |one| {
            change(one).map_or(Cell::Missing, |change| change.interval(origin(one)))
        })
        .column(text("Вывод", 1.6), |one| change(one).map_or(Cell::Missing, |change| changed(change.row)))
        .number("Регион: изменение", 1.2, |one| {
            change(one).map_or(Cell::Missing, |change| change.of_region(origin(one)))
        })
}

impl<'a> Followed<'a> {
    /// The row against a year that can be compared.
    fn of_year(&self, exam: &ExamKey) -> Option<&'a DynamicsRow> {
        self.rows.iter().find(|row| row.before_exam == *exam && row.comparable).copied()
    }
}

/// The change of a measure against an earlier year.
struct Change<'a> {
    context: &'a Context<'a>,
    measure: &'static Measure,
    row: &'a DynamicsRow,
}

impl Change<'_> {
    fn source(&self, origin: Origin<'_>, column: &'static str) -> Option<CellSource> {
        let words = counts_of_change(self.row, self.measure.decimals)?;
        let mut source = origin.source(column, words);
        source.exams.push(self.row.before_exam.id());
        Some(source)
    }

    fn difference(&self, origin: Origin<'_>) -> Cell {
        let Some(difference) = self.row.difference else { return Cell::Missing };
        let cell = Cell::difference(difference, self.measure.decimals);
        match self.source(origin, "dynamics.difference") {
            Some(source) => cell.from_source(|| CellSource { threshold: self.threshold(), ..source }),
            None => cell,
        }
    }

    fn interval(&self, origin: Origin<'_>) -> Cell {
        let Some((low, high)) = self.row.interval else { return Cell::Missing };
        let cell = Cell::interval(low, high, self.measure.decimals);
        match self.source(origin, "dynamics.low") {
            Some(source) => cell.from_source(|| source),
            None => cell,
        }
    }

    fn of_region(&self, origin: Origin<'_>) -> Cell {
        let Some(change) = self.row.reference_change else { return Cell::Missing };
        let decimals = self.measure.decimals;
        let words = format!("изменение той же доли в таблицах региона: {}", print::signed(change, decimals));
        Cell::difference(change, decimals).from_source(|| origin.source("dynamics.reference_change", words))
    }

    /// The threshold of a change, with its source; empty for measures without one.
    fn threshold(&self) -> String {
        if self.measure.id != MeasureId::ShareOfTwo {
            return String::new();
        }
        let limit = self.context.thresholds.get("F03.rise");
        format!("{} {}; {}", print::decimal(limit.value, 0), limit.unit, limit.source())
    }
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

/// Why a printed difference is not that of the printed values; empty where all are.
fn unrounded(found: &[Followed<'_>], years: &[&ExamKey]) -> String {
    let differs = |one: &Followed<'_>| {
        let row = one.rows.iter().find(|row| row.comparable && years.last() == Some(&&row.before_exam))?;
        Some(print::differs_in_print(row.now?, row.before?, row.difference?, one.measure.decimals))
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
fn distances(context: &Context<'_>, chapter: &Chapter<'_>, found: &[Followed<'_>]) -> Option<Block> {
    let known =
        |one: &Followed<'_>| Some((one.measure.title, one.measure.decimals, one.rows.first()?.distance.clone()?));
    let before = found.first()?.rows.first()?.before_exam.year.to_string();
    let table = TableOf::new(found.iter().filter_map(known));
    if table.is_empty() {
        return None;
    }
    let table = table
        .text("Показатель", 3.4, |(title, ..)| (*title).to_owned())
        .number(&before, 1.0, |(_, decimals, distance)| Cell::difference(distance.before, *decimals))
        .number(&chapter.measures.exam.key.year.to_string(), 1.0, |(_, decimals, distance)| {
            Cell::difference(distance.now, *decimals)
        })
        .number("Изменение", 1.1, |(_, decimals, distance)| Cell::difference(distance.change, *decimals))
        .number("95 % инт. изменения", 1.6, |(_, decimals, distance)| {
            distance.interval.map_or(Cell::Missing, |(low, high)| Cell::interval(low, high, *decimals))
        });
    let name = format!("distance_{}", chapter.measures.exam.id().replace('-', "_"));
    let caption = format!("Расстояние до региона, {}", super::whose(context, chapter));
    let differs = |one: &Followed<'_>| {
        let distance = one.rows.first()?.distance.as_ref()?;
        Some(print::differs_in_print(distance.now, distance.before, distance.change, one.measure.decimals))
    };
    let mut note =
        "Значение муниципалитета минус значение остальной части региона: доли — в п.п., средняя отметка — в \
                    отметках. Сравнивается и там, где сами годы несопоставимы."
            .to_owned();
    if found.iter().any(|of| differs(of) == Some(true)) {
        note.push_str(&format!(" {}", print::UNROUNDED));
    }
    Some(table.named(&name, caption, note))
}
