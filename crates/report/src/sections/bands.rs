//! Main results of ЕГЭ: bands of the test score, mean, distribution.

use super::marks::known;
use super::origin::{ALL, Origin};
use super::{no_data, section, share};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::level::Level;
use srez_model::measures::BandsRow;
use srez_model::report::{Block, Cell, RowKind, Section, Text};
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
    let of = |bands, origin| Shown::Group { bands, origin: Some(origin) };
    let mut lines = vec![Line { name: &context.focus_title, kind: RowKind::Own, shown: of(own, origin) }];
    if *level != Level::All
        && let Some(all) = measures.bands_of(Level::All, "").filter(|all| super::adds_enough(context, all.n, own.n))
    {
        lines.push(Line { name: ALL, kind: RowKind::Plain, shown: of(all, Origin::all(&measures.exam)) });
    }
    let note = "Группы — по тестовому баллу протокола: ниже минимального; от минимального до 60; от 61 до 80; от 81 до \
                100. Интервал Уилсона — для доли 81–100 баллов.";
    let caption = format!("Группы участников по тестовому баллу, {}", measures.exam.title());
    let name = format!("bands_{}", measures.exam.id().replace('-', "_"));
    let table = of_groups("Группа участников", lines).named(&name, caption, note);
    let mut blocks = vec![Block::Paragraph(Text::plain(words)), table];
    blocks.extend(super::dynamics::blocks(context, chapter));
    blocks.extend(super::dynamics::figure(context, chapter));
    blocks.extend(super::cohort::sentence(context, chapter));
    blocks.extend(chapter.figure("score-distribution").map(Block::Figure));
    section("Основные результаты", false, blocks)
}

/// A line of a table of bands.
pub(super) struct Line<'a> {
    pub(super) name: &'a str,
    pub(super) kind: RowKind,
    pub(super) shown: Shown<'a>,
}

/// What a line shows.
pub(super) enum Shown<'a> {
    /// A group; `origin` where its numbers are explained.
    Group { bands: &'a BandsRow, origin: Option<Origin<'a>> },
    /// So many participants that shares say nothing.
    Small(u64),
}

impl Line<'_> {
    fn n(&self) -> Cell {
        match self.shown {
            Shown::Group { bands, origin } => {
                let [below, low, middle, high] = bands.by_band;
                known(Cell::count(bands.n), origin, "bands.n", || {
                    format!("ниже минимума — {below}, до 60 — {low}, 61–80 — {middle}, 81–100 — {high}")
                })
            }
            Shown::Small(n) => Cell::count(n),
        }
    }

    /// A number of the group with the counts behind it; none of a small one.
    fn number(&self, column: &'static str, cell: fn(&BandsRow) -> Cell, counts: impl Fn(&BandsRow) -> String) -> Cell {
        match self.shown {
            Shown::Group { bands, origin } => known(cell(bands), origin, column, || counts(bands)),
            Shown::Small(_) => Cell::Missing,
        }
    }

    fn band(&self, place: usize, column: &'static str) -> Cell {
        let Shown::Group { bands, origin } = self.shown else { return Cell::Missing };
        let of = bands.by_band[place];
        known(share(Percent::of(of, bands.n), bands.n), origin, column, || {
            format!("{} / {} · 100", print::count(of), print::count(bands.n))
        })
    }
}

/// A table of groups by band.
pub(super) fn of_groups<'a>(first: &str, lines: Vec<Line<'a>>) -> TableOf<Line<'a>> {
    const SHARES: [(usize, &str, &str); 4] = [
        (0, "Ниже мин., %", "bands.below_min_pct"),
        (1, "Мин.–60, %", "bands.from_min_to_60_pct"),
        (2, "61–80, %", "bands.from_61_to_80_pct"),
        (3, "81–100, %", "bands.from_81_to_100_pct"),
    ];
    let interval = |bands: &BandsRow| {
        bands.best.map_or(Cell::Missing, |best| Cell::interval(best.low.0, best.high.0, print::share_decimals(bands.n)))
    };
    let mean = |bands: &BandsRow| bands.mean_test.map_or(Cell::Missing, |mean| Cell::number(mean.0, 1));
    TableOf::new(lines)
        .text(first, 3.0, |line| line.name.to_owned())
        .number("Чел.", 1.0, Line::n)
        .columns(&SHARES, |(_, title, _)| super::number(title), |line, (place, _, column)| line.band(*place, column))
        .number("95 % инт.", 1.3, |line| {
            line.number("bands.from_81_to_100_pct", interval, |bands| {
                format!("81–100 баллов у {} из {}", print::count(bands.by_band[3]), print::count(bands.n))
            })
        })
        .number("Средний балл", 1.0, |line| {
            line.number("bands.mean_test", mean, |bands| format!("сумма тестовых баллов / {}", print::count(bands.n)))
        })
        .kinds(|line| line.kind)
}
