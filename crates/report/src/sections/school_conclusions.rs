//! What is said first of a school, and the table of what needs attention.

use super::{other, share};
use crate::context::{Chapter, Context};
use crate::facts::school_facts::{self, FactKind, SchoolFact, Works};
use crate::facts::{results, works_words};
use crate::table::TableOf;
use srez_model::assessment::Exam;
use srez_model::level::Level;
use srez_model::report::{Align, Block, Text};
use srez_wording::sentence::school_papers as said;
use srez_wording::{number, text as words};

/// Sentences at most.
const MOST: usize = 4;
/// Rows of the table at most.
const MOST_ROWS: usize = 6;
/// Works of one subject that are told as one.
const MANY_WORKS: usize = 3;
/// Named skills that a work needs before its lowest ones are told.
const SKILLS: usize = 4;
/// The lowest skills that a sentence names.
const LOWEST: usize = 2;

/// A bold lead and the sentence after it.
pub(crate) type Line = (String, String);

/// «Главное»: four sentences at most, the largest difference first.
pub(crate) fn blocks(
    context: &Context<'_>,
    chapters: &[Chapter<'_>],
    school: &str,
    facts: &[SchoolFact<'_>],
    works: &Works,
) -> Vec<Block> {
    let mut lines = told(context, chapters, school, facts);
    lines.truncate(MOST - 1);
    lines.extend(quiet(context, chapters, facts, school, works));
    let text = |(lead, sentence): Line| Text::default().bold(format!("{lead} ")).then(sentence);
    vec![Block::Steps(lines.into_iter().map(text).collect())]
}

/// What a test has shown, then the reserve of the school, then where it does better.
pub(crate) fn told(
    context: &Context<'_>,
    chapters: &[Chapter<'_>],
    school: &str,
    facts: &[SchoolFact<'_>],
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let whole: Vec<usize> =
        facts.iter().filter(|fact| fact.kind == FactKind::LowTotal).map(|fact| fact.chapter).collect();
    let mut subjects: Vec<&str> = Vec::new();
    for fact in facts {
        let Some(chapter) = chapters.get(fact.chapter) else { continue };
        let exam = &chapter.measures.exam;
        match fact.kind {
            FactKind::LowResults => lines.push(low_results(context, chapter, school, fact)),
            FactKind::LowTotal => {
                let subject = exam.key.subject.as_str();
                if !subjects.contains(&subject) {
                    subjects.push(subject);
                    lines.push(low_total(context, chapters, facts, fact));
                }
            }
            // Part of a low work, which is told as a whole.
            FactKind::LowSkill if whole.contains(&fact.chapter) => {}
            FactKind::LowSkill => lines.push(low_skill(context, exam, fact)),
            FactKind::Reserve => lines.push(reserve(context, exam, fact)),
            FactKind::BelowThreshold | FactKind::Common => {}
        }
    }
    lines.extend(school_facts::strengths(chapters, school).first().and_then(|one| strength(chapters, one)));
    lines
}

/// The exam in words of a sentence: «ВПР по математике, 8 класс», «ОГЭ по русскому языку».
pub(crate) fn work(context: &Context<'_>, exam: &Exam) -> String {
    let dative = context.dative.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let which =
        if exam.key.procedure.has_attempts() { exam.paper_words() } else { format!(", {}", exam.grade_title()) };
    format!("{} по {dative}{which}", exam.key.procedure.title())
}

fn low_results(context: &Context<'_>, chapter: &Chapter<'_>, school: &str, fact: &SchoolFact<'_>) -> Line {
    let exam = &chapter.measures.exam;
    let what =
        if exam.has_test_scores() { "Балл ниже минимального" } else { "Отметку «2»" };
    let others = fact.reference.map_or_else(String::new, |share| number::percent(share, fact.n_reference));
    let sentence = said::low_results(fact.k, fact.n, what, &number::percent(fact.value, fact.n), &others);
    (format!("{}.", work(context, exam)), format!("{sentence}{}", lowest(chapter, school)))
}

/// « Ниже всего фактическая точность (48 %) и пунктуация (60 %).»; nothing where the work tells few skills.
fn lowest(chapter: &Chapter<'_>, school: &str) -> String {
    let rows = chapter.measures.skills_of(Level::School, school);
    let mut skills: Vec<_> = rows.filter_map(|row| Some((row.pct?.value, row))).collect();
    skills.retain(|(_, row)| !row.title.is_empty());
    if skills.len() < SKILLS {
        return String::new();
    }
    skills.sort_by(|(first, _), (second, _)| first.0.total_cmp(&second.0));
    let skills = skills.iter().take(LOWEST);
    let named =
        skills.map(|(share, row)| format!("{} ({})", words::lowered(&row.title), number::percent(*share, row.n)));
    format!(" Ниже всего: {}.", words::list(&named.collect::<Vec<_>>()))
}

/// One work below the others, or several of one subject together.
fn low_total(context: &Context<'_>, chapters: &[Chapter<'_>], facts: &[SchoolFact<'_>], fact: &SchoolFact<'_>) -> Line {
    let exam = |fact: &SchoolFact<'_>| chapters.get(fact.chapter).map(|chapter| &chapter.measures.exam);
    let subject = exam(fact).map(|exam| exam.key.subject.clone());
    let alike: Vec<&SchoolFact<'_>> = facts
        .iter()
        .filter(|one| one.kind == FactKind::LowTotal && exam(one).map(|exam| exam.key.subject.clone()) == subject)
        .collect();
    let beside = |one: &SchoolFact<'_>| {
        let others = one.reference.map_or_else(String::new, |share| number::percent(share, one.n_reference));
        format!("{} при {others}", number::percent(one.value, one.n))
    };
    if let (MANY_WORKS.., Some(first)) = (alike.len(), exam(fact)) {
        let which = |one: &&SchoolFact<'_>| {
            let exam = exam(one)?;
            let name = exam.key.procedure.title();
            let name = if exam.key.procedure.has_attempts() {
                name.to_owned()
            } else {
                format!("{name}, {}", exam.grade_title())
            };
            Some(format!("{name}\u{a0}— {}", beside(one)))
        };
        let parts: Vec<String> = alike.iter().filter_map(which).collect();
        return (
            format!("{}\u{a0}— в нескольких работах.", first.subject_title),
            format!("Баллов получено меньше, чем в остальных школах: {}.", parts.join("; ")),
        );
    }
    let own = number::percent(fact.value, fact.n);
    let others = fact.reference.map_or_else(String::new, |share| number::percent(share, fact.n_reference));
    let title = exam(fact).map(|exam| work(context, exam)).unwrap_or_default();
    (format!("{title}."), format!("Школа получила {own} баллов, остальные школы\u{a0}— {others}."))
}

fn low_skill(context: &Context<'_>, exam: &Exam, fact: &SchoolFact<'_>) -> Line {
    let others = fact.reference.map_or_else(String::new, |share| number::percent(share, fact.n_reference));
    let own = number::percent(fact.value, fact.n);
    (
        format!("{}.", words::capitalised(fact.skill)),
        format!("В работе «{}» умение выполняют на {own}, в остальных школах\u{a0}— на {others}.", work(context, exam)),
    )
}

fn reserve(context: &Context<'_>, exam: &Exam, fact: &SchoolFact<'_>) -> Line {
    let place = context.style.place;
    let all = fact.reference.map_or_else(String::new, |share| {
        format!(", в {}\u{a0}— {}", place.prepositional, number::percent(share, fact.n_reference))
    });
    let own = number::percent(fact.value, fact.n);
    (
        "Внутренний резерв.".to_owned(),
        format!(
            "В работе «{}» хуже других умений самой школы выполняют задания на «{}» ({own}{all}).",
            work(context, exam),
            fact.skill
        ),
    )
}

fn strength(chapters: &[Chapter<'_>], one: &school_facts::Strength<'_>) -> Option<Line> {
    let exam = &chapters.get(one.chapter)?.measures.exam;
    let own = number::percent(one.value, one.n);
    let others = number::percent_exact(one.reference.0, number::share_decimals(one.n));
    Some((
        "Чем поделиться.".to_owned(),
        format!(
            "{}, {}: {own} при {others} в остальных школах. Просим рассказать об опыте на методическом объединении.",
            words::capitalised(&one.title),
            exam.title()
        ),
    ))
}

/// The works of which nothing was found, in the words of their checks; what is hard for all where nothing is told.
pub(crate) fn quiet(
    context: &Context<'_>,
    chapters: &[Chapter<'_>],
    facts: &[SchoolFact<'_>],
    school: &str,
    works: &Works,
) -> Option<Line> {
    let place = context.style.place.genitive;
    let (quiet, unseen) = (works.quiet.len() as u64, works.unseen.len() as u64);
    if works.found.is_empty() && quiet > 0 {
        let hard = common(chapters, facts);
        return Some(("Отличия.".to_owned(), format!("{}{hard}", said::nothing_found(quiet, unseen, place))));
    }
    if quiet > 0 {
        return Some(("Остальные работы.".to_owned(), said::quiet_works(quiet, unseen, place)));
    }
    if !works.found.is_empty() {
        return None;
    }
    let counted = |place: &usize| {
        let chapter = chapters.get(*place)?;
        let result = results::of(chapter.measures, Level::School, school)?;
        Some(format!("{}: {}", chapter.measures.exam.title(), results::counted(chapter.measures, &result)))
    };
    let largest = works.small.iter().filter_map(counted).next().map_or_else(String::new, |words| format!(" {words}."));
    let why = if works.small.is_empty() {
        "С остальными школами результаты не сравнивались.".to_owned()
    } else {
        let names =
            works_words(works.small.iter().filter_map(|place| chapters.get(*place)).map(|it| &*it.measures.exam));
        said::small_groups(works.small.len() as u64, &context.limit("privacy.group"), &names)
    };
    Some(("Сравнения нет.".to_owned(), format!("{why}{largest}")))
}

/// « Общие трудности: геометрия (ВПР-2026. Математика, 8 класс).»
fn common(chapters: &[Chapter<'_>], facts: &[SchoolFact<'_>]) -> String {
    let hard = facts.iter().filter(|fact| fact.kind == FactKind::Common).take(2);
    let named = hard.filter_map(|fact| {
        Some(format!("{} ({})", words::lowered(fact.skill), chapters.get(fact.chapter)?.measures.exam.title()))
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() { String::new() } else { format!(" Общие трудности: {}.", words::list(&named)) }
}

/// What needs attention, a line each.
pub(crate) fn attention(context: &Context<'_>, chapters: &[Chapter<'_>], facts: &[SchoolFact<'_>]) -> Vec<Block> {
    if facts.is_empty() {
        return Vec::new();
    }
    let rows = facts.iter().take(MOST_ROWS);
    let rows = rows.filter_map(|fact| Some((&chapters.get(fact.chapter)?.measures.exam, fact)));
    let matter = |exam: &Exam, fact: &SchoolFact<'_>| match (fact.kind, exam.has_test_scores()) {
        (FactKind::LowResults, false) => "отметка «2»".to_owned(),
        (FactKind::LowResults, true) => "ниже минимума".to_owned(),
        (FactKind::LowTotal, _) => "работа в целом".to_owned(),
        _ => words::lowered(fact.skill),
    };
    let place = context.style.place.nominative;
    let note = format!(
        "«Ниже остальных», «больше, чем в остальных»\u{a0}— отличие от остальных школ {} больше случайного, \
         рядом\u{a0}— остальные школы. «Резерв школы»\u{a0}— слабее остальных умений самой школы; «общая \
         трудность»\u{a0}— ниже порога и в школе, и у всех \
         вместе, мера общая, в плане методического объединения; рядом\u{a0}— {place} в целом.",
        context.style.place.genitive
    );
    let table = TableOf::new(rows)
        .text("Работа", 2.6, |(exam, _)| exam.title())
        .text("Умение", 2.6, |(exam, fact)| matter(exam, fact))
        .text("Задания", 1.4, |(_, fact)| if fact.tasks.is_empty() { "—".to_owned() } else { fact.tasks.join(", ") })
        .number("Школа, %", 0.9, |(_, fact)| share(Some(fact.value), fact.n))
        .column(other("Рядом, %", Align::Right, 0.9), |(_, fact)| share(fact.reference, fact.n_reference))
        .text("Вид", 1.4, |(_, fact)| fact.kind.title().to_owned());
    let mut blocks = vec![table.named("attention", "", note)];
    if MOST_ROWS < facts.len() {
        let rest = srez_wording::sentence::files::more_rows(
            (facts.len() - MOST_ROWS) as u64,
            "в рабочих книгах анализов по предметам",
        );
        blocks.push(Block::Note(Text::plain(rest)));
    }
    blocks
}
