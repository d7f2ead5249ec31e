//! What is known of a number of the measures, found by the table, row and column in which a document prints it.

use crate::context::{Chapter, Context};
use crate::sections::measure_of_dynamics;
use srez_model::assessment::Exam;
use srez_model::level::Level;
use srez_model::measures::{BandsRow, DynamicsRow, Interval, JournalRow, MarksRow, SkillRow, TaskRow};
use srez_model::report::{Cell, Row};
use srez_model::unit::{Percent, as_f64};
use srez_wording::number::{count, decimal, signed};

/// A number of the measures with what is to be told of it.
pub(super) struct Known {
    /// Table and column of the data.
    pub(super) column: &'static str,
    /// The number, or both ends of an interval.
    pub(super) numbers: [Option<f64>; 2],
    /// The formula with the counts in it.
    pub(super) counts: String,
    /// Threshold with its source; empty for none.
    pub(super) threshold: String,
    /// Exams whose files it comes from; empty for that of the table alone.
    pub(super) exams: Vec<String>,
}

/// Where a document prints a number.
pub(super) struct Spot<'a> {
    /// Kind of the table: `marks`, `tasks`.
    pub(super) kind: &'a str,
    /// Its row.
    pub(super) row: &'a Row,
    /// Place of its column.
    pub(super) place: usize,
    /// Title of its column.
    pub(super) title: &'a str,
}

fn plain(column: &'static str, number: Option<f64>, counts: String) -> Known {
    Known { column, numbers: [number, None], counts, threshold: String::new(), exams: Vec::new() }
}

/// What is known of a cell about a group; none where the table or column is not one of ours.
pub(super) fn of(
    context: &Context<'_>,
    chapter: &Chapter<'_>,
    cell: &Spot<'_>,
    level: Level,
    group: &str,
) -> Option<Known> {
    let measures = chapter.measures;
    match cell.kind {
        "marks" | "schools" if !measures.exam.has_test_scores() => {
            measures.marks_of(level, group).and_then(|marks| of_marks(marks, cell.title))
        }
        "bands" | "schools" => measures.bands_of(level, group).and_then(|bands| of_bands(bands, cell.title)),
        "tasks" => {
            let task = task_of(chapter, cell.row, level, group)?;
            of_task(context, chapter, task, cell.title)
        }
        "groups" => of_task_group(chapter, cell, level, group),
        "skills" => skill_of(chapter, cell.row, level, group).and_then(|skill| of_skill(skill, cell.title)),
        "journal" => measures.journal_of(level, group).and_then(|journal| of_journal(context, journal, cell.place)),
        "dynamics" => {
            let Some(Cell::Text(name)) = cell.row.cells.first() else { return None };
            let measure = measure_of_dynamics(name)?;
            let rows = measures.dynamics_of(level, group).iter().filter(|row| row.measure == measure);
            of_dynamics(context, &rows.collect::<Vec<_>>(), cell.title, &measures.exam)
        }
        _ => None,
    }
}

fn bounds(interval: Option<Interval>) -> [Option<f64>; 2] {
    [interval.map(|one| one.low.0), interval.map(|one| one.high.0)]
}

fn of_marks(marks: &MarksRow, title: &str) -> Option<Known> {
    let [two, three, four, five] = marks.by_mark;
    let all = marks.marked();
    let known =
        |column, numbers, counts| Some(Known { column, numbers, counts, threshold: String::new(), exams: Vec::new() });
    let share = |mark: u8| [marks.share(mark).map(|share| share.0), None];
    let part = |n: u64| format!("{} / {} · 100", count(n), count(all));
    match title {
        "Чел." => known(
            "marks.n",
            [Some(srez_model::unit::as_f64(marks.n)), None],
            format!("«2» — {two}, «3» — {three}, «4» — {four}, «5» — {five}, без отметки — {}", marks.n_without_mark),
        ),
        "«2», %" => known("marks.n2", share(2), part(two)),
        "«3», %" => known("marks.n3", share(3), part(three)),
        "«4», %" => known("marks.n4", share(4), part(four)),
        "«5», %" => known("marks.n5", share(5), part(five)),
        "Средняя" => known(
            "marks.mean_mark",
            [marks.mean_mark.map(|mean| mean.0), None],
            format!("(2 · {two} + 3 · {three} + 4 · {four} + 5 · {five}) / {all}"),
        ),
        "Успев., %" => {
            known("marks.pass_pct", [marks.pass.map(|pass| pass.value.0), None], part(three + four + five))
        }
        "Качество, %" => {
            known("marks.quality_pct", [marks.quality.map(|one| one.value.0), None], part(four + five))
        }
        "95 % инт." => {
            known("marks.quality_low", bounds(marks.quality), format!("«4» и «5» у {} из {all}", four + five))
        }
        _ => None,
    }
}

fn task_of<'a>(chapter: &Chapter<'a>, row: &Row, level: Level, group: &str) -> Option<&'a TaskRow> {
    let Some(Cell::Text(id)) = row.cells.first() else { return None };
    let place = chapter.measures.exam.tasks.iter().position(|task| task.id == *id)?;
    chapter.measures.task_of(level, group, u16::try_from(place).ok()?)
}

fn of_task(context: &Context<'_>, chapter: &Chapter<'_>, task: &TaskRow, title: &str) -> Option<Known> {
    let counts = task.counts;
    let max = chapter.measures.exam.tasks.get(usize::from(task.task)).and_then(|task| task.max);
    let words = format!(
        "{} / ({} · {}) · 100; полный балл — {}, частичный — {}, ноль — {}, не приступали — {}",
        count(counts.sum),
        count(counts.n),
        max.map_or_else(|| "максимум".to_owned(), |max| max.to_string()),
        counts.full,
        counts.partial,
        counts.zero,
        counts.not_attempted
    );
    let judged = chapter.findings.verdicts.iter().find(|one| one.task == task.task);
    let limit = judged
        .and_then(|one| one.threshold)
        .map(|limit| format!("{} %; {}", decimal(limit, 1), context.thresholds.get(threshold_of(chapter)).source()));
    let numbers = match title {
        "%" => [task.pct.map(|pct| pct.0), None],
        "95 % инт." => bounds(task.interval),
        _ => return None,
    };
    Some(Known { column: "tasks.pct", numbers, counts: words, threshold: limit.unwrap_or_default(), exams: Vec::new() })
}

/// The threshold in the registry that stands for those of all levels: they come from one source.
pub(super) fn threshold_of(chapter: &Chapter<'_>) -> &'static str {
    if chapter.measures.exam.key.procedure.has_attempts() { "F20.basic" } else { "F01.sufficient" }
}

/// Completion of a task in a group by mark or band.
fn of_task_group(chapter: &Chapter<'_>, cell: &Spot<'_>, level: Level, group: &str) -> Option<Known> {
    let task = task_of(chapter, cell.row, level, group)?;
    let max = chapter.measures.exam.tasks.get(usize::from(task.task)).and_then(|task| task.max)?;
    let counts = task.counts;
    let mark = match cell.title {
        "Все, %" => {
            let words = format!("{} / ({} · {max}) · 100", count(counts.sum), count(counts.n));
            return Some(plain("tasks.pct", task.pct.map(|pct| pct.0), words));
        }
        "Ниже мин., %" => 1,
        "Мин.–60, %" => 2,
        "61–80, %" => 3,
        "81–100, %" => 4,
        "«2», %" => 2,
        "«3», %" => 3,
        "«4», %" => 4,
        "«5», %" => 5,
        _ => return None,
    };
    let mut rows = chapter.measures.tasks_by_mark.iter();
    let row = rows.find(|row| row.level == level && row.group == group && row.task == task.task && row.mark == mark)?;
    let words = format!("сумма баллов группы / ({} · {max}) · 100", count(row.n));
    Some(plain("tasks_by_mark.pct", row.pct.map(|pct| pct.0), words))
}

fn of_bands(bands: &BandsRow, title: &str) -> Option<Known> {
    const COLUMNS: [(&str, &str); 4] = [
        ("Ниже мин., %", "bands.below_min_pct"),
        ("Мин.–60, %", "bands.from_min_to_60_pct"),
        ("61–80, %", "bands.from_61_to_80_pct"),
        ("81–100, %", "bands.from_81_to_100_pct"),
    ];
    let [below, low, middle, high] = bands.by_band;
    let part = |n: u64| format!("{} / {} · 100", count(n), count(bands.n));
    let found = COLUMNS.iter().zip(bands.by_band).find(|((name, _), _)| *name == title);
    if let Some(((_, column), n)) = found {
        return Some(plain(column, Percent::of(n, bands.n).map(|share| share.0), part(n)));
    }
    match title {
        "Чел." => {
            let words = format!("ниже минимума — {below}, до 60 — {low}, 61–80 — {middle}, 81–100 — {high}");
            Some(plain("bands.n", Some(as_f64(bands.n)), words))
        }
        "95 % инт." => {
            let words = format!("81–100 баллов у {} из {}", count(high), count(bands.n));
            Some(Known { numbers: bounds(bands.best), ..plain("bands.from_81_to_100_pct", None, words) })
        }
        "Средний балл" => {
            let words = format!("сумма тестовых баллов / {}", count(bands.n));
            Some(plain("bands.mean_test", bands.mean_test.map(|mean| mean.0), words))
        }
        _ => None,
    }
}

/// Two of the columns have one title, so their places tell them apart.
fn of_journal(context: &Context<'_>, journal: &JournalRow, place: usize) -> Option<Known> {
    let whole = |column, n: u64| {
        let JournalRow { lowered, confirmed, raised, .. } = journal;
        let words = format!("понизили — {lowered}, подтвердили — {confirmed}, повысили — {raised}");
        plain(column, Some(as_f64(n)), words)
    };
    let part = |column, n: u64| {
        let words = format!("{} / {} · 100", count(n), count(journal.n));
        plain(column, Percent::of(n, journal.n).map(|share| share.0), words)
    };
    Some(match place {
        1 => whole("journal.n", journal.n),
        2 => whole("journal.lowered", journal.lowered),
        3 => part("journal.lowered", journal.lowered),
        4 => whole("journal.confirmed", journal.confirmed),
        5 => part("journal.confirmed", journal.confirmed),
        6 => whole("journal.raised", journal.raised),
        7 => part("journal.raised", journal.raised),
        8 => {
            let limit = context.thresholds.get("F04.gap");
            let threshold = format!("{} {}; {}", decimal(limit.value, 0), limit.unit, limit.source());
            Known { threshold, ..whole("journal.gap2", journal.gap2) }
        }
        _ => return None,
    })
}

/// Values of the years and their difference; rows from the nearest year back.
fn of_dynamics(context: &Context<'_>, rows: &[&DynamicsRow], title: &str, exam: &Exam) -> Option<Known> {
    let year = exam.key.year;
    let first = rows.first()?;
    let nearest = rows.iter().find(|row| row.comparable);
    if title == year.to_string() {
        let words = format!("участников — {}", count(first.n.0));
        return Some(plain("dynamics.now", first.now, words));
    }
    if let Some(row) = rows.iter().find(|row| row.comparable && row.before_exam.year.to_string() == title) {
        let words = format!("участников — {}; {}", count(row.n.1), row.before_exam);
        let exams = vec![row.before_exam.id()];
        return Some(Known { exams, ..plain("dynamics.before", row.before, words) });
    }
    let row = nearest?;
    let exams = vec![exam.id(), row.before_exam.id()];
    let decimals = if row.measure == "mean_mark" { 2 } else { 1 };
    let words = || {
        let (now, before) = (row.now?, row.before?);
        let n = format!("участников {} и {}", count(row.n.0), count(row.n.1));
        Some(format!("{} − {}; {n}", decimal(now, decimals), decimal(before, decimals)))
    };
    let rise = || {
        let limit = context.thresholds.get("F03.rise");
        format!("{} {}; {}", decimal(limit.value, 0), limit.unit, limit.source())
    };
    let threshold = if row.measure == "share_of_2" { rise() } else { String::new() };
    match title {
        "95 % инт. разности" => {
            let (low, high) = row.interval?;
            Some(Known { numbers: [Some(low), Some(high)], exams, ..plain("dynamics.low", None, words()?) })
        }
        "Регион: изменение" => {
            let change = row.reference_change?;
            let words = format!("изменение той же доли в таблицах региона: {}", signed(change, decimals));
            Some(plain("dynamics.reference_change", Some(change), words))
        }
        _ if title == format!("К {} г.", row.before_exam.year) => {
            Some(Known { threshold, exams, ..plain("dynamics.difference", row.difference, words()?) })
        }
        _ => None,
    }
}

fn skill_of<'a>(chapter: &Chapter<'a>, row: &Row, level: Level, group: &str) -> Option<&'a SkillRow> {
    let Some(Cell::Text(name)) = row.cells.first() else { return None };
    let rows = chapter.measures.skills.iter();
    rows.filter(|row| row.level == level && row.group == group)
        .find(|row| row.title == *name || srez_wording::text::capitalised(&row.title) == *name)
}

fn of_skill(skill: &SkillRow, title: &str) -> Option<Known> {
    let numbers = match title {
        "%" => [skill.pct.map(|pct| pct.value.0), None],
        "95 % инт." => bounds(skill.pct),
        _ => return None,
    };
    let counts = format!("{} / {} · 100; заданий — {}", count(skill.sum), count(skill.max_sum), skill.tasks);
    Some(Known { column: "skills.pct", numbers, counts, threshold: String::new(), exams: Vec::new() })
}
