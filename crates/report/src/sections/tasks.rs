//! «Выполнение заданий»: completion by task with level and verdict, what an insufficient result is made of, groups.

use super::origin::Origin;
use super::{charted, no_data, other, section, share, text};
use crate::context::{Chapter, Names};
use crate::table::TableOf;
use srez_model::assessment::Procedure;
use srez_model::finding::{TaskVerdict, Verdict};
use srez_model::level::Level;
use srez_model::measures::TaskRow;
use srez_model::provenance::CellSource;
use srez_model::report::{Align, Bar, Block, Cell, NativeChartKind, Section};
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
        Some((chapter.measures.exam.key.grade_title(), vec![table]))
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
    let name = format!("tasks_{}", measures.exam.id().replace('-', "_"));
    let block = table.named(&name, caption, task_note(context, chapter));
    charted(block, NativeChartKind::TaskBars, vec![COMPLETION], ["Задание", "Выполнение, %"])
}

fn id(chapter: &Chapter<'_>, task: &TaskRow) -> Cell {
    Cell::Text(chapter.task_id(task.task).to_owned())
}

fn interval(task: &TaskRow) -> Cell {
    let decimals = print::share_decimals(task.counts.n);
    task.interval.map_or(Cell::Missing, |bounds| Cell::interval(bounds.low.0, bounds.high.0, decimals))
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
            "Порог {} % для уровня Б и {} % для П и В: {}; помета не вывод: порог для этой процедуры документом не \
             подтверждён.",
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
    let chosen = rows.iter().filter(|(task, judged)| judged.verdict == Verdict::Insufficient && task.counts.n > 0);
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
    let caption = "Задания с недостаточным уровнем: из чего складывается результат, % участников";
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
    let note = format!("«—»: в группе меньше {least} участников (ФИОКО 2026, с. 24) или их нет.");
    let values = (3..table.width()).collect();
    let block = table.named(&name, caption, note);
    Some(charted(block, NativeChartKind::MarkProfiles, values, ["Задание", "Выполнение, %"]))
}

fn max_of(chapter: &Chapter<'_>, task: u16) -> Option<u16> {
    chapter.measures.exam.tasks.get(usize::from(task)).and_then(|task| task.max)
}
