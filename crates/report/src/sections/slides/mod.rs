//! The four slides of a meeting: what is found, on which tasks, with whom to work, what to decide.

mod decisions;
mod found;
mod groups;
mod tasks;

pub(crate) use decisions::compose as decisions;
pub(crate) use found::compose as found;
pub(crate) use groups::compose as groups;
pub(crate) use tasks::compose as tasks;

use crate::sections::attention::Attention;
use srez_model::deck::Shown;
use srez_wording::{number, text as words};

/// Letters of a title that fit on one line.
const TITLE: usize = 45;
/// Letters of what a task checks.
const ABOUT: usize = 60;

/// The first title where it fits, else the shorter one.
fn title(long: String, short: impl Into<String>) -> String {
    if long.chars().count() <= TITLE { long } else { short.into() }
}

/// A share as its documents print it.
fn shown(percent: f64, decimals: u8) -> Shown {
    Shown { percent: number::rounded(percent, decimals), decimals }
}

/// The share in words: «37,4 %».
fn printed(share: Shown) -> String {
    number::percent_exact(share.percent, share.decimals)
}

/// Completion of a task, as the packet prints it.
fn completion(task: &Attention) -> Shown {
    shown(task.pct, number::share_decimals(task.n))
}

/// «№ 14, 8 класс».
fn named(task: &Attention) -> String {
    format!("№\u{a0}{}, {}", task.task, task.place())
}

/// The same, the class first: as names stand under each other.
fn labelled(task: &Attention) -> String {
    format!("{}, №\u{a0}{}", task.place(), task.task)
}

/// What a task checks, short.
fn about(task: &Attention) -> String {
    words::shortened(&task.matter, ABOUT)
}

/// «8 класс, задание № 14 «Строить углы»».
fn said(task: &Attention) -> String {
    let matter =
        if task.matter.is_empty() { String::new() } else { format!(" «{}»", words::capitalised(&task.matter)) };
    format!("{}, задание №\u{a0}{}{matter}", words::capitalised(task.place()), task.task)
}
