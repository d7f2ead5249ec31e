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

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let Some(own) = measures.journal_of(*level, group).filter(|row| row.n > 0) else {
        return section("Сравнение с журналом", false, vec![no_data(lack(context, measures))]);
    };
    let exam = &measures.exam;
    let mut rows = vec![Line { origin: Origin::focus(context, exam), journal: own, kind: RowKind::Own }];
    if *level != Level::All
        && let Some(all) = measures.journal_of(Level::All, "").filter(|all| all.n != own.n)
    {
        rows.push(Line { origin: Origin::all(exam), journal: all, kind: RowKind::Plain });
    }
    let note = "Понизили: отметка за работу ниже отметки по журналу; подтвердили: равна; повысили: выше. В расчёте — \
                участники с обеими отметками. Правило F04 (официально, пересказ ФИОКО 2026, с. 11): разбираются работы \
                с разницей в две отметки и более.";
    let words = format!(
        "Отметку по журналу не подтвердили, получив более низкую, {} чел. ({}).",
        print::count(own.lowered),
        Percent::of(own.lowered, own.n).map_or_else(String::new, |share| print::percent(share, own.n)),
    );
    let name = format!("journal_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Отметки за работу и по журналу, {}", measures.exam.title());
    let mut blocks = vec![Block::Paragraph(Text::plain(words)), lines(context, rows).named(&name, caption, note)];
    blocks.extend(chapter.figure("journal").map(Block::Figure));
    let found = chapter.findings.findings.iter().filter(|finding| finding.sign.id == "F04");
    blocks.extend(found.map(super::conclusions::statement));
    blocks.extend(super::findings::statements(chapter, &["F43"]));
    // Schools that stand out are a matter of the sheets of particulars; that none does is said here.
    let quiet = super::findings::of(chapter, &["S06"]).into_iter().filter(|one| one.level != Level::School);
    blocks.extend(quiet.map(super::conclusions::statement));
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
        .number("Понизили, чел.", 1.0, |line| line.count("journal.lowered", line.journal.lowered))
        .number("%", 1.0, |line| line.share("journal.lowered", line.journal.lowered))
        .number("Подтвердили, чел.", 1.0, |line| line.count("journal.confirmed", line.journal.confirmed))
        .number("%", 1.0, |line| line.share("journal.confirmed", line.journal.confirmed))
        .number("Повысили, чел.", 1.0, |line| line.count("journal.raised", line.journal.raised))
        .number("%", 1.0, |line| line.share("journal.raised", line.journal.raised))
        .number("Разница ≥ 2, чел.", 1.0, |line| Cell::count(line.journal.gap2).from_source(|| gap(line)))
        .kinds(|line| line.kind)
}
