//! «Что решить сегодня» of a packet: what to begin with, with which group to work, on whom to rely.

use super::worth_studying;
use crate::context::{Chapter, Names};
use crate::facts::weak_tasks::{self, WeakTask};
use srez_model::finding::Verdict;
use srez_model::report::Text;
use srez_wording::sentence::school_papers as said;
use srez_wording::{grade, number, text as words};

/// Tasks that a sentence names.
const MOST_TASKS: usize = 2;
/// Schools that a sentence names.
const MOST_SCHOOLS: usize = 4;

/// Three sentences at most, each with a lead.
pub(crate) fn lines(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Text> {
    let of_chapter = |(place, chapter)| weak_tasks::of(context, chapter, place);
    let mut weak: Vec<WeakTask<'_>> = chapters.iter().enumerate().flat_map(of_chapter).collect();
    // Stable: within a grade the order of importance stays.
    weak.sort_by_key(|one| !one.is_basic());
    let low: Vec<&WeakTask<'_>> = weak.iter().filter(|one| one.is_below_threshold()).collect();
    let begin = begin(context, chapters, &weak, &low);
    let group = group(context, chapters, &low);
    let rely = Some(("На кого опереться.", rely(context, chapters)));
    let line =
        |(lead, sentence): (&str, String)| Text::default().bold(format!("{lead} ")).then(words::capitalised(&sentence));
    [Some(begin), group, rely].into_iter().flatten().map(line).collect()
}

/// What a task is called: «№ 14 (8 класс)»; the grade only where it tells works apart.
fn task(chapters: &[Chapter<'_>], one: &WeakTask<'_>) -> String {
    let exam = chapters.get(one.chapter).map(|chapter| &chapter.measures.exam);
    let place = exam.filter(|_| chapters.len() > 1).map_or_else(String::new, |exam| {
        let name = if exam.key.procedure.has_attempts() {
            format!("{}{}", exam.key.procedure.title(), exam.paper_words())
        } else {
            exam.grade_title()
        };
        format!(" ({name})")
    });
    format!("№\u{a0}{}{place}", one.task.id)
}

fn begin(
    context: &Names<'_>,
    chapters: &[Chapter<'_>],
    weak: &[WeakTask<'_>],
    low: &[&WeakTask<'_>],
) -> (&'static str, String) {
    let lead = "С чего начать.";
    let verdicts = || chapters.iter().flat_map(|chapter| &chapter.findings.verdicts);
    if verdicts().all(|judged| judged.verdict == Verdict::Unknown) {
        let why = "вывод о недостатках не сделан, в описании работ нет уровней заданий; меры вписывает методист.";
        return (lead, why.to_owned());
    }
    let share = |one: &WeakTask<'_>| number::percent(one.value, one.row.counts.n);
    let Some(first) = low.first() else {
        let nearest = weak.first().map_or_else(String::new, |one| {
            format!(" Предмет разговора\u{a0}— {} ({}): ближе всего к порогу.", task(chapters, one), share(one))
        });
        return (lead, format!("ниже порога нет ни одного задания.{nearest}"));
    };
    if let Some(sentence) = cross_grade(chapters, low) {
        return (lead, sentence);
    }
    let named: Vec<String> = low
        .iter()
        .take(MOST_TASKS)
        .map(|one| {
            let limit = one
                .threshold
                .map_or_else(String::new, |limit| format!(" при пороге {}", number::percent_exact(limit, 0)));
            let region = one.region.and_then(|row| row.reference).map_or_else(String::new, |share| {
                let place = context.style.region.prepositional;
                format!(", в {place}\u{a0}— {}", number::percent(share, first.row.counts.n))
            });
            format!("{}\u{a0}— {}{limit}{region}", task(chapters, one), share(one))
        })
        .collect();
    (lead, format!("{}.", named.join("; ")))
}

/// A skill that is low in several works: «геометрия — общая задача 4-х и 8-х классов: № 5.2 (37,4 %), № 14 (35,4 %)».
fn cross_grade(chapters: &[Chapter<'_>], low: &[&WeakTask<'_>]) -> Option<String> {
    let of_skill = |skill: &str| -> Vec<&&WeakTask<'_>> {
        low.iter().filter(|one| !skill.is_empty() && one.task.matter() == skill).collect()
    };
    let is_common = |one: &&&WeakTask<'_>| {
        let alike = of_skill(one.task.matter());
        alike.iter().any(|other| other.grade != one.grade)
    };
    let first = low.iter().find(is_common)?;
    let alike = of_skill(first.task.matter());
    let mut grades: Vec<u8> = alike.iter().map(|one| one.grade).collect();
    grades.sort_unstable();
    grades.dedup();
    let named: Vec<String> = alike
        .iter()
        .take(MOST_TASKS + 1)
        .map(|one| format!("{}\u{a0}— {}", task(chapters, one), number::percent(one.value, one.row.counts.n)))
        .collect();
    Some(format!(
        "«{}»\u{a0}— общая задача {}: ниже порога {}.",
        words::capitalised(first.task.matter()),
        grade::of_grades(&grades),
        words::list(&named)
    ))
}

/// The group just below «4», on the first tasks.
fn group(context: &Names<'_>, chapters: &[Chapter<'_>], low: &[&WeakTask<'_>]) -> Option<(&'static str, String)> {
    let of = |one: &WeakTask<'_>, mark: u8| one.of_mark(context, chapters.get(one.chapter)?, mark);
    let known: Vec<_> =
        low.iter().filter_map(|one| Some((task(chapters, one), of(one, 3)?, of(one, 4)))).take(MOST_TASKS).collect();
    if known.is_empty() {
        return None;
    }
    let part = |(task, three, four): &(String, srez_model::unit::Percent, Option<srez_model::unit::Percent>)| {
        let four =
            four.map_or_else(String::new, |four| format!(", группа «4»\u{a0}— {}", number::percent_exact(four.0, 0)));
        format!("{task}: {}{four}", number::percent_exact(three.0, 0))
    };
    let parts: Vec<String> = known.iter().map(part).collect();
    Some(("С кем работать.", format!("с группой «3», она ближе всего к «4». {}.", parts.join("; "))))
}

/// Schools that do it better, or why none is named.
fn rely(context: &Names<'_>, chapters: &[Chapter<'_>]) -> String {
    let entries = chapters.iter().filter_map(worth_studying::list).flat_map(|list| &list.entries);
    let able: Vec<&str> = entries.map(|entry| entry.school.as_ref()).collect();
    if able.is_empty() {
        return worth_studying::nobody(chapters);
    }
    let listed = context.schools.iter().filter(|school| able.contains(&school.as_str()));
    let names: Vec<&str> = listed.map(|school| context.school(school)).take(MOST_SCHOOLS).collect();
    said::helpers(names.len() as u64, &words::list(&names))
}
