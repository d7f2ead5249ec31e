//! The works with their results in one line each.

use super::Shelf;
use crate::context::{Chapter, Context};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::start_page::{Exam, ExamGroup};
use srez_model::unit::{Percent, as_f64};
use srez_wording::number;
use srez_wording::text::unparted;

/// The exams by procedure and year, in the order of the run.
pub(super) fn groups(context: &Context<'_>, chapters: &[Chapter<'_>], shelf: &Shelf<'_>) -> Vec<ExamGroup> {
    let mut groups: Vec<ExamGroup> = Vec::new();
    for (place, chapter) in chapters.iter().enumerate() {
        let title = chapter.measures.exam.title();
        let (procedure, subject) = title.split_once(". ").unwrap_or(("", &title));
        let mut exam = Exam { title: unparted(subject), ..result(context, chapter.measures) };
        if let Some(shelf) = shelf.works.get(place) {
            exam.links = shelf.analysis.iter().map(|path| by_format(path)).collect();
            exam.packet = shelf.packet.iter().map(|path| by_format(path)).collect();
            let slides = shelf.slides.iter().map(|path| by_format(path));
            exam.packet.extend(slides.map(|(format, path)| (format!("слайды {format}"), path)));
        }
        match groups.last_mut().filter(|group| group.title == procedure) {
            Some(group) => group.exams.push(exam),
            None => groups.push(ExamGroup { title: procedure.to_owned(), exams: vec![exam] }),
        }
    }
    groups
}

/// A link with its format for a label: «PDF».
fn by_format(path: &str) -> (String, String) {
    (path.rsplit('.').next().unwrap_or(path).to_uppercase(), path.to_owned())
}

/// The result of an exam: participants, shares of marks or bands, and one line.
fn result(context: &Context<'_>, measures: &Measures) -> Exam {
    let focus = &context.focus;
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
