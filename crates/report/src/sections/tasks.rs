//! «Выполнение заданий» of an analysis: completion by task against its threshold and the region.

use super::task_tables::{id, interval, judged, matter, max_of, source_of};
use super::{charted, no_data, other, section, share};
use crate::context::{Chapter, Context};
use crate::facts::weak_tasks::told;
use crate::facts::{standing, task_threshold};
use crate::table::TableOf;
use srez_model::finding::{TaskVerdict, Verdict};
use srez_model::measures::TaskRow;
use srez_model::report::{Align, Bar, Block, Cell, NativeChartKind, Section};
use srez_model::unit::{Percent, as_f64};
use srez_wording::{number as print, text as words};

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let rows = judged(context, chapter);
    if rows.is_empty() {
        return section("Выполнение заданий", false, vec![no_data("баллов за задания в файлах нет")]);
    }
    let mut blocks = Vec::new();
    if !chapter.measures.exam.key.procedure.has_attempts() {
        blocks.extend(super::work_outline::opening(context, chapter));
    }
    blocks.push(table(context, chapter, &rows));
    blocks.extend(super::task_statements::on_tasks(context, chapter));
    section("Выполнение заданий", false, blocks)
}

/// A task with its verdict.
type Judged<'a> = (&'a TaskRow, &'a TaskVerdict);

fn table(context: &Context<'_>, chapter: &Chapter<'_>, rows: &[Judged<'_>]) -> Block {
    let measures = chapter.measures;
    let exam = &measures.exam;
    let source = |cell: Cell, task: &TaskRow, judged: &TaskVerdict| {
        cell.from_source(|| source_of(context, chapter, task, judged))
    };
    let mut table = TableOf::new(rows).column(other("№", Align::Right, 0.6), |(task, _)| id(chapter, task)).text(
        "Что проверяется",
        4.2,
        |(task, _)| matter(chapter, task.task),
    );
    if rows.iter().any(|(task, _)| measures.difficulty(task.task).is_some()) {
        table = table.column(other("Ур.", Align::Centre, 0.7), |(task, _)| {
            Cell::Level(measures.difficulty(task.task), max_of(chapter, task.task))
        });
    }
    let value = table.width();
    table = table.number("%", 1.0, |(task, judged)| source(share(task.pct, task.counts.n), task, judged)).number(
        "95 % инт.",
        1.4,
        |(task, judged)| source(interval(task), task, judged),
    );
    let mut drawn_from = vec![value];
    let of_region = |task: &TaskRow| {
        let row = standing::of_task(context, measures, chapter.task_id(task.task))?;
        Some((row.reference?, row.n_reference))
    };
    let knows_region = rows.iter().any(|(task, _)| of_region(task).is_some());
    if knows_region {
        drawn_from.push(table.width());
        let title = format!("{}, %", words::capitalised(context.style.region.nominative));
        table = table
            .number(&title, 1.0, |(task, _)| of_region(task).map_or(Cell::Missing, |(pct, n)| share(Some(pct), n)));
    }
    let bar = |task: &TaskRow, judged: &TaskVerdict| {
        let reference = of_region(task).map(|(reference, _)| reference.0);
        let (threshold, zone, verdict) = (judged.threshold, judged.zone, told(judged));
        task.pct.map_or(Cell::Missing, |pct| Cell::Bar(Bar { value: pct.0, threshold, zone, reference, verdict }))
    };
    table = table.column(other("", Align::Left, 2.0).drawn_from(drawn_from), |(task, judged)| bar(task, judged));
    table = if exam.key.procedure.has_attempts() {
        with_groups(table, context, chapter)
    } else {
        table.number("Не приступали, %", 1.0, |(task, _)| {
            share(Percent::of(task.counts.not_attempted, task.counts.n), task.counts.n)
        })
    };
    let side = |task: &TaskRow| {
        standing::of_task(context, measures, chapter.task_id(task.task)).map(|row| standing::side_of_task(context, row))
    };
    if knows_region || rows.iter().any(|(_, judged)| judged.verdict != Verdict::Unknown) {
        table =
            table.text("Вывод", 2.2, |(task, judged)| task_threshold::stands(context, told(judged), side(task)));
    }
    let n = rows.first().map_or(0, |(task, _)| task.counts.n);
    let caption = format!("Выполнение заданий, {} (n\u{a0}=\u{a0}{})", super::whose(context, chapter), print::count(n));
    let name = format!("tasks_{}", exam.id().replace('-', "_"));
    let block = table.named(&name, caption, note(context, chapter, rows, knows_region));
    charted(block, NativeChartKind::TaskBars, vec![value], ["Задание", "Выполнение, %"])
}

/// Completion in the groups by mark, or by band for ЕГЭ: columns of tables 2-13.
fn with_groups<'r, 'a>(
    table: TableOf<&'r Judged<'a>>,
    context: &Context<'_>,
    chapter: &Chapter<'_>,
) -> TableOf<&'r Judged<'a>> {
    let measures = chapter.measures;
    let groups: [(u8, &str); 4] = if measures.exam.has_test_scores() {
        [(1, "Ниже мин."), (2, "До 60"), (3, "61–80"), (4, "81–100")]
    } else {
        [(2, "«2»"), (3, "«3»"), (4, "«4»"), (5, "«5»")]
    };
    let rows = measures.tasks_by_mark_of(context.focus.level, &context.focus.name);
    let least = context.thresholds.value("F09.group");
    let of_group = |task: &TaskRow, mark: u8| {
        let found = rows.iter().find(|row| row.task == task.task && row.mark == mark);
        let pct = found.filter(|row| least <= as_f64(row.n)).and_then(|row| row.pct);
        pct.map_or(Cell::Missing, |pct| Cell::number(pct.0, 0))
    };
    let has = |mark: u8| rows.iter().any(|row| row.mark == mark && least <= as_f64(row.n));
    let groups: Vec<(u8, &str)> = groups.into_iter().filter(|(mark, _)| has(*mark)).collect();
    table.columns(&groups, |(_, title)| other(title, Align::Right, 0.7), |(task, _), (mark, _)| of_group(task, *mark))
}

fn note(context: &Context<'_>, chapter: &Chapter<'_>, rows: &[Judged<'_>], knows_region: bool) -> String {
    let exam = &chapter.measures.exam;
    let official = if exam.has_test_scores() { "Таблица 2-13. " } else { "" };
    let who_began = if exam.key.procedure.has_attempts() {
        "не приступившие в протоколах от нуля баллов не отделены"
    } else {
        "не приступившие входят с нулём"
    };
    let mut note =
        format!("{official}Процент — баллы за задание, делённые на число участников и максимум; {who_began}.");
    if rows.iter().any(|(_, judged)| judged.threshold.is_some()) {
        let region = if knows_region { ", серая — остальные школы региона" } else { "" };
        note.push_str(&format!(" Тёмная риска — порог{region}. {}", task_threshold::in_words(context, exam)));
    }
    if rows.iter().any(|(_, judged)| told(judged) == Verdict::Zone) {
        note.push_str(" «У порога» — порог лежит в зоне вокруг него или внутри интервала.");
    }
    if exam.key.procedure.has_attempts() {
        let least = context.limit("F09.group");
        note.push_str(&format!(" Группы, где участников меньше {least}, не показаны."));
    }
    note
}
