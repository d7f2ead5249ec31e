//! «Статистика по отметкам»: who wrote, which marks, against the run, the region and the country.

use super::{no_data, number, other, section, share, table, text};
use crate::context::{Chapter, Context};
use srez_model::level::Level;
use srez_model::measures::MarksRow;
use srez_model::reference::ReferenceKind;
use srez_model::report::{Align, Block, Cell, Row, RowKind, Section, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number as print;
use srez_wording::sentence::participants as said;

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let Some(own) = measures.marks_of(*level, group).filter(|row| 0 < row.n) else {
        return section("Участники и отметки", false, vec![no_data("результатов этой работы нет")]);
    };
    let mut blocks = vec![Block::Paragraph(summary(own, measures.exam.key.grade))];
    if 0 < own.marked() {
        blocks.push(marks_table(context, chapter, own));
        blocks.extend(chapter.figure("marks-stacked").map(Block::Figure));
    } else {
        blocks.push(no_data(match own.reason.trim_start_matches("не вычисляется: ") {
            "" => "отметок в файлах нет",
            reason => reason,
        }));
    }
    blocks.extend(chapter.figure("score-distribution").map(Block::Figure));
    blocks.extend(super::dynamics::blocks(context, chapter));
    blocks.extend(super::dynamics::figure(context, chapter));
    blocks.extend(super::changes::blocks(context, chapter));
    blocks.extend(super::cohort::blocks(context, chapter));
    let growth = chapter.findings.findings.iter().filter(|finding| finding.sign.id == "F03");
    blocks.extend(growth.map(super::conclusions::statement));
    blocks.extend(super::findings::statements(chapter, &["F05", "F08"]));
    section("Участники и отметки", false, blocks)
}

/// Who wrote and how; chapters of one document begin differently, so that they can be read aloud one after another.
fn summary(own: &MarksRow, grade: u8) -> Text {
    let begun = match grade % 3 {
        0 => said::results_of(own.n),
        1 => said::took_work(own.n),
        _ => said::wrote_work(own.n),
    };
    let mut words = match own.n_absent.filter(|absent| 0 < *absent) {
        Some(absent) => format!("{begun}, {}", said::absent(absent)),
        None => format!("{begun}."),
    };
    if let (Some(mean), Some(sd)) = (own.mean_score, own.sd_score) {
        words.push_str(&format!(
            " Средний первичный балл — {}, стандартное отклонение — {}.",
            print::decimal(mean.0, 1),
            print::decimal(sd, 1)
        ));
    }
    if 0 < own.n_without_mark && 0 < own.marked() {
        words.push(' ');
        words.push_str(&said::without_mark(own.n_without_mark));
    }
    Text::plain(words)
}

fn marks_table(context: &Context<'_>, chapter: &Chapter<'_>, own: &MarksRow) -> Block {
    let measures = chapter.measures;
    let columns = vec![
        text("Группа участников", 3.0),
        number("Чел."),
        number("«2», %"),
        number("«3», %"),
        number("«4», %"),
        number("«5», %"),
        number("Средняя"),
        number("Успев., %"),
        number("Качество, %"),
        other("95 % инт.", Align::Right, 1.3),
        other("Отметки", Align::Left, 2.4),
    ];
    let mut rows = vec![group_row(&context.focus_title, own, RowKind::Own)];
    if context.focus.level != Level::All
        && let Some(all) = measures.marks_of(Level::All, "").filter(|all| all.n != own.n)
    {
        rows.push(group_row("Все участники в выгрузке", all, RowKind::Plain));
    }
    for kind in [ReferenceKind::Region, ReferenceKind::Country] {
        if let Some(reference) = measures.reference(kind) {
            rows.push(reference_row(kind, reference.n, reference.percent));
        }
    }
    let source = measures.references.iter().find(|row| row.kind == ReferenceKind::Region).map_or_else(
        || " Регион и вся выборка: нет данных.".to_owned(),
        |row| format!(" Регион и вся выборка: {}.", row.file),
    );
    let note = format!(
        "Успеваемость — доля «3», «4» и «5», качество — доля «4» и «5» среди получивших отметку; интервал Уилсона для \
         качества.{source}"
    );
    let caption = format!("Статистика по отметкам, {}", chapter.measures.exam.title());
    table(&format!("marks_{}", measures.exam.id().replace('-', "_")), caption, columns, rows, &note)
}

/// A group of the run.
pub(super) fn group_row(name: &str, marks: &MarksRow, kind: RowKind) -> Row {
    let n = marks.marked();
    let shares = [2, 3, 4, 5].map(|mark| marks.share(mark));
    let mut cells = vec![Cell::Text(name.to_owned()), Cell::Count(marks.n)];
    cells.extend(shares.map(|percent| share(percent, n)));
    cells.push(marks.mean_mark.map_or(Cell::Missing, |mean| Cell::Number(mean.0, 2)));
    cells.push(share(marks.pass.map(|pass| pass.value), n));
    cells.push(share(marks.quality.map(|quality| quality.value), n));
    cells.push(
        marks
            .quality
            .map_or(Cell::Missing, |quality| Cell::Interval(quality.low.0, quality.high.0, print::share_decimals(n))),
    );
    cells.push(if shares.iter().all(Option::is_some) {
        Cell::Marks(shares.map(|percent| percent.map_or(0.0, |percent| percent.0)))
    } else {
        Cell::Missing
    });
    Row { cells, kind }
}

fn reference_row(kind: ReferenceKind, n: u64, percent: [f64; 4]) -> Row {
    let [two, three, four, five] = percent;
    let name = srez_wording::text::capitalised(kind.title());
    let mut cells = vec![Cell::Text(name), Cell::Count(n)];
    cells.extend(percent.map(|value| share(Some(Percent(value)), n)));
    let mean = (2.0 * two + 3.0 * three + 4.0 * four + 5.0 * five) / (two + three + four + five);
    cells.push(if mean.is_finite() { Cell::Number(mean, 2) } else { Cell::Missing });
    cells.push(share(Some(Percent(three + four + five)), n));
    cells.push(share(Some(Percent(four + five)), n));
    cells.push(Cell::Missing);
    cells.push(Cell::Marks(percent));
    Row { cells, kind: RowKind::Reference }
}
