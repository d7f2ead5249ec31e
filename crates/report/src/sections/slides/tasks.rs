//! Second slide: the tasks to begin with, each with its threshold.

use super::{about, completion, labelled, named, printed, said, title};
use crate::sections::attention::Attention;
use srez_model::deck::{Body, LevelBar, Slide};
use srez_model::finding::Verdict;
use srez_wording::number;

/// Bars that are read from the last row.
const MOST: usize = 4;

/// None where no task needs attention.
pub(crate) fn compose(attention: &[Attention]) -> Option<Slide> {
    let first = attention.first()?;
    let bars: Vec<&Attention> = attention.iter().take(MOST).collect();
    let below = bars.iter().any(|task| task.bar.verdict == Verdict::Insufficient);
    let short = match (first.bar.threshold, below) {
        (Some(_), true) => "Дальше всего от порога",
        (Some(_), false) => "Ближе всего к порогу",
        (None, _) => "Где выполнение наименьшее",
    };
    let limit = limit(first);
    let sentences: Vec<String> = bars
        .iter()
        .map(|task| format!("{}: выполнено на {}{}.", said(task), printed(completion(task)), self::limit(task)))
        .collect();
    let mut notes = sentences.clone();
    notes.push("Какие ошибки здесь типичны и что помогает?".to_owned());
    notes.push("Когда по рабочей программе пройдена эта тема и сколько часов на неё отведено?".to_owned());
    Some(Slide {
        title: title(format!("{}: {}{limit}", named(first), printed(completion(first))), short),
        lead: String::new(),
        alt: sentences.join(" "),
        body: Body::Bars(bars.into_iter().map(bar).collect()),
        notes,
    })
}

fn bar(task: &Attention) -> LevelBar {
    LevelBar {
        name: labelled(task),
        about: about(task),
        value: completion(task),
        threshold: task.bar.threshold,
        verdict: task.bar.verdict,
    }
}

/// « при пороге 60 %»; empty where no confirmed threshold is known.
fn limit(task: &Attention) -> String {
    let said = |threshold| format!(" при пороге {}", number::percent_exact(threshold, 0));
    task.bar.threshold.map_or_else(String::new, said)
}
