//! Conclusions of the first page for works whose tasks are not judged: ОГЭ and ЕГЭ, for which no threshold is
//! confirmed, and works without levels or marks.

use super::dynamics;
use super::origin::in_table;
use crate::context::{Chapter, Context, Names};
use srez_model::assessment::Difficulty;
use srez_model::finding::Status;
use srez_model::report::{Conclusion, Text};
use srez_model::tally::Group;
use srez_wording::sentence::participants;
use srez_wording::{number, text as words};

/// Tasks with the lowest completion that are named.
const LOWEST: usize = 3;

/// How the participants wrote a work without marks.
pub(super) fn mean_score(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    chapters.iter().find_map(|chapter| {
        let row = chapter.measures.marks_of(*level, group)?;
        let (mean, sd) = (row.mean_score?, row.sd_score?);
        let of_maximum = match chapter.measures.exam.max_primary {
            Some(max) => {
                let share = srez_model::unit::Percent(100.0 * mean.0 / f64::from(max));
                format!(" из {max}, или {} максимума", number::percent(share, row.n))
            }
            None => ", наибольший возможный балл не известен".to_owned(),
        };
        Some(Conclusion {
            value: number::test_score(mean),
            unit: "средний первичный балл".to_owned(),
            status: Status::Fact,
            text: Text::plain(format!(
                "{}. Средний первичный балл\u{a0}— {}{of_maximum}; стандартное отклонение\u{a0}— {}. Отметок у работы \
                 нет.",
                participants::took_work(row.n),
                number::test_score(mean),
                number::decimal(sd, 1)
            )),
            source: "участники и отметки".to_owned(),
            about: None,
        })
    })
}

/// The tasks with the lowest completion, where nothing is judged.
pub(super) fn lowest_tasks(context: &Names<'_>, chapter: &Chapter<'_>) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    // A task of high level is hard by intent: it is no news that few do it.
    let basic = |task: u16| chapter.measures.difficulty(task) == Some(Difficulty::Basic);
    let levels = chapter.measures.tasks_of(*level, group).any(|row| basic(row.task));
    let among = if levels { " среди заданий базового уровня" } else { "" };
    let mut rows: Vec<_> = chapter
        .measures
        .tasks_of(*level, group)
        .filter(|row| !levels || basic(row.task))
        .filter_map(|row| Some((row, row.pct?, row.interval.filter(|_| row.counts.n >= 10)?)))
        .collect();
    rows.sort_by(|(_, first, _), (_, second, _)| first.0.total_cmp(&second.0));
    let named: Vec<String> = rows
        .iter()
        .take(LOWEST)
        .map(|(row, share, interval)| {
            let n = row.counts.n;
            let task = chapter.measures.exam.tasks.get(usize::from(row.task));
            let what = task.map(|task| task.label()).filter(|label| !label.is_empty());
            format!(
                "№\u{a0}{}{} — {} ({})",
                chapter.task_id(row.task),
                what.map_or_else(String::new, |label| format!(" «{label}»")),
                number::percent(*share, n),
                number::percent_interval(interval, n)
            )
        })
        .collect();
    let (first, share, _) = rows.first()?;
    let why = if chapter.measures.exam.key.procedure.has_attempts() {
        "Порога, подтверждённого документом, для этой процедуры нет"
    } else {
        "Уровни заданий не указаны, порога для них нет"
    };
    Some(Conclusion {
        value: number::percent(*share, first.counts.n),
        unit: format!("задание №\u{a0}{}", chapter.task_id(first.task)),
        status: Status::Fact,
        text: Text::plain(format!(
            "Наименьшее выполнение{among}: {}; n\u{a0}=\u{a0}{}. {why}: это место для содержательного анализа, а не \
             вывод о недостаточности.",
            words::list(&named),
            number::count(first.counts.n)
        )),
        source: "выполнение заданий".to_owned(),
        about: in_table(context, chapter, "tasks.pct", chapter.task_id(first.task)),
    })
}

/// How the key result of ОГЭ or ЕГЭ changed against the year before; none where the years cannot be compared, and for
/// works with a section of their own on it.
pub(super) fn change(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    let [chapter] = chapters else { return None };
    if !chapter.measures.exam.key.procedure.has_attempts() {
        return None;
    }
    let (measure, what) = if chapter.measures.exam.has_test_scores() {
        ("mean_test", "Средний тестовый балл")
    } else {
        ("quality_pct", "Доля «4» и «5»")
    };
    let rows = chapter.measures.dynamics_of(*level, group);
    let row = rows.iter().find(|row| row.measure == measure && row.comparable)?;
    let (difference, (low, high)) = (row.difference?, row.interval?);
    let year = row.before_exam.year;
    let test = measure == "mean_test";
    let decimals = if test { 1 } else { number::share_decimals(row.n.0.min(row.n.1)) };
    let unit = if test { "балла" } else { "п.п." };
    let doubt = if low <= 0.0 && high >= 0.0 {
        "изменение может быть случайным"
    } else {
        "изменение больше случайного"
    };
    let unrounded = if number::differs_in_print(row.now?, row.before?, difference, decimals) {
        format!(" {}", number::UNROUNDED)
    } else {
        String::new()
    };
    Some(Conclusion {
        value: format!("{}\u{a0}{unit}", number::signed(difference, decimals)),
        unit: format!("к {year} году"),
        status: Status::Fact,
        text: Text::plain(format!(
            "{what}: {} (n\u{a0}=\u{a0}{}) против {} в {year} году (n\u{a0}=\u{a0}{}); интервал разности {}, \
             {doubt}.{unrounded}",
            number::decimal(row.now?, decimals),
            number::count(row.n.0),
            number::decimal(row.before?, decimals),
            number::count(row.n.1),
            number::range(low, high, decimals)
        )),
        source: "динамика".to_owned(),
        about: in_table(context, chapter, "dynamics.difference", dynamics::title_of(measure)),
    })
}
