//! «Умения»: completion by skill; every skill is printed with n and interval, and where its tasks stand.

use super::origin::Origin;
use super::{no_data, other, section, share};
use crate::context::{Chapter, Names};
use crate::facts::weak_tasks::told;
use crate::table::TableOf;
use srez_model::finding::Verdict;
use srez_model::measures::{Interval, SkillRow};
use srez_model::provenance::CellSource;
use srez_model::report::{Align, Bar, Block, Cell, Section};
use srez_model::tally::Group;
use srez_wording::{number as print, text as words};

/// Heading.
const TITLE: &str = "Умения";

pub(crate) fn compose(context: &Names<'_>, chapter: &Chapter<'_>) -> Section {
    let why = "в спецификации работы не указаны умения и элементы содержания";
    section(TITLE, false, vec![table(context, chapter).unwrap_or_else(|| no_data(why))])
}

/// The table; none where no skill is known.
pub(super) fn table(context: &Names<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let table = TableOf::new(measures.skills_of(*level, group));
    if table.is_empty() {
        return None;
    }
    let known = |cell: Cell, skill: &SkillRow| cell.from_source(|| source(context, chapter, skill));
    let mut table = table
        .text("Умение", 4.4, |skill| words::capitalised(&skill.title))
        .count("Заданий", 0.9, |skill| skill.tasks.into())
        .count("Чел.", 0.9, |skill| skill.n)
        .number("%", 1.0, |skill| known(share(skill.pct.map(|pct| pct.value), skill.n), skill))
        .number("95 % инт.", 1.4, |skill| known(interval(skill.pct, skill.n), skill))
        .column(other("", Align::Left, 1.8).drawn_from([3]), |skill| skill.pct.map_or(Cell::Missing, bar));
    if chapter.findings.verdicts.iter().any(|judged| judged.verdict != Verdict::Unknown) {
        table = table.text("Вывод", 3.4, |skill| stands(chapter, skill));
    }
    let note = "Процент — сумма баллов по заданиям умения, делённая на сумму максимумов. Умение с одним заданием — \
                вывод по одному заданию.";
    let name = format!("skills_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Умения и элементы содержания, {}", super::whose(context, chapter));
    Some(table.named(&name, caption, note))
}

/// Where the tasks of a skill stand: «освоено», «освоено частично: ниже порога № 14, у порога № 12 и 13».
fn stands(chapter: &Chapter<'_>, skill: &SkillRow) -> String {
    let tasks = &chapter.measures.exam.tasks;
    let judged: Vec<(&str, Verdict)> = chapter
        .findings
        .verdicts
        .iter()
        .filter_map(|judged| Some((tasks.get(usize::from(judged.task))?, told(judged))))
        .filter(|(task, verdict)| task.matter() == skill.title && *verdict != Verdict::Unknown)
        .map(|(task, verdict)| (task.id.as_str(), verdict))
        .collect();
    in_words(&judged)
}

fn in_words(judged: &[(&str, Verdict)]) -> String {
    let of = |wanted: Verdict| -> Vec<&str> {
        judged.iter().filter(|(_, verdict)| *verdict == wanted).map(|(id, _)| *id).collect()
    };
    let (below, at) = (of(Verdict::Insufficient), of(Verdict::Zone));
    let at_words = format!("у порога {}", words::task_list(&at));
    let below_words = format!("ниже порога {}", words::task_list(&below));
    match (below.len(), at.len()) {
        _ if judged.is_empty() => "уровни не указаны".to_owned(),
        (0, 0) => "освоено".to_owned(),
        (0, _) => at_words,
        (low, _) if judged.len() < 2 * low => format!("не освоено: {below_words}"),
        (_, 0) => format!("освоено частично: {below_words}"),
        _ => format!("освоено частично: {below_words}; {at_words}"),
    }
}

/// Where the completion of a skill and its interval come from.
fn source(context: &Names<'_>, chapter: &Chapter<'_>, skill: &SkillRow) -> CellSource {
    let (sum, most) = (print::count(skill.sum), print::count(skill.max_sum));
    let counts = format!("{sum} / {most} · 100; заданий — {}", skill.tasks);
    let title = words::capitalised(&skill.title);
    Origin::focus(context, &chapter.measures.exam).named(&title).source("skills.pct", counts)
}

fn interval(pct: Option<Interval>, n: u64) -> Cell {
    pct.map_or(Cell::Missing, |pct| Cell::interval(pct.low.0, pct.high.0, print::share_decimals(n)))
}

fn bar(pct: Interval) -> Cell {
    Cell::Bar(Bar { value: pct.value.0, threshold: None, zone: 0.0, reference: None, verdict: Verdict::Unknown })
}

#[cfg(test)]
mod tests {
    use super::{Verdict, in_words};

    #[test]
    fn a_skill_is_what_its_tasks_are() {
        let said = |judged: &[(&str, Verdict)]| in_words(judged).replace('\u{a0}', " ");
        let (low, at, done) = (Verdict::Insufficient, Verdict::Zone, Verdict::Sufficient);
        assert_eq!(said(&[("1", done), ("2", done)]), "освоено");
        assert_eq!(said(&[("12", at), ("13", at)]), "у порога № 12 и 13");
        assert_eq!(said(&[("12", at), ("14", low), ("15", done)]), "освоено частично: ниже порога № 14; у порога № 12");
        assert_eq!(said(&[("14", low)]), "не освоено: ниже порога № 14");
        assert_eq!(said(&[]), "уровни не указаны");
    }
}
