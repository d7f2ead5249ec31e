//! «Задания, с которых начать»: the weak tasks with who does not cope, and the nearest reserve.

use super::Note;
use crate::facts::weak_tasks::WeakTask;
use crate::sections::{other, share};
use crate::table::TableOf;
use srez_model::report::{Align, Bar, Block, Cell, Text};
use srez_model::unit::PercentagePoints;
use srez_wording::sentence::note as said;
use srez_wording::{number, text as words};

/// Tasks at most.
const MOST: usize = 6;

/// The table and the sentence under it; nothing where no task is weak.
pub(crate) fn blocks(note: &Note<'_, '_>) -> Vec<Block> {
    let chosen = chosen(note);
    if chosen.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![table(note, &chosen)];
    blocks.extend(reserve(note, &chosen).map(|sentence| Block::Paragraph(Text::plain(sentence))));
    blocks
}

/// The most important ones, grade by grade.
fn chosen<'n, 'a>(note: &'n Note<'a, '_>) -> Vec<&'n WeakTask<'a>> {
    let mut chosen: Vec<&WeakTask<'a>> = note.weak.iter().take(MOST).collect();
    chosen.sort_by_key(|one| one.chapter);
    chosen
}

fn table(note: &Note<'_, '_>, chosen: &[&WeakTask<'_>]) -> Block {
    let place = words::capitalised(note.context.style.place.nominative);
    let region = words::capitalised(note.context.style.region.nominative);
    let knows_region = chosen.iter().any(|one| one.region.is_some());
    let of_mark = |one: &&WeakTask<'_>, mark| {
        let n = one.row.counts.n;
        share(one.of_mark(note.context, note.chapter(one), mark), n)
    };
    let mut table = TableOf::new(chosen.iter().copied());
    if note.has_several() {
        table = table.text("Класс", 1.0, |one| {
            let exam = &note.chapter(one).measures.exam;
            format!("{}{}", exam.key.grade, exam.paper_words())
        });
    }
    table = table.text("№", 0.7, |one| one.task.id.clone()).text("Что проверяется", 4.6, |one| match one
        .task
        .label()
    {
        "" => "не указано".to_owned(),
        label => words::capitalised(label),
    });
    let value = table.width();
    table = table.number(&format!("{place}, %"), 1.0, |one| share(Some(one.value), one.row.counts.n));
    let mut drawn_from = vec![value];
    if knows_region {
        drawn_from.push(table.width());
        table = table.number(&format!("{region}, %"), 1.0, |one| {
            share(one.region.and_then(|row| row.reference), one.region.map_or(0, |row| row.n_reference))
        });
    }
    if !note.chapters.iter().any(|chapter| chapter.measures.exam.has_test_scores()) {
        table = table
            .number("Группа «3», %", 1.0, |one| of_mark(one, 3))
            .number("Группа «5», %", 1.0, |one| of_mark(one, 5));
    }
    let table = table
        .count("Без полного балла", 1.0, |one| one.without_full())
        .column(other("", Align::Left, 2.2).drawn_from(drawn_from), |one| bar(one));
    let note = "Порядок — от того, что важнее: базовый уровень, отставание, число учеников без полного балла. Тёмная \
                риска — порог уровня задания.";
    table.named("weak_tasks", "Задания, на которых теряются баллы", note)
}

fn bar(one: &WeakTask<'_>) -> Cell {
    let reference = one.region.and_then(|row| row.reference).map(|share| share.0);
    Cell::Bar(Bar { value: one.value.0, threshold: one.threshold, zone: 0.0, reference, verdict: one.lag.verdict() })
}

/// The group just below «4»: how many there are and how far they lag on these tasks.
fn reserve(note: &Note<'_, '_>, chosen: &[&WeakTask<'_>]) -> Option<String> {
    let focus = &note.context.focus;
    let mut lags: Vec<f64> = Vec::new();
    for one in chosen {
        let chapter = note.chapter(one);
        if let (Some(three), Some(four)) =
            (one.of_mark(note.context, chapter, 3), one.of_mark(note.context, chapter, 4))
        {
            lags.push(four.0 - three.0);
        }
    }
    let (low, high) = (lags.iter().copied().reduce(f64::min)?, lags.iter().copied().reduce(f64::max)?);
    if low <= 0.0 {
        return None;
    }
    let mut places: Vec<usize> = chosen.iter().map(|one| one.chapter).collect();
    places.dedup();
    let rows = places.iter().filter_map(|place| note.chapters[*place].measures.marks_of(focus.level, &focus.name));
    let (three, all) = rows.fold((0, 0), |(three, all), row| (three + row.by_mark[1], all + row.marked()));
    let points = if low.round() < high.round() {
        format!("{}\u{a0}п.п.", number::range(low, high, 0))
    } else {
        number::percentage_points(PercentagePoints(low), 0, false)
    };
    Some(said::reserve(three, all, "3", "4", &points))
}
