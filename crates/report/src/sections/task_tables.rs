//! Tables of tasks that stand in workbooks and editions: the official verdicts, what results are made of, groups.

use super::origin::Origin;
use super::{charted, other, section, share, text};
use crate::context::{Chapter, Names};
use crate::facts::task_threshold;
use crate::table::TableOf;
use srez_model::finding::{TaskVerdict, Verdict};
use srez_model::level::Level;
use srez_model::measures::TaskRow;
use srez_model::provenance::CellSource;
use srez_model::report::{Align, Bar, Block, Cell, NativeChartKind, Section};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::{number as print, text as words};

/// The section of an edition: what it shows of tasks, as far as it is not hidden.
pub(crate) fn of_edition(context: &Names<'_>, chapter: &Chapter<'_>) -> Section {
    let rows = judged(context, chapter);
    if rows.is_empty() {
        return section("Выполнение заданий", true, vec![super::no_data("баллов за задания в файлах нет")]);
    }
    let mut blocks = Vec::new();
    if !chapter.measures.exam.key.procedure.has_attempts() {
        blocks.extend(super::work_outline::opening(context, chapter));
    }
    blocks.push(main_table(context, chapter, &rows));
    blocks.extend(parts_table(chapter, &rows, true));
    if !is_in_annex(chapter) {
        blocks.extend(by_mark_table(context, chapter));
    }
    blocks.extend(chapter.figure("task-profile-by-mark").map(Block::Figure));
    blocks.extend(super::task_statements::on_tasks(context, chapter));
    section("Выполнение заданий", true, blocks)
}

/// What the workbook of an analysis has beside its body: every task with its official verdict, what its result is made
/// of, and the groups.
pub(crate) fn of_workbook(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let rows = judged(context, chapter);
        if rows.is_empty() {
            return None;
        }
        let mut blocks = vec![main_table(context, chapter, &rows)];
        blocks.extend(parts_table(chapter, &rows, false));
        blocks.extend(by_mark_table(context, chapter));
        Some((chapter.measures.exam.grade_title(), blocks))
    };
    super::annex_by_grade("Задания подробно", Vec::new(), chapters.iter().filter_map(of_chapter).collect())
}

/// The tasks of the focus with their verdicts.
pub(super) fn judged<'a>(context: &'a Names<'_>, chapter: &Chapter<'a>) -> Vec<(&'a TaskRow, &'a TaskVerdict)> {
    let Group { level, name: group } = &context.focus;
    chapter.measures.tasks_of(*level, group).zip(&chapter.findings.verdicts).collect()
}

/// True where the numbers of the groups stand in the annex: their drawing tells them in the body.
fn is_in_annex(chapter: &Chapter<'_>) -> bool {
    !chapter.measures.exam.key.procedure.has_attempts() && chapter.figure("task-profile-by-mark").is_some()
}

/// The annex of an edition with the tables of groups that the body leaves to it.
pub(crate) fn groups_annex(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let table = by_mark_table(context, chapter).filter(|_| is_in_annex(chapter))?;
        Some((chapter.measures.exam.grade_title(), vec![table]))
    };
    super::annex_by_grade("Задания по группам отметок", Vec::new(), chapters.iter().filter_map(of_chapter).collect())
}

pub(super) fn matter(chapter: &Chapter<'_>, task: u16) -> String {
    let known = chapter.measures.exam.tasks.get(usize::from(task));
    let Some(task) = known else { return String::new() };
    match task.label() {
        "" => "—".to_owned(),
        label => words::capitalised(label),
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
    let reference = |task: &TaskRow| all.iter().find(|row| row.task == task.task).and_then(|row| row.pct);
    let bar = |task: &TaskRow, judged: &TaskVerdict| {
        let reference = reference(task).filter(|_| compare).map(|reference| reference.0);
        let TaskVerdict { threshold, zone, verdict, .. } = *judged;
        task.pct.map_or(Cell::Missing, |pct| Cell::Bar(Bar { value: pct.0, threshold, zone, reference, verdict }))
    };
    let known = |cell: Cell, task: &TaskRow, judged: &TaskVerdict| {
        cell.from_source(|| source_of(context, chapter, task, judged))
    };
    let mut table = TableOf::new(rows)
        .column(other("№", Align::Right, 0.6), |(task, _)| id(chapter, task))
        .text("Проверяемое умение", 4.2, |(task, _)| matter(chapter, task.task))
        .column(other("Ур.", Align::Centre, 0.7), |(task, _)| {
            Cell::Level(measures.difficulty(task.task), max_of(chapter, task.task))
        })
        .number("%", 1.0, |(task, judged)| known(share(task.pct, task.counts.n), task, judged))
        .number("95 % инт.", 1.4, |(task, judged)| known(interval(task), task, judged));
    let mut drawn_from = vec![COMPLETION];
    if compare {
        drawn_from.push(table.width());
        table = table.number("Все, %", 1.0, |(task, _)| share(reference(task), 1000));
    }
    let judged_by = if measures.exam.key.procedure.has_attempts() { "Помета" } else { "Вывод" };
    let table = table
        .column(other("", Align::Left, 2.2).drawn_from(drawn_from), |(task, judged)| bar(task, judged))
        .column(text(judged_by, 1.8), |(_, judged)| Cell::Verdict(judged.verdict));
    let n = rows.first().map_or(0, |(task, _)| task.counts.n);
    let caption = format!("Выполнение заданий, {} (n\u{a0}=\u{a0}{})", super::whose(context, chapter), print::count(n));
    let name = format!("levels_{}", measures.exam.id().replace('-', "_"));
    let block = table.named(&name, caption, task_note(context, chapter));
    charted(block, NativeChartKind::TaskBars, vec![COMPLETION], ["Задание", "Выполнение, %"])
}

pub(super) fn id(chapter: &Chapter<'_>, task: &TaskRow) -> Cell {
    Cell::Text(chapter.task_id(task.task).to_owned())
}

pub(super) fn interval(task: &TaskRow) -> Cell {
    let decimals = print::share_decimals(task.counts.n);
    task.interval.map_or(Cell::Missing, |bounds| Cell::interval(bounds.low.0, bounds.high.0, decimals))
}

/// Where the completion of a task and its interval come from.
pub(super) fn source_of(
    context: &Names<'_>,
    chapter: &Chapter<'_>,
    task: &TaskRow,
    judged: &TaskVerdict,
) -> CellSource {
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
fn threshold_of(chapter: &Chapter<'_>) -> &'static str {
    if chapter.measures.exam.key.procedure.has_attempts() { "F20.basic" } else { "F01.sufficient" }
}

fn task_note(context: &Names<'_>, chapter: &Chapter<'_>) -> String {
    format!(
        "Ур. — уровень сложности (Б, П, В) и максимум, если он больше одного балла. Процент выполнения — сумма баллов, \
         делённая на произведение числа участников и максимума; не приступившие входят с нулём, отсутствовавшие не \
         входят. Чёрная риска — порог, серая — все участники. {}",
        task_threshold::in_words(context, &chapter.measures.exam)
    )
}

/// Full, partial, zero, not attempted: of every task, or of those with an insufficient level alone.
fn parts_table(chapter: &Chapter<'_>, rows: &[(&TaskRow, &TaskVerdict)], low_alone: bool) -> Option<Block> {
    let is_chosen = |judged: &TaskVerdict| !low_alone || judged.verdict == Verdict::Insufficient;
    let chosen = rows.iter().filter(|(task, judged)| is_chosen(judged) && task.counts.n > 0);
    let table = TableOf::new(chosen.map(|(task, _)| *task));
    if table.is_empty() {
        return None;
    }
    let gia = chapter.measures.exam.key.procedure.has_attempts();
    let shares = |task: &TaskRow| {
        let counts = &task.counts;
        [counts.full, counts.partial, counts.zero, counts.not_attempted]
            .map(|part| Percent::of(part, counts.n).map_or(0.0, |share| share.0))
    };
    let part = |task: &TaskRow, place: usize| {
        shares(task).get(place).map_or(Cell::Missing, |part| Cell::number(*part, print::share_decimals(task.counts.n)))
    };
    let partial = |task: &TaskRow| {
        if max_of(chapter, task.task) == Some(1) { Cell::Missing } else { part(task, 1) }
    };
    let table = table
        .column(other("№", Align::Right, 0.6), |task| id(chapter, task))
        .text("Проверяемое умение", 4.0, |task| matter(chapter, task.task))
        .number("Полный", 1.0, |task| part(task, 0))
        .number("Частичный", 1.0, |task| partial(task))
        .number("Ноль", 1.0, |task| part(task, 2))
        .number("Не приступали", 1.0, |task| if gia { Cell::Missing } else { part(task, 3) })
        .column(
            other("Слева направо в том же порядке", Align::Left, 3.2).drawn_from([2, 3, 4, 5]),
            |task| Cell::Parts(shares(task)),
        );
    let name = format!("parts_{}", chapter.measures.exam.id().replace('-', "_"));
    let whose =
        if low_alone { "Задания с недостаточным уровнем" } else { "Задания" };
    let caption = format!("{whose}: из чего складывается результат, % участников");
    let note = if gia {
        "«—»: у задания с одним баллом частичного балла не бывает, а не приступивших протоколы не различают."
    } else {
        "«—»: у задания с одним баллом частичного балла не бывает."
    };
    Some(table.named(&name, caption, note))
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
    let known = |cell: Cell, task: u16, column, sum: String, n: u64| match max_of(chapter, task) {
        Some(max) => {
            let origin = Origin::focus(context, &measures.exam).task(chapter.task_id(task));
            let words = format!("{sum} / ({} · {max}) · 100", print::count(n));
            cell.from_source(|| origin.source(column, words))
        }
        None => cell,
    };
    let all = |task: &TaskRow| {
        let n = task.counts.n;
        known(share(task.pct, n), task.task, "tasks.pct", print::count(task.counts.sum), n)
    };
    let of_group = |task: &TaskRow, mark: u8| {
        let found = rows.iter().find(|row| row.task == task.task && row.mark == mark);
        found.filter(|row| least <= srez_model::unit::as_f64(row.n)).map_or(Cell::Missing, |row| {
            known(share(row.pct, row.n), row.task, "tasks_by_mark.pct", "сумма баллов группы".to_owned(), row.n)
        })
    };
    let table = TableOf::new(measures.tasks_of(*level, group))
        .column(other("№", Align::Right, 0.6), |task| id(chapter, task))
        .text("Проверяемое умение", 4.4, |task| matter(chapter, task.task))
        .number("Все, %", 1.0, |task| all(task))
        .columns(
            &groups,
            |(_, title)| other(&format!("{title}, %"), Align::Right, 1.0),
            |task, (mark, _)| of_group(task, *mark),
        );
    let name = format!("groups_{}", measures.exam.id().replace('-', "_"));
    let what = if test { "тестовому баллу" } else { "отметке" };
    let caption = format!("Выполнение заданий в группах по {what}, {}", super::whose(context, chapter));
    let least = context.limit("F09.group");
    let note = format!("«—»: в группе меньше {least} участников или их нет.");
    let values = (3..table.width()).collect();
    let block = table.named(&name, caption, note);
    Some(charted(block, NativeChartKind::MarkProfiles, values, ["Задание", "Выполнение, %"]))
}

pub(super) fn max_of(chapter: &Chapter<'_>, task: u16) -> Option<u16> {
    chapter.measures.exam.tasks.get(usize::from(task)).and_then(|task| task.max)
}
