//! The works with their results in one line each.

use super::{Shelf, WorkShelf};
use crate::context::{Chapter, Context};
use crate::facts::{results, works};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::start_page::{Exam, ExamGroup};
use srez_model::unit::{Percent, as_f64};
use srez_wording::number;
use srez_wording::text::unparted;

/// The exams by procedure and year, in the order of the run.
pub(super) fn groups(context: &Context<'_>, chapters: &[Chapter<'_>], shelf: &Shelf<'_>) -> Vec<ExamGroup> {
    let mut groups: Vec<ExamGroup> = Vec::new();
    let mut place = 0;
    for parts in works::of(chapters) {
        let title = match parts {
            [first, _, ..] => first.measures.exam.work_title(),
            parts => parts.iter().map(|chapter| chapter.measures.exam.title()).collect(),
        };
        let (procedure, subject) = title.split_once(". ").unwrap_or(("", &title));
        let exams = of_work(context, parts, unparted(subject), shelf.works.get(place));
        match groups.last_mut().filter(|group| group.title == procedure) {
            Some(group) => group.exams.extend(exams),
            None => groups.push(ExamGroup { title: procedure.to_owned(), exams }),
        }
        place += parts.len();
    }
    groups
}

/// The line of a work with its documents; the parts of one stand below it with their results.
fn of_work(context: &Context<'_>, parts: &[Chapter<'_>], title: String, shelf: Option<&WorkShelf>) -> Vec<Exam> {
    let own = match parts {
        [chapter] => result(context, chapter.measures),
        parts => {
            let n = works::participants(parts, context.focus.level, &context.focus.name);
            Exam {
                participants: (n > 0).then_some(n), result: "отметки по частям".to_owned(), ..Exam::default()
            }
        }
    };
    let mut exam = Exam { title, ..own };
    if let Some(shelf) = shelf {
        let note = shelf.note.first().map(|path| ("справка".to_owned(), path.clone()));
        exam.links = note.into_iter().chain(shelf.analysis.iter().map(|path| by_format(path))).collect();
        exam.packet = shelf.packet.iter().map(|path| by_format(path)).collect();
        let slides = shelf.slides.iter().map(|path| by_format(path));
        exam.packet.extend(slides.map(|(format, path)| (format!("слайды {format}"), path)));
    }
    let part = |chapter: &Chapter<'_>| Exam {
        title: works::part_of_table(&chapter.measures.exam.part_title),
        ..result(context, chapter.measures)
    };
    let below = parts.iter().filter(|_| parts.len() > 1).map(part);
    std::iter::once(exam).chain(below).collect()
}

/// A link with its format for a label: «PDF».
pub(super) fn by_format(path: &str) -> (String, String) {
    (path.rsplit('.').next().unwrap_or(path).to_uppercase(), path.to_owned())
}

/// The result of an exam: participants, shares of marks or bands, and one line.
fn result(context: &Context<'_>, measures: &Measures) -> Exam {
    let focus = &context.focus;
    let n = results::participants(measures, focus.level, &focus.name);
    if n > 0 && context.is_too_small(measures) {
        return Exam { participants: Some(n), result: results::too_small(context), ..Exam::default() };
    }
    let shares = |counts: &[u64; 4]| {
        let n: u64 = counts.iter().sum();
        (n > 0).then(|| counts.map(|count| as_f64(count) * 100.0 / as_f64(n)))
    };
    if let Some(bands) = measures.bands_of(focus.level, &focus.name) {
        let mean = bands.mean_test.map(|mean| format!("средний балл {}", number::test_score(mean)));
        let below = Percent::of(bands.by_band[0], bands.n)
            .map(|share| format!("ниже минимума {}", number::percent(share, bands.n)));
        let words: Vec<String> = [mean, below].into_iter().flatten().collect();
        return Exam {
            participants: Some(bands.n),
            shares: shares(&bands.by_band),
            result: words.join(", "),
            ..Exam::default()
        };
    }
    let Some(marks) = measures.marks_of(focus.level, &focus.name).filter(|marks| marks.n > 0) else {
        let others = measures.marks_of(Level::All, "").is_some_and(|all| all.n > 0);
        let words = if others {
            "результатов этого муниципалитета нет: в файлах другой или он не указан"
        } else {
            "результатов нет"
        };
        return Exam { result: words.to_owned(), ..Exam::default() };
    };
    let two = marks.share(2).map(|share| format!("«2» — {}", number::percent(share, marks.marked())));
    let quality = marks.quality.map(|it| format!("«4» и «5» — {}", number::percent(it.value, marks.marked())));
    let words: Vec<String> = [two, quality].into_iter().flatten().collect();
    Exam {
        participants: Some(marks.n),
        shares: shares(&marks.by_mark),
        result: if words.is_empty() { "отметок в файлах нет".to_owned() } else { words.join(", ") },
        ..Exam::default()
    }
}
