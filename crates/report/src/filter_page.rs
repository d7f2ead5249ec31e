//! The page that filters: one for the office with every result and where it comes from, one for each edition with what
//! the edition shows.

mod edition;
mod lines;
mod office;
mod origins;

pub use edition::compose as of_edition;
pub use office::compose as of_office;

use crate::context::Names;
use crate::facts::works;
use srez_model::assessment::Exam;
use srez_model::filter_page::{GroupResults, ResultGroup, ResultLine, WorkResults};
use srez_model::level::Level;
use srez_wording::text;
use std::cmp::Reverse;

/// What every page says of how to read it.
const READING: &str = "Процент выполнения — сумма баллов, делённая на наибольшую возможную. Страница только показывает \
                       и скрывает строки: все числа посчитаны заранее и совпадают с документами и таблицами рядом.";

/// What goes with every table of groups.
const NO_RANKING: &str = "Порядок школ — по реестру, это не рейтинг.";

/// The groups of a page: the one of which the documents speak, all participants, municipalities, schools, then what
/// else an edition tells of.
struct Groups {
    groups: Vec<ResultGroup>,
}

impl Groups {
    fn of(names: &Names<'_>) -> Self {
        let group = |level, id: &str, name: &str| ResultGroup { level, id: id.to_owned(), name: text::unparted(name) };
        let mut groups = vec![group(names.focus.level, &names.focus.name, &names.focus_title)];
        if names.focus.level == Level::All {
            groups.extend(names.municipalities.iter().map(|name| group(Level::Municipality, name, name)));
        } else {
            groups.push(group(Level::All, "", crate::sections::ALL_PARTICIPANTS));
        }
        groups.extend(names.schools.iter().map(|id| group(Level::School, id, names.school(id))));
        Self { groups }
    }

    /// Only those that some work tells of, with the places in the works set right.
    fn used(self, works: &mut [WorkResults]) -> Vec<ResultGroup> {
        let mut is_used = vec![false; self.groups.len()];
        works.iter().flat_map(|work| &work.groups).for_each(|of| is_used[of.group] = true);
        let new: Vec<usize> = is_used
            .iter()
            .scan(0, |next, used| {
                let place = *next;
                *next += usize::from(*used);
                Some(place)
            })
            .collect();
        works.iter_mut().flat_map(|work| &mut work.groups).for_each(|of| of.group = new[of.group]);
        self.groups.into_iter().zip(is_used).filter(|(_, used)| *used).map(|(group, _)| group).collect()
    }
}

/// A work without results.
fn work(names: &Names<'_>, exam: &Exam, lines: Vec<ResultLine>, groups: Vec<GroupResults>) -> WorkResults {
    let key = &exam.key;
    let procedure = key.procedure.title();
    WorkResults {
        id: exam.id(),
        area: (format!("{}-{}", key.procedure.id(), key.subject), format!("{procedure}. {}", exam.subject_title)),
        grade: key.grade,
        year: key.year,
        title: text::unparted(&exam.title()),
        words: text::unparted(&works::in_words(names, exam).replacen(
            procedure,
            &format!("{procedure}-{}", key.year),
            1,
        )),
        lines,
        groups,
    }
}

/// The order of works on the page: procedure, subject, grade, the last year first.
fn order(exam: &Exam) -> impl Ord + use<> {
    let key = &exam.key;
    (key.procedure, exam.subject_title.clone(), key.grade, Reverse(key.year), exam.id())
}
