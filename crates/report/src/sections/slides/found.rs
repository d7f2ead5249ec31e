//! First slide: the finding as a count, with a square for each thing counted.

use super::{completion, named, printed, shown, title};
use crate::context::{Chapter, EditionText, Names};
use crate::sections::attention::Attention;
use crate::sections::packet_conclusions;
use srez_model::deck::{Body, Fill, Pictogram, Shown, Slide, Squares};
use srez_model::edition::{Cut, EditionExam};
use srez_model::finding::Verdict;
use srez_model::report::Text;
use srez_wording::sentence::slides;
use srez_wording::text as words;

/// Squares that stand for all participants where a share is shown.
const ALL: u64 = 100;

/// Tasks below their thresholds; where none has a threshold, the share of the lowest result; where the edition hides
/// it, the task with the lowest completion.
pub(crate) fn compose(
    context: &Names<'_>,
    text: &EditionText,
    exams: &[EditionExam],
    chapters: &[Chapter<'_>],
    attention: &[Attention],
) -> Option<Slide> {
    let mut slide = below(chapters).or_else(|| lowest_result(text, exams)).or_else(|| hardest(attention))?;
    slide.notes = vec![slide.alt.clone()];
    slide.notes.extend(packet_conclusions::lines(context, chapters).iter().map(Text::words));
    Some(slide)
}

/// How many tasks are below their threshold, at it and above it; none where no task has one.
fn below(chapters: &[Chapter<'_>]) -> Option<Slide> {
    let judged = |chapter: &&Chapter<'_>| {
        !chapter.measures.exam.key.procedure.has_attempts()
            && chapter.findings.verdicts.iter().any(|one| one.verdict != Verdict::Unknown)
    };
    let works: Vec<&Chapter<'_>> = chapters.iter().filter(judged).collect();
    let verdicts = || works.iter().flat_map(|chapter| &chapter.findings.verdicts);
    let count = |wanted: Verdict| verdicts().filter(|one| one.verdict == wanted).count() as u64;
    let [low, zone, enough] = [Verdict::Insufficient, Verdict::Zone, Verdict::Sufficient].map(count);
    let all = low + zone + enough;
    if all == 0 {
        return None;
    }
    let kinds = [
        (low, "ниже порога", Fill::Solid),
        (zone, "у порога", Fill::Hatched),
        (enough, "порог достигнут", Fill::Hollow),
    ];
    let squares = |(count, label, fill): (u64, &str, Fill)| {
        (count > 0).then(|| Squares { count, shown: count.to_string(), label: label.to_owned(), fill })
    };
    let titles: Vec<String> = works.iter().map(|chapter| chapter.measures.exam.grade_title()).collect();
    let text = slides::judged_tasks(all, &grades(&titles));
    Some(Slide {
        title: slides::tasks_below(low),
        lead: String::new(),
        alt: format!("{low} из {all} {text}."),
        body: Body::Count(Pictogram {
            value: low.to_string(),
            of: format!("из {all}"),
            text,
            squares: kinds.into_iter().filter_map(squares).collect(),
        }),
        notes: Vec::new(),
    })
}

/// «4, 5 и 8 классы»; works of other kinds with all their words.
fn grades(titles: &[String]) -> String {
    let numbers: Option<Vec<&str>> = titles.iter().map(|title| title.strip_suffix(" класс")).collect();
    match numbers {
        Some(numbers) if 1 < numbers.len() => format!("{} классы", words::list(&numbers)),
        _ => words::list(titles),
    }
}

/// Share of the lowest mark or band, of the work where it is greatest; none where the edition merges it with others or
/// nobody got it.
fn lowest_result(text: &EditionText, exams: &[EditionExam]) -> Option<Slide> {
    let tells = |exam: &&EditionExam| exam.held.is_empty() && matches!(exam.cut, Cut::Four | Cut::Pass);
    let share = |exam: &EditionExam| Some(exam.total()?.shares.first()?.0);
    let found = exams.iter().filter(tells).filter_map(|exam| Some((exam, share(exam)?)));
    let (exam, share) = found.filter(|(_, share)| 0.0 < *share).max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    let share = shown(share, text.decimals);
    let (head, what) = if exam.exam.has_test_scores() {
        ("Ниже минимального балла", "участников набрали меньше минимального балла")
    } else {
        ("Отметка «2»", "участников получили отметку «2»")
    };
    let label = words::lowered(head);
    Some(of_share(format!("{head}\u{a0}— {}", printed(share)), share, format!("{what}: {}", exam.exam.title()), &label))
}

/// The task with the lowest completion.
fn hardest(attention: &[Attention]) -> Option<Slide> {
    let task = attention.iter().min_by(|one, other| one.pct.total_cmp(&other.pct))?;
    let share = completion(task);
    let text = format!("от наибольшей суммы баллов набрано за задание {}", named(task));
    Some(of_share(
        title(format!("Труднее всего\u{a0}— {}", named(task)), "Самое трудное задание"),
        share,
        text,
        "набранные баллы",
    ))
}

/// A share with a hundred squares.
fn of_share(title: String, share: Shown, text: String, label: &str) -> Slide {
    let filled = (1..ALL).rev().find(|count| srez_model::unit::as_f64(*count) <= share.percent + 0.5).unwrap_or(1);
    let squares = |count, shown: String, label: &str, fill| Squares { count, shown, label: label.to_owned(), fill };
    Slide {
        title,
        lead: String::new(),
        alt: format!("{} {text}.", printed(share)),
        body: Body::Count(Pictogram {
            value: printed(share),
            of: String::new(),
            text,
            squares: vec![
                squares(filled, printed(share), label, Fill::Solid),
                squares(ALL - filled, String::new(), "остальное; квадрат — сотая часть", Fill::Hollow),
            ],
        }),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(percent: f64) -> [u64; 2] {
        let Body::Count(of) = of_share(String::new(), shown(percent, 1), String::new(), "").body else { panic!() };
        [of.squares[0].count, of.squares[1].count]
    }

    #[test]
    fn grades_are_told_shortly_where_nothing_else_tells_works_apart() {
        let told = |titles: &[&str]| grades(&titles.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!(told(&["8 класс"]), "8 класс");
        assert_eq!(told(&["4 класс", "5 класс", "8 класс"]), "4, 5 и\u{a0}8 классы");
        assert_eq!(told(&["8 класс", "8 класс, алгебра"]), "8 класс и\u{a0}8 класс, алгебра");
    }

    #[test]
    fn a_share_fills_its_part_of_a_hundred_squares_and_is_never_unseen() {
        assert_eq!([0.2, 15.3, 15.5, 99.9].map(filled), [[1, 99], [15, 85], [16, 84], [99, 1]]);
    }
}
