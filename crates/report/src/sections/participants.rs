//! «Участники»: by year, type of school, sex and textbook where the files or the register tell it, with the results of
//! each group.

use super::{number, other, row, share, table, text};
use crate::context::{Chapter, Context};
use crate::facts::results;
use srez_model::band::Band;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::report::{Align, Block, Cell, Column, Row, RowKind, Section, Text};
use srez_model::row_patterns::SchoolSums;
use srez_model::unit::Percent;
use srez_wording::sentence::participants as said;
use srez_wording::{number as print, text as words};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Types with fewer schools have no shares: they would speak of one school.
const LEAST_SCHOOLS: u64 = 3;
/// Earlier years of which a sentence tells the number of participants.
const YEARS_TOLD: usize = 2;

const TITLE: &str = "Состав участников";
/// Columns before the shares.
const COLUMNS_OF_GROUPS: usize = 4;
/// Shares that stand side by side for the parts of a work.
const TOLD: [&str; 2] = ["«2», %", "Качество, %"];

/// A group in the making.
#[derive(Default)]
struct Group {
    n: u64,
    schools: u64,
    /// Participants by mark 2 to 5, or by band.
    counts: [u64; 4],
}

/// The rows of the table of a work, and what stands beside it.
struct Made {
    rows: Vec<Row>,
    /// What the files and the register do not tell, in words.
    missing: Vec<&'static str>,
}

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    if results::participants(measures, context.focus.level, &context.focus.name) == 0 {
        return super::section(TITLE, false, vec![super::no_data("участников нет")]);
    }
    let Made { rows, missing } = made(context, measures);
    let name = format!("participants_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Состав участников, {}", super::whose(context, chapter));
    let mut blocks: Vec<Block> = numbers_over_years(context, measures).map(Block::Paragraph).into_iter().collect();
    blocks.push(table(&name, caption, columns(measures), rows, &note(context)));
    blocks.extend(beside(&missing));
    super::section(TITLE, false, blocks)
}

/// The section of a work in parts: its participants once, with the lowest and the good marks of every part. `most` is
/// the part that most of them wrote.
pub(crate) fn of_parts(context: &Context<'_>, parts: &[Chapter<'_>], most: &Chapter<'_>) -> Section {
    let exam = &most.measures.exam;
    if results::participants(most.measures, context.focus.level, &context.focus.name) == 0 {
        return super::section(TITLE, false, vec![super::no_data("участников нет")]);
    }
    let Made { rows: all, missing } = made(context, most.measures);
    let mut columns = columns_of_groups();
    let mut rows: Vec<Row> = all.iter().map(|row| head(row, COLUMNS_OF_GROUPS)).collect();
    for part in parts.iter().filter(|part| !is_unmarked(part.measures)) {
        let own = made(context, part.measures).rows;
        for (place, title) in titles(part.measures).iter().enumerate().filter(|(_, title)| TOLD.contains(title)) {
            let name = words::capitalised(&part.measures.exam.part_title);
            columns.push(other(&format!("{name}: {title}"), Align::Right, 1.3));
            for row in &mut rows {
                // A group is told by its kind and its name.
                let same = own.iter().find(|of_part| of_part.cells.get(..2) == row.cells.get(..2));
                let cell = same.and_then(|of_part| of_part.cells.get(COLUMNS_OF_GROUPS + place));
                row.cells.push(cell.cloned().unwrap_or(Cell::Missing));
            }
        }
    }
    let name = format!("participants_{}", exam.key.whole().id().replace('-', "_"));
    let caption = format!("Состав участников, {}, {}", exam.work_grade_title(), context.focus_title);
    let mut blocks: Vec<Block> = numbers_over_years(context, most.measures).map(Block::Paragraph).into_iter().collect();
    blocks.push(table(&name, caption, columns, rows, &note(context)));
    blocks.extend(beside(&missing));
    super::section(TITLE, false, blocks)
}

/// The row with its first cells alone.
fn head(row: &Row, cells: usize) -> Row {
    Row { cells: row.cells.iter().take(cells).cloned().collect(), kind: row.kind }
}

fn note(context: &Context<'_>) -> String {
    format!(
        "«—»: в группе меньше трёх школ или меньше {} участников, либо доля прошлого года не известна. Прошлые годы по \
         типам школ, местности, полу и учебникам не сравниваются.",
        context.limit("privacy.group")
    )
}

fn beside(missing: &[&str]) -> Option<Block> {
    (!missing.is_empty()).then(|| Block::Note(Text::plain(format!("{}.", words::capitalised(&missing.join("; "))))))
}

fn made(context: &Context<'_>, measures: &Measures) -> Made {
    let all = results::participants(measures, context.focus.level, &context.focus.name);
    let mut rows = years(context, measures);
    let mut missing: Vec<&str> = Vec::new();
    for (dimension, known, lack) in [
        ("Тип школы", &context.types, "типы школ: нет данных, в реестре их нет"),
        ("Местность", &context.localities, "город и село: нет данных, в реестре их нет"),
    ] {
        let groups = by_school(context, measures, known);
        if groups.is_empty() {
            missing.push(lack);
        }
        rows.extend(groups.iter().map(|(name, group)| line(context, measures, (dimension, name), group, all)));
    }
    let sexes = by_sex(context, measures);
    if sexes.is_empty() {
        missing.push("пол: нет данных, в файлах его нет");
    }
    rows.extend(sexes);
    missing.push(if measures.exam.key.procedure.has_attempts() {
        "категории участников (СОО, СПО, прошлые годы, ОВЗ): нет данных, в файлах их нет"
    } else {
        "участники с ОВЗ: нет данных, в файлах их нет"
    });
    Made { rows, missing }
}

/// Columns of every table of groups, before the shares.
fn columns_of_groups() -> Vec<Column> {
    vec![text("Признак", 1.4), text("Группа", 2.0), number("Чел."), number("% от всех")]
}

fn columns(measures: &Measures) -> Vec<Column> {
    let mut columns = columns_of_groups();
    columns.extend(titles(measures).iter().map(|title| other(title, Align::Right, 1.1)));
    columns
}

/// Who took part and by which textbooks, for the workbook, a part per grade.
pub(crate) fn of_workbook(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let mut blocks = compose(context, chapter).blocks;
        blocks.extend(textbooks(context, chapter));
        (chapter.measures.exam.grade_title(), blocks)
    };
    super::annex_by_grade("Состав участников и учебники", Vec::new(), chapters.iter().map(of_chapter).collect())
}

/// All textbooks of the run; nothing where the files name none.
fn textbooks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let measures = chapter.measures;
    let rows = by_textbook(context, measures);
    if rows.is_empty() {
        return Vec::new();
    }
    let name = format!("textbooks_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Учебники, вся выгрузка, {}", measures.exam.title());
    let least = context.limit("privacy.group");
    let note = format!("«—»: учебник меньше чем у трёх школ или меньше {least} участников. Названия — как в файлах.");
    let compared = textbooks_compared(measures).map(|words| Block::Note(Text::plain(words)));
    std::iter::once(table(&name, caption, columns(measures), rows, &note)).chain(compared).collect()
}

/// Titles of the shares: the bands of ЕГЭ; for every other work the marks, quality and pass rate.
fn titles(measures: &Measures) -> &'static [&'static str] {
    if is_unmarked(measures) {
        &[]
    } else if measures.exam.has_test_scores() {
        &["Ниже мин., %", "Мин.–60, %", "61–80, %", "81–100, %"]
    } else {
        &["«2», %", "«3», %", "«4», %", "«5», %", "Качество, %", "Успев., %"]
    }
}

/// True for a work without marks and test scores: its groups have numbers alone.
fn is_unmarked(measures: &Measures) -> bool {
    counts(measures, Level::All, "").is_none()
}

/// How the number of participants has changed against the two years before; none where there is no earlier year.
fn numbers_over_years(context: &Context<'_>, measures: &Measures) -> Option<Text> {
    let (level, group) = (&context.focus.level, &context.focus.name);
    let now = results::participants(measures, *level, group);
    let measure = LowResult::of_exam(&measures.exam).over_years();
    let earlier_years = measures.dynamics_of(*level, group).iter().filter(|row| row.measure == measure && row.n.1 != 0);
    let year = |row: &DynamicsRow| row.before_exam.year.to_string();
    let mut years = earlier_years.take(YEARS_TOLD);
    let nearest = years.next()?;
    let (before, of_year) = (nearest.n.1, year(nearest));
    let mut sentence = match now.cmp(&before) {
        Ordering::Greater => said::more_than_before(now, now - before, &of_year, before),
        Ordering::Less => said::fewer_than_before(now, before - now, &of_year, before),
        Ordering::Equal => said::as_many_as_before(now, &of_year),
    };
    for earlier in years {
        sentence.push_str(", ");
        sentence.push_str(&said::in_earlier_year(earlier.n.1, &year(earlier)));
    }
    Some(Text::plain(sentence + "."))
}

/// Measures of the columns, where the years are kept for them: the shares of «3», «4» and «5» are not.
fn measures_of_columns(measures: &Measures) -> Vec<Option<MeasureId>> {
    if measures.exam.has_test_scores() {
        return Band::ALL.map(|band| Some(MeasureId::BandOverYears(band))).to_vec();
    }
    vec![Some(MeasureId::ShareOfTwo), None, None, None, Some(MeasureId::Quality), Some(MeasureId::Pass)]
}

/// This year and the years before it, nearest first.
fn years(context: &Context<'_>, measures: &Measures) -> Vec<Row> {
    let (level, group) = (&context.focus.level, &context.focus.name);
    let n = results::participants(measures, *level, group);
    let of_year = |year: &str, n: u64, shares: Vec<Cell>, kind| {
        let head = [Cell::Text("Год".to_owned()), Cell::Text(year.to_owned()), Cell::count(n), Cell::Missing];
        Row { cells: head.into_iter().chain(shares).collect(), kind }
    };
    let now = cells(measures, counts(measures, *level, group));
    let mut rows = vec![of_year(&measures.exam.key.year.to_string(), n, now, RowKind::Own)];
    let columns = measures_of_columns(measures);
    let first = LowResult::of_exam(&measures.exam).over_years();
    let dynamics = measures.dynamics_of(*level, group);
    for before in dynamics.iter().filter(|row| row.measure == first && row.n.1 != 0) {
        let year = before.before_exam.year.to_string();
        let of_measure = |measure: &Option<MeasureId>| {
            let is_it = |row: &&DynamicsRow| Some(&row.measure) == measure.as_ref();
            let found = dynamics.iter().find(|row| is_it(row) && row.before_exam == before.before_exam);
            share(found.and_then(|row| row.before).map(Percent), before.n.1)
        };
        let shares = if is_unmarked(measures) { Vec::new() } else { columns.iter().map(of_measure).collect() };
        rows.push(of_year(&year, before.n.1, shares, RowKind::Plain));
    }
    rows
}

/// Participants of a group by mark or band; none where there are neither.
fn counts(measures: &Measures, level: Level, group: &str) -> Option<[u64; 4]> {
    if measures.exam.has_test_scores() {
        return measures.bands_of(level, group).map(|row| row.by_band);
    }
    measures.marks_of(level, group).filter(|row| row.marked() > 0).map(|row| row.by_mark)
}

/// The shares of the columns; «—» without participants.
fn cells(measures: &Measures, counts: Option<[u64; 4]>) -> Vec<Cell> {
    if is_unmarked(measures) {
        return Vec::new();
    }
    let counts = counts.unwrap_or_default();
    let n = counts.iter().sum();
    let [_, three, four, five] = counts;
    let mut made: Vec<u64> = counts.to_vec();
    if !measures.exam.has_test_scores() {
        made.extend([four + five, three + four + five]);
    }
    made.into_iter().map(|count| share(Percent::of(count, n), n)).collect()
}

/// Groups of the schools of the focus by what the register says of them, sums of their counts.
fn by_school(context: &Context<'_>, measures: &Measures, known: &BTreeMap<String, String>) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for school in &context.schools {
        let n = results::participants(measures, Level::School, school);
        let Some(kind) = known.get(school).filter(|kind| n > 0 && !kind.is_empty()) else { continue };
        let group = groups.entry(kind.clone()).or_default();
        group.n += n;
        group.schools += 1;
        for (sum, own) in group.counts.iter_mut().zip(counts(measures, Level::School, school).unwrap_or_default()) {
            *sum += own;
        }
    }
    groups
}

fn line(context: &Context<'_>, measures: &Measures, names: (&str, &str), group: &Group, all: u64) -> Row {
    let marked: u64 = group.counts.iter().sum();
    let shown = (LEAST_SCHOOLS <= group.schools && !results::is_small(context, marked)).then_some(group.counts);
    group_row(measures, names, group.n, all, shown)
}

fn group_row(measures: &Measures, names: (&str, &str), n: u64, all: u64, counts: Option<[u64; 4]>) -> Row {
    let head = [
        Cell::Text(names.0.to_owned()),
        Cell::Text(names.1.to_owned()),
        Cell::count(n),
        Percent::of(n, all).map_or(Cell::Missing, |share| Cell::number(share.0, print::share_decimals(all))),
    ];
    row(head.into_iter().chain(cells(measures, counts)).collect())
}

/// Textbooks over the whole run with their participants, where the files or a list of the schools name them; of few
/// schools the number alone.
fn by_textbook(context: &Context<'_>, measures: &Measures) -> Vec<Row> {
    let all = results::participants(measures, Level::All, "");
    let schools = |textbook: &str| {
        let uses = |one: &&SchoolSums| {
            one.labelled(Level::Textbook).any(|books| books.label == textbook && books.scores.n != 0)
        };
        measures.patterns.sums.iter().filter(uses).count() as u64
    };
    let of_level = measures.marks.iter().filter(|row| row.level == Level::Textbook && !row.group.is_empty());
    of_level
        .map(|marks| {
            let known = counts(measures, Level::Textbook, &marks.group).unwrap_or_default();
            let group = Group { n: marks.n, schools: schools(&marks.group), counts: known };
            line(context, measures, ("Учебник (вся выгрузка)", &marks.group), &group, all)
        })
        .collect()
}

/// What the tests of textbooks say; none where none was tested. The schools choose the textbook, and that is said too.
fn textbooks_compared(measures: &Measures) -> Option<String> {
    let states = |measure: &MeasureId| {
        let rows = measures.comparisons.iter().filter(|row| row.level == Level::Textbook && row.measure == *measure);
        rows.map(|row| row.state).filter(|state| state.is_tested()).collect::<Vec<CheckState>>()
    };
    let low = LowResult::of_exam(&measures.exam).compared();
    let said: Vec<String> = [(low, "доля низких результатов"), (MeasureId::Total, "работа в целом")]
        .into_iter()
        .filter_map(|(measure, title)| {
            let states = states(&measure);
            let word = match states.as_slice() {
                [] => return None,
                states if states.contains(&CheckState::Found) => "отличие выявлено",
                states if states.contains(&CheckState::Indistinct) => "отличие по этим данным не различить",
                _ => "отличие не выявлено",
            };
            Some(format!("{title} — {word}"))
        })
        .collect();
    (!said.is_empty()).then(|| {
        format!(
            "Учебники сравнены по школам, которые по ним работают: {}. Учебник выбирает школа, поэтому отличие не \
             говорит, что дело в учебнике.",
            said.join("; ")
        )
    })
}

/// Girls and boys over the whole run, where the files tell the sex.
fn by_sex(context: &Context<'_>, measures: &Measures) -> Vec<Row> {
    let all = results::participants(measures, Level::All, "");
    let of_level = measures.marks.iter().filter(|row| row.level == Level::Sex && !row.group.is_empty());
    of_level
        .map(|marks| {
            let known = counts(measures, Level::Sex, &marks.group);
            let known = known.filter(|counts| !results::is_small(context, counts.iter().sum()));
            group_row(measures, ("Пол (вся выгрузка)", &marks.group), marks.n, all, known)
        })
        .collect()
}
