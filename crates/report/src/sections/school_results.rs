//! The works of one school, a line each, beside the other schools together; small groups in words.

use super::{other, share};
use crate::context::{Chapter, Context};
use crate::facts::results::{self, KeyResult};
use crate::facts::school_facts::{self, FactKind, SchoolFact};
use crate::table::TableOf;
use srez_model::assessment::Procedure;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::finding::Verdict;
use srez_model::level::Level;
use srez_model::report::{Align, Bar, Block, Cell, Text};
use srez_model::unit::Percent;
use srez_wording::sentence::school_papers as said;
use srez_wording::{number as print, text as words};

/// Works of one kind under one head.
struct Kind {
    head: String,
    procedure: Procedure,
    tests: bool,
    lines: Vec<Line>,
}

/// A work of the school.
struct Line {
    title: String,
    n: u64,
    low: String,
    own: Option<Percent>,
    /// Participants of the school with a result.
    marked: u64,
    /// The share of the other schools, and their participants with a result.
    others: Option<(Percent, u64)>,
    verdict: String,
}

/// The table and the list of small groups; one line where the school has no results.
pub(crate) fn blocks(
    context: &Context<'_>,
    chapters: &[Chapter<'_>],
    school: &str,
    facts: &[SchoolFact<'_>],
) -> Vec<Block> {
    let mut kinds: Vec<Kind> = Vec::new();
    let (mut small, mut unmarked): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (place, chapter) in chapters.iter().enumerate() {
        let n = results::participants(chapter.measures, Level::School, school);
        if n == 0 {
            continue;
        }
        match results::of(chapter.measures, Level::School, school) {
            Some(result) if !results::is_small(context, n) => {
                let line = line(context, chapter, &result, verdict(chapter, place, school, facts));
                of_kind(&mut kinds, chapter).lines.push(line);
            }
            Some(result) => small.push(small_line(chapter, school, &result)),
            None => unmarked.push(format!("{}: {} чел.", chapter.measures.exam.title(), print::count(n))),
        }
    }
    if kinds.is_empty() && small.is_empty() && unmarked.is_empty() {
        return vec![super::no_data("результатов школы за период нет")];
    }
    let mut blocks = Vec::new();
    if !kinds.is_empty() {
        blocks.push(works_table(kinds));
    }
    if !small.is_empty() {
        let least = context.limit("privacy.group");
        blocks.push(Block::Note(Text::plain(said::small_groups(small.len() as u64, &least, &small.join("; ")))));
    }
    if !unmarked.is_empty() {
        blocks.push(Block::Note(Text::plain(format!("Работы без отметок: {}.", unmarked.join("; ")))));
    }
    blocks
}

fn of_kind<'k>(kinds: &'k mut Vec<Kind>, chapter: &Chapter<'_>) -> &'k mut Kind {
    let (procedure, tests) = (chapter.measures.exam.key.procedure, chapter.measures.exam.has_test_scores());
    let place = kinds.iter().position(|kind| kind.procedure == procedure && kind.tests == tests);
    let place = place.unwrap_or_else(|| {
        let what = if tests {
            "ниже минимума, 81–100 баллов"
        } else {
            "отметки «2», «4» и «5»"
        };
        let head = format!("{} · {what}", procedure.title());
        kinds.push(Kind { head, procedure, tests, lines: Vec::new() });
        kinds.len() - 1
    });
    &mut kinds[place]
}

fn works_table(kinds: Vec<Kind>) -> Block {
    let groups = kinds.into_iter().map(|kind| (Some(kind.head), kind.lines));
    let table = TableOf::grouped(groups)
        .text("Работа", 2.8, |line| line.title.clone())
        .count("Писали", 0.8, |line| line.n)
        .column(other("Низкий результат, чел.", Align::Right, 1.5), |line| {
            Cell::Text(line.low.clone())
        })
        .number("Школа, %", 1.0, |line| share(line.own, line.marked))
        .number("Остальные школы, %", 1.1, |line| {
            line.others.map_or(Cell::Missing, |(value, n)| share(Some(value), n))
        })
        .column(other("", Align::Left, 1.9).drawn_from([3, 4]), Line::bar)
        .text("Вывод", 2.3, |line| line.verdict.clone());
    let note = "Полоса\u{a0}— доля «4» и «5» (ЕГЭ\u{a0}— 81–100 баллов) в школе, риска\u{a0}— в остальных школах. «Не \
                отличается»: отличие заметного размера было бы видно; «не различить»: небольшое отличие по этим данным \
                могло остаться незамеченным. Вывод учитывает случайность и число проверок, поэтому он не всегда \
                следует за полосой.";
    table.named("works", "", note)
}

fn line(context: &Context<'_>, chapter: &Chapter<'_>, result: &KeyResult, verdict: String) -> Line {
    let measures = chapter.measures;
    let n = result.marked;
    let low = result.below_share().map_or_else(String::new, |share| format!(" ({})", print::percent(share, n)));
    let own = Percent::of(result.above, n);
    let others = results::of(measures, context.focus.level, &context.focus.name).and_then(|all| {
        let marked = all.marked.checked_sub(n)?;
        Some((Percent::of(all.above.checked_sub(result.above)?, marked)?, marked))
    });
    let exam = &measures.exam;
    let title = if exam.key.procedure.has_attempts() {
        format!("{}{}", exam.subject_title, exam.paper_words())
    } else {
        format!("{}, {}", exam.subject_title, exam.grade_title())
    };
    let low = format!("{}{low}", print::count(result.below));
    Line { title, n: result.n, low, own, marked: n, others, verdict }
}

impl Line {
    fn bar(&self) -> Cell {
        let bar = |value: Percent| Bar {
            value: value.0,
            threshold: None,
            zone: 0.0,
            reference: self.others.map(|(share, _)| share.0),
            verdict: Verdict::Unknown,
        };
        self.own.map_or(Cell::Missing, |value| Cell::Bar(bar(value)))
    }
}

/// What became of the checks of a work, in a few words.
fn verdict(chapter: &Chapter<'_>, place: usize, school: &str, facts: &[SchoolFact<'_>]) -> String {
    let mut said: Vec<String> = Vec::new();
    let low = if chapter.measures.exam.has_test_scores() { "ниже минимума" } else { "«2»" };
    for fact in facts.iter().filter(|fact| fact.chapter == place) {
        match fact.kind {
            FactKind::LowResults => said.push(format!("{low} больше, чем в остальных")),
            FactKind::LowTotal => said.push("ниже остальных".to_owned()),
            FactKind::LowSkill => said.push(format!("{} ниже остальных", words::lowered(fact.skill))),
            FactKind::Reserve => said.push(format!("резерв: {}", words::lowered(fact.skill))),
            FactKind::BelowThreshold | FactKind::Common => {}
        }
    }
    let better = school_facts::strengths(std::slice::from_ref(chapter), school);
    said.extend(better.iter().take(1).map(|one| format!("выше остальных: {}", words::lowered(&one.title))));
    if said.is_empty() {
        return state(chapter, school).to_owned();
    }
    said.truncate(2);
    said.join("; ")
}

/// The states of a work of which nothing is told.
fn state(chapter: &Chapter<'_>, school: &str) -> &'static str {
    let measures = [MeasureId::Total, LowResult::of_exam(&chapter.measures.exam).compared()];
    let rows = measures.iter().filter_map(|measure| chapter.measures.comparison_of(Level::School, school, measure));
    let states: Vec<CheckState> = rows.map(|row| row.state).filter(|state| state.is_tested()).collect();
    match states.iter().max() {
        None => "не сравнивалось",
        Some(CheckState::Indistinct) => "не различить",
        Some(_) => "не отличается",
    }
}

fn small_line(chapter: &Chapter<'_>, school: &str, result: &KeyResult) -> String {
    let before = results::before_words(chapter.measures, school).map_or_else(String::new, |words| format!(", {words}"));
    format!("{}: {}{before}", chapter.measures.exam.title(), results::counted(chapter.measures, result))
}
