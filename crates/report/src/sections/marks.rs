//! «Статистика по отметкам»: who wrote, which marks, against the run, the region and the country.

use super::origin::{ALL, Origin};
use super::{charted, no_data, number, other, section, share};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::level::Level;
use srez_model::measures::MarksRow;
use srez_model::reference::{ReferenceKind, ReferenceMarks};
use srez_model::report::{Align, Block, Cell, NativeChartKind, RowKind, Section, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number as print;
use srez_wording::sentence::participants as said;
use srez_wording::text as words;
use std::ops::Range;

/// The section; `told` is the number of participants where the work has told them already.
pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>, told: Option<u64>) -> Section {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let Some(own) = measures.marks_of(*level, group).filter(|row| row.n > 0) else {
        return section("Участники и отметки", false, vec![no_data("результатов этой работы нет")]);
    };
    let mut blocks = vec![Block::Paragraph(Text::plain(summary(own, measures.exam.key.grade, told)))];
    if own.marked() > 0 {
        blocks.push(marks_table(context, chapter, own));
    } else {
        blocks.push(no_data(match own.reason.trim_start_matches("не вычисляется: ") {
            "" => "отметок в файлах нет",
            reason => reason,
        }));
    }
    blocks.extend(super::demands::blocks(context, chapter, own));
    blocks.extend(chapter.figure("score-distribution").map(Block::Figure));
    blocks.extend(super::dynamics::blocks(context, chapter));
    blocks.extend(super::dynamics::figure(context, chapter));
    blocks.extend(super::cohort::sentence(context, chapter));
    section("Участники и отметки", false, blocks)
}

/// Who wrote a work, for a chapter that tells it before its parts; none where nobody did.
pub(super) fn who(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Text> {
    let Group { level, name: group } = &context.focus;
    let own = chapter.measures.marks_of(*level, group).filter(|row| row.n > 0)?;
    Some(Text::plain(written_by(own, chapter.measures.exam.key.grade)))
}

/// Who wrote; chapters of one document begin differently, so that they can be read aloud one after another.
fn written_by(own: &MarksRow, grade: u8) -> String {
    let begun = match grade % 3 {
        0 => said::results_of(own.n),
        1 => said::took_work(own.n),
        _ => said::wrote_work(own.n),
    };
    match own.n_absent.filter(|absent| *absent > 0) {
        Some(absent) => format!("{begun}, {}", said::absent(absent)),
        None => format!("{begun}."),
    }
}

/// Who wrote and how; a part of a work tells its participants only where they are fewer than those of the work.
fn summary(own: &MarksRow, grade: u8, told: Option<u64>) -> String {
    let mut words = match told {
        None => written_by(own, grade),
        Some(n) if own.n < n => said::wrote_part(own.n),
        Some(_) => String::new(),
    };
    if let (Some(mean), Some(sd)) = (own.mean_score, own.sd_score) {
        words.push_str(&format!(
            " Средний первичный балл — {}, стандартное отклонение — {}.",
            print::decimal(mean.0, 1),
            print::decimal(sd, 1)
        ));
    }
    if own.n_without_mark > 0 && own.marked() > 0 {
        words.push(' ');
        words.push_str(&said::without_mark(own.n_without_mark));
    }
    words.trim_start().to_owned()
}

fn marks_table(context: &Context<'_>, chapter: &Chapter<'_>, own: &MarksRow) -> Block {
    let measures = chapter.measures;
    let origin = Origin::focus(context, &measures.exam);
    let of = |marks, origin| Shown::Group { marks, origin: Some(origin) };
    let mut lines = vec![Line::new(context.focus_title.clone(), RowKind::Own, of(own, origin))];
    if context.focus.level != Level::All
        && let Some(all) = measures.marks_of(Level::All, "").filter(|all| super::adds_enough(context, all.n, own.n))
    {
        lines.push(Line::new(ALL.to_owned(), RowKind::Plain, of(all, Origin::all(&measures.exam))));
    }
    for kind in [ReferenceKind::Region, ReferenceKind::Country] {
        if let Some(ReferenceMarks { n, percent, .. }) = measures.reference(kind) {
            let shown = Shown::Reference { n: *n, percent: *percent };
            lines.push(Line::new(name_of(context, kind), RowKind::Reference, shown));
        }
    }
    let reference = if measures.references.is_empty() {
        String::new()
    } else {
        let region = words::capitalised(context.style.region.nominative);
        format!(" {region} и вся выборка\u{a0}— все участники формы Ф3, свои тоже.")
    };
    let note = "Успеваемость — доля «3», «4» и «5», качество — доля «4» и «5» среди получивших отметку; СОУ — степень \
                обученности: (100·«5» + 64·«4» + 36·«3» + 16·«2») / число отметок. Интервал — для качества.";
    let caption = format!("Статистика по отметкам, {}", chapter.measures.exam.title());
    let name = format!("marks_{}", measures.exam.id().replace('-', "_"));
    of_groups(&name, caption, "Группа участников", lines, None, &format!("{note}{reference}"))
}

/// A line of a table of marks.
pub(super) struct Line<'a> {
    pub(super) name: String,
    pub(super) kind: RowKind,
    pub(super) shown: Shown<'a>,
    /// Marks that a condition of the scale lowered, where the table tells them.
    pub(super) lowered: Option<u64>,
}

/// What a line shows.
pub(super) enum Shown<'a> {
    /// A group of the run; `origin` where its numbers are explained.
    Group { marks: &'a MarksRow, origin: Option<Origin<'a>> },
    /// So many participants that shares say nothing.
    Small(u64),
    /// What a report gives of a region or country.
    Reference { n: u64, percent: [f64; 4] },
}

impl<'a> Line<'a> {
    pub(super) fn new(name: String, kind: RowKind, shown: Shown<'a>) -> Self {
        Self { name, kind, shown, lowered: None }
    }

    fn n(&self) -> Cell {
        match self.shown {
            Shown::Group { marks, origin } => count_cell(marks, origin),
            Shown::Small(n) | Shown::Reference { n, .. } => Cell::count(n),
        }
    }

    /// The share of some of the four marks.
    fn share(
        &self,
        column: &'static str,
        counted: Range<usize>,
        percent: impl Fn(&MarksRow) -> Option<Percent>,
    ) -> Cell {
        match self.shown {
            Shown::Group { marks, origin } => {
                let (n, of): (u64, u64) = (marks.marked(), marks.by_mark[counted].iter().sum());
                let counts = || format!("{} / {} · 100", print::count(of), print::count(n));
                known(share(percent(marks), n), origin, column, counts)
            }
            Shown::Small(_) => Cell::Missing,
            Shown::Reference { n, percent } => share(Some(Percent(percent[counted].iter().sum())), n),
        }
    }

    fn mean(&self) -> Cell {
        match self.shown {
            Shown::Group { marks, origin } => {
                let ([two, three, four, five], n) = (marks.by_mark, marks.marked());
                let mean = marks.mean_mark.map_or(Cell::Missing, |mean| Cell::number(mean.0, 2));
                let counts = || format!("(2 · {two} + 3 · {three} + 4 · {four} + 5 · {five}) / {n}");
                known(mean, origin, "marks.mean_mark", counts)
            }
            Shown::Small(_) => Cell::Missing,
            Shown::Reference { percent, .. } => weighted(percent, [2.0, 3.0, 4.0, 5.0], 2),
        }
    }

    fn sou(&self) -> Cell {
        match self.shown {
            Shown::Group { marks, origin } => {
                let ([two, three, four, five], n) = (marks.by_mark, marks.marked());
                let sou = marks.sou.map_or(Cell::Missing, |sou| Cell::number(sou, 1));
                let counts = || format!("(16 · {two} + 36 · {three} + 64 · {four} + 100 · {five}) / {n}");
                known(sou, origin, "marks.sou", counts)
            }
            Shown::Small(_) => Cell::Missing,
            Shown::Reference { percent, .. } => weighted(percent, [16.0, 36.0, 64.0, 100.0], 1),
        }
    }

    /// Interval of the quality.
    fn interval(&self) -> Cell {
        let Shown::Group { marks, origin } = self.shown else { return Cell::Missing };
        let ([_, _, four, five], n) = (marks.by_mark, marks.marked());
        let quality = marks
            .quality
            .map_or(Cell::Missing, |quality| Cell::interval(quality.low.0, quality.high.0, print::share_decimals(n)));
        known(quality, origin, "marks.quality_low", || format!("«4» и «5» у {} из {n}", four + five))
    }

    fn drawn(&self) -> Cell {
        match self.shown {
            Shown::Group { marks, .. } => {
                let shares = [2, 3, 4, 5].map(|mark| marks.share(mark));
                let is_known = shares.iter().all(Option::is_some);
                let drawn = || Cell::Marks(shares.map(|percent| percent.map_or(0.0, |percent| percent.0)));
                if is_known { drawn() } else { Cell::Missing }
            }
            Shown::Small(_) => Cell::Missing,
            Shown::Reference { percent, .. } => Cell::Marks(percent),
        }
    }
}

/// A mean over the shares of the marks; none where they are all 0.
fn weighted(percent: [f64; 4], weights: [f64; 4], decimals: u8) -> Cell {
    let mean = percent.iter().zip(weights).map(|(share, weight)| share * weight).sum::<f64>();
    let mean = mean / percent.iter().sum::<f64>();
    if mean.is_finite() { Cell::number(mean, decimals) } else { Cell::Missing }
}

/// A table of groups with marks, and the chart of their marks where any has some. `condition` is the title of a column
/// with the marks that a condition lowered, in place of the interval.
pub(super) fn of_groups(
    name: &str,
    caption: String,
    first: &str,
    lines: Vec<Line<'_>>,
    condition: Option<&str>,
    note: &str,
) -> Block {
    const SHARES: [usize; 4] = [2, 3, 4, 5];
    const MARKS: usize = 11;
    const TITLES: [(u8, usize, &str, &str); 4] = [
        (2, 0, "«2», %", "marks.n2"),
        (3, 1, "«3», %", "marks.n3"),
        (4, 2, "«4», %", "marks.n4"),
        (5, 3, "«5», %", "marks.n5"),
    ];
    let has_marks = lines.iter().any(|line| matches!(line.drawn(), Cell::Marks(_)));
    let table = TableOf::new(lines)
        .text(first, 3.0, |line| line.name.clone())
        .number("Чел.", 1.0, Line::n)
        .columns(
            &TITLES,
            |(_, _, title, _)| number(title),
            |line, (mark, place, _, column)| line.share(column, *place..place + 1, |marks| marks.share(*mark)),
        )
        .number("Средняя", 1.0, Line::mean)
        .number("Успев., %", 1.0, |line| {
            line.share("marks.pass_pct", 1..4, |marks| marks.pass.map(|pass| pass.value))
        })
        .number("Качество, %", 1.0, |line| {
            line.share("marks.quality_pct", 2..4, |marks| marks.quality.map(|quality| quality.value))
        })
        .number("СОУ, %", 1.0, Line::sou);
    let table = match condition {
        Some(title) => table.number(title, 1.1, |line| line.lowered.map_or(Cell::Missing, Cell::count)),
        None => table.number("95 % инт.", 1.3, Line::interval),
    };
    let table = table.column(other("Отметки", Align::Left, 2.4).drawn_from(SHARES), Line::drawn);
    let block = table.kinds(|line| line.kind).named(name, caption, note);
    if has_marks {
        charted(block, NativeChartKind::StackedMarks, vec![MARKS], ["", "Доля участников, %"])
    } else {
        block
    }
}

/// How many participants a group has.
pub(super) fn count_cell(marks: &MarksRow, origin: Option<Origin<'_>>) -> Cell {
    let [two, three, four, five] = marks.by_mark;
    let words =
        || format!("«2» — {two}, «3» — {three}, «4» — {four}, «5» — {five}, без отметки — {}", marks.n_without_mark);
    known(Cell::count(marks.n), origin, "marks.n", words)
}

/// A cell that tells where its number comes from, if the document explains its group.
pub(super) fn known(
    cell: Cell,
    origin: Option<Origin<'_>>,
    column: &'static str,
    counts: impl FnOnce() -> String,
) -> Cell {
    match origin {
        Some(origin) => cell.from_source(|| origin.source(column, counts())),
        None => cell,
    }
}

/// «Край», «вся выборка».
fn name_of(context: &Context<'_>, kind: ReferenceKind) -> String {
    let name = if kind == ReferenceKind::Region { context.style.region.nominative } else { kind.title() };
    srez_wording::text::capitalised(name)
}
