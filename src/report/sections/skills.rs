//! «Планируемые результаты»: completion by skill; every skill is printed with n and interval.

use super::{no_data, number, other, row, section, share, table, text};
use crate::model::finding::Verdict;
use crate::model::report::{Align, Bar, Cell, Section};
use crate::report::context::{Chapter, Context};
use crate::wording::{number as print, text as words};

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let (level, group) = &context.focus;
    let rows: Vec<_> = measures
        .skills_of(*level, group)
        .map(|skill| {
            row(vec![
                Cell::Text(words::shortened(&words::capitalised(&skill.title), 64)),
                Cell::Count(u64::from(skill.tasks)),
                Cell::Count(skill.n),
                share(skill.pct.map(|pct| pct.value), skill.n),
                skill
                    .pct
                    .map_or(Cell::Missing, |pct| Cell::Interval(pct.low.0, pct.high.0, print::share_decimals(skill.n))),
                skill.pct.map_or(Cell::Missing, |pct| {
                    Cell::Bar(Bar { value: pct.value.0, threshold: None, reference: None, verdict: Verdict::Unknown })
                }),
            ])
        })
        .collect();
    if rows.is_empty() {
        let why = "в спецификации работы не указаны умения и элементы содержания";
        return section("Планируемые результаты", false, vec![no_data(why)]);
    }
    let columns = vec![
        text("Умение", 5.0),
        number("Заданий"),
        number("Чел."),
        number("%"),
        other("95 % инт.", Align::Right, 1.4),
        other("", Align::Left, 2.2),
    ];
    let note = "Умение — краткий ярлык спецификации; процент — сумма баллов по заданиям умения, делённая на сумму \
                максимумов, единица — участник. Умение с одним заданием — вывод по одному заданию.";
    let name = format!("skills_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Умения и элементы содержания, {}", super::whose(context, chapter));
    let mut blocks = vec![table(&name, caption, columns, rows, note)];
    let found = chapter.findings.findings.iter().filter(|finding| finding.sign == "F07");
    blocks.extend(found.map(super::conclusions::statement));
    section("Планируемые результаты", false, blocks)
}
