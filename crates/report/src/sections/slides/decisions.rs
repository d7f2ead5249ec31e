//! Fourth slide: what the meeting decides; the only one that names schools.

use super::{completion, named, printed};
use crate::context::{Chapter, Names};
use crate::sections::attention::{self, Attention};
use crate::sections::planned::Expected;
use crate::sections::worth_studying;
use srez_model::deck::{Body, Decision, Slide};
use srez_wording::text as words;

/// Schools that are named.
const SCHOOLS: usize = 3;
/// A line on which the meeting writes the day.
const TERM: &str = "срок:\u{a0}________";

/// Three points, as the packet drafts them.
pub(crate) fn compose(context: &Names<'_>, chapters: &[Chapter<'_>], attention: &[Attention]) -> Slide {
    let point = |what: &str, how: String| Decision { what: what.to_owned(), how, term: TERM.to_owned() };
    let points = vec![
        point("Задания на эти умения — в рабочие планы", attention.first().map_or_else(String::new, aim)),
        point("Открытый урок или мастер-класс", hosts(context, chapters)),
        point("Короткая проверочная работа", "на эти же умения; сравнить с нынешними результатами".to_owned()),
    ];
    let said = |point: &Decision| words::sentence(&format!("{}: {}", point.what, point.how));
    Slide {
        title: "Решаем сегодня".to_owned(),
        lead: String::new(),
        alt: points.iter().map(said).collect::<Vec<_>>().join(" "),
        body: Body::Decisions(points),
        notes: attention::decision(attention).iter().map(srez_model::report::Text::words).collect(),
    }
}

/// «№ 14, 8 класс: не ниже 41 % в 2027 году, сейчас 35,1 %».
fn aim(task: &Attention) -> String {
    let now = printed(completion(task));
    match &task.expected {
        Some(Expected::Target(target)) => format!("{}: {target}, сейчас {now}", named(task)),
        Some(Expected::Later(_)) | None => format!("{}: выше нынешних {now}", named(task)),
    }
}

/// Schools whose experience is worth studying, in the order of the register.
fn hosts(context: &Names<'_>, chapters: &[Chapter<'_>]) -> String {
    let lists: Vec<_> = chapters.iter().filter_map(worth_studying::list).collect();
    let is_listed = |school: &&String| lists.iter().any(|list| list.schools.contains(school));
    let names: Vec<&str> =
        context.schools.iter().filter(is_listed).take(SCHOOLS).map(|school| context.school(school)).collect();
    match names.as_slice() {
        [] => "кто ведёт, решает объединение".to_owned(),
        [one] => format!("ведёт {one}"),
        several => format!("ведут {}", words::list(several)),
    }
}
