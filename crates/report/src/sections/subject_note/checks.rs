//! «Что ещё проверено»: each check with what became of it, so that nothing is passed over in silence.

use super::Note;
use crate::facts::{results, standing};
use crate::sections::missing;
use crate::table::TableOf;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::finding::Finding;
use srez_model::level::Level;
use srez_model::report::Block;
use srez_model::unit::Percent;
use srez_wording::sentence::note as said;
use srez_wording::{number, text as words};

/// Lines at most.
const MOST: usize = 5;
/// Small schools that are named.
const MOST_SCHOOLS: usize = 3;

/// A check and its outcome.
pub(crate) struct Line {
    pub(crate) state: CheckState,
    pub(crate) what: String,
    pub(crate) words: String,
}

/// The table of checks.
pub(crate) fn blocks(note: &Note<'_, '_>) -> Vec<Block> {
    let mut lines: Vec<Line> = [without_region(note), tasks_of_region(note)].into_iter().flatten().collect();
    lines.extend(years_before(note));
    lines.extend(journals(note));
    lines.extend(borders(note));
    lines.extend(incomplete(note));
    lines.extend(small_schools(note));
    table("checks", "Проверки и их итог", lines, MOST)
}

/// The table of checks by what became of them, at most so many; nothing where none is told.
pub(crate) fn table(name: &str, caption: &str, mut lines: Vec<Line>, most: usize) -> Vec<Block> {
    if lines.is_empty() {
        return Vec::new();
    }
    // Stable: lines of one state keep their order.
    lines.sort_by_key(|line| line.state);
    lines.truncate(most);
    let table = TableOf::new(lines)
        .text("Что проверено", 2.2, |line| line.what.clone())
        .text("Состояние", 1.6, |line| state(line.state).to_owned())
        .text("Результат", 6.0, |line| line.words.clone());
    vec![table.named(name, caption, "")]
}

fn state(state: CheckState) -> &'static str {
    match state {
        CheckState::Found => "есть что сказать",
        CheckState::NotFound => "отличий нет",
        CheckState::Indistinct => "измерить нельзя",
        CheckState::NotTested => "не измерялось",
    }
}

fn without_region(note: &Note<'_, '_>) -> Option<Line> {
    let region = note.context.style.region;
    let lacks = |chapter: &&crate::context::Chapter<'_>| {
        let exam = &chapter.measures.exam;
        let measures = [MeasureId::ShareOfFourAndFive, LowResult::of_exam(exam).compared(), MeasureId::Total];
        let known = |measure: &MeasureId| {
            standing::of(note.context, chapter.measures, measure).is_some_and(standing::is_tested)
        };
        !measures.iter().any(known)
    };
    let without: Vec<String> =
        note.chapters.iter().filter(lacks).map(|chapter| chapter.measures.exam.grade_title()).collect();
    if without.is_empty() {
        return None;
    }
    let which = if without.len() < note.chapters.len() { format!(" ({})", without.join("; ")) } else { String::new() };
    Some(Line {
        state: CheckState::NotTested,
        what: format!("{} и {}", words::capitalised(note.context.style.place.nominative), region.nominative),
        words: format!(
            "Результаты {} не загружены{which}: сравнить не с чем. Нужен файл «Статистика по отметкам» (форма Ф3) или \
             выгрузка с остальными муниципалитетами.",
            region.genitive
        ),
    })
}

fn tasks_of_region(note: &Note<'_, '_>) -> Option<Line> {
    let has = |chapter: &crate::context::Chapter<'_>| {
        chapter
            .measures
            .exam
            .tasks
            .iter()
            .any(|task| standing::of_task(note.context, chapter.measures, &task.id).is_some())
    };
    let region = note.context.style.region;
    (!note.chapters.iter().any(has) && without_region(note).is_none()).then(|| Line {
        state: CheckState::NotTested,
        what: format!("Задания в {}", region.prepositional),
        words: format!(
            "Процент выполнения заданий по {} не загружен, поэтому задания сравниваются с порогом, а не с остальными \
             школами.",
            dative(region.nominative)
        ),
    })
}

/// «По краю».
fn dative(nominative: &str) -> &str {
    match nominative {
        "край" => "краю",
        "область" => "области",
        "республика" => "республике",
        "округ" => "округу",
        "город" => "городу",
        "район" => "району",
        _ => "региону",
    }
}

/// What is said of one grade: a state, the words before the grades, and those of this one.
struct OfGrade {
    state: CheckState,
    opening: String,
    place: usize,
    words: String,
}

/// One line for all grades of which the same is said.
fn joined(note: &Note<'_, '_>, what: &str, found: Vec<OfGrade>) -> Vec<Line> {
    let mut lines: Vec<(CheckState, String, Vec<String>)> = Vec::new();
    for one in found {
        let exam = &note.chapters[one.place].measures.exam;
        let words = match (note.has_several(), one.words.as_str()) {
            (false, words) => words.to_owned(),
            (true, "") => exam.grade_title(),
            (true, words) => format!("{}\u{a0}— {words}", exam.grade_title()),
        };
        match lines.iter_mut().find(|(state, opening, _)| *state == one.state && *opening == one.opening) {
            Some((.., parts)) => parts.push(words),
            None => lines.push((one.state, one.opening, vec![words])),
        }
    }
    let line = |(state, opening, mut parts): (CheckState, String, Vec<String>)| {
        parts.retain(|words| !words.is_empty());
        let words = if parts.is_empty() { format!("{opening}.") } else { format!("{opening}: {}.", parts.join("; ")) };
        Line { state, what: what.to_owned(), words }
    };
    lines.into_iter().map(line).collect()
}

fn years_before(note: &Note<'_, '_>) -> Vec<Line> {
    let found = (0..note.chapters.len()).filter_map(|place| year_before(note, place)).collect();
    joined(note, "Год назад", found)
}

fn year_before(note: &Note<'_, '_>, place: usize) -> Option<OfGrade> {
    let chapter = &note.chapters[place];
    let focus = &note.context.focus;
    let without =
        |opening: String| Some(OfGrade { state: CheckState::NotTested, opening, place, words: String::new() });
    let Some(row) = results::change(chapter.measures, focus.level, &focus.name) else {
        let next = chapter.measures.exam.key.year + 1;
        return without(format!("Результатов прошлого года нет, сравнение начнётся с {next} года"));
    };
    if !row.comparable {
        return without(format!("Годы не сравниваются: {}", row.reason.trim_start_matches("несопоставимо: ")));
    }
    let decimals = number::share_decimals(row.n.0.min(row.n.1));
    let (now, before, (low, high)) = (row.now?, row.before?, row.interval?);
    let share = if chapter.measures.exam.has_test_scores() {
        "Доля результатов ниже минимума"
    } else {
        "Доля отметок «2»"
    };
    let was = number::percent_exact(before, decimals);
    let is = number::percent_exact(now, decimals);
    let (state, verb) = if low <= 0.0 && 0.0 <= high {
        (CheckState::NotFound, "не изменилась больше случайного")
    } else {
        (CheckState::Found, if before < now { "выросла" } else { "снизилась" })
    };
    Some(OfGrade {
        state, opening: format!("{share} {verb}"), place, words: format!("было {was}, стало {is}")
    })
}

fn journals(note: &Note<'_, '_>) -> Vec<Line> {
    let found = (0..note.chapters.len()).filter_map(|place| journal(note, place)).collect();
    let mut lines = joined(note, "Журнал", found);
    let most: Vec<&str> = note
        .context
        .schools
        .iter()
        .filter(|school| note.chapters.iter().any(|chapter| chapter.findings.has_fired("S06", school)))
        .map(|school| note.context.school(school))
        .collect();
    if let Some(line) = lines.iter_mut().find(|line| line.state == CheckState::Found).filter(|_| !most.is_empty()) {
        line.words.push_str(&format!(" Заметно чаще, чем у остальных: {}.", words::list(&most)));
    }
    lines
}

fn journal(note: &Note<'_, '_>, place: usize) -> Option<OfGrade> {
    let chapter = &note.chapters[place];
    if chapter.measures.exam.key.procedure.has_attempts() {
        return None;
    }
    let focus = &note.context.focus;
    let Some(row) = chapter.measures.journal_of(focus.level, &focus.name).filter(|row| row.n > 0) else {
        let opening = "Отметок журнала в файлах нет".to_owned();
        return Some(OfGrade { state: CheckState::NotTested, opening, place, words: String::new() });
    };
    let share = number::percent(Percent::of(row.lowered, row.n)?, row.n);
    let words = said::below_journal(row.lowered, row.n, &share, row.gap2);
    Some(OfGrade {
        state: CheckState::Found, opening: "Отметка за работу ниже журнальной".to_owned(), place, words
    })
}

/// Scores at the borders of marks, over the whole place: what was found in full, the rest in one line.
fn borders(note: &Note<'_, '_>) -> Vec<Line> {
    let focus = &note.context.focus;
    let of_grade = |(place, chapter): (usize, &crate::context::Chapter<'_>)| {
        let state = chapter.measures.bunching_of(focus.level, &focus.name)?.state?;
        let mut findings = chapter.findings.findings.iter();
        let is_told = |one: &&Finding| one.sign.id == "S05" && one.level == focus.level && one.group == focus.name;
        let opening = match state {
            CheckState::Found => outcome_at_border(findings.find(is_told)?),
            CheckState::NotFound => "Скопления работ у границ отметок не выявлено".to_owned(),
            CheckState::Indistinct => "Скопление работ у границ отметок при таком числе работ не различить".to_owned(),
            CheckState::NotTested => {
                "Скопление работ у границ отметок не проверялось: работ мало или шкалы нет".to_owned()
            }
        };
        Some(OfGrade { state, opening, place, words: String::new() })
    };
    joined(note, "Границы отметок", note.chapters.iter().enumerate().filter_map(of_grade).collect())
}

/// What was found at a border, without full stop; what the sign says of all signs is no part of an outcome.
pub(crate) fn outcome_at_border(finding: &Finding) -> String {
    let text = finding.text();
    let end = text.find(" Возможный маркер").unwrap_or(text.len());
    text.get(..end).unwrap_or(&text).trim_end_matches('.').to_owned()
}

fn incomplete(note: &Note<'_, '_>) -> Option<Line> {
    let mut absent = Vec::new();
    for chapter in note.chapters {
        absent.extend(missing::without_results(note.context, chapter).map(|words| {
            if note.has_several() { format!("{}: {words}", chapter.measures.exam.grade_title()) } else { words }
        }));
    }
    (!absent.is_empty()).then(|| Line {
        state: CheckState::Found,
        what: "Полнота".to_owned(),
        words: format!("{}.", words::capitalised(&absent.join("; "))),
    })
}

fn small_schools(note: &Note<'_, '_>) -> Option<Line> {
    let is_small = |school: &&String| {
        let of = |chapter: &crate::context::Chapter<'_>| {
            let n = results::participants(chapter.measures, Level::School, school);
            n > 0 && results::is_small(note.context, n)
        };
        note.chapters.iter().any(of)
    };
    let small: Vec<&str> =
        note.context.schools.iter().filter(is_small).map(|school| note.context.school(school)).collect();
    let names = if small.len() <= MOST_SCHOOLS { words::list(&small) } else { String::new() };
    (!small.is_empty()).then(|| Line {
        state: CheckState::Indistinct,
        what: "Малые школы".to_owned(),
        words: said::small_schools(small.len() as u64, &note.context.limit("privacy.group"), &names),
    })
}
