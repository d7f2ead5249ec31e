//! «Задания, которые разобрать»: a card for each weak task, with what the files tell of it and fields for what only
//! the works tell.

use super::blanks;
use super::subject_note::{Note, losses};
use crate::context::Chapter;
use crate::facts::standing::{self, Side};
use crate::facts::task_threshold::stands;
use crate::facts::weak_tasks::{self, WeakTask};
use srez_model::assessment::Task;
use srez_model::field_id::FieldName;
use srez_model::report::{Blank, Block, TaskCard, Text};
use srez_model::tally::TaskCounts;
use srez_model::unit::{Percent, PercentagePoints};
use srez_wording::sentence::note as said;
use srez_wording::{number, text as words};

/// Cards of a work at most.
const MOST: usize = 5;
/// Cards of a work that nothing judges.
const MOST_UNJUDGED: usize = 3;
/// Lines of a field.
const LINES: u8 = 2;

/// Marks and bands as the groups of the tables number them, with their names.
const MARKS: [(u8, &str); 4] = [(2, "«2»"), (3, "«3»"), (4, "«4»"), (5, "«5»")];
const BANDS: [(u8, &str); 4] = [(1, "ниже минимума"), (2, "до 60 баллов"), (3, "61–80"), (4, "81–100")];

/// The cards of the only chapter of a note; nothing where no task is weak.
pub(super) fn blocks(note: &Note<'_, '_>) -> Vec<Block> {
    let [chapter] = note.chapters else { return Vec::new() };
    let least;
    let chosen: &[WeakTask<'_>] = if note.is_judged() {
        &note.weak
    } else {
        least = weak_tasks::lowest(note.context, chapter, MOST_UNJUDGED);
        &least
    };
    if chosen.is_empty() {
        return Vec::new();
    }
    let order = if note.is_judged() {
        "Порядок — от того, что важнее: базовый уровень, отставание, число учеников без полного балла."
    } else {
        "Уровней заданий в описании работы нет, поэтому вывода о недостатках нет: показаны задания с наименьшим \
         выполнением."
    };
    let by_hand = "Типичные ошибки видны только в работах: их выписывает методическое объединение.";
    let opening = Block::Note(Text::plain(format!("{order} {by_hand}")));
    let cards = chosen.iter().take(MOST).map(|one| Block::TaskCard(Box::new(card(note, chapter, one))));
    std::iter::once(opening).chain(cards).collect()
}

fn card(note: &Note<'_, '_>, chapter: &Chapter<'_>, one: &WeakTask<'_>) -> TaskCard {
    let counts = &one.row.counts;
    let share = |part: u64| Percent::of(part, counts.n).map_or(0.0, |share| share.0);
    let numbers = [Some(parts(note, one.task, counts)), groups(note, chapter, one)];
    let losses = losses::loss_words(note, &[one]).map_or_else(String::new, |lost| format!(" {lost}"));
    let text = format!(
        "{}{}{losses}{}",
        said::without_full(one.without_full(), counts.n),
        against_region(note, one),
        losses::groups(note, one)
    );
    let field = |name, label| {
        let id = blanks::of_task(name, &chapter.measures.exam.id(), &one.task.id);
        Blank::new(id, label, LINES)
            .on(format!("№\u{a0}{}", one.task.id))
            .beside([blanks::completion(one.value, counts.n)])
    };
    TaskCard {
        title: format!("Задание №\u{a0}{}", one.task.id),
        matter: matter(one.task),
        verdict: one.told,
        words: stands(note.context, one.told, one.region.map(|row| standing::side_of_task(note.context, row))),
        parts: [counts.full, counts.partial, counts.zero, counts.not_attempted].map(share),
        numbers: numbers.into_iter().flatten().collect(),
        text: Text::plain(text),
        fields: vec![field(FieldName::Errors, "Типичные ошибки"), field(FieldName::Lesson, "Что показать на уроке")],
    }
}

/// «Проверять истинность геометрических утверждений · Б, 1 балл».
fn matter(task: &Task) -> String {
    let label = if task.label().is_empty() {
        "что проверяется, не указано".to_owned()
    } else {
        words::capitalised(task.label())
    };
    let level = task.difficulty.map(|level| level.letter().to_owned());
    let points = task.max.map(|max| said::points(u64::from(max)));
    let tail: Vec<String> = level.into_iter().chain(points).collect();
    if tail.is_empty() { label } else { format!("{label} · {}", tail.join(", ")) }
}

/// «Полный балл — 35,4 %, часть — 24 %, ноль — 61 %, не приступали — 3 %.» What the form does not record is not told.
fn parts(note: &Note<'_, '_>, task: &Task, counts: &TaskCounts) -> String {
    let tells_who_began = !note.procedure().has_attempts();
    let several = task.max.is_none_or(|max| 1 < max);
    let told = [
        ("полный балл", counts.full, true),
        ("часть", counts.partial, several),
        ("ноль", counts.zero, true),
        ("не приступали", counts.not_attempted, tells_who_began),
    ];
    let told = told.into_iter().filter(|(.., is_told)| *is_told).filter_map(|(name, part, _)| {
        Some(format!("{name}\u{a0}— {}", number::percent(Percent::of(part, counts.n)?, counts.n)))
    });
    format!("{}.", words::capitalised(&told.collect::<Vec<_>>().join(", ")))
}

/// «Выполнение в группах: «2» — 7 %, «3» — 23 %, «4» — 46 %, «5» — 81 %.» Small groups are passed over.
fn groups(note: &Note<'_, '_>, chapter: &Chapter<'_>, one: &WeakTask<'_>) -> Option<String> {
    let names = if chapter.measures.exam.has_test_scores() { BANDS } else { MARKS };
    let told = names.into_iter().filter_map(|(group, name)| {
        let share = one.of_group(note.context, chapter, group)?;
        Some(format!("{name}\u{a0}— {}", number::percent_exact(share.0, 0)))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| format!("Выполнение в группах: {}.", told.join(", ")))
}

/// « В остальном крае — 58,3 %: ниже на 9,5 п.п.»; empty where the region is not known.
fn against_region(note: &Note<'_, '_>, one: &WeakTask<'_>) -> String {
    let Some((row, reference)) = one.region.and_then(|row| Some((row, row.reference?))) else { return String::new() };
    let n = one.row.counts.n;
    let region = note.context.style.region;
    let place = note.context.style.place.nominative;
    let side = match standing::side_of_task(note.context, row) {
        Some(side) => {
            let gap = standing::difference(row).unwrap_or(0.0).abs();
            let points = number::percentage_points(PercentagePoints(gap), number::share_decimals(n), false);
            let word = if side == Side::Below { "ниже" } else { "выше" };
            format!("{place} {word} на {points}")
        }
        None => "отличие не выявлено.".to_owned(),
    };
    let own = number::percent(one.value, n);
    format!(" Выполнение\u{a0}— {own}, в {}\u{a0}— {}: {side}", region.in_the_rest(), number::percent(reference, n))
}
