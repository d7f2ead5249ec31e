//! «Статистика по отметкам»: who wrote, which marks, against the run, the region and the country.

use super::origin::{ALL, Origin};
use super::{charted, no_data, number, other, section, share, table, text};
use crate::context::{Chapter, Context};
use srez_model::level::Level;
use srez_model::measures::MarksRow;
use srez_model::reference::ReferenceKind;
use srez_model::report::{Align, Block, Cell, NativeChartKind, Row, RowKind, Section, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number as print;
use srez_wording::sentence::participants as said;

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
    let mut rows = vec![group_row(&context.focus_title, own, RowKind::Own, Some(origin))];
    if context.focus.level != Level::All
        && let Some(all) = measures.marks_of(Level::All, "").filter(|all| super::adds_enough(context, all.n, own.n))
    {
        rows.push(group_row(ALL, all, RowKind::Plain, Some(Origin::all(&measures.exam))));
    }
    for kind in [ReferenceKind::Region, ReferenceKind::Country] {
        if let Some(reference) = measures.reference(kind) {
            rows.push(reference_row(&name_of(context, kind), reference.n, reference.percent));
        }
    }
    let note = "Успеваемость — доля «3», «4» и «5», качество — доля «4» и «5» среди получивших отметку; СОУ — степень \
                обученности: (100·«5» + 64·«4» + 36·«3» + 16·«2») / число отметок. Интервал — для качества.";
    let caption = format!("Статистика по отметкам, {}", chapter.measures.exam.title());
    let name = format!("marks_{}", measures.exam.id().replace('-', "_"));
    of_groups(&name, caption, "Группа участников", rows, note)
}

/// Place of the column with the interval of the quality.
pub(super) const INTERVAL: usize = 10;

/// A table of groups with marks, and the chart of their marks where any has some.
pub(super) fn of_groups(name: &str, caption: String, first: &str, rows: Vec<Row>, note: &str) -> Block {
    const SHARES: [usize; 4] = [2, 3, 4, 5];
    const MARKS: usize = 11;
    let columns = vec![
        text(first, 3.0),
        number("Чел."),
        number("«2», %"),
        number("«3», %"),
        number("«4», %"),
        number("«5», %"),
        number("Средняя"),
        number("Успев., %"),
        number("Качество, %"),
        number("СОУ, %"),
        other("95 % инт.", Align::Right, 1.3),
        other("Отметки", Align::Left, 2.4).drawn_from(SHARES),
    ];
    let has_marks = rows.iter().any(|row| matches!(row.cells.get(MARKS), Some(Cell::Marks(_))));
    let block = table(name, caption, columns, rows, note);
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

/// A group of the run; `origin` where its numbers are explained.
pub(super) fn group_row(name: &str, marks: &MarksRow, kind: RowKind, origin: Option<Origin<'_>>) -> Row {
    let n = marks.marked();
    let shares = [2, 3, 4, 5].map(|mark| marks.share(mark));
    let [two, three, four, five] = marks.by_mark;
    let part = |of: u64| format!("{} / {} · 100", print::count(of), print::count(n));
    let share_of = |percent, column, of: u64| known(share(percent, n), origin, column, || part(of));
    let [of_two, of_three, of_four, of_five] = shares;
    let mean = marks.mean_mark.map_or(Cell::Missing, |mean| Cell::number(mean.0, 2));
    let quality = marks
        .quality
        .map_or(Cell::Missing, |quality| Cell::interval(quality.low.0, quality.high.0, print::share_decimals(n)));
    let drawn = if shares.iter().all(Option::is_some) {
        Cell::Marks(shares.map(|percent| percent.map_or(0.0, |percent| percent.0)))
    } else {
        Cell::Missing
    };
    let cells = vec![
        Cell::Text(name.to_owned()),
        count_cell(marks, origin),
        share_of(of_two, "marks.n2", two),
        share_of(of_three, "marks.n3", three),
        share_of(of_four, "marks.n4", four),
        share_of(of_five, "marks.n5", five),
        known(mean, origin, "marks.mean_mark", || format!("(2 · {two} + 3 · {three} + 4 · {four} + 5 · {five}) / {n}")),
        share_of(marks.pass.map(|pass| pass.value), "marks.pass_pct", three + four + five),
        share_of(marks.quality.map(|quality| quality.value), "marks.quality_pct", four + five),
        known(marks.sou.map_or(Cell::Missing, |sou| Cell::number(sou, 1)), origin, "marks.sou", || {
            format!("(16 · {two} + 36 · {three} + 64 · {four} + 100 · {five}) / {n}")
        }),
        known(quality, origin, "marks.quality_low", || format!("«4» и «5» у {} из {n}", four + five)),
        drawn,
    ];
    Row { cells, kind }
}

/// «Край», «вся выборка».
fn name_of(context: &Context<'_>, kind: ReferenceKind) -> String {
    let name = if kind == ReferenceKind::Region { context.style.region.nominative } else { kind.title() };
    srez_wording::text::capitalised(name)
}

fn reference_row(name: &str, n: u64, percent: [f64; 4]) -> Row {
    let [two, three, four, five] = percent;
    let mut cells = vec![Cell::Text(name.to_owned()), Cell::count(n)];
    cells.extend(percent.map(|value| share(Some(Percent(value)), n)));
    let mean = (2.0 * two + 3.0 * three + 4.0 * four + 5.0 * five) / (two + three + four + five);
    cells.push(if mean.is_finite() { Cell::number(mean, 2) } else { Cell::Missing });
    cells.push(share(Some(Percent(three + four + five)), n));
    cells.push(share(Some(Percent(four + five)), n));
    let sou = (16.0 * two + 36.0 * three + 64.0 * four + 100.0 * five) / (two + three + four + five);
    cells.push(if sou.is_finite() { Cell::number(sou, 1) } else { Cell::Missing });
    cells.push(Cell::Missing);
    cells.push(Cell::Marks(percent));
    Row { cells, kind: RowKind::Reference }
}
