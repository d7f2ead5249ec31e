//! «Когорта»: the same pupils in an earlier exam, by school and class, by their distance to the other schools.

use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::DynamicsRow;
use srez_model::report::{Block, Cell, Section, Text};
use srez_model::tally::Group;
use srez_wording::text as words;

/// Fewest participants of a school in both exams for a row of its own.
const FEWEST: u64 = 10;
/// Most schools or classes of a table in a document; where there are more, all stand in `data/dynamics.csv`.
const MOST_ROWS: usize = 40;

/// The sentence on the focus; none where no earlier exam of these pupils is known.
pub(super) fn sentence(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let own = of_group(chapter, context.focus.level, &context.focus.name)?;
    // Where nothing can be compared, there is nothing to tell.
    own.distance.as_ref()?;
    Some(said(chapter, own, context.title_of(&own.before_exam.id())))
}

/// The tables of schools and classes of every work, for the workbook.
pub(crate) fn annex(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let blocks = tables(context, chapter);
        (!blocks.is_empty()).then(|| (chapter.measures.exam.grade_title(), blocks))
    };
    super::annex_by_grade("Те же ученики раньше", Vec::new(), chapters.iter().filter_map(of_chapter).collect())
}

/// True for a row of the pass rate whose earlier participants are known.
fn counts(row: &DynamicsRow) -> bool {
    row.measure == MeasureId::Pass.of_cohort() && row.n.1 != 0
}

fn of_group<'a>(chapter: &Chapter<'a>, level: Level, group: &str) -> Option<&'a DynamicsRow> {
    chapter.measures.dynamics_of(level, group).iter().find(|row| counts(row))
}

fn tables(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let Group { level, name: group } = &context.focus;
    let Some(own) = of_group(chapter, *level, group) else { return Vec::new() };
    let before = own.before_exam.id();
    let title = context.title_of(&before);
    let of = |level: Level, group: &str| of_group(chapter, level, group);
    let mut blocks = Vec::new();
    let schools = context
        .schools
        .iter()
        .filter_map(|school| Some((context.school(school).to_owned(), of(Level::School, school)?)));
    let classes = chapter.measures.dynamics.iter().filter(|row| row.level == Level::Class && counts(row));
    let classes = classes.filter_map(|row| {
        let (school, class) = row.group.rsplit_once('/')?;
        let is_own = context.schools.iter().any(|known| known == school);
        is_own.then(|| (format!("{}, {class}", context.school(school)), row))
    });
    let why = words::capitalised(&own.reason);
    let of_schools = format!(
        "{} школы минус то же у остальных школ муниципалитета: в работе «{title}» и в этой. Школы — в порядке реестра; \
         школы, где участников меньше {FEWEST}, не показаны. Интервал — для изменения, сжатого к остальным \
         школам с учётом случайности набора учеников, поэтому само изменение может лежать вне его. {why}.",
        words::capitalised(share_words(chapter))
    );
    let of_classes = format!(
        "То же для классов, у которых буква та же; класс сравнивается с остальными школами. Классы, где участников \
         меньше {FEWEST}, не показаны. {why}."
    );
    let exam = chapter.measures.exam.id().replace('-', "_");
    let caption = |whose: &str| format!("{whose}: {title}");
    blocks.extend(of_groups(&format!("cohort_{exam}"), caption("Те же ученики раньше"), "Школа", schools, &of_schools));
    let name = format!("cohort_classes_{exam}");
    blocks.extend(of_groups(&name, caption("Те же классы раньше"), "Школа, класс", classes, &of_classes));
    blocks
}

/// Groups with enough participants and a distance; none where there are none or too many.
fn of_groups<'a>(
    name: &str,
    caption: String,
    head: &str,
    groups: impl Iterator<Item = (String, &'a DynamicsRow)>,
    note: &str,
) -> Option<Block> {
    let far = |(title, found): (String, &'a DynamicsRow)| Some((title, found.n, found.distance.as_ref()?));
    let shown: Vec<_> = groups.filter(|(_, found)| FEWEST <= found.n.0.min(found.n.1)).filter_map(far).collect();
    if shown.is_empty() || MOST_ROWS < shown.len() {
        return None;
    }
    let has_intervals = shown.iter().any(|(.., distance)| distance.interval.is_some());
    let table = TableOf::new(shown)
        .text(head, 3.2, |(title, ..)| title.clone())
        .count("Было чел.", 0.9, |(_, n, _)| n.1)
        .count("Стало чел.", 0.9, |(_, n, _)| n.0)
        .number("Было, п.п.", 1.0, |(.., distance)| Cell::difference(distance.before, 1))
        .number("Стало, п.п.", 1.0, |(.., distance)| Cell::difference(distance.now, 1))
        .number("Изменение", 1.0, |(.., distance)| Cell::difference(distance.change, 1));
    if !has_intervals {
        return Some(table.named(name, caption, note));
    }
    let table = table.number("95 % инт., сжатый", 1.6, |(.., distance)| {
        distance.interval.map_or(Cell::Missing, |(low, high)| Cell::interval(low, high, 1))
    });
    Some(table.named(name, caption, note))
}

/// What is compared: with test scores who reached the minimum stands for who did not get a «2».
fn share_words(chapter: &Chapter<'_>) -> &'static str {
    if chapter.measures.exam.has_test_scores() {
        "успеваемость (в ЕГЭ — доля набравших минимальный балл)"
    } else {
        "успеваемость"
    }
}

fn said(chapter: &Chapter<'_>, own: &DynamicsRow, title: &str) -> Block {
    let share = words::capitalised(share_words(chapter));
    let words = match &own.distance {
        Some(distance) => {
            let points = |value: f64| {
                srez_wording::number::percentage_points(srez_model::unit::PercentagePoints(value), 1, true)
            };
            format!(
                "Те же ученики раньше — «{title}». {share} относительно {}: было {}, стало {}.",
                if distance.kind == "region" {
                    "региона"
                } else {
                    "остальных муниципалитетов"
                },
                points(distance.before),
                points(distance.now)
            )
        }
        None => format!(
            "Те же ученики раньше — «{title}». Положение муниципалитета относительно региона не вычисляется: нет \
             регионального отчёта по одной из работ."
        ),
    };
    Block::Note(Text::plain(words))
}
