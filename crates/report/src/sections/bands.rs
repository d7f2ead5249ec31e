//! Main results of ЕГЭ: bands of the test score, mean, distribution.

use super::marks::known;
use super::origin::{ALL, Origin};
use super::{no_data, number, other, section, share, table, text};
use crate::context::{Chapter, Context};
use srez_model::level::Level;
use srez_model::measures::BandsRow;
use srez_model::report::{Align, Block, Cell, Row, RowKind, Section, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number as print;
use srez_wording::sentence::participants as said;

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let Some(own) = measures.bands_of(*level, group).filter(|row| row.n > 0) else {
        return section("Основные результаты", false, vec![no_data("тестовых баллов нет")]);
    };
    let mut words = format!("{}.", said::sat_exam(own.n));
    if let Some(mean) = own.mean_test {
        words.push_str(&format!(" Средний тестовый балл — {}.", print::test_score(mean)));
    }
    let origin = Origin::focus(context, &measures.exam);
    let mut rows = vec![band_row(&context.focus_title, own, RowKind::Own, Some(origin))];
    if *level != Level::All
        && let Some(all) = measures.bands_of(Level::All, "").filter(|all| super::adds_enough(context, all.n, own.n))
    {
        rows.push(band_row(ALL, all, RowKind::Plain, Some(Origin::all(&measures.exam))));
    }
    let note = "Группы — по тестовому баллу протокола: ниже минимального; от минимального до 60; от 61 до 80; от 81 до \
                100. Интервал Уилсона — для доли 81–100 баллов.";
    let caption = format!("Группы участников по тестовому баллу, {}", measures.exam.title());
    let name = format!("bands_{}", measures.exam.id().replace('-', "_"));
    let mut blocks =
        vec![Block::Paragraph(Text::plain(words)), table(&name, caption, columns("Группа участников"), rows, note)];
    blocks.extend(super::dynamics::blocks(context, chapter));
    blocks.extend(super::dynamics::figure(context, chapter));
    blocks.extend(super::cohort::sentence(context, chapter));
    blocks.extend(chapter.figure("score-distribution").map(Block::Figure));
    section("Основные результаты", false, blocks)
}

/// Columns of a table of bands.
pub(super) fn columns(first: &str) -> Vec<srez_model::report::Column> {
    vec![
        text(first, 3.0),
        number("Чел."),
        number("Ниже мин., %"),
        number("Мин.–60, %"),
        number("61–80, %"),
        number("81–100, %"),
        other("95 % инт.", Align::Right, 1.3),
        number("Средний балл"),
    ]
}

/// A group of the run; `origin` where its numbers are explained.
pub(super) fn band_row(name: &str, bands: &BandsRow, kind: RowKind, origin: Option<Origin<'_>>) -> Row {
    const COLUMNS: [&str; 4] =
        ["bands.below_min_pct", "bands.from_min_to_60_pct", "bands.from_61_to_80_pct", "bands.from_81_to_100_pct"];
    let [below, low, middle, high] = bands.by_band;
    let n = print::count(bands.n);
    let count = known(Cell::count(bands.n), origin, "bands.n", || {
        format!("ниже минимума — {below}, до 60 — {low}, 61–80 — {middle}, 81–100 — {high}")
    });
    let shares = COLUMNS.iter().zip(bands.by_band).map(|(column, of)| {
        let cell = share(Percent::of(of, bands.n), bands.n);
        known(cell, origin, column, || format!("{} / {n} · 100", print::count(of)))
    });
    let best = bands
        .best
        .map_or(Cell::Missing, |best| Cell::interval(best.low.0, best.high.0, print::share_decimals(bands.n)));
    let mean = bands.mean_test.map_or(Cell::Missing, |mean| Cell::number(mean.0, 1));
    let mut cells = vec![Cell::Text(name.to_owned()), count];
    cells.extend(shares);
    cells.push(known(best, origin, "bands.from_81_to_100_pct", || {
        format!("81–100 баллов у {} из {n}", print::count(high))
    }));
    cells.push(known(mean, origin, "bands.mean_test", || format!("сумма тестовых баллов / {n}")));
    Row { cells, kind }
}
