//! «Сравнение отметок с отметками по журналу».

use super::{no_data, number, section, share, table, text};
use crate::context::{Chapter, Context};
use srez_model::level::Level;
use srez_model::measures::JournalRow;
use srez_model::report::{Block, Cell, Row, RowKind, Section, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number as print;

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let Some(own) = measures.journal_of(*level, group).filter(|row| 0 < row.n) else {
        return section("Сравнение с журналом", false, vec![no_data("отметок по журналу в файлах нет")]);
    };
    let mut rows = vec![group_row(&context.focus_title, own, RowKind::Own)];
    if *level != Level::All
        && let Some(all) = measures.journal_of(Level::All, "").filter(|all| all.n != own.n)
    {
        rows.push(group_row("Все участники в выгрузке", all, RowKind::Plain));
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
    let found = chapter.findings.findings.iter().filter(|finding| finding.sign.id == "F04");
    blocks.extend(found.map(super::conclusions::statement));
    blocks.extend(super::findings::statements(chapter, &["F43"]));
    // Schools that stand out are a matter of the sheets of particulars; that none does is said here.
    let quiet = super::findings::of(chapter, &["S06"]).into_iter().filter(|one| one.level != Level::School);
    blocks.extend(quiet.map(super::conclusions::statement));
    section("Сравнение с журналом", false, blocks)
}

fn group_row(name: &str, journal: &JournalRow, kind: RowKind) -> Row {
    let of = |count: u64| [Cell::Count(count), share(Percent::of(count, journal.n), journal.n)];
    let mut cells = vec![Cell::Text(name.to_owned()), Cell::Count(journal.n)];
    cells.extend(of(journal.lowered));
    cells.extend(of(journal.confirmed));
    cells.extend(of(journal.raised));
    cells.push(Cell::Count(journal.gap2));
    Row { cells, kind }
}
