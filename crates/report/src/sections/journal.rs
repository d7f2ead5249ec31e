//! «Сравнение отметок с отметками по журналу».

use super::origin::Origin;
use super::{no_data, number, section, share, table, text};
use crate::context::{Chapter, Context};
use srez_model::level::Level;
use srez_model::measures::JournalRow;
use srez_model::provenance::CellSource;
use srez_model::report::{Block, Cell, Row, RowKind, Section, Text};
use srez_model::unit::Percent;
use srez_wording::number as print;

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let (level, group) = &context.focus;
    let Some(own) = measures.journal_of(*level, group).filter(|row| 0 < row.n) else {
        return section("Сравнение с журналом", false, vec![no_data("отметок по журналу в файлах нет")]);
    };
    let of_focus = Origin::focus(context, &measures.exam);
    let mut rows = vec![group_row(context, own, RowKind::Own, of_focus)];
    if *level != Level::All
        && let Some(all) = measures.journal_of(Level::All, "").filter(|all| all.n != own.n)
    {
        rows.push(group_row(context, all, RowKind::Plain, Origin::all(&measures.exam)));
    }
    let columns = vec![
        text("Группа участников", 3.0),
        number("Чел."),
        number("Понизили, чел."),
        number("%"),
        number("Подтвердили, чел."),
        number("%"),
        number("Повысили, чел."),
        number("%"),
        number("Разница ≥ 2, чел."),
    ];
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
    let mut blocks = vec![Block::Paragraph(Text::plain(words)), table(&name, caption, columns, rows, note)];
    blocks.extend(chapter.figure("journal").map(Block::Figure));
    let found = chapter.findings.findings.iter().filter(|finding| finding.sign == "F04");
    blocks.extend(found.map(super::conclusions::statement));
    blocks.extend(super::findings::statements(chapter, &["F43"]));
    // Schools that stand out are a matter of the sheets of particulars; that none does is said here.
    let quiet = super::findings::of(chapter, &["S06"]).into_iter().filter(|one| one.level != Level::School);
    blocks.extend(quiet.map(super::conclusions::statement));
    section("Сравнение с журналом", false, blocks)
}

fn group_row(context: &Context<'_>, journal: &JournalRow, kind: RowKind, origin: Origin<'_>) -> Row {
    let JournalRow { n, lowered, confirmed, raised, gap2, .. } = *journal;
    let parts = || format!("понизили — {lowered}, подтвердили — {confirmed}, повысили — {raised}");
    let whole = |column, count: u64| Cell::count(count).from_source(|| origin.source(column, parts()));
    let part = |column, count: u64| {
        let words = || format!("{} / {} · 100", print::count(count), print::count(n));
        share(Percent::of(count, n), n).from_source(|| origin.source(column, words()))
    };
    let gap = || {
        let limit = context.thresholds.get("F04.gap");
        let threshold = format!("{} {}; {}", print::decimal(limit.value, 0), limit.unit, limit.source());
        CellSource { threshold, ..origin.source("journal.gap2", parts()) }
    };
    let cells = vec![
        Cell::Text(origin.name().to_owned()),
        whole("journal.n", n),
        whole("journal.lowered", lowered),
        part("journal.lowered", lowered),
        whole("journal.confirmed", confirmed),
        part("journal.confirmed", confirmed),
        whole("journal.raised", raised),
        part("journal.raised", raised),
        Cell::count(gap2).from_source(gap),
    ];
    Row { cells, kind }
}
