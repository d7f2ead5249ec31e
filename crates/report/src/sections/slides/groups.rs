//! Third slide: the group to work with, beside the one that shows what can be reached.

use super::{about, labelled, printed, said, shown, title};
use crate::sections::attention::{Attention, DISCUSSED};
use srez_model::deck::{Body, ColumnGroup, ColumnTask, Columns, Shown, Slide};
use srez_wording::number;

/// Completion in the groups by mark that the edition shows; where it shows none, how many got all and no points.
/// None where no task needs attention.
pub(crate) fn compose(attention: &[Attention]) -> Option<Slide> {
    by_mark(attention).or_else(|| by_points(attention))
}

fn by_mark(attention: &[Attention]) -> Option<Slide> {
    let first = attention.iter().find(|task| task.groups[0].is_some())?;
    let of_kind = |task: &&Attention| task.bands == first.bands && task.groups[0].is_some();
    let tasks: Vec<&Attention> = attention.iter().filter(of_kind).take(DISCUSSED).collect();
    let share = |task: &Attention, percent: f64| shown(percent, number::share_decimals(task.n));
    let values = |task: &Attention| task.groups.map(|group| group.map(|percent| share(task, percent)));
    let [weak, strong] = if first.bands {
        ["тестовый балл до 60", "тестовый балл 81–100"]
    } else {
        ["отметка «3»", "отметка «5»"]
    };
    let head = if first.bands { "Балл до 60" } else { "Группа «3»" };
    let value = values(first)[0]?;
    Some(Slide {
        title: title(format!("{head}: №\u{a0}{}\u{a0}— {}", first.task, printed(value)), head),
        lead: "Выполнение задания в группах участников".to_owned(),
        ..made(&tasks, &[(weak, 1), (strong, 3)], values)
    })
}

fn by_points(attention: &[Attention]) -> Option<Slide> {
    let first = attention.first()?;
    let tasks: Vec<&Attention> = attention.iter().take(DISCUSSED).collect();
    let values = |task: &Attention| {
        let [full, _, zero, _] = task.parts;
        [full, zero].map(|part| Some(shown(part, 0)))
    };
    let value = values(first)[0]?;
    Some(Slide {
        title: title(
            format!("Полный балл за №\u{a0}{}\u{a0}— у {}", first.task, printed(value)),
            "Полный балл и ноль баллов",
        ),
        lead: "Доля участников с полным баллом и с нулём".to_owned(),
        ..made(&tasks, &[("полный балл", 3), ("ноль баллов", 0)], values)
    })
}

/// Columns of the tasks, and what is said of them.
fn made(tasks: &[&Attention], groups: &[(&str, usize); 2], values: impl Fn(&Attention) -> [Option<Shown>; 2]) -> Slide {
    let sentence = |task: &&Attention| {
        let told = groups.iter().zip(values(task)).filter_map(|((name, _), value)| {
            let value = value?;
            Some(format!("{name} — {}", printed(value)))
        });
        format!("{}: {}.", said(task), told.collect::<Vec<_>>().join(", "))
    };
    let sentences: Vec<String> = tasks.iter().map(sentence).collect();
    let column =
        |task: &&Attention| ColumnTask { name: labelled(task), about: about(task), values: values(task).to_vec() };
    let group = |(name, colour): &(&str, usize)| ColumnGroup { name: (*name).to_owned(), colour: *colour };
    Slide {
        title: String::new(),
        lead: String::new(),
        alt: sentences.join(" "),
        body: Body::Columns(Columns {
            groups: groups.iter().map(group).collect(),
            tasks: tasks.iter().map(column).collect(),
        }),
        notes: sentences,
    }
}
