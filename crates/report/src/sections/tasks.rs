//! «Выполнение заданий»: completion by task with level and verdict, what an insufficient result is made of, groups.

use super::origin::Origin;
use super::{charted, no_data, number, other, row, section, share, table, text};
use crate::context::{Chapter, Names};
use srez_model::assessment::Procedure;
use srez_model::finding::{TaskVerdict, Verdict};
use srez_model::level::Level;
use srez_model::measures::TaskRow;
use srez_model::provenance::CellSource;
use srez_model::report::{Align, Bar, Block, Cell, NativeChartKind, Row, Section};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::{number as print, text as words};

pub(crate) fn compose(context: &Names<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let rows: Vec<(&TaskRow, &TaskVerdict)> =
        measures.tasks_of(*level, group).zip(&chapter.findings.verdicts).collect();
    if rows.is_empty() {
        return section("Выполнение заданий", true, vec![no_data("баллов за задания в файлах нет")]);
    }
    let mut blocks = Vec::new();
    if !measures.exam.key.procedure.has_attempts() {
        blocks.extend(super::work_outline::opening(context, chapter));
    }
    blocks.push(main_table(context, chapter, &rows));
    blocks.extend(parts_table(chapter, &rows));
    if !is_in_annex(chapter) {
        blocks.extend(by_mark_table(context, chapter));
    }
    blocks.extend(chapter.figure("task-profile-by-mark").map(Block::Figure));
    blocks.extend(super::task_statements::on_tasks(context, chapter));
    blocks.extend(super::findings::statements(chapter, &["F20", "F21", "F44", "F10", "F09"]));
    if measures.exam.key.procedure.has_attempts() {
        blocks
            .push(Block::Field("Содержательный анализ: типичные ошибки в заданиях с низким выполнением".to_owned(), 3));
        blocks.push(Block::Field("Метапредметные результаты, повлиявшие на выполнение заданий".to_owned(), 2));
    }
    section("Выполнение заданий", true, blocks)
}

/// True where the numbers of the groups stand in the annex: their drawing tells them in the body, and only the report
/// on an exam has the table among its numbered ones (2-13).
fn is_in_annex(chapter: &Chapter<'_>) -> bool {
    !chapter.measures.exam.key.procedure.has_attempts() && chapter.figure("task-profile-by-mark").is_some()
}

/// The annex with the tables of groups that the body leaves to it.
pub(crate) fn groups_annex(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let table = by_mark_table(context, chapter).filter(|_| is_in_annex(chapter))?;
        Some((chapter.measures.exam.key.grade, vec![table]))
    };
    let parts = chapters.iter().filter_map(of_chapter).collect();
    super::annex_by_grade("Задания по группам отметок", Vec::new(), parts)
}

/// Characters of a task's matter that fit one line of the table.
const LONGEST_MATTER: usize = 60;

fn matter(chapter: &Chapter<'_>, task: u16) -> String {
    let known = chapter.measures.exam.tasks.get(usize::from(task));
    let Some(task) = known else { return String::new() };
    match task.label() {
        "" => "—".to_owned(),
        label => words::shortened(&words::capitalised(label), LONGEST_MATTER),
    }
}

/// Place of the column with the completion of a task.
const COMPLETION: usize = 3;

fn main_table(context: &Names<'_>, chapter: &Chapter<'_>, rows: &[(&TaskRow, &TaskVerdict)]) -> Block {
    let measures = chapter.measures;
    let all: Vec<&TaskRow> = measures.tasks_of(Level::All, "").collect();
    // Where everybody in the run is from home, a second column would only repeat the first.
    let size = |rows: &mut dyn Iterator<Item = &TaskRow>| rows.map(|row| row.counts.n).sum::<u64>();
    let others = !all.is_empty() && size(&mut all.iter().copied()) != size(&mut rows.iter().map(|(row, _)| *row));
    let compare = context.focus.level != Level::All && others;
    let mut columns = vec![
        other("№", Align::Right, 0.6),
        text("Проверяемое умение", 4.2),
        other("Ур.", Align::Centre, 0.7),
        number("%"),
        other("95 % инт.", Align::Right, 1.4),
    ];
    if compare {
        columns.push(number("Все, %"));
    }
    columns.push(other("", Align::Left, 2.2).drawn_from(if compare { vec![COMPLETION, 5] } else { vec![COMPLETION] }));
    let judged_by = if measures.exam.key.procedure.has_attempts() { "Помета" } else { "Вывод" };
    columns.push(text(judged_by, 1.8));
    let lines = rows
        .iter()
        .map(|(task, judged)| {
            let n = task.counts.n;
            let exam_task = measures.exam.tasks.get(usize::from(task.task));
            let reference = all.iter().find(|row| row.task == task.task).and_then(|row| row.pct);
            let source = || source_of(context, chapter, task, judged);
            let mut cells = vec![
                Cell::Text(chapter.task_id(task.task).to_owned()),
                Cell::Text(matter(chapter, task.task)),
                Cell::Level(measures.difficulty(task.task), exam_task.and_then(|task| task.max)),
                share(task.pct, n).from_source(source),
                task.interval
                    .map_or(Cell::Missing, |interval| {
                        Cell::interval(interval.low.0, interval.high.0, print::share_decimals(n))
                    })
                    .from_source(source),
            ];
            if compare {
                cells.push(share(reference, 1000));
            }
            cells.push(task.pct.map_or(Cell::Missing, |pct| {
                Cell::Bar(Bar {
                    value: pct.0,
                    threshold: judged.threshold,
                    zone: judged.zone,
                    reference: reference.filter(|_| compare).map(|reference| reference.0),
                    verdict: judged.verdict,
                })
            }));
            cells.push(Cell::Verdict(judged.verdict));
            row(cells)
        })
        .collect();
    let n = rows.first().map_or(0, |(task, _)| task.counts.n);
    let caption = format!("Выполнение заданий, {} (n\u{a0}=\u{a0}{})", super::whose(context, chapter), print::count(n));
    let name = format!("tasks_{}", measures.exam.id().replace('-', "_"));
    let block = table(&name, caption, columns, lines, &task_note(context, chapter));
    charted(block, NativeChartKind::TaskBars, vec![COMPLETION], ["Задание", "Выполнение, %"])
}

/// Where the completion of a task and its interval come from.
fn source_of(context: &Names<'_>, chapter: &Chapter<'_>, task: &TaskRow, judged: &TaskVerdict) -> CellSource {
    let counts = task.counts;
    let words = format!(
        "{} / ({} · {}) · 100; полный балл — {}, частичный — {}, ноль — {}, не приступали — {}",
        print::count(counts.sum),
        print::count(counts.n),
        max_of(chapter, task.task).map_or_else(|| "максимум".to_owned(), |max| max.to_string()),
        counts.full,
        counts.partial,
        counts.zero,
        counts.not_attempted
    );
    let threshold = judged.threshold.map_or_else(String::new, |limit| {
        format!("{} %; {}", print::decimal(limit, 1), context.thresholds.get(threshold_of(chapter)).source())
    });
    let origin = Origin::focus(context, &chapter.measures.exam).task(chapter.task_id(task.task));
    CellSource { threshold, ..origin.source("tasks.pct", words) }
}

/// The threshold in the registry that stands for those of all levels: they come from one source.
pub(crate) fn threshold_of(chapter: &Chapter<'_>) -> &'static str {
    if chapter.measures.exam.key.procedure.has_attempts() { "F20.basic" } else { "F01.sufficient" }
}

fn task_note(context: &Names<'_>, chapter: &Chapter<'_>) -> String {
    let procedure = chapter.measures.exam.key.procedure;
    let borrowed = if procedure == Procedure::Regional {
        "; к региональной работе применено по аналогии с ВПР"
    } else {
        ""
    };
    let limit = |id: &str| {
        let value = context.thresholds.value(id);
        print::decimal(value, u8::from(value.fract() != 0.0))
    };
    let thresholds = if procedure.has_attempts() {
        format!(
            "Порог {} % для уровня Б и {} % для П и В: {}; помета не вывод: порог для этой процедуры документом не подтверждён.",
            limit("F20.basic"),
            limit("F21.raised"),
            context.thresholds.get("F20.basic").source()
        )
    } else {
        format!(
            "Зона неопределённости {} ± {} % для уровня Б и {} ± {} % для П и В: {}{borrowed}.",
            limit("F01.sufficient"),
            limit("F01.zone"),
            limit("F02.sufficient"),
            limit("F02.zone"),
            context.thresholds.get("F01.sufficient").source()
        )
    };
    format!(
        "Ур. — уровень сложности (Б, П, В) и максимум, если он больше одного балла. Процент выполнения — сумма баллов, \
         делённая на произведение числа участников и максимума; не приступившие входят с нулём, отсутствовавшие не \
         входят. Чёрная риска — порог, серая — все участники. {thresholds} Сверка перечня заданий: {}.",
        chapter.measures.exam.tasks_confirmed.title()
    )
}

/// Full, partial, zero, not attempted: for insufficient tasks, or for all where no level is known.
fn parts_table(chapter: &Chapter<'_>, rows: &[(&TaskRow, &TaskVerdict)]) -> Option<Block> {
    let chosen: Vec<Row> = rows
        .iter()
        .filter(|(task, judged)| judged.verdict == Verdict::Insufficient && 0 < task.counts.n)
        .map(|(task, _)| {
            let counts = &task.counts;
            let parts = [counts.full, counts.partial, counts.zero, counts.not_attempted]
                .map(|part| Percent::of(part, counts.n).map_or(0.0, |share| share.0));
            let single =
                chapter.measures.exam.tasks.get(usize::from(task.task)).is_some_and(|task| task.max == Some(1));
            let decimals = print::share_decimals(counts.n);
            let mut cells =
                vec![Cell::Text(chapter.task_id(task.task).to_owned()), Cell::Text(matter(chapter, task.task))];
            for (place, part) in parts.iter().enumerate() {
                cells.push(if place == 1 && single { Cell::Missing } else { Cell::number(*part, decimals) });
            }
            cells.push(Cell::Parts(parts));
            row(cells)
        })
        .collect();
    if chosen.is_empty() {
        return None;
    }
    let columns = vec![
        other("№", Align::Right, 0.6),
        text("Проверяемое умение", 4.0),
        number("Полный"),
        number("Частичный"),
        number("Ноль"),
        number("Не приступали"),
        other("Слева направо в том же порядке", Align::Left, 3.2).drawn_from([2, 3, 4, 5]),
    ];
    let name = format!("parts_{}", chapter.measures.exam.id().replace('-', "_"));
    let caption = "Задания с недостаточным уровнем: из чего складывается результат, % участников".to_owned();
    Some(table(&name, caption, columns, chosen, "«—»: у задания с одним баллом частичного балла не бывает."))
}

/// Completion in groups by mark, or by band for ЕГЭ.
fn by_mark_table(context: &Names<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let rows: Vec<_> = measures.tasks_by_mark.iter().filter(|row| row.level == *level && row.group == *group).collect();
    if rows.is_empty() {
        return None;
    }
    let test = measures.exam.has_test_scores();
    let groups: [(u8, &str); 4] = if test {
        [(1, "Ниже мин."), (2, "Мин.–60"), (3, "61–80"), (4, "81–100")]
    } else {
        [(2, "«2»"), (3, "«3»"), (4, "«4»"), (5, "«5»")]
    };
    // An edition holds two of the groups only.
    let held = |mark: u8| rows.iter().any(|row| row.mark == mark);
    let groups: Vec<(u8, &str)> = groups.into_iter().filter(|(mark, _)| held(*mark)).collect();
    let least = context.thresholds.value("F09.group");
    let lines: Vec<Row> = measures
        .tasks_of(*level, group)
        .map(|task| {
            let mut cells =
                vec![Cell::Text(chapter.task_id(task.task).to_owned()), Cell::Text(matter(chapter, task.task))];
            let known = |cell: Cell, column, sum: String, n: u64| match max_of(chapter, task.task) {
                Some(max) => {
                    let origin = Origin::focus(context, &measures.exam).task(chapter.task_id(task.task));
                    let words = format!("{sum} / ({} · {max}) · 100", print::count(n));
                    cell.from_source(|| origin.source(column, words))
                }
                None => cell,
            };
            let n = task.counts.n;
            cells.push(known(share(task.pct, n), "tasks.pct", print::count(task.counts.sum), n));
            cells.extend(groups.iter().map(|(mark, _)| {
                let found = rows.iter().find(|row| row.task == task.task && row.mark == *mark);
                found.filter(|row| least <= srez_model::unit::as_f64(row.n)).map_or(Cell::Missing, |row| {
                    known(share(row.pct, row.n), "tasks_by_mark.pct", "сумма баллов группы".to_owned(), row.n)
                })
            }));
            row(cells)
        })
        .collect();
    let mut columns = vec![other("№", Align::Right, 0.6), text("Проверяемое умение", 4.4), number("Все, %")];
    columns.extend(groups.iter().map(|(_, title)| number(&format!("{title}, %"))));
    let name = format!("groups_{}", measures.exam.id().replace('-', "_"));
    let what = if test { "тестовому баллу" } else { "отметке" };
    let caption = format!("Выполнение заданий в группах по {what}, {}", super::whose(context, chapter));
    let least = context.limit("F09.group");
    let note = format!("«—»: в группе меньше {least} участников (ФИОКО 2026, с. 24) или их нет.");
    let values = (3..columns.len()).collect();
    let block = table(&name, caption, columns, lines, &note);
    Some(charted(block, NativeChartKind::MarkProfiles, values, ["Задание", "Выполнение, %"]))
}

fn max_of(chapter: &Chapter<'_>, task: u16) -> Option<u16> {
    chapter.measures.exam.tasks.get(usize::from(task)).and_then(|task| task.max)
}
