//! «Сравнение отметок с отметками по журналу».

use super::origin::Origin;
use super::{no_data, section, share};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::level::Level;
use srez_model::measures::{JournalRow, Measures};
use srez_model::provenance::CellSource;
use srez_model::report::{Block, Cell, RowKind, Section, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number as print;
use srez_wording::sentence::note as said;

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let Some(own) = measures.journal_of(*level, group).filter(|row| row.n > 0) else {
        return section("Сравнение с журналом", false, vec![no_data(lack(context, measures))]);
    };
    let exam = &measures.exam;
    let mut rows = vec![Line { origin: Origin::focus(context, exam), journal: own, kind: RowKind::Own }];
    if *level != Level::All
        && let Some(all) = measures.journal_of(Level::All, "").filter(|all| super::adds_enough(context, all.n, own.n))
    {
        rows.push(Line { origin: Origin::all(exam), journal: all, kind: RowKind::Plain });
    }
    let note = "Ниже, равна, выше — отметка за работу по сравнению с отметкой по журналу. В расчёте участники с обеими \
                отметками.";
    let share = Percent::of(own.lowered, own.n).map_or_else(String::new, |share| print::percent(share, own.n));
    let words =
        format!("Отметка за работу ниже журнальной {}.", said::below_journal(own.lowered, own.n, &share, own.gap2));
    let name = format!("journal_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Отметки за работу и по журналу, {}", measures.exam.title());
    let blocks = vec![Block::Paragraph(Text::plain(words)), lines(context, rows).named(&name, caption, note)];
    section("Сравнение с журналом", false, blocks)
}

/// Which of the two marks is missing.
fn lack(context: &Context<'_>, measures: &Measures) -> &'static str {
    match measures.marks_of(context.focus.level, &context.focus.name) {
        Some(row) if row.n > 0 && row.marked() == 0 => "отметок за работу нет, сравнивать с журналом нечего",
        Some(row) if row.marked() < row.n => "участников с обеими отметками, за работу и по журналу, нет",
        _ => "отметок по журналу в файлах нет",
    }
}

/// A group of participants.
struct Line<'a> {
    origin: Origin<'a>,
    journal: &'a JournalRow,
    kind: RowKind,
}

impl Line<'_> {
    fn parts(&self) -> String {
        let JournalRow { lowered, confirmed, raised, .. } = self.journal;
        format!("понизили — {lowered}, подтвердили — {confirmed}, повысили — {raised}")
    }

    fn count(&self, column: &'static str, count: u64) -> Cell {
        Cell::count(count).from_source(|| self.origin.source(column, self.parts()))
    }

    fn share(&self, column: &'static str, count: u64) -> Cell {
        let n = self.journal.n;
        let words = || format!("{} / {} · 100", print::count(count), print::count(n));
        share(Percent::of(count, n), n).from_source(|| self.origin.source(column, words()))
    }
}

fn lines<'a>(context: &Context<'_>, rows: Vec<Line<'a>>) -> TableOf<Line<'a>> {
    let threshold = || {
        let limit = context.thresholds.get("F04.gap");
        format!("{} {}; {}", print::decimal(limit.value, 0), limit.unit, limit.source())
    };
    let gap =
        |line: &Line<'_>| CellSource { threshold: threshold(), ..line.origin.source("journal.gap2", line.parts()) };
    TableOf::new(rows)
        .text("Группа участников", 3.0, |line| line.origin.name().to_owned())
        .number("Чел.", 1.0, |line| line.count("journal.n", line.journal.n))
        .number("Ниже, чел.", 1.0, |line| line.count("journal.lowered", line.journal.lowered))
        .number("%", 1.0, |line| line.share("journal.lowered", line.journal.lowered))
        .number("Равна, чел.", 1.0, |line| line.count("journal.confirmed", line.journal.confirmed))
        .number("%", 1.0, |line| line.share("journal.confirmed", line.journal.confirmed))
        .number("Выше, чел.", 1.0, |line| line.count("journal.raised", line.journal.raised))
        .number("%", 1.0, |line| line.share("journal.raised", line.journal.raised))
        .number("Разница ≥ 2, чел.", 1.0, |line| Cell::count(line.journal.gap2).from_source(|| gap(line)))
        .kinds(|line| line.kind)
}
