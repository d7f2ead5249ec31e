//! Schools that differ from the others in the work as a whole: 2.2.5 and 2.2.6 of the report on ОГЭ, 2-11 and 2-12 of
//! that on ЕГЭ, «чей опыт изучить» and «кому помочь» of the others. Only what was found, never a quota.

use super::{share, worth_studying};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::ComparisonRow;
use srez_model::report::{Block, Cell, Section, Text};
use srez_model::unit::as_f64;
use srez_wording::number;
use srez_wording::sentence::schools as said;

/// Rows of a list in the body; the workbook has the comparison of every school.
const MOST: usize = 12;

/// Side of the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    Above,
}

/// A school and its comparison.
type Compared<'a> = (&'a str, &'a ComparisonRow);

/// Both lists and what became of the schools that were compared.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let compared: Vec<Compared<'_>> = context
        .schools
        .iter()
        .filter_map(|school| {
            Some((school.as_str(), chapter.measures.comparison_of(Level::School, school, &MeasureId::Total)?))
        })
        .filter(|(_, row)| row.state.is_tested() && row.value.is_some() && row.reference.is_some())
        .collect();
    if compared.is_empty() {
        let why = "Сравнить школы между собой нельзя: школ или участников в них мало.";
        return vec![Block::Paragraph(Text::plain(why))];
    }
    let of = |side: Side| -> Vec<Compared<'_>> {
        compared.iter().copied().filter(|(_, row)| side_of(row) == Some(side)).collect()
    };
    let (above, below) = (of(Side::Above), of(Side::Below));
    let lists = [
        list(context, chapter, "above", "Школы с более высокими результатами", &above),
        list(context, chapter, "below", "Школы с низкими результатами", &below),
    ];
    let mut blocks: Vec<Block> = lists.into_iter().flatten().collect();
    let unclear = compared.iter().filter(|(_, row)| row.state == CheckState::Indistinct).count() as u64;
    let counts = said::compared(compared.len() as u64, above.len() as u64, below.len() as u64, unclear);
    blocks.push(Block::Paragraph(Text::plain(counts)));
    blocks
}

fn side_of(row: &ComparisonRow) -> Option<Side> {
    match (row.is_found_below(), row.is_found_above()) {
        (true, _) => Some(Side::Below),
        (_, true) => Some(Side::Above),
        _ => None,
    }
}

/// A list in the order of the register; nothing where it is empty.
fn list(
    context: &Context<'_>,
    chapter: &Chapter<'_>,
    name: &str,
    title: &str,
    schools: &[Compared<'_>],
) -> Option<Block> {
    if schools.is_empty() {
        return None;
    }
    let exam = &chapter.measures.exam;
    let is_test = exam.has_test_scores();
    let result = |school: &str| crate::facts::results::of(chapter.measures, Level::School, school);
    let difference = |row: &ComparisonRow| {
        let decimals = number::share_decimals(row.n);
        row.value.zip(row.reference).map_or(Cell::Missing, |(own, rest)| Cell::difference(own.minus(rest).0, decimals))
    };
    let (low, good) =
        if is_test { ("Ниже минимума, %", "81–100, %") } else { ("«2», %", "«4» и «5», %") };
    let table = TableOf::new(schools.iter().take(MOST))
        .text("Школа", 3.0, |(school, _)| context.school(school).to_owned())
        .count("Чел.", 0.8, |(_, row)| row.n)
        .number(low, 1.0, |(school, _)| {
            result(school).map_or(Cell::Missing, |own| share(own.below_share(), own.marked))
        })
        .number(good, 1.0, |(school, _)| {
            result(school)
                .and_then(|own| Some((own.above_share?.value, own.marked)))
                .map_or(Cell::Missing, |(pct, n)| share(Some(pct), n))
        })
        .number("Баллы, % от максимума", 1.3, |(_, row)| share(row.value, row.n))
        .number("Остальные школы, %", 1.2, |(_, row)| share(row.reference, row.n_reference))
        .number("Разница, п.п.", 1.0, |(_, row)| difference(row));
    let official = match (is_test, name) {
        (true, "above") => "Таблица 2-11. ",
        (true, _) => "Таблица 2-12. ",
        _ => "",
    };
    let more = match schools.len().checked_sub(MOST) {
        None | Some(0) => String::new(),
        Some(more) => format!(" Показаны первые по реестру, остальные ({more}) — в рабочей книге."),
    };
    let note = format!(
        "{official}Порядок — по реестру, это не рейтинг. В список входят школы от {} участников, чей результат \
         отличается от остальных не меньше чем на {} п.п. и больше случайного.{more}",
        context.limit("S01.participants"),
        context.limit("gap.size")
    );
    Some(table.named(&format!("{name}_{}", exam.id().replace('-', "_")), title, note))
}

/// Whose experience in a skill is worth studying, shortened; a sentence where nobody's is.
pub(super) fn experience(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let Some(list) = worth_studying::list(chapter).filter(|list| !list.entries.is_empty()) else { return Vec::new() };
    let shown = list.entries.get(..list.entries.len().min(MOST)).unwrap_or_default();
    let name = format!("experience_{}", chapter.measures.exam.id().replace('-', "_"));
    let more = list.entries.len() - shown.len();
    let rest = if more == 0 {
        String::new()
    } else {
        format!(" Показаны первые по умениям, остальные ({more}) — в рабочей книге.")
    };
    let note = format!(
        "Порядок — по реестру, это не рейтинг. Результат выше, чем в остальных школах, не меньше чем на {} п.п. и \
         больше случайного; участников не менее {}.{rest}",
        context.limit("gap.size"),
        context.limit("S03.participants")
    );
    vec![worth_studying::entries(context, &name, "Школы, чей опыт стоит изучить".to_owned(), shown, &note)]
}

/// The comparison of every school, for the workbook.
pub(crate) fn of_workbook(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let rows = context.schools.iter().filter_map(|school| {
            let row = chapter.measures.comparison_of(Level::School, school, &MeasureId::Total)?;
            (as_f64(row.n) >= context.thresholds.value("privacy.group")).then_some((school.as_str(), row))
        });
        let table = TableOf::new(rows);
        if table.is_empty() {
            return None;
        }
        let name = format!("compared_{}", chapter.measures.exam.id().replace('-', "_"));
        let table = table
            .text("Школа", 3.0, |(school, _)| context.school(school).to_owned())
            .count("Чел.", 0.8, |(_, row)| row.n)
            .number("Баллы, %", 1.0, |(_, row)| share(row.value, row.n))
            .number("Остальные школы, %", 1.0, |(_, row)| share(row.reference, row.n_reference))
            .number("Отличие с учётом случайности, п.п.", 1.2, |(_, row)| {
                row.gap.map_or(Cell::Missing, |gap| Cell::difference(gap.0, 1))
            })
            .number("95 % инт.", 1.4, |(_, row)| {
                row.low.zip(row.high).map_or(Cell::Missing, |(low, high)| Cell::interval(low.0, high.0, 1))
            })
            .text("Вывод", 1.6, |(_, row)| outcome(row).to_owned());
        let block = table.named(&name, format!("Школы и остальные школы, {}", super::whose(context, chapter)), "");
        Some((chapter.measures.exam.grade_title(), vec![block]))
    };
    super::annex_by_grade("Сравнение школ", Vec::new(), chapters.iter().filter_map(of_chapter).collect())
}

fn outcome(row: &ComparisonRow) -> &'static str {
    match (side_of(row), row.state) {
        (Some(Side::Below), _) => "ниже остальных",
        (Some(Side::Above), _) => "выше остальных",
        (None, CheckState::Found | CheckState::NotFound) => "отличий нет",
        (None, CheckState::Indistinct) => "различить нельзя",
        (None, CheckState::NotTested) => "не сравнивалась",
    }
}
