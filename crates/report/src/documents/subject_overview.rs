//! Overview of one subject over ВПР, ОГЭ, ЕГЭ: two to four pages.

use crate::context::{Chapter, Context};
use crate::facts::partners;
use crate::facts::skills::{self, SkillState, SkillView};
use crate::sections::{attention, municipal_results, section, share, support, worth_studying};
use crate::table::TableOf;
use srez_model::report::{Block, Cell, Conclusion, DocumentKind, Report, Text};
use srez_model::tally::Group;
use srez_wording::{number as print, text as words};

/// Skills that the table shows.
const MOST_SKILLS: usize = 24;
/// Pairs that the overview shows.
const MOST_PAIRS: usize = 8;

/// The overview; `chapters` are all exams of one subject, by grade.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let exam = &chapters[0].measures.exam;
    let dative = context.dative.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let main = municipal_results::conclusions(context, chapters).into_iter().take(5).zip(1..).map(|(it, number)| {
        Block::Conclusion(Conclusion {
            value: it.value,
            unit: it.unit,
            status: it.status,
            text: Text::plain(it.text),
            source: format!("Вывод {number} · {}", it.source),
            about: None,
        })
    });
    let needs = partners::needs(context, chapters);
    let pairs = partners::pairs(context, chapters, &needs);
    let mut schools = support::short(context, chapters);
    schools.extend(experience(context, chapters));
    schools.extend(support::pairs(context, chapters, &pairs, MOST_PAIRS));
    let found = attention::find(context, chapters);
    let sections = vec![
        section("Главное", false, main.collect()),
        section("Работы", false, municipal_results::works(context, chapters)),
        section("Умения по всем работам", false, skill_blocks(context, chapters)),
        section("Школы", false, schools),
        section("Методическому объединению", false, vec![Block::Steps(attention::decision(&found))]),
        section("Ограничения данных", false, vec![limits(context, chapters)]),
    ];
    Report {
        running_head: format!("Обзор. {}", exam.subject_title),
        sections,
        ..context.report(DocumentKind::SubjectOverview, format!("Обзор результатов по {dative}"), procedures(chapters))
    }
}

/// «ВПР-2026, ОГЭ-2026».
fn procedures(chapters: &[Chapter<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for chapter in chapters {
        let key = &chapter.measures.exam.key;
        let name = format!("{}-{}", key.procedure.title(), key.year);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn limits(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Block {
    let limits = municipal_results::limits(context, chapters, false);
    Block::List(limits.iter().map(|it| Text::plain(words::capitalised(it))).collect())
}

/// Every skill of every work: those that need support first, each group from the lowest.
fn skill_blocks(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let Group { level, name: group } = &context.focus;
    let mut views: Vec<(&Chapter<'_>, SkillView<'_>)> = chapters
        .iter()
        .flat_map(|chapter| skills::of(context, chapter, *level, group).into_iter().map(move |view| (chapter, view)))
        .collect();
    views.sort_by(|(_, first), (_, second)| {
        let value = |view: &SkillView<'_>| view.row.pct.map_or(f64::INFINITY, |pct| pct.value.0);
        first.state.cmp(&second.state).then(value(first).total_cmp(&value(second)))
    });
    if views.is_empty() {
        return vec![crate::sections::no_data("умений и элементов содержания в спецификациях нет")];
    }
    let all = views.len();
    let bounds = |view: &SkillView<'_>| {
        let decimals = print::share_decimals(view.row.n);
        view.row.pct.map_or(Cell::Missing, |pct| Cell::interval(pct.low.0, pct.high.0, decimals))
    };
    let limit = |id: &str| print::percent_exact(context.thresholds.value(id), 0);
    let mut note = format!(
        "Недостаточный: больше половины заданий на умение ниже порога ({} для уровня Б, {} для П и В; правила F01, \
         F02), и заданий не меньше {} (F07); частично: часть заданий ниже порога или в зоне неопределённости; \
         достаточный: остальные. У ОГЭ и ЕГЭ порогов, подтверждённых документом, нет.",
        limit("F01.sufficient"),
        limit("F02.sufficient"),
        context.limit("F07.tasks")
    );
    if MOST_SKILLS < all {
        note.push_str(&format!(" Показано {MOST_SKILLS} из {all}: все — в анализах по процедурам."));
    }
    let table = TableOf::new(views.into_iter().take(MOST_SKILLS))
        .text("Работа", 2.6, |(chapter, _)| chapter.measures.exam.title())
        .text("Умение", 3.0, |(_, view)| words::shortened(&words::capitalised(&view.row.title), 60))
        .text("Задания", 1.6, |(_, view)| view.tasks.join(", "))
        .count("Чел.", 1.0, |(_, view)| view.row.n)
        .number("%", 1.0, |(_, view)| share(view.row.pct.map(|pct| pct.value), view.row.n))
        .number("95 % инт.", 1.3, |(_, view)| bounds(view))
        .text("Уровень", 1.6, |(_, view)| state_words(view.state).to_owned());
    vec![table.named("skills", "Умения по работам", note)]
}

fn state_words(state: SkillState) -> &'static str {
    match state {
        SkillState::Need => "недостаточный",
        SkillState::Watch => "частично",
        SkillState::Sufficient => "достаточный",
        SkillState::Unknown => "не определяется",
    }
}

/// Schools worth studying over all works, in the order of the register within each skill.
fn experience(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let mut entries = Vec::new();
    for chapter in chapters {
        let list = worth_studying::list(chapter).map(|list| list.entries.clone()).unwrap_or_default();
        entries.extend(list.into_iter().map(|mut entry| {
            entry.matter_title = format!("{}. {}", chapter.measures.exam.title(), entry.matter_title);
            entry
        }));
    }
    if entries.is_empty() {
        return Vec::new();
    }
    let note = worth_studying::note(context, &entries);
    vec![worth_studying::entries(context, "experience", "Школы, чей опыт стоит изучить".to_owned(), &entries, &note)]
}
